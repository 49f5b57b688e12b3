"""Parameters and lets that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator

from commlint.lang.checks.context import Context, tell
from commlint.model.diagnostic import Diagnostic


def params_and_lets(context: Context) -> Iterator[Diagnostic]:
    """unused-param, unused-let. What a rule inherits is not its own to use."""
    for rule in context.sound:
        for given in rule.given:
            if given.own and not given.used and given.kind in ("param", "let"):
                yield tell(rule, f"unused-{given.kind}", given.span, name=given.name)
