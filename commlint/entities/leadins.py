"""Lines that look like labels and are none: they lead in (各部门:), address somebody (宁工:), or name the record."""

from __future__ import annotations

import re
from collections.abc import Sequence

from commlint.entities.labels import (
    KNOWN,
    MADE,
    PLAUSIBLE,
    tidy,
    words,
)
from commlint.entities.marks import HOLDS_A_LIST, Row
from commlint.entities.outline import Line
from commlint.model.environment import Lexicon

_FIRST_LINES = 2
_TITLED = re.compile(r"(?:总|工|姐|哥|叔|老师|经理|主任|总监|主管|先生|女士|小姐|处长|局长|科长|部长|院长|校长|书记|董事长|医生|律师|同事|同学|同仁|领导|团队|们)$")


def settle(text: str, lines: Sequence[Line], found: list[Row], lexicon: Lexicon) -> list[Row]:
    """Without what leads in (各部门:), addresses somebody (宁工:), or names the record."""
    held = 0  # the depth below which lines are the list of a label such as 议题:
    for at, row in enumerate(found):
        line = lines[at]
        if held and line.depth <= held:
            held = 0
        if not row:
            continue
        if held and row[0].whole and line.marked:
            found[at] = ()
            continue
        if row[0].leading and row[0].key in HOLDS_A_LIST and not text[row[-1].after : line.last].strip(" *_`"):
            held = line.depth
        if row[0].sure >= KNOWN and len(row) == 1 and not (at == 0 and line.heading):
            continue
        kept = [mark for number, mark in enumerate(row) if (mark.sure >= KNOWN and not (at == 0 and line.heading)) or mark.whole or not _leads_in(text, lines, found, at, number, lexicon=lexicon)]
        if len(kept) < len(row):
            found[at] = kept
    return found


def _leads_in(text: str, lines: Sequence[Line], found: Sequence[Row], at: int, number: int, *, lexicon: Lexicon) -> bool:
    line, row = lines[at], found[at]
    mark, last = row[number], number + 1 == len(row)
    value = text[mark.after : line.last if last else row[number + 1].start].strip(" \t*`")
    written = tidy(text[mark.start : mark.end])
    if at == 0 and mark.leading and (line.heading or written in words("documents", lexicon)):
        return mark.sure < KNOWN or written in words("documents", lexicon)
    if value:
        said = value[0] in "\u201c\"\u300c" and mark.sure < MADE
        if said or not (mark.leading and last and len(written) <= 5 and mark.sure < MADE and _TITLED.search(written)):
            return said
        return at < _FIRST_LINES or ("。" in value and _is_somebody(written))
    if not last and number and mark.start - row[number - 1].after > 1 and text[row[number - 1].after : mark.start].isspace():
        return mark.sure < PLAUSIBLE  # blanks between labels, to write on
    if not last:
        return mark.sure < (KNOWN if mark.layout == "bracket" else MADE)
    if not mark.leading:
        return number == 0
    if _TITLED.search(written) or written.startswith("各"):
        return True
    following = at + 1 < len(lines) and lines[at + 1]
    beside = at > 0 and not line.after_blank and bool(found[at - 1]) and found[at - 1][0].leading and not found[at - 1][0].whole
    if at < _FIRST_LINES and not beside and following and (following.after_blank or mark.sure < MADE) and not _is_list(lines, at):
        return not found[at + 1] or mark.sure < MADE
    below = at + 1 < len(lines) and bool(found[at + 1]) and found[at + 1][0].leading
    if mark.sure >= MADE:
        return not beside and below and not lines[at + 1].marked and lines[at + 1].depth <= line.depth
    return not beside and (below or not _is_list(lines, at)) and not (following and not below and len(written) <= 6)


def _is_somebody(written: str) -> bool:
    """Whether a surname stands before a title: who speaks, not a label (汪院长, but not 副院长)."""
    from commlint.entities.wordlists import sections

    return written[:1] in sections("people")["surname"] and written[:2] not in ("项目", "总经", "班主") and len(_TITLED.sub("", written)) <= 1


def _is_list(lines: Sequence[Line], at: int) -> bool:
    return at + 1 < len(lines) and (lines[at + 1].marked or lines[at + 1].indent > lines[at].indent)
