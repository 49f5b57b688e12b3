"""What a sentence does: asks, promises, reports, states a rule, questions, or only holds on a condition.

Decided by cues (lexicon/senses.txt) clause by clause; `explain` names those that decided.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from attrs import frozen

from commlint.entities.analysis import stretches
from commlint.entities.senses import Cue, found, of, places
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


@frozen
class Reading:
    """The senses of a sentence, and why: cues that decided, and cues that another one overruled."""

    senses: frozenset[str]
    why: tuple[str, ...]


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
    key = f"reading:{sentence.part}:{sentence.span.start}:{sentence.span.end}"
    return analysis.once(key, lambda _: _Reader(analysis, sentence).read())


def cues_of(analysis: Analysis, sentence: Sentence) -> dict[str, list[Cue]]:
    """The cues of a sentence by sense, what it quotes left out."""
    by_sense: dict[str, list[Cue]] = {}
    for cue in _Reader(analysis, sentence).cues:
        by_sense.setdefault(cue.sense, []).append(cue)
    return by_sense


class _Reader:
    """Reads one sentence, clause by clause, keeping notes of what decided."""

    def __init__(self, analysis: Analysis, sentence: Sentence) -> None:
        self.text = analysis.folded(sentence.part)
        self.span = sentence.span
        self.quoted = sentence.quoted
        known = analysis.once(f"cues:{sentence.part}", lambda a: places(a.environment.lexicon, a.folded(sentence.part)))
        self.cues = found(analysis.environment.lexicon, self.text, sentence.span, sentence.quoted, known)[:_MOST_CUES]
        self.there = {cue.sense for cue in self.cues}
        self.clauses = sentence.clauses or (sentence.span,)
        self.heading = bool(self.cues) and (in_heading(analysis, sentence) or ("verb" not in self.there and in_cell(analysis, sentence)))
        self.wholly_quoted = any(span.contains(sentence.span) for span in sentence.quoted)
        self.agreed = [cue for cue in self._all("acknowledge") if cue.start - self.span.start <= 1]
        self.senses: set[str] = set()
        self.why: list[str] = []

    def read(self) -> Reading:
        """The senses: first those of the whole sentence, then clause by clause."""
        if self.wholly_quoted:
            return Reading(frozenset(("quoted",)), ("quoted",))
        self._read_question()
        self._read_policy()
        governed: Cue | None = None
        for clause in self.clauses if self.cues else ():
            governed = self._read_clause(clause, governed)
        self._read_past()
        return Reading(frozenset(self.senses), tuple(dict.fromkeys(self.why)))

    def _all(self, *senses: str) -> list[Cue]:
        """The cues of these senses in the whole sentence."""
        return [] if self.there.isdisjoint(senses) else of(self.cues, *senses)

    def _note(self, sense: str, cue: Cue, over: Cue | None = None) -> None:
        if over is None:
            self.senses.add(sense)
            self.why.append(f"{cue.sense} {cue.word}")
        else:
            self.why.append(f"overruled {cue.sense} {cue.word} by {over.sense} {over.word}")

    def _read_question(self) -> None:
        tail = _QUESTION_END.search(self.text, max(self.span.start, self.span.end - 6), self.span.end)
        asks = self._all("question") if tail else []
        if tail or self.text.startswith("请问", self.span.start):
            self.senses.add("question")
            self.why += [f"question {cue.word}" for cue in asks[:1]] or ["question mark"]

    def _read_policy(self) -> None:
        requests = self._all("request")
        for cue in self._all("policy"):
            if not requests:
                self._note("policy", cue)
        for cue in self._all("wording"):
            near = [c for c in self._all("urgency", "measure") if abs(c.start - cue.start) <= _NEAR]
            if self.quoted or near:
                self._note("policy", cue)

    def _read_clause(self, clause: Span, governed: Cue | None) -> Cue | None:
        """Read one clause; returns the cue that governs those behind it (a condition, a report), or None."""
        cues = [cue for cue in self.cues if clause.start <= cue.start < clause.end] if len(self.clauses) > 1 else self.cues
        if not cues:
            return None if governed and governed.sense == "reported" else governed
        governor = governed
        for cue in of(cues, "condition"):
            if cue.start - clause.start <= _NEAR or cue.word == "的话":
                self._note("conditional", cue)
                governor = governor or cue
        for cue in of(cues, "reported"):
            self._note("reported", cue)
            governor = governor or cue
        asked = self._asked(clause, cues)
        if asked:
            self._decide("directive", asked, cues, governor)
        promised = self._promised(clause, cues)
        if promised and "directive" not in self.senses:
            self._decide("promise", promised, cues, None if governor and governor.sense == "condition" else governor)
        if governor and governor.sense == "reported" and not of(cues, "reported"):
            return None
        return governor

    def _decide(self, sense: str, cue: Cue, cues: Sequence[Cue], governor: Cue | None) -> None:
        before = [c for c in of(cues, "past") if c.start < cue.start]
        if "policy" in self.senses:
            self._note(sense, cue, over=self._all("policy", "wording")[0])
        elif governor and governor.start <= cue.start and not (governor.sense == "reported" and cue.sense == "request"):
            self._note(sense, cue, over=governor)
        elif before:
            self._note(sense, cue, over=before[-1])
        else:
            self._note(sense, cue)

    def _asked(self, clause: Span, cues: Sequence[Cue]) -> Cue | None:
        """The cue by which a clause asks somebody to act."""
        strong = of(cues, "polite_question") + of(cues, "request")
        if strong:
            return strong[0]
        if self.heading or "question" in self.senses:
            return None
        verbs = of(cues, "verb")
        speaker = of(cues, "speaker")
        willing = of(cues, "promise") + self.agreed
        for cue in of(cues, "obligation", "assignment", "urgency", "manner"):
            own = any(c.start < cue.start for c in (*speaker, *willing))
            if not own and self._orders(clause, cue, verbs, cues):
                return cue
        return None if speaker or willing else self._implied(clause, verbs)

    def _orders(self, clause: Span, cue: Cue, verbs: Sequence[Cue], cues: Sequence[Cue]) -> bool:
        """Whether a cue of duty or manner, with a verb beside it, orders something."""
        if any(c.end >= cue.start - 1 and c.start < cue.start for c in of(cues, "describes")):
            return False
        behind = [verb for verb in verbs if verb.start >= cue.start]
        first = cue.start <= self._start(clause)
        if cue.sense == "urgency":
            if _NOMINAL.match(self.text, cue.end, clause.end):
                return False
            near = any(abs(verb.start - cue.start) <= 2 * _NEAR for verb in verbs)
            return (near and not self._finished(clause)) or (first and clause.end - cue.end <= 2)
        if cue.sense == "manner":
            asked = first or any(_PLEASANT.match(self.text, verb.end, clause.end) for verb in behind)
            return asked and any(verb.start - cue.end <= 1 for verb in behind) and not of(cues, "describes")
        if cue.sense == "assignment":
            return "由" in self.text[clause.start : cue.start] or bool(behind[1:] or of(cues, "urgency"))
        return any(verb.start - cue.end <= 3 * _NEAR for verb in behind)

    def _implied(self, clause: Span, verbs: Sequence[Cue]) -> Cue | None:
        """An order without a cue of its own: a deadline before a verb, 把…发, a mention, an English imperative."""
        if not verbs or self._finished(clause) or of([c for c in self.cues if c.start < verbs[0].start and c.start >= clause.start], "past", "plan"):
            return None
        start = self._start(clause)
        for match in _DUE_BEFORE_VERB.finditer(self.text, clause.start, clause.end):
            if any(match.start() < verb.start <= match.end() for verb in verbs):
                return Cue("deadline", match[0][: len(match[0]) - len(match["gap"])], *match.span())
        if _OBJECT_FIRST.match(self.text, start, clause.end):
            return Cue("object-first", self.text[start], start, start + 1)
        if verbs[0].start == start and verbs[0].word.isascii():
            return Cue("imperative", *verbs[0][1:])
        if _APPOINTED.fullmatch(self.text, start, verbs[0].start):
            return Cue("appointed", "to", verbs[0].start - 3, verbs[0].start - 1)
        if "@" in self.text[clause.start : verbs[0].start]:
            return Cue("mention", "@", clause.start, clause.start + 1)
        return None

    def _promised(self, clause: Span, cues: Sequence[Cue]) -> Cue | None:
        """The cue by which a clause says that we will act."""
        if self.heading or "question" in self.senses:
            return None
        told = of(cues, "promise")
        if told:
            return told[0]
        verbs = of(cues, "verb", "readiness")
        speaker = of(cues, "speaker") + self.agreed
        if self._finished(clause):
            return None
        for cue in of(cues, "plan", "measure", "urgency", "obligation"):
            behind = [verb for verb in verbs if verb.start >= cue.start]
            if cue.sense == "measure" and _FIGURE.match(self.text, cue.end, clause.end) and not speaker:
                continue
            if behind and (cue.sense == "plan" or (cue.sense == "measure" and self._committed(clause, cue, behind)) or speaker):
                return cue
        due = self._implied(clause, verbs) if speaker and verbs else None
        return due if due and due.sense == "deadline" else None

    def _committed(self, clause: Span, cue: Cue, behind: Sequence[Cue]) -> bool:
        """Whether a hedge sits between somebody and what he will do."""
        return behind[0].start - cue.end <= _NEAR and not self.text.startswith(("延", "出", "影", "导", "不", "有"), behind[0].end)

    def _read_past(self) -> None:
        if self.senses & {"directive", "promise", "policy"}:
            return
        for cue in self._all("past"):
            self._note("past", cue)
        if any(self._finished(clause) for clause in self.clauses):
            self.senses.add("past")
            self.why.append("past 了")

    def _finished(self, clause: Span) -> bool:
        """Whether the clause ends in 了 or 过, or says 了 right behind a verb (not 收到了吗)."""
        if any(self.text.startswith("了", c.end) for c in self._all("verb") if clause.start <= c.start < clause.end - 2):
            return True
        tail = self.text[clause.start : clause.end].rstrip(" 。.!?;,~\"')\u201d\u2019\n")
        return tail.endswith(("了", "过")) and not tail.endswith(("好了再", "行了", "通过", "超过", "不过", "为了", "麻烦了", "拜托了"))

    def _start(self, clause: Span) -> int:
        match = _LEAD_IN.match(self.text, clause.start, clause.end)
        return match.end() if match else clause.start


def in_heading(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence stands in a heading."""
    spans = analysis.once(f"headings:{sentence.part}", lambda a: sorted(stretches(a.blocks(sentence.part), (BlockKind.HEADING,))))
    at = bisect_left(spans, Span(sentence.span.end, sentence.span.end)) - 1
    return at >= 0 and spans[at].overlaps(sentence.span)


def in_cell(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence stands in a table."""
    return any(grid.span.overlaps(sentence.span) for grid in analysis.grids(sentence.part))
