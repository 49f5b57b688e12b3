"""From a phrase to what it denotes: kind, value, bounds and due time; pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import cast

from attrs import evolve, frozen

from commlint.calendar.arithmetic import assumed
from commlint.calendar.blocks import last_workday_before, next_workday
from commlint.entities.time import clocks, cues, lengths, recurrences
from commlint.entities.time.context import Clock, Context, Day, Length, Stretch
from commlint.entities.time.phrases import Phrase, Point
from commlint.entities.time.shape import Atom, Role, compiled
from commlint.entities.time.values import Moment, due_text, end_of_day, first_instant, last_instant
from commlint.model.values import TimeKind


@frozen
class Reading:
    """What a phrase denotes. `day`: the date later expressions of the sentence may lean on."""

    start: int
    end: int
    kind: TimeKind
    why: str
    value: str | None = None
    first: datetime | None = None
    last: datetime | None = None
    due: datetime | None = None
    due_written: str | None = None
    anchor: str | None = None
    precision: str = ""
    alternatives: tuple[str, ...] = ()
    clock: bool = False
    assumed: bool = False
    day: date | None = None


def read(text: str, phrase: Phrase, context: Context, label: str = "") -> Reading | None:
    """What `phrase` denotes in `context`; None when it turns out to be no time."""
    head = phrase.head
    if head is None:
        return _dated(text, phrase, context, label)
    if head.role is Role.VAGUE:
        return Reading(phrase.start, phrase.end, TimeKind.VAGUE, head.shape.name)
    if head.role is Role.PLACEHOLDER:
        return Reading(phrase.start, phrase.end, TimeKind.PLACEHOLDER, head.shape.name)
    if head.role is Role.RECURRENCE:
        return _recurring(phrase, head, context)
    return _measured(text, phrase, head, context)


# --- recurrences


def _recurring(phrase: Phrase, head: Atom, context: Context) -> Reading | None:
    rule = cast("str | None", _value(head, context))
    if rule is None:
        return None
    point = phrase.first
    clock = _clock(point, context) if point else None
    if clock and clock[0].hour is not None:
        rule = recurrences.at(rule, clock[0].hour % 24, clock[0].minute)
    elif point and point.clock and point.clock.role is Role.CLOSE:
        rule = recurrences.at(rule, context.environment.hours.end.hour, context.environment.hours.end.minute)
    return Reading(phrase.start, phrase.end, TimeKind.RECURRENCE, head.shape.name, rule, clock=bool(clock), precision="recurrence")


def _value(atom: Atom, context: Context) -> object:
    """What the resolver of a shape says; a date that does not exist is None."""
    try:
        return atom.shape.read(atom.groups, context)
    except (ValueError, OverflowError, KeyError):
        return None


# --- lengths


def _measured(text: str, phrase: Phrase, head: Atom, context: Context) -> Reading | None:
    length = cast("Length | None", _value(head, context))
    if length is None or (head.shape.weak and not _length_evidence(text, head)):
        return None
    anchor = _anchor(text, head)
    if length.form in ("ago", "after"):
        return _distant(phrase, head, length, context, anchor)
    kind = TimeKind.LIMIT if length.form in ("limit", "lead") else TimeKind.DURATION
    reading = Reading(phrase.start, phrase.end, kind, head.shape.name, lengths.written(length), anchor=anchor, precision=length.unit)
    if length.form != "limit":
        return reading
    start = context.now if anchor is None else _anchored(anchor, context)
    return _due(reading, length, evolve(context, now=start)) if start else reading


def _anchored(anchor: str, context: Context) -> datetime | None:
    """When an anchor that is itself a date (2024年6月1日起) begins, else None."""
    if not context.previous or not compiled(r"(?:\d|[一二三四五六七八九十]).{0,12}[日号]起").fullmatch(anchor):
        return None
    return first_instant(Moment(context.previous), context)


def _length_evidence(text: str, head: Atom) -> bool:
    return head.shape.name != "lead-event" or cues.follows_event(text, head.start)


def _anchor(text: str, head: Atom) -> str | None:
    if head.shape.name == "after-meeting":
        return "会后"
    if head.shape.name == "lead-event":
        return cues.event(text, head.start)
    return cues.anchor(text, head.start, head.end) if head.groups.get("limit") else None


def _due(reading: Reading, length: Length, context: Context) -> Reading:
    """The reading with its due time, counted from the reference; a working-day count may have to be assumed."""
    assert context.now is not None
    end = lengths.ends(length, context.now, context)
    if end is None:
        return reading
    if isinstance(end, datetime):
        return evolve(reading, due=end, last=end, due_written=due_text(end), clock=True)
    calendar = context.environment.calendar
    guessed = length.unit == "workdays" and assumed(calendar, context.now.date(), end)
    # Civil Code art. 203 moves a last day that is a day off to the next working day: offered as the other reading.
    rolled = () if length.unit == "workdays" or calendar.is_workday(end) else (str(next_workday(calendar, end)),)
    last = end_of_day(end, context)
    return evolve(reading, due=last, last=last, due_written=str(end), assumed=guessed, alternatives=rolled)


def _distant(phrase: Phrase, head: Atom, length: Length, context: Context, anchor: str | None) -> Reading:
    """三天前, 两个月后: a moment that far from the reference."""
    reading = Reading(phrase.start, phrase.end, TimeKind.INSTANT, head.shape.name, anchor=anchor)
    end = lengths.ends(evolve(length, most=None), context.now, context) if context.now and anchor is None else None
    if end is None:
        return reading
    if isinstance(end, datetime):
        moment = Moment(end.date(), end.hour, end.minute)
        return evolve(reading, value=due_text(end), first=end, last=end, clock=True, precision="minute", day=moment.date)
    if length.unit == "workdays" and length.form == "ago" and context.now:
        end = _workdays_ago(context, int(length.amount))
    moment = Moment(end)
    return evolve(reading, value=str(end), first=first_instant(moment, context), last=last_instant(moment, context), precision="day", day=end)


def _workdays_ago(context: Context, n: int) -> date:
    assert context.now is not None
    day = context.now.date()
    for _ in range(n):
        day = last_workday_before(context.environment.calendar, day)
    return day


# --- days, clocks, periods


def _dated(text: str, phrase: Phrase, context: Context, label: str) -> Reading | None:
    first = phrase.first
    assert first is not None
    if not _evident(text, phrase, label):
        return None
    kind = _kind(text, phrase, context)
    context = evolve(context, forward=context.forward and kind is TimeKind.DEADLINE)
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
        return _range(blank, phrase, context)
    return _single(blank, phrase, first, context)


def _evident(text: str, phrase: Phrase, label: str) -> bool:
    """Whether a shape that may be something else has what it takes."""
    first = phrase.first
    assert first is not None
    if first.day and first.day.shape.name == "compact-date" and phrase.second and phrase.second.day and phrase.second.day.shape is first.day.shape:
        return True
    if first.day and first.day.shape.weak:
        return bool(phrase.suffix or first.clock or first.part or cues.has_label(text, phrase.start, label=label))
    if first.day is None and first.clock and first.clock.shape.weak and not first.part:
        return bool(phrase.suffix) or cues.hour_evidence(text, phrase.start, phrase.end)
    if first.day is None and first.clock is None and first.part:
        return first.part not in ("早", "晚")
    return True


_BEFORE_SHAPES = ("before-holiday", "before-new-year")


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
    points = [point for point in (phrase.first, phrase.second) if point]
    return any(point.clock and point.clock.role is not Role.CLOSE and point.clock.shape.name != "clock-incomplete" for point in points)


def _period(blank: Reading, phrase: Phrase, atom: Atom, context: Context) -> Reading | None:
    found = cast("Stretch | None", _value(atom, context))
    if found is None:
        return blank
    if blank.kind is TimeKind.DEADLINE:
        return _period_deadline(blank, phrase, found, context)
    value = f"{found.first or '..'}/{found.last or '..'}"
    return evolve(
        blank, value=value, alternatives=found.alternatives, assumed=found.assumed, precision="period",
        first=first_instant(Moment(found.first), context) if found.first else None,
        last=last_instant(Moment(found.last), context) if found.last else None, day=found.first if atom.role is Role.DAYS else None,
    )


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
    reading = _at(blank, Moment(day), context)
    return evolve(reading, alternatives=others, assumed=found.assumed)


def _at(blank: Reading, moment: Moment, context: Context) -> Reading:
    """The reading of a single moment, with its due time when it is a deadline."""
    last = last_instant(moment, context)
    due = last if blank.kind is TimeKind.DEADLINE else None
    precision = "minute" if moment.clock else "close" if moment.close else "part" if moment.part else "day"
    return evolve(blank, value=str(moment), first=first_instant(moment, context), last=last, due=due, precision=precision, day=moment.date)


def _single(blank: Reading, phrase: Phrase, point: Point, context: Context) -> Reading | None:
    found = _moment(point, context)
    if found is None:
        return blank if _possible(point) else None
    moment, others, guessed = found
    if moment is None:
        return blank
    if blank.kind is TimeKind.DEADLINE:
        moment = moment.as_limit() if phrase.suffix or moment.part in ("MO", "MI") else moment
        if phrase.excluded:
            moment = evolve(moment, date=moment.date - timedelta(days=1))
    return evolve(_at(blank, moment, context), alternatives=tuple(str(other) for other in others), assumed=guessed)


def _possible(point: Point) -> bool:
    """Whether the numbers of a date can be a date at all (13月45日 cannot)."""
    from commlint.entities.time.days import possible

    day = point.day
    if day is None or not (day.groups.get("m") and day.groups.get("d")):
        return True
    try:
        return possible(day.groups)
    except (ValueError, KeyError):
        return False


def _moment(point: Point, context: Context) -> tuple[Moment | None, tuple[Moment, ...], bool] | None:
    """The moment of a point, its other readings, and whether a calendar had to be guessed; None: cannot be said."""
    day = _day(point, context)
    if day is None:
        return None
    part = clocks.PARTS.get(point.part, "") or day.part
    if point.clock is None or point.clock.role is Role.CLOSE:
        close = point.clock is not None
        others = tuple(Moment(other, part=part, close=close) for other in day.alternatives)
        return Moment(day.date, part="" if close else part, close=close), others, day.assumed
    clock = _clock(point, context, part)
    if clock is None:
        return None
    if clock[0].hour is None:
        return None, (), day.assumed
    moment = Moment(day.date, clock[0].hour, clock[0].minute)
    other = (Moment(day.date, clock[1].hour, clock[1].minute),) if clock[1] else ()
    return moment, other, day.assumed


def _day(point: Point, context: Context) -> Day | None:
    if point.day is None:
        base = context.previous or context.today
        return Day(base) if base else None
    value = _value(point.day, context)
    if isinstance(value, Stretch):
        return Day(value.last) if value.last else None
    return cast("Day | None", value)


def _clock(point: Point, context: Context, part: str = "") -> tuple[Clock, Clock | None] | None:
    if point.clock is None or point.clock.role is Role.CLOSE:
        return None
    found = _value(point.clock, context)
    part = part or clocks.PARTS.get(point.part, "")
    if isinstance(found, tuple):
        found = found[0]
    return clocks.settled(cast("Clock", found), part) if found else None


# --- ranges


def _range(blank: Reading, phrase: Phrase, context: Context) -> Reading | None:
    first, second = phrase.first, phrase.second
    assert first is not None
    ends = _clock_range(first, context) if second is None else _two_ends(first, second, context)
    if ends is None:
        return blank
    low, high = ends
    if blank.kind is TimeKind.DEADLINE:
        return _at(blank, high, context)
    return evolve(
        blank, value=f"{low}/{high}", first=first_instant(low, context), last=last_instant(high, context), precision="period", day=low.date,
    )


def _clock_range(point: Point, context: Context) -> tuple[Moment, Moment] | None:
    """7-8时 on a day; 5月27-29日 with a clock is its last day."""
    day = _day(point, context)
    if day is None or point.clock is None:
        return None
    both = _value(point.clock, context)
    part = clocks.PARTS.get(point.part, "") or day.part
    if not isinstance(both, tuple):
        settled = _clock(point, context, part)
        return (Moment(day.date), Moment(day.date, settled[0].hour, settled[0].minute)) if settled else None
    (low, _), (high, _) = clocks.settled(both[0], part), clocks.settled(both[1], part)
    if part == "" and not both[1].stated and low.hour and high.hour and low.hour > high.hour and high.hour < 12:
        high = Clock(high.hour + 12, high.minute)
    return Moment(day.date, low.hour, low.minute), Moment(day.date, high.hour, high.minute)


def _two_ends(first: Point, second: Point, context: Context) -> tuple[Moment, Moment] | None:
    """Both ends; the second inherits date, month, week and part of day from the first."""
    start = _moment(first, context)
    if start is None or start[0] is None:
        return None
    low = start[0]
    # A period at the left end begins with its first day: 3月至5月.
    if first.day and first.day.role is Role.PERIOD:
        stretch = _value(first.day, context)
        if isinstance(stretch, Stretch) and stretch.first:
            low = Moment(stretch.first)
    inherited = second if second.part or second.day else evolve(second, part=first.part)
    end = _moment(inherited, _continued(first, second, context, low))
    if end is None or end[0] is None:
        return None
    high = _in_order(first, second, low, end[0])
    return (low, high)


def _continued(first: Point, second: Point, context: Context, low: Moment) -> Context:
    """The context of the second end: the first end's date, and for a bare weekday its week."""
    weekday = second.day is not None and second.day.shape.name in ("weekday", "en-weekday", "en-weekend-day", "day-only", "day-number")
    now = context.now
    if weekday and now is not None:
        now = now.replace(year=low.date.year, month=low.date.month, day=low.date.day)
    return evolve(context, previous=low.date, now=now)


def _in_order(first: Point, second: Point, low: Moment, high: Moment) -> Moment:
    """The second end behind the first: 22点-2点 runs into the next day, 11月-2月 into the next year."""
    if high.date < low.date and second.day and second.day.shape.name in ("month-day", "short-date", "en-month-day", "month-day-bare"):
        following = low.date.year + (high.date.replace(year=low.date.year) < low.date)
        return evolve(high, date=high.date.replace(year=following))
    same_day = second.day is None and high.hour is not None and low.hour is not None and high.date == low.date
    if same_day and (high.hour, high.minute) < (low.hour, low.minute):
        loose = second.clock is not None and second.clock.shape.name in ("clock-hour", "clock-hour-bare")
        if loose and high.hour is not None and high.hour + 12 > (low.hour or 0) and high.hour < 12:
            return evolve(high, hour=high.hour + 12)
        return evolve(high, date=high.date + timedelta(days=1))
    return high
