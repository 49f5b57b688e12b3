"""One milter connection as a state machine: messages come out whole and apart, in order or not, and nothing is kept beyond bounds."""

from __future__ import annotations

import struct
from collections.abc import Iterable

import pytest
from commlint_mail.gateway import packets
from commlint_mail.gateway.packets import Command, Options, Packet, ProtocolError, Step
from commlint_mail.gateway.session import (
    MAX_HEADERS,
    MAX_MACROS,
    MAX_RECIPIENTS,
    QUIET,
    WANTED,
    Answer,
    Message,
    Session,
)
from hypothesis import given, settings
from hypothesis import strategies as st

EVERYTHING = struct.pack("!III", 6, 0x1FF, 0x1FFFFF)
SILENT = Answer()


def begun(*, cap: int = 1_000, offered: bytes = EVERYTHING) -> Session:
    """A session whose options are agreed on."""
    session = Session(cap=cap)
    session.take(Packet(Command.OPTIONS, offered))
    return session


def said(session: Session, *what: tuple[Command, bytes]) -> list[Answer]:
    """The answers to packets."""
    return [session.take(Packet(command, data)) for command, data in what]


def letter(sender: bytes = b"zhou@example.com", *, fields: Iterable[tuple[bytes, bytes]] = ((b"Subject", b"a"),), body: Iterable[bytes] = (b"text\r\n",)) -> list[tuple[Command, bytes]]:
    """A message but for its end."""
    return [
        (Command.MAIL, b"<" + sender + b">\0"), (Command.RECIPIENT, b"<wang@example.cn>\0"), (Command.DATA, b""),
        *((Command.HEADER, name + b"\0" + value + b"\0") for name, value in fields),
        (Command.END_OF_HEADERS, b""), *((Command.BODY, piece) for piece in body),
    ]


def message(session: Session, *what: tuple[Command, bytes]) -> Message:
    """What is complete when this and the end have been said."""
    *before, last = said(session, *what, (Command.END, b""))
    assert all(answer.message is None for answer in before)
    assert last.message is not None
    return last.message


def test_a_message() -> None:
    """Sender, recipients, client, greeting, macros, header and body are told as they came."""
    session = begun()
    told = message(
        session,
        (Command.MACROS, b"Cj\0mx.example.cn\0"), (Command.CONNECT, b"client.example.com\x004\x9c\x40192.0.2.7\0"), (Command.HELO, b"client\0"),
        (Command.MACROS, b"Mi\x004Xyz\0{auth_authen}\0zhou\0"), (Command.MAIL, b"<zhou@example.com>\0SIZE=9\0"),
        (Command.RECIPIENT, b"<wang@example.cn>\0"), (Command.RECIPIENT, "<李四@example.cn>\0".encode()), (Command.DATA, b""),
        (Command.HEADER, b"Subject\0a\n b\0"), (Command.HEADER, b"X-Empty\0\0"), (Command.END_OF_HEADERS, b""), (Command.BODY, b"one\r\n"), (Command.BODY, b"two\r\n"),
    )
    assert told == Message(
        "zhou@example.com", ("wang@example.cn", "李四@example.cn"), b"Subject: a\r\n b\r\nX-Empty: \r\n\r\none\r\ntwo\r\n", ((b"Subject", b"a\n b"), (b"X-Empty", b"")),
        client="192.0.2.7", macros={"j": "mx.example.cn", "i": "4Xyz", "auth_authen": "zhou"},
    )
    assert told.queue_id == "4Xyz"


def test_body_in_the_last_packet() -> None:
    """What the end carries belongs to the body."""
    session = begun()
    *_, last = said(session, *letter(body=[b"one"]), (Command.END, b"two"))
    assert last.message is not None
    assert last.message.content.endswith(b"\r\n\r\nonetwo")


@pytest.mark.parametrize("command", [command for command in Command if command not in (Command.OPTIONS, Command.QUIT)])
def test_before_options(command: Command) -> None:
    """Nothing is said before the options are agreed on, but goodbye."""
    with pytest.raises(ProtocolError, match=command.name):
        Session(cap=10).take(Packet(command))
    assert Session(cap=10).take(Packet(Command.QUIT)).closes


