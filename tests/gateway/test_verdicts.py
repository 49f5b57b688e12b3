"""How a verdict is said in the milter protocol: edits in an order that holds, refusals in their words, a tag once."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from email.header import decode_header, make_header

import pytest
from commlint_mail.gateway import packets
from commlint_mail.gateway.packets import Does, Options, Step
from commlint_mail.gateway.session import WANTED, Message
from commlint_mail.gateway.verdicts import FINDINGS, VERDICT, Fate, Verdict, replies
from hypothesis import given
from hypothesis import strategies as st

Fields = Sequence[tuple[bytes, bytes]]
PASS = ((VERDICT, "pass; policy=tag"),)
FLAG = ((VERDICT, "flag; policy=tag"), (FINDINGS, "VAG001 vague-deadline"))


def said(verdict: Verdict, fields: Fields = (), *, does: Does = WANTED) -> list[tuple[bytes, object]]:
    """The verdict on a message with these fields, as (command, what it holds)."""
    told = replies(verdict, Message("zhou@example.com", ("wang@example.cn",), b"", tuple(fields)), Options(6, does, Step(0)))
    return [_read(told[at:]) for at in _starts(told)]


def _starts(told: bytes) -> list[int]:
    starts, at = [], 0
    while at < len(told):
        starts.append(at)
        at += 4 + int.from_bytes(told[at : at + 4])
    assert at == len(told)
    return starts


def _read(told: bytes) -> tuple[bytes, object]:
    (length,) = struct.unpack_from("!I", told)
    command, data = told[4:5], told[5 : 4 + length]
    if command in b"im":
        return command, (int.from_bytes(data[:4]), *packets.strings(data[4:]))
    return command, data.removesuffix(b"\0")


def edited(fields: Fields, told: Sequence[tuple[bytes, object]]) -> list[tuple[bytes, bytes]]:
    """A header after the edits, made as a mail server makes them: one after another, numbers counted by name whatever its case."""
    header = [*fields]
    for command, what in told:
        if command == b"i":
            assert isinstance(what, tuple)
            header.insert(what[0], (what[1], what[2]))
        elif command == b"h":
            assert isinstance(what, bytes)
            name, _, value = what.partition(b"\0")
            header.append((name, value))
        elif command == b"m":
            assert isinstance(what, tuple)
            at = [number for number, (name, _) in enumerate(header) if name.lower() == what[1].lower()][what[0] - 1]
            header[at : at + 1] = [(header[at][0], what[2])] if len(what) > 2 and what[2] else []
    return header


def test_a_sound_message() -> None:
    """One header field on top, and on it goes."""
    assert said(Verdict(Fate.PASS, PASS)) == [(b"i", (0, b"X-Commlint-Verdict", b"pass; policy=tag")), (b"c", b"")]


def test_several_fields() -> None:
    """They stand on top in the order they are given."""
    told = said(Verdict(Fate.PASS, FLAG), ((b"Subject", b"a"),))
    assert edited(((b"Subject", b"a"),), told) == [(b"X-Commlint-Verdict", b"flag; policy=tag"), (b"X-Commlint-Findings", b"VAG001 vague-deadline"), (b"Subject", b"a")]


def test_a_refusal() -> None:
    """Its lines, each with code and enhanced code; nothing is edited."""
    told = said(Verdict(Fate.REJECT, FLAG, "[tag]", ("Refused by commlint: VAG001", "100 % 请写明日期")), ((b"X-Commlint-Verdict", b"x"),))
    assert told == [(b"y", "550-5.7.1 Refused by commlint: VAG001\r\n550 5.7.1 100 %% 请写明日期".encode())]


def test_come_again() -> None:
    """Trouble of ours is a 451, never a 5xx."""
    assert said(Verdict(Fate.TEMPORARY, said=("could not scan this message (budget), try again later",))) == [
        (b"y", b"451 4.7.1 could not scan this message (budget), try again later")
    ]


def test_held() -> None:
    """Edited as others are, then held with a reason on one line."""
    told = said(Verdict(Fate.HOLD, FLAG, said=("commlint: VAG001", "a\r\nb")))
    assert [command for command, _ in told] == [b"i", b"i", b"q", b"c"]
    assert told[2] == (b"q", b"commlint: VAG001 a  b")


@pytest.mark.parametrize(("does", "expected"), [
    (Does(0), [b"c"]),
    (Does.ADD_HEADERS, [b"i", b"i", b"c"]),
    (Does.CHANGE_HEADERS, [b"m", b"m", b"c"]),
    (Does.QUARANTINE, [b"q", b"c"]),
    (WANTED, [b"m", b"m", b"i", b"i", b"q", b"c"]),
])
def test_what_is_not_allowed_is_not_done(does: Does, expected: list[bytes]) -> None:
    """A mail server gets only edits that were agreed on, and always an end."""
    told = said(Verdict(Fate.HOLD, FLAG, "[tag]", ("why",)), ((b"Subject", b"a"), (b"X-Commlint-Verdict", b"forged")), does=does)
    assert [command for command, _ in told] == expected


# what a sender says in our name


def test_forged_fields() -> None:
    """They are taken out by name and number, of each name the last one first."""
    fields = ((b"X-Commlint-Verdict", b"1"), (b"From", b"a"), (b"x-COMMLINT-verdict", b"2"), (b"X-Commlint-Other", b"3"), (b"X-Commlint", b"not ours"))
    told = said(Verdict(Fate.PASS, PASS), fields)
    assert [what for command, what in told if command == b"m"] == [(2, b"x-commlint-verdict", b""), (1, b"x-commlint-verdict", b""), (1, b"x-commlint-other", b"")]
    assert edited(fields, told) == [(b"X-Commlint-Verdict", b"pass; policy=tag"), (b"From", b"a"), (b"X-Commlint", b"not ours")]


@given(st.lists(st.tuples(st.sampled_from([b"X-Commlint-Verdict", b"X-COMMLINT-VERDICT", b"x-commlint-findings", b"X-Commlint-\xff", b"Subject", b"From", b"X-Commlint"]), st.binary(max_size=8).map(lambda raw: raw.replace(b"\0", b"")))))
def test_nothing_forged_is_left(fields: list[tuple[bytes, bytes]]) -> None:
    """Whatever comes in our name and in which order: after the edits there is what we say, then the rest as it was."""
    header = edited(fields, said(Verdict(Fate.PASS, FLAG), fields))
    assert header == [*((name.encode(), value.encode()) for name, value in FLAG), *((name, value) for name, value in fields if not name.lower().startswith(b"x-commlint-"))]


def test_thousands_of_forged_fields() -> None:
    """Each is taken out; the work grows with their number alone, or this would not end."""
    fields = [(b"X-Commlint-%d" % number, b"x") for number in range(60_000)]
    assert edited([], said(Verdict(Fate.PASS, PASS))) == [(b"X-Commlint-Verdict", b"pass; policy=tag")]
    assert sum(command == b"m" for command, _ in said(Verdict(Fate.PASS, PASS), fields)) == 60_000


# the tag before the subject


def tagged(subject: bytes, tag: str = "[commlint]") -> bytes:
    """The subject after the verdict."""
    fields = ((b"From", b"a"), (b"Subject", subject))
    return edited(fields, said(Verdict(Fate.PASS, (), tag), fields))[1][1]


def shown(subject: bytes) -> str:
    """As a mail program shows it."""
    return str(make_header(decode_header(subject.decode())))


@pytest.mark.parametrize(("tag", "subject", "expected"), [
    ("[commlint]", "list", "[commlint] list"),
    ("[commlint]", "=?utf-8?b?5bGV5Lya?=", "[commlint] 展会"),
    ("[待补充]", "list", "[待补充] list"),
    ("[待补充]", "=?utf-8?b?5bGV5Lya?=", "[待补充] 展会"),
    ("[待补充]", "=?gb2312?B?1bm74Q==?=", "[待补充] 展会"),
    ("\u3010这封邮件里有没有写明日期的请求请补充之后再发送一次\u3011", "=?utf-8?b?5bGV5Lya?=", "\u3010这封邮件里有没有写明日期的请求请补充之后再发送一次\u3011 展会"),
])
def test_tags(tag: str, subject: str, expected: str) -> None:
    """Tag, blank, subject, as mail programs show them; in the header all of it is ASCII, no word of it too long (RFC 2047 2)."""
    written = tagged(subject.encode(), tag)
    assert (shown(written), written.isascii(), max(map(len, written.split())) <= 75) == (expected, True, True)


@pytest.mark.parametrize("tag", ["[commlint]", "[待补充]", "\u3010这封邮件里有没有写明日期的请求请补充之后再发送一次\u3011"])
@pytest.mark.parametrize("subject", ["list", "=?utf-8?b?5bGV5Lya?=", "Re: =?gb2312?B?1bm74Q==?=", "展会", ""])
def test_a_tag_is_put_once(tag: str, subject: str) -> None:
    """A subject that has it stays as it is, encoded anew by whoever answers or forwards or not."""
    from email.header import Header

    once = tagged(subject.encode(), tag)
    assert tagged(once, tag) == once
    answered = Header(f"Re: {tag} 展会", "utf-8").encode().encode()
    assert tagged(answered, tag) == answered


def test_only_the_first_subject() -> None:
    """A second one is left alone: mail programs show the first."""
    fields = ((b"subject", b"one"), (b"Subject", b"two"))
    assert edited(fields, said(Verdict(Fate.PASS, (), "[x]"), fields)) == [(b"subject", b"[x] one"), (b"Subject", b"two")]


@pytest.mark.parametrize(("does", "expected"), [(WANTED, [(b"From", b"a"), (b"Subject", b"[x]")]), (Does.CHANGE_HEADERS, [(b"From", b"a")])])
def test_no_subject(does: Does, expected: Fields) -> None:
    """Where there is none the tag is one, if header fields may be added."""
    assert edited(((b"From", b"a"),), said(Verdict(Fate.PASS, (), "[x]"), ((b"From", b"a"),), does=does)) == expected


@given(st.binary(max_size=60).map(lambda raw: raw.replace(b"\0", b"")), st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30))
def test_any_subject(subject: bytes, tag: str) -> None:
    """Whatever it is: what comes out is one line, and has the subject at its end byte for byte but for controls."""
    once = tagged(subject, tag)
    assert not {*once} & {0, 10, 13}
    kept = bytes(byte if (byte >= 32 and byte != 127) or byte == 9 else 32 for byte in subject.strip())
    assert once.endswith(kept) or once == subject
