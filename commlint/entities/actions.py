"""Action items: in tables, in lists under 待办 or 决议, in blocks of labels, in slots of a line, in sentences, and in tails such as (责任人:…,截止:…)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from itertools import pairwise
from operator import attrgetter

from attrs import evolve

from commlint.entities import directives
from commlint.entities.analysis import inside, places
from commlint.entities.blanks import is_blank
from commlint.entities.doers import Owner, begins, written
from commlint.entities.fields import fields
from commlint.entities.forms import matrix
from commlint.entities.items import items
from commlint.entities.labels import is_known, keys_of
from commlint.entities.outline import Line as OutlineLine
from commlint.entities.outline import lines
from commlint.entities.people import persons
from commlint.entities.structure import text_parts
from commlint.entities.wordlists import cues, sections
from commlint.entities.workblocks import in_blocks, owners_above
from commlint.entities.worklines import (
    TAIL_KEYS,
    TODAY,
    Line,
    bare_dates,
    begins_item,
    handed_over,
    is_checked,
    is_idle,
    is_over,
    read,
)
from commlint.entities.worktables import in_tables
from commlint.model.protocols import Analysis
from commlint.model.record import BlockKind, Kind
from commlint.model.span import Span
from commlint.model.values import (
    ActionItem,
    Department,
    LabelledField,
    Passage,
    Person,
    Sentence,
    TimeExpression,
    TimeKind,
)

_LISTS = ("actions", "next", "decisions", "measures")
_UNSURE = ("decisions", "measures")  # what is decided or to be done about a problem is work where it has owner and time
_FIRM = (TimeKind.DEADLINE, TimeKind.LIMIT)
_DUE = (*_FIRM, TimeKind.INSTANT, TimeKind.PERIOD, TimeKind.PLACEHOLDER)
# What stands under these is never work, or speaks of the record itself.
_NEVER = frozenset((
    "meeting_topic", "meeting_time", "start_time", "end_time", "date", "place", "form", "attendees", "absentees", "host", "recorder", "agenda", "distribution",
    "archive_path", "next_meeting", "contact", "contact_details", "phone", "email", "address", "name", "title", "department", "company", "initiator",
    "requester", "provider", "decider", "supporter", "feedback", "feedback_time", "resolution_time", "result", "agreement", "done", "background", "cause", "occurred_at",
    "requirement_detail", "requirement_background", "duration", "version", "issue", "requirement_number", "assessment", "delivery_time", "due", "milestones",
))
# … and under these only what says clearly that somebody is to do something.
_TALK = frozenset(("discussion", "views", "progress", "remarks", "goal", "options"))
# Values of several lines: of the others only those of one line are what their label says (会议记录 heads minutes, and names who takes them).
_HOLDERS = _TALK | frozenset(("agenda", "attendees", "absentees", "attachments", "done", "background", "cause", "requirement_detail", "requirement_background", "issue", "distribution", *_LISTS))
_LAYOUTS = {"label": "tail", "mention": "sentence", "lead": "sentence", "doer": "sentence", "english": "sentence"}
_STARTS = (*_DUE, TimeKind.RECURRENCE)
_START = attrgetter("start")
_HEADS = 40
_SHORT = 24
_OPENING = 200  # characters in which the greeting stands: a head with the date may come before
_VERBAL = re.compile("[的了是在把将按被请已我你不没]")
_TELLS = re.compile(r"(?:责任|负责|牵头|主办|承办|完成|整改|落实|办理)[^:,。;\s]{1,6}:|由[^,。;]{2,14}(?:负责|牵头|承办|落实|跟进)[,;。]")
_DOTS = re.compile(r"\.{4}|\u2026{2}")
_YOU = re.compile(r"(?:(?:麻烦|请|辛苦|烦请|劳烦|拜托)[你您](?!们)|(?:^|(?<=[,。;:、]))你(?=先|把|去|来|帮|负责|记得|务必|于|在))")
_CLAUSE = re.compile(r"[^,。;\n]{0,200}")
_CLAUSE_BEFORE = re.compile(r"[^,。;\n]{0,200}$")
_GREETING = re.compile(r"(?:^|\n)(?P<who>[^\s,:。;@]{2,8})\s?[:,]\s*(?:\n|$)")
_STOP = re.compile(r"。(?!\(|\s?\u2014)|(?<=[a-z]{3})\. (?=[a-z])")
_HINT = re.compile(r"\(([^()\n]{2,20})\)")
_HEADS_DATED = re.compile(r"[前内之止]{0,2}[^:。,;\n]{0,8}:\s*[*_]*$")
_NEXT_MEETING = re.compile(r"(?:下次|下一次)(?:会议|沟通|例会|碰头|开会|评审)|需决策事项|next meeting")
_DASH = re.compile(r"[-\u2013\u2014(,]\s?$")
_CAN = re.compile(r"\s?(?:可|能)")  # 5月23日可以进场: nobody is told to
_GATHERING = re.compile(r"下次|下一次|碰头|集合|见面|汇合|开会|到场|列席|出席|参会|参加|集中")
_CIRCLED = re.compile(r"[\u2460-\u2473]")
_PARTS_CIRCLED = re.compile(r"[\u2460-\u2473][^\u2460-\u2473]*")
# Between semicolons, those in brackets left alone.
_PARTS = re.compile(r"[^;\s](?:[^;(]|\([^()]{0,80}\)|\()*")
# One bracket closed, another piece of work to come.
_PAIR = re.compile(r"\)[、,;]\s?(?=[^()\n]{2,60}\()")
_LEADING = re.compile(r"[\u3010\[]?([^\s:\u2014|,;\u3010-][^:\u2014|,;\n-]{0,24}?)\s*(?::|\u2014|--|\s-\s|\||\u3011|\]|\u2192)")

_SHORTEST_LABEL, _LONGEST_LABEL = 4, 12  # 归档 alone is work


def tasks(analysis: Analysis, record: object) -> tuple[ActionItem, ...]:
    """The action items of the record, in order, none inside another."""
    return analysis.once("entities.tasks", lambda _: tuple(item for item in _outermost(_found(analysis)) if not _is_label(analysis, item)))


def _is_label(analysis: Analysis, item: ActionItem) -> bool:
    """Whether all that is to be done is a label that the record itself bears: 下次会议时间, 纪要分发与归档."""
    written = item.task.folded
    return _SHORTEST_LABEL <= len(written) <= _LONGEST_LABEL and bool(_NEVER.intersection(keys_of(analysis.environment.lexicon, written)))


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


def _found(analysis: Analysis) -> list[ActionItem]:
    """All items, those from the surest place first."""
    found = fields(analysis, analysis.record)
    tabled, grids = in_tables(analysis)
    tabled = (*tabled, *_plain_rows(analysis, grids))
    listed = [item for item in _listed(analysis, found) if not any(part == item.part and span.overlaps(item.span) for part, span in grids)]
    told = list(_told(analysis, found, grids))
    blocks = [block for block in in_blocks(analysis, found) if not _split(block, [*listed, *told])]
    labels = [item for block in blocks for item in listed if _within(block, item)]
    return [*tabled, *(item for item in listed if item not in labels), *blocks, *told]


def _plain_rows(analysis: Analysis, grids: Sequence[tuple[int, Span]]) -> Iterable[ActionItem]:
    """The rows of a table without a header, its first row being an item too."""
    for part in text_parts(analysis):
        for grid in analysis.grids(part):
            drawn = matrix(analysis, part, grid) if (part, grid.span) not in grids else []
            if not drawn or len(drawn[0]) < 3 or not any(inside(analysis.collection("record.times"), cell, _times_at(analysis)) or any(bare_dates(cell.folded)) for cell in drawn[0]):
                continue
            if any(is_known(analysis.environment.lexicon, cell.folded) for cell in drawn[0] if cell.folded):
                continue
            for row in drawn:
                line = read(analysis, analysis.passage(part, min(cell.span.start for cell in row), max(cell.span.end for cell in row)), ())
                if line is not None and line.owners and line.due is not None and line.how in ("slot", "doer", "words", "label") and _ahead(analysis, line.stretch, line.due):
                    item = line.item()
                    if item:
                        yield evolve(item, layout="table")


def _within(block: ActionItem, item: ActionItem) -> bool:
    """Whether a list item is but one of the labels of a block."""
    return item.part == block.part and item.span.overlaps(block.span) and len(item.span) < len(block.span)


def _split(block: ActionItem, others: Sequence[ActionItem]) -> bool:
    """Whether what a block calls its task is a list of items that have owners of their own."""
    span = block.task.span
    held = [item for item in others if item.part == block.part and span.contains(item.span) and item.owners]
    return len(held) > 1 or any(2 * len(item.span) < len(span) for item in held)


def _listed(analysis: Analysis, found: Sequence[LabelledField]) -> Iterable[ActionItem]:
    """The items of lists under a label for action items, next steps or decisions."""
    for field in found:
        if field.key in _LISTS and field.layout not in ("column", "row") and not field.blank:
            for stretch in _with_tail(analysis, list(items(analysis, field)), found):
                for piece in (each for whole in _sentences_of(analysis, stretch) for part in _parts_of(analysis, whole) for each in _doers_of(analysis, part)):
                    item = _of_list(analysis, piece, found, sure=field.key not in _UNSURE, hinted=_hinted(analysis, field))
                    if item:
                        yield item


def _with_tail(analysis: Analysis, stretches: list[Passage], found: Sequence[LabelledField]) -> list[Passage]:
    """The only item of a list with the labels that follow on its line: `To do: 询价(责任:席方;5月21日)`."""
    if len(stretches) != 1 or "\n" in stretches[0].folded:
        return stretches
    only = stretches[0]
    line = analysis.folded(only.part).find("\n", only.span.end)
    line = len(analysis.folded(only.part)) if line < 0 else line
    tails = [f.span.end for f in found if f.part == only.part and f.key in TAIL_KEYS and only.span.end <= f.span.start < line and f.span.end <= line]
    return [analysis.passage(only.part, only.span.start, max(tails))] if tails else stretches


def _done_before(analysis: Analysis, stretch: Passage) -> bool:
    """Whether a mark before the item says that it is done."""
    text = analysis.folded(stretch.part)
    return is_checked(text, text.rfind("\n", 0, stretch.span.start) + 1)


def _hinted(analysis: Analysis, field: LabelledField) -> tuple[Owner, ...]:
    """The owners in brackets behind a label: `TODO(冯远): …`."""
    hint = _HINT.search(field.label.folded) or _HINT.match(analysis.folded(field.part), field.label.span.end, field.value.span.start)
    if hint is None:
        return ()
    base = field.label.span.start if hint.string == field.label.folded else 0
    return tuple(written(analysis, field.part, base + hint.start(1), base + hint.end(1)))


def _of_list(analysis: Analysis, stretch: Passage, found: Sequence[LabelledField], *, sure: bool, hinted: tuple[Owner, ...] = ()) -> ActionItem | None:
    if _NEXT_MEETING.match(stretch.folded) or _done_before(analysis, stretch):
        return None
    held = [field for field in inside(found, stretch) if field.span != stretch.span]
    line = read(analysis, stretch, held, listed=True)
    if line is None:
        return None
    above = () if line.owners or line.how == "label" else hinted or owners_above(analysis, stretch)
    owners = line.owners or above
    if not sure and not line.labelled and not (owners and line.due and (line.due.kind is not TimeKind.PERIOD or line.due.folded.endswith(("前", "内")))):
        return None
    if not line.labelled and not (owners and line.due) and (is_idle(stretch.folded) or is_over(stretch.folded)):
        return None
    return line.item(above)


def _parts_of(analysis: Analysis, stretch: Passage) -> list[Passage]:
    """The stretch, or the stretches between its semicolons when each has a time or a mention of its own."""
    circled = len(_CIRCLED.findall(stretch.folded)) > 1
    if not circled and _PAIR.search(stretch.folded):
        return _pairs_of(analysis, stretch)
    if not circled and (";" not in stretch.folded[:-1] or ("(" in stretch.folded and "\n" in stretch.folded)):
        return [stretch]
    start = stretch.span.start
    parts = [analysis.passage(stretch.part, start + m.start(), start + m.end()) for m in (_PARTS_CIRCLED if circled else _PARTS).finditer(stretch.folded)]
    times = analysis.collection("record.times")
    told = [part for part in parts if "@" in part.folded or inside(times, part, _times_at(analysis)) or any(bare_dates(part.folded))]
    return parts if len(told) > 1 else [stretch]


def _sentences_of(analysis: Analysis, stretch: Passage) -> list[Passage]:
    """The stretch, or those of its sentences that have a doer and a time where several do."""
    if stretch.folded.count("。") < 2 or "(" in stretch.folded:
        return [stretch]
    held = [s for s in analysis.sentences(stretch.part) if stretch.span.contains(s.span)]
    told = [s for s in held if inside(analysis.collection("record.times"), s, _times_at(analysis)) and any(_hands(analysis, s.part, c) for c in s.clauses)]
    return [analysis.passage(s.part, s.span.start, s.span.end) for s in told] if len(told) > 1 else [stretch]


def _doers_of(analysis: Analysis, piece: Passage) -> list[Passage]:
    """The item of a list, or its clauses where several begin with a doer and have a time."""
    sentence = None if "(" in piece.folded or "," not in piece.folded else _sentence_at(analysis, piece.part, piece.span.start)
    found = _clauses_of(analysis, piece, sentence) if sentence else [piece]
    return found if len(found) > 1 else [piece]


def _hands(analysis: Analysis, part: int, clause: Span) -> bool:
    """Whether a clause says who does something."""
    text = analysis.folded(part)
    colon = text.find(":", clause.start, min(clause.end, clause.start + _SHORT))
    if colon >= 0 and begins(analysis, part, colon + 1, clause.end):
        return True  # 关于叉车充电区:安全部立即…
    return text[clause.start] == "@" or _YOU.match(text, clause.start, clause.end) is not None or bool(begins(analysis, part, clause.start, clause.end)) or handed_over(analysis, part, clause.start, clause.end)


def _pairs_of(analysis: Analysis, stretch: Passage) -> list[Passage]:
    """The stretch, or what each bracket with a time in it ends: `管材抽检(宁静 5.18)、围挡拆除(城管中队 5.22)`."""
    start, text = stretch.span.start, stretch.folded
    stops = [0, *(m.end() for m in _PAIR.finditer(text)), len(text)]
    parts = [analysis.passage(stretch.part, start + a, start + len(text[:b].rstrip("、,; "))) for a, b in pairwise(stops) if text[a:b].strip()]
    timed = [part for part in parts if part.folded.endswith((")", ")。")) and "(" in part.folded]
    timed = [part for part in timed if not written(analysis, part.part, part.span.start, part.span.start + part.folded.index("("))]
    timed = [part for part in timed if inside(analysis.collection("record.times"), part, _times_at(analysis)) or any(bare_dates(part.folded))]
    return parts if len(timed) == len(parts) else [stretch]


def _times_at(analysis: Analysis) -> list[tuple[int, int]]:
    return analysis.once("spoken.places", lambda a: places(a.collection("record.times")))


def _told(analysis: Analysis, found: Sequence[LabelledField], grids: Sequence[tuple[int, Span]]) -> Iterable[ActionItem]:
    """Lines and sentences that say who does what by when, outside tables of work."""
    times = analysis.collection("record.times")
    for part in text_parts(analysis):
        text = analysis.folded(part)
        firm = [t for t in times if isinstance(t, TimeExpression) and t.part == part and t.kind in _STARTS]
        reference = analysis.reference(part)
        starts = sorted({*(t.span.start for t in firm if not _past(t, reference)), *bare_dates(text), *_tails(found, part)})
        apart = [span for each, span in grids if each == part]
        made: list[ActionItem] = []
        done = -1
        for at in starts:
            if at < done or any(span.start <= at < span.end for span in apart):
                continue
            for unit in _units(analysis, part, at):
                done = max(done, unit.span.end)
                item = _of_unit(analysis, unit, found)
                if item:
                    made.append(item)
        yield from made
        yield from _dated(analysis, part, firm)
        yield from _beside(analysis, part, made, found)


def _past(time: TimeExpression, reference: datetime | None) -> bool:
    """Whether a day or period is over when the record is written, so that it cannot be due."""
    last = time.end or time.start
    return last is not None and reference is not None and time.kind not in _FIRM and last.date() < reference.date()


def _dated(analysis: Analysis, part: int, firm: Sequence[TimeExpression]) -> Iterable[ActionItem]:
    """The lines under one that says by when for all of them: `5月14日前:`."""
    text = analysis.folded(part)
    for due in firm:
        line = _line_at(analysis, part, due.span.start) if due.kind in _FIRM else None
        if line is None or line.grid or not _HEADS_DATED.match(text, due.span.end, line.end) or len(line.content) > _HEADS:
            continue
        for below in _below(analysis, part, line):
            unit = analysis.passage(part, below.content.start, below.content.end)
            read_ = read(analysis, unit, (), listed=True)
            if read_ is not None and read_.owners and read_.due is None and not is_over(unit.folded) and not is_idle(unit.folded) and (item := read_.item()):
                yield evolve(item, due=due)


def _below(analysis: Analysis, part: int, head: OutlineLine) -> Iterable[OutlineLine]:
    """The lines of the list under a line."""
    found = lines(analysis, part)
    index = bisect_right(found, head.start, key=_START)
    for line in found[index : index + _HEADS]:
        if line.grid or line.heading or line.after_blank or (line.depth <= head.depth and (head.marked or not line.marked) and line.depth != head.depth):
            return
        if analysis.folded(part)[line.last - 1] == ":":
            return
        yield line


def _beside(analysis: Analysis, part: int, made: Sequence[ActionItem], found: Sequence[LabelledField]) -> Iterable[ActionItem]:
    """The lines of a list beside its items that say who or by when, not both."""
    rows = lines(analysis, part)
    taken = {bisect_right(rows, item.span.start, key=_START) - 1 for item in made}
    waiting = [at for at in sorted(taken) if 0 <= at < len(rows) and not rows[at].grid]
    looked = set(taken)
    while waiting:
        at = waiting.pop(0)
        for near in (at - 1, at + 1):
            if near in looked or not 0 <= near < len(rows) or not _same_list(rows, min(at, near)):
                continue
            looked.add(near)
            item = _half(analysis, part, rows[near], found)
            if item:
                yield item
                waiting.append(near)


def _same_list(rows: Sequence[OutlineLine], at: int) -> bool:
    """Whether a line and the next are of one list."""
    one, other = rows[at], rows[at + 1]
    return one.depth == other.depth and not one.grid and not other.grid and one.marked == other.marked and (one.marked or not other.after_blank) and one.depth > 6


def _half(analysis: Analysis, part: int, line: OutlineLine, found: Sequence[LabelledField]) -> ActionItem | None:
    """An item without a due time or an owner, where its place says that it is one."""
    text = analysis.folded(part)
    unit = analysis.passage(part, line.first, line.last)
    if len(unit.span) > 120 or is_checked(text, line.start) or is_over(unit.folded) or is_idle(unit.folded) or _keys_over(found, unit) & (_NEVER | _TALK):
        return None
    first = next((f for f in inside(found, unit) if f.label.span.start - unit.span.start <= 3), None)
    if first is not None and first.key != first.label.folded:
        return None
    line_ = read(analysis, unit, [f for f in inside(found, unit) if f is not first])
    if line_ is None:
        return None
    lead = _LEADING.match(unit.folded)
    if lead and lead[1] in sections("actions")["nobody"]:
        return None
    due = line_.due
    if due is not None and _is_rule(due):
        return None
    if due is not None and not line_.owners and (guessed := line_.guessed()) and _ahead(analysis, unit, due):
        return line_.item(guessed)
    above = owners_above(analysis, unit) if not line_.owners else ()
    if line_.owners and due is None:
        apart = line.marked or lead
        return line_.item() if line_.how in ("lead", "mention", "label") or (line_.how == "slot" and apart) else None
    if first is not None and not line.marked and not any(sign.isdigit() for sign in first.label.folded):
        return None  # 客户承诺:…; but 15床:…
    if (due is not None and due.kind in _FIRM and not line_.owners and not unit.folded.startswith("请")) or (due is None and above and line.marked):
        return line_.item(above)
    return None


def _tails(found: Sequence[LabelledField], part: int) -> Iterable[int]:
    return (field.span.start for field in found if field.part == part and field.key in TAIL_KEYS and field.layout not in ("column", "row"))


def _units(analysis: Analysis, part: int, at: int) -> list[Passage]:
    """The list item or sentence that a place lies in, in pieces where semicolons part several."""
    sentence = _sentence_at(analysis, part, at)
    line = _line_at(analysis, part, at)
    if sentence is None:
        return []
    span = sentence.span
    if line is not None and not line.grid:
        text = analysis.folded(part)
        if is_checked(text, line.start):
            return []
        marked = line.marked or line.heading or line.start in _item_starts(analysis, part)
        whole = marked and not _STOP.search(text, line.first, line.last - 1)
        if not whole and span.start > line.first and _only_says_who(analysis, sentence):
            before = _sentence_at(analysis, part, span.start - 1) or _sentence_at(analysis, part, len(text[: span.start].rstrip()) - 1)
            return [analysis.passage(part, max(line.first, before.span.start if before else 0), span.end)]
        dotted = span.start > line.first and _DOTS.search(text, line.first, line.last)
        if whole or dotted or ("\n" in sentence.folded and (len(line.span) < _HEADS or begins_item(text, line.end))):
            span = Span(line.first if marked else max(line.start, min(span.start, line.end)), line.end)
        elif marked and span.start < line.first < span.end:
            span = Span(line.first, span.end)
        elif span.start > line.first and text[span.start] in "\u2014(":
            span = Span(line.first, span.end)  # …。——市场部喻言,5月23日前
    return [unit for piece in _parts_of(analysis, analysis.passage(part, span.start, span.end)) for unit in _clauses_of(analysis, piece, sentence)]


def _only_says_who(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence says who and by when of what stands before it: `…调为8℃。设备科,5月15日。`, `….责任领导:…;完成时限:….`"""
    if _TELLS.match(sentence.folded):
        return True
    if len(sentence.span) > _SHORT or _VERBAL.search(sentence.folded):
        return False
    read_ = read(analysis, sentence, ())
    return read_ is not None and read_.only_says_who()


