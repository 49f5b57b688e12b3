"""What comes again and again, as the parts of an iCalendar recurrence rule (RFC 5545), plus BYWORKDAY for working days."""

from __future__ import annotations

import re

from commlint.entities.time.context import Context
from commlint.entities.time.days import month_of, position_of, weekday_index
from commlint.entities.time.numerals import number, whole
from commlint.entities.time.shape import Groups

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_EVERY = {
    "工作日": "FREQ=DAILY;BYWORKDAY=ALL", "交易日": "FREQ=DAILY;BYWORKDAY=ALL", "天": "FREQ=DAILY", "日": "FREQ=DAILY", "晚": "FREQ=DAILY", "早": "FREQ=DAILY", "晚上": "FREQ=DAILY", "周": "FREQ=WEEKLY", "星期": "FREQ=WEEKLY", "礼拜": "FREQ=WEEKLY",
    "月": "FREQ=MONTHLY", "季度": "FREQ=MONTHLY;INTERVAL=3", "季": "FREQ=MONTHLY;INTERVAL=3", "年": "FREQ=YEARLY", "年度": "FREQ=YEARLY", "半年": "FREQ=MONTHLY;INTERVAL=6", "半月": "FREQ=DAILY;INTERVAL=15", "小时": "FREQ=HOURLY",
    "分钟": "FREQ=MINUTELY", "周末": "FREQ=WEEKLY;BYDAY=SA,SU", "day": "FREQ=DAILY", "daily": "FREQ=DAILY", "week": "FREQ=WEEKLY", "weekly": "FREQ=WEEKLY", "month": "FREQ=MONTHLY", "monthly": "FREQ=MONTHLY",
    "quarter": "FREQ=MONTHLY;INTERVAL=3", "quarterly": "FREQ=MONTHLY;INTERVAL=3", "year": "FREQ=YEARLY", "yearly": "FREQ=YEARLY", "annually": "FREQ=YEARLY", "hour": "FREQ=HOURLY", "hourly": "FREQ=HOURLY",
    "biweekly": "FREQ=WEEKLY;INTERVAL=2", "bi-weekly": "FREQ=WEEKLY;INTERVAL=2", "fortnightly": "FREQ=WEEKLY;INTERVAL=2", "fortnight": "FREQ=WEEKLY;INTERVAL=2", "night": "FREQ=DAILY",
    "morning": "FREQ=DAILY", "evening": "FREQ=DAILY", "weekday": "FREQ=DAILY;BYWORKDAY=ALL", "business day": "FREQ=DAILY;BYWORKDAY=ALL", "working day": "FREQ=DAILY;BYWORKDAY=ALL", "workday": "FREQ=DAILY;BYWORKDAY=ALL",
}
_UNITS = {"天": "DAILY", "日": "DAILY", "周": "WEEKLY", "星期": "WEEKLY", "礼拜": "WEEKLY", "月": "MONTHLY", "年": "YEARLY", "小时": "HOURLY", "分钟": "MINUTELY"}
_ENGLISH = {"minute": "MINUTELY", "hour": "HOURLY", "day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
_WEEKDAY = re.compile(r"[一二三四五六日天]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|[至到~\u2013\u2014-]|to|through")


_THROUGH = ("至", "到", "~", "-", "\u2013", "\u2014", "to", "through")


def every(groups: Groups, context: Context) -> str:
    """每天, 每周, weekly."""
    return _EVERY[groups["u"] or ""]


def workdays(groups: Groups, context: Context) -> str:
    """工作日 before a clock time."""
    return _EVERY["工作日"]


def on_weekdays(groups: Groups, context: Context) -> str:
    """每周一、三、五, 隔周周四, every Monday."""
    interval = ";INTERVAL=2" if groups.get("other") else ""
    return f"FREQ=WEEKLY{interval};BYDAY={','.join(_weekdays(groups['days'] or ''))}"


def _weekdays(written: str) -> list[str]:
    found: list[int] = []
    through = False
    for token in _WEEKDAY.findall(written):
        if token in _THROUGH:
            through = bool(found)
            continue
        index = weekday_index(token)
        found += range(found[-1] + 1, index + 1) if through else [index]
        through = False
    return [_DAYS[index] for index in dict.fromkeys(found)]


def month_day(groups: Groups, context: Context) -> str:
    """每月5日, 每月1日至5日, 每月10、20日."""
    first, last = whole(groups["d"] or ""), whole(groups.get("d2") or groups["d"] or "")
    more = [int(day) for day in re.findall(r"\d+", groups.get("more") or "")]
    days = [first, last, *more] if groups.get("list") else [*range(first, last + 1), *more]
    return f"FREQ=MONTHLY;BYMONTHDAY={','.join(str(day) for day in dict.fromkeys(days))}"


def year_day(groups: Groups, context: Context) -> str:
    """每年1月15日."""
    return f"FREQ=YEARLY;BYMONTH={month_of(groups)};BYMONTHDAY={whole(groups['d'] or '')}"


def year_month(groups: Groups, context: Context) -> str:
    """每年3月, 每年6月底."""
    last = ";BYMONTHDAY=-1" if groups.get("edge") in ("底", "末") else ""
    months = [month_of(groups), *(int(month) for month in re.findall(r"\d+", groups.get("more") or ""))]
    return f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))}{last}"


