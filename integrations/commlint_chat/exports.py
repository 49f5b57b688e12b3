"""What the exports of chat programs have in common: messages as records, places in the file of JSON, what could not be read.

Formats: Slack (slack.py), Mattermost (mattermost.py), Telegram (telegram.py), Discord (discord.py), Teams (teams.py).
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from attrs import field, frozen

from commlint.errors import RecordError
from commlint.model.lines import normalised
from commlint.model.place import Place
from commlint.model.reading.stamp import epoch, moment
from commlint.model.record import (
    Anchor,
    Attachment,
    Block,
    Conversation,
    Evidence,
    Grid,
    Kind,
    Part,
    Party,
    Record,
    View,
)
from commlint.model.sourcemap import Run, SourceMap
from commlint.model.span import Span
from commlint_chat.json_spans import Text
from commlint_chat.json_walk import DamagedError, Node, Walk

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.protocols import Item
    from commlint.model.source import Source

NO_TEXT = Text("", SourceMap(()))
_BESIDE = 120  # characters shown on either side of a name
_YEARS = range(1990, 2200)  # a message of another year has no time, it has a wrong number


@frozen
class Earlier:
    """A message that is answered (``history``) or passed on (``forwarded``) by another, as far as the export tells of it."""

    part: str
    text: Text = NO_TEXT
    sender: Party | None = None
    sent_at: datetime | None = None


@frozen
class Message:
    """What an export says of one message; `event` is ``system`` or ``recalled`` for what the program says itself."""

    id: str
    sent_at: datetime
    sender: Party | None
    body: Text
    conversation: Conversation
    blocks: tuple[Block, ...] = ()
    grids: tuple[Grid, ...] = ()
    subject: Text | None = None
    to: tuple[Party, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    event: str = ""
    direct: bool = False
    headers: tuple[tuple[str, str], ...] = ()
    meta: tuple[tuple[str, str], ...] = ()

    @property
    def says(self) -> bool:
        """Whether there is anything to read: some text, a file, an earlier message."""
        return bool(self.body.text.strip() or self.attachments or self.event or (self.subject and self.subject.text.strip()) or any(each.part == "forwarded" for each in self.earlier))


@frozen
class Group:
    """A group of a chat: its name with its place, and its members and what is said of it."""

    name: Text
    conversation: Conversation
    since: datetime | None = None
    members: tuple[Party, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()


class BadMessage(Exception):  # noqa: N818  # no error of the run: it is counted, and the next message is read
    """A message that cannot be one; why, in English and Chinese."""

    def __init__(self, why: str, zh: str) -> None:
        super().__init__(why)
        self.why, self.zh = why, zh


def no_time() -> BadMessage:
    """It does not say when it was sent."""
    return BadMessage("no valid time", "没有有效时间")


def no_text() -> BadMessage:
    """It has no text, or what should be its text is something else."""
    return BadMessage("no text", "没有文字")


def _characters(content: bytes) -> str:
    """The text of a file of JSON, which is in UTF-8 (RFC 8259) though a few bytes be damaged or its end cut off; else as of any text."""
    from commlint.model.reading.charset import of_file

    if not content.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\0" not in content[:_LOOKED_AT]:
        try:
            return codecs.utf_8_decode(content, "strict", False)[0]
        except UnicodeDecodeError:
            text = content.decode("utf-8", "replace")
        if text.count("\ufffd") * 2 <= len(content) - len(text):  # of other charsets hardly any character is one in UTF-8, and of more than one byte
            return text
    return of_file(content).text


_LOOKED_AT = 1024  # bytes that tell UTF-16 without a mark


class Refusals:
    """How many messages of a file could not be read, the lines of the first of them, and why the very first."""

    def __init__(self) -> None:
        self.count = 0
        self.lines: dict[int, None] = {}
        self.first: BadMessage | None = None

    def add(self, line: int, why: BadMessage) -> None:
        """One more."""
        self.count += 1
        self.first = self.first or why
        if len(self.lines) <= _TOLD:
            self.lines[line] = None

    def told(self) -> Iterator[RecordError]:
        """What there is to say of them; nothing when there are none."""
        if self.first is not None:
            yield _bad_messages(self.count, list(self.lines), self.first)


@frozen
class File:
    """A file of an export that is read, or its line `first_line`: the text, who asked for it, and what in it was no message."""

    uri: str
    text: str
    environment: Environment
    bad: Refusals = field(factory=Refusals)
    first_line: int = 1
    _at: list[int] = field(factory=lambda: [0, 0, 1])  # the last place asked for, the line breaks above and the column

    @classmethod
    def of(cls, source: Source, environment: Environment) -> File:
        """The text of `source`. Raises RecordError: undecodable, binary-content, empty-record, too-large."""
        if source.large:
            raise too_large()
        text = _characters(source.content)
        if not text.strip():
            raise _empty()
        return cls(source.uri, text, environment)

    @property
    def zone(self) -> tzinfo:
        """The zone that times are shown in."""
        return self.environment.tz

    def node(self, walk: Walk) -> Node:
        """The value at hand, taken. Raises BadMessage when it is no message's, DamagedError when the file ends in it."""
        span = walk.skip()
        most = self.environment.limits.message
        if len(span) > most:
            raise BadMessage(f"longer than {most:,} characters (limits.message)", f"超过 {most:,} 字符\uff08limits.message\uff09")
        try:
            return Node.at(self.text, span)
        except DamagedError as error:
            raise BadMessage("not JSON", "不是 JSON") from error

    def messages(self, walk: Walk, read: Callable[[Node], Iterable[Item]]) -> Iterator[Item]:
        """What `read` makes of each element of the list at hand; one that is no message is counted in `bad`."""
        for _ in walk.elements():
            yield from self.one(walk, read)

    def one(self, walk: Walk, read: Callable[[Node], Iterable[Item]]) -> Iterator[Item]:
        """The same for the value at hand."""
        start = walk.at
        try:
            node = self.node(walk)
            if not isinstance(node.value, dict):
                raise BadMessage("not an object", "不是对象")
            yield from read(node)
        except BadMessage as why:
            self.refuse(start, why)

    def refuse(self, at: int, why: BadMessage) -> None:
        """Count what stands at `at` as no message."""
        self.bad.add(self.line(at)[0], why)

    def line(self, at: int) -> tuple[int, int]:
        """Line and column of a place; places in rising order cost no more than one pass over the text."""
        done, above, column = self._at if self._at[0] <= at else (0, 0, 1)
        passed = self.text[done:at]
        breaks = passed.count("\n") + (passed.count("\r") - passed.count("\r\n") if "\r" in passed else 0)
        column = len(passed) - max(passed.rfind("\n"), passed.rfind("\r")) if breaks else column + len(passed)
        self._at[:] = at, above + breaks, column
        return self.first_line + above + breaks, column

    def view(self, span: Span, *anchors: Anchor) -> View:
        """The stretch of the file that a message stands in, with its lines and columns there."""
        line, column = self.line(span.start)
        return View(span.of(self.text), "", line, anchors, first_column=column)

    def record(self, message: Message, span: Span, number: int) -> Record:
        """A message, which stands at `span`; of what the program says of itself a record apart from the thread."""
        view = self.view(span, Anchor(0, Place("message", id=message.id, time=message.sent_at.isoformat(timespec="seconds"))))
        told = (("event", message.event),) if message.event else ()
        conversation = message.conversation
        return Record(
            uri=self.uri,
            kind=Kind.CHAT_EVENT if message.event else Kind.CHAT_MESSAGE,
            parts=tuple(_parts(message, view, span.start)),
            name=str(number),
            evidence=Evidence("reader", "chat"),
            headers=message.headers,
            meta=(*told, *message.meta, ("channel", "direct_chat" if message.direct else "group_chat")),
            sent_at=message.sent_at,
            sender=message.sender if message.sender and (message.sender.name or message.sender.address) else None,
            to=message.to,
            attachments=() if message.event else message.attachments,
            conversation=Conversation(conversation.id, conversation.reply_to, group=conversation.group) if message.event else conversation,
            inline_suppressions=False,
        )

    def group(self, group: Group) -> Record:
        """A group, by its name."""
        name = group.name.text
        runs = group.name.source_map.runs
        if runs:
            span = self._line_around(Span(runs[0].source.start, runs[-1].source.end))
            part = _part("group", group.name, self.view(span), span.start)
        else:
            part = Part.plain("group", name, label="name")
        return Record(
            uri=self.uri,
            kind=Kind.CHAT_GROUP,
            parts=(part,),
            name=f"group {name}",
            evidence=Evidence("reader", "chat"),
            meta=(("group", name), *group.meta),
            sent_at=group.since,
            to=group.members,
            conversation=group.conversation,
            inline_suppressions=False,
        )

    def _line_around(self, span: Span) -> Span:
        """A stretch with what stands beside it on its line."""
        start = max(self.text.rfind("\n", 0, span.start) + 1, span.start - _BESIDE)
        end = self.text.find("\n", span.end, span.end + _BESIDE)
        return Span(start, end if end >= 0 else min(len(self.text), span.end + _BESIDE))


