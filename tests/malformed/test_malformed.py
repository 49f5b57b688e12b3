"""Malformed mails are read or refused with a reason: none crashes a reader, none is lost."""

from __future__ import annotations

from collections import Counter

import pytest
from commlint_mail.gateway.policy import Action, Entry, Policy
from commlint_mail.gateway.session import Message
from commlint_mail.gateway.verdicts import VERDICT, Fate, Verdict

from commlint.engine.opening import Unread, opened
from commlint.model.source import Source
from tests.fuzzing.targets import readers
from tests.malformed import reading
from tests.malformed.collections import PACKED, at_hand
from tests.malformed.generated import COUNT, MARK, mails
from tests.malformed.reading import _ENVIRONMENT, outcome

COLLECTIONS = dict(at_hand())
MAILS = tuple(mails())


@pytest.mark.parametrize("name", COLLECTIONS)
def test_collections_are_read_or_refused(name: str) -> None:
    """Every file of what is at hand gives records or a reason, and the gateway a verdict; none passes it that was not read to its end."""
    came = outcome(COLLECTIONS[name])
    assert came.files == len(COLLECTIONS[name])
    assert (came.crashed, came.lost, came.passed) == ([], [], [])
    assert sum(came.verdicts.values()) == 2 * came.files
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


def test_a_verdict_that_passes_over_what_was_not_read_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A judge that lets such a mail pass, or raises, is not taken for a good one."""

    def careless(message: Message) -> Verdict:
        if b"raise" in message.content:
            raise ValueError("no")
        return Verdict(Fate.PASS, ((VERDICT, "pass; policy=hold"),))

    careless.policy = Policy(Entry(Action.HOLD))  # type: ignore[attr-defined]  # as a judge has it
    monkeypatch.setattr(reading, "judges", lambda: (careless,))
    many = b"From: a@example.com\n" + b"X-A: b\n" * 20_000 + b"\nx"
    came = outcome([("many", many), ("sound", b"From: a@example.com\n\nx"), ("raises", b"Subject: raise\n\nx")])
    assert (came.passed, came.crashed, came.good) == (["many under hold"], ["raises: ValueError: no"], False)
    assert dict(came.verdicts) == {"pass": 2}
