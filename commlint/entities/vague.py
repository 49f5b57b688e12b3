"""Vague words, and whether an order, a promise or a plan rests on them: 尽快 in an order does, in a quotation or a report it does not.

Words and classes are those of lexicon/vague.txt; what decides are the cues of lexicon/contexts.txt and the sentence's own reading.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import frozen

from commlint.entities import directives
from commlint.entities.analysis import inside
from commlint.entities.senses import Cue, grouped, places
from commlint.model.protocols import Analysis
from commlint.model.record import Kind, Record
from commlint.model.span import Span
from commlint.model.values import Located, Sentence, TimeExpression, TimeKind

KINDS = ("urgency", "approximation", "open_plan", "wish", "degree")

_POINT = (
    r"今[天日晚早]|明[天日晚早]|[后後]天|大后天|[下本这]{1,3}个?(?:周|星期|礼拜|月|季度|旬|学期)|周[一二三四五六日末天]|星期[一二三四五六日天]|礼拜[一二三四五六日天]"
    r"|月[初中底末]|[上中下]旬|年[底末初内中后前]|季度?[末底初]|\d{1,2}月|\d{1,2}[日号]|[一二三四五六七八九十]{1,2}月|[节假]后|节前|开学|暑假|寒假|国庆|春节|元旦|中秋|五一|学期|下班"
    r"|tomorrow|tonight|next (?:week|month|quarter|year|mon|tues|wednes|thurs|fri)|end of|mid-|by (?:the end|mon|tue|wed|thu|fri|next)|this (?:week|month|quarter)|(?:mon|tues|wednes|thurs|fri)day"
)
_ENGLISH = (
    r"the \d{1,2}(?:st|nd|rd|th)|(?:early|late|mid)[ -](?:next|this|january|february|march|april|may|june|july|august|september|october|november|december|week|month)"
    r"|(?:january|february|march|april|june|july|august|september|october|november|december)|q[1-4]\b|eod\b|cob\b|\d{1,2} ?[ap]m\b|noon|midnight"
)
_SOON = r"这几天|这两天|过几天|过两天|过些天|近期|近日|很快|随时"
_NUMBER = r"(?:\d{1,4}(?:\.\d)?|[一二两三四五六七八九十百半几数]{1,4}|(?:one|two|three|four|five|six|seven|eight|nine|ten|a|another|a few|several)(?: more)?)"
_LENGTH = rf"{_NUMBER}(?:[-~到至]{_NUMBER})?[ 来多]?(?:个?(?:工作日|自然日|星期|礼拜|月|季度|学期|小时|钟头)|天|日(?!元)|周(?!岁)|年|分钟|(?:business |working )?(?:days?|weeks?|months?|hours?|quarters?)\b)"
_CLOCK = r"\d{1,2}(?:点|:\d\d)|[一二三四五六七八九十两]{1,3}点|中午|上午|下午|傍晚|晚上"
_ANY_TERM = rf"(?:{_POINT}|{_ENGLISH}|{_SOON}|{_LENGTH}|{_CLOCK})"
_TERM = re.compile(_ANY_TERM)
_POINT_THERE = re.compile(rf"{_POINT}|{_ENGLISH}|{_SOON}|{_LENGTH}(?:之?后|以后|之?内|以内)")
_TERM_BEHIND = re.compile(rf"[^\d,。;:!?\n]{{0,7}}?{_ANY_TERM}")
_TERM_BEFORE = re.compile(rf"{_ANY_TERM}[^,。;!?\n]{{0,4}}\Z")
_QUANTITY = re.compile(r"\s{0,2}[^\d,。;!?\n]{0,2}(?:\d|[一二两三四五六七八九十百千万几数半]{1,4}[^\u0000-\u00ff])")
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
_LATIN = re.compile(r"[a-z]")
_FIRM_LATIN = re.compile(r"asap|to follow|circle back|stay tuned|watch this|further notice|more to come|later date|later stage|a\.s\.a|possible|convenience|tb[dca]\b|t\.b\.d|to be |fingers|any day|hopefully|in batches|practicable|near future|due course|without delay|yet to be")
_HE = re.compile(r"(?:^|[,。;\s])(?:他|她|它|他们|她们|它们|有人|对面|人家)(?:[^,。;]{0,6})\Z")
_FIRM_LIMIT = ("最迟", "最晚", "不晚于", "不迟于", "截止", "不得晚于", "不得迟于", "务必在", "latest", "no later", "deadline")
_TITLED = "《》"
_AGAIN = "再"
_FIXED = (TimeKind.DEADLINE, TimeKind.LIMIT)
_MOST_WORDS = 40  # no sentence has more; what has is hostile, and work stays linear


@frozen
class VagueWord(Located):
    """A vague word. `kind` is one of `KINDS`; `commitment` whether an order, a promise or a plan rests on it; `why` what decided."""

    kind: str
    commitment: bool
    why: str


_MOST_CONTEXTS = 400
_READ_FAR = 4000  # characters of a sentence that can decide

Verdict = tuple[bool, str]


def vague_words(analysis: Analysis, record: Record) -> tuple[VagueWord, ...]:
    """The vague words of the record's own sentences, in order."""
    return analysis.once("entities.vague_words", lambda _: tuple(_all(analysis)))


