"""What lengths denote: durations, limits and when they are due, moments that far away."""

from __future__ import annotations

from datetime import date, datetime

from commlint.calendar.arithmetic import assumed
from commlint.calendar.blocks import last_workday_before, next_workday
from commlint.entities.time import cues, lengths
from commlint.entities.time.context import Context, Length
from commlint.entities.time.reading import Reading, value_of, valueless
from commlint.entities.time.shape import Atom, compiled
from commlint.entities.time.values import Moment, bounds, due_text, end_of_day
from commlint.model.values import TimeKind


def read_length(text: str, head: Atom, context: Context) -> Reading | None:
    """What a length denotes by its form; None when only an event before it would make it one."""
    length: Length | None = value_of(head, context)
    if length is None or (head.shape.weak and not _length_evidence(text, head)):
        return None
    anchor = _anchor(text, head)
    if length.form in ("ago", "after"):
        return _distant(head, length, context, anchor)
    kind = TimeKind.LIMIT if length.form in ("limit", "lead") else TimeKind.DURATION
    start = None if length.form != "limit" else context.now if anchor is None else _anchored(anchor, context)
    last, clock, other, guessed = _due(length, start, context) if start else _NEVER
    return Reading(kind, lengths.written(length), None, last, last, anchor, length.unit, other, head.shape.name, clock, guessed, None)


def _anchored(anchor: str, context: Context) -> datetime | None:
    """When an anchor that is itself a date (2024年6月1日起) begins, else None."""
    if not context.previous or not compiled(r"(?:\d|[一二三四五六七八九十]).{0,12}[日号]起").fullmatch(anchor):
        return None
    return bounds(Moment(context.previous), context)[0]


def _length_evidence(text: str, head: Atom) -> bool:
    return head.shape.name != "lead-event" or cues.follows_event(text, head.start)


def _anchor(text: str, head: Atom) -> str | None:
    if head.shape.name == "after-meeting":
        return "会后"
    if head.shape.name == "lead-event":
        return cues.event(text, head.start)
    return cues.anchor(text, head.start, head.end) if head.groups.get("limit") else None


_NEVER: tuple[datetime | None, bool, tuple[str, ...], bool] = (None, False, (), False)


def _due(length: Length, start: datetime, context: Context) -> tuple[datetime | None, bool, tuple[str, ...], bool]:
    """When a limit that counts from `start` is due, whether to the minute, the other reading, and whether working days had to be assumed."""
    end = lengths.ends(length, start, context)
    if end is None:
        return _NEVER
    if isinstance(end, datetime):
        return end, True, (), False
    calendar = context.environment.calendar
    if length.unit == "workdays":
        return end_of_day(end, context), False, (), assumed(calendar, start.date(), end)
    if calendar.is_workday(end):
        return end_of_day(end, context), False, (), False
    # Civil Code art. 203 moves a last day that is a day off to the next working day; both days are kept, the one that does not hold as the other reading.
    rolled = next_workday(calendar, end)
    kept, other = (rolled, end) if context.environment.roll else (end, rolled)
    return end_of_day(kept, context), False, (str(other),), False


def _distant(head: Atom, length: Length, context: Context, anchor: str | None) -> Reading:
    """三天前, 两个月后: a moment that far from the reference."""
    kind, why = TimeKind.INSTANT, head.shape.name
    end = lengths.ends(length if length.most is None else length._replace(most=None), context.now, context) if context.now and anchor is None else None
    if end is None:
        return valueless(kind, why, anchor=anchor)
    if isinstance(end, datetime):
        return Reading(kind, due_text(end), end, end, None, anchor, "minute", (), why, True, False, end.date())
    if length.unit == "workdays" and length.form == "ago" and context.now:
        end = _workdays_ago(context, int(length.amount))
    first, last = bounds(Moment(end), context)
    return Reading(kind, str(end), first, last, None, anchor, "day", (), why, False, False, end)


def _workdays_ago(context: Context, n: int) -> date:
    assert context.now is not None
    day = context.now.date()
    for _ in range(n):
        day = last_workday_before(context.environment.calendar, day)
    return day
