"""Lines that begin a message of a chat log: who and when, in the orders and marks of the programs."""

from __future__ import annotations

import re

from attrs import frozen

from commlint_chat.events import is_event
from commlint_chat.stamps import CLOCK, FULL, SHORT, WEEKDAY

_CHARACTER = r"(?:[^:\uff1a\n\[\]|\t]|(?<=\S)\|(?=\S))"
_RANK = r"(?:\u3010[^\u3010\u3011\n\d]{1,12}\u3011|\[[^\[\]\n\d:]{1,12}\](?=[^\s\[]))?"  # 【群主】张三
_NAME = rf"(?P<name>(?!\d{{1,4}}[-/.:\uff1a年月]){_RANK}[^\s:\uff1a\[\]|><#\uff08(\u3010\u300c\"\u201c]{_CHARACTER}{{0,39}}?)"
_OPEN, _SHUT = r"[\[\uff3b\u3010(\uff08]", r"[\]\uff3d\u3011)\uff09]"
_GAP = r"[ \t\u3000]{1,12}"
_LEAD = r"[ \t]{0,8}(?:[-*\u2022] )?\*{0,2}\u200e?"
_SAYS = r"(?:[ \t]{0,2}(?:说道?|說道?|发言|写道|says?|said|wrote))?"
_ANY = rf"(?:{FULL}|{SHORT}|{CLOCK})"
_COLON = r"\*{0,2}[ \t]{0,3}[:\uff1a]\*{0,2}(?![/\d])[ \t]?"

