"""Headings, paragraphs, lists, quotes, code and pipe tables of a text, each with its exact stretch. One pass over the lines.

With `markdown`, the block structure of CommonMark (see `markdown`). Without, what people write in plain text: lists, quotes,
tables, and headings such as 一、会议信息.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import define, frozen

from commlint.model.record import Block, BlockKind, Cell, Grid
from commlint.model.span import Span

_QUOTE = re.compile(r" {0,3}>")
ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<mark>[-*+\u2022\u00b7\u25cf\u25aa]|\d{1,4}[.)](?!\d)|\d{1,3}[\u3001\uff0e\uff09]|[(\uff08]\d{1,3}[)\uff09]|[\u2460-\u2473])(?:[ \t]+|(?<=[\u3001\uff0e\uff09\u2460-\u2473)])(?=\S))")
DELIMITER = re.compile(r"[ \t]*+(?:\|[ \t]*+)?:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+(?:\|[ \t]*+)?$")
NUMBERED = re.compile(r"[ \t\u3000]*(?:[一二三四五六七八九十]{1,3}[\u3001.\uff0e]|第[一二三四五六七八九十]{1,3}[章节部分条]+)[ \t\u3000]*(?P<title>[^\n\uff1a:\u3002\uff1b;!\uff01?\uff1f]{1,30}?)[:\uff1a]?[ \t\u3000]*$")
_BAR = re.compile(r"(?<!\\)\|")
MAX_CELLS = 200_000  # of one text, where nobody says how many
SKIP = " \t\u3000"
_OPENING = frozenset(" \t\u3000#=`~>*_-+\u2022\u00b7\u25cf\u25aa(\uff08第一二三四五六七八九十" + "".join(map(chr, range(0x2460, 0x2474))))


@frozen
class Layout:
    """The blocks of a text in order (nested ones after their parent), and its tables; `comments` are stretches that readers do not see.

    `cells_left_out`: there were more cells than the limit, and the tables behind it are text only.
    """

    blocks: tuple[Block, ...]
    grids: tuple[Grid, ...]
    comments: tuple[Span, ...] = ()
    cells_left_out: bool = False


@define(eq=False)  # made for every line: freezing it would take a third of the time of all
class Line:
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def blank(self) -> bool:
        return not self.text or self.text.isspace()

    @property
    def indent(self) -> int:
        """The column that it begins in, from 0; tabs lead to the next multiple of four."""
        blanks = self.text[: len(self.text) - len(self.text.lstrip(" \t"))]
        return len(blanks.expandtabs(4)) if "\t" in blanks else len(blanks)

    @property
    def running(self) -> bool:
        """Whether it begins as no block but a paragraph or a table does: one look instead of seven patterns."""
        first = self.text[:1]
        return not (first in _OPENING or first.isdecimal())

    def span(self) -> Span:
        """Without the blanks around it."""
        text, start = self.text, self.start
        left = start + len(text) - len(text.lstrip(SKIP))
        return Span(left, max(left, start + len(text.rstrip())))


def layout(text: str, *, markdown: bool = False, cells: int = MAX_CELLS) -> Layout:
    """The blocks and tables of `text`, whose only line break is "\n"; at most so many `cells`."""
    tables = Tables(cells)
    if markdown:
        from commlint.model.reading.markdown import MarkdownScan

        scan = MarkdownScan(_lines(text), tables)
        return Layout(tuple(scan.blocks()), tuple(tables.grids), tuple(scan.comments), tables.left_out)
    blocks = tuple(_Scan(_lines(text), tables).blocks())
    return Layout(blocks, tuple(tables.grids), cells_left_out=tables.left_out)


def _lines(text: str) -> list[Line]:
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append(Line(start, line))
        start += len(line) + 1
    return lines


class Tables:
    """The tables of a text, so many `cells` at most."""

    def __init__(self, cells: int) -> None:
        self.grids: list[Grid] = []
        self.left_out = False
        self._left = cells

    def grid(self, rows: list[Line], end: int) -> Block:
        """The table of these rows, the first of them its header."""
        span = Span(rows[0].start, end)
        cells: list[Cell] = []
        for number, row in enumerate(rows):
            cells += (Cell(cell, number, column, header=number == 0) for column, cell in enumerate(_cells(row)))
            if len(cells) > self._left:
                self.left_out = True
                return Block(BlockKind.TABLE, span)
        self._left -= len(cells)
        self.grids.append(Grid(span, tuple(cells)))
        return Block(BlockKind.TABLE, span)


class _Scan:
    """A walk over the lines of plain text; `at` is the next one."""

    def __init__(self, lines: list[Line], tables: Tables) -> None:
        self.lines = lines
        self.tables = tables
        self.at = 0

    def blocks(self) -> Iterator[Block]:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.blank:
                self.at += 1
            else:
                block = self._block(line)
                if block is not None:
                    yield block

    def _block(self, line: Line) -> Block | None:
        """The block that begins at `line`; moves on behind it."""
        if line.running:
            return self._table(line) or self._paragraph(line)
        return self._quote(line) or self._table(line) or self._numbered(line) or self._item(line) or self._paragraph(line)

    def _numbered(self, line: Line) -> Block | None:
        match = NUMBERED.match(line.text)
        if not match:
            return None
        self.at += 1
        return Block(BlockKind.HEADING, line.span(), 2)

    def _quote(self, line: Line) -> Block | None:
        if not _QUOTE.match(line.text):
            return None
        while self.at < len(self.lines) and _QUOTE.match(self.lines[self.at].text):
            self.at += 1
        return Block(BlockKind.QUOTE, Span(line.start, self.lines[self.at - 1].end))

    def _table(self, line: Line) -> Block | None:
        """A header, a delimiter row, rows; in plain text the delimiter row may be missing."""
        if "|" not in line.text:
            return None
        following = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else None
        delimited = following is not None and "-" in following.text and bool(DELIMITER.match(following.text))
        bare = following is not None and _bars(line) >= 2 and _bars(following) == _bars(line)
        if not delimited and not bare:
            return None
        first = self.at
        self.at += 2 if delimited else 1
        while self.at < len(self.lines) and "|" in self.lines[self.at].text:
            self.at += 1
        return self.tables.grid([line, *self.lines[first + (2 if delimited else 1) : self.at]], self.lines[self.at - 1].end)

    def _item(self, line: Line) -> Block | None:
        match = ITEM.match(line.text)
        if not match:
            return None
        self.at += 1
        indent = len(match["indent"].expandtabs(4))
        last = self._continuation(indent)
        end = (last or line).span().end
        return Block(BlockKind.LIST_ITEM, Span(line.start + match.end(), max(line.start + match.end(), end)), indent // 2 + 1)

    def _continuation(self, indent: int) -> Line | None:
        """The last line that goes on with a list item: not blank, indented deeper, nothing of its own."""
        last = None
        while self.at < len(self.lines):
            line = self.lines[self.at]
            deeper = len(line.text) - len(line.text.lstrip(SKIP)) > indent
            if line.blank or not deeper or self._begins(self.at):
                return last
            last = line
            self.at += 1
        return last

    def _paragraph(self, line: Line) -> Block:
        self.at += 1
        last = line
        while self.at < len(self.lines):
            following = self.lines[self.at]
            if following.blank or self._begins(self.at):
                break
            last = following
            self.at += 1
        whole = line.span()
        return Block(BlockKind.PARAGRAPH, whole if last is line else Span(whole.start, last.span().end))

    def _begins(self, at: int) -> bool:
        """Whether line `at` begins a block of its own inside a paragraph."""
        if self.lines[at].running:
            return self._table_begins(at)
        text = self.lines[at].text
        return bool(_QUOTE.match(text) or ITEM.match(text) or NUMBERED.match(text) or self._table_begins(at))

    def _table_begins(self, at: int) -> bool:
        if "|" not in self.lines[at].text or at + 1 >= len(self.lines):
            return False
        return bool("-" in self.lines[at + 1].text and DELIMITER.match(self.lines[at + 1].text))


def _bars(line: Line) -> int:
    return line.text.count("|")


def _cells(line: Line) -> Iterator[Span]:
    """The stretches between the bars, blanks around them left out; a bar behind a backslash is text (GFM)."""
    bars = [match.start() for match in _BAR.finditer(line.text)]
    text = line.text
    last = len(bars)
    left = 0
    for number, right in enumerate([*bars, len(text)]):
        inner = text[left:right]
        filled = inner.strip(SKIP)
        if filled or not (bars and number in (0, last)):
            start = line.start + left + (len(inner) - len(inner.lstrip(SKIP)) if inner.strip() else 0)
            yield Span(start, start + len(filled))
        left = right + 1
