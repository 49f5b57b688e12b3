"""Workbooks as one XML file (XML Spreadsheet 2003), which export programs still write under the name .xls."""

from __future__ import annotations

from collections.abc import Iterator

from commlint.errors import RecordError
from commlint.model.environment import Environment
from commlint.model.protocols import Item
from commlint.model.source import Source
from commlint_minutes.ooxml import Parser
from commlint_minutes.sheets import Filled
from commlint_minutes.workbook import empty
from commlint_minutes.worksheet import COLUMNS, ROWS, Budget, Sheet, cleaned, cut_off, is_words, ordered, record_of

_SPACE = "urn:schemas-microsoft-com:office:spreadsheet "
_PIECE = 1 << 16


def records(source: Source, environment: Environment) -> Iterator[Item]:
    """A record for each sheet with something on it. Raises RecordError: empty-record, damaged-file, unknown-kind."""
    found = False
    for item in _Workbook(environment).items(source.content):
        record = record_of(item, source, ()) if isinstance(item, Sheet) else item
        found = found or record is not None
        if record is not None:
            yield record
        if isinstance(item, Sheet) and item.cut is not None:
            yield cut_off(item, environment.limits)
    if not found:
        raise empty()


class _Whole(Parser):
    """Reads a file that is no package."""

    def fed(self, content: bytes) -> Iterator[None]:
        for at in range(0, len(content), _PIECE):
            self._parse(content[at : at + _PIECE], "the workbook", final=False)
            yield
        self._parse(b"", "the workbook", final=True)
        yield


class _Workbook:
    """A walk over the XML."""

    def __init__(self, environment: Environment) -> None:
        self.limits = environment.limits
        self.sheet: Sheet | None = None
        self.done: list[Sheet] = []
        self.budget = Budget(self.limits)
        self.row = self.column = 0
        self.given: dict[str, str] = {}
        self.kind = "String"
        self.text: list[str] | None = None
        self.value = ""
        self.commenting = False

    def items(self, content: bytes) -> Iterator[Sheet | RecordError]:
        """The sheets as they end, the one that is damaged as far as it goes."""
        try:
            for _ in _Whole(self._starts, self._ends, self._says).fed(content):
                yield from self.done
                self.done.clear()
        except RecordError as error:  # what stands above the damage is read
            if self.sheet is not None:
                yield self._finished(self.sheet)
            yield error

    def _starts(self, tag: str, given: dict[str, str]) -> None:
        name = tag.removeprefix(_SPACE)
        if name == "Worksheet":
            self.sheet = Sheet(cleaned(given.get(f"{_SPACE}Name", ""))[:255])
            self.budget = Budget(self.limits)
            self.row = -1
        elif name == "Row":
            self.row = _at(given.get(f"{_SPACE}Index"), self.row + 1, ROWS)
            self.column = -1
            if given.get(f"{_SPACE}Hidden") == "1" and self.sheet is not None:
                self.sheet.hidden_rows.append((self.row, self.row))
        elif name == "Cell":
            self.column = _at(given.get(f"{_SPACE}Index"), self.column + 1, COLUMNS)
            self.given = given
            self.value = ""
        elif name == "Comment":
            self.commenting = True
        elif name == "Data":
            self.kind = self.kind if self.commenting else given.get(f"{_SPACE}Type", "String")
            self.text = []

    def _says(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def _ends(self, tag: str) -> None:
        name = tag.removeprefix(_SPACE)
        if name == "Data":
            text, self.text = "".join(self.text or ()), None
            if self.commenting:
                self._note(cleaned(text).strip())
            else:
                self.value = text
        elif name == "Comment":
            self.commenting = False
        elif name == "Cell":
            self._cell()
        elif name == "Worksheet" and self.sheet is not None:
            self.done.append(self._finished(self.sheet))
            self.sheet = None

    def _note(self, note: str) -> None:
        sheet = self.sheet
        if sheet is not None and note and 0 <= self.row < ROWS and 0 <= self.column < COLUMNS and self.budget.allows(note):
            sheet.comments.append((self.row, self.column, note))

    def _cell(self) -> None:
        sheet = self.sheet
        if sheet is None or sheet.cut is not None or self.row >= ROWS or self.column >= COLUMNS:
            return
        across, down = (_at(self.given.get(f"{_SPACE}Merge{way}"), 0, COLUMNS, first=0) for way in ("Across", "Down"))
        text = _shown(cleaned(self.value), self.kind)
        if not text.strip():
            pass
        elif self.budget.allows(text):
            sheet.cells.append(Filled(max(0, self.row), self.column, text, self.kind == "String" and is_words(text), down + 1, across + 1))
        else:
            sheet.cut = self.row
        self.column += across

    def _finished(self, sheet: Sheet) -> Sheet:
        sheet.cells = ordered(sheet.cells)
        return sheet


def _shown(text: str, kind: str) -> str:
    """A date without the midnight that is always written behind it."""
    return text.removesuffix(".000").removesuffix("T00:00:00").replace("T", " ") if kind == "DateTime" else text


def _at(written: str | None, otherwise: int, most: int, *, first: int = 1) -> int:
    if written and written.isascii() and written.isdigit() and len(written) < 9:
        return min(max(0, int(written) - first), most)
    return otherwise
