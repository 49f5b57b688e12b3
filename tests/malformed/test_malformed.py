"""Malformed mails are read or refused with a reason: none crashes a reader, none is lost."""

from __future__ import annotations

from collections import Counter

import pytest

from commlint.engine.opening import Unread, opened
from commlint.model.source import Source
from tests.fuzzing.targets import readers
from tests.malformed.collections import PACKED, at_hand
from tests.malformed.generated import COUNT, MARK, mails
from tests.malformed.reading import _ENVIRONMENT, outcome

COLLECTIONS = dict(at_hand())
MAILS = tuple(mails())


@pytest.mark.parametrize("name", COLLECTIONS)
def test_collections_are_read_or_refused(name: str) -> None:
    """Every file of what is at hand gives records or a reason."""
    came = outcome(COLLECTIONS[name])
    assert came.files == len(COLLECTIONS[name])
    assert (came.crashed, came.lost) == ([], [])
    assert came.read > came.files * 0.9


def test_ours_are_many_and_different() -> None:
    """Five hundred mails that break every one of the standards, hardly two alike, and the same every time."""
    assert len(MAILS) == COUNT
    assert len({mail.content for mail in MAILS}) > COUNT * 0.8
    assert set(Counter(mail.name.split("-")[1] for mail in MAILS)) == {"5322", "2045", "2047", "2231"}
    assert tuple(mails()) == MAILS


def test_what_is_broken_elsewhere_hides_no_text() -> None:
    """Where the text itself is not what was broken, it is read; in the few mails where it is not, that is told."""
    said = {mail.name: _says_it(mail.name, mail.content) for mail in MAILS if not mail.loses}
    assert [name for name, says in said.items() if says is None] == []
    assert sum(said.values()) > len(said) * 0.95  # type: ignore[arg-type]  # no None among them


def _says_it(name: str, content: bytes) -> bool | None:
    """Whether the text was read; None when it was not and nothing was said."""
    found = list(opened(Source(name, content), readers(), _ENVIRONMENT))
    if any(MARK in "".join(part.text.split()) for one in found if not isinstance(one, Unread) for part in one.parts):
        return True
    return False if any(isinstance(one, Unread) for one in found) else None


def test_what_is_fetched_has_a_registry() -> None:
    """Nothing is fetched from anywhere but by name from PyPI and Debian."""
    assert {packed.registry for packed in PACKED} == {"pypi", "debian"}
