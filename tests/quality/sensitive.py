"""Score of sensitive identifiers and amounts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from commlint.entities.analysis import RecordAnalysis
from commlint.model.values import Located
from tests.quality.rows import Row
from tests.quality.spans import score as spans_score

_KINDS = ("phone", "id-card", "bank-card", "email", "money")


def score(path: Path) -> list[Row]:
    """One row a kind."""
    return spans_score(path, {kind: kind for kind in _KINDS}, _asked)


def _asked(analysis: RecordAnalysis) -> Iterator[tuple[str, Located]]:
    yield from (("money", each) for each in analysis.collection("record.amounts"))
    yield from ((each.kind.value, each) for each in analysis.collection("record.identifiers"))  # type: ignore[attr-defined]  # identifiers have a kind
