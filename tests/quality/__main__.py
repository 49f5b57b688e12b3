"""Print precision, recall and F1 of every class on the labelled sets: ``python -m tests.quality [NAME…] [--half tune|held|both] [--show]``."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from tests.quality.rows import Row

SETS = Path(__file__).parent / "sets"
NAMES = ("time", "vague", "fields", "minutes", "people", "sensitive", "mails", "chats")
HALVES = {"tune": ("tune",), "held": ("held",), "both": ("tune", "held")}


def scores(name: str, half: str) -> list[Row]:
    """The rows of one set."""
    score: Callable[[Path], list[Row]] = import_module(f"tests.quality.{name}").score
    return score(SETS / f"{name}.{half}.txt")


def table(name: str, half: str, rows: Sequence[Row]) -> str:
    """The rows as text, one class a line."""
    lines = [f"{name} ({half} half)", f"  {'class':28} {'wanted':>6} {'found':>6} {'right':>6} {'prec.':>7} {'recall':>7} {'F1':>7}"]
    lines += [f"  {row.name:28} {row.wanted:6} {row.found:6} {row.right:6} {row.precision:7.3f} {row.recall:7.3f} {row.f1:7.3f}" for row in rows]
    return "\n".join(lines)


def main() -> int:
    """Print the tables; with --show what went wrong, of the half that is tuned on."""
    parser = ArgumentParser(prog="python -m tests.quality", description=__doc__)
    parser.add_argument("names", nargs="*", default=NAMES, help=f"sets, of {', '.join(NAMES)}; all of them when left out")
    parser.add_argument("--half", choices=HALVES, default="held")
    parser.add_argument("--show", action="store_true", help="print every miss and false alarm (tune half only)")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in NAMES]
    if unknown:
        parser.error(f"unknown set {unknown[0]}; there are {', '.join(NAMES)}")
    for name in options.names:
        for half in HALVES[options.half]:
            rows = scores(name, half)
            print(table(name, half, rows))
            if options.show and half == "tune":
                print("".join(f"    {row.name}: {note}\n" for row in rows for note in row.notes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
