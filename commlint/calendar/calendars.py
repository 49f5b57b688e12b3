"""Which days are worked: the Chinese public calendar, Monday to Friday, and a project's own days over either."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from commlint.model.protocols import Calendar

_SATURDAY = 5
_NAMES = {
    "New Year's Day": "元旦", "Spring Festival": "春节", "Tomb-sweeping Day": "清明节", "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节", "National Day": "国庆节", "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}


@lru_cache(maxsize=1)
def _announcements() -> tuple[Mapping[date, str], Mapping[date, str], int, int]:
    """Holidays, make-up days, first and last announced year; imported late because it takes 8 ms."""
    from chinese_calendar import constants

    years = [day.year for day in constants.holidays]
    return constants.holidays, constants.workdays, min(years), max(years)


@frozen
class ChinaCalendar:
    """Public holidays and make-up working days of mainland China, as the State Council announced them.

    Years that are not announced count Monday to Friday; ask `announced` before relying on them.
    """

    name: str = "china"

    @property
    def fingerprint(self) -> str:
        """Changes when another release of the announcements is installed; told from its file, without importing it."""
        from importlib.machinery import PathFinder

        spec = PathFinder.find_spec("chinese_calendar")
        folder = Path(spec.origin).parent if spec and spec.origin else None
        file = folder / "constants.py" if folder else None
        return f"china:{file.stat().st_size}:{file.stat().st_mtime_ns}" if file and file.exists() else "china"

    def is_workday(self, day: date) -> bool:
        """Whether `day` is worked, make-up days included."""
        holidays, workdays, _, _ = _announcements()
        return day in workdays or (day.weekday() < _SATURDAY and day not in holidays)

    def announced(self, year: int) -> bool:
        """Whether the holidays of `year` are known."""
        _, _, first, last = _announcements()
        return first <= year <= last

    def holiday(self, day: date) -> str | None:
        """The Chinese name of the public holiday that `day` belongs to."""
        name = _announcements()[0].get(day)
        return _NAMES.get(name, name) if name is not None else None


@frozen
class WeekdayCalendar:
    """Monday to Friday, always: for places whose holidays nobody configured."""

    name: str = "weekdays"

    @property
    def fingerprint(self) -> str:
        """Never changes."""
        return "weekdays"

    def is_workday(self, day: date) -> bool:
        """Monday to Friday."""
        return day.weekday() < _SATURDAY

    def announced(self, year: int) -> bool:
        """Always: there is nothing to announce."""
        return True

    def holiday(self, day: date) -> str | None:
        """There are none."""
        return None


@frozen
class OverlaidCalendar:
    """A calendar with days of one's own over it: extra holidays and extra working days, which win over `base`."""

    base: Calendar
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()

    @property
    def name(self) -> str:
        """The name of what lies under it, marked."""
        return f"{self.base.name}+own"

    @property
    def fingerprint(self) -> str:
        """Changes with the days laid over."""
        days = [*(f"-{day}" for day in sorted(self.holidays)), *(f"+{day}" for day in sorted(self.workdays))]
        return f"{getattr(self.base, 'fingerprint', self.base.name)}:{','.join(days)}"

    def is_workday(self, day: date) -> bool:
        """Own working days, then own holidays, then what lies under."""
        return day in self.workdays or (day not in self.holidays and self.base.is_workday(day))

    def announced(self, year: int) -> bool:
        """As the calendar under it: a few days of one's own do not make a year known."""
        return self.base.announced(year)

    def holiday(self, day: date) -> str | None:
        """The public holiday's name; for an own holiday that is none, the word 假日."""
        if day in self.workdays:
            return None
        return self.base.holiday(day) or ("假日" if day in self.holidays else None)


def china() -> ChinaCalendar:
    """Mainland China, from 2004 to the last announced year."""
    return ChinaCalendar()


def weekdays() -> WeekdayCalendar:
    """Monday to Friday without holidays."""
    return WeekdayCalendar()


def overlaid(calendar: Calendar, *, holidays: Iterable[date] = (), workdays: Iterable[date] = ()) -> OverlaidCalendar:
    """`calendar` with extra holidays and extra working days. Raises ValueError for a day that is both."""
    result = OverlaidCalendar(calendar, frozenset(holidays), frozenset(workdays))
    both = result.holidays & result.workdays
    if both:
        raise ValueError(f"both a holiday and a working day: {', '.join(map(str, sorted(both)))}")
    return result
