"""What an OpenDocument keeps apart from the text: which styles are headings or hidden, and how lists are numbered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from commlint_minutes.counting import bullet, counted, spaced
from commlint_minutes.wordstyles import number_of

_CHAIN = 50
_LEVELS = 10
_LONGEST = 100  # characters of a mark
_FORMS = {  # by the beginning of style:num-format (19.500), the names that Word has for them
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "01": "decimalZero", "一": "chineseCounting", "壹": "chineseLegalSimplified",
    "壱": "ideographLegalTraditional", "甲": "ideographTraditional", "子": "ideographZodiac", "\u2460": "decimalEnclosedCircle", "\uff11": "decimalFullWidth", "\u3007": "ideographDigital",
}


class Style:
    """One style of paragraphs or words, as far as it changes what a text is."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self.name = given.get("display-name") or given.get("name", "")
        self.parent = given.get("parent-style-name", "")
        self.list = given.get("list-style-name", "")
        self.level = number_of(given.get("default-outline-level"))
        self.hidden: bool | None = None


class Level:
    """How one depth of a list is numbered."""

    def __init__(self, given: Mapping[str, str], *, bullets: bool = False) -> None:
        self.bullet = bullet(given.get("bullet-char", "")[:_LONGEST]) if bullets else ""
        self.form = given.get("num-format", "")
        self.prefix, self.suffix = given.get("num-prefix", "")[:_LONGEST], given.get("num-suffix", "")[:_LONGEST]
        self.pattern = given.get("num-list-format", "")[:_LONGEST]
        self.shown = max(1, min(_LEVELS, number_of(given.get("display-levels"), 1)))
        self.start = number_of(given.get("start-value"), 1)

    def counted(self, number: int) -> str:
        """`number` in the format of this level."""
        form = self.form.partition(",")[0].strip()
        return counted(number, _FORMS.get(form, "decimal")) if form else ""


class Styles:
    """The styles of a document: those of its style sheet and of its text, as they are read."""

    def __init__(self) -> None:
        self._styles: dict[tuple[str, str], Style] = {}
        self._lists: dict[str, dict[int, Level]] = {}
        self._style: Style | None = None
        self._list: dict[int, Level] | None = None
        self._hidden: dict[tuple[str, str], bool] = {}

    # reading

    def begins(self, tag: str, given: Mapping[str, str]) -> None:
        """An element of the style sheet, local names only."""
        if tag == "style":
            self._style = self._styles[given.get("family", ""), given.get("name", "")] = Style(given)
        elif tag in ("list-style", "outline-style"):
            self._list = self._lists[given.get("name", "") if tag == "list-style" else "outline"] = {}
        elif tag in ("list-level-style-number", "outline-level-style", "list-level-style-bullet") and self._list is not None:
            depth = number_of(given.get("level"), 1)
            if depth <= _LEVELS:
                self._list[depth] = Level(given, bullets=tag.endswith("bullet"))
        elif tag == "text-properties" and self._style is not None and "display" in given:
            self._style.hidden = given["display"] == "none"

    def ends(self, tag: str) -> None:
        """The same element ends."""
        if tag == "style":
            self._style = None
        elif tag in ("list-style", "outline-style"):
            self._list = None

    # asking

    def chain(self, family: str, name: str) -> Iterator[Style]:
        """The style and those it is derived from, nearest first."""
        for _ in range(_CHAIN):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.parent

    def hidden(self, family: str, name: str) -> bool:
        """Whether a style hides its text."""
        if not name:
            return False
        if (family, name) not in self._hidden:
            self._hidden[family, name] = next((style.hidden for style in self.chain(family, name) if style.hidden is not None), False)
        return self._hidden[family, name]

    def level(self, name: str) -> int:
        """The level of the heading that a paragraph style makes, 0 for none."""
        for style in self.chain("paragraph", name):
            if style.level:
                return style.level
            if style.name in ("Title", "标题", "標題"):
                return 1
        return 0

    def list_of(self, name: str) -> str:
        """The list style that a paragraph style brings along."""
        return next((style.list for style in self.chain("paragraph", name) if style.list), "")

    def levels(self, name: str) -> Mapping[int, Level]:
        """The depths of a list style, from 1; "outline" is that of the headings."""
        return self._lists.get(name, {})


class Count:
    """How far one list has counted, by depth."""

    def __init__(self) -> None:
        self.numbers: dict[int, int] = {}

    def next(self, levels: Mapping[int, Level], depth: int, start: int | None = None) -> str:
        """The next mark at `depth`, from `start` if the item says so; "" where none is shown."""
        level = levels.get(depth)
        begin = level.start if level else 1
        self.numbers[depth] = start if start is not None else self.numbers.get(depth, begin - 1) + 1
        for deeper in [each for each in self.numbers if each > depth]:
            del self.numbers[deeper]
        return "" if level is None else spaced(level.bullet or self._marked(level, levels, depth))

    def _marked(self, level: Level, levels: Mapping[int, Level], depth: int) -> str:
        if not level.form:
            return ""
        if level.pattern:
            mark = level.pattern
            for at in range(1, _LEVELS + 1):
                mark = mark.replace(f"%{at}%", self._number(levels, at))
            return mark.strip()
        numbers = [self._number(levels, at) for at in range(max(1, depth - level.shown + 1), depth + 1)]
        return (level.prefix + ".".join(filter(None, numbers)) + level.suffix).strip()

    def _number(self, levels: Mapping[int, Level], depth: int) -> str:
        level = levels.get(depth)
        return level.counted(self.numbers.get(depth, level.start)) if level else ""
