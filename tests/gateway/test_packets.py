"""The milter protocol on the wire: packets are the same however the stream is cut up, and nothing that is said breaks out of its line."""

from __future__ import annotations

import struct

import pytest
from commlint_mail.gateway import packets
from commlint_mail.gateway.packets import MAX_FRAME, Command, Does, Frames, Options, Packet, ProtocolError, Step
from hypothesis import given, settings
from hypothesis import strategies as st

SAID = st.builds(Packet, st.sampled_from(Command), st.binary(max_size=300))
ANY = st.text(st.characters(), max_size=300)  # lone surrogates and controls included


def stream(said: list[Packet]) -> bytes:
    """As it goes over the wire."""
    return b"".join(packets.frame(each.command.value, each.data) for each in said)


@settings(deadline=None)
@given(st.lists(SAID, max_size=8), st.data())
def test_a_stream_cut_anywhere(said: list[Packet], data: st.DataObject) -> None:
    """However it is cut up, the packets that went in come out, none early."""
    whole = stream(said)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=12)))
    frames = Frames()
    heard = [packet for start, end in zip([0, *cuts], [*cuts, len(whole)], strict=True) for packet in frames.feed(whole[start:end])]
    assert heard == said


def test_a_byte_at_a_time() -> None:
    """A packet is there with its last byte."""
    frames = Frames()
    heard = [len([*frames.feed(bytes((byte,)))]) for byte in packets.frame(b"H", b"client.example.com\0")]
    assert heard == [0] * (len(heard) - 1) + [1]


def test_packets_not_taken_stay() -> None:
    """Who stops listening in the midst of what has arrived gets the rest with the next bytes."""
    frames = Frames()
    first = next(iter(frames.feed(stream([Packet(Command.END), Packet(Command.ABORT), Packet(Command.QUIT)]))))
    assert (first, [*frames.feed(b"")]) == (Packet(Command.END), [Packet(Command.ABORT), Packet(Command.QUIT)])


@pytest.mark.parametrize(("length", "said"), [(0, "0 bytes"), (MAX_FRAME + 1, "1048578 bytes"), (2**31, "2147483648"), (2**32 - 1, "4294967295")])
def test_lengths_that_no_frame_has(length: int, said: str) -> None:
    """They are refused by their first four bytes: nothing is waited for, nothing is kept."""
    with pytest.raises(ProtocolError, match=said):
        list(Frames().feed(struct.pack("!I", length)))


def test_the_longest_frame() -> None:
    """A megabyte and its command are one packet."""
    data = bytes(MAX_FRAME - 1)
    assert list(Frames().feed(packets.frame(b"B", data))) == [Packet(Command.BODY, data)]


def test_commands_that_there_are_not() -> None:
    """They are refused, with their number; what came before them has been heard."""
    frames = Frames().feed(packets.frame(b"A") + packets.frame(b"\xff", b"x"))
    assert next(frames) == Packet(Command.ABORT)
    with pytest.raises(ProtocolError, match="0xff"):
        next(frames)


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
def test_options(version: int, does: int, steps: int) -> None:
    """What is offered is read, bits that have no name are not."""
    read = packets.options(struct.pack("!III", version, does, steps) + b"more")
    assert (read.version, read.does & ~0x1FF, read.steps & ~0x1FFFFF) == (version, 0, 0)
    assert all((bit in read.does) == bool(bit & does) for bit in Does)
    assert all((bit in read.steps) == bool(bit & steps) for bit in Step)


@pytest.mark.parametrize("length", [0, 4, 11])
def test_options_that_are_too_short(length: int) -> None:
    """They are refused."""
    with pytest.raises(ProtocolError, match=f"{length} bytes"):
        packets.options(bytes(length))


def test_options_reply() -> None:
    """Its three numbers, in the order of the protocol."""
    said = packets.options_reply(Options(6, Does.ADD_HEADERS | Does.QUARANTINE, Step.NO_REPLY_HEADER))
    assert said == b"\x00\x00\x00\x0dO" + struct.pack("!III", 6, 0x21, 0x80)


@pytest.mark.parametrize(("data", "expected"), [
    (b"", []),
    (b"a\0", [b"a"]),
    (b"a\0b\0", [b"a", b"b"]),
    (b"a\0b", [b"a", b"b"]),
    (b"\0\0", [b"", b""]),
])
def test_strings(data: bytes, expected: list[bytes]) -> None:
    """Each ends with a NUL, the last may lack it."""
    assert packets.strings(data) == expected


@pytest.mark.parametrize(("data", "expected"), [
    (b"", ("", {})),
    (b"M", ("M", {})),
    (b"Mi\x004Xyz\0{auth_authen}\0zhou\0", ("M", {"i": "4Xyz", "auth_authen": "zhou"})),
    (b"Mi\x004Xyz\0{mail_addr}", ("M", {"i": "4Xyz"})),
    (b"R{rcpt_addr}\0\xe5\xbc\xa0\xe4\xb8\x89@example.cn\0", ("R", {"rcpt_addr": "张三@example.cn"})),
    (b"R{rcpt_addr}\0\xd5\xc5\0", ("R", {"rcpt_addr": "\udcd5\udcc5"})),
    (b"\xffa\0b\0", ("\xff", {"a": "b"})),
])
def test_macros(data: bytes, expected: tuple[str, dict[str, str]]) -> None:
    """Names lose their braces; bytes that are no UTF-8 are kept; a name without value is none."""
    assert packets.macros(data) == expected


