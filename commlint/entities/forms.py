"""What a grid is: tables under header rows, forms of label and value side by side, tables on their side; several of them in one grid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from commlint.entities.blanks import is_blank
from commlint.entities.labels import KNOWN, LONGEST, MADE, PLAUSIBLE, grade, tidy
from commlint.entities.outline import numeral
from commlint.model.environment import Lexicon
from commlint.model.protocols import Analysis
from commlint.model.record import Cell, Grid
from commlint.model.span import Span
from commlint.model.values import Passage

Matrix = list[list[Passage]]

_LEFT = frozenset(("项目", "项", "栏", "指标", "栏目", "字段", "要素", "条目", "类别", "名称", "item", "field", "key", ""))
_RIGHT = frozenset(("内容", "说明", "信息", "填写内容", "填写", "填写项", "详情", "情况", "具体内容", "值", "备注", "value", "content", "details", "detail", "description", "information", ""))
_BLANK = " \t\n\u00a0"
_MOST_CELLS = 20_000
_COUNTER = re.compile(r"(\d{1,2}|[一二三四五六七八九十]{1,3})$")
_NUMBERED = re.compile(r"\d{1,3}[.)]?|[一二三四五六七八九十]{1,3}")


class Shape(Enum):
    """How the labels of a grid stand."""

    HEADER = "header"
    FORM = "form"
    SIDEWAYS = "sideways"
    PLAIN = "plain"


class Band(NamedTuple):
    """Rows of a grid that are of one shape: a header with its rows, the rows of a form, or a table on its side."""

    shape: Shape
    rows: Matrix
    numbers: tuple[int, ...] = ()  # of the topics that rows of a form belong to, where a first column names them


def matrix(analysis: Analysis, part: int, grid: Grid) -> Matrix:
    """The cells of a grid as rows of equal length; a merged cell stands in every place it covers."""
    return analysis.once(f"matrix:{part}:{grid.span.start}:{grid.span.end}", lambda _: _matrix(analysis, part, grid))


def _matrix(analysis: Analysis, part: int, grid: Grid) -> Matrix:
    cells = _passages(analysis, part, grid)
    return _in_order(grid, cells) or _by_place(analysis, part, grid, cells)


def _in_order(grid: Grid, cells: Sequence[Passage]) -> Matrix:
    """The rows of a grid whose cells stand one behind the other, none of them merged and none missing; empty for another."""
    if not _is_plain(grid):
        return []
    width = grid.cells[-1].column + 1
    return [list(cells[at : at + width]) for at in range(0, len(cells), width)]


def _is_plain(grid: Grid) -> bool:
    """Whether the cells of a grid stand in order, none of them merged and none missing."""
    cells = grid.cells
    width = cells[-1].column + 1 if cells else 0
    if width < 1 or len(cells) % width:
        return False
    row = column = 0
    for cell in cells:
        if cell.column != column or cell.row != row or cell.row_span != 1 or cell.column_span != 1:
            return False
        column += 1
        if column == width:
            row, column = row + 1, 0
    return True


def _by_place(analysis: Analysis, part: int, grid: Grid, cells: Sequence[Passage]) -> Matrix:
    places: dict[tuple[int, int], Passage] = {}
    height = width = 0
    for cell, passage in zip(grid.cells, cells, strict=True):
        for row, column in _covered(cell):
            places[row, column] = passage
            height, width = max(height, row + 1), max(width, column + 1)
    if height * width > _MOST_CELLS + len(places) * 4:
        return []
    empty = analysis.passage(part, grid.span.end, grid.span.end)
    rows = [[places.get((row, column), empty) for column in range(width)] for row in range(height)]
    if len(places) == height * width:
        return rows
    return [row for row in rows if sum(cell is not empty for cell in row) > (width > 1)]  # a row of one cell is a title


def _passages(analysis: Analysis, part: int, grid: Grid) -> list[Passage]:
    """The text of each cell, without blanks around it."""
    text, written = analysis.folded(part), analysis.record.parts[part].text
    if len(text) != len(written):
        return [_trimmed(analysis, part, cell.span) for cell in grid.cells]
    found: list[Passage] = []
    for cell in grid.cells:
        span = cell.span
        start, end = span.start, span.end
        folded = text[start:end]
        found.append(Passage(part, span, written[start:end], folded) if folded.strip() == folded else _trimmed(analysis, part, span))
    return found


def _trimmed(analysis: Analysis, part: int, span: Span) -> Passage:
    passage = analysis.over(part, span)
    folded = passage.folded
    if not folded or not (folded[0] in _BLANK or folded[-1] in _BLANK):
        return passage
    start = span.start + len(folded) - len(folded.lstrip())
    return analysis.passage(part, start, start + len(folded.strip()))


def _covered(cell: Cell) -> Iterable[tuple[int, int]]:
    height, width = min(max(cell.row_span, 1), 200), min(max(cell.column_span, 1), 50)
    return ((cell.row + down, cell.column + right) for down in range(height) for right in range(width))


def bands(analysis: Analysis, part: int, grid: Grid) -> Sequence[Band]:
    """The grid as what it is, from top to bottom."""
    return analysis.once(f"bands:{part}:{grid.span.start}:{grid.span.end}", lambda _: tuple(_bands(analysis, part, grid)))


def _bands(analysis: Analysis, part: int, grid: Grid) -> Iterable[Band]:
    whole = matrix(analysis, part, grid)
    titles = [row for row in whole if _is_title(row)]
    if notes := [row[:1] for row in titles if ":" in row[0].folded]:
        yield Band(Shape.PLAIN, notes)
    drawn = [row for row in whole if not _is_title(row)] if titles else whole
    if not drawn or len(drawn[0]) < 2:
        return
    if len(drawn) > 1 and len(drawn[0]) > 2 and not any(cell.folded for row in drawn for cell in row[2:]):
        drawn = [row[:2] for row in drawn]  # drawn wider than what stands in it
        drawn = drawn if _sure(drawn[0][0], analysis.environment.lexicon) or drawn[0][1].folded else drawn[1:]
    elif len(drawn) > 1 and len(drawn[0]) > 2 and drawn[0][0].folded and not drawn[0][1].folded and not any(cell.folded for cell in drawn[0][1:]):
        drawn = drawn[1:]  # a title that Markdown cannot merge
    yield from _shaped(grid, drawn, analysis.environment.lexicon)


def _shaped(grid: Grid, drawn: Matrix, lexicon: Lexicon) -> Iterable[Band]:
    """The rows below the titles."""
    merged, headed = _said_of_cells(grid)
    if merged:
        drawn, numbers = _without_groups(_under_groups(drawn), lexicon)
        if numbers:
            yield Band(Shape.FORM, drawn, numbers)
            return
    labels = [cell.folded for cell in drawn[0]]
    if ":" in "".join(labels) and _is_labelled(drawn, lexicon):
        yield Band(Shape.PLAIN, drawn)
        return
    if len(labels) > 3 and not _all_sure(drawn[0], lexicon) and (below := _header_below(drawn, lexicon)) and shape(drawn[:below], lexicon) is Shape.FORM:
        yield from _parted(drawn, lexicon)
        return
    form = shape(drawn, lexicon, headed=_headed(grid) if headed else "")
    if form is Shape.HEADER and any(_is_section(row) for row in drawn[1:]):
        drawn = [drawn[0], *(row for row in drawn[1:] if not _is_section(row))]
    if form is not Shape.FORM or len(drawn[0]) < 3:
        yield Band(form, drawn)
        return
    yield from _parted(drawn, lexicon)


def _is_labelled(drawn: Matrix, lexicon: Lexicon) -> bool:
    """Whether most cells have a label of their own (负责人:张三 in each): such a grid is a layout, not a table."""
    cells = [cell.folded for row in drawn[:20] for cell in _distinct(row) if cell.folded]
    own = sum(1 for folded in cells if (colon := folded.find(":", 1, 16)) > 0 and colon + 1 < len(folded) and grade(lexicon, folded[:colon]) >= PLAUSIBLE and not folded[:colon].isdigit())
    return 5 * own >= 3 * len(cells)


def _is_title(row: Sequence[Passage]) -> bool:
    """A row that is one merged cell says no field: a title, a section."""
    first = row[0]
    return len(row) > 1 and row[1] is first and all(cell is first for cell in row)


def _is_section(row: Sequence[Passage]) -> bool:
    """Whether a row of a table is a number and one cell over all the rest: what the rows below it have in common."""
    return len(row) > 3 and row[1] is row[-1] and _NUMBERED.fullmatch(row[0].folded) is not None


def _under_groups(drawn: Matrix) -> Matrix:
    """Without the upper of two header rows, whose cells group columns: 责任 over 部门 and 人."""
    if len(drawn) < 3 or len(drawn[0]) < 3:
        return drawn
    upper, lower = drawn[0], drawn[1]
    through = sum(above is below for above, below in zip(upper, lower, strict=True))
    grouped = any(upper[at] is upper[at + 1] and lower[at] is not lower[at + 1] for at in range(len(upper) - 1))
    return drawn[1:] if through and grouped else drawn


def _without_groups(drawn: Matrix, lexicon: Lexicon) -> tuple[Matrix, tuple[int, ...]]:
    """Without a first column whose cells group rows of a form (基本信息 beside 姓名), and the numbers they count with (议题一)."""
    if len(drawn[0]) < 3 or len(drawn[0]) % 2 == 0 or not any(above[0] is below[0] for above, below in pairwise(drawn)):
        return drawn, ()
    rest = [row[1:] for row in drawn]
    if shape(rest, lexicon) is not Shape.FORM:
        return drawn, ()
    counted = [_COUNTER.search(row[0].folded) for row in drawn]
    numbers = tuple(numeral(match[1]) if match else 0 for match in counted)
    return rest, numbers if any(numbers) else ()


def _said_of_cells(grid: Grid) -> tuple[bool, bool]:
    """Whether a cell reaches over several rows, and whether one below the first row is a header."""
    merged = headed = False
    for cell in grid.cells:
        if cell.row_span > 1:
            merged = True
        if cell.header and cell.row:
            headed = True
    return merged, headed


def _headed(grid: Grid) -> str:
    """Where the format says that headers stand: "left" of every row, by "turns" with the values, or not so that it tells anything."""
    rows: dict[int, list[bool]] = {}
    for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column)):
        rows.setdefault(cell.row, []).append(cell.header)
    below = [flags for row, flags in rows.items() if row > 0]  # of the first row all cells are headers to a reader
    if not below or not all(flags[0] and len(flags) > 1 for flags in below):
        return ""
    if all(flag == (at % 2 == 0) for flags in below for at, flag in enumerate(flags)):
        return "turns" if max(map(len, below)) != 3 else "left"
    return "left" if not any(flag for flags in below for flag in flags[1:]) else ""


def _header_below(drawn: Matrix, lexicon: Lexicon) -> int:
    """The first row below the top, with rows of its own, that is nothing but labels; 0 where there is none."""
    return next((at for at in range(1, min(len(drawn) - 1, 40)) if len(_distinct(drawn[at])) > 2 and _all_sure(drawn[at], lexicon)), 0)


def _parted(drawn: Matrix, lexicon: Lexicon) -> Iterable[Band]:
    """A form with lists in it: a row of labels only heads the rows below, up to one that is a form's again."""
    width = len(drawn[0])
    start = 0
    header = False
    for at, row in enumerate(drawn):
        cells = _distinct(row)
        labels = sum(1 for cell in cells if _sure(cell, lexicon))
        heads = len(cells) >= 3 and labels == len(cells) and at + 1 < len(drawn)
        back = header and len(cells) < width and len(cells) % 2 == 0 and _sure(cells[0], lexicon) and labels < len(cells)
        if (heads and not header) or back or (heads and header and labels > 3):
            if at > start:
                yield Band(Shape.HEADER if header else Shape.FORM, drawn[start:at])
            start, header = at, heads
    yield Band(Shape.HEADER if header else Shape.FORM, drawn[start:])


