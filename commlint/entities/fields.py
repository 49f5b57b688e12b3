"""Labelled fields and tables of a record: what stands under which label, however it is laid out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import attrgetter

from commlint.entities import stated
from commlint.entities.blanks import is_blank, is_unanswered, may_be_blank, openings
from commlint.entities.extents import values
from commlint.entities.forms import Band, Matrix, Shape, bands, is_caption
from commlint.entities.labelled import scan
from commlint.entities.labels import EXACT, KNOWN, MADE, NONE, grade, keys_of, may_be_none, spellings, tidy, words
from commlint.entities.marks import Mark, label_within
from commlint.entities.marks import Row as MarkRow
from commlint.entities.numbering import CLOSING, counter, heads, numbers
from commlint.entities.outline import Line, lines, lines_of
from commlint.entities.structure import text_parts
from commlint.model.environment import Lexicon
from commlint.model.protocols import Analysis
from commlint.model.record import BlockKind
from commlint.model.span import Span
from commlint.model.values import ActionItem, LabelledField, Located, Passage, Row, Table, TimeKind

_PLACE = attrgetter("span.start", "label.span.start", "span.end")
_META = re.compile(r"^([\w\u3400-\u9fff-]{1,40})[ \t]*:[ \t]*(.*)$", re.MULTILINE)
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
    if not may_label(analysis, frozenset(wanted)):
        return ()
    return tuple(field for field in fields(analysis, analysis.record) if wanted.intersection(_keys(analysis, field)))


def may_label(analysis: Analysis, keys: frozenset[str]) -> bool:
    """Whether a field can have one of these keys: a label that means it is there, and no sentence goes on with it. Told sooner than by the fields."""
    labels = _any_label(analysis.environment.lexicon, keys)
    return any(analysis.grids(part) or labels.search(analysis.folded(part)) for part in text_parts(analysis))


_ASIDE = r"(?:\s+|\([^()]{0,6}\))?"  # what may stand inside a label: 联 系 人, 联系(对接)人
_GOES_ON = r"(?![,;\u3002!?]|(?![及和与或其一二三四五六七八九十本今])[\u3400-\u9fff])"  # 联系人说, but not 联系人及电话, 联系人一


@lru_cache(maxsize=256)
def _any_label(lexicon: Lexicon, keys: frozenset[str]) -> re.Pattern[str]:
    known = {label for key in keys for label in (*spellings(lexicon, key), key)} | (_WHEN if "due" in keys else set())
    found = {"".join(label.split()) for label in known}
    return re.compile(f"(?:{'|'.join(_ASIDE.join(map(re.escape, label)) for label in sorted(found))}){_GOES_ON}")


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


def item_of(analysis: Analysis, field: LabelledField) -> int:
    """The number of the topic, item or row it belongs to; 0 for the record itself."""
    return field.item


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
    found = set(stated.labels(analysis.record)) if within is None else set()
    found |= {key for field in fields(analysis, analysis.record) if not field.blank and _inside(field, within) for key in _keys(analysis, field)}
    if isinstance(within, Row):
        lexicon = analysis.environment.lexicon
        columns = zip(within.keys, within.labels, within.cells, strict=False)
        found |= {key for own, label, passage in columns for key in (own, *keys_of(lexicon, label)) if not _empty(lexicon, passage.folded, key, label)}
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
    found = [*_written(analysis, part), *_in_grids(analysis, part), *_meta(analysis, part)]
    if len(found) > 1:
        found.sort(key=_PLACE)
    return found


def _written(analysis: Analysis, part: int) -> Iterable[LabelledField]:
    """The fields of the lines."""
    text, rows_ = analysis.folded(part), lines(analysis, part)
    found = marked(analysis, part)
    if not any(found):
        return
    numbered = numbers(text, rows_, found)
    held: dict[int, set[str]] = {}
    placed = list(values(text, rows_, found, analysis.environment.lexicon))
    bare = [at for at, mark, _, _ in placed if mark.whole and (mark.sure < KNOWN or rows_[at].marked or rows_[at].heading)]
    none = set(_headlines(text, rows_, found, placed, bare)) if bare else ()
    for at, mark, start, end in placed:
        if at in none and mark.whole:
            continue
        item = numbered[at].get(mark.start, 0) if numbered else 0
        yield _field(analysis, part, mark, (start, end), item=item, held=held)


def marked(analysis: Analysis, part: int) -> Sequence[MarkRow]:
    """The labels of each line of a part."""
    return analysis.once(f"fields.marks:{part}", lambda _: scan(analysis.folded(part), lines(analysis, part), analysis.environment.lexicon))


def _headlines(text: str, rows_: Sequence[Line], found: Sequence[MarkRow], placed: Sequence[tuple[int, Mark, int, int]], bare: Sequence[int]) -> Iterable[int]:
    """The lines that are headlines and no labels: over nothing but fields or a table, of a topic, of the record."""
    topics = {head.line for head in heads(text, rows_, found)}
    values_at = {at: (start, end) for at, mark, start, end in placed if mark.whole}
    alike: Counter[tuple[str, int]] = Counter()
    sure: Counter[tuple[str, int]] = Counter()
    for at, row in enumerate(found):
        if row and row[0].leading and (row[0].whole or row[0].layout in ("bracket", "bold")):
            way = _way(row[0], rows_[at])
            alike[way] += 1
            sure[way] += row[0].sure >= MADE
    for at in bare:
        mark, (start, end) = found[at][0], values_at[at]
        way = _way(mark, rows_[at])
        names_record = at == 0 and (alike[way] < 2 or (mark.layout == "heading" and mark.sure < MADE))
        unlike = mark.sure < MADE and 2 * sure[way] < alike[way]
        below = at + 1
        empty = end <= start and (alike[way] < 2 or mark.sure < MADE)
        if mark.sure >= KNOWN:  # 1. Budget, its own labels below
            names_record = unlike = empty = False
            if rows_[at].heading:
                if at in topics and not counter(text[mark.start : mark.end])[1]:
                    yield at
                continue
        holds = below < len(rows_) and end > start and (rows_[below].grid or rows_[below].heading or bool(found[below] and found[below][0].leading))
        if at in topics or names_record or unlike or empty or holds or mark.sure == NONE:
            yield at


def _way(mark: Mark, line: Line) -> tuple[str, int]:
    """What stands alike: headlines of one depth, labels in brackets, labels in bold."""
    return mark.layout, 0 if mark.layout in ("bracket", "bold") else line.depth


def _field(analysis: Analysis, part: int, mark: Mark, value: tuple[int, int], *, item: int, held: dict[int, set[str]]) -> LabelledField:
    """In a topic or item that names an owner and no other limit, 时间 behind the owner says by when."""
    key, label_end = mark.key, mark.end
    written = analysis.folded(part)[mark.start : label_end]
    if mark.sure == KNOWN:
        bare, number = counter(written)
        label_end -= len(written) - len(bare) if number else 0
    if item:
        keys = held.setdefault(item, set())
        due = _OWNERS.intersection(keys) and not _DUE.intersection(keys) and tidy(written) in _WHEN
        keys.add(key)
        key = "due" if due else key
    return make(analysis, analysis.passage(part, mark.start, label_end), analysis.passage(part, *value), mark.layout, item, key=key)


def make(analysis: Analysis, label: Passage, value: Passage, layout: str, item: int = 0, *, key: str = "") -> LabelledField:
    """A field of two passages of one part; it covers both, and what is between. `key` where its place says more than its label."""
    lexicon = analysis.environment.lexicon
    key = key or keys_of(lexicon, label.folded)[0]
    blank = _empty(lexicon, value.folded, key, label.folded)
    if layout in ("column", "row"):
        return LabelledField(label.part, value.span, value.text, value.folded, key, label, value, blank, layout, item)
    first, last = label.span, value.span
    whole = analysis.passage(label.part, min(first.start, last.start), max(first.end, last.end))
    return LabelledField(label.part, whole.span, whole.text, whole.folded, key, label, value, blank, layout, item)


def _empty(lexicon: Lexicon, folded: str, key: str, label: str) -> bool:
    if not folded:
        return True
    if len(folded) > 40 or not may_be_blank(folded, openings(lexicon)) or not is_blank(folded, lexicon=lexicon):
        return False
    listed = key in words("may-be-none", lexicon)
    return is_unanswered(folded, listed=listed, none_allowed=listed or may_be_none(lexicon, key, label), lexicon=lexicon)


def _in_grids(analysis: Analysis, part: int) -> Iterable[LabelledField]:
    text = analysis.folded(part)
    for grid in analysis.grids(part):
        for band in bands(analysis, part, grid):
            if band.shape is Shape.HEADER:
                yield from _columns(analysis, band.rows)
            elif band.shape is Shape.FORM:
                yield from _pairs(analysis, band)
            elif band.shape is Shape.SIDEWAYS:
                yield from _sideways(analysis, band.rows)
            if _has_word_colon(text, grid.span.start, grid.span.end):
                yield from _in_cells(analysis, part, band)


def _has_word_colon(text: str, start: int, end: int) -> bool:
    """Whether a colon stands behind a word, not that of 18:00."""
    at = text.find(":", start + 1, end)
    while at >= 0 and (text[at - 1].isdecimal() or text[at - 1].isspace()):
        at = text.find(":", at + 1, end)
    return at >= 0


def _in_cells(analysis: Analysis, part: int, band: Band) -> Iterable[LabelledField]:
    """Labels in the text of cells: 结论:… 责任人:… in the one large cell of a form."""
    text, lexicon = analysis.folded(part), analysis.environment.lexicon
    layout = band.shape is Shape.PLAIN  # of cells that have their labels in themselves
    done: set[int] = set()
    for cell in (cell for row in band.rows[band.shape in (Shape.HEADER, Shape.SIDEWAYS) :] for cell in row):
        if cell.span.start in done or ":" not in (cell.folded if layout else cell.folded[1:-1]):
            continue
        done.add(cell.span.start)
        within = lines_of(text, cell.span.start, cell.span.end)
        found = [[mark for mark in row if mark.sure >= MADE and not mark.whole] for row in scan(text, within, lexicon)]
        numbered = numbers(text, within, found)
        held: dict[int, set[str]] = {}
        for at, mark, start, end in values(text, within, found, lexicon):
            yield _field(analysis, part, mark, (start, end), item=numbered[at].get(mark.start, 0) if numbered else 0, held=held)


def _columns(analysis: Analysis, drawn: Matrix) -> Iterable[LabelledField]:
    header, *body = drawn
    lexicon = analysis.environment.lexicon
    labels = tuple([each.folded for each in header])
    keys, hints = _column_keys(labels, lexicon), _hints(labels, lexicon)
    columns = [(keys[at], label if hints[at] is None else _within(analysis, label, hints[at]), at) for at, label in enumerate(header) if label.folded]
    doubtful = openings(lexicon)
    for number, row in enumerate(body, 1):
        for key, label, at in columns:
            value = row[at]
            folded = value.folded
            blank = may_be_blank(folded, doubtful) and _empty(lexicon, folded, key, label.folded)
            yield LabelledField(value.part, value.span, value.text, folded, key, label, value, blank, "column", number)


def _without_hint(analysis: Analysis, label: Passage) -> Passage:
    """A label as in lines: without marks, a hint in brackets, a colon."""
    return _within(analysis, label, _hint(label.folded, analysis.environment.lexicon))


def _within(analysis: Analysis, label: Passage, place: tuple[int, int] | None) -> Passage:
    return label if place is None else analysis.passage(label.part, label.span.start + place[0], label.span.start + place[1])


@lru_cache(maxsize=1024)
def _hints(labels: tuple[str, ...], lexicon: Lexicon) -> tuple[tuple[int, int] | None, ...]:
    return tuple(_hint(label, lexicon) for label in labels)


def _hint(folded: str, lexicon: Lexicon) -> tuple[int, int] | None:
    """Where the label stands in a cell that says more; None where it is all of it."""
    start, end = label_within(folded)
    bare, number = counter(folded[start:end])
    if number and grade(lexicon, bare) == EXACT:
        end = start + len(bare)
    return None if (start, end) == (0, len(folded)) else (start, end)


@lru_cache(maxsize=1024)
def _column_keys(labels: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """The keys of a header; where the rows are work that somebody owns, 时间 says by when."""
    keys = [keys_of(lexicon, label)[0] for label in labels]
    if _WORK.intersection(keys) and _OWNERS.intersection(keys) and not _DUE.intersection(keys):
        at = next((at for at, label in enumerate(labels) if tidy(label) in _WHEN), None)
        if at is not None:
            keys[at] = "due"
    return tuple(keys)


def _pairs(analysis: Analysis, band: Band) -> Iterable[LabelledField]:
    item = 0
    for number, row in enumerate(band.rows):
        if number == 0 and is_caption(row):
            continue
        item = band.numbers[number] if band.numbers else _counted(analysis, row[0], item)
        distinct = [each for at, each in enumerate(row) if at == 0 or each is not row[at - 1]]
        for label, value in zip(distinct[::2], distinct[1::2], strict=False):
            if label.folded and not is_blank(label.folded):
                yield make(analysis, _without_hint(analysis, label), value, "row", item)


def _counted(analysis: Analysis, label: Passage, item: int) -> int:
    """The topic that a row of a form belongs to: that of its own label (议题1), none where the record itself goes on, else the one before."""
    lexicon = analysis.environment.lexicon
    bare, number = counter(label.folded)
    if number and grade(lexicon, bare) == EXACT:
        return number
    return 0 if item and keys_of(lexicon, label.folded)[0] in CLOSING else item


def _sideways(analysis: Analysis, drawn: Matrix) -> Iterable[LabelledField]:
    for row in drawn if drawn[0][0].folded else drawn[1:]:
        label = _without_hint(analysis, row[0])
        for number, value in enumerate(row[1:], 1):
            if label.folded:
                yield make(analysis, label, value, "row", number)


def _meta(analysis: Analysis, part: int) -> Iterable[LabelledField]:
    text = analysis.folded(part)
    for block in analysis.blocks(part):
        if block.kind is BlockKind.FRONT_MATTER:
            for match in _META.finditer(text, block.span.start, block.span.end):
                yield make(analysis, analysis.passage(part, *match.span(1)), analysis.passage(part, *match.span(2)), "meta")


def _tables(analysis: Analysis, part: int) -> Iterable[Table]:
    for grid in analysis.grids(part):
        parts = bands(analysis, part, grid)
        for band in parts:
            if band.shape is Shape.HEADER:
                yield _table(analysis, part, band.rows, grid.span, alone=len(parts) == 1)
            elif band.shape is Shape.SIDEWAYS:
                turned = [list(column) for column in zip(*(row for row in band.rows if row[0].folded), strict=True)]
                yield _table(analysis, part, turned, grid.span, alone=True, on_its_side=True)


def _table(analysis: Analysis, part: int, drawn: Matrix, span: Span, *, alone: bool, on_its_side: bool = False) -> Table:
    """The rows as a table; `span` is that of the grid, which is all of the table when it is `alone` in it."""
    header, *body = drawn
    if not alone:
        filled = [cell.span for row in drawn for cell in row if cell.folded] or [header[0].span]
        whole = analysis.passage(part, min(each.start for each in filled), max(each.end for each in filled))
    else:
        whole = analysis.passage(part, span.start, span.end)
    labels = tuple(each.folded for each in header)
    keys = _column_keys(labels, analysis.environment.lexicon)
    made = tuple(_row(analysis, part, keys, labels, row, on_its_side=on_its_side) for row in body)
    return Table(part, whole.span, whole.text, whole.folded, _caption(analysis, part, span.start), keys, labels, made)


def _row(analysis: Analysis, part: int, keys: tuple[str, ...], labels: tuple[str, ...], cells: Sequence[Passage], *, on_its_side: bool = False) -> Row:
    """A row covers its cells; one of a table on its side, whose cells others stand between, only the first."""
    spans = [each.span for each in (cells[:1] if on_its_side else cells)]
    whole = analysis.passage(part, min([span.start for span in spans]), max([span.end for span in spans]))
    return Row(part, whole.span, whole.text, whole.folded, keys, labels, tuple(cells))


def _caption(analysis: Analysis, part: int, start: int) -> str:
    """The short line right above the table, else the heading it stands under."""
    rows_ = lines(analysis, part)
    at = bisect_left(rows_, start, key=_start)
    if not at:
        return ""
    last = rows_[at - 1]
    if not last.grid and (last.heading or last.last - last.first <= 30):
        written = last.content.of(analysis.folded(part)).rstrip(": *_")
        if last.heading or (":" not in written and not written.endswith("。")):
            return _plain(analysis, part, last.content)
    headings = analysis.once(f"fields.headings:{part}", lambda _: [line for line in rows_ if line.heading])
    before = bisect_left(headings, start, key=_start)
    return _plain(analysis, part, headings[before - 1].content) if before else ""


def _start(line: Line) -> int:
    return line.start


def _plain(analysis: Analysis, part: int, span: Span) -> str:
    return analysis.passage(part, span.start, span.end).text.strip(" \t#*_:\uff1a\u3010\u3011")
