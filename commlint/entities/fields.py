"""Labelled fields and tables of a record: what stands under which label, however it is laid out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from attrs import evolve

from commlint.entities.blanks import is_blank
from commlint.entities.forms import Matrix, Shape, is_caption, matrix, shape
from commlint.entities.labelled import Mark, marks, values
from commlint.entities.labels import keys_of, may_be_none, tidy
from commlint.entities.outline import Line, lines
from commlint.entities.structure import text_parts
from commlint.model.environment import Lexicon
from commlint.model.protocols import Analysis
from commlint.model.record import BlockKind
from commlint.model.span import Span
from commlint.model.values import ActionItem, LabelledField, Located, Passage, Row, Table, TimeKind

_TOPIC = re.compile(r"(?:#+\s*|\d{1,2}[.、)]\s*)?(?:\u3010)?(?:议题|议程|专题|topic|agenda item)\s*([一二三四五六七八九十]{1,3}|\d{1,2})\s*[\u3011:、.)\s]?")
_META = re.compile(r"^([\w\u3400-\u9fff-]{1,40})[ \t]*:[ \t]*(.*)$", re.MULTILINE)
_NUMERALS = "一二三四五六七八九十"
_WORK = frozenset(("task", "task_name", "description", "content", "actions", "decisions"))
_OWNERS = frozenset(("owner", "owner_department", "lead", "temporary_lead"))
_DUE = frozenset(("due", "delivery_time", "milestones"))
_WHEN = frozenset(("时间", "日期", "节点", "时间点", "时间要求", "time", "date", "when"))


def fields(analysis: Analysis, record: object) -> tuple[LabelledField, ...]:
    """The labelled fields of the record's own text, in order."""
    return analysis.once("entities.fields", lambda _: tuple(field for part in text_parts(analysis) for field in _of_part(analysis, part)))


def tables(analysis: Analysis, record: object) -> tuple[Table, ...]:
    """The tables with a header row, in order."""
    return analysis.once("entities.tables", lambda _: tuple(table for part in text_parts(analysis) for table in _tables(analysis, part)))


def rows(analysis: Analysis, record: object) -> tuple[Row, ...]:
    """The rows of all tables with a header."""
    return tuple(row for table in tables(analysis, record) for row in table.rows)


def matching(analysis: Analysis, labels: Sequence[str]) -> tuple[LabelledField, ...]:
    """The fields under one of `labels` or a synonym; ``"a|b"`` names alternatives."""
    wanted = {key for label in labels for key in _wanted(analysis, label)}
    return tuple(field for field in fields(analysis, analysis.record) if wanted.intersection(_keys(analysis, field)))


def missing(analysis: Analysis, labels: Sequence[str], within: Located | None = None) -> tuple[str, ...]:
    """Those of `labels` that are not there or not filled in; of ``"a|b"`` the first name.

    ``无`` fills in a label that may be answered so (absentees, attachments, risks, …). Inside a row or an
    action item its columns and parts count as well as labels written in it.
    """
    filled = _filled(analysis, within)
    return tuple(label.split("|")[0] for label in labels if not any(_has(analysis, filled, name) for name in label.split("|")))


def cell(analysis: Analysis, row: Row, label: str) -> Passage | None:
    """The cell of `row` under `label` or a synonym (``"a|b"`` for alternatives); None without such a column."""
    for name in label.split("|"):
        keys = keys_of(analysis.environment.lexicon, _folded(name))
        for key, written, passage in zip(row.keys, row.labels, row.cells, strict=False):
            own = (key, *keys_of(analysis.environment.lexicon, written))
            if keys[0] in own or own[1] in keys[1:]:
                return passage
    return None


def captioned(analysis: Analysis, captions: Sequence[str]) -> tuple[Table, ...]:
    """The tables whose caption has one of `captions` (``"a|b"`` for alternatives) or a synonym in it."""
    names = [_folded(name) for caption in captions for name in caption.split("|")]
    keys = {keys_of(analysis.environment.lexicon, name)[0] for name in names}
    return tuple(table for table in tables(analysis, analysis.record) if _is_captioned(analysis, table, names, keys))


