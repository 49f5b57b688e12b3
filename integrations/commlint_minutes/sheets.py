"""Cells as text, blocks and tables: what people put on a sheet, told apart by the blank rows and columns between.

Cells of a row are kept apart by a tab, rows by a line break, tables by a blank line. A row of one cell above a table is its title;
a stretch one column wide is text. Rows of a table that has blank rows in it stay together; what begins anew with a title, or
with a header of its own, is a table of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from attrs import frozen

from commlint.model.record import Block, BlockKind, Cell, Grid
from commlint.model.span import Span

_SENTENCE = re.compile("[\uff0c,;\uff1b\u3002:\uff1a!?\uff01\uff1f\n]")  # what a title does not have
_TITLE = 60  # characters
_LABEL = 30  # characters of a cell in a header row
_SPARSE = 20_000  # places of a table that is drawn in full however few of them are filled
_WIDEST = 50  # columns that one cell may cover
_TALLEST = 200  # rows that one cell may cover


class Filled(NamedTuple):
    """A cell with text in it, by row and column from 0, and how many it covers; `words` is False for numbers and dates."""

    row: int
    column: int
    text: str
    words: bool = True
    rows: int = 1
    columns: int = 1
    style: int = 0


Row = list[Filled]


@frozen
class Laid:
    """`text` and `view` differ in the tabs between cells alone: what stands in one cell is a line of the view, or more.

    `places` are the offsets at which cells begin, empty ones in tables too, with their rows and columns.
    """

    text: str
    view: str
    blocks: tuple[Block, ...]
    grids: tuple[Grid, ...]
    places: tuple[tuple[int, int, int], ...]


def laid(cells: Iterable[Filled], *, across: bool = True) -> Laid:
    """The cells, which come row by row and from left to right; tables side by side are told apart if `across`."""
    rows = [list(row) for _, row in groupby(cells, key=lambda cell: cell.row)]
    writer = _Writer()
    for region in _regions(rows):
        for table in _beside(region) if across else (region,):
            writer.region(table)
    return writer.laid()


def _regions(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows of each stretch of the sheet that is one thing."""
    region = _Region()
    for row in rows:
        blank = row[0].row - region.reach
        if region.rows and blank > 0 and region.ends(row, blank):
            yield region.rows
            region = _Region()
        region.add(row)
    if region.rows:
        yield region.rows