@given(st.binary(max_size=200))
def test_any_packet_is_read(data: bytes) -> None:
    """Nothing that stands in a packet raises."""
    name, value = packets.header(data)
    assert b"\0" not in name + value
    assert packets.address(data).encode("utf-8", "surrogateescape") in data
    assert isinstance(packets.macros(data), tuple)


@pytest.mark.parametrize(("data", "expected"), [
    (b"<zhou@example.com>\0SIZE=1000\0", "zhou@example.com"),
    (b"<>\0", ""),
    (b"", ""),
    (b"zhou@example.com", "zhou@example.com"),
    ("<张三@example.cn>\0".encode(), "张三@example.cn"),
])
def test_addresses(data: bytes, expected: str) -> None:
    """Without angle brackets and arguments; the null sender is empty."""
    assert packets.address(data) == expected


@pytest.mark.parametrize(("data", "expected"), [
    (b"Subject\0a\0", (b"Subject", b"a")),
    (b"Subject\0a\n b\0", (b"Subject", b"a\n b")),
    (b"Subject\0\0", (b"Subject", b"")),
    (b"Subject", (b"Subject", b"")),
    (b"a\0b\0c", (b"a", b"b")),
    (b"", (b"", b"")),
])
def test_headers(data: bytes, expected: tuple[bytes, bytes]) -> None:
    """Name and value; what is not there is empty."""
    assert packets.header(data) == expected


@pytest.mark.parametrize(("lines", "expected"), [
    (("no",), b"550 5.7.1 no\0"),
    (("one", "two", "three"), b"550-5.7.1 one\r\n550-5.7.1 two\r\n550 5.7.1 three\0"),
    ((), b"550 5.7.1 \0"),
    (("100 %s",), b"550 5.7.1 100 %%s\0"),
    (("a\r\n250 ok", "b\0c"), b"550-5.7.1 a  250 ok\r\n550 5.7.1 bc\0"),
    (("请写明日期",), "550 5.7.1 请写明日期\0".encode()),
    (("half \ud800, byte \udcff",), b"550 5.7.1 half \xef\xbf\xbd, byte \xff\0"),
])
def test_replies(lines: tuple[str, ...], expected: bytes) -> None:
    """Code and enhanced code on every line; "%" is doubled; no line break or NUL of a text gets out."""
    assert packets.reply("550", "5.7.1", lines) == packets.frame(b"y", expected)


@pytest.mark.parametrize("text", ["a" * 5_000, "请" * 5_000, "a" + "请" * 5_000, "%" * 5_000])
def test_long_lines(text: str) -> None:
    """They are cut where a character ends; a doubled "%" stays doubled."""
    (line,) = packets.reply("550", "5.7.1", (text,))[5:-1].removeprefix(b"550 5.7.1 ").split(b"\r\n")
    assert 1_990 <= len(line.replace(b"%%", b"%").decode()) * (3 if text.endswith("请") else 1) <= 2_001
    assert line.count(b"%") in (0, 4_000)


@given(st.lists(ANY, max_size=5))
def test_replies_stay_on_their_lines(lines: list[str]) -> None:
    """Whatever the words: as many lines as were said, each with its code, no control but tabs, an even number of "%"."""
    data = packets.reply("550", "5.7.1", tuple(lines))[5:]
    assert (data[-1:], data.count(b"\0")) == (b"\0", 1)
    said = data[:-1].split(b"\r\n")
    assert [line[:10] for line in said] == [b"550-5.7.1 "] * (len(said) - 1) + [b"550 5.7.1 "]
    assert len(said) == max(1, len(lines))
    assert not any(byte < 32 and byte != 9 for line in said for byte in line)
    assert all(line.count(b"%") % 2 == 0 for line in said)


@given(ANY, ANY, st.integers(0, 2**32 - 1))
def test_edits_stay_in_their_field(name: str, value: str, number: int) -> None:
    """A header field that is added, inserted or changed has one name and one value, and no line break."""
    for frame, begins in ((packets.added(name, value), 5), (packets.inserted(number, name, value), 9), (packets.changed(number, name, value), 9), (packets.quarantined(value), 5)):
        (length,) = struct.unpack_from("!I", frame)
        assert length == len(frame) - 4
        assert frame[begins:].count(b"\0") == (1 if frame[4:5] == b"q" else 2)
        assert not {*frame[begins:]} & {*b"\r\n\x0b\x1b"}


@given(ANY.filter(lambda text: not any(ord(each) < 32 or ord(each) == 127 or 0xD800 <= ord(each) < 0xE000 for each in text)))
def test_what_is_sound_is_said_as_it_is(text: str) -> None:
    """Text without controls comes through unchanged."""
    assert packets.added("X", text) == packets.frame(b"h", b"X\0" + text.encode() + b"\0")


@given(st.binary(max_size=200))
def test_text_comes_back(written: bytes) -> None:
    """Bytes of a mail server, UTF-8 or not, are the same again when they are told back, but for controls."""
    kept = bytes(byte for byte in written if byte >= 32 and byte != 127)
    assert packets.added("X", packets.text(kept)) == packets.frame(b"h", b"X\0" + kept + b"\0")
