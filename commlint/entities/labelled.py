"""Where labels stand in the lines of a part, and where each value ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from attrs import frozen

from commlint.entities.labels import LONGEST, is_known, keys_of, synonyms, tidy, words
from commlint.entities.outline import BARE, Line
from commlint.model.environment import Lexicon
from commlint.model.span import Span

_COLON = re.compile(r"(?<!\d):(?!//|\\)|(?<=\d):(?![\d/])|:(?=\d{4})")
_EDGES = ",。;!?|\t\n\u3001"
_STRONG = ";|\t。"
_OPENING = " \t*_`#\u3010[\"'\u201c\u300c("
_CLOSING = " \t*_`\u3011]\"'\u201d\u300d"
_TAIL = " \t,;、|*_`"
_BRACKET = re.compile(r"\u3010([^\u3010\u3011:\n]{1,16})\u3011\s*(?!:)")
_BOLD = re.compile(r"(\*\*|__)((?:(?!\1)[^:\n]){1,24})\1(?!\s*:)")
_PLAIN = re.compile(r"[\u3400-\u9fffa-z0-9/&()\-\u3001. \u00b7'#*]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_DIGITS = re.compile(r"\d{3}|\d+[年月日%]")
_SPACED = re.compile(r"\s{2,}|(?<=[\u3400-\u9fff\d)])\s(?=[\u3400-\u9fff])")


# What is said of the record as a whole: such a label ends the list or text under a heading above it.
_OF_RECORD = frozenset((
    "distribution", "archive_path", "attachments", "contact", "contact_details", "next_meeting", "decision_needed", "meeting_topic", "place", "attendees",
    "absentees", "host", "recorder", "remarks", "tracker", "actions", "decisions", "next", "feedback", "feedback_time",
))

_HOLDS_A_LIST = frozenset(("agenda", "discussion", "decisions", "actions", "next", "done", "doing"))


@frozen
class Mark:
    """A label and where its value starts; `whole` when the label is the line's heading, value below."""

    label: Span
    after: int
    layout: str
    known: bool
    leading: bool
    bracketed: bool = False
    whole: bool = False


def marks(text: str, line: Line, lexicon: Lexicon) -> list[Mark]:
    """The labels of a line, in order."""
    if line.grid:
        return []
    colons = list(_colons(text, line, lexicon))
    if colons:
        return colons
    alone = _alone(text, line, lexicon)
    return [alone] if alone else []


def _colons(text: str, line: Line, lexicon: Lexicon) -> Iterable[Mark]:
    floor = line.content.start
    found = 0
    lead = _bracket_lead(text, line, lexicon)
    if lead:
        yield lead
        floor, found = lead.after, 1
    for colon in _COLON.finditer(text, floor, line.content.end):
        if colon.start() < floor:
            continue
        mark = _at_colon(text, line, Span(floor, colon.start()), found, lexicon)
        if mark:
            yield mark
            floor, found = mark.after, found + 1


def _at_colon(text: str, line: Line, stretch: Span, found: int, lexicon: Lexicon) -> Mark | None:
    """The label at the end of `stretch`, which reaches from the value before to a colon."""
    colon = stretch.end
    start, edge = _back(text, stretch.start, colon)
    label = _bare(text, start, colon)
    if not len(label):
        return None
    leading = found == 0 and start <= line.content.start
    opened = text[max(start - 1, 0) : start] == "("
    layout = "bold" if text.startswith(("**", "__"), start) else "bracket" if text.startswith("\u3010", start) else "colon"
    after = colon + 1
    written = label.of(text)
    pieces = _SPACED.split(written)
    bounded = (leading or bool(edge)) and edge != "?" and len(pieces) == 1
    exact = tidy(written) in synonyms(lexicon)
    if (exact or (bounded and is_known(lexicon, written))) and not (leading and tidy(written) in words("tags")):
        return Mark(label, after, layout, True, leading, opened)
    ending = _ending(text, label, lexicon, strict=found == 0 and len(pieces) == 1)
    if ending:
        return Mark(ending, after, layout, True, leading and ending.start == label.start, opened)
    if (leading or (edge and edge in _STRONG) or opened) and _plausible(written, 14 if leading else 8):
        return Mark(label, after, layout, False, leading, opened)
    if found and len(pieces) > 1 and _plausible(pieces[-1], 8):
        return Mark(Span(label.end - len(pieces[-1]), label.end), after, layout, False, False, opened)
    return None


