"""What days, clock times and named periods denote, and whether they are deadlines."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from commlint.calendar.blocks import last_workday_before
from commlint.entities.time import cues
from commlint.entities.time.context import Context, Stretch
from commlint.entities.time.days import possible
from commlint.entities.time.moments import moment_of
from commlint.entities.time.phrases import Phrase, Point
from commlint.entities.time.ranges import read_range
from commlint.entities.time.reading import Reading, at_moment, value_of
from commlint.entities.time.shape import Atom, Role
from commlint.entities.time.values import Moment, first_instant, last_instant
from commlint.model.values import TimeKind


def read_dated(text: str, phrase: Phrase, context: Context, label: str) -> Reading | None:
    """What a phrase with a day, clock time or period denotes; None without the evidence that a weak shape needs."""
    first = phrase.first
    assert first is not None
    if not _evident(text, phrase, label):
        return None
    kind = _kind(text, phrase, context)
    if context.forward and kind is not TimeKind.DEADLINE:
        context = context._replace(forward=False)
    name = first.day.shape.name if first.day else first.clock.shape.name if first.clock else "part-of-day"
    blank = Reading(phrase.start, phrase.end, kind, name, clock=_has_clock(phrase))
    try:
        return _resolved(blank, phrase, first, context)
    except (ValueError, OverflowError):  # outside the years 1 to 9999
        return blank


def _resolved(blank: Reading, phrase: Phrase, first: Point, context: Context) -> Reading | None:
    """`blank` with the value of its period, range or moment."""
    if first.day and first.day.role is not Role.DAY and first.clock is None and not first.part and phrase.second is None:
        return _period(blank, phrase, first.day, context)
    if phrase.second is not None or (first.clock and first.clock.role is Role.CLOCKS) or (first.day and first.day.role is Role.DAYS):
        return read_range(blank, phrase, context)
    return _single(blank, phrase, first, context)


def _evident(text: str, phrase: Phrase, label: str) -> bool:
    """Whether a shape that may be something else has what it takes."""
    first = phrase.first
    assert first is not None
    if first.day and first.day.shape.name == "compact-date" and phrase.second and phrase.second.day and phrase.second.day.shape is first.day.shape:
        return True
    if first.day and first.day.shape.weak:
        return _dated_by_surroundings(text, phrase, first, label)
    if first.day is None and first.clock and first.clock.shape.weak and not first.part:
        return bool(phrase.suffix) or cues.hour_evidence(text, phrase.start, phrase.end)
    if first.day is None and first.clock is None and first.part:
        return first.part not in ("早", "晚")
    return True


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


def _kind(text: str, phrase: Phrase, context: Context) -> TimeKind:
    first = phrase.first
    assert first is not None
    limited = bool(phrase.suffix) or bool(first.day and first.day.shape.name in _BEFORE_SHAPES)
    if limited or (context.forward and phrase.second is None):
        return TimeKind.DEADLINE
    if first.clock and first.clock.shape.name == "en-close" and first.day is None:
        return TimeKind.DEADLINE
    if phrase.second is not None or (first.clock and first.clock.role is Role.CLOCKS):
        return TimeKind.PERIOD
    if first.day and first.day.role in (Role.DAYS, Role.PERIOD) and first.clock is None and not first.part:
        return TimeKind.PERIOD
    return TimeKind.INSTANT


def _has_clock(phrase: Phrase) -> bool:
    return _says_hour(phrase.first) or _says_hour(phrase.second)


def _says_hour(point: Point | None) -> bool:
    clock = point.clock if point else None
    return clock is not None and clock.role is not Role.CLOSE and clock.shape.name != "clock-incomplete"


def _period(blank: Reading, phrase: Phrase, atom: Atom, context: Context) -> Reading | None:
    found = cast("Stretch | None", value_of(atom, context))
    if found is None:
        return blank
    if blank.kind is TimeKind.DEADLINE:
        return _period_deadline(blank, phrase, found, context)
    value = f"{found.first or '..'}/{found.last or '..'}"
    first = first_instant(Moment(found.first), context) if found.first else None
    last = last_instant(Moment(found.last), context) if found.last else None
    day = found.first if atom.role is Role.DAYS else None
    return Reading(phrase.start, phrase.end, blank.kind, blank.why, value, first, last, None, None, "period", found.alternatives, blank.clock, found.assumed, day)


def _period_deadline(blank: Reading, phrase: Phrase, found: Stretch, context: Context) -> Reading:
    """本周内: its last day. 6月前: the day before it begins, its last day being the other reading."""
    if found.last is None or found.first is None:
        return blank
    day, others = found.last, tuple(text for text in found.alternatives if "/" not in text)
    if phrase.suffix == "before" and found.near in ("first", "week") and context.today and found.first > context.today:
        day, others = found.first - timedelta(days=1), (str(found.last),)
    elif found.near == "week":
        worked = last_workday_before(context.environment.calendar, day + timedelta(days=1))
        others = (str(worked),) if worked != day else ()
    return at_moment(blank, Moment(day), context, others, assumed=found.assumed)


def _single(blank: Reading, phrase: Phrase, point: Point, context: Context) -> Reading | None:
    found = moment_of(point, context)
    if found is None:
        return blank if _possible(point) else None
    moment, others, guessed = found
    if moment is None:
        return blank
    if blank.kind is TimeKind.DEADLINE:
        moment = moment.as_limit() if phrase.suffix or moment.part in ("MO", "MI") else moment
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
