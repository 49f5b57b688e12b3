"""What a text only cites: stretches between quotation marks and in Markdown code.

Straight double marks, curly and corner marks, and backticks are pairs; book marks (《》) name titles and do not count. A mark
without its partner in the same paragraph marks nothing, so it never swallows the rest.
"""

from __future__ import annotations

import re
from collections import Counter

from commlint.model.span import Span

# What a line starts with when it starts a block of its own: list markers, heading, table row, quoted line.
BLOCK = "[ \t]*(?:[\n#|>\u2022\u25aa\u25cf]|[-*+][ \t]|\\(?\\d{1,3}[.)\u3001](?!\\d)|\\(?[一二三四五六七八九十]{1,3}[)\u3001])"

_MARK = re.compile("[\u201c\u201d\u2018\u2019\u300c\u300d\u300e\u300f\"`](?:(?<=`)`*+)?+")
_BLOCK_END = re.compile(f"\n(?={BLOCK})")
_PARTNER = {"\u201d": "\u201c", "\u2019": "\u2018", "\u300d": "\u300c", "\u300f": "\u300e"}
_OPENING = frozenset(_PARTNER.values())


def quotations(folded: str) -> tuple[Span, ...]:
    """The outermost cited stretches of `folded`, in order, without their marks; empty ones left out."""
    return tuple(Span(start, end) for start, end in cited(folded) if start < end)


def cited(folded: str) -> list[tuple[int, int]]:
    """Like `quotations`, as plain pairs, empty ones too."""
    found: list[tuple[int, int]] = []
    opened = _Opened()
    last = 0
    for match in _MARK.finditer(folded):
        mark = match[0]
        if _BLOCK_END.search(folded, last, match.start()):
            opened.clear()
        last = match.end()
        if (start := opened.close(mark)) is not None:
            _enclose(found, start, match.start())
        elif mark in _OPENING or (mark not in _PARTNER and not _measure(folded, match.start(), mark)):
            opened.open(mark, match.end())
    return found


class _Opened:
    """Marks that wait for their partners; counted by kind, so that a mark without partner costs no search."""

    def __init__(self) -> None:
        self._marks: list[tuple[str, int]] = []
        self._counts: Counter[str] = Counter()

    def open(self, mark: str, start: int) -> None:
        self._marks.append((mark, start))
        self._counts[mark] += 1

    def close(self, mark: str) -> int | None:
        """Where the stretch starts that `mark` ends; None when it ends none. Marks left open inside it are dropped."""
        partner = _PARTNER.get(mark, mark)
        if mark in _OPENING or not self._counts[partner]:
            return None
        while True:
            opening, start = self._marks.pop()
            self._counts[opening] -= 1
            if opening == partner:
                return start

    def clear(self) -> None:
        self._marks.clear()
        self._counts.clear()


def _enclose(found: list[tuple[int, int]], start: int, end: int) -> None:
    """Add a stretch; what it encloses was only part of it."""
    while found and found[-1][0] >= start:
        found.pop()
    found.append((start, end))


def _measure(folded: str, at: int, mark: str) -> bool:
    """Whether a straight mark behind a digit or Latin letter is rather inches or seconds: 27" screens."""
    before = folded[at - 1 : at]
    return mark == '"' and before.isascii() and before.isalnum()
