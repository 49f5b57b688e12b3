"""Lines that begin a message of a chat log: who and when, in the orders and marks of the programs."""

from __future__ import annotations

import re

from attrs import frozen

from commlint_chat.stamps import CLOCK, FULL, SHORT

_NAME = r"(?P<name>[^\s:\uff1a\[\]|>#\uff08(\u3010\u300c\"\u201c][^:\uff1a\n\[\]|]{0,39}?)"
_OPEN, _SHUT = r"[\[\uff3b\u3010(\uff08]", r"[\]\uff3d\u3011)\uff09]"
_GAP = r"[ \t\u3000]{1,12}"
_ANY = rf"(?:{FULL}|{SHORT}|{CLOCK})"

# 2026-05-21 09:30 张三: …   [09:30] 张三: …   2026/5/21, 09:30 - Zhang San: …   [5/21/24, 9:30:12 AM] Zhang San: …
_INLINE = re.compile(
    rf"[ \t]{{0,8}}\u200e?(?:{_OPEN}(?P<boxed>{_ANY}){_SHUT}[ \t]{{0,3}}(?:[-\u2013|,][ \t]{{0,3}})?|(?P<when>{_ANY})(?:[ \t]{{0,3}}[-\u2013|,][ \t]{{0,3}}|{_GAP}))(?:<(?P<angle>[^<>\n]{{1,40}})>|{_NAME})[ \t]{{0,3}}[:\uff1a](?![/\d])[ \t]?(?P<text>[^\n]*)",
    re.IGNORECASE,
)
# 张三 2026/5/21 09:30   张三(2026/5/21 09:30):   Zhang San: 2026-05-21 09:30   Layla, [03.12.24 08:45]   张三 2026-05-21 09:30: …
_BY_NAME = re.compile(
    rf"[ \t]{{0,8}}{_NAME}[ \t\u3000]{{0,12}}(?:[:\uff1a,\uff0c|][ \t]{{0,3}})?[(\uff08\[]?(?P<when>{FULL}|{SHORT})[)\uff09\]]?[ \t]{{0,3}}(?:[:\uff1a][ \t]?(?P<text>[^\n]+)|[:\uff1a]?[ \t]*$)",
    re.IGNORECASE,
)
# 张三 09:30   Grace Liu  9:14 AM   — below a line with the day
_BY_NAME_CLOCK = re.compile(rf"[ \t]{{0,8}}{_NAME}{_GAP}(?P<when>{CLOCK})[ \t]*$", re.IGNORECASE)
# 2026-05-21 09:30:12 张三(1001)   Nov 4, 2024 3:15 PM  Olive Tan
_BY_TIME = re.compile(rf"[ \t]{{0,8}}{_OPEN}?(?P<when>{FULL}){_SHUT}?{_GAP}{_NAME}[ \t]*[:\uff1a]?[ \t]*$", re.IGNORECASE)
# the time alone, on the line below the name
_TIME_LINE = re.compile(rf"[ \t]{{0,8}}[(\uff08\[]?(?P<when>{_ANY})[)\uff09\]]?[ \t]*$", re.IGNORECASE)
_NAME_LINE = re.compile(r"[ \t]{0,8}(?P<name>[^\s:\uff1a\[\]|>#@\u3010\u300c\"\u201c-][^:\uff1a\n\[\]|\u3002\uff0c,;\uff1b!\uff01?\uff1f]{0,29})[ \t]*$")
_NUMBER = re.compile(r"[(\uff08<](?:\d{3,}|[^()<>\uff08\uff09\s]{1,60}@[^()<>\uff08\uff09\s]{1,60})[)\uff09>]$")
_NO_SPEAKER = re.compile(r"(?:会议|開會|沟通|召开|开始|结束|截止|导出|起止|日期|时间|時間|地点|创建|更新|提交|发布|完成|time|date|due|deadline|start|end|when|updated|created)(?:时间|日期)?$|\d{1,2}[.、]", re.IGNORECASE)


@frozen
class Head:
    """The beginning of a message: its sender, its time as written, where its text begins on the line (-1: below).

    `dated` when the time says a day; `lines` counts the lines of the head.
    """

    name: str
    when: str
    text: int
    dated: bool
    lines: int = 1


def head(line: str, following: str, before: str) -> Head | None:
    """The head that begins on `line`, None when it begins no message; `following` and `before` are its neighbours."""
    if ":" not in line and "\uff1a" not in line:
        return _two_lines(line, following, before)
    short = line[:160]
    inline = _INLINE.match(short)
    if inline is not None:
        when = inline["boxed"] or inline["when"]
        at = inline.start("text")
        return Head(tidy(inline["angle"] or inline["name"]), when, at, _dated(when))
    timed = _BY_TIME.match(line) if len(line) <= 120 else None
    if timed is not None:
        return Head(tidy(timed["name"]), timed["when"], -1, True)
    named = _BY_NAME.match(short)
    if named is not None and not _NO_SPEAKER.search(named["name"].strip()) and (named["text"] is not None or len(line) <= 120):
        return Head(tidy(named["name"]), named["when"], named.start("text") if named["text"] is not None else -1, True)
    clocked = _BY_NAME_CLOCK.match(line) if len(line) <= 80 else None
    if clocked is not None and not _NO_SPEAKER.search(clocked["name"].strip()):
        return Head(tidy(clocked["name"]), clocked["when"], -1, False)
    return None


def _two_lines(line: str, following: str, before: str) -> Head | None:
    """A name by itself over a time by itself, an empty line above."""
    if before.strip() or not following or len(line) > 40 or len(following) > 60:
        return None
    timed = _TIME_LINE.match(following)
    named = _NAME_LINE.match(line) if timed is not None else None
    if named is None or timed is None:
        return None
    return Head(tidy(named["name"]), timed["when"], -1, _dated(timed["when"]), lines=2)


_FULL = re.compile(rf"{FULL}|{SHORT}", re.IGNORECASE)


def _dated(when: str) -> bool:
    return _FULL.match(when) is not None


def tidy(name: str) -> str:
    """A name without the number or address that some programs put behind it."""
    return _NUMBER.sub("", name.strip()).strip(" \t,\uff0c")
