"""Where labels stand in the lines of a part, and where each value ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from commlint.entities.labels import EXACT, KNOWN, LONGEST, MADE, NONE, PLAUSIBLE, grade, keys_of, made_ending, synonyms, tidy, words
from commlint.entities.outline import BARE, Line
from commlint.model.environment import Lexicon
from commlint.model.span import Span

_COLON = re.compile(r"(?<!\d):(?!//|\\)|(?<=\d):(?![\d/])|:(?=\d{4})|[\u2236\ufe55\ufe30\ua789]")
_ODD_COLONS = "\u2236\ufe55\ufe30\ua789"
_REPEATED = {  # signs that part labels from values as a colon does where they stand several times in a line
    "=": re.compile(r"(?<![=<>!])=(?![=>])"), "\u2192": re.compile("\u2192"), "->": re.compile("->"), "\u2014": re.compile("\u2014{1,3}"), "\u2026": re.compile("\u2026{1,4}"),
}
_EDGE = re.compile(r"[,;。!?|\t\n(\u3010\u3011\[\]>\u201c\u201d\u2022]| (?=\.)|\s[-\u2013\u2014\u00b7>\u2192](?=\s)|\u00b7(?=\s)")
_OPENING = " \t*_`#\u3010[\"'\u201c\u300c\u300e("
_CLOSING = " \t*_`\u3011]\"'\u201d\u300d\u300f\u2605\u2606\u25c6\u25c7\u25a0\u25b2\u203b"
_BEFORE_NEXT = "。/. \u00b7\u2022\u2013\u2014>\u2192"  # what may stand between a value and the next label
_TAIL = " \t,;\u3001|`"
_SPACED = re.compile(r"\s{2,}|(?<=[\u3400-\u9fff\d)])\s(?=[\u3400-\u9fff])|(?<=\d)\s(?=[a-z])")
_BRACKETS = {"\u3010": "\u3011", "[": "]", "\u300c": "\u300d", "\u300e": "\u300f", "\u3014": "\u3015", "\u3016": "\u3017", "<": ">", "\u3008": "\u3009"}
_INSIDE = re.compile(r"[^\u3010\u3011\[\]\u300c\u300d\u300e\u300f<>\u3008\u3009\u3014\u3015\u3016\u3017:\n]{1,16}")
_BOLD = re.compile(r"(\*\*|__)((?:(?!\1)[^:\n]){1,24})\1(?!\s*:)")
_LEADERS = re.compile(r"\s{0,9}(?:(?P<equals>=(?![=>]))|(?P<arrow>\u2192|->|=>|\u21d2|>>)|(?P<dash>\u2014{1,3}|(?<=\s)\u2013(?=\s)|(?<=\s)-{1,2}(?=\s|$)|~~|(?<=\s)/(?=\s))|(?P<dots>\u2026{1,4}|\.{3,12}|\u00b7{3,12})|(?P<gap>\t|  ))\s{0,9}")
_WORD = re.compile(r"([^\x00-\xff]{2,8})[ \t]+(?=\S)")
_HOUSE = re.compile(r"[部科组室处区店线岗队院局厂所]$")
_SIGNS = ("=", "\u2192", "->", "\u21d2", ">>", "\u2014", " \u2013 ", " - ", " -- ", " / ", "~~", "\u2026", "...", "\u00b7\u00b7\u00b7", "\t", "  ")
_PERSONS = frozenset(("owner", "lead", "contact", "owner_department", "temporary_lead"))
_THEN_A_DATE = re.compile(r",\s?(?=\d|[本下]周|[今明后]天|月底|年底)")
_BREAK = re.compile(r"[ \t]{0,4}<br ?/?>?")
_FIRST_LINES = 2
_TITLED = re.compile(r"(?:总|工|姐|哥|叔|老师|经理|主任|总监|主管|先生|女士|小姐|处长|局长|科长|部长|院长|校长|书记|董事长|医生|律师|同事|同学|同仁|领导|团队|们)$")
_CLOSING_WORDS = re.compile(
    r"(?:此致|敬礼|顺颂|顺祝|祝[好您你大]|谢谢|感谢|以上|特此|如[有无]|敬请|烦请|盼复|请(?:各|大家|于|在|提前|准时|务必|查收|知悉|确认|回复|收到|审阅|与会|参会)|望|best regards|kind regards|regards|thanks|thank you|please )"
)
_FAREWELL = re.compile(r"(?:此致|敬礼|顺颂|顺祝|祝[好您你大]|谢谢|感谢|特此|best regards|kind regards|regards,|thanks|thank you)")
_HAN = re.compile(r"[\u3400-\u9fff]")


# What is said of the record as a whole: such a label ends the list or text under a heading above it.
_OF_RECORD = frozenset((
    "distribution", "archive_path", "attachments", "contact", "contact_details", "next_meeting", "decision_needed", "meeting_topic", "place", "attendees",
    "absentees", "host", "recorder", "remarks", "tracker", "actions", "decisions", "next", "feedback", "feedback_time",
))

_IN_TOPICS = frozenset(("decisions", "actions", "next", "contact", "remarks", "attachments", "feedback", "feedback_time"))
_HOLDS_A_LIST = frozenset(("agenda", "discussion", "decisions", "actions", "next", "done", "doing"))


class Mark(NamedTuple):
    """A label and where its value starts; `whole` when the label is the line's heading, value below. `sure`: see `labels.grade`."""

    start: int
    end: int
    after: int
    layout: str
    sure: int
    key: str
    leading: bool
    bracketed: bool = False
    whole: bool = False

    @property
    def known(self) -> bool:
        """Whether the lexicon tells what the label means."""
        return self.sure >= KNOWN


