"""Score of person and department references."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from commlint.entities.analysis import RecordAnalysis
from commlint.model.values import Located
from tests.quality.rows import Row
from tests.quality.spans import score as spans_score


def score(path: Path) -> list[Row]:
    """Persons and departments of one half; a department that is part of a person's span is not asked for by itself."""
    return spans_score(path, {"person": "person", "department": "department"}, _asked)


def _asked(analysis: RecordAnalysis) -> Iterator[tuple[str, Located]]:
    persons = analysis.collection("record.persons")
    yield from (("person", each) for each in persons)
    for each in analysis.collection("record.departments"):
        if not any(person.part == each.part and person.span.contains(each.span) for person in persons):
            yield "department", each
