"""Statements of a program as closures: bind, visit each, check; a check that fails leaves a breach."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from commlint.engine.expressions import Linker
from commlint.engine.facts import Fact, is_place
from commlint.engine.frame import Frame
from commlint.engine.program import Messages, Statement
from commlint.engine.saying import Repair, Saying
from commlint.engine.truth import Truth, conjunction, negation
from commlint.model.finding import Severity
from commlint.model.values import Located, Unknown

if TYPE_CHECKING:
    from commlint.engine.causes import Because, Cause


Run = Callable[[Frame], Iterator["Breach | Doubt"]]


@frozen
class Breach:
    """A check that came out wrong: `place` is where (None: the record's default place), texts are in one language."""

    place: Located | Fact | None
    severity: Severity | None
    message: str
    suggestion: str = ""
    repairs: tuple[Repair, ...] = ()
    span: tuple[int, int] = (0, 0)  # of the check, in the rule file


@frozen
class Doubt:
    """A check that could not be decided: why, and where it would have pointed."""

    unknown: Unknown
    place: Located | Fact | None


def block(linker: Linker, statements: Sequence[Statement], messages: Messages) -> Run:
    """The closure of a list of statements; `messages` are what checks fall back on."""
    runs = [_STATEMENTS[statement[0]](linker, statement, messages) for statement in statements]

    def run(frame: Frame) -> Iterator[Breach | Doubt]:
        for one in runs:
            yield from one(frame)

    return run


def _let(linker: Linker, statement: Statement, _: Messages) -> Run:
    name, value = statement[2], linker.link(statement[3])

    def run(frame: Frame) -> Iterator[Breach | Doubt]:
        frame.vars[name] = value(frame)
        return iter(())

    return run


def _each(linker: Linker, statement: Statement, messages: Messages) -> Run:
    _, _, name, collection, condition, statements, own = statement
    candidates = linker.candidates(collection)
    wanted = linker.condition(condition) if condition is not None else None
    inner = block(linker, statements, merged(own, messages))

    def run(frame: Frame) -> Iterator[Breach | Doubt]:
        for element, belongs in candidates(frame, None):
            if isinstance(element, Unknown):
                yield Doubt(element, _standing(frame))
                continue
            frame.spend()
            guard, before = frame.guard, frame.vars.get(name)
            frame.vars[name] = element
            frame.each.append(element)
            try:
                frame.guard = conjunction((guard, belongs, wanted(frame) if wanted else True))
                if frame.guard is not False:
                    yield from inner(frame)
            finally:
                frame.guard = guard
                frame.each.pop()
                frame.vars[name] = before

    return run


class _Check:
    """One linked check; what explains a breach is linked, and its module loaded, when there is one."""

    def __init__(self, linker: Linker, statement: Statement, messages: Messages) -> None:
        _, span, verb, condition, unless, at, severity, own = statement
        self.span: tuple[int, int] = (span[0], span[1])
        self.forbids = verb == "forbid"
        self.condition = linker.condition(condition)
        self.excepted = linker.condition(unless) if unless is not None else None
        self.at = linker.optional(at)
        self.severity = Severity(severity) if severity else None
        self._explained = (linker, condition)
        self._cause: Because | None = None
        self._say = Saying(linker, merged(own, messages))

    def cause(self, frame: Frame) -> Cause:
        """Why the condition came out as it did."""
        if self._cause is None:
            from commlint.engine.causes import because

            self._cause = because(*self._explained)
        return self._cause(frame, self.forbids)

    def run(self, frame: Frame) -> Iterator[Breach | Doubt]:
        verdict = self._verdict(frame)
        if isinstance(verdict, Unknown):
            yield Doubt(verdict, self._pinned(frame) or _standing(frame))
        elif verdict:
            seen, frame.seen = frame.seen, None  # a trace shows the way to the verdict, not how it is put into words
            yield from self._breaches(frame)
            frame.seen = seen

    def _verdict(self, frame: Frame) -> Truth:
        """Whether the check is broken: applies, came out wrong, and is not excepted."""
        frame.spend()
        return conjunction(self._questions(frame))

    def _questions(self, frame: Frame) -> Iterator[Truth]:
        held = self.condition(frame)
        yield held if self.forbids else negation(held)
        yield frame.guard
        if self.excepted is not None:
            yield negation(self.excepted(frame))

    def _breaches(self, frame: Frame) -> Iterator[Breach]:
        cause = self.cause(frame)
        pinned = self._pinned(frame)
        if pinned is None and cause.witnesses:
            for witness in cause.witnesses:
                yield self._breach(frame, cause, witness, witness)
            return
        shown = cause.witnesses[0] if cause.witnesses else None
        yield self._breach(frame, cause, pinned or self._fallback(frame, cause), shown)

    def _fallback(self, frame: Frame, cause: Cause) -> Any:
        """What is forbidden stands in what the condition speaks of; what is required is missing from what is visited."""
        about, standing = (cause.about if is_place(cause.about) else None), _standing(frame)
        return (about or standing) if self.forbids else (standing or about)

    def _pinned(self, frame: Frame) -> Any:
        value = self.at(frame) if self.at is not None else None
        if isinstance(value, (tuple, list)):
            value = value[0] if value else None
        return value if is_place(value) else None

    def _breach(self, frame: Frame, cause: Cause, place: Any, witness: Any) -> Breach:
        match = witness if witness is not None else place
        frame.details = {**cause.details, "match": match}
        if frame.details.get("value") in ((), "") and is_place(place):  # nothing of what was asked for: show what stands there instead
            frame.details["value"] = place
        place = getattr(place, "place", place)
        message, suggestion, repairs = self._say(frame, place)
        return Breach(place, self.severity, message, suggestion, repairs, self.span)


def _standing(frame: Frame) -> Any:
    """The innermost element that is visited and has a place."""
    return next((element for element in reversed(frame.each) if is_place(element)), None)


def _check(linker: Linker, statement: Statement, messages: Messages) -> Run:
    return _Check(linker, statement, messages).run


_STATEMENTS: dict[str, Callable[[Linker, Statement, Messages], Run]] = {"let": _let, "each": _each, "check": _check}


def merged(own: Messages | None, outer: Messages) -> Messages:
    """What a block says itself, before what the block around it says."""
    return {**outer, **{key: value for key, value in (own or {}).items() if value}}
