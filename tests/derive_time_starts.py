"""Write commlint/entities/time/starts.py: which characters can stand behind the first one, or behind the first digits, of a time, and at the end of its guards.

Run ``python -m tests.derive_time_starts`` after an edit of the shapes; a test compares the result with the file.
"""

from __future__ import annotations

import re._constants as ops  # type: ignore[import-not-found]  # the parser of the standard library tells what a pattern can begin with
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from commlint.entities.time import starts
from commlint.entities.time.cues import PREFIX
from commlint.entities.time.guards import LEFT
from commlint.entities.time.scan import by_first

_HEADER = '''"""What can stand behind the first character of a time expression, so that most places are told by two characters.

Derived by tests/derive_time_starts.py from the shapes, for shapes by name: by first character, what can follow it; and what can
follow the digits that an expression begins with, up to three characters, a run of digits counting as one. Behind a shorter row, and behind
what is not here, anything may follow. Last, by name of guard and of cue, the characters that what it finds can end with. ASCII digits stand for all digits.
"""

STARTS: dict[str, dict[str, str]] = {
'''
Row = tuple[str, ...]
Begin = tuple[frozenset[str] | None, ...]  # the sets of characters that a match begins with; None: any character
_DIGITS = frozenset("0123456789")
_MOST = 300  # a class of more characters than this counts as any
_ONCE_MORE = 9  # a repetition is followed no further than this, longer than any run of digits
_TOKENS = 3


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
    lines += ["}\n\nAFTER_DIGITS: dict[str, tuple[tuple[str, ...], ...]] = {\n"]
    after: dict[tuple[Row, ...], list[str]] = {}
    for name, rows_ in _all_after_digits(by_first()["1"]).items():
        after.setdefault(rows_, []).append(name)
    for rows_, shape_names in after.items():
        lines += [f"    {_quoted(' '.join(shape_names))}: (\n", *(f"        ({', '.join(map(_quoted, row))},),\n" for row in rows_), "    ),\n"]
    ends = {name: _guard_ends(pattern) for name, pattern in LEFT.items()}
    lines += ["}\n\nGUARD_ENDS: dict[str, frozenset[str]] = {\n", *(f"    {_quoted(name)}: frozenset({_quoted(''.join(sorted(each)))}),\n" for name, each in ends.items() if each)]
    lines += ["}\n\nCUE_ENDS: dict[str, frozenset[str]] = {\n", f"    \"prefix\": frozenset({_quoted(''.join(sorted(_guard_ends(PREFIX) or ())))}),\n"]
    return _HEADER + "".join(lines) + "}\n"


def _all_after_digits(shapes: Iterable[Any]) -> dict[str, tuple[Row, ...]]:
    """By name, what can stand behind the digits; shapes that can be digits only, or followed by anything, are left out."""
    found: dict[str, set[Begin] | None] = {}
    for shape in shapes:
        known, more = found.get(shape.name, set()), _after_digits(shape.pattern)
        found[shape.name] = None if known is None or more is None else known | more
    return {name: _rows(states) for name, states in found.items() if states is not None}


def _rows(states: set[Begin]) -> tuple[Row, ...]:
    """The states as strings, those that differ in one place together, so that there are few."""
    rows = {tuple("".join(sorted(characters)) for characters in state if characters is not None) for state in states}
    for place in (2, 1, 0):
        joined: dict[tuple[int, Row, Row], set[str]] = {}
        for row in rows:
            if len(row) > place:
                joined.setdefault((len(row), row[:place], row[place + 1 :]), set()).update(row[place])
        rows = {row for row in rows if len(row) <= place} | {(*left, "".join(sorted(each)), *right) for (_, left, right), each in joined.items()}
    return tuple(sorted(rows))


def _quoted(text: str) -> str:
    return '"' + "".join("\\\\" if c == "\\" else c if c.isalnum() else c.encode("unicode_escape").decode() if not c.isascii() else c for c in text).replace('"', '\\"') + '"'


def _guard_ends(pattern: str) -> set[str] | None:
    """The last characters of what a guard or cue finds, blanks behind them passed over. None: any."""
    found, empty = _ends(parser.parse(pattern))
    return None if found is None or empty else found


def _ends(items: Iterable[tuple[Any, Any]]) -> tuple[set[str] | None, bool]:
    """The last characters of a sequence, None for any; and whether it can be empty."""
    found: set[str] = set()
    for op, argument in reversed(list(items)):
        last, empty = _end(op, argument)
        if last is None:
            return None, empty
        found |= last
        if not empty:
            return found, False
    return found, True


def _end(op: Any, argument: Any) -> tuple[set[str] | None, bool]:
    if op in (ops.LITERAL, ops.IN):
        characters = _characters([(op, argument)] if op is ops.LITERAL else argument)
        return (None, False) if characters is None else (set(characters - {" "}), " " in characters)
    if op is ops.SUBPATTERN:
        return _ends(argument[3])
    if op is ops.BRANCH:
        each = [_ends(branch) for branch in argument[1]]
        return (None if any(last is None for last, _ in each) else {c for last, _ in each for c in last or ()}), any(empty for _, empty in each)
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
        last, empty = _ends(argument[2])
        return last, empty or argument[0] == 0
    if op in (ops.ASSERT, ops.ASSERT_NOT, ops.AT):
        return set(), True
    raise ValueError(f"a guard uses {op}, which this does not know")


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


def _after_digits(pattern: str) -> set[Begin] | None:
    """What can stand behind the digits that a match begins with, by tokens; None: a match may be all digits, or go on with anything."""
    states = _passed(parser.parse(pattern), {()})
    return None if any(not state or state[0] is None for state in states) else states


def _passed(items: Iterable[tuple[Any, Any]], states: set[Begin]) -> set[Begin]:
    """What may stand behind the digits after `items`, given what may stand there before them."""
    for op, argument in items:
        states = _step(op, argument, states)
    return states


def _step(op: Any, argument: Any, states: set[Begin]) -> set[Begin]:
    if op is ops.SUBPATTERN:
        return _passed(argument[3], states)
    if op is ops.BRANCH:
        return {state for branch in argument[1] for state in _passed(branch, states)}
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
        least, highest, inner = argument
        return _repeats(least, highest, inner, states)
    return {state for before in states for more in _ways(op, argument, 1) for state in _advanced(before, more)}


def _repeats(least: int, highest: int, inner: Any, states: set[Begin]) -> set[Begin]:
    found = states if least == 0 else set()
    for count in range(1, min(highest, _ONCE_MORE) + 1):
        states = _passed(inner, states)
        if count >= least:
            found = found | states
    return found


def _advanced(before: Begin, more: Begin) -> Iterable[Begin]:
    """`before` with one more token; digits behind digits are the same token, and behind anything nothing is told."""
    if not more or (before and before[-1] is None):
        return [before]
    characters, digital = more[0], not before or before[-1] == _DIGITS
    if characters is None:
        return [(*before, None)[:_TOKENS]]
    kept: list[Begin] = []
    if characters & _DIGITS:
        kept.append(before if digital else (*before, _DIGITS)[:_TOKENS])
    if characters - _DIGITS:
        kept.append((*before, frozenset(characters - _DIGITS))[:_TOKENS])
    return kept


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