# 2026-05-21 09:30 张三: …   [09:30] 张三: …   2026/5/21, 09:30 - Zhang San: …   [5/21/24, 9:30:12 AM] Zhang San: …
_INLINE = re.compile(
    rf"{_LEAD}(?:{_OPEN}(?P<boxed>{_ANY}){_SHUT}[ \t]{{0,3}}(?:[-\u2013\u2014|,][ \t]{{0,3}})?|(?P<when>{_ANY})\*{{0,2}}(?:[ \t]{{0,3}}[-\u2013\u2014|,\uff0c][ \t]{{0,3}}|{_GAP}))\*{{0,2}}(?:<(?P<angle>[^<>\n]{{1,40}})>[ \t]{{0,3}}[:\uff1a]?[ \t]?|{_NAME}{_SAYS}{_COLON})(?P<text>[^\n]*)",
    re.IGNORECASE,
)
# 10:30<tab>张三<tab>…   2026-05-21 09:30 | 张三 | …   2026-05-21 09:30,张三,…
_COLUMNS = re.compile(rf"{_LEAD}\|?[ ]{{0,3}}(?P<when>{_ANY})[ ]{{0,3}}(?P<sign>[|,\t])[ ]{{0,3}}(?P<name>[^|,\t\n:\uff1a]{{1,30}}?)[ ]{{0,3}}(?P=sign)[ ]{{0,3}}(?P<text>[^\n]*)", re.IGNORECASE)
_NAME_COLUMNS = re.compile(rf"{_LEAD}\|?[ ]{{0,3}}(?P<name>[^|,\t\n:\uff1a]{{1,30}}?)[ ]{{0,3}}(?P<sign>[|\t])[ ]{{0,3}}(?P<when>{_ANY})[ ]{{0,3}}(?P=sign)[ ]{{0,3}}(?P<text>[^\n]*)", re.IGNORECASE)
# [张三 09:30] …   【张三 2026-05-21 09:30】…
_BOXED = re.compile(rf"{_LEAD}[\[\u3010](?!{WEEKDAY})(?P<name>[^\d\s\[\]\u3010\u3011:\uff1a][^\[\]\u3010\u3011:\uff1a\n]{{0,29}}?){_GAP}(?P<when>{_ANY})[\]\u3011][ \t]?[:\uff1a]?[ \t]?(?P<text>[^\n]*)", re.IGNORECASE)
# 张三 2026/5/21 09:30   张三(2026/5/21 09:30):   Zhang San: 2026-05-21 09:30   Layla, [03.12.24 08:45]   张三 2026-05-21 09:30: …
_BY_NAME = re.compile(
    rf"{_LEAD}{_NAME}\*{{0,2}}[ \t\u3000]{{0,12}}(?:[:\uff1a,\uff0c|\u2014\u2013\u2022\u00b7-][ \t]{{0,3}})?[(\uff08\[]?(?P<when>{FULL}|{SHORT})[)\uff09\]]?{_SAYS}[ \t]{{0,3}}(?:[:\uff1a][ \t]?(?P<text>[^\n]+)|[:\uff1a]?[ \t]*$)",
    re.IGNORECASE,
)
# 张三 09:30   Grace Liu  9:14 AM   张三(09:30:12): …   below a line with the day
_BY_NAME_CLOCK = re.compile(
    rf"{_LEAD}{_NAME}\*{{0,2}}(?:(?:{_GAP}|[ \t]{{0,3}}[,\uff0c|\u2014\u2013\u2022\u00b7-][ \t]{{0,3}})(?P<when>{CLOCK})|[ \t]{{0,3}}{_OPEN}(?P<boxed>{CLOCK}){_SHUT}){_SAYS}[ \t]{{0,3}}(?:[:\uff1a][ \t]?(?P<text>[^\n]+)|[:\uff1a]?[ \t]*$)",
    re.IGNORECASE,
)
# 2026-05-21 09:30:12 张三(1001)   Nov 4, 2024 3:15 PM  Olive Tan   [5/21 9:30 AM] Olive Tan
_BY_TIME = re.compile(rf"{_LEAD}(?:(?P<when>{FULL}|{SHORT}(?<=\d\d))|{_OPEN}(?P<boxed>{_ANY}){_SHUT})(?:{_GAP}|[ \t]{{0,3}}[-\u2013\u2014|,\uff0c][ \t]{{0,3}}|(?<=[\]\uff3d\u3011)\uff09]))\*{{0,2}}{_NAME}\*{{0,2}}{_SAYS}[ \t]*[:\uff1a]?[ \t]*$", re.IGNORECASE)
# 09:30:12 张三   with the text below
_BY_CLOCK = re.compile(rf"{_LEAD}(?P<when>{CLOCK}){_GAP}{_NAME}[ \t]*$", re.IGNORECASE)
_TOLD = re.compile(rf"{_LEAD}(?:{_OPEN}(?P<boxed>{_ANY}){_SHUT}|(?P<when>{_ANY}))[ \t\u3000]{{0,12}}(?:[-\u2013\u2014|,\uff0c][ \t]{{0,3}})?(?P<rest>[^\n]{{2,150}})$", re.IGNORECASE)
# the time alone, on the line below the name
_TIME_LINE = re.compile(rf"[ \t]{{0,8}}[(\uff08\[]?(?P<when>{_ANY})[)\uff09\]]?[ \t]*$", re.IGNORECASE)
_NAME_LINE = re.compile(r"[ \t]{0,8}\*{0,2}(?P<name>[^\s:\uff1a\[\]|>#@*\u300c\"\u201c-][^:\uff1a\n\[\]|\u3002\uff0c,;\uff1b!\uff01?\uff1f*]{0,29})\*{0,2}[ \t]*[:\uff1a]?[ \t]*$")
# 张三: … in a log without times
_SPEAKER = re.compile(r"[ \t]{0,8}(?P<name>[^\s:\uff1a\[\]|>#@\u300c\"\u201c\d-][^:\uff1a\n\[\]|\u3002\uff0c,;\uff1b!\uff01?\uff1f]{0,19})[ \t]?[:\uff1a](?!//)[ \t]?(?P<text>[^\n]*)")
_NUMBER = re.compile(r"[(\uff08<](?:\d{3,}|[^()<>\uff08\uff09\s]{1,60}@[^()<>\uff08\uff09\s]{1,60})[)\uff09>]$")
_ACCOUNT = re.compile(r"(?<=[\u3400-\u9fff])[(\uff08<](?=[^()<>]*[a-z0-9])[A-Za-z0-9._-]{2,40}[)\uff09>]$")  # of a Chinese name: 张三(zhangsan)
_RANKED = re.compile(r"^(?:\u3010[^\u3010\u3011\n]{1,12}\u3011|\[[^\[\]\n]{1,12}\])(?=.)")
_TO = re.compile(r"^(?P<who>.{1,30}?)[ \t]{1,3}(?:回复了?|回覆了?|回應|答复|replied to|replying to|in reply to|\u2192|->|=>)[ \t]{1,3}@?(?P<whom>[^\s].{0,29})$", re.IGNORECASE)
_FROM_TO = re.compile(r"^from[ \t]{1,4}(?P<who>.{1,40}?)(?:[ \t]{1,4}to[ \t]{1,4}.{1,40})?$", re.IGNORECASE)
_NO_SPEAKER = re.compile(r"(?:会议|開會|沟通|召开|开始|结束|截止|导出|起止|日期|时间|時間|地点|创建|更新|提交|发布|完成|time|date|due|deadline|start|end|when|updated|created)(?:时间|日期)?$|(?<![a-z])(?:note|ps|from|at|on|by)$|\d{1,2}[.、]|(?:截至|截止|预计|计划|定于|改到|约在|大概|今天|明天|昨天|上午|下午|周[一二三四五六日])", re.IGNORECASE)


