"""What is seen of a PDF: the lines of its pages in the order they are read, and where each row and cell begins in that text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from commlint.model.place import Place
from commlint.model.record import Anchor, View
from commlint_minutes.pdf_pages import PdfPage, Row, Table
from commlint_minutes.pdf_tables import Place as CellPlace

Filled = tuple[CellPlace, tuple[Row, ...]]


def by_row(table: Table) -> Iterator[tuple[int, list[Filled]]]:
    """The cells of a table by the row they begin in."""
    for row, cells in groupby(table.cells, key=lambda cell: cell[0].row):
        yield row, list(cells)


class Seen:
    """The text of all pages. `where` a row begins, by its identity; where a cell does, and where it `ends`, by that of its place."""

    def __init__(self, pages: Sequence[PdfPage]) -> None:
        self.where: dict[int, int] = {}
        self.cells: dict[int, int] = {}
        self.ends: dict[int, int] = {}
        self._pieces: list[str] = []
        self._length = 0
        self._anchors: list[Anchor] = []
        for page in pages:
            self._page(page)
        self.view = View("".join(self._pieces), anchors=tuple(self._anchors), counted_anew=True)

    def _page(self, page: PdfPage) -> None:
        line, tables = 1, 0
        self._anchor(Place("page", page=page.number), 1)
        for each in page.content:
            if isinstance(each, Row):
                self._row(each)
                self._put("\n")
                line += 1
            else:
                tables += 1
                line += self._table(each, page.number, tables)
                self._anchor(Place("page", page=page.number), line)

    def _table(self, table: Table, page: int, number: int) -> int:
        """The cells; returns how many lines are seen of it."""
        lines = 0
        for row, cells in by_row(table):
            for at, (place, rows) in enumerate(cells):
                if at:
                    self._put("\n")  # a cell begins on a line of its own, so that columns count from its start
                self._anchor(Place("page", page=page, table=number, row=row + 1, column=place.column + 1), 1)
                self._cell(place, rows)
            self._put("\n")
            lines += max(1, *(len(rows) for _, rows in cells))
        return lines

    def _cell(self, place: CellPlace, rows: Sequence[Row]) -> None:
        self.cells[id(place)] = self._length
        for number, row in enumerate(rows):
            if number:
                self._put("\n")
            self._row(row)
        self.ends[id(place)] = self._length

    def _row(self, row: Row) -> None:
        self.where[id(row)] = self._length
        self._put(row.text)

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def _anchor(self, place: Place, line: int) -> None:
        self._anchors.append(Anchor(self._length, place, line))
