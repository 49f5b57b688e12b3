"""What days, clock times and named periods denote, and whether they are deadlines."""

from __future__ import annotations

from datetime import timedelta

from commlint.calendar.blocks import last_workday_before
from commlint.entities.time import cues
from commlint.entities.time.context import Context, Stretch
from commlint.entities.time.days import possible
from commlint.entities.time.moments import moment_of
from commlint.entities.time.phrases import Phrase, Point
from commlint.entities.time.ranges import read_range
from commlint.entities.time.reading import Blank, Reading, at_moment, value_of, valueless
from commlint.entities.time.shape import Atom, Role
from commlint.entities.time.values import Moment, end_of_day, start_of_day
from commlint.model.values import TimeKind


def read_dated(text: str, phrase: Phrase, context: Context, label: str) -> Reading | None:
    """What a phrase with a day, clock time or period denotes; None without the evidence that a weak shape needs."""
    first = phrase.first
    assert first is not None
    day, clock = first.day, first.clock
    if (day is None or day.shape.weak) and not _evident(text, phrase, first, label):
        return None
    kind = _kind(phrase, first, context)
    if context.forward and kind is not TimeKind.DEADLINE:
        context = context._replace(forward=False)
    name = day.shape.name if day else clock.shape.name if clock else "part-of-day"
    blank = (kind, name, _says_hour(clock) or (phrase.second is not None and _says_hour(phrase.second.clock)))
    try:
        return _resolved(blank, phrase, first, context)
    except (ValueError, OverflowError):  # outside the years 1 to 9999
        return _valueless(blank)


def _resolved(blank: Blank, phrase: Phrase, first: Point, context: Context) -> Reading | None:
    """`blank` with the value of its period, range or moment."""
    day, clock = first.day, first.clock
    if day and day.role is not Role.DAY and clock is None and not first.part and phrase.second is None:
        return _period(blank, phrase, day, context)
    if phrase.second is not None or (clock and clock.role is Role.CLOCKS) or (day and day.role is Role.DAYS):
        return read_range(blank, phrase, context)
    return _single(blank, phrase, first, context)


def _valueless(blank: Blank) -> Reading:
    kind, why, clock = blank
    return valueless(kind, why, clock=clock)


def _evident(text: str, phrase: Phrase, first: Point, label: str) -> bool:
    """Whether a shape that may be something else, or an hour or part of a day alone, has what it takes."""
    day, clock = first.day, first.clock
    if day:
        if day.shape.name == "compact-date" and phrase.second and phrase.second.day and phrase.second.day.shape is day.shape:
            return True
        return _dated_by_surroundings(text, phrase, first, label)
    if clock:
        return not clock.shape.weak or bool(first.part or phrase.suffix) or cues.hour_evidence(text, phrase.start, phrase.end)
    return first.part not in ("早", "晚")


def _dated_by_surroundings(text: str, phrase: Phrase, first: Point, label: str) -> bool:
    """Whether two numbers are a date: 前 behind them (not 1.5以内), a clock, a weekday in brackets, a label or 最迟 before them."""
    assert first.day is not None
    if phrase.suffix == "within":
        return False
    if phrase.suffix or first.clock or first.part or first.end > first.day.end:
        return True
    if phrase.second and phrase.second.day and phrase.second.day.shape is first.day.shape and _beyond_months(first.day, phrase.second.day):
        return True
    return cues.has_label(text, phrase.start, label=label) or cues.follows_limit_word(text, phrase.start)


def _beyond_months(*days: Atom) -> bool:
    """Whether 8/1~8/31 can only be dates: with a stroke, and some day later than the twelfth."""
    return all(day.groups.get("sep") == "/" for day in days) and any(int(day.groups["d"] or 0) > 12 for day in days)


_BEFORE_SHAPES = ("before-holiday", "before-new-year", "before-festival", "en-within-period")


def _kind(phrase: Phrase, first: Point, context: Context) -> TimeKind:
    day, clock = first.day, first.clock
    if phrase.suffix or (day and day.shape.name in _BEFORE_SHAPES) or (context.forward and phrase.second is None):
        return TimeKind.DEADLINE
    if clock and day is None and clock.shape.name == "en-close":
        return TimeKind.DEADLINE
    if phrase.second is not None or (clock and clock.role is Role.CLOCKS):
        return TimeKind.PERIOD
    if day and clock is None and not first.part and day.role in (Role.DAYS, Role.PERIOD):
        return TimeKind.PERIOD
    return TimeKind.INSTANT


def _says_hour(clock: Atom | None) -> bool:
    return clock is not None and clock.role is not Role.CLOSE and clock.shape.name != "clock-incomplete"


def _period(blank: Blank, phrase: Phrase, atom: Atom, context: Context) -> Reading | None:
    found: Stretch | None = value_of(atom, context)
    kind, why, clock = blank
    if found is None:
        return _valueless(blank)
    if kind is TimeKind.DEADLINE:
        return _period_deadline(blank, phrase, found, context)
    low, high, alternatives, guessed, _ = found
    value = f"{low.isoformat() if low else '..'}/{high.isoformat() if high else '..'}"
    first, last = start_of_day(low, context) if low else None, end_of_day(high, context) if high else None
    return Reading(kind, value, first, last, None, None, "period", alternatives, why, clock, guessed, low if atom.role is Role.DAYS else None)


def _period_deadline(blank: Blank, phrase: Phrase, found: Stretch, context: Context) -> Reading:
    """本周内: its last day. 6月前: the day before it begins, its last day being the other reading."""
    if found.last is None or found.first is None:
        return _valueless(blank)
    day, others = found.last, tuple(text for text in found.alternatives if "/" not in text)
    if phrase.suffix == "before" and found.near in ("first", "week") and context.today and found.first > context.today:
        day, others = found.first - timedelta(days=1), (str(found.last),)
    elif found.near == "week":
        worked = last_workday_before(context.environment.calendar, day + timedelta(days=1))
        others = (str(worked),) if worked != day else ()
    return at_moment(blank, Moment(day), context, others, assumed=found.assumed)


def _single(blank: Blank, phrase: Phrase, point: Point, context: Context) -> Reading | None:
    found = moment_of(point, context)
    if found is None:
        return _valueless(blank) if _possible(point) else None
    moment, others, guessed = found
    if moment is None:
        return _valueless(blank)
    if blank[0] is TimeKind.DEADLINE:
        if moment.part and (phrase.suffix or moment.part in ("MO", "MI")):
            moment = moment.as_limit()
        if phrase.excluded:
            moment = moment._replace(date=moment.date - timedelta(days=1))
    return at_moment(blank, moment, context, tuple(map(str, others)) if others else (), assumed=guessed)


def _possible(point: Point) -> bool:
    """Whether the numbers of a date can be a date at all (13月45日 cannot)."""
    day = point.day
    if day is None or not (day.groups.get("m") and day.groups.get("d")):
        return True
    try:
        return possible(day.groups)
    except (ValueError, KeyError):
        return False
