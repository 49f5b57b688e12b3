"""Find shapes in folded text: one pass over possible first characters, the longest match at each, then priority."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from commlint.entities.time.guards import masked, rejected
from commlint.entities.time.shape import Atom, Shape, compiled

_NUMERALS = "一二三四五六七八九十两半"

# One pattern for all shapes of a character costs as much to compile as this many failures of its shapes, one after the other.
_WORTH_ONE_PATTERN = 1_000
_GROUP = re.compile(r"\(\?P([<=])(\w+)([>)])")


class Shapes:
    """The shapes that can begin with a character, the preferred ones first. Safe to share between threads."""

    def __init__(self, shapes: tuple[Shape, ...]) -> None:
        self.shapes = shapes
        self._failed = 0
        self._any: re.Pattern[str] | None = None

    def possible(self, text: str, at: int) -> bool:
        """Whether one of them may match at `at`."""
        return self._any is None or self._any.match(text, at) is not None

    def failed(self) -> None:
        """None of them matched somewhere: most places that look like a time are none, and one look must do."""
        self._failed += 1
        if self._failed == _WORTH_ONE_PATTERN and len(self.shapes) > 1:
            self._any = re.compile("|".join(_renamed(shape.pattern, number) for number, shape in enumerate(self.shapes)))


def _renamed(pattern: str, number: int) -> str:
    """`pattern` with group names that no other has."""
    return _GROUP.sub(rf"(?P\1\2_{number}\3", pattern)


@lru_cache(maxsize=1)
def _by_first() -> dict[str, Shapes]:
    """The shapes that can begin with a character."""
    from commlint.entities.time.chinese import CHINESE
    from commlint.entities.time.english import ENGLISH

    table: dict[str, list[Shape]] = {}
    for shape in (*CHINESE, *ENGLISH):
        for character in _expanded(shape.first):
            table.setdefault(character, []).append(shape)
    groups: dict[tuple[Shape, ...], Shapes] = {}
    made = {character: tuple(dict.fromkeys(shapes)) for character, shapes in table.items()}
    return {character: groups.setdefault(shapes, Shapes(shapes)) for character, shapes in made.items()}


def _expanded(first: str) -> str:
    return first.replace("0", "0123456789").replace("一", "一二三四五六七八九十")


@lru_cache(maxsize=1)
def _candidates() -> re.Pattern[str]:
    """A place where a shape can begin: not inside a number, a numeral or a Latin word."""
    first = set(_by_first())
    latin = "".join(sorted(character for character in first if "a" <= character <= "z"))
    numerals = "".join(sorted(character for character in first if character in _NUMERALS))
    other = "".join(re.escape(character) for character in sorted(first - set(latin) - set(numerals) - set("0123456789")))
    return re.compile(rf"(?<![0-9])[0-9]|(?<![{numerals}])[{numerals}]|(?<![a-z])[{latin}]|[{other}]")


def atoms(text: str) -> Iterator[Atom]:
    """The shapes of `text` from left to right, none overlapping another."""
    table, candidates = _by_first(), _candidates()
    hidden = masked(text)
    position, last = 0, -1
    while True:
        at = _next(text, position, last, table, candidates)
        if at < 0:
            return
        inside = hidden.end_of(at)
        if inside > at:
            position = inside
            continue
        glued = last >= 0 and (last == at or (last == at - 1 and text[last] in _GLUE))
        atom = _longest(text, at, table[text[at]], glued=glued)
        if atom is None:
            position = at + 1
        else:
            yield atom
            position = last = atom.end


# What may join two shapes without a gap: the T of ISO 8601 and the marks of a range.
_GLUE = "t-~至到\u2014\u2013\u2015\u2212/"


def _next(text: str, position: int, last: int, table: Mapping[str, Shapes], candidates: re.Pattern[str]) -> int:
    """Where a shape may begin next; right behind another even inside a number (2024-5-2518:00); -1 at the end."""
    if position == last and position < len(text) and text[position] in table:
        return position
    found = candidates.search(text, position)
    return found.start() if found else -1


def _longest(text: str, at: int, shapes: Shapes, *, glued: bool) -> Atom | None:
    best: Atom | None = None
    if not shapes.possible(text, at):
        return None
    for shape in shapes.shapes:
        match = compiled(shape.pattern).match(text, at)
        if match is None or (best is not None and (match.end(), shape.priority) <= (best.end, best.shape.priority)):
            continue
        if match.end() > at and not rejected(shape, text, at, match.end(), glued=glued):
            best = Atom(shape, at, match.end(), match.groupdict())
    if best is None:
        shapes.failed()
    return best
