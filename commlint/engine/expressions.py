"""Expressions of a program as Python closures, built once and called with a frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from commlint.engine import operations
from commlint.engine.attributes import Getters, attribute, cell, present
from commlint.engine.facts import Fact
from commlint.engine.frame import Frame
from commlint.engine.patterns import Expression as Regular
from commlint.engine.patterns import Phrases, expression, phrases
from commlint.engine.program import Expression
from commlint.engine.requirement import Requirement, holds, lacking_in
from commlint.engine.searching import Gate, inside, is_body, occurrences
from commlint.engine.truth import Truth, conjunction, counted, disjunction, negation
from commlint.model.values import Duration, Located, Unknown

Closure = Callable[[Frame], Any]
Candidate = tuple[Any, Truth]

_COUNTS: dict[str, Callable[[int, int], bool]] = {
    "any": lambda number, _: number > 0,
    "no": lambda number, _: number == 0,
    "exactly": lambda number, n: number == n,
    "at_least": lambda number, n: number >= n,
    "at_most": lambda number, n: number <= n,
}


class Linker:
    """Turns expressions into closures; `getters` compute attributes and functions, `params` are the rule's.

    With `observe` every closure leaves (span, op, value) in the frame, for a trace.
    """

    def __init__(self, getters: Getters, params: Mapping[str, Any], *, observe: bool = False) -> None:
        self.getters = getters
        self.params = params
        self.observe = observe

    def link(self, node: Expression) -> Closure:
        """The closure of one expression. Raises KeyError on an operation, parameter or word that is not there."""
        closure: Closure = _LINKS[node[0]](self, node)
        return _observed(node, closure) if self.observe else closure

    def optional(self, node: Expression | None) -> Closure | None:
        """The closure of an expression that may be left out."""
        return None if node is None else self.link(node)

    def condition(self, node: Expression) -> Callable[[Frame], Truth]:
        """The closure of an expression as a truth; a requirement holds in the whole record."""
        closure = self.link(node)
        return closure if node[0] in _TRUTHS else lambda frame: holds(frame, closure(frame))

    def candidates(self, node: Expression) -> Callable[[Frame, Any], Iterator[Candidate]]:
        """The elements of a collection, filters peeled off: each with whether it belongs.

        Called with the frame and a list that stands in for the collection itself, or None. An unknown collection
        gives its Unknown as the one element.
        """
        if node[0] == "holding":
            return self.candidates(node[2]) if self.observe else _gated(self.candidates(node[2]), Gate(node[3]))
        if node[0] != "filter":
            closure = self.link(node)
            return lambda frame, given: _listed(closure(frame) if given is None else given)
        early, late = _parted(node[3]) if not self.observe and is_standing(node[2]) else ((), (node[3],))
        inner = self.candidates(node[2])
        if early:
            inner = _kept(inner, self.condition(_all(node, early)))
        if not late:
            return inner
        condition = self.condition(_all(node, late))
        return lambda frame, given: _tested(frame, inner(frame, given), condition)


def _observed(node: Expression, closure: Closure) -> Closure:
    def observed(frame: Frame) -> Any:
        value = closure(frame)
        if frame is not None and frame.seen is not None:  # fixed expressions have no frame
            frame.seen.append((tuple(node[1]), node[0], value))
        return value

    return observed


# --- what is worked out once in an evaluation, however often it stands in a loop ------------------------------------------------


def is_standing(node: Any, depth: int = 0) -> bool:
    """Whether an expression gives the same all through an evaluation: it names no loop variable and no element tested around it."""
    if not isinstance(node, (list, tuple)) or not node:
        return True
    operation = node[0]
    if operation in ("const", "param", "regex", "duration", "moment", "clock"):
        return True
    if operation in ("var", "detail"):
        return False
    if operation == "it":
        return bool(node[2] < depth)
    if operation == "filter":
        return is_standing(node[2], depth) and is_standing(node[3], depth + 1)
    return all(is_standing(each, depth) for each in (node[2:] if isinstance(operation, str) and operation in _LINKS else node))


def _parted(condition: Expression) -> tuple[tuple[Expression, ...], tuple[Expression, ...]]:
    """What of a filter's condition stands, and what does not."""
    parts = condition[2] if condition[0] == "and" else [condition]
    standing = tuple(part for part in parts if is_standing(part, 1))
    return standing, tuple(part for part in parts if part not in standing)


def _all(node: Expression, parts: tuple[Expression, ...]) -> Expression:
    return parts[0] if len(parts) == 1 else ["and", node[1], list(parts)]


