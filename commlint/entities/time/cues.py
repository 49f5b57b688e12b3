"""Words around an expression that decide its kind: deadline prefixes, labels, reports, plans, anchors."""

from __future__ import annotations

import re

from commlint.entities.time.guards import mark_before
from commlint.entities.time.shape import compiled
from commlint.entities.time.starts import CUE_ENDS

_REACH = 24
_LINK = r"(?:(?:日期|时间|日|点|节点)?[ ]*[】\]]?[ ]*(?:\*\*|__)?[ ]*(?:[:|]|是|为|定于|定在|in|is|of|=)?[ ]*(?:\*\*|__)?[ ]*(?:于|在|到|至|为|是|the|on|at)?[ ]*)"
_LABEL = r"(?:截止|截至|截稿|(?:提交|交付|完成|报名|反馈|回复|办结|整改|办理|交办|答复|上报|投标|缴费|付款)?(?:期限|时限)|到期|(?<!实际)(?<!已)(?:计划|预计|要求|拟|应|预期)?(?:完成|交付|提交|办结|整改)(?:时间|日期|节点)|deadline|ddl|due(?: date| on| by)?)"
PREFIX = rf"(?:{_LABEL}{_LINK}|(?:截止|截至)(?:到|至|于|时间|日期)?[ ]*|最晚|最迟|不(?:得|能|要|可)?(?:晚|迟)于|不(?:得)?超过|有效期(?:限)?(?:至|到|为|截至|截止)?[ ]*:?[ ]*|赶在|(?:最晚|最迟)(?:于|在|到|是|不超过|不过)?[ ]*|\b(?:by|due|no later than|not later than|until|till?|before|on or before|latest)(?: the| on| at)?[ ]+(?:or before )?)$"
_CLOSING = r" ?(?:\(周?[一二三四五六日]\) ?)?(?:报名)?(?:截止|截稿|止)(?!到|至|目前|日|时)"
_CLOSING_BEGINS = frozenset(" (报截止")
_REPORTING = r"(?:截至|截止|截止到|截至到)[ ]*$"
_REPORT = r"(?:当日|当天|止|为止)?[ ]*,?[ ]*[^,。;\n]{0,14}?(?:共|已|累计|仍|尚|收到|合计|总计|完成了|到账|未(?:收到|反馈|提交)|有\d|为\d|余额)"
_PLAN = r"(?:计划|预计|拟|将|打算|安排|争取|力争|定于|will|plan)[^,。;\n]{0,6}$"
_PAST_BEFORE = r"(?:已|曾|早在|于是|上次|上回|此前|之前|回顾)[^,。;\n]{0,6}$"
_PAST_AFTER = r"[^,。;\n]{0,10}(?:会上|会议上|召开的|举行的|发出的|收到的|签订的|签署的|发布的|发来|提出的|通过的|已经|已|了)"
_SHORT_LABEL = rf"(?:{_LABEL}|[货港船款票账检房车期标庭工业课学职息单仓关约]日|日期|时间|\bdate|\bon|于|在){_LINK}$"
_DATE_BEFORE = r"(?:最晚|最迟|不(?:得|能|要|可)?(?:晚|迟)于|(?<![a-z])(?:by|before|until|till?|since|etd|eta|cut-?off|closing|deadline)(?: on| at| is)?:?) ?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?$"
_EVENT = r"(?:会议?|活动|上线|到期|培训|发布|出发|截止日?|开始|召开|交付|投产|验收|考试|举行|开幕|施工|放假|离职|生效|期满|届满|使用|发货|付款|开会|开标|面试|出差|启动|入职|演练|检修|停机|变更|评审|发车|登机|开课|活动开始|调整|实施|执行|离店|入住|预约|报到)$"
_ANY_EVENT = r"(?:(?<![^\x00-\xff])|[于在请须应需])[术餐课赛考饭睡]$|(?<!排名)(?<!名次)(?<!最靠)[\u4e00-\u9fff](?![至之以提目此先空从眼当日号月年天周点时分刻向往朝取的了在把将请须需应])[\u4e00-\u9fff]$"
_ANCHOR = r"(?:自|从|在|于)?(?P<anchor>[^,。;、:\s!?()\u201c\u201d]{1,24}?(?:之日起|之日后|日起|之后|以后|后|时起|起|结束|发生|之日))(?:的|第|计|算|算起|计算)?(?:至少|最迟|最多|最长|约)?[ ]*$"
_LEAD_WORDS = r"^(?:请|各部门|各位|大家|务必|应当|应|须|需|必须|要求|并|且|我司|我方|你方|贵司|贵方|乙方|甲方|供应商|对方|您|于|在|由|同意|承诺|将|会|可)+"
_TO_ANCHOR = r"^.{0,16}(?:[须应将需均]于|在|自|从)(?=..)"
_ENGLISH_ANCHOR = r" (?P<anchor>(?:of|after|from|upon|following) [^,.;\n]{2,40})"


