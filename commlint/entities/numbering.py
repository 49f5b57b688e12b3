"""Which topic or item each label belongs to: under 议题一, under a numbered headline, in a numbered item of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from commlint.entities.labels import KNOWN
from commlint.entities.marks import Row
from commlint.entities.outline import BARE, Line, numeral

_TOPIC = re.compile(
    r"(?:\#+\s*|\d{1,2}[.、)]\s*|\*\*|__|\u3010){0,3}"
    r"(?:(?:议题|议程|专题|议案|案由|事项|agenda item|topic|item|issue)\s*(?P<after>[一二三四五六七八九十]{1,3}|\d{1,2})(?:\s*[\u3011:、.)|*\u2014-]|\s|$)|第(?P<nth>[一二三四五六七八九十]{1,3}|\d{1,2})[项个条步批场讲题件](?:议题|议程|议案|事项)?(?:\s*[\u3011:、,.)*]|\s|$))"
)
_WORDS = ("议题", "议程", "专题", "议案", "案由", "topic", "item")
_COUNTER = re.compile(r"\s?(\d{1,2}|[一二三四五六七八九十]{1,3}|[\u2460-\u2468])$")
_COUNTING = frozenset("0123456789一二三四五六七八九十" + "".join(map(chr, range(0x2460, 0x2469))))
_HINT = re.compile(r"\s?\(([一二三四五六七八九十]{1,3}|\d{1,2})\)")
_LEADING = re.compile(r"[*_#\s]*(?:(\d{1,2})(?:[.、)]|\s)|([一二三四五六七八九十]{1,3})、|\(([一二三四五六七八九十]{1,3}|\d{1,2})\))")
# Labels of the record itself: one of them that stands once ends the topic before it.
CLOSING = frozenset(("distribution", "archive_path", "attachments", "next_meeting", "absentees", "attendees", "host", "recorder", "feedback_time", "decision_needed", "remarks", "date", "contact"))


_BEGINS = frozenset(("agenda", "task", "task_name", "issue", "meeting_topic", "number", "requirement_number"))


class Head(NamedTuple):
    """A line that begins a topic: which one, its number, and whether the text says the number."""

    line: int
    number: int
    said: bool


def counter(label: str) -> tuple[str, int]:
    """A label without the number it ends in, and that number: 议题一 is 议题 and 1; 0 where there is none."""
    match = _COUNTER.search(label) if label[-1:] in _COUNTING else None
    if match is None or not match.start():
        return label, 0
    return label[: match.start()], ord(match[1]) - 0x245F if match[1] >= "\u2460" and match[1] <= "\u2468" else numeral(match[1])


def heads(text: str, lines: Sequence[Line], found: Sequence[Row]) -> list[Head]:
    """The lines that begin topics, in order."""
    if not _may_have(text, lines, found):
        return []
    leads = sum(1 for row in found if row and row[0].leading and not row[0].whole)
    named = [Head(at, number, said=True) for at, line in enumerate(lines) if (number := _named(text, line, found[at]))]
    return named or (list(_alike(text, lines, found)) or list(_repeating(found)) if leads > 1 else [])


def _may_have(text: str, lines: Sequence[Line], found: Sequence[Row]) -> bool:
    """Whether there is a word that names topics, or two labels that lead a line: a look before the work."""
    return names_topics(text) or sum(1 for row in found if row and row[0].leading) > 1


@lru_cache(maxsize=16)
def names_topics(text: str) -> bool:
    """Whether a word that names topics stands in a text."""
    return any(word in text for word in _WORDS)


def _named(text: str, line: Line, row: Row) -> int:
    """The number of a line that calls itself a topic (议题一), or whose label counts (行动项 2)."""
    if line.grid:
        return 0
    sign = text[line.first]
    if (sign in "议专案事atim第*_\u3010" or line.heading) and (match := _TOPIC.match(text, line.start, line.end)):
        return numeral(match["after"] or match["nth"])
    lead = row[0] if row and row[0].leading and row[0].sure == KNOWN else None
    if lead is None and row and row[0].leading and row[0].sure > KNOWN and (hint := _HINT.match(text, row[0].end, row[0].after)):
        return numeral(hint[1])  # 决议(1):
    return counter(text[lead.start : lead.end])[1] if lead else 0


def _alike(text: str, lines: Sequence[Line], found: Sequence[Row]) -> Iterator[Head]:
    """Headlines of one depth with the same labels under them, not all of them known labels: the number said, else their order."""
    groups: dict[int, list[tuple[int, set[str]]]] = {}
    open_at: list[tuple[int, set[str]]] = []
    for at, line in enumerate(lines):
        row = found[at]
        if _is_headline(lines, found, at):
            open_at = [each for each in open_at if lines[each[0]].depth < line.depth]
            keys: set[str] = set()
            groups.setdefault(line.depth, []).append((at, keys))
            open_at.append((at, keys))
        elif row and row[0].leading:
            for _, keys in open_at:
                keys.add(row[0].key)
    for members in groups.values():
        topics = list(_sharing(members))
        if any(not found[at] or found[at][0].sure < KNOWN or lines[at].number or _leading(text, lines[at]) for at in topics):
            for order, at in enumerate(topics, 1):
                said = lines[at].number or _leading(text, lines[at])
                yield Head(at, said or order, said=bool(said))


def _is_headline(lines: Sequence[Line], found: Sequence[Row], at: int) -> bool:
    line, row = lines[at], found[at]
    if row and row[0].leading and not row[0].whole:
        return False
    return line.heading or line.number > 0 or line.marked or _heads_group(lines, found, at)


def _sharing(members: Sequence[tuple[int, set[str]]]) -> Iterator[int]:
    """The lines that have labels under them which others have too; none when it is one line only."""
    seen: dict[str, int] = {}
    for _, keys in members:
        for key in keys:
            seen[key] = seen.get(key, 0) + 1
    topics = [at for at, keys in members if keys and sum(1 for key in keys if seen[key] > 1) >= min(2, len(keys))]
    yield from topics if len(topics) > 1 else ()


def _heads_group(lines: Sequence[Line], found: Sequence[Row], at: int) -> bool:
    """Whether a short line without a label stands above labels, apart from what was before."""
    line = lines[at]
    if found[at] or line.grid or line.last - line.first > 20 or at + 1 >= len(lines):
        return False
    below = found[at + 1]
    return bool(below) and below[0].leading and not below[0].whole and (at == 0 or line.after_blank or bool(found[at - 1]))


def _repeating(found: Sequence[Row]) -> Iterator[Head]:
    """Labels such as 议题 or 任务 that stand several times, the same labels behind each: in their order."""
    leads = [(at, row[0].key) for at, row in enumerate(found) if row and row[0].leading]
    counts: dict[str, int] = {}
    for _, key in leads:
        counts[key] = counts.get(key, 0) + 1
    first = next((key for _, key in leads if key in _BEGINS and counts[key] > 1), None)
    if first is None:
        return
    places = [number for number, (_, key) in enumerate(leads) if key == first]
    behind = [{key for _, key in leads[place + 1 : stop]} | {mark.key for mark in found[leads[place][0]][1:]} for place, stop in zip(places, [*places[1:], None], strict=True)]
    if all(behind) and set.intersection(*behind):
        yield from (Head(leads[place][0], order, said=False) for order, place in enumerate(places, 1))


def _leading(text: str, line: Line) -> int:
    match = _LEADING.match(text, line.first, line.last)
    return numeral(match[1] or match[2] or match[3]) if match else 0


def numbers(text: str, lines: Sequence[Line], found: Sequence[Row]) -> Sequence[dict[int, int]]:
    """For each line: the number of the topic or item that each label belongs to, by the label's start; no entry is 0."""
    if not any(line.number for line in lines) and not _may_have(text, lines, found):
        return ()
    topics = {head.line: head.number for head in heads(text, lines, found)}
    seen: dict[str, int] = {}
    for row in found:
        for mark in row:
            seen[mark.key] = seen.get(mark.key, 0) + 1
    return list(_numbers(lines, found, topics, seen))


