"""What the norm language asks of records and time expressions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING

from attrs import evolve

from commlint.calendar.arithmetic import assumed
from commlint.calendar.blocks import next_workday
from commlint.entities.time.recognise import Label, expressions, recognise
from commlint.entities.time.scan import atoms
from commlint.model.record import Record
from commlint.model.values import LabelledField, Meeting, TimeExpression, TimeKind, Unknown

if TYPE_CHECKING:
    from commlint.entities.time.shape import Atom
    from commlint.model.protocols import Analysis

_LIMITS = (TimeKind.DEADLINE, TimeKind.LIMIT)
_TABLES = ("column", "row")
_LEADS = ("lead", "en-lead")
_NO_TIME = (TimeKind.VAGUE, TimeKind.PLACEHOLDER)


def times(analysis: Analysis, record: Record) -> tuple[TimeExpression, ...]:
    """Every time expression of every part, in order."""
    found: list[TimeExpression] = []
    for part in range(len(record.parts)):
        found += _in_part(analysis, record, part)
    return tuple(found)


def _in_part(analysis: Analysis, record: Record, part: int) -> tuple[TimeExpression, ...]:
    folded = analysis.folded(part)
    shapes = atoms(folded)
    if not shapes:
        return ()
    written = record.parts[part].text
    same = len(written) == len(folded)
    labels = _labels(analysis, part, shapes)
    found = expressions(folded, shapes, analysis.reference(part), analysis.environment, part, labels, written if same else None)
    return found if same else tuple(_as_written(analysis, time) for time in found)


def _as_written(analysis: Analysis, time: TimeExpression) -> TimeExpression:
    written = analysis.passage(time.part, time.span.start, time.span.end).text
    return time if written == time.text else evolve(time, text=written)


def _labels(analysis: Analysis, part: int, shapes: Sequence[Atom]) -> list[Label]:
    """What the tables of a part say about those of their cells that hold a time: the header above or beside each."""
    if not analysis.grids(part):
        return []
    from commlint.entities.fields import fields  # late: only tables need it

    starts = [atom.start for atom in shapes]
    found: list[Label] = []
    for field in fields(analysis, analysis.record):
        if field.part == part and field.layout in _TABLES:
            span = field.value.span
            if bisect_left(starts, span.start) < bisect_left(starts, span.end):
                found.append(Label(span, _said(field)))
    found.sort(key=attrgetter("span"))
    return found


def _said(field: LabelledField) -> str:
    """The label as the time words know it: what its column means, where that is a due time."""
    return "截止时间" if field.key == "due" else field.label.folded.strip()


def deadlines(analysis: Analysis, record: Record) -> tuple[TimeExpression, ...]:
    """Concrete deadlines and limits; vague words, placeholders, plain instants and leads before nothing (比计划提前1天) are none."""
    found = analysis.collection("record.times")
    return tuple([time for time in found if isinstance(time, TimeExpression) and time.kind in _LIMITS and (time.why not in _LEADS or time.anchor)])


def kind_of(analysis: Analysis, value: TimeExpression) -> str:
    """The kind by its surface."""
    return value.kind.value


def value_of(analysis: Analysis, value: TimeExpression) -> str | None:
    """The canonical value."""
    return value.value


def due_of(analysis: Analysis, value: TimeExpression) -> datetime | Unknown | None:
    """The last acceptable moment; of 会后24小时内 from the end of the meeting the record tells of; unknown where holidays had to be guessed."""
    if value.assumed and value.due is not None:
        return Unknown("unannounced-year", str(value.due.year))
    if value.due is not None or value.kind not in _LIMITS:
        return value.due
    if value.anchor is not None:
        return _after_meeting(analysis, value)
    return Unknown("no-sent-time", value.text) if analysis.reference(value.part) is None else None


def _after_meeting(analysis: Analysis, value: TimeExpression) -> datetime | Unknown | None:
    """The due time of a limit that counts from an event; only the end of the meeting can be known."""
    meeting = analysis.value("record.meeting") if value.anchor and value.anchor.startswith("会") else None
    if not isinstance(meeting, Meeting) or meeting.end is None:
        return Unknown("no-anchor-time", value.anchor or "")
    plain = value.folded.removeprefix("会后").removeprefix("会议后")
    found = recognise(plain, reference=meeting.end, environment=analysis.environment)
    return found[0].due if found and found[0].due else Unknown("no-anchor-time", value.anchor or "")


def rolled_of(analysis: Analysis, value: TimeExpression) -> datetime | Unknown | None:
    """When a deadline or limit is due if a last day that is a day off moves to the next working day (Civil Code art. 203).

    Limits counted in hours or working days, and deadlines that say an hour, stay as they are.
    """
    due = due_of(analysis, value)
    if not isinstance(due, datetime) or value.clock or value.precision in ("workdays", "hours", "minutes", "seconds"):
        return due
    calendar = analysis.environment.calendar
    if assumed(calendar, due.date(), due.date()):
        return Unknown("unannounced-year", str(due.year))
    if calendar.is_workday(due.date()):
        return due
    return datetime.combine(next_workday(calendar, due.date()), due.timetz())


def anchor_of(analysis: Analysis, value: TimeExpression) -> str | None:
    """The clause a limit counts from, as written but folded: 收到邮件后."""
    return value.anchor


def alternatives_of(analysis: Analysis, value: TimeExpression) -> tuple[str, ...]:
    """Other readings, as canonical values."""
    return value.alternatives


def precision_of(analysis: Analysis, value: TimeExpression) -> str | None:
    """How exact it is: minute, part, close, day, period, recurrence, or the unit of a length."""
    return value.precision or None


def why_of(analysis: Analysis, value: TimeExpression) -> str:
    """The shape it was recognised by."""
    return value.why


def assumed_of(analysis: Analysis, value: TimeExpression) -> bool:
    """Whether holidays of a year that is not announced were guessed."""
    return value.assumed


def start_of(analysis: Analysis, value: TimeExpression) -> datetime | None:
    """When what it denotes begins."""
    return value.start


def end_of(analysis: Analysis, value: TimeExpression) -> datetime | None:
    """When what it denotes ends."""
    return value.end


def resolved(analysis: Analysis, value: TimeExpression) -> bool | Unknown:
    """Whether it denotes one date or instant, given when the record was sent (norms meta.resolvable).

    A limit that counts from an event denotes one only when the event's time is known, so that is unknown, not false.
    A whole period, a duration, a recurrence, a vague word and an incomplete clock time (17:前) denote none.
    """
    if value.kind in _NO_TIME or value.kind in (TimeKind.DURATION, TimeKind.RECURRENCE):
        return False
    if value.kind is TimeKind.PERIOD:
        return value.value is not None and value.clock
    if value.kind is TimeKind.LIMIT:
        due = value.due or due_of(analysis, value)
        return due if isinstance(due, Unknown) else due is not None
    if value.value is not None:
        return True
    return _open(analysis, value)


def _open(analysis: Analysis, value: TimeExpression) -> bool | Unknown:
    """Of a day without a value: it needs a reference, or it can never have one."""
    if value.anchor is not None:
        return Unknown("no-anchor-time", value.anchor)
    if analysis.reference(value.part) is None and value.why != "clock-incomplete" and ":前" not in value.folded:
        return Unknown("no-sent-time", value.text)
    return False


def vague(analysis: Analysis, value: TimeExpression) -> bool:
    """Whether it is a vague word or a placeholder."""
    return value.kind in _NO_TIME


def has_clock(analysis: Analysis, value: TimeExpression) -> bool:
    """Whether it says an hour."""
    return value.clock


def on_workday(analysis: Analysis, value: TimeExpression) -> bool | Unknown:
    """Whether the day it falls on is worked; unknown without a reference or for a year not announced."""
    moment = value.due or value.start
    if moment is None:
        return Unknown("no-sent-time", value.text)
    day, calendar = moment.date(), analysis.environment.calendar
    return Unknown("unannounced-year", str(day.year)) if assumed(calendar, day, day) else calendar.is_workday(day)
