"""Paragraphs and tables one after the other, laid out as the parts of a record: every paragraph and every cell is a place.

A part's text has a paragraph a line, the rows of a table on lines, their cells apart by tabs, as HTML is read; what is empty takes no
line. The view is the same but for the tabs between cells, which are line breaks there: so columns count from the start of the cell.
Paragraphs are counted as people count them: those outside tables that say something, headings and list items among them. A cell is
named by its table (counted over the document), row and column; of merged cells by the first; columns that no cell begins in are none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from attrs import evolve

from commlint.errors import RecordError
from commlint.model.place import Place
from commlint.model.reading.blocks import layout
from commlint.model.record import Anchor, Block, BlockKind, Cell, Grid, Part, Party, View
from commlint.model.sourcemap import Run, SourceMap
from commlint.model.span import Span
from commlint_minutes.symbols import plain

if TYPE_CHECKING:
    from commlint.model.environment import Limits

_MAX_SPAN = 1_000  # rows or columns that one cell may be said to cover
_NOWHERE = Place()  # of a cell, until the columns of its table are known
_MARKED = re.compile(r"^[ \t\u3000]*[-*+\u2022\u00b7\u25cf\u25aa\d(\uff08\u2460-\u2473一二三四五六七八九十第]", re.MULTILINE)  # how a mark that is typed begins
_NESTED = 20  # tables in tables; what lies in those below is text of the cell around them
_TYPED = (BlockKind.HEADING, BlockKind.LIST_ITEM)  # what people type by hand where programs have a style for it


class Flow:
    """What stands in a document so far; `part` takes it away as a part. Tables and cells are counted over all parts."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._cells = self._tables_begun = 0
        self.cut = False  # whether cells were left out
        self._anew()

    def _anew(self) -> None:
        self._text: list[str] = []
        self._seen: list[str] = []
        self._length = self._paragraphs = self._muted = self._flat = 0
        self._blocks: list[Block] = []
        self._grids: list[Grid] = []
        self._anchors: list[tuple[int, Place]] = []
        self._apart: list[int] = []  # where tabs part cells
        self._open: list[_Table] = []

    def part(self, name: str, *, label: str = "", first: int = 1, sender: Party | None = None, sent_at: datetime | None = None) -> Part | None:
        """What there is, as a part; None when nothing stands in it. `first` is the number of its first paragraph."""
        self._muted = self._flat = 0
        while self._open:
            self.table_ends()
        text = "".join(self._text)
        anchors = tuple(Anchor(start, evolve(place, paragraph=place.paragraph + first - 1) if first > 1 and place.paragraph else place) for start, place in self._anchors)
        view = View("".join(self._seen), label, anchors=anchors, counted_anew=True)
        blocks = tuple(sorted(self._blocks, key=lambda block: (block.span.start, -block.span.end)))
        grids = tuple(sorted(self._grids, key=lambda grid: (grid.span.start, -grid.span.end)))
        source_map = SourceMap(tuple(_runs(self._apart, len(text))))
        self._anew()
        return Part(name, text, view, source_map, blocks, grids, sent_at, sender) if text.strip() else None

    # paragraphs

    def paragraph(self, text: str, kind: BlockKind = BlockKind.PARAGRAPH, level: int = 0, mark: str = "") -> None:
        """A paragraph, its lines apart by "\\n"; `mark` is the number or bullet that the program shows before it."""
        text = plain(text.replace("\r\n", "\n").replace("\r", "\n")).rstrip()  # a reference may put any line break there
        if self._muted or not text.strip():
            return
        self._line()
        start = self._length
        if not self._open:
            self._paragraphs += 1
            self._anchors.append((start, Place("paragraph", paragraph=self._paragraphs)))
        else:
            self._open[-1].resume(self._anchors, start)
        self._write(mark + text)
        self._blocks += self._kinds(mark, text, start, kind, level)

    def _kinds(self, mark: str, text: str, start: int, kind: BlockKind, level: int) -> Iterator[Block]:
        """What a paragraph is: by its style, else by how it is typed. In a cell, a paragraph is no block of its own."""
        whole = Span(start, self._length)
        if kind is BlockKind.HEADING:
            yield Block(kind, whole, level)
            return
        typed = layout(mark + text).blocks if not self._open and _MARKED.search(mark + text) else ()
        if kind is BlockKind.LIST_ITEM:
            heads = len(typed) == 1 and typed[0].kind is BlockKind.HEADING
            yield Block(BlockKind.HEADING, whole, typed[0].level) if heads else Block(kind, Span(start + len(mark), self._length), level)
        elif any(block.kind in _TYPED for block in typed):
            yield from (Block(block.kind, block.span.shift(start), block.level) for block in typed if block.kind in (*_TYPED, kind))
        elif not self._open:
            yield Block(kind, whole, level)

    def _line(self) -> None:
        """Begin a line, unless at the start of the part or of a cell."""
        if self._length > (self._open[-1].cell_start if self._open else 0):
            self._write("\n")

    def _write(self, text: str, seen: str = "") -> None:
        self._text.append(text)
        self._seen.append(seen or text)
        self._length += len(text)

    # tables

    def table_starts(self) -> None:
        """A table begins, maybe in a cell."""
        if self._muted:
            self._muted += 1
            return
        if self._flat or len(self._open) >= _NESTED:
            self._flat += 1
            return
        self._tables_begun += 1
        self._open.append(_Table(self._tables_begun))

    def row_starts(self, column: int = 0, *, header: bool = False) -> None:
        """A row begins, at `column` (from 0)."""
        if self._unseen():
            return
        table = self._open[-1]
        if table.row < 0:
            table.start = self._beginning()
        else:
            self._write("\n")
        table.next_row(column, header=header)

    def rows_passed(self, count: int) -> None:
        """`count` empty rows follow, which take no line."""
        if not self._unseen():
            self._open[-1].row += max(0, count)

    def _unseen(self) -> bool:
        """Whether what begins is no row or cell of the table at hand: covered, outside any, or too deep to be told apart."""
        return bool(self._muted or self._flat or not self._open)

    def _beginning(self) -> int:
        """Where the table at hand starts: on a line of its own in what it lies in."""
        table = self._open.pop()
        self._line()
        self._open.append(table)
        return self._length

    def cell_starts(self, row_span: int = 1, column_span: int = 1, *, continued: bool = False) -> None:
        """A cell begins. `continued`: it is merged with the one above, and what it holds is not seen."""
        if self._unseen():
            return
        table = self._open[-1]
        if table.row < 0:
            self.row_starts()  # a cell outside any row
        column_span = max(1, min(_MAX_SPAN, column_span))
        above = table.owners.get(table.column) if continued else None
        if above is not None and above.row + above.row_span == table.row:
            above.row_span += 1
            table.column += column_span
            self._muted = 1
            return
        if self._cells >= self._limits.cells:
            self.cut = True
            self._muted = 1
            return
        self._cells += 1
        if table.begun:
            self._apart.append(self._length)
            self._write("\t", "\n")
        table.cell_starts(self._length, max(1, min(_MAX_SPAN, row_span)), column_span)
        table.resume(self._anchors, self._length)

    def covered(self, count: int) -> None:
        """`count` columns of this row are covered by a cell above or before."""
        if not self._unseen():
            self._open[-1].column += max(0, min(_MAX_SPAN, count))

    def cell_ends(self) -> None:
        """The cell at hand ends."""
        if self._muted:
            self._muted -= self._muted == 1
        elif not self._unseen():
            self._open[-1].cell_ends(self._length)

    def table_ends(self) -> None:
        """The table at hand ends."""
        if self._muted > 1:
            self._muted -= 1
            return
        self._muted = 0
        if self._flat:
            self._flat -= 1
            return
        if not self._open:
            return
        table = self._open.pop()
        if table.cells:
            span = Span(table.start, self._length)
            self._grids.append(Grid(span, tuple(table.gridded())))
            self._blocks.append(Block(BlockKind.TABLE, span))
            table.name(self._anchors)
        if self._open:
            self._open[-1].resumed = False


