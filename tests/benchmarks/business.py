"""What people write to one another at work, invented: notices, requests, minutes, reports and answers in running Chinese."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence

NAMES = ("周子衡", "林晓岚", "顾北辰", "沈一鸣", "何静宜", "陆远舟", "罗锦程", "许知夏", "韩立群", "方若曦", "邓怀安", "苏婉清")
_DEPARTMENTS = ("市场部", "产品部", "技术部", "财务部", "销售部", "行政部", "法务部", "客户服务部", "采购部", "人力资源部")
_PROJECTS = ("渠道管理系统", "二期仓库改造", "客户回访", "年度审计", "会员小程序", "售后知识库", "供应商准入", "展会筹备", "培训计划", "数据迁移")
_THINGS = ("报价单", "测试报告", "合同初稿", "验收单", "排期表", "预算明细", "客户名单", "接口文档", "培训材料", "会议室预订单", "发票", "样品清单")
_PLACES = ("三楼第二会议室", "总部A座1206", "线上会议", "研发中心一层培训室", "华东分公司会议室")
_VAGUE = ("尽快", "抓紧", "及时", "有空时", "近期", "适当", "酌情", "稍后")

# {who} {mate} {unit} {project} {thing} {other} {day} {clock} {weekday} {count} {money} {place} {vague}
_TOLD = (
    "{project}项目上周完成了第{count}轮评审,评审意见已经整理在附件里,涉及{unit}的有三条,其余由{other}继续跟进。",
    "目前{thing}已经发给客户,客户那边的联系人说需要内部走一遍流程,预计下周给我们书面答复。",
    "昨天和供应商开了一次会,对方同意按原来的价格供货,但是运费要另外计算,大约是{money}元。",
    "这次变更不影响已经签署的合同,只是交付的批次由两批改为三批,每批之间间隔十个工作日。",
    "从数据上看,三月份的投诉比二月份少了{count}件,主要原因是新的安装说明写得更清楚了。",
    "{unit}反映打印机和投影设备经常出故障,行政同事已经联系厂家上门检修,费用在保修范围之内。",
    "关于{thing}的格式,大家意见不太一致,有人希望沿用去年的模板,也有人觉得新模板更便于统计。",
    "{who}这周在外地出差,手上的工作暂时由{mate}代管,有事可以直接和他联系。",
    "仓库盘点的结果和账面基本相符,差异部分是退货没有及时入账造成的,财务已经调整。",
    "新版本上线以后运行稳定,平均响应时间从原来的两秒降到八百毫秒,客户比较满意。",
    "我们在讨论中发现,双方对\u201c交付完成\u201d的理解不一样,建议在合同里写清楚以签收单为准。",
    "考虑到节假日前后物流比较紧张,{project}的到货时间可能会比计划晚两三天,对整体进度影响不大。",
    "附件是最新的{thing},和上一版相比只改了第{count}页的数字,其他内容没有变化。",
    "感谢各位这段时间的支持,{project}能够按计划推进,离不开每一个部门的配合。",
    "培训分为上午和下午两场,内容相同,大家可以根据自己的时间安排选择其中一场参加。",
    "这个问题在系统里的编号是REQ-2026-{number},处理记录和截图都在里面,需要权限的同事请告诉我。",
    "按照公司的差旅标准,住宿费每人每天不超过450元,超出的部分需要部门负责人事先批准。",
    "客户提出希望增加一个导出功能,技术部评估下来大概要{count}个人日,不影响主线版本。",
    "另外,上个月的考勤已经核对完毕,有疑问的同事可以到{unit}查询原始记录。",
    "The vendor has confirmed the shipping plan, and the packing list is attached for your reference.",
    "会议室的门禁系统周末升级,升级期间用工卡刷不开门的,可以找前台登记后进入。",
    "去年同期我们只有两个渠道,今年增加到五个,所以工作量上去了不少,人手确实有些紧。",
    "对方的法务对违约责任那一条有不同看法,{mate}正在和他们沟通,有结果以后再同步给大家。",
    "试点的两个门店反馈不错,店长认为操作步骤比以前少,新员工半天就能学会。",
)
_ASKED = (
    "请{unit}于{day}{clock}前把{thing}发到项目邮箱,由{who}统一汇总。",
    "请{mate}在{day}之前确认{thing}的内容,如有修改请直接在文档里标注。",
    "{unit}需要在{weekday}{clock}前完成{project}的自查,并把结果反馈给{who}。",
    "麻烦{mate}{vague}把{thing}补充完整,我这边好安排下一步的工作。",
    "请各部门指定一名对接人,名单于{day}18:00前报给{unit}{who}。",
    "{thing}由{who}负责,{day}前提交初稿,{unit}在收到后3个工作日内给出意见。",
    "如果对以上安排有不同意见,请在{day}下班前回复这封邮件,逾期视为同意。",
    "请大家{vague}安排时间学习新的报销流程,有问题找{unit}咨询。",
    "发票请寄到总部前台,抬头和税号见附件,金额合计{money}元,请财务核对后付款。",
)
_DECIDED = (
    "{thing}由{who}负责更新,{day}前完成。",
    "{project}的上线时间定在{day}{clock},由{unit}通知客户。",
    "同意{unit}提出的方案,费用{money}元从部门预算里列支。",
    "{mate}负责跟进供应商的回复,{weekday}前给出书面结论。",
    "样品的检验标准不变,{unit}负责人{who},时限{day}。",
    "原则上同意延长试用期,具体{vague}再议。",
)
_GREETINGS = ("各位同事", "{mate}", "{mate}你好", "各部门负责人", "尊敬的{mate}经理", "大家好")
_CLOSINGS = (("谢谢!",), ("祝好!",), ("此致", "敬礼"), ("如有疑问请随时联系,谢谢配合。",), ("顺祝工作顺利!",))
_WIDE = str.maketrans({",": "\uff0c", ":": "\uff1a", ";": "\uff1b", "!": "\uff01", "?": "\uff1f", "(": "\uff08", ")": "\uff09"})

Lines = Iterator[str]


def _slots(dice: random.Random) -> dict[str, object]:
    who, mate = dice.sample(NAMES, 2)
    unit, project, thing, other = (dice.choice(words) for words in (_DEPARTMENTS, _PROJECTS, _THINGS, _DEPARTMENTS))
    day = dice.choice((f"2026年6月{dice.randint(8, 30)}日", f"6月{dice.randint(8, 30)}日", f"2026-06-{dice.randint(10, 30)}", "下周三", "本周五", "月底"))
    return {
        "who": who, "mate": mate, "unit": unit, "project": project, "thing": thing, "other": other, "day": day, "place": dice.choice(_PLACES),
        "clock": dice.choice(("12:00", "17:00", "18:00", "上午10点")), "weekday": dice.choice(("周三", "周五", "下周一")), "count": dice.randint(2, 9),
        "number": dice.randint(1000, 9999), "money": f"{dice.randint(3, 80)},{dice.randint(100, 999)}", "vague": dice.choice(_VAGUE),
    }


def _said(dice: random.Random, sentences: Sequence[str]) -> str:
    return dice.choice(sentences).format_map(_slots(dice))


def _endless(dice: random.Random, sentences: Sequence[str]) -> Lines:
    """One after the other in any order, each once before any comes again."""
    while True:
        yield from dice.sample(sentences, len(sentences))


class _Writer:
    """Somebody who has things to tell and to ask for, and does not say the same twice in a letter."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self._told, self._asked, self._decided = (_endless(dice, sentences) for sentences in (_TOLD, _ASKED, _DECIDED))

    def tells(self) -> str:
        return next(self._told).format_map(_slots(self.dice))

    def asks(self) -> str:
        return next(self._asked).format_map(_slots(self.dice))

    def decides(self) -> str:
        return next(self._decided).format_map(_slots(self.dice))

    def paragraph(self, asks: float) -> str:
        """Two to five sentences; each one is a request with a likelihood of `asks`."""
        return "".join(self.asks() if self.dice.random() < asks else self.tells() for _ in range(self.dice.randint(2, 5)))

    def prose(self) -> Lines:
        while True:
            yield self.paragraph(0.12)
            yield ""