def _clauses_of(analysis: Analysis, unit: Passage, sentence: Sentence) -> list[Passage]:
    """The stretch, or its clauses from one doer to the next when several begin with a doer and have a time: `港务科要在…完成…,海巡中队…前补齐…`."""
    if len(sentence.clauses) < 2:
        return [unit]
    times, starts = analysis.collection("record.times"), _times_at(analysis)
    reference = analysis.reference(unit.part)
    due = [t.span.start for t in inside(times, unit, starts) if isinstance(t, TimeExpression) and not _past(t, reference)]
    inner = [Span(max(c.start, unit.span.start), min(c.end, unit.span.end)) for c in sentence.clauses if c.overlaps(unit.span)] if len(due) > 1 else []
    timed = [clause for clause in inner if any(clause.start <= at < clause.end for at in due)]
    if len(timed) < 2:
        return [unit]
    part = unit.part
    heads = [c.start for c in timed if _hands(analysis, part, c)]
    if len(heads) == 1 and timed[0].start < heads[0]:
        return [analysis.passage(part, heads[0], unit.span.end)]  # what stands before says of others when they do what
    if len(heads) < 2:
        return [unit]
    stops = [*heads[1:], unit.span.end]
    return [analysis.passage(unit.part, head, stop) for head, stop in zip(heads, stops, strict=True)]


