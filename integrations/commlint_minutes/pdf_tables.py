"""Tables told by their ruling lines: a grid of lines becomes cells, and cells whose wall is missing are merged.

Lengths are hundredths of a point. What has no lines between its columns is no table here: gaps alone deceive.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from attrs import define, frozen

_NEAR = 250  # lines this close are one: borders are drawn double, thick, or a little off
_SMALL = 500  # no cell is less wide or high
_MOST = 20_000  # cells that a page may have

_Box = tuple[int, int, int, int]


@frozen
class Place:
    """A cell: its row and column (from 0), how many of them it covers, and its box."""

    row: int
    column: int
    rows: int
    columns: int
    box: _Box


@frozen
class Ruled:
    """A table on a page; `edges` are where its columns begin and end."""

    box: _Box
    edges: tuple[int, ...]
    places: tuple[Place, ...]

    def at(self, x: float, y: float) -> int:
        """The number of the cell that a point lies in, -1 for none."""
        for number, place in enumerate(self.places):
            if place.box[0] <= x < place.box[2] and place.box[1] <= y < place.box[3]:
                return number
        return -1


def tables(rulings: Iterable[Sequence[int]]) -> list[Ruled]:
    """The tables that ruling lines draw, from top to bottom; one inside another is not told."""
    found = [table for group in _connected(_merged(rulings)) if (table := _table(group)) is not None]
    outer = [table for table in found if not any(_inside(table.box, other.box) for other in found if other is not table)]
    return sorted(outer, key=lambda table: (table.box[1], table.box[0]))


def _inside(inner: _Box, outer: _Box) -> bool:
    return inner != outer and outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


@define(eq=False)
class _Ruling:
    """A level line (`along` x) or an upright one, at `at`, from `start` to `end`."""

    level: bool
    at: int
    start: int
    end: int


def _merged(rulings: Iterable[Sequence[int]]) -> list[_Ruling]:
    """One ruling for all pieces of a line."""
    pieces = sorted((_ruling(box) for box in rulings), key=lambda ruling: (ruling.level, ruling.at, ruling.start))
    found: list[_Ruling] = []
    heights: list[_Ruling] = []  # the rulings on the height at hand, in the order of their starts
    for piece in pieces:
        heights = [one for one in heights if one.level == piece.level and piece.at - one.at <= _NEAR]
        same = next((one for one in reversed(heights[-50:]) if piece.start <= one.end + _NEAR and one.start <= piece.end + _NEAR), None)
        if same is None:
            found.append(piece)
            heights.append(piece)
        else:
            same.start, same.end = min(same.start, piece.start), max(same.end, piece.end)
    return found


def _ruling(box: Sequence[int]) -> _Ruling:
    left, top, right, bottom = box
    if right - left >= bottom - top:
        return _Ruling(True, (top + bottom) // 2, left, right)
    return _Ruling(False, (left + right) // 2, top, bottom)


def _connected(rulings: Sequence[_Ruling]) -> Iterator[list[_Ruling]]:
    """Rulings that touch or cross, directly or through others."""
    parent = list(range(len(rulings)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = one = parent[parent[one]]
        return one

    upright = sorted((ruling.at, number) for number, ruling in enumerate(rulings) if not ruling.level)
    ats = [at for at, _ in upright]
    steps = 0
    for number, level in enumerate(rulings):
        if not level.level:
            continue
        for _, other in upright[bisect_right(ats, level.start - _NEAR) : bisect_right(ats, level.end + _NEAR)]:
            steps += 1
            if steps > _MOST * 50:
                return  # a drawing
            if rulings[other].start - _NEAR <= level.at <= rulings[other].end + _NEAR:
                parent[root(other)] = root(number)
    groups: dict[int, list[_Ruling]] = {}
    for number, ruling in enumerate(rulings):
        groups.setdefault(root(number), []).append(ruling)
    yield from groups.values()


def _table(group: Sequence[_Ruling]) -> Ruled | None:
    levels, uprights = [one for one in group if one.level], [one for one in group if not one.level]
    if not levels or not uprights or len(group) < 3:
        return None
    xs = _edges([one.at for one in uprights] + [min(one.start for one in levels), max(one.end for one in levels)])
    ys = _edges([one.at for one in levels] + [min(one.start for one in uprights), max(one.end for one in uprights)])
    wide, high = len(xs) - 1, len(ys) - 1
    if wide < 2 or high < 1 or wide * high > _MOST:
        return None
    places = tuple(_Lattice(xs, ys, _Walls(levels, ys), _Walls(uprights, xs)).places())
    return Ruled((xs[0], ys[0], xs[-1], ys[-1]), tuple(xs), places) if len(places) > 1 else None


def _edges(values: Iterable[int]) -> list[int]:
    found: list[int] = []
    for value in sorted(values):
        if not found or value - found[-1] > _SMALL:
            found.append(value)
    return found


class _Walls:
    """The rulings of one direction, by the edge they run along."""

    def __init__(self, rulings: Sequence[_Ruling], edges: Sequence[int]) -> None:
        self.along: dict[int, list[_Ruling]] = {}
        for ruling in rulings:
            edge = min(range(len(edges)), key=lambda number: abs(edges[number] - ruling.at)) if len(edges) < 50 else max(0, bisect_right(edges, ruling.at + _SMALL // 2) - 1)
            self.along.setdefault(edge, []).append(ruling)

    def between(self, edge: int, start: int, end: int) -> bool:
        """Whether there is a wall along most of a stretch."""
        covered = sum(max(0, min(one.end, end) - max(one.start, start)) for one in self.along.get(edge, ()))
        return covered * 2 > end - start


@frozen
class _Lattice:
    """Edges from left to right and from top to bottom, and the walls along them."""

    xs: Sequence[int]
    ys: Sequence[int]
    levels: _Walls
    uprights: _Walls

    def places(self) -> Iterator[Place]:
        """Cells from top to bottom and left to right: as wide as no wall stands in the way, then as high as all of it is open below."""
        xs, ys = self.xs, self.ys
        taken: set[tuple[int, int]] = set()
        for row, column in product(range(len(ys) - 1), range(len(xs) - 1)):
            if (row, column) in taken:
                continue
            right = column + 1
            while right < len(xs) - 1 and (row, right) not in taken and not self._beside(row, right):
                right += 1
            below = row + 1
            while below < len(ys) - 1 and self._open(below, range(column, right)):
                below += 1
            taken |= set(product(range(row, below), range(column, right)))
            yield Place(row, column, below - row, right - column, (xs[column], ys[row], xs[right], ys[below]))

    def _beside(self, row: int, edge: int) -> bool:
        return self.uprights.between(edge, self.ys[row], self.ys[row + 1])

    def _open(self, row: int, columns: range) -> bool:
        """Whether the row below belongs to the cell: no wall above it, and none inside."""
        above = any(self.levels.between(row, self.xs[column], self.xs[column + 1]) for column in columns)
        return not above and not any(self._beside(row, edge) for edge in columns[1:])
