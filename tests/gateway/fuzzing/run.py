"""A gateway attacked by sessions, many at a time; between two lots of them it must be as it was."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

from attrs import define, field

from tests.gateway.fuzzing.kinds import control, script
from tests.gateway.fuzzing.mails import POLICY
from tests.gateway.fuzzing.watch import Look, at_rest, complaints, look
from tests.gateway.fuzzing.wire import Outcome, play
from tests.gateway.servers import Running

GROWTH = 20_000_000  # bytes that a worker may grow by once it is warm
WARM, WARM_LEAST = 0.1, 1_000  # of the sessions, until caches are full
_CONTROLS = 4


@define
class Campaign:
    """What came of it: outcomes of sessions and controls, the gateway before, once warm, and after, and which laws were broken."""

    outcomes: list[Outcome] = field(factory=list)
    controls: list[Outcome] = field(factory=list)
    before: Look | None = None
    warm: Look | None = None
    after: Look | None = None
    broken: list[str] = field(factory=list)


@contextmanager
def gateway(*, tcp: bool = False, kept: str = "") -> Iterator[Running]:
    """One that runs with all rules and every policy, on two workers; its log is put into the file `kept` in the end."""
    with TemporaryDirectory(prefix="gw", dir="/tmp") as folder:
        running = Running(Path(folder), POLICY, config='[organisation]\ndomains = ["example.com"]\n', workers=2, tcp=tcp, metrics=True)
        running.start()
        try:
            yield running
        finally:
            running.stop()
            if kept:
                copy(running.home / "log", kept)


def run(running: Running, *, sessions: int, seed: int, together: int = 24, lot: int = 1000, told: Callable[[str], object] = sys.stderr.write) -> Campaign:
    """Hold `sessions` sessions, `together` of them at a time, and look at the gateway after each `lot`; stops at a gateway that is gone."""
    campaign = Campaign()
    asyncio.run(_controlled(campaign, running, 0))
    campaign.before = look(running)
    started = time.monotonic()
    for first in range(0, sessions, lot):
        numbers = range(first, min(first + lot, sessions))
        asyncio.run(_lot(campaign, running, numbers, seed, together))
        looked(campaign, running, numbers, sessions)
        done = numbers.stop
        memory = f"{campaign.after.pss >> 20} MB, {campaign.after.files} files" if campaign.after else ""
        told(f"{done:,} of {sessions:,} sessions, {done / (time.monotonic() - started):.0f}/s, {memory}, {len(campaign.broken)} troubles\n")
        if len(campaign.broken) > 50 or not running.runs:
            break
    campaign.broken += grown(campaign)
    return campaign


async def _lot(campaign: Campaign, running: Running, numbers: Sequence[int], seed: int, together: int) -> None:
    waiting = iter(numbers)

    async def some() -> None:
        for number in waiting:
            outcome = await play(script(seed, number), number, running.address)
            campaign.outcomes.append(outcome)
            if outcome.trouble:
                campaign.broken.append(f"session {number} ({outcome.kind}): {outcome.trouble}")

    await asyncio.gather(*(some() for _ in range(together)))
    await _controlled(campaign, running, numbers[-1])


async def _controlled(campaign: Campaign, running: Running, number: int) -> None:
    """Sessions whose answers are known, one after another."""
    for at in range(_CONTROLS):
        outcome = await play(control(number + at), number, running.address)
        campaign.controls.append(outcome)
        if outcome.trouble:
            campaign.broken.append(f"control after session {number}: {outcome.trouble}")


def looked(campaign: Campaign, running: Running, numbers: range, sessions: int) -> None:
    """Whether it is as it was."""
    assert campaign.before is not None
    if not running.runs:
        campaign.broken.append(f"the gateway has ended, by session {numbers.stop - 1}")
        return
    now = campaign.after = at_rest(running, campaign.before.files)
    if now.pids != campaign.before.pids:
        campaign.broken.append(f"sessions {numbers.start} to {numbers.stop - 1}: processes were {campaign.before.pids}, are {now.pids}")
    if now.files > campaign.before.files:
        campaign.broken.append(f"sessions {numbers.start} to {numbers.stop - 1}: {now.files - campaign.before.files} files are left open")
    known = {each.removeprefix("log: ") for each in campaign.broken if each.startswith("log: ")}
    campaign.broken += [f"log: {line}" for line in islice((line for line in complaints(running) if line not in known), 10)]
    if campaign.warm is None and numbers.stop >= min(sessions, max(sessions * WARM, WARM_LEAST)):
        campaign.warm = now


def grown(campaign: Campaign) -> Iterator[str]:
    """Workers that hold more memory than they may."""
    warm, after = campaign.warm, campaign.after
    if warm is not None and after is not None:
        for pid, then, now in zip(warm.workers, warm.rss, after.rss, strict=False):
            if now - then > GROWTH:
                yield f"worker {pid} has grown by {(now - then) / 1e6:.1f} MB"