def _all_sure(row: Sequence[Passage], lexicon: Lexicon) -> bool:
    """Whether all the cells of a row are labels."""
    labels = tuple([cell.folded for cell in row])
    return max(map(len, labels)) <= LONGEST and _are_labels(labels, lexicon)


@lru_cache(maxsize=2048)
def _are_labels(labels: tuple[str, ...], lexicon: Lexicon) -> bool:
    return all(grade(lexicon, label) >= MADE for label in labels)


def _sure(cell: Passage, lexicon: Lexicon) -> bool:
    return len(cell.folded) <= LONGEST and grade(lexicon, cell.folded) >= MADE


def shape(drawn: Matrix, lexicon: Lexicon, *, headed: str = "") -> Shape:
    """What the grid is, by where stretches stand that read like labels, and by where its format says that headers are."""
    header, column = drawn[0], [row[0] for row in drawn]
    width = len(header)
    if headed == "turns":
        return Shape.FORM
    if headed == "left":
        return Shape.SIDEWAYS if width > 2 else Shape.FORM
    if width == 2 and is_caption(header) and len(drawn) > 1 and _likeness(column[1:], lexicon) > 0.3:
        return Shape.FORM
    if not header[0].folded and width > 2 and len(drawn) > 1:
        return Shape.HEADER if _likeness(header[1:], lexicon) >= max(0.75, _likeness(column[1:], lexicon)) else Shape.SIDEWAYS
    if width == 2:
        return _of_two(drawn, lexicon, _likeness(_distinct(header), lexicon))
    titles = len(drawn) > 1 and _all_sure(header, lexicon)
    if titles and not any(row[-1] is row[-2] for row in drawn[:40]):
        return Shape.HEADER if _is_header(header) else Shape.PLAIN
    if width % 2 == 0 or len(_distinct(header)) % 2 == 0:
        labels, values = _halves(drawn, lexicon)
        if _has_wide_values(drawn, lexicon) and labels >= 0.3:
            return Shape.FORM
        if labels >= 0.5 and labels - values > 0.25 and not titles:
            return Shape.FORM
    if len(drawn) < 2:
        return Shape.PLAIN
    left, across = _likeness(column, lexicon), _likeness(_distinct(header), lexicon)
    if left >= 0.6 and left - across > 0.25 and len(drawn) >= 3 and not all(_NUMBERED.fullmatch(cell.folded) for cell in column[1:]):
        return Shape.SIDEWAYS
    return Shape.HEADER if _is_header(header) else Shape.PLAIN


