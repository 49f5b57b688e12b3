"""Read every collection of malformed mails that can be had: `python -m tests.malformed [NAME…] [--offline]`.

Exit code 1 when one crashed a reader or was lost: gave neither a record nor a reason.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

from tests.malformed.collections import PACKED, Named, at_hand, fetched
from tests.malformed.reading import outcome


def main() -> int:
    """Prints a line a collection."""
    parser = ArgumentParser(prog="python -m tests.malformed", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="of packages; all where none is named")
    parser.add_argument("--offline", action="store_true", help="only what needs no download")
    options = parser.parse_args()
    print(f"{'collection':<34} {'files':>6} {'records':>8} {'read':>6} {'crashed':>8} {'lost':>5}  failed")
    good = True
    for name, mails in _collections(options.names, offline=options.offline):
        came = outcome(mails)
        failed = ", ".join(f"{slug} {count}" for slug, count in came.failed.most_common())
        print(f"{name:<34} {came.files:>6} {came.records:>8} {came.read:>6} {len(came.crashed):>8} {len(came.lost):>5}  {failed}", flush=True)
        for line in (*came.crashed[:20], *(f"{lost}: lost" for lost in came.lost[:20])):
            print(f"    {line[:300]}")
        good = good and not came.crashed and not came.lost
    return 0 if good else 1


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
