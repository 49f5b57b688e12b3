"""Where a finding stands in what the author sees: lines, columns and offsets, counted once and in order."""

from __future__ import annotations

from bisect import bisect_right
from threading import local

from attrs import evolve

from commlint.model.finding import Excerpt, Location, Position
from commlint.model.place import Place
from commlint.model.protocols import Analysis
from commlint.model.record import Anchor, BlockKind, View
from commlint.model.span import Span
from commlint.model.values import Located

_STRIDE = 16_384  # code points between marks: what is counted again when spans come out of order
_KEPT = 1_000  # lines of excerpts: several findings stand on one line
_LINES = 5  # of an excerpt
_WIDTH = 240  # code points before and behind a stretch beyond which its line is cut: a hostile line is a whole file


class Ruler:
    """Positions in one text; any order is right, rising order counts each character once."""

    def __init__(self, view: View) -> None:
        self._view = view
        # Same length, every line break a "\n": "\r\n" counts as one break.
        text = view.text
        self._text = text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text
        start = Position(0, view.first_line, view.first_column, 0, 0)
        self._marks = [start]
        self._offsets = [0]
        self._last = start
        self._lines: dict[int, str] = {}

    def measures(self, view: View) -> bool:
        """Whether it is of the very text of `view`, lines counted alike."""
        return self._view.text is view.text and (self._view.first_line, self._view.first_column) == (view.first_line, view.first_column)

    def position(self, offset: int) -> Position:
        """Line, column and offsets of a code point."""
        known = self._last
        if known.offset > offset or offset - known.offset > _STRIDE:
            known = self._marked(offset)
        self._last = found = self._after(known, offset)
        return found

    def _marked(self, offset: int) -> Position:
        """The nearest mark at or before `offset`, setting those that are missing."""
        while offset - self._offsets[-1] > _STRIDE:
            mark = self._after(self._marks[-1], self._offsets[-1] + _STRIDE)
            self._marks.append(mark)
            self._offsets.append(mark.offset)
        return self._marks[bisect_right(self._offsets, offset) - 1]

    def _after(self, known: Position, offset: int) -> Position:
        passed = self._text[known.offset : offset]
        breaks = passed.count("\n")
        column = len(passed) - passed.rfind("\n") if breaks else known.column + len(passed)
        if passed.isascii():
            return Position(offset, known.line + breaks, column, known.utf16 + len(passed), known.utf8 + len(passed))
        utf8 = len(passed.encode("utf-8", "surrogatepass"))
        utf16 = len(passed.encode("utf-16-le", "surrogatepass")) // 2
        return Position(offset, known.line + breaks, column, known.utf16 + utf16, known.utf8 + utf8)

    def excerpt(self, start: Position, end: Position) -> Excerpt:
        """The lines from `start` to `end`, at most five of them; what goes far beyond the stretch is cut."""
        lines = []
        begins = start.offset - start.column + 1  # before the view, where that starts inside a line
        left = max(0, start.column - 1 - _WIDTH, -begins)
        at = begins + left
        for _ in range(min(end.line - start.line + 1, _LINES)):
            line, following = self._line(at, max(start.offset, min(end.offset, at + _WIDTH)))
            lines.append(line)
            if following > len(self._text):
                break
            at = following
        return Excerpt(start.line, tuple(lines), left)

    def _line(self, at: int, reach: int) -> tuple[str, int]:
        """The line that starts at `at`, cut some way behind `reach`, and where the next one starts."""
        end = self._text.find("\n", at)
        end = len(self._text) if end < 0 else end
        shown = min(end, reach + _WIDTH)
        key = at * 2 + (shown == end)
        line = self._lines.get(key)
        if line is None or shown != end:
            if len(self._lines) > _KEPT:
                self._lines.clear()
            line = self._lines[key] = self._view.text[at:shown].rstrip("\r")
        return line, end + 1


class Locator:
    """Locations in one record: the way from folded text to what the author sees."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._rulers: dict[int, Ruler] = {}

    def locate(self, place: Located | None) -> tuple[Location, Excerpt, str]:
        """Where a stretch stands, the lines around it, and what the author wrote there; without one, the start of the file."""
        record = self._analysis.record
        if place is None or not record.parts:
            start = Position(0, 1, 1, 0, 0)
            return Location(record.uri, "", start, start), Excerpt(1, ()), ""
        part = place.part if 0 <= place.part < len(record.parts) else 0
        view = record.parts[part].view
        span = self._analysis.source_map(part).to_source(place.span)
        ruler = self._ruler(view)
        start = ruler.position(span.start)
        end = ruler.position(span.end)
        anchor = anchor_at(view, span.start)
        location = Location(record.uri, view.label, start, end, anchor.place if anchor else Place())
        excerpt, match = ruler.excerpt(start, end), view.text[span.start : span.end]
        if anchor is None or not view.counted_anew:
            return location, excerpt, match
        above = ruler.position(anchor.start).line - anchor.line
        return _counted_from(location, above), evolve(excerpt, first=excerpt.first - above), match

    def _ruler(self, view: View) -> Ruler:
        return self._rulers.get(id(view)) or self._rulers.setdefault(id(view), _shared(view) if len(view.text) > _STRIDE else Ruler(view))


class _Recent(local):
    """The ruler of the last large text, one a thread: a chat of many messages is counted through once, not from its start for each."""

    ruler: Ruler | None = None


_recent = _Recent()


def _shared(view: View) -> Ruler:
    ruler = _recent.ruler
    if ruler is None or not ruler.measures(view):
        _recent.ruler = ruler = Ruler(view)
    return ruler


def anchor_at(view: View, offset: int) -> Anchor | None:
    """The last anchor at or before a place in the view."""
    at = bisect_right(view.anchors, offset, key=lambda anchor: anchor.start) - 1
    return view.anchors[at] if at >= 0 else None


def _counted_from(location: Location, above: int) -> Location:
    """The same with that many lines less."""
    return evolve(location, start=evolve(location.start, line=location.start.line - above), end=evolve(location.end, line=location.end.line - above))


def default_place(analysis: Analysis) -> Located | None:
    """Where an absence points: the title heading, else the subject, else the first line that is not blank."""
    heading = _first_heading(analysis)
    if heading is not None:
        return heading
    names = [part.name for part in analysis.record.parts]
    for index in sorted(range(len(names)), key=lambda index: (names[index] != "subject", names[index] != "body", index)):
        line = _first_line(analysis, index)
        if line is not None:
            return line
    return analysis.passage(0, 0, 0) if names else None


def _first_heading(analysis: Analysis) -> Located | None:
    """The heading that is the title: of the first level, or with nothing above it. That of a chapter is none."""
    for index, part in enumerate(analysis.record.parts):
        blocks = [block for block in analysis.blocks(index) if block.kind is not BlockKind.FRONT_MATTER] if part.name in ("body", "title") else []
        for block in blocks:
            if block.kind is BlockKind.HEADING and (block.level == 1 or block is blocks[0]):
                return _trimmed(analysis, index, block.span)
    return None


def _first_line(analysis: Analysis, part: int) -> Located | None:
    text = analysis.folded(part)
    stripped = text.lstrip()
    if not stripped:
        return None
    start = len(text) - len(stripped)
    end = text.find("\n", start)
    return _trimmed(analysis, part, Span(start, len(text) if end < 0 else end))


def _trimmed(analysis: Analysis, part: int, span: Span) -> Located | None:
    text = span.of(analysis.folded(part))
    inner = text.strip()
    start = span.start + len(text) - len(text.lstrip())
    return analysis.passage(part, start, start + len(inner)) if inner else None