def _kept(inner: Callable[[Frame, Any], Iterator[Candidate]], condition: Callable[[Frame], Truth]) -> Callable[[Frame, Any], Iterator[Candidate]]:
    """The elements that pass, tested once in an evaluation where they are those of the whole collection."""
    key = object()

    def tested(frame: Frame, given: Any) -> Iterator[Candidate]:
        if given is not None:
            return _tested(frame, inner(frame, given), condition)
        return iter(frame.once(key, lambda: tuple(_tested(frame, inner(frame, None), condition))))

    return tested


# --- collections ----------------------------------------------------------------------------------


def _listed(value: Any) -> Iterator[Candidate]:
    if isinstance(value, Unknown):
        yield value, value
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield item, True
    elif value is not None:
        yield value, True


def _tested(frame: Frame, candidates: Iterator[Candidate], condition: Callable[[Frame], Truth]) -> Iterator[Candidate]:
    for element, belongs in candidates:
        if element is belongs:  # the Unknown of an unknown collection
            yield element, belongs
            continue
        frame.spend()
        frame.its.append(element)
        try:
            passed = conjunction((belongs, condition(frame)))
        finally:
            frame.its.pop()
        if passed is not False:
            yield element, passed


def _gated(candidates: Callable[[Frame, Any], Iterator[Candidate]], gate: Gate) -> Callable[[Frame, Any], Iterator[Candidate]]:
    return lambda frame, given: gate.passed(frame, candidates(frame, given))


def _filter(linker: Linker, node: Expression) -> Closure:
    candidates = linker.candidates(node)

    def filtered(frame: Frame) -> Any:
        kept = []
        for element, belongs in candidates(frame, None):
            if isinstance(belongs, Unknown):
                return belongs
            kept.append(element)
        return tuple(kept)

    return filtered


def _is_pattern(value: Any) -> bool:
    return isinstance(value, (Phrases, Regular, str))


def quantified(linker: Linker, node: Expression) -> Callable[[Frame], Iterator[Candidate]]:
    """The elements that a quantifier counts, each with whether it belongs."""
    _, _, _, _, source, scope_node = node
    base = source
    while base[0] == "filter":
        base = base[2]
    value, scope, candidates = linker.link(base), linker.optional(scope_node), linker.candidates(source)
    own = is_body(scope_node)
    replaced = base[0] in ("attr", "list")  # names an element type when the scope is a list
    whole = scope_node is None and base[0] == "attr" and is_standing(base)

    def elements(frame: Frame) -> Iterator[Candidate]:
        area = scope(frame) if scope else None
        if isinstance(area, Unknown):
            return _listed(area)
        if scope and area is None:
            return iter(())
        if isinstance(area, (tuple, list)) and replaced:
            return candidates(frame, tuple(area))
        if whole and isinstance(value(frame), (tuple, list)):
            return candidates(frame, None)
        return candidates(frame, _drawn(frame, value(frame), area, scoped=scope is not None, own=own))

    return elements


def _drawn(frame: Frame, value: Any, area: Any, *, scoped: bool, own: bool) -> tuple[Any, ...]:
    """The elements of `value` (a list or pattern) in `area`."""
    if isinstance(value, Unknown):
        return (value,)
    if _is_pattern(value):
        areas = area if isinstance(area, (tuple, list)) else (area if scoped else frame.analysis.value("record.body"),)
        return tuple(found for one in areas for found in occurrences(frame, value, one, own=own))
    if not isinstance(value, (tuple, list)):
        return () if value is None else (value,)
    if isinstance(area, Located):
        return inside(frame, value, area)
    return tuple(value)


def _quant(linker: Linker, node: Expression) -> Closure:
    quantifier, number = node[2], node[3] or 0
    elements, holds_for = quantified(linker, node), _COUNTS[quantifier]
    if quantifier == "any":
        return lambda frame: disjunction(_truths(elements(frame)))
    if quantifier == "no":
        return lambda frame: negation(disjunction(_truths(elements(frame))))
    return lambda frame: counted(_truths(elements(frame)), lambda count: holds_for(count, number))


def _truths(candidates: Iterator[Candidate]) -> Iterator[Truth]:
    for element, belongs in candidates:
        yield element if isinstance(element, Unknown) else belongs


# --- values ---------------------------------------------------------------------------------------


def constant(value: Any) -> Closure:
    """A closure that always gives `value`."""
    return lambda _frame: value


def _const(_: Linker, node: Expression) -> Closure:
    return constant(node[2])


def plain_value(value: Any) -> Any:
    """A parameter's plain data as a value: {"duration": [3, "workdays"]} or ["duration", 3, "workdays"], lists as tuples."""
    if isinstance(value, Mapping) and "duration" in value:
        return Duration(*value["duration"])
    if isinstance(value, (list, tuple)):
        if len(value) == 3 and value[0] == "duration" and isinstance(value[1], int):
            return Duration(value[1], value[2])
        return tuple(plain_value(item) for item in value)
    return value


