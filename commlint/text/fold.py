"""One spelling for what people write in many: half width, simplified, lower case, nothing invisible.

Every step maps one code point to one, so offsets stay; only invisible characters are taken out, and the source map says where.
The fold of a text is the fold of its characters, one by one: what lies around a character never changes it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from attrs import frozen

from commlint.model.sourcemap import Run, SourceMap
from commlint.model.span import Span
from commlint.text.simplified import SIMPLIFIED, TRADITIONAL

# Zero-width characters, marks of direction, soft hyphen, byte order mark, variation selectors.
INVISIBLE = "\u00ad\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"

# str.lower() changes these by their place or in length; one by one they fold as below.
_DOTTED, _SIGMA = "\u0130", "\u03a3"
_UNRULY = {_DOTTED: _DOTTED, _SIGMA: "\u03c3"}

_WIDE = "".join(map(chr, range(0xFF01, 0xFF5F))) + "\u3000"
_HALF = "".join(map(chr, range(0x21, 0x7F))).lower() + " "
TABLE = dict(zip(_WIDE + TRADITIONAL, _HALF + SIMPLIFIED, strict=True))
_TRANSLATION = str.maketrans(TABLE)

# Translating costs 50 ns a character, looking for something to translate 5; but the pattern to look with takes 5 ms to
# compile. So the first texts are translated outright, until that would have paid for the pattern.
_WORTH_A_GUARD = 100_000
_MANY_KINDS = 12


@frozen
class Folded:
    """The folded text, and the map from it to the text it was made of."""

    text: str
    source_map: SourceMap


def fold(text: str) -> Folded:
    """`text` as rules compare it, with the way back."""
    if _may_hide(text):
        shown = [match.span() for match in _visible().finditer(text)]
        if shown != [(0, len(text))]:
            return Folded(_mapped("".join(text[start:end] for start, end in shown)), _kept(shown))
    return Folded(_mapped(text), _identity(len(text)))


def fold_string(text: str) -> str:
    """`text` as rules compare it."""
    return _mapped(_visible_only(text) if _may_hide(text) else text)


def _may_hide(text: str) -> bool:
    return not text.isascii() and _hint().search(text) is not None


def _visible_only(text: str) -> str:
    return "".join(_visible().findall(text))


def _kept(shown: list[tuple[int, int]]) -> SourceMap:
    runs = []
    length = 0
    for start, end in shown:
        runs.append(Run(Span(length, length + end - start), Span(start, end)))
        length += end - start
    return SourceMap(runs)


def _mapped(text: str) -> str:
    lower = _lower(text)
    return lower if lower.isascii() else _simple(lower)


def _lower(text: str) -> str:
    if _DOTTED in text or _SIGMA in text:
        return "".join(_UNRULY.get(character) or character.lower() for character in text)
    return text.lower()


class _Simplifier:
    """Translates text, at first outright, later by a guard."""

    def __init__(self) -> None:
        self._translated = 0

    def __call__(self, text: str) -> str:
        if self._translated < _WORTH_A_GUARD:
            self._translated += len(text)
            return text.translate(_TRANSLATION)
        return replaced(text)


_simple = _Simplifier()


def replaced(text: str) -> str:
    """`text` translated by the table: few kinds of characters one kind at a time, many kinds all at once."""
    search = _foldable().search
    at = 0
    for _ in range(_MANY_KINDS):
        found = search(text, at)
        if found is None:
            return text
        character = found[0]
        if character in TABLE:  # beyond the basic plane the pattern only looks roughly
            text = text.replace(character, TABLE[character])
        at = found.end()
    return text.translate(_TRANSLATION)


@lru_cache(maxsize=1024)
def _identity(length: int) -> SourceMap:
    return SourceMap.identity(length)


@cache
def _foldable() -> re.Pattern[str]:
    # Single characters beyond the basic plane make a class a hundred times slower; one range does not.
    basic = "".join(key for key in TABLE if key < "\U00010000")
    return re.compile(f"[{re.escape(basic)}\U00010000-\U0010ffff]")


@cache
def _hint() -> re.Pattern[str]:
    return re.compile(f"[{INVISIBLE}]")


@cache
def _visible() -> re.Pattern[str]:
    return re.compile(f"[^{INVISIBLE}]+")
