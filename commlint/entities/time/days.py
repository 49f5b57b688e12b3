"""Which date the words for a day mean; pure functions of what is written and what it counts from."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from commlint.calendar.arithmetic import add_months, assumed
from commlint.calendar.blocks import (
    HOLIDAY_NAMES,
    Block,
    holiday_block,
    last_workday_before,
    next_workday,
    workday_after_block,
)
from commlint.entities.time.context import Context, Day
from commlint.entities.time.numerals import number, whole
from commlint.entities.time.shape import Groups

_RELATIVE = {
    "大前": -3, "前": -2, "昨": -1, "今": 0, "本": 0, "即": 0, "当": 0, "明": 1, "次": 1, "翌": 1, "后": 2, "大后": 3,
    "today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1, "the day after tomorrow": 2, "the day before yesterday": -2,
    "this morning": 0, "this afternoon": 0, "this evening": 0, "last night": -1,
}
_PARTS = {"早": "MO", "晨": "MO", "晚": "EV", "夜": "EV", "tonight": "EV", "this morning": "MO", "this afternoon": "AF", "this evening": "EV", "last night": "EV"}
_MONTHS = {name: index for index, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}
_WEEKDAYS = {name: index for index, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
# How far "上", "下" and the like lead, in weeks, months, quarters or years.
STEPS = {
    "上上": -2, "上": -1, "上一": -1, "去": -1, "前": -2, "本": 0, "这": 0, "这一": 0, "当": 0, "今": 0, "下": 1, "下一": 1, "次": 1, "明": 1, "来": 1, "下下": 2, "后": 2,
    "this": 0, "next": 1, "last": -1, "coming": 0, "previous": -1, "the": 0, "current": 0, "following": 1, "this coming": 0,
}
_LOOK_BACK_DEADLINE, _LOOK_BACK_INSTANT = timedelta(days=60), timedelta(days=183)


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or None when there is no such day."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def year_of(groups: Groups, context: Context) -> int | None:
    """The year that is written out or said relative to the reference (明年)."""
    if written := groups.get("y"):
        value = whole(written)
        return value + 2000 if value < 100 else value
    if (step := groups.get("ry")) and context.today:
        return context.today.year + STEPS[step[0]]
    return None


def month_of(groups: Groups) -> int:
    """The month as a number."""
    written = groups["m"] or ""
    return _MONTHS.get(written[:3]) or whole(written)


def full(groups: Groups, context: Context) -> Day | None:
    """A date whose year is given."""
    year = year_of(groups, context)
    found = safe_date(year, month_of(groups), whole(groups["d"] or "")) if year else None
    return Day(found) if found else None


def month_day(groups: Groups, context: Context) -> Day | None:
    """A date without a year: this year's, or the next when that would lie too far back (60 days for deadlines and plans)."""
    month, day = month_of(groups), whole(groups["d"] or "")
    if context.today is None:
        return None
    today = context.today
    found = safe_date(today.year, month, day)
    if found is None:
        following = safe_date(today.year + 1, month, day)
        return Day(following) if following else None
    beside = safe_date(context.previous.year, month, day) if context.previous and context.dated and not context.forward else None
    if beside and context.previous and abs(beside - context.previous) < abs(found - context.previous):
        return Day(beside)  # of the year the sentence speaks of
    limit = _LOOK_BACK_DEADLINE if context.forward or context.plan else _LOOK_BACK_INSTANT
    if today - found > limit and not context.past:
        return Day(safe_date(today.year + 1, month, day) or found)
    if context.past and found - today > _LOOK_BACK_INSTANT:
        return Day(safe_date(today.year - 1, month, day) or found)
    return Day(found)


def possible(groups: Groups) -> bool:
    """Whether month and day name a day that some year has."""
    return safe_date(2024, month_of(groups), whole(groups["d"] or "")) is not None


