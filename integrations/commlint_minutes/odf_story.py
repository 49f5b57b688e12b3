"""A walk over the XML of an OpenDocument text: what is seen of it once all changes are accepted.

As for Word, events instead of a tree: odfdo and other libraries build one of all that lies in the file, and leave lists, tracked changes
and repeated cells to the caller. Deleted text lies apart from the text in OpenDocument, so that accepting changes is leaving it there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from commlint.model.record import BlockKind
from commlint_minutes.flow import Flow
from commlint_minutes.odf_styles import Count, Styles
from commlint_minutes.ooxml import Package, Parser
from commlint_minutes.wordstyles import number_of

_SPACES = re.compile(r"[ \t\r\n]+")
_LONG = 100  # blanks that one element may stand for

_FIRST = 5  # times as much may be passed on that is told once
_DEEPEST = 10  # lists in lists: OpenDocument has ten levels

Given = Mapping[str, str]
Call = tuple[str, tuple[Any, ...], dict[str, bool]]


class Comment:
    """An annotation: who wrote it, when (as written), and what."""

    def __init__(self) -> None:
        self.author = self.date = ""
        self.calls: list[Call] = []


class _Paragraph:
    def __init__(self, given: Given, level: int) -> None:
        self.style = given.get("style-name", "")
        self.level = level
        self.unnumbered = given.get("is-list-header") == "true"
        self.start = number_of(given["start-value"]) if "start-value" in given and given.get("restart-numbering") == "true" else None
        self.pieces: list[str] = []
        self.after: list[Call] = []
        self.hidden = False


class _List:
    def __init__(self, style: str, depth: int, count: Count, id: str) -> None:
        self.style, self.depth, self.count, self.id = style, depth, count, id
        self.start: int | None = None
        self.fresh = False  # whether the item at hand still has its mark before it
        self.headless = False


class _Repeated:
    """A row or cell, how often it stands there, and what it holds."""

    def __init__(self, times: int) -> None:
        self.times = max(1, times)
        self.calls: list[Call] = []
        self.filled = False  # whether it says something


class Story:
    """The walk. `tell` reads one part into `flow`; `notes` and `comments` hold what stands beside the text."""

    def __init__(self, flow: Flow, styles: Styles, most: int) -> None:
        self.flow = flow
        self.styles = styles
        self.most = most
        self.moves = most  # calls that may still be held back and passed on, in repeated cells and boxes
        self.hidden = self.changes = 0
        self.comments: list[Comment] = []
        self.notes: dict[str, list[Call]] = {"footnote": [], "endnote": []}
        self.margins: list[tuple[str, list[Call]]] = []  # ("header" | "footer", what stands there)
        self._counts: dict[str, Count] = {}  # by id and by style of lists that others may continue
        self._outline = Count()
        self._anew()

    def _anew(self) -> None:
        self.skipping = 0
        self.sinks: list[list[Call]] = []  # where calls go instead of the flow
        self.paragraphs: list[_Paragraph | None] = []  # None: a border, of what stands beside the paragraph before it
        self.lists: list[_List | None] = []
        self.tables: list[bool] = []  # whether the rows at hand of each open table are headers
        self.repeated: list[_Repeated] = []  # rows and cells open
        self.spans: list[bool] = []  # whether each open span or section hides
        self.hiding = 0  # how many of them do
        self.styling = 0
        self.boxes = 0  # text boxes open
        self.indexed = 0  # tables of contents open
        self.named: list[str] | None = None  # where the author or date of a comment goes

    def tell(self, package: Package, part: str) -> None:
        """Read one part. Raises RecordError: damaged-file, archive-limit."""
        self._anew()
        for _ in Parser(self._starts, self._ends, self._text).pieces(package, part):
            pass

    def replay(self, calls: list[Call]) -> None:
        """Tell the flow what was held back."""
        for name, values, flags in calls:
            getattr(self.flow, name)(*values, **flags)

    # events

    def _starts(self, tag: str, given: dict[str, str]) -> None:
        if self.skipping:
            self.skipping += 1
            return
        handler = _STARTS.get(tag)
        if handler is not None:
            handler(self, {_local(key): value for key, value in given.items()})
        elif self.styling:
            self.styles.begins(_local(tag), {_local(key): value for key, value in given.items()})

    def _ends(self, tag: str) -> None:
        if self.skipping:
            self.skipping -= 1
            return
        handler = _ENDS.get(tag)
        if handler is not None:
            handler(self)
        elif self.styling:
            self.styles.ends(_local(tag))

    def _text(self, text: str) -> None:
        if self.skipping:
            return
        if self.named is not None:
            self.named.append(text)
            return
        paragraph = self._paragraph()
        if paragraph is not None and not self.styling:
            blank = not paragraph.pieces or paragraph.pieces[-1].endswith((" ", "\n", "\t"))
            text = _SPACES.sub(" ", text)
            self.say(text[1:] if blank and text.startswith(" ") else text)

    def say(self, text: str) -> None:
        """Some characters of the paragraph at hand, if they are seen."""
        paragraph = self._paragraph()
        if paragraph is None or not text:
            return
        if paragraph.hidden or self.hiding:
            self.hidden += len(text)
        else:
            paragraph.pieces.append(text)

    def _paragraph(self) -> _Paragraph | None:
        return self.paragraphs[-1] if self.paragraphs else None

    def _do(self, name: str, *values: Any, **flags: bool) -> None:
        if self.sinks:
            self.sinks[-1].append((name, values, flags))
        else:
            getattr(self.flow, name)(*values, **flags)

    def _tell(self, calls: list[Call], *, again: bool = False) -> None:
        """Pass on what was held back, as long as there is not too much of that; what was not told before goes first."""
        self.moves -= len(calls)
        if self.moves < (0 if again else -_FIRST * self.most):
            self.flow.cut = True
            return
        for name, values, flags in calls:
            self._do(name, *values, **flags)

    # what is not read

    def skip(self, given: Given) -> None:
        self.skipping = 1

    def tracked(self, given: Given) -> None:
        """Changes: what was deleted stands in here, what was inserted in the text."""
        self.changes += 1
        self.skipping = 1

    def style_sheet(self, given: Given) -> None:
        self.styling += 1

    def style_sheet_end(self) -> None:
        self.styling -= 1

    def section(self, given: Given) -> None:
        self._covers(hides=given.get("display") == "none")

    def _covers(self, *, hides: bool) -> None:
        self.spans.append(hides)
        self.hiding += hides

    def index(self, given: Given) -> None:
        self.indexed += 1

    def index_end(self) -> None:
        self.indexed -= 1

    # words

    def span(self, given: Given) -> None:
        self._covers(hides=self.styles.hidden("text", given.get("style-name", "")))

    def span_end(self) -> None:
        self.hiding -= self.spans.pop()

    def control(self, given: Given) -> None:
        """A content control: one that shows a placeholder is blank, a box says whether it is ticked."""
        if given.get("showing-place-holder") == "true":
            self.skipping = 1
        elif given.get("checkbox") == "true":
            self.say("\u2611" if given.get("checked") == "true" else "\u2610")
            self.skipping = 1

    def blanks(self, given: Given) -> None:
        self.say(" " * max(1, min(_LONG, number_of(given.get("c"), 1))))

    def tab(self, given: Given) -> None:
        if not self.styling:
            self.say("\t")

    def line(self, given: Given) -> None:
        self.say("\n")

    def hidden_text(self, given: Given) -> None:
        if given.get("is-hidden") != "false":
            self.hidden += len(given.get("string-value", ""))
            self.skipping = 1

    def hidden_paragraph(self, given: Given) -> None:
        paragraph = self._paragraph()
        if paragraph is not None and given.get("is-hidden") == "true":
            paragraph.hidden = True
            self.hidden += sum(map(len, paragraph.pieces))
            paragraph.pieces = []

    # paragraphs

    def paragraph(self, given: Given) -> None:
        style = given.get("style-name", "")
        self._begin(_Paragraph(given, 0 if self.indexed else self.styles.level(style)))

    def heading(self, given: Given) -> None:
        self._begin(_Paragraph(given, max(1, number_of(given.get("outline-level"), 1))))

    def _begin(self, paragraph: _Paragraph) -> None:
        paragraph.hidden = self.styles.hidden("paragraph", paragraph.style)
        self.paragraphs.append(paragraph)

    def paragraph_end(self) -> None:
        found = self.paragraphs.pop()
        if found is None:
            return
        kind, level, mark = self._looks(found)
        text = "".join(found.pieces)
        if text.strip():
            self._do("paragraph", text, kind, level, mark)
            if self.repeated:
                self.repeated[-1].filled = True
        self._tell(found.after)

    def _looks(self, found: _Paragraph) -> tuple[BlockKind, int, str]:
        item = self.lists[-1] if self.lists else None
        mark = ""
        if item is not None and not item.headless:
            levels = self.styles.levels(item.style or self.styles.list_of(found.style))
            if item.fresh:
                mark = item.count.next(levels, item.depth, item.start)
                item.fresh, item.start = False, None
        elif found.level and not found.unnumbered and (levels := self.styles.levels("outline")).get(found.level) is not None:
            mark = self._outline.next(levels, found.level, found.start)
        if found.level:
            return BlockKind.HEADING, found.level, mark
        return (BlockKind.LIST_ITEM, item.depth, mark) if item is not None else (BlockKind.PARAGRAPH, 0, "")

    # lists

    def list_starts(self, given: Given) -> None:
        above = self.lists[-1] if self.lists else None
        id, style = given.get("id", ""), given.get("style-name", "") or (above.style if above else "")
        count = above.count if above is not None else self._continued(given, style) or Count()
        self.lists.append(_List(style, min(_DEEPEST, above.depth + 1) if above else 1, count, id))
        if above is None:
            self._counts["#" + id] = self._counts[style] = count

    def _continued(self, given: Given, style: str) -> Count | None:
        """The list that this one goes on with: the one it names, or the last of its style."""
        if named := given.get("continue-list"):
            return self._counts.get("#" + named)
        return self._counts.get(style) if given.get("continue-numbering") == "true" else None

    def list_end(self) -> None:
        self.lists.pop()

    def item(self, given: Given) -> None:
        if self.lists and (at := self.lists[-1]) is not None:
            at.fresh, at.headless = True, False
            at.start = number_of(given["start-value"], 1) if "start-value" in given else None

    def list_header(self, given: Given) -> None:
        if self.lists and (at := self.lists[-1]) is not None:
            at.fresh, at.headless = False, True

    # what stands beside the text

    def _aside(self, sink: list[Call]) -> None:
        self.sinks.append(sink)
        self.paragraphs.append(None)
        self.lists.append(None)

    def _back(self) -> None:
        self.sinks.pop()
        self.paragraphs.pop()
        self.lists.pop()

    def text_box(self, given: Given) -> None:
        """A frame: told behind the paragraph that it is anchored in."""
        self._aside(self.sinks[-1] if self.boxes else [])
        self.boxes += 1

    def text_box_end(self) -> None:
        calls = self.sinks[-1]
        self._back()
        self.boxes -= 1
        anchor = self._paragraph()
        if self.boxes:
            return  # told with the outermost
        if anchor is not None:
            anchor.after += calls
        else:
            self._tell(calls)

    def note(self, given: Given) -> None:
        self._aside(self.notes.setdefault(given.get("note-class", "footnote"), []))

    def comment(self, given: Given) -> None:
        self.comments.append(Comment())
        self._aside(self.comments[-1].calls)

    def named_starts(self, given: Given) -> None:
        inside = self.comments and self.sinks and self.sinks[-1] is self.comments[-1].calls
        self.named = [] if inside and self._paragraph() is None else None

    def author_end(self) -> None:
        if self.named is not None:
            self.comments[-1].author = " ".join("".join(self.named).split())
        self.named = None

    def date_end(self) -> None:
        if self.named is not None:
            self.comments[-1].date = "".join(self.named).strip()
        self.named = None

    def margin(self, kind: str, given: Given) -> None:
        """A page header or footer, which lies in the style sheet."""
        if given.get("display") == "false":
            self.skipping = 1
            return
        self.margins.append((kind, []))
        self._aside(self.margins[-1][1])
        self.styling -= 1

    def margin_end(self) -> None:
        self._back()
        self.styling += 1

    # tables

    def table(self, given: Given) -> None:
        self._do("table_starts")
        self.tables.append(False)
        self.lists.append(None)

    def table_end(self) -> None:
        self.lists.pop()
        self.tables.pop()
        self._do("table_ends")

    def header_rows(self, given: Given) -> None:
        if self.tables:
            self.tables[-1] = True

    def header_rows_end(self) -> None:
        if self.tables:
            self.tables[-1] = False

    def row(self, given: Given) -> None:
        self._repeats(given.get("number-rows-repeated"))
        self._do("row_starts", 0, header=bool(self.tables) and self.tables[-1])

    def row_end(self) -> None:
        self._repeats_end("rows_passed")

    def cell(self, given: Given) -> None:
        self._repeats(given.get("number-columns-repeated"))
        self._do("cell_starts", number_of(given.get("number-rows-spanned"), 1), number_of(given.get("number-columns-spanned"), 1))

    def cell_end(self) -> None:
        self._do("cell_ends")
        self._repeats_end("covered")

    def covered(self, given: Given) -> None:
        """A place that a merged cell lies over; what stands in it is not seen."""
        if self.tables:
            self._do("covered", number_of(given.get("number-columns-repeated"), 1))
        self.skipping = 1

    def _repeats(self, times: str | None) -> None:
        """A row or cell begins; what it holds is held back if it stands there several times."""
        self.repeated.append(_Repeated(number_of(times, 1)))
        if self.repeated[-1].times > 1:
            self.sinks.append(self.repeated[-1].calls)

    def _repeats_end(self, passed: str) -> None:
        """It ends, and is told as often as it stands there; when it says nothing, once, and the others are `passed`."""
        found = self.repeated.pop()
        if self.repeated:
            self.repeated[-1].filled |= found.filled
        if found.times == 1:
            return
        self.sinks.pop()
        for time in range(found.times if found.filled else 1):
            self._tell(found.calls, again=time > 0)
            if self.moves < 0:
                self.flow.cut = self.flow.cut or time + 1 < found.times
                return
        if not found.filled:
            self._do(passed, found.times - 1)


def _local(tag: str) -> str:
    return tag.rpartition(" ")[2]


_Start = Callable[[Story, Given], None]
_End = Callable[[Story], None]
_ODF = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0 "
_SPACES_OF = {
    **{name: _ODF.format(name) for name in ("text", "table", "office", "style")},
    "draw": _ODF.format("drawing"), "svg": _ODF.format("svg-compatible"), "dc": "http://purl.org/dc/elements/1.1/ ",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0 ",
}
_WALK: dict[str, tuple[_Start | None, _End | None]] = {
    "text:p": (Story.paragraph, Story.paragraph_end), "text:h": (Story.heading, Story.paragraph_end),
    "text:span": (Story.span, Story.span_end), "text:s": (Story.blanks, None), "text:tab": (Story.tab, None), "text:line-break": (Story.line, None),
    "text:hidden-text": (Story.hidden_text, None), "text:hidden-paragraph": (Story.hidden_paragraph, None), "text:placeholder": (Story.skip, None),
    "text:ruby-text": (Story.skip, None), "text:note-citation": (Story.skip, None), "text:note": (Story.note, Story._back),
    "text:list": (Story.list_starts, Story.list_end), "text:list-item": (Story.item, None), "text:list-header": (Story.list_header, None),
    "text:section": (Story.section, Story.span_end),
    "text:changed-region": (Story.tracked, None),
    **{f"text:{name}": (Story.index, Story.index_end) for name in ("table-of-content", "illustration-index", "table-index", "alphabetical-index", "user-index", "object-index", "bibliography")},
    **{f"text:{name}-source": (Story.skip, None) for name in ("table-of-content", "illustration-index", "table-index", "alphabetical-index", "user-index", "object-index", "bibliography")},
    "office:annotation": (Story.comment, Story._back), "dc:creator": (Story.named_starts, Story.author_end), "dc:date": (Story.named_starts, Story.date_end),
    **{f"{space}:sender-initials": (Story.skip, None) for space in ("loext", "text")}, "loext:content-control": (Story.control, None),
    "office:styles": (Story.style_sheet, Story.style_sheet_end), "office:automatic-styles": (Story.style_sheet, Story.style_sheet_end),
    "office:master-styles": (Story.style_sheet, Story.style_sheet_end), "office:forms": (Story.skip, None), "office:scripts": (Story.skip, None),
    **{f"style:{name}": (lambda story, given: story.margin("header", given), Story.margin_end) for name in ("header", "header-left", "header-first")},
    **{f"style:{name}": (lambda story, given: story.margin("footer", given), Story.margin_end) for name in ("footer", "footer-left", "footer-first")},
    "draw:text-box": (Story.text_box, Story.text_box_end), "svg:title": (Story.skip, None), "svg:desc": (Story.skip, None), "office:binary-data": (Story.skip, None),
    "table:table": (Story.table, Story.table_end), "table:table-header-rows": (Story.header_rows, Story.header_rows_end),
    "table:table-row": (Story.row, Story.row_end), "table:table-cell": (Story.cell, Story.cell_end), "table:covered-table-cell": (Story.covered, None),
}


def _tag(name: str) -> str:
    space, _, local = name.partition(":")
    return _SPACES_OF[space] + local


_STARTS: dict[str, _Start] = {_tag(name): start for name, (start, _) in _WALK.items() if start is not None}
_ENDS: dict[str, _End] = {_tag(name): end for name, (_, end) in _WALK.items() if end is not None}
