"""Chats as records: one a message, and one for the group where its name is known. Positions are those of the file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from attrs import evolve

from commlint.errors import RecordError
from commlint.model.environment import Environment
from commlint.model.lines import normalised
from commlint.model.reading.filetext import FileText
from commlint.model.reading.front_matter import Head, head_of
from commlint.model.record import Block, BlockKind, Conversation, Evidence, Kind, Part, Party, Record, View
from commlint.model.source import Source
from commlint.model.span import Span
from commlint_chat import json_spans, jsonl, log
from commlint_chat.events import is_recall
from commlint_chat.spoken import media, spoken
from commlint_chat.stamps import moment

# logs


def of_log(source: Source, environment: Environment) -> Iterator[Record]:
    """The group of a chat log, then its messages. Raises RecordError: as FileText.read, no-messages."""
    file = FileText.read(source.content)
    head = head_of(file.text)
    body = "\n" * head.span.end + file.text[head.span.end :] if head.entries else file.text
    found = log.parse(body, environment.tz)
    if not found.messages:
        raise _no_messages()
    return _of_log(source, file, head, found)


def _of_log(source: Source, file: FileText, head: Head, found: log.Log) -> Iterator[Record]:
    where = found.group or head.where("group")
    group = where.of(file.text) if where else _group_in_name(source)
    if group:
        part = file.part("group", where) if where else Part.plain("group", group, label="name")
        yield _group(source, part, group, next((line.sent_at for line in found.messages), None))
    for number, line in enumerate(found.messages, 1):
        if not len(line.text):
            continue
        parts = _spoken(file, line) if line.form == "text" else (file.part("body", line.text),)
        conversation = Conversation(id=f"{source.uri}#{number}", thread=group or source.uri, group=group)
        yield _message(source, number, parts, sent_at=line.sent_at, sender=Party(line.sender), conversation=conversation, form=line.form)


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


def _group_in_name(source: Source) -> str:
    """The name of the file, when it reads like that of a group: 【市场部】…, …群."""
    stem = source.name.rpartition(".")[0]
    return stem if "\u3010" in stem or "群" in stem or "\u7fa3" in stem else ""


# JSON Lines


def of_jsonl(source: Source, environment: Environment) -> Iterator[Record]:
    """The messages of a chat as JSON Lines, each group before its first. Raises RecordError: as FileText.read; at the end, bad-lines."""
    return _of_jsonl(source, FileText.read(source.content).view, environment)


def _of_jsonl(source: Source, view: View, environment: Environment) -> Iterator[Record]:
    bad: list[jsonl.Bad] = []
    groups: set[str] = set()
    for found in jsonl.parse(view.text, environment.tz, dict(source.mapping)):
        if isinstance(found, jsonl.Bad):
            bad.append(found)
            continue
        if found.chat and found.chat not in groups:
            groups.add(found.chat)
            yield _group(source, _group_part(found, view), found.chat, found.sent_at)
        if (text := found.string("text")) is not None and text.text.strip():
            yield _json_message(source, found, _json_part("body", text, view))
    if bad:
        raise _bad_lines(bad)


def _group_part(found: jsonl.Message, view: View) -> Part:
    """Where the group's name stands; a number that is none has no place."""
    name = found.string("chat")
    return _json_part("group", name, view) if name is not None else Part.plain("group", found.chat, label="name")


def _json_part(name: str, text: json_spans.Text, view: View) -> Part:
    clean, lines = normalised(text.text)
    return Part(name, clean, view, lines.compose(text.source_map))


def _json_message(source: Source, found: jsonl.Message, part: Part) -> Record:
    number = found.id or f"{source.uri}#{found.line}"
    conversation = Conversation(number, found.reply_to, thread=found.thread or found.chat or source.uri, group=found.chat)
    form = "text" if not found.system else "recalled" if found.type == "recall" or is_recall(part.text.strip()) else "system"
    return _message(source, found.line, (part,), sent_at=found.sent_at, sender=found.sender, conversation=conversation, to=found.mentions, form=form)


# both


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


def _group(source: Source, part: Part, group: str, since: datetime | None) -> Record:
    return Record(
        uri=source.uri,
        kind=Kind.CHAT_GROUP,
        parts=(part,),
        name=f"group {group}",
        evidence=Evidence("reader", "chat"),
        meta=(("group", group),),
        sent_at=since,
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


def _bad_lines(bad: list[jsonl.Bad]) -> RecordError:
    first = ", ".join(str(line.line) for line in bad[:5]) + (" …" if len(bad) > 5 else "")
    return RecordError(
        "bad-lines",
        f"{len(bad)} line(s) are no messages: line {first} ({bad[0].reason})",
        help="each line is an object with at least a text; map other names in the configuration",
        zh=f"有 {len(bad)} 行不是消息\uff1a第 {first} 行\uff08{bad[0].zh}\uff09",
        zh_help="每行应为至少含 text 的 JSON 对象\uff1b其他字段名请在配置中映射",
    )
