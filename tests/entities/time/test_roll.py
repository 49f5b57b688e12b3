"""A limit in calendar days that ends on a day off: kept, or moved to the next working day (Civil Code art. 203)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from commlint.api import Linter
from commlint.calendar import china
from commlint.config import load
from commlint.entities.time import recognise
from commlint.model.environment import Environment

# 2026-04-30 is the last working day before five days off.
SENT = datetime(2026, 4, 23, 10)
CASES = [
    ("10日内", "2026-05-03", "2026-05-06"), ("一周内", "2026-04-30", "2026-04-30"), ("within 9 days", "2026-05-02", "2026-05-06"),
    ("3个工作日内", "2026-04-28", "2026-04-28"), ("220小时内", "2026-05-02", "2026-05-02"),
]


@pytest.mark.parametrize(("text", "plain", "rolled"), CASES)
def test_both_days_are_reported(text: str, plain: str, rolled: str) -> None:
    """The configuration says which one is due; the other is an alternative."""
    for roll, due, other in ((False, plain, rolled), (True, rolled, plain)):
        (time,) = recognise(text, reference=SENT, environment=Environment(china(), roll=roll))
        assert time.due is not None
        assert due == str(time.due.date())
        assert ((other,) if plain != rolled else ()) == time.alternatives


def test_the_configuration_turns_it_on(tmp_path: Path) -> None:
    """`roll` under [calendar], off by default."""
    (tmp_path / "commlint.toml").write_text("[calendar]\nroll = true\n", "utf-8")
    assert Linter(load(tmp_path / "commlint.toml")).environment.roll
    assert not Linter().environment.roll
