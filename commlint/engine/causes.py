"""Why a condition came out as it did: the stretches that made it so, and the numbers a message can show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import field, frozen

from commlint.engine import operations
from commlint.engine.expressions import Closure, Linker, quantified, reference_of
from commlint.engine.facts import is_place
from commlint.engine.frame import Frame
from commlint.engine.program import Expression
from commlint.engine.requirement import Requirement, lacking_in
from commlint.engine.searching import is_body, occurrences
from commlint.model.values import Interval, Unknown


@frozen
class Cause:
    """`witnesses` are elements and matches, each a finding of its own; `about` is what else the condition speaks of."""

    witnesses: tuple[Any, ...] = ()
    about: Any = None
    details: dict[str, Any] = field(factory=dict)


Because = Callable[[Frame, bool], Cause]  # the cause of the condition being true, or false


def because(linker: Linker, node: Expression) -> Because:
    """The closure that explains `node` once it is decided."""
    return _CAUSES.get(node[0], _value)(linker, node)


def _value(linker: Linker, node: Expression) -> Because:
    """Any other expression: a predicate says what it is about, a requirement what is missing."""
    owner, closure = _owner(linker, node), linker.link(node)

    def explain(frame: Frame, _outcome: bool) -> Cause:
        value = closure(frame)
        if isinstance(value, Requirement):
            return _missing(value.lacking(frame.analysis, None))
        about = owner(frame)
        return Cause((), about, {"value": value if about is None else about})

    return explain


def _missing(lacking: Any, about: Any = None) -> Cause:
    names = () if isinstance(lacking, Unknown) else tuple(lacking)
    return Cause((), about, {"missing": names, "count": len(names)})


def _owner(linker: Linker, node: Expression) -> Closure:
    """The nearest stretch in a chain of attributes: what the value was asked of."""
    links: list[Closure] = []
    while node[0] in ("attr", "filter", "is"):
        if node[0] != "is":
            links.append(linker.link(node))
        node = node[2]
    links.append(linker.link(node) if node[0] in ("var", "it") else lambda _frame: None)

    def owner(frame: Frame) -> Any:
        return next((value for value in (link(frame) for link in links) if is_place(value)), None)

    return owner


def _not(linker: Linker, node: Expression) -> Because:
    inner = because(linker, node[2])
    return lambda frame, outcome: inner(frame, not outcome)


def _junction(linker: Linker, node: Expression) -> Because:
    parts = [(linker.condition(operand), because(linker, operand)) for operand in node[2]]
    together = node[0] == "and"  # all of a true `and`, and all of a false `or`, had to come out so

    def explain(frame: Frame, outcome: bool) -> Cause:
        chosen = [cause(frame, outcome) for condition, cause in parts if condition(frame) is outcome]
        return _merged(chosen, union=outcome and not together)

    return explain


def _merged(causes: list[Cause], *, union: bool) -> Cause:
    """One cause: the witnesses of all, or of the first that has any; details of the first that has each."""
    seen = [cause.witnesses for cause in causes if cause.witnesses]
    witnesses = tuple(dict.fromkeys(w for group in seen for w in group)) if union else seen[0] if seen else ()
    details: dict[str, Any] = {}
    for cause in reversed(causes):
        details |= cause.details
    return Cause(witnesses, next((cause.about for cause in causes if cause.about is not None), None), details)


def _quant(linker: Linker, node: Expression) -> Because:
    elements, quantifier, number = quantified(linker, node), node[2], node[3] or 0
    scope = _owner(linker, node[5]) if node[5] is not None else None

    def explain(frame: Frame, outcome: bool) -> Cause:
        found = tuple(element for element, belongs in elements(frame) if belongs is True and not isinstance(element, Unknown))
        shown = _pointed(quantifier, number, found, outcome=outcome)
        return Cause(tuple(filter(is_place, shown)), scope(frame) if scope else None, {"count": len(found), "found": found, "value": found})

    return explain


def _pointed(quantifier: str, number: int, found: tuple[Any, ...], *, outcome: bool) -> tuple[Any, ...]:
    """The elements at fault: every one where none should be, the first too many where too many are."""
    if (quantifier, outcome) in (("any", True), ("no", False)):
        return found
    if outcome:
        return found[:1]
    return found[number : number + 1] if quantifier == "at_most" else ()


def _occurrence(linker: Linker, node: Expression) -> Because:
    """`in`, `contains`, `matches`: where it occurs; or what it did not occur in."""
    part, whole = (node[3], node[2]) if node[0] in ("contains", "matches") else (node[2], node[3])
    sought, area, owner = linker.link(part), linker.link(whole), _owner(linker, whole)
    asked, own = _owner(linker, part), is_body(whole)

    def explain(frame: Frame, outcome: bool) -> Cause:
        pattern, place, about = sought(frame), area(frame), owner(frame)
        if isinstance(pattern, Requirement):
            return _missing(lacking_in(frame, pattern, place), about)
        if isinstance(place, (tuple, list)):
            return Cause((), asked(frame), {"value": pattern, "found": tuple(place)})
        found = occurrences(frame, pattern, place, own=own) if outcome and place is not None else ()
        return Cause(tuple(filter(is_place, found)), about, {"value": place, "count": len(found), "found": found})

    return explain


def _compare(linker: Linker, node: Expression) -> Because:
    left, right, owner, other = linker.link(node[3]), linker.link(node[4]), _owner(linker, node[3]), _owner(linker, node[4])
    listed = linker.link(node[3][2]) if node[3][0] == "attr" and node[3][3] == "list.count" else None

    def explain(frame: Frame, _outcome: bool) -> Cause:
        value, limit = left(frame), right(frame)
        about = owner(frame)
        about = other(frame) if about is None else about
        details = {"value": value, "due": limit}
        if isinstance(value, Interval) or isinstance(limit, Interval):
            details["elapsed"] = value if isinstance(value, Interval) else limit
        if listed:
            items = listed(frame)
            details |= {"count": value, "found": items if isinstance(items, tuple) else ()}
        return Cause((), about, details)

    return explain


def _within(linker: Linker, node: Expression) -> Because:
    action, length, reference, owner = linker.link(node[2]), linker.link(node[3]), reference_of(linker, node), _owner(linker, node[2])

    def explain(frame: Frame, _outcome: bool) -> Cause:
        act, base, limit = operations.moment(action(frame)), operations.moment(reference(frame)), length(frame)
        details: dict[str, Any] = {"value": act}
        if base is not None and not isinstance(base, Unknown) and not isinstance(limit, Unknown):
            details["due"] = operations.due(frame.environment, base, limit) if node[4] != "before" else base
            end = act if act is not None and not isinstance(act, Unknown) else frame.environment.judged_at
            details["elapsed"] = Interval(base, end) if end else None
        return Cause((), owner(frame), details)

    return explain


def _is(linker: Linker, node: Expression) -> Because:
    owner = _owner(linker, node[2])
    value = linker.link(node[2])

    def explain(frame: Frame, _outcome: bool) -> Cause:
        return Cause((), owner(frame), {"value": value(frame)})

    return explain


_CAUSES: dict[str, Callable[[Linker, Expression], Because]] = {
    "and": _junction,
    "compare": _compare,
    "contains": _occurrence,
    "in": _occurrence,
    "is": _is,
    "matches": _occurrence,
    "not": _not,
    "or": _junction,
    "quant": _quant,
    "within": _within,
}

__all__ = ["Because", "Cause", "because"]
