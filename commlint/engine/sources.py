"""Sources to results: in this process, and in others once there is enough to do. Faults are kept apart."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import frozen

from commlint.engine.inspection import Result
from commlint.engine.reading import Supply, supplied
from commlint.model.finding import Failure
from commlint.model.protocols import Reader
from commlint.model.source import Source

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    from commlint.engine.cache import ResultCache
    from commlint.engine.engine import Engine

_ALONE = 0.3  # seconds of work before other processes are worth their start; how it is shared out never shows in a report
_BATCH = 64
_WAITING = 3  # batches for each process that are read ahead


@frozen
class Work:
    """What a process needs to turn supplies into results."""

    engine: Engine
    readers: tuple[Reader, ...]
    cache: ResultCache | None = None
    partial: bool = False

    def do(self, supply: Supply) -> Done:
        """The result on one supply, from the cache where it is unchanged."""
        source = supplied(supply)
        if isinstance(source, Failure):
            return Done(source.uri, Result(failures=(source,)))
        if not isinstance(source, Source):
            return Done(source.uri, self.engine.inspect_opened(source, self.readers, partial=self.partial))
        if self.cache is None or source.large:
            return Done(source.uri, self.engine.inspect_source(source, self.readers, partial=self.partial))
        from commlint.engine.cache import key

        name = key(source)
        kept = self.cache.get(name)
        if kept is not None:
            return Done(source.uri, kept, name, kept=True)
        return Done(source.uri, self.engine.inspect_source(source, self.readers, partial=self.partial), name)


@frozen
class Done:
    """The result on one supply; `key` is where the cache keeps it, `kept` whether it came from there."""

    uri: str
    result: Result
    key: str = ""
    kept: bool = False


def inspected(engine: Engine, supplies: Iterable[Supply], readers: tuple[Reader, ...], *, jobs: int, cache: Path | None, partial: bool = False) -> Iterator[tuple[str, Result]]:
    """The result on each supply, and the name it goes by; in no particular order. What was found is kept also when nobody asks for the rest."""
    kept = _opened(engine, readers, cache)
    work = Work(engine, readers, kept, partial)
    try:
        for done in _shared_out(work, iter(supplies), jobs) if jobs > 1 else map(work.do, supplies):
            if kept is not None and done.key:
                if done.kept:
                    kept.used(done.key)
                else:
                    kept.put(done.key, done.result)
            yield done.uri, done.result
    finally:
        if kept is not None:
            kept.save()


def _opened(engine: Engine, readers: Sequence[Reader], folder: Path | None) -> ResultCache | None:
    if folder is None:
        return None
    from commlint.engine.cache import ResultCache, fingerprint

    return ResultCache(folder, fingerprint(engine, (*readers, *engine.classifiers, *engine.suppressors)))


def _shared_out(work: Work, supplies: Iterator[Supply], jobs: int) -> Iterator[Done]:
    """In this process for a while; then, if something is left, in `jobs` others."""
    started = time.monotonic()
    for supply in supplies:
        yield work.do(supply)
        if time.monotonic() - started > _ALONE:
            break
    ahead = list(islice(supplies, _BATCH))
    rest = chain(ahead, supplies)
    yield from _elsewhere(work, rest, jobs) if len(ahead) == _BATCH and _travels(work) else map(work.do, rest)


def _elsewhere(work: Work, supplies: Iterator[Supply], jobs: int) -> Iterator[Done]:
    """In a pool of processes, a few batches ahead; what a process takes with it when it dies is done here instead."""
    from collections import deque
    from concurrent.futures.process import BrokenProcessPool

    waiting: deque[tuple[list[Supply], Future[list[Done]]]] = deque()
    whole = True
    with _pool(work, jobs) as pool, _dropped(waiting):
        while True:
            while len(waiting) < jobs * _WAITING and (batch := list(islice(supplies, _BATCH))):
                try:
                    waiting.append((batch, pool.submit(_batch, batch)))
                except BrokenProcessPool:
                    yield from map(work.do, batch)
            if not waiting:
                return
            batch, future = waiting.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool:
                if whole:
                    yield _died(batch, work.engine.environment.lang)
                whole = False
                yield from map(work.do, batch)


@contextmanager
def _dropped(waiting: Iterable[tuple[object, Future[Any]]]) -> Iterator[None]:
    """What waits for a process is not begun any more once somebody has stopped the run."""
    try:
        yield
    finally:
        for _, future in waiting:
            future.cancel()


def _pool(work: Work, jobs: int) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(jobs, mp_context=get_context("fork" if _forks() else "spawn"), initializer=_begin, initargs=(work,))


def _forks() -> bool:
    """Whether processes are forked. A fork copies only the thread that forks: what others hold would stay locked for ever."""
    import multiprocessing
    import threading

    return "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1


def _travels(work: Work) -> bool:
    """Whether other processes can be given `work`: a plugin may have put something into it that does not pickle."""
    import pickle

    if _forks():
        return True
    try:
        pickle.dumps(work)
    except Exception:  # whatever a plugin's __reduce__ raises
        return False
    return True


_work: list[Work] = []  # of this worker process, set once when it starts


def _begin(work: Work) -> None:
    signal.signal(signal.SIGINT, _stopped)  # a terminal sends it to all processes of a run
    _work[:] = [work]


_busy: list[bool] = []  # whether this worker process has something to stop


def _stopped(number: int, frame: object) -> None:
    if _busy:
        raise KeyboardInterrupt


def _batch(supplies: list[Supply]) -> list[Done]:
    """The results on a batch, up to where it was stopped."""
    from commlint.engine.assemble import interrupted

    found: list[Done] = []
    _busy.append(True)
    try:
        for supply in supplies:
            found.append(_work[0].do(supply))
            if interrupted(found[-1].result):
                break
    finally:
        _busy.clear()
    return found


def _died(batch: Sequence[Supply], lang: str) -> Done:
    """The report that a process was lost; its sources are checked again."""
    names = [getattr(supply, "uri", "") for supply in batch]
    first = next((name for name in names if name), "")
    message = "一个工作进程意外终止\uff0c其文件已在主进程中重新检查" if lang == "zh" else "a worker process died; its files were checked again in the main process"
    hint = "可能是内存不足\uff1b可用 --jobs 1 减少占用" if lang == "zh" else "memory may have run out; --jobs 1 needs less"
    return Done(first, Result(failures=(Failure(first, "read", "worker-died", message, hint, first),)))
