"""Parameters as a rule writes them: their type, their value."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from commlint.lang import types as t
from commlint.lang.ast import Param
from commlint.lang.resolver import Resolver
from commlint.lang.scope import Scope
from commlint.lang.telling import did_you_mean
from commlint.lang.values import Value, written
from commlint.lang.words import LIST_TYPE, REGEX_TYPE
from commlint.model.symbols import Type


def value_of(node: Param, resolver: Resolver, old: Value | None, root: str) -> Value:
    """What a parameter is given, checked against its declared type, else against the type it had (`old`)."""
    term = resolver.term(node.value, Scope(root=root))
    value = written(term)
    want = _declared(node, resolver) or (old.type if old else None)
    if value is None:
        if not t.loose(term.type):
            resolver.tell("not-constant", node.value.span)
        return Value(want or term.type, [] if term.type.of else "")
    if want is None:
        return value
    if not t.fits(value.type, want, resolver.table) and not (old and node.operator != "=" and old.type.of == value.type):
        resolver.tell("wrong-type", node.value.span, want=resolver.spelled(want), have=resolver.spelled(value.type))
    return evolve(value, type=value.type if want.name in ("list", "pattern") and value.type.of != t.ANY else want)

def _declared(node: Param, resolver: Resolver) -> Type | None:
    """The type written behind the colon; a plain list is one of strings unless its items say otherwise."""
    if node.type is None:
        return None
    spelling = node.type.text
    for own in (LIST_TYPE, REGEX_TYPE):
        if spelling in own.names.all:
            resolver.bind(node.type.span, own)
            return Type("list", t.STRING if _empty(node.value) else None) if own is LIST_TYPE else t.REGEX
    symbol = resolver.table.type(spelling)
    if symbol is None:
        words = [*resolver.table.spellings("type"), *LIST_TYPE.names.all, *REGEX_TYPE.names.all]
        resolver.tell("unknown-type", node.type.span, name=spelling, hint=did_you_mean(spelling, words, resolver.file.lang))
        return t.BROKEN
    resolver.bind(node.type.span, symbol)
    return Type(symbol.names.en)


def _empty(node: Any) -> bool:
    return getattr(node, "items", None) == ()
