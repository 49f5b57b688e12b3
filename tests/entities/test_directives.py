"""What a sentence does is told from cues, and explained by them."""

from __future__ import annotations

import pytest

from commlint.entities import directives as d
from tests.entities.records import analysed, widths

ASKS = [
    "请尽快提交材料。", "材料请尽快发我,谢谢。", "请尽快提交,最迟6月10日17:00前。", "尽快完成测试", "市场部尽快提交方案。", "能否尽快提供合同?", "市场部6月10日前提交方案。", "@张三 尽快确认",
    "王经理负责落实,尽快完成", "抓紧处理吧", "@林月 备货清单尽快给我\uff0c急", "名单尽快报上来", "需要各部门尽快反馈", "麻烦尽快看一下", "明天下午三点前把方案发我", "收到请回复", "安排专人跟进", "技术部应于5月20日前完成部署", "烦请贵司尽早付款",
    "为避免延误,请尽快提交。", "材料已备好,请尽快审核", "客户要求尽快上线,请技术部评估。", "Please send the report ASAP.", "Submit the report by Friday.", "Could you send it soon?", "All teams must reply today.",
]
DOES_NOT_ASK = [
    "公文里不要写\u201c尽快\u201d。", "如有疑问请尽快联系客服。", "我们已尽快处理完毕。", "客户希望尽快上线。", "感谢您及时回复!", "会议纪要原则上应在会后24小时内发出。", "昨天王经理要求我们尽快提交",
    "采购申请已尽快提交", "及时沟通很重要。", "为了尽快恢复系统,团队连夜排查。", "该词属于模糊词,不得使用\u201c尽快\u201d\u201c大概\u201d等词。", "他申请了年假", "邀请函已发出", "我们会尽快回复您。",
    "If you have questions, please contact us.", "The client asked us to finish asap.", "I will send it as soon as possible.", "增长率大概3%。",
]
PROMISES = ["我们会尽快回复您。", "技术部大概支持这个方案。", "我尽量周五前给你", "预计6月22日上线", "我方将于周五前完成", "I will send it as soon as possible.", "We'll finish by Friday."]
SENSES = [
    ("如有变动,请通知我们。", "conditional"), ("If it fails, call me.", "conditional"), ("会议几点开始?", "question"), ("方案可以了吗", "question"), ("所有邮件应写明期限。", "policy"),
    ("材料昨天已提交。", "past"), ("合同签好了", "past"), ("Thanks, it was sent yesterday.", "past"),
]

# Sentences from business mail and minutes as people write them.
MORE = {
    "directive": [
        "麻烦王工尽快把日志发过来。",
        "这个问题比较急,请相关同事抓紧排查。",
        "各部门务必于本周五前报送名单。",
        "辛苦尽快处理一下,谢谢!",
        "烦请尽早安排付款。",
        "还请贵方尽快确认交期。",
        "希望贵司能尽快安排发货。",
        "报销单请及时提交财务。",
        "大家抓紧时间填一下问卷",
        "方案需尽快定稿。",
        "尽快给我答复",
        "李四,你尽快跟客户沟通一下",
        "后续请技术部跟进。",
        "请知悉并尽快落实。",
        "下班前把周报交上来",
        "合同尽快走流程",
        "尽快!",
        "会后由产品部尽快输出原型。",
        "各位有空时看一下",
        "有空帮我看下",
        "上述问题请于近期整改完毕。",
        "技术部抓紧修复线上bug",
        "Kindly revert at the earliest.",
        "We need you to sign the contract soon.",
        "Let me know your thoughts ASAP.",
        "Finance to submit the invoice by Friday.",
        "Bob should finish the draft soon.",
    ],
    "promise": [
        "这个我们年后再给您答复。",
        "我这边尽快给您回复。",
        "我们争取月底前完成。",
        "我司将于近期安排发货。",
        "稍后我会把资料发给您。",
        "应该可以按时交付。",
        "这周差不多能弄完。",
        "我大概明天能发。",
        "基本上下周可以上线。",
        "收到,我尽快处理。",
        "轮播应该可以这周给您,具体时间稍后告知。",
        "大概6月底切换,具体时间再定。",
        "展架设计稿稍后给你",
        "好的,马上安排。",
        "We will get back to you shortly.",
        "I'll probably finish it next week.",
    ],
    "neither": [
        "客户反馈系统尽快恢复就好。",
        "由于供应商未能及时发货,项目延期两天。",
        "及时性是考核指标之一。",
        "此前已请财务部尽快核算。",
        "感谢大家抓紧完成了测试。",
        "王总表示会尽快安排。",
        "系统已及时恢复。",
        "尽快上线是客户的主要诉求。",
        "若未及时付款,将收取违约金。",
        "\u300a尽快响应制度\u300b已经发布。",
        "通知中出现\u201c尽快\u201d一词的,应改为具体日期。",
        "上次会议要求尽快完成的事项均已关闭。",
        "测试团队昨晚抓紧时间修复了三个缺陷。",
        "双方沟通及时、顺畅。",
        "我们希望尽快与贵司达成合作。",
        "目前还没有收到尽快答复的承诺。",
        "需要说明的是,进度正常。",
        "应该没有问题。",
        "应该没问题,可能是他们的网络。",
        "切换大概还要一周。",
        "客户建议:希望尽早收到发货通知。",
        "辛苦大家了,问题处理得很及时。",
        "项目需要三个月。",
        "负责人已经确定。",
        "邮件应写明截止时间,避免\u201c尽快\u201d之类的表述。",
        "如遇突发情况,应立即上报。",
        "他尽快赶到了现场。",
        "We received your reply promptly.",
        "As discussed, the server was restarted immediately.",
        "Avoid writing \"ASAP\" in mails.",
    ],
}