class _Table:
    """A table while it is read."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.row = -1
        self.column = self.start = self.cell_start = 0
        self.cells: list[_Cell] = []
        self.owners: dict[int, _Cell] = {}  # by column, the last cell that is not merged with one above
        self.header = self.begun = False
        self.resumed = True  # whether the cell at hand, or the rest of it behind a table in it, has its anchor

    def next_row(self, column: int, *, header: bool) -> None:
        self.row += 1
        self.column = max(0, min(_MAX_SPAN, column))
        self.header = header
        self.begun = False

    def cell_starts(self, start: int, row_span: int, column_span: int) -> None:
        cell = _Cell(start, self.row, self.column, row_span, column_span, header=self.header or self.row == 0)
        self.cells.append(cell)
        self.owners[self.column] = cell
        self.column += column_span
        self.cell_start = start
        self.begun = True
        self.resumed = False

    def cell_ends(self, end: int) -> None:
        if self.cells:
            self.cells[-1].end = max(self.cells[-1].start, end)

    def resume(self, anchors: list[tuple[int, Place]], start: int) -> None:
        """Set an anchor at `start`, if what follows has none yet."""
        if not self.resumed and self.cells:
            self.resumed = True
            self.cells[-1].anchors.append(len(anchors))
            anchors.append((start, _NOWHERE))

    def gridded(self) -> Iterator[Cell]:
        """The cells, in columns that some cell begins in."""
        columns = self._columns()
        ends = sorted(columns)
        for cell in self.cells:
            left = columns[cell.column]
            over = bisect_left(ends, cell.column + cell.column_span) - left
            yield Cell(Span(cell.start, max(cell.start, cell.end)), cell.row, left, cell.header, cell.row_span, max(1, over))

    def name(self, anchors: list[tuple[int, Place]]) -> None:
        """Give the anchors their places, now that the columns are known."""
        columns = self._columns()
        for cell in self.cells:
            place = Place("table", table=self.number, row=cell.row + 1, column=columns[cell.column] + 1)
            for index in cell.anchors:
                anchors[index] = (anchors[index][0], place)

    def _columns(self) -> dict[int, int]:
        return {column: number for number, column in enumerate(sorted({cell.column for cell in self.cells}))}


class _Cell:
    """A cell while its table is read: merged rows may follow."""

    def __init__(self, start: int, row: int, column: int, row_span: int, column_span: int, *, header: bool) -> None:
        self.start = self.end = start
        self.row, self.column = row, column
        self.row_span, self.column_span = row_span, column_span
        self.header = header
        self.anchors: list[int] = []


def _runs(apart: list[int], length: int) -> Iterator[Run]:
    """Where text and view agree, and the tabs, which stand for line breaks."""
    done = 0
    for tab in apart:
        yield Run(Span(done, tab), Span(done, tab))
        yield Run(Span(tab, tab + 1), Span(tab, tab + 1), exact=False)
        done = tab + 1
    yield Run(Span(done, length), Span(done, length))


def paragraphs_of(part: Part) -> int:
    """How many paragraphs of a part are counted."""
    return sum(anchor.place.type == "paragraph" for anchor in part.view.anchors)


def too_many_cells(limits: Limits) -> RecordError:
    """The rest of the tables was not read."""
    return RecordError(
        "table-limit", f"there are more than {limits.cells:,} table cells; the rest was not checked", help="split the file, or raise limits.cells",
        zh=f"表格单元格超过 {limits.cells:,} 个\uff0c其余未检查", zh_help="请拆分文件\uff0c或调高 limits.cells",
    )