@pytest.mark.parametrize(("version", "expected"), [(2, 2), (5, 5), (6, 6), (7, 6), (2**32 - 1, 6)])
def test_versions(version: int, expected: int) -> None:
    """The smaller one of both is agreed on."""
    assert begun(offered=struct.pack("!III", version, 0x1FF, 0x1FFFFF)).can == Options(expected, WANTED, QUIET)


@pytest.mark.parametrize("version", [0, 1])
def test_versions_before_our_time(version: int) -> None:
    """They are refused."""
    with pytest.raises(ProtocolError, match=f"version {version} "):
        begun(offered=struct.pack("!III", version, 0x1FF, 0x1FFFFF))


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
def test_no_more_than_is_offered(does: int, steps: int) -> None:
    """What the mail server does not offer is not asked for, and what we do not use neither."""
    session = Session(cap=10)
    answer = session.take(Packet(Command.OPTIONS, struct.pack("!III", 6, does, steps)))
    assert answer.reply == packets.options_reply(session.can)
    assert (int(session.can.does), int(session.can.steps)) == (does & int(WANTED), steps & int(QUIET))


_QUIET = {
    Command.CONNECT: Step.NO_REPLY_CONNECT, Command.HELO: Step.NO_REPLY_HELO, Command.MAIL: Step.NO_REPLY_MAIL, Command.RECIPIENT: Step.NO_REPLY_RECIPIENT,
    Command.DATA: Step.NO_REPLY_DATA, Command.HEADER: Step.NO_REPLY_HEADER, Command.END_OF_HEADERS: Step.NO_REPLY_END_OF_HEADERS,
    Command.BODY: Step.NO_REPLY_BODY, Command.UNKNOWN: Step.NO_REPLY_UNKNOWN,
}


@pytest.mark.parametrize("command", _QUIET)
def test_steps_that_want_an_answer(command: Command) -> None:
    """Each is answered with "go on" exactly when the mail server has not offered to do without."""
    deaf, all_ears = begun(), begun(offered=struct.pack("!III", 6, 0x1FF, 0x1FFFFF & ~_QUIET[command]))
    assert deaf.take(Packet(command, b"x\0")) == SILENT
    assert all_ears.take(Packet(command, b"x\0")) == Answer(packets.CONTINUE)
    others = [all_ears.take(Packet(other, b"x\0")) for other in _QUIET if other is not command]
    assert others == [SILENT] * len(others)


@pytest.mark.parametrize("command", [Command.MACROS, Command.ABORT, Command.NEW_CONNECTION])
def test_what_is_never_answered(command: Command) -> None:
    """Macros, an abort and a new connection have no answer in the protocol, whatever was agreed on."""
    assert begun(offered=struct.pack("!III", 6, 0, 0)).take(Packet(command)) == SILENT


@pytest.mark.parametrize("stage", range(7))
def test_an_abort_at_any_stage(stage: int) -> None:
    """It ends the message and not the connection: nothing of it is in the next."""
    session = begun()
    said(session, (Command.CONNECT, b"c\x004\x00\x01192.0.2.7\0"), (Command.MACROS, b"Mi\0OLD\0"), *letter(b"old@example.com", fields=((b"X-Old", b"old"),), body=(b"old",))[:stage], (Command.ABORT, b""))
    assert not session.in_message
    told = message(session, *letter())
    assert (told.sender, told.recipients, told.content, told.client, told.queue_id) == ("zhou@example.com", ("wang@example.cn",), b"Subject: a\r\n\r\ntext\r\n", "192.0.2.7", "")


def test_several_messages() -> None:
    """They follow one another, each with its own; who connected stays."""
    session = begun(cap=3)
    said(session, (Command.CONNECT, b"c\x004\x00\x01192.0.2.7\0"), (Command.HELO, b"client\0"))
    first = message(session, (Command.MACROS, b"Mi\0ONE\0"), *letter(b"one@example.com", body=(b"longer",)))
    second = message(session, *letter(b"two@example.com", body=(b"2",)), (Command.MACROS, b"Ei\0TWO\0"))
    assert [(each.sender, each.queue_id, each.content[-3:], each.cut, each.client) for each in (first, second)] == [
        ("one@example.com", "ONE", b"lon", True, "192.0.2.7"), ("two@example.com", "TWO", b"\r\n2", False, "192.0.2.7"),
    ]


