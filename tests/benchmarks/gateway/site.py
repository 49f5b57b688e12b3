"""What is measured on: one Postfix with a door (a port) for each gateway and one without any, all there at once, one sink behind it."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from attrs import define, frozen

from tests.gateway.servers import Postfix, Running, free_port

NONE = "no filter"
_PATIENT = "connect_timeout=10s, command_timeout=60s, content_timeout=300s"
_POLICY = 'policy = "tag"\nbudget = 60\n'
_NOTHING = 'select = []\n'
_COSTLY = 'select = ["COS001"]\n[plugins]\nload = ["tests.benchmarks.gateway.plugin"]\n'
_TICK = os.sysconf("SC_CLK_TCK")


@frozen
class Kind:
    """A gateway as it is set up: which rules, how many workers, which socket."""

    config: str = _NOTHING
    workers: int = 0
    tcp: bool = False


KINDS: Mapping[str, Kind] = {
    "no rules": Kind(),
    "no rules, 1 worker": Kind(workers=1),
    "no rules, TCP": Kind(tcp=True),
    "rule pack": Kind(config=""),
    "20 ms, 1 worker": Kind(_COSTLY, workers=1),
    "20 ms, 2 workers": Kind(_COSTLY, workers=2),
}


@define(eq=False)
class Sink:
    """smtp-sink, which throws away what it is given and counts."""

    port: int
    _counts: Path
    _process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Listen."""
        with self._counts.open("wb") as counts:
            self._process = subprocess.Popen(["smtp-sink", "-c", "-u", "postfix", f"127.0.0.1:{self.port}", "512"], stdout=counts)

    @property
    def count(self) -> int:
        """Messages so far."""
        with self._counts.open("rb") as counts:
            counts.seek(max(0, self._counts.stat().st_size - 100))
            last = counts.read().rpartition(b"mesg=")[2].partition(b"\r")
        return int(last[0]) if last[1] else 0

    def wait(self, count: int, seconds: float = 120.0) -> None:
        """Until there are so many. Raises AssertionError when they do not come, or when more do."""
        until = time.monotonic() + seconds
        while self.count < count and time.monotonic() < until:
            time.sleep(0.005)
        assert self.count == count, f"{self.count} messages at the sink instead of {count}"

    def stop(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)


@define(eq=False)
class Site:
    """Servers that run. `doors` are Postfix's ports by the name of what stands behind, `gateways` what runs there."""

    sink: Sink
    postfix: Postfix
    gateways: Mapping[str, Running]
    doors: Mapping[str, int]
    sent: int = 0

    def arrived(self, count: int) -> None:
        """Wait until all that has been sent, and now `count` more, is at the sink."""
        self.sent += count
        self.sink.wait(self.sent)

    def processor(self, name: str) -> float:
        """Seconds of processor time that all processes of a gateway have used."""
        return sum(processor_of(pid) for pid in self.processes(name))

    def postfix_processor(self) -> float:
        """Seconds of processor time that Postfix has used, with processes of it that have ended."""
        master = int((self.postfix.home / "queue" / "pid" / "master.pid").read_text("ascii"))
        return sum(processor_of(pid, ended=True) for pid in (master, *children_of(master)))

    def processes(self, name: str) -> list[int]:
        """Supervisor, what workers are forked from, workers."""
        running = self.gateways[name]
        return [running.pid, *running.leaders(), *running.workers_pids()]


def processor_of(pid: int, *, ended: bool = False) -> float:
    """Seconds of processor time of one process, all threads; with `ended` those of children it has waited for, too. 0 when it is not there."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11 : 15 if ended else 13])) / _TICK


def children_of(pid: int) -> list[int]:
    """The processes that `pid` has started and not waited for."""
    return [int(each) for thread in Path(f"/proc/{pid}/task").iterdir() for each in (thread / "children").read_text("ascii").split()]


@contextmanager
def site(names: Iterable[str]) -> Iterator[Site]:
    """A site with these gateways (of `KINDS`), stopped at the end."""
    with ExitStack() as ending:
        folder = ending.enter_context(tempfile.TemporaryDirectory(prefix="gwb", dir="/tmp"))
        home = Path(folder)
        home.chmod(0o755)
        sink = Sink(free_port(), home / "counts")
        sink.start()
        ending.callback(sink.stop)
        gateways = {name: _running(home / str(number), KINDS[name], ending) for number, name in enumerate(names)}
        postfix = Postfix(home / "postfix", sink.port, more=_milters(gateways))
        ending.callback(postfix.stop)
        postfix.start()
        doors = {NONE: postfix.port, **{name: free_port() for name in gateways}}
        _opened(postfix, {f"milter_{number}": doors[name] for number, name in enumerate(gateways)})
        yield Site(sink, postfix, gateways, doors)


def _running(home: Path, kind: Kind, ending: ExitStack) -> Running:
    made = Running(home, _POLICY, config=f'lang = "zh"\n{kind.config}', workers=kind.workers, tcp=kind.tcp)
    ending.callback(made.stop)
    made.start()
    return made


def _milters(gateways: Mapping[str, Running]) -> str:
    """A parameter of main.cf for each, which a door names."""
    return "".join(f"milter_{number} = {{ {running.address}, default_action=tempfail, {_PATIENT} }}\n" for number, running in enumerate(gateways.values()))


def _opened(postfix: Postfix, doors: Mapping[str, int]) -> None:
    """A listening service for each milter."""
    with (postfix.config / "master.cf").open("a", encoding="utf-8") as master:
        for milter, port in doors.items():
            master.write(f"127.0.0.1:{port} inet n - n - - smtpd -o smtpd_milters=${milter}\n")
    postfix.reload()
    for port in doors.values():
        postfix.until_answers(port)
