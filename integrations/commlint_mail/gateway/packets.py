"""The milter protocol on the wire, version 6: frames cut out of a stream, and replies put together. No input or output here.

A frame is a length (four bytes, big-endian, the command counted in), a command of one byte, its data. As Sendmail's libmilter
documents it and Postfix 3.7 speaks it. Text is bytes decoded as UTF-8 with surrogates, never as ASCII: real senders are 张三@….
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from enum import Enum, IntFlag

from attrs import frozen

VERSION = 6
MAX_FRAME = 1_048_577  # a megabyte and the command; Postfix sends at most 65,535 bytes of a body at once
_LENGTH = struct.Struct("!I")
_OPTIONS = struct.Struct("!III")


class ProtocolError(Exception):
    """What came is no milter protocol; the connection is closed."""


class Command(Enum):
    """What the mail server says."""

    OPTIONS = b"O"
    MACROS = b"D"
    CONNECT = b"C"
    HELO = b"H"
    MAIL = b"M"
    RECIPIENT = b"R"
    DATA = b"T"
    HEADER = b"L"
    END_OF_HEADERS = b"N"
    BODY = b"B"
    END = b"E"
    ABORT = b"A"
    NEW_CONNECTION = b"K"
    QUIT = b"Q"
    UNKNOWN = b"U"

    __hash__ = object.__hash__  # by identity, as they are compared: a message takes dozens of look-ups


_COMMANDS = {command.value[0]: command for command in Command}


class Does(IntFlag):
    """What a filter may do to a message (SMFIF)."""

    ADD_HEADERS = 0x01
    CHANGE_BODY = 0x02
    ADD_RECIPIENTS = 0x04
    DELETE_RECIPIENTS = 0x08
    CHANGE_HEADERS = 0x10
    QUARANTINE = 0x20
    CHANGE_SENDER = 0x40


class Step(IntFlag):
    """What of the conversation may be left out (SMFIP): replies to steps, and steps themselves."""

    SKIP_HELO = 0x02
    SKIP_END_OF_HEADERS = 0x40
    NO_REPLY_HEADER = 0x80
    SKIP_UNKNOWN = 0x100
    SKIP_DATA = 0x200
    NO_REPLY_CONNECT = 0x1000
    NO_REPLY_HELO = 0x2000
    NO_REPLY_MAIL = 0x4000
    NO_REPLY_RECIPIENT = 0x8000
    NO_REPLY_DATA = 0x10000
    NO_REPLY_UNKNOWN = 0x20000
    NO_REPLY_END_OF_HEADERS = 0x40000
    NO_REPLY_BODY = 0x80000


@frozen
class Packet:
    """One thing said by the mail server."""

    command: Command
    data: bytes = b""


@frozen
class Options:
    """What both sides can: protocol version, what may be done, which steps may be left out."""

    version: int
    does: Does
    steps: Step


class Frames:
    """Cuts frames out of what arrives, however it is cut up."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def feed(self, arrived: bytes | memoryview) -> Iterator[Packet]:
        """The packets complete by now. Raises ProtocolError for a length that no frame has, or a command that there is not."""
        self._waiting += arrived
        at = 0
        try:
            while len(self._waiting) - at >= _LENGTH.size:
                (length,) = _LENGTH.unpack_from(self._waiting, at)
                if not 0 < length <= MAX_FRAME:
                    raise ProtocolError(f"a frame of {length} bytes")
                start, end = at + _LENGTH.size, at + _LENGTH.size + length
                if len(self._waiting) < end:
                    return
                at = end
                yield Packet(_command(self._waiting[start]), bytes(self._waiting[start + 1 : end]))
        finally:
            del self._waiting[:at]


def _command(code: int) -> Command:
    try:
        return _COMMANDS[code]
    except KeyError:
        raise ProtocolError(f"there is no command {code:#04x}") from None


# what packets hold


def options(data: bytes) -> Options:
    """Of an OPTIONS packet. Raises ProtocolError when it is too short."""
    if len(data) < _OPTIONS.size:
        raise ProtocolError(f"options of {len(data)} bytes")
    version, does, steps = _OPTIONS.unpack_from(data)
    return Options(version, Does(does & 0x1FF), Step(steps & 0x1FFFFF))


