"""Due dates across the real holidays and make-up days of China, 2024 to 2026, counted by hand."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from commlint.calendar import china, overlaid
from commlint.entities.time import recognise, time_spans
from commlint.model.environment import Environment

CASES = [
    # ref, text, due or value
    ("2024-04-26", "3个工作日内", "2024-04-30"),  # 28 April is a make-up Sunday
    ("2024-04-26", "4个工作日内", "2024-05-06"),
    ("2024-04-26", "10个工作日内", "2024-05-13"),  # 11 May is a make-up Saturday
    ("2024-02-07", "3个工作日内", "2024-02-18"),
    ("2024-09-13", "1个工作日内", "2024-09-14"),
    ("2024-09-13", "3个工作日内", "2024-09-19"),
    ("2024-09-27", "下一个工作日", "2024-09-29"),
    ("2024-09-27", "3个工作日内", "2024-10-08"),
    ("2024-09-27", "8个工作日内", "2024-10-14"),
    ("2024-09-27", "国庆节前", "2024-09-30"),
    ("2025-01-24", "1个工作日内", "2025-01-26"),
    ("2025-01-24", "3个工作日内", "2025-02-05"),
    ("2025-01-24", "6个工作日内", "2025-02-08"),
    ("2025-01-10", "春节前", "2025-01-27"),
    ("2025-04-03", "1个工作日内", "2025-04-07"),
    ("2025-04-25", "2个工作日内", "2025-04-28"),
    ("2025-09-26", "3个工作日内", "2025-09-30"),
    ("2025-09-26", "7个工作日内", "2025-10-13"),
    ("2025-09-26", "节后第一个工作日", "2025-10-09"),
    ("2025-12-31", "1个工作日内", "2026-01-04"),
    ("2026-02-12", "5个工作日内", "2026-02-26"),
    ("2026-02-12", "节后第一个工作日", "2026-02-24"),
    ("2026-02-12", "本月最后一个工作日前", "2026-02-28"),
    ("2026-02-12", "年前", "2026-02-14"),
    ("2026-04-30", "5个工作日内", "2026-05-11"),
    ("2026-09-18", "下一个工作日", "2026-09-20"),
    ("2026-09-18", "6个工作日内", "2026-09-28"),
    ("2026-10-08", "2个工作日内", "2026-10-10"),
    ("2026-10-08", "T+1", "2026-10-09"),
    ("2024-05-22", "15日内", "2024-06-06"),
    ("2024-01-31", "一个月内", "2024-02-29"),
]


@pytest.mark.parametrize(("ref", "text", "due"), CASES)
def test_a_limit_is_due_on_the_right_day(ref: str, text: str, due: str) -> None:
    """The day of the reference never counts, holidays do not, make-up days do."""
    (found,) = time_spans(f"请在{text}完成", datetime.fromisoformat(f"{ref}T16:00"))
    assert due == (found["due"] or found["value"])


def test_hours_are_due_to_the_minute() -> None:
    """24小时内 runs from the minute of the reference."""
    (found,) = time_spans("24小时内", datetime(2024, 5, 22, 10, 30))
    assert found["due"] == "2024-05-23T10:30"


def test_a_natural_limit_that_ends_on_a_day_off_offers_the_next_working_day() -> None:
    """Civil Code art. 203 is the other reading, not the value."""
    (found,) = recognise("3日内", reference=datetime(2024, 5, 22, 10), environment=Environment(china()))
    assert (str(found.due.date()), found.alternatives) == ("2024-05-25", ("2024-05-27",))


def test_an_unannounced_year_is_marked() -> None:
    """Working days counted Monday to Friday are an assumption."""
    (found,) = recognise("3个工作日内", reference=datetime(2031, 5, 20, 10), environment=Environment(china()))
    assert found.assumed
    (known,) = recognise("3个工作日内", reference=datetime(2024, 5, 20, 10), environment=Environment(china()))
    assert not known.assumed


def test_company_days_count() -> None:
    """A project's own holiday moves a due date."""
    calendar = overlaid(china(), holidays=[date(2024, 5, 23)])
    (found,) = recognise("1个工作日内", reference=datetime(2024, 5, 22, 10), environment=Environment(calendar))
    assert date(2024, 5, 24) == found.due.date()


def test_the_reference_is_read_in_the_configured_zone() -> None:
    """今天 of a mail sent at 20:00 UTC is the next day in Shanghai."""
    (found,) = recognise("今天", reference=datetime.fromisoformat("2024-05-22T20:00+00:00"), environment=Environment(china()))
    assert found.value == "2024-05-23"