def day_only(groups: Groups, context: Context) -> Day | None:
    """A day of the month: of the month spoken of before, else this month, or the next when past and looking forward."""
    day, base = whole(groups["d"] or ""), context.previous or context.today
    if base is None:
        return None
    found = safe_date(base.year, base.month, day)
    if context.previous is None and (found is None or (found < base and not context.past)):
        following = add_months(base.replace(day=1), 1)
        found = safe_date(following.year, following.month, day) or found
    return Day(found) if found else None


def month_relative(groups: Groups, context: Context) -> Day | None:
    """A day of this, the last or the next month."""
    if context.today is None:
        return None
    month = add_months(context.today.replace(day=1), STEPS[groups["rel"] or "本"])
    found = safe_date(month.year, month.month, whole(groups["d"] or ""))
    return Day(found) if found else None


def relative(groups: Groups, context: Context) -> Day | None:
    """Today and its neighbours, with the part of the day in 明早 and 今晚."""
    if context.today is None:
        return None
    word, part = groups["rel"] or "", groups.get("part") or ""
    # 次日 and 当天 count from the day spoken of; the other words from the reference.
    base = context.previous or context.today if word in ("次", "翌", "当") else context.today
    return Day(base + timedelta(days=_RELATIVE[word]), part=_PARTS.get(part or word, ""))


def weekday(groups: Groups, context: Context) -> Day | None:
    """A weekday: bare, the next one, today included; with 本, 上, 下 that of the calendar week."""
    if context.today is None:
        return None
    index, step = weekday_index(groups["w"] or ""), groups.get("rel")
    if step is None and context.listed and context.previous:
        return Day(context.previous + timedelta(days=index - context.previous.weekday()))
    if step is None or step in ("coming", "this coming"):
        return Day(context.today + timedelta(days=(index - context.today.weekday()) % 7))
    monday = context.today - timedelta(days=context.today.weekday())
    return Day(monday + timedelta(days=index + 7 * STEPS[step]))


def weekday_index(written: str) -> int:
    """0 for Monday."""
    return _WEEKDAYS[written[:3]] if written.isascii() and written.isalpha() else whole(written) - 1


def month_first(groups: Groups, context: Context) -> date | None:
    """The first day of the month that is named, absolutely or relatively; of this month when none is."""
    if groups.get("m"):
        year = year_of(groups, context)
        if year is not None:
            return safe_date(year, month_of(groups), 1)
        return _nearest_month(month_of(groups), context)
    if context.today is None:
        return None
    return add_months(context.today.replace(day=1), STEPS[groups.get("rel") or "本"])


def _nearest_month(month: int, context: Context) -> date | None:
    if context.today is None or not 1 <= month <= 12:
        return None
    this = date(context.today.year, month, 1)
    last = add_months(this, 1) - timedelta(days=1)
    limit = _LOOK_BACK_DEADLINE if context.forward or context.plan else _LOOK_BACK_INSTANT
    return add_months(this, 12) if context.today - last > limit and not context.past else this


def end_of_month(groups: Groups, context: Context) -> Day | None:
    """The last calendar day of a month."""
    first = month_first(groups, context)
    return Day(add_months(first, 1) - timedelta(days=1)) if first else None


