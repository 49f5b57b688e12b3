"""Time expressions of a folded text: shapes, put together, resolved against a reference instant."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime

from attrs import frozen

from commlint.entities.time import cues, resolve
from commlint.entities.time.context import Context
from commlint.entities.time.phrases import Phrase, phrases
from commlint.entities.time.scan import atoms
from commlint.entities.time.shape import Atom
from commlint.model.environment import Environment
from commlint.model.span import Span
from commlint.model.values import TimeExpression, TimeKind

_SENTENCE_END = re.compile(r"[。!?;\n]")
_CLAUSE_END = re.compile(r"[,。!?;\n]")
_LISTED = re.compile(r" ?(?:[、和及与/&]|and|or|或) ?")
_LISTING = 5  # the most that _LISTED finds
_NAMELY = re.compile(r" ?, ?(?:最迟|最晚|不晚于|不迟于|且?不得?超过|no later than|not later than|at the latest|by|latest|before)(?: by)?[ :]?")  # says what the vague word means
_CONCRETE = (TimeKind.DEADLINE, TimeKind.LIMIT)


@frozen
class Label:
    """A stretch whose label stands elsewhere: the header of a table column."""

    span: Span
    text: str


def recognise(
    folded: str, *, reference: datetime | None, environment: Environment, part: int = 0, labels: Sequence[Label] = (),
    written: str | None = None,
) -> tuple[TimeExpression, ...]:
    """The time expressions of `folded`, in order, never overlapping.

    `labels` are in order. `reference` is the instant that relative expressions count from (a naive one is in the configured zone); without it
    only absolute dates get a value. `text` of the results is the stretch of `written`, the text before folding where that moved nothing;
    without it the folded stretch, and callers that know more replace it.
    """
    return expressions(folded, atoms(folded), reference, environment, part, labels, written)


def expressions(  # noqa: PLR0917  # as many as recognise takes by name
    folded: str, shapes: Sequence[Atom], reference: datetime | None, environment: Environment, part: int, labels: Sequence[Label], written: str | None,
) -> tuple[TimeExpression, ...]:
    """The same of shapes already found: whoever finds none has no need of reference and labels."""
    if not shapes:
        return ()
    now = _local(reference, environment)
    today = now.date() if now else None
    starts = [label.span.start for label in labels]
    found: list[TimeExpression] = []
    previous: date | None = None
    dated = False
    end = 0
    for phrase in phrases(folded, shapes):
        start = phrase.start
        if (previous or dated) and _SENTENCE_END.search(folded, end, start):
            previous, dated = None, False
        label = _label(labels, starts, start, folded) if labels else ""
        listed = start == end or (start - end <= _LISTING and _LISTED.fullmatch(folded, end, start) is not None)
        forward, plan, past = _around(folded, phrase, label)
        reading = resolve.read(folded, phrase, Context(environment, now, today, previous, dated, listed, forward, plan, past), label)
        end = phrase.end
        if reading is not None:
            stretch = folded[start:end]
            kind, value, first, last, due, anchor, precision, others, why, clock, assumed, day = reading
            found.append(TimeExpression(
                part, Span(start, end), stretch if written is None else written[start:end], stretch,
                kind, value, first, last, due, anchor, precision, others, why, clock, assumed,
            ))
            if day is not None:
                previous = day
            dated = dated or _says_year(phrase)
    return _without_vague_beside_concrete(folded, found)


def _local(reference: datetime | None, environment: Environment) -> datetime | None:
    if reference is None:
        return None
    return reference.replace(tzinfo=environment.tz) if reference.tzinfo is None else reference.astimezone(environment.tz)


def _says_year(phrase: Phrase) -> bool:
    return phrase.first is not None and phrase.first.day is not None and phrase.first.day.groups.get("y") is not None


def _label(labels: Sequence[Label], starts: list[int], start: int, text: str) -> str:
    """The label of the stretch whose first word stands at `start`, or nothing."""
    index = bisect_right(starts, start) - 1
    if index < 0 or start >= labels[index].span.end:
        return ""
    return "" if text[labels[index].span.start : start].strip() else labels[index].text


_NEITHER = (False, False, False)


def _around(text: str, phrase: Phrase, label: str) -> tuple[bool, bool, bool]:
    """Whether the words around it make it a deadline, else a plan, else past; of no use to what is no day, and a written year needs no guess."""
    if phrase.suffix:
        return True, False, False
    if phrase.head is not None:
        return _NEITHER
    if cues.is_deadline(text, phrase.start, phrase.end, label=label):
        return True, False, False
    if not _leans(phrase):
        return _NEITHER
    left = cues.before(text, phrase.start)
    plan = cues.is_plan(left)
    return False, plan, not plan and cues.is_past(text, left, phrase.end)


def _leans(phrase: Phrase) -> bool:
    """Whether its day has to be guessed from what is said around it."""
    first = phrase.first
    if first is None or first.day is None or phrase.second is not None:
        return True
    said = first.day.groups.get
    return said("y") is None and (said("m") or said("m2") or said("d")) is not None


def _without_vague_beside_concrete(text: str, found: list[TimeExpression]) -> tuple[TimeExpression, ...]:
    """尽快 says nothing beside a concrete deadline of its clause."""
    if TimeKind.VAGUE not in [time.kind for time in found]:
        return tuple(found)
    kept: list[TimeExpression] = []
    for index, time in enumerate(found):
        beside = found[max(0, index - 1) : index] + found[index + 1 : index + 2]
        if time.kind is TimeKind.VAGUE and any(_bound(text, time, other) for other in beside):
            continue
        kept.append(time)
    return tuple(kept)


def _bound(text: str, vague: TimeExpression, other: TimeExpression) -> bool:
    low, high = sorted((vague, other), key=lambda time: time.span.start)
    if other.kind not in _CONCRETE:
        return False
    return not _CLAUSE_END.search(text, low.span.end, high.span.start) or _NAMELY.fullmatch(text, low.span.end, high.span.start) is not None


__all__ = ["Label", "expressions", "recognise"]
