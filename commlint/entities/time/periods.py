"""Named stretches of the calendar: weeks, months, thirds of a month, quarters, halves, years, holidays."""

from __future__ import annotations

from datetime import date, timedelta

from commlint.calendar.arithmetic import add_months
from commlint.entities.time import days
from commlint.entities.time.context import Context, Stretch
from commlint.entities.time.days import STEPS, month_first, quarter_first, safe_date, year_of
from commlint.entities.time.numerals import whole
from commlint.entities.time.shape import Groups

_THIRDS = {"上": (1, 10), "初": (1, 10), "中": (11, 20), "下": (21, 31)}


def _until(first: date, months: int) -> Stretch:
    return Stretch(first, add_months(first, months) - timedelta(days=1), near="first")


def week(groups: Groups, context: Context) -> Stretch | None:
    """Monday to Sunday; Monday to Friday is the other reading."""
    if context.today is None:
        return None
    monday = context.today - timedelta(days=context.today.weekday()) + timedelta(weeks=STEPS[groups.get("rel") or "本"])
    return Stretch(monday, monday + timedelta(days=6), (f"{monday.isoformat()}/{(monday + timedelta(days=4)).isoformat()}",), near="week")


_TWO_DAYS = {"今": 0, "明": 1, "后": 2, "昨": -1}


def two_days(groups: Groups, context: Context) -> Stretch | None:
    """今明两天, 明后两天, 今明后三天."""
    if context.today is None:
        return None
    steps = [_TWO_DAYS[character] for character in groups["days"] or "" if character in _TWO_DAYS]
    return Stretch(context.today + timedelta(days=steps[0]), context.today + timedelta(days=steps[-1]))


def week_number(groups: Groups, context: Context) -> Stretch | None:
    """A week of the year by ISO 8601."""
    year = year_of(groups, context) or (context.today.year if context.today else None)
    number = whole(groups["n"] or "")
    if year is None or not 1 <= number <= 53:
        return None
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:
        return None
    return Stretch(monday, monday + timedelta(days=6))


def week_of_month(groups: Groups, context: Context) -> Stretch | None:
    """6月第一周: the week, Monday to Sunday, of the month's 1st, 8th, 15th, …; the last one that of its last day."""
    first = month_first(groups, context)
    if first is None:
        return None
    position = days.position_of(groups)
    day = first + timedelta(days=7 * position - 7) if position > 0 else add_months(first, 1) - timedelta(days=1)
    monday = day - timedelta(days=day.weekday())
    return Stretch(monday, monday + timedelta(days=6), near="week")


def month(groups: Groups, context: Context) -> Stretch | None:
    """A calendar month."""
    first = month_first(groups, context)
    return _until(first, 1) if first else None


def months(groups: Groups, context: Context) -> Stretch | None:
    """From one month to another of a year: 6-8月."""
    first = month_first(groups, context)
    last = month_first({**groups, "m": groups["m2"]}, context) if first else None
    if first and groups.get("y1"):
        first = first.replace(year=whole(groups["y1"] or ""))
    if first is None or last is None:
        return None
    last = last.replace(year=first.year if last.month >= first.month else first.year + 1)
    return Stretch(first, add_months(last, 1) - timedelta(days=1))


def third_of_month(groups: Groups, context: Context) -> Stretch | None:
    """上旬 1 to 10, 中旬 11 to 20, 下旬 from 21; 月初 and 月中 alike."""
    first = month_first(groups, context)
    if first is None:
        return None
    low, high = _THIRDS[groups["third"] or ""]
    end = add_months(first, 1) - timedelta(days=1)
    return Stretch(first.replace(day=low), first.replace(day=min(high, end.day)))


def quarter(groups: Groups, context: Context) -> Stretch | None:
    """Three months."""
    first = quarter_first(groups, context)
    return _until(first, 3) if first else None


def quarter_of_year(groups: Groups, context: Context) -> Stretch | None:
    """A quarter; of the last or the next year when it says 下年度."""
    if (step := groups.get("rel0")) and context.today:
        return quarter({**groups, "y": str(context.today.year + STEPS[step])}, context)
    return quarter(groups, context)


def half(groups: Groups, context: Context) -> Stretch | None:
    """上半年 or 下半年."""
    year = year_of(groups, context) or (context.today.year if context.today else None)
    return _until(date(year, 1 if groups["h"] in ("上", "1") else 7, 1), 6) if year else None


