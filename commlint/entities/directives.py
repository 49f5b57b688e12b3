"""What a sentence does: asks, promises, hopes, plans, reports, states a rule, questions, describes, or only holds on a condition.

Decided by cues (lexicon/senses.txt) clause by clause; `explain` names those that decided.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from attrs import frozen

from commlint.entities.analysis import stretches
from commlint.entities.senses import Cue, grouped, merged, places
from commlint.model.protocols import Analysis
from commlint.model.record import BlockKind
from commlint.model.span import Span
from commlint.model.values import Sentence

_DUE_BEFORE_VERB = re.compile(
    r"(?:(?:[日号点时分周天末底夜午晚]|周[一二三四五六日天]|下班|\d|eod|cob)(?:之|以)?前|(?:天|日|小时|工作日|周|分钟)(?:之|以)?内)(?P<gap>[^,。;!?\n]{0,10})"
)
_LEAD_IN = re.compile(r"(?:[\s\-*\u2022\u00b7#>\u3010\u3011()\[\]\"']|\d{1,3}[.、)]|@[^\s,:]{1,20}[\s,:]?|各位(?:同事|领导|老师|同仁)?|大家|你们?|您)*")
_OBJECT_FIRST = re.compile(r"(?:把|将)[^,。;!?\n]{1,24}")
_QUESTION_END = re.compile(r"(?:\?|[吗么呢](?=[?。!~\s\"')\u201d\u2019]*$))")
_NOMINAL = re.compile(r"(?![把给将跟向和与为对])[^,。;!?\n]{1,4}(?:是|的(?!话))")
_PLEASANT = re.compile(r"一下|下(?=[,。;!~\s]|$)|掉(?!了)")  # 补一下, 看下: said to somebody, not of somebody
_APPOINTED = re.compile(r"(?:[a-z]+ ){1,3}to $")
_FIGURE = re.compile(r"\s*[\d一二两三四五六七八九十百千万几半][\d.%一二三四五六七八九十百千万]*")
_NEAR = 8
_MOST_CUES = 200  # no sentence has more; what has is hostile, and work stays linear
_ASKING = re.compile(r"[?吗么呢]")

Cues = Mapping[str, Sequence[Cue]]  # by sense, each in order of place


@frozen
class Reading:
    """The senses of a sentence, and why: cues that decided, and cues that another one overruled."""

    senses: frozenset[str]
    why: tuple[str, ...]


_NOTHING = Reading(frozenset(), ())
_QUOTED = Reading(frozenset(("quoted",)), ("quoted",))


def directive(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether it asks somebody to do something, unconditionally and here and now."""
    return "directive" in reading(analysis, sentence).senses


