"""Canonical values of what expressions denote, and the moments that bound them."""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo
from typing import NamedTuple

from commlint.entities.time.context import Context

_MIDNIGHT, _LAST = time.min, time.max
# First and last hour of the parts of a day, and the hour a deadline before them means.
_PARTS = {"MO": (6, 12, 12), "MI": (11, 13, 12), "AF": (12, 18, 18), "EV": (18, 24, 18), "NI": (0, 6, 24)}
_DUE_HOUR = {code: due for code, (_, _, due) in _PARTS.items()}


class Moment(NamedTuple):
    """A date with a clock time (`hour` 24 for midnight at its end), a part of the day, or close of business."""

    date: date
    hour: int | None = None
    minute: int = 0
    part: str = ""
    close: bool = False

    def __str__(self) -> str:
        day = self.date.isoformat()
        if self.close:
            return day + "TEOB"
        if self.hour is not None:
            return "%sT%02d:%02d" % (day, self.hour, self.minute)  # noqa: UP031  # three times as fast, and asked for every time
        return f"{day}T{self.part}" if self.part else day

    @property
    def clock(self) -> bool:
        """Whether it says an hour."""
        return self.hour is not None

    def as_limit(self) -> Moment:
        """The same as a limit: 中午前 is 12:00."""
        return Moment(self.date, _DUE_HOUR[self.part]) if self.part and self.hour is None and not self.close else self


def bounds(moment: Moment, context: Context) -> tuple[datetime, datetime]:
    """When it begins and when it is over; the end of a day is its last microsecond, so that due times compare by `<=`."""
    zone = context.now.tzinfo if context.now else context.environment.tz
    day, hour, minute, part, close = moment
    if close:
        at = datetime.combine(day, context.environment.hours.end, zone)
        return at, at
    if hour is not None:
        at = _at(day, hour, minute, zone)
        return at, at
    if part:
        begins, ends, _ = _PARTS[part]
        return _at(day, begins, 0, zone), _at(day, ends, 0, zone)
    return datetime.combine(day, _MIDNIGHT, zone), datetime.combine(day, _LAST, zone)


def _at(day: date, hour: int, minute: int, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, _LAST if hour == 24 else time(hour, minute), zone)


def due_text(due: datetime | date) -> str:
    """A due time as text: to the minute, or the day when it runs to the day's end."""
    return due.strftime("%Y-%m-%dT%H:%M") if isinstance(due, datetime) else str(due)


def start_of_day(day: date, context: Context) -> datetime:
    """The first instant of `day` in the configured zone."""
    return datetime.combine(day, _MIDNIGHT, context.now.tzinfo if context.now else context.environment.tz)


def end_of_day(day: date, context: Context) -> datetime:
    """The last instant of `day` in the configured zone."""
    return datetime.combine(day, _LAST, context.now.tzinfo if context.now else context.environment.tz)
