"""Chat logs as lines of text, in the layouts that programs export and people copy.

    2026-05-21 09:30 张三: …          time, name, text
    [2026-05-21 09:30:12] 张三: …     the same in brackets; with a date line above, the clock alone
    2026/5/21, 09:30 - Zhang San: …   the same with a dash
    张三 2026/5/21 09:30              name and time, the text on the lines below (WeChat, Feishu, WeCom)
    2026-05-21 09:30:12 张三(1001)    time and name, the text on the lines below (QQ)

A line that begins no message goes on with the one before. Date lines and system messages are no messages.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, tzinfo

from attrs import frozen

from commlint.model.reading.stamp import STAMP, from_match
from commlint.model.span import Span

_NAME = r"(?P<name>[^\s:\uff1a\[\]|>#][^:\uff1a\n\[\]|]{0,39}?)"
_DAY = r"(?:\d{4}[ \t]{0,2}[-/.年][ \t]{0,2}\d{1,2}[ \t]{0,2}[-/.月][ \t]{0,2}\d{1,2}[ \t]{0,2}日?|\d{1,2}[/月]\d{1,2}日?)"
_WEEKDAY = r"(?:[(\uff08]?(?:星期|周|週)[一二三四五六日天][)\uff09]?)"
_HALF = r"(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|[AaPp][Mm])"
_CLOCK = r"\d{1,2}[:\uff1a]\d{2}(?:[:\uff1a]\d{2})?"
_WHEN = rf"(?P<when>(?:{_DAY}(?:[T,\uff0c]?[ \t]{{0,3}}))?{_WEEKDAY}?[ \t]{{0,3}}{_HALF}?[ \t]{{0,3}}{_CLOCK}(?:[ \t]?{_HALF})?)"
_OPEN, _SHUT = r"[\[\uff3b\u3010(\uff08]", r"[\]\uff3d\u3011)\uff09]"

_INLINE = re.compile(rf"[ \t]{{0,8}}{_OPEN}?{_WHEN}{_SHUT}?(?:[ \t]{{0,3}}[-\u2013|,][ \t]{{0,3}}|[ \t]{{1,4}}|(?<=[\]\u3011]))(?:<(?P<angle>[^<>\n]{{1,40}})>|{_NAME})[ \t]{{0,3}}[:\uff1a](?![/\d])[ \t]?(?P<text>[^\n]*)")
_BY_NAME = re.compile(rf"[ \t]{{0,8}}{_NAME}[ \t]{{0,3}}[(\uff08\[]?(?P<when>{_WHEN[len('(?P<when>') : -1]})[)\uff09\]]?[ \t]{{0,3}}(?:[:\uff1a][ \t]?(?P<text>[^\n]+)|[:\uff1a]?[ \t]*$)")
_BY_TIME = re.compile(rf"[ \t]{{0,8}}(?P<when>{_DAY}[T,\uff0c]?[ \t]{{0,3}}{_WEEKDAY}?[ \t]{{0,3}}{_HALF}?[ \t]{{0,3}}{_CLOCK})[ \t]{{1,4}}{_NAME}[ \t]*$")
_DATE_LINE = re.compile(rf"[ \t\u2014\u2500=*#-]*{_OPEN}?(?P<day>{_DAY}){_SHUT}?[ \t]{{0,3}}{_WEEKDAY}?[ \t\u2014\u2500=*#-]*$")
_RULE_LINE = re.compile(r"[ \t]*[-=\u2014\u2500*_]{4,}[ \t]*$")
_SYSTEM_NAME = re.compile(r"(?:系统(?:消息|通知|提示)?|系統(?:訊息|消息|通知)?|system(?: message)?|群助手|群通知|群公告提醒)$", re.IGNORECASE)
_EVENT = re.compile(
    r"[^\n\uff0c\u3002,:\uff1a]{0,60}(?:加入(?:了)?(?:本)?群(?:聊|組|组)|邀请[^\n]{1,40}加入(?:了)?群聊|邀請[^\n]{1,40}加入(?:了)?群組|移出(?:了)?群聊|退出(?:了)?群聊|撤回了一条消息|撤回了一則訊息|修改群名为[^\n]{1,60}|拍了拍[^\n]{1,30}"
    r"|joined the (?:group|channel)|left the (?:group|channel)|recalled a message|deleted this message)[^\n\uff0c\u3002,]{0,10}$",
    re.IGNORECASE,
)  # what the program says of itself: a whole line, no sentence around it
_WITHDRAWN = re.compile(r"[\[\u3010(\uff08]?(?:此消息已撤回|消息已撤回|撤回了一条消息|this message was deleted|message recalled)[\]\u3011)\uff09]?$", re.IGNORECASE)
_GROUP_LINE = re.compile(r"[ \t\ufeff]*(?:群聊名称|群名称|群名|群聊|群組|群组|群名稱|聊天群|group|chat|channel)[ \t]*[:\uff1a][ \t]*(?P<group>[^\n]{1,120})$", re.IGNORECASE)
_REPLY = re.compile(r"[\u300c\u201c][^\n]{1,60}[:\uff1a][^\u300d\u201d]{0,5000}[\u300d\u201d][ \t]*\n[ \t]*(?:[-\u2014][ \t]?){5,}[ \t]*\n")
_SHORT_DAY = re.compile(r"(\d{1,2})[/月](\d{1,2})")


@frozen
class Line:
    """A message as it stands: who, when (None when the log does not say a date), and its text in the log."""

    sender: str
    sent_at: datetime | None
    text: Span
    system: bool = False


@frozen
class Log:
    """What a log holds: its messages in order, and the group's name with its place where a line says it."""

    messages: tuple[Line, ...]
    group: Span | None = None