def key_of(analysis: Analysis, field: LabelledField) -> str:
    """The lexicon's name of the label, else the folded label."""
    return field.key


def label_of(analysis: Analysis, field: LabelledField) -> Passage:
    """The label as written."""
    return field.label


def value_of(analysis: Analysis, field: LabelledField) -> Passage:
    """What stands under the label."""
    return field.value


def blank_of(analysis: Analysis, field: LabelledField) -> bool:
    """Whether the value says nothing."""
    return field.blank


def caption_of(analysis: Analysis, table: Table) -> str:
    """The heading or line above the table."""
    return table.caption


def rows_of(analysis: Analysis, table: Table) -> tuple[Row, ...]:
    """The rows, without the header."""
    return table.rows


@lru_cache(maxsize=1024)
def _folded(name: str) -> str:
    from commlint.text.fold import fold_string

    return fold_string(name)


def _wanted(analysis: Analysis, label: str) -> Iterable[str]:
    for name in label.split("|"):
        keys = keys_of(analysis.environment.lexicon, _folded(name))
        yield from keys if len(keys) > 1 else keys[:1]


def _keys(analysis: Analysis, field: LabelledField) -> tuple[str, ...]:
    keys = keys_of(analysis.environment.lexicon, field.label.folded)
    return keys if field.key == keys[0] else (field.key,)


def _filled(analysis: Analysis, within: Located | None) -> frozenset[str]:
    """The keys of the labels that are filled in."""
    found = {key for field in fields(analysis, analysis.record) if not field.blank and _inside(field, within) for key in _keys(analysis, field)}
    if isinstance(within, Row):
        lexicon = analysis.environment.lexicon
        columns = zip(within.keys, within.labels, within.cells, strict=False)
        found |= {key for own, label, passage in columns for key in (own, *keys_of(lexicon, label)) if not _empty(passage.folded, key)}
    if isinstance(within, ActionItem):
        found |= _said(within)
    return frozenset(found)


def _said(item: ActionItem) -> set[str]:
    """The keys of the parts that an action item has."""
    due = None if item.due is None or item.due.kind is TimeKind.PLACEHOLDER else item.due
    parts = {
        "task": item.task, "owner": item.owners, "due": due, "deliverable": item.deliverable, "priority": item.priority, "status": item.status,
    }
    return {key for key, value in parts.items() if value is not None and value != () and not (isinstance(value, Passage) and is_blank(value.folded))}


def _inside(field: LabelledField, within: Located | None) -> bool:
    return within is None or (field.part == within.part and within.span.contains(field.span))


def _has(analysis: Analysis, filled: frozenset[str], name: str) -> bool:
    keys = keys_of(analysis.environment.lexicon, _folded(name))
    if len(keys) > 2:  # a compound: 会议时间/地点 wants both
        return keys[-1] in filled or all(key in filled for key in keys[:-1])
    return keys[0] in filled or keys[-1] in filled


def _is_captioned(analysis: Analysis, table: Table, names: Sequence[str], keys: set[str]) -> bool:
    caption = _folded(table.caption)
    return any(name in caption for name in names) or keys_of(analysis.environment.lexicon, caption)[0] in keys


def _of_part(analysis: Analysis, part: int) -> list[LabelledField]:
    found = [*_timed(list(_written(analysis, part))), *_in_grids(analysis, part), *_meta(analysis, part)]
    return sorted(found, key=lambda field: (field.span.start, field.label.span.start, field.span.end))


def _written(analysis: Analysis, part: int) -> Iterable[LabelledField]:
    """The fields of the lines."""
    text, rows_, lexicon = analysis.folded(part), lines(analysis, part), analysis.environment.lexicon
    if not _may_have(text, rows_):
        return
    found = [marks(text, line, lexicon) for line in rows_]
    items = list(_items(text, rows_, found, lexicon))
    for index, mark, value in values(text, list(zip(rows_, found, strict=True)), lexicon):
        if not _is_title(rows_, index, mark):
            yield _field(analysis, part, mark, value, items[index].get(mark.label.start, 0))


