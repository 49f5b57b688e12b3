"""Action items of labels one after another: 决议:… 负责人:… 时限:…, for the record or topic by topic."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import partial
from operator import attrgetter

from commlint.entities.blanks import is_blank
from commlint.entities.doers import Owner, written
from commlint.entities.labels import is_known
from commlint.entities.outline import Line as OutlineLine
from commlint.entities.outline import lines
from commlint.entities.spoken import due_in
from commlint.entities.worklines import Line
from commlint.entities.workroles import OWNERS, TASKS, may_be, role
from commlint.model.protocols import Analysis
from commlint.model.record import Kind
from commlint.model.values import ActionItem, LabelledField, Passage

_APART = ("column", "meta")
_ROLES = frozenset((*TASKS, *OWNERS, "due"))
_ANSWERED = (*OWNERS, "due")
_LISTS = ("actions", "next")
_START = attrgetter("start")
_MOST = 14  # labels of one item
_REACH = 40
_LONGEST_HEADING = 40
_APART_IN_HEADING = re.compile(r"\s[-\u2014/|]\s|[\u2014|/\u00b7]")
# 文工,麻烦两件事:
_ASKED = re.compile(r"(?P<who>[^\s,:。;]{2,12})\s?[,:]\s?(?:你好,?\s?)?(?:麻烦|请|辛苦|烦请|劳烦|帮忙|拜托|有)[^。\n]{0,24}:\s*$")
_MARKS = " \t#*_:`\u3010\u3011[]<>\u300a\u300b-\u2014.、"


def in_blocks(analysis: Analysis, found: Sequence[LabelledField]) -> Iterable[ActionItem]:
    """One item for each run of labels that names a task and its owner or due time; `found` are the fields of the record in order."""
    roles = {id(field): role(field.key, field.label.folded) for field in found if field.layout not in _APART}
    named = set(roles.values())
    if "due" not in named and named.isdisjoint(OWNERS):
        return
    for group in _groups(analysis, [field for field in found if id(field) in roles], roles):
        item = _item(analysis, group, roles)
        if item:
            yield item


def _groups(analysis: Analysis, found: Sequence[LabelledField], roles: dict[int, str]) -> Iterable[list[LabelledField]]:
    """Labels that follow each other; a new group where one comes again, another topic starts or other words stand between."""
    group: list[LabelledField] = []
    seen: set[str] = set()
    for field in found:
        mine = roles[id(field)]
        anew = field.key in seen or len(group) >= _MOST or (mine in TASKS and mine in seen and not seen.isdisjoint(_ANSWERED)) or (mine in TASKS and "decisions" in seen)
        if group and (anew or _parted(analysis, group[-1], field)):
            yield group
            group, seen = [], set()
        if field.key in _LISTS and "\n" in field.value.folded:
            if group:
                yield group
            group, seen = [], set()
            continue  # a list, which has its items
        group.append(field)
        if mine in _ROLES:
            seen |= {field.key, mine}
    if group:
        yield group


def _parted(analysis: Analysis, one: LabelledField, other: LabelledField) -> bool:
    if one.part != other.part or (one.item != other.item and (other.item or one.layout == "row")):
        return True
    between = analysis.folded(one.part)[one.span.end : max(one.span.end, other.span.start)]
    return any(len(line.strip(" \t-=_*|#>\u2014.;,。)(\u3010\u3011")) > 12 for line in between.split("\n"))


def _item(analysis: Analysis, group: Sequence[LabelledField], roles: dict[int, str]) -> ActionItem | None:
    by_role: dict[str, LabelledField] = {}
    for field in sorted(group, key=lambda field: field.key == "progress"):  # a line of progress is the status where no label says status
        if not is_blank(field.value.folded):
            by_role.setdefault(roles[id(field)], field)
    late = next((f for f in group if f.key == "resolution_time" and not f.blank), None)
    if late is not None and "due" not in by_role and "measure" in by_role:
        roles[id(late)], by_role["due"] = "due", late
    if any(each in by_role for each in ("measure", "task")):
        _infer(analysis, group, roles, by_role)
    owner, due = any(each in by_role for each in OWNERS), "due" in by_role
    task = next((by_role[each] for each in TASKS if each in by_role), None)
    if task is None:
        return _under_line(analysis, group, roles) if owner and due else None
    if not ((owner and due) or ((owner or due) and task.key in ("task", "task_name") and analysis.record.kind is not Kind.ISSUE_TRACKING)):
        return None
    start = min(field.span.start for field in group)
    whole = analysis.passage(task.part, start, max(field.span.end for field in group))
    read = Line(analysis, whole, _as_tail(group, roles), listed=True)
    more = {key: by_role[key].value for key in ("deliverable", "priority", "status") if key in by_role}
    return ActionItem(
        whole.part, whole.span, whole.text, whole.folded, task.value, read.owners, read.due, more.get("deliverable"), more.get("priority"), more.get("status"), "block",
    )


def _infer(analysis: Analysis, group: Sequence[LabelledField], roles: dict[int, str], by_role: dict[str, LabelledField]) -> None:
    """Find owner and due time by what stands under labels of no known role: `派给: 沙漏`, `何时: 5月14日前`."""
    for field in group:
        if roles[id(field)] or field.blank or len(field.value.span) > _LONGEST_HEADING:
            continue
        label = field.label.folded
        if "due" not in by_role and may_be("due", field.key, label) and _is_time(analysis, field):
            roles[id(field)] = "due"
        elif not any(each in by_role for each in OWNERS) and may_be("owner", field.key, label) and written(analysis, field.part, field.value.span.start, field.value.span.end):
            roles[id(field)] = "owner"
        else:
            continue
        by_role[roles[id(field)]] = field


def _is_time(analysis: Analysis, field: LabelledField) -> bool:
    found = due_in(analysis, field.value, label="截止时间")
    return found is not None and len(field.value.folded) - len(found.span) <= 4


def _under_line(analysis: Analysis, group: Sequence[LabelledField], roles: dict[int, str]) -> ActionItem | None:
    """An item whose labels stand under the line that says what is to be done: `一、开展复查。` and `责任单位:…;完成时限:…` below."""
    first = next((field for field in group if roles[id(field)] in (*OWNERS, "due")), None)
    if first is None or first.layout == "row":
        return None
    found = lines(analysis, first.part)
    index = bisect_right(found, first.span.start, key=_START) - 1
    if index < 1 or found[index - 1].grid or found[index].first < first.label.span.start - 3:
        return None
    above = found[index - 1]
    heads = index > 1 and analysis.folded(first.part)[found[index - 2].end - 1] == ":"
    task = analysis.passage(first.part, above.first, above.last)
    if len(task.span) < 4 or task.folded.rstrip().endswith(":") or ":" in task.folded[:12] or not (above.marked or above.heading or above.after_blank or heads or task.folded.endswith(("。", ".", ";"))):
        return None
    kept = [field for field in group if field.span.start >= first.span.start]
    whole = analysis.passage(first.part, task.span.start, max(field.span.end for field in kept))
    read = Line(analysis, whole, _as_tail(kept, roles), listed=True)
    return ActionItem(whole.part, whole.span, whole.text, whole.folded, task, read.owners, read.due, None, None, None, "block")


def _as_tail(group: Sequence[LabelledField], roles: dict[int, str]) -> list[LabelledField]:
    """The group under the keys of an item: a label that only its ending tells counts too."""
    from attrs import evolve

    keys = {"owner": "owner", "house": "owner_department", "due": "due"}
    return [evolve(f, key=keys[roles[id(f)]]) if roles[id(f)] in keys and f.key not in ("lead", "temporary_lead", "owner", "owner_department", "due") else f for f in group]


def owners_above(analysis: Analysis, stretch: Passage) -> tuple[Owner, ...]:
    """The owners that head the line of a stretch: the nearest line above that stands less deep, when it names nobody but them."""
    found = lines(analysis, stretch.part)
    index = bisect_right(found, stretch.span.start, key=_START) - 1
    plain = True  # no list stands between
    for above in reversed(found[max(0, index - _REACH) : max(index, 0)]):
        if above.marked or above.grid:
            plain = False
            continue
        beside = plain and not found[index].marked and above.depth == found[index].depth and analysis.folded(stretch.part)[above.last - 1] == ":"
        if beside or above.depth < found[index].depth:
            return analysis.once(f"owners-above:{stretch.part}:{above.start}", partial(_names, part=stretch.part, line=above))
    return ()


def _names(analysis: Analysis, part: int, line: OutlineLine) -> tuple[Owner, ...]:
    text = analysis.folded(part)
    start, end = line.first, line.last
    asked = _ASKED.match(text, start, end)
    if asked:
        return tuple(written(analysis, part, *asked.span("who")))
    if end - start > _LONGEST_HEADING:
        return ()
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS:
        end -= 1
    heads = ":" in text[start:end] or text.startswith("各", start) or is_known(analysis.environment.lexicon, text[start:end])
    found = [] if heads else written(analysis, part, start, end)
    bracket = text.find("(", start, end)
    size = (bracket if bracket > start else end) - start
    placed = bool(found) and found[-1].span.end == end and _APART_IN_HEADING.search(text, start, end)
    return tuple(found) if placed or sum(len(owner.span) for owner in found) + len(found) >= size else ()
