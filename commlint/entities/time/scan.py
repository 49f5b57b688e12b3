"""Find shapes in folded text: one pass over possible first characters, the longest match at each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from commlint.entities.time.enumerations import MARKS, listed
from commlint.entities.time.guards import Guards, Hidden, mark_before, masked, not_before, not_behind, rejected
from commlint.entities.time.shape import Atom, Shape, compiled
from commlint.entities.time.starts import AFTER_DIGITS, STARTS

_NUMERALS = "一二三四五六七八九十两半"


@lru_cache(maxsize=1)
def by_first() -> dict[str, tuple[Shape, ...]]:
    """The shapes that can begin with a character, the preferred ones first."""
    from commlint.entities.time.chinese import CHINESE
    from commlint.entities.time.english import ENGLISH

    table: dict[str, list[Shape]] = {}
    for shape in (*CHINESE, *ENGLISH):
        for character in _expanded(shape.first):
            table.setdefault(character, []).append(shape)
    return {character: tuple(dict.fromkeys(shapes)) for character, shapes in table.items()}


def _expanded(first: str) -> str:
    return first.replace("0", "0123456789").replace("一", "一二三四五六七八九十")


@lru_cache(maxsize=1)
def _starts() -> dict[str, dict[str, str]]:
    """By first character, for the shapes by name, the characters that can follow it; what is missing can be followed by anything."""
    return {first: {name: second for names, second in row.items() for name in names.split()} for firsts, row in STARTS.items() for first in firsts}


@lru_cache(maxsize=1)
def _after_digits() -> dict[str, dict[str, list[tuple[str, ...]]]]:
    """By name of shape, by the character that follows the digits it begins with, what can follow that."""
    table: dict[str, dict[str, list[tuple[str, ...]]]] = {}
    for names, rows in AFTER_DIGITS.items():
        behind: dict[str, list[tuple[str, ...]]] = {}
        for row in rows:
            for character in row[0]:
                behind.setdefault(character, []).append(row[1:])
        table |= dict.fromkeys(names.split(), behind)
    return table


# Longer runs of digits are numbers of something: no shape begins with more than eight.
_DIGITS = re.compile(r"\d{1,8}(?!\d)(.?)(\d?)\d{0,20}(.?)(.?)", re.DOTALL)
Match = Callable[[str, int], "re.Match[str] | None"]
Tried = tuple[tuple["Match | None", tuple["Row", ...]], ...]  # by gate


class Row(NamedTuple):
    """A shape ready to be tried behind a known first character: what must not stand behind it (`right`) and before it (`left`)."""

    shape: Shape
    match: Match
    surpassed: frozenset[str] | None  # what may stand behind a match that another shape makes longer; None: not known
    right: Match | None
    left: Guards | None


_RANGE = frozenset(" -~至到\u2014\u2013\u2015\u2212\u301c")
# Shapes that, once found, only these characters behind them let another shape surpass: the marks of a range (5月3日至5日), am and pm.
_SURPASSED = {"full-date": _RANGE, "month-day": _RANGE, "clock": frozenset(" ap"), "iso-date": frozenset(), "limit": frozenset()}


@lru_cache(maxsize=4096)
def _possible(two: str) -> Tried | None:
    """The shapes that can begin with two characters, or with one at the end of the text; None for digits, where more than that tells."""
    return None if two[:1].isdecimal() else _gated(_followed(two), two[:1])


def _at_digits(text: str, at: int) -> Tried:
    run = _DIGITS.match(text, at)
    if run is None:
        return ()
    after, digit, third, fourth = run.groups()
    behind = (after, "0", third) if digit else (after, third, fourth)
    known = _telling()
    return _numeric(text[at], *[each if each in known else _untold(each) for each in (text[at + 1 : at + 2], *behind)])


def _untold(character: str) -> str:
    """What stands for characters that the tables do not tell apart: each of them in a cache of its own would fill it with the same."""
    return "0" if character.isdecimal() else "\0"


@lru_cache(maxsize=1)
def _telling() -> frozenset[str]:
    """The characters that can follow according to the tables; digits, and none."""
    behind = {character for rows in _after_digits().values() for first, found in rows.items() for character in (first, *"".join(map("".join, found)))}
    return frozenset(behind | {character for row in _starts().values() for allowed in row.values() for character in allowed} | {"", *"0123456789"})


@lru_cache(maxsize=4096)
def _numeric(first: str, second: str, *tokens: str) -> Tried:
    """The shapes that can begin with two characters, the first a digit, and have these characters, or digits between them, behind their digits."""
    behind = _after_digits()
    return _gated((shape for shape in _followed(first + second) if shape.name not in behind or _allowed(behind[shape.name], tokens)), first)


def _gated(shapes: Iterable[Shape], first: str) -> Tried:
    """Shapes ready to be tried, those with one gate together."""
    behind: dict[str, list[Row]] = {}
    for shape in shapes:
        behind.setdefault(shape.gate, []).append(Row(shape, compiled(shape.pattern).match, _SURPASSED.get(shape.name), not_behind(shape), not_before(shape, first)))
    return tuple((compiled(gate).match if gate and len(each) > 1 else None, tuple(each)) for gate, each in behind.items())


def _followed(two: str) -> tuple[Shape, ...]:
    """The shapes that begin with the first character and may go on with the second; nothing follows at the end of a text."""
    allowed, second = _starts().get(two[:1], {}), _plain(two[1:])
    return tuple(shape for shape in by_first().get(two[:1], ()) if shape.name not in allowed or (second and second in allowed[shape.name]))


def _allowed(behind: Mapping[str, Sequence[tuple[str, ...]]], tokens: Sequence[str]) -> bool:
    """Whether what stands behind the digits is among what can; nothing does at the end of a text."""
    rows = behind.get(tokens[0], ())
    return any(all(token and token in row for token, row in zip(tokens[1:], each, strict=False)) for each in rows)


def _plain(character: str) -> str:
    """Any digit as an ASCII one."""
    return "0" if character.isdecimal() and not character.isascii() else character


@lru_cache(maxsize=1)
def _candidates() -> re.Pattern[str]:
    """A place where a shape can begin: not inside a number, a numeral or a Latin word, and before what can follow it there."""
    first = set(by_first())
    latin = {character for character in first if "a" <= character <= "z"}
    numerals = first & set(_NUMERALS)
    free = {character for character in first - latin - numerals - set("0123456789") if _seconds(character) is None}
    other = first - latin - numerals - free - set("0123456789")
    # One class first, so that most characters are passed over at once; then what must not stand before, and what must behind.
    return re.compile(
        rf"{_class(first)}(?:(?<={_class(other)})(?={_all_seconds(other)})|(?<=[0-9])(?<![0-9].)(?=\d{{0,7}}{_behind_digits()})|(?<={_class(numerals)})(?<!{_class(numerals)}.)(?={_all_seconds(numerals)})"
        rf"|(?<={_class(latin)})(?<![a-z].)|(?<={_class(free)}))", re.DOTALL,
    )


def _seconds(first: str) -> set[str] | None:
    """What can stand behind a first character; None: anything."""
    allowed = _starts().get(first, {})
    found = [allowed.get(shape.name) for shape in by_first()[first]]
    return None if None in found else {character for each in found for character in each or ""}


def _all_seconds(firsts: set[str]) -> str:
    """A class of what can stand behind any of these, digits of all scripts among it; of anything, when one can be followed by anything."""
    found = [_seconds(first) for first in firsts]
    characters = {character for each in found for character in each or ""}
    return "." if None in found else _class(characters, r"\d" if characters & set("0123456789") else "")


def _behind_digits() -> str:
    """What can stand behind the digits that a shape begins with: nothing but digits make a date of eight (20240524)."""
    behind = _after_digits()
    plain = {shape.name for shape in by_first()["1"]} - set(behind)
    characters = {character for each in behind.values() for character in each}
    return rf"(?:{_class(characters)}|(?<=\d{{8}})(?!\d))" if plain <= {"compact-date"} else ""


def _class(characters: set[str], more: str = "") -> str:
    return f"[{''.join(map(re.escape, sorted(characters)))}{more}]" if characters or more else "(?!)"


def atoms(text: str) -> list[Atom]:
    """The shapes of `text` from left to right, none overlapping another."""
    hidden = masked(text)
    found: list[Atom] = []
    position, last = 0, -1
    for place in _candidates().finditer(text):
        at = place.start()
        if at < position:
            continue
        glued = last == at - 1 and at > 0 and text[last] in _GLUE
        while (atom := _shape(text, at, hidden, glued=glued)) is not None:
            found.append(atom)
            at = position = last = atom.end
            glued = True  # right behind another even inside a number (2024-5-2518:00)
            if text[at : at + 1] in MARKS and (more := listed(text, atom)):
                found += more
                at = position = last = more[-1].end
    return found


# What may join two shapes without a gap: the T of ISO 8601 and the marks of a range.
_GLUE = "t-~至到\u2014\u2013\u2015\u2212/"


def _shape(text: str, at: int, hidden: Hidden | None, *, glued: bool) -> Atom | None:
    """The shape at `at`, by the next character, and by the two that stand behind the digits there; none in what is hidden."""
    shapes = _possible(text[at : at + 2])
    if shapes is None:
        shapes = _at_digits(text, at)
    if not shapes or (hidden is not None and hidden.end_of(at) > at):
        return None
    return _longest(text, at, shapes, glued=glued)


def _longest(text: str, at: int, shapes: Tried, *, glued: bool) -> Atom | None:
    """The longest shape at `at` that nothing around it speaks against; what it is glued to does not."""
    best: tuple[Shape, re.Match[str]] | None = None
    reached, mark = at, "" if glued or at == 0 else None
    for gate, rows in shapes:
        if gate is not None and gate(text, at) is None:
            continue
        for shape, tried, surpassed, right, left in rows:
            match = tried(text, at)
            if match is None or (end := match.end()) <= reached:
                continue
            if right is not None and right(text, end):
                continue
            if left is not None and mark != "":
                if mark is None:
                    mark = mark_before(text, at)
                if mark in left.ends and rejected(left, mark, shape, text, at, end):
                    continue
            if surpassed is not None and text[end : end + 1] not in surpassed:
                return Atom(shape, at, end, match.groupdict(), shape.role)
            best, reached = (shape, match), end
    return Atom(best[0], at, reached, best[1].groupdict(), best[0].role) if best else None
