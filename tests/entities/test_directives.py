"""What a sentence does is told from cues, and explained by them."""

from __future__ import annotations

import pytest

from commlint.entities import directives as d
from tests.entities.records import analysed, widths

ASKS = [
    "请尽快提交材料。", "材料请尽快发我,谢谢。", "请尽快提交,最迟6月10日17:00前。", "尽快完成测试", "市场部尽快提交方案。", "能否尽快提供合同?", "市场部6月10日前提交方案。", "@张三 尽快确认",
    "王经理负责落实,尽快完成", "抓紧处理吧", "需要各部门尽快反馈", "麻烦尽快看一下", "明天下午三点前把方案发我", "收到请回复", "安排专人跟进", "技术部应于5月20日前完成部署", "烦请贵司尽早付款",
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
