"""A mail server with a gateway and a next hop, what happens to mail in it, and what is counted at the end."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from attrs import define, evolve, field, frozen
from commlint_mail.gateway.postfix import snippet

from tests.gateway.faults.mails import GONE, MARKED, UNSURE, VAGUE, Ledger, Load, Mail, mails, numbered, offer
from tests.gateway.servers import Delivered, Postfix, Running, Sink

POLICIES = ("observe", "tag", "enforce", "hold")
ACTIONS: Mapping[str, str] = {name: re.findall(r"default_action=(\w+)", snippet("unix:/x", name))[0] for name in POLICIES}  # what Postfix does without us
QUEUED = "250 2.0.0 Ok: queued"
AWAY = "451 4.7.1 Service unavailable - try again later"
REFUSED = {
    VAGUE: "550 5.7.1 Refused by commlint: VAG001 vague-deadline\n5.7.1 VAG001: \u201c尽快\u201d不是期限\uff0c请写明日期和时间 \u2192 请于3月4日 18:00前提交展会物料清单",
    MARKED: "550 5.7.1 Refused by commlint: FLT002 planted-mark\n5.7.1 FLT002: 植入的标记",
}
_NOWHERE = 10.0  # seconds
_ROOT = Path(__file__).resolve().parents[3]
_CONFIG = 'lang = "zh"\n[plugins]\nload = ["tests.gateway.faults.plugin"]\n'
_ID = re.compile(rb"with E?SMTP\w* id (\w+)")


def until(holds: Callable[[], object], seconds: float = 60.0, what: str = "it does not come to hold") -> None:
    """Wait until something holds. Raises AssertionError when it does not come to that."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(what)
        time.sleep(0.02)


def policy_text(policy: str, *, rules: str = '["VAG001", "FLT002"]', budget: float = 20.0, more: str = "") -> str:
    """A policy file."""
    return f'policy = "{policy}"\nrules = {rules}\nbudget = {budget}\ntempfail-percent = 100\nsubject-tag = "[late]"\n{more}'


@frozen
class Options:
    """How servers are set up; those of one set-up can be used by several scenarios."""

    workers: int = 2
    timeouts: str = "connect_timeout=3s, command_timeout=10s, content_timeout=60s"
    postfix: str = ""  # more of main.cf
    small_queue: bool = False  # Postfix's queue on a file system of a few megabytes
    full_disk: bool = False  # the gateway's cache and temporary files on a full file system, its log on another
    gateway: Callable[[Running], Running] = lambda running: running


@frozen
class Row:
    """What is counted of one scenario under one policy."""

    scenario: str
    policy: str
    sent: int
    accepted: int
    refused: int
    delivered: int
    held: int
    lost: tuple[str, ...]
    duplicated: tuple[str, ...]
    repeated: int
    unfiltered: int
    replies: Counter[str]
    problems: tuple[str, ...] = ()
    note: str = ""

    @property
    def sound(self) -> bool:
        """Whether all is as it should be."""
        return not (self.lost or self.duplicated or self.problems)


