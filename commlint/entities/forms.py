"""What a grid is: a table under a header row, a form of label and value side by side, or a table on its side."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from commlint.entities.labels import is_known, tidy
from commlint.model.environment import Lexicon
from commlint.model.protocols import Analysis
from commlint.model.record import Cell, Grid
from commlint.model.values import Passage

Matrix = list[list[Passage]]

_GENERIC = frozenset(("项目", "内容", "栏目", "字段", "说明", "信息", "填写内容", "item", "field", "value", "content", ""))
_MOST_CELLS = 20_000


class Shape(Enum):
    """How the labels of a grid stand."""

    HEADER = "header"
    FORM = "form"
    SIDEWAYS = "sideways"
    PLAIN = "plain"


def matrix(analysis: Analysis, part: int, grid: Grid) -> Matrix:
    """The cells of a grid as rows of equal length; a merged cell stands in every place it covers."""
    return analysis.once(f"matrix:{part}:{grid.span.start}:{grid.span.end}", lambda _: _matrix(analysis, part, grid))


def _matrix(analysis: Analysis, part: int, grid: Grid) -> Matrix:
    places: dict[tuple[int, int], Passage] = {}
    for cell in grid.cells:
        passage = analysis.passage(part, cell.span.start, cell.span.end)
        for row, column in _covered(cell):
            places[row, column] = passage
    height = 1 + max((row for row, _ in places), default=-1)
    width = 1 + max((column for _, column in places), default=-1)
    if height * width > _MOST_CELLS + len(places) * 4:
        return []
    empty = analysis.passage(part, grid.span.end, grid.span.end)
    return [[places.get((row, column), empty) for column in range(width)] for row in range(height)]


def _covered(cell: Cell) -> list[tuple[int, int]]:
    height, width = min(max(cell.row_span, 1), 200), min(max(cell.column_span, 1), 50)
    return [(cell.row + down, cell.column + right) for down in range(height) for right in range(width)]


def shape(drawn: Matrix, lexicon: Lexicon) -> Shape:
    """What the grid is, by where known labels stand."""
    if not drawn or len(drawn[0]) < 2:
        return Shape.PLAIN
    header, column = drawn[0], [row[0] for row in drawn]
    across, down = _share(header, lexicon), _share(column, lexicon)
    if len(header) in (2, 4, 6) and _is_form(drawn, lexicon):
        return Shape.FORM
    if len(drawn) < 2:
        return Shape.PLAIN
    if down >= 0.6 and across <= 0.4 and len(drawn) >= 3:
        return Shape.SIDEWAYS if len(header) > 2 else Shape.FORM
    return Shape.HEADER if _is_header(header) else Shape.PLAIN


def is_caption(row: Sequence[Passage]) -> bool:
    """Whether the row of a form only says that labels stand left and values right (项目, 内容)."""
    return {tidy(cell.folded) for cell in row} <= _GENERIC


def _share(cells: Sequence[Passage], lexicon: Lexicon) -> float:
    """The part of the cells that are known labels."""
    return sum(1 for cell in cells if _is_label(cell, lexicon)) / len(cells)


def _is_label(cell: Passage, lexicon: Lexicon) -> bool:
    return len(cell.folded) <= 24 and bool(cell.folded) and (is_known(lexicon, cell.folded) or cell.folded.rstrip().endswith(":"))


def _is_form(drawn: Matrix, lexicon: Lexicon) -> bool:
    """Labels in every other column, and more of them than between."""
    body = drawn[1:] if is_caption(drawn[0]) and len(drawn) > 1 else drawn
    left = [row[at] for row in body for at in range(0, len(row), 2) if row[at].folded.strip()]
    right = [row[at] for row in body for at in range(1, len(row), 2)]
    if not left:
        return False
    share = _share(left, lexicon)
    return share > 0.5 and share > _share(right, lexicon)


def _is_header(header: Sequence[Passage]) -> bool:
    return all(len(cell.folded) <= 40 for cell in header) and any(cell.folded.strip() for cell in header)
