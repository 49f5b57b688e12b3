"""Counters of all workers in memory that they share with the supervisor; shown as Prometheus text."""

from __future__ import annotations

import mmap
import os
import tempfile
import time
from collections.abc import Iterable
from threading import Lock

_NAMES = {  # metric: (its labels, what it counts)
    "commlint_gateway_messages_total": (
        tuple(f'verdict="{name}"' for name in ("pass", "flag", "reject", "hold", "tempfail", "exempt", "unscannable")),
        "messages judged, by what became of them",
    ),
    "commlint_gateway_overdue_total": (("",), "messages that were not judged within the budget"),
    "commlint_gateway_gave_up_total": (("",), "messages put off no longer, since a bound on tempfails was reached"),
    "commlint_gateway_failed_total": (("",), "messages whose judging raised, or some rule of which did"),
    "commlint_gateway_findings_total": (("",), "findings that counted"),
    "commlint_gateway_connections_total": (("",), "connections of mail servers"),
    "commlint_gateway_protocol_errors_total": (("",), "connections that spoke no milter protocol"),
    "commlint_gateway_judging_microseconds_total": (("",), "time spent on judging"),
    "commlint_gateway_bytes_total": (("",), "bytes of messages judged"),
}
KEYS = tuple((name, label) for name, (labels, _) in _NAMES.items() for label in labels)
_AT = {key: number for number, key in enumerate(KEYS)}
_SIZE = 8
_ROW = len(KEYS) + 1  # and when the worker was last alive


class Counters:
    """One slot of counters a worker. Each slot has one process that writes; a reader may see a message half counted."""

    def __init__(self, file: int) -> None:
        self.file = file
        self._adding = Lock()  # a worker counts in the thread that judges, too
        self._memory = memoryview(mmap.mmap(file, 0)).cast("Q")
        self._ended = [0] * len(KEYS)  # of workers that are gone

    @classmethod
    def new(cls, slots: int) -> Counters:
        """All zero, for so many workers."""
        return cls(shared(slots * _ROW * _SIZE))

    def add(self, slot: int, name: str, label: str = "", by: int = 1) -> None:
        """Count; `label` is the value of the label."""
        key = (name, f'verdict="{label}"' if label else "")
        with self._adding:
            self._memory[slot * _ROW + _AT[key]] += by

    def end(self, slot: int) -> None:
        """Keep what a worker counted that is gone, and make its slot free."""
        for at in range(len(KEYS)):
            self._ended[at] += self._memory[slot * _ROW + at]
            self._memory[slot * _ROW + at] = 0
        self._memory[slot * _ROW + len(KEYS)] = 0

    def beat(self, slot: int) -> None:
        """The worker in this slot is alive."""
        self._memory[slot * _ROW + len(KEYS)] = time.monotonic_ns()

    def beaten(self, slot: int) -> float:
        """When it last was, by `time.monotonic`; 0 for never."""
        return self._memory[slot * _ROW + len(KEYS)] / 1e9

    def totals(self) -> tuple[int, ...]:
        """Of all workers there are and were, in the order of `KEYS`."""
        return tuple(ended + sum(self._memory[at::_ROW]) for at, ended in enumerate(self._ended))

    def exposition(self, more: Iterable[tuple[str, str, int]] = ()) -> str:
        """In the text format of Prometheus 0.0.4; `more` are gauges: name, help, value."""
        lines: list[str] = []
        totals = self.totals()
        for name, (labels, told) in _NAMES.items():
            lines += (f"# HELP {name} {told}", f"# TYPE {name} counter")
            lines += (f"{name}{{{label}}} {totals[_AT[name, label]]}" if label else f"{name} {totals[_AT[name, label]]}" for label in labels)
        for name, told, value in more:
            lines += (f"# HELP {name} {told}", f"# TYPE {name} gauge", f"{name} {value}")
        return "\n".join(lines) + "\n"


def shared(size: int) -> int:
    """An open file without a name, of so many zeros: in memory, since a folder for such files may be full or read-only."""
    number = _in_memory() if hasattr(os, "memfd_create") else _on_disk()
    os.ftruncate(number, size)
    return number


def _in_memory() -> int:
    return os.memfd_create("commlint-gateway")


def _on_disk() -> int:
    with tempfile.TemporaryFile() as stream:
        return os.dup(stream.fileno())
