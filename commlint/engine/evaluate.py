"""Run a program on a record: breaches, doubts, or a trace of every value on the way."""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from commlint.engine.attributes import Getters
from commlint.engine.checks import Breach, Doubt, Run, block
from commlint.engine.expressions import Linker
from commlint.engine.frame import Frame
from commlint.engine.program import Program
from commlint.model.protocols import Analysis

MOST = 10_000  # results of one rule on one record


@frozen
class Outcome:
    """What a program says of a record; nothing in either means that it passes or does not apply."""

    breaches: tuple[Breach, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    more: bool = False  # than anybody would read: the rest was not looked for


@frozen
class Step:
    """One value on the way to a verdict: where in the rule file, what operation, and what came out."""

    span: tuple[int, int]
    op: str
    value: object = field(eq=False)


class Linked:
    """A program as closures: built on first use, never pickled. Safe to share between threads."""

    def __init__(self, program: Program, getters: Getters, *, observe: bool = False) -> None:
        self.program = program
        self._getters = getters
        self._observe = observe
        self._parts: tuple[Run, Any] | None = None

    def run(self, analysis: Analysis, *, root: Any = None, size: int = 0, seen: list[Any] | None = None) -> Outcome:
        """Evaluate on `analysis`; `root` is what the program's `root` is (default: the record), `size` its characters.

        Raises whatever a getter raises, and RuleTooSlowError when the steps for so many characters are used up.
        """
        body, applies = self._linked()
        frame = Frame(analysis, analysis.record if root is None else root, self.program.params, size=size)
        frame.seen = seen
        frame.guard = applies(frame) if applies else True
        return Outcome() if frame.guard is False else _sorted_out(body(frame))

    def _linked(self) -> tuple[Run, Any]:
        if self._parts is None:
            linker = Linker(self._getters, self.program.params, observe=self._observe)
            applies = linker.condition(self.program.applies) if self.program.applies is not None else None
            self._parts = (block(linker, self.program.body, self.program.messages), applies)
        return self._parts


def _sorted_out(results: Any) -> Outcome:
    breaches: list[Breach] = []
    doubts: list[Doubt] = []
    for result in results:
        if len(breaches) + len(doubts) == MOST:
            return Outcome(tuple(breaches), tuple(doubts), more=True)
        if isinstance(result, Breach):
            breaches.append(result)
        else:
            doubts.append(result)
    return Outcome(tuple(breaches), tuple(doubts))


def evaluate(program: Program, analysis: Analysis, getters: Getters, *, root: Any = None) -> Outcome:
    """What `program` says of the record that `analysis` works on. Links anew each time: the engine keeps a Linked."""
    return Linked(program, getters).run(analysis, root=root, size=_size(analysis))


def trace(program: Program, analysis: Analysis, getters: Getters, *, root: Any = None) -> tuple[Step, ...]:
    """Every value that the program came by on this record, in order, with its place in the rule file."""
    seen: list[Any] = []
    Linked(program, getters, observe=True).run(analysis, root=root, size=_size(analysis), seen=seen)
    return tuple(Step(span, op, value) for span, op, value in seen)


def _size(analysis: Analysis) -> int:
    record = getattr(analysis, "record", None)
    return sum(len(part.text) for part in record.parts) if record is not None else 0


__all__ = ["Breach", "Doubt", "Linked", "Outcome", "Step", "evaluate", "trace"]
