"""Score of marked stretches of single lines: people and departments, sensitive identifiers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from commlint.entities.analysis import RecordAnalysis
from commlint.model.record import Record
from commlint.model.span import Span
from commlint.model.values import Located
from tests.quality.marked import lines, unmarked
from tests.quality.rows import Row, Tally

Asked = Callable[[RecordAnalysis], Iterable[tuple[str, Located]]]


def score(path: Path, names: Mapping[str, str], asked: Asked) -> list[Row]:
    """Exact spans by label; `names` gives the row a label counts in, `asked` what was found with its label."""
    from commlint.api import Linter

    linter = Linter()
    getters = linter.plugins.table().getters()
    tally = Tally()
    for line in lines(path):
        trap = line.startswith("! ")
        text, marks = unmarked(line[2:] if trap else line)
        analysis = RecordAnalysis(Record.from_text(text), linter.environment, getters)
        found = [(label, span.start, span.end, text[span.start : span.end]) for label, span in _source(analysis, asked)]
        for label, name in names.items():
            wanted = [(mark.start, mark.end, mark.text) for mark in marks if mark.label(0) == label]
            tally.count(name, wanted, [each[1:] for each in found if each[0] == label], f"in {text}")
        if trap:
            tally.count("traps left alone", [True], [not found], f"in {text}")
    return tally.rows()


def _source(analysis: RecordAnalysis, asked: Asked) -> Iterator[tuple[str, Span]]:
    for label, each in asked(analysis):
        yield label, analysis.source_map(each.part).to_source(each.span)
