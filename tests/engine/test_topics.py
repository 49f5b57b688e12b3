"""Subjects as topics: what different records about one thing share."""

from __future__ import annotations

import pytest

from commlint.engine.topics import normal


@pytest.mark.parametrize(("subject", "expected"), [
    ("Re: 展位会议纪要", "展位"),
    ("回复: 关于展位的会议通知 2026-03-06", "展位"),
    ("[项目] 预算会议记录", "预算"),
    ("minutes of the budget meeting", "minutesofthebudget"),
    ("会议纪要", "会议纪要"),
    ("", ""),
])
def test_normal_subjects(subject: str, expected: str) -> None:
    """Reply marks, tags, dates and the word for the kind of record go; nothing is left empty that said something."""
    assert normal(subject) == expected


@pytest.mark.parametrize("piece", ["1", "会议纪要", "会议通知", "2026-03-06 ", "of the "])
def test_subjects_without_end(piece: str) -> None:
    """A subject of nothing but such words, with another behind them, is read in time that grows with its length: some thousands of them are no work."""
    assert normal(piece * 20_000 + "x").endswith("x")
    assert normal("x" + piece * 20_000) == "x"
