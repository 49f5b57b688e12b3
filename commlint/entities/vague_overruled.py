"""What overrules a vague word: a quotation, a heading, a norm, a customer's words, a question, a condition, a date, the past, a habit.

Each function says by what, or None. They are asked in the order of `OVERRULE`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from commlint.entities import directives
from commlint.entities.senses import Cue
from commlint.entities.vague_case import Case, terms
from commlint.model.values import TimeExpression, TimeKind

_DONE = re.compile(r"(?<![好行为除极够罢得可成周天月日年号点个])了(?![解断吧呗再给就发告通])|(?<=[\u4e00-\u9fff])过(?=[,。;!\s]|$)")
_WILL_BEFORE = re.compile(r"会(?![议上后前员计])|将(?!近)|要(?!求)|承诺|保证|争取|力争|计划|拟|打算|准备|预计|可以")
_COMING = re.compile(r"[要得快该](?![求点是])[^,。;]{0,10}了")
_SHORT_LABEL = re.compile(
    r"\s*(?:#{1,6}\s*)?(?:[^\s,。:\n]{0,6}(?:主题词?|标题|题目|名称|课题|议题|议程|附件|附表|附录|事由|栏目|专题|关键词|关键字)[一二三四五六七八九十\d]{0,3}"
    r"|subject|re|topic|title|agenda(?: item \d{1,2})?|appendix(?: [a-z\d])?|section(?: \d{1,2})?|chapter(?: \d{1,2})?|keywords?)\s*:"
)
_BRACKETED = re.compile(r"\s*[【\[<〈][^】\]>〉\n]{2,40}[】\]>〉](?:[^,。;!?\n]{0,20}(?:通知|公告|提示|公示|提醒|预告|通报|函))?\s*\Z")
_ABOUT_NOTICE = re.compile(r"\s*(?:转发)?[《<]?关于[^,。;!?\n]{2,60}的(?:紧急|补充|重要|再次)?(?:通知|函|请示|报告|公告|说明|通报|意见|方案|倡议书?|提醒|复函|决定|批复|建议|汇报|提示|公示|申请|提案|议案)[》>]?(?:[(][^)\n]{1,20}[)])?\s*\Z")
_NUMBERED = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十]{1,3}[)]|第[一二三四五六七八九十]{1,3}[部章节项])")
_NUMBERED_END = re.compile(r"(?:汇总|工作|打算|措施|思路|目标|任务|方向|建议|重点|机制|制度|办法|举措|问题|进展|部署|服务|报告|成效|成果|分析|台账|项目)\s*\Z")
_TITLE_END = re.compile(r"(?:一览|要闻|事项|安排|须知|动态|提示|简报|预告|回顾|小结|总结|情况|要点|计划|清单|名单|说明|指引|专栏|公告|展望)(?:表)?(?:[(][^)\n]{1,12}[)])?:?\s*\Z")
_NAMING = re.compile(r"[^,。;!?\n]{0,10}(?:是(?!否|不是)|成为|很重要|非常重要|至关重要|最重要|才是)")
_OF = re.compile(r"[^,。;!?\n的把将给]{1,7}的[\u4e00-\u9fff]")
_HE = re.compile(r"(?:^|[,。;\s])(?:他|她|它|他们|她们|它们|有人|对面|人家)(?:[^,。;]{0,6})\Z")
_FIRM_LIMIT = ("最迟", "最晚", "不晚于", "不迟于", "截止", "不得晚于", "不得迟于", "务必在", "latest", "no later", "deadline")
_TITLED = "《》"
_FIXED = (TimeKind.DEADLINE, TimeKind.LIMIT)


def _quoted(case: Case) -> str | None:
    word = case.word
    if any(hole.start <= word.start and word.end <= hole.end for hole in case.sentence.quoted):
        return "quotation"
    if case.text.startswith(">", case.text.rfind("\n", 0, case.span.start) + 1):
        return "quotation"
    opened = case.text.rfind(_TITLED[0], case.span.start, word.start)
    closed = case.text.find(_TITLED[1], word.end, case.span.end)
    return "title" if opened >= 0 and closed >= 0 and case.text.find(_TITLED[1], opened, word.start) < 0 else None


def _heading(case: Case) -> str | None:
    if directives.in_heading(case.analysis, case.sentence):
        return "heading"
    line = case.text[case.text.rfind("\n", 0, case.span.start) + 1 : case.span.end]
    label = _SHORT_LABEL.match(line)
    if label and len(line) <= 60 and not case.asked:
        return f"label {label[0].strip()}"
    if _BRACKETED.match(line) or _ABOUT_NOTICE.match(line):
        return "heading"
    ends = _TITLE_END.search(line) or (_NUMBERED.match(line) and _NUMBERED_END.search(line))
    titled = len(line) <= 24 and "qualifies" in case.senses and ends and not any(mark in line for mark in ",。!?")
    return "heading" if titled and not case.asked and not case.told else None


def _value(case: Case) -> str | None:
    """Alone in a table cell, or alone behind a label, it is a value: rules on fields judge it."""
    rest = (case.text[case.span.start : case.word.start] + case.text[case.word.end : case.span.end]).strip(" 。.;!~()\"'-*|")
    if not rest and directives.in_cell(case.analysis, case.sentence):
        return "table cell"
    return f"value of {rest[:-1]}" if rest.endswith(":") and len(rest) <= 9 and case.word.sense in ("open_plan", "approximation") else None


def _wording(case: Case) -> str | None:
    cue = case.behind("wording", 2) or case.before("wording", 3) or case.before("rewording", 1)
    if cue is not None:
        return f"wording {cue.word}"
    if _REPLACES.match(case.text, case.word.end) and _REPLACED.search(case.text, case.clause.start, case.word.start):
        return "it is replaced"
    ruled = _RULE.search(case.text, case.span.start, case.word.start)
    if ruled and not case.asked:
        return f"policy {ruled[0][:10]}"
    if "policy" in case.reading.senses and not case.asked:
        told = next((c for c in case.cues.get("policy", ()) if c.word not in _RULE_NAMES and (c.end <= case.word.start or case.word.end <= c.start < case.clause.end)), None)
        return f"policy {told.word}" if told else None
    return None


_RULE_NAMES = ("制度", "条例", "办法", "细则", "守则", "准则", "原则上", "policy", "guideline", "guidelines")
_RULE = re.compile(r"第[一二三四五六七八九十百\d]{1,4}条(?!线|产线|街|路|款)|(?:按照?|根据|依[据照]|遵照|遵守|参照|《)[^,。;]{0,16}(?:制度|条例|办法|细则|守则|准则|规范|标准|规程|规定|章程|手册|法》?)(?:的?规定|的?要求|》)?[^》]?|(?:规范|标准|制度|办法|细则|规程|规定|条例|章程|法》?|手册|法规|法律|规章|协议|条款|公约|纪律|行规)(?:里|中|上|方面的?)?[^,。;]{0,6}(?:要求|规定|明确|写明|新增|约定|写得|说得|讲得)")
_REPLACED = re.compile(r"(?:把|将)[^,。;]{0,12}?(?:[里中上]的?)?[\"\u201c\u300c]?\Z")
_REPLACES = re.compile(r"[\"\u201d\u300d]?(?:一词|二字|两字|字样)?(?:全部|都|一律|统统|全)?(?:换|改(?!进|善|造|期)|替换|删|去掉|量化|细化)")


def _asking(case: Case) -> str | None:
    if "question" not in case.reading.senses or "directive" in case.reading.senses:
        return None
    last = case.sentence.clauses[-1] if case.sentence.clauses else case.span
    return None if case.clause != last and (case.near("promise", of=case.cues) or case.near("speaker", of=case.cues)) else "question"


_BREAKS = re.compile(r"[,。;]\s?(?:[^,。;]{2,8}(?:承诺|答应|答复|回复|保证|同意|决定)|你|您|请|麻烦|烦请|务必|各位|大家|我们?(?!司|方)|我司(?=将|会)|我方(?=将|会)|由|让我们|建议我)")
_OBJECT = re.compile(r"(?:给|向|与|跟|对|为|让|和|把|同|联系|通知|回复|答复|告知|拜访|走访|服务|满足|协助|帮|帮助|提醒|了解|收集|整理|汇总|关于|按|根据|针对|的)[^,。;]{0,4}\Z")


def _customer(case: Case) -> str | None:
    """The words of a customer, reported: 客户要求尽快, 业主希望第一时间."""
    says = case.contexts.get("says", ())
    for who in case.contexts.get("customer", ()):
        if who.start >= case.word.start:
            break
        clause = next((c for c in case.sentence.clauses if c.start <= who.start < c.end), case.span)
        if _OBJECT.search(case.text, clause.start, who.start):
            continue
        if case.word.sense == "wish" and who.end <= case.word.start <= who.end + 6:
            return f"{who.word} {case.word.word}"
        said = next((c for c in says if who.end <= c.start <= who.end + 14 and c.end <= case.word.start + 1), None)
        if said and not _BREAKS.search(case.text, said.end, case.word.start):
            return f"{who.word} {said.word}"
    reported = next((c for c in case.cues.get("reported", ()) if c.end <= case.word.start), None)
    if reported and any(w in reported.word for w in ("客户", "用户", "员工", "client", "customer", "对方")) and not _BREAKS.search(case.text, reported.end, case.word.start):
        return f"reported {reported.word}"
    return None


_CASE = re.compile(r"(?:出现|发生|发现|接到|产生|存在|收到|遇|凡|当|每当|检测到|监测到|警报)[^,。;\n]{0,24}(?:时|的|后如|情况下|情形下|情况|现象|的话)\s?[,的]?")


def _condition(case: Case) -> str | None:
    if case.word.sense in ("approximation", "wish") or case.near("wishes", start=case.word.end, end=case.span.end):
        return None
    if case.latin and _POLITE_IF.search(case.text, case.span.start, case.word.start):
        return None
    if _GRANTED.search(case.text, case.span.start, case.word.start):
        return None
    cue = case.before("condition", of=case.cues, whole=True)
    if cue is not None and not _not_first(case, cue):
        return f"condition {cue.word}"
    cue = case.before("case", whole=True) or next((c for c in case.contexts.get("case_start", ()) if c.end <= case.word.start and _opens(case, c)), None)
    if cue is not None:
        return f"condition {cue.word}"
    if case.latin and (cue := case.near("condition", of=case.cues, start=case.word.end) or case.near("case", start=case.word.end)) and not _POLITE_IF.search(case.text, case.span.start, case.span.end):
        return f"condition {cue.word}"
    found_out = _FOUND.match(case.text, case.clause.start, case.word.start)
    if found_out:
        return f"condition {found_out[0][:8]}"
    generic = _GENERIC.search(case.text, case.span.start, case.word.start)
    if generic is not None:
        return f"condition {generic[0].strip(', ')}"
    when = _WHEN.search(case.text, case.span.start, case.word.start + 1)
    if when is not None:
        return f"condition {when[0].strip(', ')}"
    for clause in case.sentence.clauses or (case.span,):
        if clause.start > case.word.start:
            break
        match = _CASE.match(case.text, clause.start, min(clause.end, case.word.start))
        if match and (clause.end <= case.word.start or match.end() <= case.word.start) and match[0].rstrip(", ").endswith(("时", "的", "情况下", "情形下", "的话")):
            return f"condition {match[0][:8]}"
    return None


_WHEN = re.compile(r"[^,。;\s]{2,20}(?<![届同及按当平此小到随有暂临准工课定即计历费耗限延何])时(?:候)?(?:,|(?=请|应|须|要|将|会|即|务必|立|马|尽|抓|及|第一|赶|迅))|(?<![目的似是真他她我你])的,(?=(?!请|我|你)[^,。;]{0,10})|(?:不|未|没|需|要|遗失|丢失|逾期|超过|超出|缺|漏|出现|发生|发现|损坏|有)[^,。;]{1,12}(?:的|者),(?=请)|(?:^|(?<=[,。;\n]))(?![^,。;\n]{0,20}[请把我你您昨已今说是])[^,。;\n]{4,20}[的者],(?=请)|谁[^,。;]{1,10}(?=[赶马尽立及抓快])|再[^,。;]{1,6}就(?=[立马赶尽及第])|一[^,。;]{1,6}就(?=[立马赶尽及第很])|一(?:停|到|响|断|开|来|出|见|听|看|进|启动|发生|出现|亮|按|关|动|下雨),")


_POLITE_IF = re.compile(r"\bif (?:you|we|someone) (?:could|would|can|might)\b|if (?:at all )?possible")
_GRANTED = re.compile(r"(?:没问题|没有问题|无误|无异议|没异议|没意见|无问题|可行|同意|ok)(?:的话|后)?,?(?:请|就|麻烦)?\Z")  # 没问题的话尽快回复我
_GENERIC = re.compile(  # 出现漏电征兆,立即…; 下雨就赶紧…: whenever it happens
    r"(?:^|(?<=[,。;\n]))(?:(?:出现|发生|遇|遇到|遇有)[^,。;\d一二两三四五六七八九十几了已]{2,14},|(?!现在|这|那|马上|你|我|他|今|明|早|说)[^,。;\d]{2,6}(?<![这那])就(?=[立马赶及]))\Z"
)
_FOUND = re.compile(r"(?:发现|碰到|遇到|遇|出现|听到|看到|捡到|闻到)[^,。;]{1,12}\Z")


def _opens(case: Case, cue: Cue) -> bool:
    """Whether a cue stands at the start of its clause."""
    return any(c.start <= cue.start <= c.start + 2 for c in (*case.sentence.clauses, case.span))


def _not_first(case: Case, cue: Cue) -> bool:
    """有疑问 makes a condition at the start of a clause only."""
    return cue.word.startswith("有") and not _opens(case, cue)


def _concrete(case: Case) -> str | None:
    """A term in the same sentence; a hedge on the term itself leaves it open all the same."""
    word, text = case.word, case.text
    for time in terms(case):
        start, end = time.span.start, time.span.end
        if start < word.end and word.start < end:
            continue
        if time.folded in _PARTS_OF_DAY:
            continue
        limit = time.kind in _FIXED or _UNTIL.match(text, end) is not None or (time.kind is TimeKind.PERIOD and _SPAN_LABEL.search(text, max(0, start - 8), start) is not None) or any(mark in text[max(0, start - 3) : start + 1] for mark in ("最晚", "最迟", "最多", "顶多"))
        if not limit and not (time.kind is TimeKind.INSTANT and word.sense in ("urgency", "open_plan")):
            continue
        if _said_of_something(case, time):
            continue
        if word.sense in ("approximation", "wish", "open_plan") or not limit:
            same = case.clause.start <= start < case.clause.end
            hedged = same and not any(mark in text[max(case.clause.start, start - 6) : start] for mark in _FIRM_LIMIT)
            if hedged and word.sense == "approximation" and limit:
                continue
            if not limit and not _looks_ahead(case, time):
                continue
            if word.sense in ("approximation", "wish") and not limit:
                continue
        return f"term {time.text}"
    return None


_PARTS_OF_DAY = frozenset(("夜间", "晚间", "白天", "上午", "下午", "中午", "早上", "晚上", "凌晨", "深夜", "傍晚", "清晨", "当晚", "当天", "当日"))
_UNTIL = re.compile(r"[^,。;\s]{0,6}?(?<![以提此之])(?:之|以)?前(?![期后台端提])")
_SPAN_LABEL = re.compile(r"(?:时限|时间|期限|日期|有效期|受理期|截止)\s?(?:为|:)?\s?\Z")


def _said_of_something(case: Case, time: TimeExpression) -> bool:
    """周三的纪要, 6月1日前应交的报表: the term of something else."""
    tail = case.text[time.span.end : min(case.span.end, time.span.end + 10)]
    return re.match(r"(?:应|需|须|该|未|已|没|到期|收到|来|发来|提交|召开|举行|开会|签|下|发|寄|起|以来|至|前?的)[^,。;]{0,6}的|的|起|以来|收到|发来|来函|来信|到期|已|召开|举行", tail) is not None


def _looks_ahead(case: Case, time: TimeExpression) -> bool:
    reference = case.analysis.reference(case.sentence.part)
    if reference is not None and time.end is not None and time.end < reference:
        return False
    clause = next((c for c in case.sentence.clauses if c.start <= time.span.start < c.end), case.span)
    if any(clause.start <= cue.start < clause.end for cue in (*case.cues.get("past", ()), *case.contexts.get("happened", ()))):
        return False
    if case.word.sense == "open_plan":
        return clause == case.clause
    return time.clock or clause != case.clause


def _happened(case: Case) -> str | None:
    """A report of what has been: in the clause, or for words of more or less and by and by in the sentence."""
    clause, word = case.clause, case.word
    asked = case.asked
    first = min((c.start for c in case.cues.get("request", ()) if clause.start <= c.start < clause.end), default=clause.end)
    handled = case.text.find("把", clause.start, clause.end)
    thanked = next((c for c in case.cues.get("past", ()) if _thanks(c) and not c.word.startswith(("麻烦", "辛苦")) and clause.start <= c.start < word.start), None)
    if thanked and first > word.start:
        return f"thanks {thanked.word}"
    if word.word == "陆续" and _COUNTED.match(case.text, word.end, clause.end) and not _WILL_BEFORE.search(case.text, clause.start, word.start):
        return "a count"
    if word.sense == "degree" and case.latin and case.near("resolves"):
        return None  # it was agreed to
    for cue in (*case.cues.get("past", ()), *case.contexts.get("happened", ())):
        if clause.start <= cue.start < clause.end and not _thanks(cue):
            if cue.start > first or 0 <= handled < cue.start or case.text.startswith("的", cue.end) or _commissioned(case, cue):
                continue
            return f"past {cue.word}"
    if asked is None and handled < 0:
        done = _DONE.search(case.text, word.end, clause.end)
        if done and not _COMING.search(case.text, max(clause.start, word.start - 6), done.end()) and not (_WILL_BEFORE.search(case.text, clause.start, word.start) and word.sense != "approximation"):
            return f"past {case.text[max(word.end, done.start() - 1) : done.end()]}"
    if case.latin and word.sense == "urgency" and _ED.match(case.text, word.end, clause.end) and not case.near("says_will", end=word.start + 1) and asked is None:
        return "past tense"
    if case.latin and word.sense == "urgency" and _ED.match(case.text, word.end, clause.end) and "was" not in case.text[clause.start : word.start] and not re.search(r"\b(?:will|be|shall|must|to|please|should|can|could)\b", case.text[clause.start : word.start]):
        return "past tense"
    if word.sense in ("approximation", "open_plan") or case.mild or "qualifies" in case.senses:
        return _happened_around(case)
    return None


_COUNTED = re.compile(r"[^,。;]{1,8}?(?:\d+|[一二两三四五六七八九十百千万几]{1,4}多?)(?:余)?[人名件台起条项次家户只箱批张份个]")
_COMMISSIONED = re.compile(r"(?:经|在|正|正在)?(?:安排|通知|联系|催|要求|责成|转|反馈|协调|督促|叮嘱|交代|嘱|让|叫|请|派|委托|着手|开始|启动)")
_ED = re.compile(r"\s+[a-z]+(?:ed|nt|ook|ought|ent|ade)\b")


def _commissioned(case: Case, cue: Cue) -> bool:
    """已安排人尽快处理: what is reported is the order, which stands."""
    return cue.word in ("已", "已经", "刚刚", "刚才", "刚") and cue.end <= case.word.start and _COMMISSIONED.match(case.text, cue.end) is not None


def _happened_around(case: Case) -> str | None:
    """What the rest of the sentence dates, where nobody asks or promises."""
    if case.reading.senses & {"directive", "promise"} or case.told:
        return None
    weak = case.word.sense != "urgency" or case.mild
    said = (*case.contexts.get("happened", ()), *(c for c in case.cues.get("past", ()) if weak and c.start > case.word.end))
    cue = next((c for c in said if not _thanks(c) and not case.text.startswith("的", c.end)), None)
    return f"past {cue.word}" if cue else None


def _thanks(cue: Cue) -> bool:
    return cue.word.startswith(("感谢", "谢", "多谢", "辛苦", "麻烦", "thank"))


def _denied(case: Case) -> str | None:
    cue = case.before("negation", 1 if not case.latin else 8)
    if cue is None and case.word.sense in ("urgency",):
        cue = case.before("negation", 3)
        cue = cue if cue and cue.word not in ("不会", "没", "别", "不") else None
    return f"negation {cue.word}" if cue else None


def _customary(case: Case) -> str | None:
    if case.asked:
        return None
    post = next((c for c in case.contexts.get("habit", ()) if c.end <= case.word.start and c.word.startswith(("岗位", "任职", "职责", "工作职责"))), None)
    if post:
        return f"habit {post.word}"
    if "directive" in case.reading.senses and case.word.sense != "approximation":
        return None
    cue = case.before("habit", whole=not case.latin) or (case.near("habit") if case.latin else None)
    if cue is None and case.word.sense == "approximation":
        cue = case.near("habit", start=case.span.start, end=case.span.end)
    return f"habit {cue.word}" if cue else None


def _property(case: Case) -> str | None:
    if case.asked or case.near("promise", of=case.cues):
        return None
    cue = case.before("machine", whole=True) if case.word.sense != "open_plan" else None
    if cue:
        return f"property of {cue.word}"
    thing = _THING.match(case.text, case.span.start, case.word.start)
    if thing and not case.near("obligation", of=case.cues):
        return f"property of {thing[0][:6]}"
    if _HE_FIRST.match(case.text, case.span.start) and not case.near("says_will") and case.word.sense in ("urgency", "open_plan"):
        return "report of somebody else"
    if not case.latin and case.word.sense in ("urgency", "approximation", "open_plan") and _HE.search(case.text, max(case.clause.start - 1, 0), case.word.start) and not case.near("says_will"):
        return "report of somebody else"
    return None


_THING = re.compile(r"(?:该|本|此|这[台套款种类项批把张支条]|那[台套款种])(?![人司校院部方行周月次单公]|会议)[^,。;]{1,16}?(?:会|可|能|可以|能够|适合|用于|支持|自动)[^,。;]{0,8}\Z")
_HE_FIRST = re.compile(r"(?:他|她|它|他们|她们)(?:这个?人|这人|这孩子|性子|做事|办事|总|老|一向|平时|从来|那人)")


def _meant(case: Case) -> str | None:
    """What something is for, or what is spoken about: 为尽快恢复, 尽快上线是诉求."""
    if case.word.sense not in ("urgency", "open_plan"):
        return None
    cue = case.before("purpose")
    if cue and not case.near("request", of=case.cues, start=cue.end, end=case.word.start):
        return f"purpose {cue.word}"
    if case.asked or case.near("promise", of=case.cues):
        return None
    text, word = case.text, case.word
    if _NAMING.match(text, word.end, case.clause.end) and not case.near("speaker", of=case.cues, end=word.start):
        return "it is spoken about"
    if _OF.match(text, word.end, case.clause.end) and not case.told and not case.before("wishes") and not case.near("act", start=word.end, end=word.end + 3) :
        return "it qualifies a noun"
    return None


def _qualifies(case: Case) -> str | None:
    """后续工作, 待定议题: beside a noun."""
    if "qualifies" not in case.senses and not case.word.word.startswith(("待", "另")):
        return None
    noun, act = case.behind("noun", 0), case.behind("act", 0)
    if noun and not (act and act.end > noun.end):
        return f"it qualifies {noun.word}"
    return None


OVERRULE: tuple[Callable[[Case], str | None], ...] = (
    _quoted, _heading, _value, _wording, _customer, _asking, _condition, _concrete, _happened, _denied, _customary, _property, _meant, _qualifies,
)
LIKELY_FIRST = tuple(dict.fromkeys((_happened, _denied, _condition, _customer, *OVERRULE)))  # for who only asks whether there is a cause