@define(eq=False)
class Field:
    """Servers that run, with what has become of mail so far. `allowed` are replies beyond the ordinary, `note` what else is worth telling."""

    policy: str
    home: Path
    sink: Sink
    gateway: Running
    postfix: Postfix
    ledger: Ledger = field(factory=Ledger)
    messages: int = 30
    away: bool = False  # whether the gateway was, for a while
    restless: bool = False  # whether Postfix or the next hop broke off, which may repeat mail
    allowed: set[str] = field(factory=set)
    needed: set[str] = field(factory=set)  # replies without which the fault has not struck
    exempt: set[str] = field(factory=set)  # mails whose fate a scenario looks at itself
    problems: list[str] = field(factory=list)
    later: list[Callable[[], None]] = field(factory=list)  # what to look at when all is delivered
    note: str = ""

    @property
    def action(self) -> str:
        """Postfix's default_action."""
        return ACTIONS[self.policy]

    # what scenarios do

    def load(self, count: int = 0, *, prefix: str = "m", clients: int = 8) -> Load:
        """Clients at work."""
        return Load(self.postfix.port, mails(prefix, count or self.messages), self.ledger, clients=clients)

    def stream(self, prefix: str = "s") -> Load:
        """Clients at work until they are told to join."""
        return Load(self.postfix.port, (), self.ledger, clients=6, endless=partial(numbered, prefix))

    def offer(self, mail: Mail) -> str:
        """One attempt."""
        return offer(self.postfix.port, mail, self.ledger)

    def arm(self, name: str) -> Path:
        """From now on mails that name it make the planted rule misbehave."""
        path = self.home / "faults" / name
        path.touch()
        return path

    def disarm(self) -> None:
        """The planted rule behaves."""
        for path in (self.home / "faults").iterdir():
            path.unlink(missing_ok=True)

    def here(self, name: str) -> None:
        """Until the planted rule waits in a mail that names it."""
        until((self.home / "faults" / f"{name}.here").exists, what=f"no worker has come to {name}: {self.gateway.log()}")

    def kill(self) -> None:
        """SIGKILL to all processes of the gateway."""
        self.away = True
        self.gateway.kill()

    def restart(self) -> None:
        """Start the gateway, as systemd would."""
        self.gateway.start()

    def check(self, holds: object, what: str) -> None:
        """A problem, when something does not hold."""
        if not holds:
            self.problems.append(what)

    # what is counted

    def settle(self) -> None:
        """All is up again, clients have come again, the queue is empty but for what is held."""
        self.disarm()
        if not self.gateway.runs:
            self.restart()
        undone = [mail for key, mail in self.ledger.sent.items() if self.ledger.last(key)[:1] not in "25"]
        if undone:
            Load(self.postfix.port, undone, self.ledger).join()
        self.flush()

    def flush(self, seconds: float = 90.0) -> None:
        """Until nothing is in the queue but what is held, and all else has arrived. What stays, or is nowhere for some seconds, is counted as lost."""
        end = time.monotonic() + seconds
        nowhere_since = 0.0  # a mail on its way from one queue to another is seen in neither
        while time.monotonic() < end:
            waiting, missing = self._waiting(), self._missing()
            if not waiting and not missing:
                return
            nowhere_since = 0.0 if waiting else nowhere_since or time.monotonic()
            if nowhere_since and time.monotonic() - nowhere_since > _NOWHERE:
                return
            self.postfix.flush()
            time.sleep(0.2)

    def _missing(self) -> list[str]:
        """Recipients of what was taken and is neither held nor delivered."""
        arrived, held = self._arrived(), self._held()
        return [to for key in self.ledger.accepted() if key not in held for to in self.ledger.sent[key].recipients if not arrived[to]]

    def _waiting(self) -> list[dict[str, object]]:
        return [row for row in self.postfix.queue() if row["queue_name"] != "hold"]

    def row(self, scenario: str) -> Row:
        """Count; what is held is listed, then released, so that it can be seen to arrive once."""
        self.settle()
        held = self._held()
        queued = {str(row["queue_id"]) for row in self.postfix.queue()}
        filtered_before = self._unfiltered()
        if held:
            self._all_listed(held, queued)
            subprocess.run(["postsuper", "-c", str(self.postfix.config), "-H", "ALL"], capture_output=True, check=True)
            self.flush()
        arrived = self._arrived()
        lost = tuple(f"{key}->{to}" for key in self.ledger.accepted() for to in self.ledger.sent[key].recipients if not arrived[to])
        self.problems += [f"lost: {line}" for each in lost for line in self._traces(each.partition("->")[2])]
        repeated, duplicated = self._repeated(arrived)
        self._judged_rightly(held)
        accepted, refused = self.ledger.accepted(), self.ledger.refused()
        self.check(len(accepted) + len(refused) == len(self.ledger.sent), "mails that are neither taken nor refused in the end")
        return Row(
            scenario, self.policy, len(self.ledger.sent), len(accepted), len(refused), len(accepted) - len(held) - len({each.partition("->")[0] for each in lost}), len(held),
            lost, duplicated, repeated, len(filtered_before), self.ledger.replies(), tuple(self.problems), self.note,
        )

    def _held(self) -> dict[str, str]:
        """Keys of mails that are held, and the ids they have in the queue."""
        rows = [row for row in self.postfix.queue() if row["queue_name"] == "hold"]
        first = {str(row["queue_id"]): {str(each["address"]) for each in row["recipients"]} for row in rows}  # type: ignore[attr-defined]  # JSON
        return {key: queue_id for key, mail in self.ledger.sent.items() for queue_id, there in first.items() if mail.recipients[0] in there}

    def _all_listed(self, held: Mapping[str, str], queued: set[str]) -> None:
        from commlint_mail.gateway import held as holding

        listed = {each.queue_id for each in holding.held(str(self.postfix.config))}
        self.check(listed == set(held.values()) & queued, f"`gateway held` lists {len(listed)} of {len(held)}")

    def _mine(self) -> list[tuple[str, Delivered]]:
        """What of this scenario has arrived, with its key."""
        keys = {address: key for key, mail in self.ledger.sent.items() for address in mail.recipients}
        return [(keys[each.recipients[0]], each) for each in list(self.sink.messages) if each.recipients and each.recipients[0] in keys]

    def _traces(self, recipient: str) -> list[str]:
        """What Postfix has logged of a mail that is lost."""
        lines = (self.postfix.home / "log" / "mail.log").read_text("utf-8", "replace").splitlines()
        ids = {found[1] for line in lines if f"<{recipient.partition('@')[0]}@" in line for found in re.finditer(r": ([0-9A-F]{8,}):", line)}
        there = [f"next hop: {each.sender} {each.recipients} {each.content[:300]!r}" for each in list(self.sink.messages) if f"<{recipient}>".encode() in each.content]
        return [*there, f"{len(self.sink.messages)} at the next hop", *(line for line in lines if any(each in line for each in ids))]

    def contents(self, mails: Iterable[Mail]) -> list[bytes]:
        """What has arrived of these."""
        keys = {mail.key for mail in mails}
        return [each.content for key, each in self._mine() if key in keys]

    def _arrived(self) -> Counter[str]:
        return Counter(address for _, each in self._mine() for address in each.recipients)

    def _repeated(self, arrived: Counter[str]) -> tuple[int, tuple[str, ...]]:
        """How many mails came more than once for a reason that is not ours, and which came so without one."""
        ids: dict[str, set[bytes]] = {}
        for key, each in self._mine():
            ids.setdefault(key, set()).update(_ID.findall(each.content)[:1])
        more = [key for key, mail in self.ledger.sent.items() if any(arrived[to] > 1 for to in mail.recipients)]
        legal = [key for key in more if key in self.ledger.unsure() or (self.restless and len(ids[key]) == 1)]
        refused = [key for key in self.ledger.refused() if key in ids and key not in self.ledger.unsure()]
        self.check(not refused, f"refused and yet delivered: {refused}")
        return len(legal), tuple(key for key in more if key not in legal)

    def _unfiltered(self) -> list[str]:
        return [key for key, each in self._mine() if b"x-commlint-verdict:" not in head(each.content).lower()]

    def _judged_rightly(self, held: Mapping[str, str]) -> None:
        """Replies and verdicts are those of the table of failures, for each mail by what is in it."""
        unfiltered = set(self._unfiltered())
        known = {QUEUED, *self.allowed, *({AWAY} if self.away and self.action == "tempfail" else ())}
        known |= set(REFUSED.values()) if self.policy == "enforce" else set()
        known |= {GONE, UNSURE} if self.restless else set()
        self.problems += [f"reply {reply!r} to {count}" for reply, count in self.ledger.replies().items() if reply not in known]
        self.problems += [f"nobody was told {reply!r}" for reply in self.needed if reply not in self.ledger.replies()]
        self.check(not unfiltered or (self.away and self.action != "tempfail"), f"unfiltered: {sorted(unfiltered)[:3]}")
        for key, mail in self.ledger.sent.items():
            if key not in self.exempt:
                self._fate(key, mail, held=key in held, unfiltered=key in unfiltered)
        for key, each in self._mine():
            if key not in self.exempt and key not in unfiltered:
                self._verdict_of(key, each)
        for check in self.later:
            check()

    def _fate(self, key: str, mail: Mail, *, held: bool, unfiltered: bool) -> None:
        """Refused or held for what is in it, and for nothing else."""
        told = self.ledger.last(key)
        wanted = REFUSED[mail.finds] if mail.finds and self.policy == "enforce" else QUEUED
        self.check(told == wanted, f"{key} ({mail.finds}): {told}")
        self.check(unfiltered or held == bool(mail.finds and self.policy == "hold"), f"{key} ({mail.finds}): held {held}")

    def _verdict_of(self, key: str, each: Delivered) -> None:
        """Marked for what is in it."""
        finds = self.ledger.sent[key].finds
        self.check(verdict(each.content) == f"{'flag' if finds else 'pass'}; policy={self.policy}", f"{key} ({finds}): {verdict(each.content)}")
        self.check(ours(each.content, "findings") == ([finds] if finds else []), f"{key} ({finds}): {ours(each.content, 'findings')}")
        self.check((b"\nsubject: [late] " in head(each.content).lower()) == bool(finds and self.policy == "tag"), f"{key}: tag")

    def again(self, messages: int) -> Field:
        """The same servers, all counted anew."""
        self.sink.refuse = lambda number: None
        self.sink.messages.clear()
        return evolve(self, ledger=Ledger(), messages=messages, away=False, restless=False, allowed=set(), needed=set(), exempt=set(), problems=[], later=[], note="")