def _item_starts(analysis: Analysis, part: int) -> frozenset[int]:
    """Where the format says that list items begin."""
    return analysis.once(f"item-starts:{part}", lambda a: frozenset(block.span.start for block in a.blocks(part) if block.kind is BlockKind.LIST_ITEM))


def _sentence_at(analysis: Analysis, part: int, at: int) -> Sentence | None:
    found = analysis.sentences(part)
    index = bisect_right(found, at, key=lambda sentence: sentence.span.start) - 1
    return found[index] if index >= 0 and found[index].span.end > at else None


def _line_at(analysis: Analysis, part: int, at: int) -> OutlineLine | None:
    found = lines(analysis, part)
    index = bisect_right(found, at, key=_START) - 1
    return found[index] if index >= 0 and found[index].end > at else None


def _of_unit(analysis: Analysis, unit: Passage, found: Sequence[LabelledField]) -> ActionItem | None:
    """The item that a line or sentence is, by what it says alone and by what stands over it."""
    over = _keys_over(found, unit)
    if over & _NEVER:
        return None
    held = inside(found, unit)
    first = next((f for f in held if f.label.span.start - unit.span.start <= 3), None)
    if first is not None and first.key != first.label.folded and first.layout not in ("column", "row"):
        if first.key in _NEVER or first.key in TAIL_KEYS:
            return None
        over |= {first.key}
        unit = analysis.passage(unit.part, first.value.span.start, max(unit.span.end, first.value.span.start))
        held = [f for f in held if f is not first and f.span.start >= unit.span.start]
    if len(unit.span) < 4 or _NEXT_MEETING.match(unit.folded) or unit.folded.rstrip(" *_").endswith(":"):
        return None
    line = None if _over(analysis, unit) else read(analysis, unit, held)
    if line is None or (line.due is None and line.how != "label"):
        return None
    above: tuple[Owner, ...] = ()
    if not line.owners and line.how != "label" and line.due and line.due.kind in _DUE:
        above = _asked_before(analysis, unit) or owners_above(analysis, unit) or (line.leads() if _named_beside(analysis, unit) else ())
    if not _accepted(analysis, line, above, talk=bool(over & _TALK)):
        return None
    item = line.item(above)
    return evolve(item, layout=item.layout if item.layout == "tail" else _LAYOUTS.get(line.how, "list")) if item else None


