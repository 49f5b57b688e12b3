"""Kleene's tables."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commlint.engine.truth import conjunction, counted, disjunction, negation, truth
from commlint.model.values import Unknown

U = Unknown("why")
T, F = True, False
VALUES = st.sampled_from([T, F, U])


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [(T, T, T, T), (T, F, F, T), (T, U, U, T), (F, T, F, T), (F, F, F, F), (F, U, F, U), (U, T, U, T), (U, F, F, U), (U, U, U, U)],
)
def test_and_or(left, right, both, either):
    """And is the least, or the greatest, with unknown in the middle."""
    assert conjunction((left, right)) == both
    assert disjunction((left, right)) == either


@given(st.lists(VALUES))
def test_de_morgan(values):
    """Not-and is or-of-nots, also for unknowns."""
    assert negation(conjunction(values)) == disjunction([negation(value) for value in values])


@given(st.lists(VALUES, max_size=6), st.integers(0, 6))
def test_counting_is_unknown_exactly_when_it_depends(values, n):
    """A count is decided when every way to settle the unknowns gives one answer."""
    ways = product(*[(T, F) if value is U else (value,) for value in values])
    answers = {sum(way) >= n for way in ways}
    expected = answers.pop() if len(answers) == 1 else U
    assert counted(values, lambda count: count >= n) == expected


def test_the_first_reason_is_kept():
    """When several things are missing the first is named."""
    assert conjunction((Unknown("a"), Unknown("b"))) == Unknown("a")


@pytest.mark.parametrize(("value", "expected"), [(None, F), ("", F), ("x", T), ((), F), ((1,), T), (0, F), (U, U), (object(), T)])
def test_truth_of_values(value, expected):
    """None and what is empty is false, an unknown is unknown, anything else is true."""
    assert truth(value) == expected