def test_a_mail_begun_anew() -> None:
    """A second sender without an abort begins another message; macros told before it are its own."""
    session = begun()
    told = message(session, *letter(b"one@example.com"), (Command.MACROS, b"Mi\0TWO\0"), *letter(b"two@example.com", body=()))
    assert (told.sender, told.recipients, told.content, told.queue_id) == ("two@example.com", ("wang@example.cn",), b"Subject: a\r\n\r\n", "TWO")


def test_a_new_connection() -> None:
    """It forgets who connected, keeps what was agreed on, and is not answered."""
    session = begun()
    said(session, (Command.MACROS, b"Cj\0mx\0"), (Command.CONNECT, b"c\x004\x00\x01192.0.2.7\0"), *letter())
    assert session.take(Packet(Command.NEW_CONNECTION)) == SILENT
    told = message(session, *letter())
    assert (told.client, told.macros, session.can.does) == ("", {}, WANTED)


def test_the_end_of_the_connection() -> None:
    """A goodbye closes it, without an answer."""
    assert begun().take(Packet(Command.QUIT)) == Answer(closes=True)


@pytest.mark.parametrize(("data", "expected"), [
    (b"host\x004\x00\x19192.0.2.7\0", "192.0.2.7"),
    (b"host\x006\x00\x19IPv6:2001:db8::1\0", "2001:db8::1"),
    (b"localhost\0L\0\0/run/socket\0", "localhost"),
    (b"unknown\0U", "unknown"),
    (b"", ""),
    (b"host\x004", ""),
    (b"\xff\xfe\0U", "\udcff\udcfe"),
])
def test_who_connects(data: bytes, expected: str) -> None:
    """By address where there is one, else by name; whatever is missing."""
    session = begun()
    said(session, (Command.CONNECT, data))
    assert message(session, *letter()).client == expected


@settings(deadline=None)
@given(st.integers(0, 40), st.lists(st.binary(max_size=15), max_size=6))
def test_the_cap_of_a_body(cap: int, pieces: list[bytes]) -> None:
    """Exactly so many bytes of a body are kept, however it is cut up, and a message that had more says so."""
    body = b"".join(pieces)
    told = message(begun(cap=cap), *letter(fields=(), body=pieces))
    assert (told.content, told.cut) == (b"\r\n" + body[:cap], len(body) > cap)


@pytest.mark.parametrize(("name", "value", "content"), [
    (b"Subject", b"a", b"Subject: a\r\n"),
    (b"Subject", b" a", b"Subject: a\r\n"),
    (b"Subject", b"a\n b", b"Subject: a\r\n b\r\n"),
    (b"Subject", b"a\r\n\tb", b"Subject: a\r\n\tb\r\n"),
    (b"Subject", b"a\nBcc: x", b"Subject: a\r\n Bcc: x\r\n"),
    (b"Subject", b"a\n\nbody", b"Subject: a\r\n \r\n body\r\n"),
    (b"Subject", b"\xd5\xc5", b"Subject: \xd5\xc5\r\n"),
    (b"Subject ", b"a", b"Subject : a\r\n"),
    (b"", b"a", b""),
    (b"no name", b"a", b""),
    (b"a:b", b"a", b""),
    (b"X\n\nbody", b"a", b""),
    (b"X-\xe4\xb8\x80", b"a", b""),
])
def test_header_fields(name: bytes, value: bytes, content: bytes) -> None:
    """No value ends the header or is another field; a field whose name no mail has is told and not put into the content."""
    told = message(begun(), *letter(fields=((name, value),), body=()))
    assert (told.content, told.fields) == (content + b"\r\n", ((name, value),))


