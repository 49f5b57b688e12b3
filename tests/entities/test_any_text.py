"""No text makes a word of the language raise, hang or lose its place."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commlint.model.record import Kind
from tests.entities.records import PATHS, analysed
from tests.fuzz import _located, run, verify

PIECES = st.sampled_from((
    "请", "尽快", "张三", "市场部", "负责人", "\uff1a", ":", "5月25日", "前", "\n", "|", "---", "\u200b", "\u202e", "e\u0301", "\ud83d", "\udc00", "\ufeff", "\u3000", "\x00", "\U0001f600", "1", "*", "\u201c", "\u201d", "@", "(", ")",
    "每周一", "3个工作日内", "待定", "-----原始邮件-----", "> ", "会后", "【", "】", "#", "- ", "13800001234", "12万元", "\t", "\r", "\u2028", "\u8acb", "\u76e1\u5feb",
))  # fmt: skip
TEXTS = st.lists(PIECES | st.text(st.characters(), max_size=4), max_size=40).map("".join)
LONG = {"digits": "1" * 100_000, "colons": ":" * 100_000, "wide colons": "\uff1a" * 100_000, "line": "请张三在5月25日前提交报告\uff0c" * 8_000, "brackets": "(" * 100_000, "combining": "e\u0301" * 50_000}


def _asked(text: str, kind: Kind) -> None:
    analysis = analysed(text, kind=kind, subject="x")
    for key in PATHS:
        for each in _located(analysis.value(key)):
            verify(analysis, key, each)


@given(TEXTS, st.sampled_from((Kind.MINUTES, Kind.EMAIL, Kind.CHAT_MESSAGE)))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_stretch_of_any_text_is_in_its_place(text, kind):
    """Combining, bidirectional, invisible and broken characters too."""
    _asked(text, kind)


@pytest.mark.parametrize("name", LONG)
def test_long_runs_end(name):
    """A hundred thousand of one thing are read like anything else."""
    _asked(LONG[name], Kind.MINUTES)


def test_a_line_of_five_megabytes_ends():
    """One line as long as a file."""
    _asked("a1 \u5f20" * 1_250_000, Kind.EMAIL)


def test_mutated_samples_are_understood_or_refused(tmp_path, monkeypatch):
    """Some of what `python -m tests.fuzz` tries for as long as one likes."""
    monkeypatch.chdir(tmp_path)
    done, read = run(20_260_000, count=60)
    assert done == 60
    assert read > 20
