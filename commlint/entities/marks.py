"""A label in a line, and where its value starts; the decoration around labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from commlint.entities.labels import KNOWN, reading
from commlint.entities.outline import BARE, Line
from commlint.model.environment import Lexicon

OPENING = " \t*_`#\u3010[\"'\u201c\u300c\u300e("
CLOSING = " \t*_`\u3011]\"'\u201d\u300d\u300f\u2605\u2606\u25c6\u25c7\u25a0\u25b2\u203b"
BRACKETS = {"\u3010": "\u3011", "[": "]", "\u300c": "\u300d", "\u300e": "\u300f", "\u3014": "\u3015", "\u3016": "\u3017", "<": ">", "\u3008": "\u3009"}
BOLD = re.compile(r"(\*\*|__)((?:(?!\1)[^:\n]){1,24})\1(?!\s*:)")
_INSIDE = re.compile(r"[^\u3010\u3011\[\]\u300c\u300d\u300e\u300f<>\u3008\u3009\u3014\u3015\u3016\u3017:\n]{1,16}")
HOLDS_A_LIST = frozenset(("agenda", "discussion", "decisions", "actions", "next", "done", "doing"))
_LEADING_NUMBER = re.compile(r"(?:\*\*|__)?(?:\d{1,3}[.、)](?!\d)|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\))\s*")


class Mark(NamedTuple):
    """A label and where its value starts; `whole` when the label is the line's heading, value below. `sure`: see `labels.grade`."""

    start: int
    end: int
    after: int
    layout: str
    sure: int
    key: str
    leading: bool
    bracketed: bool = False
    whole: bool = False

    @property
    def known(self) -> bool:
        """Whether the lexicon tells what the label means."""
        return self.sure >= KNOWN


Row = Sequence[Mark]
Weak = list[tuple[int, str, Mark]]  # labels that count when others stand the same way: line, way, label


def mark_of(text: str, start: int, end: int, after: int, layout: str, *, lexicon: Lexicon, leading: bool) -> Mark | None:
    """The stretch as a label, without decoration; None when there is nothing else."""
    start, end = bare(text, start, end)
    if end <= start:
        return None
    written = text[start:end]
    sure, key = reading(lexicon, written)
    return Mark(start, end, after, layout, sure, key, leading)


def bare(text: str, start: int, end: int) -> tuple[int, int]:
    """The label without decoration and a hint in brackets."""
    while start < end and text[start] in OPENING:
        start += 1
    while end > start and text[end - 1] in CLOSING:
        end -= 1
    if end > start and text[end - 1] == ")":
        opened = text.rfind("(", start + 1, end)
        if opened > start:
            return bare(text, start, opened)
    return start, end


def label_within(folded: str) -> tuple[int, int]:
    """Where the label stands in a cell: without marks, a colon, and a hint in brackets."""
    if folded[-1:] in ")*_`:\u3011]" or folded[:1] in "*_`\u3010[":
        start, end = bare(folded, 0, len(folded.rstrip(": ")))
        return (start, end) if end > start else (0, len(folded))
    return 0, len(folded)


def enclosed(text: str, start: int, end: int, sign: str) -> tuple[int, int, int]:
    """The stretch between brackets that open at `start`, and what follows them; zeros when they do not close."""
    inside = _INSIDE.match(text, start + 1, end)
    if inside is None or text[inside.end() : inside.end() + 1] != BRACKETS[sign]:
        return 0, 0, 0
    return inside.start(), inside.end(), inside.end() + 1


def unnumbered(text: str, line: Line) -> int:
    """Where the content starts behind a number that follows the heading's own marker: `## 2. 决议`, `**二、决议**`."""
    match = _LEADING_NUMBER.match(text, line.first, line.last)
    return match.end() if match and match.end() < line.last else line.first


def depth_of(line: Line, found: Row) -> int:
    """A line that is a label by itself heads what follows."""
    return min(line.depth, BARE - 1) if found and found[0].whole and not line.marked else line.depth
