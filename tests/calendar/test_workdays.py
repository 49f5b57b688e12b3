"""Working days: counted by the announced calendar, with days of one's own, and on the clock."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commlint.calendar import (
    add,
    add_months,
    add_workdays,
    assumed,
    china,
    holiday_block,
    inside_work_time,
    measure,
    off_hours,
    overlaid,
    weekdays,
    workdays_between,
)
from commlint.model.environment import Environment, WorkingHours
from commlint.model.values import Duration, Interval

CHINA = china()
HERE = Environment(CHINA)
ZONE = ZoneInfo("Asia/Shanghai")
DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


WORKED = [("2024-09-29", True), ("2026-02-28", True), ("2026-10-10", True), ("2025-10-06", False), ("2024-02-09", True), ("2024-02-12", False), ("2024-05-25", False), ("2024-05-24", True)]


@pytest.mark.parametrize(("day", "worked"), WORKED)
def test_make_up_days_are_worked_and_holidays_are_not(day: str, worked: bool) -> None:
    """The announced calendar decides, not the weekday."""
    assert worked == CHINA.is_workday(date.fromisoformat(day))


BLOCKS = [("国庆", 2025, "2025-10-01", "2025-10-08"), ("中秋", 2025, "2025-10-01", "2025-10-08"), ("春节", 2026, "2026-02-15", "2026-02-23"), ("五一", 2024, "2024-05-01", "2024-05-05"), ("元旦", 2025, "2025-01-01", "2025-01-01"), ("端午节", 2026, "2026-06-19", "2026-06-21"), ("清明", 2025, "2025-04-04", "2025-04-06")]


@pytest.mark.parametrize(("name", "year", "first", "last"), BLOCKS)
def test_a_holiday_is_a_block_of_days_off(name: str, year: int, first: str, last: str) -> None:
    """From the first to the last day off around it, weekends included."""
    block = holiday_block(CHINA, name, year)
    assert block is not None
    assert (first, last, False) == (str(block.first), str(block.last), block.assumed)


def test_an_unannounced_year_counts_weekdays_and_says_so() -> None:
    """2031 is Monday to Friday, assumed; a holiday of it is its first day at best."""
    assert CHINA.is_workday(date(2031, 10, 1))
    assert not CHINA.is_workday(date(2031, 10, 4))
    assert not CHINA.announced(2031)
    assert assumed(CHINA, date(2026, 12, 30), date(2027, 1, 4))
    assert not assumed(CHINA, date(2024, 1, 1), date(2026, 12, 31))
    block = holiday_block(CHINA, "国庆节", 2031)
    assert block is not None
    assert block.assumed
    assert holiday_block(CHINA, "春节", 2045) is None


COUNTS = [("2024-09-27", "2024-09-29", 1), ("2024-09-30", "2024-10-08", 1), ("2024-05-24", "2024-05-24", 0), ("2026-02-14", "2026-02-24", 1), ("2024-05-24", "2024-05-20", -4)]


@pytest.mark.parametrize(("a", "b", "n"), COUNTS)
def test_wd_counts_the_days_after_the_first(a: str, b: str, n: int) -> None:
    """norms meta.wd: a < d <= b."""
    assert n == workdays_between(CHINA, date.fromisoformat(a), date.fromisoformat(b))


@given(DAYS, st.integers(1, 30))
@settings(max_examples=60, deadline=None)
def test_adding_and_counting_agree(day: date, n: int) -> None:
    """The n-th working day after a day is n working days away, the day before it is not; ahead likewise."""
    after, ahead = add_workdays(CHINA, day, n), add_workdays(CHINA, day, -n)
    assert n == workdays_between(CHINA, day, after)
    assert n == workdays_between(CHINA, day, after - timedelta(days=1)) + 1
    assert workdays_between(CHINA, ahead, day) >= n > workdays_between(CHINA, ahead + timedelta(days=1), day)


def test_own_days_win_over_the_calendar() -> None:
    """A company holiday is off, a company working day is worked, and a day cannot be both."""
    own = overlaid(CHINA, holidays=[date(2024, 5, 23)], workdays=[date(2024, 5, 25)])
    assert [own.is_workday(date(2024, 5, day)) for day in (23, 25)] == [False, True]
    assert own.holiday(date(2024, 5, 23)) == "假日"
    assert own.fingerprint != CHINA.fingerprint
    with pytest.raises(ValueError, match="2024-05-23"):
        overlaid(CHINA, holidays=[date(2024, 5, 23)], workdays=[date(2024, 5, 23)])


@pytest.mark.parametrize("calendar", [CHINA, weekdays(), overlaid(CHINA, holidays=[date(2024, 5, 23)])], ids=lambda c: c.name)
def test_calendars_travel_to_other_processes(calendar: object) -> None:
    """A calendar comes back from pickle equal to itself."""
    assert calendar == pickle.loads(pickle.dumps(calendar))


ADDED = [
    ("2024-05-24T16:00", Duration(24, "hours"), "2024-05-25T16:00"),
    ("2024-05-24T16:00", Duration(90, "minutes"), "2024-05-24T17:30"),
    ("2024-05-24T16:00", Duration(1, "workdays"), "2024-05-27T23:59:59.999999"),
    ("2024-05-24T16:00", Duration(3, "days"), "2024-05-27T23:59:59.999999"),
    ("2024-01-31T16:00", Duration(1, "months"), "2024-02-29T23:59:59.999999"),
    ("2024-05-24T16:00", Duration(-3, "workdays"), "2024-05-21T23:59:59.999999"),
    ("2024-05-24T16:00", Duration(4, "workhours"), "2024-05-27T11:00"),
    ("2024-05-24T11:00", Duration(2, "workhours"), "2024-05-24T14:00"),
    ("2024-05-25T11:00", Duration(1, "workhours"), "2024-05-27T10:00"),
    ("2024-05-27T10:00", Duration(-2, "workhours"), "2024-05-24T17:00"),
]


@pytest.mark.parametrize(("start", "length", "end"), ADDED)
def test_adding_follows_the_unit(start: str, length: Duration, end: str) -> None:
    """Hours elapse, days end with their last, working hours skip nights, lunch and days off."""
    assert at(end) == add(HERE, at(start), length)


MEASURED = [
    ("2024-05-24T16:00", "2024-05-27T10:00", "hours", 66), ("2024-05-24T16:00", "2024-05-27T10:00", "days", 3), ("2024-05-24T16:00", "2024-05-27T10:00", "workdays", 1), ("2024-05-24T16:00", "2024-05-27T10:00", "workhours", 3),
    ("2024-05-24T23:00", "2024-05-25T01:00", "days", 1), ("2024-01-15T00:00", "2024-03-15T00:00", "months", 2), ("2024-05-27T10:00", "2024-05-24T16:00", "workhours", -3), ("2024-05-24T09:00", "2024-05-24T20:00", "workhours", 8), ("2024-05-01T00:00", "2024-05-15T00:00", "weeks", 2),
]


@pytest.mark.parametrize(("start", "end", "unit", "length"), MEASURED)
def test_an_interval_is_measured_in_the_unit_asked_for(start: str, end: str, unit: str, length: float) -> None:
    """norms meta.wd, ahead and within."""
    assert length == measure(HERE, Interval(at(start), at(end)), unit)


@given(st.datetimes(datetime(2024, 1, 1), datetime(2026, 6, 1)), st.integers(1, 60))
@settings(max_examples=60, deadline=None)
def test_working_hours_added_are_working_hours_measured(start: datetime, hours: int) -> None:
    """add and measure agree on working hours."""
    begin = start.replace(tzinfo=ZONE)
    assert hours == pytest.approx(measure(HERE, Interval(begin, add(HERE, begin, Duration(hours, "workhours"))), "workhours"))


def test_moments_are_read_in_the_configured_zone() -> None:
    """23:00 UTC on Thursday is Friday in Shanghai."""
    thursday = datetime(2024, 5, 23, 23, tzinfo=UTC)
    assert date(2024, 5, 27) == add(HERE, thursday, Duration(1, "workdays")).date()
    assert measure(HERE, Interval(thursday, at("2024-05-24T20:00")), "workdays") == 0


OFF = [("2024-05-24T22:00", True), ("2024-05-24T21:59", False), ("2024-05-24T08:59", True), ("2024-05-24T09:00", False), ("2024-05-25T12:00", True), ("2024-09-29T12:00", False), ("2024-05-24T19:00", False)]


@pytest.mark.parametrize(("moment", "off"), OFF)
def test_off_hours_are_late_evening_early_morning_and_days_off(moment: str, off: bool) -> None:
    """norms meta.off_hours: the evening until 22:00 is not off-hours."""
    assert off == off_hours(HERE, at(moment))


def test_months_end_with_their_last_day() -> None:
    """Civil Code art. 202."""
    assert [date(2024, 2, 29), date(2023, 12, 31), date(2025, 1, 31)] == [add_months(date(2024, 1, 31), n) for n in (1, -1, 12)]


def test_an_unknown_unit_is_refused() -> None:
    """A slip in a unit is an error, never a silent number."""
    with pytest.raises(ValueError, match="fortnights"):
        add(HERE, at("2024-05-24T16:00"), Duration(1, "fortnights"))
    with pytest.raises(ValueError, match="fortnights"):
        measure(HERE, Interval(at("2024-05-24T16:00"), at("2024-05-24T16:00")), "fortnights")


def test_a_calendar_without_working_days_is_an_error_not_a_hang() -> None:
    """Working hours on a calendar where nobody works raise OverflowError."""
    idle = Environment(CHINA, hours=WorkingHours(start=time(9), end=time(9)))
    with pytest.raises(OverflowError):
        add(idle, at("2024-05-24T16:00"), Duration(1, "workhours"))


INSIDE = [("2026-05-06T09:00", True), ("2026-05-06T12:30", False), ("2026-05-06T18:00", True), ("2026-05-06T18:01", False), ("2026-05-02T10:00", False), ("2026-05-09T10:00", True)]


@pytest.mark.parametrize(("moment", "inside"), INSIDE)
def test_work_time_is_the_hours_of_working_days(moment: str, inside: bool) -> None:
    """Lunch, evenings and days off are outside, make-up days inside."""
    assert inside == inside_work_time(HERE, at(moment))


def test_working_hours_are_the_companys() -> None:
    """Other hours in the configuration, another answer."""
    early = Environment(CHINA, hours=WorkingHours(start=time(7), end=time(15), lunch_start=time(11), lunch_end=time(12)))
    assert inside_work_time(early, at("2026-05-06T12:30"))
    assert not inside_work_time(early, at("2026-05-06T16:00"))
