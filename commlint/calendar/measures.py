"""Lengths on the clock and the calendar: add a duration to a moment, measure an interval in a unit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from commlint.calendar.arithmetic import add_months, add_workdays, months_between, workdays_between
from commlint.model.environment import Environment, WorkingHours
from commlint.model.values import Duration, Interval

_DAY = timedelta(days=1)
_EXACT = {"minutes": timedelta(minutes=1), "hours": timedelta(hours=1)}
_NEVER = timedelta(days=400)  # no working day in so long: the calendar has none


def _local(environment: Environment, moment: datetime) -> datetime:
    return moment.replace(tzinfo=environment.tz) if moment.tzinfo is None else moment.astimezone(environment.tz)


def _end_of(environment: Environment, day: date) -> datetime:
    return datetime.combine(day, time.max, environment.tz)


def add(environment: Environment, moment: datetime, duration: Duration) -> datetime:
    """The last moment that is within `duration` of `moment`, in the configured zone.

    Hours and minutes are elapsed time. Days, weeks, months, years and working days run to the end of their last
    day; the day of `moment` does not count (norms meta.within; Civil Code art. 201, 202). Working hours run inside
    working time. A negative amount goes back: the last moment that is that far ahead. Raises OverflowError or
    ValueError outside the years 1 to 9999, ValueError for an unknown unit.
    """
    start = _local(environment, moment)
    if duration.unit in _EXACT:
        # Elapsed time: added in UTC, so that a change of the clocks does not shift it.
        return (start.astimezone(UTC) + duration.amount * _EXACT[duration.unit]).astimezone(environment.tz)
    if duration.unit == "workhours":
        return _add_work_time(environment, start, timedelta(hours=duration.amount))
    return _end_of(environment, add_days(environment, start.date(), duration))


def add_days(environment: Environment, day: date, duration: Duration) -> date:
    """The last day of a length counted in days or longer that begins after `day`. Raises ValueError for other units."""
    n = duration.amount
    if duration.unit == "workdays":
        return add_workdays(environment.calendar, day, n)
    if duration.unit in ("days", "weeks"):
        return day + timedelta(days=n * (7 if duration.unit == "weeks" else 1))
    if duration.unit in ("months", "years"):
        return add_months(day, n * (12 if duration.unit == "years" else 1))
    raise ValueError(f"not a unit counted in days: {duration.unit}")


def measure(environment: Environment, interval: Interval, unit: str) -> float:
    """How long `interval` is in `unit`; negative when it runs backwards. Raises ValueError for an unknown unit.

    minutes, hours: elapsed time. days, weeks, months, years: difference of calendar dates (norms meta.ahead).
    workdays: wd (meta.wd). workhours: time inside working hours.
    """
    start, end = _local(environment, interval.start), _local(environment, interval.end)
    if unit in _EXACT:
        return (end.astimezone(UTC) - start.astimezone(UTC)) / _EXACT[unit]
    if unit == "workdays":
        return workdays_between(environment.calendar, start.date(), end.date())
    if unit == "workhours":
        return work_time(environment, start, end) / timedelta(hours=1)
    return _dates_apart(start.date(), end.date(), unit)


def _dates_apart(start: date, end: date, unit: str) -> float:
    days = (end - start).days
    if unit in ("days", "weeks"):
        return days / (7 if unit == "weeks" else 1)
    if unit in ("months", "years"):
        return months_between(start, end) / (12 if unit == "years" else 1)
    raise ValueError(f"not a unit of time: {unit}")


def work_time(environment: Environment, start: datetime, end: datetime) -> timedelta:
    """Time between two moments that lies inside working hours of working days; negative backwards."""
    start, end = _local(environment, start), _local(environment, end)
    if end < start:
        return -work_time(environment, end, start)
    total = timedelta()
    day = start.date()
    while day <= end.date():
        for opens, closes in _shifts(environment, day):
            total += max(timedelta(), min(end, closes) - max(start, opens))
        day += _DAY
    return total


def _shifts(environment: Environment, day: date) -> Iterator[tuple[datetime, datetime]]:
    """The stretches of `day` that are worked."""
    if not environment.calendar.is_workday(day):
        return
    for opens, closes in _daily(environment.hours):
        yield datetime.combine(day, opens, environment.tz), datetime.combine(day, closes, environment.tz)


def _daily(hours: WorkingHours) -> tuple[tuple[time, time], ...]:
    if hours.start < hours.lunch_start <= hours.lunch_end < hours.end:
        return (hours.start, hours.lunch_start), (hours.lunch_end, hours.end)
    return ((hours.start, hours.end),)


def _add_work_time(environment: Environment, start: datetime, length: timedelta) -> datetime:
    if length < timedelta():
        return _subtract_work_time(environment, start, -length)
    left, day, found = length, start.date(), start.date()
    while day - found <= _NEVER:
        for opens, closes in _shifts(environment, day):
            found = day if opens < closes else found
            begin = max(start, opens)
            if begin + left <= closes:
                return begin + left
            left -= max(timedelta(), closes - begin)
        day += _DAY
    raise OverflowError("the calendar has no working time")


def _subtract_work_time(environment: Environment, end: datetime, length: timedelta) -> datetime:
    left, day, found = length, end.date(), end.date()
    while found - day <= _NEVER:
        for opens, closes in reversed(tuple(_shifts(environment, day))):
            found = day if opens < closes else found
            finish = min(end, closes)
            if finish - left >= opens:
                return finish - left
            left -= max(timedelta(), finish - opens)
        day -= _DAY
    raise OverflowError("the calendar has no working time")


def inside_work_time(environment: Environment, moment: datetime) -> bool:
    """Whether `moment` lies inside working hours of a working day; the end of a shift counts, its beginning too."""
    local = _local(environment, moment)
    return any(opens <= local <= closes for opens, closes in _shifts(environment, local.date()))


def off_hours(environment: Environment, moment: datetime) -> bool:
    """Whether `moment` is off-hours: a day off, from the late hour on, or before work starts (norms meta.off_hours)."""
    local = _local(environment, moment)
    if not environment.calendar.is_workday(local.date()):
        return True
    return not environment.hours.start <= local.time() < environment.hours.late
