"""Write commlint/entities/time/starts.py: which characters can stand behind the first one, or behind the first digits, of a time.

Run ``python -m tests.derive_time_starts`` after an edit of the shapes; a test compares the result with the file.
"""

from __future__ import annotations

import re._constants as ops  # type: ignore[import-not-found]  # the parser of the standard library tells what a pattern can begin with
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from commlint.entities.time import starts
from commlint.entities.time.scan import by_first

_HEADER = '''"""What can stand behind the first character of a time expression, so that most places are told by two characters.

Derived by tests/derive_time_starts.py from the shapes, for shapes by name: by first character, what can follow it; and by what follows
the digits that an expression begins with, what can follow that ("": anything). What is not here may be followed by anything. ASCII
digits stand for all digits.
"""

STARTS: dict[str, dict[str, str]] = {
'''
Begin = tuple[frozenset[str] | None, ...]  # the sets of characters that a match begins with; None: any character
_DIGITS = frozenset("0123456789")
_MOST = 300  # a class of more characters than this counts as any
_ONCE_MORE = 9  # a repetition is followed no further than this, longer than any run of digits


def module() -> str:
    """The text of the module."""
    rows: dict[tuple[tuple[str, str], ...], str] = {}
    for first, shapes in by_first().items():
        found = _seconds(first, shapes)
        if found:
            row = tuple(found.items())
            rows[row] = rows.get(row, "") + first
    lines = []
    for row, firsts in sorted(rows.items(), key=lambda item: item[1]):
        names: dict[str, list[str]] = {}
        for name, second in row:
            names.setdefault(second, []).append(name)
        lines += [f"    {_quoted(firsts)}: {{\n", *(f"        {_quoted(' '.join(each))}: {_quoted(second)},\n" for second, each in names.items()), "    },\n"]
    lines += ["}\n\nAFTER_DIGITS: dict[str, dict[str, str]] = {\n"]
    after: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for name, row in _all_after_digits(by_first()["1"]).items():
        after.setdefault(row, []).append(name)
    for row, shape_names in after.items():
        lines += [f"    {_quoted(' '.join(shape_names))}: {{", ", ".join(f"{_quoted(first)}: {_quoted(second)}" for first, second in row), "},\n"]
    return _HEADER + "".join(lines) + "}\n"


def _all_after_digits(shapes: Iterable[Any]) -> dict[str, tuple[tuple[str, str], ...]]:
    """By name, the pairs of characters that can stand behind the digits; shapes that can be digits only are left out."""
    found: dict[str, dict[str, str] | None] = {}
    for shape in shapes:
        pairs = _after_digits(shape.pattern)
        known = found.get(shape.name, {})
        found[shape.name] = None if pairs is None or known is None else _either(known, pairs)
    return {name: _rows(pairs) for name, pairs in found.items() if pairs is not None}


