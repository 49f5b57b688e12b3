"""Values of parameters: written in the rule, replaced or changed by a configuration or by a rule that extends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from attrs import evolve, frozen

from commlint.engine.program import Expression
from commlint.lang.keywords import UNITS
from commlint.lang.scope import Term
from commlint.model.rule import Param, RuleSetting
from commlint.model.symbols import Type

_LENGTH = re.compile(rf"\s*(\d{{1,6}})\s*({'|'.join(sorted(UNITS, key=len, reverse=True))})\s*")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4]):[0-5]\d")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?")


@frozen
class Value:
    """A parameter's value as a program carries it, and its type."""

    type: Type
    plain: Any


def written(term: Term) -> Value | None:
    """The value of an expression that needs no record, None when it is not written out."""
    plain = _PLAIN.get(term.code[0], lambda _: None)(term.code)
    return None if plain is None else Value(term.type, plain)


def _list(code: Expression) -> Any:
    items = [_PLAIN.get(item[0], lambda _: None)(item) for item in code[2]]
    return None if any(item is None for item in items) else items


def _sum(code: Expression) -> Any:
    left, right = (_PLAIN.get(side[0], lambda _: None)(side) for side in (code[3], code[4]))
    if isinstance(left, list) and isinstance(right, list):
        return left + right if code[2] == "+" else [item for item in left if item not in right]
    return None


_PLAIN: dict[str, Any] = {
    "const": lambda code: code[2],
    "duration": lambda code: {"duration": [code[2], code[3]]},
    "moment": lambda code: {"moment": code[2]},
    "clock": lambda code: {"clock": code[2]},
    "regex": lambda code: {"regex": [code[2], code[3]]},
    "list": _list,
    "arith": _sum,
}


def read(name: str, value: Value, place: list[int]) -> Expression:
    """The program that reads a parameter."""
    plain = value.plain
    if isinstance(plain, dict) and "duration" not in plain:
        ((op, inner),) = plain.items()
        return [op, place, *(inner if isinstance(inner, list) else [inner])]
    return ["param", place, name]


def combined(old: Value, operator: str, new: Value) -> Value:
    """`old` with `new` put in its place (=), added (+=) or taken away (-=)."""
    if operator == "=" or not isinstance(old.plain, list):
        return new
    items = new.plain if isinstance(new.plain, list) else [new.plain]
    if operator == "+=":
        return evolve(old, plain=[*old.plain, *(item for item in items if item not in old.plain)])
    return evolve(old, plain=[item for item in old.plain if item not in items])


@frozen
class Refusal:
    """A setting that does not fit: which parameter, what it takes, what was given."""

    name: str
    want: Type
    given: object


def overridden(values: Mapping[str, Value], setting: RuleSetting) -> tuple[dict[str, Value], tuple[Refusal, ...], tuple[str, ...]]:
    """The values as configured; what did not fit; and names of parameters that the rule does not have."""
    found = dict(values)
    refused: list[Refusal] = []
    steps = [("=", setting.params), ("+=", setting.add), ("-=", setting.remove)]
    unknown = tuple(name for _, given in steps for name in given if name not in values)
    for operator, given in steps:
        for name in given.keys() & values.keys():
            _apply(found, name, operator, given[name], refused)
    return found, tuple(refused), unknown


def _apply(found: dict[str, Value], name: str, operator: str, given: object, refused: list[Refusal]) -> None:
    new = from_setting(given, found[name].type)
    if new is None or (operator != "=" and found[name].type.of is None):
        refused.append(Refusal(name, found[name].type, given))
    else:
        found[name] = combined(found[name], operator, new)


def from_setting(given: object, want: Type) -> Value | None:
    """A value of a configuration file as one of type `want`, None when it does not fit."""
    if want.of is not None:
        items = list(given) if isinstance(given, (list, tuple)) else None
        read = None if items is None else [from_setting(item, want.of) for item in items]
        if read is None or any(item is None for item in read):
            return None
        return Value(want, [item.plain for item in read if item])
    reader = _READERS.get(want.name)
    plain = reader(given) if reader else (given if isinstance(given, str) else None)
    return None if plain is None else Value(want, plain)


def _duration(given: object) -> Any:
    match = _LENGTH.fullmatch(given) if isinstance(given, str) else None
    return {"duration": [int(match[1]), UNITS[match[2]]]} if match else None


def _regex(given: object) -> Any:
    from commlint.text.regex import problem

    if not isinstance(given, str) or problem(given, "") is not None:
        return None
    return {"regex": [given, ""]}


_READERS: dict[str, Any] = {
    "int": lambda given: given if isinstance(given, int) and not isinstance(given, bool) else None,
    "number": lambda given: given if isinstance(given, (int, float)) and not isinstance(given, bool) else None,
    "bool": lambda given: given if isinstance(given, bool) else None,
    "string": lambda given: given if isinstance(given, str) else None,
    "duration": _duration,
    "clock": lambda given: {"clock": given} if isinstance(given, str) and _CLOCK.fullmatch(given) else None,
    "instant": lambda given: {"moment": str(given)} if _MOMENT.fullmatch(str(given)) else None,
    "regex": _regex,
    "any": lambda given: given if isinstance(given, (str, int, float)) else None,
}


def card(name: str, value: Value) -> Param:
    """The parameter as a rule's card shows it."""
    return Param(name, str(value.type), value.plain)


__all__ = ["Refusal", "Value", "card", "combined", "from_setting", "overridden", "read", "written"]
