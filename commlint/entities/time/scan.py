"""Find shapes in folded text: one pass over possible first characters, the longest match at each, then priority."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from commlint.entities.time.guards import Hidden, masked, rejected
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
Row = tuple[Shape, Match, frozenset[str] | None]  # the last: what may stand behind a match that another shape makes longer
Tried = tuple[tuple["Match | None", tuple[Row, ...]], ...]  # by gate

_RANGE = frozenset(" -~至到\u2014\u2013\u2015\u2212\u301c")
# Shapes that, once found, only these characters behind them let another shape surpass: the marks of a range (5月3日至5日), am and pm.
_SURPASSED = {"full-date": _RANGE, "month-day": _RANGE, "clock": frozenset(" ap"), "iso-date": frozenset(), "limit": frozenset()}


def _shapes_at(text: str, at: int) -> Tried:
    """The shapes that may begin at `at`, by the next character and by the two that stand behind the digits there."""
    two = text[at : at + 2]
    if not two[:1].isdecimal():
        return _possible(two)
    run = _DIGITS.match(text, at)
    return _numeric(two, *run.groups()) if run else ()


@lru_cache(maxsize=4096)
def _possible(two: str) -> Tried:
    """The shapes that can begin with two characters, or with one at the end of the text."""
    return _gated(_followed(two))


@lru_cache(maxsize=4096)
def _numeric(two: str, after: str, digit: str, third: str, fourth: str) -> Tried:
    """The shapes that can begin with two characters, the first a digit, and have these characters, or digits between them, behind their digits."""
    tokens = [_plain(each) for each in ((after, "0", third) if digit else (after, third, fourth))]
    behind = _after_digits()
    return _gated(shape for shape in _followed(two) if shape.name not in behind or _allowed(behind[shape.name], tokens))


def _gated(shapes: Iterable[Shape]) -> Tried:
    """Shapes ready to be tried, those with one gate together."""
    behind: dict[str, list[Row]] = {}
    for shape in shapes:
        behind.setdefault(shape.gate, []).append((shape, compiled(shape.pattern).match, _SURPASSED.get(shape.name)))
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
    """A place where a shape can begin: not inside a number, a numeral or a Latin word."""
    first = set(by_first())
    latin = "".join(sorted(character for character in first if "a" <= character <= "z"))
    numerals = "".join(sorted(character for character in first if character in _NUMERALS))
    other = "".join(re.escape(character) for character in sorted(first - set(latin) - set(numerals) - set("0123456789")))
    # One class first, so that most characters are passed over at once; then what must not stand before.
    return re.compile(rf"[0-9{numerals}{latin}{other}](?:(?<=[{other}])|(?<=[0-9])(?<![0-9].)|(?<=[{numerals}])(?<![{numerals}].)|(?<=[{latin}])(?<![a-z].))", re.DOTALL)


def atoms(text: str) -> list[Atom]:
    """The shapes of `text` from left to right, none overlapping another."""
    hidden = masked(text)
    found: list[Atom] = []
    position, last = 0, -1
    for place in _candidates().finditer(text):
        at = place.start()
        if at < position or not (shapes := _shapes_at(text, at)):
            continue
        if hidden is not None and (inside := hidden.end_of(at)) > at:
            position = inside
            continue
        glued = last == at - 1 and text[last] in _GLUE and last >= 0
        position = at + 1
        atom = _longest(text, at, shapes, glued=glued)
        while atom is not None:  # right behind another even inside a number (2024-5-2518:00)
            found.append(atom)
            position = last = atom.end
            atom = _behind(text, last, hidden)
    return found


# What may join two shapes without a gap: the T of ISO 8601 and the marks of a range.
_GLUE = "t-~至到\u2014\u2013\u2015\u2212/"


def _behind(text: str, at: int, hidden: Hidden | None) -> Atom | None:
    """The shape right behind another."""
    shapes = _shapes_at(text, at)
    if not shapes or (hidden is not None and hidden.end_of(at) > at):
        return None
    return _longest(text, at, shapes, glued=True)


def _longest(text: str, at: int, shapes: Tried, *, glued: bool) -> Atom | None:
    best: Shape | None = None
    found: re.Match[str] | None = None
    reached = at
    for gate, rows in shapes:
        if gate is not None and gate(text, at) is None:
            continue
        for shape, matched, surpassed in rows:
            match = matched(text, at)
            if match is None or match.end() <= reached or rejected(shape, text, at, match.end(), glued=glued):
                continue
            best, found, reached = shape, match, match.end()
            if surpassed is not None and text[reached : reached + 1] not in surpassed:
                return Atom(best, at, reached, found.groupdict(), best.role)
    return Atom(best, at, reached, found.groupdict(), best.role) if best is not None and found is not None else None
