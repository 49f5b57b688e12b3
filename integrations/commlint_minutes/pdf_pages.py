"""One page of a PDF: its lines and tables in the order they are read, and the lines at its edges."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from commlint_minutes.pdf_lines import Column, Glyph, Line, glyphs, in_order, rows
from commlint_minutes.pdf_tables import Place, Ruled, tables

_EDGE = 0.15  # of the height: where headers, footers and page numbers stand
_EDGE_LINES = 3
_SCANNED = 0.3  # of the sheet that pictures cover, where there is no text
_NUMBER = re.compile(
    r"[-\u2013\u2014\u2500\u00b7\uff0d\s]{0,9}(?:(?:第\s?\d{1,4}\s?页(?:\s?[/,\uff0c\u3001]?\s?[(\uff08]?共\s?\d{1,4}\s?页[)\uff09]?)?)|(?:共\s?\d{1,4}\s?页\s?[,\uff0c]?\s?第\s?\d{1,4}\s?页)"
    r"|(?:page\s)?\d{1,4}(?:\s?(?:/|of)\s?\d{1,4})?(?:\s?页)?|[ivxl]{1,6})[-\u2013\u2014\u2500\u00b7\uff0d\s]{0,9}",
    re.IGNORECASE,
)


@frozen
class Row:
    """What is read in one go: stretches on one height."""

    lines: tuple[Line, ...]
    edge: bool = False  # whether it stands where headers and footers do
    column: int = 0  # the number of the column it is in, 0 where there are none

    @property
    def text(self) -> str:
        """The stretches, tabs between them."""
        return "\t".join(line.text for line in self.lines)

    @property
    def top(self) -> int:
        """Where it begins, from above."""
        return min(line.y0 for line in self.lines)


@frozen
class Table:
    """A table with the rows of text of each cell."""

    ruled: Ruled
    cells: tuple[tuple[Place, tuple[Row, ...]], ...]


@frozen
class PdfPage:
    """A page: `scanned` when a picture stands where text would, or its characters have no meaning."""

    number: int
    width: int
    height: int
    content: tuple[Row | Table, ...]
    scanned: bool = False
    damaged: bool = False
    tilted: int = 0

    @property
    def rows(self) -> tuple[Row, ...]:
        """Its rows outside of tables."""
        return tuple(each for each in self.content if isinstance(each, Row))


def page(number: int, found: Mapping[str, Any]) -> PdfPage:
    """A page as `pdf_extract` tells of it."""
    characters = glyphs(found["text"], found["boxes"])
    ruled = tables(found["rulings"])
    height = max(1, found["height"])
    free, cells = _shared_out(characters, ruled)
    content = _placed(_marked(in_order(rows(free)), height), ruled, cells)
    known, unknown = len(characters), found["unmapped"]
    return PdfPage(
        number, found["width"], height, tuple(content), scanned=unknown > known or (known < 4 and found["pictures"] > _SCANNED), damaged=bool(found.get("damaged")), tilted=found["tilted"],
    )


def is_number(row: Row) -> bool:
    """Whether it is nothing but the number of a page."""
    return row.edge and len(row.text) < 40 and _NUMBER.fullmatch(row.text.strip()) is not None


def _shared_out(characters: Sequence[Glyph], ruled: Sequence[Ruled]) -> tuple[list[Glyph], dict[tuple[int, int], list[Glyph]]]:
    """The characters outside of tables, and those in each cell, by table and cell."""
    free: list[Glyph] = []
    cells: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in characters:
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.middle
        for number, table in enumerate(ruled):
            cell = table.at(x, y) if table.box[0] <= x <= table.box[2] and table.box[1] <= y <= table.box[3] else -1
            if cell >= 0:
                cells.setdefault((number, cell), []).append(glyph)
                break
        else:
            free.append(glyph)
    return free, cells


def _marked(found: Sequence[Column], height: int) -> list[Row]:
    """Rows, those at the edges told: the first and last few, near the top and the foot."""
    heights = sorted({line.y0 for column in found for row in column.rows for line in row})
    above, below = heights[_EDGE_LINES - 1 : _EDGE_LINES], heights[-_EDGE_LINES:][:1]
    first, last = (above or heights[-1:] or [0])[0], (below or [0])[0]
    return [Row(row, _at_edge(row[0].y0, first, last, height), 0 if column.alone else number) for number, column in enumerate(found, 1) for row in column.rows]


def _at_edge(top: int, first: int, last: int, height: int) -> bool:
    return (top <= first and top < _EDGE * height) or (top >= last and top > (1 - _EDGE) * height)


def _placed(found: Sequence[Row], ruled: Sequence[Ruled], cells: Mapping[tuple[int, int], list[Glyph]]) -> list[Row | Table]:
    """Rows with the tables put between them: before the first row that begins below, beside nothing that is read earlier."""
    content: list[Row | Table] = list(found)
    for number, table in enumerate(ruled):
        filled = tuple((place, tuple(Row(tuple(row)) for row in rows(cells.get((number, at), ())))) for at, place in enumerate(table.places))
        if any(inside for _, inside in filled):
            content.insert(_where(content, table), Table(table, filled))
    return content


def _where(content: Sequence[Row | Table], table: Ruled) -> int:
    """In the column that the table stands in: behind what stands above it there."""
    at = 0
    for number, each in enumerate(content, 1):
        left, right, top = (each.ruled.box[0], each.ruled.box[2], each.ruled.box[1]) if isinstance(each, Table) else (each.lines[0].x0, each.lines[-1].x1, each.top)
        if top < table.box[1] and left < table.box[2] and right > table.box[0]:
            at = number
    return at


__all__ = ["PdfPage", "Row", "Table", "is_number", "page"]
