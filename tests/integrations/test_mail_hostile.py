"""Mail that is made to break readers: every input is read or refused, in time that grows with its length."""

from __future__ import annotations

import base64

import pytest
from commlint_mail.mbox import MboxReader
from commlint_mail.message import parse
from commlint_mail.reader import EmlReader
from hypothesis import given, settings
from hypothesis import strategies as st

from commlint.engine.opening import Unread, opened
from commlint.errors import RecordError
from commlint.model.protocols import Reader
from commlint.model.record import Record
from commlint.model.source import Source
from tests.fuzzing.mail import SEEDS
from tests.integrations.readings import ENVIRONMENT

READERS: tuple[Reader, ...] = (EmlReader(), MboxReader())
HEAD = b"From: a@example.com\r\nSubject: s\r\nMIME-Version: 1.0\r\n"
FROM = b"From a@example.com Thu May 21 09:30:00 2026\n"


def everything(content: bytes, name: str = "a.eml") -> tuple[list[Record], list[Exception]]:
    """All records in a file, in attached mails too, and what could not be read."""
    items = list(opened(Source(name, content), READERS, ENVIRONMENT))
    return [item for item in items if isinstance(item, Record)], [item.error for item in items if isinstance(item, Unread)]


def slugs(errors: list[Exception]) -> set[str]:
    """The reasons; nothing but declared errors."""
    assert all(isinstance(error, RecordError) and error.zh for error in errors), errors
    return {error.slug for error in errors if isinstance(error, RecordError)}


def _nested(levels: int) -> bytes:
    return b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(levels)) + b"\r\ntext"


