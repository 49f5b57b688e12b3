"""The text of one slide, or of its notes: title, frames, tables, groups, in the order they lie on each other.

Read from the XML as it goes by (ECMA-376 part 1, 19.3 and 21.1), not through python-pptx: that builds a tree of all of a slide with
lxml before anything can be counted, and gives no way to stop. Only what text depends on is known here.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import Factory, define

from commlint.model.record import BlockKind
from commlint_minutes.counting import bullet, counted, spaced
from commlint_minutes.flow import Flow
from commlint_minutes.ooxml import Package, Parser

_TITLES = ("title", "ctrTitle")
_BODIES = ("body", "obj", "")  # placeholders whose paragraphs have bullets unless they say otherwise
FOOTER = "ftr"
NOT_SAID = ("dt", "sldNum", "sldImg", "hdr")  # what stands on every slide
_LEVELS = 9
_AUTONUMBERS = {"arabic": "decimal", "alphaLc": "lowerLetter", "alphaUc": "upperLetter", "romanLc": "lowerRoman", "romanUc": "upperRoman", "circleNum": "decimalEnclosedCircle", "ea1Chs": "chineseCounting", "ea1Cht": "chineseCounting"}


@define
class Said:
    """A paragraph: its text, the depth of its bullet (0: none), the mark it is shown with."""

    text: str
    level: int = 0
    mark: str = ""


@define
class Cell:
    """A cell of a table; `merged` when another covers it."""

    rows: int
    columns: int
    merged: bool
    paragraphs: list[Said] = Factory(list)


@define
class Shape:
    """A frame with text, or a table; `role` is the type of its placeholder, None when it is none. `references` lead to charts and diagrams."""

    role: str | None = None
    hidden: bool = False
    paragraphs: list[Said] = Factory(list)
    rows: list[list[Cell]] = Factory(list)
    references: list[str] = Factory(list)


def shapes(package: Package, name: str) -> tuple[list[Shape], bool]:
    """What lies on the slide in the part `name`, and whether the slide is shown. Raises RecordError: damaged-file, archive-limit."""
    reader = _Reader()
    for _ in Parser(reader.starts, reader.ends, reader.text).pieces(package, name):
        pass
    return reader.shapes, reader.shown


def written(flow: Flow, shape: Shape, *, title: int) -> None:
    """Put a shape into `flow`; `title` is the level of a heading that it is if it is the title."""
    for said in shape.paragraphs:
        if shape.role in _TITLES:
            flow.paragraph(said.text.replace("\n", " "), BlockKind.HEADING, title)
        elif said.level:
            flow.paragraph(said.text, BlockKind.LIST_ITEM, said.level, said.mark)
        else:
            flow.paragraph(said.text)
    if shape.rows:
        _table(flow, shape.rows)


def _table(flow: Flow, rows: list[list[Cell]]) -> None:
    flow.table_starts()
    for number, row in enumerate(rows):
        flow.row_starts(header=number == 0)
        reached = 0
        for column, cell in enumerate(row):  # there is one for every column, covered or not
            if cell.merged:
                continue
            flow.covered(column - reached)
            flow.cell_starts(cell.rows, cell.columns)
            for said in cell.paragraphs:
                flow.paragraph(said.text)
            flow.cell_ends()
            reached = column + cell.columns
    flow.table_ends()


def is_title(shape: Shape) -> bool:
    """Whether it is the title of its slide."""
    return shape.role in _TITLES


class _Reader:
    """What the parser tells, element by element."""

    def __init__(self) -> None:
        self.shapes: list[Shape] = []
        self.shown = True
        self._shape = Shape()
        self._groups: list[Shape] = []
        self._fallbacks = 0  # what older programs show in place of what is read
        self._paragraph: Said | None = None
        self._pieces: list[str] = []
        self._bulleted: bool | None = None
        self._numbers: dict[int, int] = {}
        self._counting: tuple[str, int] | None = None
        self._typing = False

    def starts(self, tag: str, given: Mapping[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        self._fallbacks += name == "Fallback"
        begins = _STARTS.get(name)
        if begins is not None and not self._fallbacks:
            begins(self, given)

    def ends(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if name == "Fallback":
            self._fallbacks -= 1
        elif self._fallbacks:
            return
        elif name == "t":
            self._typing = False
        elif name == "p":
            self._paragraph_ends()
        elif name == "grpSp" and self._groups:
            self._groups.pop()

    def text(self, text: str) -> None:
        if self._typing and not self._fallbacks:
            self._pieces.append(text)

    # elements

    def _slide(self, given: Mapping[str, str]) -> None:
        self.shown = given.get("show", "1") not in ("0", "false")

    def _begins(self, _given: Mapping[str, str]) -> None:
        self._shape = Shape(hidden=any(group.hidden for group in self._groups[-1:]))
        self.shapes.append(self._shape)
        self._numbers.clear()

    def _group(self, given: Mapping[str, str]) -> None:
        self._begins(given)
        self._groups.append(self._shape)

    def _properties(self, given: Mapping[str, str]) -> None:
        self._shape.hidden = self._shape.hidden or given.get("hidden", "0") in ("1", "true")

    def _placeholder(self, given: Mapping[str, str]) -> None:
        self._shape.role = given.get("type", "")

    def _paragraph_starts(self, _given: Mapping[str, str]) -> None:
        self._paragraph = Said("")
        self._pieces.clear()
        self._bulleted = self._counting = None

    def _paragraph_properties(self, given: Mapping[str, str]) -> None:
        if self._paragraph is not None:
            self._paragraph.level = _number(given.get("lvl"), 0, _LEVELS - 1)

    def _bullet(self, given: Mapping[str, str]) -> None:
        self._bulleted = True
        if self._paragraph is not None:
            self._paragraph.mark = spaced(bullet(given.get("char", "")))

    def _no_bullet(self, _given: Mapping[str, str]) -> None:
        self._bulleted = False

    def _number(self, given: Mapping[str, str]) -> None:
        self._bulleted = True
        self._counting = given.get("type", ""), _number(given.get("startAt"), 1, 9_999)

    def _types(self, _given: Mapping[str, str]) -> None:
        self._typing = self._paragraph is not None

    def _break(self, _given: Mapping[str, str]) -> None:
        self._pieces.append("\n")

    def _row(self, _given: Mapping[str, str]) -> None:
        self._shape.rows.append([])

    def _cell(self, given: Mapping[str, str]) -> None:
        if self._shape.rows:
            merged = any(given.get(name, "0") in ("1", "true") for name in ("hMerge", "vMerge"))
            self._shape.rows[-1].append(Cell(_number(given.get("rowSpan"), 1, 1_000), _number(given.get("gridSpan"), 1, 1_000), merged))

    def _reference(self, given: Mapping[str, str]) -> None:
        self._shape.references += (value for key, value in given.items() if key.endswith(("elationships id", "elationships dm")))

    def _paragraph_ends(self) -> None:
        said, self._paragraph = self._paragraph, None
        if said is None:
            return
        said.text = "".join(self._pieces)
        if self._shape.rows and self._shape.rows[-1]:
            self._shape.rows[-1][-1].paragraphs.append(said)
            return
        self._marked(said)
        self._shape.paragraphs.append(said)

    def _marked(self, said: Said) -> None:
        """Its depth counts from 1 when it has a bullet, as the placeholders of lists have by themselves."""
        depth = said.level
        bulleted = self._bulleted if self._bulleted is not None else (self._shape.role in _BODIES or depth > 0)
        said.level = depth + 1 if bulleted and said.text.strip() else 0
        if not said.level:
            said.mark = ""
        for deeper in [level for level in self._numbers if level > depth or (level == depth and self._counting is None)]:
            del self._numbers[deeper]
        if self._counting is not None and said.level:
            form, first = self._counting
            self._numbers[depth] = self._numbers.get(depth, first - 1) + 1
            said.mark = spaced(_numbered(form, self._numbers[depth]))


def _numbered(form: str, number: int) -> str:
    """``arabicPeriod`` of 3 is ``3.`` (ST_TextAutonumberScheme)."""
    stem = next((stem for stem in _AUTONUMBERS if form.startswith(stem)), "arabic")
    digits = counted(number, _AUTONUMBERS[stem])
    if form.endswith("ParenBoth"):
        return f"({digits})"
    return digits + ("." if form.endswith("Period") else ")" if form.endswith("ParenR") else "")


def _number(text: str | None, least: int, most: int) -> int:
    return max(least, min(most, int(text))) if text and text.isascii() and text.isdigit() and len(text) < 6 else least


_STARTS = {
    "sld": _Reader._slide, "grpSp": _Reader._group, "sp": _Reader._begins, "graphicFrame": _Reader._begins, "cxnSp": _Reader._begins, "pic": _Reader._begins,
    "cNvPr": _Reader._properties, "ph": _Reader._placeholder, "p": _Reader._paragraph_starts, "pPr": _Reader._paragraph_properties,
    "buChar": _Reader._bullet, "buBlip": _Reader._bullet, "buNone": _Reader._no_bullet, "buAutoNum": _Reader._number, "t": _Reader._types, "br": _Reader._break,
    "tr": _Reader._row, "tc": _Reader._cell, "chart": _Reader._reference, "relIds": _Reader._reference,
}
