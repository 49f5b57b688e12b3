"""Characters in boxes become lines in the order they are read: blanks where there are gaps, columns one after the other.

Lengths are hundredths of a point, from the top left corner of the sheet.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from attrs import define, field, frozen

_BREAK = 2.0  # times the size of the type: a wider gap parts what stands in one line
_MANY = 4  # lines on either side that make columns
_WIDE = 8  # times the size of the type: what stands in narrower columns is a list of short things, read across
_SPACES = re.compile(r"\s")


@define(eq=False)  # made for every character of a page: freezing it would take a third of the time of all
class Glyph:
    """A character and its box; whether a blank was written before it."""

    text: str
    x0: int
    y0: int
    x1: int
    y1: int
    spaced: bool = field(default=False, kw_only=True)

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.y0 + self.y1) / 2


@frozen
class Line:
    """A stretch of text on one height; `size` is the height of its type."""

    text: str
    x0: int
    y0: int
    x1: int
    y1: int
    size: float


def glyphs(text: str, boxes: Sequence[int]) -> list[Glyph]:
    """The characters of a page that are no blanks; of a page written downwards, as if it lay on its side."""
    found: list[Glyph] = []
    spaced = False
    for at, character in enumerate(text):
        if character <= " " or _SPACES.match(character):
            spaced = True
        else:
            found.append(Glyph(character, *boxes[4 * at : 4 * at + 4], spaced=spaced))
            spaced = False
    return [_turned(glyph) for glyph in found] if _downwards(found) else found


def _downwards(found: Sequence[Glyph]) -> bool:
    """Whether characters follow one below the other rather than side by side."""
    level = upright = 0
    for before, after in pairwise(found):
        size = max(1, before.x1 - before.x0, before.y1 - before.y0)
        across, down = abs(after.x0 - before.x0), after.middle - before.middle
        upright += across < size * 0.2 and 0.4 * size < down < 2 * size
        level += abs(down) < size * 0.2 and 0 < across < 2 * size
    return upright > 10 and upright > 2 * level


def _turned(glyph: Glyph) -> Glyph:
    """Columns from right to left become lines from top to bottom."""
    return Glyph(glyph.text, glyph.y0, -glyph.x1, glyph.y1, -glyph.x0, spaced=glyph.spaced)


def lines(found: Iterable[Glyph]) -> list[Line]:
    """Stretches between wide gaps, from top to bottom and from left to right."""
    return [line for row in rows(found) for line in row]


def rows(found: Iterable[Glyph]) -> list[list[Line]]:
    """What stands on one height, cut at wide gaps."""
    return [_cut(sorted(row, key=lambda glyph: glyph.x0)) for row in _heights(found)]


def _heights(found: Iterable[Glyph]) -> Iterable[list[Glyph]]:
    row: list[Glyph] = []
    middle = size = 0.0
    for glyph in sorted(found, key=lambda glyph: glyph.middle):
        high = glyph.y1 - glyph.y0
        if row and glyph.middle - middle > 0.5 * max(size, high):
            yield row
            row = []
        if not row or high > size:  # small type beside large type stands on the height of the large
            size = max(high, 1)
            middle = glyph.middle
        row.append(glyph)
    if row:
        yield row


def _cut(row: list[Glyph]) -> list[Line]:
    size = median(glyph.y1 - glyph.y0 for glyph in row) or 1
    found: list[Line] = []
    start = 0
    for at in range(1, len(row) + 1):
        if at == len(row) or row[at].x0 - row[at - 1].x1 > _BREAK * size:
            found.append(_line(row[start:at], size))
            start = at
    return found


def _line(row: list[Glyph], size: float) -> Line:
    pieces = [row[0].text]
    for before, after in pairwise(row):
        gap = after.x0 - before.x1
        if gap > _blank(before.text, after.text) * size or (after.spaced and gap > -0.3 * size):
            pieces.append(" ")
        pieces.append(after.text)
    return Line("".join(pieces), row[0].x0, min(g.y0 for g in row), max(g.x1 for g in row), max(g.y1 for g in row), median(g.y1 - g.y0 for g in row))


def _blank(before: str, after: str) -> float:
    """How wide a gap is a blank: programs leave some room between Chinese and Latin letters, and between Chinese in justified lines."""
    chinese = (before >= "\u2e80") + (after >= "\u2e80")
    return (0.17, 0.4, 0.55)[chinese]


@frozen
class Column:
    """Rows that are read one below the other; `alone` when nothing is read beside them."""

    rows: tuple[tuple[Line, ...], ...]
    alone: bool = True


def in_order(rows: Sequence[Sequence[Line]], *, alone: bool = True) -> list[Column]:
    """`rows` from top to bottom; where running text stands in columns, the left one first."""
    segments = [line for row in rows for line in row]
    gutter = _gutter(segments)
    if gutter is None:
        return [Column(tuple(map(tuple, rows)), alone)] if rows else []
    at, top, bottom = gutter
    inside = [line for line in segments if top <= line.y0 < bottom]
    sides = ([line for line in inside if line.x1 <= at], [line for line in inside if line.x0 >= at])
    above = _filled([line for line in row if line.y0 < top] for row in rows)
    below = _filled([line for line in row if line.y0 >= bottom] for row in rows)
    return [*in_order(above, alone=alone), *(column for side in sides for column in in_order(_by_height(side), alone=False)), *in_order(below, alone=alone)]


def _filled(rows: Iterable[list[Line]]) -> list[list[Line]]:
    return [row for row in rows if row]


def _by_height(side: Sequence[Line]) -> list[list[Line]]:
    found: list[list[Line]] = []
    for line in sorted(side, key=lambda line: (line.y0 + line.y1, line.x0)):
        if found and (line.y0 + line.y1) / 2 - (found[-1][0].y0 + found[-1][0].y1) / 2 < 0.5 * line.size:
            found[-1].append(line)
        else:
            found.append([line])
    return [sorted(row, key=lambda line: line.x0) for row in found]


def _gutter(segments: Sequence[Line]) -> tuple[float, int, int] | None:
    """Where a white strip parts two columns, and from where to where it runs; of several the one that most lines stand beside."""
    best: tuple[int, float, int, int] | None = None
    for at in _strips(segments):
        for run in _runs(segments, at):
            left, right = [line for line in run if line.x1 <= at], [line for line in run if line.x0 >= at]
            if _column(left) and _column(right) and (best is None or len(run) > best[0]):
                best = (len(run), at, min(line.y0 for line in run), _foot(left, right))
    return best[1:] if best else None


def _foot(left: Sequence[Line], right: Sequence[Line]) -> int:
    """Where the columns end: a few lines on the left that stand apart, below all that stands on the right, come behind both."""
    pitch = median(after.y0 - before.y0 for before, after in pairwise(left))
    lowest = max(line.y1 for line in right)
    for number, (before, after) in enumerate(pairwise(left), 1):
        if after.y0 > lowest and after.y0 - before.y0 > 1.2 * pitch and not _column(left[number:]):
            return after.y0
    return 1 + max(line.y1 for line in (*left, *right))


def _strips(segments: Sequence[Line]) -> list[float]:
    """Where columns could part: a little left of where several stretches begin."""
    if len(segments) < 2 * _MANY:
        return []
    starts = sorted(line.x0 for line in segments)
    smallest = starts[0]
    places: list[float] = []
    for start in starts:
        many = bisect_left(starts, start + 150) - bisect_left(starts, start - 50)
        if many >= _MANY and start > smallest + 5_000 and (not places or start - 100 > places[-1] + 300):
            places.append(start - 100)
    return places[:40]


def _runs(segments: Sequence[Line], at: float) -> Iterable[list[Line]]:
    """Stretches of the page, from top to bottom, in which nothing crosses `at`."""
    run: list[Line] = []
    for line in sorted(segments, key=lambda line: (line.y0, line.x0)):
        if line.x0 < at < line.x1:
            yield run
            run = []
        else:
            run.append(line)
    yield run


def _column(side: Sequence[Line]) -> bool:
    """Whether it is running text: several lines, most of them as wide as the column."""
    if len(side) < _MANY:
        return False
    wide = max(line.x1 for line in side) - min(line.x0 for line in side)
    usual = median(line.x1 - line.x0 for line in side)
    return usual > 0.6 * wide and usual > _WIDE * median(line.size for line in side)
