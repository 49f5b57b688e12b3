"""Parameters and lets that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator

from commlint.lang.ast import File
from commlint.lang.checks.context import Context, tell
from commlint.lang.study import Study
from commlint.lang.telling import diagnostic
from commlint.model.diagnostic import Diagnostic


def params_and_lets(context: Context) -> Iterator[Diagnostic]:
    """unused-param, unused-let. What a rule inherits is not its own to use."""
    for rule in context.sound:
        for given in rule.given:
            if given.own and not given.used and given.kind in ("param", "let"):
                yield tell(rule, f"unused-{given.kind}", given.span, name=given.name)
    for file, rules in _by_file(context):
        used = frozenset().union(*(rule.used for rule in rules))
        if all(rule.program for rule in rules):
            yield from (diagnostic("unused-let", file, let.name.span, name=let.name.text) for let in file.lets if let.name.span not in used)


def _by_file(context: Context) -> Iterator[tuple[File, list[Study]]]:
    files: dict[str, list[Study]] = {}
    for rule in context.rules:
        files.setdefault(rule.whole.file.path, []).append(rule)
    yield from ((rules[0].whole.file, rules) for rules in files.values())
