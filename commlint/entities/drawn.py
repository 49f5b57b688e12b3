"""Tables drawn in plain text: between pipes or box characters, and columns kept apart by tabs or by blanks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

from commlint.model.record import Cell, Grid
from commlint.model.span import Span

_BARS = "\u2502\u2503\u2551\u2506\u250a\u254e"
_FRAME = "\u2500-\u257f"
_RULE = re.compile(rf"[ \t]*(?:\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t:|-]*)?|[+|]?[-=]{{2,}}[-=+| \t]*|[{_FRAME}][{_FRAME} ]+)$")
_DASHES = re.compile(rf"--|==|[{_FRAME}]")
_ITEM = re.compile(r"\s*(?:[-*\u2022\u00b7\u2460-\u2473>]|\d{1,2}[.\u3001)])")
_BOX_BAR = re.compile(f"[{_BARS}]")
_PIPE = re.compile(r"(?<!\\)\|")
_TAB = re.compile(r"\t")
_GAP = re.compile(r"(?<=\S) {2,60}(?=\S)")
_LABELLED = re.compile(r"[^\d:|]:(?!//)")  # a colon behind a word: such a stretch is a field, not a cell
_STOPS = "。;!?"
_LONGEST = 2000

Line = tuple[int, int]


def drawn_grids(folded: str, silent: Sequence[Span] = ()) -> Iterable[Grid]:
    """The tables in `folded`, outside `silent`: two lines or more that are cut into as many cells, under rules or not."""
    if "|" not in folded and "\t" not in folded and "  " not in folded and not _BOX_BAR.search(folded):
        return
    group: list[Line] = []
    sign = ""
    hidden, at = sorted(silent), 0
    for line in _lines(folded):
        while at < len(hidden) and hidden[at].end <= line[0]:
            at += 1
        inside = at < len(hidden) and hidden[at].start <= line[0] and line[1] <= hidden[at].end
        mark = "" if inside else _mark(folded, line)
        if not mark and sign.startswith("tab") and line[1] - line[0] < _LONGEST and f"tab{folded.count(chr(9), *line)}" == sign and not inside:
            mark = sign  # the last cell of a row is empty
        if mark == "rule" and not inside:
            if not sign:
                group, sign = [line], "rule"
            else:
                group.append(line)
            continue
        if mark != sign and not (sign == "rule" and mark):
            yield from _grid(folded, group, sign)
            group = []
        sign = mark
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
    """What makes the line look like a row; lines of one table share it. A line of dashes rules any of them."""
    start, end = line
    if end - start > _LONGEST:
        return ""
    written = text[start:end]
    bare = written.strip()
    if not bare:
        return ""
    if bare[0] in "-=+|:\u2500\u2501\u2550" or "\u2500" <= bare[0] <= "\u257f":
        if _RULE.match(written) and ("|" in bare or len(bare) > 3):
            return "rule"
        if bare[0] == "|":
            return "|"
        if bare[0] in _BARS:
            return "box"
    return _cut_by(text, start, end, written, bare)


def _cut_by(text: str, start: int, end: int, written: str, bare: str) -> str:
    pipes = bare.count("|")
    if pipes > 1 and not _ITEM.match(text, start, end):
        return f"|{len(_PIPE.findall(bare))}"
    if pipes == 1 and (" | " in bare or "\t|" in bare) and not _is_labelled(bare.split("|")) and bare[-1] not in _STOPS and not _ITEM.match(bare):
        return "|1"
    if "\t" in bare:
        tabs = written.strip("\t").count("\t") and written.count("\t")
        return "" if not tabs or _is_labelled(bare.split("\t")) else f"tab{tabs}"
    if "  " in bare and bare[-1] not in _STOPS and len(bare) < 400 and not _ITEM.match(bare):
        cells = _GAP.split(bare)
        return "gap" if len(cells) > 1 and not _is_labelled(cells) and not all(len(cell) == 1 for cell in cells) else ""
    return ""


def _is_labelled(cells: Sequence[str]) -> bool:
    """Whether half of the cells or more have a label of their own (主办:城管科)."""
    return any(cell.startswith(":") for cell in cells) or 2 * sum(1 for cell in cells if _LABELLED.search(cell[:16])) >= len(cells)


def _grid(text: str, group: Sequence[Line], sign: str) -> Iterable[Grid]:
    if not sign or sign == "rule" or len(group) < 2:
        return
    rules = [_is_rule(text, line, at) for at, line in enumerate(group)]
    rows = [line for line, rule in zip(group, rules, strict=True) if not rule]
    if not rows or len(rows) < (1 if sign in ("|", "box") else 3 if sign == "|1" and len(rows) == len(group) else 2):
        return
    first = next(at for at, rule in enumerate(rules) if not rule)
    ruled = first + 1 < len(rules) and rules[first + 1]
    if sign == "gap":
        yield from _aligned(text, rows, ruled=ruled)
        return
    separator = _PIPE if sign.startswith("|") else _BOX_BAR if sign == "box" else _TAB
    cells = tuple(
        Cell(span, row, column, header=ruled and row == 0)
        for row, line in enumerate(rows)
        for column, span in enumerate(_cells(text, line, separator))
    )
    if cells:
        last = group[-1] if not rules[-1] or sign != "tab" else rows[-1]
        yield Grid(Span(group[0][0], last[1]), cells)


def _is_rule(text: str, line: Line, at: int) -> bool:
    """Whether a line is drawn, not filled: one dash a cell draws a line under the header only."""
    written = text[slice(*line)]
    return _RULE.match(written) is not None and (at == 1 or _DASHES.search(written) is not None)


def _cells(text: str, line: Line, separator: re.Pattern[str]) -> Iterable[Span]:
    start, end = line
    if separator is not _TAB:
        start, end = _inside(text, start, end)
    edges = [match.start() for match in separator.finditer(text, start, end)]
    for left, right in zip([start - 1, *edges], [*edges, end], strict=True):
        yield trimmed(text, left + 1, right)


def _inside(text: str, start: int, end: int) -> Line:
    """The line without its outer bars."""
    whole = trimmed(text, start, end)
    bars = "|" + _BARS
    start = whole.start + (whole.start < whole.end and text[whole.start] in bars)
    closed = whole.end > start and text[whole.end - 1] in bars
    return start, whole.end - closed


def _aligned(text: str, rows: Sequence[Line], *, ruled: bool) -> Iterable[Grid]:
    """Columns kept apart by blanks: three or more under a header, or two that start at the same place in three lines."""
    cut = [_pieces(text, line) for line in rows]
    width = len(cut[0])
    even = sum(1 for pieces in cut if len(pieces) == width)
    if any(len(pieces) > width for pieces in cut) or 2 * even < len(cut):
        return
    if width == 2 and not ruled and (len(cut) < 3 or even < len(cut) or not _in_line(text, rows, cut)):
        return
    places = [_column(text, rows[0], piece) for piece in cut[0]]
    cells: list[Cell] = []
    for row, (line, pieces) in enumerate(zip(rows, cut, strict=True)):
        columns = range(width) if len(pieces) == width else [_nearest(places, _column(text, line, piece)) for piece in pieces]
        cells += (Cell(piece, row, column, header=row == 0 and ruled) for column, piece in zip(columns, pieces, strict=True))
    yield Grid(Span(rows[0][0], rows[-1][1]), tuple(cells))


def _pieces(text: str, line: Line) -> list[Span]:
    whole = trimmed(text, *line)
    found: list[Span] = []
    start = whole.start
    for gap in _GAP.finditer(text, whole.start, whole.end):
        found.append(Span(start, gap.start()))
        start = gap.end()
    return [*found, Span(start, whole.end)]


def _in_line(text: str, rows: Sequence[Line], cut: Sequence[Sequence[Span]]) -> bool:
    places = [_column(text, line, pieces[1]) for line, pieces in zip(rows, cut, strict=True)]
    return max(places) - min(places) <= 1


def _column(text: str, line: Line, piece: Span) -> int:
    """Where a piece starts on a screen on which Chinese characters are two columns wide."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text[line[0] : piece.start])


def _nearest(places: Sequence[int], at: int) -> int:
    return min(range(len(places)), key=lambda column: abs(places[column] - at))


def trimmed(text: str, start: int, end: int) -> Span:
    """The stretch without blanks at its ends; empty at `start` when there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
