"""Rules that the scanner cannot leave out, because nothing must stand in a record for them to find something."""

from __future__ import annotations

from collections.abc import Iterator

from commlint.lang.checks.context import Context, head, tell
from commlint.model.diagnostic import Diagnostic


def always_run(context: Context) -> Iterator[Diagnostic]:
    """always-run, for information."""
    for rule in context.sound:
        if rule.program and rule.program.scope == "record" and rule.program.literals is None:
            yield tell(rule, "always-run", head(rule))