def head(content: bytes) -> bytes:
    """The header of a delivered mail."""
    return b"\n" + content.partition(b"\r\n\r\n")[0]


def ours(content: bytes, name: str) -> list[str]:
    """The values of our header fields of that name."""
    return [value.decode() for value in re.findall(rb"\nx-commlint-%s: ([^\r\n]*)" % name.encode(), head(content), re.IGNORECASE)]


def verdict(content: bytes) -> str:
    """What our header field says; there is to be one."""
    found = ours(content, "verdict")
    return found[0] if len(found) == 1 else f"({len(found)} verdicts)"


@contextmanager
def servers(policy: str, options: Options) -> Iterator[Field]:
    """Set up, and stopped at the end. `small_queue` and `full_disk` mount file systems in memory: for root only."""
    with tempfile.TemporaryDirectory(prefix="gwf", dir="/tmp") as folder:
        home = Path(folder)
        home.chmod(0o755)
        (home / "faults").mkdir()
        sink = Sink()
        sink.start()
        environment = {"PYTHONPATH": os.pathsep.join((str(_ROOT), *filter(None, (os.environ.get("PYTHONPATH"),)))), "FAULTS": str(home / "faults")}
        gateway = options.gateway(Running(home / "gateway", policy_text(policy), config=_CONFIG, workers=options.workers, more=environment))
        postfix = None
        mounted = home / "postfix" / "queue"
        full = home / "full"
        try:
            if options.full_disk:
                mount(full, "1m")
                fill(full)
                gateway = evolve(gateway, errors="/dev/full", more={**gateway.more, "TMPDIR": str(full), "XDG_CACHE_HOME": str(full)})
            gateway.start()
            if options.small_queue:
                mount(mounted, "12m")
            postfix = Postfix(home / "postfix", sink.port, f"{{ {gateway.address}, default_action={ACTIONS[policy]}, {options.timeouts} }}", options.postfix)
            postfix.start()
            yield Field(policy, home, sink, gateway, postfix)
        finally:
            if postfix is not None:
                postfix.stop()
            gateway.kill()
            sink.stop()
            for each in (mounted, full, home / "readonly"):
                if each.is_mount():
                    subprocess.run(["umount", "-l", str(each)], check=False)


def mount(folder: Path, size: str, *, more: str = "") -> None:
    """A file system in memory."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}{more}", "none", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """A file that leaves no room."""
    path = folder / "filling"
    try:
        with path.open("wb", buffering=0) as stream:
            while stream.write(bytes(4096)) == 4096:
                pass
    except OSError:
        pass
    return path
