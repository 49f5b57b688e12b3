"""Workbooks as .xlsx files hold them (SpreadsheetML, ECMA-376 part 1, 18): streamed, sheet by sheet, never more than the limits allow.

Formulas are not computed and links not followed: what a cell shows is what was last saved with it. The stated dimension of a
sheet is not believed, empty cells take no memory, and a shared string is held once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache

from commlint.errors import RecordError
from commlint.model.environment import Environment, Limits
from commlint.model.protocols import Item
from commlint.model.source import Source
from commlint_minutes.numberformat import BUILT_IN, dated, read, shown
from commlint_minutes.ooxml import Package, Parser, Relationship, opened_package
from commlint_minutes.sheets import Filled
from commlint_minutes.worksheet import (
    COLUMNS,
    EMPTY,
    ROWS,
    Budget,
    Sheet,
    cleaned,
    cut_off,
    is_words,
    ordered,
    record_of,
)

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_PICTURE = re.compile(r"=(?:_xlfn\.)?DISPIMG\(")  # WPS: a picture in a cell, where programs that know none would say so
_SHARED = 250  # characters of shared strings for each cell that may be read
_FORMATS = 100_000  # of a workbook: Excel takes 64,000
_THREADED = "[Threaded comment]"  # how the stand-in for programs that know no threads begins

Start = Callable[[dict[str, str]], object]
End = Callable[[str], object]


def records(source: Source, environment: Environment) -> Iterator[Item]:
    """A record for each sheet with something on it, hidden ones too; behind it table-limit when not all of it was read.

    Raises RecordError: empty-record, encrypted-file, legacy-format, damaged-file, archive-limit, unknown-format, unknown-kind.
    """
    limits = environment.limits
    book = _Book(opened_package(source, limits, office="spreadsheet"), limits)
    found = False
    for sheet in book.sheets():
        record = record_of(sheet, source, book.properties)
        if record is not None:
            found = True
            yield record
        for error in (sheet.damage, cut_off(sheet, limits) if sheet.cut is not None else None):
            if error is not None:
                found = True
                yield error
    if not found:
        raise empty()


def empty() -> RecordError:
    """A workbook with nothing on its sheets."""
    return RecordError(
        "empty-record", "all sheets are empty", help="fill it in or export it again, or exclude the path in the configuration",
        zh="所有工作表都是空的", zh_help="请填写或重新导出\uff0c或在配置中排除该路径",
    )


class _Book:
    """What the sheets of a workbook share."""

    def __init__(self, package: Package, limits: Limits) -> None:
        self.package = package
        self.limits = limits
        self.main = package.main()
        self.ties = {tie.id: tie for tie in package.relationships(self.main) if not tie.external}
        self.from_1904 = False
        self.listed: list[tuple[str, str, str]] = []
        self.properties = package.properties()
        _read(package, self.main, {"sheet": self._sheet, "workbookPr": self._about})
        self.strings = _Strings(_SHARED * limits.cells)
        if shared := self._part("/sharedStrings"):
            self.strings.read(package, shared)
        self.formats = _formats(package, self._part("/styles"))
        self.looked_at = 3 * ROWS + EMPTY * limits.cells

    def sheets(self) -> Iterator[Sheet]:
        """Each worksheet once, in the order of its tabs."""
        seen: set[str] = set()
        for name, state, tie in self.listed:
            target = self.ties.get(tie)
            if target is None or not target.type.endswith("/worksheet") or target.target in seen:
                continue
            seen.add(target.target)
            yield _Scan(self, Sheet(name, hidden=state in ("hidden", "veryHidden"))).read(target.target)

    def _part(self, kind: str) -> str:
        return next((tie.target for tie in self.ties.values() if tie.type.endswith(kind) and tie.target in self.package), "")

    def _sheet(self, given: Mapping[str, str]) -> None:
        tie = next((value for key, value in given.items() if key.endswith(" id")), "")
        self.listed.append((cleaned(given.get("name", ""))[:255], given.get("state", ""), tie))

    def _about(self, given: Mapping[str, str]) -> None:
        self.from_1904 = given.get("date1904", "") in ("1", "true")


class _Scan:
    """A walk over the XML of one sheet."""

    def __init__(self, book: _Book, sheet: Sheet) -> None:
        self.book = book
        self.sheet = sheet
        self.budget = Budget(book.limits)
        self.row = self.column = -1
        self.given: Mapping[str, str] = {}
        self.text: list[str] | None = None
        self.value = self.inline = ""
        self.said = 0  # characters before the reading in kana at hand
        self.formula = False
        self.merged: dict[tuple[int, int], tuple[int, int]] = {}
        self.ties: dict[str, Relationship] = {}

    def read(self, part: str) -> Sheet:
        """The sheet, as far as the limits and its damage allow."""
        ties = self.book.package.relationships(part)
        self.ties = {tie.id: tie for tie in ties}
        starts: dict[str, Start] = {"row": self._row, "c": self._cell, "v": self._opens, "t": self._opens, "f": self._formula, "rPh": self._reading, "col": self._columns, "mergeCell": self._merge, "hyperlink": self._link}
        ends: dict[str, End] = {"v": self._valued, "t": self._inlined, "rPh": self._was_reading, "c": self._ends}
        try:
            for _ in _pieces(self.book.package, part, starts, ends, self._text):
                if self.book.looked_at <= 0:
                    self.sheet.cut = self.row if self.sheet.cut is None else self.sheet.cut
                    break
            self.sheet.comments = list(self._comments(ties))
            if self.budget.spent and self.sheet.cut is None:
                self.sheet.cut = self.row + 1
        except RecordError as error:  # what stands above the damage is read
            self.sheet.damage = error.at(self.sheet.name)
        self.sheet.cells = ordered(self.sheet.cells)
        if self.merged:
            self.sheet.cells = [cell._replace(rows=size[0], columns=size[1]) if (size := self.merged.get((cell.row, cell.column))) else cell for cell in self.sheet.cells]
        return self.sheet

    # what the elements say

    def _row(self, given: Mapping[str, str]) -> None:
        self.book.looked_at -= 1
        self.row = _number(given.get("r"), 1, ROWS, self.row + 2) - 1
        self.column = -1
        self.given = {}
        if given.get("hidden") in ("1", "true"):
            _extended(self.sheet.hidden_rows, self.row)

    def _cell(self, given: Mapping[str, str]) -> None:
        self.book.looked_at -= 1
        self.value = self.inline = ""
        self.formula = False
        if "r" not in given:
            self._settle()
            self.column += 1
        self.given = given  # where it is matters only when something stands in it, or the next one does not say where it is

    def _settle(self) -> None:
        place = _place(self.given.get("r", ""))
        if place is not None:
            self.row, self.column = place

    def _opens(self, given: Mapping[str, str]) -> None:
        self.text = []

    def _reading(self, given: Mapping[str, str]) -> None:
        self.said = len(self.inline)

    def _was_reading(self, tag: str) -> None:
        self.inline = self.inline[: self.said]

    def _formula(self, given: Mapping[str, str]) -> None:
        self.formula = True
        self.text = None

    def _text(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def _valued(self, tag: str) -> None:
        self.value, self.text = "".join(self.text or ()), None

    def _inlined(self, tag: str) -> None:
        self.inline, self.text = self.inline + "".join(self.text or ()), None

    def _ends(self, tag: str) -> None:
        if self.sheet.cut is not None or not (self.value or self.inline or self.formula):
            return
        self._settle()
        if self.column >= COLUMNS or self.row < 0:
            return
        text, words = self._shown()
        if text is None:
            self.sheet.cut = self.row
        elif not text.strip():
            self.sheet.uncalculated += self.formula and not self.value
        elif self.budget.allows(text):
            style = _number(self.given.get("s"), 0, _FORMATS, 0)
            self.sheet.cells.append(Filled(self.row, self.column, text, words, style=style))
        else:
            self.sheet.cut = self.row

    def _shown(self) -> tuple[str | None, bool]:
        """What the cell shows, None when that is beyond a limit; and whether it is words."""
        kind = self.given.get("t", "n")
        if kind == "s":
            text = self.book.strings.get(self.value.strip())
            return text, is_words(text or "")
        elif kind == "n":
            return self._figure()
        elif kind == "b":
            return ({"1": "TRUE", "0": "FALSE"}.get(self.value.strip(), ""), False)
        elif kind == "d":
            return self._moment(), False
        text = cleaned(self.inline or self.value)
        return ("", False) if self.formula and _PICTURE.match(text) else (text, is_words(text))

    def _figure(self) -> tuple[str, bool]:
        try:
            number = float(self.value) if self.value else None
        except ValueError:
            return cleaned(self.value), False
        return ("", False) if number is None else (shown(number, self._format(), from_1904=self.book.from_1904)[0], False)

    def _moment(self) -> str:
        try:
            moment = datetime.fromisoformat(self.value.strip()).replace(tzinfo=None)
        except ValueError:
            return cleaned(self.value)
        form = read(self._format())
        return dated(moment, form) if form.dated else str(moment)

    def _format(self) -> str:
        return self.book.formats.get(self.given.get("s", "0"), "General")

    def _columns(self, given: Mapping[str, str]) -> None:
        if given.get("hidden") in ("1", "true"):
            first = _number(given.get("min"), 1, COLUMNS, 1)
            self.sheet.hidden_columns.append((first - 1, _number(given.get("max"), first, COLUMNS, first) - 1))

    def _merge(self, given: Mapping[str, str]) -> None:
        first, _, last = given.get("ref", "").partition(":")
        start, end = _place(first), _place(last)
        if start and end and end >= start and len(self.merged) < self.book.limits.cells:
            self.merged[start] = (end[0] - start[0] + 1, max(1, end[1] - start[1] + 1))

    def _link(self, given: Mapping[str, str]) -> None:
        tie = self.ties.get(next((value for key, value in given.items() if key.endswith(" id")), ""))
        if tie is not None and tie.external and len(self.sheet.links) < self.book.limits.members:
            self.sheet.links.append(tie.target)

    def _comments(self, ties: tuple[Relationship, ...]) -> Iterator[tuple[int, int, str]]:
        """Comments as threads where the file has them so, else the notes beside cells."""
        threads = [found for tie in ties if tie.type.endswith("/threadedComment") and not tie.external for found in _notes(self.book.package, tie.target, "threadedComment", self.budget)]
        yield from threads
        for tie in ties:
            if tie.type.endswith("/comments") and not tie.external:
                yield from (note for note in _notes(self.book.package, tie.target, "comment", self.budget) if not (threads and note[2].startswith(_THREADED)))


def _notes(package: Package, part: str, element: str, budget: Budget) -> list[tuple[int, int, str]]:
    """The comments in a part, by the cells they hang on."""
    if part not in package:
        return []
    found: list[tuple[int, int, str]] = []
    place: list[tuple[int, int]] = []
    text: list[str] = []
    inside = [False]  # where the comment stands, not how its box lies

    def opens(given: dict[str, str]) -> None:
        inside[0] = True

    def shuts(tag: str) -> None:
        inside[0] = False

    def starts(given: dict[str, str]) -> None:
        place[:] = filter(None, [_place(given.get("ref", ""))])
        text.clear()

    def ends(tag: str) -> None:
        note = cleaned("".join(text)).strip()
        if place and note and budget.allows(note):
            found.append((*place[0], note))
        text.clear()

    for _ in _pieces(package, part, {element: starts, "text": opens}, {element: ends, "text": shuts}, lambda piece: text.append(piece) if inside[0] else None):
        if budget.spent:
            break
    return found


class _Strings:
    """The shared strings, by their number as cells write it. `cut` when there are more than any sheet within the limits uses."""

    def __init__(self, most: int) -> None:
        self.texts: list[str] = []
        self.room = most
        self.cut = False
        self.pieces: list[str] = []
        self.taking = False
        self.said = 0  # the pieces before the reading in kana at hand

    def read(self, package: Package, part: str) -> None:
        """Read the part that holds them, as far as there is room."""
        starts: dict[str, Start] = {"t": self._opens, "rPh": self._reading}
        for _ in _pieces(package, part, starts, {"t": self._shuts, "rPh": self._was_reading, "si": self._ends}, self._text):
            if self.room < 0:
                self.cut = True
                break

    def get(self, number: str) -> str | None:
        """A text; empty when there is none of that number, None when it is beyond the limit."""
        at = int(number) if number.isdecimal() and len(number) < 10 else -1
        if 0 <= at < len(self.texts):
            return self.texts[at]
        return None if self.cut and at >= 0 else ""

    def _opens(self, given: Mapping[str, str]) -> None:
        self.taking = True

    def _shuts(self, tag: str) -> None:
        self.taking = False

    def _reading(self, given: Mapping[str, str]) -> None:
        self.said = len(self.pieces)

    def _was_reading(self, tag: str) -> None:
        del self.pieces[self.said :]

    def _text(self, text: str) -> None:
        if self.taking:
            self.pieces.append(text)
            self.room -= len(text)

    def _ends(self, tag: str) -> None:
        self.texts.append(cleaned("".join(self.pieces)))
        self.pieces.clear()
        self.room -= 1


def _formats(package: Package, part: str) -> dict[str, str]:
    """The number format of each cell style, by its number as cells write it."""
    custom: dict[str, str] = {}
    styles: list[str] = []
    inside = [False]

    def own(given: Mapping[str, str]) -> None:
        if len(custom) < _FORMATS:
            custom[given.get("numFmtId", "")] = given.get("formatCode", "")

    def opens(given: Mapping[str, str]) -> None:
        inside[0] = True

    def shuts(tag: str) -> None:
        inside[0] = False

    def style(given: Mapping[str, str]) -> None:
        if inside[0] and len(styles) < _FORMATS:
            styles.append(given.get("numFmtId", "0"))

    if part:
        for _ in _pieces(package, part, {"numFmt": own, "cellXfs": opens, "xf": style}, {"cellXfs": shuts}, None):
            pass
    return {str(at): custom.get(number) or BUILT_IN.get(_number(number, 0, 999, 0), "General") for at, number in enumerate(styles)}


def _read(package: Package, part: str, starts: Mapping[str, Start]) -> None:
    for _ in _pieces(package, part, starts, {}, None):
        pass


def _pieces(package: Package, part: str, starts: Mapping[str, Start], ends: Mapping[str, End], text: Callable[[str], object] | None) -> Iterator[None]:
    """Read a part; handlers by the names of elements in the namespace that its root has, which differs between editions of the format."""
    own: list[str] = []
    at_start: dict[str, Start] = {}
    at_end: dict[str, End] = {}

    def started(tag: str, given: dict[str, str]) -> None:
        if not own:
            space = tag.rpartition(" ")[0]
            own.append(space)
            at_start.update({f"{space} {name}".strip(): handler for name, handler in starts.items()})
            at_end.update({f"{space} {name}".strip(): handler for name, handler in ends.items()})
        handler = at_start.get(tag)
        if handler is not None:
            handler(given)

    def ended(tag: str) -> None:
        handler = at_end.get(tag)
        if handler is not None:
            handler(tag)

    return Streamed(started, ended, text or _ignored).pieces(package, part)


class Streamed(Parser):
    """Reads parts of any size: whoever takes the pieces stops at a limit."""

    def pieces(self, package: Package, name: str) -> Iterator[None]:
        for piece in package.pieces(name):
            self._parse(piece, name, final=False)
            yield
        self._parse(b"", name, final=True)
        yield


def _ignored(text: str) -> None:
    return None


@lru_cache(maxsize=4096)
def _column(name: str) -> int:
    number = 0
    for sign in name.upper():
        number = number * 26 + ord(sign) - 64
    return number - 1


def _place(reference: str) -> tuple[int, int] | None:
    """The row and column of ``B3``; None when it is no cell of any sheet."""
    match = _CELL.fullmatch(reference)
    if match is None:
        return None
    row, column = int(match[2]) - 1, _column(match[1])
    return (row, column) if 0 <= row < ROWS and column < COLUMNS else None


def _number(written: str | None, least: int, most: int, otherwise: int) -> int:
    if written and written.isascii() and written.isdigit() and len(written) < 9:
        return max(least, min(int(written), most))
    return otherwise


def _extended(ranges: list[tuple[int, int]], at: int) -> None:
    """Note one more row behind the others."""
    if ranges and ranges[-1][1] == at - 1:
        ranges[-1] = (ranges[-1][0], at)
    else:
        ranges.append((at, at))