def _back(text: str, floor: int, colon: int) -> tuple[int, str]:
    """Where the stretch before a colon starts, and the mark that stands before it."""
    start = max(floor, colon - 3 * LONGEST)
    depth = 0
    for at in range(colon - 1, start - 1, -1):
        sign = text[at]
        depth += (sign == ")") - (sign == "(")
        if depth < 0 or (sign in _EDGES and depth == 0 and not (sign == "、" and colon - at < 6)):
            return at + 1, sign
    return start, "" if start == floor else "?"


def _bare(text: str, start: int, end: int) -> Span:
    """The label without decoration."""
    while start < end and text[start] in _OPENING:
        start += 1
    while end > start and text[end - 1] in _CLOSING:
        end -= 1
    return Span(start, end)


def _ending(text: str, label: Span, lexicon: Lexicon, *, strict: bool) -> Span | None:
    """The longest known label that the stretch ends in; `strict` where nothing tells that a label starts there."""
    known = synonyms(lexicon)
    written = label.of(text)
    if strict and (not _plausible(written, 2 * LONGEST) or len(written) <= 14):
        return None
    for start in range(max(0, len(written) - LONGEST), len(written)):
        tail = written[start:]
        if tail[0].isspace() or tidy(tail) not in known or (strict and len(tail) < 3):
            continue
        if start and tail[0].isascii() and tail[0].isalnum() and written[start - 1].isalnum() and written[start - 1].isascii():
            continue
        return Span(label.start + start, label.end)
    return None


def _plausible(written: str, longest: int) -> bool:
    """Whether an unknown stretch before a colon reads like a label rather than like a sentence or a greeting."""
    label = tidy(written)
    size = len(label) if _HAN.search(label) else len(label) / 2.5
    if not label or size > longest or not _PLAIN.fullmatch(label) or label.isdigit() or _DIGITS.search(label):
        return False
    if label.startswith((*words("greetings"), *words("no-label-starts"))) or label.endswith(words("no-label-ends")):
        return False
    return _HAN.search(label) is not None or len(label.split()) <= 4


def _bracket_lead(text: str, line: Line, lexicon: Lexicon) -> Mark | None:
    """A label in 【】 or bold at the start of a line, its value behind it without a colon."""
    for pattern, group, layout in ((_BRACKET, 1, "bracket"), (_BOLD, 2, "bold")):
        match = pattern.match(text, line.content.start, line.content.end)
        if match and match.end() < line.content.end:
            label = _bare(text, *match.span(group))
            if is_known(lexicon, label.of(text)) and tidy(label.of(text)) not in words("tags"):
                return Mark(label, match.end(), layout, True, True)
    return None


def _alone(text: str, line: Line, lexicon: Lexicon) -> Mark | None:
    """A line that is nothing but a label: a heading, or a known word by itself."""
    label = _bare(text, *_unnumbered(text, line))
    written = label.of(text)
    if not len(label) or len(written) > 40 or tidy(written) in words("tags"):
        return None
    known = is_known(lexicon, written)
    if line.heading:
        first = text[line.content.start : line.content.start + 2]
        layout = "bold" if first in ("**", "__") else "bracket" if first[:1] == "\u3010" else "heading"
        return Mark(label, line.span.end, layout, known, True, whole=True)
    if known and tidy(written) in synonyms(lexicon) and len(tidy(written)) > 1:
        return Mark(label, line.span.end, "heading", True, True, whole=True)
    return None


def _unnumbered(text: str, line: Line) -> tuple[int, int]:
    """The content without a number that follows the heading's own marker: `## 2. 决议`."""
    match = re.compile(r"(?:\d{1,3}[.、)](?!\d)|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\))\s*").match(text, line.content.start, line.content.end)
    start = match.end() if match and match.end() < line.content.end else line.content.start
    return start, line.content.end


def values(text: str, rows: Sequence[tuple[Line, Sequence[Mark]]], lexicon: Lexicon) -> Iterable[tuple[int, Mark, Span]]:
    """Every label with the number of its line and the stretch of its value; `rows` are lines with their labels."""
    for index, (line, row) in enumerate(rows):
        for at, mark in enumerate(row):
            limit = row[at + 1].label.start if at + 1 < len(row) else line.span.end
            value = _on_line(text, line, mark, limit)
            if at + 1 == len(row) and not mark.bracketed:
                value = _continued(text, rows, index, value, lexicon)
            yield index, mark, value


