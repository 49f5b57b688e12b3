"""What a bare word means: an element's attribute, a name the rule gives, a word of the record, a constant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commlint.engine.symboltable import ROOTS
from commlint.lang import types as t
from commlint.lang.ast import Name
from commlint.lang.scope import Scope, Term, at, constant
from commlint.lang.syntax import respaced
from commlint.lang.telling import did_you_mean
from commlint.lang.words import DETAILS, IT, TRUTHS, own_word
from commlint.model.symbols import Type

if TYPE_CHECKING:
    from commlint.lang.resolver import Meaning, Resolver


def _name(r: Resolver, node: Name, scope: Scope, want: Type | None) -> Term:
    if want == t.CHOICE and (chosen := choice(r, node)):
        return chosen
    found = known(r, node, scope)
    return found or _unknown(r, node, scope)


def known(r: Resolver, node: Name, scope: Scope) -> Term | None:
    for look in (_it, _of_element, _variable, _detail, _root, _constant):
        found = look(r, node, scope)
        if found is not None:
            return found
    return None


def _it(r: Resolver, node: Name, scope: Scope) -> Term | None:
    if node.text not in IT.names.all or node.text in scope.variables:
        return None
    r.bind(node.span, IT)
    if not scope.elements:
        return r.tell("element-outside-filter", node.span, name=node.text)
    return Term(scope.elements[0], ["it", at(node.span), 0])


def _of_element(r: Resolver, node: Name, scope: Scope) -> Term | None:
    for depth, element in enumerate(scope.elements):
        attribute = r.table.attribute(element.name, node.text)
        if attribute:
            r.bind(node.span, attribute)
            return Term(attribute.type, ["attr", at(node.span), ["it", at(node.span), depth], attribute.key])
    return None


def _variable(r: Resolver, node: Name, scope: Scope) -> Term | None:
    known = scope.variables.get(node.text)
    if known is None:
        return None
    r.used.add(known.span)
    code = known.term.code
    return Term(known.term.type, [code[0], at(node.span), *code[2:]])


def _detail(r: Resolver, node: Name, scope: Scope) -> Term | None:
    word = own_word(node.text, DETAILS) if scope.details else None
    if word is None:
        return None
    r.bind(node.span, word)
    return Term(word.type, ["detail", at(node.span), word.names.en])


def _root(r: Resolver, node: Name, scope: Scope) -> Term | None:
    attribute = r.table.root(node.text, scope.root)
    if attribute is None:
        return None
    r.bind(node.span, attribute)
    return Term(attribute.type, r.root_word(attribute.key, node.span))


def _constant(r: Resolver, node: Name, scope: Scope) -> Term | None:
    known = r.table.constant(node.text) or next((word for word in TRUTHS if node.text in word.names.all), None)
    if known is None:
        return None
    r.bind(node.span, known)
    return Term(known.type, constant(known.value == "true" if known.type == t.BOOL else known.value, node.span))


def choice(r: Resolver, node: Name) -> Term | None:
    """Where a choice is asked for, its value may be written instead of its name (`kind == vague`)."""
    by_value = (s for s in r.table.symbols if getattr(s, "value", None) == node.text)
    known = r.table.constant(node.text) or next(by_value, None)
    if known is None:
        return None
    r.bind(node.span, known)
    return Term(t.CHOICE, constant(getattr(known, "value", node.text), node.span))


def _unknown(r: Resolver, node: Name, scope: Scope) -> Term:
    name = node.text
    if ROOTS.get(scope.root) == "thread" and r.table.root(name):
        return r.tell("record-only", node.span, name=name, example=f"m.{name}")
    singular = r.table.elements(name, scope.root)
    if singular:
        plural = singular.names.zh if r.file.lang == "zh" else singular.names.en
        return r.tell("unknown-name", node.span, name=name, hint=r.hint(f"所有这些写作 `{plural}`", f"all of them are `{plural}`"))
    words = words_in_scope(r, scope)
    spaced = respaced(name, words | set(r.table.spellings("element", ROOTS.get(scope.root, scope.root))))
    hint = r.hint(f"词之间要有空格\uff1a`{spaced}`", f"put blanks between the words: `{spaced}`") if spaced else did_you_mean(name, words, r.file.lang)
    return r.tell("unknown-name", node.span, name=name, hint=hint)


def words_in_scope(r: Resolver, scope: Scope) -> set[str]:
    owners = [element.name for element in scope.elements] + [ROOTS.get(scope.root, scope.root)]
    words = {word for owner in owners for word in r.table.spellings("attribute", owner)}
    details = {word for detail in DETAILS for word in detail.names.all} if scope.details else set()
    return words | details | set(scope.variables) | set(r.table.spellings("constant"))


MEANINGS: dict[type, Meaning] = {Name: _name}
