"""Action items: in tables, in lists under 待办 or 决议, in sentences, and in tails such as (责任人:…,截止:…)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from commlint.entities import directives
from commlint.entities.analysis import inside
from commlint.entities.blanks import is_blank
from commlint.entities.departments import departments
from commlint.entities.fields import fields, tables
from commlint.entities.items import items
from commlint.entities.people import persons
from commlint.entities.spoken import due_in, times_in
from commlint.entities.structure import sentences
from commlint.entities.wordlists import cues, sections
from commlint.model.protocols import Analysis
from commlint.model.values import (
    ActionItem,
    Department,
    LabelledField,
    Located,
    Passage,
    Person,
    Row,
    Sentence,
    TimeExpression,
    TimeKind,
)

_TASK = ("task", "task_name", "actions", "description", "decisions", "content")
_OWNER = ("owner", "lead", "owner_department", "temporary_lead")
_DUE = ("due", "delivery_time", "milestones")
_LISTS = ("actions", "next", "decisions")
_BARE_DATE = re.compile(r"(?<![\w/.-])(?:1[0-2]|0?[1-9])[/.-](?:3[01]|[12]\d|0?[1-9])(?![\w/.%-])")
_LONGEST_OWNER = 24
_TAIL_KEYS = (*_OWNER, *_DUE)
_TASK_TIMES = (TimeKind.DEADLINE, TimeKind.LIMIT, TimeKind.INSTANT, TimeKind.PERIOD)
_DOER_END = re.compile(r"[\s*_)(\u3001,:]*(?:负责|牵头|主责|承办|跟进|于|在|须|需|应|将|会|请|尽快|\d|今|明|后|本周|下周|周|最晚|最迟|月底|年底|to |will |by |shall |must )")
_DOER_START = re.compile(r"(?:[我贵双甲乙丙本各][司方部]|公司|科技|集团|由|请|让|@|责成|安排|交|交由|[\u3010\[(]|^|[,;。:\u2014\u3001和及与/>-]|\d[.、)])[\s*_\u3010\[(]*$")
_MARKER = re.compile(r"(?:\d{1,3}[.、)]|[-*+\u2022\u00b7]|\(\d{1,2}\))\s*(?:\[[ x]\]\s*)?(?=\S)")
_TARGET = re.compile(r"(?:向|给|与|和|跟|同|抄送|报|对|to|with)\s?$")


def tasks(analysis: Analysis, record: object) -> tuple[ActionItem, ...]:
    """The action items of the record, in order, none inside another."""
    return analysis.once("entities.tasks", lambda _: tuple(_outermost([*_rows(analysis), *_listed(analysis), *_spoken(analysis)])))


def task_of(analysis: Analysis, item: ActionItem) -> Passage:
    """What is to be done."""
    return item.task


def owners_of(analysis: Analysis, item: ActionItem) -> tuple[Person, ...]:
    """The persons responsible."""
    return tuple(owner for owner in item.owners if isinstance(owner, Person))


def departments_of(analysis: Analysis, item: ActionItem) -> tuple[Department, ...]:
    """The departments responsible."""
    return tuple(owner for owner in item.owners if isinstance(owner, Department))


def due_of(analysis: Analysis, item: ActionItem) -> TimeExpression | None:
    """By when; None when nothing says so."""
    return item.due


def deliverable_of(analysis: Analysis, item: ActionItem) -> Passage | None:
    """What will be there when it is done."""
    return item.deliverable


def priority_of(analysis: Analysis, item: ActionItem) -> Passage | None:
    """The priority as written."""
    return item.priority


def status_of(analysis: Analysis, item: ActionItem) -> Passage | None:
    """The status as written."""
    return item.status


def is_open(analysis: Analysis, item: ActionItem) -> bool:
    """Whether nothing says that it is done."""
    closed = cues(analysis.environment.lexicon, "envelope", "closed")
    if item.status is not None and not is_blank(item.status.folded):
        partly = re.search(r"(?<![\d.])\d{1,2}(?:\.\d+)?%", item.status.folded)
        return bool(partly) or not item.status.folded.strip(" \t*_").startswith(closed)
    return not re.search(r"\[x\]|\u2714|\u2705|\u2611|[(\u3010\[](?:已完成|已关闭|已办结|done|closed)", item.folded)


def _rows(analysis: Analysis) -> Iterable[ActionItem]:
    for table in tables(analysis, analysis.record):
        keys = set(table.keys)
        if keys.intersection(_TASK) and keys.intersection(_TAIL_KEYS):
            for row in table.rows:
                if any(not is_blank(cell.folded) for cell in row.cells):
                    yield _of_row(analysis, row)


def _of_row(analysis: Analysis, row: Row) -> ActionItem:
    task = _column(row, _TASK)
    assert task is not None  # the table has such a column
    owners = tuple(owner for key, cell in _columns(row) if key in _OWNER for owner in _owners(analysis, cell) or _described(cell))
    due = next((time for key, cell in _columns(row) if key in _DUE for time in [due_in(analysis, cell, label="截止时间")] if time), None)
    return ActionItem(
        row.part, row.span, row.text, row.folded, task, owners, due, _column(row, ("deliverable",)), _column(row, ("priority",)), _column(row, ("status",)), "table"
    )


def _columns(row: Row) -> Iterable[tuple[str, Passage]]:
    return zip(row.keys, row.cells, strict=False)


def _column(row: Row, keys: Sequence[str]) -> Passage | None:
    """The cell under the first of `keys` that is a column."""
    cells = dict(reversed(list(_columns(row))))
    return next((cells[key] for key in keys if key in cells), None)


def _owners(analysis: Analysis, stretch: Located) -> list[Person | Department]:
    """Persons and departments in a stretch, in order; a department that only places a person is not an owner itself."""
    people = inside(persons(analysis, analysis.record), stretch)
    placed = {p.department for p in people}
    houses = inside(departments(analysis, analysis.record), stretch)
    starts = [p.span.start for p in people]
    free = [d for d in houses if d.folded not in placed and not _within_a_name(people, starts, d)]
    return sorted([*people, *free], key=lambda owner: owner.span.start)


def _within_a_name(people: Sequence[Person], starts: Sequence[int], house: Department) -> bool:
    """Whether a department is part of a reference to a person; `people` are in order and apart."""
    at = bisect_left(starts, house.span.end) - 1
    return at >= 0 and people[at].span.end > house.span.start


def _listed(analysis: Analysis) -> Iterable[ActionItem]:
    """Items of lists under a label for action items, and groups of fields with a task of their own."""
    found = fields(analysis, analysis.record)
    for field in found:
        if field.key in _LISTS and field.layout not in ("column", "row") and not field.blank:
            for stretch in items(analysis, field):
                item = _of_stretch(analysis, stretch, found, sure=field.key != "decisions")
                if item:
                    yield item
    yield from _grouped(analysis, found)


def _of_stretch(analysis: Analysis, stretch: Passage, found: Sequence[LabelledField], *, sure: bool) -> ActionItem | None:
    held = [f for f in inside(found, stretch) if f.span != stretch.span]
    labelled = [f for f in held if f.key in _TAIL_KEYS]
    owners = _by_label(analysis, held) or (() if any(f.key in _OWNER for f in held) else _doers(analysis, stretch))
    due = _due(analysis, stretch, held) or (_undated(analysis, stretch) if sure else None)
    if not sure and not labelled and not (owners and due):
        return None
    task = _task(analysis, stretch, held)
    if is_blank(task.folded):
        return None
    tail = any("(" in analysis.folded(stretch.part)[max(stretch.span.start, f.span.start - 2) : f.span.start] for f in labelled)
    more = {f.key: f.value for f in reversed(held)}
    return ActionItem(
        stretch.part, stretch.span, stretch.text, stretch.folded, task, owners, due, more.get("deliverable"), more.get("priority"), more.get("status"),
        "tail" if tail else "list",
    )


def _by_label(analysis: Analysis, held: Sequence[LabelledField]) -> tuple[Person | Department, ...]:
    return tuple(owner for f in held if f.key in _OWNER and not f.blank for owner in _owners(analysis, f.value) or _described(f.value))


def _described(stretch: Passage) -> list[Person]:
    """Who is named as owner in words of no known form (双方授权代表); nobody where it says everybody."""
    if is_blank(stretch.folded) or len(stretch.folded) > _LONGEST_OWNER or stretch.folded.startswith(sections("people")["everybody"]):
        return []
    return [Person(stretch.part, stretch.span, stretch.text, stretch.folded, "described", stretch.text)]


def _due(analysis: Analysis, stretch: Passage, held: Sequence[LabelledField]) -> TimeExpression | None:
    labelled = [f for f in held if f.key in _DUE]
    found = (due_in(analysis, f.value, label="截止时间") for f in labelled if not f.blank)
    said = next((time for time in found if time), None)
    return said if said or labelled else due_in(analysis, stretch) or _bare_date(analysis, stretch)


def _undated(analysis: Analysis, stretch: Passage) -> TimeExpression | None:
    """A day of which nothing tells the year: a due time all the same."""
    return next((time for time in times_in(analysis, stretch) if time.kind is TimeKind.INSTANT), None)


def _bare_date(analysis: Analysis, stretch: Passage) -> TimeExpression | None:
    """6/17 or 6-17 by itself, which is a date in an action item only."""
    match = _BARE_DATE.search(stretch.folded)
    start = stretch.span.start
    return due_in(analysis, analysis.passage(stretch.part, start + match.start(), start + match.end()), label="截止时间") if match else None


def _task(analysis: Analysis, stretch: Passage, held: Sequence[LabelledField]) -> Passage:
    """The value under a task label, else the stretch up to its first label."""
    said = next((f.value for f in held if f.key in ("task", "task_name")), None)
    if said is not None and not is_blank(said.folded):
        return said
    start = stretch.span.start
    first = min((f.span.start for f in held), default=stretch.span.end)
    text = analysis.folded(stretch.part)
    end = first
    while end > start and (text[end - 1].isspace() or text[end - 1] in "(\u3010[,;。:\u2014-|*"):
        end -= 1
    return analysis.passage(stretch.part, start, end) if end > start else stretch


def _doers(analysis: Analysis, stretch: Passage) -> tuple[Person | Department, ...]:
    """Who stands where the doer stands: at the start, behind 由 or 请, in brackets, before 负责."""
    text = analysis.folded(stretch.part)
    found = [owner for owner in _owners(analysis, stretch) if _does(text, stretch, owner)]
    return tuple(_list_of(text, found))


def _does(text: str, stretch: Passage, owner: Person | Department) -> bool:
    start = owner.span.start
    if isinstance(owner, Person) and owner.department and text.endswith(owner.department, 0, start):
        start -= len(owner.department)  # the department places the person: 技术部孙浩
    before, behind = text[max(stretch.span.start, start - 12) : start], text[owner.span.end : min(stretch.span.end, owner.span.end + 12)]
    if _TARGET.search(before) and not _DOER_END.match(behind):
        return False
    if owner.text.startswith("@") or not before.strip(" *_"):
        return True
    alone = not behind.strip(" *_)\u3011。.;") and before.rstrip()[-1:] in ("(", "\u3010", "[", "-", "\u2014", ":", ",")
    return alone or (_DOER_START.search(before) is not None and (_DOER_END.match(behind) is not None or "由" in before))


def _list_of(text: str, found: Sequence[Person | Department]) -> Iterable[Person | Department]:
    """The first doer and those a list goes on with."""
    for index, owner in enumerate(found):
        if index and not re.fullmatch(r"[\s\u3001,/和与及&*]*", text[found[index - 1].span.end : owner.span.start]):
            return
        yield owner


def _grouped(analysis: Analysis, found: Sequence[LabelledField]) -> Iterable[ActionItem]:
    """任务:… 负责人:… 截止时间:… one label after another, of one item or of the record."""
    plain = [f for f in found if f.layout not in ("column", "row", "meta", "heading")]
    for index, field in enumerate(plain):
        if field.key in ("task", "task_name") and not field.blank:
            rest = _until_next(plain, index)
            if any(f.key in _TAIL_KEYS for f in rest):
                whole = analysis.passage(field.part, field.span.start, max(f.span.end for f in (field, *rest)))
                item = _of_stretch(analysis, whole, [field, *rest], sure=True)
                if item:
                    yield item


def _until_next(plain: Sequence[LabelledField], index: int) -> list[LabelledField]:
    """The fields that follow, up to the next task or another item; not those in the value itself."""
    field = plain[index]
    taken: list[LabelledField] = []
    for other in plain[index + 1 : index + 12]:
        if other.part != field.part or other.key in ("task", "task_name", *_LISTS) or (field.item and other.item not in (field.item, 0)):
            break
        taken.append(other)
    return taken


def _spoken(analysis: Analysis) -> Iterable[ActionItem]:
    """Sentences that say who does what by when, and sentences with a tail of labels."""
    tails = [field for field in fields(analysis, analysis.record) if field.key in _TAIL_KEYS]
    for sentence in sentences(analysis, analysis.record):
        held = _labels_in(analysis, sentence, tails)
        if held:
            made = _of_stretch(analysis, sentence, held, sure=True)
            if made and made.task.span != sentence.span:
                yield made
        else:
            due = due_in(analysis, sentence)  # first: few sentences name a time, and to know what one asks costs more
            if due is None or due.kind not in _TASK_TIMES or not _asks(analysis, sentence):
                continue
            owners = _doers(analysis, sentence)
            if owners:
                yield ActionItem(sentence.part, sentence.span, sentence.text, sentence.folded, _unmarked(analysis, sentence), owners, due)


def _labels_in(analysis: Analysis, sentence: Sentence, tails: Sequence[LabelledField]) -> list[LabelledField]:
    """Labels of owner or due time (`tails`) that a sentence ends in, in brackets."""
    text = analysis.folded(sentence.part)
    held = inside(tails, sentence)
    return held if any(text[max(0, f.span.start - 1) : f.span.start] == "(" for f in held) else []


def _asks(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence gives work: an order, or a promise of somebody else."""
    senses = directives.reading(analysis, sentence).senses
    return bool(senses & {"directive", "promise"}) and not senses & {"policy", "question"}


def _unmarked(analysis: Analysis, sentence: Sentence) -> Passage:
    """The sentence without the number or bullet of its line."""
    mark = _MARKER.match(sentence.folded)
    start = sentence.span.start + (mark.end() if mark and mark.end() < len(sentence.folded) else 0)
    return analysis.passage(sentence.part, start, sentence.span.end)


def _outermost(found: Sequence[ActionItem]) -> Iterable[ActionItem]:
    """In order; of items that overlap the one made first: tables before lists before sentences."""
    kept: dict[int, list[ActionItem]] = {}
    for item in found:
        near = kept.setdefault(item.part, [])
        at = bisect_left(near, item.span.start, key=lambda each: each.span.start)
        if not any(each.span.overlaps(item.span) for each in near[max(0, at - 1) : at + 1]):
            near.insert(at, item)
    return (item for part in sorted(kept) for item in kept[part])