def _prose(writer: _Writer) -> Lines:
    return writer.prose()


def _notice(writer: _Writer) -> Lines:
    dice, known = writer.dice, _slots(writer.dice)
    yield "关于召开{project}协调会的通知如下:".format_map(known)
    yield ""
    yield "会议时间:2026年6月{count}日14:00-15:30".format_map(known)
    yield "会议地点:{place}".format_map(known)
    yield "主持人:{who}".format_map(known)
    yield "参会人员:{unit}、{other}相关同事".format_map(known)
    yield "会议议程:"
    for number in range(1, 4):
        yield f"{number}. {dice.choice(_PROJECTS)}进展({dice.choice((10, 15, 20))}分钟)"
    yield ""
    yield from writer.prose()


def _minutes(writer: _Writer) -> Lines:
    yield "今天的会议内容整理如下,请查收。"
    yield ""
    yield "一、讨论情况"
    yield writer.paragraph(0)
    yield "二、决议"
    for number in range(1, writer.dice.randint(4, 7)):
        yield f"{number}. {writer.decides()}"
    yield "三、其他"
    yield from writer.prose()


def _report(writer: _Writer) -> Lines:
    yield "{project}本周进展如下。".format_map(_slots(writer.dice))
    yield ""
    while True:
        for number in range(1, writer.dice.randint(4, 6)):
            yield f"({number}){writer.tells()}"
        yield ""
        yield writer.paragraph(0.3)


