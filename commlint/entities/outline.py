"""The lines of a part: how deep each one stands, its number, and which are headings."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from commlint.entities.analysis import APART
from commlint.entities.letters import greetings
from commlint.model.protocols import Analysis
from commlint.model.record import Block, BlockKind
from commlint.model.span import Span

CHINESE = "一二三四五六七八九十"
_MARKER = re.compile(
    r"(?:>\s?){0,9}(?:"
    r"(?P<hash>\#{1,6})\s+"
    r"|(?P<chapter>第[一二三四五六七八九十\d]{1,3}[章节部分项条]{1,2}[、.:,]?|[一二三四五六七八九十]{1,3}[、.])\s*"
    r"|(?P<section>\([一二三四五六七八九十]{1,3}\))\s*"
    r"|(?P<decimal>\d{1,2}(?:\.\d{1,2}){1,3})(?:[.、)]\s*|\s+|(?=[\u3400-\u9fff\u3010])(?![倍万亿元米吨点个月年日小天分秒度折级版克公千百]))"
    r"|(?P<number>\d{1,3})(?:[.、)](?!\d)|\.(?=\d{4})|\u20e3)\s*"
    r"|(?P<tag>[\u3010\[]\d{1,3}[\u3011\]]|\#\d{1,3}(?=\s|[\u3400-\u9fff]))\s*"
    r"|(?P<nested>\(\d{1,2}\)|[\u2460-\u2473\u2776-\u2793\u24f5-\u24fe]|[a-z][.)](?=\s))\s*"
    r"|(?P<bullet>[-*+](?=\s)|-(?=[\u3400-\u9fff\u3010(])|[\u2022\u00b7\u25a0-\u25ff\u2013\u2190-\u21ff\u2300-\u23ff\u2600-\u2775\u2794-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]{1,3})\s*(?:\[[ x]\]\s*)?"
    r")?"
)
_MARKS = frozenset("#>第([\u3010-*+\u2022\u00b7\u2013" + CHINESE)
_DIGITS = frozenset("0123456789")
_BOLD = re.compile(r"(\*\*|__)(?P<inside>(?:(?!\1).){1,40})\1\s*:?\s*$")
_BRACKETED = re.compile(r"\u3010(?P<inside>[^\u3010\u3011]{1,20})\u3011\s*:?\s*$")
_ENDING = re.compile(r"[。;!?,]")
_RULES = frozenset("-=*~\u2500\u2501\u2550")
_RULE = re.compile(r"([-=*~\u2500\u2501\u2550])(?:[ \t]?\1){2,}[ \t\r]*$")
_RANKS = {"": 10, "chapter": 8, "section": 9, "number": 11, "tag": 11, "decimal": 12, "nested": 12, "bullet": 13}
_PARAGRAPH, _TABLE, _LIST_ITEM, _HEADING = BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.LIST_ITEM, BlockKind.HEADING
_CHAPTERS = ("chapter", "section")
BARE = 10
_BLANK = " \t\r\f\v\u3000\u00a0"


class Line(NamedTuple):
    """A line that is not blank: all of it from `start` to `end`, what follows its marker from `first` to `last`.

    `depth` grows inwards: 1..6 headings by format, 8 一、 9 (一) 10 a bare line, 11 1. 12 (1) 13 bullets,
    and ten more for each two columns of indentation. `number` is the number of a numbered line, else 0.
    `grid` marks the stretch of a table; `marker` what kind of marker the line has.
    """

    start: int
    end: int
    first: int
    last: int
    depth: int
    number: int = 0
    heading: bool = False
    after_blank: bool = False
    grid: bool = False
    indent: int = 0
    marker: str = ""

    @property
    def span(self) -> Span:
        """All of the line."""
        return Span(self.start, self.end)

    @property
    def content(self) -> Span:
        """What follows its marker."""
        return Span(self.first, self.last)

    @property
    def marked(self) -> bool:
        """Whether it is a numbered or bulleted item."""
        return not self.heading and (self.first > self.start or self.marker == "item") and self.depth % 10 in (1, 2, 3) and self.depth > BARE


def lines(analysis: Analysis, part: int) -> Sequence[Line]:
    """The lines of a part that are not blank; a table counts as one line, code and history are left out."""
    return analysis.once(f"lines:{part}", lambda _: tuple(_lines(analysis, part)))


def lines_of(text: str, start: int, end: int) -> list[Line]:
    """The lines of a stretch that are not blank, such as a cell of a table."""
    found: list[Line] = []
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        left = start
        while left < stop and text[left].isspace():
            left += 1
        if left < stop:
            found.append(_line(text, start, left, stop))
        start = stop + 1
    return found


def lines_over(found: Sequence[Line], span: Span) -> Sequence[Line]:
    """Those of `found`, which are in order, that share a character with `span`."""
    first = bisect_right(found, span.start, key=lambda line: line.end)
    return found[first : bisect_left(found, span.end, key=lambda line: line.start)]


def _lines(analysis: Analysis, part: int) -> Iterable[Line]:
    text = analysis.folded(part)
    levels, silent, listed = _told(analysis, part)
    starts = sorted(levels)
    grids = {(grid.span.start, grid.span.end) for grid in analysis.grids(part)}
    items = _items(text, listed) if listed else {}
    after_blank = False
    for start, end, hole in _raw(text, sorted(grids.union(silent))):
        if hole:
            drawn = (start, end) in grids
            if drawn:
                yield Line(start, end, start, end, 99, 0, False, after_blank, True)
            after_blank = not drawn
            continue
        if start == end:
            after_blank = True
            continue
        left = start
        while left < end and text[left] in _BLANK:
            left += 1
        if left == end or (text[left].isspace() and text[left:end].isspace()):
            after_blank = True
            continue
        if text[left] in _RULES and _RULE.match(text, left, end):
            continue
        level = 0
        if starts:
            at = bisect_right(starts, end - 1) - 1
            level = levels[starts[at]] if at >= 0 and starts[at] >= start else 0
        line = _line(text, start, left, end, level=level, after_blank=after_blank)
        yield _placed(line, items) if items else line
        after_blank = False


def _told(analysis: Analysis, part: int) -> tuple[dict[int, int], set[tuple[int, int]], list[Block]]:
    """What the format says of a part: the levels of headings by where they start, the stretches that are no lines of the record, its list items."""
    levels: dict[int, int] = {}
    silent = {(span.start, span.end) for span in greetings(analysis, part)}
    listed: list[Block] = []
    for block in analysis.blocks(part):
        kind = block.kind
        if kind is _PARAGRAPH or kind is _TABLE:
            continue
        if kind is _LIST_ITEM:
            listed.append(block)
        elif kind is _HEADING:
            levels[block.span.start] = block.level or 1
        elif kind in APART:
            silent.add((block.span.start, block.span.end))
    return levels, silent, listed


def _items(text: str, listed: Sequence[Block]) -> dict[int, tuple[int, int, int]]:
    """The list items whose format numbers them, as in HTML, where no mark stands in the text: by start their end, level and number."""
    found: dict[int, tuple[int, int, int]] = {}
    last: dict[int, tuple[int, int]] = {}  # by level: where the item before ends, and its number
    for block in sorted(listed, key=lambda each: (each.span.start, -each.span.end)):
        start, level = block.span.start, block.level or 1
        if start and text[start - 1] != "\n":
            continue  # its mark stands before it
        ended, number = last.get(level, (start, 0))
        number = 1 if text[min(ended, start) : start].strip() else number + 1
        last = {each: place for each, place in last.items() if each < level}
        last[level] = block.span.end, number
        found[start] = block.span.end, level, number
    return found


def _placed(line: Line, items: dict[int, tuple[int, int, int]]) -> Line:
    """A line that begins an item of the format's is numbered and stands deeper than what is no item."""
    if line.start not in items or line.marker or line.heading:
        return line
    _, level, number = items[line.start]
    return line._replace(depth=_RANKS["number"] + 10 * (level - 1), number=number, marker="item")


