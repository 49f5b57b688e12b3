"""The moment that a day, a part of it and a clock make together."""

from __future__ import annotations

from datetime import date, timedelta

from commlint.entities.time import clocks
from commlint.entities.time.context import Clock, Context, Day, Stretch
from commlint.entities.time.phrases import Point
from commlint.entities.time.reading import value_of
from commlint.entities.time.shape import Role
from commlint.entities.time.values import Moment

_EVENING_BEGINS = 4  # 晚上4点 is said of the afternoon, if of anything


def moment_of(point: Point, context: Context) -> tuple[Moment | None, tuple[Moment, ...], bool] | None:
    """The moment of a point, its other readings, and whether a calendar had to be guessed; None: cannot be said."""
    found = day_of(point, context)
    if found is None:
        return None
    day, alternatives, part, guessed = found
    if point.part:
        part = clocks.PARTS.get(point.part, part)
    if point.clock is None or point.clock.role is Role.CLOSE:
        close = point.clock is not None
        others = tuple([Moment(other, None, 0, part, close) for other in alternatives]) if alternatives else ()
        return Moment(day, None, 0, "" if close else part, close), others, guessed
    clock = clock_of(point, context, part)
    if clock is None:
        return None
    (hour, minute, _), second = clock
    if hour is None:
        return None, (), guessed
    # 昨晚1点 is in the small hours of the next day.
    small = part == "EV" and point.clock.role is Role.CLOCK and _EVENING_BEGINS > (hour - 12 if hour > 12 else hour) > 0
    moment = Moment(day + timedelta(days=1), hour - 12 if hour > 12 else hour, minute) if small else Moment(day, hour, minute)
    return moment, (Moment(day, second.hour, second.minute),) if second else (), guessed


def day_of(point: Point, context: Context) -> Day | None:
    """The day of a point: its own, else that named before it, else today; of a period the last."""
    if point.day is None:
        base = _base(context)
        return Day(base) if base else None
    value = value_of(point.day, context)
    if isinstance(value, Stretch):
        return Day(value.last) if value.last else None
    day: Day | None = value
    return day


def _base(context: Context) -> date | None:
    """The day named before, else today; a deadline or plan is not on a day that is over (昨天的事请17:00前回复)."""
    day = context.previous
    if day and context.today and day < context.today and (context.forward or context.plan) and not context.past:
        return context.today
    return day or context.today


def clock_of(point: Point, context: Context, part: str = "") -> tuple[Clock, Clock | None] | None:
    """The clock time of a point in 24 hours, and its other reading; None when it says none."""
    if point.clock is None or point.clock.role is Role.CLOSE:
        return None
    found = value_of(point.clock, context)
    if found is None:
        return None
    clock: Clock = found if isinstance(found, Clock) else found[0]
    return clocks.settled(clock, part or clocks.PARTS.get(point.part, ""))
