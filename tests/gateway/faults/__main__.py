"""The matrix of faults: ``python -m tests.gateway.faults [F01 …] [--policies observe tag …] [--messages N]``. Needs Postfix, and root.

Exit code 1 when a mail was lost or came twice, or somebody was told what he should not be.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence

from tests.gateway.faults.field import POLICIES, Field, Row, servers
from tests.gateway.faults.scenarios import SCENARIOS
from tests.gateway.faults.table import table


def run(names: Sequence[str], policies: Sequence[str], messages: int) -> Iterator[Row]:
    """A row for each scenario under each policy; those of one set-up share servers."""
    for policy in policies:
        for options in dict.fromkeys(SCENARIOS[name].options for name in names):
            with servers(policy, options) as field:
                for name in names:
                    if SCENARIOS[name].options == options:
                        yield _row(name, field.again(messages))


def _row(name: str, field: Field) -> Row:
    started = time.monotonic()
    try:
        SCENARIOS[name].does(field)
        row = field.row(name)
    except Exception as error:  # a scenario that breaks off is a row that is not sound; the others are run
        traceback.print_exc()
        row = Row(name, field.policy, len(field.ledger.sent), 0, 0, 0, 0, (), (), 0, 0, Counter(), (f"broke off: {error!r}"[:300],))
    sys.stderr.write(f"{name} {field.policy}: {time.monotonic() - started:.0f} s {'' if row.sound else row}\n")
    return row


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.gateway.faults", description=__doc__)
    parser.add_argument("scenarios", nargs="*", metavar="F01", help=f"of {', '.join(SCENARIOS)} (default: all)")
    parser.add_argument("--policies", nargs="+", default=list(POLICIES), choices=POLICIES, help="default: all")
    parser.add_argument("--messages", type=int, default=40, help="about how many a scenario (default: %(default)s)")
    told = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))  # servers are stopped
    signal.signal(signal.SIGINT, signal.default_int_handler)
    unknown = [name for name in told.scenarios if name not in SCENARIOS]
    if unknown:
        parser.error(f"no such scenario: {', '.join(unknown)}")
    rows = list(run(told.scenarios or list(SCENARIOS), told.policies, told.messages))
    print(table(rows))
    return 0 if all(row.sound for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
