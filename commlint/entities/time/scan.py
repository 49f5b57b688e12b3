"""Find shapes in folded text: one pass over possible first characters, the longest match at each, then priority."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from commlint.entities.time.guards import masked, rejected
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
def _after_digits() -> dict[str, str]:
    """By name of shape, the characters that can follow the digits it begins with."""
    return {name: after for names, after in AFTER_DIGITS.items() for name in names.split()}


_DIGITS = re.compile(r"\d{1,8}(?!\d)")


def _shapes_at(text: str, at: int) -> tuple[Shape, ...]:
    """The shapes that may begin at `at`, by the next character and by what stands behind the digits there."""
    run = _DIGITS.match(text, at)
    return _possible(text[at : at + 2], text[run.end() : run.end() + 1] if run else None)


@lru_cache(maxsize=4096)
def _possible(two: str, after: str | None) -> tuple[Shape, ...]:
    """The shapes that can begin with two characters, or with one at the end of the text, and have `after` behind their digits."""
    found = _followed(by_first().get(two[:1], ()), _starts().get(two[:1], {}), two[1:])
    return found if after is None else _followed(found, _after_digits(), after)


def _followed(shapes: Iterable[Shape], allowed: Mapping[str, str], following: str) -> tuple[Shape, ...]:
    """Those of `shapes` for which `following`, nothing at the end of a text, is among what is allowed."""
    plain = "0" if following.isdecimal() and not following.isascii() else " " if following.isspace() else following
    return tuple(shape for shape in shapes if shape.name not in allowed or (plain and plain in allowed[shape.name]))


@lru_cache(maxsize=1)
def _candidates() -> re.Pattern[str]:
    """A place where a shape can begin: not inside a number, a numeral or a Latin word."""
    first = set(by_first())
    latin = "".join(sorted(character for character in first if "a" <= character <= "z"))
    numerals = "".join(sorted(character for character in first if character in _NUMERALS))
    other = "".join(re.escape(character) for character in sorted(first - set(latin) - set(numerals) - set("0123456789")))
    return re.compile(rf"(?<![0-9])[0-9]|(?<![{numerals}])[{numerals}]|(?<![a-z])[{latin}]|[{other}]")


def atoms(text: str) -> Iterator[Atom]:
    """The shapes of `text` from left to right, none overlapping another."""
    candidates = _candidates()
    hidden = masked(text)
    position, last = 0, -1
    while True:
        at = _next(text, position, last, candidates)
        if at < 0:
            return
        inside = hidden.end_of(at)
        if inside > at:
            position = inside
            continue
        glued = last >= 0 and (last == at or (last == at - 1 and text[last] in _GLUE))
        atom = _longest(text, at, _shapes_at(text, at), glued=glued)
        if atom is None:
            position = at + 1
        else:
            yield atom
            position = last = atom.end


# What may join two shapes without a gap: the T of ISO 8601 and the marks of a range.
_GLUE = "t-~至到\u2014\u2013\u2015\u2212/"


def _next(text: str, position: int, last: int, candidates: re.Pattern[str]) -> int:
    """Where a shape may begin next; right behind another even inside a number (2024-5-2518:00); -1 at the end."""
    if position == last and _shapes_at(text, position):
        return position
    for found in candidates.finditer(text, position):
        if _shapes_at(text, found.start()):
            return found.start()
    return -1


def _longest(text: str, at: int, shapes: tuple[Shape, ...], *, glued: bool) -> Atom | None:
    best: Atom | None = None
    for shape in shapes:
        match = compiled(shape.pattern).match(text, at)
        if match is None or (best is not None and (match.end(), shape.priority) <= (best.end, best.shape.priority)):
            continue
        if match.end() > at and not rejected(shape, text, at, match.end(), glued=glued):
            best = Atom(shape, at, match.end(), match.groupdict())
    return best
