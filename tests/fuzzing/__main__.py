"""Mutate good files and read them: `python -m tests.fuzzing [READER…] [--inputs N] [--seconds S] [--seed N] [--seeds MODULE]`.

Whatever the bytes, there are only records, which are sound, and declared errors; no process dies, none hangs, and the memory that
they take is bounded. Inputs that break this are kept; `--only NUMBER` reads one of them again in this process. Exit code 1 on any.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from tests.fuzzing.child import Tally, made, tried
from tests.fuzzing.run import run
from tests.fuzzing.targets import Target, targets

_SLOW = 10.0  # seconds of processor time for a file of some kilobytes
_MEMORY = 1_500_000_000  # bytes of a process that reads two thousand of them


def main() -> int:
    """Runs, and prints a line a reader."""
    options = _options()
    every = targets(*options.seeds)
    unknown = sorted(set(options.readers) - set(every))
    if unknown:
        print(f"no such reader: {', '.join(unknown)}; there are {', '.join(every)}", file=sys.stderr)
        return 2
    chosen = [every[name] for name in options.readers or every]
    if options.only is not None:
        return _only(chosen[0], options)
    kept = Path(tempfile.mkdtemp(prefix="commlint-fuzzing-"))
    print(f"{'reader':<26} {'inputs':>8} {'/s':>6} {'records':>9} {'silent':>7} {'broken':>6} {'slowest':>8} {'memory':>7}  refused")
    good = [_line(target, options, kept) for target in chosen]
    if not all(good):
        print(f"the inputs that broke something are in {kept}", file=sys.stderr)
        return 1
    kept.rmdir()
    return 0


def _options() -> Namespace:
    parser = ArgumentParser(prog="python -m tests.fuzzing", description=__doc__)
    parser.add_argument("readers", nargs="*", metavar="READER", help="all where none is named")
    parser.add_argument("--seeds", action="append", default=[], metavar="MODULE", help="a module of your own with SEEDS, besides those here")
    parser.add_argument("--inputs", type=int, default=1_000, help="of each reader")
    parser.add_argument("--seconds", type=float, help="at most, for each reader")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", type=int, metavar="NUMBER", help="read this one input of the reader again, here")
    return parser.parse_args()


def _line(target: Target, options: Namespace, kept: Path) -> bool:
    started = time.monotonic()
    until = started + options.seconds if options.seconds else None
    tally = run(target, inputs=options.inputs, seed=options.seed, jobs=options.jobs, until=until, kept=kept)
    seconds, number = tally.slowest
    refused = ", ".join(f"{slug} {count}" for slug, count in tally.refused.most_common())
    print(
        f"{target.name:<26} {tally.inputs:>8} {tally.inputs / (time.monotonic() - started):>6.0f} {tally.records:>9} {tally.silent:>7} {len(tally.broken):>6} {seconds:>7.2f}s {tally.memory >> 20:>4} MB  {refused}",
        flush=True,
    )
    if seconds > _SLOW:
        tally.broken.append((number, f"took {seconds:.1f} s"))
    if tally.memory > _MEMORY:
        tally.broken.append((number, f"took {tally.memory:,} bytes"))
    _told(tally, target, options)
    return not tally.broken


def _told(tally: Tally, target: Target, options: Namespace) -> None:
    seen: dict[str, int] = {}
    for number, what in tally.broken:
        kind = re.sub(r"\d+|'.*", "", what)[:60]  # the same trouble in other places is told once
        if seen.setdefault(kind, number) == number:
            print(f"    {what[:400]}\n    python -m tests.fuzzing {target.name} --seed {options.seed} --only {number}", flush=True)


def _only(target: Target, options: Namespace) -> int:
    """One input, in this process: what breaks shows where it does."""
    name, content = made(target, options.seed, options.only)
    tally = Tally()
    tried(target.source(name, content), tally, options.only, holds=target.holds)
    print(name, len(content), "bytes:", tally)
    return 1 if tally.broken else 0


if __name__ == "__main__":
    sys.exit(main())
