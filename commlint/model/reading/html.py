"""HTML as the text a reader sees, with the way back to every character: blocks on lines, scripts and hidden stretches left out.

Tokens, not a tree: nesting of any depth is read in one pass, nothing is dropped at a depth limit.
"""

from __future__ import annotations

import re
from html import unescape

from attrs import frozen

from commlint.model.reading.markup import Mark, Token, attributes, tokens
from commlint.model.record import Block, BlockKind, Cell, Grid
from commlint.model.sourcemap import Run, SourceMap
from commlint.model.span import Span

MAX_HTML = 2_000_000  # characters; what lies behind is not read, `cut` says so

_BLOCKS = frozenset(["address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul"])
_UNSEEN = frozenset(["script", "style", "head", "title", "template", "noscript", "svg", "object"])
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_REFERENCE = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
_SPACES = re.compile(r"\A[ \t\n\r\f]+|[ \t\n\r\f]+\Z|[ \t\n\r\f]{2,}|[\t\n\r\f]")  # all blanks but one space between words
_HIDDEN = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|mso-hide\s{0,9}:\s{0,9}all", re.IGNORECASE)


@frozen
class Page:
    """What is seen of an HTML text: `source_map` leads from `text` to the HTML; `hidden` counts hidden characters."""

    text: str
    source_map: SourceMap
    blocks: tuple[Block, ...] = ()
    grids: tuple[Grid, ...] = ()
    title: str = ""
    hidden: int = 0
    cut: bool = False


def seen(html: str, *, limit: int = MAX_HTML) -> Page:
    """The text of `html`, at most its first `limit` characters. Never fails: broken markup is read as browsers do, or as text."""
    reader = _Seer(html[:limit])
    reader.read()
    return reader.page(cut=len(html) > limit)


@frozen
class _Open:
    """An element that is open, where its text began, and whether it hides what it holds."""

    tag: str
    start: int
    hides: bool


