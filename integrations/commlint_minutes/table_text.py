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
    record = _record(file, source, found[:limit], separator)
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
            kept = _as_text(text, at, after)
            yield Field(row, column, text[kept[0] : kept[1]], (kept,))
        else:
            stretches, after = cell
            yield Field(row, column, "".join(text[left:right] for left, right in stretches), stretches)
        if after >= end:
            return
        row, column = (row + 1, 0) if text[after] == "\n" else (row, column + 1)
        at = after + 1
        if at == end and column == 0:
            return


def _as_text(text: str, at: int, end: int) -> Stretch:
    """Without the signs of a formula around a number that is to stay a text: ="00123"."""
    return (at + 2, end - 1) if end - at > 2 and text.startswith('="', at) and text[end - 1] == '"' and text.find('"', at + 2, end) == end - 1 else (at, end)


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


def _record(file: FileText, source: Source, found: Sequence[Field], separator: str) -> Record | None:
    if not found:
        return None
    drawn = laid((Filled(field.row, field.column, field.text, is_words(field.text.strip())) for field in found), across=False)
    back = _way_back(drawn, found, file.text, separator)
    back = back if file.text is file.view.text else back.compose(file.lines)
    part = Part("body", drawn.text, file.view, back, drawn.blocks, drawn.grids)
    kind, evidence = declared_kind(source, None)
    return Record(source.uri, kind, (part,), evidence=evidence, inline_suppressions=False)


def _way_back(drawn: Laid, found: Sequence[Field], file: str, separator: str) -> SourceMap:
    """From the text as it was laid out to the file's: cells, and what stands between them on either side."""
    stretches = {(field.row, field.column): field.stretches for field in found}
    ties = _Ties()
    done = behind = 0
    for offset, row, column in drawn.places:
        own = stretches.get((row, column))
        if own is None:
            continue
        ties.between(done, drawn.text[done:offset], behind, file[behind : own[0][0]], separator)
        done = offset
        for left, right in own:
            ties.alike(done, left, right - left)
            done += right - left
        behind = own[-1][1]
    ties.between(done, drawn.text[done:], behind, file[behind:], separator)
    return SourceMap(tuple(ties.runs()))


class _Ties:
    """What stands where in two texts, in order: stretches of the same characters, and single signs that stand for others."""

    def __init__(self) -> None:
        self.found: list[tuple[int, int, int]] = []  # offset, offset in the file, length; no length for a sign
        self.end = self.there = -1  # of the last stretch, on either side

    def runs(self) -> Iterator[Run]:
        for at, there, length in self.found:
            yield Run(Span(at, at + (length or 1)), Span(there, there + (length or 1)), exact=length > 0)

    def alike(self, at: int, there: int, length: int) -> None:
        """A stretch of the same characters; neighbours on both sides are one."""
        if not length:
            return
        if self.end == at and self.there == there:
            start, first, before = self.found[-1]
            self.found[-1] = (start, first, before + length)
        else:
            self.found.append((at, there, length))
        self.end, self.there = at + length, there + length

    def between(self, at: int, gap: str, there: int, written: str, separator: str) -> None:
        """Tie the tabs and line breaks between two cells to the separators and line breaks of the file; padding has none."""
        if gap == written:
            self.alike(at, there, len(gap))
        elif gap.replace("\t", separator) == written:
            for number, sign in enumerate(gap):
                self._sign(at + number, sign, there + number, written[number])
        else:
            for mine, other in sorted(_tied(gap, written, separator)):
                self._sign(at + mine, gap[mine], there + other, written[other])

    def _sign(self, at: int, sign: str, there: int, other: str) -> None:
        if sign == other:
            self.alike(at, there, 1)
        else:
            self.found.append((at, there, 0))


def _tied(gap: str, written: str, separator: str) -> Iterator[Stretch]:
    """The line breaks of a gap with the last ones of the file's, tabs before and behind them with the separators there."""
    breaks = [at for at, sign in enumerate(gap) if sign == "\n"]
    ends = [at for at, sign in enumerate(written) if sign == "\n"][-len(breaks) :] if breaks else []
    yield from zip(breaks, ends, strict=False)
    first, last = (breaks[0], breaks[-1] + 1) if ends else (len(gap), len(gap))
    before, behind = (ends[0], ends[-1] + 1) if ends else (len(written), len(written))
    yield from zip(range(first), (at for at in range(before) if written[at] == separator), strict=False)
    yield from zip(range(last, len(gap)), (at for at in range(behind, len(written)) if written[at] == separator), strict=False)


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