def _param(linker: Linker, node: Expression) -> Closure:
    return constant(plain_value(linker.params[node[2]]))


def _list(linker: Linker, node: Expression) -> Closure:
    items = [linker.link(item) for item in node[2]]
    return lambda frame: tuple(item(frame) for item in items)


def _moment(_: Linker, node: Expression) -> Closure:
    return lambda frame: operations.midnight(node[2], frame.environment)


def _var(_: Linker, node: Expression) -> Closure:
    name = node[2]
    return lambda frame: frame.vars[name]


def _it(_: Linker, node: Expression) -> Closure:
    place = -1 - node[2]
    return lambda frame: frame.its[place]


def _attr(linker: Linker, node: Expression) -> Closure:
    _, _, object_node, key, *more = node
    if object_node[0] == "root":
        return lambda frame: frame.analysis.value(key)
    value = linker.link(object_node)
    if key == "row.cell":
        label = linker.link(more[0])
        return lambda frame: cell(frame, value(frame), label(frame))
    if key in _LISTS:
        own = _LISTS[key]
        return lambda frame: _own(own, value(frame))
    return lambda frame: attribute(linker.getters, frame, value(frame), key)


def _own(own: Callable[[tuple[Any, ...]], Any], value: Any) -> Any:
    if value is None or isinstance(value, Unknown):
        return value
    return own(value if isinstance(value, tuple) else tuple(value))


_LISTS: dict[str, Callable[[tuple[Any, ...]], Any]] = {
    "list.count": len,
    "list.first": lambda items: items[0] if items else None,
    "list.last": lambda items: items[-1] if items else None,
}


_FOLDED_EARLY: dict[str, Callable[..., Any]] = {
    "phrase": lambda words, exceptions=None: phrases(tuple(words), tuple(exceptions or ())),
    "fields": lambda labels: Requirement(tuple(labels)),
}


def _call(linker: Linker, node: Expression) -> Closure:
    _, _, key, arguments = node
    given = [linker.link(["const", node[1], None] if argument is None else argument) for argument in arguments]
    if key in _FOLDED_EARLY and all(_fixed(argument) for argument in arguments):
        return constant(_FOLDED_EARLY[key](*(closure(_NOWHERE) for closure in given)))
    function = linker.getters[key]
    return lambda frame: _called(function, frame, [closure(frame) for closure in given])


def _called(function: Callable[..., Any], frame: Frame, arguments: list[Any]) -> Any:
    frame.spend()
    for argument in arguments:
        if isinstance(argument, Unknown):
            return argument
    return function(frame.analysis, *arguments)


_NOWHERE: Any = None  # fixed expressions never look at their frame


def _fixed(node: Expression | None) -> bool:
    """Whether an expression is the same for every record."""
    if node is None or node[0] in ("const", "param"):
        return True
    if node[0] == "arith":
        return _fixed(node[3]) and _fixed(node[4])
    return node[0] == "list" and all(_fixed(item) for item in node[2])


# --- truths ---------------------------------------------------------------------------------------

_TRUTHS = frozenset(("and", "or", "not", "compare", "in", "contains", "matches", "within", "quant", "is"))  # what gives a truth, and nothing else


def _and(linker: Linker, node: Expression) -> Closure:
    operands = [linker.condition(operand) for operand in node[2]]
    return lambda frame: conjunction(operand(frame) for operand in operands)


def _or(linker: Linker, node: Expression) -> Closure:
    operands = [linker.condition(operand) for operand in node[2]]
    return lambda frame: disjunction(operand(frame) for operand in operands)


def _not(linker: Linker, node: Expression) -> Closure:
    operand = linker.condition(node[2])
    return lambda frame: negation(operand(frame))


def _compare(linker: Linker, node: Expression) -> Closure:
    sign, left, right = node[2], linker.link(node[3]), linker.link(node[4])
    return lambda frame: operations.compare(frame.environment, sign, left(frame), right(frame))


def _in(linker: Linker, node: Expression) -> Closure:
    sought, whole, own = linker.link(node[2]), linker.link(node[3]), is_body(node[3])
    words = None if linker.observe else _words(node[3], whole)
    if words is not None:
        return lambda frame: _is_word(frame, sought(frame), words, whole)
    return lambda frame: is_in(frame, sought(frame), whole(frame), own=own)


def _words(node: Expression, whole: Closure) -> frozenset[str] | None:
    """The words of a list that is the same for every record, as they are compared; None for any other."""
    listed = whole(_NOWHERE) if node[0] in ("list", "param") and _fixed(node) else None
    if not isinstance(listed, tuple) or not all(isinstance(word, str) for word in listed):
        return None
    return frozenset(operations.folded(word).strip() for word in listed)


