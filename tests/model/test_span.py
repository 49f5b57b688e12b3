"""Spans: stretches that cannot be backwards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commlint.model.span import Span

SPANS = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda ends: Span(min(ends), max(ends)))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_is_never_backwards_nor_negative(start: int, end: int) -> None:
    """Such a span cannot be made."""
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@given(SPANS, SPANS)
def test_spans_overlap_where_they_share_a_character(one: Span, other: Span) -> None:
    """Containing and overlapping are what the characters say."""
    mine, others = set(range(one.start, one.end)), set(range(other.start, other.end))
    assert one.overlaps(other) == bool(mine & others) or not (mine and others)
    assert not (mine and others) or one.contains(other) == (others <= mine)


@given(SPANS, st.integers(0, 5), st.text(min_size=20, max_size=20))
def test_shifting_moves_what_is_covered(span: Span, by: int, text: str) -> None:
    """By as many characters."""
    assert span.shift(by).of("x" * by + text) == span.of(text)
    assert len(span.shift(by)) == len(span)


def test_an_empty_span_is_still_a_place() -> None:
    """It is true, so that `if span` asks whether there is one."""
    assert Span(3, 3)
