"""What rules look for in folded text: phrases, regular expressions, plain strings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from commlint.text.fold import fold_string

_LATIN = "0-9a-z\u00df-\u024f"
_LATIN_CHARACTER = re.compile(f"[{_LATIN}]")

Found = tuple[tuple[int, int], ...]


class Phrases:
    """Any of some words, longest first, none inside an exception; `whole` keeps Latin words whole.

    `words` and `exceptions` are folded here; empty ones are dropped.
    """

    def __init__(self, words: Iterable[str], exceptions: Iterable[str] = (), *, whole: bool = True) -> None:
        self.words = _folded(words)
        self.exceptions = _folded(exceptions)
        self.whole = whole
        self._regex = _alternation(self.words, whole)
        self._except = re.compile(f"(?=({'|'.join(map(re.escape, self.exceptions))}))") if self.exceptions else None

    def spans(self, text: str) -> Found:
        """Where one of the words stands in folded `text`, leftmost and longest, without overlaps."""
        if self._regex is None:
            return ()
        found = tuple(match.span() for match in self._regex.finditer(text))
        if not found or self._except is None:
            return found
        free = [match.span(1) for match in self._except.finditer(text)]
        return tuple(span for span in found if not any(s <= span[0] and span[1] <= e for s, e in free)) if free else found

    def __repr__(self) -> str:
        return f"phrase({', '.join(self.words)})"


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


def _alternation(words: tuple[str, ...], whole: bool) -> re.Pattern[str] | None:
    if not words:
        return None
    return re.compile("|".join(_bounded(word) if whole else re.escape(word) for word in words))


def _bounded(word: str) -> str:
    before = f"(?<![{_LATIN}])" if _LATIN_CHARACTER.match(word[0]) else ""
    after = f"(?![{_LATIN}])" if _LATIN_CHARACTER.match(word[-1]) else ""
    return before + re.escape(word) + after
