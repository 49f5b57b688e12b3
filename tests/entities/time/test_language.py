"""Times and working days as the rule language asks of them, in English and Chinese words."""

from __future__ import annotations

from pathlib import Path

import pytest

from commlint.testing import run_rules

RULE = """rule t (TST001) "t" : error {{
  why zh "t"
  why en "t"
  each d in deadlines {{
    require {condition}
    at d
  }}
  message zh "t"
  message en "t"
  good "{text}" with {{ sent = 2026-04-23T10:00 }}
}}
"""
# 2026-05-01 to 05 are days off, 2026-05-09 is worked; 2031 is not announced.
HOLD = [
    ("请于10日内答复", 'd.rolled > d.due and d.alternatives contains "2026-05-06"'),
    ("请于3日内答复", "d.rolled > d.due"),
    ("请于3个工作日内答复", "d.rolled == d.due"),
    ("收到邮件后3个工作日内答复", 'd.anchor contains "收到邮件后" and d.precision == "workdays"'),
    ("请于4月30日18:00前答复", 'd.precision == "minute" and d.why == "month-day" and not d is assumed'),
    ("请于4月30日18:00前答复", "add(sent, 5 workdays) == d.due or add(sent, 5 workdays) > d.due"),
    ("请于4月30日11:00前答复", "ahead(sent, d, 5 workdays) and not ahead(sent, d, 6 workdays)"),
    ("请于4月30日11:00前答复", "work_time(d.due)"),
    ("请于4月30日12:30前答复", "not work_time(d.due)"),
    ("请于5月2日11:00前答复", "not work_time(d.due) and rolled(d.due) > d.due"),
    ("请于4月24日11:00前答复", "between(sent, d) >= 9 workhours and between(sent, d) < 10 workhours"),
    ("请于4月24日11:00前答复", "add(sent, 9 workhours) == d.due"),
    ("请于10日内答复", "d.顺延到期 > d.到期"),
    ("请于4月30日11:00前答复", "提前于(发送时间, d, 5个工作日) 且 属工作时间(d.到期)"),
    ("请于5月2日11:00前答复", "顺延(d.到期) > 推算(d.到期, 1天)"),
]


def report(tmp_path: Path, text: str, condition: str):
    path = tmp_path / "t.norm"
    path.write_text(RULE.format(text=text, condition=condition), "utf-8")
    return run_rules(str(path))


@pytest.mark.parametrize(("text", "condition"), HOLD)
def test_what_holds_of_a_deadline(tmp_path: Path, text: str, condition: str) -> None:
    """The condition is true: the example, which has a deadline, stays silent."""
    assert report(tmp_path, text, condition).text().endswith("0 problems")


@pytest.mark.parametrize(("text", "condition"), HOLD)
def test_its_opposite_does_not(tmp_path: Path, text: str, condition: str) -> None:
    """The opposite is a breach, so the condition was decided and not skipped."""
    chinese = "发送时间" in condition or "d.到期" in condition
    opposite = f"非 ({condition})" if chinese else f"not ({condition})"
    found = report(tmp_path, text, opposite).diagnostics
    assert [diagnostic.slug for diagnostic in found] == ["example-false-alarm"]


UNKNOWN = ["add(d, 2 workdays) > sent", "work_time(d.due)", "rolled(d.due) >= d.due", "d.workday"]


@pytest.mark.parametrize("condition", UNKNOWN)
def test_a_year_that_is_not_announced_decides_nothing(tmp_path: Path, condition: str) -> None:
    """Neither the condition nor its opposite is a finding: both are undetermined."""
    text = "请于2031年5月6日11:00前答复"
    for asked in (condition, f"not ({condition})"):
        assert "undetermined" in report(tmp_path, text, asked).text()