def _numbers(lines: Sequence[Line], found: Sequence[Row], topics: dict[int, int], seen: dict[str, int]) -> Iterator[dict[int, int]]:
    topic = depth = item = item_depth = 0
    for at, line in enumerate(lines):
        row = found[at]
        lead = row[0] if row and row[0].leading else None
        if at in topics:
            topic, depth = topics[at], line.depth
        elif topic and _ends(line, row, depth, seen):
            topic = 0
        if line.number and not line.heading and not (item and lead is not None and item_depth < line.depth):
            item, item_depth = line.number, max(line.depth, BARE)
        elif line.depth <= item_depth and not (row and lead is None):
            item = 0
        if not row or not (topic or item):
            yield {}
        else:
            yield {mark.start: topic or (item if not mark.leading or seen[mark.key] > 1 else 0) for mark in row}


def _ends(line: Line, row: Row, depth: int, seen: dict[str, int]) -> bool:
    """Whether a line no longer belongs to a topic that began at `depth`."""
    lead = row[0] if row and row[0].leading else None
    if line.heading and line.depth <= depth:
        return lead is None or seen[lead.key] < 2
    if lead is None or lead.sure < KNOWN:
        return bool(line.after_blank and line.depth <= depth and lead is not None and seen[lead.key] < 2)
    return (lead.key in CLOSING and seen[lead.key] < 2) or (line.depth < depth and seen[lead.key] < 2) or (line.after_blank and line.depth <= depth and seen[lead.key] < 2)
