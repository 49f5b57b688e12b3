"""How much mail may be put off (451) for trouble of our own: a share of the mail of ten minutes, and each mail for a limited time.

Trouble that lasts must not become a mail server that takes no mail. The counts lie in memory that all workers share and that outlives
them, since a worker whose judging is stuck ends. Nothing is locked: of two workers that count in the same instant one may
be missed, which a bound can bear.
"""

from __future__ import annotations

import mmap
import time
from collections.abc import Callable
from enum import StrEnum
from hashlib import blake2b

from commlint_mail.gateway.policy import Policy
from commlint_mail.gateway.session import Message

FLOOR = 10  # mails that may be put off in ten minutes however little mail there is
_MINUTES = 10
_MAILS = 1_024  # mails remembered; one that falls on another's place begins anew
_WEEK = 7 * 86_400 * 1_000  # milliseconds after which a mail is none that comes again: clients give up after five days
_HEAD = 65_536  # bytes that a mail is known by
_SIZE = (_MINUTES * 3 + _MAILS * 2) * 8


class Bound(StrEnum):
    """Why a mail is put off no longer."""

    SHARE = "share"
    TIME = "time"


class PutOff:
    """What was judged and put off of late; `file` is the shared memory, `clock` gives seconds that only grow."""

    def __init__(self, file: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.file = file
        self._numbers = memoryview(mmap.mmap(file, 0)).cast("Q")
        self._clock = clock

    @classmethod
    def new(cls, *, clock: Callable[[], float] = time.monotonic) -> PutOff:
        """Nothing so far."""
        from commlint_mail.gateway.counters import shared

        return cls(shared(_SIZE), clock=clock)

    def judged(self) -> None:
        """One more mail has its verdict."""
        self._numbers[self._minute() + 1] += 1

    def ask(self, message: Message, policy: Policy) -> Bound | None:
        """Put a mail off, which counts; or say which bound forbids it."""
        here = self._minute()
        judged, put_off = self._lately()
        if not policy.put_off_share or put_off >= max(FLOOR, judged * policy.put_off_share / 100):
            return Bound.SHARE
        if self._waited(message) >= policy.put_off_seconds:
            return Bound.TIME
        self._numbers[here + 2] += 1
        return None

    def _minute(self) -> int:
        """Where this minute is counted: its number, what was judged, what was put off."""
        minute = int(self._clock() // 60) + 1
        at = minute % _MINUTES * 3
        if self._numbers[at] != minute:
            self._numbers[at], self._numbers[at + 1], self._numbers[at + 2] = minute, 0, 0
        return at

    def _lately(self) -> tuple[int, int]:
        oldest = int(self._clock() // 60) + 1 - _MINUTES
        rows = [at for at in range(0, _MINUTES * 3, 3) if self._numbers[at] > oldest]
        return sum(self._numbers[at + 1] for at in rows), sum(self._numbers[at + 2] for at in rows)

    def _waited(self, message: Message) -> float:
        """Seconds since this mail was put off for the first time; 0 when it never was."""
        known = int.from_bytes(blake2b(message.sender.encode("utf-8", "surrogateescape") + b"\0" + message.content[:_HEAD], digest_size=8).digest(), "big")
        now = int(self._clock() * 1_000)
        at = _MINUTES * 3 + known % _MAILS * 2
        if self._numbers[at] != known or now - self._numbers[at + 1] > _WEEK:
            self._numbers[at], self._numbers[at + 1] = known, now
        return (now - self._numbers[at + 1]) / 1_000
