"""Tables drawn in plain text: rows between pipes, and columns kept apart by tabs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from commlint.model.record import Cell, Grid
from commlint.model.span import Span

_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t:|-]*)?$")
_ITEM = re.compile(r"\s*(?:[-*\u2022\u00b7\u2460-\u2473>]|\d{1,2}[.、)])")
_PIPE = re.compile(r"(?<!\\)\|")

Line = tuple[int, int]


def drawn_grids(folded: str, silent: Sequence[Span] = ()) -> Iterable[Grid]:
    """The tables in `folded`, outside `silent`: at least two lines of pipes, or of equally many tabs or inner pipes."""
    if "|" not in folded and "\t" not in folded:
        return
    group: list[Line] = []
    sign = ""
    for line in _lines(folded):
        mark = "" if any(span.contains(Span(*line)) for span in silent) else _mark(folded, line)
        if mark != sign:
            yield from _grid(folded, group, sign)
            group, sign = [], mark
        group.append(line)
    yield from _grid(folded, group, sign)


def _lines(text: str) -> Iterable[Line]:
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def _mark(text: str, line: Line) -> str:
    """What makes the line look like a row; lines of one table share it."""
    start, end = line
    pipes = text.count("|", start, end)
    if pipes and text[start:end].strip().startswith("|"):
        return "|"
    if pipes > 1 and end - start < 2000 and not _ITEM.match(text, start, end):
        return "|" if _is_rule(text[start:end]) else f"|{len(_PIPE.findall(text, start, end))}"
    tabs = text[start:end].strip("\t").count("\t") and text.count("\t", start, end)
    return f"tab{tabs}" if tabs else ("|" if _is_rule(text[start:end]) else "")


def _is_rule(line: str) -> bool:
    return "|" in line and len(line) < 2000 and _RULE.match(line) is not None


def _grid(text: str, group: Sequence[Line], sign: str) -> Iterable[Grid]:
    if not sign or len(group) < 2:
        return
    piped = sign.startswith("|")
    rows = [line for line in group if not (piped and _is_rule(text[slice(*line)]))]
    ruled = len(rows) < len(group)
    cells = tuple(
        Cell(span, row, column, header=ruled and row == 0)
        for row, line in enumerate(rows)
        for column, span in enumerate(_cells(text, line, "|" if piped else "\t"))
    )
    if cells:
        yield Grid(Span(group[0][0], group[-1][1]), cells)


def _cells(text: str, line: Line, separator: str) -> Iterable[Span]:
    start, end = line
    if separator == "|":
        start, end = _inside(text, start, end)
        edges = [match.start() for match in _PIPE.finditer(text, start, end)]
    else:
        edges = [at for at in range(start, end) if text[at] == separator]
    for left, right in zip([start - 1, *edges], [*edges, end], strict=True):
        yield trimmed(text, left + 1, right)


def _inside(text: str, start: int, end: int) -> Line:
    """The line without its outer pipes."""
    whole = trimmed(text, start, end)
    start = whole.start + text.startswith("|", whole.start)
    closed = whole.end > start and text[whole.end - 1] == "|"
    return start, whole.end - closed


def trimmed(text: str, start: int, end: int) -> Span:
    """The stretch without blanks at its ends; empty at `start` when there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
