"""Score of labelled fields: every label with its value, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from commlint.api import Linter
from commlint.entities.analysis import RecordAnalysis
from tests.quality.marked import Document, documents
from tests.quality.records import analysed, plain
from tests.quality.rows import Row, Tally

Pair = tuple[str, str]


def score(path: Path) -> list[Row]:
    """Labels, labels with values, blank values, and numbers of topics."""
    linter = Linter()
    tally = Tally()
    for document in documents(path):
        found = [field for analysis in analysed(linter, document) for field in listed(analysis)]
        wanted = list(expected(document))
        where = f"in {document.head[0]}"
        tally.count("label and value", [(label, value) for _, label, value in wanted], [(label, value) for _, label, value in found], where)
        tally.count("label", [label for _, label, _ in wanted], [label for _, label, _ in found], where)
        tally.count("blank", [label for _, label, value in wanted if not value], [label for _, label, value in found if not value], where)
        numbered = [each for each in wanted if each[0]]
        if numbered:
            labels = {label for _, label, _ in numbered}
            tally.count("number of topic", numbered, [each for each in found if each[1] in labels], where)
    return tally.rows()


def expected(document: Document) -> Iterator[tuple[int, str, str]]:
    """The fields a document is said to have: number, label, value ("" when blank)."""
    for line in document.sections.get("fields", ()):
        number, _, rest = line[1:].partition(" ") if line.startswith("@") else ("0", "", line)
        label, _, value = rest.partition("=")
        yield int(number), plain(label), plain(value)


def listed(analysis: RecordAnalysis) -> Iterator[tuple[int, str, str]]:
    """The fields found, in the same form; those of the front matter left out.

    The set does not list a label over nothing but labelled fields or a table; a rule must find it all the same
    (待办事项 is there when its table is), so it counts as found and is left out here.
    """
    found: Any = [field for field in analysis.collection("record.fields") if field.layout != "meta"]  # type: ignore[attr-defined]
    for field in found:
        if not _holds_only_fields(analysis, field, found):
            yield field.item, plain(field.label.text), "" if field.blank else plain(field.value.text)


def _holds_only_fields(analysis: RecordAnalysis, field: Any, found: Any) -> bool:
    """Whether nothing is left of a value without the fields and tables in it."""
    if field.layout in {"row", "column"} or not len(field.value.span):
        return False
    left = list(analysis.folded(field.part))
    held = [other for other in found if other is not field and other.part == field.part and field.value.span.contains(other.label.span)]
    for other in held:
        for span in (other.span, other.label.span):
            left[span.start : span.end] = " " * len(span)
    return bool(held) and not any(sign.isalnum() for sign in left[field.value.span.start : field.value.span.end])
