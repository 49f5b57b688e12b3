"""Milter connections over sockets: one asyncio loop judges one message at a time in a thread, and tells the mail server that it is at work.

A message has a budget of seconds; past it the verdict is that of the policy, whatever the rules would have said. A thread that does
not come back can not be ended: the loop goes on with another, and says that its process should be replaced.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from attrs import frozen

from commlint_mail.gateway import packets
from commlint_mail.gateway.packets import Frames, Options, ProtocolError
from commlint_mail.gateway.session import Message, Session
from commlint_mail.gateway.verdicts import Verdict, replies

PROGRESS = 5.0  # seconds between two signs of life; the mail server waits 30 by default
_QUICKACK = getattr(socket, "TCP_QUICKACK", None)


@frozen
class Judging:
    """What a worker does with a message: `judge` (called in a thread), what `overdue` and `failed` ones get, `budget` seconds, `cap` bytes of a body."""

    judge: Callable[[Message], Verdict]
    overdue: Callable[[Message], Verdict]
    failed: Callable[[Message, BaseException], Verdict]
    budget: float
    cap: int


class Desk:
    """Judges messages one after another in a thread; `stuck` counts threads that did not come back in time."""

    def __init__(self, judging: Judging) -> None:
        self._judging = judging
        self._turn = asyncio.Lock()
        self._threads = ThreadPoolExecutor(1)
        self.stuck = 0

    async def verdict(self, message: Message) -> Verdict:
        """The verdict, within the budget from when its turn has come."""
        async with self._turn:
            loop = asyncio.get_running_loop()
            working = loop.run_in_executor(self._threads, self._judging.judge, message)
            try:
                return await asyncio.wait_for(asyncio.shield(working), self._judging.budget)
            except TimeoutError:
                self._threads.shutdown(wait=False)
                self._threads = ThreadPoolExecutor(1)
                self.stuck += 1
                working.add_done_callback(self._came_back)
                return self._judging.overdue(message)
            except Exception as error:  # the edge that isolates rules and plugins: a message is never refused for our fault
                return self._judging.failed(message, error)

    def _came_back(self, working: asyncio.Future[Verdict]) -> None:
        self.stuck -= 1
        working.exception()  # looked at, so that nobody complains


class Connection(asyncio.Protocol):
    """One connection of a mail server."""

    def __init__(self, desk: Desk, cap: int, gone: Callable[[Connection], None], broken: Callable[[], None] = lambda: None) -> None:
        self._desk = desk
        self._broken = broken
        self._frames, self._session = Frames(), Session(cap=cap)
        self._gone = gone
        self._work: asyncio.Task[None] | None = None
        self._arrived: list[bytes] = []
        self._stream: asyncio.Transport | None = None

    @property
    def busy(self) -> bool:
        """Whether a message is on its way or being judged."""
        return self._work is not None or self._session.in_message

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A mail server has connected."""
        assert isinstance(transport, asyncio.Transport)
        self._stream = transport

    def connection_lost(self, error: Exception | None) -> None:
        """It has gone; what is being judged for it is not needed."""
        if self._work is not None:
            self._work.cancel()
        self._stream = None
        self._gone(self)

    def data_received(self, data: bytes) -> None:
        """Something has come; while a message is judged, it waits."""
        self._acknowledge()
        self._arrived.append(data)
        if self._work is None:
            self._go_on()

    def _acknowledge(self) -> None:
        """Over TCP a delayed acknowledgement costs 40 ms a message."""
        peer = self._stream.get_extra_info("socket") if self._stream is not None else None
        if _QUICKACK is not None and peer is not None and peer.family in (socket.AF_INET, socket.AF_INET6):
            peer.setsockopt(socket.IPPROTO_TCP, _QUICKACK, 1)

    def _go_on(self) -> None:
        data, self._arrived = b"".join(self._arrived), []
        try:
            for packet in self._frames.feed(data):
                answer = self._session.take(packet)
                self._write(answer.reply)
                if answer.closes:
                    self.close()
                    return
                if answer.message is not None:
                    self._begin(answer.message)
                    return
        except ProtocolError:
            self._broken()
            self.close()

    def _begin(self, message: Message) -> None:
        if self._stream is not None:
            self._stream.pause_reading()
        self._work = asyncio.get_running_loop().create_task(self._judged(message))

    async def _judged(self, message: Message) -> None:
        verdict = asyncio.ensure_future(self._desk.verdict(message))
        try:
            while not (await asyncio.wait((verdict,), timeout=PROGRESS))[0]:
                self._write(packets.PROGRESS)
            self._write(replies(verdict.result(), message, self._can))
        finally:
            verdict.cancel()
            self._work = None
        if self._stream is not None:
            self._stream.resume_reading()
            self._go_on()

    @property
    def _can(self) -> Options:
        return self._session.can

    def _write(self, reply: bytes) -> None:
        if reply and self._stream is not None:
            self._stream.write(reply)

    def close(self) -> None:
        """End the connection; what was written still goes out."""
        if self._stream is not None:
            self._stream.close()
