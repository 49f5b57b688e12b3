"""Looking through programs: their size, the words and variables in them, lets put in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from commlint.engine.program import Expression, Statement

LARGEST = 20_000  # operations of one program; a rule a person wrote has some hundreds
LONGEST = 1_000_000  # items of one list, those of the record counted as one


def inlined(code: Any, lets: Mapping[str, Expression], done: dict[str, Any]) -> Any:
    """A condition with lets put in, for `applies`, which is asked before the body runs. Lets are shared, not copied."""
    if not isinstance(code, list):
        return code
    if len(code) == 3 and code[0] == "var" and code[2] in lets:
        if code[2] not in done:
            done[code[2]] = inlined(lets[code[2]], lets, done)
        return done[code[2]]
    return [inlined(part, lets, done) for part in code]


def walk(code: Any, visit: Callable[[Any], None]) -> None:
    """Every leaf and list, shared ones once for each use, at most LARGEST of them."""
    waiting, left = [code], LARGEST * 8
    while waiting and left:
        one = waiting.pop()
        left -= 1
        visit(one)
        if isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, (list, tuple)):
            waiting.extend(one)


def size(code: Any) -> int:
    """How many operations a program has, shared ones counted at each use; counting ends where a program is too large anyway."""
    count = 0

    def visit(one: Any) -> None:
        nonlocal count
        count += isinstance(one, list) and len(one) > 1 and isinstance(one[0], str) and isinstance(one[1], list)

    walk(code, visit)
    return count


def words(code: Any) -> set[str]:
    """Every string in a program: keys, names, plain values."""
    found: set[str] = set()
    walk(code, lambda one: found.add(one) if isinstance(one, str) else None)
    return found


def names(code: Any) -> set[str]:
    """The variables that a program reads."""
    found: set[str] = set()
    walk(code, lambda one: found.add(one[2]) if isinstance(one, list) and len(one) == 3 and one[0] == "var" else None)
    return found


def longest(body: list[Statement], params: Mapping[str, Any]) -> int:
    """How long a list may get that lets add up from others: doubling thirty times is one line each."""
    lets: dict[str, int] = {}
    for statement in body:
        if statement[0] == "let":
            lets[statement[2]] = _length(statement[3], lets, params)
        elif statement[0] == "each":
            lets[""] = max(lets.get("", 0), longest([*([["let", [], name, ["long", length]] for name, length in lets.items()]), *statement[5]], params))
    return max(lets.values(), default=0)


def _length(code: Expression, lets: Mapping[str, int], params: Mapping[str, Any]) -> int:
    if code[0] == "long":
        return int(code[1])
    if code[0] == "arith":
        return _length(code[3], lets, params) + _length(code[4], lets, params)
    if code[0] == "var":
        return lets.get(code[2], 1)
    if code[0] == "list":
        return len(code[2])
    value = params.get(code[2]) if code[0] == "param" else None
    return len(value) if isinstance(value, list) else 1
