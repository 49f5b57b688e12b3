"""Spreadsheets as .ods files hold them (OpenDocument 1.3, part 3, 9): streamed, what is said to repeat is not written out in memory.

A cell is read as it is shown, in its paragraphs; a date whose shown form leaves open which number is the month, as ISO 8601 has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from commlint.errors import RecordError
from commlint.model.environment import Environment, Limits
from commlint.model.protocols import Item
from commlint.model.source import Source
from commlint_minutes.ooxml import Package, damaged, encrypted, opened_zip
from commlint_minutes.sheets import Filled
from commlint_minutes.workbook import Streamed, empty
from commlint_minutes.worksheet import COLUMNS, EMPTY, ROWS, Budget, Sheet, cleaned, cut_off, is_words, record_of

_CONTENT = "content.xml"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {f"{_OFFICE}{name}:1.0": prefix for name, prefix in (("office", "o"), ("table", "t"), ("text", "p"), ("style", "s"), ("manifest", "m"))}
_XLINK = "http://www.w3.org/1999/xlink href"
_AMBIGUOUS = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}\b")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?")
_HIDDEN = ("collapse", "filter")
_PIECES = {"p:s": " ", "p:tab": "\t", "p:line-break": "\n"}


def records(source: Source, environment: Environment) -> Iterator[Item]:
    """A record for each sheet with something on it, hidden ones too; behind it table-limit when not all of it was read.

    Raises RecordError: empty-record, encrypted-file, legacy-format, damaged-file, archive-limit, unknown-kind.
    """
    limits = environment.limits
    package = opened_zip(source, limits)
    if _CONTENT not in package:
        raise damaged("it has no content.xml", "缺少 content.xml")
    _refuse_encrypted(package)
    found = False
    for item in _Content(package, limits).items():
        record = record_of(item, source, _properties(package)) if isinstance(item, Sheet) else item
        found = found or record is not None
        if record is not None:
            yield record
        if isinstance(item, Sheet) and item.cut is not None:
            found = True
            yield cut_off(item, limits)
    if not found:
        raise empty()


def _properties(package: Package) -> tuple[tuple[str, str], ...]:
    from commlint_minutes.ooxml import core_properties

    return core_properties(package, "meta.xml") if "meta.xml" in package else ()


def _refuse_encrypted(package: Package) -> None:
    """Raises RecordError ``encrypted-file`` when the manifest says that the content is."""
    if "META-INF/manifest.xml" not in package:
        return
    told: list[bool] = []
    entries: list[str] = [""]

    def starts(tag: str, given: dict[str, str]) -> None:
        name = _short(tag)
        if name == "m:file-entry":
            entries[0] = given.get(f"{_OFFICE}manifest:1.0 full-path", "")
        elif name == "m:encryption-data" and entries[0] == _CONTENT:
            told.append(True)

    for _ in Streamed(starts, _ignored, _ignored).pieces(package, "META-INF/manifest.xml"):
        if told:
            raise encrypted()


class _Content:
    """A walk over content.xml."""

    def __init__(self, package: Package, limits: Limits) -> None:
        self.package = package
        self.limits = limits
        self.looked_at = 3 * ROWS + EMPTY * limits.cells
        self.style = ""
        self.unseen: set[str] = set()  # styles of sheets that are not shown
        self.done: list[Sheet] = []
        self.sheet: Sheet | None = None
        self.depth = 0  # of tables in tables: those in cells are passed over
        self.budget = Budget(limits)
        self.row = self.column = self.height = 0
        self.row_cells: list[Filled] = []
        self.row_notes: list[tuple[int, int, str]] = []
        self.given: Mapping[str, str] | None = None
        self.wide = 1
        self.text: list[str] = []
        self.note: list[str] | None = None
        self.inside = 0  # paragraphs that are open
        self.skipped = 0  # elements that are open in what is no text of the sheet: tracked changes, drawings

    def items(self) -> Iterator[Sheet | RecordError]:
        """The sheets as they end, the one that is cut off or damaged as far as it goes."""
        try:
            for _ in Streamed(self._starts, self._ends, self._says).pieces(self.package, _CONTENT):
                yield from self.done
                self.done.clear()
                if self.looked_at <= 0:
                    if self.sheet is not None:
                        self.sheet.cut = self.row if self.sheet.cut is None else self.sheet.cut
                        yield self.sheet
                    return
        except RecordError as error:  # what stands above the damage is read
            if self.sheet is not None:
                self._row_ends()
                yield self.sheet
            yield error

    # what the elements say

    def _starts(self, tag: str, given: dict[str, str]) -> None:
        name = _short(tag)
        if self.skipped or name in ("t:tracked-changes", "t:shapes", "o:forms"):
            self.skipped += 1
            return
        handler = _STARTS.get(name)
        if handler is not None:
            handler(self, given)
        elif self.inside and name in _PIECES:
            count = _number(given.get(f"{_OFFICE}text:1.0 c"), 1000)
            self._says(_PIECES[name] * (count if name == "p:s" else 1))
        elif name == "p:a" and self.sheet is not None and len(self.sheet.links) < self.limits.members:
            self.sheet.links.append(given.get(_XLINK, ""))

    def _ends(self, tag: str) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        handler = _ENDS.get(_short(tag))
        if handler is not None:
            handler(self)

    def _says(self, text: str) -> None:
        if self.inside and not self.skipped:
            (self.text if self.note is None else self.note).append(text)

    def _style_starts(self, given: Mapping[str, str]) -> None:
        self.style = given.get(f"{_OFFICE}style:1.0 name", "")

    def _style_says(self, given: Mapping[str, str]) -> None:
        if given.get(f"{_OFFICE}table:1.0 display") == "false":
            self.unseen.add(self.style)

    def _table_starts(self, given: Mapping[str, str]) -> None:
        self.depth += 1
        if self.depth == 1:
            hidden = given.get(f"{_OFFICE}table:1.0 style-name", "") in self.unseen
            self.sheet = Sheet(cleaned(given.get(f"{_OFFICE}table:1.0 name", ""))[:255], hidden=hidden)
            self.budget = Budget(self.limits)
            self.row = self.column = 0

    def _linked(self, given: Mapping[str, str]) -> None:
        """What was once fetched from another file is no sheet of this one."""
        self.sheet = None

    def _table_ends(self) -> None:
        self.depth -= 1
        if self.depth == 0 and self.sheet is not None:
            self.done.append(self.sheet)
            self.sheet = None

    def _column_starts(self, given: Mapping[str, str]) -> None:
        count = _number(given.get(f"{_OFFICE}table:1.0 number-columns-repeated"), COLUMNS)
        if self.depth == 1 and self.sheet is not None:
            if given.get(f"{_OFFICE}table:1.0 visibility") in _HIDDEN and self.column < COLUMNS:
                self.sheet.hidden_columns.append((self.column, min(self.column + count, COLUMNS) - 1))
            self.column += count

    def _row_starts(self, given: Mapping[str, str]) -> None:
        self.looked_at -= 1
        if self.depth != 1 or self.sheet is None:
            return
        self.column = 0
        self.height = min(_number(given.get(f"{_OFFICE}table:1.0 number-rows-repeated"), ROWS), max(0, ROWS - self.row))
        if given.get(f"{_OFFICE}table:1.0 visibility") in _HIDDEN and self.height:
            self.sheet.hidden_rows.append((self.row, self.row + self.height - 1))

    def _row_ends(self) -> None:
        if self.depth != 1 or self.sheet is None:
            return
        sheet, cells, notes = self.sheet, self.row_cells, self.row_notes
        self.row_cells, self.row_notes = [], []
        for number in range(self.row, self.row + self.height) if cells or notes else ():
            if not self._takes(number, cells):
                break
            sheet.comments += ((number, column, note) for _, column, note in notes if self.budget.allows(note))
            if self.budget.spent:
                sheet.cut = number
        self.row += self.height
        self.height = 0

    def _takes(self, number: int, cells: list[Filled]) -> bool:
        """Write down a row; whether there is room for another."""
        if self.sheet is None or self.sheet.cut is not None:
            return False
        for cell in cells:
            if not self.budget.allows(cell.text):
                self.sheet.cut = number
                return False
            self.sheet.cells.append(cell._replace(row=number))
        return True

    def _cell_starts(self, given: Mapping[str, str]) -> None:
        self.looked_at -= 1
        if self.depth == 1:
            self.given = given
            self.wide = _number(given.get(f"{_OFFICE}table:1.0 number-columns-repeated"), COLUMNS)
            self.text.clear()

    def _cell_ends(self) -> None:
        if self.depth != 1 or self.given is None:
            return
        given, self.given = self.given, None
        text, words = _shown("".join(self.text), given)
        if text.strip() and self.height:
            rows = _number(given.get(f"{_OFFICE}table:1.0 number-rows-spanned"), ROWS)
            columns = _number(given.get(f"{_OFFICE}table:1.0 number-columns-spanned"), COLUMNS)
            last = min(self.column + self.wide, COLUMNS)
            self.row_cells += (Filled(self.row, column, text, words, rows, columns) for column in range(self.column, last))
        self.column += self.wide

    def _covered_ends(self) -> None:
        """A cell that another covers shows nothing."""
        self.given = None
        if self.depth == 1:
            self.column += self.wide

    def _note_starts(self, given: Mapping[str, str]) -> None:
        self.note = []

    def _note_ends(self) -> None:
        note = cleaned("".join(self.note or ())).strip()
        self.note = None
        if note and self.depth == 1 and self.column < COLUMNS:
            self.row_notes.append((self.row, self.column, note))

    def _paragraph_starts(self, given: Mapping[str, str]) -> None:
        pieces = self.text if self.note is None else self.note
        if pieces:
            pieces.append("\n")
        self.inside += 1

    def _paragraph_ends(self) -> None:
        self.inside -= 1


_STARTS: dict[str, Callable[[_Content, Mapping[str, str]], None]] = {
    "s:style": _Content._style_starts, "s:table-properties": _Content._style_says, "t:table": _Content._table_starts, "t:table-source": _Content._linked, "t:table-column": _Content._column_starts,
    "t:table-row": _Content._row_starts, "t:table-cell": _Content._cell_starts, "t:covered-table-cell": _Content._cell_starts,
    "o:annotation": _Content._note_starts, "p:p": _Content._paragraph_starts, "p:h": _Content._paragraph_starts,
}
_ENDS: dict[str, Callable[[_Content], None]] = {
    "t:table": _Content._table_ends, "t:table-row": _Content._row_ends, "t:table-cell": _Content._cell_ends, "t:covered-table-cell": _Content._covered_ends,
    "o:annotation": _Content._note_ends, "p:p": _Content._paragraph_ends, "p:h": _Content._paragraph_ends,
}


def _shown(text: str, given: Mapping[str, str]) -> tuple[str, bool]:
    """What a cell shows, and whether that is words."""
    text = cleaned(text)
    kind = given.get(f"{_OFFICE}office:1.0 value-type", "")
    date = given.get(f"{_OFFICE}office:1.0 date-value", "")
    if kind == "date" and _ISO.match(date) and (not text.strip() or _AMBIGUOUS.match(text)):
        return date[:16].replace("T00:00", "").replace("T", " "), False
    if not text.strip():
        text = cleaned(given.get(f"{_OFFICE}office:1.0 value") or given.get(f"{_OFFICE}office:1.0 string-value") or "")
    return text, kind in ("", "string") and is_words(text)


def _short(tag: str) -> str:
    """``t:table-cell`` for the long names of the namespaces of OpenDocument; the tag itself for any other."""
    space, _, name = tag.partition(" ")
    return f"{_PREFIXES[space]}:{name}" if space in _PREFIXES else tag


def _number(written: str | None, most: int) -> int:
    return max(1, min(int(written), most)) if written and written.isascii() and written.isdigit() and len(written) < 9 else 1


def _ignored(*_: object) -> None:
    return None
