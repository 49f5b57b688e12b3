"""Headings, paragraphs, lists, quotes, code and pipe tables of a text, each with its exact stretch. One pass over the lines.

With `markdown`, the block structure of CommonMark as far as records use it (ATX and setext headings, fences, block quotes,
lists, GFM tables). Without, only what people also write in plain text: lists, quotes, tables, and headings such as 一、会议信息.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import define, frozen

from commlint.model.record import Block, BlockKind, Cell, Grid
from commlint.model.span import Span

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_SETEXT = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_CODE_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^`]*)$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_QUOTE = re.compile(r" {0,3}>")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<mark>[-*+\u2022\u00b7\u25cf\u25aa]|\d{1,4}[.)](?!\d)|\d{1,3}[\u3001\uff0e\uff09]|[(\uff08]\d{1,3}[)\uff09]|[\u2460-\u2473])(?:[ \t]+|(?<=[\u3001\uff0e\uff09\u2460-\u2473)])(?=\S))")
_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_NUMBERED = re.compile(r"[ \t\u3000]*(?:[一二三四五六七八九十]{1,3}[\u3001.\uff0e]|第[一二三四五六七八九十]{1,3}[章节部分条]+)[ \t\u3000]*(?P<title>[^\n\uff1a:\u3002\uff1b;!\uff01?\uff1f]{1,30}?)[:\uff1a]?[ \t\u3000]*$")
_BAR = re.compile(r"(?<!\\)\|")
_MAX_CELLS = 200_000  # of one record: more is no table that a person wrote
_SKIP = " \t\u3000"
_OPENING = frozenset(" \t\u3000#=`~>*_-+\u2022\u00b7\u25cf\u25aa(\uff08第一二三四五六七八九十" + "".join(map(chr, range(0x2460, 0x2474))))


@frozen
class Layout:
    """The blocks of a text in order (nested ones after their parent), and its tables."""

    blocks: tuple[Block, ...]
    grids: tuple[Grid, ...]


@define(eq=False)  # made for every line: freezing it would take a third of the time of all
class _Line:
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def blank(self) -> bool:
        return not self.text.strip()

    @property
    def running(self) -> bool:
        """Whether it begins as no block but a paragraph or a table does: one look instead of seven patterns."""
        first = self.text[:1]
        return not (first in _OPENING or first.isdecimal())

    def span(self) -> Span:
        """Without the blanks around it."""
        left = len(self.text) - len(self.text.lstrip(_SKIP))
        return Span(self.start + left, max(self.start + left, self.start + len(self.text.rstrip())))


def layout(text: str, *, markdown: bool = False) -> Layout:
    """The blocks and tables of `text`, whose only line break is "\\n"."""
    scan = _Scan(_lines(text), markdown=markdown)
    blocks = tuple(scan.blocks())
    return Layout(blocks, tuple(scan.grids))


def _lines(text: str) -> list[_Line]:
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append(_Line(start, line))
        start += len(line) + 1
    return lines


class _Scan:
    """A walk over the lines; `at` is the next one."""

    def __init__(self, lines: list[_Line], *, markdown: bool) -> None:
        self.lines = lines
        self.markdown = markdown
        self.at = 0
        self.grids: list[Grid] = []
        self.cells = 0

    def blocks(self) -> Iterator[Block]:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.text or line.blank:
                self.at += 1
            else:
                block = self._block(line)
                if block is not None:
                    yield block

    def _block(self, line: _Line) -> Block | None:
        """The block that begins at `line`; moves on behind it."""
        if line.running:
            return self._table(line) or self._paragraph(line)
        if self.markdown:
            special = self._fence(line) or self._atx(line)
            if special:
                return special
            if _RULE.match(line.text) and not line.text.lstrip().startswith("- "):
                self.at += 1
                return None
        return self._quote(line) or self._table(line) or self._numbered(line) or self._item(line) or self._paragraph(line)

    def _fence(self, line: _Line) -> Block | None:
        opening = _CODE_FENCE.match(line.text)
        if not opening:
            return None
        closing = re.compile(rf" {{0,3}}{re.escape(opening[1][0])}{{{len(opening[1])},}}[ \t]*$")
        self.at += 1
        while self.at < len(self.lines) and not closing.match(self.lines[self.at].text):
            self.at += 1
        self.at = min(self.at + 1, len(self.lines))
        return Block(BlockKind.CODE, Span(line.start, self.lines[self.at - 1].end))

    def _atx(self, line: _Line) -> Block | None:
        match = _ATX.match(line.text)
        if not match:
            return None
        self.at += 1
        title = line.text[match.end() :].rstrip()
        bare = title.rstrip("#")
        title = bare.rstrip() if not bare or bare[-1] in " \t" else title
        start = line.start + match.end()
        return Block(BlockKind.HEADING, Span(start, start + len(title)), len(match[1]))

    def _numbered(self, line: _Line) -> Block | None:
        match = _NUMBERED.match(line.text)
        if not match:
            return None
        self.at += 1
        return Block(BlockKind.HEADING, line.span(), 2)

    def _quote(self, line: _Line) -> Block | None:
        if not _QUOTE.match(line.text):
            return None
        while self.at < len(self.lines) and _QUOTE.match(self.lines[self.at].text):
            self.at += 1
        return Block(BlockKind.QUOTE, Span(line.start, self.lines[self.at - 1].end))

    def _table(self, line: _Line) -> Block | None:
        """A header, a delimiter row, rows; in plain text the delimiter row may be missing."""
        if "|" not in line.text:
            return None
        following = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else None
        delimited = following is not None and "-" in following.text and bool(_DELIMITER.match(following.text))
        bare = not self.markdown and following is not None and _bars(line) >= 2 and _bars(following) == _bars(line)
        if not delimited and not bare:
            return None
        first = self.at
        self.at += 2 if delimited else 1
        while self.at < len(self.lines) and "|" in self.lines[self.at].text:
            self.at += 1
        return self._grid([line, *self.lines[first + (2 if delimited else 1) : self.at]], self.lines[self.at - 1].end)

    def _grid(self, rows: list[_Line], end: int) -> Block:
        span = Span(rows[0].start, end)
        cells: list[Cell] = []
        for number, row in enumerate(rows):
            if self.cells + len(cells) > _MAX_CELLS:
                break
            cells += (Cell(cell, number, column, header=number == 0) for column, cell in enumerate(_cells(row)))
        self.cells += len(cells)
        self.grids.append(Grid(span, tuple(cells)))
        return Block(BlockKind.TABLE, span)

    def _item(self, line: _Line) -> Block | None:
        match = _ITEM.match(line.text)
        if not match:
            return None
        self.at += 1
        indent = len(match["indent"].expandtabs(4))
        last = self._continuation(indent)
        end = (last or line).span().end
        return Block(BlockKind.LIST_ITEM, Span(line.start + match.end(), max(line.start + match.end(), end)), indent // 2 + 1)

    def _continuation(self, indent: int) -> _Line | None:
        """The last line that goes on with a list item: not blank, indented deeper, nothing of its own."""
        last = None
        while self.at < len(self.lines):
            line = self.lines[self.at]
            deeper = len(line.text) - len(line.text.lstrip(_SKIP)) > indent
            if line.blank or not deeper or self._begins(self.at):
                return last
            last = line
            self.at += 1
        return last

    def _paragraph(self, line: _Line) -> Block:
        first = self.at
        self.at += 1
        while self.at < len(self.lines) and not self.lines[self.at].blank:
            if self.markdown and not self.lines[self.at].running and (underline := _SETEXT.match(self.lines[self.at].text)):
                self.at += 1
                return Block(BlockKind.HEADING, Span(line.span().start, self.lines[self.at - 2].span().end), 1 if underline[1][0] == "=" else 2)
            if self._begins(self.at):
                break
            self.at += 1
        return Block(BlockKind.PARAGRAPH, Span(self.lines[first].span().start, self.lines[self.at - 1].span().end))

    def _begins(self, at: int) -> bool:
        """Whether line `at` begins a block of its own inside a paragraph."""
        if self.lines[at].running:
            return self._table_begins(at)
        text = self.lines[at].text
        if self.markdown and (_ATX.match(text) or _CODE_FENCE.match(text)):
            return True
        return bool(_QUOTE.match(text) or _ITEM.match(text) or _NUMBERED.match(text) or self._table_begins(at))

    def _table_begins(self, at: int) -> bool:
        if "|" not in self.lines[at].text or at + 1 >= len(self.lines):
            return False
        return bool("-" in self.lines[at + 1].text and _DELIMITER.match(self.lines[at + 1].text))


def _bars(line: _Line) -> int:
    return line.text.count("|")


def _cells(line: _Line) -> Iterator[Span]:
    """The stretches between the bars, blanks around them left out; a bar behind a backslash is text (GFM)."""
    bars = [match.start() for match in _BAR.finditer(line.text)]
    text = line.text
    last = len(bars)
    left = 0
    for number, right in enumerate([*bars, len(text)]):
        inner = text[left:right]
        filled = inner.strip(_SKIP)
        if filled or not (bars and number in (0, last)):
            start = line.start + left + (len(inner) - len(inner.lstrip(_SKIP)) if inner.strip() else 0)
            yield Span(start, start + len(filled))
        left = right + 1