def _over(analysis: Analysis, unit: Passage) -> bool:
    """Whether a stretch reports what has happened, and no clause with a deadline in it does not."""
    if not is_over(unit.folded):
        return False
    firm = [t.span.start - unit.span.start for t in inside(analysis.collection("record.times"), unit, _times_at(analysis)) if isinstance(t, TimeExpression) and t.kind in _FIRM]
    return all(is_over(clause) for at in firm for clause in [_CLAUSE_BEFORE.search(unit.folded, 0, at)[0] + _CLAUSE.match(unit.folded, at)[0]])  # type: ignore[index]  # both may be empty, and always match


def _asked_before(analysis: Analysis, unit: Passage) -> tuple[Owner, ...]:
    """Whom 你 means: who was mentioned last before."""
    if not _YOU.search(unit.folded):
        return ()
    before = [p for p in persons(analysis, analysis.record) if p.part == unit.part and p.form == "mention" and p.span.end <= unit.span.start]
    return tuple(before[-1:]) or analysis.once(f"greeted:{unit.part}", partial(_greeted, part=unit.part))


def _greeted(analysis: Analysis, part: int) -> tuple[Owner, ...]:
    """The one person whom the first line addresses: `小滕:`."""
    match = _GREETING.search(analysis.folded(part), 0, _OPENING)
    found = written(analysis, part, *match.span("who")) if match else []
    return tuple(found) if len(found) == 1 else ()


