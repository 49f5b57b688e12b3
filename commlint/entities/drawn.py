"""Tables drawn in plain text: between pipes or box characters, and columns kept apart by tabs or by blanks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

from commlint.model.record import Cell, Grid
from commlint.model.span import Span

_BARS = "\u2502\u2503\u2551\u2506\u250a\u254e"
_SIGNS = ("|", "\t", "  ", *_BARS[:3])
_FRAME = "\u2500-\u257f"
_RULE = re.compile(rf"[ \t]*(?:\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t:|-]*)?|[+|]?[-=]{{2,}}[-=+| \t]*|[{_FRAME}][{_FRAME} ]+)$")
_DASHES = re.compile(rf"--|==|[{_FRAME}]")
_ITEM = re.compile(r"\s*(?:[-*\u2022\u00b7\u2460-\u2473>]|\d{1,2}[.\u3001)])")
_BOX_BAR = re.compile(f"[{_BARS}]")
_PIPE = re.compile(r"(?<!\\)\|")
_TAB = re.compile(r"\t")
_TABS = re.compile(r"\t{1,20}")
_GAP = re.compile(r"(?<=\S) {2,60}(?=\S)")
_LABELLED = re.compile(r"[^\d:|]:(?!//)")  # a colon behind a word: such a stretch is a field, not a cell
_UNITS = frozenset("年月日时分天")  # printed where a date is to be written
_STOPS = "。;!?"
_LONGEST = 2000

_NAMES = r"[^\x00-\x7f、。\u201c\u201d]{2,8}(?:([ ,;/])[^\x00-\x7f、。\u201c\u201d]{2,8})(?:\1[^\x00-\x7f、。\u201c\u201d]{2,8}){1,14}$"
_HEAD_LINE = re.compile("^" + _NAMES, re.MULTILINE)
_NEXT_HEAD_LINE = re.compile(r"\n" + _NAMES, re.MULTILINE)  # a character is found faster than a place
_LABEL_LINE = re.compile(r"[ \t]*[^\s,;:。!?|()]{2,10}[ \t]*$")

Line = tuple[int, int]


def may_be_drawn(text: str, given: Sequence[Span]) -> bool:
    """Whether a sign that tables are drawn with stands outside the tables `given` by the reader: a look before the work."""
    for sign in _SIGNS:
        if sign in text and text.count(sign) > sum(text.count(sign, span.start, span.end) for span in given):
            return True
    return _head_line(text) >= 0


def _head_line(text: str) -> int:
    """Where the first line starts that is nothing but short words kept apart by one sign; -1 for none."""
    if _HEAD_LINE.match(text):
        return 0
    later = _NEXT_HEAD_LINE.search(text)
    return later.start() + 1 if later is not None else -1


def drawn_grids(folded: str, silent: Sequence[Span] = ()) -> Iterable[Grid]:
    """The tables in `folded`, outside `silent`: two lines or more that are cut into as many cells, under rules or not."""
    head = _head_line(folded)
    if head >= 0:
        yield from _listed(folded, head, silent)
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
        if not mark and sign in ("gap", "tab") and group and _is_form_line(folded, group[-1], line) and not inside:
            mark = sign
        if not mark and sign == "tab" and line[1] > line[0] and _TAB.search(folded, *line) and not inside:
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
        return "" if not tabs or _is_labelled(bare.split("\t")) else "tab"
    if "  " in bare and bare[-1] not in _STOPS and len(bare) < 400 and not _ITEM.match(bare):
        cells = _GAP.split(bare)
        return "gap" if len(cells) > 1 and not _is_labelled(cells) and not all(len(cell) == 1 for cell in cells) and not _UNITS.issuperset(cells[1:]) else ""
    return ""


def _is_labelled(cells: Sequence[str]) -> bool:
    """Whether half of the cells or more have a label of their own (主办:城管科)."""
    return any(cell.startswith(":") for cell in cells) or 2 * sum(1 for cell in cells if _LABELLED.search(cell[:16])) >= len(cells)


def _grid(text: str, group: Sequence[Line], sign: str) -> Iterable[Grid]:
    if not sign or sign == "rule" or len(group) < 2:
        return
    rules = [_is_rule(text, line, at) for at, line in enumerate(group)]
    rows = [line for line, rule in zip(group, rules, strict=True) if not rule]
    if sign == "tab":
        yield from _tabbed(text, rows)
        return
    if not rows or len(rows) < (1 if sign in ("|", "box") else 3 if sign == "|1" and len(rows) == len(group) else 2):
        return
    first = next(at for at, rule in enumerate(rules) if not rule)
    ruled = first + 1 < len(rules) and rules[first + 1]
    if sign == "gap":
        yield from _aligned(text, rows, ruled=ruled)
        return
    separator = _PIPE if sign.startswith("|") else _BOX_BAR
    cells = tuple(
        Cell(span, row, column, header=ruled and row == 0)
        for row, line in enumerate(rows)
        for column, span in enumerate(_cells(text, line, separator))
    )
    if cells:
        yield Grid(Span(group[0][0], group[-1][1]), cells)


def _is_form_line(text: str, before: Line, line: Line) -> bool:
    """Whether a line is one short word below a line of two cells: a label whose value is not filled in."""
    if line[1] - line[0] > 12 or not _LABEL_LINE.match(text, *line):
        return False
    from commlint.entities.labels import MADE, grade
    from commlint.model.environment import Lexicon

    if grade(Lexicon(), text[slice(*line)].strip()) < MADE:
        return False
    above = text[slice(*before)].strip()
    return len(_GAP.split(above)) == 2 or above.count("\t") == 1 or _LABEL_LINE.match(above) is not None


def _tabbed(text: str, rows: Sequence[Line]) -> Iterable[Grid]:
    """Lines cut by tabs: as many cells in each, or as many where several tabs stand for one."""
    counts = [text[slice(*line)].count("\t") for line in rows]
    runs = [len(_TABS.findall(text[slice(*line)].strip())) for line in rows]
    if len(rows) > 1 and len(set(counts)) > 1 and len(set(runs)) == 1 and runs[0] > 1:
        yield _of_cells(rows, [list(_cells(text, line, _TABS)) for line in rows])
        return
    start = 0
    for at in range(1, len(rows) + 1):
        if at == len(rows) or not (counts[at] == counts[start] or (counts[start] == 1 and counts[at] == 0)):
            if at - start > 1:
                cut = [list(_cells(text, line, _TAB)) for line in rows[start:at]]
                yield _of_cells(rows[start:at], [cells if len(cells) > 1 else [*cells, Span(cells[0].end, cells[0].end)] for cells in cut])
            start = at


def _of_cells(rows: Sequence[Line], cut: Sequence[Sequence[Span]]) -> Grid:
    cells = tuple(Cell(span, row, column) for row, spans in enumerate(cut) for column, span in enumerate(spans))
    return Grid(Span(rows[0][0], rows[-1][1]), cells)


def _listed(text: str, start: int, silent: Sequence[Span]) -> Iterable[Grid]:
    """Rows of cells between single blanks, commas or semicolons under a line of nothing but labels: 序号 事项 负责人 时限."""
    from commlint.entities.labels import MADE, grade
    from commlint.model.environment import Lexicon

    taken = -1
    for head in _HEAD_LINE.finditer(text, start):
        if head.start() < taken:
            continue
        separator = re.compile(re.escape(head[1]))
        names = separator.split(head[0])
        rows = [(head.start(), head.end())]
        if 4 * sum(grade(Lexicon(), name) >= MADE for name in names) < 3 * len(names) or any(span.overlaps(Span(*head.span())) for span in silent):
            continue
        for line in _lines(text[head.end() + 1 : head.end() + 20_000]):
            written = text[head.end() + 1 + line[0] : head.end() + 1 + line[1]].strip()
            if written.count(head[1]) != len(names) - 1 or written[-1:] in ("。", head[1]):
                break
            rows.append((head.end() + 1 + line[0], head.end() + 1 + line[1]))
        taken = rows[-1][1]
        if len(rows) > 1:
            yield _of_cells(rows, [list(_cells(text, line, separator)) for line in rows])


def _is_rule(text: str, line: Line, at: int) -> bool:
    """Whether a line is drawn, not filled: one dash a cell draws a line under the header only."""
    written = text[slice(*line)]
    return _RULE.match(written) is not None and (at == 1 or _DASHES.search(written) is not None)


def _cells(text: str, line: Line, separator: re.Pattern[str]) -> Iterable[Span]:
    start, end = line
    if separator is _PIPE or separator is _BOX_BAR:
        start, end = _inside(text, start, end)
    elif separator is not _TAB:
        whole = trimmed(text, start, end)
        start, end = whole.start, whole.end
    edges = [match.span() for match in separator.finditer(text, start, end)]
    for (_, left), (right, _) in zip([(start, start), *edges], [*edges, (end, end)], strict=True):
        yield trimmed(text, left, right)


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
    if width == 2 and not ruled:
        yield from _of_pairs(text, rows, cut)
        return
    even = sum(1 for pieces in cut if len(pieces) == width)
    if any(len(pieces) > width for pieces in cut) or 2 * even < len(cut):
        return
    places = [_column(text, rows[0], piece) for piece in cut[0]]
    cells: list[Cell] = []
    for row, (line, pieces) in enumerate(zip(rows, cut, strict=True)):
        columns = range(width) if len(pieces) == width else [_nearest(places, _column(text, line, piece)) for piece in pieces]
        cells += (Cell(piece, row, column, header=row == 0 and ruled) for column, piece in zip(columns, pieces, strict=True))
    yield Grid(Span(rows[0][0], rows[-1][1]), tuple(cells))


def _of_pairs(text: str, rows: Sequence[Line], cut: Sequence[list[Span]]) -> Iterable[Grid]:
    """Two columns of which the second starts at one place in three lines or more; a line may have the first alone."""
    both = [at for at, pieces in enumerate(cut) if len(pieces) == 2]
    if len(both) < 3 or any(len(pieces) > 2 for pieces in cut) or not _in_line(text, [rows[at] for at in both], [cut[at] for at in both]):
        return
    yield _of_cells(rows, [pieces if len(pieces) > 1 else [*pieces, Span(pieces[0].end, pieces[0].end)] for pieces in cut])


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