def commitment(analysis: Analysis, stretch: Located) -> bool:
    """Whether a stretch is a vague word on which an order, a promise or a plan rests. What no list knows is read like 尽快."""
    return _judged(analysis, stretch)[0]


def kind_of(analysis: Analysis, word: VagueWord) -> str:
    """Its class: urgency, approximation, open_plan, wish or degree."""
    return word.kind


def commitment_of(analysis: Analysis, word: VagueWord) -> bool:
    """Whether an order, a promise or a plan rests on it."""
    return word.commitment


def why_of(analysis: Analysis, word: VagueWord) -> str:
    """What decided: the cues of an order or a promise, or what overruled them."""
    return word.why


def explanation(analysis: Analysis, stretch: Located) -> str:
    """Why a stretch is a vague commitment or none; empty when it is no vague word."""
    sentence = _around(analysis, stretch)
    words = _in(analysis, sentence).words if sentence else ()
    return next((_once(analysis, sentence, cue, senses)[1] for cue, senses in words if sentence and (cue.start, cue.end) == (stretch.span.start, stretch.span.end)), "")


def _all(analysis: Analysis) -> Iterator[VagueWord]:
    from commlint.entities.structure import sentences

    for sentence in sentences(analysis, analysis.record):
        for cue, senses in _in(analysis, sentence).words:
            held, why = _once(analysis, sentence, cue, senses)
            yield VagueWord(sentence.part, Span(cue.start, cue.end), *_texts(analysis, sentence.part, cue), cue.sense, held, why)


def _texts(analysis: Analysis, part: int, cue: Cue) -> tuple[str, str]:
    passage = analysis.passage(part, cue.start, cue.end)
    return passage.text, passage.folded


@frozen
class _Found:
    """The vague words of a sentence with their sections, and the longer words that only contain one."""

    words: tuple[tuple[Cue, frozenset[str]], ...] = ()
    longer: tuple[Cue, ...] = ()


_NONE = _Found()


def _in(analysis: Analysis, sentence: Sentence) -> _Found:
    part = sentence.part
    known = analysis.once(f"vague:{part}", lambda a: places(a.environment.lexicon, a.folded(part), "vague"))
    start, end = sentence.span.start, sentence.span.end
    at = bisect_left(known, (start,))
    if at == len(known) or known[at][0] >= end:
        return _NONE
    return analysis.once(f"vague:{part}:{start}:{end}", lambda _: _sorted_out(grouped(known, start, end, most=_MOST_WORDS)))


def _sorted_out(cues: Mapping[str, Sequence[Cue]]) -> _Found:
    sections: dict[tuple[int, int, str], set[str]] = {}
    for section, held in cues.items():
        for cue in held:
            sections.setdefault((cue.start, cue.end, cue.word), set()).add(section)
    words: list[tuple[Cue, frozenset[str]]] = []
    for (start, end, word), senses in sorted(sections.items(), key=lambda each: each[0]):
        kind = next((kind for kind in KINDS if kind in senses), "")
        if kind and not (words and start < words[-1][0].end):
            words.append((Cue(kind, word, start, end), frozenset(senses)))
    return _Found(tuple(words), tuple(cues.get("guard", ())))


def _judged(analysis: Analysis, stretch: Located) -> Verdict:
    sentence = _around(analysis, stretch)
    if sentence is None:
        return False, "no sentence"
    span = stretch.span
    there = _in(analysis, sentence)
    for cue, senses in there.words:
        if cue.start < span.end and span.start < cue.end:
            return _once(analysis, sentence, cue, senses)
    if any(cue.start < span.end and span.start < cue.end for cue in there.longer):
        return False, "longer word"
    return _once(analysis, sentence, Cue("urgency", stretch.folded, span.start, span.end), frozenset())