def _named_beside(analysis: Analysis, unit: Passage) -> bool:
    """Whether the line before or behind begins with a name and a colon or dash."""
    found = lines(analysis, unit.part)
    index = bisect_right(found, unit.span.start, key=_START) - 1
    text = analysis.folded(unit.part)
    near = [found[at] for at in (index - 1, index + 1) if 0 <= at < len(found) and not found[at].grid]
    return any((lead := _LEADING.match(text, line.first, line.last)) and written(analysis, unit.part, *lead.span(1)) for line in near)


def _keys_over(found: Sequence[LabelledField], unit: Passage) -> set[str]:
    """The keys of the fields in whose value a stretch stands."""
    over = [f for f in found if f.part == unit.part and f.value.span.start <= unit.span.start < f.value.span.end and f.value.span.end >= unit.span.end]
    return {f.key for f in over if f.key in _HOLDERS or "\n" not in f.value.folded}


def _accepted(analysis: Analysis, line: Line, above: Sequence[Owner], *, talk: bool) -> bool:
    """Whether owner and due time make a stretch work to be done: by its slots, by words that hand it over, or by what the sentence asks."""
    due = line.due
    if not (line.owners or above or line.how == "label"):
        return analysis.record.kind is Kind.TASK and line.how == "" and due is not None and due.kind in _DUE and _is_listed(analysis, line)
    if due is None:
        return line.labelled_slots
    if _is_rule(due) or line.is_modifier() or (due.kind not in _FIRM and _is_no_limit(analysis, line, due)):
        return False
    if line.how == "label":
        return True
    if talk:
        return False
    if due.kind not in _DUE:
        return due.kind is TimeKind.RECURRENCE and (line.told_to() or line.takes_over())
    if line.how in ("slot", "words", "mention") or above:
        return not (line.how == "mention" and _only_asks(line.stretch.folded))
    return _is_asked(analysis, line, due)