def _raw(text: str, holes: Sequence[tuple[int, int]]) -> Iterable[tuple[int, int, bool]]:
    """The lines outside `holes`, and the holes, in order; whether it is a hole stands beside its stretch."""
    start = index = 0
    size, most = len(text), len(holes)
    opens, closes = holes[0] if holes else (size + 1, size + 1)
    while start <= size:
        while closes <= start and opens < start:
            index += 1
            opens, closes = holes[index] if index < most else (size + 1, size + 1)
        if opens <= start:
            yield opens, closes, True
            start = max(start, closes)
            index += 1
            opens, closes = holes[index] if index < most else (size + 1, size + 1)
            if start >= size:
                return
            start += text.startswith("\n", start)
            continue
        end = text.find("\n", start)
        end = size if end < 0 else end
        if opens < end:
            yield start, opens, False
            start = opens
            continue
        yield start, end, False
        start = end + 1


def _line(text: str, begins: int, start: int, end: int, *, level: int = 0, after_blank: bool = False) -> Line:
    """The line that begins at `begins`, its first character that is not blank at `start`."""
    while text[end - 1].isspace():
        end -= 1
    indent = min(start - begins + text.count("\t", begins, start) * 3, 20) if start > begins else 0
    first, group, number = _marker(text, start, end)
    if level or group == "hash":
        depth = level or min(6, text.count("#", start, first))
        return Line(start, end, first, end, depth, number, True, after_blank, False, indent, group)
    depth = _RANKS[group] + 10 * (indent // 2)
    heading = (group in _CHAPTERS or (group == "" and text[first] in "*_\u3010")) and _looks_like_heading(text, first, end, group)
    return Line(start, end, first, end, min(depth, 9) if heading else depth, number, heading, after_blank, False, indent, group)


def _marker(text: str, start: int, end: int) -> tuple[int, str, int]:
    """Where the content of a line starts, the kind of its marker, and its number."""
    sign = text[start]
    if sign in _DIGITS:
        if start + 2 < end and text[start + 1] in ".、)" and not text[start + 2].isdecimal():
            return _unless_bare(text, start, start + 2, end, int(sign))
    elif sign not in _MARKS and not ("\u2190" <= sign < "\u2c00" or sign >= "\U0001f000") and text[start + 1 : start + 2] not in (".", ")"):
        return start, "", 0
    match = _MARKER.match(text, start, end)
    if match is None or match.end() >= end or match.end() == start:
        return start, "", 0
    group = match.lastgroup or ""
    first = match.end()
    while first < end and text[first].isspace():
        first += 1
    return (first, group, _number(match[group], group)) if group else (first, "", 0)


def _unless_bare(text: str, start: int, first: int, end: int, number: int) -> tuple[int, str, int]:
    """The marker that is one digit and its sign, the way most items are numbered; none where nothing follows it."""
    while first < end and text[first].isspace():
        first += 1
    return (first, "number", number) if first < end else (start, "", 0)


def _number(written: str, group: str) -> int:
    if group in ("number", "tag"):
        return int(written.strip("\u3010\u3011[]#"))
    if group in ("chapter", "section"):
        return numeral(written.strip("第章节部分项条、.:,()"))
    if group == "decimal":
        return int(written.rpartition(".")[2])
    if group == "nested":
        digits = written.strip("().")
        if "a" <= digits <= "z":
            return ord(digits) - 96
        return int(digits) if digits.isdecimal() else next((ord(written) - base + 1 for base in (0x2460, 0x2776, 0x2780, 0x278a, 0x24f5) if 0 <= ord(written[0]) - base < 10), 0) if len(written) == 1 else 0
    return 0


def numeral(written: str) -> int:
    """A number up to 99 in digits or Chinese; 0 for anything else."""
    if written.isdecimal():
        return int(written[:9])
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return CHINESE.find(written[:1]) + 1 if written else 0
    return (CHINESE.find(tens) + 1 if tens else 1) * 10 + (CHINESE.find(ones) + 1 if ones else 0)


def _looks_like_heading(text: str, first: int, end: int, group: str) -> bool:
    """A chapter line without a sentence in it, or a line that is all bold or all in 【】."""
    if group in _CHAPTERS:
        written = text[first:end]
        return end - first <= 30 and not _ENDING.search(written) and ":" not in written.rstrip(":*_ ")
    if end - first > 50:
        return False
    return bool(_BOLD.match(text, first, end) or _BRACKETED.match(text, first, end))
