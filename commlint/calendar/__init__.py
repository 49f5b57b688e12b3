"""Working days behind one interface: which days are worked, and lengths counted in them."""

from commlint.calendar.arithmetic import add_months, add_workdays, assumed, months_between, workdays_between
from commlint.calendar.blocks import (
    HOLIDAY_NAMES,
    holiday_block,
    last_workday_before,
    next_workday,
    workday_after_block,
)
from commlint.calendar.calendars import ChinaCalendar, OverlaidCalendar, WeekdayCalendar, china, overlaid, weekdays
from commlint.calendar.measures import add, measure, off_hours, work_time

__all__ = [
    "HOLIDAY_NAMES", "ChinaCalendar", "OverlaidCalendar", "WeekdayCalendar", "add", "add_months", "add_workdays", "assumed", "china",
    "holiday_block", "last_workday_before", "measure", "months_between", "next_workday", "off_hours", "overlaid", "weekdays",
    "work_time", "workday_after_block", "workdays_between",
]