def _timed(found: Sequence[LabelledField]) -> Iterable[LabelledField]:
    """In a topic or item that names an owner and no other limit, 时间 behind the owner says by when."""
    held: dict[int, set[str]] = {}
    for field in found:
        keys = held.setdefault(field.item, set())
        due = field.item and tidy(field.label.folded) in _WHEN and _OWNERS.intersection(keys) and not _DUE.intersection(keys)
        keys.add(field.key)
        yield evolve(field, key="due") if due else field


def _may_have(text: str, rows_: Sequence[Line]) -> bool:
    return bool(rows_) and (len(text) < 100_000 or ":" in text or any(line.heading for line in rows_))


def _is_title(rows_: Sequence[Line], index: int, mark: Mark) -> bool:
    """A first heading that no label is known by names the record, not a field of it."""
    return index == 0 and mark.whole and not mark.known


def _field(analysis: Analysis, part: int, mark: Mark, value: Span, item: int) -> LabelledField:
    label = analysis.passage(part, mark.label.start, mark.label.end)
    return make(analysis, label, analysis.passage(part, value.start, value.end), mark.layout, item)


def make(analysis: Analysis, label: Passage, value: Passage, layout: str, item: int = 0, *, key: str = "") -> LabelledField:
    """A field of two passages of one part; it covers both, and what is between. `key` where its place says more than its label."""
    key = key or keys_of(analysis.environment.lexicon, label.folded)[0]
    start, end = min(label.span.start, value.span.start), max(label.span.end, value.span.end)
    if layout in ("column", "row"):
        start, end = value.span.start, value.span.end
    whole = analysis.passage(label.part, start, end)
    blank = _empty(value.folded, key)
    return LabelledField(label.part, whole.span, whole.text, whole.folded, key, label, value, blank, layout, item)


def _empty(folded: str, key: str) -> bool:
    return is_blank(folded, none_allowed=may_be_none(key))


def _items(text: str, rows_: Sequence[Line], found: Sequence[Sequence[Mark]], lexicon: Lexicon) -> Iterable[dict[int, int]]:
    """For each line: the number of the topic or item that each label belongs to."""
    repeated = _repeated(text, rows_, found, lexicon)
    topic, topic_depth = 0, 0
    item, item_depth = 0, 0
    for line, row in zip(rows_, found, strict=True):
        number = _topic_number(text, line)
        if number:
            topic, topic_depth = number, line.depth
        elif topic and line.depth <= topic_depth and (line.heading or (row and row[0].known and line.depth < topic_depth)):
            topic = 0
        if line.number:
            item, item_depth = line.number, line.depth
        elif line.depth <= item_depth and not (row and row[0].leading is False):
            item = 0
        yield {mark.label.start: topic or (item if _belongs(line, mark, text, repeated, lexicon) else 0) for mark in row}


def _belongs(line: Line, mark: Mark, text: str, repeated: frozenset[str], lexicon: Lexicon) -> bool:
    """Whether a label in a numbered item is the item's own: it follows other words, or other items have it too."""
    return not mark.leading or keys_of(lexicon, mark.label.of(text))[0] in repeated


def _repeated(text: str, rows_: Sequence[Line], found: Sequence[Sequence[Mark]], lexicon: Lexicon) -> frozenset[str]:
    seen: dict[str, int] = {}
    for row in found:
        for mark in row:
            key = keys_of(lexicon, mark.label.of(text))[0]
            seen[key] = seen.get(key, 0) + 1
    return frozenset(key for key, count in seen.items() if count > 1)


def _topic_number(text: str, line: Line) -> int:
    match = _TOPIC.match(text, line.span.start, line.span.end)
    return numeral(match[1]) if match else 0


def numeral(written: str) -> int:
    """A number up to 99 in digits or Chinese; 0 for anything else."""
    if written.isdigit():
        return int(written[:9])
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _NUMERALS.find(written[:1]) + 1
    return (_NUMERALS.find(tens) + 1 if tens else 1) * 10 + (_NUMERALS.find(ones) + 1 if ones else 0)


