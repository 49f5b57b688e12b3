"""The text of a mail: the readable leaves as one view, cut into body, history, signature and disclaimer."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo

from attrs import evolve

from commlint.model.reading.blocks import layout
from commlint.model.reading.stamp import moment
from commlint.model.record import Block, BlockKind, Cell, Grid, Part, View
from commlint.model.sourcemap import Run, SourceMap
from commlint.model.span import Span
from commlint_mail import mime, quoting
from commlint_mail.date import sent_at
from commlint_mail.flowed import unflowed

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s{0,5}=\s{0,5}[\"']?(?P<name>[\w-]{1,40})", re.IGNORECASE)
_GREETING = re.compile(
    r"[ \t\u3000]*(?:(?:尊敬的|各位|亲爱的|敬爱的|親愛的|dear\b|hi\b|hello\b|all\b|team\b)[^\n\u3002.!?]{0,40}"
    r"|[^\n\u3002.!?\uff0c,:\uff1a]{0,20}(?:经理|經理|总监|總監|主管|专员|專員|工程师|工程師|总|總|老师|同事|同仁|同事们|团队|[部组]|部门|先生|女士|小姐|您好|你好|大家好))[!\uff01:\uff1a,\uff0c][ \t]*$"
    r"|[ \t\u3000]*[^\n\u3002\uff0c]{0,12}(?:您好|你好|大家好)[!\uff01\u3002,\uff0c:\uff1a]?[ \t]*$",
    re.IGNORECASE,
)


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


def parts_of(body: Part, zone: tzinfo) -> tuple[Part, ...]:
    """Body, history, signature and disclaimer, cut from one view: line numbers run through."""
    cut = quoting.cut(body.text)
    parts = [_own(body, cut.body)]
    parts += (evolve(_slice("history", body, (span,)), sent_at=_earlier(span.of(body.text), zone)) for span in cut.history)
    if cut.signature is not None:
        parts.append(_slice("signature", body, (cut.signature,)))
    if cut.disclaimer is not None:
        parts.append(_slice("disclaimer", body, (cut.disclaimer,)))
    return tuple(parts)


def _own(body: Part, spans: tuple[Span, ...]) -> Part:
    part = _slice("body", body, spans)
    if not body.blocks and not body.grids:  # plain text: its layout is in its lines
        found = layout(part.text)
        part = evolve(part, blocks=found.blocks, grids=found.grids)
    return evolve(part, blocks=tuple(_greeted(part)))


def _greeted(part: Part) -> list[Block]:
    """The blocks, the salutation cut off as one of its own."""
    blocks = list(part.blocks)
    lead = len(part.text) - len(part.text.lstrip())
    end = part.text.find("\n", lead)
    end = len(part.text) if end < 0 else end
    line = part.text[lead:end]
    if not line or len(line) > 60 or not _GREETING.match(line):
        return blocks
    blocks = [_without(block, end) if block.kind is BlockKind.PARAGRAPH else block for block in blocks]
    return [Block(BlockKind.GREETING, Span(lead, end)), *(block for block in blocks if len(block.span))]


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


def _earlier(text: str, zone: tzinfo) -> datetime | None:
    """When a quoted message was sent, as its first lines say."""
    first = text[:600]
    return sent_at(first, zone) or moment(first, zone)