def promise(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether it promises or announces that something will be done."""
    return "promise" in reading(analysis, sentence).senses


def past(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether it reports something that happened, and neither asks nor promises."""
    return "past" in reading(analysis, sentence).senses


def policy(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether it states a norm, or speaks about wording."""
    return "policy" in reading(analysis, sentence).senses


def question(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether it is a question."""
    return "question" in reading(analysis, sentence).senses


def conditional(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether it only holds if something else does."""
    return "conditional" in reading(analysis, sentence).senses


def reported(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether it reports what somebody else said or wants."""
    return "reported" in reading(analysis, sentence).senses


def wish(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether it hopes for something, or says that one will try."""
    return "wish" in reading(analysis, sentence).senses


def plan(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether it announces what is planned or expected."""
    return "plan" in reading(analysis, sentence).senses


def description(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether it tells what usually happens, or what something is like."""
    return "description" in reading(analysis, sentence).senses


def why(analysis: Analysis, sentence: Sentence) -> str:
    """The cues behind the senses: ``request 请; overruled urgency 尽快 by past 已``."""
    return "; ".join(reading(analysis, sentence).why)


def explain(analysis: Analysis, sentence: Sentence) -> tuple[str, ...]:
    """The cues behind the senses, in order of finding: ``request 请``, ``overruled urgency 尽快 by past 已``."""
    return reading(analysis, sentence).why


def reading(analysis: Analysis, sentence: Sentence) -> Reading:
    """All senses of a sentence and the cues behind them."""
    made = _part(analysis, sentence.part)
    span = sentence.span
    key = (span.start, span.end)
    found = made.readings.get(key)
    if found is None:
        found = made.readings[key] = made.read(sentence, *key)
    return found


def cues_of(analysis: Analysis, sentence: Sentence) -> dict[str, list[Cue]]:
    """The cues of a sentence by sense, what it quotes left out."""
    made = _part(analysis, sentence.part)
    key = (sentence.span.start, sentence.span.end)
    if key not in made.cues_made:
        made.cues_made[key] = made.cues(sentence)
    return made.cues_made[key]


def _part(analysis: Analysis, part: int) -> _Part:
    parts = analysis.once("directives.parts", _no_parts)
    if part not in parts:
        parts[part] = _Part(analysis, part)
    return parts[part]


def _no_parts(analysis: Analysis) -> dict[int, _Part]:
    return {}


class _Part:
    """The cues of one part, and the readings of its sentences made so far."""

    def __init__(self, analysis: Analysis, part: int) -> None:
        self.text = analysis.folded(part)
        self.known = places(analysis.environment.lexicon, self.text)
        self.readings: dict[tuple[int, int], Reading] = {}
        self.cues_made: dict[tuple[int, int], dict[str, list[Cue]]] = {}
        self._starts = [place[0] for place in self.known]
        self._headings = sorted((span.start, span.end) for span in stretches(analysis.blocks(part), (BlockKind.HEADING,)))
        self._grids = [(grid.span.start, grid.span.end) for grid in analysis.grids(part)]

    def cues(self, sentence: Sentence) -> dict[str, list[Cue]]:
        """The cues of a sentence by sense."""
        return grouped(self.known, sentence.span.start, sentence.span.end, sentence.quoted, most=_MOST_CUES, guards=False)

    def read(self, sentence: Sentence, start: int, end: int) -> Reading:
        """The reading of a sentence; most cells of tables and greetings have no cue, and cost next to nothing."""
        text, quoted, starts = self.text, sentence.quoted, self._starts
        at = bisect_left(starts, start)
        bare = at == len(starts) or starts[at] >= end
        if bare and not quoted and len(sentence.clauses) < 2 and text[end - 1] not in _TELLTALE:
            return _NOTHING
        if quoted and any(span.contains(sentence.span) for span in quoted):
            return _QUOTED
        cues: dict[str, list[Cue]] = {} if bare else self.cues(sentence)
        self.cues_made[start, end] = cues
        asking = _ASKING.search(text, max(start, end - 6), end) is not None
        if not asking and not text.startswith("请问", start):
            if _TELLING.isdisjoint(cues):
                return _finished_alone(text, sentence, cues)
            if cues.keys() <= _IDLE and _STIRRING.search(text, start, end) is None:
                return _NOTHING
        return _Reader(self, sentence, cues).read(asking=asking)

    def in_heading(self, start: int, end: int) -> bool:
        """Whether a stretch stands in a heading."""
        at = bisect_left(self._headings, (end,)) - 1
        return at >= 0 and self._headings[at][1] > start

    def in_cell(self, start: int, end: int) -> bool:
        """Whether a stretch stands in a table."""
        return bool(self._grids) and any(first < end and start < last for first, last in self._grids)


def _finished_alone(text: str, sentence: Sentence, cues: Cues) -> Reading:
    """What has no cue that could decide can still end in 了."""
    if _may_be_finished(sentence.folded) and any(_finished(text, clause, cues) for clause in sentence.clauses or (sentence.span,)):
        return Reading(frozenset(("past",)), ("past 了",))
    return _NOTHING


class _Reader:
    """Reads one sentence, clause by clause, keeping notes of what decided."""

    def __init__(self, part: _Part, sentence: Sentence, cues: Cues) -> None:
        self.part = part
        self.text = part.text
        self.span = sentence.span
        self.quoted = sentence.quoted
        self.cues = cues
        self.clauses = sentence.clauses or (sentence.span,)
        self._headed: bool | None = None
        self._finishable = _may_be_finished(sentence.folded)
        self.agreed = [cue for cue in cues["acknowledge"] if cue.start - self.span.start <= 1] if "acknowledge" in cues else []
        self.senses: set[str] = set()
        self.why: list[str] = []

    def read(self, *, asking: bool) -> Reading:
        """The senses: first those of the whole sentence, then clause by clause; `asking` tells that it may end in a question."""
        cues = self.cues
        self._read_question(asking=asking)
        if "policy" in cues or "wording" in cues:
            self._read_policy()
        governed: Cue | None = None
        for clause, held in zip(self.clauses, self._by_clause(), strict=True):
            governed = self._read_clause(clause, held, governed)
        if not self.senses & _DECIDED:
            self._read_past()
        if "hope" in cues or "habit" in cues:
            self._read_mood()
        return Reading(frozenset(self.senses), tuple(dict.fromkeys(self.why))) if self.why else _NOTHING

    @property
    def heading(self) -> bool:
        """Whether the sentence is a heading, or a cell in which nothing is done."""
        if self._headed is None:
            start, end = self.span.start, self.span.end
            self._headed = self.part.in_heading(start, end) or ("verb" not in self.cues and self.part.in_cell(start, end))
        return self._headed

    def _by_clause(self) -> Sequence[Cues]:
        """The cues of each clause."""
        clauses = self.clauses
        if len(clauses) == 1:
            return (self.cues,)
        ends = [clause.end for clause in clauses]
        parted: list[dict[str, list[Cue]]] = [{} for _ in clauses]
        for sense, cues in self.cues.items():
            for cue in cues:
                at = bisect_right(ends, cue[2])
                if at < len(clauses) and clauses[at].start <= cue[2]:
                    held = parted[at]
                    if sense in held:
                        held[sense].append(cue)
                    else:
                        held[sense] = [cue]
        return parted

    def _note(self, sense: str, cue: Cue, over: Cue | None = None) -> None:
        if over is None:
            self.senses.add(sense)
            self.why.append(f"{cue.sense} {cue.word}")
        else:
            self.why.append(f"overruled {cue.sense} {cue.word} by {over.sense} {over.word}")

    def _read_question(self, *, asking: bool) -> None:
        tail = _QUESTION_END.search(self.text, max(self.span.start, self.span.end - 6), self.span.end) if asking else None
        if tail or self.text.startswith("请问", self.span.start):
            asks = self.cues.get("question", ()) if tail else ()
            self.senses.add("question")
            self.why += [f"question {cue.word}" for cue in asks[:1]] or ["question mark"]

    def _read_policy(self) -> None:
        if "request" not in self.cues:
            for cue in self.cues.get("policy", ()):
                self._note("policy", cue)
        for cue in self.cues.get("wording", ()):
            near = [c for c in merged(self.cues, ("urgency", "measure")) if abs(c.start - cue.start) <= _NEAR]
            if self.quoted or near:
                self._note("policy", cue)

    def _read_clause(self, clause: Span, cues: Cues, governed: Cue | None) -> Cue | None:
        """Read one clause; returns the cue that governs those behind it (a condition, a report), or None."""
        if not cues:
            return None if governed and governed.sense == "reported" else governed
        governor = governed
        for cue in cues.get("condition", ()):
            if cue.start - clause.start <= _NEAR or cue.word == "的话":
                self._note("conditional", cue)
                governor = governor or cue
        for cue in cues.get("reported", ()):
            self._note("reported", cue)
            governor = governor or cue
        asked = self._asked(clause, cues)
        if asked:
            self._decide("directive", asked, cues, governor)
        promised = None if "directive" in self.senses else self._promised(clause, cues)
        if promised:
            self._decide("promise", promised, cues, None if governor and governor.sense == "condition" else governor)
        return None if governor and governor.sense == "reported" and "reported" not in cues else governor

    def _decide(self, sense: str, cue: Cue, cues: Cues, governor: Cue | None) -> None:
        before = [c for c in cues["past"] if c.start < cue.start] if "past" in cues else ()
        if "policy" in self.senses:
            self._note(sense, cue, over=merged(self.cues, ("policy", "wording"))[0])
        elif governor and governor.start <= cue.start and not (governor.sense == "reported" and cue.sense == "request"):
            self._note(sense, cue, over=governor)
        elif before:
            self._note(sense, cue, over=before[-1])
        else:
            self._note(sense, cue)
            if cue.sense == "plan":
                self.senses.add("plan")

    def _asked(self, clause: Span, cues: Cues) -> Cue | None:
        """The cue by which a clause asks somebody to act."""
        strong = cues.get("polite_question") or cues.get("request")
        if strong:
            return strong[0]
        verbs = cues.get("verb", ())
        if not verbs and _DUTY.isdisjoint(cues):
            return None
        if "question" in self.senses or self.heading:
            return None
        speaker = cues.get("speaker", ())
        willing = cues.get("promise") or self.agreed
        if not _DUTY.isdisjoint(cues):
            own = min((said[0].start for said in (speaker, willing, self.agreed) if said), default=clause.end)  # from there on they speak of themselves
            for cue in merged(cues, _DUTIES):
                if cue.start <= own and self._orders(clause, cue, verbs, cues):
                    return cue
        return None if speaker or willing or not verbs else self._implied(clause, verbs, cues)

    def _orders(self, clause: Span, cue: Cue, verbs: Sequence[Cue], cues: Cues) -> bool:
        """Whether a cue of duty or manner, with a verb beside it, orders something."""
        describes = cues.get("describes", ())
        if describes and any(c.end >= cue.start - 1 and c.start < cue.start for c in describes):
            return False
        behind = [verb for verb in verbs if verb.start >= cue.start]
        if cue.sense == "obligation":
            return bool(behind) and behind[0].start - cue.end <= 3 * _NEAR
        if cue.sense == "assignment":
            return "由" in self.text[clause.start : cue.start] or bool(behind[1:] or "urgency" in cues)
        first = cue.start <= self._start(clause)
        if cue.sense == "urgency":
            if _NOMINAL.match(self.text, cue.end, clause.end):
                return False
            near = any(abs(verb.start - cue.start) <= 2 * _NEAR for verb in verbs)
            return (near and not self._finished(clause, cues)) or (first and clause.end - cue.end <= 2)
        asked = first or any(_PLEASANT.match(self.text, verb.end, clause.end) for verb in behind)
        return asked and any(verb.start - cue.end <= 1 for verb in behind) and not describes

    def _implied(self, clause: Span, verbs: Sequence[Cue], cues: Cues) -> Cue | None:
        """An order without a cue of its own: a deadline before a verb, 把…发, a mention, an English imperative."""
        first = verbs[0]
        if _begins_before(cues, "past", first.start) or _begins_before(cues, "plan", first.start) or self._finished(clause, cues):
            return None
        start = self._start(clause)
        if first.start == start and first.word.isascii():
            return Cue("imperative", *first[1:])
        due = self._due_before(clause, verbs)
        if due:
            return due
        if self.text[start] in "把将" and _OBJECT_FIRST.match(self.text, start, clause.end):
            return Cue("object-first", self.text[start], start, start + 1)
        if first.word.isascii() and _APPOINTED.fullmatch(self.text, start, first.start):
            return Cue("appointed", "to", first.start - 3, first.start - 1)
        if self.text.find("@", clause.start, first.start) >= 0:
            return Cue("mention", "@", clause.start, clause.start + 1)
        return None

    def _due_before(self, clause: Span, verbs: Sequence[Cue]) -> Cue | None:
        """A deadline with a verb close behind it."""
        if not _LIMIT_END.search(self.text, clause.start, verbs[-1].start):
            return None
        for match in _DUE_BEFORE_VERB.finditer(self.text, clause.start, clause.end):
            if any(match.start() < verb.start <= match.end() for verb in verbs):
                return Cue("deadline", match[0][: len(match[0]) - len(match["gap"])], *match.span())
        return None

    def _promised(self, clause: Span, cues: Cues) -> Cue | None:
        """The cue by which a clause says that we will act."""
        if "question" in self.senses:
            return None
        told = cues.get("promise")
        if told:
            return None if self.heading else told[0]
        speaker = cues.get("speaker") or self.agreed
        hedged = merged(cues, _HEDGES)
        if not (hedged or speaker) or self._finished(clause, cues) or self.heading:
            return None
        verbs = merged(cues, ("verb", "readiness"))
        for cue in hedged:
            if cue.sense == "measure" and not speaker and _FIGURE.match(self.text, cue.end, clause.end):
                continue
            behind = [verb for verb in verbs if verb.start >= cue.start]
            if behind and (cue.sense == "plan" or (cue.sense == "measure" and self._committed(cue, behind)) or speaker):
                return cue
        return self._due_before(clause, verbs) if speaker and verbs and self._open(verbs, cues) else None

    def _open(self, verbs: Sequence[Cue], cues: Cues) -> bool:
        return not (_begins_before(cues, "past", verbs[0].start) or _begins_before(cues, "plan", verbs[0].start))

    def _committed(self, cue: Cue, behind: Sequence[Cue]) -> bool:
        """Whether a hedge sits between somebody and what he will do."""
        return behind[0].start - cue.end <= _NEAR and not self.text.startswith(("延", "出", "影", "导", "不", "有"), behind[0].end)

    def _finished(self, clause: Span, cues: Cues) -> bool:
        return self._finishable and _finished(self.text, clause, cues)

    def _read_past(self) -> None:
        for cue in self.cues.get("past", ()):
            self._note("past", cue)
        if self._finishable and any(_finished(self.text, clause, self.cues) for clause in self.clauses):
            self.senses.add("past")
            self.why.append("past 了")

    def _read_mood(self) -> None:
        """Hopes and habits: they decide nothing, and are told all the same."""
        for cue in self.cues.get("hope", ()):
            self._note("wish", cue)
        if "directive" not in self.senses:
            for cue in self.cues.get("habit", ()):
                self._note("description", cue)

    def _start(self, clause: Span) -> int:
        match = _LEAD_IN.match(self.text, clause.start, clause.end)
        return match.end() if match else clause.start


_DECIDED = frozenset(("directive", "promise", "policy"))
_TELLING = frozenset(  # without one of these nothing is asked, promised or told
    ("request", "polite_question", "obligation", "assignment", "urgency", "manner", "verb", "promise", "readiness", "measure", "plan", "past", "reported", "policy", "wording", "condition", "hope", "habit")
)
_IDLE = frozenset(("verb", "readiness", "describes"))  # alone they do nothing
_STIRRING = re.compile("[a-z@前内把将了过]")  # unless a term, an object put first, an ending, a mention or an English verb is there
_DUTIES = ("obligation", "assignment", "urgency", "manner")
_DUTY = frozenset(_DUTIES)
_HEDGES = ("plan", "measure", "urgency", "obligation")
_CLOSING = " 。.!?;,~\"')\u201d\u2019\n"
_TELLTALE = frozenset(_CLOSING + "了过吗么呢")
_LIMIT_END = re.compile("[前内]")


def _begins_before(cues: Cues, sense: str, at: int) -> bool:
    """Whether a cue of a sense stands before a place: the first of them does."""
    return sense in cues and cues[sense][0].start < at


def _may_be_finished(folded: str) -> bool:
    return "了" in folded or "过" in folded


def _finished(text: str, clause: Span, cues: Cues) -> bool:
    """Whether the clause ends in 了 or 过, or says 了 right behind a verb (not 收到了吗)."""
    start, last = clause.start, clause.end - 2
    if text.find("了", start, clause.end) >= 0 and any(text.startswith("了", c.end) for c in cues.get("verb", ()) if start <= c.start < last):
        return True
    return _ends_finished(text, clause)


def _ends_finished(text: str, clause: Span) -> bool:
    """Whether the clause ends in 了 or 过."""
    at = clause.end
    while at > clause.start and text[at - 1] in _CLOSING:
        at -= 1
    if at == clause.start or text[at - 1] not in "了过":
        return False
    return not text.endswith(("好了再", "行了", "通过", "超过", "不过", "为了", "麻烦了", "拜托了"), clause.start, at)


def in_heading(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence stands in a heading."""
    return _part(analysis, sentence.part).in_heading(sentence.span.start, sentence.span.end)


def in_cell(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence stands in a table."""
    return _part(analysis, sentence.part).in_cell(sentence.span.start, sentence.span.end)
