"""Source frames: carets stand under what is meant, whatever the script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commlint.report.cells import cells, harmless, laid_out, width
from commlint.report.frame import framed


@pytest.mark.parametrize(("text", "expected"), [
    ("abc", 3), ("材料", 4), ("\uff0c\uff08", 4), ("e\u0301", 1), ("a\u200bb", 2), ("\U0001f600", 2), ("\u2764\ufe0f", 2),
    ("\U0001f44d\U0001f3fd", 2), ("\t", 4), ("a\t", 4), ("材\t", 4), ("\uff76\uff9e", 2), ("\uac00", 2), ("\u201c", 1),
])
def test_width_in_cells(text: str, expected: int) -> None:
    """Wide characters take two cells, combining and invisible ones none, a tab runs to the next stop."""
    assert width(text) == expected


@pytest.mark.parametrize(("line", "start", "end", "expected"), [
    ("材料请尽快发我", 3, 5, "       ^^^^"), ("send it ASAP", 8, 12, "         ^^^^"), ("\t尽快", 1, 3, "     ^^^^"),
    ("\U0001f600尽快", 1, 3, "   ^^^^"), ("e\u0301尽快", 2, 4, "  ^^^^"), ("尽快", 2, 2, "     ^"),
])
def test_carets_stand_under_the_place(line: str, start: int, end: int, expected: str) -> None:
    """The carets begin at the column of the first marked character and are as wide as what is marked."""
    assert framed("a.md:1:1", 1, [line], start=start, end=end)[-1] == f"   |{expected}"


def test_a_frame_of_one_line() -> None:
    """The frame is laid out as the documentation shows it."""
    assert framed("a.md:3:4", 3, ["材料请尽快发我"], start=3, end=5, notes=["依据"]) == (
        "  --> a.md:3:4", "   |", " 3 | 材料请尽快发我", "   |       ^^^^", "   = 依据",
    )


def test_a_frame_of_several_lines() -> None:
    """A place over lines is marked from its start to its end, blanks at line starts left out; long ones are cut."""
    assert framed("a:9:3", 9, ["ab cd", "  ef", "", "gh"], start=3, end=1) == (
        "   --> a:9:3", "    |", "  9 | ab cd", "    |    ^^", " 10 |   ef", "    |   ^^", " 11 |", " 12 | gh", "    | ^",
    )


def test_a_long_line_is_cut_around_the_place() -> None:
    """Of a line wider than the room, the part around the place is shown, with carets still under it."""
    lines = framed("a:1:1", 1, ["前" * 200 + "尽快" + "后" * 200], start=200, end=202, columns=60)
    text, carets = lines[-2], lines[-1]
    assert width(text) <= 60
    assert text.endswith("\u2026")
    at = len(carets) - 4
    assert width(text[: text.index("尽快")]) == at


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"), max_size=300), st.data())
def test_frames_keep_their_room_and_point_at_the_place(line: str, data: st.DataObject) -> None:
    """Whatever the line: no row is wider than the room, and the caret stands under the first marked character."""
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, min(len(line), start + 5)))
    *_, text, carets = framed("a:1:1", 1, [line], start=start, end=end, columns=80)
    glyphs = laid_out(line)
    assert width(text) <= 80
    if sum(wide for _, wide in glyphs) <= 70:
        assert carets.index("^") == 5 + sum(wide for _, wide in glyphs[:start])


@given(st.text())
def test_nothing_dangerous_reaches_the_terminal(text: str) -> None:
    """No control character and no change of writing direction survives."""
    shown = harmless(text)
    assert not any(ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 or 0x202A <= ord(c) <= 0x202E for c in shown if c != "\t")


@given(st.characters())
def test_a_character_takes_at_most_two_cells(character: str) -> None:
    """Widths are 0, 1 or 2."""
    assert cells(character) in (0, 1, 2)
