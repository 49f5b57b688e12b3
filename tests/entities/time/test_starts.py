"""Two characters tell most places where no time expression begins."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from hypothesis import example, given
from hypothesis import strategies as st

from commlint.entities.time import scan, starts
from commlint.entities.time.guards import not_before, not_behind
from commlint.entities.time.shape import compiled
from tests.derive_time_starts import module as derived

PIECES = st.sampled_from(sorted({*"".join(starts.STARTS), *"".join(seconds for row in starts.STARTS.values() for seconds in row.values()), "\n", "\u0663", "\u2003", "z"}))


def test_the_table_is_what_the_shapes_say():
    """An edit of the shapes needs `python -m tests.derive_time_starts`."""
    assert Path(starts.__file__).read_text("utf-8") == derived()


@given(st.lists(PIECES, max_size=12).map("".join))
@example("明")
@example("2026-04-21 14:00-15:30 20260421 3\u4e2a\u5de5\u4f5c\u65e5\u5185 5/6 2026\u5e74q1 6\u670810 \u0661\u0662\u6708")
@example("123456789012:00")
@example("2024\u5e745\u670828\u65e5-30\u65e5 5\u670828\u65e5 \u81f36\u67082\u65e5 6:30 p.m. 6:30am\u524d 3\u5929\u5185")
@example("2024052213:00")
@example("10\u6708\u0663\u65e5")
def test_looking_ahead_loses_nothing(text):
    """The same shapes are found as where every first character, and every shape, is tried."""
    found = scan.atoms(text)
    with patch.object(scan, "_possible", lambda two: None), patch.object(scan, "_at_digits", _every_shape):
        assert found == scan.atoms(text)


def _every_shape(text, at):
    """All shapes that can begin with the character at `at`, each tried to its end."""
    first = text[at : at + 1]
    rows = [scan.Row(shape, compiled(shape.pattern).match, None, not_behind(shape), not_before(shape, first)) for shape in scan.by_first().get(first, ())]
    return ((None, rows),)


def test_what_tells_nothing_is_kept_once():
    """Numbers before words of no time share what is known of them, however many words there are."""
    scan.atoms("12乾 ")
    before = scan._numeric.cache_info().currsize
    scan.atoms(" ".join(f"12{chr(code)}" for code in range(0x9F00, 0x9F80)))
    assert scan._numeric.cache_info().currsize <= before + 4
