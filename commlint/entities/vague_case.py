"""A vague word in its sentence: what stands around it, and where its words are found."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from attrs import frozen

from commlint.entities import directives
from commlint.entities.analysis import inside
from commlint.entities.senses import Cue, Place, grouped, places, standing
from commlint.model.protocols import Analysis
from commlint.model.span import Span
from commlint.model.values import Sentence, TimeExpression, TimeKind

_MOST_CONTEXTS = 400
_READ_FAR = 4000  # characters of a sentence that can decide

KINDS = ("urgency", "approximation", "open_plan", "wish", "degree")
VAGUE = frozenset(KINDS)

POINT = (
    r"今[天日晚早]|明[天日晚早]|[后後]天|大后天|[下本这]{1,3}个?(?:周|星期|礼拜|月|季度|旬|学期)|周[一二三四五六日末天]|星期[一二三四五六日天]|礼拜[一二三四五六日天]"
    r"|月[初中底末]|[上中下]旬|年[底末初内中后前]|季度?[末底初]|\d{1,2}月|\d{1,2}[日号]|[一二三四五六七八九十]{1,2}月|[节假]后|节前|开学|暑假|寒假|国庆|春节|元旦|中秋|五一|学期|下班"
    r"|tomorrow|tonight|next (?:week|month|quarter|year|mon|tues|wednes|thurs|fri)|end of|mid-|by (?:the end|mon|tue|wed|thu|fri|next)|this (?:week|month|quarter)|(?:mon|tues|wednes|thurs|fri)day"
)
ENGLISH = (
    r"the \d{1,2}(?:st|nd|rd|th)|(?:early|late|mid)[ -](?:next|this|january|february|march|april|may|june|july|august|september|october|november|december|week|month)"
    r"|(?:january|february|march|april|june|july|august|september|october|november|december)|q[1-4](?![a-z0-9])|eod(?![a-z])|cob(?![a-z])|\d{1,2} ?[ap]m\b|noon|midnight"
)
SOON = r"这几天|这两天|过几天|过两天|过些天|近期|近日|很快|随时"
NUMBER = r"(?:\d{1,4}(?:\.\d)?|[一二两三四五六七八九十百半几数]{1,4}|(?:one|two|three|four|five|six|seven|eight|nine|ten|a|another|a few|several)(?: more)?)"
LENGTH = rf"{NUMBER}(?:[-~到至]{NUMBER})?[ 来多]?(?:个?(?:工作日|自然日|星期|礼拜|月|季度|学期|小时|钟头)|天|日(?!元)|周(?!岁)|年|分钟|(?:business |working )?(?:days?|weeks?|months?|hours?|quarters?)\b)"
CLOCK = r"\d{1,2}(?:点|:\d\d)|[一二三四五六七八九十两]{1,3}点|中午|上午|下午|傍晚|晚上"
ANY_TERM = rf"(?:{POINT}|{ENGLISH}|{SOON}|{LENGTH}|{CLOCK})"
TERM = re.compile(ANY_TERM)
POINT_THERE = re.compile(rf"{POINT}|{ENGLISH}|{SOON}|{LENGTH}(?:之?后|以后|之?内|以内)")
TERM_BEHIND = re.compile(rf"[^\d,。;:!?\n]{{0,7}}?{ANY_TERM}")
TERM_BEFORE = re.compile(rf"{ANY_TERM}[^,。;!?\n]{{0,4}}\Z")
_LATIN = re.compile(r"[a-z]")
_FIRM_LATIN = re.compile(r"asap|to follow|circle back|stay tuned|watch this|further notice|more to come|later date|later stage|a\.s\.a|possible|convenience|tb[dca]\b|t\.b\.d|to be |fingers|any day|hopefully|in batches|practicable|near future|due course|without delay|yet to be")
_MOST_WORDS = 40  # no sentence has more; what has is hostile, and work stays linear


@frozen
class Found:
    """The vague words of a sentence with their sections, and the longer words that only contain one."""

    words: tuple[tuple[Cue, frozenset[str]], ...] = ()
    longer: tuple[Cue, ...] = ()


_NONE = Found()


def known(analysis: Analysis, part: int) -> Sequence[Place]:
    """Where words of vague.txt stand in a part."""
    return analysis.once(f"vague:{part}", lambda a: places(a.environment.lexicon, a.folded(part), "vague"))


def words_in(analysis: Analysis, sentence: Sentence) -> Found:
    """The vague words of a sentence."""
    part = sentence.part
    there = known(analysis, part)
    start, end = sentence.span.start, sentence.span.end
    at = bisect_left(there, (start,))
    if at == len(there) or there[at][0] >= end:
        return _NONE
    return analysis.once(f"vague:{part}:{start}:{end}", lambda _: _sorted_out(standing(there, start, end, most=_MOST_WORDS)))


def _sorted_out(there: Iterable[Place]) -> Found:
    words: list[tuple[Cue, frozenset[str]]] = []
    longer: list[Cue] = []
    for start, word, senses in there:
        end = start + len(word)
        if "guard" in senses:
            longer.append(Cue("guard", word, start, end))
        kind = next((kind for kind in KINDS if kind in senses), "")
        if kind and not (words and start < words[-1][0].end):
            words.append((Cue(kind, word, start, end), frozenset(senses)))
    return Found(tuple(words), tuple(longer))


class Case:
    """One vague word in its sentence."""

    def __init__(self, analysis: Analysis, sentence: Sentence, cue: Cue, senses: frozenset[str]) -> None:
        self.analysis = analysis
        self.sentence = sentence
        self.text = analysis.folded(sentence.part)
        self.word = cue
        self.senses = senses
        self.span = sentence.span
        self.clause = next((clause for clause in sentence.clauses if clause.start <= cue.start < clause.end), sentence.span)
        self.latin = _LATIN.match(cue.word) is not None
        self.mild = "mild" in senses or (self.latin and _FIRM_LATIN.search(cue.word) is None)

    @cached_property
    def reading(self) -> directives.Reading:
        """What its sentence does."""
        return directives.reading(self.analysis, self.sentence)

    @cached_property
    def cues(self) -> Mapping[str, Sequence[Cue]]:
        """The cues of its sentence, by sense."""
        return directives.cues_of(self.analysis, self.sentence)

    @cached_property
    def contexts(self) -> Mapping[str, Sequence[Cue]]:
        """The cues of contexts.txt in its sentence, by section."""
        return self.analysis.once(f"contexts:{self.sentence.part}:{self.span.start}", lambda analysis: contexts(analysis, self.sentence))

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

    @cached_property
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
        match = TERM_BEHIND.match(self.text, self.word.end, self.clause.end) or TERM_BEFORE.search(self.text, max(self.clause.start, self.word.start - 16), self.word.start)
        if match is None and TERM.fullmatch(self.word.word) is None:
            return None
        return match[0].strip() if match else self.word.word


def contexts(analysis: Analysis, sentence: Sentence) -> dict[str, list[Cue]]:
    """The cues of contexts.txt in a sentence, by section."""
    span = sentence.span
    there = places(analysis.environment.lexicon, analysis.folded(sentence.part), "contexts", Span(span.start, min(span.end, span.start + _READ_FAR)))
    return grouped(there, span.start, span.end, sentence.quoted, most=_MOST_CONTEXTS)


_MOST_TERMS = 40  # of one sentence


def terms(case: Case) -> list[TimeExpression]:
    """The times of a sentence that could be terms: neither vague words, nor lengths, nor placeholders."""
    sentence = case.sentence
    found = case.analysis.once(
        f"terms:{sentence.part}:{case.span.start}",
        lambda a: [t for t in inside(a.collection("record.times"), sentence) if isinstance(t, TimeExpression) and t.kind in _TERMS],
    )
    return found[:_MOST_TERMS]


_TERMS = (TimeKind.DEADLINE, TimeKind.LIMIT, TimeKind.INSTANT, TimeKind.PERIOD)
