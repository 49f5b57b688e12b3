"""Where the value of each label ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from commlint.entities.blanks import is_blank
from commlint.entities.labels import (
    MADE,
    words,
)
from commlint.entities.marks import HOLDS_A_LIST, Mark, Row, depth_of
from commlint.entities.outline import Line
from commlint.model.environment import Lexicon

_BEFORE_NEXT = "。/. \u00b7\u2022\u2013\u2014>\u2192"  # what may stand between a value and the next label
_TAIL = " \t,;\u3001|`"
_ASKING = frozenset(("requirements_of_execution", "content", "actions", "next", "decisions", "requirement_detail", "support_needed", "注意事项", "参会要求", "会议要求"))
_PERSONS = frozenset(("owner", "lead", "contact", "owner_department", "temporary_lead"))
_THEN_A_DATE = re.compile(r",\s?(?=\d|[本下]周|[今明后]天|月底|年底)")
_BREAK = re.compile(r"[ \t]{0,4}<br ?/?>?")
_CLOSING_WORDS = re.compile(
    r"(?:此致|敬礼|顺颂|顺祝|祝[好您你大]|谢谢|感谢|以上|特此|如[有无]|敬请|烦请|盼复|请(?:各|大家|于|在|提前|准时|务必|查收|知悉|确认|回复|收到|审阅|与会|参会)|望|best regards|kind regards|regards|thanks|thank you|please )"
)
_FAREWELL = re.compile(r"(?:此致|敬礼|顺颂|顺祝|祝[好您你大]|谢谢|感谢|特此|best regards|kind regards|regards,|thanks|thank you)")

# What is said of the record as a whole: such a label ends the list or text under a heading above it.
_OF_RECORD = frozenset((
    "distribution", "archive_path", "attachments", "contact", "contact_details", "next_meeting", "decision_needed", "meeting_topic", "place", "attendees",
    "absentees", "host", "recorder", "remarks", "tracker", "actions", "decisions", "next", "feedback", "feedback_time",
))
_IN_TOPICS = frozenset(("decisions", "actions", "next", "contact", "remarks", "attachments", "feedback", "feedback_time"))


def values(text: str, lines: Sequence[Line], found: Sequence[Row], lexicon: Lexicon) -> Iterable[tuple[int, Mark, int, int]]:
    """Every label with the number of its line and the stretch of its value."""
    for index, row in enumerate(found):
        if not row:
            continue
        line, last = lines[index], len(row) - 1
        depth, counted = 0, line.first  # of brackets, from the start of the line up to the label
        for at, mark in enumerate(row):
            depth, counted = depth + _opened(text, counted, mark.start), mark.start
            behind = at + 1
            if behind <= last and row[behind].bracketed and not mark.bracketed:  # the value goes on to the end of the bracket that holds other labels
                while behind <= last and _opened(text, mark.after, row[behind].start) > 0:
                    behind += 1
            inside = mark.bracketed or (depth > 0 and not mark.leading)
            start, end = _on_line(text, line, mark, row[behind].start if behind <= last else line.end, inside=inside)
            if behind > last and not mark.bracketed:
                start, end = _continued(text, lines, found, index, (start, end), lexicon=lexicon)
            yield index, mark, start, end


def _on_line(text: str, line: Line, mark: Mark, limit: int, *, inside: bool) -> tuple[int, int]:
    """The value up to `limit`, or to the end of the bracket that the label is `inside` of."""
    start, end = min(mark.after, limit), limit
    if inside:
        close = _closing(text, start, end)
        end = close if close >= 0 else end
    while start < end and not (sign := text[start]).isalnum() and (sign in " \t`\u00a0|" or sign.isspace() or text.startswith(("**", "__ "), start)):
        start += 2 if sign in "*_" else 1
    while end > start and not (sign := text[end - 1]).isalnum() and (sign in _TAIL or sign in "([\u3010\u300c<" or sign.isspace() or text.endswith("**", start, end)):
        end -= 2 if sign == "*" else 1
    while text.find("<br", start, end) >= 0 and (cut := _BREAK.search(text, start, end)) and cut.end() >= end:
        end = cut.start()
    if end - start > 1 and text[end - 1] == "\\" and text[end - 2].isspace():  # a line break of Markdown
        end = len(text[start : end - 1].rstrip()) + start
    if limit < line.end and not _is_drawn(text, start, end):
        while end - start > 1 and (text[end - 1] in _BEFORE_NEXT or (text[end - 1] == "-" and text[end - 2] == " ")):
            end -= 1
    if not mark.leading and mark.key in _PERSONS and (dated := _THEN_A_DATE.search(text, start, end)):
        end = dated.start()  # …,责任人:张三,6月5日前: the day is not part of the name
    return start, end


def _is_drawn(text: str, start: int, end: int) -> bool:
    """Whether a value is a line drawn through its place (\u2014\u2014), not a sign before the next label."""
    return end > start and text[start] in "\u2014-/" and text[start:end] == text[start] * (end - start)


def _opened(text: str, start: int, end: int) -> int:
    """How many brackets more open in a stretch than close."""
    return text.count("(", start, end) - text.count(")", start, end)


def _closing(text: str, start: int, end: int) -> int:
    depth = 0
    for at in range(start, end):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth < 0:
            return at
    return -1


def _continued(text: str, lines: Sequence[Line], found: Sequence[Row], index: int, value: tuple[int, int], *, lexicon: Lexicon) -> tuple[int, int]:
    """The value of the last label of a line with the lines that go on with it: list items, deeper lines, what follows an empty label."""
    start, end = value
    said = end > start
    if said and (index + 1 == len(lines) or lines[index + 1].after_blank):
        return start, end
    line, mark = lines[index], found[index][-1]
    depth = depth_of(line, found[index])
    if said and not _wraps(text, line, start, lines[index + 1], found=found[index + 1], depth=depth):
        return start, end
    taken = nested = listed = False
    before = found[index - 1] if index and not line.after_blank else ()
    alone_in_form = not mark.whole and bool(before) and before[0].leading and not before[0].whole  # one of several lines that are a label and a value
    chapters = 0 if said or mark.whole else _chapters(text, lines, found, index, mark)
    for at in range(index + 1, len(lines)):
        below, marks = lines[at], found[at]
        if depth_of(below, marks) <= depth and (below.heading or line.heading or mark.whole) and not (chapters and below.depth == chapters and not _known_field(marks)):
            break
        if said and not _wraps(text, line, start, below, found=marks, depth=depth):
            break
        anew = _known_field(marks) if chapters else _starts_anew(below, marks, taken=taken) or (alone_in_form and at == index + 1 and _is_empty(text, below, marks))
        if not said and below.depth <= depth and anew:
            break
        nested = nested or below.heading
        if mark.whole and mark.known and _of_record(below, marks, nested=nested):
            break
        if mark.whole and taken and line.marker in ("chapter", "section") and below.after_blank and marks and marks[0].leading and not below.marked:
            break
        if line.heading and mark.layout in ("bold", "bracket") and marks and marks[0].leading and marks[0].layout == mark.layout and below.indent <= line.indent:
            break
        if not (taken or said) and not below.marked and (_FAREWELL.match(text, below.first) or (alone_in_form and below.after_blank)):
            break
        if (taken or said) and not below.marked and _says_to_readers(text, below, lexicon, sure=below.after_blank or listed or mark.key not in _ASKING):
            break
        listed = listed or below.marked
        start = start if taken or said else below.start + (2 if text.startswith((": ", "> "), below.start) else 0)
        taken, end = True, below.end
    return start, end


def _says_to_readers(text: str, line: Line, lexicon: Lexicon, *, sure: bool) -> bool:
    """Whether a line is a remark or a closing phrase (注:…, 此致); `sure` where a request (请…) is one too, and not part of what is asked for."""
    colon = text.find(":", line.first, min(line.last, line.first + 8))
    return (_CLOSING_WORDS if sure else _FAREWELL).match(text, line.first) is not None or (colon > 0 and text[line.first : colon] in words("never", lexicon))


def _chapters(text: str, lines: Sequence[Line], found: Sequence[Row], index: int, mark: Mark) -> int:
    """The depth of a list numbered like chapters right below a label for lists (议程: 一、… 二、…); 0 where there is none."""
    if index + 1 == len(lines) or mark.key not in HOLDS_A_LIST:
        return 0
    first, marks = lines[index + 1], found[index + 1]
    begins = text.startswith(("一", "(一"), first.start) and not first.after_blank
    return first.depth if first.heading and begins and not (marks and marks[0].known) else 0


def _known_field(found: Row) -> bool:
    return bool(found) and found[0].leading and found[0].sure >= MADE and not found[0].whole


def _of_record(line: Line, found: Row, *, nested: bool) -> bool:
    """Whether a line says something of the record itself: 归档路径:… under a list of action items; `nested` when it stands below a headline of its own."""
    lead = found[0] if found else None
    if lead is None or not lead.leading or not lead.known or line.marked or line.indent > 1:
        return False
    return lead.key in _OF_RECORD and not (nested and lead.key in _IN_TOPICS)


def _wraps(text: str, line: Line, start: int, below: Line, *, found: Row, depth: int) -> bool:
    """Whether a line belongs to a value that starts on the line of its label."""
    if below.after_blank or (found and found[0].leading):
        return False
    if _end_before(text, below) in ",\u3001" and not below.heading and not below.marked and not below.grid:
        return True  # the sentence goes on
    if below.depth <= depth:
        return False
    return below.indent > line.indent or (below.marked and text[start : start + 1] in ("1", "(", "\u2460", "-"))


def _end_before(text: str, below: Line) -> str:
    """The last character of the line before."""
    at = below.start - 1
    while at > 0 and text[at].isspace():
        at -= 1
    return text[at] if at >= 0 else "\n"


def _is_empty(text: str, line: Line, found: Row) -> bool:
    """Whether a line is a label with nothing to it, or with boxes none of which is ticked: another entry of a form, no value."""
    return len(found) == 1 and found[0].leading and not found[0].whole and is_blank(text[found[0].after : line.last].strip())


def _starts_anew(below: Line, found: Row, *, taken: bool) -> bool:
    """Whether a line no deeper than an empty label starts something else."""
    labelled = bool(found) and found[0].leading
    return (labelled and (found[0].sure >= MADE or taken or below.after_blank)) or (below.after_blank and taken)