def _has_wide_values(drawn: Matrix, lexicon: Lexicon) -> bool:
    """Whether a row is one label and one value merged over the rest: no table under a header has that."""
    wide = [cells for row in drawn[:40] if len(cells := _distinct(row)) == 2 and cells[1] is row[-1] and cells[1] is row[-2]]
    return bool(wide) and all(_sure(cells[0], lexicon) and not _sure(cells[1], lexicon) for cells in wide)


def _of_two(drawn: Matrix, lexicon: Lexicon, across: float) -> Shape:
    """Two columns: a form when the left one reads like labels all the way down, else a table under its header."""
    left, right = _likeness([row[0] for row in drawn], lexicon), _likeness([row[1] for row in drawn], lexicon)
    below = _likeness([row[0] for row in drawn[1:]], lexicon)
    if len(drawn) < 2:
        return Shape.FORM if left >= 0.8 and right < left else Shape.PLAIN
    if across >= 0.75 and below < 0.75:
        return Shape.HEADER
    if left >= 0.5 and left - right > 0.15:
        return Shape.FORM
    return Shape.HEADER if _is_header(drawn[0]) else Shape.PLAIN


def is_caption(row: Sequence[Passage]) -> bool:
    """Whether the row of a form only says that labels stand left and values right (项目, 内容)."""
    return len(row) >= 2 and all(tidy(cell.folded) in (_RIGHT if at % 2 else _LEFT) for at, cell in enumerate(row))


