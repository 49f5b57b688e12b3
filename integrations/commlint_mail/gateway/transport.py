"""Milter connections over sockets: what is read goes through a session, messages go to the desk, and while one is there the mail server is told so.

Sockets are read and written here and not by asyncio's streams: of a small mail they cost more than all the rest of a connection.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

from commlint_mail.gateway import packets
from commlint_mail.gateway.desk import Case, Desk
from commlint_mail.gateway.packets import Frames, ProtocolError
from commlint_mail.gateway.session import Message, Session
from commlint_mail.gateway.verdicts import Verdict, replies

PROGRESS = 5.0  # seconds between two signs of life; the mail server waits 30 by default
_READ = memoryview(bytearray(262_144))  # where all connections read into, one after another: to ask for as much memory each time costs more than reading
_QUICKACK = getattr(socket, "TCP_QUICKACK", None)
_INTERNET = (socket.AF_INET, socket.AF_INET6)


class Connection:
    """One connection of a mail server, read from now on. `gone` is told when it has ended, `broken` when it spoke no milter protocol."""

    def __init__(self, loop: asyncio.AbstractEventLoop, stream: socket.socket, desk: Desk, cap: int, *, gone: Callable[[Connection], None], broken: Callable[[str], None]) -> None:
        self._loop, self._stream, self._desk = loop, stream, desk
        self._gone, self._broken = gone, broken
        self._frames, self._session = Frames(), Session(cap=cap)
        self._case: Case | None = None
        self._signs: asyncio.TimerHandle | None = None
        self._out = bytearray()  # what the mail server has not taken yet
        self._open, self._closing, self._listens = True, False, False
        self._quick = _QUICKACK if stream.family in _INTERNET else None
        self._number = stream.fileno()  # asyncio looks at numbers with less ado
        stream.setblocking(False)
        self._listen()

    @property
    def busy(self) -> bool:
        """Whether a message is on its way or being judged."""
        return self._case is not None or self._session.in_message

    def close(self) -> None:
        """End the connection; what was written still goes out."""
        if self._out:
            self._closing = True
        elif self._open:
            self._end()

    # reading

    def _listen(self) -> None:
        if self._open and not self._listens:
            self._loop.add_reader(self._number, self._readable)
            self._listens = True

    def _deafen(self) -> None:
        """Read no more for now; what comes waits in the system."""
        if self._listens:
            self._loop.remove_reader(self._number)
            self._listens = False

    def _readable(self) -> None:
        if self._case is not None or self._out:
            self._deafen()  # first things first
            return
        try:
            count = self._stream.recv_into(_READ)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            count = 0
        if not count:
            self._end()
            return
        if self._quick is not None:  # a delayed acknowledgement costs 40 ms a message
            self._stream.setsockopt(socket.IPPROTO_TCP, self._quick, 1)
        self._go_on(_READ[:count])

    def _go_on(self, arrived: bytes | memoryview = b"") -> None:
        """Take what has come, up to a message that is complete."""
        try:
            for packet in self._frames.feed(arrived):
                answer = self._session.take(packet)
                self._write(answer.reply)
                if answer.closes:
                    self.close()
                if not self._open or self._closing:
                    return
                if answer.message is not None and not self._told(answer.message):
                    return
        except ProtocolError as error:
            self._broken(str(error))
            self.close()
        except Exception:  # ours, of which the loop tells; the mail server acts as it does when a filter is away
            self._end()
            raise

    # judging

    def _told(self, message: Message) -> bool:
        """Whether the mail server has the verdict already; else the message waits for its turn."""
        verdict = self._desk.at_once(message)
        if verdict is not None:
            self._write(replies(verdict, message, self._session.can))
            return self._open
        self._case = Case(message, self._judged)
        self._signs = self._loop.call_later(PROGRESS, self._sign)
        self._desk.bring(self._case)
        return False

    def _sign(self) -> None:
        self._signs = self._loop.call_later(PROGRESS, self._sign)
        self._write(packets.PROGRESS)

    def _judged(self, verdict: Verdict) -> None:
        assert self._case is not None
        message = self._case.message
        self._settle()
        try:
            self._write(replies(verdict, message, self._session.can))
        except Exception:
            self._end()
            raise
        self._listen()
        self._go_on()

    def _settle(self) -> None:
        self._case = None
        if self._signs is not None:
            self._signs.cancel()

    # writing

    def _write(self, reply: bytes) -> None:
        if not reply or not self._open:
            return
        if not self._out:
            reply = reply[self._sent(reply) :]
        if reply and self._open:
            self._out += reply
            self._loop.add_writer(self._number, self._writable)

    def _sent(self, reply: bytes | bytearray) -> int:
        """How much of it the system took."""
        try:
            return self._stream.send(reply)
        except (BlockingIOError, InterruptedError):
            return 0
        except OSError:
            self._end()
            return len(reply)

    def _writable(self) -> None:
        del self._out[: self._sent(self._out)]
        if self._out or not self._open:
            return
        self._loop.remove_writer(self._number)
        if self._closing:
            self._end()
        else:
            self._listen()

    def _end(self) -> None:
        if not self._open:
            return
        self._open = False
        if self._case is not None:
            self._desk.take_back(self._case)
            self._settle()
        self._deafen()
        if self._out:
            self._loop.remove_writer(self._number)
            self._out.clear()
        self._stream.close()
        self._gone(self)
