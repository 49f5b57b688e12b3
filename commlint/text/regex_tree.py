"""A regular expression as a small tree of our own, for analysis only.

The tree is read off `re._parser`, which is private: parsing the syntax anew would risk judging another language than the one that
runs. All use of it is in `tree`; the shapes it relies on are the same in Python 3.11 to 3.14, and a test holds them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from attrs import frozen


class Refused(Exception):  # noqa: N818 - it says what happened to the pattern
    """The pattern uses something that is refused as such; `slug` says what."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


@frozen(cache_hash=True)
class Chars:
    """One character out of a set: ranges and categories ("d", "S", …), negated or not."""

    ranges: tuple[tuple[str, str], ...] = ()
    categories: tuple[str, ...] = ()
    negated: bool = False

    def holds(self, character: str) -> bool:
        """Whether `character` is in the set."""
        inside = any(low <= character <= high for low, high in self.ranges)
        return (inside or any(_CATEGORIES[name](character) for name in self.categories)) != self.negated


@frozen(cache_hash=True)
class Sequence:
    """One after the other."""

    items: tuple[Any, ...]


@frozen(cache_hash=True)
class Choice:
    """One of several, the first that fits."""

    branches: tuple[Any, ...]


@frozen(cache_hash=True)
class Repeat:
    """`body` from `least` to `most` times; `firm` when it never gives back what it took."""

    least: int
    most: int
    body: Any
    firm: bool = False


@frozen(cache_hash=True)
class Look:
    """Something that must (or must not) stand here, without being taken."""

    body: Any


@frozen(cache_hash=True)
class Edge:
    """A place: start, end, word boundary; `start` when it is the start of the text."""

    start: bool = False


_HUGE = 1000


def tree(pattern: str, flags: re.RegexFlag) -> Any:
    """The tree of a valid `pattern`. Raises Refused for what the language does not have."""
    from re import _parser  # private: see the module's docstring

    parsed: Iterable[Any] = _parser.parse(pattern, flags)
    return _Reading(flags).sequence(parsed)


class _Reading:
    """Reads parsed items under the flags of the whole pattern; a group's own flags can add to them."""

    def __init__(self, flags: re.RegexFlag) -> None:
        self._flags = flags

    def sequence(self, items: Iterable[Any]) -> Sequence:
        return Sequence(tuple(self._node(str(op), value) for op, value in items))

    def _node(self, op: str, value: Any) -> Any:
        if op in ("LITERAL", "NOT_LITERAL"):
            return Chars(((chr(value), chr(value)),), negated=op == "NOT_LITERAL")
        if op == "ANY":
            return Chars(negated=True) if self._flags & re.DOTALL else Chars((("\n", "\n"),), negated=True)
        if op == "IN":
            return _class(value)
        if op == "AT":
            return Edge(str(value) == "AT_BEGINNING_STRING" or (str(value) == "AT_BEGINNING" and not self._flags & re.MULTILINE))
        if op in ("ASSERT", "ASSERT_NOT"):
            return Look(self.sequence(value[1]))
        return self._group(op, value)

    def _group(self, op: str, value: Any) -> Any:
        if op == "BRANCH":
            return Choice(tuple(self.sequence(branch) for branch in value[1]))
        if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            return self._repeat(value, firm=op == "POSSESSIVE_REPEAT")
        if op == "SUBPATTERN":
            return _Reading(self._flags | value[1]).sequence(value[3])
        if op == "ATOMIC_GROUP":
            return self.sequence(value)
        raise Refused("conditional-group" if op == "GROUPREF_EXISTS" else "backreference")

    def _repeat(self, value: Any, *, firm: bool) -> Repeat:
        least, most, body = value
        if int(most) > _HUGE:
            raise Refused("huge-repeat")
        return Repeat(int(least), int(most), _single(self.sequence(body)), firm)


def _single(sequence: Sequence) -> Any:
    """A sequence of one is that one, groups around it taken off."""
    inner: Any = sequence
    while isinstance(inner, Sequence) and len(inner.items) == 1:
        inner = inner.items[0]
    return inner


def _class(items: Iterable[Any]) -> Chars:
    ranges: list[tuple[str, str]] = []
    categories: list[str] = []
    negated = False
    for op, value in items:
        name = str(op)
        if name == "NEGATE":
            negated = True
        elif name == "LITERAL":
            ranges.append((chr(value), chr(value)))
        elif name == "RANGE":
            ranges.append((chr(value[0]), chr(value[1])))
        else:
            categories.append(str(value).removeprefix("CATEGORY_"))
    return Chars(tuple(ranges), tuple(categories), negated)


def _word(character: str) -> bool:
    return character.isalnum() or character == "_"


_CATEGORIES: Mapping[str, Callable[[str], bool]] = {
    "DIGIT": str.isdecimal,
    "NOT_DIGIT": lambda character: not character.isdecimal(),
    "SPACE": str.isspace,
    "NOT_SPACE": lambda character: not character.isspace(),
    "WORD": _word,
    "NOT_WORD": lambda character: not _word(character),
}
