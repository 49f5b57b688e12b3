"""All occurrences of many strings in one pass: by a compiled matcher where there is one, else in Python, with the same result.

The compiled matcher is ahocorasick_rs: it has wheels for Linux (x86-64 and ARM), macOS and Windows, and counts code points.
Both follow A. V. Aho and M. J. Corasick, "Efficient string matching: an aid to bibliographic search", CACM 18(6), 1975.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from typing import Protocol

Hit = tuple[int, int, int]  # which pattern, start, end

_PIECE = 1_000_000  # code points
_SURROGATE = re.compile("[\ud800-\udfff]")


class Automaton(Protocol):
    """Finds patterns, overlapping ones too, ordered by where they end."""

    def finds(self, text: str) -> list[Hit]:
        """Every occurrence of every pattern in `text`."""
        ...


def automaton(patterns: Sequence[str]) -> Automaton:
    """The fastest automaton at hand for non-empty, distinct `patterns`."""
    try:
        return CompiledAutomaton(patterns)
    except (ImportError, UnicodeEncodeError):  # no wheel; half a surrogate pair, which only Python can hold
        return PythonAutomaton(patterns)


class CompiledAutomaton:
    """Runs outside the interpreter lock. Long texts are looked through piece by piece: the matcher needs ten times its text in memory."""

    def __init__(self, patterns: Sequence[str]) -> None:
        from ahocorasick_rs import AhoCorasick

        self._find = AhoCorasick(patterns, store_patterns=False).find_matches_as_indexes
        self._before = max(map(len, patterns), default=1) - 1  # what an occurrence that ends in a piece can have before it

    def finds(self, text: str) -> list[Hit]:
        """Every occurrence of every pattern in `text`."""
        if len(text) <= _PIECE:
            return self._found(text)
        hits: list[Hit] = []
        for at in range(0, len(text), _PIECE):
            start = max(0, at - self._before)
            found = self._found(text[start : at + _PIECE])
            hits += [(which, start + first, start + end) for which, first, end in found if start + end > at]
        return hits

    def _found(self, text: str) -> list[Hit]:
        try:
            return self._find(text, overlapping=True)
        except UnicodeEncodeError:
            return self._find(_SURROGATE.sub("\ufffd", text), overlapping=True)


class PythonAutomaton:
    """A state is a number; `_next` holds its edges, `_fallback` its longest proper suffix, `_ends` the patterns that end there."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._lengths = [len(pattern) for pattern in patterns]
        self._next: list[dict[str, int]] = [{}]
        self._ends: list[tuple[int, ...]] = [()]
        for index, pattern in enumerate(patterns):
            self._add(index, pattern)
        self._fallback = [0] * len(self._next)
        self._link()

    def finds(self, text: str) -> list[Hit]:
        """Every occurrence of every pattern in `text`."""
        hits: list[Hit] = []
        state = 0
        for end, character in enumerate(text, 1):
            state = self._step(state, character)
            for index in self._ends[state]:
                hits.append((index, end - self._lengths[index], end))
        return hits

    def _add(self, index: int, pattern: str) -> None:
        state = 0
        for character in pattern:
            state = self._next[state].setdefault(character, len(self._next))
            if state == len(self._next):
                self._next.append({})
                self._ends.append(())
        self._ends[state] += (index,)

    def _link(self) -> None:
        """Breadth first, so that a shorter suffix is complete before a longer one asks for it."""
        queue = deque(self._next[0].values())
        while queue:
            state = queue.popleft()
            for character, following in self._next[state].items():
                self._fallback[following] = self._step(self._fallback[state], character)
                self._ends[following] += self._ends[self._fallback[following]]
                queue.append(following)

    def _step(self, state: int, character: str) -> int:
        while state and character not in self._next[state]:
            state = self._fallback[state]
        return self._next[state].get(character, 0)