@frozen
class Head:
    """The beginning of a message: its sender, its time as written, where its text begins on the line (-1: below).

    `dated` when the time says a day; `lines` counts the lines of the head; `sure` unless only a name behind a clock tells it.
    `account` is the number, address or id that stands behind the name.
    """

    name: str
    when: str
    text: int
    dated: bool
    lines: int = 1
    sure: bool = True
    account: str = ""


def head(line: str, following: str, before: str) -> Head | None:
    """The head that begins on `line`, None when it begins no message; `following` and `before` are its neighbours."""
    if not any(mark in line for mark in ":\uff1a点时時"):
        return _two_lines(line, following, before)
    short = line[:160]
    clock = _CLOCK_AT.search(short)
    if clock is None:
        return _two_lines(line, following, before)
    first = short.lstrip(" \t-*\u2022\u200e")[:1]
    patterns = [_COLUMNS, _INLINE] if _may_be_time(first) else []
    patterns += [_NAME_COLUMNS] if "|" in line or "\t" in line else []
    for pattern in patterns + ([_BOXED] if first in "[\u3010" else []):
        match = pattern.match(short)
        if match is not None:
            found = match.groupdict()
            when = found.get("boxed") or found["when"]
            return _head(found.get("angle") or found["name"], when, match.start("text"), _dated(when))
    timed = _BY_TIME.match(line) if _may_be_time(first) and len(line) <= 120 else None
    if timed is not None:
        when = timed["when"] or timed["boxed"]
        return _head(timed["name"], when, -1, _dated(when))
    named = _behind_name(line, short, following) if _ENDS_A_HEAD.match(short, clock.end()) or first.isdecimal() or first in _OPEN_TIMES else None
    return named or (_told(short) if _may_be_time(first) else None)


def _may_be_time(first: str) -> bool:
    """Whether a line that begins so can begin with a time: most lines of a log are told apart by their first character."""
    return first.isdecimal() or first.isascii() or first in _OPEN_TIMES


def _behind_name(line: str, short: str, following: str) -> Head | None:
    for pattern, dated in ((_BY_NAME, True), (_BY_NAME_CLOCK, False)):
        match = pattern.match(short)
        if match is not None and not _NO_SPEAKER.search(match["name"].strip()) and (match["text"] is not None or len(line) <= 120):
            when = match["when"] or match["boxed"] if not dated else match["when"]
            return _head(match["name"], when, match.start("text") if match["text"] is not None else -1, dated)
    clocked = _BY_CLOCK.match(line) if len(line) <= 60 and following.strip() else None
    if clocked is not None and not _BY_CLOCK.match(following):
        return _head(clocked["name"], clocked["when"], -1, False, sure=False)
    return None


def _told(line: str) -> Head | None:
    """A time and what the program says, longer than any name."""
    match = _TOLD.match(line)
    if match is None or not is_event(match["rest"].strip()):
        return None
    when = match["boxed"] or match["when"]
    return Head(match["rest"].strip(), when, -1, _dated(when))


def _two_lines(line: str, following: str, before: str) -> Head | None:
    """A name by itself over a time by itself, an empty line above."""
    if not following or len(line) > 40 or len(following) > 60 or (before.strip() and following[:2] != "  "):
        return None
    timed = _TIME_LINE.match(following)
    named = _NAME_LINE.match(line) if timed is not None else None
    if named is None or timed is None:
        return None
    return _head(named["name"], timed["when"], -1, _dated(timed["when"]), lines=2)


# 发送人: 张三  over  时间: 2024-05-22 10:30, in either order; the text stands below, behind 内容: or by itself
_SENDER_FIELD = re.compile(r"[ \t]{0,8}(?:发送人|发送者|发言人|发信人|发言者|昵称|发件人|sender|from|user|name|author)[ \t]{0,3}[:\uff1a][ \t]{0,3}(?P<name>[^\n:\uff1a]{1,40}?)[ \t]*$", re.IGNORECASE)
_TIME_FIELD = re.compile(rf"[ \t]{{0,8}}(?:发送时间|时间|时刻|发言时间|日期|time|date|sent|timestamp)[ \t]{{0,3}}[:\uff1a][ \t]{{0,3}}(?P<when>{_ANY})[ \t]*$", re.IGNORECASE)
TEXT_FIELD = re.compile(r"[ \t]{0,8}(?:消息内容|发言内容|内容|消息|正文|content|message|text)[ \t]{0,3}[:\uff1a][ \t]{0,3}", re.IGNORECASE)


