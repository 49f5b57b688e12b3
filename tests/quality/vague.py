"""Score of vague wording: is this word really a vague commitment? Judged by what `commlint check` flags with the built-in rules."""

from __future__ import annotations

from pathlib import Path

from commlint.api import Linter
from commlint.model.finding import Finding
from commlint.model.record import Kind
from tests.quality.marked import lines, unmarked
from tests.quality.rows import Row

RULES = ("VAG001", "VAG002", "VAG004")


def flagged(finding: Finding, start: int, end: int) -> bool:
    """Whether a finding points at a stretch of a text."""
    span = finding.location.span
    return finding.code in RULES and span.start < end and start < span.end


def score(path: Path) -> list[Row]:
    """F1 over all, then recall of each class of vague uses, and how many of each class of harmless uses were flagged."""
    linter = Linter()
    right = found = wanted = 0
    classes: dict[str, list[int]] = {}
    notes: dict[str, list[str]] = {}
    for line in lines(path):
        name, kind, written = line.split("\t", 2)
        text, marks = unmarked(written)
        findings = linter.check(text, kind=Kind(kind)).findings
        for mark in marks:
            hit = any(flagged(finding, mark.start, mark.end) for finding in findings)
            vague = name.startswith("V")
            wanted += vague
            found += hit
            right += vague and hit
            counts = classes.setdefault(name, [0, 0])
            counts[0] += hit == vague
            counts[1] += 1
            if hit != vague:
                notes.setdefault(name, []).append(f"{'missed' if vague else 'flagged'} {mark.text} ({kind}) in {text}")
    harmless = [counts for name, counts in classes.items() if name.startswith("H")]
    left_alone = Row("harmless left alone", sum(c[0] for c in harmless), sum(c[1] for c in harmless), sum(c[1] for c in harmless))
    rows = [Row(name, counts[0], counts[1], counts[1], tuple(notes.get(name, ()))) for name, counts in sorted(classes.items(), reverse=True)]
    return [Row("vague or not", right, found, wanted), left_alone, *rows]