def _is_no_limit(analysis: Analysis, line: Line, due: TimeExpression) -> bool:
    """Whether a day or period is over, that of a meeting, the record's own, or when something is possible."""
    folded = line.stretch.folded
    if _CAN.match(line.text, due.span.end):
        return True
    if due.kind in (TimeKind.INSTANT, TimeKind.PERIOD) and (not _ahead(analysis, line.stretch, due) or _is_title(analysis, line.stretch)):
        return True
    if due.kind is not TimeKind.INSTANT:
        return False
    if (due.clock or "下" in folded) and _GATHERING.search(folded):
        return True
    if line.how not in ("mention", "lead", "label") and _is_the_day(analysis, line.stretch, due):
        return True
    return line.how != "label" and not due.clock and due.folded in TODAY and not (line.how == "mention" and "你好" not in folded)


def _is_asked(analysis: Analysis, line: Line, due: TimeExpression) -> bool:
    """Whether a sentence tells its doer to do something, or promises it."""
    senses, firm = _senses(analysis, line), due.kind in _FIRM
    if line.how == "english" and (firm or _DASH.search(line.text, line.start, due.span.start)) and not senses & {"policy", "past"}:
        return True
    if line.how in ("lead", "doer") and (firm or line.takes_over() or line.acts()) and not senses & {"policy", "question", "past"}:
        return True
    if line.told_to() and "question" not in senses:
        return True
    return bool(senses & {"directive", "promise"}) and not senses & {"policy", "question"}