HOSTILE: dict[str, tuple[bytes, set[str]]] = {
    "1,000 parts one in another": (HEAD + _nested(1000), {"mail-limit"}),
    "1,000 mails one in another": (HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 1000 + b"Subject: s\r\n\r\nx", {"archive-limit"}),
    "1,000 mails one in another, each in base64 of nothing": ((HEAD + b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n") * 1000, {"not-a-mail"}),
    "100,000 headers": (HEAD + b"X-A: b\r\n" * 100_000 + b"\r\nx", {"mail-limit"}),
    "100,000 lines that could go on with a header": (HEAD + b"no field here\r\nX-A: b\r\n" * 50_000 + b"\r\nx", {"mail-limit"}),
    "10,000 parameters": (HEAD + b"Content-Type: text/plain" + b"".join(b"; p%d=v" % n for n in range(10_000)) + b"\r\n\r\nx", set()),
    "5,000 pieces of RFC 2231": (HEAD + b"Content-Type: application/x-x\r\nContent-Disposition: attachment" + b"".join(b"; filename*%d*=%%41" % n for n in range(5_000)) + b"\r\n\r\nx", set()),
    "parameters that never end": (HEAD + b"Content-Type: text/plain; " + b"a" * 500_000 + b"\r\nContent-Disposition: " + b'; x="' * 100_000 + b"\r\n\r\nx", set()),
    "blanks between parameters": (HEAD + b"Content-Type: text/plain;" + b" " * 500_000 + b"x" + b" ;" * 200_000 + b"\r\n\r\nx", set()),
    "a header of 1 MB": (HEAD + b"X-A: " + b"a" * 1_000_000 + b"\r\n\r\nx", set()),
    "a header of 1 MB in folds": (HEAD + b"X-A: " + b"a\r\n " * 250_000 + b"\r\n\r\nx", set()),
    "a subject of 15,000 words": (HEAD.replace(b"s\r\n", b" ".join([b"=?utf-8?B?5Lya6K6u5w?="] * 15_000) + b"\r\n") + b"\r\nx", set()),
    "a subject of words that only begin": (HEAD.replace(b"s\r\n", b"=?utf-8?B?" * 25_000 + b"\r\n") + b"\r\nx", set()),
    "a subject of one word that never ends": (HEAD.replace(b"s\r\n", b"=?utf-8?Q?" + b"=E4" * 300_000 + b"?" * 1000 + b"\r\n") + b"\r\nx", set()),
    "a subject of base64 and blanks": (HEAD.replace(b"s\r\n", b"=?utf-8?B?" + b"A " * 300_000 + b"!\r\n") + b"\r\nx", set()),
    "3,000 brackets one in another": (b"From: " + b"(" * 3000 + b"a@example.com" + b")" * 3000 + b"\r\nTo: " + b"<" * 3000 + b"\r\nCc: " + b'"' * 3001 + b"\r\n\r\nx", set()),
    "5,000 addresses": (HEAD + b"To: " + b", ".join(b"=?utf-8?B?5byg?= <a%d@example.com>" % n for n in range(5_000)) + b"\r\n\r\nx", set()),
    "a date of digits": (HEAD + b"Date: " + b"1 " * 300_000 + b"\r\n\r\nx", set()),
    "100,000 references": (HEAD + b"References: " + b"<a@b> " * 100_000 + b"\r\n\r\nx", set()),
    "10,000 parts": (HEAD + b"Content-Type: multipart/mixed; boundary=B\r\n\r\n" + b"--B\r\n\r\nx\r\n" * 10_000 + b"--B--", {"mail-limit"}),
    "a million lines that almost part": (HEAD + b"Content-Type: multipart/mixed; boundary=B\r\n\r\n" + b"--Bx\r\n" * 300_000 + b"--B\r\n\r\nx", set()),
    "uuencode that only begins": (HEAD + b"\r\n" + b"begin 644 a\r\n" * 100_000 + b"\nend", set()),
    "uuencode that never ends": (HEAD + b"\r\nbegin 644 a\r\n" + b"M" + b" " * 60 + b"\r\n" + b"A" * 60 + b"      \r\n" * 1000 + b"\nend!", set()),
    "yEnc that only begins": (HEAD + b"\r\n" + b"=ybegin line=1 size=1 name=a\r\n" * 30_000, set()),
    "base64 of padding": (HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"=" * 1_000_000 + base64.b64encode(b"text"), set()),
    "quoted-printable of signs": (HEAD + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + b"=" * 500_000 + b"= \t" * 100_000, set()),
    "zero bytes": (b"\0" * 10_000 + HEAD + b"\r\n" + b"\0" * 10_000, {"not-a-mail"}),
    "zero bytes in the text and the headers": (HEAD.replace(b"s\r\n", b"\0s\0\r\n") + b"\r\n" + b"\0" * 10_000 + b"x", set()),
    "quotes of any depth": (HEAD + b"\r\n" + b">" * 100_000 + b"\r\n" + b"> " * 100_000, set()),
    "two texts that have nothing in common": (HEAD + b"Content-Type: multipart/alternative; boundary=B\r\n\r\n--B\r\nContent-Type: text/plain\r\n\r\n" + b"".join(b"a%d b%d\r\n" % (n, n) for n in range(8_000)) + b"--B\r\nContent-Type: text/html\r\n\r\n" + b"".join(b"<p>c%d d%d" % (n, n) for n in range(8_000)) + b"\r\n--B--", set()),
    "HTML of open elements": (HEAD + b"Content-Type: multipart/alternative; boundary=B\r\n\r\n--B\r\n\r\nx\r\n--B\r\nContent-Type: text/html\r\n\r\n" + b"<style" * 50_000 + b"<a<!--" * 50_000 + b"\r\n--B--", set()),
    "the same name a thousand times": (HEAD + b"Content-Type: multipart/mixed; boundary=B\r\n\r\n" + b"".join(b"--B\r\nContent-Type: text/plain; name=a.eml\r\n\r\n%d\r\n" % n for n in range(900)) + b"--B--", {"not-a-mail"}),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_is_read_or_refused(name: str) -> None:
    """A record of it comes, and failures that say what was left unread, in bounded time."""
    content, refused = HOSTILE[name]
    records, errors = everything(content)
    assert slugs(errors) == refused
    assert records or "not-a-mail" in refused
    assert parse(content).part("body") is not None


def test_nested_mails_are_read_as_deep_as_allowed() -> None:
    """The outer ones are checked, each a record of its own, and one failure names the limit."""
    mails = b"".join(b"From: a@example.com\r\nSubject: %d\r\nContent-Type: message/rfc822\r\n\r\n" % n for n in range(1000))
    records, errors = everything(mails + b"Subject: inmost\r\n\r\nx")
    assert [record.parts[0].text for record in records] == [str(number) for number in range(ENVIRONMENT.limits.depth + 1)]
    assert [str(error).count("limits.depth") or str(error).count("10") for error in errors] == [1]


MAILBOXES: dict[str, bytes] = {
    "100,000 From_ lines": FROM * 100_000,
    "100,000 words From": FROM + b"From: a\n\n" + b"\nFrom here on\n" * 100_000,
    "From_ lines that are none": FROM + b"From: a\n\n" + b"\nFrom a Thu May 21 09:30:00 2026\nno field\n" * 50_000,
    "a From_ line of 1 MB": b"From " + b"a" * 1_000_000 + b"\nFrom: a\n\nx",
    "lengths that lead on": b"".join(FROM + b"From: a\nContent-Length: %d\n\nx\n\n" % (n * 1000) for n in range(5_000)),
    "quoted From_ lines": FROM + b"From: a\n\n" + b">" * 200_000 + b"From \n" + b">>>From x\n" * 50_000,
    "fields of status": FROM + b"X-Status: " + b"A" * 300_000 + b"\n" + b"x-mozilla-status: 000\n" * 5_000 + b"\nx",
    "zero bytes": b"From a\0\n" + b"\0" * 100_000,
}


@pytest.mark.parametrize("name", MAILBOXES)
def test_hostile_mailboxes_are_read_or_refused(name: str) -> None:
    """Nothing but records and failures, in bounded time."""
    records, errors = everything(MAILBOXES[name], "a.mbox")
    assert slugs(errors) <= {"not-a-mail"}
    assert records or errors


@pytest.mark.parametrize("number", range(len(SEEDS)), ids=[name for name, _ in SEEDS])
def test_files_cut_off_at_every_byte(number: int) -> None:
    """Half a download is read as far as it goes, or refused."""
    name, content = SEEDS[number]
    step = max(1, len(content) // 400)
    for end in range(0, len(content), step):
        _, errors = everything(content[:end], name)
        slugs(errors)


@given(st.sampled_from(SEEDS), st.data())
@settings(max_examples=150, deadline=None)
def test_damaged_mail_is_read_or_refused(seed: tuple[str, bytes], data: st.DataObject) -> None:
    """Bytes changed, cut out or put in anywhere: records and declared errors only, through all that lies inside."""
    name, content = seed
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(content)))
        content = content[:at] + data.draw(st.binary(max_size=8) | st.sampled_from([b"\r\n\r\n", b"--b1--", b"=?", b"\0", b"\nFrom x", b'"', b"; ", b"=\r\n"])) + content[at + data.draw(st.integers(0, 9)) :]
    _, errors = everything(content, name)
    slugs(errors)