def labelled(line: str, following: str) -> Head | None:
    """A head of two labelled lines, of who and when."""
    if len(line) > 120 or len(following) > 120:
        return None
    for sender, when in ((line, following), (following, line)):
        named, timed = _SENDER_FIELD.match(sender), _TIME_FIELD.match(when)
        if named is not None and timed is not None:
            return _head(named["name"], timed["when"], -1, _dated(timed["when"]), lines=2)
    return None


def time_first(line: str, following: str) -> Head | None:
    """A time by itself over a name by itself."""
    timed = _TIME_LINE.match(line) if len(line) <= 60 else None
    named = _NAME_LINE.match(following) if timed is not None and len(following) <= 40 else None
    return _head(named["name"], timed["when"], -1, _dated(timed["when"]), lines=2) if timed is not None and named is not None else None


def time_line(line: str) -> str:
    """The time that stands on a line by itself, empty for other lines."""
    match = _TIME_LINE.match(line) if len(line) <= 60 else None
    return match["when"] if match else ""


_SPACED = re.compile(rf"(?P<when>{CLOCK})[ \t](?P<name>[^\s:\uff1a]{{1,30}})[ \t](?P<text>[^\n]*\S)[ \t]*$", re.IGNORECASE)
_ALONE = re.compile(r"[ \t]{0,4}(?P<name>[^\s:\uff1a\d][^:\uff1a\n\d\uff0c\u3002,]{1,15})[:\uff1a][ \t]*$")
_LABEL = re.compile(r"(?:人|者|方|时间|地点|日期|事项|内容|议题.{0,3}|主题|情况|进展|结论|问题|说明|备注|要求|安排|计划|部门|单位|名称|编号|附件|如下|agenda|owner|notes?|date|time|status|action items?)$", re.IGNORECASE)


def spaced(line: str) -> Head | None:
    """A clock, a name without blanks and the text, a blank between them."""
    match = _SPACED.match(line) if len(line) <= 4000 else None
    return _head(match["name"], match["when"], match.start("text"), False) if match is not None else None


def is_clock(line: str) -> bool:
    """Whether hours and minutes are all there is."""
    return len(line) <= 12 and re.fullmatch(r"[ \t]*\d{1,2}:\d{2}(?: ?[ap]m)?[ \t]*", line, re.IGNORECASE) is not None


def name_line(line: str) -> str:
    """The name that stands before a colon by itself, empty for labels of forms and other lines."""
    match = _ALONE.match(line) if len(line) <= 24 else None
    name = match["name"].strip() if match else ""
    return "" if _LABEL.search(name) or _NO_SPEAKER.search(name) else name


def speaker(line: str) -> Head | None:
    """A name and a colon: the head of a message in a log without times."""
    match = _SPEAKER.match(line[:160])
    return _head(match["name"], "", match.start("text") if match["text"] else -1, False) if match else None


_OPEN_TIMES = frozenset("\uff3b\u3010\uff08周星週礼上下早中晚凌清傍昨今前日时時")
_CLOCK_AT = re.compile(r"\d[:\uff1a点时時]\d{2}(?:[:\uff1a分]\d{2}秒?)?分?")
_ENDS_A_HEAD = re.compile(rf"(?:[.,]\d{{1,3}})?(?:Z|[+-]\d{{2}}:?\d{{2}})?[ \t\u202f]?(?:[ap]\.?m\.?|上午|下午|晚上)?[ \t)\uff09\]\u3011\uff3d*]{{0,4}}(?:$|[:\uff1a]|{_SAYS}[ \t]{{0,3}}(?:$|[:\uff1a]))", re.IGNORECASE)
_FULL = re.compile(rf"{FULL}|{SHORT}", re.IGNORECASE)


def _dated(when: str) -> bool:
    return _FULL.match(when) is not None


def addressed(name: str) -> tuple[str, str]:
    """Of "张三 回复 李四" who speaks and whom he answers; empty where the name says nobody."""
    match = _TO.match(name)
    return (match["who"].strip(), match["whom"].strip()) if match else (name, "")


def _head(name: str, when: str, text: int, dated: bool, lines: int = 1, *, sure: bool = True) -> Head:
    whole = name.strip(" \t*\u200e")
    found = _NUMBER.search(whole) or _ACCOUNT.search(whole)
    return Head(tidy(name), when, text, dated, lines, sure, found[0][1:-1] if found else "")


def tidy(name: str) -> str:
    """A name without the number or address that some programs put behind it, the rank before it, and "From … to …"."""
    whole = name.strip(" \t*\u200e")
    bare = _RANKED.sub("", _ACCOUNT.sub("", _NUMBER.sub("", whole))).strip(" \t,\uff0c*")
    sent = _FROM_TO.match(bare)
    return sent["who"].strip() if sent else bare
