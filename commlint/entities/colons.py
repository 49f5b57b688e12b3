"""Labels before a colon, or before a sign that parts labels from values as a colon does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from commlint.entities.labels import (
    EXACT,
    KNOWN,
    LONGEST,
    MADE,
    NONE,
    PLAUSIBLE,
    is_tag,
    made_ending,
    reading,
    synonyms,
)
from commlint.entities.marks import BOLD, BRACKETS, CLOSING, OPENING, Mark, Row, enclosed, mark_of
from commlint.entities.outline import Line
from commlint.model.environment import Lexicon

COLON = re.compile(r"(?<!\d):(?!//|\\)|(?<=\d):(?![\d/])|:(?=\d{4})|[\u2236\ufe55\ufe30\ua789]")
ODD_COLONS = "\u2236\ufe55\ufe30\ua789"
REPEATED = {  # signs that part labels from values as a colon does where they stand several times in a line
    "=": re.compile(r"(?<![=<>!])=(?![=>])"), "\u2192": re.compile("\u2192"), "->": re.compile("->"), "\u2014": re.compile("\u2014{1,3}"), "\u2026": re.compile("\u2026{1,4}"),
}
_EDGE = re.compile(r"[,;。!?|\t\n(\u3010\u3011\[\]>\u201c\u201d\u2022]| (?=\.)|\s[-\u2013\u2014\u00b7>\u2192](?=\s)|\u00b7(?=\s)")
_SPACED = re.compile(r"\s{2,}|(?<=[\u3400-\u9fff\d)])\s(?=[\u3400-\u9fff])|(?<=\d)\s(?=[a-z])")


def colons(text: str, line: Line, lexicon: Lexicon, sign: re.Pattern[str] | None) -> Row:
    """The labels of a line before a `sign`; None is the colon, in a text without the odd ones."""
    found: list[Mark] = []
    floor, doubtful = line.first, 0
    opening = text[line.first]
    lead = _lead(text, line, opening, lexicon) if opening in BRACKETS or opening in "*_" else None
    if lead is not None:
        found.append(lead)
        floor = lead.after
    for at, after in _plain_colons(text, floor, line.last) if sign is None else (each.span() for each in sign.finditer(text, floor, line.last)):
        if at < floor or (not found and _in_hint(text, floor, at, line.last)):
            continue
        mark = _before(text, line, floor, at, found=found, lexicon=lexicon)
        if mark is not None and after > at + 1:
            mark = mark._replace(after=after)
        if mark is not None:
            doubtful += mark.sure < MADE and not mark.leading and not mark.bracketed
            found.append(mark)
            floor = mark.after
    if doubtful and len(found) < 3 and (sign is None or sign is COLON):
        found = [mark for mark in found if mark.sure >= MADE or mark.leading or mark.bracketed]
    return found


def _in_hint(text: str, start: int, colon: int, last: int) -> bool:
    """Whether a colon stands in a bracket that ends right before the colon of its label: 日期(格式:YYYY-MM-DD):."""
    if text.rfind("(", max(start + 1, colon - 12), colon) < 0:
        return False
    close = text.find(")", colon, min(last, colon + 20))
    return close >= 0 and text.startswith(":", close + 1) and text.find("(", colon, close) < 0


def _plain_colons(text: str, start: int, last: int) -> Iterable[tuple[int, int]]:
    """What `COLON` finds where none of the odd colons stands, sooner: no colon of a clock time or an address."""
    at = text.find(":", start, last)
    while at >= 0:
        behind = text[at + 1 : min(at + 5, last)]
        if at and text[at - 1].isdecimal():
            parts = not (behind[:1].isdecimal() or behind[:1] == "/") or (len(behind) == 4 and behind.isdecimal())
        else:
            parts = not behind.startswith(("//", "\\"))
        if parts:
            yield at, at + 1
        at = text.find(":", at + 1, last)


def _lead(text: str, line: Line, sign: str, lexicon: Lexicon) -> Mark | None:
    """A known label in brackets or bold at the start of a line, its value behind it without a colon."""
    start, end, after = enclosed(text, line.first, line.last, sign) if sign in BRACKETS else (0, 0, 0)
    if not after and (match := BOLD.match(text, line.first, line.last)):
        start, end, after = match.start(2), match.end(2), match.end()
    if not after or after >= line.last or text.startswith(":", after):
        return None
    mark = mark_of(text, start, end, after, "bracket" if sign in BRACKETS else "bold", lexicon=lexicon, leading=True)
    return mark if mark is not None and mark.sure >= MADE and not is_tag(lexicon, text[start:end]) else None


def _before(text: str, line: Line, floor: int, colon: int, *, found: Sequence[Mark], lexicon: Lexicon) -> Mark | None:
    """The label that ends at a colon, in the stretch that reaches from the value before."""
    end = colon
    if text[colon - 1 : colon] == ":" and text.endswith(":::", floor, colon):
        return None  # a line drawn with colons
    if text[colon - 1 : colon] == '"' and text.rfind('"', max(floor - 1, colon - LONGEST), colon - 1) >= 0:
        return None  # a key of JSON
    while end > floor and text[end - 1] in CLOSING:
        end -= 1
    hinted = end
    if end > floor and text[end - 1] == ")":
        opened = text.rfind("(", max(floor, end - 20), end)
        if opened > floor:
            end = opened
            while end > floor and text[end - 1] in CLOSING:
                end -= 1
    limit = max(floor, end - 2 * LONGEST)
    edge = _EDGE.search(text[limit:end][::-1])
    start = end - edge.start() if edge else limit
    sign = edge[0] if edge else "" if limit == floor else "?"
    if sign == "(" and ")" in text[start:hinted]:
        behind = text.rfind(")", start, end) + 1
        if not found or not 0 < behind < end or not text[behind].isspace():
            return _around(text, line, start, end, colon, lexicon=lexicon) if not found else None
        start, sign = behind, ")"  # …:(空) 事由:
    if found and (slash := text.rfind(" / ", start, end)) >= 0:
        start, sign = slash + 3, "/"
    leading = not found and (start <= line.first + 2) and not text[line.first : start].strip(OPENING)
    written = text[start:end]
    pieces = _SPACED.split(written.strip(OPENING)) if " " in written or "\t" in written else (written,)
    if len(pieces) > 1 and not all(len(piece) < 2 for piece in pieces):
        wide = "  " in written.strip() or "\t" in written
        return _after_blank(text, end, colon, pieces, found=found, lexicon=lexicon, wide=wide, leading=leading)
    return _whole(text, start, end, colon, sign, lexicon=lexicon, leading=leading, found=found)


def _around(text: str, line: Line, inside: int, end: int, colon: int, *, lexicon: Lexicon) -> Mark | None:
    """A label that a line begins with and that has a bracket in it: 应退(补)金额."""
    opened, closed, start = inside - 1, text.find(")", inside, end), line.first
    if not (0 <= closed - inside <= 6 and start + 1 < opened and 0 < end - closed - 1 <= 6) or end - start > LONGEST or _EDGE.search(text[start:opened]):
        return None
    sure, key = reading(lexicon, text[start:opened] + text[closed + 1 : end])
    return Mark(start, end, colon + 1, "colon", sure, key, True) if sure >= MADE else None


def _whole(text: str, start: int, end: int, colon: int, sign: str, *, lexicon: Lexicon, leading: bool, found: Sequence[Mark]) -> Mark | None:
    """The stretch as one label, if it reads like one; else the label that it ends in."""
    mark = mark_of(text, start, end, colon + 1, _layout(text, start), lexicon=lexicon, leading=leading)
    if mark is None:
        return None
    size = mark.end - mark.start
    if sign == "(" and not leading:
        return mark._replace(bracketed=True) if mark.sure >= MADE or (mark.sure == PLAUSIBLE and size <= 4) else None
    if leading:
        if mark.sure >= MADE or (mark.sure == PLAUSIBLE and not found):
            return None if is_tag(lexicon, text[mark.start : mark.end]) else mark
        return _ending(text, mark, lexicon, strict=True)
    if sign == "" and found and text[mark.start - 1].isspace():  # blanks alone stand between the colon before and this label
        return mark if mark.sure >= MADE or (mark.sure == PLAUSIBLE and size <= 8) else None
    if sign in ("", "?"):
        return _ending(text, mark, lexicon, strict=not found) or _cut(text, mark, lexicon)
    glued = ((mark.sure == KNOWN and size > 7) or (mark.sure == MADE and size > 8)) and not text[mark.start : mark.end].isascii()
    if mark.sure >= MADE and not glued:
        return mark
    ending = (_ending(text, mark, lexicon, strict=False) if glued or mark.sure < MADE else None) or _cut(text, mark, lexicon)
    if ending is not None:
        return ending
    return mark if mark.sure >= MADE or (mark.sure == PLAUSIBLE and size <= 8 and sign not in "]\u3011") else None


def _cut(text: str, mark: Mark, lexicon: Lexicon) -> Mark | None:
    """The label behind a slash or an enumeration mark, where the whole is none: 早班/人员:."""
    at = max(text.rfind("/", mark.start, mark.end), text.rfind("\u3001", mark.start, mark.end)) + 1
    if at <= 0 or mark.end - at > 8:
        return None
    cut = mark_of(text, at, mark.end, mark.after, "colon", lexicon=lexicon, leading=False)
    return cut if cut is not None and cut.sure >= PLAUSIBLE else None


def _after_blank(text: str, end: int, colon: int, pieces: Sequence[str], *, found: Sequence[Mark], lexicon: Lexicon, wide: bool, leading: bool) -> Mark | None:
    """The last of several words before a colon, if it is a label; all of them, if together they are one."""
    last = mark_of(text, end - len(pieces[-1]), end, colon + 1, "colon", lexicon=lexicon, leading=False)
    together = mark_of(text, end - sum(map(len, pieces)) - (len(pieces) - 1), end, colon + 1, "colon", lexicon=lexicon, leading=leading) if leading else None
    if together is not None and together.sure == EXACT:
        return together
    if last is None or last.sure == NONE:
        return None
    if last.sure >= MADE or wide or (found and last.end - last.start <= 8):
        return last
    return last if last.end - last.start <= 6 else None


def _ending(text: str, mark: Mark, lexicon: Lexicon, *, strict: bool) -> Mark | None:
    """The longest known label that a stretch ends in; `strict` where nothing tells that a label starts there."""
    known = synonyms(lexicon)
    start, end = mark.start, mark.end
    if strict and (end - start <= 14 or not _plain(text[start:end])):
        return None
    for at in range(max(start, end - LONGEST), end - 1):
        tail = text[at:end]
        if tail[0].isspace() or tail not in known or (strict and len(tail) < 3):
            continue
        if at > start and tail[0].isascii() and tail[0].isalnum() and text[at - 1].isalnum() and text[at - 1].isascii():
            continue
        return Mark(at, end, mark.after, "colon", EXACT, known[tail], mark.leading and at == start)
    made = 0 if strict else made_ending(text, start, end, lexicon)
    return Mark(end - made, end, mark.after, "colon", MADE, text[end - made : end], False) if made else None


def _plain(written: str) -> bool:
    return not any(sign in written for sign in ",;。!?")


def _layout(text: str, start: int) -> str:
    sign = text[start]
    if sign in "*_" and text.startswith(("**", "__"), start):
        return "bold"
    return "bracket" if sign in "\u3010[" or (start and text[start - 1] in "\u3010[") else "colon"
