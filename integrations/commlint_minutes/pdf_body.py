"""The body of a PDF: paragraphs whole, tables as cells, and each character knows where it is seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from commlint.model.reading.blocks import layout
from commlint.model.record import Block, BlockKind, Cell, Grid, Part
from commlint.model.sourcemap import Run, SourceMap
from commlint.model.span import Span
from commlint_minutes.pdf_flow import Paragraph, Piece, begins_anew, room
from commlint_minutes.pdf_pages import PdfPage, Row, Table
from commlint_minutes.pdf_view import Filled, Seen, by_row

_SAME = 300  # hundredths of a point between the edges of what is one table on two pages
_HEADER_ROWS = 3
_ENDED = tuple("\u3002\uff01\uff1f!?.;\uff1b")


class Body:
    """Written once; `cut` when tables had more cells than `most` and the rest stayed text."""

    def __init__(self, pages: Sequence[PdfPage], pieces: Sequence[Piece], most: int) -> None:
        self.cut = False
        self._left = most
        self._seen = Seen(pages)
        self._pieces: list[str] = []
        self._length = 0
        self._runs: list[Run] = []
        self._blocks: list[Block] = []
        self._grids: list[Grid] = []
        self._write(pieces)

    def part(self) -> Part:
        """The body as a part."""
        return Part("body", "".join(self._pieces), self._seen.view, SourceMap(tuple(self._runs)), tuple(self._blocks), tuple(self._grids))

    def _write(self, pieces: Sequence[Piece]) -> None:
        at = 0
        while at < len(pieces):
            piece = pieces[at]
            if isinstance(piece, Paragraph):
                self._paragraph(piece)
                at += 1
            else:
                tables = _one(pieces, at)
                self._table(tables)
                at += len(tables)

    def _paragraph(self, piece: Paragraph) -> None:
        start, first = self._length, len(self._pieces)
        self._rows([row for _, row in piece.rows])
        if piece.level:
            self._blocks.append(Block(BlockKind.HEADING, Span(start, self._length), piece.level))
        else:
            blocks = layout("".join(self._pieces[first:])).blocks
            self._blocks += (Block(block.kind, block.span.shift(start), block.level) for block in blocks)
        last = piece.rows[-1][1]
        self._put("\n", self._seen.where[id(last)] + len(last.text))

    def _rows(self, rows: Sequence[Row]) -> None:
        """Lines of one paragraph: Chinese goes on without a blank, and a hyphen at the end of a line is kept."""
        for number, row in enumerate(rows):
            at = self._seen.where[id(row)]
            if number and _apart(self._pieces[-1][-1:], row.text[:1]):
                self._put(" ", at - 1)
            self._put(row.text, at)

    def _put(self, text: str, at: int) -> None:
        if text:
            self._pieces.append(text)
            self._runs.append(Run(Span(self._length, self._length + len(text)), Span(at, at + len(text))))
            self._length += len(text)

    def _table(self, tables: Sequence[Table]) -> None:
        """Tables that are one across pages. A header that repeats is left out; what is left of a row that the page cut is text, no row."""
        start = self._length
        cells: list[Cell] = []
        row = 0
        for number, table in enumerate(tables):
            skipped = _repeated(tables[0], table) if number else 0
            torn = number > 0 and _torn(tables[number - 1], table, skipped)
            for at, inside in by_row(table):
                if at >= skipped:
                    written = self._row(inside, row - skipped - torn)
                    cells += () if torn and at == skipped else written
            row += max(place.row + place.rows for place, _ in table.cells) - skipped - torn
        self._grid(Span(start, max(start, self._length - 1)), cells)

    def _grid(self, span: Span, cells: Sequence[Cell]) -> None:
        self.cut = self.cut or len(cells) > self._left
        if cells and len(cells) <= self._left:
            self._left -= len(cells)
            self._blocks.append(Block(BlockKind.TABLE, span))
            self._grids.append(Grid(span, tuple(cells)))

    def _row(self, inside: Sequence[Filled], above: int) -> list[Cell]:
        cells: list[Cell] = []
        for number, (place, rows) in enumerate(inside):
            if number:
                self._put("\t", self._seen.cells[id(place)] - 1)
            start = self._length
            for paragraph in _paragraphs(place.box[2], rows):
                if self._length > start:
                    self._put("\n", self._seen.where[id(paragraph[0])] - 1)
                self._rows(paragraph)
            row = place.row + above
            cells.append(Cell(Span(start, self._length), row, place.column, row == 0, place.rows, place.columns))
        self._put("\n", self._seen.ends[id(inside[-1][0])])
        return cells


def _apart(before: str, after: str) -> bool:
    """Whether two lines of a paragraph are joined by a blank."""
    return before < "\u2e80" and after < "\u2e80" and before not in "-\u2010\u00ad/"


def _paragraphs(right: int, rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows of a cell: those that are only wrapped together."""
    paragraph: list[Row] = []
    for row in rows:
        if paragraph and not _wrapped(paragraph[-1], row, right):
            yield paragraph
            paragraph = []
        paragraph.append(row)
    if paragraph:
        yield paragraph


def _wrapped(before: Row, row: Row, right: int) -> bool:
    last = before.lines[-1]
    return len(row.lines) == 1 and not begins_anew(row.text) and last.x1 + (room(row.text) + 1) * last.size > right


def _one(pieces: Sequence[Piece], at: int) -> list[Table]:
    """The table at `at`, with what goes on with it on the pages that follow: the same columns, nothing between."""
    tables: list[Table] = []
    page = 0
    for piece in pieces[at:]:
        if isinstance(piece, Paragraph) or (tables and (piece[0] != page + 1 or not _same(tables[-1], piece[1]))):
            break
        page = piece[0]
        tables.append(piece[1])
    return tables


def _same(one: Table, two: Table) -> bool:
    left, right = one.ruled.edges, two.ruled.edges
    return len(left) == len(right) and all(abs(a - b) <= _SAME for a, b in zip(left, right, strict=True))


def _texts(inside: Sequence[Filled]) -> list[str]:
    return ["".join(row.text for row in rows) for _, rows in inside]


def _repeated(first: Table, table: Table) -> int:
    """How many rows at the top of `table` are those at the top of `first`."""
    count = 0
    for (row, one), (_, two) in zip(by_row(first), by_row(table), strict=False):
        if row >= _HEADER_ROWS or _texts(one) != _texts(two):
            break
        count = max(place.row + place.rows for place, _ in two)
    return count


def _torn(before: Table, table: Table, skipped: int) -> bool:
    """Whether the first row behind the header only ends what the last row before it began: nothing in its first cell, nor beside what was left open."""
    last, first = list(by_row(before))[-1][1], next((inside for row, inside in by_row(table) if row >= skipped), [])
    if not first or len(last) != len(first) or first[0][1] or not any(rows for _, rows in first):
        return False
    pairs = zip(_texts(last), _texts(first), strict=True)
    return all(left and not left.endswith(_ENDED) for left, right in pairs if right)