Row = Sequence[Mark]


def scan(text: str, lines: Sequence[Line], lexicon: Lexicon) -> list[Row]:
    """The labels of every line, in order."""
    found: list[Row] = []
    weak: list[tuple[int, str, Mark]] = []  # labels that count when others stand the same way
    bold, parted, odd = "**" in text, any(sign in text for sign in _SIGNS), any(sign in text for sign in _ODD_COLONS)
    for at, line in enumerate(lines):
        if line.grid:
            found.append(())
            continue
        row: Row = ()
        first, last = line.first, line.last
        written = text[first:last]
        if ":" in written or (odd and any(sign in written for sign in _ODD_COLONS)):
            row = _colons(text, line, lexicon, _COLON)
        if not row and parted and (repeated := next((sign for sign in _REPEATED if written.count(sign) > 1), "")):
            row = _colons(text, line, lexicon, _REPEATED[repeated])
            row = row if len(row) > 1 else ()
        if not row and (sign := written[0]) in _BRACKETS:
            row = _bracketed(text, first, last, sign, at, weak, lexicon)
        if not row and bold and "**" in written:
            row = _bold(text, first, last, lexicon)
        if not row:
            row = _otherwise(text, line, at, written, weak, lexicon, parted=parted)
        found.append(row)
    if weak:
        _support(text, lines, found, weak, lexicon)
    return _settle(text, lines, found, lexicon)


def _otherwise(text: str, line: Line, at: int, written: str, weak: list[tuple[int, str, Mark]], lexicon: Lexicon, *, parted: bool) -> Row:
    """A line without a colon: a label alone, one parted from its value by another sign, or a run of labels between pipes."""
    if "|" in written and written.count("|") > 2:
        return _piped(text, line, lexicon)
    if line.heading or len(written) <= 16:
        alone = _alone(text, line, lexicon)
        if alone is not None:
            if alone.known or line.heading:
                return (alone,)
            weak.append((at, "alone", alone))
            return ()
    sign = _LEADERS.search(text, line.first + 1, min(line.last, line.first + 26)) if parted else None
    if sign and sign.lastgroup:
        mark = _mark(text, line.first, sign.start(), sign.end(), "colon", lexicon, leading=True)
        if mark is not None and mark.sure > NONE and _is_parted(line, sign, mark):
            if mark.sure == EXACT and sign.lastgroup in ("equals", "arrow", "dots"):
                return (mark,)
            weak.append((at, sign.lastgroup, mark))
            return ()
    spaced = _WORD.match(text, line.first, line.last)
    if spaced and not line.heading:
        mark = _mark(text, *spaced.span(1), spaced.end(), "colon", lexicon, leading=True)
        if mark is not None and mark.sure > NONE and (at or mark.sure >= KNOWN):
            weak.append((at, "space", mark))
    return ()


def _is_parted(line: Line, parted: re.Match[str], mark: Mark) -> bool:
    """Whether what follows the sign can be a value: blanks alone part nothing in a line that goes on with them."""
    return parted.lastgroup != "gap" or (parted.end() < line.last and mark.sure >= MADE)


def _mark(text: str, start: int, end: int, after: int, layout: str, lexicon: Lexicon, *, leading: bool) -> Mark | None:
    start, end = _bare(text, start, end)
    if end <= start:
        return None
    written = text[start:end]
    sure = grade(lexicon, written)
    return Mark(start, end, after, layout, sure, keys_of(lexicon, written)[0], leading)


# labels before a colon


def _colons(text: str, line: Line, lexicon: Lexicon, sign: re.Pattern[str]) -> Row:
    found: list[Mark] = []
    floor, doubtful = line.first, 0
    opening = text[line.first]
    lead = _lead(text, line, opening, lexicon) if opening in _BRACKETS or opening in "*_" else None
    if lead is not None:
        found.append(lead)
        floor = lead.after
    for colon in sign.finditer(text, floor, line.last):
        at = colon.start()
        if at < floor:
            continue
        mark = _before(text, line, floor, at, found, lexicon)
        if mark is not None and colon.end() > at + 1:
            mark = mark._replace(after=colon.end())
        if mark is not None:
            doubtful += mark.sure < MADE and not mark.leading and not mark.bracketed
            found.append(mark)
            floor = mark.after
    if doubtful and len(found) < 3 and sign is _COLON:
        found = [mark for mark in found if mark.sure >= MADE or mark.leading or mark.bracketed]
    return found


def _lead(text: str, line: Line, sign: str, lexicon: Lexicon) -> Mark | None:
    """A known label in brackets or bold at the start of a line, its value behind it without a colon."""
    start, end, after = _enclosed(text, line.first, line.last, sign) if sign in _BRACKETS else (0, 0, 0)
    if not after and (match := _BOLD.match(text, line.first, line.last)):
        start, end, after = match.start(2), match.end(2), match.end()
    if not after or after >= line.last or text.startswith(":", after):
        return None
    mark = _mark(text, start, end, after, "bracket" if sign in _BRACKETS else "bold", lexicon, leading=True)
    return mark if mark is not None and mark.sure >= MADE and tidy(text[start:end]) not in words("tags", lexicon) else None


def _before(text: str, line: Line, floor: int, colon: int, found: Sequence[Mark], lexicon: Lexicon) -> Mark | None:
    """The label that ends at a colon, in the stretch that reaches from the value before."""
    end = colon
    if text[colon - 1 : colon] == '"' and text.rfind('"', max(floor - 1, colon - LONGEST), colon - 1) >= 0:
        return None  # a key of JSON
    while end > floor and text[end - 1] in _CLOSING:
        end -= 1
    hinted = end
    if end > floor and text[end - 1] == ")":
        opened = text.rfind("(", max(floor, end - 20), end)
        if opened > floor:
            end = opened
            while end > floor and text[end - 1] in _CLOSING:
                end -= 1
    limit = max(floor, end - 2 * LONGEST)
    edge = _EDGE.search(text[limit:end][::-1])
    start = end - edge.start() if edge else limit
    sign = edge[0] if edge else "" if limit == floor else "?"
    if sign == "(" and ")" in text[start:hinted]:
        return None
    leading = not found and (start <= line.first + 2) and not text[line.first : start].strip(_OPENING)
    written = text[start:end]
    pieces = _SPACED.split(written.strip(_OPENING)) if " " in written or "\t" in written else (written,)
    if len(pieces) > 1 and not all(len(piece) < 2 for piece in pieces):
        wide = "  " in written.strip() or "\t" in written
        return _after_blank(text, line, end, colon, pieces, found, lexicon, wide=wide, leading=leading)
    return _whole(text, start, end, colon, "(" if sign == "(" else sign, lexicon, leading=leading, found=found)


def _whole(text: str, start: int, end: int, colon: int, sign: str, lexicon: Lexicon, *, leading: bool, found: Sequence[Mark]) -> Mark | None:
    """The stretch as one label, if it reads like one; else the label that it ends in."""
    mark = _mark(text, start, end, colon + 1, _layout(text, start), lexicon, leading=leading)
    if mark is None:
        return None
    size = mark.end - mark.start
    if sign == "(" and not leading:
        return mark._replace(bracketed=True) if mark.sure >= MADE or (mark.sure == PLAUSIBLE and size <= 4) else None
    if leading:
        if mark.sure >= MADE or (mark.sure == PLAUSIBLE and not found):
            return mark if tidy(text[mark.start : mark.end]) not in words("tags", lexicon) else None
        return _ending(text, mark, lexicon, strict=True)
    if sign == "" and found and text[mark.start - 1].isspace():  # blanks alone stand between the colon before and this label
        return mark if mark.sure >= MADE or (mark.sure == PLAUSIBLE and size <= 8) else None
    if sign in ("", "?"):
        return _ending(text, mark, lexicon, strict=not found) or _cut(text, mark, lexicon)
    glued = (mark.sure == KNOWN and size > 7 or mark.sure == MADE and size > 8) and not text[mark.start : mark.end].isascii()
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
    cut = _mark(text, at, mark.end, mark.after, "colon", lexicon, leading=False)
    return cut if cut is not None and cut.sure >= PLAUSIBLE else None


def _after_blank(
    text: str, line: Line, end: int, colon: int, pieces: Sequence[str], found: Sequence[Mark], lexicon: Lexicon, *, wide: bool, leading: bool
) -> Mark | None:
    """The last of several words before a colon, if it is a label; all of them, if together they are one."""
    last = _mark(text, end - len(pieces[-1]), end, colon + 1, "colon", lexicon, leading=False)
    together = _mark(text, end - sum(map(len, pieces)) - (len(pieces) - 1), end, colon + 1, "colon", lexicon, leading=leading) if leading else None
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
    return "bold" if text.startswith(("**", "__"), start) else "bracket" if text[start - 1 : start + 1] in ("\u3010", "[") or text[start] in "\u3010[" or (start and text[start - 1] in "\u3010[") else "colon"


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """The label without decoration and a hint in brackets."""
    while start < end and text[start] in _OPENING:
        start += 1
    while end > start and text[end - 1] in _CLOSING:
        end -= 1
    if end > start and text[end - 1] == ")":
        opened = text.rfind("(", start + 1, end)
        if opened > start:
            return _bare(text, start, opened)
    return start, end


def label_within(folded: str) -> tuple[int, int]:
    """Where the label stands in a cell: without marks, a colon, and a hint in brackets."""
    if folded[-1:] in ")*_`:\u3011]" or folded[:1] in "*_`\u3010[":
        start, end = _bare(folded, 0, len(folded.rstrip(": ")))
        return (start, end) if end > start else (0, len(folded))
    return 0, len(folded)


# labels without a colon


def _enclosed(text: str, start: int, end: int, sign: str) -> tuple[int, int, int]:
    """The stretch between brackets that open at `start`, and what follows them; zeros when they do not close."""
    inside = _INSIDE.match(text, start + 1, end)
    if inside is None or text[inside.end() : inside.end() + 1] != _BRACKETS[sign]:
        return 0, 0, 0
    return inside.start(), inside.end(), inside.end() + 1


def _bracketed(text: str, first: int, last: int, sign: str, at: int, weak: list[tuple[int, str, Mark]], lexicon: Lexicon) -> Row:
    """Labels in brackets, their values behind them: 【落实人】工会 【落实时间】待定."""
    found: list[Mark] = []
    start = first
    while start >= 0:
        begins, ends, after = _enclosed(text, start, last, sign)
        mark = _mark(text, begins, ends, after, "bracket", lexicon, leading=start == first) if after else None
        if mark is not None and mark.sure > NONE and tidy(text[begins:ends]) not in words("tags", lexicon) and not (after == last and tidy(text[begins:ends]) in words("placeholders", lexicon)):
            mark = mark if after < last else mark._replace(whole=True, after=last)
            if start == first and mark.sure < KNOWN and text.find(sign, after, last) < 0:
                weak.append((at, sign, mark))
            else:
                found.append(mark)
        start = text.find(sign, max(start + 1, after), last)
    known = sum(mark.sure >= MADE for mark in found)
    return found if len(found) == 1 or 2 * known >= len(found) else [mark for mark in found if mark.sure >= KNOWN]


def _bold(text: str, first: int, last: int, lexicon: Lexicon) -> Row:
    """Labels in bold, their values behind them: **责任人** 电工 **期限** 5/8."""
    found: list[Mark] = []
    for match in _BOLD.finditer(text, first, last):
        leading = match.start() == first
        if match.end() >= last or not (leading or found):
            continue
        mark = _mark(text, *match.span(2), match.end(), "bold", lexicon, leading=leading)
        if mark is None or mark.sure == NONE or tidy(text[mark.start : mark.end]) in words("tags", lexicon):
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
    found = [_mark(text, edges[at] + 1, edges[at + 1], edges[at + 1] + 1, "colon", lexicon, leading=at == 0) for at in range(0, len(edges) - 1, 2)]
    labels = [mark for mark in found if mark is not None and mark.sure > NONE]
    return labels if len(labels) == len(found) and 2 * sum(mark.sure >= MADE for mark in labels) > len(labels) else ()


def _alone(text: str, line: Line, lexicon: Lexicon) -> Mark | None:
    """A line that is nothing but a label: a heading, or a known word by itself."""
    start, end = _bare(text, unnumbered(text, line), line.last)
    written = text[start:end]
    if not written or len(written) > 40 or tidy(written) in words("tags", lexicon):
        return None
    sure = grade(lexicon, written)
    key = keys_of(lexicon, written)[0]
    if line.heading:
        sign = text[line.first]
        layout = "bold" if sign in "*_" else "bracket" if sign == "\u3010" else "heading"
        return Mark(start, end, line.end, layout, sure, key, True, whole=True)
    if sure == EXACT and len(written) > 1 or (sure == KNOWN and _COUNTED.search(written)):
        return Mark(start, end, line.end, "heading", sure, key, True, whole=True)
    return Mark(start, end, line.end, "heading", sure, key, True, whole=True) if sure == MADE and not line.marked and len(written) <= 8 else None


_COUNTED = re.compile(r"[\d一二三四五六七八九十]$")
_LEADING_NUMBER = re.compile(r"(?:\*\*|__)?(?:\d{1,3}[.、)](?!\d)|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\))\s*")


def unnumbered(text: str, line: Line) -> int:
    """Where the content starts behind a number that follows the heading's own marker: `## 2. 决议`, `**二、决议**`."""
    match = _LEADING_NUMBER.match(text, line.first, line.last)
    return match.end() if match and match.end() < line.last else line.first


# labels that others bear out


def _support(text: str, lines: Sequence[Line], found: list[Row], weak: Sequence[tuple[int, str, Mark]], lexicon: Lexicon) -> None:
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
        brackets = way in _BRACKETS
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


# headings and lead-ins that turn out to be none


def _settle(text: str, lines: Sequence[Line], found: list[Row], lexicon: Lexicon) -> list[Row]:
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
        if row[0].leading and row[0].key in _HOLDS_A_LIST and not text[row[-1].after : line.last].strip(" *_`"):
            held = line.depth
        if row[0].sure >= KNOWN and len(row) == 1 and not (at == 0 and line.heading):
            continue
        kept = [mark for number, mark in enumerate(row) if (mark.sure >= KNOWN and not (at == 0 and line.heading)) or mark.whole or not _leads_in(text, lines, found, at, number, lexicon)]
        if len(kept) < len(row):
            found[at] = kept
    return found


def _leads_in(text: str, lines: Sequence[Line], found: Sequence[Row], at: int, number: int, lexicon: Lexicon) -> bool:
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
    if not last:
        return mark.sure < (KNOWN if mark.layout == "bracket" else MADE)
    if not mark.leading:
        return number == 0
    if _TITLED.search(written) or written.startswith("各"):
        return True
    following = at + 1 < len(lines) and lines[at + 1]
    if at < _FIRST_LINES and following and (following.after_blank or mark.sure < MADE) and not _is_list(lines, at):
        return not found[at + 1] or mark.sure < MADE
    beside = at > 0 and not line.after_blank and bool(found[at - 1]) and found[at - 1][0].leading and not found[at - 1][0].whole
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


# values


def values(text: str, lines: Sequence[Line], found: Sequence[Row], lexicon: Lexicon) -> Iterable[tuple[int, Mark, int, int]]:
    """Every label with the number of its line and the stretch of its value."""
    for index, row in enumerate(found):
        last = len(row) - 1
        for at, mark in enumerate(row):
            line = lines[index]
            start, end = _on_line(text, line, mark, row[at + 1].start if at < last else line.end)
            if at == last and not mark.bracketed:
                start, end = _continued(text, lines, found, index, start, end, lexicon)
            yield index, mark, start, end


def _on_line(text: str, line: Line, mark: Mark, limit: int) -> tuple[int, int]:
    start, end = min(mark.after, limit), limit
    if mark.bracketed or (not mark.leading and _opened(text, line.first, mark.start)):
        close = _closing(text, start, end)
        end = close if close >= 0 else end
    while start < end and (text[start] in " \t`\u00a0|" or text[start].isspace() or text.startswith(("**", "__ "), start)):
        start += 2 if text[start] in "*_" else 1
    while end > start and ((sign := text[end - 1]) in _TAIL or sign in "([\u3010\u300c<" or sign.isspace() or text.endswith("**", start, end)):
        end -= 2 if sign == "*" else 1
    while (cut := _BREAK.search(text, start, end)) and cut.end() >= end:
        end = cut.start()
    if end - start > 1 and text[end - 1] == "\\" and text[end - 2].isspace():  # a line break of Markdown
        end = len(text[start : end - 1].rstrip()) + start
    if limit < line.end:
        while end - start > 1 and (text[end - 1] in _BEFORE_NEXT or (text[end - 1] == "-" and text[end - 2] == " ")):
            end -= 1
    if not mark.leading and mark.key in _PERSONS and (dated := _THEN_A_DATE.search(text, start, end)):
        end = dated.start()  # …,责任人:张三,6月5日前: the day is not part of the name
    return start, end


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


def _continued(text: str, lines: Sequence[Line], found: Sequence[Row], index: int, start: int, end: int, lexicon: Lexicon) -> tuple[int, int]:
    """The value of the last label of a line with the lines that go on with it: list items, deeper lines, what follows an empty label."""
    line, mark = lines[index], found[index][-1]
    depth = _depth(line, found[index])
    said = end > start
    if said and (index + 1 == len(lines) or not _wraps(text, line, start, lines[index + 1], found[index + 1], depth)):
        return start, end
    taken = nested = False
    before = found[index - 1] if index and not line.after_blank else ()
    alone_in_form = not mark.whole and bool(before) and before[0].leading and not before[0].whole  # one of several lines that are a label and a value
    chapters = 0 if said or mark.whole else _chapters(text, lines, found, index, mark)
    for at in range(index + 1, len(lines)):
        below, marks = lines[at], found[at]
        if _depth(below, marks) <= depth and (below.heading or line.heading or mark.whole) and not (chapters and below.depth == chapters and not _known_field(marks)):
            break
        if said and not _wraps(text, line, start, below, marks, depth):
            break
        anew = _known_field(marks) if chapters else _starts_anew(below, marks, taken=taken)
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
        if (taken or said) and not below.marked and _says_to_readers(text, below, lexicon):
            break
        start = start if taken or said else below.start + (2 if text.startswith((": ", "> "), below.start) else 0)
        taken, end = True, below.end
    return start, end


def _says_to_readers(text: str, line: Line, lexicon: Lexicon) -> bool:
    """Whether a line is a remark or a closing phrase (注:…, 此致)."""
    colon = text.find(":", line.first, min(line.last, line.first + 8))
    return _CLOSING_WORDS.match(text, line.first) is not None or (colon > 0 and text[line.first : colon] in words("never", lexicon))


def _chapters(text: str, lines: Sequence[Line], found: Sequence[Row], index: int, mark: Mark) -> int:
    """The depth of a list numbered like chapters right below a label for lists (议程: 一、… 二、…); 0 where there is none."""
    if index + 1 == len(lines) or mark.key not in _HOLDS_A_LIST:
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


def _depth(line: Line, found: Row) -> int:
    """A line that is a label by itself heads what follows."""
    return min(line.depth, BARE - 1) if found and found[0].whole and not line.marked else line.depth


def _wraps(text: str, line: Line, start: int, below: Line, found: Row, depth: int) -> bool:
    """Whether a line belongs to a value that starts on the line of its label."""
    if below.depth <= depth or below.after_blank or (found and found[0].leading):
        return False
    return below.indent > line.indent or (below.marked and text[start : start + 1] in ("1", "(", "\u2460", "-"))


def _starts_anew(below: Line, found: Row, *, taken: bool) -> bool:
    """Whether a line no deeper than an empty label starts something else."""
    labelled = bool(found) and found[0].leading
    return (labelled and (found[0].sure >= MADE or taken or below.after_blank)) or (below.after_blank and taken)
