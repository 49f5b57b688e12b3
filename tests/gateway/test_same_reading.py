"""The gateway reads a mail as the reader of files does: from packets on the wire to what rules are given, for every case there is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from types import SimpleNamespace

import pytest
from commlint_mail.gateway import packets
from commlint_mail.gateway.judging import Judge
from commlint_mail.gateway.packets import Frames
from commlint_mail.gateway.policy import Action, Policy
from commlint_mail.gateway.session import Message, Session
from commlint_mail.gateway.verdicts import VERDICT
from commlint_mail.reader import EmlReader
from commlint_mail.unread import REASONS

from commlint.engine.opening import Unread, opened
from commlint.errors import RecordError
from commlint.model.record import Record
from commlint.model.source import Source
from tests.fuzzing.targets import readers
from tests.integrations.form_cases import forms
from tests.integrations.hostile_cases import hostile
from tests.integrations.mail_cases import cases
from tests.integrations.readings import ENVIRONMENT
from tests.integrations.reply_cases import replies
from tests.malformed.collections import at_hand

_HEAD = re.compile(rb"(?:[!-9;-~]+:[^\r\n\0]*(?:\r\n[ \t][^\r\n\0]*)*\r\n)+(?=\r\n)")
_FIELD = re.compile(rb"([!-9;-~]+):[ \t]?([^\r\n]*(?:\r\n[ \t][^\r\n]*)*)\r\n")
_EVERYTHING = b"\0\0\0\x06\0\0\x01\xff\0\x1f\xff\xff"
_TOLD = {"mail-limit": ("depth", "parts", "headers", "html", "size"), "mail-damaged": ("damage",), "encrypted-file": ("sealed",)}


class Rules:
    """In place of a linter: keeps the records that it is given, and finds nothing."""

    environment = ENVIRONMENT
    rules = ("some",)

    def __init__(self) -> None:
        self.given: tuple[Record, ...] = ()

    def check_records(self, records: Sequence[Record]) -> SimpleNamespace:
        """As a linter's."""
        self.given = tuple(records)
        return SimpleNamespace(findings=(), failures=())


def stored(content: bytes) -> bytes:
    """A mail as a mail server keeps it: lines end in CR LF."""
    return re.sub(rb"\r\n|\r|\n", b"\r\n", content)


def delivered(content: bytes) -> Message:
    """The same as the gateway gets it: its header field by field, its body in pieces."""
    head = _HEAD.match(content)
    assert head is not None
    told = [(b"O", _EVERYTHING), (b"D", b"Mi\0a.eml\0"), (b"M", b"<a@example.com>\0"), (b"R", b"<b@example.com>\0")]
    told += [(b"L", field[1] + b"\0" + field[2].replace(b"\r\n", b"\n") + b"\0") for field in _FIELD.finditer(head[0])]
    body = content[head.end() + 2 :]
    told += [(b"N", b""), *((b"B", body[at : at + 60_000]) for at in range(0, len(body), 60_000)), (b"E", b"")]
    session = Session(cap=100_000_000)
    answers = [session.take(packet) for packet in Frames().feed(b"".join(packets.frame(*one) for one in told))]
    message = answers[-1].message
    assert message is not None
    return message


def read_by_both(content: bytes) -> Iterator[tuple[object, object]]:
    """Pairs that must be equal: what the gateway gives to rules and says, what the reader gives and says."""
    rules = Rules()
    verdict = Judge(Policy(unscannable=Action.HOLD), {"zh": rules, "en": rules})(delivered(content))  # type: ignore[dict-item]  # in its place
    if dict(verdict.fields)[VERDICT].startswith("exempt"):
        return
    source = Source("a.eml", content)
    yield rules.given[0], next(iter(EmlReader().read(source, ENVIRONMENT)))
    found = list(opened(source, readers(), ENVIRONMENT))
    yield [record for record in rules.given[1:] if record not in found], []
    slugs = {one.error.slug for one in found if isinstance(one, Unread) and isinstance(one.error, RecordError) and one.uri == "a.eml"}
    expected = {reason for slug in slugs for reason in _TOLD.get(slug, ())}
    said = dict(verdict.fields)[VERDICT].split("; ")
    yield bool(expected), said[0] == "unscannable" and said[1] in expected


CASES = (*((f"{case.group}: {case.name}", case.content) for case in cases()), *((name, mail) for name, mail, _ in replies()), *((case.name, case.built(1)) for case in hostile() if len(case.built(1)) < 300_000))


@pytest.mark.parametrize(("name", "content"), [case for case in CASES if _HEAD.match(stored(case[1]))], ids=lambda value: value if isinstance(value, str) else "")
def test_every_case_is_read_alike(name: str, content: bytes) -> None:
    """The same parts, texts, places, people, files and facts; and what is not read to its end is told by both."""
    for ours, theirs in read_by_both(stored(content)):
        assert ours == theirs


@pytest.mark.parametrize(("name", "content", "reason"), [(name, mail, truth[2]) for name, mail, truth in forms()], ids=lambda value: value if isinstance(value, str) else "")
def test_every_form_is_read_alike(name: str, content: bytes, reason: str) -> None:
    """A winmail.dat, a calendar entry or an envelope is the mail's for the gateway too; a form that is damaged makes it unscannable."""
    record, apart, _ = read_by_both(stored(content))
    assert record[0] == record[1]
    assert apart[0] == apart[1]
    rules = Rules()
    verdict = Judge(Policy(unscannable=Action.HOLD), {"zh": rules, "en": rules})(delivered(stored(content)))  # type: ignore[dict-item]
    assert dict(verdict.fields)[VERDICT] == (f"unscannable; {reason}; policy=hold" if reason else "pass; policy=observe")


def test_malformed_mails_are_read_alike() -> None:
    """Those whose header a mail server hands on as it is: hundreds."""
    sound = [stored(content) for _, mails in at_hand() for _, content in mails if _HEAD.match(stored(content))]
    assert len(sound) > 400
    for content in sound:
        for ours, theirs in read_by_both(content):
            assert ours == theirs


def test_every_reason_is_explained() -> None:
    """What a reader or the gateway says of mail that is not known to its end stands in the table, in both languages."""
    said = {case.reason for case in hostile()} | {truth[2] for _, _, truth in forms()} | {reason for reasons in _TOLD.values() for reason in reasons} | {"attachment", "cut", "budget", "error", "rule-failed"}
    assert said - {""} == set(REASONS)
    assert all(zh != en and zh and en for en, zh in REASONS.values())