def _is_rule(due: TimeExpression) -> bool:
    """Whether a limit of minutes is that of a standing rule: 10分钟内关闭总阀."""
    return due.kind is TimeKind.LIMIT and isinstance(due.value, str) and due.value.startswith("PT") and due.value.endswith("M")


def _is_listed(analysis: Analysis, line: Line) -> bool:
    """Whether a line of a task record stands in a list."""
    found = lines(analysis, line.part)
    index = bisect_right(found, line.start, key=_START) - 1
    return index >= 0 and found[index].marked and _ahead(analysis, line.stretch, line.due) if line.due else False


def _only_asks(folded: str) -> bool:
    """Whether somebody mentioned is asked a question, not to do something."""
    return folded.rstrip(" ?~!").endswith(("吗", "么", "呢")) and not any(word in folded for word in ("麻烦", "请", "帮", "辛苦"))


def _is_title(analysis: Analysis, stretch: Passage) -> bool:
    """Whether a stretch is the first line of several."""
    found = lines(analysis, stretch.part)
    return len(found) > 1 and stretch.span.start < found[0].end and not found[0].marked and not begins_item(analysis.folded(stretch.part), found[0].start - 1) and analysis.record.kind is not Kind.CHAT_MESSAGE


def _is_the_day(analysis: Analysis, stretch: Passage, due: TimeExpression) -> bool:
    """Whether a time is of the day of the meeting that minutes tell of."""
    reference = analysis.reference(stretch.part)
    return (analysis.record.kind is Kind.MINUTES or "月" in due.folded) and not due.clock and reference is not None and due.start is not None and due.start.date() == reference.date()


def _ahead(analysis: Analysis, stretch: Passage, due: TimeExpression) -> bool:
    """Whether a day is not over when the record is written."""
    reference = analysis.reference(stretch.part)
    last = due.end or due.start
    if reference is None or last is None:
        return True
    return last > reference if due.clock else last.date() >= reference.date()


def _senses(analysis: Analysis, line: Line) -> frozenset[str]:
    sentence = _sentence_at(analysis, line.part, line.start)
    return directives.reading(analysis, sentence).senses if sentence else frozenset()


def _outermost(found: Sequence[ActionItem]) -> Iterable[ActionItem]:
    """In order; of items that overlap the one made first: tables before lists before sentences."""
    kept: dict[int, list[ActionItem]] = {}
    for item in found:
        near = kept.setdefault(item.part, [])
        at = bisect_left(near, item.span.start, key=lambda each: each.span.start)
        if not any(each.span.overlaps(item.span) for each in near[max(0, at - 1) : at + 1]):
            near.insert(at, item)
    return (item for part in sorted(kept) for item in kept[part])