def _once(analysis: Analysis, sentence: Sentence, cue: Cue, senses: frozenset[str]) -> Verdict:
    return analysis.once(f"verdict:{sentence.part}:{cue.start}:{cue.end}", lambda _: _Case(analysis, sentence, cue, senses).verdict())


def _around(analysis: Analysis, stretch: Located) -> Sentence | None:
    """The sentence a stretch stands in."""
    sentences = analysis.sentences(stretch.part)
    at = bisect_right(sentences, stretch.span.start, key=lambda each: each.span.start) - 1
    return sentences[at] if at >= 0 and sentences[at].span.end > stretch.span.start else None


class _Case:
    """One vague word in its sentence."""

    def __init__(self, analysis: Analysis, sentence: Sentence, cue: Cue, senses: frozenset[str]) -> None:
        self.analysis = analysis
        self.sentence = sentence
        self.text = analysis.folded(sentence.part)
        self.word = cue
        self.senses = senses
        self.span = sentence.span
        self.clause = next((clause for clause in sentence.clauses if clause.start <= cue.start < clause.end), sentence.span)
        self.reading = directives.reading(analysis, sentence)
        self.cues = directives.cues_of(analysis, sentence)
        self.contexts = analysis.once(f"contexts:{sentence.part}:{self.span.start}", lambda _: _contexts(analysis, sentence))
        self.latin = _LATIN.match(cue.word) is not None
        self.mild = "mild" in senses or (self.latin and _FIRM_LATIN.search(cue.word) is None)

    def verdict(self) -> Verdict:
        """Whether a commitment rests on the word, and why."""
        name = f"{self.word.sense} {self.word.word}"
        for against in _OVERRULE:
            if (cause := against(self)) is not None:
                return False, f"overruled {name} by {cause}"
        cause = _EVIDENCE[self.word.sense](self)
        return (True, f"{name}, {cause}") if cause is not None else (False, f"{name}: no order, promise or plan")

    # what is around the word

    def near(self, sense: str, *, of: Mapping[str, Sequence[Cue]] | None = None, start: int | None = None, end: int | None = None) -> Cue | None:
        """The first cue of a sense from `start` to `end` (the word's clause when left out), the word itself left out."""
        first = self.clause.start if start is None else start
        last = self.clause.end if end is None else end
        word = self.word
        for cue in (self.contexts if of is None else of).get(sense, ()):
            if first <= cue.start and cue.end <= last and not (word.start <= cue.start and cue.end <= word.end):
                return cue
        return None

    def before(self, sense: str, gap: int = 400, *, of: Mapping[str, Sequence[Cue]] | None = None, whole: bool = False) -> Cue | None:
        """A cue before the word, in its clause or in the whole sentence, at most `gap` characters away."""
        start = self.span.start if whole else self.clause.start
        return self.near(sense, of=of, start=max(start, self.word.start - gap - 12) if gap < 400 else start, end=self.word.start) if gap >= 400 else self._close(sense, start, gap, of)

    def _close(self, sense: str, start: int, gap: int, of: Mapping[str, Sequence[Cue]] | None) -> Cue | None:
        for cue in (self.contexts if of is None else of).get(sense, ()):
            if start <= cue.start and cue.end <= self.word.start <= cue.end + gap:
                return cue
        return None

    def behind(self, sense: str, gap: int = 400, *, of: Mapping[str, Sequence[Cue]] | None = None) -> Cue | None:
        """A cue behind the word in its clause, at most `gap` characters away."""
        for cue in (self.contexts if of is None else of).get(sense, ()):
            if self.word.end <= cue.start <= self.word.end + gap and cue.end <= self.clause.end:
                return cue
        return None

    @property
    def asked(self) -> Cue | None:
        """The request in the word's clause, or before it in the sentence with nothing but more of the same between."""
        own = self.near("request", of=self.cues) or self.near("polite_question", of=self.cues)
        if own is not None or "directive" not in self.reading.senses:
            return own
        return self.near("request", of=self.cues, start=self.span.start, end=self.word.start)

    @property
    def told(self) -> Cue | None:
        """What makes the word's clause a promise."""
        return self.near("promise", of=self.cues) or self.near("speaker", of=self.cues) or self.near("says_will")

    def term(self) -> str | None:
        """A time or a length of time the word stands beside."""
        match = _TERM_BEHIND.match(self.text, self.word.end, self.clause.end) or _TERM_BEFORE.search(self.text, max(self.clause.start, self.word.start - 16), self.word.start)
        if match is None and _TERM.fullmatch(self.word.word) is None:
            return None
        return match[0].strip() if match else self.word.word


