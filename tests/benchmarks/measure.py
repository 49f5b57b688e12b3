"""Whole processes, measured from outside: the median of some runs, and the most memory one of them took.

Ratios are of processor time (user and system, children included): a machine that does other things besides does not show in it.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).parents[2]

# The system counts the memory of whoever starts a process as the process's own; so something small starts it.
_WATCH = """
import os, sys, time
started = time.perf_counter()
quiet = [(os.POSIX_SPAWN_OPEN, at, os.devnull, os.O_WRONLY, 0) for at in (1, 2)]
_, status, usage = os.wait4(os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet), 0)
print(usage.ru_utime + usage.ru_stime, time.perf_counter() - started, usage.ru_maxrss, status)
"""


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
    done = subprocess.run([sys.executable, "-I", "-S", "-c", _WATCH, *command], cwd=folder, env=environment, capture_output=True, text=True, check=True)
    seconds, wall, memory, status = done.stdout.split()
    unit = 1_000_000 if sys.platform == "darwin" else 1_000  # bytes there, kilobytes elsewhere
    return Sample(float(seconds), float(wall), int(memory) / unit, os.waitstatus_to_exitcode(int(status)))


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns."""
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    print(f"\n## {title}\n")
    for row in (head, ["-" * width for width in widths], *rows):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |", flush=True)


def snapshot(folder: Path) -> Path:
    """A copy of the sources: caches do not outlive an edit, and somebody may be editing."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("commlint", "integrations", "rules", "grammar"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder
