"""Labels that no colon follows: alone in a line, in brackets or bold, parted from the value by other signs; and those that only others bear out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from commlint.entities.labels import (
    EXACT,
    KNOWN,
    MADE,
    NONE,
    is_tag,
    reading,
    tidy,
    words,
)
from commlint.entities.marks import BOLD, BRACKETS, Mark, Row, Weak, bare, enclosed, mark_of, unnumbered
from commlint.entities.outline import Line
from commlint.model.environment import Lexicon

SIGNS = ("=", "\u2192", "->", "\u21d2", ">>", "\u2014", " \u2013 ", " - ", " -- ", " / ", "~~", "\u2026", "...", "\u00b7\u00b7\u00b7", "\t", "  ")
_LEADERS = re.compile(r"\s{0,9}(?:(?P<equals>=(?![=>]))|(?P<arrow>\u2192|->|=>|\u21d2|>>)|(?P<dash>\u2014{1,3}|(?<=\s)\u2013(?=\s)|(?<=\s)-{1,2}(?=\s|$)|~~|(?<=\s)/(?=\s))|(?P<dots>\u2026{1,4}|\.{3,12}|\u00b7{3,12})|(?P<gap>\t|  ))\s{0,9}")
_MAY_PART = re.compile("=|\u2192|\u21d2|\u2014|\u2013|\u2026|\t|-|/|  |>>|~~|\\.\\.\\.|\u00b7\u00b7\u00b7")  # a look before the work: of characters alone, so that it skips to them
_WORD = re.compile(r"([^\x00-\xff]{2,8})[ \t]+(?=\S)")
_FILL_IN = re.compile(r"(?<![^\s_,;、(/|])([^\x00-\xff、\u201c\u201d]{2,10})[ \t]{0,3}(?=__)")
_HOUSE = re.compile(r"[部科组室处区店线岗队院局厂所]$")
_COUNTED = re.compile(r"[\d一二三四五六七八九十]$")


def otherwise(text: str, line: Line, at: int, weak: Weak, *, lexicon: Lexicon) -> Row:
    """A line without a colon: a label alone, one parted from its value by another sign, or a run of labels between pipes."""
    first, last = line.first, line.last
    if text.find("|", first, last) >= 0 and text.count("|", first, last) > 2:
        return _piped(text, line, lexicon)
    if text.find("__", first, last) >= 0 and (drawn := _to_fill_in(text, line, lexicon)):
        return drawn
    if line.heading or last - first <= 16:
        alone = _alone(text, line, lexicon)
        if alone is not None:
            if alone.known or line.heading:
                return (alone,)
            weak.append((at, "alone", alone))
            return ()
    near = min(last, first + 26)
    sign = _LEADERS.search(text, first + 1, near) if _MAY_PART.search(text, first + 1, near) and _has_signs(text) else None
    if sign and sign.lastgroup:
        mark = mark_of(text, first, sign.start(), _behind(text, sign, last), "colon", lexicon=lexicon, leading=True)
        if mark is not None and mark.sure > NONE and _is_parted(line, sign, mark):
            weak.append((at, sign.lastgroup, mark))
            return (mark,) if mark.sure == EXACT and sign.lastgroup in ("equals", "arrow", "dots") else ()
    ahead = text[first + 2 : first + 9]
    if (" " in ahead or "\t" in ahead) and not line.heading and (mark := _spaced(text, line, lexicon)) and (at or mark.sure >= KNOWN):
        weak.append((at, "space", mark))
    return ()


def _behind(text: str, sign: re.Match[str], last: int) -> int:
    """Where the value starts: behind all the dots of a row of them."""
    end = sign.end()
    while sign.lastgroup == "dots" and end < last and text[end] in ".\u2026\u00b7 ":
        end += 1
    return end


def _spaced(text: str, line: Line, lexicon: Lexicon) -> Mark | None:
    """A word that a line begins with, blanks behind it."""
    word = _WORD.match(text, line.first, line.last)
    mark = mark_of(text, *word.span(1), word.end(), "colon", lexicon=lexicon, leading=True) if word else None
    return mark if mark is not None and mark.sure > NONE else None


@lru_cache(maxsize=8)
def _has_signs(text: str) -> bool:
    return any(sign in text for sign in SIGNS)


def _to_fill_in(text: str, line: Line, lexicon: Lexicon) -> Row:
    """Labels before lines to write on: 申请人____ 日期____年__月__日."""
    found: list[Mark] = []
    for match in _FILL_IN.finditer(text, line.first, line.last):
        mark = mark_of(text, *match.span(1), match.end(1), "colon", lexicon=lexicon, leading=match.start(1) == line.first)
        if mark is not None and mark.sure >= MADE:
            found.append(mark)
    return found


def _is_parted(line: Line, parted: re.Match[str], mark: Mark) -> bool:
    """Whether what follows the sign can be a value: blanks alone part nothing in a line that goes on with them."""
    return parted.lastgroup != "gap" or (parted.end() < line.last and mark.sure >= MADE)


def bracketed(text: str, line: Line, at: int, weak: Weak, *, lexicon: Lexicon) -> Row:
    """Labels in brackets, their values behind them: 【落实人】工会 【落实时间】待定."""
    first, last, sign = line.first, line.last, text[line.first]
    found: list[Mark] = []
    start = first
    while start >= 0:
        begins, ends, after = enclosed(text, start, last, sign)
        mark = mark_of(text, begins, ends, after, "bracket", lexicon=lexicon, leading=start == first) if after else None
        if mark is not None and mark.sure > NONE and not is_tag(lexicon, text[begins:ends]) and not (after == last and tidy(text[begins:ends]) in words("placeholders", lexicon)):
            mark = mark if after < last else mark._replace(whole=True, after=last)
            if start == first and mark.sure < KNOWN and text.find(sign, after, last) < 0:
                weak.append((at, sign, mark))
            else:
                found.append(mark)
        start = text.find(sign, max(start + 1, after), last)
    known = sum(mark.sure >= MADE for mark in found)
    return found if len(found) == 1 or 2 * known >= len(found) else [mark for mark in found if mark.sure >= KNOWN]


def bold(text: str, first: int, last: int, lexicon: Lexicon) -> Row:
    """Labels in bold, their values behind them: **责任人** 电工 **期限** 5/8."""
    found: list[Mark] = []
    for match in BOLD.finditer(text, first, last):
        leading = match.start() == first
        if match.end() >= last or not (leading or found):
            continue
        mark = mark_of(text, *match.span(2), match.end(), "bold", lexicon=lexicon, leading=leading)
        if mark is None or mark.sure == NONE or is_tag(lexicon, text[mark.start : mark.end]):
            continue
        parted = _LEADERS.match(text, match.end(), last)
        if parted and parted.lastgroup != "gap":
            found.append(mark._replace(after=parted.end()))
        elif mark.known or (mark.sure == MADE and text[match.end()].isspace()):
            found.append(mark)
    return found


def _piped(text: str, line: Line, lexicon: Lexicon) -> Row:
    """Labels and values by turns between pipes: 任务|补拍主图|负责人|须臾."""
    edges = [line.first - 1, *(match.start() for match in re.finditer(r"\|", text[line.first : line.last]))]
    edges = [edges[0], *(line.first + at for at in edges[1:]), line.last]
    if len(edges) % 2 == 0 or len(edges) > 42:
        return ()
    found = [mark_of(text, edges[at] + 1, edges[at + 1], edges[at + 1] + 1, "colon", lexicon=lexicon, leading=at == 0) for at in range(0, len(edges) - 1, 2)]
    labels = [mark for mark in found if mark is not None and mark.sure > NONE]
    return labels if len(labels) == len(found) and 2 * sum(mark.sure >= MADE for mark in labels) > len(labels) else ()


def _alone(text: str, line: Line, lexicon: Lexicon) -> Mark | None:
    """A line that is nothing but a label: a heading, or a known word by itself."""
    start, end = bare(text, unnumbered(text, line), line.last)
    written = text[start:end]
    if not written or len(written) > 40 or (not line.heading and written[-1] in "=>\u2192\u2014-") or is_tag(lexicon, written):
        return None
    sure, key = reading(lexicon, written)
    if line.heading:
        sign = text[line.first]
        layout = "bold" if sign in "*_" else "bracket" if sign == "\u3010" else "heading"
        return Mark(start, end, line.end, layout, sure, key, True, whole=True)
    if (sure == EXACT and len(written) > 1) or (sure == KNOWN and _COUNTED.search(written)):
        return Mark(start, end, line.end, "heading", sure, key, True, whole=True)
    return Mark(start, end, line.end, "heading", sure, key, True, whole=True) if sure == MADE and not line.marked and len(written) <= 8 else None


def support(text: str, lines: Sequence[Line], found: list[Row], weak: Weak, lexicon: Lexicon) -> None:
    """Take in the labels that stand like others near them: three alike, or two of which one is made of label words."""
    by_way: dict[str, list[tuple[int, Mark]]] = {}
    for at, way, mark in weak:
        by_way.setdefault(way, []).append((at, mark))
    for way, marks in by_way.items():
        if way in ("alone", "space"):
            if way == "alone":
                _support_alone(lines, found, marks)
            else:
                _support_spaced(text, lines, found, marks)
            continue
        brackets = way in BRACKETS
        strong = sum(1 for _, mark in marks if mark.sure >= MADE)
        others = sum(1 for row in found for mark in row if mark.layout == "bracket" and mark.leading) if brackets else 0
        enough = len(marks) + others >= 2 and strong + others >= (1 if way in ("equals", "arrow", "dots") or brackets else 2)
        if way == "gap":
            enough = enough and all(mark.sure >= MADE for _, mark in marks)
        if enough or (len(marks) == 1 and marks[0][1].sure >= KNOWN and way not in ("gap", "dash")):
            for at, mark in marks:
                found[at] = (mark, *(each for each in found[at] if each.start > mark.start))


def _support_alone(lines: Sequence[Line], found: list[Row], marks: Sequence[tuple[int, Mark]]) -> None:
    """Label lines above their values by turns, three of them or more that stand alike."""
    known = [at for at, row in enumerate(found) if row and row[0].whole and not lines[at].heading]
    ways: dict[tuple[int, str], set[int]] = {}
    for at in (*known, *(at for at, _ in marks)):
        ways.setdefault((lines[at].indent, lines[at].marker), set()).add(at)
    for at, mark in marks:
        way = ways[lines[at].indent, lines[at].marker]
        if len(way) > 2 and any(near in way for near in (at - 2, at + 2, at - 3, at + 3)) and at + 1 not in way:
            found[at] = (mark,)


def _support_spaced(text: str, lines: Sequence[Line], found: list[Row], marks: Sequence[tuple[int, Mark]]) -> None:
    """Three lines or more one below the other that begin with a word and a blank, most of them with a label."""
    run: list[tuple[int, Mark]] = []
    for at, mark in marks:
        if run and (at != run[-1][0] + 1 or lines[at].depth != lines[run[-1][0]].depth):
            _take_run(text, found, run)
            run = []
        run.append((at, mark))
    _take_run(text, found, run)


def _take_run(text: str, found: list[Row], run: Sequence[tuple[int, Mark]]) -> None:
    sure = sum(1 for _, mark in run if mark.sure >= KNOWN or (mark.sure == MADE and not _HOUSE.search(text[mark.start : mark.end])))
    if len(run) >= 3 and 3 * sure >= 2 * len(run):
        for at, mark in run:
            found[at] = (mark,)
