"""Milter sessions of every kind with a gateway that runs: `python -m tests.gateway.fuzzing [--sessions N] [--seed N] [--tcp] [--only N]`.

It must live, know the right answers all the while, and hold in the end what it held in the beginning. Exit code 1 when it does not.
"""

from __future__ import annotations

import asyncio
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence

from tests.gateway.fuzzing.kinds import script
from tests.gateway.fuzzing.run import GROWTH, Campaign, gateway, run
from tests.gateway.fuzzing.watch import Look, complaints
from tests.gateway.fuzzing.wire import Outcome, play


def main() -> int:
    """Runs, and prints a table."""
    options = _options()
    if options.only is not None:
        return _only(options)
    started = time.monotonic()
    with gateway(tcp=options.tcp, kept=options.log) as running:
        campaign = run(running, sessions=options.sessions, seed=options.seed, together=options.together)
    print(table(campaign))
    print(f"\nseed {options.seed}, {'TCP' if options.tcp else 'unix socket'}, {time.monotonic() - started:.0f} s")
    for line in campaign.broken:
        print(f"BROKEN {line[:1000]}")
    if campaign.broken:
        print(f"again: python -m tests.gateway.fuzzing --seed {options.seed}{' --tcp' if options.tcp else ''} --only NUMBER")
    return int(bool(campaign.broken))


def _options() -> Namespace:
    parser = ArgumentParser(prog="python -m tests.gateway.fuzzing", description=__doc__)
    parser.add_argument("--sessions", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--together", type=int, default=24, help="how many at a time")
    parser.add_argument("--tcp", action="store_true", help="over loopback, not a unix socket")
    parser.add_argument("--log", default="", metavar="FILE", help="keep the gateway's log")
    parser.add_argument("--only", type=int, metavar="NUMBER", help="hold this one session again and show it")
    return parser.parse_args()


def _only(options: Namespace) -> int:
    """One session, and what was said and heard."""
    played = script(options.seed, options.only)
    with gateway(tcp=options.tcp) as running:
        outcome = asyncio.run(play(played, options.only, running.address))
        broken = [*complaints(running)]
    for step in played.steps:
        print(f"> {step.said[:200]!r}{'…' if len(step.said) > 200 else ''}")
        for heard in step.heard:
            print(f"  < {heard!r} is right")
    print(outcome)
    print(*broken, sep="\n")
    return int(bool(outcome.trouble or broken))


_TITLES = ("kind", "sessions", "messages", "answers", "ended by us", "by it", "cut off", "longest s", "wrong")


def table(campaign: Campaign) -> str:
    """A line a kind of session, then how the gateway was before and after."""
    kinds = dict.fromkeys(sorted(outcome.kind for outcome in campaign.outcomes))
    rows = [_row(kind, [outcome for outcome in campaign.outcomes if outcome.kind == kind]) for kind in kinds]
    cells = [_TITLES, *rows, _row("control", campaign.controls), _row("all", [*campaign.outcomes, *campaign.controls])]
    widths = [max(len(cell) for cell in column) for column in zip(*cells, strict=True)]
    lines = ["  ".join(cell.ljust(width) if not at else cell.rjust(width) for at, (cell, width) in enumerate(zip(line, widths, strict=True))) for line in cells]
    return "\n".join((*lines, "", *_health(campaign)))


def _row(kind: str, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    ended = [outcome.ended for outcome in outcomes]
    numbers = (len(outcomes), sum(outcome.messages for outcome in outcomes), sum(outcome.answers for outcome in outcomes), *map(ended.count, ("us", "it", "cut")))
    longest = max((outcome.seconds for outcome in outcomes), default=0.0)
    return (kind, *(f"{number:,}" for number in numbers), f"{longest:.1f}", str(sum(bool(outcome.trouble) for outcome in outcomes)))


def _health(campaign: Campaign) -> Iterator[str]:
    before, warm, after = campaign.before, campaign.warm, campaign.after
    if before is None or warm is None or after is None:
        yield "the gateway did not live to be looked at"
        return
    yield f"alive: {'yes, the same processes' if before.pids == after.pids else 'processes have died'}"
    yield "              at first     warm    after"
    for name, shown in (("all, PSS MB", _pss), ("workers, RSS", _rss), ("open files", lambda seen: str(seen.files))):
        yield f"{name:<13} {shown(before):>8} {shown(warm):>8} {shown(after):>8}"
    most = max((now - then for then, now in zip(warm.rss, after.rss, strict=False)), default=0)
    yield f"grown since warm: a worker {most / 1e6:+.1f} MB at most ({GROWTH / 1e6:.0f} allowed), all {(after.pss - warm.pss) / 1e6:+.1f} MB"


def _pss(seen: Look) -> str:
    return f"{seen.pss / 1e6:.1f}"


def _rss(seen: Look) -> str:
    return "/".join(f"{each / 1e6:.0f}" for each in seen.rss)


if __name__ == "__main__":
    sys.exit(main())
