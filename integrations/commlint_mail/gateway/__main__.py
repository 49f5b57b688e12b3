"""A generation of workers, as the supervisor starts it: rules are loaded once, then workers are forked off that share them.

It is told ``fork SLOT`` over its control socket (one message a packet), and tells ``ready`` when rules are loaded, ``serves SLOT PID``
when a worker takes connections, ``gone PID CODE`` when one has ended. When the other end of the socket is gone it ends its workers and
itself. It runs no thread and no loop: a fork copies neither.
"""

from __future__ import annotations

import asyncio
import gc
import os
import select
import signal
import socket
import sys
from collections.abc import Sequence

from commlint.errors import CommlintError, RuleError
from commlint_mail.gateway.counters import Counters
from commlint_mail.gateway.judging import Judge
from commlint_mail.gateway.loading import judge_of
from commlint_mail.gateway.logs import Log
from commlint_mail.gateway.putoff import PutOff
from commlint_mail.gateway.settings import Settings
from commlint_mail.gateway.worker import Books, Worker, judging

FAILED = 2


class Generation:
    """What is forked from: a judge at work on the socket at `listening`."""

    def __init__(self, judge: Judge, listening: socket.socket, control: socket.socket, counters: Counters, put_off: PutOff, log: Log) -> None:  # noqa: PLR0917  # what it is given, once
        self._judge = judge
        self._listening = listening
        self._control = control
        self._counters = counters
        self._log = log
        self._put_off = put_off
        self._there: set[int] = set()

    def run(self) -> None:
        """Fork as told, until the supervisor is gone."""
        woken, wakes = os.pipe()
        os.set_blocking(wakes, False)
        signal.set_wakeup_fd(wakes)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all; the supervisor ends us
        gc.freeze()  # what workers share stays shared
        self._tell("ready")
        told = True
        while told or self._there:
            readable, _, _ = select.select([woken, *((self._control,) if told else ())], (), ())
            if woken in readable:
                os.read(woken, 512)
                self._reap()
            if self._control in readable:
                told = self._obey(self._control.recv(100).decode())

    def _obey(self, said: str) -> bool:
        """Fork; whether the supervisor is there."""
        if not said:
            self._end()
            return False
        slot = int(said.removeprefix("fork "))
        pid = os.fork()
        if pid:
            self._there.add(pid)
        else:
            self._work(slot)
        return True

    def _end(self) -> None:
        for pid in self._there:
            try:
                os.kill(pid, signal.SIGTERM)
            except ProcessLookupError:
                continue

    def _reap(self) -> None:
        while self._there:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            self._there.discard(pid)
            self._tell(f"gone {pid} {os.waitstatus_to_exitcode(status)}")

    def _tell(self, said: str) -> None:
        try:
            self._control.send(said.encode())
        except OSError:  # the supervisor is gone, which the next read says
            return

    def _work(self, slot: int) -> None:
        """The life of a worker; does not return."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        code = 1
        try:
            books = Books(self._counters, slot, self._log, self._put_off)
            worker = Worker(self._listening, judging(self._judge, books), books)
            asyncio.run(worker.serve(lambda: self._serves(slot)))
            code = 0
        finally:
            sys.stderr.flush()
            os._exit(code)  # a thread that is stuck would be waited for

    def _serves(self, slot: int) -> None:
        self._tell(f"serves {slot} {os.getpid()}")
        self._control.close()


def main(arguments: Sequence[str]) -> int:
    """Load, then fork as told."""
    told, listening, control, counters, put_off = arguments
    settings = Settings.from_json(told)
    log = Log(addresses=settings.addresses)
    try:
        judge = judge_of(settings)
    except CommlintError as error:
        problems = [f"{each.path}: {each.message}" for each in error.diagnostics] if isinstance(error, RuleError) else []
        log.event("not-started", "error", error=str(error), help=error.help, **({"problems": problems} if problems else {}))
        return FAILED
    Generation(judge, socket.socket(fileno=int(listening)), socket.socket(fileno=int(control)), Counters(int(counters)), PutOff(int(put_off)), log).run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
