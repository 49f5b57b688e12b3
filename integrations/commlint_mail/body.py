"""The text of a mail: the readable leaves as one view, cut into body, history, signature and disclaimer."""

from __future__ import annotations

import re
from datetime import tzinfo

from attrs import evolve, frozen

from commlint.model.environment import Limits
from commlint.model.reading.blocks import layout
from commlint.model.reading.greeting import greeting
from commlint.model.record import Block, BlockKind, Cell, Grid, Part, View
from commlint.model.sourcemap import Run, SourceMap
from commlint.model.span import Span
from commlint_mail import mime, quoting
from commlint_mail.earlier import sender_and_time
from commlint_mail.flowed import unflowed

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s{0,5}=\s{0,5}[\"']?(?P<name>[\w-]{1,40})", re.IGNORECASE)


@frozen
class Text:
    """The text of a mail as one part; `shown` are its HTML texts, `files` what stood in the text as uuencode or yEnc.

    `unscanned`: html (too long), size (a text larger than what is held), damage (a text that could not be decoded), or empty.
    `alternatives`: same or differ when text and HTML stand for one another, else empty.
    """

    part: Part
    shown: tuple[str, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()
    unscanned: str = ""
    alternatives: str = ""


def text_of(tree: mime.Tree, limits: Limits) -> Text:
    """The readable leaves as one text; of alternatives what is said once: the text where it has all, else the HTML and what it lacks."""
    leaves = [leaf for leaf in tree.leaves if leaf.readable]
    reading = _Reading(limits)
    whole: list[Part] = []
    for leaf in leaves:
        if leaf.alternative is None:
            whole.append(reading.part(leaf))
        elif leaf.alternative not in reading.judged:
            reading.judged.add(leaf.alternative)
            whole += reading.once([one for one in leaves if one.alternative == leaf.alternative])
    return Text(_concatenated(whole), tuple(reading.shown), tuple(reading.files), reading.unscanned, reading.alternatives)


class _Reading:
    """What comes to light while the leaves of one mail are read."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.room = limits.file_size  # bytes of text that are held
        self.shown: list[str] = []
        self.files: list[tuple[str, bytes]] = []
        self.judged: set[tuple[int, ...]] = set()
        self.unscanned = self.alternatives = ""

    def part(self, leaf: mime.Leaf) -> Part:
        """One leaf as a part."""
        return self._plain(leaf) if leaf.media_type == "text/plain" else self._page(self._html(leaf))

    def once(self, leaves: list[mime.Leaf]) -> list[Part]:
        """Alternatives to one another as what is said once."""
        texts = [self._plain(leaf) for leaf in leaves if leaf.media_type == "text/plain"]
        pages = [self._html(leaf) for leaf in leaves if leaf.media_type != "text/plain"]
        if not texts or not pages:
            return [*texts, *map(self._page, pages)]
        return self._judged(_concatenated(texts), pages)

    def _judged(self, text: Part, pages: list[str]) -> list[Part]:
        from commlint_mail.alternatives import alike, compared

        if len(pages) == 1 and alike(text.text, pages[0]):
            self.alternatives = self.alternatives or "same"
            return [text]
        page = _concatenated([self._page(html) for html in pages])
        found = compared(text.text, page.text)
        self.alternatives = (self.alternatives or "same") if found.same else "differ"
        if not found.html and not (found.stub and page.text.strip()):  # the text has all that is shown, or more
            return [text]
        return [page, _slice("body", text, found.text)] if found.text else [page]

    def _bytes(self, leaf: mime.Leaf) -> bytes:
        if leaf.end - leaf.start <= self.room:
            content = leaf.content
            if not content and leaf.stored[leaf.start : min(leaf.end, leaf.start + 4096)].strip():
                self.unscanned = self.unscanned or "damage"
        else:
            content = leaf.beginning(self.room)
            self.unscanned = "size"
        self.room = max(0, self.room - len(content))
        return content

    def _plain(self, leaf: mime.Leaf) -> Part:
        content = self._bytes(leaf)
        if b"begin" in content:
            from commlint_mail.inline import split

            content, files = split(content)
            self.files += files
        text = leaf.text(content)
        if "\r" in text:  # decoded text is its own view: no way back is needed
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if "\0" in text:
            text = text.replace("\0", "")
        if leaf.kind.get("format").lower() == "flowed":
            text = unflowed(text, delsp=leaf.kind.get("delsp").lower() == "yes")
        return Part("body", text, View(text), SourceMap.identity(len(text)))

    def _html(self, leaf: mime.Leaf) -> str:
        content = self._bytes(leaf)
        charset = leaf.kind.get("charset")
        declared = None if charset else _META_CHARSET.search(content, 0, 4096)
        html = leaf.text(content, charset or (declared["name"].decode() if declared else ""))
        self.shown.append(html)
        if len(html) > self.limits.html:
            self.unscanned = self.unscanned or "html"
        return html

    def _page(self, html: str) -> Part:
        from commlint.model.reading.html import seen  # html.parser is 4 ms that a plain mail does not have

        page = seen(html, limit=self.limits.html)
        return Part("body", page.text, View(page.text), SourceMap.identity(len(page.text)), page.blocks, page.grids)


def _concatenated(parts: list[Part]) -> Part:
    """One text of several, each on lines of its own; blocks and tables move along."""
    if len(parts) == 1:
        return evolve(parts[0], view=View(parts[0].text, "body"))
    text = ""
    blocks: list[Block] = []
    grids: list[Grid] = []
    for part in parts if not any(part.blocks for part in parts) else map(_laid_out, parts):
        text += "\n" if text and not text.endswith("\n") else ""
        blocks += (evolve(block, span=block.span.shift(len(text))) for block in part.blocks)
        grids += (_shifted(grid, len(text)) for grid in part.grids)
        text += part.text
    return Part("body", text, View(text, "body"), SourceMap.identity(len(text)), tuple(blocks), tuple(grids))


def _laid_out(part: Part) -> Part:
    """A plain text beside HTML, with the blocks that its lines make."""
    if part.blocks or part.grids:
        return part
    found = layout(part.text)
    return evolve(part, blocks=found.blocks, grids=found.grids)


def _shifted(grid: Grid, by: int) -> Grid:
    return Grid(grid.span.shift(by), tuple(evolve(cell, span=cell.span.shift(by)) for cell in grid.cells))


# its parts


def parts_of(body: Part, zone: tzinfo, *, sender: str = "", answers: bool = False, forwards: bool = False) -> tuple[Part, ...]:
    """Body, earlier messages, signature and disclaimers, cut from one view: line numbers run through.

    `sender`, `answers` and `forwards`: see `quoting.cut`.
    """
    tables = [grid.span for grid in body.grids if any(cell.header for cell in grid.cells)]
    cut = quoting.cut(body.text, sender=sender, answers=answers, forwards=forwards, tables=tables)
    parts = [_own(body, cut.body)]
    parts += (_earlier("history", body, span, zone) for span in cut.history)
    parts += (_earlier("forwarded", body, span, zone) for span in cut.forwarded)
    if cut.signature is not None:
        parts.append(_slice("signature", body, (cut.signature,)))
    parts += (_slice("disclaimer", body, (span,)) for span in cut.disclaimers)
    return tuple(parts)


def _own(body: Part, spans: tuple[Span, ...]) -> Part:
    part = _slice("body", body, spans)
    found = part if body.blocks or body.grids else layout(part.text)  # plain text: its layout is in its lines
    return Part("body", part.text, part.view, part.source_map, tuple(_greeted(part.text, found.blocks)), found.grids)


def _greeted(text: str, blocks: tuple[Block, ...]) -> list[Block]:
    """The blocks, the salutation cut off as one of its own."""
    span = greeting(text)
    if span is None or span.end >= len(text.rstrip()):
        return list(blocks)
    cut = [_without(block, span.end) if block.kind is BlockKind.PARAGRAPH and block.span.start < span.end else block for block in blocks]
    return [Block(BlockKind.GREETING, span), *(block for block in cut if len(block.span))]


def _without(block: Block, end: int) -> Block:
    """A block from behind `end` on, empty when nothing is left."""
    return evolve(block, span=Span(min(end + 1, block.span.end), block.span.end))


def _slice(name: str, body: Part, spans: tuple[Span, ...]) -> Part:
    """The part made of stretches of the body, with the blocks and tables that lie in one of them."""
    runs, length = [], 0
    for span in spans:
        runs.append(Run(Span(length, length + len(span)), span))
        length += len(span)
    text = "".join(span.of(body.text) for span in spans)
    source_map = SourceMap(tuple(runs))
    blocks = [block if moved is block.span else evolve(block, span=moved) for block in body.blocks if (moved := _moved(block.span, runs)) is not None]
    grids = [_regrid(grid, runs, moved) for grid in body.grids if (moved := _moved(grid.span, runs)) is not None]
    return Part(name, text, body.view, source_map, tuple(blocks), tuple(grids))


def _moved(span: Span, runs: list[Run]) -> Span | None:
    """Where a stretch of the view lies in the part, cut at the edges of the part; the same `span` where that changes nothing, None when it lies in none of its runs."""
    for run in runs:
        start, end = max(span.start, run.source.start), min(span.end, run.source.end)
        if start < end:
            by = run.source.start - run.derived.start
            return span if not by and len(span) == end - start else Span(start - by, end - by)
    return None


def _regrid(grid: Grid, runs: list[Run], span: Span) -> Grid:
    cells: list[Cell] = []
    for cell in grid.cells:
        moved = _moved(cell.span, runs) or (_moved(Span(cell.span.start, cell.span.start + 1), runs) if not len(cell.span) else None)
        if moved is not None:
            cells.append(cell if moved is cell.span else evolve(cell, span=moved if len(cell.span) else Span(moved.start, moved.start)))
    return Grid(span, tuple(cells))


def _earlier(name: str, body: Part, span: Span, zone: tzinfo) -> Part:
    """An earlier message, with its own sender and time as its first lines say."""
    sender, sent = sender_and_time(body.text[span.start : span.end], zone)
    return evolve(_slice(name, body, (span,)), sent_at=sent, sender=sender)
