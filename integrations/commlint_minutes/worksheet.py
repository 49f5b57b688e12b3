"""A sheet of a workbook as a record: its cells as text with the places they have, comments beside them, what is hidden told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from attrs import Factory, define

from commlint.errors import RecordError
from commlint.model.environment import Limits
from commlint.model.place import Place
from commlint.model.reading.declared import declared_kind
from commlint.model.record import Anchor, Attachment, Block, BlockKind, Part, Record, View
from commlint.model.source import Source
from commlint.model.sourcemap import SourceMap
from commlint.model.span import Span
from commlint_minutes.sheets import Filled, laid

ROWS, COLUMNS = 1 << 20, 1 << 14  # of the largest sheet that any program has
_CHARACTERS = 50  # of a cell on average: more is no sheet that people wrote
EMPTY = 10  # cells that are formatted and hold nothing, for each that may be read; three for each row of a sheet are passed over besides
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))
_FIGURES = re.compile("[\\d\\s.,:/\\-+%()\u00a5\uffe5$\u20ac年月日时分秒点号TZ]*")
_NAMED = 200  # hidden rows and columns that are told
_FILE = re.compile(r"[^/\\?#]{1,200}\.(?:docx?|xlsx?|pptx?|pdf|txt|md|csv|wps|et|dps|od[tsp]|zip|rar|7z|png|jpe?g|vsdx?|eml|msg)(?=[?#]|$)", re.IGNORECASE)


@define
class Sheet:
    """What was read of a sheet; rows and columns count from 0. `cut` is the row at which a limit ended it, `damage` what did."""

    name: str
    cells: list[Filled] = Factory(list)
    comments: list[tuple[int, int, str]] = Factory(list)
    links: list[str] = Factory(list)
    hidden: bool = False
    hidden_rows: list[tuple[int, int]] = Factory(list)
    hidden_columns: list[tuple[int, int]] = Factory(list)
    uncalculated: int = 0
    cut: int | None = None
    damage: RecordError | None = None


class Budget:
    """How much of a sheet is still read; `spent` once something was refused."""

    def __init__(self, limits: Limits) -> None:
        self.cells = limits.cells
        self.characters = limits.cells * _CHARACTERS
        self.spent = False

    def allows(self, text: str) -> bool:
        """Whether a cell with that text is still read; it is counted then."""
        if self.spent or self.cells <= 0 or self.characters < len(text):
            self.spent = True
            return False
        self.cells -= 1
        self.characters -= len(text)
        return True


def record_of(sheet: Sheet, source: Source, properties: Sequence[tuple[str, str]]) -> Record | None:
    """The record that a sheet is; None when nothing stands on it. Raises RecordError ``unknown-kind``."""
    parts = tuple(part for part in (_body(sheet), _comments(sheet)) if part is not None)
    if not parts:
        return None
    kind, evidence = declared_kind(source, None)
    meta = (("sheet", sheet.name), *(pair for pair in properties if pair[0] != "title"), *_told(sheet))
    return Record(source.uri, kind, parts, sheet.name, evidence, meta=meta, attachments=_linked(sheet), inline_suppressions=False)


def cut_off(sheet: Sheet, limits: Limits) -> RecordError:
    """A sheet of which not all was read."""
    row = (sheet.cut or 0) + 1
    return RecordError(
        "table-limit", f"sheet {sheet.name}: more than {limits.cells:,} cells, as many times {_CHARACTERS} characters, or as many times {EMPTY} empty cells; from row {row:,} on it was not checked",
        help="split the sheet, delete what is empty below it, or raise limits.cells",
        zh=f"工作表\u201c{sheet.name}\u201d的单元格超过 {limits.cells:,} 个\uff08或平均每格超过 {_CHARACTERS} 字\uff0c或空单元格超过其 {EMPTY} 倍\uff09\uff0c第 {row:,} 行起未检查",
        zh_help="请拆分工作表\uff0c删除多余的空行\uff0c或调高 limits.cells",
    )


def cleaned(text: str) -> str:
    """The text of a cell with "\\n" as its only line break and without control characters."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    if text.isprintable():
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS).encode("utf-8", "replace").decode()


def is_words(text: str) -> bool:
    """Whether a text is more than figures and dates."""
    return _FIGURES.fullmatch(text) is None


@lru_cache(maxsize=4096)
def letters(column: int) -> str:
    """The name of a column, counted from 0: A, B, …, Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _body(sheet: Sheet) -> Part | None:
    if not sheet.cells:
        return None
    found = laid(sheet.cells)
    anchors = tuple(Anchor(start, _place(sheet, row, column)) for start, row, column in found.places)
    view = View(found.view, "", anchors=anchors, counted_anew=True)
    return Part("body", found.text, view, SourceMap.identity(len(found.text)), found.blocks, found.grids)


def _comments(sheet: Sheet) -> Part | None:
    pieces: list[str] = []
    anchors: list[Anchor] = []
    blocks: list[Block] = []
    length = 0
    for row, column, text in sorted(sheet.comments):
        anchors.append(Anchor(length, _place(sheet, row, column)))
        blocks.append(Block(BlockKind.PARAGRAPH, Span(length, length + len(text))))
        pieces.append(text)
        length += len(text) + 2
    if not pieces:
        return None
    text = "\n\n".join(pieces)
    return Part("comments", text, View(text, "comments", anchors=tuple(anchors), counted_anew=True), SourceMap.identity(len(text)), tuple(blocks))


def _place(sheet: Sheet, row: int, column: int) -> Place:
    return Place("cell", sheet=sheet.name, cell=f"{letters(column)}{row + 1}")


def _told(sheet: Sheet) -> Iterator[tuple[str, str]]:
    if sheet.hidden:
        yield "hidden", "yes"
    if sheet.hidden_rows:
        yield "hidden_rows", _ranges(sheet.hidden_rows, lambda row: str(row + 1))
    if sheet.hidden_columns:
        yield "hidden_columns", _ranges(sheet.hidden_columns, letters)
    if sheet.uncalculated:
        yield "formulas_without_value", str(sheet.uncalculated)


def _ranges(found: Iterable[tuple[int, int]], name: Callable[[int], str]) -> str:
    """``3, 7-9``: from first to last, neighbours joined."""
    joined: list[list[int]] = []
    for first, last in sorted(found):
        if joined and first <= joined[-1][1] + 1:
            joined[-1][1] = max(joined[-1][1], last)
        else:
            joined.append([first, last])
    said = [name(first) if first == last else f"{name(first)}-{name(last)}" for first, last in joined[:_NAMED]]
    return ", ".join([*said, "\u2026"] if len(joined) > _NAMED else said)


def _linked(sheet: Sheet) -> tuple[Attachment, ...]:
    """The files that cells link to, each once."""
    found = (_FILE.search(link.replace("\\", "/")) for link in sheet.links)
    return tuple(Attachment(name, linked=True) for name in dict.fromkeys(match[0] for match in found if match))


def ordered(cells: list[Filled]) -> list[Filled]:
    """By rows, then columns; of two in one place the first."""
    if any((left.row, left.column) >= (right.row, right.column) for left, right in pairwise(cells)):
        placed = {(cell.row, cell.column): cell for cell in reversed(cells)}
        return [placed[place] for place in sorted(placed)]
    return cells
