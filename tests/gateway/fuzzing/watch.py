"""What can be seen of a gateway from outside: its processes, the memory and files they hold, and its log."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from tests.gateway.servers import Running

_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)
_DIED = ("worker-died", "worker-stuck", "generation-died", "reloaded", "ended", "overdue", "failed", "rules-failed", "loop-error")


@frozen
class Look:
    """At one moment: processes (supervisor, then those it has started), each worker's memory, all of their memory (shared pages counted once), open files."""

    pids: tuple[int, ...]
    workers: tuple[int, ...]
    rss: tuple[int, ...]
    pss: int
    files: int


def look(gateway: Running) -> Look:
    """Now, or a moment later when processes are just ending; raises OSError when they do so all the time."""
    for _ in range(20):
        try:
            return _look(gateway)
        except OSError:
            time.sleep(0.2)
    return _look(gateway)


def _look(gateway: Running) -> Look:
    leaders = gateway.leaders()
    workers = tuple(sorted(gateway.workers_pids()))
    pids = (gateway.pid, *leaders, *workers)
    return Look(pids, workers, tuple(map(_rss, workers)), sum(map(_pss, pids)), sum(map(_files, pids)))


def at_rest(gateway: Running, files: int, seconds: float = 30.0) -> Look:
    """Once no more files are open than that, or after some seconds: connections that have ended are closed a moment later."""
    until = time.monotonic() + seconds
    while (now := look(gateway)).files > files and time.monotonic() < until:
        time.sleep(0.1)
    return now


def _rss(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * 4096


def _pss(pid: int) -> int:
    found = _PSS.search(Path(f"/proc/{pid}/smaps_rollup").read_text("ascii"))
    return int(found[1]) * 1024 if found else 0


def _files(pid: int) -> int:
    return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())


def complaints(gateway: Running) -> Iterator[str]:
    """Lines of its log that are no event, and events of what must not come to pass whatever is said to a gateway."""
    for line in (gateway.home / "log").read_text("utf-8", "replace").splitlines():
        try:
            event = json.loads(line)["event"]
        except (ValueError, KeyError, TypeError):
            yield f"no event: {line}"
        else:
            if event in _DIED:
                yield line