def _on_line(text: str, line: Line, mark: Mark, limit: int) -> Span:
    start, end = mark.after, limit
    if mark.bracketed or _opened(text, line.content.start, mark.label.start):
        close = _closing(text, start, end)
        end = close if close >= 0 else end
    while start < end and (text[start].isspace() or text[start] in "*_`"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _TAIL + "(\u3010["):
        end -= 1
    return Span(start, end)


def _opened(text: str, start: int, end: int) -> bool:
    """Whether a bracket that opens in the stretch is still open at its end."""
    return text.count("(", start, end) > text.count(")", start, end)


def _closing(text: str, start: int, end: int) -> int:
    depth = 0
    for at in range(start, end):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth < 0:
            return at
    return -1


def _continued(text: str, rows: Sequence[tuple[Line, Sequence[Mark]]], index: int, value: Span, lexicon: Lexicon) -> Span:
    """The value of the last label of a line with the lines that go on with it: list items, deeper lines, what follows an empty label."""
    line, mark = rows[index][0], rows[index][1][-1]
    depth = _depth(line, [mark])
    start, end = value.start, value.end
    taken = False
    chapters = 0 if len(value) or mark.whole else _chapters(text, rows[index + 1 : index + 2], mark, lexicon)
    for at in range(index + 1, len(rows)):
        below, marks_below = rows[at]
        if _depth(below, marks_below) <= depth and (below.heading or line.heading or mark.whole) and not (chapters and _listed(below, marks_below, chapters)):
            break
        if len(value) and not _wraps(text, line, value, rows[at], depth):
            break
        anew = _known_field(below, marks_below) if chapters else _starts_anew(below, marks_below, taken=taken)
        if not len(value) and below.depth <= depth and anew:
            break
        if mark.whole and mark.known and _of_record(text, below, marks_below, lexicon):
            break
        start = start if taken or len(value) else below.span.start
        taken, end = True, below.span.end
    return Span(start, end) if taken else value


def _chapters(text: str, following: Sequence[tuple[Line, Sequence[Mark]]], mark: Mark, lexicon: Lexicon) -> int:
    """The depth of a list numbered like chapters right below a label for lists (议程: 一、… 二、…); 0 where there is none."""
    if not following or keys_of(lexicon, mark.label.of(text))[0] not in _HOLDS_A_LIST:
        return 0
    first, found = following[0]
    begins = text.startswith(("一", "(一"), first.span.start) and not first.after_blank
    return first.depth if first.heading and begins and not (found and found[0].known) else 0


def _listed(below: Line, found: Sequence[Mark], depth: int) -> bool:
    return below.depth == depth and not _known_field(below, found)


def _known_field(below: Line, found: Sequence[Mark]) -> bool:
    return bool(found) and found[0].leading and found[0].known


def _of_record(text: str, line: Line, found: Sequence[Mark], lexicon: Lexicon) -> bool:
    """Whether a line says something of the record itself: 归档路径:… under a list of action items."""
    lead = found[0] if found else None
    if lead is None or not lead.leading or not lead.known or line.marked or line.indent > 1:
        return False
    return keys_of(lexicon, lead.label.of(text))[0] in _OF_RECORD


def _depth(line: Line, found: Sequence[Mark]) -> int:
    """A line that is a label by itself heads what follows."""
    return min(line.depth, BARE - 1) if found and found[0].whole and not line.marked else line.depth


def _wraps(text: str, line: Line, value: Span, row: tuple[Line, Sequence[Mark]], depth: int) -> bool:
    """Whether a line belongs to a value that starts on the line of its label."""
    below, found = row
    labelled = bool(found) and found[0].leading
    goes_on = below.marked and text[value.start : value.start + 1] in ("1", "(", "\u2460", "-")
    return below.depth > depth and (below.indent > line.indent or goes_on) and not labelled and not below.after_blank


def _starts_anew(below: Line, found: Sequence[Mark], *, taken: bool) -> bool:
    """Whether a line no deeper than an empty label starts something else."""
    labelled = bool(found) and found[0].leading
    return (labelled and (found[0].known or taken or below.after_blank)) or (below.after_blank and taken)