def _contexts(analysis: Analysis, sentence: Sentence) -> dict[str, list[Cue]]:
    """The cues of contexts.txt in a sentence, by section."""
    span = sentence.span
    known = places(analysis.environment.lexicon, analysis.folded(sentence.part), "contexts", Span(span.start, min(span.end, span.start + _READ_FAR)))
    return grouped(known, span.start, span.end, sentence.quoted, most=_MOST_CONTEXTS)


# What overrules a vague word, in order; each says by what, or None.


def _quoted(case: _Case) -> str | None:
    word = case.word
    if any(hole.start <= word.start and word.end <= hole.end for hole in case.sentence.quoted):
        return "quotation"
    if case.text.startswith(">", case.text.rfind("\n", 0, case.span.start) + 1):
        return "quotation"
    opened = case.text.rfind(_TITLED[0], case.span.start, word.start)
    closed = case.text.find(_TITLED[1], word.end, case.span.end)
    return "title" if opened >= 0 and closed >= 0 and case.text.find(_TITLED[1], opened, word.start) < 0 else None


def _heading(case: _Case) -> str | None:
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


def _value(case: _Case) -> str | None:
    """Alone in a table cell, or alone behind a label, it is a value: rules on fields judge it."""
    rest = (case.text[case.span.start : case.word.start] + case.text[case.word.end : case.span.end]).strip(" 。.;!~()\"'-*|")
    if not rest and directives.in_cell(case.analysis, case.sentence):
        return "table cell"
    return f"value of {rest[:-1]}" if rest.endswith(":") and len(rest) <= 9 and case.word.sense in ("open_plan", "approximation") else None


def _wording(case: _Case) -> str | None:
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


def _asking(case: _Case) -> str | None:
    if "question" not in case.reading.senses or "directive" in case.reading.senses:
        return None
    last = case.sentence.clauses[-1] if case.sentence.clauses else case.span
    return None if case.clause != last and (case.near("promise", of=case.cues) or case.near("speaker", of=case.cues)) else "question"


_BREAKS = re.compile(r"[,。;]\s?(?:[^,。;]{2,8}(?:承诺|答应|答复|回复|保证|同意|决定)|你|您|请|麻烦|烦请|务必|各位|大家|我们?(?!司|方)|我司(?=将|会)|我方(?=将|会)|由|让我们|建议我)")
_OBJECT = re.compile(r"(?:给|向|与|跟|对|为|让|和|把|同|联系|通知|回复|答复|告知|拜访|走访|服务|满足|协助|帮|帮助|提醒|了解|收集|整理|汇总|关于|按|根据|针对|的)[^,。;]{0,4}\Z")


def _customer(case: _Case) -> str | None:
    """The words of a customer, reported: 客户要求尽快, 业主希望第一时间."""
    says = case.contexts.get("says", ())
    for who in case.contexts.get("customer", ()):
        if who.start >= case.word.start:
            break
        clause = next((c for c in case.sentence.clauses if c.start <= who.start < c.end), case.span)
        if _OBJECT.search(case.text, clause.start, who.start):
            continue
        said = next((c for c in says if who.end <= c.start <= who.end + 14 and c.end <= case.word.start + 1), None)
        if said and not _BREAKS.search(case.text, said.end, case.word.start):
            return f"{who.word} {said.word}"
    reported = next((c for c in case.cues.get("reported", ()) if c.end <= case.word.start), None)
    if reported and any(w in reported.word for w in ("客户", "用户", "员工", "client", "customer", "对方")) and not _BREAKS.search(case.text, reported.end, case.word.start):
        return f"reported {reported.word}"
    return None


_CASE = re.compile(r"(?:出现|发生|发现|接到|产生|存在|收到|遇|凡|当|每当|检测到|监测到|警报)[^,。;\n]{0,24}(?:时|的|后如|情况下|情形下|情况|现象|的话)\s?[,的]?")


def _condition(case: _Case) -> str | None:
    if case.word.sense in ("approximation", "wish") or case.near("wishes", start=case.word.end, end=case.span.end):
        return None
    if case.latin and _POLITE_IF.search(case.text, case.span.start, case.word.start):
        return None
    cue = case.before("condition", of=case.cues, whole=True)
    if cue is not None and not _not_first(case, cue):
        return f"condition {cue.word}"
    cue = case.before("case", whole=True) or next((c for c in case.contexts.get("case_start", ()) if c.end <= case.word.start and _opens(case, c)), None)
    if cue is not None:
        return f"condition {cue.word}"
    if case.latin and (cue := not _POLITE_IF.search(case.text, case.span.start, case.span.end) and case.near("condition", of=case.cues, start=case.word.end) or case.near("case", start=case.word.end)):
        return f"condition {cue.word}"
    found_out = _FOUND.match(case.text, case.clause.start, case.word.start)
    if found_out:
        return f"condition {found_out[0][:8]}"
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
_FOUND = re.compile(r"(?:发现|碰到|遇到|遇|出现|听到|看到|捡到|闻到)[^,。;]{1,12}\Z")