class _Seer:
    """A walk over the tokens of a page."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.at = 0  # the place of the token at hand
        self.pieces: list[str] = []
        self.length = 0
        self.runs: list[Run] = []
        self.blocks: list[Block] = []
        self.grids: list[Grid] = []
        self.open: list[_Open] = []
        self.counts: dict[str, int] = {}  # open elements by tag
        self.hiding = self.hidden = self.quoting = self.listing = self.pre = 0
        self.coded = False  # whether the <pre> at hand holds code
        self.title: list[str] = []
        self.tables: list[_Table] = []
        self.pending = ""  # blanks not yet written: they vanish at a block's edge
        self.pending_at = 0
        self.cell = -1  # where the open cell's text begins

    def read(self) -> None:
        for token in tokens(self.html):
            self.at = token.start
            if token.mark is Mark.START:
                self._starts(token)
            elif token.mark is Mark.END:
                self._ends(token.name)
            elif token.name == "title":
                self.title.append(unescape(self.html[token.start : token.end]))
            else:
                self._text(token)
        self.at = len(self.html)
        while self.open:
            self._shut()

    def page(self, *, cut: bool) -> Page:
        text = "".join(self.pieces)
        return Page(
            text,
            SourceMap(tuple(self.runs)),
            tuple(sorted((block for block in self.blocks if block.span.of(text).strip()), key=lambda block: (block.span.start, -block.span.end))),
            tuple(sorted(self.grids, key=lambda grid: grid.span.start)),
            " ".join("".join(self.title).split()),
            self.hidden,
            cut,
        )

    # what the tokens are

    def _starts(self, token: Token) -> None:
        tag = token.name
        given = attributes(self.html, token) if token.end - token.start > len(tag) + 2 else {}
        if tag == "br":
            self._break(always=True)
        elif tag == "img" and not self.hiding:
            self.pending = self.pending or " "
        if tag in ("td", "th") and self.tables:
            self._cell_starts(tag, given)
        elif tag in _BLOCKS:
            self._break()
        if tag in _VOID:
            return
        hides = tag in _UNSEEN or "hidden" in given or bool(_HIDDEN.search(given.get("style", "")))
        self.open.append(_Open(tag, self.length, hides))
        self._count(tag, hides, 1)
        self.coded = tag != "pre" and (self.coded or (tag in ("code", "samp", "kbd") and self.pre > 0))
        if tag == "table":
            self.tables.append(_Table(self.length))
        elif tag == "tr" and self.tables:
            self.tables[-1].row += 1
            self.tables[-1].column = 0

    def _ends(self, tag: str) -> None:
        if tag in _VOID or not self.counts.get(tag, 0):
            return
        while self._shut() != tag:
            pass

    def _text(self, token: Token) -> None:
        done = token.start
        for reference in _REFERENCE.finditer(self.html, token.start, token.end):
            self._write(self.html[done : reference.start()], done)
            self._reference(reference.group(), reference.start())
            done = reference.end()
        self._write(self.html[done : token.end], done)

    def _reference(self, written: str, at: int) -> None:
        text = unescape(written).replace("\0", "").replace("\u00a0", " ")
        if self.hiding:
            self.hidden += len(text)
        elif text == written:
            self._write(written, at)
        else:
            self._flush_into(at)
            self._emit(text, at, len(written))

    # writing

    def _write(self, data: str, at: int) -> None:
        if self.hiding:
            self.hidden += len(data.strip())
            return
        if self.pre:
            self._flush_into(at)
            for piece in re.finditer(r"[^\n\r]+|\r\n?|\n", data):
                self._emit("\n" if piece[0][0] in "\r\n" else piece[0], at + piece.start(), len(piece[0]))
            return
        done = 0
        for blank in _SPACES.finditer(data):
            self._words(data[done : blank.start()], at + done)
            if not self.pending:
                self.pending, self.pending_at = " ", at + blank.start()
            done = blank.end()
        self._words(data[done:], at + done)

    def _words(self, words: str, at: int) -> None:
        if not words:
            return
        self._flush_into(at)
        self._emit(words, at, len(words))

    def _flush_into(self, at: int) -> None:
        """Write the blank that was waiting, unless at the start of a line or for a line break between two Chinese characters."""
        if self.pending and self.length and not self._at_line_start() and not self._joins(at):
            self._emit(" ", min(self.pending_at, at), max(0, at - self.pending_at))
        self.pending = ""

    def _joins(self, at: int) -> bool:
        """Whether the waiting blank is a line break between Chinese characters (CSS Text 3, segment breaks)."""
        before, after = self.pieces[-1][-1], self.html[at : at + 1]
        return self.html[self.pending_at : self.pending_at + 1] in ("\n", "\r") and before >= "\u2e80" and after >= "\u2e80"

    def _emit(self, text: str, at: int, length: int) -> None:
        if self.hiding or not text:
            return
        self.pieces.append(text)
        derived = Span(self.length, self.length + len(text))
        last = self.runs[-1].source.end if self.runs else 0
        start = max(at, last)
        source = Span(start, max(start, at + length))
        self.runs.append(Run(derived, source, exact=len(source) == len(derived)))
        self.length += len(text)

    def _at_line_start(self) -> bool:
        """At the start of a line, or of a cell: a paragraph in a cell begins no line of its own."""
        return not self.pieces or self.pieces[-1].endswith("\n") or self.length == self.cell

    def _break(self, *, always: bool = False) -> None:
        self.pending = ""
        if self.hiding:
            return
        if always or not self._at_line_start():
            self._emit("\n", self.at, 0)

    # elements

    def _count(self, tag: str, hides: bool, by: int) -> None:
        self.counts[tag] = self.counts.get(tag, 0) + by
        self.hiding += by if hides else 0
        self.pre += by if tag in ("pre", "textarea") else 0
        self.listing += by if tag in ("ul", "ol") else 0

    def _shut(self) -> str:
        element = self.open.pop()
        self._count(element.tag, element.hides, -1)
        if element.tag in ("td", "th") and self.tables:
            self._cell_ends(element)
        elif element.tag == "table" and self.tables:
            self._table_ends()
        self._block_ends(element)
        if element.tag in _BLOCKS and element.tag != "table":
            self._break()
        return element.tag

    def _block_ends(self, element: _Open) -> None:
        kind = _KINDS.get(element.tag)
        if element.tag == "pre" and not self.coded:
            return  # text kept in shape, as mail programs write it; code has an element of its own in it
        if kind is None or element.start >= self.length or element.hides or self.hiding:
            return
        level = _HEADINGS.get(element.tag, 0) or (max(1, self.listing) if element.tag == "li" else 0)
        end = self.length - (1 if self.pieces[-1] == "\n" else 0)
        if element.start < end:
            self.blocks.append(Block(kind, Span(element.start, end), level))

    def _cell_starts(self, tag: str, given: dict[str, str]) -> None:
        table = self.tables[-1]
        if table.column and not self.hiding:
            self.pending = ""
            self._emit("\t", self.at, 0)
        while (table.row, table.column) in table.taken:
            table.column += 1
        table.header = tag == "th"
        self.cell = self.length
        table.spans = (_number(given.get("rowspan")), _number(given.get("colspan")))

    def _cell_ends(self, element: _Open) -> None:
        table = self.tables[-1]
        self._unbreak(element.start)
        self.pending = ""
        self.cell = -1
        if len(table.cells) >= _MAX_CELLS:
            return
        rows, columns = table.spans
        row = max(0, table.row)
        start = min(element.start, self.length)
        table.cells.append(Cell(Span(start, self.length), row, table.column, table.header or row == 0, rows, columns))
        if rows > 1:
            table.taken |= {(row + down, table.column + right) for down in range(1, rows) for right in range(columns)}
        table.column += columns

    def _unbreak(self, start: int) -> None:
        """Take back the line breaks at the end of a cell: its paragraphs end with it."""
        while self.length > start and self.pieces and self.pieces[-1] == "\n":
            self.pieces.pop()
            self.runs.pop()
            self.length -= 1

    def _table_ends(self) -> None:
        table = self.tables.pop()
        if table.cells:
            self._unbreak(table.start)
            span = Span(min(table.start, self.length), self.length)
            self.grids.append(Grid(span, tuple(table.cells)))
            self.blocks.append(Block(BlockKind.TABLE, span))
        self._break()


class _Table:
    """A table while it is read."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.row = -1
        self.column = 0
        self.cells: list[Cell] = []
        self.taken: set[tuple[int, int]] = set()
        self.header = False
        self.spans = (1, 1)


_MAX_CELLS = 100_000
_MAX_SPAN = 100  # rows or columns that one cell may cover
_KINDS = {
    **dict.fromkeys(_HEADINGS, BlockKind.HEADING),
    "p": BlockKind.PARAGRAPH,
    "li": BlockKind.LIST_ITEM,
    "blockquote": BlockKind.QUOTE,
    "pre": BlockKind.CODE,
}


def _number(text: str | None) -> int:
    return min(_MAX_SPAN, max(1, int(text))) if text and text.isascii() and text.isdigit() and len(text) < 6 else 1