class _Region:
    """What was seen of a stretch so far: its header is the first row of several cells, `reach` the row behind all its cells."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.header: Row = []
        self.last: Row = []
        self.left, self.right = 1 << 30, -1
        self.reach = 0

    def add(self, row: Row) -> None:
        self.rows.append(row)
        self.reach = max(self.reach, *(cell.row + min(cell.rows, _TALLEST) for cell in row))
        if len(row) > 1:
            self.header = self.header or row
            self.last = row
            self.left, self.right = min(self.left, row[0].column), max(self.right, row[-1].column)

    def ends(self, row: Row, blank: int) -> bool:
        """Whether a row below `blank` blank ones begins something of its own."""
        if len(row) == 1:
            return row[0].words
        if row[0].column < self.left or row[-1].column > self.right:
            return True
        if not _heads(row):
            return False
        if blank > 1 or {cell.text for cell in row} & {cell.text for cell in self.header}:
            return True
        if self.last is self.header or not any(cell.style for cell in self.header):
            return len(row) != len(self.header) and not _heads(self.last)
        return _styles(row) == _styles(self.header) != _styles(self.last)


def _styles(row: Row) -> set[int]:
    return {cell.style for cell in row}


def _heads(row: Row) -> bool:
    """Whether all there is in a row are words as short as labels."""
    return all(cell.words and len(cell.text) <= _LABEL for cell in row)


def _beside(region: list[Row]) -> Iterator[list[Row]]:
    """The tables of a region that stand side by side with a blank column between, each with a header and rows."""
    body = [row for row in region if len(row) > 1]
    gaps = _gaps(body) if len(body) > 1 else []
    groups = [(left, right) for left, right in zip([0, *gaps], [*gaps, 1 << 30], strict=True)] if gaps else []
    first = body[0] if body else []
    if len(groups) < 2 or not all(_is_headed(first, left, right) and all(cell.words for cell in first) for left, right in groups):
        yield region
        return
    above = [row for row in region if row[0].row < first[0].row]
    if above:
        yield above
    for left, right in groups:
        own = [[cell for cell in row if left <= cell.column < right] for row in region if row[0].row >= first[0].row]
        yield [row for row in own if row]


def _gaps(rows: list[Row]) -> list[int]:
    """The columns behind those in which nothing stands, but for the edges."""
    covered: set[int] = set()
    for row in rows:
        for cell in row:
            covered.update(range(cell.column, cell.column + min(cell.columns, _WIDEST)))
    ordered = sorted(covered)
    return [right for left, right in pairwise(ordered) if right - left > 1]


def _is_headed(header: Row, left: int, right: int) -> bool:
    return sum(left <= cell.column < right for cell in header) > 1


class _Writer:
    """Writes one region behind the other."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.seen: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []
        self.grids: list[Grid] = []
        self.places: list[tuple[int, int, int]] = []

    def laid(self) -> Laid:
        return Laid("".join(self.pieces), "".join(self.seen), tuple(self.blocks), tuple(self.grids), tuple(self.places))

    def region(self, rows: list[Row]) -> None:
        """Titles, then a table; or lines of text."""
        if self.length:
            self._gap("\n\n")
        left, right = _extent(rows)
        titles = len(rows) if right - left == 1 else _titles(rows, right - left)
        for number, row in enumerate(rows[:titles]):
            if number:
                self._gap("\n")
            self._line(row[0], first=number == 0, above=titles < len(rows))
        if titles < len(rows):
            if titles:
                self._gap("\n")
            self._table(rows[titles:])

    def _line(self, cell: Filled, *, first: bool, above: bool) -> None:
        start = self.length
        self._cell(cell.row, cell.column, cell.text)
        heads = first and (above or not self.blocks) and cell.words and len(cell.text) <= _TITLE and not _SENTENCE.search(cell.text)
        kind = BlockKind.HEADING if heads else BlockKind.PARAGRAPH
        level = 0 if not heads else 2 if self.blocks else 1
        self.blocks.append(Block(kind, Span(start, self.length), level))

    def _table(self, rows: list[Row]) -> None:
        start = self.length
        left, right = _extent(rows)
        full = len(rows) * (right - left) <= _SPARSE + 4 * sum(map(len, rows))
        numbers = [row[0].row for row in rows]
        covered: set[tuple[int, int]] = set()
        cells: list[Cell] = []
        for at, row in enumerate(rows):
            if at:
                self._gap("\n")
            reaches = {cell.column: _reach(cell, at, numbers, right) for cell in row if cell.rows > 1 or cell.columns > 1}
            if full:
                for column, (tall, wide) in reaches.items():
                    covered.update((at + down, column + over) for down in range(tall) for over in range(wide))
            for number, (column, text) in enumerate(_drawn(row, at, left, right, covered) if full else ((cell.column, cell.text) for cell in row)):
                if number:
                    self._gap("\t")
                span = self._cell(numbers[at], column, text)
                cells.append(Cell(span, at, column - left, at == 0, *reaches.get(column, (1, 1))))
        span = Span(start, self.length)
        self.grids.append(Grid(span, tuple(cells)))
        self.blocks.append(Block(BlockKind.TABLE, span))

    def _cell(self, row: int, column: int, text: str) -> Span:
        self.places.append((self.length, row, column))
        self.pieces.append(text)
        self.seen.append(text)
        start = self.length
        self.length += len(text)
        return Span(start, self.length)

    def _gap(self, blanks: str) -> None:
        self.pieces.append(blanks)
        self.seen.append("\n" * len(blanks))
        self.length += len(blanks)


def _extent(rows: Sequence[Row]) -> tuple[int, int]:
    """The columns from the first to behind the last; a row of one cell is as wide as the others."""
    return min(row[0].column for row in rows), max(cell.column + (min(cell.columns, _WIDEST) if len(row) > 1 else 1) for row in rows for cell in row)


def _titles(rows: Sequence[Row], width: int) -> int:
    """How many rows at the top are one cell each; in two columns only the first, others are labels without a value."""
    count = 0
    for row in rows[:-1]:
        cell = row[0]
        label = cell.text.rstrip().endswith((":", "\uff1a")) or (width < 3 and count > 0)
        if len(row) > 1 or not cell.words or (label and cell.columns < 2):
            break
        count += 1
    return count


def _reach(cell: Filled, at: int, numbers: Sequence[int], right: int) -> tuple[int, int]:
    """How many of the rows that are drawn, and of the columns, a cell covers."""
    below = bisect_left(numbers, cell.row + min(cell.rows, _TALLEST), at)
    return max(1, below - at), max(1, min(cell.columns, _WIDEST, right - cell.column))


def _drawn(row: Row, at: int, left: int, right: int, covered: set[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """All the places of a row, without those that another cell covers."""
    filled = {cell.column: cell.text for cell in row}
    for column in range(left, right):
        text = filled.get(column)
        if text is not None:
            yield column, text
        elif (at, column) not in covered:
            yield column, ""