def _opens(case: _Case, cue: Cue) -> bool:
    """Whether a cue stands at the start of its clause."""
    return any(c.start <= cue.start <= c.start + 2 for c in (*case.sentence.clauses, case.span))


def _not_first(case: _Case, cue: Cue) -> bool:
    """有疑问 makes a condition at the start of a clause only."""
    return cue.word.startswith("有") and not _opens(case, cue)


def _concrete(case: _Case) -> str | None:
    """A term in the same sentence; a hedge on the term itself leaves it open all the same."""
    times = [time for time in inside(case.analysis.collection("record.times"), case.sentence) if isinstance(time, TimeExpression)]
    word, text = case.word, case.text
    for time in times:
        start, end = time.span.start, time.span.end
        if start < word.end and word.start < end:
            continue
        if time.folded in _PARTS_OF_DAY:
            continue
        limit = time.kind in _FIXED or _UNTIL.match(text, end) is not None or (time.kind is TimeKind.PERIOD and _SPAN_LABEL.search(text, max(0, start - 8), start) is not None) or any(mark in text[max(0, start - 3) : start + 1] for mark in ("最晚", "最迟"))
        if not limit and not (time.kind is TimeKind.INSTANT and word.sense in ("urgency", "open_plan")):
            continue
        if _said_of_something(case, time):
            continue
        if word.sense in ("approximation", "wish", "open_plan") or not limit:
            same = case.clause.start <= start < case.clause.end
            hedged = same and not any(mark in text[max(case.clause.start, start - 6) : start] for mark in _FIRM_LIMIT)
            if hedged and word.sense != "open_plan" and limit:
                continue
            if not limit and not _looks_ahead(case, time):
                continue
            if word.sense in ("approximation", "wish") and not limit:
                continue
        return f"term {time.text}"
    return None


_PARTS_OF_DAY = frozenset("夜间 晚间 白天 上午 下午 中午 早上 晚上 凌晨 深夜 傍晚 清晨 当晚 当天 当日".split())
_UNTIL = re.compile(r"[^,。;\s]{0,6}?(?<![以提此之])(?:之|以)?前(?![期后台端提])")
_SPAN_LABEL = re.compile(r"(?:时限|时间|期限|日期|有效期|受理期|截止)\s?(?:为|:)?\s?\Z")


def _said_of_something(case: _Case, time: TimeExpression) -> bool:
    """周三的纪要, 6月1日前应交的报表: the term of something else."""
    tail = case.text[time.span.end : min(case.span.end, time.span.end + 10)]
    return re.match(r"(?:应|需|须|该|未|已|没|到期|收到|来|发来|提交|召开|举行|开会|签|下|发|寄|起|以来|至|前?的)[^,。;]{0,6}的|的|起|以来|收到|发来|来函|来信|到期|已|召开|举行", tail) is not None


def _looks_ahead(case: _Case, time: TimeExpression) -> bool:
    reference = case.analysis.reference(case.sentence.part)
    if reference is not None and time.end is not None and time.end < reference:
        return False
    clause = next((c for c in case.sentence.clauses if c.start <= time.span.start < c.end), case.span)
    if any(clause.start <= cue.start < clause.end for cue in (*case.cues.get("past", ()), *case.contexts.get("happened", ()))):
        return False
    if case.word.sense == "open_plan":
        return clause == case.clause
    return time.clock or clause != case.clause


def _happened(case: _Case) -> str | None:
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


def _commissioned(case: _Case, cue: Cue) -> bool:
    """已安排人尽快处理: what is reported is the order, which stands."""
    return cue.word in ("已", "已经", "刚刚", "刚才", "刚") and cue.end <= case.word.start and _COMMISSIONED.match(case.text, cue.end) is not None


def _happened_around(case: _Case) -> str | None:
    """What the rest of the sentence dates, where nobody asks or promises."""
    if case.reading.senses & {"directive", "promise"} or case.told:
        return None
    weak = case.word.sense != "urgency" or case.mild
    said = (*case.contexts.get("happened", ()), *(c for c in case.cues.get("past", ()) if weak and c.start > case.word.end))
    cue = next((c for c in said if not _thanks(c) and not case.text.startswith("的", c.end)), None)
    return f"past {cue.word}" if cue else None


