"""Measure the gateway on a real Postfix, beside Postfix alone: `python -m tests.benchmarks.gateway [LINE …]`, as root, with Postfix installed.

Lines: throughput latency large pack workers memory restart; all of these when none is named; and storm, of 100,000 messages. One Postfix on loopback has a door for each
gateway and one without, and what is compared takes turns in short runs; one table at the end says which goals are reached. Ratios and
processor times are what to look at: how fast the machine is, and what else it does, shows in the rest. The exit code is 1 when a
message was lost, refused or repeated.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.gateway.figures import Figure, progress, show
from tests.benchmarks.gateway.lines import ASKED, LINES, Amounts
from tests.benchmarks.gateway.site import site
from tests.benchmarks.measure import ROOT, snapshot


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the lines named; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.gateway", description=__doc__)
    parser.add_argument("lines", nargs="*", metavar="LINE", help=", ".join(LINES))
    parser.add_argument("--rounds", type=int, default=5, help="rounds; the median counts (default: %(default)s)")
    parser.add_argument("--messages", type=int, default=1_500, help="messages of a round of throughput; other lines have their share (default: %(default)s)")
    given = parser.parse_args(arguments)
    unknown = set(given.lines) - LINES.keys()
    if unknown:
        parser.error(f"no such line: {', '.join(sorted(unknown))} (there are {', '.join(LINES)})")
    with tempfile.TemporaryDirectory(prefix="commlint-benchmarks") as folder:
        home = snapshot(Path(folder) / "snapshot")  # somebody may be editing
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once
        os.environ["PYTHONPATH"] = os.pathsep.join((str(home), str(home / "integrations"), str(ROOT)))
        return _measured(given.lines or [name for name in LINES if name not in ASKED], _amounts(given.rounds, given.messages))


def _amounts(rounds: int, messages: int) -> Amounts:
    return Amounts(rounds, messages, max(20, messages // 5), max(5, messages // 50), max(20, messages // 4))


def _measured(names: Sequence[str], amounts: Amounts) -> int:
    needed = dict.fromkeys(gateway for name in names for gateway in LINES[name].gateways)
    figures: list[Figure] = []
    broken = ""
    progress(f"starting Postfix and gateways: {', '.join(needed)}")
    with site(needed) as there:
        try:
            for name in names:
                figures += LINES[name].measure(there, amounts)
        except (AssertionError, OSError) as error:  # what is measured by then is told all the same
            broken = f"{type(error).__name__}: {error}"
    show(figures)
    progress(f"broken off: {broken}" if broken else "nothing was lost, refused or repeated")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
