"""What `commlint rules check` says of rules that compile: one concern a module, in the order of this list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from commlint.lang.checks import (
    citations,
    codes,
    constant,
    examples,
    exceptions,
    phrases,
    prefilter,
    shadowing,
    unused,
    words,
)
from commlint.lang.checks.context import Context
from commlint.lang.compile import Compiled
from commlint.model.diagnostic import Diagnostic
from commlint.model.finding import Severity

Check = Callable[[Context], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    constant.constant, exceptions.unreachable, phrases.shadowed, shadowing.names, unused.params_and_lets, citations.citations,
    words.messages_and_reasons, examples.examples, codes.codes, prefilter.always_run,
)


def problems(compiled: Compiled, *, norms: Iterable[str] = (), least: Severity = Severity.WARNING) -> tuple[Diagnostic, ...]:
    """All problems of compiled rules, errors of compilation included, that are at least as bad as `least`; by place.

    `norms`: the ids of norms that rules may cite; when empty, only the shape of an id is checked.
    """
    context = Context(compiled.rules, frozenset(norms))
    found = [*compiled.diagnostics, *(told for rule in compiled.rules for told in rule.diagnostics)]
    found += [told for check in CHECKS for told in check(context)]
    kept = {told for told in found if told.severity.at_least(least)}
    return tuple(sorted(kept, key=lambda told: told.order))


__all__ = ["CHECKS", "Check", "Context", "problems"]
