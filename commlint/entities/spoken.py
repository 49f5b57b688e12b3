"""Time expressions inside a stretch, with what its label says about them."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from commlint.entities.analysis import inside, places
from commlint.model.protocols import Analysis
from commlint.model.values import Located, TimeExpression, TimeKind

_FIRM = (TimeKind.DEADLINE, TimeKind.LIMIT)
_DATED = (TimeKind.INSTANT, TimeKind.PERIOD)


def times_in(analysis: Analysis, stretch: Located) -> tuple[TimeExpression, ...]:
    """The time expressions of the record that lie inside a stretch."""
    times = analysis.collection("record.times")
    starts = analysis.once("spoken.places", lambda _: places(times))
    return tuple(time for time in inside(times, stretch, starts) if isinstance(time, TimeExpression))


def due_in(analysis: Analysis, stretch: Located, *, label: str = "") -> TimeExpression | None:
    """The time that a stretch names as due: a deadline, else under a `label` for deadlines whatever time there is.

    Without a label a plain date counts only when it has a value; what recurs (每周五前) counts where nothing else is said.
    """
    found = times_in(analysis, stretch) or (_recognised(analysis, stretch, label) if label else ())
    firm = _first(found, _FIRM)
    dated = firm or next((time for time in found if time.kind in _DATED and time.value), None)
    dated = dated or next((time for time in found if time.kind is TimeKind.RECURRENCE), None)
    return dated or (found[0] if label and found else None)


def _first(found: Iterable[TimeExpression], kinds: tuple[TimeKind, ...]) -> TimeExpression | None:
    return next((time for time in found if time.kind in kinds), None)


def _recognised(analysis: Analysis, stretch: Located, label: str) -> tuple[TimeExpression, ...]:
    """Read once more as the cell of a column called `label`: a date such as 5-22 is one only there."""
    from commlint.entities.time.recognise import Label, recognise
    from commlint.model.span import Span

    whole = Label(Span(0, len(stretch.folded)), label)
    found = recognise(stretch.folded, reference=analysis.reference(stretch.part), environment=analysis.environment, part=stretch.part, labels=(whole,))
    return tuple(_moved(analysis, time, stretch.span.start) for time in found)


def _moved(analysis: Analysis, time: TimeExpression, by: int) -> TimeExpression:
    span = time.span.shift(by)
    return evolve(time, span=span, text=analysis.passage(time.part, span.start, span.end).text)
