"""A backtracking matcher that counts its steps: what `re` does, slowly and in the open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from commlint.text.regex_tree import Chars, Choice, Repeat, Sequence

Then = Callable[[int], bool]


class TooManySteps(Exception):  # noqa: N818 - it says what happened
    """The matcher was stopped at its limit."""


class Matcher:
    """Matches trees of characters, sequences, choices and repeats in `text`."""

    def __init__(self, text: str, limit: int) -> None:
        self.text = text
        self.limit = limit
        self.steps = 0

    def matches(self, node: Any, at: int) -> bool:
        """Whether `node` matches at `at`; adds to `steps`. Raises TooManySteps beyond the limit."""
        return self._match(node, at, lambda _: True)

    def _match(self, node: Any, at: int, then: Then) -> bool:
        self.steps += 1
        if self.steps > self.limit:
            raise TooManySteps
        if isinstance(node, Chars):
            return at < len(self.text) and node.holds(self.text[at]) and then(at + 1)
        if isinstance(node, Sequence):
            return self._chain(node.items, at, then)
        if isinstance(node, Choice):
            return any(self._match(branch, at, then) for branch in node.branches)
        if isinstance(node, Repeat):
            return self._rounds(node, 0, at, then)
        return then(at)

    def _chain(self, items: tuple[Any, ...], at: int, then: Then) -> bool:
        if not items:
            return then(at)
        return self._match(items[0], at, lambda following: self._chain(items[1:], following, then))

    def _rounds(self, node: Repeat, done: int, at: int, then: Then) -> bool:
        def again(following: int) -> bool:
            stuck = following == at and done >= node.least
            return not stuck and self._rounds(node, done + 1, following, then)

        if done < node.most and self._match(node.body, at, again):
            return True
        return done >= node.least and then(at)