def quarter_first(groups: Groups, context: Context) -> date | None:
    """The first day of the quarter that is named; of this quarter when none is."""
    written = groups.get("q")
    if written:
        year = year_of(groups, context) or (context.today.year if context.today else None)
        return date(year, 3 * whole(written) - 2, 1) if year and 1 <= whole(written) <= 4 else None
    if context.today is None:
        return None
    this = date(context.today.year, (context.today.month - 1) // 3 * 3 + 1, 1)
    return add_months(this, 3 * STEPS[groups.get("rel") or "本"])


def end_of_quarter(groups: Groups, context: Context) -> Day | None:
    """The last calendar day of a quarter."""
    first = quarter_first(groups, context)
    return Day(add_months(first, 3) - timedelta(days=1)) if first else None


def end_of_year(groups: Groups, context: Context) -> Day | None:
    """31 December of the year that is named, of this year when none is."""
    year = year_of(groups, context) or (context.today.year + STEPS.get(groups.get("rel") or "本", 0) if context.today else None)
    return Day(date(year, 12, 31)) if year else None


def end_of_week(groups: Groups, context: Context) -> Day | None:
    """Sunday; Friday is the other reading."""
    if context.today is None:
        return None
    monday = context.today - timedelta(days=context.today.weekday()) + timedelta(weeks=STEPS[groups.get("rel") or "本"])
    return Day(monday + timedelta(days=6), (monday + timedelta(days=4),))


def end_of_business_week(groups: Groups, context: Context) -> Day | None:
    """Friday, as English speakers mean by the end of the week; Sunday is the other reading."""
    found = end_of_week(groups, context)
    return Day(found.alternatives[0], (found.date,)) if found else None


# Days that people work towards though nobody has them off, by month and day; those of the lunar calendar by what follows.
FESTIVALS = {
    "双十一": (11, 11), "双11": (11, 11), "双十二": (12, 12), "双12": (12, 12), "618": (6, 18), "六一儿童": (6, 1), "六一": (6, 1), "儿童节": (6, 1), "七一": (7, 1), "八一": (8, 1), "三八妇女": (3, 8), "三八": (3, 8),
    "妇女节": (3, 8), "教师节": (9, 10), "圣诞": (12, 25), "万圣节": (10, 31), "情人节": (2, 14), "感恩节": None, "元宵": 14, "除夕": -1, "大年三十": -1, "年三十": -1, "小年": None, "腊八": None, "重阳": None, "七夕": None,
}
# The first day of the lunar year.
_NEW_YEARS = {2023: (1, 22), 2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 3)}


def before_festival(groups: Groups, context: Context) -> Day | None:
    """The day before a festival that is worked (双十一前): this year's, or the next when it is over."""
    if context.today is None:
        return None
    written = year_of(groups, context)
    years = (written,) if written else (context.today.year, context.today.year + 1)
    days = [_festival(groups["festival"] or "", year) for year in years]
    day = next((day for day in days if day and (written or day >= context.today)), None)
    return Day(day - timedelta(days=1)) if day else None


def _festival(name: str, year: int) -> date | None:
    place = FESTIVALS[name]
    if isinstance(place, int):
        return date(year, *_NEW_YEARS[year]) + timedelta(days=place) if year in _NEW_YEARS else None
    return date(year, *place) if place else None


def days_before_holiday(groups: Groups, context: Context) -> Day | None:
    """国庆节前一天: so many days before the days off."""
    block = _block(groups, context)
    days = whole(groups["a"] or "") * (7 if groups.get("u") == "周" else 1)
    return Day(block.first - timedelta(days=days), assumed=block.assumed) if block else None


def day_after(groups: Groups, context: Context) -> Day | None:
    """第二天: the day after the one spoken of."""
    base = context.previous or context.today
    return Day(base + timedelta(days=1)) if base else None


def republican(groups: Groups, context: Context) -> Day | None:
    """A date of the Minguo calendar: 民国113年 is 2024."""
    found = safe_date(1911 + whole(groups["roc"] or ""), month_of(groups), whole(groups["d"] or ""))
    return Day(found) if found else None


def mid_year(groups: Groups, context: Context) -> Day | None:
    """年中前: the last day of June."""
    year = year_of(groups, context) or (context.today.year if context.today else None)
    return Day(date(year, 6, 30)) if year else None


def before_holiday(groups: Groups, context: Context) -> Day | None:
    """The last working day before the days off."""
    block = _block(groups, context)
    if block is None:
        return None
    day = last_workday_before(context.environment.calendar, block.first)
    return Day(day, assumed=block.assumed)


def _block(groups: Groups, context: Context) -> Block | None:
    if context.today is None:
        return None
    name = HOLIDAY_NAMES.get(groups.get("holiday") or "")
    year = year_of(groups, context)
    if name is None:
        return _coming_block(context)
    years = (year,) if year else (context.today.year, context.today.year + 1)
    blocks = (holiday_block(context.environment.calendar, name, each) for each in years)
    return next((block for block in blocks if block and (year or block.last >= context.today)), None)