def _either(one: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    joined = dict(one)
    for first, second in other.items():
        held = joined.get(first, second)
        joined[first] = "".join(sorted({*held, *second})) if held and second else ""
    return joined


def _rows(pairs: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """First characters that can be followed by the same ones, together."""
    rows: dict[str, str] = {}
    for first, second in sorted(pairs.items()):
        rows[second] = rows.get(second, "") + first
    return tuple((firsts, second) for second, firsts in rows.items())


def _quoted(text: str) -> str:
    return '"' + "".join(c if c.isalnum() else c.encode("unicode_escape").decode() if not c.isascii() else c for c in text).replace('"', '\\"') + '"'


def _seconds(first: str, shapes: Iterable[Any]) -> dict[str, str]:
    """What can follow, by the name of the shape; shapes of one name count together."""
    found: dict[str, set[str] | None] = {}
    for shape in shapes:
        known, more = found.get(shape.name, set()), _second(first, shape)
        found[shape.name] = None if known is None or more is None else known | more
    return {name: "".join(sorted(second)) for name, second in found.items() if second is not None}


def _second(first: str, shape: Any) -> set[str] | None:
    found: set[str] = set()
    for begin in _begins(parser.parse(shape.pattern), 2):
        if begin and not _holds(begin[0], first):
            continue
        if len(begin) < 2 or begin[1] is None:
            return None
        found |= begin[1]
    return found


def _after_digits(pattern: str) -> dict[str, str] | None:
    """What can stand behind the digits that a match begins with, and what behind that ("": anything); None: a match may be all digits."""
    found: dict[str, str] = {}
    for state in _passed(parser.parse(pattern), {()}):
        if not state or state[0] is None:
            return None
        second = state[1] if len(state) > 1 else None
        found = _either(found, dict.fromkeys(state[0], "".join(sorted(second)) if second else ""))
    return found


def _passed(items: Iterable[tuple[Any, Any]], states: set[Begin]) -> set[Begin]:
    """What may stand behind the digits after `items`, two characters at most, given what may stand there before them."""
    for op, argument in items:
        states = _step(op, argument, states)
    return states


def _step(op: Any, argument: Any, states: set[Begin]) -> set[Begin]:
    if op is ops.SUBPATTERN:
        return _passed(argument[3], states)
    if op is ops.BRANCH:
        return {state for branch in argument[1] for state in _passed(branch, states)}
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
        return _repeats(*argument, states)
    return {state for before in states for more in _ways(op, argument, 1) for state in _advanced(before, more)}


def _repeats(least: int, highest: int, inner: Any, states: set[Begin]) -> set[Begin]:
    found = states if least == 0 else set()
    for count in range(1, min(highest, _ONCE_MORE) + 1):
        states = _passed(inner, states)
        if count >= least:
            found = found | states
    return found


def _advanced(before: Begin, more: Begin) -> Iterable[Begin]:
    if before or not more or more[0] is None:
        return [(before + more)[:2]]
    kept: list[Begin] = [()] if more[0] & _DIGITS else []
    return kept + [(frozenset(more[0] - _DIGITS),)] * bool(more[0] - _DIGITS)


def _holds(characters: frozenset[str] | None, first: str) -> bool:
    return characters is None or first in characters or (first.isdecimal() and "0" in characters)


def _begins(items: Iterable[tuple[Any, Any]], most: int) -> set[Begin]:
    """How matches of a sequence can begin, up to `most` characters; a shorter one is a whole match."""
    found: set[Begin] = {()}
    for op, argument in items:
        found = _extended(found, op, argument, most)
    return found


def _extended(found: set[Begin], op: Any, argument: Any, most: int) -> set[Begin]:
    done = {begin for begin in found if len(begin) >= most}
    return done | {(begin + more)[:most] for begin in found - done for more in _ways(op, argument, most - len(begin))}


def _ways(op: Any, argument: Any, most: int) -> set[Begin]:
    if op is ops.LITERAL:
        return {(frozenset(chr(argument)),)}
    if op in (ops.NOT_LITERAL, ops.ANY):
        return {(None,)}
    if op is ops.IN:
        return {(_characters(argument),)}
    if op is ops.BRANCH:
        return {begin for branch in argument[1] for begin in _begins(branch, most)}
    if op in (ops.ASSERT, ops.ASSERT_NOT, ops.AT):
        return {()}
    if op is ops.SUBPATTERN:
        return _begins(argument[3], most)
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
        least, highest, inner = argument
        return _repeated(least, highest, inner, most)
    if op is ops.GROUPREF:
        return {(None,) * length for length in range(most + 1)}
    raise ValueError(f"a shape uses {op}, which this does not know")


def _repeated(least: int, highest: int, inner: Any, most: int) -> set[Begin]:
    found: set[Begin] = set()
    now: set[Begin] = {()}
    for count in range(min(highest, most) + 1):
        found |= now if count >= least else {begin for begin in now if len(begin) >= most}
        now = {(begin + more)[:most] for begin in now for more in _begins(inner, most)}
    return found | ({begin for begin in now if len(begin) >= most} if least > most else set())


def _characters(members: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    found: set[str] = set()
    for op, argument in members:
        if op is ops.LITERAL:
            found.add(chr(argument))
        elif op is ops.RANGE and argument[1] - argument[0] < _MOST:
            found.update(map(chr, range(argument[0], argument[1] + 1)))
        elif op is ops.CATEGORY and argument is ops.CATEGORY_DIGIT:
            found.update("0123456789")
        else:
            return None
    return frozenset(found)


if __name__ == "__main__":
    Path(starts.__file__).write_text(module(), "utf-8")