def _answer(writer: _Writer) -> Lines:
    yield "来信收悉,{project}的安排我们没有意见,{thing}的事情答复如下。".format_map(_slots(writer.dice))
    yield ""
    for _ in range(writer.dice.randint(2, 4)):
        yield writer.paragraph(0.15)
        yield ""
    yield f"在 2026年6月{writer.dice.randint(1, 5)}日,{writer.dice.choice(NAMES)} 写道:"
    while True:
        yield f"> {writer.tells()}"


_KINDS: dict[str, Callable[[_Writer], Lines]] = {
    "{project}进展": _report, "关于召开{project}协调会的通知": _notice, "{project}会议纪要": _minutes, "Re: {thing}的安排": _answer, "{thing}事宜": _prose,
}


def letter(dice: random.Random, sender: str, room: int) -> tuple[str, str]:
    """A subject, and a text of at most `room` bytes in UTF-8 and hardly less, signed by `sender`."""
    title = dice.choice(list(_KINDS))
    tail = ["", *dice.choice(_CLOSINGS), "", sender, f"{dice.choice(_DEPARTMENTS)}{dice.choice(('经理', '主管', '专员'))}", f"电话:010-5555 01{dice.randint(10, 99)}"]
    head = [_said(dice, _GREETINGS) + ":", ""]
    left = room - _bytes([*head, *tail])
    lines: list[str] = []
    for line in _KINDS[title](_Writer(dice)):
        left -= _bytes([line])
        if left < 0:
            lines.append(_cut(_wide(line), left + _bytes([line]) - 1))
            break
        lines.append(line)
    return _said(dice, (title,)), "\n".join(map(_wide, [*head, *lines, *tail])) + "\n"


def _cut(line: str, room: int) -> str:
    """As many whole sentences of `line` as fit into so many bytes."""
    piece = line.encode()[: max(0, room)].decode(errors="ignore")
    return piece[: piece.rfind("。") + 1]


def _bytes(lines: Sequence[str]) -> int:
    return sum(len(_wide(line).encode()) + 1 for line in lines)


def _wide(line: str) -> str:
    """Punctuation behind Chinese characters is of full width, as input methods write it."""
    return re.sub(r"(?<=[\u4e00-\u9fff\u201d])[,:;!?()]", lambda mark: mark[0].translate(_WIDE), line)
