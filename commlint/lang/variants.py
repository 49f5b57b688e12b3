"""A program without one of its exceptions, to see whether any example needs it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen

from commlint.engine.program import Expression, Program, Statement
from commlint.model.span import Span


@frozen
class Variant:
    """`program` lacks the exception at `span`; `kind` is unless, where or except."""

    kind: str
    span: Span
    program: Program


def variants(program: Program) -> Iterator[Variant]:
    """The program without each of its `unless`, `where` and `except`, one at a time."""
    for kind, span, body in _without(list(program.body)):
        yield Variant(kind, Span(*span), evolve(program, body=tuple(body), literals=None))


_Step = tuple[str, list[int], Any]


def _without(body: list[Statement]) -> Iterator[_Step]:
    for index, statement in enumerate(body):
        for kind, span, changed in _of_statement(statement):
            yield kind, span, [*body[:index], changed, *body[index + 1 :]]


def _of_statement(statement: Statement) -> Iterator[_Step]:
    if statement[0] == "check":
        if statement[4] is not None:
            yield "unless", statement[4][1], _with(statement, 4, None)
        yield from _excepts_at(statement, 3)
    elif statement[0] == "each":
        if statement[4] is not None:
            yield "where", statement[4][1], _with(statement, 4, None)
        for kind, span, body in _without(statement[5]):
            yield kind, span, _with(statement, 5, body)


def _excepts_at(statement: Statement, place: int) -> Iterator[_Step]:
    for span, changed in _excepts(statement[place]):
        yield "except", span, _with(statement, place, changed)


def _excepts(code: Expression) -> Iterator[tuple[list[int], Expression]]:
    """The expression without each of the `except` lists in it."""
    if len(code) == 4 and code[0] == "call" and code[2] == "phrase" and code[3][1] is not None:
        yield code[3][1][1], [*code[:3], [code[3][0], None]]
    for index, part in enumerate(code):
        if isinstance(part, list) and part and isinstance(part[0], (str, list)):
            for span, changed in _excepts(part):
                yield span, _with(code, index, changed)


def _with(items: list[Any], index: int, item: Any) -> list[Any]:
    return [*items[:index], item, *items[index + 1 :]]
