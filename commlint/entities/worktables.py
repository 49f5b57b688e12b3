"""Action items in tables: which column is the task, its owner, its due time, wherever the header stands and however it calls them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from attrs import evolve

from commlint.entities.blanks import is_blank
from commlint.entities.doers import Owner, written
from commlint.entities.drawn import trimmed
from commlint.entities.forms import Matrix, matrix
from commlint.entities.labels import keys_of, tidy
from commlint.entities.outline import lines
from commlint.entities.spoken import due_in, times_in
from commlint.entities.structure import text_parts
from commlint.entities.worklines import Line, bare_date, before_time, is_idle
from commlint.entities.workroles import OWNERS, TASKS, may_be, role, task_at
from commlint.model.protocols import Analysis
from commlint.model.span import Span
from commlint.model.values import ActionItem, Passage, Person, TimeExpression, TimeKind

_PEOPLE = ("owner", "house", "person")
_LINE = re.compile(r"(?:(?!<br)[^\n;]){4,}")
_COMMAS = re.compile(r"[,;]")
_LOOKED_AT = 6
_BLANKS = re.compile(r"\s+")
_GAPS = re.compile(r"\s{2,}")
_HEADING = re.compile(r"(?:负责|责任|经办|执行|担当|owner|assignee|(?<![a-z])who(?![a-z])|谁)[^\n:]{0,12}(?:[,;]|\s)|(?:[,;]|\s)[^\n:,;]{0,8}(?:负责人|责任人|经办人|执行人|担当|owner|谁)\s*(?:\n|$)")
_SURE = frozenset(("task", "task_name", "actions", "measures"))
_TOTALS = frozenset(("合计", "总计", "小计", "total", "sum"))
_HEADER_AMONG = 12  # a title or the fields of a form may stand above it


def in_tables(analysis: Analysis) -> tuple[tuple[ActionItem, ...], tuple[tuple[int, Span], ...]]:
    """The items, and the grids (part and span) that are tables of work."""
    return analysis.once("entities.work-tables", _in_tables)


def _in_tables(analysis: Analysis) -> tuple[tuple[ActionItem, ...], tuple[tuple[int, Span], ...]]:
    made: list[ActionItem] = []
    places: list[tuple[int, Span]] = []
    for part in text_parts(analysis):
        for grid in analysis.grids(part):
            drawn = matrix(analysis, part, grid)
            found = _upright(analysis, drawn)
            if found is None:
                turned = _upright(analysis, _turned(drawn), sure=True)
                found = turned if turned is None else [_alone(item) for item in turned]
            if found is not None:
                made += found
                places.append((part, grid.span))
        for span, drawn in _in_lines(analysis, part):
            found = _upright(analysis, drawn, sure=True)
            if found:
                made += found
                places.append((part, span))
    return tuple(made), tuple(places)


def _in_lines(analysis: Analysis, part: int) -> Iterable[tuple[Span, Matrix]]:
    """Tables whose cells only commas or wide gaps keep apart, under a header of known roles."""
    text = analysis.folded(part)
    if not _HEADING.search(text):
        return
    rows = [line for line in lines(analysis, part) if not line.grid]
    at = 0
    while at < len(rows):
        header = rows[at]
        following = rows[at + 1].span if at + 1 < len(rows) else None
        gap = _gap(text, header.span, following) if following and _HEADING.search(text, header.start, header.end) else None
        width = len(gap.split(header.span.of(text))) if gap else 0
        drawn = [_cells(analysis, part, gap, header.span)] if gap and width > 2 else []
        last = header
        while drawn and gap and at + len(drawn) < len(rows):
            row = _cells(analysis, part, gap, rows[at + len(drawn)].span)
            if len(row) != width:
                row = _cells(analysis, part, _BLANKS, rows[at + len(drawn)].span)
            if len(row) != width:
                break
            last = rows[at + len(drawn)]
            drawn.append(row)
        if len(drawn) > 1:
            yield Span(header.start, last.end), drawn
        at += max(1, len(drawn))


def _gap(text: str, span: Span, below: Span) -> re.Pattern[str] | None:
    """What keeps the cells of a header and of the line below apart: commas or gaps."""
    if len(span) > 120:
        return None
    header, row = span.of(text), below.of(text)
    gaps = [gap for gap in (_COMMAS, _GAPS, _BLANKS) if len(gap.findall(header)) > 1 and all(len(cell) <= 12 for cell in gap.split(header))]
    return next((gap for gap in gaps if len(gap.split(row)) == len(gap.split(header))), None)


def _cells(analysis: Analysis, part: int, gap: re.Pattern[str], span: Span) -> list[Passage]:
    text = analysis.folded(part)
    cells: list[Passage] = []
    start = span.start
    for match in gap.finditer(text, span.start, span.end):
        cells.append(_cell(analysis, part, start, match.start()))
        start = match.end()
    return [*cells, _cell(analysis, part, start, span.end)]


def _cell(analysis: Analysis, part: int, start: int, end: int) -> Passage:
    span = trimmed(analysis.folded(part), start, end)
    return analysis.passage(part, span.start, span.end)


def _alone(item: ActionItem) -> ActionItem:
    """The item as its task alone: the cells of a column do not stand together."""
    task = item.task
    return evolve(item, span=task.span, text=task.text, folded=task.folded)


def _turned(drawn: Matrix) -> Matrix:
    """The matrix on its side: labels that stood in the first column become a header; forms of two columns are left to their fields."""
    if len(drawn) < 2 or len(drawn[0]) < 3:
        return []
    return [list(row) for row in zip(*drawn, strict=True)]


def _upright(analysis: Analysis, drawn: Matrix, *, sure: bool = False) -> list[ActionItem] | None:
    """The items of a table under a header; None when it is no table of work. `sure` where only labels that are known make a header."""
    for number, header in enumerate(drawn[:_HEADER_AMONG]):
        body = drawn[number + 1 :]
        if len({cell.span for cell in header}) < 2 or not body:
            continue
        keys = [keys_of(analysis.environment.lexicon, cell.folded)[0] for cell in header]
        roles = [role(key, cell.folded) for key, cell in zip(keys, header, strict=True)]
        if number and len({"task" if each in TASKS else "owner" if each in _PEOPLE else each for each in roles}.intersection(("task", "owner", "due"))) < 3:
            continue  # below the first row only what is clearly a header
        if not sure and not number and any(roles):
            _infer(analysis, keys, roles, header, body[:_LOOKED_AT])
        task = task_at(roles)
        if task is not None and _is_work(keys[task], roles):
            columns = _Columns(analysis, keys, roles, task)
            return [] if columns.timetable(body) else [item for above, row in zip([header, *body], body, strict=False) for item in columns.items(header, above, row)]
    return None


def _infer(analysis: Analysis, keys: Sequence[str], roles: list[str], header: Sequence[Passage], body: Matrix) -> None:
    """Find the due time, the owner and the measure by what stands in the columns, where no label tells."""
    known = set(roles)
    unknown = [at for at, each in enumerate(roles) if not each and header[at].folded.strip()]
    owner, task = not known.isdisjoint(_PEOPLE), not known.isdisjoint(("measure", "task", "decision", "issue"))
    if not unknown or ("due" in known) + owner + task < 2:
        return
    if "due" not in known and "date" not in known:
        _fill(roles, "due", [at for at in unknown if may_be("due", keys[at], header[at].folded) and _mostly(body, at, lambda cell: bool(due_in(analysis, cell, label="截止时间")))])
    if not owner and "due" in known:
        _fill(roles, "owner", [at for at in unknown if may_be("owner", keys[at], header[at].folded) and _mostly(body, at, lambda cell: bool(_names(analysis, cell)))])
    if owner and "due" in known and known.isdisjoint(("measure", "task", "decision")):
        _fill(roles, "measure", [at for at in unknown if not roles[at] and may_be("measure", keys[at], header[at].folded) and _mostly(body, at, lambda cell: len(cell.folded) > 3)])


def _fill(roles: list[str], role_: str, found: Sequence[int]) -> None:
    if found:
        roles[found[0]] = role_


def _mostly(body: Matrix, at: int, claim: Callable[[Passage], bool]) -> bool:
    cells = [row[at] for row in body if at < len(row) and not is_blank(row[at].folded)]
    return bool(cells) and sum(map(claim, cells)) * 3 >= len(cells) * 2


def _names(analysis: Analysis, cell: Passage) -> Sequence[Owner]:
    return written(analysis, cell.part, cell.span.start, cell.span.end, weak=True) if len(cell.folded) <= 16 else ()


def _is_work(key: str, roles: Sequence[str]) -> bool:
    """Whether the columns are those of a list of work: a task and who or when; both where only the task says little."""
    owner, due = any(each in (*OWNERS, "person") for each in roles), "due" in roles
    if owner and (due or "date" in roles):
        return True
    return ((key in _SURE or key == "next") and ("owner" in roles or "person" in roles or due)) or (key == "owner_department" and due)


class _Columns:
    """Reads the rows of one table."""

    def __init__(self, analysis: Analysis, keys: Sequence[str], roles: Sequence[str], task: int) -> None:
        self.analysis = analysis
        self.task = task
        self.roles = roles
        order = sorted((at for at, each in enumerate(roles) if each in _PEOPLE), key=lambda at: (_PEOPLE.index(roles[at]), keys[at] != "lead", keys[at] == "tracker", at))
        self.owners = order
        self.due = [at for at, each in enumerate(roles) if each == "due"] or [at for at, each in enumerate(roles) if each == "date"]

    def timetable(self, body: Matrix) -> bool:
        """Whether the only times are hours from and to: the run of an event, not work."""
        if not self.due or self.roles[self.due[0]] != "date":
            return False
        times = [time for row in body[:5] if (time := self._due(row))]
        return bool(times) and all(time.kind is TimeKind.PERIOD and time.clock for time in times)

    def items(self, header: Sequence[Passage], above: Sequence[Passage], row: Sequence[Passage]) -> Iterable[ActionItem]:
        """The item of a row; several where the cell of its task has lines with times of their own, and no column has."""
        item = self.item(header, above, row)
        if item is None:
            return
        inner = list(self._within(item)) if not self.due and times_in(self.analysis, item.task) else []
        if inner:
            yield from inner
        elif not item.owners and item.due is None and is_idle(item.task.folded):
            return
        elif "person" not in self.roles or "due" in self.roles or item.due is not None:
            yield item

    def _within(self, item: ActionItem) -> Iterable[ActionItem]:
        """The lines of a task that have a time of their own."""
        task = item.task
        for match in _LINE.finditer(task.folded):
            piece = self.analysis.passage(task.part, task.span.start + match.start(), task.span.start + match.end())
            read = Line(self.analysis, piece, (), listed=True)
            if read.due is not None and (made := read.item(item.owners)):
                yield evolve(made, layout="table")

    def item(self, header: Sequence[Passage], above: Sequence[Passage], row: Sequence[Passage]) -> ActionItem | None:
        """The item of a row, without the cells that reach into it from the row `above`; None where it has no task, is one cell all across, a total, or the header once more."""
        task = row[self.task]
        if is_blank(task.folded) or tidy(task.folded) in _TOTALS or row[0].span == row[-1].span or task.folded == header[self.task].folded:
            return None
        reaching = {cell.span.start for cell in above}
        own = [cell.span for cell in row if cell.span.start not in reaching] or [task.span]
        whole = self.analysis.passage(task.part, min(span.start for span in own), max(span.end for span in own))
        more = dict(zip(reversed(self.roles), reversed(row), strict=False))
        return ActionItem(
            whole.part, whole.span, whole.text, whole.folded, task, self._owners(row), self._due(row),
            more.get("deliverable"), more.get("priority"), more.get("status"), "table",
        )

    def _owners(self, row: Sequence[Passage]) -> tuple[Owner, ...]:
        house: tuple[Owner, ...] = ()
        for at in self.owners:
            if at < len(row) and not (house and self.roles[at] != self.roles[self.owners[0]]):
                end = row[at].span.end if self.due else before_time(self.analysis, row[at])
                found = written(self.analysis, row[at].part, row[at].span.start, end, sure=True)
                if any(isinstance(owner, Person) for owner in found):
                    return tuple(found)
                house = house or tuple(found)
        return house

    def _due(self, row: Sequence[Passage]) -> TimeExpression | None:
        found = (due_in(self.analysis, row[at], label="截止时间") for at in self.due if at < len(row))
        said = next((time for time in found if time), None)
        if said or self.due:
            return said
        also = [*self.owners, self.task]  # 责任人及时限
        return next((time for at in also if at < len(row) for time in [due_in(self.analysis, row[at]) or bare_date(self.analysis, row[at])] if time), None)
