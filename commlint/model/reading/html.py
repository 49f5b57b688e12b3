"""HTML as the text a reader sees, with the way back to every character: blocks on lines, scripts and hidden stretches left out.

Tokens, not a tree: nesting of any depth is read in one pass, nothing is dropped at a depth limit.
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from attrs import evolve, field, frozen

from commlint.model.reading.markup import END, START, Token, attributes, closes_itself, is_xml, tokens
from commlint.model.record import Block, BlockKind, Cell, Grid
from commlint.model.sourcemap import Run, SourceMap
from commlint.model.span import Span

MAX_HTML = 2_000_000  # characters that are read where nobody says how many
MAX_CELLS = 200_000  # cells of tables, likewise

_BLOCKS = frozenset(["address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul"])
_UNSEEN = frozenset(["script", "style", "head", "title", "template", "noscript", "svg", "object", "xml", "datalist"])  # "xml": what Word keeps for itself
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_REFERENCE = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
_BLANKS = " \t\n\r\f"
_SPACES = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]|\A |\ \Z")  # all blanks but one space between words
_LINES = re.compile(r"[^\n\r]+|\r\n?|\n")
_HIDDEN = re.compile(
    r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|mso-hide\s{0,9}:\s{0,9}all|opacity\s{0,9}:\s{0,9}0(?:\.0{1,9})?%?\s{0,9}(?:[;!]|\Z)", re.IGNORECASE
)
_WORD_LIST = re.compile(r"mso-list:\s{0,9}\w{1,20}\s{1,9}level(\d)", re.IGNORECASE)  # Word writes items of lists as paragraphs
_WORD_TITLE = re.compile(r"\bMsoTitle\b")
_TYPED = frozenset(["", "text", "search", "email", "tel", "url", "number", "date", "time", "datetime-local", "month", "week"])  # inputs that show their value
_TICKED = frozenset(["checkbox", "radio"])
_SELECTED = re.compile(r"<option\b[^>]{0,1000}?\sselected\b", re.IGNORECASE)
_PARAGRAPH_ENDS = _BLOCKS - {"body", "html"}  # a paragraph that was not closed ends where one of these begins
_IMPLIED = {  # what ends where the same begins again, unless what stands in between holds it
    "li": (("li",), ("ul", "ol")), "dt": (("dt", "dd"), ("dl",)), "dd": (("dt", "dd"), ("dl",)), "option": (("option",), ("select",)), "optgroup": (("option", "optgroup"), ("select",)),
    "td": (("td", "th"), ("table", "tr")), "th": (("td", "th"), ("table", "tr")), "tr": (("tr", "td", "th"), ("table",)),
}
_IMPLIES_NOTHING: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
_PARAGRAPHS, _HOLDING_PARAGRAPHS = ("p",), ("td", "th", "table", "li", "button")
_ENDING = _PARAGRAPH_ENDS | _IMPLIED.keys()
_CELLS, _CODED, _COUNTED = frozenset(["td", "th"]), frozenset(["code", "samp", "kbd"]), frozenset(["pre", "textarea", "ul", "ol"])
_NEAR = 64  # elements that are looked through for one to be ended: more would take quadratic time


@frozen
class Page:
    """What is seen of an HTML text; `hidden` counts hidden characters.

    `places` say where each stretch of the text came from: its start and end in the text, then in the HTML. `cut`: the HTML was longer
    than the limit. `cells_left_out`: there were more cells than the limit; those are text only.
    """

    text: str
    places: tuple[tuple[int, int, int, int], ...] = field(default=(), repr=False)
    blocks: tuple[Block, ...] = ()
    grids: tuple[Grid, ...] = ()
    title: str = ""
    hidden: int = 0
    cut: bool = False
    cells_left_out: bool = False

    @property
    def source_map(self) -> SourceMap:
        """The way from the text to the HTML, made anew each time."""
        return SourceMap(Run(Span(start, end), Span(first, last), exact=last - first == end - start) for start, end, first, last in self.places)


def seen(html: str, *, limit: int = MAX_HTML, cells: int = MAX_CELLS) -> Page:
    """The text of `html`, at most its first `limit` characters and `cells`. Never fails: broken markup is read as browsers do, or as text."""
    reader = _Seer(html[:limit], cells)
    reader.read()
    return reader.page(cut=len(html) > limit)


class _Open(NamedTuple):
    """An element that is open, where its text began, and whether it hides what it holds."""

    tag: str
    start: int
    hides: bool
    style: str = ""


class _Tag(NamedTuple):
    """A start tag as written, of which pages have the same few over and over: its attributes, whether they hide it, what says which kind of paragraph it is."""

    given: dict[str, str]
    hides: bool
    style: str


_TELLS_NOTHING, _HIDES = _Tag({}, hides=False, style=""), _Tag({}, hides=True, style="")


class _Seer:
    """A walk over the tokens of a page."""

    def __init__(self, html: str, cells: int) -> None:
        self.html = html
        self.cells = cells  # that may still be kept
        self.left_out = False
        self.choosing = -1  # where the <select> at hand ends
        self.chosen = ""  # of its options: "some" are selected, or the "first" is shown, or "none" any more
        self.at = 0  # the place of the token at hand
        self.pieces: list[str] = []
        self.length = 0
        self.places: list[tuple[int, int, int, int]] = []
        self.known: dict[str, _Tag] = {}
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
        html = self.html
        xml = is_xml(html)
        for token in tokens(html):
            mark, name, self.at, end = token
            if mark == START:
                self._starts(token)
                if xml and closes_itself(html, token):
                    self._ends(name)
            elif mark == END:
                self._ends(name)
            elif name == "title":
                self.title.append(unescape(html[token.start : end]))
            else:
                self._text(token.start, end)
        self.at = len(self.html)
        while self.open:
            self._shut()

    def page(self, *, cut: bool) -> Page:
        text = "".join(self.pieces)
        return Page(
            text,
            tuple(self.places),
            tuple(sorted((block for block in self.blocks if block.span.of(text).strip()), key=lambda block: (block.span.start, -block.span.end))),
            tuple(sorted(self.grids, key=lambda grid: grid.span.start)),
            " ".join("".join(self.title).split()),
            self.hidden,
            cut,
            self.left_out,
        )

    # what the tokens are

    def _starts(self, token: Token) -> None:
        tag = token.name
        told = self._told(token)
        if tag in _ENDING:
            self._end_implied(tag)
        if tag in _VOID:
            self._stands(token, told.given)
            return
        if tag in _CELLS and self.tables:
            self._cell_starts(tag, told.given)
        elif tag in _BLOCKS:
            self._break()
        hides = told.hides
        if tag == "select":
            self._chooses(token, multiple="multiple" in told.given)
        elif tag == "option":
            hides = hides or not self._is_chosen(told.given)
        self.open.append(_Open(tag, self.length, hides, told.style))
        self._count(tag, hides, 1)
        self.coded = tag != "pre" and (self.coded or (self.pre > 0 and tag in _CODED))
        if tag == "table":
            self.tables.append(_Table(self.length))
        elif tag == "tr" and self.tables:
            self.tables[-1].next_row()

    def _told(self, token: Token) -> _Tag:
        """What the attributes of a start tag say."""
        tag = token.name
        if token.end - token.start <= len(tag) + 2:
            return _HIDES if tag in _UNSEEN or tag == "dialog" else _TELLS_NOTHING
        written = self.html[token.start : token.end]
        known = self.known.get(written)
        if known is None:
            given = attributes(self.html, token)
            style = given.get("style", "")
            hides = tag in _UNSEEN or "hidden" in given or bool(style and _HIDDEN.search(style)) or (tag == "dialog" and "open" not in given)
            known = self.known[written] = _Tag(given, hides, f"{style} {given.get('class', '')}" if tag == "p" else "")
        return known

    def _stands(self, token: Token, given: dict[str, str]) -> None:
        """An element that holds nothing."""
        tag = token.name
        if tag == "br":
            self._break(always=True)
        elif tag == "input":
            self._input(token, given)
        elif tag == "img" and not self.hiding:
            self.pending = self.pending or " "
        elif tag in _BLOCKS:
            self._break()

    def _end_implied(self, tag: str) -> None:
        """End what need not be ended by a tag of its own (WHATWG HTML 13.1.2.4)."""
        if tag in _PARAGRAPH_ENDS and self.counts.get("p", 0):
            self._end_near(_PARAGRAPHS, _HOLDING_PARAGRAPHS)
        ended, held = _IMPLIED.get(tag, _IMPLIES_NOTHING)
        for one in ended:
            if self.counts.get(one, 0):
                self._end_near(ended, held)
                return

    def _end_near(self, ended: tuple[str, ...], held: tuple[str, ...]) -> None:
        """End the outermost of `ended` that is open within the nearest of `held`."""
        last = -1
        for depth in range(len(self.open) - 1, max(-1, len(self.open) - 1 - _NEAR), -1):
            tag = self.open[depth].tag
            if tag in ended:
                last = depth
            elif tag in held:
                break
        while 0 <= last < len(self.open):
            self._shut()

    def _ends(self, tag: str) -> None:
        if tag in _VOID or not self.counts.get(tag, 0):
            return
        while self._shut() != tag:
            pass

    def _text(self, start: int, end: int) -> None:
        if self.html.find("&", start, end) >= 0:
            for reference in _REFERENCE.finditer(self.html, start, end):
                self._write(self.html[start : reference.start()], start)
                self._reference(reference.group(), reference.start())
                start = reference.end()
        self._write(self.html[start:end], start)

    def _reference(self, written: str, at: int) -> None:
        text = unescape(written).replace("\0", "").replace("\u00a0", " ").replace("\r", " ")
        if self.hiding:
            self.hidden += len(text)
        elif text == written:
            self._write(written, at)
        else:
            self._flush_into(at)
            self._emit(text, at, len(written))

    # forms

    def _input(self, token: Token, given: dict[str, str]) -> None:
        """What a field of a form shows: its value, or a box that is ticked or not."""
        kind = given.get("type", "").strip().lower()
        if "hidden" in given or _HIDDEN.search(given.get("style", "")):
            self.hidden += len(given.get("value", ""))
        elif kind in _TICKED:
            self._whole("\u2611" if "checked" in given else "\u2610", token.start, token.end)
        elif kind in _TYPED and given.get("value", "").strip():
            self._value(given["value"], token)

    def _value(self, written: str, token: Token) -> None:
        """A value with the place it has in its tag."""
        at = self.html.find(written, token.start, token.end)
        text = " ".join(unescape(written).split())
        if at >= 0 and text == written:
            self._words(text, at)
        else:
            self._whole(text, token.start, token.end)

    def _whole(self, text: str, start: int, end: int) -> None:
        """A text that stands for all of a tag."""
        if self.hiding:
            self.hidden += len(text)
        else:
            self._flush_into(start)
            self._emit(text, start, end - start)

    def _chooses(self, token: Token, *, multiple: bool) -> None:
        """A list to choose from begins: what is selected is shown, or the first where nothing is."""
        if token.start < self.choosing:
            return
        end = self.html.find("</select", token.end)
        self.choosing = len(self.html) if end < 0 else end
        self.chosen = "some" if _SELECTED.search(self.html, token.end, self.choosing) or multiple else "first"

    def _is_chosen(self, given: dict[str, str]) -> bool:
        if "select" not in self.counts or self.chosen == "some":
            return "selected" in given or not self.counts.get("select", 0)
        first, self.chosen = self.chosen == "first", "none"
        return first

    # writing

    def _write(self, data: str, at: int) -> None:
        if self.hiding:
            self.hidden += len(data.strip())
            return
        if self.pre:
            self._flush_into(at)
            for piece in _LINES.finditer(data):
                self._emit("\n" if piece[0][0] in "\r\n" else piece[0], at + piece.start(), len(piece[0]))
            return
        if not data.strip(_BLANKS):
            self._waits(data, at)
            return
        done = 0
        for blank in _SPACES.finditer(data):
            self._words(data[done : blank.start()], at + done)
            self._waits(data, at + blank.start())
            done = blank.end()
        self._words(data[done:], at + done)

    def _waits(self, blank: str, at: int) -> None:
        """A blank is written before the next word, if at all."""
        if blank and not self.pending:
            self.pending, self.pending_at = " ", at

    def _words(self, words: str, at: int) -> None:
        if words:
            if self.pending:
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
        behind = self.places[-1][3] if self.places else 0
        start = at if at > behind else behind  # not max(): this is done for every word
        end = at + length
        derived = self.length
        self.length += len(text)
        self.pieces.append(text)
        self.places.append((derived, self.length, start, end if end > start else start))

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
        if hides:
            self.hiding += by
        if tag in _COUNTED:
            self.pre += by if tag in ("pre", "textarea") else 0
            self.listing += by if tag in ("ul", "ol") else 0

    def _shut(self) -> str:
        element = self.open.pop()
        tag = element.tag
        self._count(tag, element.hides, -1)
        if self.tables:
            if tag in _CELLS:
                self._cell_ends(element)
            elif tag == "table":
                self._table_ends()
        if tag in _KINDS:
            self._block_ends(element)
        if tag in _BLOCKS and tag != "table":
            self._break()
        return tag

    def _block_ends(self, element: _Open) -> None:
        if element.tag == "pre" and not self.coded:
            return  # text kept in shape, as mail programs write it; code has an element of its own in it
        if element.start >= self.length or element.hides or self.hiding:
            return
        end = self.length - (1 if self.pieces[-1] == "\n" else 0)
        if element.start < end:
            kind, level = _of_word(element.style) if element.style else (_KINDS[element.tag], _HEADINGS.get(element.tag, 0) or (max(1, self.listing) if element.tag == "li" else 0))
            self.blocks.append(Block(kind, Span(element.start, end), level))

    def _cell_starts(self, tag: str, given: dict[str, str]) -> None:
        table = self.tables[-1]
        if table.column and not self.hiding:
            self.pending = ""
            self._emit("\t", self.at, 0)
        table.skip()
        table.header = tag == "th"
        self.cell = self.length
        table.spans = (_number(given.get("rowspan")), _number(given.get("colspan")))

    def _cell_ends(self, element: _Open) -> None:
        table = self.tables[-1]
        self._unbreak(element.start)
        self.pending = ""
        self.cell = -1
        if not self.cells:
            self.left_out = True
            return
        self.cells -= 1
        rows, columns = table.spans
        row = max(0, table.row)
        start = min(element.start, self.length)
        table.cells.append(Cell(Span(start, self.length), row, table.column, table.header or row == 0, rows, columns))
        if rows > 1:
            table.reaching.append((table.column, table.column + columns, row + 1, row + rows))
        table.column += columns

    def _unbreak(self, start: int) -> None:
        """Take back the line breaks at the end of a cell: its paragraphs end with it."""
        while self.length > start and self.pieces and self.pieces[-1] == "\n":
            self.pieces.pop()
            self.places.pop()
            self.length -= 1
        for at in range(len(self.blocks) - 1, -1, -1):  # what ended with those line breaks ends before them
            block = self.blocks[at]
            if block.span.end <= self.length:
                break
            self.blocks[at] = evolve(block, span=Span(min(block.span.start, self.length), self.length))

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
        self.reaching: list[tuple[int, int, int, int]] = []  # cells that cover some of the rows below: columns and rows, each from and up to
        self.covering: list[tuple[int, int, int, int]] = []  # those of the row at hand that were not passed yet, the last one first
        self.header = False
        self.spans = (1, 1)

    def next_row(self) -> None:
        """The next row begins."""
        self.row += 1
        self.column = 0
        if self.reaching:
            self.reaching = sorted(cell for cell in self.reaching if cell[3] > self.row)
            self.covering = self.reaching[::-1]

    def skip(self) -> None:
        """Go on to the next column that no cell above covers."""
        while self.covering and self.covering[-1][0] <= self.column:
            _, end, first, _ = self.covering.pop()
            if end > self.column and first <= self.row:
                self.column = end


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


def _of_word(style: str) -> tuple[BlockKind, int]:
    """What a paragraph is by the styles that Word and WPS give it."""
    listed = _WORD_LIST.search(style)
    if listed:
        return BlockKind.LIST_ITEM, max(1, int(listed[1]))
    return (BlockKind.HEADING, 1) if _WORD_TITLE.search(style) else (BlockKind.PARAGRAPH, 0)
