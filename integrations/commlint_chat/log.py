"""Chat logs as lines of text, in the layouts that programs export and people copy.

    2026-05-21 09:30 张三: …          time, name, text; also [09:30] 张三: … below a line with the day (Slack, WhatsApp, WeCom)
    2026/5/21, 09:30 - Zhang San: …   the same with a dash
    张三 2026/5/21 09:30              name and time, the text on the lines below (WeChat, Feishu, WeCom, DingTalk, Telegram)
    2026-05-21 09:30:12 张三(1001)    time and name, the text on the lines below (QQ)
    张三                              name, and on the line below the time (Feishu, DingTalk, Teams)
    09:30

A line that begins no message goes on with the one before. What the program says of itself (joins, recalls) comes as events.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, tzinfo

from attrs import frozen

from commlint.model.span import Span
from commlint_chat import events, titles
from commlint_chat.layouts import (
    TEXT_FIELD,
    Head,
    addressed,
    head,
    is_clock,
    labelled,
    name_line,
    spaced,
    speaker,
    time_first,
    time_line,
)
from commlint_chat.spoken import is_bundle
from commlint_chat.stamps import DATE_LINE, FULL_DAY, day, moment

_RULE_LINE = re.compile(r"[ \t]*[-=\u2014\u2500\u2550*_~]{4,200}[ \t]*$")
_SENDER_LABELS = ("发送人", "发送者", "发言人", "发信人", "发言者", "昵称", "发件人", "sender", "from", "user", "name", "author")
_TABBED = re.compile(r"\d\t[^\t\n]+\t")
_INDENTS = frozenset(" \t|>\u3000\u2502")
_DAY_IN_TITLE = re.compile(FULL_DAY, re.IGNORECASE)
_EXPORTED = re.compile("导出|導出|儲存|保存|备份|export|saved", re.IGNORECASE)  # a day that says nothing of the messages
_SNIFFED = 40  # lines of a text that are looked at to tell a log from it


@frozen
class Line:
    """A message as it stands: who, when (None when the log does not say a date), its text in the log, and what it is.

    `form`: text | system | recalled. The program itself has no name. `answers`: whom it answers, where the head says so.
    `start` is where its head begins, `account` the number, address or id of the sender.
    """

    sender: str
    sent_at: datetime | None
    text: Span
    form: str = "text"
    answers: str = ""
    start: int = 0
    account: str = ""


@frozen
class Log:
    """What a log holds: its messages in order, the group's name with its place where a line says it, and the members that one names."""

    messages: tuple[Line, ...]
    group: Span | None = None
    members: tuple[str, ...] = ()


def parse(text: str, zone: tzinfo) -> Log:
    """The messages of `text`, whose only line break is "\\n"."""
    lines = text.split("\n")
    beginning = text[:2000].lower()
    labelled_first = (_Labelled,) if any(word in beginning for word in _SENDER_LABELS) else ()
    found = Log(())
    spaced = (_Spaced,) if text.lstrip("\ufeff \n")[:6] == "[LINE]" and _TABBED.search(text[:4000]) is None else ()
    readings: tuple[type[_Reading], ...] = (*spaced, *labelled_first, _Reading, _TimeFirst, _Spaced, _Speakers)
    for reading in readings:
        found = reading(lines, zone, dated=reading is _Reading and _is_dated(lines)).log(text)
        if len(found.messages) >= _least(reading, lines):
            break
    return found


