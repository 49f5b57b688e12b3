"""Two characters tell most places where no time expression begins."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from hypothesis import example, given
from hypothesis import strategies as st

from commlint.entities.time import scan, starts
from tests.derive_time_starts import module as derived

PIECES = st.sampled_from(sorted({*"".join(starts.STARTS), *"".join(seconds for row in starts.STARTS.values() for seconds in row.values()), "\n", "\u0663", "\u2003", "z"}))


def test_the_table_is_what_the_shapes_say():
    """An edit of the shapes needs `python -m tests.derive_time_starts`."""
    assert Path(starts.__file__).read_text("utf-8") == derived()


@given(st.lists(PIECES, max_size=12).map("".join))
@example("明")
@example("10\u6708\u0663\u65e5")
def test_looking_at_the_second_character_loses_nothing(text):
    """The same shapes are found as where every first character is tried."""
    found = list(scan.atoms(text))
    with patch.object(scan, "_possible", lambda two: scan.by_first().get(two[:1], ())):
        assert found == list(scan.atoms(text))
