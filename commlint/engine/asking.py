"""Which message attributes rules over records ask of which messages: behind `m.kind == email and m.from_client`, of few."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from commlint.engine.program import Expression, Program, Statement

_MESSAGE = "message."


@frozen
class Behind:
    """What must not be false of a message before an attribute is asked of it: its kind is one of `kinds`, and each of `truths`."""

    variable: str
    kinds: frozenset[str] | None = None
    truths: frozenset[str] = frozenset()

    def also(self, other: Behind) -> Behind:
        """Both."""
        kinds = self.kinds if other.kinds is None else other.kinds if self.kinds is None else self.kinds & other.kinds
        return Behind(self.variable, kinds, self.truths | other.truths)


Held = Mapping[str, Behind]  # by variable


def asked(programs: Iterable[Program]) -> dict[str, tuple[Behind, ...]]:
    """The attributes that conditions name ("asks_reply"), each with all the circumstances under which one is asked for."""
    found: dict[str, dict[Behind, None]] = {}
    for program in programs:
        for name, behind in _in_program(program):
            found.setdefault(name, {})[behind] = None
    return {name: tuple(ways) for name, ways in found.items()}


def _in_program(program: Program) -> Iterator[tuple[str, Behind]]:
    yield from _in_any(program.applies, {})
    yield from _in_any(program.messages, {})
    yield from _in_block(program.body, {})


def _in_block(body: Iterable[Statement], held: Held) -> Iterator[tuple[str, Behind]]:
    for statement in body:
        if statement[0] != "each":
            yield from _in_any(statement[2:], held)
            continue
        _, _, name, collection, condition, statements, messages = statement
        yield from _in_any(collection, held)
        inner: Held = {variable: behind for variable, behind in held.items() if variable != name}
        yield from _in_any(condition, inner)
        inner = _further(inner, condition) if condition else inner
        yield from _in_any(messages, inner)
        yield from _in_block(statements, inner)


def _in_any(node: Any, held: Held) -> Iterator[tuple[str, Behind]]:
    """Every attribute of a message in an expression, or in whatever holds expressions."""
    if isinstance(node, Mapping):
        for value in node.values():
            yield from _in_any(value, held)
    elif isinstance(node, (list, tuple)):
        yield from _named(node, held)
        for part in node[2] if node[:1] == ["and"] else node:
            yield from _in_any(part, held)
            held = _further(held, part) if node[:1] == ["and"] else held


def _named(node: Any, held: Held) -> Iterator[tuple[str, Behind]]:
    if len(node) > 3 and node[0] in ("attr", "is") and isinstance(node[3], str) and node[3].startswith(_MESSAGE):
        variable = node[2][2] if node[2][0] == "var" else ""
        yield node[3].removeprefix(_MESSAGE), held.get(variable) or Behind("")


def _further(held: Held, condition: Expression) -> Held:
    """What holds behind a condition that did not come out false."""
    if condition[0] == "and":
        for operand in condition[2]:
            held = _further(held, operand)
        return held
    told = _told(condition)
    return {**held, told.variable: held[told.variable].also(told) if told.variable in held else told} if told else held


def _told(condition: Expression) -> Behind | None:
    """What a plain condition on one message tells: `m.from_client`, `m.kind == email`, `m.kind in [email, minutes]`."""
    if condition[0] == "attr" and _of_message(condition):
        return Behind(condition[2][2], truths=frozenset({condition[3].removeprefix(_MESSAGE)}))
    if condition[0] == "in" and _of_message(condition[2], "kind") and condition[3][0] == "list":
        return _of_kinds(condition[2], condition[3][2])
    if condition[0] == "compare" and condition[2] == "==" and _of_message(condition[3], "kind"):
        return _of_kinds(condition[3], [condition[4]])
    return None


def _of_kinds(kind: Expression, values: Iterable[Expression]) -> Behind | None:
    named = list(values)
    return Behind(kind[2][2], frozenset(value[2] for value in named)) if all(value[0] == "const" for value in named) else None


def _of_message(node: Expression, name: str = "") -> bool:
    return node[0] == "attr" and node[2][0] == "var" and str(node[3]).startswith(_MESSAGE + name)