def _least(reading: type[_Reading], lines: Sequence[str]) -> int:
    """How many messages it takes to believe a reading: labels and blanks stand in other texts too."""
    return 2 if reading is _Labelled else max(2, sum(map(bool, lines)) // 2) if reading is _Spaced else 1


def is_log(text: str) -> bool:
    """Whether the beginning of a text reads like a chat log: messages where a document has sentences."""
    lines = list(text.split("\n", 200)[:200])
    if lines[0].lstrip("\ufeff ").startswith("[LINE]") or _by_turns(lines):
        return True
    filled = [number for number, line in enumerate(lines) if line.strip()][:_SNIFFED]
    begun = [number for number in filled if (found := _head_at(lines, number)) is not None and found.sure]
    if not begun:
        return False
    before = [lines[number] for number in filled if number < begun[0]]
    dated = any(DATE_LINE.match(lines[number]) for number in filled if len(lines[number]) <= 120)
    if not all(len(line) <= 160 and (DATE_LINE.match(line) or _RULE_LINE.match(line) or titles.is_title(line)) for line in before):
        return len(begun) >= 2 and not before[3:]
    return len(begun) >= 2 or (dated and _inline(lines[begun[0]])) or (_inline(lines[begun[0]]) and bool(before)) or _spoken_below(lines, begun[0])


def _by_turns(lines: Sequence[str]) -> bool:
    """Whether names by themselves begin all of it, those of a few who take turns: what WeChat copies of several messages."""
    if next((name_line(line) for line in lines if line.strip()), "") == "":
        return False
    names = [name for line in lines if (name := name_line(line))]
    return len(names) >= 3 and 1 < len(set(names)) <= (len(names) + 1) // 2


def _inline(line: str) -> bool:
    found = head(line, "", "")
    return found is not None and found.text >= 0 and found.sure


def _spoken_below(lines: Sequence[str], at: int) -> bool:
    """Whether one head of who and a full time has a text below it, and is not a label with a time."""
    found = _head_at(lines, at)
    below = lines[at + found.lines : at + found.lines + 1] if found is not None else []
    return found is not None and found.dated and bool(below and below[0].strip()) and not re.match(r"[^:\uff1a]{1,20}[:\uff1a]", lines[at].replace(found.when, ""))


def _head_at(lines: Sequence[str], at: int) -> Head | None:
    line = lines[at]
    return head(line, lines[at + 1] if at + 1 < len(lines) else "", lines[at - 1] if at else "")


def _is_dated(lines: Sequence[str]) -> bool:
    """Whether the messages say their days themselves: then a line with a clock alone begins none."""
    found = [each.dated for number in range(min(len(lines), 400)) if lines[number].strip() and (each := _head_at(lines, number)) is not None]
    return sum(found) * 4 > len(found)


class _Reading:
    """A walk over the lines of a log."""

    def __init__(self, lines: Sequence[str], zone: tzinfo, *, dated: bool) -> None:
        self.lines = lines
        self.zone = zone
        self.dated = dated
        self.day: date | None = None
        self.above: list[tuple[int, str]] = []  # the lines before the first message
        self.heads: list[tuple[str, datetime | None, Span | None]] = []  # the third: an event told by the head itself
        self.bundle = False  # whether the message at hand passes others on: those stand indented below
        self.accounts: dict[int, str] = {}  # by message
        self.two = False  # whether the head at hand takes two lines
        self.starts: list[int] = []  # where the heads begin
        self.bodies: list[list[int]] = []  # first and last offset of each message's text
        self._walk()

    def _walk(self) -> None:
        at = start = 0
        while at < len(self.lines):
            line = self.lines[at]
            taken = self._take(at, line, start) if line.strip() else 1
            for number in range(at, min(at + taken, len(self.lines))):
                start += len(self.lines[number]) + 1
            at += taken

    def _take(self, at: int, line: str, start: int) -> int:
        """Put the line where it belongs; returns how many lines are done."""
        if self.bundle and line[:1] in _INDENTS:
            self._continue(line, start)
            return 1
        found = self._head(at)
        if found is not None and (found.dated or not self.dated):
            self._message(at, found, start)
            return found.lines
        if self._again(at, start):
            return 1
        dated = DATE_LINE.match(line) if len(line) <= 200 else None
        if dated is not None and (not self.dated or not self.heads):
            self.day = day(dated["day"], self.day, later=bool(self.heads)) or self.day
        elif not self.heads:
            self.above.append((start, line))
            told = _DAY_IN_TITLE.search(line) if self.day is None and len(line) <= 200 and not _EXPORTED.search(line) else None
            self.day = day(told[0], None) if told is not None else self.day
        elif events.stands_alone(line):
            self._event(line, start)
        elif not (_RULE_LINE.match(line) and self._between(at)):
            self._continue(line, start)
        return 1

    def _head(self, at: int) -> Head | None:
        return _head_at(self.lines, at)

    def _between(self, at: int) -> bool:
        """Whether a rule stands between messages, rather than under what one quotes."""
        body = self.bodies[-1]
        begun = "".join(self.lines[max(0, at - 12) : at])
        return body[0] == body[1] or not ("\u300d" in begun or "\u201d" in begun or '"' in begun)

    def _message(self, at: int, found: Head, start: int) -> None:
        line = self.lines[at]
        if found.account:
            self.accounts[len(self.heads)] = found.account
        self.starts.append(start)
        sent = moment(found.when, self.day, self.zone, later=bool(self.heads))
        self.day = sent.date() if sent is not None else self.day
        end = start + len(line.rstrip().rstrip("|") if line.lstrip()[:1] == "|" else line)
        if found.text < 0 and events.is_event(found.name):
            where = line.find(found.name)
            self.heads.append(("", sent, Span(start + where, start + where + len(found.name))))
        else:
            self.heads.append((found.name, sent, None))
        if found.lines > 1:
            end += 1 + len(self.lines[at + 1])
        self.bodies.append([start + found.text, end] if found.text >= 0 else [end, end])
        self.bundle = found.text >= 0 and is_bundle(line[found.text :])
        self.two = found.lines > 1

    def _again(self, at: int, start: int) -> bool:
        """Whether the line is the clock of a further message of the same sender, as Slack writes below the first."""
        if not (self.two and self.heads and self.heads[-1][2] is None and is_clock(self.lines[at])):
            return False
        sent = moment(self.lines[at], self.day, self.zone)
        self.starts.append(start)
        self.heads.append((self.heads[-1][0], sent, None))
        self.bodies.append([start + len(self.lines[at])] * 2)
        return True

    def _event(self, line: str, start: int) -> None:
        left = len(line) - len(line.lstrip())
        self.starts.append(start)
        self.heads.append(("", None, Span(start + left, start + len(line.rstrip()))))
        self.bodies.append([start + len(line), start + len(line)])

    def _continue(self, line: str, start: int) -> None:
        body = self.bodies[-1]
        if body[0] == body[1]:
            body[0] = start
            self.bundle = is_bundle(line)
        body[1] = start + len(line)

    def log(self, text: str) -> Log:
        messages = tuple(self._messages(text))
        return Log(messages, titles.group(self.above[:12]) or _renamed(text, messages), titles.members(self.above[:12]))

    def _messages(self, text: str) -> Iterator[Line]:
        for number, (start, (sender, sent, event), (first, last)) in enumerate(zip(self.starts, self.heads, self.bodies, strict=True)):
            words = text[first:last]
            left = len(words) - len(words.lstrip())
            span = event or Span(first + left, first + max(left, len(words.rstrip())))
            form = _form(sender, span.of(text), told=event is not None)
            program = form == "system" or (form == "recalled" and events.SYSTEM_NAME.match(sender) is not None)
            who, whom = addressed(sender)
            yield Line("" if program else who or (_who(span.of(text)) if form == "recalled" else ""), sent, span, form, whom, start, "" if program else self.accounts.get(number, ""))


class _Labelled(_Reading):
    """A walk over a log in which labels say who and when."""

    def _head(self, at: int) -> Head | None:
        return labelled(self.lines[at], self.lines[at + 1] if at + 1 < len(self.lines) else "")

    def _continue(self, line: str, start: int) -> None:
        label = TEXT_FIELD.match(line) if self.bodies[-1][0] == self.bodies[-1][1] else None
        super()._continue(line[label.end() :] if label else line, start + (label.end() if label else 0))


class _Spaced(_Reading):
    """A walk over a log with blanks between time, name and text (LINE), below lines with the day."""

    def _head(self, at: int) -> Head | None:
        return spaced(self.lines[at])


class _TimeFirst(_Reading):
    """A walk over a log in which a time stands over each name."""

    def _head(self, at: int) -> Head | None:
        return time_first(self.lines[at], self.lines[at + 1] if at + 1 < len(self.lines) else "")


class _Speakers(_Reading):
    """A walk over a log in which nobody says when: a name and a colon begin a message; a time on a line of its own is for what follows."""

    since: datetime | None = None

    def _take(self, at: int, line: str, start: int) -> int:
        when = time_line(line)
        if when:
            self.since = moment(when, self.day, self.zone)
            return 1
        found = speaker(line)
        if found is not None and not events.stands_alone(line) and not titles.is_title(line) and not DATE_LINE.match(line[:200]):
            self.heads.append((found.name, self.since, None))
            self.starts.append(start)
            end = start + len(line)
            self.bodies.append([start + found.text, end] if found.text >= 0 else [end, end])
            return 1
        return super()._take(at, line, start)


def _form(sender: str, text: str, *, told: bool) -> str:
    if events.is_recall(text) and (told or events.SYSTEM_NAME.match(sender) or _own(sender, text)):
        return "recalled"
    if told or events.SYSTEM_NAME.match(sender) or (events.is_event(text) and _own(sender, text)):
        return "system"
    return "text"


def _own(sender: str, text: str) -> bool:
    """Whether an event is told of the sender or by the program, not talked about: it begins with the name, a quotation or the verb."""
    bare = text.strip(" \t\"\u201c\u300c[\u3010(\uff08")
    return bare.startswith((sender, "你", "您")) or text[:1] in "\"\u201c\u300c[\u3010(\uff08" or re.match(r"(?:撤回|收回|此消息|该消息|消息已|已撤回|joined|left|added|removed|was added|pinned|unpinned|set the|changed the|renamed|has joined|this message|message )", bare, re.IGNORECASE) is not None


def _who(text: str) -> str:
    """Who took a message back, as the program tells it."""
    match = re.match(r"[\"\u201c\u300c]?(?P<who>[^\"\u201d\u300d\n]{1,40}?)[\"\u201d\u300d]?[ \t]?(?:撤回|收回|recalled|unsent|deleted)", text, re.IGNORECASE)
    return match["who"].strip() if match and match["who"] not in ("你", "您", "you") else ""


def _renamed(text: str, messages: Sequence[Line]) -> Span | None:
    """The last new name that the program tells."""
    for line in reversed(messages):
        if line.form == "system" and (match := events.renamed(line.text.of(text))) is not None:
            return Span(line.text.start + match.start("name"), line.text.start + match.end("name"))
    return None
