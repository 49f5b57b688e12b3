"""Tables as text (RFC 4180 and what programs make of it), with the way back to every character of the file.

A cell may stand in quotes, and hold separators, line breaks and doubled quotes then. Quotes inside a cell that does not begin with
one are text, so is everything behind a quote that nothing closes. One pass over the file, whatever stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from commlint.errors import RecordError
from commlint.model.environment import Environment, Limits
from commlint.model.protocols import Item
from commlint.model.reading.declared import declared_kind
from commlint.model.reading.filetext import FileText
from commlint.model.record import Part, Record
from commlint.model.source import Source
from commlint.model.sourcemap import Run, SourceMap
from commlint.model.span import Span
from commlint_minutes.sheets import Filled, Laid, laid
from commlint_minutes.worksheet import is_words

SEPARATORS = ",\t;|"
_SAID = re.compile(r"sep=([^\n])(?:\n|\Z)")  # how Excel is told
_TABS = frozenset((".tsv", ".tab"))
_SAMPLE = 50  # rows that are looked at to tell the separator
_SAMPLED = 40_000  # characters in which they stand
_BLANK = " \t\u3000\u00a0"

Stretch = tuple[int, int]


class Field(NamedTuple):
    """A cell: its row and column from 0, its text, and the stretches of the file that it was put together from."""

    row: int
    column: int
    text: str
    stretches: tuple[Stretch, ...]


def records(source: Source, environment: Environment) -> Iterator[Item]:
    """The table as one record; behind it table-limit when not all of it was read.

    Raises RecordError: empty-record, undecodable, binary-content, unknown-kind.
    """
    file = FileText.read(source.content)
    start, separator = _separator(file.text, source)
    limit = environment.limits.cells
    found = list(islice(_filled(file.text, separator, start), limit + 1))
    record = _record(file, source, found[:limit])
    if record is not None:
        yield record
    if len(found) > limit:
        yield _cut_off(found[limit].row, environment.limits)
    elif record is None:
        raise _without_cells()


def fields(text: str, separator: str, start: int = 0, *, empty: bool = True) -> Iterator[Field]:
    """The cells of `text`, whose only line break is "\\n", from `start` on; not `empty`: without most of those that are."""
    row = column = 0
    at, end = start, len(text)
    closed = True
    plain, void = re.compile(f"[^{re.escape(separator)}\\n]*"), re.compile(f"[{re.escape(separator)}\\n]+")
    while at <= end:
        if not empty and (run := void.match(text, at)) is not None:  # a file of nothing but separators is read as fast as it is found
            row += (breaks := run[0].count("\n"))
            column = len(run[0]) - run[0].rfind("\n") - 1 if breaks else column + len(run[0])
            at = run.end()
            if at == end:
                return
        cell = _quoted(text, at, plain) if closed and text.startswith('"', at) else None
        closed = closed and (cell is not None or not text.startswith('"', at))
        if cell is None:
            after = plain.match(text, at).end()  # type: ignore[union-attr]  # it matches the empty string everywhere
            yield Field(row, column, text[at:after], ((at, after),))
        else:
            stretches, after = cell
            yield Field(row, column, "".join(text[left:right] for left, right in stretches), stretches)
        if after >= end:
            return
        row, column = (row + 1, 0) if text[after] == "\n" else (row, column + 1)
        at = after + 1
        if at == end and column == 0:
            return


def _quoted(text: str, at: int, plain: re.Pattern[str]) -> tuple[tuple[Stretch, ...], int] | None:
    """The stretches of a cell in quotes, without these, and where it ends; None when nothing closes it."""
    stretches: list[Stretch] = []
    left = at + 1
    while True:
        quote = text.find('"', left)
        if quote < 0:
            return None
        if not text.startswith('"', quote + 1):
            break
        stretches.append((left, quote + 1))  # of two quotes the first is the text
        left = quote + 2
    stretches.append((left, quote))
    after = plain.match(text, quote + 1).end()  # type: ignore[union-attr]  # it matches the empty string everywhere
    if after > quote + 1:
        stretches.append((quote + 1, after))  # what stands between the closing quote and the separator
    return tuple(stretches), after


def _separator(text: str, source: Source) -> tuple[int, str]:
    """Where the table begins, and what keeps its cells apart: as its first line says, else what cuts the rows most evenly."""
    said = _SAID.match(text)
    if said:
        return said.end(), said[1]
    sample = text[:_SAMPLED]
    first = "\t" if source.suffix in _TABS else ","
    candidates = sorted(SEPARATORS, key=lambda separator: separator != first)
    return 0, max(candidates, key=lambda separator: _evenness(sample, separator))


def _evenness(sample: str, separator: str) -> float:
    """How alike the rows are that a separator makes, and how wide."""
    if separator not in sample:
        return 0.0
    widths: dict[int, int] = {}
    for field in fields(sample, separator):
        if field.row >= _SAMPLE:
            break
        widths[field.row] = field.column + 1 if field.text or field.column else 0
    whole = [width for width in list(widths.values())[: len(widths) - (len(widths) > 2)] if width]
    wide = [width for width in whole if width > 1]
    if not wide:
        return 0.0
    usual = max(sorted(set(wide)), key=wide.count)
    return wide.count(usual) / len(whole) + 0.05 * min(usual, 10)


def _filled(text: str, separator: str, start: int) -> Iterator[Field]:
    return (field for field in fields(text, separator, start, empty=False) if field.text.strip(_BLANK + "\n"))


def _record(file: FileText, source: Source, found: Sequence[Field]) -> Record | None:
    if not found:
        return None
    drawn = laid((Filled(field.row, field.column, field.text, is_words(field.text.strip())) for field in found), across=False)
    part = Part("body", drawn.text, file.view, _way_back(drawn, found).compose(file.lines), drawn.blocks, drawn.grids)
    kind, evidence = declared_kind(source, None)
    return Record(source.uri, kind, (part,), evidence=evidence, inline_suppressions=False)


def _way_back(drawn: Laid, found: Sequence[Field]) -> SourceMap:
    """From the text as it was laid out to the file's; what lies between two cells goes along where it is as long."""
    stretches = {(field.row, field.column): field.stretches for field in found}
    runs: list[tuple[int, int, int]] = []  # offset, offset in the file, length
    for offset, row, column in drawn.places:
        at = offset
        for left, right in stretches.get((row, column), ()):
            if runs and at - runs[-1][0] == left - runs[-1][1] and left >= runs[-1][1] + runs[-1][2]:
                runs[-1] = (runs[-1][0], runs[-1][1], at + right - left - runs[-1][0])
            else:
                runs.append((at, left, right - left))
            at += right - left
    return SourceMap(tuple(Run(Span(at, at + length), Span(source, source + length)) for at, source, length in runs if length))


def _cut_off(row: int, limits: Limits) -> RecordError:
    return RecordError(
        "table-limit", f"more than {limits.cells:,} cells; from row {row + 1:,} on the table was not checked", help="split the file, or raise limits.cells",
        zh=f"单元格超过 {limits.cells:,} 个\uff0c第 {row + 1:,} 行起未检查", zh_help="请拆分文件\uff0c或调高 limits.cells",
    )


def _without_cells() -> RecordError:
    return RecordError(
        "empty-record", "all cells are empty", help="fill it in or export it again, or exclude the path in the configuration",
        zh="所有单元格都是空的", zh_help="请填写或重新导出\uff0c或在配置中排除该路径",
    )
