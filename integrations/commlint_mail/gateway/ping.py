"""A milter session with a gateway, as a mail server holds it: to see whether it answers, and in tests."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable, Iterator, Sequence

from commlint_mail.gateway import packets
from commlint_mail.gateway.packets import MAX_FRAME
from commlint_mail.gateway.settings import host_and_port, no_address

_EVERYTHING = struct.pack("!III", packets.VERSION, 0x1FF, 0x1FFFFF)
_CHUNK = 65_535
_LENGTH = struct.Struct("!I")


class Caller:
    """The mail server's end of one connection. Raises UsageError for an address that is none, OSError when the gateway does not answer in `patience` seconds."""

    def __init__(self, address: str, *, patience: float = 10.0) -> None:
        self._stream = _connected(address, patience)
        try:
            self._send(b"O", _EVERYTHING)
            self.options = packets.options(self._frame()[1])
        except OSError:
            self._stream.close()
            raise

    def close(self) -> None:
        """Say goodbye."""
        try:
            self._send(b"Q")
        finally:
            self._stream.close()

    def message(self, sender: str, recipients: Iterable[str], fields: Sequence[tuple[str, str]], body: bytes, *, queue_id: str = "PING") -> list[tuple[bytes, bytes]]:
        """All that the gateway answers to one message: edits, then what becomes of it, as (command, data); signs of life are left out."""
        self._macros(b"M", {"i": queue_id})
        self._send(b"M", f"<{sender}>".encode("utf-8", "surrogateescape") + b"\0")
        for recipient in recipients:
            self._send(b"R", f"<{recipient}>".encode("utf-8", "surrogateescape") + b"\0")
        self._send(b"T")
        for name, value in fields:
            self._send(b"L", name.encode() + b"\0" + value.encode("utf-8", "surrogateescape") + b"\0")
        self._send(b"N")
        for at in range(0, len(body), _CHUNK):
            self._send(b"B", body[at : at + _CHUNK])
        self._send(b"E")
        return list(self._answers())

    def abort(self) -> None:
        """End the message at hand."""
        self._send(b"A")

    def _macros(self, command: bytes, told: dict[str, str]) -> None:
        self._send(b"D", command + b"".join(f"{name}\0{value}\0".encode() for name, value in told.items()))

    def _answers(self) -> Iterator[tuple[bytes, bytes]]:
        while True:
            command, data = self._frame()
            if command == b"p":
                continue
            yield command, data
            if command in b"acrty":
                return

    def _send(self, command: bytes, data: bytes = b"") -> None:
        self._stream.sendall(packets.frame(command, data))

    def _frame(self) -> tuple[bytes, bytes]:
        (length,) = _LENGTH.unpack(self._exactly(_LENGTH.size))
        if not 0 < length <= MAX_FRAME:
            raise ConnectionError(f"a frame of {length} bytes")
        data = self._exactly(length)
        return data[:1], data[1:]

    def _exactly(self, count: int) -> bytes:
        pieces = bytearray()
        while len(pieces) < count:
            piece = self._stream.recv(count - len(pieces))
            if not piece:
                raise ConnectionError("the gateway has closed the connection")
            pieces += piece
        return bytes(pieces)


def _connected(address: str, patience: float) -> socket.socket:
    kind, _, rest = address.partition(":")
    if kind == "unix":
        made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        made.settimeout(patience)
        try:
            made.connect(rest)
        except OSError:
            made.close()
            raise
        return made
    if kind != "inet":
        raise no_address(address)
    return socket.create_connection(host_and_port(rest), patience)


def ping(address: str, *, patience: float = 10.0) -> str:
    """What a gateway makes of a small sound message: the command it ends with (``c``). Raises OSError when it does not answer."""
    caller = Caller(address, patience=patience)
    try:
        fields = (("From", "ping@example.com"), ("To", "ping@example.com"), ("Subject", "ping"), ("Auto-Submitted", "auto-generated"))
        return caller.message("ping@example.com", ("ping@example.com",), fields, b"ping\r\n")[-1][0].decode()
    finally:
        caller.close()
