"""What has been worked out so far about one record: lazily, and all of it once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, TypeVar

from commlint.model.environment import Environment
from commlint.model.protocols import Analysis
from commlint.model.record import Block, BlockKind, Cell, Grid, Record
from commlint.model.sourcemap import SourceMap
from commlint.model.span import Span
from commlint.model.values import Located, Passage, Sentence
from commlint.text.fold import Folded, fold

T = TypeVar("T")
L = TypeVar("L", bound=Located)
Getter = Callable[[Analysis, Any], object]

_SILENT = (BlockKind.CODE, BlockKind.FRONT_MATTER)
APART = (BlockKind.CODE, BlockKind.FRONT_MATTER, BlockKind.HISTORY, BlockKind.FORWARDED, BlockKind.SIGNATURE, BlockKind.DISCLAIMER)


class RecordAnalysis:
    """Implements `commlint.model.protocols.Analysis` for one record.

    `getters` maps keys such as ``record.deadlines`` to functions of (analysis, record); each is called
    at most once. A key that is not there raises KeyError. Not for use by several threads at a time.
    """

    def __init__(self, record: Record, environment: Environment, getters: Mapping[str, Getter]) -> None:
        self.record = record
        self.environment = environment
        self._getters = getters
        self._made: dict[str, Any] = {}
        self._folded: dict[int, Folded] = {}
        self._texts: dict[int, str] = {}
        self._plain: dict[int, str] = {}  # the text of parts in which folding moved nothing
        self._read_blocks: dict[int, Sequence[Block]] = {}
        self._read_grids: dict[int, Sequence[Grid]] = {}
        self._parted: dict[int, Sequence[Sentence]] = {}

    def once(self, key: str, work: Callable[[Analysis], T]) -> T:
        """What `work` makes of this analysis, worked out the first time `key` is asked for."""
        made = self._made
        if key not in made:
            made[key] = work(self)
        value: T = made[key]
        return value

    def _folds(self, part: int) -> Folded:
        folds = self._folded
        if part not in folds:
            text = self.record.parts[part].text
            made = folds[part] = fold(text)
            self._texts[part] = made.text
            if len(made.text) == len(text):
                self._plain[part] = text
        return folds[part]

    def value(self, key: str) -> object:
        """The record attribute `key`, computed once."""
        made = self._made
        if key not in made:
            made[key] = self._getters[key](self, self.record)
        return made[key]

    def ask(self, key: str, value: object) -> object:
        """The attribute `key` ("topic.decision") of a value found in this record."""
        return self._getters[key](self, value)

    def collection(self, key: str) -> Sequence[Located]:
        """Like `value`, for collections; empty when unknown."""
        value = self.value(key)
        return value if isinstance(value, tuple) else ()

    def folded(self, part: int) -> str:
        """The folded text of part `part`."""
        texts = self._texts
        return texts[part] if part in texts else self._folds(part).text

    def source_map(self, part: int) -> SourceMap:
        """From the folded text of `part` to its view."""
        mine = self._folds(part).source_map
        return self.once(f"source_map:{part}", lambda _: mine.compose(self.record.parts[part].source_map))

    def passage(self, part: int, start: int, end: int) -> Passage:
        """The stretch as a value; `start` and `end` in folded coordinates."""
        plain = self._plain
        if part in plain:
            return Passage(part, Span(start, end), plain[part][start:end], self._texts[part][start:end])
        return self.over(part, Span(start, end))

    def over(self, part: int, span: Span) -> Passage:
        """The same of a span at hand."""
        start, end = span.start, span.end
        texts = self._texts
        folded = (texts[part] if part in texts else self.folded(part))[start:end]
        return Passage(part, span, self._plain[part][start:end] if part in self._plain else self._written(part, span), folded)

    def sentences(self, part: int) -> Sequence[Sentence]:
        """The sentences of `part` in order: code and front matter left out, every table cell by itself."""
        if part not in self._parted:
            self._parted[part] = tuple(self._sentences(part))
        return self._parted[part]

    def blocks(self, part: int) -> Sequence[Block]:
        """The blocks of `part`, in folded coordinates; what folding left nothing of is not among them."""
        if part not in self._read_blocks:
            self._read_blocks[part] = tuple(self._blocks(part))
        return self._read_blocks[part]

    def grids(self, part: int) -> Sequence[Grid]:
        """The grids of `part`, in folded coordinates."""
        if part not in self._read_grids:
            self._read_grids[part] = tuple(self._grids(part))
        return self._read_grids[part]

    def reference(self, part: int) -> datetime | None:
        """The instant that relative times in `part` count from; None when nothing tells."""
        from commlint.entities.reference import reference

        return self.once(f"reference:{part}", lambda analysis: reference(analysis, part))

    def _same_length(self, part: int) -> bool:
        self.folded(part)
        return part in self._plain

    def _written(self, part: int, span: Span) -> str:
        text = self.record.parts[part].text
        return span.of(text) if self._same_length(part) else self._folds(part).source_map.to_source(span).of(text)

    def _moved(self, part: int, span: Span) -> Span | None:
        if self._same_length(part):
            return span
        if len(span):
            return self._folds(part).source_map.to_derived(span)
        near = self._folds(part).source_map.to_derived(Span(span.start, len(self.record.parts[part].text)))
        return Span(near.start, near.start) if near else None

    def _blocks(self, part: int) -> Iterable[Block]:
        for block in self.record.parts[part].blocks:
            span = self._moved(part, block.span)
            if span is not None:
                yield block if span is block.span else Block(block.kind, span, block.level)

    def _grids(self, part: int) -> Iterable[Grid]:
        """The reader's tables, and those drawn in the text outside them; a drawn one that reaches further counts instead."""
        given = list(self._given_grids(part))
        text = self.folded(part)
        from commlint.entities.drawn import drawn_grids, may_be_drawn

        if not may_be_drawn(text, [grid.span for grid in given]):
            return given
        framed = bool(given) and ("+-" in text or "\u2502" in text or "+=" in text)
        code = stretches(self.blocks(part), (BlockKind.CODE,))
        drawn = list(drawn_grids(text, stretches(self.blocks(part), (BlockKind.FRONT_MATTER,)) + ([] if framed else [grid.span for grid in given])))
        if code:  # a fence that holds nothing but a table keeps it in shape, and is no code
            drawn = [grid for grid in drawn if all(_is_all_of(text, grid.span, span) for span in code if span.overlaps(grid.span))]
        if framed and len(drawn) * len(given) < 10_000:
            drawn = [grid for grid in drawn if not any(each.span.contains(grid.span) for each in given)]
            given = [grid for grid in given if not any(each.span.overlaps(grid.span) for each in drawn)]
        return sorted([*given, *drawn], key=lambda grid: grid.span.start) if drawn else given

    def _given_grids(self, part: int) -> Iterable[Grid]:
        for grid in self.record.parts[part].grids:
            span = self._moved(part, grid.span)
            if span is not None:
                yield grid if span is grid.span else Grid(span, tuple(self._cells(part, grid, span)))

    def _cells(self, part: int, grid: Grid, within: Span) -> Iterable[Cell]:
        for cell in grid.cells:
            span = self._moved(part, cell.span) or Span(within.start, within.start)
            yield Cell(span, cell.row, cell.column, cell.header, cell.row_span, cell.column_span)

    def _sentences(self, part: int) -> Iterable[Sentence]:
        from commlint.text.sentences import clause_marks, clauses, sentences_beside

        text = self.folded(part)
        plain = self._plain.get(part)
        blocks, grids, cited = self.blocks(part), self.grids(part), quotes(self, part)
        spans = cut(sentences_beside(text, cited), stretches(blocks, _SILENT) + [grid.span for grid in grids])
        if grids:
            spans = sorted([*spans, *_in_cells(text, grids)], key=attrgetter("start"))
        quoted = united([*(Span(start, end) for start, end in cited if start < end), *stretches(blocks, (BlockKind.QUOTE,))])
        starts = [span.start for span in quoted]
        marks = [*clause_marks(text), len(text) + 1]
        for span in spans:
            start, end = span.start, span.end
            folded = text[start:end]
            if not folded.isspace():
                near = quoted[max(0, bisect_right(starts, start) - 1) : bisect_left(starts, end)] if quoted else ()
                inside = tuple(q for q in near if q.overlaps(span)) if near else ()
                parted = clauses(text, span) if marks[bisect_left(marks, start)] < end else (span,)
                yield Sentence(part, span, self._written(part, span) if plain is None else plain[start:end], folded, parted, inside)


