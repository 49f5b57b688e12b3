"""Chats as records: one a message, and one for the group where its name is known. Positions are those of the file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from attrs import evolve

from commlint.errors import RecordError
from commlint.model.environment import Environment
from commlint.model.place import Place
from commlint.model.reading.filetext import FileText
from commlint.model.reading.front_matter import Head, head_of
from commlint.model.record import Anchor, Block, BlockKind, Conversation, Evidence, Kind, Part, Party, Record, View
from commlint.model.source import Source
from commlint.model.span import Span
from commlint_chat import log, titles
from commlint_chat.mapping import zone_of
from commlint_chat.spoken import media, spoken
from commlint_chat.stamps import moment

# logs


def of_log(source: Source, environment: Environment) -> Iterator[Record]:
    """The group of a chat log, then its messages. Raises RecordError: as FileText.read, no-messages."""
    file = FileText.read(source.content)
    head = head_of(file.text)
    body = "\n" * head.span.end + file.text[head.span.end :] if head.entries else file.text
    found = log.parse(body, zone_of(source, environment))
    if not any(len(line.text) for line in found.messages):
        raise _no_messages()
    return _of_log(source, file, head, found)


def _of_log(source: Source, file: FileText, head: Head, found: log.Log) -> Iterator[Record]:
    where = found.group or head.where("group")
    group = where.of(file.text) if where else titles.named_by_file(source)
    if group:
        part = file.part("group", where) if where else Part.plain("group", group, label="name")
        yield _group(source, part, group, next((line.sent_at for line in found.messages), None), tuple(map(Party, found.members)))
    for number, line in enumerate(found.messages, 1):
        if not len(line.text):
            continue
        here = _anchored(file, number, line)
        parts = _spoken(here, line) if line.form == "text" else (here.part("body", line.text),)
        conversation = Conversation(id=f"{source.uri}#{number}", thread=group or source.uri, group=group)
        yield _message(source, number, parts, sent_at=line.sent_at, sender=Party(line.sender, line.account), conversation=conversation, form=line.form)


def _anchored(file: FileText, number: int, line: log.Line) -> FileText:
    """The file with the place of a message in it: lines stay its own."""
    start = file.lines.to_source(Span(line.start, line.start)).start
    return evolve(file, view=View(file.view.text, anchors=(Anchor(start, Place("message", id=str(number), time=line.sent_at.isoformat() if line.sent_at else "")),)))


def _spoken(file: FileText, line: log.Line) -> tuple[Part, ...]:
    """What a message says, and apart from it the earlier message that it answers and those that it passes on."""
    found = spoken(line.text.of(file.text))
    by = line.text.start
    bundle = (Block(BlockKind.FORWARDED, Span(0, len(found.own))),) if found.bundle and not found.passed else ()
    parts = [file.part("body", found.own.shift(by), bundle)]
    if found.answered is None and line.answers:
        parts.append(evolve(file.part("history", Span(by, by)), sender=Party(line.answers)))
    if found.answered is not None:
        parts.append(evolve(file.part("history", found.answered.shift(by)), sender=Party(found.answers) if found.answers else None))
    for inner in found.passed:
        sent = moment(inner.when, line.sent_at.date(), line.sent_at.tzinfo) if inner.when and line.sent_at and line.sent_at.tzinfo else None
        parts.append(evolve(file.part("forwarded", inner.text.shift(by)), sender=Party(inner.sender), sent_at=sent))
    return tuple(parts)


# records


def _message(
    source: Source, number: int, parts: tuple[Part, ...], *, sent_at: datetime | None, sender: Party, conversation: Conversation, to: tuple[Party, ...] = (), form: str = "text"
) -> Record:
    """A message; of what the program says of itself (`form` system or recalled) a record apart from the thread."""
    event = form != "text"
    return Record(
        uri=source.uri,
        kind=Kind.CHAT_EVENT if event else Kind.CHAT_MESSAGE,
        parts=parts,
        meta=(("event", form),) if event else (),
        attachments=() if event else media(parts[0].text, 0),
        name=str(number),
        evidence=Evidence("reader", "chat"),
        sent_at=sent_at,
        sender=sender if sender.name or sender.address else None,
        to=to,
        conversation=evolve(conversation, thread="") if event else conversation,
        inline_suppressions=False,
    )


def _group(source: Source, part: Part, group: str, since: datetime | None, members: tuple[Party, ...] = ()) -> Record:
    return Record(
        uri=source.uri,
        kind=Kind.CHAT_GROUP,
        parts=(part,),
        name=f"group {group}",
        evidence=Evidence("reader", "chat"),
        meta=(("group", group),),
        sent_at=since,
        to=members,
        conversation=Conversation(thread=group, group=group),
        inline_suppressions=False,
    )


def _no_messages() -> RecordError:
    return RecordError(
        "no-messages",
        "the file holds no chat message in a known layout",
        help="write a message a line: 2026-05-21 09:30 name: text",
        zh="文件中没有可识别的聊天消息",
        zh_help="每行写一条消息\uff0c如 2026-05-21 09:30 张三\uff1a内容",
    )
