"""Vague words, and whether an order, a promise or a plan rests on them: 尽快 in an order does, in a quotation or a report it does not.

Words and classes are those of lexicon/vague.txt; what decides are the cues of lexicon/contexts.txt and the sentence's own reading.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from attrs import frozen

from commlint.entities.senses import Cue
from commlint.entities.vague_case import KINDS, VAGUE, Case, Found, known, words_in
from commlint.model.protocols import Analysis
from commlint.model.record import Record
from commlint.model.values import Located, Sentence, Unknown

__all__ = ["KINDS", "VagueWord", "commitment", "commitment_of", "explanation", "kind_of", "vague_words", "why_of"]

Verdict = tuple[bool, str]
_MANY = 40  # vague words of a sentence that are judged (`words_in` gives no more); each looks at all of it, and nobody writes as many


@frozen
class VagueWord(Located):
    """A vague word. `kind` is one of `KINDS`; `commitment` whether an order, a promise or a plan rests on it; `why` what decided."""

    kind: str
    commitment: bool
    why: str


def vague_words(analysis: Analysis, record: Record) -> tuple[VagueWord, ...]:
    """The vague words of the record's own sentences, in order."""
    return analysis.once("entities.vague_words", lambda _: tuple(_all(analysis)))


def commitment(analysis: Analysis, stretch: Located) -> bool | Unknown:
    """Whether a stretch is a vague word on which an order, a promise or a plan rests. What no list knows is read like 尽快; unknown behind the first forty of a sentence."""
    sentence = _around(analysis, stretch)
    word = _read_as(words_in(analysis, sentence), stretch) if sentence is not None else None
    if sentence is None or word is None:
        return False
    if isinstance(word, Unknown):
        return word
    cue, senses = word
    return analysis.once(f"rests:{sentence.part}:{cue.start}:{cue.end}", lambda _: _committed(Case(analysis, sentence, cue, senses)))


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
    words = words_in(analysis, sentence).words if sentence else ()
    return next((_verdict(Case(analysis, sentence, cue, senses))[1] for cue, senses in words if sentence and (cue.start, cue.end) == (stretch.span.start, stretch.span.end)), "")


def _all(analysis: Analysis) -> Iterator[VagueWord]:
    for sentence in _holding(analysis):
        for cue, senses in words_in(analysis, sentence).words:
            held, why = _verdict(Case(analysis, sentence, cue, senses))
            passage = analysis.passage(sentence.part, cue.start, cue.end)
            yield VagueWord(passage.part, passage.span, passage.text, passage.folded, cue.sense, held, why)


def _holding(analysis: Analysis) -> Iterator[Sentence]:
    """The record's own sentences in which a word of the list stands, each once."""
    from commlint.entities.structure import sentences

    own = sentences(analysis, analysis.record)
    starts = [sentence.span.start for sentence in own]
    last = -1
    for start, _, senses in known(analysis, own[0].part) if own else ():
        if VAGUE.isdisjoint(senses):
            continue
        at = bisect_right(starts, start) - 1
        if at > last and start < own[at].span.end:
            last = at
            yield own[at]


def _read_as(there: Found, stretch: Located) -> tuple[Cue, frozenset[str]] | Unknown | None:
    """The vague word that a stretch shares a character with, else one like 尽快; None for a piece of a longer word, unknown where there are too many."""
    start, end = stretch.span.start, stretch.span.end
    for word in there.words:
        if word[0].start < end and start < word[0].end:
            return word
    if any(cue.start < end and start < cue.end for cue in there.longer):
        return None
    if len(there.words) + len(there.longer) >= _MANY:
        return Unknown("too-many-vague-words")
    return Cue("urgency", stretch.folded, start, end), frozenset()


def _committed(case: Case) -> bool:
    """Whether a commitment rests on the word. The same as its verdict, sooner: why does not matter, so what tells most comes first."""
    from commlint.entities.vague_evidence import EVIDENCE
    from commlint.entities.vague_overruled import LIKELY_FIRST

    return EVIDENCE[case.word.sense](case) is not None and all(against(case) is None for against in LIKELY_FIRST)


def _around(analysis: Analysis, stretch: Located) -> Sentence | None:
    """The sentence a stretch stands in."""
    part, place = stretch.part, stretch.span.start
    sentences = analysis.sentences(part)
    starts = analysis.once(f"starts:{part}", lambda _: [sentence.span.start for sentence in sentences])
    at = bisect_right(starts, place) - 1
    return sentences[at] if at >= 0 and sentences[at].span.end > place else None


def _verdict(case: Case) -> Verdict:
    """Whether a commitment rests on the word, and why."""
    from commlint.entities.vague_evidence import EVIDENCE
    from commlint.entities.vague_overruled import OVERRULE

    name = f"{case.word.sense} {case.word.word}"
    if case.word.sense == "approximation" and EVIDENCE["approximation"](case) is None:
        return False, f"{name}: no order, promise or plan"  # most of them say how much there is: seen at once
    for against in OVERRULE:
        if (cause := against(case)) is not None:
            return False, f"overruled {name} by {cause}"
    cause = EVIDENCE[case.word.sense](case)
    return (True, f"{name}, {cause}") if cause is not None else (False, f"{name}: no order, promise or plan")
