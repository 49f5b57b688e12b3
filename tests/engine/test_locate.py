"""Lines, columns and offsets of what the author sees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commlint.engine.locate import Locator, Ruler, default_place
from commlint.entities.analysis import RecordAnalysis
from commlint.model.place import Place
from commlint.model.record import Anchor, Block, BlockKind, Kind, Part, Record, View
from commlint.model.sourcemap import SourceMap
from commlint.model.span import Span
from tests.engine.programs_by_hand import TABLE, environment, record

TEXTS = st.text(st.sampled_from("a\u4e2d\U0001f600\n\u00e9\r"), max_size=60)


def counted(text: str, offset: int):
    """The long way: everything before the offset, counted anew."""
    before = text[:offset]
    clean = before.replace("\r\n", "\n").replace("\r", "\n")
    if before.endswith("\r") and text[offset : offset + 1] == "\n":
        clean = clean[:-1] + " "  # between the two characters of one line break
    start = max(before.rfind("\n"), before.rfind("\r") if not (before.endswith("\r") and text[offset : offset + 1] == "\n") else before[:-1].rfind("\r")) + 1
    return (clean.count("\n") + 1, offset - start + 1, len(before.encode("utf-16-le")) // 2, len(before.encode()))


@given(TEXTS, st.lists(st.integers(0, 60)))
def test_positions_in_any_order(text, offsets):
    """Whatever is asked before, a position is what counting from the start gives."""
    ruler = Ruler(View(text))
    for offset in [min(each, len(text)) for each in offsets]:
        at = ruler.position(offset)
        assert (at.line, at.column, at.utf16, at.utf8) == counted(text, offset)


def test_far_positions_use_marks():
    """Positions in a long text, backwards, agree with counting."""
    text = "中文\n" * 30_000
    ruler = Ruler(View(text, first_line=3))
    for offset in (89_999, 40_000, 7, 60_001):
        at = ruler.position(offset)
        assert (at.line, at.column, at.utf8) == (3 + text.count("\n", 0, offset), offset - text.rfind("\n", 0, offset), len(text[:offset].encode()))


def test_a_view_that_starts_inside_a_line():
    """Columns of its first line count from the start of the line in the file; an excerpt begins no sooner than the view."""
    ruler = Ruler(View('{"a": 1}\n{}', first_line=7, first_column=1000))
    first, second = ruler.position(1), ruler.position(10)
    assert ((first.line, first.column, first.offset), (second.line, second.column)) == ((7, 1001, 1), (8, 2))
    excerpt = ruler.excerpt(first, ruler.position(4))
    assert (excerpt.first, excerpt.lines, excerpt.left) == (7, ('{"a": 1}',), 999)


def test_an_excerpt_has_the_lines_of_the_stretch():
    """From the line of the start to the line of the end, without breaks, no more than five."""
    ruler = Ruler(View("one\r\ntwo\r\nthree\r\n"))
    excerpt = ruler.excerpt(ruler.position(6), ruler.position(12))
    assert (excerpt.first, excerpt.lines) == (2, ("two", "three"))
    long = Ruler(View("x\n" * 9))
    assert long.excerpt(long.position(0), long.position(16)).lines == ("x",) * 5


def test_a_line_without_end_is_cut_behind_the_stretch():
    """A line of a million characters does not go into every finding."""
    ruler = Ruler(View("x" * 1_000_000))
    excerpt = ruler.excerpt(ruler.position(10), ruler.position(12))
    assert 12 <= len(excerpt.lines[0]) < 10_000


def analysis(*parts: Part) -> RecordAnalysis:
    return RecordAnalysis(Record("u", Kind.DOCUMENT, parts), environment(), TABLE.getters())


def test_folding_is_undone():
    """A stretch of folded text is found where the author wrote it, zero-width characters counted."""
    part = Part.plain("body", "a\u200bb\n\uff23 尽\u200b快", label="正文")
    subject = analysis(part)
    place = subject.folded(0).index("尽快")
    location, excerpt, match = Locator(subject).locate(subject.passage(0, place, place + 2))
    assert (location.part, location.start.line, location.start.column, location.start.offset, match) == ("正文", 2, 3, 6, "尽\u200b快")
    assert excerpt.lines == ("\uff23 尽\u200b快",)


def test_anchors_name_positions():
    """A view with anchors says which cell or page a position is in."""
    part = Part("body", "abcdef", View("abcdef", anchors=(Anchor(0, Place("cell", sheet="S", cell="A1")), Anchor(3, Place("cell", sheet="S", cell="B1")))), SourceMap.identity(6))
    subject = analysis(part)
    anchors = [Locator(subject).locate(subject.passage(0, start, start + 1))[0].place.cell for start in (0, 2, 3, 5)]
    assert anchors == ["A1", "A1", "B1", "B1"]


def heading() -> Part:
    text = "\nintro\n# Title\nrest"
    return Part("body", text, View(text), SourceMap.identity(len(text)), blocks=(Block(BlockKind.HEADING, Span(7, 14), 1),))


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((heading(),), "# Title"),
        ((Part.plain("subject", " Hello "), heading()), "# Title"),
        ((Part.plain("body", "\n\n  first \nsecond"), Part.plain("subject", "Hello")), "Hello"),
        ((Part.plain("history", "old"), Part.plain("body", "\n\n  first \nsecond")), "first"),
        ((Part.plain("body", " \n"),), ""),
    ],
)
def test_where_an_absence_points(parts, expected):
    """The title heading, else the subject, else the first line that is not blank."""
    place = default_place(analysis(*parts))
    assert place is not None
    assert place.text == expected


def test_a_record_without_parts_has_no_place():
    """Nothing to point at is said, not guessed."""
    assert default_place(analysis()) is None
    assert default_place(RecordAnalysis(record(""), environment(), TABLE.getters())) is not None


def test_a_hostile_line_is_cut_on_both_sides():
    """An excerpt of one endless line stays small, and says how much of the line's beginning it leaves out."""
    view = View("x" * 50_000 + "ab" + "y" * 50_000)
    ruler = Ruler(view)
    excerpt = ruler.excerpt(ruler.position(50_000), ruler.position(50_002))
    (line,) = excerpt.lines
    assert len(line) < 1_000
    assert line[50_000 - excerpt.left :][:2] == "ab"
