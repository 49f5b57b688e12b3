"""Whole processes, measured from outside: the median of some runs, and the most memory one of them took.

Ratios are of processor time (user and system, children included): a machine that does other things besides does not show in it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from attrs import frozen


@frozen
class Sample:
    """`wall` and processor `seconds` and `megabytes` of a command; `code` is what it exited with."""

    seconds: float
    wall: float
    megabytes: float
    code: int


def run(command: Sequence[str | Path], *, runs: int = 3, before: Callable[[], None] = lambda: None, folder: Path | None = None, more: Mapping[str, str] | None = None) -> Sample:
    """The median of `runs` runs; `before` each of them something may be put back; `more` is added to the environment."""
    samples = []
    for _ in range(runs):
        before()
        samples.append(_once([str(part) for part in command], folder, {**os.environ, **(more or {})}))
    seconds, wall = (statistics.median(getattr(each, name) for each in samples) for name in ("seconds", "wall"))
    return Sample(seconds, wall, max(each.megabytes for each in samples), samples[-1].code)


def _once(command: Sequence[str], folder: Path | None, environment: Mapping[str, str]) -> Sample:
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1_000_000 if sys.platform == "darwin" else 1_000  # bytes there, kilobytes elsewhere
    return Sample(usage.ru_utime + usage.ru_stime, elapsed, usage.ru_maxrss / unit, process.returncode)


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns."""
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    print(f"\n## {title}\n")
    for row in (head, ["-" * width for width in widths], *rows):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |", flush=True)
