"""The instant that relative times of a record count from."""

from __future__ import annotations

import pytest

from commlint.entities.reference import written_date
from tests.entities.records import analysed


@pytest.mark.parametrize(("text", "expected"), [
    ("会议通知\n请于3月26日前提交材料。\n产品部\n2026年3月23日", "2026-03-23"), ("会议通知\n请于3月26日前提交材料。\n\n2026-03-23\n\n", "2026-03-23"),
    ("填表日期\uff1a2026年3月20日\n请于3月26日前提交。\n2026年3月23日", "2026-03-20"), ("通知\n请于3月26日前提交\uff0c见 2025年3月1日 的通知。", None),
    ("会议通知\n请于2026年3月26日前提交。", None),
])
def test_the_date_of_a_record(text: str, expected: str | None) -> None:
    """A labelled date comes first; the date below a notice's signature is that of the notice; a date in a sentence is not."""
    found = written_date(analysed(text, kind="meeting_notice"))
    assert (found and found.date().isoformat()) == expected
