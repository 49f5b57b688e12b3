"""One line of a table of scores: how many were wanted, found and right."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen


@frozen
class Row:
    """The score of one class; `notes` has a line for each miss and each false alarm."""

    name: str
    right: int
    found: int
    wanted: int
    notes: tuple[str, ...] = ()

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1 when nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what was wanted that was found; 1 when nothing was wanted."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Tally:
    """Counts wanted and found things of several classes, and what went wrong."""

    def __init__(self) -> None:
        self._counts: dict[str, list[int]] = {}
        self._notes: dict[str, list[str]] = {}

    def count(self, name: str, wanted: Iterable[object], found: Iterable[object], where: str = "") -> None:
        """Compare two collections as multisets, each thing once."""
        counts = self._counts.setdefault(name, [0, 0, 0])
        left = list(found)
        counts[1] += len(left)
        for thing in wanted:
            counts[2] += 1
            if thing in left:
                left.remove(thing)
                counts[0] += 1
            else:
                self._notes.setdefault(name, []).append(f"missed {thing!r} {where}")
        self._notes.setdefault(name, []).extend(f"false  {thing!r} {where}" for thing in left)

    def rows(self) -> list[Row]:
        """The scores, in the order the classes came."""
        return [Row(name, right, found, wanted, tuple(self._notes.get(name, ()))) for name, (right, found, wanted) in self._counts.items()]
