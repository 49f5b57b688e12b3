"""Score of time expressions: exact spans, overlap, kinds, and values of what was found (`design` figures)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from commlint import time_spans
from tests.quality.marked import Mark, lines, unmarked
from tests.quality.rows import Row

Case = tuple[str, datetime | None, Sequence[Mark]]

_LIMITS = ("deadline", "duration-limit")


class _Counts:
    """What is counted over all lines."""

    def __init__(self) -> None:
        self.wanted = self.found = self.exact = self.near_wanted = self.near_found = 0
        self.kinds = self.values = self.valued = self.limits = self.limits_valued = self.dues = self.dues_right = 0
        self.traps = self.trapped = 0
        self.notes: dict[str, list[str]] = {"exact": [], "kind": [], "valued": [], "due": [], "traps": []}

    def add(self, text: str, marks: Sequence[Mark], found: Sequence[dict[str, object]]) -> None:
        """Count one line."""
        self.wanted += len(marks)
        self.found += len(found)
        by_span = {(each["start"], each["end"]): each for each in found}
        wanted = {(mark.start, mark.end) for mark in marks}
        self.near_found += sum(_overlaps(each, marks) for each in found)
        self.notes["exact"] += [f"false  {each['text']} ({each['kind']}) in {text}" for span, each in by_span.items() if span not in wanted]
        for mark in marks:
            self.near_wanted += any(int(str(each["start"])) < mark.end and mark.start < int(str(each["end"])) for each in found)
            self._one(text, mark, by_span.get((mark.start, mark.end)))

    def _one(self, text: str, mark: Mark, each: dict[str, object] | None) -> None:
        # People type the minus of a lead as a hyphen.
        kind, value, due = mark.label(0), mark.label(1).replace("-P", "\u2212P"), mark.label(2)
        asked = value not in {"", "?"}
        right = each is not None and str(each["value"] or "") == value
        self.valued += asked
        self.values += asked and right
        self.limits += asked and kind in _LIMITS
        self.limits_valued += asked and kind in _LIMITS and right
        if each is None:
            self.notes["exact"].append(f"missed {mark.text} in {text}")
            return
        self.exact += 1
        self.kinds += each["kind"] == kind
        if each["kind"] != kind:
            self.notes["kind"].append(f"{mark.text}: {each['kind']} for {kind} in {text}")
        if asked and not right:
            self.notes["valued"].append(f"{mark.text}: {each['value']} for {value} in {text}")
        if due:
            self.dues += 1
            self.dues_right += each["due"] == due
            if each["due"] != due:
                self.notes["due"].append(f"{mark.text}: {each['due']} for {due} in {text}")

    def rows(self) -> list[Row]:
        """The scores."""
        notes = {name: tuple(said) for name, said in self.notes.items()}
        overlap = Row("overlap", min(self.near_wanted, self.near_found), self.found, self.wanted)
        return [
            Row("exact span", self.exact, self.found, self.wanted, notes["exact"]), overlap,
            Row("kind (of exact)", self.kinds, self.exact, self.exact, notes["kind"]),
            Row("found and valued", self.values, self.valued, self.valued, notes["valued"]),
            Row("  deadlines and limits", self.limits_valued, self.limits, self.limits),
            Row("due (of exact)", self.dues_right, self.dues, self.dues, notes["due"]),
            Row("traps left alone", self.traps - self.trapped, self.traps, self.traps, notes["traps"]),
        ]


def _overlaps(each: dict[str, object], marks: Sequence[Mark]) -> bool:
    return any(int(str(each["start"])) < mark.end and mark.start < int(str(each["end"])) for mark in marks)


def score(path: Path) -> list[Row]:
    """The scores of one half."""
    return counted(_cases(path))


def counted(cases: Iterable[Case]) -> list[Row]:
    """The scores of cases: text, reference, marks; a text without marks is a trap."""
    counts = _Counts()
    for text, reference, marks in cases:
        found = time_spans(text, reference)
        if marks:
            counts.add(text, marks, found)
        else:
            counts.traps += 1
            counts.trapped += bool(found)
            counts.notes["traps"] += [f"{each['text']} in {text}" for each in found]
    return counts.rows()


def _cases(path: Path) -> Iterator[Case]:
    reference: datetime | None = None
    for line in lines(path):
        if line.startswith("= "):
            reference = None if line[2:].strip() == "null" else datetime.fromisoformat(line[2:].strip())
        else:
            text, marks = unmarked(line.removeprefix("! "))
            yield text, reference, marks
