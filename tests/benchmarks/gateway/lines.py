"""The lines of the table: what is measured, in neighbouring runs that take turns."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from base64 import encodebytes
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from attrs import frozen

from tests.benchmarks.corpus import business_mails
from tests.benchmarks.gateway.clients import Client, quantile, storm
from tests.benchmarks.gateway.figures import Figure, at_least, at_most, progress, told
from tests.benchmarks.gateway.site import NONE, Site

_MEGABYTE = 1_000_000
_FLIGHT = 8 * _MEGABYTE
_FLYING = 4
_OWN = 2.07  # milliseconds that Postfix itself takes for a message where the goals were set: how fast a machine is shows in what its own is
_SHELL, _PACK = round(0.6 / _OWN, 2), round(5 / _OWN, 2)
_TOGETHER = 4
_STORM = 100_000

_JUDGE = """
import sys, time, statistics
from commlint_mail.gateway.loading import judge_of
from commlint_mail.gateway.session import Message
from commlint_mail.gateway.settings import Settings
from tests.benchmarks.corpus import business_mails
judge = judge_of(Settings(policy=sys.argv[1]))
mails = [Message("zhou@example.com", ("wang@example.cn",), mail, ()) for mail in business_mails(int(sys.argv[2]))]
times = []
for mail in mails:
    started = time.process_time()
    judge(mail)
    times.append(time.process_time() - started)