def year(groups: Groups, context: Context) -> Stretch | None:
    """A calendar year."""
    found = year_of(groups, context)
    if found is None and context.today and groups.get("rel"):
        found = context.today.year + STEPS[groups["rel"] or ""]
    return _until(date(found, 1, 1), 12) if found else None


def start_of_year(groups: Groups, context: Context) -> Stretch | None:
    """年初: its first month."""
    found = year_of(groups, context) or (context.today.year if context.today else None)
    return Stretch(date(found, 1, 1), date(found, 1, 31)) if found else None


def weekend(groups: Groups, context: Context) -> Stretch | None:
    """Saturday and Sunday."""
    found = days.end_of_week(groups, context)
    return Stretch(found.date - timedelta(days=1), found.date, (str(found.alternatives[0]),), near="weekend") if found else None


def day_range(groups: Groups, context: Context) -> Stretch | None:
    """Two days of one month: 5月27-29日, 27-29日."""
    read = days.full if groups.get("y") or groups.get("ry") else days.month_day if groups.get("m") else days.day_only
    first = read(groups, context)
    if first is None:
        return None
    start = first.date
    last = safe_date(start.year, start.month, whole(groups["d2"] or ""))
    if read is days.day_only and context.previous is None and context.today and context.today.day <= whole(groups["d2"] or "") and start > context.today:
        # It has begun but is not over: of this month.
        start = safe_date(context.today.year, context.today.month, start.day) or start
        last = safe_date(start.year, start.month, whole(groups["d2"] or ""))
    return Stretch(start, last) if last and last > start else None


def holiday(groups: Groups, context: Context) -> Stretch | None:
    """The days off around a public holiday."""
    block = days.holiday_stretch(groups, context)
    return Stretch(block.first, block.last, assumed=block.assumed) if block else None


def after_holiday(groups: Groups, context: Context) -> Stretch | None:
    """From the first day after the days off, open."""
    block = days.holiday_stretch(groups, context)
    return Stretch(block.last + timedelta(days=1), None, assumed=block.assumed) if block else None


def current(groups: Groups, context: Context) -> Stretch | None:
    """年内, 月内, 周内: the year, month or week of the reference."""
    read = {"年": year, "年度": year, "月": month, "周": week, "季度": quarter}[groups["u"] or ""]
    return read({"rel": "本"}, context)


_NAMED = {"week": week, "month": month, "quarter": quarter}
_ENGLISH_THIRDS = {"early": "上", "mid": "中", "late": "下"}
_ENGLISH_HALVES = {"1": "1", "2": "2", "first": "1", "second": "2"}


def english_third(groups: Groups, context: Context) -> Stretch | None:
    """early June, mid-June, late next month: its thirds."""
    return third_of_month({**groups, "third": _ENGLISH_THIRDS[groups["third"] or ""]}, context)


def english_half(groups: Groups, context: Context) -> Stretch | None:
    """H1 2025, 1H25, the second half of the year."""
    year = groups.get("y") or groups.get("y2") or groups.get("y3")
    if year is None and context.today:
        year = str(context.today.year + STEPS.get(groups.get("rel") or "the", 0))
    written = groups.get("h") or groups.get("h2") or groups.get("h3") or ""
    return half({"y": year, "h": _ENGLISH_HALVES[written]}, context)


def english_quarter(groups: Groups, context: Context) -> Stretch | None:
    """the second quarter (of 2024)."""
    return quarter({**groups, "q": str(("first", "second", "third", "fourth").index(groups["q"] or "") + 1)}, context)


def week_of(groups: Groups, context: Context) -> Stretch | None:
    """The week around a date: week of June 3."""
    found = days.month_day({"m": groups.get("m") or groups.get("m2"), "d": groups.get("d") or groups.get("d2")}, context)
    monday = found.date - timedelta(days=found.date.weekday()) if found else None
    return Stretch(monday, monday + timedelta(days=6)) if monday else None


def fiscal_year(groups: Groups, context: Context) -> Stretch | None:
    """FY2024, taken for the calendar year, which it is in China."""
    return year(groups, context)


def named(groups: Groups, context: Context) -> Stretch | None:
    """within this week: the week, month, quarter or year itself."""
    step = {"the": "this", "the current": "this"}.get(groups["rel"] or "", groups["rel"])
    return year({"rel": step}, context) if groups["u"] == "year" else _NAMED[groups["u"] or ""]({"rel": step}, context)