def strings(data: bytes) -> list[bytes]:
    """The strings in a packet, each ended by a NUL; what has no end counts too."""
    pieces = data.split(b"\0")
    return pieces[:-1] if pieces and not pieces[-1] else pieces


def text(written: bytes) -> str:
    """Text as the mail server has it."""
    return written.decode("utf-8", "surrogateescape")


def macros(data: bytes) -> tuple[str, dict[str, str]]:
    """The command that macros are for, and their names (without braces) and values."""
    pieces = [text(piece) for piece in strings(data[1:])]
    return data[:1].decode("latin-1"), {name.strip("{}"): value for name, value in zip(pieces[::2], pieces[1::2], strict=False)}


def address(data: bytes) -> str:
    """The address in a MAIL or RECIPIENT packet, without angle brackets and ESMTP arguments; empty for the null sender."""
    pieces = strings(data)
    return text(pieces[0]).strip().removeprefix("<").removesuffix(">") if pieces else ""


def header(data: bytes) -> tuple[bytes, bytes]:
    """Name and value of a HEADER packet, as the mail server has them."""
    pieces = data.split(b"\0", 2)
    return pieces[0], pieces[1] if len(pieces) > 1 else b""


# what is answered


def frame(command: bytes, data: bytes = b"") -> bytes:
    """One reply as it goes over the wire."""
    return _LENGTH.pack(len(data) + 1) + command + data


def options_reply(chosen: Options) -> bytes:
    """What this side will do and leave out."""
    return frame(b"O", _OPTIONS.pack(chosen.version, chosen.does, chosen.steps))


CONTINUE = frame(b"c")
ACCEPT = frame(b"a")
TEMPORARY = frame(b"t")
PROGRESS = frame(b"p")


_CONTROLS = dict.fromkeys((*range(1, 9), *range(10, 32), 127), " ") | {0: None}
_HALF = re.compile("[\ud800-\udc7f\udd00-\udfff]")  # those between stand for bytes
LONGEST = 2_000  # bytes of a line of a reply; mail servers take more than the 512 of RFC 5321, but not any number


def _bytes(said: str) -> bytes:
    """On one line, whatever it is: a line break would be another header field, or another reply."""
    return _HALF.sub("\ufffd", said.translate(_CONTROLS)).encode("utf-8", "surrogateescape")


def _line(said: str) -> bytes:
    """No longer than a line of a reply may be, and no character cut."""
    written = _bytes(said)
    if len(written) <= LONGEST:
        return written
    end = LONGEST
    while written[end] & 0xC0 == 0x80:
        end -= 1
    return written[:end]


def reply(code: str, enhanced: str, lines: tuple[str, ...]) -> bytes:
    """A refusal in the words of the filter (RFC 5321 4.2.1, RFC 3463), on several lines; "%" is doubled, as the mail server formats it."""
    said = [_line(line) for line in lines] or [b""]
    joined = b"\r\n".join(
        f"{code}{' ' if number == len(said) else '-'}{enhanced} ".encode() + line.replace(b"%", b"%%") for number, line in enumerate(said, 1)
    )
    return frame(b"y", joined + b"\0")


def added(name: str, value: str) -> bytes:
    """A header field put behind the others."""
    return frame(b"h", _bytes(name) + b"\0" + _bytes(value) + b"\0")


def inserted(index: int, name: str, value: str) -> bytes:
    """A header field put before the one at `index` (0: before all)."""
    return frame(b"i", _LENGTH.pack(index) + _bytes(name) + b"\0" + _bytes(value) + b"\0")


def changed(occurrence: int, name: str, value: str) -> bytes:
    """The `occurrence`-th (from 1) header field of that name with another value; an empty one takes it out."""
    return frame(b"m", _LENGTH.pack(occurrence) + _bytes(name) + b"\0" + _bytes(value) + b"\0")


def quarantined(reason: str) -> bytes:
    """The message is to be held."""
    return frame(b"q", _bytes(reason) + b"\0")
