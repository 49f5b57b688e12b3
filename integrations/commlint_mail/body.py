"""The text of a mail: the readable leaves as one view, cut into body, history, signature and disclaimer."""

from __future__ import annotations

import re
from datetime import tzinfo

from attrs import evolve

from commlint.model.reading.blocks import layout
from commlint.model.reading.greeting import greeting
from commlint.model.record import Block, BlockKind, Cell, Grid, Part, View
from commlint.model.sourcemap import Run, SourceMap
from commlint.model.span import Span
from commlint_mail import mime, quoting
from commlint_mail.earlier import sender_and_time
from commlint_mail.flowed import unflowed

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s{0,5}=\s{0,5}[\"']?(?P<name>[\w-]{1,40})", re.IGNORECASE)


def text_of(tree: mime.Tree) -> tuple[Part, bool]:
    """The readable leaves as one text, of alternatives one, text before HTML; and whether HTML was too long to read it all."""
    whole: list[Part] = []
    cut = False
    for leaf in _chosen(tree.leaves):
        part, longer = _html(leaf) if leaf.media_type == "text/html" else (_plain(leaf), False)
        whole.append(part)
        cut = cut or longer
    return _concatenated(whole), cut


def _chosen(leaves: tuple[mime.Leaf, ...]) -> list[mime.Leaf]:
    readable = [leaf for leaf in leaves if leaf.readable]
    with_text = {leaf.alternative for leaf in readable if leaf.media_type == "text/plain" and leaf.content.strip()}
    with_html = {leaf.alternative for leaf in readable if leaf.media_type == "text/html"}
    return [
        leaf for leaf in readable
        if leaf.alternative is None
        or (leaf.media_type == "text/plain") == (leaf.alternative in with_text)
        or leaf.alternative not in with_html
    ]  # fmt: skip


def _plain(leaf: mime.Leaf) -> Part:
    text = leaf.text.replace("\r\n", "\n").replace("\r", "\n")  # decoded text is its own view: no way back is needed
    text = unflowed(text, delsp=leaf.delsp) if leaf.flowed else text
    return Part.plain("body", text)


def _html(leaf: mime.Leaf) -> tuple[Part, bool]:
    from commlint.model.reading.html import seen  # html.parser is 4 ms that a plain mail does not have

    declared = _META_CHARSET.search(leaf.content, 0, 4096)
    charset = leaf.charset or (declared["name"].decode() if declared else "")
    page = seen(evolve(leaf, charset=charset).text)
    return Part("body", page.text, View(page.text), SourceMap.identity(len(page.text)), page.blocks, page.grids), page.cut


def _concatenated(parts: list[Part]) -> Part:
    """One text of several, each on lines of its own; blocks and tables move along."""
    if len(parts) == 1:
        return evolve(parts[0], view=View(parts[0].text, "body"))
    text = ""
    blocks: list[Block] = []
    grids: list[Grid] = []
    for part in parts:
        text += "\n" if text and not text.endswith("\n") else ""
        blocks += (evolve(block, span=block.span.shift(len(text))) for block in part.blocks)
        grids += (_shifted(grid, len(text)) for grid in part.grids)
        text += part.text
    return Part("body", text, View(text, "body"), SourceMap.identity(len(text)), tuple(blocks), tuple(grids))


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
    if not body.blocks and not body.grids:  # plain text: its layout is in its lines
        found = layout(part.text)
        part = evolve(part, blocks=found.blocks, grids=found.grids)
    return evolve(part, blocks=tuple(_greeted(part)))


def _greeted(part: Part) -> list[Block]:
    """The blocks, the salutation cut off as one of its own."""
    span = greeting(part.text)
    if span is None or span.end >= len(part.text.rstrip()):
        return list(part.blocks)
    blocks = [_without(block, span.end) if block.kind is BlockKind.PARAGRAPH else block for block in part.blocks]
    return [Block(BlockKind.GREETING, span), *(block for block in blocks if len(block.span))]


def _without(block: Block, end: int) -> Block:
    """A block from behind `end` on, empty when nothing is left."""
    if block.span.start >= end:
        return block
    return evolve(block, span=Span(min(end + 1, block.span.end), block.span.end))


def _slice(name: str, body: Part, spans: tuple[Span, ...]) -> Part:
    """The part made of stretches of the body, with the blocks and tables that lie in one of them."""
    runs, length = [], 0
    for span in spans:
        runs.append(Run(Span(length, length + len(span)), span))
        length += len(span)
    text = "".join(span.of(body.text) for span in spans)
    source_map = SourceMap(tuple(runs))
    blocks = [evolve(block, span=moved) for block in body.blocks if (moved := _moved(block.span, runs)) is not None]
    grids = [_regrid(grid, runs, moved) for grid in body.grids if (moved := _moved(grid.span, runs)) is not None]
    return Part(name, text, body.view, source_map, tuple(blocks), tuple(grids))


def _moved(span: Span, runs: list[Run]) -> Span | None:
    """Where a stretch of the view lies in the part, cut at the edges of the part; None when it lies in none of its runs."""
    for run in runs:
        start, end = max(span.start, run.source.start), min(span.end, run.source.end)
        if start < end:
            by = run.source.start - run.derived.start
            return Span(start - by, end - by)
    return None


def _regrid(grid: Grid, runs: list[Run], span: Span) -> Grid:
    cells: list[Cell] = []
    for cell in grid.cells:
        moved = _moved(cell.span, runs) or (_moved(Span(cell.span.start, cell.span.start + 1), runs) if not len(cell.span) else None)
        if moved is not None:
            cells.append(evolve(cell, span=moved if len(cell.span) else Span(moved.start, moved.start)))
    return Grid(span, tuple(cells))


def _earlier(name: str, body: Part, span: Span, zone: tzinfo) -> Part:
    """An earlier message, with its own sender and time as its first lines say."""
    sender, sent = sender_and_time(body.text[span.start : span.end], zone)
    return evolve(_slice(name, body, (span,)), sent_at=sent, sender=sender)