def quarter_month(groups: Groups, context: Context) -> str:
    """每季度第一个月10日, 每季度末月25日."""
    which = groups.get("n") or ("一" if (groups.get("n3") or "").startswith("首") else "三")
    months = ",".join(str(whole(which) + 3 * n) for n in range(4))
    day = groups.get("d")
    return f"FREQ=MONTHLY;BYMONTH={months}" + (f";BYMONTHDAY={whole(day)}" if day else ";BYMONTHDAY=-1" if groups.get("edge") else "")


_THIRDS = {"上": range(1, 11), "中": range(11, 21), "下": range(21, 32)}


def third_of_month(groups: Groups, context: Context) -> str:
    """每月上旬."""
    return f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, _THIRDS[groups['third'] or '']))}"


def period_end(groups: Groups, context: Context) -> str:
    """每月底, 每季度末, 每年底."""
    unit = (groups["u"] or "")[0]
    months = {"季": ";BYMONTH=3,6,9,12", "q": ";BYMONTH=3,6,9,12"}.get(unit, "")
    if unit in ("年", "y"):
        return "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"
    return f"FREQ=MONTHLY{months};BYMONTHDAY=-1"


def workday_of_month(groups: Groups, context: Context) -> str:
    """每月最后一个工作日."""
    period, position = groups.get("p") or "", position_of(groups)
    if period == "季度":
        return f"FREQ=MONTHLY;BYMONTH={'1,4,7,10' if position > 0 else '3,6,9,12'};BYWORKDAY={position}"
    frequency = "WEEKLY" if period in ("周", "星期", "week") else "MONTHLY"
    return f"FREQ={frequency};BYWORKDAY={position}"


def weekday_of_month(groups: Groups, context: Context) -> str:
    """每月第一个周一."""
    return f"FREQ=MONTHLY;BYDAY={position_of(groups)}{_DAYS[weekday_index(groups['w'] or '')]}"


def every_n(groups: Groups, context: Context) -> str:
    """每两周, 每3个工作日, every two weeks."""
    amount, unit = number(groups["a"] or ""), groups["u"] or ""
    if amount == 0.5:  # 半年一次
        return _EVERY["半" + unit]
    amount = int(amount) + (groups.get("apart") is not None and amount == 1)
    if unit == "工作日":
        return f"FREQ=DAILY;INTERVAL={amount};BYWORKDAY=ALL"
    if unit in ("季度", "quarter", "quarters"):
        return f"FREQ=MONTHLY;INTERVAL={3 * amount}"
    if unit.startswith("fortnight"):
        unit, amount = "week", amount * 2
    frequency = _UNITS.get(unit) or _ENGLISH[unit.rstrip("s")]
    return f"FREQ={frequency};INTERVAL={amount}" if amount > 1 else f"FREQ={frequency}"


def alternate(groups: Groups, context: Context) -> str:
    """隔天, 隔周, every other week."""
    unit = groups["u"] or ""
    return f"FREQ={_UNITS.get(unit) or _ENGLISH[unit]};INTERVAL=2"


def at(rule: str, hour: int, minute: int) -> str:
    """`rule` with a time of day."""
    return f"{rule};BYHOUR={hour};BYMINUTE={minute}"
