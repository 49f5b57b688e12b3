"""Values: what is written out, and what is made of other values (attributes, filters, cells, calls, sums)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from commlint.engine.program import Expression
from commlint.lang import types as t
from commlint.lang.ast import Arith, Attr, Call, Filter, ListOf, Literal, Name, Regex
from commlint.lang.scope import Scope, Term, at, constant
from commlint.lang.telling import among, did_you_mean
from commlint.lang.words import COUNT, LIST_CALL, LIST_WORDS, own_word
from commlint.model.symbols import Attribute, Function, Type

if TYPE_CHECKING:
    from commlint.lang.resolver import Meaning, Resolver


def _literal(r: Resolver, node: Literal, scope: Scope, want: Type | None) -> Term:
    return _LITERALS[node.type](node)


def _regex(r: Resolver, node: Regex, scope: Scope, want: Type | None) -> Term:
    from commlint.text.regex import problem

    trouble = problem(node.pattern, node.flags)
    if trouble is not None:
        return r.tell("bad-pattern", node.span, **refusal(trouble, r.file.lang))
    return Term(t.REGEX, ["regex", at(node.span), node.pattern, node.flags])


def _list(r: Resolver, node: ListOf, scope: Scope, want: Type | None) -> Term:
    inner = want.of if want and want.of else want
    items = [r.term(item, scope, inner) for item in node.items]
    of = next((item.type for item in items if not t.loose(item.type)), t.ANY)
    for item, expr in zip(items, node.items, strict=True):
        if not t.comparable(item.type, of, r.table):
            r.tell("wrong-type", expr.span, want=r.spelled(of), have=r.spelled(item.type))
    return Term(Type("list", of), ["list", at(node.span), [item.code for item in items]])


def _attr(r: Resolver, node: Attr, scope: Scope, want: Type | None) -> Term:
    whole = r.term(node.object, scope)
    if t.loose(whole.type):
        return whole
    if whole.type.of is not None:
        return _attr_of_list(r, node, whole)
    attribute = r.table.attribute(whole.type.name, node.name.text)
    if attribute is None:
        return no_attribute(r, node.name, whole.type)
    r.bind(node.name.span, attribute)
    return Term(attribute.type, ["attr", at(node.span), whole.code, attribute.key])


def _attr_of_list(r: Resolver, node: Attr, whole: Term) -> Term:
    element = whole.type.of or t.ANY
    own = own_word(node.name.text, LIST_WORDS)
    attribute = own or r.table.attribute(element.name, node.name.text)
    if attribute is None:
        return no_attribute(r, node.name, element, LIST_WORDS)
    r.bind(node.name.span, attribute)
    code = ["attr", at(node.span), whole.code, attribute.key]
    if own:
        return Term(t.INT if own is COUNT else element, code)
    return Term(attribute.type if attribute.type.of else Type("list", attribute.type), code)


def no_attribute(r: Resolver, name: Name, owner: Type, more: tuple[Attribute, ...] = ()) -> Term:
    spellings = [*r.table.spellings("attribute", owner.name), *(word for own in more for word in own.names.all)]
    hint = _of_record(r, name) or did_you_mean(name.text, spellings, r.file.lang)
    words = [a.names.zh if r.file.lang == "zh" else a.names.en for a in (*more, *r.table.attributes(owner.name))]
    if not hint and words:
        hint = among(words, r.file.lang)
    return r.tell("unknown-attribute", name.span, owner=r.spelled(owner), name=name.text, hint=hint)


def _of_record(r: Resolver, name: Name) -> str:
    """The hint for a word of the record that was asked of a part of it."""
    word = r.table.root(name.text)
    if word is None or word.singular is None:
        return ""
    return r.hint(f"`{name.text}` 是整条记录的词\uff0c可写“有 {word.singular.zh} 在 …”", f"`{name.text}` is a word of the record; write `any {word.singular.en} in …`")


def _filter(r: Resolver, node: Filter, scope: Scope, want: Type | None) -> Term:
    return filtered(r, r.term(node.object, scope), node, scope)


def filtered(r: Resolver, whole: Term, node: Filter, scope: Scope) -> Term:
    """`whole[condition]`: elements of a list, matches of a pattern, or a cell of a row."""
    if t.loose(whole.type):
        return whole
    if whole.type.name == "row":
        return _cell(r, whole, node, scope)
    element = t.TEXT if t.fits(whole.type, t.PATTERN, r.table) else whole.type.of
    if element is None:
        return r.tell("not-a-collection", node.object.span, have=r.spelled(whole.type))
    source = r.converted(whole, t.PATTERN, node.object.span) if element is t.TEXT and _is_pattern(whole.type) else whole.code
    condition = r.truth(node.condition, scope.inside(element))
    return Term(t.PATTERN if _is_pattern(whole.type) else whole.type, ["filter", at(node.span), source, condition])


def _cell(r: Resolver, whole: Term, node: Filter, scope: Scope) -> Term:
    label = r.asked(node.condition, scope, t.STRING)
    return Term(t.TEXT, ["attr", at(node.span), whole.code, "row.cell", label])


def _call(r: Resolver, node: Call, scope: Scope, want: Type | None) -> Term:
    if not isinstance(node.function, Name):
        return r.tell("unknown-function", node.function.span, name=node.function.span.of(r.file.text))
    name = node.function
    if name.text in LIST_CALL.names.all and r.table.function(name.text) is None:
        return _named_list(r, node)
    function = r.table.function(name.text)
    if function is None:
        hint = did_you_mean(name.text, r.table.spellings("function"), r.file.lang)
        return r.tell("unknown-function", name.span, name=name.text, hint=hint)
    r.bind(name.span, function)
    return Term(function.returns, ["call", at(node.span), function.key, _arguments(r, node, function, scope)])


def _arguments(r: Resolver, node: Call, function: Function, scope: Scope) -> list[Expression | None]:
    places: list[Expression | None] = [None] * len(function.parameters)
    given: set[int] = set()
    for index, argument in enumerate(node.arguments):
        place = _place(r, index, argument.name, function)
        if place is None:
            where = argument.name.span if argument.name else argument.span
            words = [spelling for p in function.parameters for spelling in p.names.all]
            name = argument.name.text if argument.name else argument.span.of(r.file.text)
            r.tell("unknown-argument", where, function=function.names.en, name=name, hint=among(words, r.file.lang))
            continue
        given.add(place)
        if argument.name:
            r.bind(argument.name.span, function.parameters[place])
        places[place] = r.asked(argument.value, scope, function.parameters[place].type)
    for place, parameter in enumerate(function.parameters):
        if parameter.required and place not in given:
            r.tell("missing-argument", node.span, function=function.names.en, name=parameter.names.en, example=function.example)
    return places


def _place(r: Resolver, index: int, name: Name | None, function: Function) -> int | None:
    if name is None:
        return index if index < len(function.parameters) else None
    return next((i for i, p in enumerate(function.parameters) if name.text in p.names.all), None)


def _named_list(r: Resolver, node: Call) -> Term:
    r.bind(node.function.span, LIST_CALL)
    first = node.arguments[0].value if len(node.arguments) == 1 else None
    if not isinstance(first, Literal) or first.type != "string":
        return r.tell("missing-argument", node.span, function=LIST_CALL.names.en, name="name", example=LIST_CALL.example)
    name = str(first.value)
    if name not in r.lists:
        hint = did_you_mean(name, r.lists, r.file.lang) or among(sorted(r.lists), r.file.lang)
        return r.tell("unknown-list", first.span, name=name, hint=hint)
    words: list[Expression] = [constant(word, node.span) for word in r.lists[name]]
    return Term(Type("list", t.STRING), ["list", at(node.span), words])


def _arith(r: Resolver, node: Arith, scope: Scope, want: Type | None) -> Term:
    left, right = r.term(node.left, scope, want), r.term(node.right, scope, want)
    if t.loose(left.type) or t.loose(right.type):
        return Term(t.BROKEN, left.code)
    if left.code[0] == right.code[0] == "const" and {left.type, right.type} == {t.INT}:
        value = left.code[2] + right.code[2] if node.operator == "+" else left.code[2] - right.code[2]
        return Term(t.INT, constant(value, node.span))
    result = _sum(r, node.operator, left.type, right.type)
    if result is None:
        hint = r.hint("两个时刻之差写作 相隔(起, 止)", "write between(start, end) for the time between two moments")
        return r.tell("not-comparable", node.span, left=r.spelled(left.type), right=r.spelled(right.type), hint=hint)
    return Term(result, ["arith", at(node.span), node.operator, left.code, right.code])


def _sum(r: Resolver, operator: str, left: Type, right: Type) -> Type | None:
    one, other = t.group(left, r.table), t.group(right, r.table)
    if one == other == "number":
        return t.INT if left == right == t.INT else Type("number")
    if one == "moment" and right == t.DURATION:
        return t.INSTANT
    if left == right == t.DURATION:
        return t.DURATION
    if left.of and right.of and t.comparable(left.of, right.of, r.table):
        return left if right.of == t.ANY else right
    return None


def refusal(trouble: Any, lang: str) -> dict[str, str]:
    """Why a regular expression is refused, and the way out."""
    reason, hint = trouble.said(lang)
    return {"reason": reason, "hint": hint}


def _is_pattern(type: Type) -> bool:
    return type.name in ("pattern", "regex", "string") or type == Type("list", t.STRING)



_LITERALS: dict[str, Callable[[Literal], Term]] = {
    "string": lambda node: Term(t.STRING, constant(node.value, node.span)),
    "int": lambda node: Term(t.INT, constant(node.value, node.span)),
    "number": lambda node: Term(Type("number"), constant(node.value, node.span)),
    "bool": lambda node: Term(t.BOOL, constant(node.value, node.span)),
    "date": lambda node: Term(t.INSTANT, ["moment", at(node.span), node.value]),
    "clock": lambda node: Term(t.CLOCK, ["clock", at(node.span), node.value]),
    "duration": lambda node: Term(t.DURATION, ["duration", at(node.span), *cast("tuple[int, str]", node.value)]),
}

MEANINGS: dict[type, Meaning] = {
    Literal: _literal, Regex: _regex, ListOf: _list, Attr: _attr, Filter: _filter, Call: _call, Arith: _arith,
}
