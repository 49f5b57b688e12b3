"""Which of many literals may stand in a text, told in one pass over the text as it was written.

Rules compare folded text, and folding costs more than looking. So it is the literals that are unfolded: every spelling
that people commonly use (full width, traditional, upper case) becomes a pattern of one automaton. A literal with too many
spellings is looked for by a piece of it. A text with a character that folds in an uncommon way is folded first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from math import prod

from commlint.model.span import Span
from commlint.text.automaton import Automaton, automaton
from commlint.text.fold import INVISIBLE, TABLE, fold, fold_string

# More spellings of one literal than this, and a piece of it with fewer must do.
_SPELLINGS = 16

# Looking for each literal in turn costs as much for this many code points as building the automaton costs, however many
# literals there are; a text also costs as much as this many code points merely by being looked at.
_WORTH_BUILDING = 12_000
_TEXT = 100

# What folds but is not unfolded: letters and digits of full width, capitals beyond ASCII, invisible characters. Roughly, so
# that looking stays cheap: some characters here fold to themselves. All of Unicode is held against this by a test.
_UNCOMMON = (
    "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
    "\u00c0-\u00d6\u00d8-\u00de\u0100-\u024f\u0370-\u0556\u10a0-\u10ff\u13a0-\u13ff\u1c80-\u1cbf\u1e00-\u1fff"
    "\u2126\u212a\u212b\u2132\u2160-\u216f\u2183\u24b6-\u24cf\u2c00-\u2dff\ua640-\ua7ff"
) + INVISIBLE.partition("\U000e0100")[0]


class Scanner:
    """Looks for `literals`, which are folded strings. Safe to share between threads; pickles as its literals."""

    def __init__(self, literals: Sequence[str]) -> None:
        self.literals = tuple(literals)
        self._looked = 0
        self._plan: _Plan | None = None

    def __reduce__(self) -> tuple[object, ...]:
        return (Scanner, (self.literals,))

    def hits(self, raw: str) -> frozenset[int]:
        """Indices of the literals that may stand in the fold of `raw`: all that do, and hardly any that do not."""
        plan = self._planned(raw)
        if plan is None:
            folded = fold_string(raw)
            return frozenset(index for index, literal in enumerate(self.literals) if literal in folded)
        return plan.hits(fold_string(raw) if uncommon(raw) else raw)

    def find(self, raw: str) -> list[tuple[int, int, int]]:
        """(index, start, end) of each place of each literal in the fold of `raw`, in code points of `raw`, by place."""
        plan = self._planned(raw)
        if plan is not None and not uncommon(raw):
            return sorted(plan.places(raw, self.literals), key=_by_place)
        folded = fold(raw)
        places = plan.places(folded.text, self.literals) if plan else _each(folded.text, self.literals)
        spans = ((index, folded.source_map.to_source(Span(start, end))) for index, start, end in places)
        return sorted(((index, span.start, span.end) for index, span in spans), key=_by_place)

    def _planned(self, raw: str) -> _Plan | None:
        if self._plan is None and self._looked <= _WORTH_BUILDING:
            self._looked += len(raw) + _TEXT
        if self._plan is None and self._looked > _WORTH_BUILDING:
            self._plan = _Plan(self.literals)  # two threads may both build; their plans are equal
        return self._plan


def _by_place(hit: tuple[int, int, int]) -> tuple[int, int, int]:
    index, start, end = hit
    return start, end, index


def _each(text: str, literals: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Every place of every literal, one literal after the other."""
    for index, literal in enumerate(literals):
        at = text.find(literal) if literal else -1
        while at >= 0:
            yield index, at, at + len(literal)
            at = text.find(literal, at + 1)


class _Plan:
    """The automaton, and for each of its patterns the literals it speaks for and where in them it stands."""

    def __init__(self, literals: Sequence[str]) -> None:
        owners: dict[str, list[tuple[int, int]]] = {}
        for index, literal in enumerate(literals):
            at, piece = _piece(literal)
            for spelling in spellings(piece):
                owners.setdefault(spelling, []).append((index, at))
        self._always = frozenset(index for index, _ in owners.pop("", ()))
        self._owners = list(owners.values())
        self._indices = [[index for index, _ in pairs] for pairs in self._owners]
        self._automaton: Automaton = automaton(list(owners))

    def hits(self, text: str) -> frozenset[int]:
        patterns = {hit[0] for hit in self._automaton.finds(text)}
        return self._always.union(*(self._indices[pattern] for pattern in patterns))

    def places(self, text: str, literals: Sequence[str]) -> Iterator[tuple[int, int, int]]:
        for pattern, found, end in self._automaton.finds(text):
            for index, at in self._owners[pattern]:
                literal = literals[index]
                start = found - at
                if end - found == len(literal) or (start >= 0 and fold_string(text[start : start + len(literal)]) == literal):
                    yield index, start, start + len(literal)


def spellings(literal: str) -> Iterable[str]:
    """Every common way to write `literal`, itself first."""
    common = _common()
    return map("".join, product(*(character + common.get(character, "") for character in literal)))


def uncommon(raw: str) -> bool:
    """Whether `raw` has to be folded to be looked through: it holds something that `spellings` does not know."""
    if raw.isascii() or (found := _uncommon().search(raw)) is None:
        return False
    return any(fold_string(character) != character for character in set(_uncommon().findall(raw, found.start())))


def _piece(literal: str) -> tuple[int, str]:
    """The longest piece of `literal` that has few spellings, and where it starts."""
    common = _common()
    weights = [1 + len(common.get(character, "")) for character in literal]
    best = start = 0
    length = 0
    for end in range(1, len(literal) + 1):
        while prod(weights[start:end]) > _SPELLINGS:
            start += 1
        if end - start > length:
            best, length = start, end - start
    return best, literal[best : best + length]


@cache
def _common() -> Mapping[str, str]:
    """Folded characters, and the other characters that people commonly write for them."""
    common = {chr(code): chr(code - 32) for code in range(ord("a"), ord("z") + 1)}
    for written, folded in TABLE.items():
        if written < "\U00010000" and not (folded.isascii() and folded.isalnum()):
            common[folded] = common.get(folded, "") + written
    return common


@cache
def _uncommon() -> re.Pattern[str]:
    return re.compile(f"[{_UNCOMMON}\U00010000-\U0010ffff]")