print(statistics.mean(times[len(times) // 5:]) * 1000)
"""


@frozen
class Amounts:
    """How many rounds, and how many messages a round: in a storm, one by one, of a megabyte, with costly rules."""

    rounds: int
    storm: int
    singles: int
    large: int
    costly: int


@frozen
class Line:
    """Something to measure: the gateways it needs, and what makes figures of them."""

    gateways: tuple[str, ...]
    measure: Callable[[Site, Amounts], list[Figure]]


def _rounds(names: Sequence[str], count: int, what: str) -> Iterator[tuple[int, str]]:
    """All names once a round, each round begun by another."""
    for number in range(count):
        turned = [*names[number % len(names) :], *names[: number % len(names)]]
        for name in turned:
            progress(f"{what}: round {number + 1} of {count}, {name}")
            yield number, name


def _ratios(ours: Sequence[float], others: Sequence[float]) -> list[float]:
    return [one / other for one, other in zip(ours, others, strict=True)]


def _differences(ours: Sequence[float], others: Sequence[float]) -> list[float]:
    return [one - other for one, other in zip(ours, others, strict=True)]


# throughput


def _used(site: Site, name: str) -> float:
    """Seconds of processor time of the gateway; of Postfix itself where there is none."""
    return site.postfix_processor() if name == NONE else site.processor(name)


def _stormed(site: Site, name: str, count: int) -> tuple[float, float]:
    """Messages a second from the first to the last at the sink, and milliseconds of processor time a message."""
    before, started = _used(site, name), time.monotonic()
    storm(site.doors[name], count)
    site.arrived(count)
    seconds = time.monotonic() - started
    return count / seconds, (_used(site, name) - before) / count * 1000


def throughput(site: Site, amounts: Amounts) -> list[Figure]:
    """Without rules, beside no filter."""
    names = (NONE, "no rules", "no rules, 1 worker", "no rules, TCP")
    for name in names:
        _stormed(site, name, 200)  # processes are there, caches warm
    rates: dict[str, list[float]] = {name: [] for name in names}
    costs: dict[str, list[float]] = {name: [] for name in names}
    for _, name in _rounds(names, amounts.rounds, "throughput"):
        rate, cost = _stormed(site, name, amounts.storm)
        rates[name].append(rate)
        costs[name].append(cost)
    none = rates[NONE]
    return [
        told("throughput, no filter", none, "messages/s"),
        told("throughput, no rules", rates["no rules"], "messages/s"),
        at_least("throughput, no rules, unix socket", _ratios(rates["no rules"], none), 0.75, "x no filter"),
        told("throughput, no rules, unix socket, 1 worker", _ratios(rates["no rules, 1 worker"], none), "x no filter"),
        told("throughput, no rules, TCP", _ratios(rates["no rules, TCP"], none), "x no filter"),
        at_most("processor time, no rules", costs["no rules"], 0.6, "ms/message"),
        told("processor time, Postfix itself", costs[NONE], "ms/message"),
        at_most("processor time, no rules, beside Postfix's own", _ratios(costs["no rules"], costs[NONE]), _SHELL, "x Postfix"),
        told("processor time, no rules, 1 worker", costs["no rules, 1 worker"], "ms/message"),
        told("processor time, no rules, TCP", costs["no rules, TCP"], "ms/message"),
    ]


def long_storm(site: Site, amounts: Amounts) -> list[Figure]:
    """A hundred thousand messages in one go; the sink counts them to the last."""
    pieces = 20
    rates = []
    for number in range(pieces):
        progress(f"storm: {number * _STORM // pieces:,} of {_STORM:,} messages")
        rates.append(_stormed(site, "rule pack", _STORM // pieces)[0])
    return [
        told(f"throughput, rule pack, {_STORM:,} messages", rates, "messages/s"),
        at_most(f"lost or repeated of {_STORM:,} messages", [abs(site.sent - site.sink.count)], 0, "messages"),
    ]


# latency


def _times(site: Site, names: Sequence[str], mails: Sequence[bytes]) -> dict[str, list[float]]:
    """Seconds from final dot to reply: every mail through each door in turn, one at a time, each door on one connection."""
    clients = {name: Client.to(site.doors[name]) for name in names}
    times: dict[str, list[float]] = {name: [] for name in names}
    for number, mail in enumerate(mails):
        for name in (*names[number % len(names) :], *names[: number % len(names)]):
            times[name].append(clients[name].send(mail))
    for client in clients.values():
        client.close()
    site.arrived(len(mails) * len(names))
    return times


def latency(site: Site, amounts: Amounts) -> list[Figure]:
    """Mails of 4 KB, without and with the rule pack, beside no filter."""
    names = (NONE, "no rules", "no rules, TCP", "rule pack")
    mails = list(business_mails(amounts.singles))
    _times(site, names, mails[:20])
    halves: dict[str, list[float]] = {name: [] for name in names}
    tails: dict[str, list[float]] = {name: [] for name in names}
    for number in range(amounts.rounds):
        progress(f"latency: round {number + 1} of {amounts.rounds}")
        for name, times in _times(site, names, mails).items():
            halves[name].append(quantile(times, 0.5))
            tails[name].append(quantile(times, 0.99))
    return [
        told("latency p50, no filter", halves[NONE], "ms"),
        at_most("latency p50, no rules", _differences(halves["no rules"], halves[NONE]), 0.5, "ms more"),
        told("latency p50, no rules, TCP", _differences(halves["no rules, TCP"], halves[NONE]), "ms more"),
        at_most("latency p50, rule pack", halves["rule pack"], 10, "ms"),
        told("latency p99, no filter", tails[NONE], "ms"),
        at_most("latency p99, no rules", _differences(tails["no rules"], tails[NONE]), 5, "ms more"),
        told("latency p99, rule pack", tails["rule pack"], "ms"),
    ]


def large(site: Site, amounts: Amounts) -> list[Figure]:
    """A mail of a megabyte, most of it an attached file."""
    names = (NONE, "no rules", "rule pack")
    mails = [_attached(mail, _MEGABYTE) for mail in business_mails(amounts.large)]
    _times(site, names, mails[:2])
    halves: dict[str, list[float]] = {name: [] for name in names}
    for number in range(amounts.rounds):
        progress(f"a megabyte: round {number + 1} of {amounts.rounds}")
        for name, times in _times(site, names, mails).items():
            halves[name].append(quantile(times, 0.5))
    return [
        told("latency p50 of 1 MB, no filter", halves[NONE], "ms"),
        at_most("latency p50 of 1 MB, no rules", _ratios(halves["no rules"], halves[NONE]), 1.5, "x no filter"),
        told("latency p50 of 1 MB, rule pack", _ratios(halves["rule pack"], halves[NONE]), "x no filter"),
    ]


def _attached(mail: bytes, size: int) -> bytes:
    """The mail with a file, so that both have about so many bytes."""
    head, _, body = mail.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    own = [line for line in lines if line.lower().startswith((b"content-", b"mime-"))]
    rest = [line for line in lines if line not in own]
    file = encodebytes(bytes(range(256)) * (size * 3 // 4 // 256)).replace(b"\n", b"\r\n")
    return b"\r\n".join((
        *rest, b"MIME-Version: 1.0", b'Content-Type: multipart/mixed; boundary="=_b"', b"",
        b"--=_b", *(line for line in own if not line.lower().startswith(b"mime-")), b"", body,
        b"--=_b", b'Content-Type: application/octet-stream; name="table.bin"', b"Content-Disposition: attachment", b"Content-Transfer-Encoding: base64", b"",
        file + b"--=_b--", b"",
    ))


# rules


def pack(site: Site, amounts: Amounts) -> list[Figure]:
    """What the shipped rules cost: through the gateway, and in a process that only judges."""
    mails = list(business_mails(amounts.singles))
    costs: dict[str, list[float]] = {NONE: [], "rule pack": [], "process": []}
    policy = str(site.gateways["rule pack"].home / "gateway.toml")
    _sent(site, "rule pack", mails[:40])
    for _, name in _rounds(tuple(costs), amounts.rounds, "rule pack"):
        costs[name].append(_alone(policy, len(mails)) if name == "process" else _sent(site, name, mails))
    return [
        at_most("processor time, rule pack, through the gateway", costs["rule pack"], 5, "ms/message"),
        at_most("processor time, rule pack, through the gateway, beside Postfix's own", _ratios(costs["rule pack"], costs[NONE]), _PACK, "x Postfix"),
        at_most("processor time, rule pack, parsing and rules alone", costs["process"], 5, "ms/message"),
        at_most("processor time, rule pack, parsing and rules alone, beside Postfix's own", _ratios(costs["process"], costs[NONE]), _PACK, "x Postfix"),
    ]


def _alone(policy: str, count: int) -> float:
    """Milliseconds of processor time a message in a process that only judges."""
    return float(subprocess.run([sys.executable, "-c", _JUDGE, policy, str(count)], capture_output=True, text=True, check=True).stdout)


def _sent(site: Site, name: str, mails: Sequence[bytes]) -> float:
    """Milliseconds of processor time a message, some connections at once, each message on one of its own as in a storm."""
    before = _used(site, name)
    with ThreadPoolExecutor(_TOGETHER) as pool:
        list(pool.map(lambda mail: _one(site.doors[name], mail), mails))
    site.arrived(len(mails))
    return (_used(site, name) - before) / len(mails) * 1000


def workers(site: Site, amounts: Amounts) -> list[Figure]:
    """Two workers beside one, with rules that cost twenty milliseconds."""
    names = ("20 ms, 1 worker", "20 ms, 2 workers")
    rates: dict[str, list[float]] = {name: [] for name in names}
    for name in names:
        _stormed(site, name, 20)
    for _, name in _rounds(names, amounts.rounds, "workers"):
        rates[name].append(_stormed(site, name, amounts.costly)[0])
    return [
        told("throughput, rules of 20 ms, 1 worker", rates[names[0]], "messages/s"),
        at_least("throughput, rules of 20 ms, 2 workers", _ratios(rates[names[1]], rates[names[0]]), 1.6, "x 1 worker"),
    ]


# memory


def memory(site: Site, amounts: Amounts) -> list[Figure]:
    """What workers take, with rules, after some mail; and what messages on their way add."""
    _times(site, ("rule pack",), list(business_mails(amounts.singles)))
    there = site.gateways["rule pack"].workers_pids()
    resident = [_memory(pid) for pid in there]
    return [
        at_most("memory of a worker, rule pack, shared pages counted in full", [each["Rss"] for each in resident], 120, "MB"),
        told("memory of a worker, rule pack, its share of shared pages", [each["Pss"] for each in resident], "MB"),
        at_most(f"memory added by {_FLYING} messages of 8 MB at once, no rules", _flights(site, "no rules", amounts), 3, "x their size"),
        at_most(f"memory added by {_FLYING} messages of 8 MB at once, rule pack", _flights(site, "rule pack", amounts), 3, "x their size"),
    ]


def _memory(pid: int) -> Mapping[str, float]:
    """Megabytes by the names that the kernel has for them."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()[1:]
    return {line.partition(":")[0]: int(line.split()[1]) / 1000 for line in lines}


def _flights(site: Site, name: str, amounts: Amounts) -> list[float]:
    return [_flight(site, name, number, amounts.rounds) for number in range(amounts.rounds)]


def _flight(site: Site, name: str, number: int, rounds: int) -> float:
    """How much the most that workers took is above what they had before, in sizes of the messages."""
    progress(f"memory: round {number + 1} of {rounds}, {name}")
    mails = [_attached(mail, _FLIGHT) for mail in business_mails(_FLYING)]
    there = site.gateways[name].workers_pids()
    before = sum(_memory(pid)["Rss"] for pid in there)
    for pid in there:
        Path(f"/proc/{pid}/clear_refs").write_text("5", "ascii")  # the peak is what there is now
    senders = [threading.Thread(target=_one, args=(site.doors[name], mail)) for mail in mails]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    site.arrived(len(mails))
    return (sum(map(_peak, there)) - before) * 1e6 / sum(map(len, mails))


def _one(port: int, mail: bytes) -> None:
    client = Client.to(port)
    client.send(mail)
    client.close()


def _peak(pid: int) -> float:
    (line,) = (line for line in Path(f"/proc/{pid}/status").read_text("utf-8").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1000


# starting


def restart(site: Site, amounts: Amounts) -> list[Figure]:
    """From SIGTERM to the first answer of the next gateway, with the rule pack."""
    gaps = []
    for number in range(amounts.rounds):
        progress(f"restart: round {number + 1} of {amounts.rounds}")
        running = site.gateways["rule pack"]
        started = time.monotonic()
        assert running.stop() == 0, running.log()
        running.start()
        gaps.append(time.monotonic() - started)
    return [at_most("restart, rule pack, until it answers", gaps, 1, "s")]


ASKED = ("storm",)  # runs when it is named: it takes some minutes
LINES: Mapping[str, Line] = {
    "throughput": Line(("no rules", "no rules, 1 worker", "no rules, TCP"), throughput),
    "latency": Line(("no rules", "no rules, TCP", "rule pack"), latency),
    "large": Line(("no rules", "rule pack"), large),
    "pack": Line(("rule pack",), pack),
    "workers": Line(("20 ms, 1 worker", "20 ms, 2 workers"), workers),
    "memory": Line(("no rules", "rule pack"), memory),
    "restart": Line(("rule pack",), restart),
    "storm": Line(("rule pack",), long_storm),
}
