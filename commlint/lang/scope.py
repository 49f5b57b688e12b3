"""What bare words mean at one place of a rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve, field, frozen

from commlint.engine.program import Expression
from commlint.model.span import Span
from commlint.model.symbols import Type


@frozen
class Term:
    """A resolved expression: its type, and the program that computes it."""

    type: Type
    code: Expression


@frozen
class Variable:
    """A name the rule gives: `kind` is param, let or each; `span` is where it is given."""

    kind: str
    term: Term
    span: Span


@frozen
class Scope:
    """`root` is the scope of the rule ("record", "thread", …); `elements` the types under test in filters, innermost first.

    `details`: whether this is a message, where match, count and the like have a meaning.
    """

    root: str = "record"
    variables: Mapping[str, Variable] = field(factory=dict)
    elements: tuple[Type, ...] = ()
    details: bool = False

    def having(self, name: str, variable: Variable) -> Scope:
        """The same place with one more name."""
        return evolve(self, variables={**self.variables, name: variable})

    def inside(self, element: Type) -> Scope:
        """The place inside a filter over values of type `element`."""
        return evolve(self, elements=(element, *self.elements))

    def in_message(self) -> Scope:
        """The place inside a message."""
        return evolve(self, details=True)


def at(span: Span) -> list[int]:
    """A span as a program carries it."""
    return [span.start, span.end]


def variable(name: str, span: Span) -> Expression:
    """The program that reads a variable."""
    return ["var", at(span), name]


def constant(value: Any, span: Span) -> Expression:
    """The program that is a plain value."""
    return ["const", at(span), value]