def _thanks(cue: Cue) -> bool:
    return cue.word.startswith(("感谢", "谢", "多谢", "辛苦", "麻烦", "thank"))


def _denied(case: _Case) -> str | None:
    cue = case.before("negation", 1 if not case.latin else 8)
    if cue is None and case.word.sense in ("urgency",):
        cue = case.before("negation", 3)
        cue = cue if cue and cue.word not in ("不会", "没", "别", "不") else None
    return f"negation {cue.word}" if cue else None


def _customary(case: _Case) -> str | None:
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


def _property(case: _Case) -> str | None:
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


def _meant(case: _Case) -> str | None:
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


def _qualifies(case: _Case) -> str | None:
    """后续工作, 待定议题: beside a noun."""
    if "qualifies" not in case.senses and not case.word.word.startswith(("待", "另")):
        return None
    noun, act = case.behind("noun", 0), case.behind("act", 0)
    if noun and not (act and act.end > noun.end):
        return f"it qualifies {noun.word}"
    return None


_OVERRULE: tuple[Callable[[_Case], str | None], ...] = (
    _quoted, _heading, _value, _wording, _customer, _asking, _condition, _concrete, _happened, _denied, _customary, _property, _meant, _qualifies,
)


# What makes a commitment of a word of each class; each says what, or None.


def _ordered(case: _Case) -> str | None:
    asked = case.asked
    if asked:
        return f"request {asked.word}"
    if "directive" in case.reading.senses:
        return "order"
    told = case.near("promise", of=case.cues) or case.near("speaker", of=case.cues)
    return f"promise {told.word}" if told else None


def _verb_behind(case: _Case) -> Cue | None:
    act = case.behind("act", 4)
    if act and (len(act.word) > 1 or act.start <= case.word.end + 1):
        return act
    ahead = case.behind("ahead", 2)
    if ahead and len(ahead.word) > 1:
        return ahead
    return case.behind("verb", 4, of=case.cues) if not case.latin else case.near("verb", of=case.cues)


_ADVERBS = frozenset("及时 适时 限时 逐步 逐渐 分批 分步 分阶段 随后 迅速 即时 及早 加急".split())
_MODAL = re.compile(r"(?:将|会|应|须|要|请|需|应当|必须|务必|望|盼)\Z")


def _adverb(case: _Case) -> bool:
    """Whether what follows is something that is done: 及时函告, not 响应及时、 nor 及时性."""
    following = case.text[case.word.end : min(case.word.end + 1, case.clause.end)]
    return following > "\u4dff" and following not in "的性率、了。" and case.behind("noun", 0) is None


def _urgent(case: _Case) -> str | None:
    ordered = _ordered(case)
    if case.latin and case.mild:
        will = ordered or _will(case)
        return will
    if "qualifies" in case.senses or case.mild:
        verb = _verb_behind(case)
        if case.word.word in _ADVERBS:
            verb = (verb or case.word) if _adverb(case) else None
            if verb is None:
                return None
        elif verb is None and _MODAL.search(case.text, case.clause.start, case.word.start):
            verb = case.word
        if verb is None:
            return ordered if ordered and not case.mild and (asked := case.asked) and asked.start < case.word.start else None
        if case.mild:
            asks = case.before("asks") or case.behind("asks", 2) or (Cue("mention", "@", case.span.start, case.span.start + 1) if "@" in case.text[case.span.start : case.word.start] else None)
            says = case.near("says_will") or (verb if case.text.startswith(("就", "会", "将", "能"), case.word.end) else None)
            return ordered or (f"request {asks.word}" if asks else None) or (f"promise {says.word}" if says else None)
        return ordered or f"{verb.word} without a term"
    return ordered or "without a term"


def _will(case: _Case) -> str | None:
    cue = case.near("says_will") or case.near("asks")
    return f"{cue.sense} {cue.word}" if cue else None


