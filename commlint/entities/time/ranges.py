"""From one moment to another: the second end inherits what it does not say."""

from __future__ import annotations

from datetime import timedelta

from commlint.entities.time import clocks
from commlint.entities.time.context import Clock, Context, Stretch
from commlint.entities.time.moments import clock_of, day_of, moment_of
from commlint.entities.time.phrases import Phrase, Point
from commlint.entities.time.reading import Blank, Reading, at_moment, value_of, valueless
from commlint.entities.time.shape import Role
from commlint.entities.time.values import Moment, bounds
from commlint.model.values import TimeKind


def read_range(blank: Blank, phrase: Phrase, context: Context) -> Reading | None:
    """`blank` with both ends of its range; without a value when an end cannot be said."""
    start, until = phrase.first, phrase.second
    assert start is not None
    ends = _clock_range(start, context) if until is None else _two_ends(start, until, context)
    kind, why, clock = blank
    if ends is None:
        return valueless(kind, why, clock=clock)
    low, high = ends
    if kind is TimeKind.DEADLINE:
        return at_moment(blank, high, context)
    return Reading(kind, f"{low}/{high}", bounds(low, context)[0], bounds(high, context)[1], None, None, "period", (), why, clock, False, low.date)


def _clock_range(point: Point, context: Context) -> tuple[Moment, Moment] | None:
    """7-8时 on a day; 5月27-29日 with a clock is its last day."""
    day = day_of(point, context)
    if day is None or point.clock is None:
        return None
    both = value_of(point.clock, context)
    part = clocks.PARTS.get(point.part, "") or day.part
    if both is None or isinstance(both, Clock):
        settled = clock_of(point, context, part)
        return (Moment(day.date), Moment(day.date, settled[0].hour, settled[0].minute)) if settled else None
    ends: tuple[Clock, Clock] = both
    (low, _), (high, _) = clocks.settled(ends[0], part), clocks.settled(ends[1], part)
    if part == "" and not ends[1].stated and low.hour and high.hour and low.hour > high.hour and high.hour < 12:
        high = Clock(high.hour + 12, high.minute)
    return Moment(day.date, low.hour, low.minute), Moment(day.date, high.hour, high.minute)


def _two_ends(first: Point, second: Point, context: Context) -> tuple[Moment, Moment] | None:
    """Both ends; the second inherits date, month, week and part of day from the first."""
    start = moment_of(first, context)
    if start is None or start[0] is None:
        return None
    low = start[0]
    # A period at the left end begins with its first day: 3月至5月.
    if first.day and first.day.role is Role.PERIOD:
        stretch = value_of(first.day, context)
        if isinstance(stretch, Stretch) and stretch.first:
            low = Moment(stretch.first)
    inherited = second if second.part or second.day else second._replace(part=first.part)
    end = moment_of(inherited, _continued(first, second, context, low))
    if end is None or end[0] is None:
        return None
    high = _in_order(first, second, low, end[0])
    return (low, high)


def _continued(first: Point, second: Point, context: Context, low: Moment) -> Context:
    """The context of the second end: the first end's date, and for a bare weekday its week."""
    weekday = second.day is not None and second.day.shape.name in ("weekday", "en-weekday", "en-weekend-day", "day-only", "day-number")
    now = context.now
    if weekday and now is not None:
        return context._replace(previous=low.date, now=now.replace(year=low.date.year, month=low.date.month, day=low.date.day), today=low.date)
    return context._replace(previous=low.date)


def _in_order(first: Point, second: Point, low: Moment, high: Moment) -> Moment:
    """The second end behind the first: 22点-2点 runs into the next day, 11月-2月 into the next year."""
    if high.date < low.date and second.day and second.day.shape.name in ("month-day", "short-date", "en-month-day", "month-day-bare"):
        following = low.date.year + (high.date.replace(year=low.date.year) < low.date)
        return high._replace(date=high.date.replace(year=following))
    same_day = second.day is None and high.hour is not None and low.hour is not None and high.date == low.date
    if same_day and (high.hour, high.minute) < (low.hour, low.minute):
        loose = second.clock is not None and second.clock.shape.name in ("clock-hour", "clock-hour-bare")
        if loose and high.hour is not None and high.hour + 12 > (low.hour or 0) and high.hour < 12:
            return high._replace(hour=high.hour + 12)
        return high._replace(date=high.date + timedelta(days=1))
    return high