def _distinct(row: Sequence[Passage]) -> list[Passage]:
    """The cells of a row, a merged one once."""
    return [cell for at, cell in enumerate(row) if at == 0 or cell is not row[at - 1] or not len(cell.span)]


def _halves(drawn: Matrix, lexicon: Lexicon) -> tuple[float, float]:
    """How much the odd and the even cells of the rows read like labels."""
    body = drawn[1:] if is_caption(drawn[0]) and len(drawn) > 1 else drawn
    rows = [_distinct(row) for row in body[:40]]
    columns = [[row[at] for row in rows if at < len(row)] for at in range(0, max(map(len, rows)), 2)]
    return min(_likeness(column, lexicon) for column in columns), _likeness([row[at] for row in rows for at in range(1, len(row), 2)], lexicon)


def _likeness(cells: Sequence[Passage], lexicon: Lexicon) -> float:
    """How much cells read like labels, from -0.5 to 1; empty ones are not counted."""
    scores = [_score(cell.folded, lexicon) for cell in cells[:40] if cell.folded]
    return sum(scores) / len(scores) if scores else 0.0


def _score(folded: str, lexicon: Lexicon) -> float:
    if len(folded) > LONGEST:
        return -0.3
    sure = grade(lexicon, folded)
    if sure >= KNOWN or folded.endswith(":"):
        return 1.0
    if sure == MADE:
        return 0.8
    if sure == PLAUSIBLE:
        return 0.35 if not any(sign.isdigit() for sign in folded) and not is_blank(folded) else -0.3
    return -0.5


def _is_header(header: Sequence[Passage]) -> bool:
    return all(len(cell.folded) <= 40 for cell in header) and any(cell.folded for cell in header)
