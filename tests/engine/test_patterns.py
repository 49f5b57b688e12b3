"""Phrases found one by one, and by an automaton."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from commlint.engine import patterns

WORDS = st.lists(st.text("ab中文", min_size=1, max_size=3), min_size=1, max_size=4)
TEXT = st.text("ab中文 ", max_size=30)


def slowly(words, exceptions, text):
    """By definition: at each place the longest whole word; then what lies in no exception."""
    found, at = [], 0
    while at < len(text):
        fitting = [w for w in words if text.startswith(w, at) and _whole(text, at, at + len(w))]
        if fitting:
            longest = max(fitting, key=len)
            found.append((at, at + len(longest)))
            at += len(longest)
        else:
            at += 1
    free = [(i, i + len(e)) for e in exceptions for i in range(len(text)) if text.startswith(e, i)]
    return tuple(span for span in found if not any(s <= span[0] and span[1] <= e for s, e in free))


def _whole(text, start, end):
    def cut(at):
        return 0 < at < len(text) and text[at] in "ab" and text[at - 1] in "ab"

    return not cut(start) and not cut(end)


@given(WORDS, WORDS, TEXT)
def test_phrases_by_definition(words, exceptions, text):
    """Leftmost, longest, whole, outside the exceptions; the same with an automaton."""
    expected = slowly(words, exceptions, text)
    assert patterns.Phrases(words, exceptions).spans(text) == expected
    before = patterns._WORTH_AN_AUTOMATON
    patterns._WORTH_AN_AUTOMATON = 0
    try:
        assert patterns.Phrases(words, exceptions).spans(text) == expected
    finally:
        patterns._WORTH_AN_AUTOMATON = before
