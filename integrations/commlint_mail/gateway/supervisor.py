"""Starts workers on one socket, replaces those that die, swaps rules only when the new ones are sound, and ends them gently.

It reads no mail and knows no rule, so that nothing in a mail can bring it down. Workers are processes of their own that inherit the
socket: on SIGHUP new ones start beside the old, with the rules as they are then; once all of them serve the old ones drain. If
one cannot start, the old stay. A message is judged by one worker from its beginning to its end, so none sees a mix.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from attrs import define, field

from commlint_mail.gateway.counters import Counters
from commlint_mail.gateway.logs import Log
from commlint_mail.gateway.settings import Settings
from commlint_mail.gateway.worker import DRAIN

START = 60.0  # seconds that a worker may take to load its rules
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0  # seconds before a worker that died is started again
_LIVED = 10.0  # seconds after which a worker counts as having lived
_KILL = DRAIN + 1.0


@define(eq=False)
class Process:
    """A worker process, the slot it counts in, and whether it serves yet."""

    process: asyncio.subprocess.Process
    slot: int
    ready: asyncio.Future[bool]
    started: float = field(factory=time.monotonic)
    leaving: bool = False


class Supervisor:
    """Keeps `settings.count` workers running."""

    def __init__(self, settings: Settings, listening: socket.socket, log: Log) -> None:
        self._settings = settings
        self._socket = listening
        self._log = log
        self._slots = settings.count * 4
        self._counters = Counters(self._slots)
        self._workers: list[Process] = []  # that serve
        self._known: list[Process] = []  # that there are, those that load or leave among them
        self._watching: set[asyncio.Task[None]] = set()
        self._pause = _FIRST_PAUSE
        self._restarts = self._reloads = self._refused = 0
        self._ending = asyncio.Event()
        self._reloading = asyncio.Lock()

    async def run(self) -> int:
        """Serve until SIGTERM. Returns the exit code: 2 when the first workers cannot start."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._ending.set)
        loop.add_signal_handler(signal.SIGHUP, self._hang_up)
        if not await self._begin():
            return 2
        self._log.event("serving", listen=self._settings.listen, workers=self._settings.count)
        metrics = await self._metrics()
        await self._ending.wait()
        if metrics is not None:
            metrics.close()
        await self._end(self._workers)
        self._log.event("ended")
        return 0

    # workers

    async def _begin(self) -> bool:
        """Start as many workers as there are to be; whether all of them serve."""
        made = [await self._spawn() for _ in range(self._settings.count)]
        serves = await self._all_ready(made)
        self._workers += made
        if not serves:
            await self._end(made)
        return serves

    async def _all_ready(self, made: Sequence[Process]) -> bool:
        done, waiting = await asyncio.wait([each.ready for each in made], timeout=START)
        return not waiting and all(each.result() for each in done)

    async def _spawn(self) -> Process:
        loop = asyncio.get_running_loop()
        slot = next(at for at in range(self._slots) if at not in {each.slot for each in self._known})
        reading, writing = os.pipe()
        told = [sys.executable, "-m", "commlint_mail.gateway", self._settings.to_json(), str(self._socket.fileno()), str(writing), str(self._counters.file), str(slot)]
        process = await asyncio.create_subprocess_exec(*told, pass_fds=(self._socket.fileno(), writing, self._counters.file), stdin=asyncio.subprocess.DEVNULL)
        os.close(writing)
        made = Process(process, slot, loop.create_future())
        loop.add_reader(reading, self._heard, reading, made)
        task = loop.create_task(self._watched(made))
        self._watching.add(task)
        self._known.append(made)
        task.add_done_callback(self._watching.discard)
        return made

    def _heard(self, reading: int, worker: Process) -> None:
        """A worker has said that it serves, or its pipe has ended because it died."""
        said = os.read(reading, 1)
        asyncio.get_running_loop().remove_reader(reading)
        os.close(reading)
        if not worker.ready.done():
            worker.ready.set_result(said == b"R")

    async def _watched(self, worker: Process) -> None:
        """Waits for the end of a worker, and starts another in its place unless it was told to go."""
        code = await worker.process.wait()
        self._counters.end(worker.slot)
        self._known.remove(worker)
        served = worker.ready.done() and worker.ready.result()
        if worker in self._workers and not worker.leaving and served and not self._ending.is_set():
            self._log.event("worker-died", "error", pid=worker.process.pid, code=code)
            self._workers.remove(worker)
            await self._replace(worker)

    async def _replace(self, worker: Process) -> None:
        """Another worker in the place of one that died, after a pause that grows as long as they die young."""
        self._pause = _FIRST_PAUSE if time.monotonic() - worker.started > _LIVED else min(self._pause * 2, _LONGEST_PAUSE)
        while not self._ending.is_set():
            await asyncio.sleep(self._pause)
            self._restarts += 1
            made = await self._spawn()
            if await self._all_ready([made]):
                self._workers.append(made)
                return
            self._pause = min(self._pause * 2, _LONGEST_PAUSE)
            await self._end([made])

    async def _end(self, workers: Sequence[Process]) -> None:
        """Workers finish what is on its way, then go; those that do not are killed."""
        there = [each for each in workers if each.process.returncode is None]
        for each in there:
            each.leaving = True
            _signal(each, signal.SIGTERM)
        _, late = await asyncio.wait([asyncio.ensure_future(each.process.wait()) for each in there], timeout=_KILL) if there else ((), set())
        for each in there if late else ():
            _signal(each, signal.SIGKILL)

    # rules anew

    def _hang_up(self) -> None:
        task = asyncio.get_running_loop().create_task(self._reload())
        self._watching.add(task)
        task.add_done_callback(self._watching.discard)

    async def _reload(self) -> None:
        """New workers beside the old; once all of them serve the old go, and if one cannot the new do."""
        async with self._reloading:
            old = list(self._workers)
            made = [await self._spawn() for _ in range(self._settings.count)]
            if await self._all_ready(made):
                self._reloads += 1
                self._workers = [*(each for each in self._workers if each not in old), *made]
                self._log.event("reloaded", workers=len(made))
                await self._end(old)
            else:
                self._refused += 1
                self._log.event("reload-refused", "error", why="a worker could not start with the new rules; the old ones stay")
                await self._end(made)

    # counters

    async def _metrics(self) -> asyncio.Server | None:
        kind, _, rest = self._settings.metrics.partition(":")
        if not rest:
            return None
        if kind == "unix":
            Path(rest).unlink(missing_ok=True)
            return await asyncio.start_unix_server(self._shown, rest)
        host, _, port = rest.rpartition(":")
        return await asyncio.start_server(self._shown, host or "127.0.0.1", int(port))

    async def _shown(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answers any HTTP request with the counters."""
        try:
            await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
            text = self._counters.exposition((
                ("commlint_gateway_workers", "workers that serve", len(self._workers)),
                ("commlint_gateway_worker_restarts", "workers started in the place of dead ones", self._restarts),
                ("commlint_gateway_reloads", "times that rules were read anew", self._reloads),
                ("commlint_gateway_reloads_refused", "times that new rules were not sound", self._refused),
            )).encode()
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(text), text))
            await writer.drain()
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # whoever asked has gone, or does not speak HTTP
        finally:
            writer.close()


def _signal(worker: Process, number: signal.Signals) -> None:
    try:
        worker.process.send_signal(number)
    except ProcessLookupError:
        return