def _in_grids(analysis: Analysis, part: int) -> Iterable[LabelledField]:
    for grid in analysis.grids(part):
        drawn = matrix(analysis, part, grid)
        form = shape(drawn, analysis.environment.lexicon)
        if form is Shape.HEADER:
            yield from _columns(analysis, drawn)
        elif form is Shape.FORM:
            yield from _pairs(analysis, drawn)
        elif form is Shape.SIDEWAYS:
            yield from _sideways(analysis, drawn)


def _columns(analysis: Analysis, drawn: Matrix) -> Iterable[LabelledField]:
    header, *body = drawn
    keys = _column_keys(tuple(each.folded.strip() for each in header), analysis.environment.lexicon)
    for number, row in enumerate(body, 1):
        for key, label, value in zip(keys, header, row, strict=False):
            if label.folded.strip():
                yield make(analysis, label, value, "column", number, key=key)


def _column_keys(labels: Sequence[str], lexicon: Lexicon) -> tuple[str, ...]:
    """The keys of a header; where the rows are work that somebody owns, 时间 says by when."""
    keys = [keys_of(lexicon, label)[0] for label in labels]
    if _WORK.intersection(keys) and _OWNERS.intersection(keys) and not _DUE.intersection(keys):
        at = next((at for at, label in enumerate(labels) if tidy(label) in _WHEN), None)
        if at is not None:
            keys[at] = "due"
    return tuple(keys)


def _pairs(analysis: Analysis, drawn: Matrix) -> Iterable[LabelledField]:
    for number, row in enumerate(drawn):
        if number == 0 and is_caption(row):
            continue
        distinct = [each for at, each in enumerate(row) if at == 0 or each.span != row[at - 1].span]
        for label, value in zip(distinct[::2], distinct[1::2], strict=False):
            if label.folded.strip():
                yield make(analysis, label, value, "row")


def _sideways(analysis: Analysis, drawn: Matrix) -> Iterable[LabelledField]:
    for row in drawn:
        for number, value in enumerate(row[1:], 1):
            yield make(analysis, row[0], value, "row", number)


def _meta(analysis: Analysis, part: int) -> Iterable[LabelledField]:
    text = analysis.folded(part)
    for block in analysis.blocks(part):
        if block.kind is BlockKind.FRONT_MATTER:
            for match in _META.finditer(text, block.span.start, block.span.end):
                yield make(analysis, analysis.passage(part, *match.span(1)), analysis.passage(part, *match.span(2)), "meta")


def _tables(analysis: Analysis, part: int) -> Iterable[Table]:
    for grid in analysis.grids(part):
        drawn = matrix(analysis, part, grid)
        if shape(drawn, analysis.environment.lexicon) is Shape.HEADER:
            yield _table(analysis, part, grid.span, drawn)


def _table(analysis: Analysis, part: int, span: Span, drawn: Matrix) -> Table:
    whole = analysis.passage(part, span.start, span.end)
    header, *body = drawn
    labels = tuple(each.folded.strip() for each in header)
    keys = _column_keys(labels, analysis.environment.lexicon)
    made = tuple(_row(analysis, part, keys, labels, row) for row in body)
    return Table(part, whole.span, whole.text, whole.folded, _caption(analysis, part, span.start), keys, labels, made)


def _row(analysis: Analysis, part: int, keys: tuple[str, ...], labels: tuple[str, ...], cells: Sequence[Passage]) -> Row:
    whole = analysis.passage(part, min(each.span.start for each in cells), max(each.span.end for each in cells))
    return Row(part, whole.span, whole.text, whole.folded, keys, labels, tuple(cells))


def _caption(analysis: Analysis, part: int, start: int) -> str:
    """The short line right above the table, else the heading it stands under."""
    above = [line for line in lines(analysis, part) if line.span.end <= start]
    if not above:
        return ""
    last = above[-1]
    written = last.content.of(analysis.folded(part)).rstrip(": *_")
    if not last.grid and (last.heading or (len(last.content) <= 30 and ":" not in written and not written.endswith("。"))):
        return _plain(analysis, part, last.content)
    heading = next((line for line in reversed(above) if line.heading), None)
    return _plain(analysis, part, heading.content) if heading else ""


def _plain(analysis: Analysis, part: int, span: Span) -> str:
    return analysis.passage(part, span.start, span.end).text.strip(" \t#*_:\uff1a\u3010\u3011")
