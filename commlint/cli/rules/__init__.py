"""``commlint rules``: what can be done with rules besides running them, one module an action."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from commlint.cli.config import action_of

ACTIONS = {
    "list": "commlint.cli.rules.listing",
    "new": "commlint.cli.rules.new",
    "test": "commlint.cli.rules.test",
    "check": "commlint.cli.rules.check",
    "fmt": "commlint.cli.rules.fmt",
    "docs": "commlint.cli.rules.docs",
}


def run(arguments: Sequence[str], lang: str) -> int:
    """Carry out one of the actions."""
    action = action_of("rules", arguments, tuple(ACTIONS))
    code: int = import_module(ACTIONS[action]).run(arguments[1:], lang)
    return code
