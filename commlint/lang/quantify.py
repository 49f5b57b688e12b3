"""Quantifiers: what `any`, `no`, `exactly n` count, and where they look for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from commlint.engine.program import Expression
from commlint.engine.symboltable import ROOTS
from commlint.lang import types as t
from commlint.lang.ast import Expr, Filter, Name, Quant
from commlint.lang.names import known, words_in_scope
from commlint.lang.parts import filtered
from commlint.lang.scope import Scope, Term, at
from commlint.lang.telling import did_you_mean
from commlint.model.symbols import Attribute, Type

if TYPE_CHECKING:
    from commlint.lang.resolver import Meaning, Resolver


def _quant(r: Resolver, node: Quant, scope: Scope, want: Type | None) -> Term:
    place = r.term(node.scope, scope) if node.scope else None
    source, where = _sought(r, node, scope, place)
    return Term(t.BOOL, ["quant", at(node.span), node.quantifier, node.number, source, where])


def _sought(r: Resolver, node: Quant, scope: Scope, place: Term | None) -> tuple[Expression, Expression | None]:
    """What is counted, and where."""
    term, own = _source(r, node.source, scope, place)
    if t.loose(term.type) or (place and t.loose(place.type)):
        return term.code, place.code if place else None
    if t.fits(term.type, t.PATTERN, r.table):
        return _pattern_in(r, node, r.converted(term, t.PATTERN, node.source.span), scope, place)
    if term.type.of is None:
        return _uncountable(r, node, term), None
    if own or place is None:
        return term.code, None
    return _inside(r, node, term, place)


def _source(r: Resolver, expr: Expr, scope: Scope, place: Term | None) -> tuple[Term, bool]:
    """The term behind `any`, and whether it already looks only at `place`."""
    if isinstance(expr, Filter):
        whole, own = _source(r, expr.object, scope, place)
        return filtered(r, whole, expr, scope), own
    if isinstance(expr, Name) and expr.text not in scope.variables:
        return _elements(r, expr, scope, place)
    return r.term(expr, scope), False


def _elements(r: Resolver, name: Name, scope: Scope, place: Term | None) -> tuple[Term, bool]:
    inner = _elements_of_place(r, name, place)
    if inner:
        return inner, True
    for depth, element in enumerate(scope.elements):
        attribute = r.table.elements(name.text, element.name) if place is None else None
        if attribute:
            return _collection(r, name, attribute, ["it", at(name.span), depth]), False
    attribute = r.table.elements(name.text, scope.root)
    if attribute is None:
        return _no_elements(r, name, scope), False
    found = _collection(r, name, attribute, ["root", at(name.span)])
    if place and place.type.of and _names_elements(r, attribute, place):
        return Term(place.type, place.code), True
    return found, False


def _elements_of_place(r: Resolver, name: Name, place: Term | None) -> Term | None:
    """`any owner in t`: what the place itself calls so (task.owners)."""
    attribute = r.table.elements(name.text, place.type.name) if place and not place.type.of else None
    if attribute is None or place is None:
        return None
    return _collection(r, name, attribute, place.code)


def _collection(r: Resolver, name: Name, attribute: Attribute, owner: Expression) -> Term:
    r.bind(name.span, evolve(attribute, names=attribute.singular or attribute.names))
    return Term(attribute.type, ["attr", at(name.span), owner, attribute.key])


def _names_elements(r: Resolver, attribute: Attribute, place: Term) -> bool:
    """Whether the singular only says what the elements of the place are (`any recipient[…] in to`)."""
    element, of = attribute.type.of or t.ANY, place.type.of or t.ANY
    if element == t.TEXT:
        return place.code[0] == "attr" and str(place.code[3]).rpartition(".")[2] == attribute.names.en
    return element.name in t.lineage(of, r.table)


def _no_elements(r: Resolver, name: Name, scope: Scope) -> Term:
    plain = known(r, name, scope)
    if plain is not None:
        return plain
    if ROOTS.get(scope.root) == "thread" and r.table.elements(name.text):
        return r.tell("record-only", name.span, name=name.text, example="m.times")
    words = words_in_scope(r, scope) | set(r.table.spellings("element", ROOTS.get(scope.root, scope.root)))
    return r.tell("unknown-name", name.span, name=name.text, hint=did_you_mean(name.text, words, r.file.lang))


def _pattern_in(r: Resolver, node: Quant, pattern: Expression, scope: Scope, place: Term | None) -> tuple[Expression, Expression | None]:
    if place is None:
        if ROOTS.get(scope.root) != "record":
            r.tell("wrong-type", node.span, want=r.hint("“在 …”", "`in …`"), have=r.hint("没有写在哪里找", "nowhere to look"))
        return pattern, r.root_word("record.body", node.span)
    where = place.type.of or place.type
    if t.fits(where, t.STRING, r.table):
        return pattern, place.code
    span = node.scope.span if node.scope else node.span
    return r.tell("not-a-place", span, have=r.spelled(place.type)).code, None


def _inside(r: Resolver, node: Quant, term: Term, place: Term) -> tuple[Expression, Expression | None]:
    of = term.type.of or t.ANY
    if t.located(of, r.table) and t.located(place.type, r.table):
        return term.code, place.code
    if place.type.of and t.located(of, r.table) and t.located(place.type.of, r.table):
        hint = r.hint("先写“逐个 … 在 …”\uff0c再在每一个里面找", "look inside one at a time: `each … in …`")
    else:
        hint = r.hint("省去“在 …”\uff0c或写成筛选", "leave out `in …`, or write a filter")
    wrong = place.type if t.located(of, r.table) else of
    span = node.scope.span if node.scope and wrong is place.type else node.source.span
    return r.tell("not-a-place", span, have=r.spelled(wrong), hint=hint).code, None


def _uncountable(r: Resolver, node: Quant, term: Term) -> Expression:
    return r.tell("not-a-collection", node.source.span, have=r.spelled(term.type)).code


MEANINGS: dict[type, Meaning] = {Quant: _quant}
