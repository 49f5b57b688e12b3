"""A run over one reader: inputs shared out to processes, those that die or hang replaced, and what they died of kept."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from attrs import define

from tests.fuzzing.child import Tally, made, work
from tests.fuzzing.quick import QUICKER
from tests.fuzzing.targets import Target, readers

_HANGS = 60.0  # seconds for one input
_BATCH = 2_000  # inputs of a process: what leaks shows, and does not add up
MEMORY = 4 << 30  # bytes that a process may ask for


@define
class _Batch:
    first: int
    last: int
    quick: bool


@define
class _Process:
    process: Any
    connection: Connection
    batch: _Batch
    at: int
    since: float
    told: int  # inputs before this one are in the tally


def run(target: Target, *, inputs: int, seed: int, jobs: int, until: float | None = None, kept: Path | None = None) -> Tally:
    """The tally of `inputs` of a target, or of as many as can be had until `until` (of the monotonic clock)."""
    readers()  # assembled once, before the processes are forked
    total, size = Tally(), max(1, min(_BATCH, -(-inputs // jobs)))
    batches = deque(_Batch(first, min(first + size, inputs), target.name in QUICKER) for first in range(0, inputs, size))
    at_work: list[_Process] = []
    with _ended(at_work):
        while until is None or time.monotonic() < until:
            while len(at_work) < jobs and batches:
                at_work.append(_started(target, seed, batches.popleft()))
            if not at_work:
                break
            for one in list(at_work):
                if not _heard(one, total, batches):
                    at_work.remove(one)
            wait([one.connection for one in at_work], timeout=1)
    if kept is not None:
        _keep(total, target, seed, kept)
    return total


def _started(target: Target, seed: int, batch: _Batch) -> _Process:
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(target, seed, batch.first, batch.last, theirs, MEMORY), kwargs={"quick": batch.quick}, daemon=True)
    process.start()
    theirs.close()
    return _Process(process, ours, batch, batch.first, time.monotonic(), batch.first)


def _heard(one: _Process, total: Tally, batches: deque[_Batch]) -> bool:
    """Whether the process goes on; what it says goes into `total`. Where it died or hangs, what was left of its batch is put back."""
    said = _said(one, total)
    hangs = said and time.monotonic() - one.since > _HANGS
    if said and not hangs:
        return True
    if hangs:
        one.process.kill()
    one.process.join()
    if one.told < one.batch.last:
        total.inputs += one.at - one.told
        if one.at + 1 < one.batch.last:
            batches.appendleft(_Batch(one.at + 1, one.batch.last, one.batch.quick))
        if one.batch.quick:
            batches.appendleft(_Batch(one.at, one.at + 1, quick=False))
        else:
            total.inputs += 1
            total.broken.append((one.at, "hangs" if hangs else f"killed the process (exit code {one.process.exitcode})"))
    return False


def _said(one: _Process, total: Tally) -> bool:
    """Whether it can say more."""
    try:
        while one.connection.poll():
            message = one.connection.recv()
            if isinstance(message, Tally):
                total.add(message)
                one.told += message.inputs
            else:
                one.at, one.since = message, time.monotonic()
    except EOFError:
        return False
    return True


@contextmanager
def _ended(at_work: list[_Process]) -> Iterator[None]:
    try:
        yield
    finally:
        for one in at_work:
            one.process.kill()
            one.process.join()


def _keep(total: Tally, target: Target, seed: int, folder: Path) -> None:
    """The inputs that broke something, as files."""
    for number in dict.fromkeys(number for number, _ in total.broken):
        name, content = made(target, seed, number)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{target.name.replace('/', '-')}-{seed}-{number}{Path(name).suffix}").write_bytes(content)