def parse(text: str, zone: tzinfo) -> Log:
    """The messages of `text`, whose only line break is "\\n"."""
    reading = _Reading(zone)
    start = 0
    for line in text.split("\n"):
        reading.take(line, start)
        start += len(line) + 1
    return reading.log(text)


def quoted(text: str) -> int:
    """How many characters at the start of a message quote an earlier one: in corner marks, over a dashed line (WeChat)."""
    match = _REPLY.match(text)
    return match.end() if match else 0


def is_log(text: str) -> bool:
    """Whether the beginning of a text reads like a chat log: messages where a document has sentences."""
    lines = [line for line in text.split("\n", 200)[:200] if line.strip()][:40]
    begun = sum(_begins(line) for line in lines)
    dated = any(_DATE_LINE.match(line) for line in lines)
    if not begun:
        return False
    first = next(number for number, line in enumerate(lines) if _begins(line))
    heads = all(_GROUP_LINE.match(line) or _DATE_LINE.match(line) or _RULE_LINE.match(line) for line in lines[:first])
    return begun >= 2 if not heads else begun >= 2 or dated or first < len(lines)


def _begins(line: str) -> bool:
    return bool(_INLINE.match(line) or _BY_TIME.match(line) or (_by_name(line) is not None))


def _by_name(line: str) -> re.Match[str] | None:
    """A line "name time": the time must say a day, else 地点 9:00 would be a message."""
    match = _BY_NAME.match(line[:120])
    return match if match and re.match(_DAY, match["when"]) and len(line) <= 110 + len(match["text"] or "") else None


class _Reading:
    """A walk over the lines of a log."""

    def __init__(self, zone: tzinfo) -> None:
        self.zone = zone
        self.day: date | None = None
        self.group: Span | None = None
        self.heads: list[tuple[str, datetime | None]] = []
        self.bodies: list[list[int]] = []  # first and last offset of each message's text

    def take(self, line: str, start: int) -> None:
        if self._message(line, start) or not line.strip():
            return
        dated = _DATE_LINE.match(line)
        if dated:
            self.day = self._date(dated["day"]) or self.day
        elif not self.heads:
            named = _GROUP_LINE.match(line)
            if named and self.group is None:
                first = start + named.start("group")
                self.group = Span(first, first + len(named["group"].rstrip()))
        elif not (_RULE_LINE.match(line) or _told(line)):
            self._continue(line, start)

    def log(self, text: str) -> Log:
        found = []
        for (sender, sent), (first, last) in zip(self.heads, self.bodies, strict=True):
            words = text[first:last]
            left = len(words) - len(words.lstrip())
            span = Span(first + left, first + max(left, len(words.rstrip())))
            found.append(Line(sender, sent, span, system=_is_system(sender, span.of(text))))
        return Log(tuple(found), self.group)

    def _message(self, line: str, start: int) -> bool:
        match = _INLINE.match(line) or _BY_TIME.match(line) or _by_name(line)
        if match is None:
            return False
        found = match.groupdict()
        name = (found.get("angle") or found["name"]).strip()
        self.heads.append((re.sub(r"[(\uff08<]\d{3,}[)\uff09>]$", "", name).strip(), self._moment(match["when"])))
        end = start + len(line)
        at = start + len(line) - len(found["text"]) if found.get("text") is not None else end
        self.bodies.append([at, end])
        return True

    def _continue(self, line: str, start: int) -> None:
        body = self.bodies[-1]
        if body[0] == body[1]:
            body[0] = start
        body[1] = start + len(line)

    def _moment(self, when: str) -> datetime | None:
        """A full stamp, else the clock on the day of the last date line."""
        stamp = STAMP.match(when)
        if stamp and stamp["hour"] is not None:
            found = from_match(stamp, self.zone)
            self.day = found.date() if found else self.day
            return found
        short = _SHORT_DAY.match(when)
        if short:
            self.day = self._date(short.group()) or self.day
        clock = STAMP.search(f"2000-01-01 {when[short.end() :].lstrip('日 ') if short else when}")
        found = from_match(clock, self.zone) if clock and clock["hour"] is not None else None
        return datetime.combine(self.day, time(found.hour, found.minute, found.second), self.zone) if found and self.day else None

    def _date(self, written: str) -> date | None:
        stamp = STAMP.match(written)
        if stamp:
            found = from_match(stamp, self.zone)
            return found.date() if found else None
        short = _SHORT_DAY.match(written)
        if short is None or self.day is None:  # a day without a year: only an earlier line can say which
            return None
        try:
            return self.day.replace(month=int(short[1]), day=int(short[2]))
        except ValueError:
            return None


def _told(line: str) -> bool:
    """Whether a line without sender or time is the program's: "王五"邀请"赵六"加入了群聊."""
    return len(line) <= 80 and bool(re.match(r"[ \t]*[\"\u201c\u300c]", line)) and bool(_EVENT.match(line.strip()))


def _is_system(sender: str, text: str) -> bool:
    return bool(_SYSTEM_NAME.match(sender) or _EVENT.match(sender) or _WITHDRAWN.match(text))