_BESIDE = ("左右", "上下", "前后", "约", "出头", "将近", "原则上", "快则", "慢则", "大略", "约需", "好像", "貌似", "似乎", "看起来", "看样子", "可能", "也许", "或许", "恐怕", "怕是", "没准", "说不定", "估计", "多半", "八成", "兴许")
_ABOUT_HERE = re.compile(rf"\s?(?:在|需|要|为|莫|需要|还要|还需|再)?\s?(?:{_POINT}|{_NUMBER}|{_CLOCK})")
_WAITS = re.compile(r"(?:还)?(?:要|得|需|需要)等|[^,。;]{2,20}才(?:能|行|可以|给|批)")
_CAPACITY = re.compile(r"(?:同时|一次|最多|共)?(?:容纳|坐|放|装|存|承载|停|覆盖|服务|使用|用|撑|续航|跑|打印|生产|产|加工|处理|办|检|接待|供)[^,。;]{0,4}[\d一二两三四五六七八九十百千万几半数]")
_BROAD = ("正常情况", "正常的话", "顺利的话", "不出意外", "不出意外的话", "如无意外", "没意外的话", "快的话", "理论上", "按理说", "照理说", "不出岔子的话", "没什么意外", "all being well", "if all goes well", "if everything goes well", "all going well")
_PREDICTS = ("快则", "慢则", "最快", "最快也要", "最慢", *_BROAD)
_WILL_DO = re.compile(r"\s?(?:就|也|都|是)?(?:能|可以|可(?!能)|支持|够|行|来得及|没问题|没什么问题|问题不大|ok|搞定|弄好|做完|完成|交付|上线|到位)")


def _about(case: _Case) -> str | None:
    measured = case.near("measured")
    if measured and not case.near("says_will", end=case.word.start):
        return None
    if case.word.word == "约" and not _ABOUT_HERE.match(case.text, case.word.end, case.clause.end):
        return None
    if _ASKED_HOW.search(case.text, case.clause.start, case.clause.end) and case.clause.end >= case.span.end - 2:
        return None
    term = case.term()
    if term and _IT_WAS.search(case.text, case.clause.start, case.clause.end):
        return None
    ahead = case.near("ahead") or case.near("speaker", of=case.cues, start=case.span.start, end=case.span.end)
    if ahead is None and case.text.startswith("就", case.clause.end + 1) or re.match(r",[^,。;]{0,4}就", case.text[case.clause.end : case.clause.end + 6]):
        ahead = Cue("ahead", "就", case.clause.end, case.clause.end + 1)
    point = _POINT_THERE.search(case.text, case.clause.start, case.clause.end) if term else None
    if case.latin:
        will = case.near("ahead") or case.near("promise", of=case.cues)
        if will and (term or ("promise" in case.reading.senses and case.word.word not in ("about", "around", "roughly", "approximately", "approx"))):
            return f"{will.word} {term or ''}".strip()
        return None
    if term is None and case.word.word in _BROAD and (wide := _TERM.search(case.text, case.word.end, case.span.end)):
        return f"term {wide[0]}"
    if term and (ahead or point or case.word.word in _PREDICTS):
        return f"term {term}"
    far = _TERM.search(case.text, case.clause.start, case.word.start) if not term and ahead and case.word.word not in _BESIDE[:6] else None
    if far and _WILL_DO.match(case.text, case.word.end, case.clause.end):
        return f"term {far[0]}"
    if term == case.word.word and not case.text[case.clause.start : case.word.start].strip() and len(case.text[case.word.end : case.clause.end].strip(" 吧就好行可以的样子内")) == 0:
        return f"term {term}"
    if "qualifies" in case.senses and not term:
        return None
    if case.word.word not in _BESIDE[:6] and _WAITS.match(case.text, case.word.end, case.clause.end):
        return "it waits for something"
    doing = _WILL_DO.match(case.text, case.word.end, case.clause.end)
    if doing and _CAPACITY.match(case.text, doing.end(), case.clause.end):
        return None
    own = case.word.word.startswith(("应该", "基本", "问题")) and case.word.word.endswith(("可以", "能", "没问题", "不大", "来得及", "差不多", "行", "够")) and case.clause.end - case.clause.start > len(case.word.word) + 2
    if case.word.word in _BESIDE or term or (not doing and _QUANTITY.match(case.text, case.word.end, case.clause.end)):
        return None
    if doing or own:
        return "a promise rests on it"
    speaker = case.before("speaker", 3, of=case.cues)
    return f"promise {speaker.word}" if speaker and _verb_behind(case) else None


_ASKED_HOW = re.compile(r"(?:多少|几[点号个天时台人家份]|哪[天个些里位]|什么时候|啥时候|啥时|何时|多久|多长时间)(?![^,。]{0,6}[内左])[^,。]{0,10}(?:啊|呀|呢|吗|嘛|来着|\?|？|\Z)")
_IT_WAS = re.compile(r"是[^,。;]{1,14}的\W*\Z")