def _parts(message: Message, view: View, base: int) -> Iterator[Part]:
    if message.subject is not None and message.subject.text.strip():
        yield _part("subject", message.subject, view, base)
    yield _part("body", message.body, view, base, blocks=message.blocks, grids=message.grids)
    for earlier in message.earlier:
        part = _part(earlier.part, earlier.text, view, base)
        yield Part(part.name, part.text, view, part.source_map, sent_at=earlier.sent_at, sender=earlier.sender)


def _part(name: str, text: Text, view: View, base: int, *, blocks: tuple[Block, ...] = (), grids: tuple[Grid, ...] = ()) -> Part:
    """A text whose places count in the file, as a part whose view begins at `base` of it."""
    inside = SourceMap(Run(run.derived, run.source.shift(-base), run.exact) for run in text.source_map.runs)
    if "\r" not in text.text:
        return Part(name, text.text, view, inside, blocks, grids)
    clean, lines = normalised(text.text)
    moved = tuple(Block(block.kind, found, block.level) for block in blocks if (found := lines.to_derived(block.span)) is not None)
    return Part(name, clean, view, lines.compose(inside), moved)


def reading(source: Source, environment: Environment, read: Callable[[File], Iterable[Item]]) -> Iterator[Item]:
    """What `read` makes of the file; behind it, what in it was no message and where it is damaged.

    Raises RecordError: as File.of, damaged-file, no-messages.
    """
    file = File.of(source, environment)
    found = False
    damage: RecordError | None = None
    try:
        for item in read(file):
            found = True
            yield item
    except DamagedError as error:
        damage = _damaged(*file.line(error.at))
    except BadMessage as why:  # what stands before the messages is none
        file.refuse(0, why)
    found = found or file.bad.count > 0
    yield from file.bad.told()
    if damage is not None:
        raise damage
    if not found:
        raise nothing()