def _coming_block(context: Context) -> Block | None:
    """The next public holiday, for 节前 and 节后."""
    assert context.today is not None
    names = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
    every = [holiday_block(context.environment.calendar, name, context.today.year + n) for name in names for n in (0, 1)]
    return min((block for block in every if block and block.last >= context.today), key=lambda block: block.first, default=None)


def holiday_stretch(groups: Groups, context: Context) -> Block | None:
    """The days off around a holiday."""
    return _block(groups, context)


def workday_after_holiday(groups: Groups, context: Context) -> Day | None:
    """The n-th working day after the days off."""
    block = _block(groups, context)
    if block is None:
        return None
    return Day(workday_after_block(context.environment.calendar, block, _position(groups)), assumed=block.assumed)


def _position(groups: Groups) -> int:
    return whole(groups.get("n") or "一")


def next_working_day(groups: Groups, context: Context) -> Day | None:
    """The next working day, make-up days included; the last one when it says 上."""
    if context.today is None:
        return None
    calendar = context.environment.calendar
    back = (groups.get("rel") or "").startswith(("上", "last", "previous"))
    day = last_workday_before(calendar, context.today) if back else next_workday(calendar, context.today)
    return Day(day, assumed=assumed(calendar, context.today, day))


def working_day_of_month(groups: Groups, context: Context) -> Day | None:
    """The first, n-th or last working day of a month."""
    first = month_first(groups, context)
    if first is None:
        return None
    calendar, position = context.environment.calendar, position_of(groups)
    month = [first + timedelta(days=n) for n in range(monthrange(first.year, first.month)[1])]
    worked = [day for day in month if calendar.is_workday(day)]
    index = position if position < 0 else position - 1
    if not -len(worked) <= index < len(worked):
        return None
    return Day(worked[index], assumed=assumed(calendar, first, first))


def working_day_of_period(groups: Groups, context: Context) -> Day | None:
    """The first, n-th or last working day of a week, quarter or year."""
    if context.today is None:
        return None
    first, length = _period_of(groups, context)
    if first is None:
        return None
    calendar, position = context.environment.calendar, position_of(groups)
    worked = [day for day in (first + timedelta(days=n) for n in range(length)) if calendar.is_workday(day)]
    index = position if position < 0 else position - 1
    return Day(worked[index], assumed=assumed(calendar, first, first)) if -len(worked) <= index < len(worked) else None


_LATE = 11  # from November on 新年 is the next one


def _period_of(groups: Groups, context: Context) -> tuple[date | None, int]:
    """The first day of the week, year or quarter that is named, and how many days it has."""
    assert context.today is not None
    if groups.get("week"):
        return context.today - timedelta(days=context.today.weekday()) + timedelta(weeks=STEPS[groups.get("rel") or "本"]), 7
    if groups.get("year"):
        year = year_of(groups, context) or context.today.year + (bool(groups.get("new")) and context.today.month >= _LATE)
        return date(year, 1, 1), 366 if monthrange(year, 2)[1] == 29 else 365
    first = quarter_first({**groups, "rel": groups.get("rel2")}, context)
    return first, (add_months(first, 3) - first).days if first else 0


def position_of(groups: Groups) -> int:
    """1 for the first, -1 for the last, -2 for the last but one."""
    written = groups.get("n") or "一"
    value = int(number(written)) if written not in ("最后", "最后一", "末", "last") else -1
    return -value if groups.get("back") else value


def weekday_of_month(groups: Groups, context: Context) -> Day | None:
    """The n-th Friday of a month."""
    first = month_first(groups, context)
    if first is None:
        return None
    index, position = weekday_index(groups["w"] or ""), position_of(groups)
    month = [first + timedelta(days=n) for n in range(monthrange(first.year, first.month)[1])]
    found = [day for day in month if day.weekday() == index]
    at = position if position < 0 else position - 1
    return Day(found[at]) if -len(found) <= at < len(found) else None
