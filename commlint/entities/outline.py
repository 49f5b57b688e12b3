"""The lines of a part: how deep each one stands, its number, and which are headings."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from attrs import frozen

from commlint.entities.analysis import apart
from commlint.entities.drawn import trimmed
from commlint.model.protocols import Analysis
from commlint.model.record import BlockKind
from commlint.model.span import Span

CHINESE = "一二三四五六七八九十"
_MARKER = re.compile(
    r"(?:>\s?)*(?:"
    r"(?P<hash>\#{1,6})\s+"
    r"|(?P<chapter>第[一二三四五六七八九十\d]{1,3}[章节部分]{1,2}[、.:]?|[一二三四五六七八九十]{1,3}[、.])\s*"
    r"|(?P<section>\([一二三四五六七八九十]{1,3}\))\s*"
    r"|(?P<decimal>\d{1,2}(?:\.\d{1,2}){1,3})(?:[.、)]\s*|\s+|(?=[\u3400-\u9fff\u3010])(?![倍万亿元米吨点个月年日小天分秒度折级版克公千百]))"
    r"|(?P<number>\d{1,3})(?:[.、)](?!\d)|\.(?=\d{4}))\s*"
    r"|(?P<nested>\(\d{1,2}\)|[\u2460-\u2473]|[a-z][.)](?=\s))\s*"
    r"|(?P<bullet>[-*+](?=\s)|-(?=[\u3400-\u9fff\u3010(])|[\u2022\u00b7\u25cf\u25cb\u25a0\u25a1\u25aa\u25c6\u25b6\u2013])\s*(?:\[[ x]\]\s*)?"
    r")"
)
_BOLD = re.compile(r"(\*\*|__)(?P<inside>(?:(?!\1).){1,40})\1\s*:?\s*$")
_BRACKETED = re.compile(r"\u3010(?P<inside>[^\u3010\u3011]{1,20})\u3011\s*:?\s*$")
_ENDING = re.compile(r"[。;!?,]")
_RANKS = {"chapter": 8, "section": 9, "number": 11, "decimal": 12, "nested": 12, "bullet": 13}
BARE = 10


@frozen
class Line:
    """A line that is not blank. `span` is all of it, `content` what follows its marker.

    `depth` grows inwards: 1..6 headings by format, 8 一、 9 (一) 10 a bare line, 11 1. 12 (1) 13 bullets,
    and ten more for each two columns of indentation. `number` is the number of a numbered line, else 0.
    `grid` marks the stretch of a table.
    """

    span: Span
    content: Span
    depth: int
    number: int = 0
    heading: bool = False
    after_blank: bool = False
    grid: bool = False
    indent: int = 0

    @property
    def marked(self) -> bool:
        """Whether it is a numbered or bulleted item."""
        return not self.heading and self.content.start > self.span.start and self.depth % 10 in (1, 2, 3) and self.depth > BARE


def lines(analysis: Analysis, part: int) -> Sequence[Line]:
    """The lines of a part that are not blank; a table counts as one line, code and history are left out."""
    return analysis.once(f"lines:{part}", lambda _: tuple(_lines(analysis, part)))


def lines_over(found: Sequence[Line], span: Span) -> Sequence[Line]:
    """Those of `found`, which are in order, that share a character with `span`."""
    first = bisect_right(found, span.start, key=lambda line: line.span.end)
    return found[first : bisect_left(found, span.end, key=lambda line: line.span.start)]


def _lines(analysis: Analysis, part: int) -> Iterable[Line]:
    text = analysis.folded(part)
    headings = {block.span.start: block for block in analysis.blocks(part) if block.kind is BlockKind.HEADING}
    starts = sorted(headings)
    grids = {grid.span for grid in analysis.grids(part)}
    holes = sorted({*grids, *apart(analysis, part)})
    after_blank = False
    for span, hole in _raw(text, holes):
        if hole and span in grids:
            yield Line(span, span, 99, grid=True, after_blank=after_blank)
        elif hole or not span.of(text).strip():
            after_blank = True
            continue
        else:
            at = bisect_right(starts, span.end - 1) - 1
            block = headings[starts[at]] if at >= 0 and starts[at] >= span.start else None
            yield _line(text, span.start, span.end, (block.level or 1) if block else 0, after_blank)
        after_blank = False


def _raw(text: str, holes: Sequence[Span]) -> Iterable[tuple[Span, bool]]:
    """The lines outside `holes`, and the holes, in order; which it is stands beside each."""
    start = index = 0
    while start <= len(text):
        while index < len(holes) and holes[index].end <= start and holes[index].start < start:
            index += 1
        hole = holes[index] if index < len(holes) else None
        if hole and hole.start <= start:
            yield hole, True
            index, start = index + 1, max(start, hole.end)
            if start >= len(text):
                return
            start += text.startswith("\n", start)
            continue
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if hole and hole.start < end:
            yield Span(start, hole.start), False
            start = hole.start
            continue
        yield Span(start, end), False
        start = end + 1


def _line(text: str, start: int, end: int, level: int, after_blank: bool) -> Line:
    span = trimmed(text, start, end)
    indent = min(span.start - start + text.count("\t", start, span.start) * 3, 20)
    marker = _MARKER.match(text, span.start, span.end)
    content = trimmed(text, marker.end(), span.end) if marker and marker.lastgroup else span
    if not len(content):
        marker, content = None, span
    group = marker.lastgroup if marker and marker.lastgroup else ""
    number = int(marker["number"]) if group == "number" and marker else 0
    if level or (group == "hash" and marker):
        depth = level or len(marker["hash"])  # type: ignore[index]  # a level of 0 means the hash matched
        return Line(span, content, depth, number, heading=True, after_blank=after_blank, indent=indent)
    depth = _RANKS.get(group, BARE) + 10 * (indent // 2)
    heading = _looks_like_heading(text, content, group)
    if heading:
        depth = min(depth, 9)
    return Line(span, content, depth, number, heading, after_blank, indent=indent)


def _looks_like_heading(text: str, content: Span, group: str) -> bool:
    """A chapter line without a sentence in it, or a line that is all bold or all in 【】."""
    written = content.of(text)
    if group in ("chapter", "section"):
        return len(content) <= 30 and not _ENDING.search(written) and ":" not in written.rstrip(":")
    return group == "" and len(content) <= 50 and bool(_BOLD.match(written) or _BRACKETED.match(written))
