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

Derived by tests/derive_time_starts.py from the shapes, for shapes by name: by first character, what can follow it; and what can follow
the digits that an expression begins with. What is not here may be followed by anything. A blank stands for all white space, ASCII
digits for all digits.
"""

STARTS: dict[str, dict[str, str]] = {
'''
Begin = tuple[frozenset[str] | None, ...]  # the sets of characters that a match begins with; None: any character
_DIGITS = frozenset("0123456789")
_MOST = 300  # a class of more characters than this counts as any


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
    lines += ["}\n\nAFTER_DIGITS: dict[str, str] = {\n"]
    after: dict[str, list[str]] = {}
    for shape in by_first()["1"]:
        reached, ended = _after_digits(parser.parse(shape.pattern))
        if not ended:
            after.setdefault("".join(sorted(reached)), []).append(shape.name)
    lines += [f"    {_quoted(' '.join(names))}: {_quoted(reached)},\n" for reached, names in after.items()]
    return _HEADER + "".join(lines) + "}\n"


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


def _after_digits(items: Iterable[tuple[Any, Any]]) -> tuple[set[str], bool]:
    """What can stand behind the digits that a match begins with, and whether it can consist of digits only."""
    reached: set[str] = set()
    for op, argument in items:
        more, passed = _behind(op, argument)
        reached |= more
        if not passed:
            return reached, False
    return reached, True


def _behind(op: Any, argument: Any) -> tuple[set[str], bool]:
    if op in (ops.LITERAL, ops.IN):
        held = frozenset(chr(argument)) if op is ops.LITERAL else _characters(argument)
        return (set(held - _DIGITS), bool(held & _DIGITS)) if held is not None else (set(), True)
    if op is ops.BRANCH:
        ways = [_after_digits(branch) for branch in argument[1]]
        return {character for reached, _ in ways for character in reached}, any(ended for _, ended in ways)
    if op is ops.SUBPATTERN:
        return _after_digits(argument[3])
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
        reached, ended = _after_digits(argument[2])
        return reached, ended or argument[0] == 0
    return set(), True  # looks around, or may be anything: not told apart from digits


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
        elif op is ops.CATEGORY and argument in (ops.CATEGORY_DIGIT, ops.CATEGORY_SPACE):
            found.update("0123456789" if argument is ops.CATEGORY_DIGIT else " ")
        else:
            return None
    return frozenset(found)


if __name__ == "__main__":
    Path(starts.__file__).write_text(module(), "utf-8")
