"""Holidays as blocks of days off, and the working days around them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from commlint.model.protocols import Calendar

_DAY = timedelta(days=1)

# Names people use for the public holidays, and the name calendars give them.
HOLIDAY_NAMES = {
    "元旦": "元旦", "新年": "元旦", "春节": "春节", "过年": "春节", "新春": "春节", "清明": "清明节", "清明节": "清明节", "五一": "劳动节", "五一节": "劳动节", "劳动节": "劳动节", "五一劳动节": "劳动节",
    "端午": "端午节", "端午节": "端午节", "中秋": "中秋节", "中秋节": "中秋节", "国庆": "国庆节", "国庆节": "国庆节", "十一": "国庆节", "元旦节": "元旦",
}
# First days for years that are not announced: fixed ones as (month, day), lunar ones by year (eve of the Spring Festival,
# a holiday since 2025). Dates of the lunar calendar are astronomy, not announcements.
_FIXED = {"元旦": (1, 1), "劳动节": (5, 1), "国庆节": (10, 1)}
_LUNAR = {
    "春节": {2027: (2, 5), 2028: (1, 25), 2029: (2, 12), 2030: (2, 2)},
    "清明节": {2027: (4, 5), 2028: (4, 4), 2029: (4, 4), 2030: (4, 5)},
    "端午节": {2027: (6, 9), 2028: (5, 28), 2029: (6, 16), 2030: (6, 5)},
    "中秋节": {2027: (9, 15), 2028: (10, 3), 2029: (9, 22), 2030: (9, 12)},
}


@frozen
class Block:
    """Days off in a row, ends included; `assumed` when the year is not announced (then only the first day is sure)."""

    first: date
    last: date
    assumed: bool = False


def holiday_block(calendar: Calendar, name: str, year: int) -> Block | None:
    """The days off around holiday `name` (any usual name) in `year`, or None when nobody can say."""
    wanted = HOLIDAY_NAMES.get(name, name)
    if not calendar.announced(year):
        return _guess(wanted, year)
    day = date(year, 1, 1)
    while day.year == year and calendar.holiday(day) != wanted:
        day += _DAY
    return _around(calendar, day) if day.year == year else None


def _guess(name: str, year: int) -> Block | None:
    first = _FIXED.get(name) or _LUNAR.get(name, {}).get(year)
    return Block(date(year, *first), date(year, *first), assumed=True) if first else None


def _around(calendar: Calendar, day: date) -> Block:
    first = last = day
    while not calendar.is_workday(first - _DAY):
        first -= _DAY
    while not calendar.is_workday(last + _DAY):
        last += _DAY
    return Block(first, last)


def last_workday_before(calendar: Calendar, day: date) -> date:
    """The last working day before `day`."""
    day -= _DAY
    while not calendar.is_workday(day):
        day -= _DAY
    return day


def next_workday(calendar: Calendar, day: date) -> date:
    """The first working day after `day`."""
    day += _DAY
    while not calendar.is_workday(day):
        day += _DAY
    return day


def workday_after_block(calendar: Calendar, block: Block, n: int) -> date:
    """The n-th working day after the days off."""
    day = block.last
    for _ in range(n):
        day = next_workday(calendar, day)
    return day
