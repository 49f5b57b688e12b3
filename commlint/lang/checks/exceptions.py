"""Exceptions that can never hold where their check would find something."""

from __future__ import annotations

from collections.abc import Iterator

from commlint.lang.certain import certain, contradictory, same
from commlint.lang.checks.context import Context, said, tell
from commlint.lang.study import Judged, Study
from commlint.model.diagnostic import Diagnostic


def unreachable(context: Context) -> Iterator[Diagnostic]:
    """unreachable-exception: an `unless` that is false, or false whenever the check finds something."""
    for rule in context.sound:
        for judged in rule.judged:
            if judged.file is rule.whole.file and judged.exception is not None and (reason := _reason(rule, judged)):
                yield tell(rule, "unreachable-exception", judged.check.exception.span, reason=reason)  # type: ignore[union-attr]  # there is one


def _reason(rule: Study, judged: Judged) -> str:
    """Why the exception cannot hold, empty when it can."""
    file, exception = rule.whole.file, judged.exception or []
    params = {name: value.plain for name, value in rule.values.items()}
    verdict = certain(exception, params)
    if verdict is not None:
        return said(file, "它总是" + ("成立" if verdict else "不成立"), f"it is always {'true' if verdict else 'false'}")
    excluded = same if judged.check.verb == "require" else contradictory
    if any(excluded(part, exception) for part in _parts(judged)):
        return said(file, "有发现时它必然不成立", "whenever something is found, it does not hold")
    return ""


def _parts(judged: Judged) -> list[list[object]]:
    """The condition and, where each of them alone decides, its conjuncts or alternatives."""
    condition = judged.condition
    splits = "or" if judged.check.verb == "require" else "and"
    return [condition, *condition[2]] if condition[0] == splits else [condition]
