"""What lengths denote: durations, limits and when they are due, moments that far away."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from commlint.calendar.arithmetic import assumed
from commlint.calendar.blocks import last_workday_before, next_workday
from commlint.entities.time import cues, lengths
from commlint.entities.time.context import Context, Length
from commlint.entities.time.phrases import Phrase
from commlint.entities.time.reading import Reading, value_of
from commlint.entities.time.shape import Atom, compiled
from commlint.entities.time.values import Moment, due_text, end_of_day, first_instant, last_instant
from commlint.model.values import TimeKind


def read_length(text: str, phrase: Phrase, head: Atom, context: Context) -> Reading | None:
    """What a length denotes by its form; None when only an event before it would make it one."""
    length = cast("Length | None", value_of(head, context))
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
    return _due(reading, length, context._replace(now=start)) if start else reading


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
        return reading._replace(due=end, last=end, clock=True)
    calendar = context.environment.calendar
    guessed = length.unit == "workdays" and assumed(calendar, context.now.date(), end)
    # Civil Code art. 203 moves a last day that is a day off to the next working day; both days are kept, the one that does not hold as the other reading.
    other: tuple[str, ...] = ()
    if length.unit != "workdays" and not calendar.is_workday(end):
        plain, rolled = end, next_workday(calendar, end)
        end, other = (rolled, (str(plain),)) if context.environment.roll else (plain, (str(rolled),))
    last = end_of_day(end, context)
    return reading._replace(due=last, last=last, assumed=guessed, alternatives=other)


def _distant(phrase: Phrase, head: Atom, length: Length, context: Context, anchor: str | None) -> Reading:
    """三天前, 两个月后: a moment that far from the reference."""
    reading = Reading(phrase.start, phrase.end, TimeKind.INSTANT, head.shape.name, anchor=anchor)
    end = lengths.ends(length._replace(most=None), context.now, context) if context.now and anchor is None else None
    if end is None:
        return reading
    if isinstance(end, datetime):
        moment = Moment(end.date(), end.hour, end.minute)
        return reading._replace(value=due_text(end), first=end, last=end, clock=True, precision="minute", day=moment.date)
    if length.unit == "workdays" and length.form == "ago" and context.now:
        end = _workdays_ago(context, int(length.amount))
    moment = Moment(end)
    return reading._replace(value=str(end), first=first_instant(moment, context), last=last_instant(moment, context), precision="day", day=end)


def _workdays_ago(context: Context, n: int) -> date:
    assert context.now is not None
    day = context.now.date()
    for _ in range(n):
        day = last_workday_before(context.environment.calendar, day)
    return day
