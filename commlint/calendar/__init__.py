"""Working days behind one interface: which days are worked, and lengths counted in them."""

TYPE_CHECKING = False  # type checkers take it for True

if TYPE_CHECKING:
    from commlint.calendar.arithmetic import add_months, add_workdays, assumed, months_between, workdays_between
    from commlint.calendar.blocks import (
        HOLIDAY_NAMES,
        holiday_block,
        last_workday_before,
        next_workday,
        workday_after_block,
    )
    from commlint.calendar.calendars import ChinaCalendar, OverlaidCalendar, WeekdayCalendar, china, overlaid, weekdays
    from commlint.calendar.measures import add, inside_work_time, measure, off_hours, work_time

_HOMES = {
    "arithmetic": ("add_months", "add_workdays", "assumed", "months_between", "workdays_between"),
    "blocks": ("HOLIDAY_NAMES", "holiday_block", "last_workday_before", "next_workday", "workday_after_block"),
    "calendars": ("ChinaCalendar", "OverlaidCalendar", "WeekdayCalendar", "china", "overlaid", "weekdays"),
    "measures": ("add", "inside_work_time", "measure", "off_hours", "work_time"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

if not TYPE_CHECKING:  # so that a misspelt name is an error for type checkers

    def __getattr__(name):
        """Each name from its module when first asked for: a record without dates needs a calendar's name only."""
        if name not in _HOME:
            raise AttributeError(f"module 'commlint.calendar' has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(f"commlint.calendar.{_HOME[name]}"), name)


__all__ = [
    "HOLIDAY_NAMES",
    "ChinaCalendar",
    "OverlaidCalendar",
    "WeekdayCalendar",
    "add",
    "add_months",
    "add_workdays",
    "assumed",
    "china",
    "holiday_block",
    "inside_work_time",
    "last_workday_before",
    "measure",
    "months_between",
    "next_workday",
    "off_hours",
    "overlaid",
    "weekdays",
    "work_time",
    "workday_after_block",
    "workdays_between",
]
