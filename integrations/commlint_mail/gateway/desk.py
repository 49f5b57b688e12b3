"""Judging apart from talking: messages wait in a row and are judged one at a time in a thread, each within its budget.

A thread that does not come back cannot be ended: the next message gets another one, and `overdue` says that this process should be replaced.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread

from attrs import define, frozen

from commlint_mail.gateway.session import Message
from commlint_mail.gateway.verdicts import Verdict


@frozen
class Judging:
    """What a worker does with a message: `at_once` (None when that takes reading), else `judge` (called in a thread), what `overdue` and `failed` ones get, `budget` seconds, `cap` bytes of a body."""

    at_once: Callable[[Message], Verdict | None]
    judge: Callable[[Message], Verdict]
    overdue: Callable[[Message], Verdict]
    failed: Callable[[Message, BaseException], Verdict]
    budget: float
    cap: int


@define(eq=False)
class Case:
    """A message, and who is told its verdict."""

    message: Message
    told: Callable[[Verdict], None]


class Desk:
    """Judges what is brought to it, in that order. All but the judging itself happens on `loop`."""

    def __init__(self, judging: Judging, loop: asyncio.AbstractEventLoop) -> None:
        self._judging = judging
        self._loop = loop
        self._waiting: deque[Case] = deque()
        self._at: Case | None = None
        self._bell: asyncio.TimerHandle | None = None
        self._thread = self._hired()

    def at_once(self, message: Message) -> Verdict | None:
        """The verdict on a message that need not wait for its turn; None for one that is to be brought."""
        try:
            return self._judging.at_once(message)
        except Exception as error:  # as below: our fault is no reason to refuse a message
            return self._judging.failed(message, error)

    def bring(self, case: Case) -> None:
        """Have it judged; its budget begins when its turn has come."""
        self._waiting.append(case)
        self._next()

    def take_back(self, case: Case) -> None:
        """Nobody waits for its verdict any more."""
        if case in self._waiting:
            self._waiting.remove(case)
        case.told = _nobody

    def _next(self) -> None:
        if self._at is None and self._waiting:
            self._at = self._waiting.popleft()
            self._bell = self._loop.call_later(self._judging.budget, self._overdue, self._at)
            self._thread.put(self._at)

    def _hired(self) -> SimpleQueue[Case | None]:
        """A thread, by the queue that it works off until there is None."""
        queue: SimpleQueue[Case | None] = SimpleQueue()
        Thread(target=self._works, args=(queue,), daemon=True).start()
        return queue

    def _works(self, queue: SimpleQueue[Case | None]) -> None:
        while (case := queue.get()) is not None:
            try:
                self._done(case, self._judging.judge(case.message))
            except BaseException as error:  # the edge that isolates rules and plugins, whatever they raise: a message is never refused for our fault
                self._done(case, error)

    def _done(self, case: Case, said: Verdict | BaseException) -> None:
        try:
            self._loop.call_soon_threadsafe(self._came_back, case, said)
        except RuntimeError:  # the loop has ended, and with it this process
            return

    def _came_back(self, case: Case, said: Verdict | BaseException) -> None:
        if case is not self._at:
            return  # too late: the verdict was given
        self._finish(case, self._judging.failed(case.message, said) if isinstance(said, BaseException) else said)

    def _overdue(self, case: Case) -> None:
        self._thread.put(None)
        self._thread = self._hired()
        self._finish(case, self._judging.overdue(case.message))

    def _finish(self, case: Case, verdict: Verdict) -> None:
        if self._bell is not None:
            self._bell.cancel()
        self._at = None
        case.told(verdict)
        self._next()


def _nobody(verdict: Verdict) -> None:
    return
