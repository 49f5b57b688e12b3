"""What Word keeps apart from the text: which styles are headings or hidden, and how lists are numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from commlint_minutes.counting import bullet, counted, spaced
from commlint_minutes.ooxml import Package, nested

_HEADING = re.compile(r"(?:heading|标题|標題|überschrift|titre)[ \u00a0]*([1-9])(?:[ ,\uff0c;].*)?", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|标题|標題|doc(?:ument)? title|文档标题)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录|目錄|contents)[ \u00a0]*\d?", re.IGNORECASE)
_CHAIN = 50  # styles that one is based on, one on the other: a ring ends
_LEVELS = 9
_LONGEST = 100  # characters of a mark
_PLACE = re.compile(r"%([1-9])")
_FALSE = ("0", "false", "off", "none")


def is_on(given: Mapping[str, str]) -> bool:
    """A toggle property: on unless it says otherwise (17.17.4)."""
    return given.get("val", "1").lower() not in _FALSE


def number_of(text: str | None, otherwise: int = 0) -> int:
    """A small whole number, `otherwise` for anything else."""
    return int(text) if text and len(text) < 10 and text.lstrip("-").isdecimal() and text.isascii() else otherwise


class Style:
    """One style, as far as it changes what a text is."""

    def __init__(self, id: str) -> None:
        self.id = id
        self.name = self.based_on = ""
        self.outline: int | None = None
        self.list: str | None = None  # numId
        self.depth: int | None = None  # ilvl
        self.hidden: bool | None = None


class Styles:
    """The styles of a document, by id."""

    def __init__(self, package: Package | None = None, part: str = "") -> None:
        self._styles: dict[str, Style] = {}
        self._levels: dict[str, int] = {}
        self._hidden: dict[str, bool] = {}
        self._numbered: dict[str, tuple[str, int | None, str]] = {}
        if package is not None and part:
            self._read(package, part)

    def _read(self, package: Package, part: str) -> None:
        style = Style("")
        for path, given in nested(package, part):
            tag, above = path[-1], path[-2] if len(path) > 1 else ""
            if tag == "style":
                style = self._styles[given.get("styleId", "")] = Style(given.get("styleId", ""))
            elif above == "style" and tag == "name":
                style.name = given.get("val", "")
            elif above == "style" and tag == "basedOn":
                style.based_on = given.get("val", "")
            elif "style" in path and "tblStylePr" not in path:
                _property(style, path, given)

    def chain(self, id: str) -> Iterator[Style]:
        """The style and those it is based on, nearest first."""
        for _ in range(_CHAIN):
            style = self._styles.get(id)
            if style is None:
                return
            yield style
            id = style.based_on

    def level(self, id: str) -> int:
        """The level of the heading that a style makes, 0 for none."""
        if id not in self._levels:
            self._levels[id] = self._level(id)
        return self._levels[id]

    def _level(self, id: str) -> int:
        for style in self.chain(id):
            if style.outline is not None:
                return style.outline + 1 if style.outline < _LEVELS else 0
            if match := _HEADING.fullmatch(style.name.strip()):
                return int(match[1])
            if _TITLE.fullmatch(style.name.strip()):
                return 1
        return 0

    def hidden(self, id: str) -> bool:
        """Whether a style hides its text."""
        if id not in self._hidden:
            self._hidden[id] = next((style.hidden for style in self.chain(id) if style.hidden is not None), False)
        return self._hidden[id]

    def contents(self, id: str) -> bool:
        """Whether it is that of an entry in a table of contents."""
        return any(_CONTENTS.fullmatch(style.name.strip()) for style in self.chain(id))

    def numbered(self, id: str) -> tuple[str, int | None, str]:
        """The list that a style puts its paragraphs in, its depth there where it says, and the style that does so."""
        if id not in self._numbered:
            self._numbered[id] = next(((style.list, style.depth, style.id) for style in self.chain(id) if style.list is not None), ("", None, ""))
        return self._numbered[id]


def _property(style: Style, path: tuple[str, ...], given: Mapping[str, str]) -> None:
    tag = path[-1]
    if tag == "outlineLvl":
        style.outline = number_of(given.get("val"), _LEVELS)
    elif tag == "numId":
        style.list = given.get("val", "")
    elif tag == "ilvl":
        style.depth = number_of(given.get("val"))
    elif tag == "vanish":
        style.hidden = is_on(given)


class Level:
    """How one depth of a list is numbered."""

    def __init__(self) -> None:
        self.start = 0  # where none is given (17.9.25)
        self.form = "decimal"
        self.text = ""
        self.style = ""
        self.suffix = "tab"
        self.legal = False


class Lists:
    """The lists of a document, and how far each has counted."""

    def __init__(self, package: Package | None = None, part: str = "") -> None:
        self._kinds: dict[str, dict[int, Level]] = {}  # by abstractNumId
        self._lists: dict[str, str] = {}  # numId -> abstractNumId
        self._restarts: dict[tuple[str, int], int] = {}
        self._styled: dict[str, str] = {}  # name of a list style -> abstractNumId
        self._lent: dict[str, str] = {}  # abstractNumId -> the list style it is taken from
        self._counts: dict[str, dict[int, int]] = {}
        if package is not None and part:
            self._read(package, part)

    def _read(self, package: Package, part: str) -> None:
        kind = list_ = ""
        level, depth = Level(), 0
        for path, given in nested(package, part):
            tag = path[-1]
            if tag == "abstractNum":
                kind = given.get("abstractNumId", "")
                self._kinds[kind] = {}
            elif tag == "num":
                list_ = given.get("numId", "")
            elif tag == "abstractNumId":
                self._lists[list_] = given.get("val", "")
            elif tag == "styleLink":
                self._styled[given.get("val", "")] = kind
            elif tag == "numStyleLink":
                self._lent[kind] = given.get("val", "")
            elif tag == "lvlOverride":
                depth = number_of(given.get("ilvl"))
            elif tag == "startOverride":
                self._restarts[list_, depth] = number_of(given.get("val"), 1)
            elif tag == "lvl":
                level = Level()
                depth = number_of(given.get("ilvl"))
                if "abstractNum" in path and depth < _LEVELS:
                    self._kinds[kind][depth] = level
            else:
                _describe(level, tag, given)

    def mark(self, list_: str, depth: int | None, style: str = "") -> tuple[str, int]:
        """The next mark of a list with what parts it from the words, and the depth from 1; ("", 0) when there is no such list."""
        kind = self._lists.get(list_, "")
        kind = self._styled.get(self._lent.get(kind, ""), kind)
        levels = self._kinds.get(kind)
        if levels is None:
            return "", 0
        if depth is None:
            depth = next((at for at, level in levels.items() if style and level.style == style), 0)
        depth = max(0, min(_LEVELS - 1, depth))
        level = levels.get(depth) or Level()
        counts = self._count(kind, list_, depth, level)
        if level.form == "bullet":
            return spaced(bullet(level.text)), depth + 1
        return _marked(level, levels, counts), depth + 1

    def _count(self, kind: str, list_: str, depth: int, level: Level) -> dict[int, int]:
        counts = self._counts.setdefault(kind, {})
        restart = self._restarts.pop((list_, depth), None)  # it holds where the list is first used
        counts[depth] = restart if restart is not None else counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        return counts


def _describe(level: Level, tag: str, given: Mapping[str, str]) -> None:
    value = given.get("val", "")
    if tag == "start":
        level.start = number_of(value)
    elif tag == "numFmt":
        level.form = value
    elif tag == "lvlText":
        level.text = value[:_LONGEST]
    elif tag == "pStyle":
        level.style = value
    elif tag == "suff":
        level.suffix = value
    elif tag == "isLgl":
        level.legal = is_on(given)


def _marked(level: Level, levels: Mapping[int, Level], counts: Mapping[int, int]) -> str:
    def place(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        other = levels.get(at) or Level()
        return counted(counts.get(at, other.start), "decimal" if level.legal else other.form)

    mark = _PLACE.sub(place, level.text).strip()
    return mark if level.suffix == "nothing" else spaced(mark)
