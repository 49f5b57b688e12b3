"""Quotations: what a text only cites."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commlint.text.quotations import quotations

MARKS = st.text("\u201c\u201d\u2018\u2019\u300c\u300d\u300e\u300f\"`《》\na1 -|")


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("不要写\u201c尽快\u201d,要写日期", ["尽快"]),
        ('不要写"尽快"和"抓紧"', ["尽快", "抓紧"]),
        ("不要寫\u300c盡快\u300d", ["盡快"]),
        ("用 `git push` 提交", ["git push"]),
        ("``a`b`` 之后", ["a`b"]),
        ("\u300c外\u300e内\u300f外\u300d", ["外\u300e内\u300f外"]),
        ("\u201c他说\u2018好\u2019\u201d", ["他说\u2018好\u2019"]),
        ("《尽快》是书名", []),
        ("\u201c第一行\n第二行\u201d", ["第一行\n第二行"]),
        ("\u201c没有结尾\n\n下一段\u201d", []),
        ('- 他说"好\n- 尽快"', []),
        ('| "a | b" |\n| c" |', ["a | b"]),
        ('"没有结尾', []),
        ('27"屏和24"屏', []),
        ("don\u2019t say \u2018soon\u2019", ["soon"]),
        ("\u201c\u201c\u201c里\u201d", ["里"]),
        ("\u201d反了\u201c", []),
        ("\u201c\u201d", []),
        ("", []),
    ],
)
def test_what_stands_between_marks_is_cited(text: str, cited: list[str]) -> None:
    """Pairs of marks cite; book marks, lone marks, inches and apostrophes do not."""
    assert [span.of(text) for span in quotations(text)] == cited


@given(MARKS)
def test_quotations_are_in_order_apart_and_never_empty(text: str) -> None:
    """Only the outermost are given."""
    spans = quotations(text)
    assert all(span.start < span.end for span in spans)
    assert all(before.end < after.start for before, after in itertools.pairwise(spans))


@given(MARKS)
def test_no_quotation_reaches_over_a_blank_line(text: str) -> None:
    """A mark without partner swallows at most its paragraph."""
    assert not any("\n\n" in span.of(text) for span in quotations(text))
