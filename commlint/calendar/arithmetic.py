"""Counting days: working days between dates, and dates so many working days or months away."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commlint.model.protocols import Calendar

_DAY = timedelta(days=1)


def workdays_between(calendar: Calendar, a: date, b: date) -> int:
    """wd(a, b): the working days d with a < d <= b (norms, meta.wd); negative when b is before a."""
    if b < a:
        return -workdays_between(calendar, b, a)
    return sum(calendar.is_workday(a + timedelta(days=n)) for n in range(1, (b - a).days + 1))


def add_workdays(calendar: Calendar, day: date, n: int) -> date:
    """The n-th working day after `day`; for n < 0 the last day that is |n| working days ahead of `day`; `day` for 0.

    Raises OverflowError outside the years 1 to 9999.
    """
    for _ in range(n):
        day += _DAY
        while not calendar.is_workday(day):
            day += _DAY
    for _ in range(-n):
        while not calendar.is_workday(day):
            day -= _DAY
        day -= _DAY
    return day


def add_months(day: date, n: int) -> date:
    """The same day n months on, or the last of that month when it is shorter (Civil Code art. 202)."""
    index = day.year * 12 + day.month - 1 + n
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def months_between(a: date, b: date) -> float:
    """Whole months from a to b and the fraction of the month begun; negative when b is before a."""
    if b < a:
        return -months_between(b, a)
    whole = (b.year - a.year) * 12 + b.month - a.month
    if add_months(a, whole) > b:
        whole -= 1
    start, following = add_months(a, whole), add_months(a, whole + 1)
    return whole + (b - start).days / (following - start).days


def assumed(calendar: Calendar, a: date, b: date) -> bool:
    """Whether counting from a to b touches a year whose holidays are not announced."""
    low, high = sorted((a.year, b.year))
    return any(not calendar.announced(year) for year in range(low, high + 1))
