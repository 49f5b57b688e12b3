"""Conditions: comparisons, membership, limits, predicates and what joins them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from attrs import evolve

from commlint.engine.program import Expression
from commlint.lang import types as t
from commlint.lang.ast import Compare, Is, Logic, Not, Quant, Within
from commlint.lang.names import choice
from commlint.lang.parts import no_attribute
from commlint.lang.scope import Scope, Term, at
from commlint.lang.words import STATES
from commlint.model.symbols import Type

if TYPE_CHECKING:
    from commlint.lang.resolver import Meaning, Resolver


def _not(r: Resolver, node: Not, scope: Scope, want: Type | None) -> Term:
    return Term(t.BOOL, ["not", at(node.span), r.truth(node.operand, scope)])


def _logic(r: Resolver, node: Logic, scope: Scope, want: Type | None) -> Term:
    return Term(t.BOOL, [node.operator, at(node.span), [r.truth(operand, scope) for operand in node.operands]])


def _compare(r: Resolver, node: Compare, scope: Scope, want: Type | None) -> Term:
    if node.operator.startswith("not_"):
        positive = evolve(node, operator=node.operator.removeprefix("not_"))
        return Term(t.BOOL, ["not", at(node.span), _compare(r, positive, scope, None).code])
    code = _COMPARISONS.get(node.operator, _ordered)(r, node, scope)
    return Term(t.BOOL, code)


def _pair(r: Resolver, node: Compare, scope: Scope) -> tuple[Term, Term]:
    left = r.term(node.left, scope)
    choice = t.CHOICE if t.CHOICE in (left.type, left.type.of) else None
    return left, r.term(node.right, scope, choice)


def _ordered(r: Resolver, node: Compare, scope: Scope) -> Expression:
    left, right = _pair(r, node, scope)
    if not t.comparable(left.type, right.type, r.table) or not _can_be_ordered(r, node.operator, left.type, right.type):
        return _incomparable(r, node, left.type, right.type)
    return ["compare", at(node.span), node.operator, left.code, right.code]


def _can_be_ordered(r: Resolver, operator: str, left: Type, right: Type) -> bool:
    if operator in ("==", "!=") or t.loose(left) or t.loose(right):
        return True
    return t.group(left, r.table) in t.ORDERED or left.name == "message"


def _incomparable(r: Resolver, node: Compare, left: Type, right: Type) -> Expression:
    hint = ""
    if {left.name, right.name} == {"choice", "string"}:
        hint = r.hint("去掉引号", "write it without quotation marks")
    elif "duration" in (left.name, right.name) and t.INT in (left, right):
        hint = r.hint("写上单位\uff0c如 3个工作日", "give the unit, such as 3 workdays")
    elif left.of or right.of:
        hint = r.hint("用“在”“包含”或“有 … 在 …”", "use `in`, `contains` or `any … in …`")
    return r.tell("not-comparable", node.span, left=r.spelled(left), right=r.spelled(right), hint=hint).code


def _in(r: Resolver, node: Compare, scope: Scope) -> Expression:
    left, right = _pair(r, node, scope)
    return _held(r, node, left, right)


def _contains(r: Resolver, node: Compare, scope: Scope) -> Expression:
    whole, part = _pair(r, node, scope)
    return _held(r, node, part, whole)


def _held(r: Resolver, node: Compare, part: Term, whole: Term) -> Expression:
    """`part in whole`."""
    if t.loose(part.type) or t.loose(whole.type):
        return ["in", at(node.span), part.code, whole.code]
    if whole.type.of is not None:
        return _member(r, node, part, whole)
    if part.type == t.REQUIREMENT and t.located(whole.type, r.table):
        return ["in", at(node.span), part.code, whole.code]
    if t.fits(whole.type, t.STRING, r.table) and (t.fits(part.type, t.PATTERN, r.table) or t.fits(part.type, t.STRING, r.table)):
        return ["in", at(node.span), r.converted(part, t.PATTERN, node.span), whole.code]
    return _incomparable(r, node, part.type, whole.type)


def _member(r: Resolver, node: Compare, part: Term, whole: Term) -> Expression:
    element = whole.type.of or t.ANY
    if element.name == "party" and t.fits(part.type, t.STRING, r.table):
        return ["in", at(node.span), part.code, whole.code]
    if not t.comparable(part.type, element, r.table):
        return _incomparable(r, node, part.type, whole.type)
    return ["in", at(node.span), part.code, whole.code]


def _matches(r: Resolver, node: Compare, scope: Scope) -> Expression:
    left = r.asked(node.left, scope, t.STRING)
    right = r.term(node.right, scope)
    if right.type != t.REGEX and not t.loose(right.type):
        return r.tell("matches-needs-regex", node.right.span, have=r.spelled(right.type)).code
    return ["matches", at(node.span), left, right.code]


def _within(r: Resolver, node: Within, scope: Scope, want: Type | None) -> Term:
    moment = r.asked(node.moment, scope, t.INSTANT)
    length = r.asked(node.length, scope, t.DURATION)
    reference = r.asked(node.reference, scope, t.INSTANT) if node.reference else None
    return Term(t.BOOL, ["within", at(node.span), moment, length, node.where, reference])


def _is(r: Resolver, node: Is, scope: Scope, want: Type | None) -> Term:
    code = _predicated(r, node, r.term(node.object, scope), scope)
    return Term(t.BOOL, ["not", at(node.span), code] if node.negated else code)


def _predicated(r: Resolver, node: Is, term: Term, scope: Scope) -> Expression:
    name = node.predicate.text
    state = next((word for word in STATES if name in word.names.all), None)
    if state:
        r.bind(node.predicate.span, state)
        return ["is", at(node.span), term.code, state.value]
    if t.loose(term.type):
        return term.code
    attribute = r.table.attribute(term.type.name, name)
    if attribute and attribute.type == t.BOOL:
        r.bind(node.predicate.span, attribute)
        return ["is", at(node.span), term.code, attribute.key]
    return _kind_or_element(r, node, term, scope)


def _kind_or_element(r: Resolver, node: Is, term: Term, scope: Scope) -> Expression:
    """`kind is minutes`, `row["due"] is deadline`."""
    if term.type == t.CHOICE and (chosen := choice(r, node.predicate)):
        return ["compare", at(node.span), "==", term.code, chosen.code]
    if t.located(term.type, r.table) and r.table.elements(node.predicate.text, scope.root):
        return r.term(Quant(node.span, "any", None, node.predicate, node.object), scope).code
    return no_attribute(r, node.predicate, term.type).code


_COMPARISONS: dict[str, Callable[[Resolver, Compare, Scope], Expression]] = {"in": _in, "contains": _contains, "matches": _matches}

MEANINGS: dict[type, Meaning] = {Not: _not, Logic: _logic, Compare: _compare, Within: _within, Is: _is}