# values


def instant(value: object, zone: tzinfo) -> datetime | None:
    """The time in `zone` of seconds or milliseconds since 1970, as a number or in a string; None when it is none that a message has."""
    if isinstance(value, str):
        numeric = value.isascii() and 9 <= len(value) <= 24 and value.replace(".", "", 1).isdecimal()
        return _in_zone(epoch(float(value), UTC), zone) if numeric else None
    try:
        return _in_zone(epoch(float(value), UTC), zone) if isinstance(value, int | float) and not isinstance(value, bool) else None
    except OverflowError:
        return None


def stamped(value: object, zone: tzinfo, written: tzinfo = UTC) -> datetime | None:
    """The time in `zone` of a stamp as in ISO 8601; one without a zone of its own is in `written`."""
    return _in_zone(moment(value[:64], written), zone) if isinstance(value, str) else None


def _in_zone(found: datetime | None, zone: tzinfo) -> datetime | None:
    return found.astimezone(zone) if found is not None and found.year in _YEARS else None


def sized(value: object) -> int | None:
    """A size in bytes, None where it is not said."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def base_name(path: str) -> str:
    """The last segment of a path or address."""
    return path.replace("\\", "/").partition("?")[0].rstrip("/").rpartition("/")[2]


def called(*names: str) -> str:
    """The first of several names that is one."""
    return next((name.strip() for name in names if name.strip()), "")


# errors


def nothing() -> RecordError:
    """An export without any message."""
    return RecordError(
        "no-messages", "the export holds no message", help="export the chat again with its messages, or exclude the path",
        zh="导出文件中没有消息", zh_help="请连同消息重新导出\uff0c或在配置中排除该路径",
    )


def too_large() -> RecordError:
    """A file beyond what is held in memory."""
    return RecordError(
        "too-large", "the file is larger than limits.file-size", help="export a shorter time, or raise limits.file-size",
        zh="文件超过 limits.file-size 上限", zh_help="请缩短导出的时间范围\uff0c或调高 limits.file-size",
    )


def unreadable(error: OSError) -> RecordError:
    """The file went, or the disk failed, while it was read."""
    why = error.strerror or str(error)
    return RecordError("unreadable-file", f"cannot be read: {why}", help="check the file and the disk it is on", zh=f"无法读取\uff1a{why}", zh_help="请检查文件及其所在磁盘")


def _empty() -> RecordError:
    return RecordError("empty-record", "the file is empty", help="export the chat again, or exclude the path in the configuration", zh="文件是空的", zh_help="请重新导出\uff0c或在配置中排除该路径")


def _damaged(line: int, column: int) -> RecordError:
    return RecordError(
        "damaged-file", f"not JSON from line {line}, column {column} on; what lies behind was not checked", help="export the chat again: the file may be cut off",
        zh=f"自第 {line} 行第 {column} 列起不是 JSON\uff0c其后的内容未检查", zh_help="请重新导出\uff1a文件可能不完整",
    )


def _bad_messages(count: int, lines: list[int], why: BadMessage) -> RecordError:
    first = ", ".join(map(str, lines[:_TOLD])) + (" …" if len(lines) > _TOLD else "")
    return RecordError(
        "bad-lines", f"{count} message(s) could not be read: line {first} ({why.why})", help="export the chat again, or look at these lines; the other messages were checked",
        zh=f"有 {count} 条消息无法读取\uff1a第 {first} 行\uff08{why.zh}\uff09", zh_help="请重新导出或查看这些行\uff1b其余消息已检查",
    )


_TOLD = 5  # lines that are named


def of_none(source: Source, environment: Environment) -> Iterator[Item]:
    """What is no export at all. Raises RecordError: empty-record, undecodable, binary-content, no-messages."""
    return reading(source, environment, lambda file: ())