def quotes(analysis: Analysis, part: int) -> Sequence[tuple[int, int]]:
    """The outermost stretches of a part between quotation marks, empty ones too."""
    from commlint.text.quotations import cited

    return analysis.once(f"quotes:{part}", lambda a: cited(a.folded(part)))


def _in_cells(text: str, grids: Sequence[Grid]) -> Iterable[Span]:
    """The sentences of the cells, each cell by itself and once."""
    from commlint.text.sentences import sentences_within

    cells = {(cell.span.start, cell.span.end): cell.span for grid in grids for cell in grid.cells}
    return [span for place in sorted(cells) for span in sentences_within(text, cells[place])]


def _is_all_of(text: str, grid: Span, fence: Span) -> bool:
    """Whether nothing else stands between the marks of a fence."""
    around = text[fence.start : max(fence.start, grid.start)] + text[grid.end : fence.end]
    return fence.contains(grid) and not any(sign.isalnum() for sign in around)


def places(found: Iterable[Located]) -> list[tuple[int, int]]:
    """Part and start of each, to be given to `inside` where it is asked often."""
    return [(each.part, each.span.start) for each in found]


def inside(found: Sequence[L], stretch: Located, starts: Sequence[tuple[int, int]] | None = None) -> list[L]:
    """Those of `found` (in order of part and start) that lie in `stretch`; `starts` are their `places`."""
    part, span = stretch.part, stretch.span
    if not found:
        return []
    at = bisect_left(starts, (part, span.start)) if starts is not None else bisect_left(found, (part, span.start), key=_place)
    kept: list[L] = []
    while at < len(found) and found[at].part == part and found[at].span.start <= span.end:
        if found[at].span.end <= span.end:
            kept.append(found[at])
        at += 1
    return kept