_NEEDS_TERM = ("有望", "最好能", "最好是能")
_HOPES = ("希望", "期待", "期盼", "期望", "盼望", "盼", "祈盼", "企盼", "愿", "巴望", "寄望", "渴望", "但愿", "但愿能", "we hope", "i hope", "we wish", "i wish", "look forward to", "looking forward to", "hope to", "hoping to", "hope that", "hoping that", "hoping", "hoping for", "our hope is")
_COMES_TRUE = re.compile(r"完成|解决|恢复|落实|实现|改善|改进|签[约订下]|批[准下复]|到位|上线|交付|回复|答复|安排|消除|敲定|定下|结清|投用|开工|复工|launch|resolve|finish|complete|deliver|settle|close|ship|finali[sz]e|approv|fix")
_PLAIN_STYLE = ("尽量", "尽可能", "尽可能地")
_DELIVER = re.compile(r"[^,。;!?\n]{0,12}(?:完成|提交|反馈|回复|答复|安排|给我|给到|发我|发给|交给|解决|满足|落实|协调|提前|早|快|今天|明天|本周|这周|下周|月底|\d+[日号月])")


def _wished(case: _Case) -> str | None:
    word = case.word.word
    if word in _NEEDS_TERM:
        return "a term is hoped for" if case.term() else None
    if word in _HOPES:
        return _hoped(case)
    if case.latin:
        return _ordered(case) or _will(case) or ("hope" if "hope" in word or "fingers" in word or "any day" in word else None)
    if case.mild:
        told = case.near("promise", of=case.cues) or case.before("speaker", of=case.cues)
        return f"promise {told.word}" if told and _verb_behind(case) else None
    if word.startswith(_PLAIN_STYLE) and case.asked and not _DELIVER.match(case.text, case.word.end, case.clause.end):
        return None
    return "wish"


def _hoped(case: _Case) -> str | None:
    """希望 with what should come true, and with a time or a word for soon."""
    if case.asked and "directive" in case.reading.senses and case.near("request", of=case.cues, start=case.word.start, end=case.clause.end):
        return None
    urgent = next((cue for cue, _ in _in(case.analysis, case.sentence).words if cue.sense == "urgency" and case.word.end <= cue.start), None)
    if urgent:
        return f"{urgent.word} is hoped for"
    true = _COMES_TRUE.search(case.text, case.word.end, case.clause.end)
    return f"{true[0]} is hoped for" if true and not case.behind("negation") else None


def _open(case: _Case) -> str | None:
    word = case.word.word
    if case.latin:
        return _will(case) or ("open" if not case.mild else None)
    if "qualifies" in case.senses or case.mild:
        verb = case.behind("act", 2 if case.mild else 6) or (case.word if case.word.word in _ADVERBS and _adverb(case) else None)
        if verb is None or (len(verb.word) == 1 and verb.start > case.word.end + 1 and verb.word != _AGAIN):
            return None
        return _ordered(case) or (f"{verb.word} without a term" if not case.mild or verb.word == _AGAIN or case.told else None)
    if word.startswith(_AGAIN) and len(word) <= 4:
        return _once_more(case)
    return "open"


def _once_more(case: _Case) -> str | None:
    """再定 without a word of when; 请再确认 asks for another time, 会后再沟通 names the event."""
    clause, word, text = case.clause, case.word, case.text
    if case.near("request", of=case.cues, start=max(clause.start, word.start - 3), end=word.start):
        return None
    timed = any(t.span.start >= clause.start and t.span.end <= word.start for t in inside(case.analysis.collection("record.times"), case.sentence) if isinstance(t, TimeExpression) and t.kind is not TimeKind.VAGUE)
    if timed or (text.find("后", clause.start, word.start) >= 0 and word.word not in ("再说", "再说吧", "再议", "再看", "再看看")):
        return None
    return "open"


def _decides_nothing(case: _Case) -> str | None:
    """In minutes, where something is resolved."""
    if case.analysis.record.kind is not Kind.MINUTES:
        return None
    resolves = case.near("resolves", start=case.span.start, end=case.span.end)
    if resolves:
        return f"resolution {resolves.word}"
    if case.word.word.startswith("原则") and case.word.word.endswith(("同意", "通过")):
        return "resolution"
    return "resolution" if _resolved(case) else None


def _resolved(case: _Case) -> bool:
    from commlint.entities.fields import fields

    return any(field.part == case.sentence.part and field.key == "decisions" and field.value.span.overlaps(case.span) for field in fields(case.analysis, case.analysis.record))


_EVIDENCE: Mapping[str, Callable[[_Case], str | None]] = {
    "urgency": _urgent, "approximation": _about, "open_plan": _open, "wish": _wished, "degree": _decides_nothing,
}
