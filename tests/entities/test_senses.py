"""Cues are the same found one by one, and by an automaton."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from commlint.entities import senses
from commlint.entities.senses import found
from commlint.entities.wordlists import sections
from commlint.model.environment import Lexicon
from commlint.model.span import Span

WORDS = sorted({word for words in sections("senses").values() for word in words})
TEXT = st.lists(st.sampled_from(WORDS) | st.text("ab1 \u8bf7\u4e86\u3002", max_size=3), max_size=12).map("".join)


@given(TEXT, st.data())
def test_an_automaton_finds_the_same_cues(text, data):
    """Also inside a stretch that cuts words, and around masked ones."""
    start = data.draw(st.integers(0, len(text)))
    within = Span(start, data.draw(st.integers(start, len(text))))
    masked = [Span(start, start + 2)] if data.draw(st.booleans()) else []
    senses._words.cache_clear()
    with patch.object(senses, "_WORTH_AN_AUTOMATON", 10**9):
        expected = found(Lexicon(), text, within, masked)
    senses._words.cache_clear()
    with patch.object(senses, "_WORTH_AN_AUTOMATON", -1):
        assert found(Lexicon(), text, within, masked) == expected