def _is_word(frame: Frame, sought: Any, words: frozenset[str], whole: Closure) -> Truth:
    if isinstance(sought, str):
        return operations.folded(sought).strip() in words
    return is_in(frame, sought, whole(frame))


def _contains(linker: Linker, node: Expression) -> Closure:
    whole, sought, own = linker.link(node[2]), linker.link(node[3]), is_body(node[2])
    return lambda frame: is_in(frame, sought(frame), whole(frame), own=own)


def is_in(frame: Frame, sought: Any, whole: Any, *, own: bool = False) -> Truth:
    """Membership, occurrence, or labels inside a stretch."""
    if isinstance(whole, Fact):
        whole = whole.ask("body")
    if own and isinstance(whole, Located) and not isinstance(sought, (Requirement, Unknown)):
        return sought is not None and bool(occurrences(frame, sought, whole, own=True))
    text = operations.stretch(whole)
    frame.spend(len(text) if text else 0)
    if not isinstance(sought, Requirement):
        return operations.contained(sought, whole)
    lacking = lacking_in(frame, sought, whole)
    return lacking if isinstance(lacking, Unknown) else not lacking


def _regex(_: Linker, node: Expression) -> Closure:
    pattern, flags = node[2], node[3]
    return lambda _frame: expression(pattern, flags)


def _matches(linker: Linker, node: Expression) -> Closure:
    left, right = linker.link(node[2]), linker.link(node[3])
    return lambda frame: _matched(frame, left(frame), right(frame))


def _matched(frame: Frame, value: Any, pattern: Any) -> Truth:
    if value is None or isinstance(value, Unknown):
        return False if value is None else value
    if isinstance(value, (tuple, list)):
        return disjunction(_matched(frame, item, pattern) for item in value)
    text = operations.stretch(value)
    if text is None:
        return Unknown("not-comparable")
    frame.spend(len(text))
    return (pattern.search(text) is not None) if isinstance(pattern, Regular) else bool(operations.spans_in(pattern, text))


def _within(linker: Linker, node: Expression) -> Closure:
    action, length = linker.link(node[2]), linker.link(node[3])
    where, reference = node[4] or "after", reference_of(linker, node)
    return lambda frame: _limit(frame, action(frame), length(frame), where, reference(frame))


def reference_of(linker: Linker, node: Expression) -> Closure:
    """What a `within` counts from: as given, else the sending of the record."""
    return linker.link(node[5]) if node[5] is not None else lambda frame: frame.analysis.value("record.sent")


def _limit(frame: Frame, action: Any, length: Any, where: str, reference: Any) -> Truth:
    if isinstance(length, Unknown):
        return length
    return operations.within(frame.environment, action, length, where, reference) if length is not None else Unknown("no-duration")


def _is(linker: Linker, node: Expression) -> Closure:
    value, predicate = linker.link(node[2]), node[3]
    if predicate in ("present", "absent"):
        wanted = predicate == "present"
        return lambda frame: _presence(frame, linker.getters, value(frame), wanted=wanted)
    return lambda frame: holds(frame, attribute(linker.getters, frame, value(frame), predicate))


def _presence(frame: Frame, getters: Getters, value: Any, *, wanted: bool) -> Truth:
    there = present(frame, getters, value)
    return there if wanted else negation(there)


def _arith(linker: Linker, node: Expression) -> Closure:
    sign, left, right = node[2], linker.link(node[3]), linker.link(node[4])
    if _fixed(node):
        return constant(operations.total(sign, left(_NOWHERE), right(_NOWHERE), _NOWHERE))
    return lambda frame: operations.total(sign, left(frame), right(frame), frame.environment)


def _text(linker: Linker, node: Expression) -> Closure:
    from commlint.engine.messages import text

    return text(linker, node)


def _detail(_: Linker, node: Expression) -> Closure:
    name = node[2]
    return lambda frame: frame.details.get(name)


_LINKS: dict[str, Callable[[Linker, Expression], Closure]] = {
    "const": _const,
    "duration": lambda _, node: constant(Duration(node[2], node[3])),
    "moment": _moment,
    "clock": lambda _, node: constant(operations.clock(node[2])),
    "regex": _regex,
    "list": _list,
    "param": _param,
    "var": _var,
    "it": _it,
    "root": lambda *_: lambda frame: frame.root,
    "attr": _attr,
    "filter": _filter,
    "holding": lambda linker, node: linker.link(node[2]),
    "call": _call,
    "and": _and,
    "or": _or,
    "not": _not,
    "compare": _compare,
    "in": _in,
    "contains": _contains,
    "matches": _matches,
    "within": _within,
    "quant": _quant,
    "is": _is,
    "arith": _arith,
    "text": _text,
    "detail": _detail,
}
