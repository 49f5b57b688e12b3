"""What rules look for in folded text: phrases, regular expressions, plain strings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from commlint.text.fold import fold_string

_LATIN = re.compile("[0-9a-z\u00df-\u024f]")
_WORTH_AN_AUTOMATON = 200_000  # characters times words looked through: what building one costs

if TYPE_CHECKING:
    from commlint.text.automaton import Automaton

Found = tuple[tuple[int, int], ...]


class Phrases:
    """Any of some words, longest first, none inside an exception; `whole` keeps Latin words whole.

    `words` and `exceptions` are folded here; empty ones are dropped.
    """

    def __init__(self, words: Iterable[str], exceptions: Iterable[str] = (), *, whole: bool = True) -> None:
        self.words = _folded(words)
        self.exceptions = _folded(exceptions)
        self.whole = whole
        self._search = _search(self.words)

    def spans(self, text: str) -> Found:
        """Where one of the words stands in folded `text`, leftmost and longest, without overlaps."""
        found = self.everywhere(text)
        if self.whole and found:
            found = [span for span in found if _is_whole(text, *span)]
        if not found:
            return ()
        chosen = _leftmost_longest(found)
        return _outside(chosen, sorted(_each(self.exceptions, text))) if self.exceptions else chosen

    def everywhere(self, text: str) -> list[tuple[int, int]]:
        """Every occurrence of every word in folded `text`, inside others too."""
        return self._search.places(text)

    def __repr__(self) -> str:
        return f"phrase({', '.join(self.words)})"


class _Search:
    """Looks for words in turn until an automaton would have paid. Safe to share between threads."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self._words = words
        self._looked = 0
        self._automaton: Automaton | None = None

    def places(self, text: str) -> list[tuple[int, int]]:
        if self._automaton is None:
            self._looked += len(text) * len(self._words)
            if self._looked < _WORTH_AN_AUTOMATON:
                return _each(self._words, text)
            from commlint.text.automaton import automaton

            self._automaton = automaton(self._words)
        return [(start, end) for _, start, end in self._automaton.finds(text)]


_search = lru_cache(maxsize=4096)(_Search)  # a rule looks for the same words in a whole part, and then in a sentence of it


def _each(words: Sequence[str], text: str) -> list[tuple[int, int]]:
    found = []
    for word in words:
        start = text.find(word)
        while start >= 0:
            found.append((start, start + len(word)))
            start = text.find(word, start + 1)
    return found


def _outside(found: Found, free: list[tuple[int, int]]) -> Found:
    """Those of `found` that do not lie in one of `free` (sorted)."""
    starts = [start for start, _ in free]
    reach = [0, *accumulate((end for _, end in free), max)]
    return tuple((start, end) for start, end in found if reach[bisect_right(starts, start)] < end)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no Latin word is cut in two at either end."""
    return not (_joins(text, start) or _joins(text, end))


def _joins(text: str, at: int) -> bool:
    return 0 < at < len(text) and _LATIN.match(text[at]) is not None and _LATIN.match(text[at - 1]) is not None


def _leftmost_longest(found: list[tuple[int, int]]) -> Found:
    found.sort(key=lambda span: (span[0], -span[1]))
    chosen: list[tuple[int, int]] = []
    for span in found:
        if not chosen or span[0] >= chosen[-1][1]:
            chosen.append(span)
    return tuple(chosen)


class Expression:
    """A regular expression over folded text; tried only where one of its required literals stands."""

    def __init__(self, pattern: str, flags: str = "") -> None:
        from commlint.text.regex import compiled, required_literals

        self.pattern = pattern
        self.flags = flags
        self._regex = compiled(pattern, flags)
        self._literals = required_literals(pattern, flags) or ()

    def spans(self, text: str) -> Found:
        """Where it matches in folded `text`; empty matches do not count."""
        if not self._possible(text):
            return ()
        return tuple(match.span() for match in self._regex.finditer(text) if match.end() > match.start())

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in folded `text`, empty ones included."""
        return self._regex.search(text) if self._possible(text) else None

    def _possible(self, text: str) -> bool:
        return not self._literals or any(literal in text for literal in self._literals)

    def __repr__(self) -> str:
        return f"/{self.pattern}/{self.flags}"


Pattern = Phrases | Expression


@lru_cache(maxsize=4096)
def phrases(words: tuple[str, ...], exceptions: tuple[str, ...] = ()) -> Phrases:
    """Words as `phrase(words, except)` of the language means them."""
    return Phrases(words, exceptions)


@lru_cache(maxsize=4096)
def plain(text: str) -> Phrases:
    """A string as it stands, also inside longer words."""
    return Phrases((text,), whole=False)


@lru_cache(maxsize=4096)
def expression(pattern: str, flags: str = "") -> Expression:
    """A regular expression of the language."""
    return Expression(pattern, flags)


def _folded(words: Iterable[str]) -> tuple[str, ...]:
    kept = {fold_string(word).strip() for word in words} - {""}
    return tuple(sorted(kept, key=lambda word: (-len(word), word)))
