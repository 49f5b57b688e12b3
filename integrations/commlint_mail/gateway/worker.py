"""A worker: one process that accepts connections on the socket it was given, judges, counts, logs, and ends without losing a message."""

from __future__ import annotations

import asyncio
import signal
import socket
import time
from collections.abc import Callable
from typing import Any

from attrs import evolve, field, frozen

from commlint_mail.gateway.counters import Counters
from commlint_mail.gateway.desk import Desk, Judging
from commlint_mail.gateway.judging import Judge
from commlint_mail.gateway.logs import Log, where
from commlint_mail.gateway.patience import BEAT, DRAIN, LINGER
from commlint_mail.gateway.putoff import PutOff
from commlint_mail.gateway.session import Message
from commlint_mail.gateway.transport import Connection
from commlint_mail.gateway.verdicts import FINDINGS, VERDICT, Fate, Verdict

_PAUSE = 1.0  # seconds without accepting when the system has no room for another connection


@frozen
class Books:
    """Where a worker counts and logs."""

    counters: Counters
    slot: int
    log: Log
    put_off: PutOff = field(factory=PutOff.new)

    def count(self, name: str, label: str = "", by: int = 1) -> None:
        """Add to the counter ``commlint_gateway_{name}_total``."""
        self.counters.add(self.slot, f"commlint_gateway_{name}_total", label, by)

    def beat(self) -> None:
        """Say that this worker is alive, now and again later."""
        self.counters.beat(self.slot)
        asyncio.get_running_loop().call_later(BEAT, self.beat)

    def broken(self, why: str) -> None:
        """A connection speaks no milter protocol, and was ended."""
        self.count("protocol_errors")
        self.log.event("protocol-error", "warning", why=why)

    def mistaken(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Something has failed that nothing waited for: a mistake of ours, told in a line like everything else."""
        self.log.event("loop-error", "error", what=context["message"], error=repr(context.get("exception")))

    def judged(self, message: Message, verdict: Verdict, seconds: float) -> None:
        """A message has its verdict."""
        fields = dict(verdict.fields)
        kind = verdict.fate.value if verdict.fate is not Fate.PASS else fields.get(VERDICT, "pass").partition(";")[0]
        self.count("messages", kind)
        self.count("judging_microseconds", by=round(seconds * 1e6))
        self.count("bytes", by=len(message.content))
        self.count("findings", by=verdict.found)
        if verdict.failed:
            self.count("failed")
            self.log.event("rules-failed", "error", queue_id=message.queue_id, rules=verdict.failed)
        self.log.event(
            "judged", queue_id=message.queue_id, sender=self.log.address(message.sender), recipients=len(message.recipients), client=message.client,
            verdict=kind, policy=verdict.entry, rules=fields.get(FINDINGS, "") or " ".join(verdict.said[:1]), ms=round(seconds * 1000, 1), bytes=len(message.content),
        )


@frozen
class Work:
    """What a worker does with messages, everything counted and logged."""

    judge: Judge
    books: Books

    def at_once(self, message: Message) -> Verdict | None:
        """See `Judge.at_once`."""
        started = time.monotonic()
        verdict = self.judge.at_once(message)
        if verdict is not None:
            self.books.put_off.judged()
            self.books.judged(message, verdict, time.monotonic() - started)
        return verdict

    def read(self, message: Message) -> Verdict:
        """The verdict on a message that `at_once` has none on."""
        started = time.monotonic()
        verdict = self._settled(message, self.judge.read(message))
        self.books.judged(message, verdict, time.monotonic() - started)
        return verdict

    def overdue(self, message: Message) -> Verdict:
        """What becomes of a message that took too long."""
        self.books.count("overdue")
        self.books.log.event("overdue", "warning", queue_id=message.queue_id, budget=self.judge.policy.budget)
        return self._unread(message, "budget", self.judge.policy.budget)

    def failed(self, message: Message, error: BaseException) -> Verdict:
        """What becomes of a message that judging raised on."""
        self.books.count("failed")
        self.books.log.event("failed", "error", queue_id=message.queue_id, error=where(error))
        return self._unread(message, "error", 0.0)

    def _unread(self, message: Message, why: str, seconds: float) -> Verdict:
        verdict = self._settled(message, self.judge.unscannable(why, message))
        self.books.judged(message, verdict, seconds)
        return verdict

    def _settled(self, message: Message, verdict: Verdict) -> Verdict:
        """Put off as long as that is within bounds."""
        self.books.put_off.judged()
        bound = self.books.put_off.ask(message, self.judge.policy) if verdict.fate is Fate.TEMPORARY else None
        if bound is None:
            return verdict
        self.books.count("gave_up")
        self.books.log.event("gave-up", "warning", queue_id=message.queue_id, bound=bound.value, said=dict(verdict.fields).get(VERDICT, ""))
        return self.judge.given_up(verdict, bound.value)


def judging(judge: Judge, books: Books) -> Judging:
    """What the desk is to do with messages."""
    work = Work(judge, books)
    return Judging(work.at_once, work.read, work.overdue, work.failed, judge.policy.budget, judge.policy.cap)


class Worker:
    """Serves until it is told to end (SIGTERM), until others have taken over and its connections are done (SIGUSR1), or until judging has got stuck."""

    def __init__(self, listening: socket.socket, work: Judging, books: Books) -> None:
        self._socket = listening
        self._work = work
        self._books = books
        self._open: set[Connection] = set()
        self._end = asyncio.Event()
        self._leave = asyncio.Event()

    async def serve(self, ready: Callable[[], None]) -> None:
        """Accept until the end; `ready` is called once connections are taken."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._books.mistaken)
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._ended)
        loop.add_signal_handler(signal.SIGUSR1, self._leave.set)
        self._desk = Desk(evolve(self._work, overdue=self._overdue), loop)
        self._socket.setblocking(False)
        self._accept()
        self._books.beat()
        ready()
        await self._leave.wait()
        loop.remove_reader(self._socket)
        self._socket.close()
        await self._left()
        await self._drained()

    def _ended(self) -> None:
        self._end.set()
        self._leave.set()

    def _accept(self) -> None:
        """Take connections from now on: one at a time, so that workers that wait get their share."""
        if not self._leave.is_set():
            asyncio.get_running_loop().add_reader(self._socket, self._accepted)

    def _accepted(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            stream, _ = self._socket.accept()
        except (BlockingIOError, InterruptedError, ConnectionAbortedError):  # another worker has it, or it has gone
            return
        except OSError as error:  # no more files, no memory: what waits is taken when there are again
            self._books.log.event("not-accepted", "error", error=error.strerror)
            loop.remove_reader(self._socket)
            loop.call_later(_PAUSE, self._accept)
            return
        self._books.count("connections")
        self._open.add(Connection(loop, stream, self._desk, self._work.cap, gone=self._open.discard, broken=self._books.broken))

    def _overdue(self, message: Message) -> Verdict:
        """A thread is stuck: what it holds is lost to this process, which ends when the others are served; the supervisor starts another."""
        self._ended()
        return self._work.overdue(message)

    async def _left(self) -> None:
        """Others have taken over: connections are served until they end, unless the end has come."""
        until = time.monotonic() + LINGER
        while self._open and not self._end.is_set() and time.monotonic() < until:
            await asyncio.sleep(0.02)

    async def _drained(self) -> None:
        """Messages on their way are finished, for some seconds; connections between messages are closed."""
        until = time.monotonic() + DRAIN
        while self._open and time.monotonic() < until:
            for connection in tuple(self._open):
                if not connection.busy:
                    connection.close()
            await asyncio.sleep(0.02)
        for connection in tuple(self._open):
            connection.close()
