"""One milter connection as a state machine without input or output: packets in, replies and complete messages out.

Several messages follow one another on a connection; an ABORT ends the message and not the connection. What comes of a body beyond
the cap is not kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from attrs import field, frozen

from commlint_mail.gateway import packets
from commlint_mail.gateway.packets import Command, Does, Options, Packet, ProtocolError, Step

WANTED = Does.ADD_HEADERS | Does.CHANGE_HEADERS | Does.QUARANTINE
QUIET = (
    Step.NO_REPLY_CONNECT | Step.NO_REPLY_HELO | Step.NO_REPLY_MAIL | Step.NO_REPLY_RECIPIENT | Step.NO_REPLY_DATA | Step.NO_REPLY_UNKNOWN
    | Step.NO_REPLY_HEADER | Step.NO_REPLY_END_OF_HEADERS | Step.NO_REPLY_BODY  # one round trip a message
    | Step.SKIP_HELO | Step.SKIP_DATA | Step.SKIP_END_OF_HEADERS | Step.SKIP_UNKNOWN  # nothing is made of them
)
MAX_HEADERS = 4_000_000  # bytes of header fields that are kept of a message
MAX_RECIPIENTS = 10_000_000  # bytes of recipients
MAX_MACROS = 30_000  # bytes of macros for one command
OURS = b"x-commlint-"  # how the names of our header fields begin
_EACH = 100  # bytes that each of them counts for besides


@frozen
class Message:
    """What the mail server has told of one message. `content` is header and body as bytes; `cut` says that not all of it is there.

    `fields` are the header fields as they came, in order, those that claim to be ours even where others are no longer kept; `macros` name what the mail server knows (``i`` the queue id,
    ``auth_authen`` who has logged in).
    """

    sender: str
    recipients: tuple[str, ...]
    content: bytes = field(repr=lambda content: f"<{len(content)} bytes>")
    fields: tuple[tuple[bytes, bytes], ...] = field(repr=lambda fields: f"<{len(fields)} fields>")
    client: str = ""
    macros: Mapping[str, str] = field(factory=dict)
    cut: bool = False

    @property
    def queue_id(self) -> str:
        """What the mail server calls the message; empty when it does not say, or says what no queue id looks like."""
        told = self.macros.get("i", "")
        return told if _QUEUE_ID.fullmatch(told) else ""


@frozen
class Answer:
    """What to write, and a message that is complete and waits for its verdict; `closes` when the connection is over."""

    reply: bytes = b""
    message: Message | None = None
    closes: bool = False


class Session:
    """The state of one connection. `cap` is how many bytes of a body are kept."""

    def __init__(self, *, cap: int) -> None:
        self._cap = cap
        self.can = Options(0, Does(0), Step(0))  # what was agreed on
        self._on: Mapping[Command, Callable[[bytes], Answer]] = {
            Command.OPTIONS: self._options,
            Command.MACROS: self._told,
            Command.CONNECT: self._connected,
            Command.HELO: lambda data: self._goes_on(Step.NO_REPLY_HELO),
            Command.MAIL: self._from,
            Command.RECIPIENT: self._to,
            Command.DATA: lambda data: self._goes_on(Step.NO_REPLY_DATA),
            Command.HEADER: self._header,
            Command.END_OF_HEADERS: lambda data: self._goes_on(Step.NO_REPLY_END_OF_HEADERS),
            Command.BODY: self._piece,
            Command.END: self._complete,
            Command.ABORT: self._aborted,
            Command.NEW_CONNECTION: self._again,
            Command.QUIT: lambda data: Answer(closes=True),
            Command.UNKNOWN: lambda data: self._goes_on(Step.NO_REPLY_UNKNOWN),
        }
        self._forget_client()

    def take(self, packet: Packet) -> Answer:
        """What follows from a packet. Raises ProtocolError for one that is out of place."""
        if not self.can.version and packet.command not in (Command.OPTIONS, Command.QUIT):
            raise ProtocolError(f"{packet.command.name} before the options are agreed on")
        return self._on[packet.command](packet.data)

    @property
    def in_message(self) -> bool:
        """Whether a message has begun and is not complete."""
        return self._begun

    def _forget_client(self) -> None:
        self._client = ""
        self._macros: dict[str, bytes] = {}  # as told, and looked at once a message: there are some before each header field
        self._forget_message()

    def _forget_message(self) -> None:
        self._begun = False
        self._sender = ""
        self._recipients: list[str] = []
        self._envelope = 0
        self._fields: list[tuple[bytes, bytes]] = []
        self._headers = 0
        self._body = bytearray()
        self._cut = False
        for command in _OF_MESSAGE:
            self._macros.pop(command, None)

    def _goes_on(self, quiet: Step) -> Answer:
        return _SILENCE if quiet in self.can.steps else _CONTINUE

    # the connection

    def _options(self, data: bytes) -> Answer:
        theirs = packets.options(data)
        if theirs.version < _OLDEST:
            raise ProtocolError(f"version {theirs.version} of the protocol")
        self.can = Options(min(theirs.version, packets.VERSION), WANTED & theirs.does, QUIET & theirs.steps)
        return Answer(packets.options_reply(self.can))

    def _told(self, data: bytes) -> Answer:
        command = data[:1].decode("latin-1")
        if command in _COMMANDS:
            self._macros[command] = data[:MAX_MACROS]
        return _SILENCE

    def _connected(self, data: bytes) -> Answer:
        host, _, rest = data.partition(b"\0")
        family, there = rest[:1], packets.text(rest[3:].partition(b"\0")[0])
        self._client = there.removeprefix("IPv6:") if family in _INTERNET else packets.text(host)
        return self._goes_on(Step.NO_REPLY_CONNECT)

    def _again(self, data: bytes) -> Answer:
        self._forget_client()
        return _SILENCE

    # the message

    def _from(self, data: bytes) -> Answer:
        kept = self._macros.get("M", b"")
        self._forget_message()
        self._macros["M"] = kept
        self._begun = True
        self._sender = packets.address(data)
        return self._goes_on(Step.NO_REPLY_MAIL)

    def _to(self, data: bytes) -> Answer:
        self._envelope += len(data) + _EACH
        if self._envelope <= MAX_RECIPIENTS:
            self._recipients.append(packets.address(data))
        else:
            self._cut = True
        return self._goes_on(Step.NO_REPLY_RECIPIENT)

    def _header(self, data: bytes) -> Answer:
        self._headers += len(data) + _EACH
        if self._headers <= MAX_HEADERS:
            self._fields.append(packets.header(data))
        else:
            self._cut = True
            self._beyond(packets.header(data)[0])
        return self._goes_on(Step.NO_REPLY_HEADER)

    def _beyond(self, name: bytes) -> None:
        """Of what is not kept, the names that claim to be ours: they are taken out by their numbers."""
        if name.lower().startswith(OURS) and self._headers <= 2 * MAX_HEADERS:
            self._fields.append((name, b""))

    def _piece(self, data: bytes) -> Answer:
        room = self._cap - len(self._body)
        self._body += data[:room]
        self._cut = self._cut or len(data) > room
        return self._goes_on(Step.NO_REPLY_BODY)

    def _complete(self, data: bytes) -> Answer:
        if data:
            self._piece(data)
        message = self._message()
        self._forget_message()
        return Answer(message=message)

    def _message(self) -> Message:
        head = b"".join(name + b": " + _value(value) + b"\r\n" for name, value in self._fields if _NAME.fullmatch(name))
        macros = {name: value for told in self._macros.values() for name, value in packets.macros(told)[1].items()}
        return Message(
            self._sender, tuple(self._recipients), head + b"\r\n" + self._body, tuple(self._fields),
            self._client, macros, self._cut,
        )

    def _aborted(self, data: bytes) -> Answer:
        self._forget_message()
        return _SILENCE


def _value(value: bytes) -> bytes:
    """A value as it stands behind the colon. A line break in it goes on with a blank: nothing in a value ends the header, or is a field."""
    value = value.lstrip(b" ")
    return _BREAK.sub(b"\n ", value.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n") if b"\n" in value else value


_NAME = re.compile(rb"[!-9;-~]+[ \t]*")  # what has another name would end the header
_BREAK = re.compile(rb"\n(?![ \t])")
_QUEUE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_SILENCE, _CONTINUE = Answer(), Answer(packets.CONTINUE)
_COMMANDS = frozenset(command.value.decode() for command in Command)
_OF_MESSAGE = ("M", "R", "T", "L", "N", "B", "E")
_INTERNET = (b"4", b"6")
_OLDEST = 2
