"""Checks that can never find anything, or always do."""

from __future__ import annotations

from collections.abc import Iterator

from commlint.lang.certain import certain
from commlint.lang.checks.context import Context, head, said, tell
from commlint.lang.study import Judged, Study
from commlint.model.diagnostic import Diagnostic

_TRUE = ["root", [0, 0]]  # stands for a condition that is not known


def constant(context: Context) -> Iterator[Diagnostic]:
    """never-fires, always-fires, nothing-checked."""
    for rule in context.sound:
        yield from _of_rule(rule)


def _of_rule(rule: Study) -> Iterator[Diagnostic]:
    file = rule.whole.file
    if not rule.judged:
        yield tell(rule, "nothing-checked", head(rule))
        return
    if rule.program and rule.program.kinds == ():
        yield tell(rule, "never-fires", head(rule), reason=said(file, "没有记录能同时是这几种类型", "no record is of all these kinds at once"))
    elif rule.applies and certain(rule.applies, _params(rule)) is False:
        yield tell(rule, "never-fires", head(rule), reason=said(file, "“适用于”永远不成立", "`applies when` never holds"))
    told = [problem for judged in rule.judged if judged.file is file for problem in _of_check(rule, judged)]
    yield from told
    if rule.program and rule.program.literals == () and rule.program.kinds != () and not told and certain(rule.applies or _TRUE, _params(rule)) is None:
        yield tell(rule, "never-fires", head(rule), reason=said(file, "它要找的文字是空的", "there is nothing that it looks for"))


def _of_check(rule: Study, judged: Judged) -> Iterator[Diagnostic]:
    verdict = certain(judged.condition, _params(rule))
    if verdict is None:
        return
    fires = verdict is (judged.check.verb == "forbid")
    reason = said(rule.whole.file, "条件总是" + ("成立" if verdict else "不成立"), f"the condition is always {'true' if verdict else 'false'}")
    yield tell(rule, "always-fires" if fires else "never-fires", judged.check.condition.span, reason=reason)


def _params(rule: Study) -> dict[str, object]:
    return {name: value.plain for name, value in rule.values.items()}
