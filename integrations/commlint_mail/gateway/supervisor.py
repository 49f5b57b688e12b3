"""Starts workers on one socket, replaces those that die, swaps rules only when the new ones are sound, and ends them gently.

It reads no mail and knows no rule, so that nothing in a mail can bring it down. Rules are loaded by a process of their own, from
which workers are forked (see `commlint_mail.gateway.__main__`): all workers of a generation have the same rules. On SIGHUP the next
generation is started beside this one; once all of its workers serve, those of this one take no more connections and serve those they have. If it cannot start, this one stays. A message
is judged by one worker from its beginning to its end, so none sees a mix.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Coroutine
from typing import Any

from attrs import define, field

from commlint_mail.gateway.counters import Counters
from commlint_mail.gateway.logs import Log
from commlint_mail.gateway.patience import DRAIN, LINGER
from commlint_mail.gateway.putoff import PutOff
from commlint_mail.gateway.settings import Settings, listening
from commlint_mail.gateway.systemd import notify

START = 60.0  # seconds that rules may take to load, and a worker to serve
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 5.0  # seconds before a worker that died is started again
_LIVED = 10.0  # seconds after which a worker counts as having lived
_KILL = DRAIN + 1.0
_STUCK = 10.0  # seconds without a sign of life after which a worker is killed
_LOOK = 1.0  # seconds between two looks at them
_SLOTS = 5  # times the workers: those of two generations, of those that linger, and some that are just ending
_LINGERING = 2  # generations
_ONE_HEAP = {"MALLOC_ARENA_MAX": "1"}  # two threads that take turns need no heap each: with one, 20,000 sessions cost 15 MB less


@define(eq=False)
class Worker:
    """A worker process, the slot it counts in, and when it is gone."""

    pid: int
    slot: int
    gone: asyncio.Event = field(factory=asyncio.Event)
    started: float = field(factory=time.monotonic)
    leaving: bool = False


class Generation:
    """The process that has loaded one set of rules, and the workers forked from it. `died` is told of a worker that ended unasked."""

    def __init__(self, process: asyncio.subprocess.Process, control: socket.socket, died: Callable[[Generation, Worker, int], None]) -> None:
        self.process = process
        self.workers: dict[int, Worker] = {}
        self.ready = asyncio.get_running_loop().create_future()
        self._control = control
        self._died = died
        self._asked: dict[int, asyncio.Future[Worker | None]] = {}
        control.setblocking(False)
        asyncio.get_running_loop().add_reader(control, self._heard)

    async def fork(self, slot: int) -> Worker | None:
        """Another worker, once it serves; None when it does not come to that."""
        asked = self._asked[slot] = asyncio.get_running_loop().create_future()
        try:
            self._control.send(f"fork {slot}".encode())
            return await asyncio.wait_for(asked, START)
        except (OSError, TimeoutError):
            return None
        finally:
            self._asked.pop(slot, None)

    def _heard(self) -> None:
        try:
            said, *told = self._control.recv(200).decode().split()
        except (OSError, ValueError):
            self._silent()
            return
        if said == "ready":
            self._settle(True)
        elif said == "serves":
            slot, pid = map(int, told)
            worker = self.workers[pid] = Worker(pid, slot)
            asked = self._asked.get(slot)
            if asked is not None and not asked.done():
                asked.set_result(worker)
        elif said == "gone":
            self._ended(*map(int, told))

    def _ended(self, pid: int, code: int) -> None:
        worker = self.workers.pop(pid, None)
        if worker is not None:
            worker.gone.set()
            self._died(self, worker, code)

    def _settle(self, sound: bool) -> None:
        if not self.ready.done():
            self.ready.set_result(sound)

    def _silent(self) -> None:
        """It will say no more; whoever waits for it need not."""
        if self._control.fileno() >= 0:
            asyncio.get_running_loop().remove_reader(self._control)
            self._control.close()
        self._settle(False)
        for asked in self._asked.values():
            if not asked.done():
                asked.set_result(None)

    def leave(self, number: signal.Signals) -> tuple[Worker, ...]:
        """Tell its workers to go, by a signal; returns them."""
        there = tuple(self.workers.values())
        for worker in there:
            worker.leaving = True
            _kill(worker.pid, number)
        return there

    def close(self) -> None:
        """Say no more to it: it ends when its workers have."""
        self._silent()
        for worker in tuple(self.workers.values()):  # nobody would tell of their end
            worker.gone.set()
            self._died(self, worker, 0)
        self.workers.clear()


class Supervisor:
    """Keeps `settings.count` workers running."""

    def __init__(self, settings: Settings, listening: socket.socket, log: Log) -> None:
        self._settings = settings
        self._socket = listening
        self._log = log
        self._counters = Counters.new(settings.count * _SLOTS)
        self._put_off = PutOff.new()
        self._free = list(range(settings.count * _SLOTS))
        self._now: Generation | None = None
        self._lingering: list[Generation] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._pause = _FIRST_PAUSE
        self._restarts = self._reloads = self._refused = 0
        self._ending = asyncio.Event()
        self._changing = asyncio.Lock()

    async def run(self) -> int:
        """Serve until SIGTERM. Returns the exit code: 2 when the first workers cannot start."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._ending.set)
        loop.add_signal_handler(signal.SIGHUP, lambda: self._later(self._reload()))
        metrics = await self._metrics()  # who sees the gateway answer can ask it how it is
        self._now = await self._generation()
        if self._now is None:
            return 2
        self._log.event("serving", listen=self._settings.listen, workers=self._settings.count)
        notify("READY=1")
        self._later(self._watch())
        await self._ending.wait()
        notify("STOPPING=1")
        if metrics is not None:
            metrics.close()
        async with self._changing:
            await asyncio.gather(*map(self._end, (self._now, *self._lingering)))
        self._log.event("ended")
        return 0

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # generations

    async def _generation(self) -> Generation | None:
        """The next generation, all of its workers serving; None when that cannot be."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            passed = (self._socket.fileno(), theirs.fileno(), self._counters.file, self._put_off.file)
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "commlint_mail.gateway", self._settings.to_json(), *map(str, passed), pass_fds=passed, stdin=asyncio.subprocess.DEVNULL,
                env=_ONE_HEAP | os.environ,
            )
        made = Generation(process, ours, self._worker_gone)
        self._later(self._leader_gone(made))
        workers = [await self._fork(made) for _ in range(self._settings.count)] if await self._loaded(made) else [None]
        if None in workers:
            await self._end(made)
            return None
        return made

    async def _loaded(self, made: Generation) -> bool:
        try:
            return bool(await asyncio.wait_for(asyncio.shield(made.ready), START))
        except TimeoutError:
            return False

    async def _fork(self, generation: Generation) -> Worker | None:
        slot = self._free.pop(0)
        worker = await generation.fork(slot)
        if worker is None:
            self._free.append(slot)
        return worker

    async def _end(self, generation: Generation) -> None:
        """Its workers finish what is on its way, then go; those that do not are killed."""
        there = generation.leave(signal.SIGTERM)
        if there:
            _, late = await asyncio.wait([asyncio.ensure_future(worker.gone.wait()) for worker in there], timeout=_KILL)
            for worker in there if late else ():
                _kill(worker.pid, signal.SIGKILL)
        generation.close()
        try:
            await asyncio.wait_for(generation.process.wait(), _KILL)
        except TimeoutError:
            generation.process.kill()

    async def _linger(self, generation: Generation) -> None:
        """Its workers take no more connections; they serve those they have, for some time, then go."""
        there = generation.leave(signal.SIGUSR1)
        if there:
            await asyncio.wait([asyncio.ensure_future(worker.gone.wait()) for worker in there], timeout=LINGER + _KILL)
        if generation in self._lingering:
            self._lingering.remove(generation)
            await self._end(generation)

    async def _reload(self) -> None:
        """The next generation beside this one; once it serves this one goes, and if it cannot start this one stays."""
        async with self._changing:
            notify(f"RELOADING=1\nMONOTONIC_USEC={time.monotonic_ns() // 1000}")
            made = await self._generation()
            if made is None:
                self._refused += 1
                self._log.event("reload-refused", "error", why="the new rules are not sound; the old ones stay")
            else:
                self._reloads += 1
                old, self._now = self._now, made
                self._log.event("reloaded", workers=len(made.workers))
                if old is not None:
                    self._lingering.append(old)
                    self._later(self._linger(old))
                if len(self._lingering) > _LINGERING:
                    await self._end(self._lingering.pop(0))
            notify("READY=1")

    # what goes wrong

    def _worker_gone(self, generation: Generation, worker: Worker, code: int) -> None:
        """Keeps what it counted, and starts another in its place unless it was told to go."""
        self._counters.end(worker.slot)
        self._free.append(worker.slot)
        if not worker.leaving and generation is self._now and not self._ending.is_set():
            self._log.event("worker-died", "error", pid=worker.pid, code=code)
            self._later(self._replace(generation, worker, gently=code == 0))

    async def _watch(self) -> None:
        """Kill workers whose loop has stood still: code that keeps the interpreter to itself cannot be cut off from within."""
        looked = awake = time.monotonic()
        while not self._ending.is_set():
            await asyncio.sleep(_LOOK)
            now = time.monotonic()
            if now - looked > 2 * _LOOK:  # all of us were asleep
                awake = now
            looked = now
            for worker in self._now.workers.values() if self._now is not None else ():
                if now - max(self._counters.beaten(worker.slot), worker.started, awake) > _STUCK:
                    self._log.event("worker-stuck", "error", pid=worker.pid)
                    _kill(worker.pid, signal.SIGKILL)

    async def _replace(self, generation: Generation, worker: Worker, *, gently: bool) -> None:
        """Another worker, after a pause that grows as long as they die young; one that has ended itself because of a stuck thread has not."""
        self._pause = _FIRST_PAUSE if gently or time.monotonic() - worker.started > _LIVED else min(self._pause * 2, _LONGEST_PAUSE)
        await asyncio.sleep(self._pause)
        while generation is self._now and not self._ending.is_set():
            self._restarts += 1
            if await self._fork(generation) is not None:
                return
            await asyncio.sleep(_LONGEST_PAUSE)

    async def _leader_gone(self, generation: Generation) -> None:
        """Without the process that workers are forked from there will be no more of them: a new one is started, and they go."""
        await generation.process.wait()
        if generation is not self._now or self._ending.is_set():
            generation.close()
            return
        self._log.event("generation-died", "error", pid=generation.process.pid)
        async with self._changing:
            made = await self._generation()
            while made is None and not self._ending.is_set():
                await asyncio.sleep(_LONGEST_PAUSE)
                made = await self._generation()
            self._now = made
            generation.leave(signal.SIGTERM)
            generation.close()

    # counters

    async def _metrics(self) -> asyncio.Server | None:
        if not self._settings.metrics:
            return None
        open_at = listening(self._settings.metrics)
        if open_at.family == socket.AF_UNIX:
            return await asyncio.start_unix_server(self._shown, sock=open_at)
        return await asyncio.start_server(self._shown, sock=open_at)

    async def _shown(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answers any HTTP request with the counters."""
        try:
            await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
            text = self._counters.exposition(self._gauges()).encode()
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(text), text))
            await writer.drain()
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # whoever asked has gone, or does not speak HTTP
        finally:
            writer.close()

    def _gauges(self) -> tuple[tuple[str, str, int], ...]:
        workers = len(self._now.workers) if self._now is not None else 0
        return (
            ("commlint_gateway_workers", "workers that serve", workers),
            ("commlint_gateway_worker_restarts", "workers started in the place of dead ones", self._restarts),
            ("commlint_gateway_reloads", "times that rules were read anew", self._reloads),
            ("commlint_gateway_reloads_refused", "times that new rules were not sound", self._refused),
        )


def _kill(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
