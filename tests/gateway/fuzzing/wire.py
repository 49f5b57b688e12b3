"""A script of what is said to a gateway and what must come back, and how it is played over a socket. A codec of its own: the gateway's is on trial."""

from __future__ import annotations

import asyncio
import struct
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from enum import Enum

from attrs import define, field, frozen

PATIENCE = 240.0  # seconds for a session: the machine may be busy, so only one that hangs takes as long
REPLIES = b"Ocarty" + b"himq"
FINAL = b"carty"


def frame(command: bytes, data: bytes = b"") -> bytes:
    """As it goes over the wire."""
    return struct.pack("!I", len(data) + 1) + command + data


def text_frame(command: bytes, *, number: int | None = None, told: Sequence[str]) -> bytes:
    """An edit: a number where it has one, then strings."""
    counted = b"" if number is None else struct.pack("!I", number)
    return frame(command, counted + b"".join(each.encode() + b"\0" for each in told))


CONTINUE = frame(b"c")


class End(Enum):
    """How a session ends, and who ends it."""

    GOODBYE = "us"  # after QUIT, or the last byte there will be, the gateway hangs up
    REFUSED = "it"  # the gateway hangs up, nobody has asked it to
    DROPPED = "cut"  # we hang up and look at nothing


@frozen
class Step:
    """Something said, then what must have come back before the next is said; `pause` in seconds first."""

    said: bytes = b""
    heard: tuple[bytes, ...] = ()
    pause: float = 0.0


@frozen
class Script:
    """One session. Without `exact`, anything may come back that is an answer of the protocol. `piece` cuts what is said into pieces of that size."""

    kind: str
    steps: tuple[Step, ...]
    end: End = End.GOODBYE
    exact: bool = True
    piece: int = 0
    messages: int = 0


@define
class Outcome:
    """How it went; `trouble` is empty when all was right."""

    kind: str
    number: int
    messages: int = 0
    answers: int = 0
    ended: str = ""
    seconds: float = 0.0
    trouble: str = ""
    heard: list[bytes] = field(factory=list)


class UnexpectedError(Exception):
    """Not what had to come back."""


async def play(script: Script, number: int, address: str) -> Outcome:
    """Hold the session."""
    outcome = Outcome(script.kind, number, script.messages, ended=script.end.value)
    started = time.monotonic()
    try:
        async with asyncio.timeout(PATIENCE):
            await _held(script, address, outcome)
    except TimeoutError:
        outcome.trouble = f"nothing in {PATIENCE:.0f} s; heard {_shown(outcome.heard)}"
    except (OSError, EOFError, UnexpectedError) as error:
        outcome.trouble = f"{type(error).__name__} {error}; heard {_shown(outcome.heard)}"
    outcome.seconds = time.monotonic() - started
    return outcome


async def _held(script: Script, address: str, outcome: Outcome) -> None:
    reader, writer = await _connected(address)
    try:
        for step in script.steps:
            await asyncio.sleep(step.pause)
            await _said(writer, step.said, script)
            for expected in step.heard:
                _compared(await _frame(reader, outcome), expected)
        if script.end is not End.DROPPED:
            await _ended(reader, writer, script, outcome)
        if not script.exact and outcome.answers < script.messages:
            raise UnexpectedError(f"{outcome.answers} answers to {script.messages} messages")
    finally:
        writer.transport.abort()


async def _connected(address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    kind, _, rest = address.partition(":")
    if kind == "unix":
        return await asyncio.open_unix_connection(rest)
    host, _, port = rest.rpartition(":")
    return await asyncio.open_connection(host, int(port))


async def _said(writer: asyncio.StreamWriter, said: bytes, script: Script) -> None:
    """All of it; a gateway that is right to hang up may do so before it has everything."""
    try:
        for at in range(0, len(said), script.piece or len(said) or 1):
            writer.write(said[at : at + script.piece] if script.piece else said)
            await writer.drain()
            if script.piece:
                await asyncio.sleep(0)
    except ConnectionError:
        if script.exact and script.end is End.GOODBYE:
            raise


async def _ended(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, script: Script, outcome: Outcome) -> None:
    """Until the gateway hangs up; in an exact script nothing more may come."""
    if script.end is End.GOODBYE and writer.can_write_eof() and not writer.transport.is_closing():
        with suppress(OSError):  # it has hung up
            writer.write_eof()
    async for heard in _rest(reader, outcome, script):
        if script.exact:
            raise UnexpectedError(f"{heard[:80]!r} is one answer more than there should be")


async def _rest(reader: asyncio.StreamReader, outcome: Outcome, script: Script) -> AsyncIterator[bytes]:
    while True:
        try:
            yield await _frame(reader, outcome)
        except asyncio.IncompleteReadError as error:
            if error.partial:
                raise UnexpectedError(f"an answer that breaks off: {error.partial[:80]!r}") from None
            return
        except ConnectionError:  # what we said last lay unread when it hung up
            if script.exact and script.end is End.GOODBYE:
                raise
            return


async def _frame(reader: asyncio.StreamReader, outcome: Outcome) -> bytes:
    """The next answer; signs of life are none."""
    while True:
        head = await reader.readexactly(4)
        (length,) = struct.unpack("!I", head)
        if not 0 < length < 1 << 21:
            raise UnexpectedError(f"an answer of {length} bytes")
        data = await reader.readexactly(length)
        if data != b"p":
            break
    if data[0] not in REPLIES:
        raise UnexpectedError(f"an answer {data[:80]!r}")
    outcome.answers += data[0] in FINAL
    outcome.heard = [*outcome.heard[-4:], data]
    return head + data


def _compared(heard: bytes, expected: bytes) -> None:
    if heard != expected:
        raise UnexpectedError(f"{heard[:400]!r} instead of {expected[:400]!r}")


def _shown(heard: Sequence[bytes]) -> str:
    return ", ".join(repr(each[:60]) for each in heard) or "nothing"