@settings(deadline=None)
@given(st.lists(st.tuples(st.binary(max_size=12), st.binary(max_size=30)), max_size=6), st.binary(max_size=30))
def test_where_the_body_begins(fields: list[tuple[bytes, bytes]], body: bytes) -> None:
    """Whatever stands in header fields, the first empty line is the one before the body."""
    without = [(name.replace(b"\0", b""), value.replace(b"\0", b"")) for name, value in fields]
    told = message(begun(), *letter(fields=without, body=(body,)))
    _, _, behind = (b"\r\n" + told.content).partition(b"\r\n\r\n")
    assert behind == body


@pytest.mark.parametrize(("told", "expected"), [
    ("4Xyz", "4Xyz"), ("F00D", "F00D"), ("1rT2ab-0001Xy-2C", "1rT2ab-0001Xy-2C"), ("", ""), ("../../etc", ""), ("a b", ""), ("x" * 65, ""), ("\udcff", ""), ("队列", ""),
])
def test_queue_ids(told: str, expected: str) -> None:
    """What no mail server calls a message is no name for one."""
    assert Message("", (), b"", (), macros={"i": told}).queue_id == expected


def test_macros_of_later_stages() -> None:
    """The latest word on a name holds; those of a message end with it."""
    session = begun()
    first = message(session, (Command.MACROS, b"Mi\0ONE\0a\0x\0"), *letter(), (Command.MACROS, b"Ei\0TWO\0"))
    assert (first.macros, message(session, *letter()).macros) == ({"i": "TWO", "a": "x"}, {})


# bounds


def test_macros_without_end() -> None:
    """Those for commands that there are not are dropped, long ones are cut off."""
    session = begun()
    said(session, *((Command.MACROS, bytes((code,)) + b"a\0b\0") for code in range(256) if bytes((code,)) not in [command.value for command in Command]))
    assert message(session, *letter()).macros == {}
    said(session, (Command.MACROS, b"M" + b"".join(b"%07d\0x\0" % number for number in range(10_000))))
    assert len(message(session, *letter()).macros) == MAX_MACROS // 10


@pytest.mark.parametrize("data", [b"", b"X\0y\0", b"X\0" + b"y" * 100_000])
def test_headers_without_end(data: bytes) -> None:
    """Only so many are kept, empty ones too; the message says that it is cut."""
    session = begun()
    said(session, (Command.MAIL, b"<zhou@example.com>\0"), *[(Command.HEADER, data)] * (MAX_HEADERS // (len(data) + 100) + 5))
    told = message(session)
    assert (len(told.fields), told.cut) == (MAX_HEADERS // (len(data) + 100), True)


def test_forged_fields_beyond_the_bounds() -> None:
    """A field that claims to be ours is told of wherever it stands: its number is needed to take it out."""
    session = begun()
    said(session, (Command.MAIL, b"<zhou@example.com>\0"), *[(Command.HEADER, b"X\0" + b"y" * 100_000)] * 45, (Command.HEADER, b"x-COMMLINT-Verdict\0pass\0"))
    assert message(session).fields[-1] == (b"x-COMMLINT-Verdict", b"")


def test_recipients_without_end() -> None:
    """Only so many are kept; the message says that it is cut."""
    session = begun()
    said(session, (Command.MAIL, b"<zhou@example.com>\0"), *[(Command.RECIPIENT, b"<" + b"r" * 999_898 + b">\0")] * 12)
    told = message(session)
    assert (len(told.recipients), told.cut) == (MAX_RECIPIENTS // 1_000_001, True)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(st.sampled_from([command for command in Command if command is not Command.OPTIONS]), st.binary(max_size=40)), max_size=40))
def test_any_order(what: list[tuple[Command, bytes]]) -> None:
    """After the options, no order of packets and nothing in them raises; each end is a message, nothing else is."""
    session = begun(cap=20)
    answers = said(session, *what)
    assert [answer.message is not None for answer in answers] == [command is Command.END for command, _ in what]
    assert [answer.closes for answer in answers] == [command is Command.QUIT for command, _ in what]
    assert not any(answer.reply for answer in answers)