def before(text: str, start: int) -> str:
    """What stands before `start` on its line, as far as prefixes reach."""
    low = max(0, start - _REACH)
    return text[text.rfind("\n", low, start) + 1 if "\n" in text[low:start] else low : start]


def is_deadline(text: str, start: int, end: int, *, label: str = "") -> bool:
    """Whether a deadline prefix or label stands before it, and no report of what happened until then behind it."""
    if text[end : end + 1] in _CLOSING_BEGINS and compiled(_CLOSING).match(text, end):
        return True
    if not label and (start == 0 or mark_before(text, start) not in CUE_ENDS["prefix"]):
        return False
    left = label + ":" if label else before(text, start)
    if not compiled(PREFIX).search(left):
        return False
    return not (compiled(_REPORTING).search(left) and compiled(_REPORT).match(text, end))


def has_label(text: str, start: int, *, label: str = "") -> bool:
    """Whether a label before it says that digits are a date."""
    return compiled(_SHORT_LABEL).search(label + ":" if label else before(text, start)) is not None


def follows_limit_word(text: str, start: int) -> bool:
    """Whether the words before two numbers are those before deadlines: 最迟5.31, by 5/24."""
    return compiled(_DATE_BEFORE).search(before(text, start)) is not None


def is_plan(left: str) -> bool:
    """Whether what stands before it plans; here and below `left` is what stands `before` it."""
    return compiled(_PLAN).search(left) is not None


def is_past(text: str, left: str, end: int) -> bool:
    """Whether the words around it tell of something that has happened."""
    return bool(compiled(_PAST_BEFORE).search(left) or compiled(_PAST_AFTER).match(text, end))


def follows_event(text: str, start: int) -> bool:
    """Whether an event stands right before, so that 前3天 counts back from it: a known one, or any word but those of 之前 and of dates."""
    left = before(text, start)
    return compiled(_EVENT).search(left) is not None or compiled(_ANY_EVENT).search(left) is not None


def event(text: str, start: int) -> str | None:
    """The event right before `start`."""
    left = before(text, start)
    found = compiled(_EVENT).search(left) or compiled(_ANY_EVENT).search(left)
    return found.group().lstrip("于在请须应需") if found else None


def anchor(text: str, start: int, end: int) -> str | None:
    """The clause that a limit counts from, before it (收到通知之日起) or, in English, behind it (of receipt)."""
    found = compiled(_ANCHOR).search(before(text, start))
    if found:
        clause = re.sub(compiled(_LEAD_WORDS), "", found.group("anchor").strip())
        clause = re.sub(compiled(_TO_ANCHOR), "", clause)
        clause = clause[max(clause.rfind(mark) for mark in "%为") + 1 :]
        return clause or None
    behind = compiled(_ENGLISH_ANCHOR).match(text, end)
    return behind.group("anchor").strip() if behind else None


def hour_evidence(text: str, start: int, end: int) -> bool:
    """Whether the words around N点 make it an hour rather than a count of points."""
    return bool(compiled(_HOUR_BEFORE).search(before(text, start)) or compiled(_HOUR_AFTER).match(text, end))


_HOUR_BEFORE = r"(?:原来|原定|改[到成为在]|定[在到]|约[在到]|现在是?|推[迟后]到|延[后迟]?到|于|在|到|至|截止|最晚|最迟|从|自|约|准时|当天|当日|时间|by|at)[: ]{0,2}$"
_HOUR_AFTER = r" ?(?:钟|之?前|以前|之?后|开会|开始|召开|举行|准时|集合|上线|截止|下班|上班|出发|签到|入场|到场|左右|开播|见|碰|送到|起飞|发车|过来|面试|吃饭|上课|下课|开门|关门|交班|接班|起|至|到|-|~|,?(?:在|于)\w{1,10}(?:开|召|集))"