def _place(each: Located) -> tuple[int, int]:
    return each.part, each.span.start


def stretches(blocks: Iterable[Block], kinds: Sequence[BlockKind]) -> list[Span]:
    """The spans of the blocks of these kinds."""
    return [block.span for block in blocks if block.kind in kinds]


def apart(analysis: Analysis, part: int) -> list[Span]:
    """The stretches of a part that are not the record's own words: code, history, signature, disclaimer."""
    return stretches(analysis.blocks(part), APART)


def united(spans: Iterable[Span]) -> list[Span]:
    """The same stretches in order, those that overlap made into one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return joined


def cut(spans: Iterable[Span], holes: Sequence[Span]) -> list[Span]:
    """`spans` (in order) without what lies in `holes`; a span with a hole in it becomes two."""
    if not holes:
        return list(spans)
    ordered = sorted(holes)
    kept: list[Span] = []
    first = 0
    for span in spans:
        start, end = span.start, span.end
        while first < len(ordered) and ordered[first].end <= start:
            first += 1
        if first < len(ordered) and ordered[first].start < end:
            kept += _pieces(span, ordered, first)
        elif start < end:
            kept.append(span)
    return kept


def _pieces(span: Span, holes: Sequence[Span], first: int) -> Iterable[Span]:
    start = span.start
    for index in range(first, len(holes)):
        hole = holes[index]
        if hole.start >= span.end:
            break
        if hole.start > start:
            yield Span(start, hole.start)
        start = max(start, hole.end)
    if start < span.end:
        yield Span(start, span.end)
