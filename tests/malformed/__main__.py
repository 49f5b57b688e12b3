"""Read every collection of malformed mails that can be had: `python -m tests.malformed [NAME…] [--offline]`.

Each is read as a file, and judged by the gateway under two policies, with all rules and where no rule counts. Exit code 1 when one crashed a reader or a judge,
was lost (gave neither a record nor a reason), passed the gateway although it was not read to its end, or took more than a second of CPU time.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

from tests.malformed.collections import PACKED, Named, at_hand, fetched
from tests.malformed.reading import Outcome, outcome


def main() -> int:
    """Prints a line a collection."""
    parser = ArgumentParser(prog="python -m tests.malformed", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="of packages; all where none is named")
    parser.add_argument("--offline", action="store_true", help="only what needs no download")
    options = parser.parse_args()
    print(f"{'collection':<40} {'files':>6} {'records':>8} {'read':>6} {'crashed':>8} {'lost':>5} {'unscannable':>12} {'passed':>7} {'> 1 s':>6} {'slowest':>8}  failed; verdicts")
    all_of_them = [_line(name, outcome(mails)) for name, mails in _collections(options.names, offline=options.offline)]
    slowest = max((came.slowest for came in all_of_them), default=(0.0, ""))
    print(f"{sum(came.files for came in all_of_them):,} files; the slowest took {slowest[0] * 1000:.0f} ms of CPU time: {slowest[1]}")
    return 0 if all(came.good and not came.long for came in all_of_them) else 1


def _line(name: str, came: Outcome) -> Outcome:
    told = (f"{what} {count}" for counted in (came.failed, came.verdicts) for what, count in counted.most_common())
    print(
        f"{name:<40} {came.files:>6} {came.records:>8} {came.read:>6} {len(came.crashed):>8} {len(came.lost):>5} {came.unscannable:>12} {len(came.passed):>7} {came.long:>6} {came.slowest[0] * 1000:>5.0f} ms  {', '.join(told)}",
        flush=True,
    )
    for line in (*came.crashed[:20], *(f"{lost}: lost" for lost in came.lost[:20]), *(f"{passed}: passed, though not read to its end" for passed in came.passed[:20])):
        print(f"    {line[:300]}")
    return came


def _collections(names: list[str], *, offline: bool) -> Iterator[tuple[str, list[Named]]]:
    if not names:
        yield from at_hand()
    with tempfile.TemporaryDirectory(prefix="commlint-malformed-") as folder:
        for packed in () if offline else PACKED:
            if names and packed.name not in names:
                continue
            try:
                yield f"{packed.name} ({packed.registry})", fetched(packed, Path(folder) / packed.name)
            except (OSError, subprocess.SubprocessError) as error:
                print(f"{packed.name} ({packed.registry}): could not be fetched: {error}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