def _senses(text: str) -> frozenset[str]:
    analysis = analysed(text)
    return frozenset().union(*(d.reading(analysis, sentence).senses for sentence in analysis.sentences(0)))


@pytest.mark.parametrize("text", ASKS)
def test_orders_and_requests_are_directives(text: str) -> None:
    """In every width and script."""
    assert all("directive" in _senses(spelled) for spelled in widths(text))


@pytest.mark.parametrize("text", DOES_NOT_ASK)
def test_quotations_policies_reports_conditions_and_promises_are_not(text: str) -> None:
    """尽快 outside an order asks nobody for anything."""
    assert all("directive" not in _senses(spelled) for spelled in widths(text))


@pytest.mark.parametrize("text", PROMISES)
def test_commitments_are_promises(text: str) -> None:
    """We will, we hope to, it is planned that."""
    senses = _senses(text)
    assert "promise" in senses
    assert "directive" not in senses


@pytest.mark.parametrize(("text", "sense"), [(text, sense) for sense, texts in MORE.items() for text in texts])
def test_business_sentences_are_told_apart(text: str, sense: str) -> None:
    """An order, a commitment, or neither."""
    senses = _senses(text)
    assert sense == ("directive" if "directive" in senses else "promise" if "promise" in senses else "neither")


@pytest.mark.parametrize(("text", "sense"), SENSES)
def test_other_senses_are_told(text: str, sense: str) -> None:
    """Conditions, questions, norms and reports."""
    assert sense in _senses(text)


def test_an_explanation_names_the_cue_that_decided() -> None:
    """An order is explained by the words that make it one."""
    analysis = analysed("请尽快提交。")
    assert d.explain(analysis, analysis.sentences(0)[0]) == ("request 请",)


def test_an_explanation_names_the_cue_that_was_overruled() -> None:
    """A request under a condition says so."""
    analysis = analysed("如有疑问请尽快联系客服。")
    assert "overruled request 请 by condition 如有" in d.explain(analysis, analysis.sentences(0)[0])


def test_a_quoted_line_asks_nothing() -> None:
    """What stands in quotation marks from end to end is somebody else's."""
    analysis = analysed("\u201c请尽快提交\u201d")
    assert not any(d.directive(analysis, sentence) for sentence in analysis.sentences(0))


@pytest.mark.parametrize(("text", "sense"), [("接口文档有空时补一下。", True), ("日志的问题近期要处理掉。", True), ("请第一时间给出说法。", True)])
def test_colloquial_orders_are_orders(text: str, sense: bool) -> None:
    """补一下 and 处理掉 are said to somebody."""
    assert ("directive" in _senses(text)) is sense


def test_a_word_alone_in_a_cell_orders_nothing() -> None:
    """尽快 under 截止时间 is a value, not a sentence."""
    assert "directive" not in _senses("| 事项 | 截止时间 |\n|---|---|\n| 盘点 | 尽快 |")
