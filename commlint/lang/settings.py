"""The ``with { … }`` of examples: which settings there are, and their values as plain data."""

from __future__ import annotations

from typing import Any

from commlint.lang import types as t
from commlint.lang.ast import Expr, ListOf, Literal, Name, Setting
from commlint.lang.resolver import Resolver
from commlint.lang.scope import Scope
from commlint.lang.telling import among, did_you_mean
from commlint.lang.words import SETTINGS, own_word
from commlint.model.symbols import Constant

Plain = str | int | float | bool | tuple[Any, ...]


def resolve(setting: Setting, r: Resolver) -> None:
    """Tie the setting's name and the words of its value to what they mean, and tell what is wrong with them."""
    word = own_word(setting.name.text, SETTINGS)
    if word is None:
        names = [name for known in SETTINGS for name in known.names.all]
        hint = did_you_mean(setting.name.text, names, r.file.lang) or among([s.names.zh if r.file.lang == "zh" else s.names.en for s in SETTINGS], r.file.lang, most=30)
        r.tell("unknown-setting", setting.name.span, name=setting.name.text, hint=hint)
        return
    r.bind(setting.name.span, word)
    if isinstance(setting.value, Name) and word.type == t.STRING:
        return  # calendar = cn: a bare word stands for itself
    if word.type.of is not None and not isinstance(setting.value, ListOf):
        r.asked(setting.value, Scope(), word.type.of)  # to = "…" for one
    else:
        r.asked(setting.value, Scope(), word.type)


def plain(setting: Setting, r: Resolver) -> tuple[str, Plain]:
    """The setting's English name and its value; lists become tuples, words of a choice their value."""
    word = own_word(setting.name.text, SETTINGS)
    name = word.names.en if word else setting.name.text
    value = _plain(setting.value, r)
    wants_list = word is not None and word.type.of is not None
    return name, (value if isinstance(value, tuple) else (value,)) if wants_list else value


def _plain(node: Expr, r: Resolver) -> Plain:
    if isinstance(node, ListOf):
        return tuple(_plain(item, r) for item in node.items)
    if isinstance(node, Literal):
        return node.value  # type: ignore[return-value]  # durations have no setting
    if isinstance(node, Name):
        term = Resolver(r.file, r.table, r.lists).term(node, Scope(), t.CHOICE)
        word: Constant | None = r.table.constant(node.text)
        return str(term.code[2]) if term.type == t.CHOICE else word.value if word else node.text
    return ""
