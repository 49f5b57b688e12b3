"""Chats as records: one a message, and one for the group where its name is known. Positions are those of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from commlint.errors import RecordError
from commlint.model.environment import Environment
from commlint.model.lines import normalised
from commlint.model.reading.declared import kind_named
from commlint.model.reading.filetext import FileText
from commlint.model.reading.front_matter import Head, head_of
from commlint.model.record import Conversation, Evidence, Kind, Part, Party, Record, View
from commlint.model.source import Source
from commlint.model.sourcemap import SourceMap
from commlint_chat import jsonl, log

_CHATS = frozenset({Kind.CHAT_MESSAGE, Kind.CHAT_GROUP})
_SNIFFED = 8192  # bytes looked at to tell a log from a text


class LogReader:
    """Reads chat logs: .chat files, and .txt or .log files that begin like one."""

    name = "chat-log"
    suffixes: tuple[str, ...] = (".chat",)
    media_types: tuple[str, ...] = ("text/x-chat-log",)

    def claims(self, source: Source) -> bool:
        """By suffix or media type, by the kind it is said to be, or by a look at the first lines."""
        if source.suffix in self.suffixes or source.media_type in self.media_types:
            return True
        return source.suffix in (".txt", ".log") and _looks_like_a_log(source)

    def read(self, source: Source, environment: Environment) -> Iterable[Record]:
        """The group, then its messages. Raises RecordError: empty-record, undecodable, binary-content, no-messages."""
        file = FileText.read(source.content)
        head = head_of(file.text)
        body = "\n" * head.span.end + file.text[head.span.end :] if head.entries else file.text
        found = log.parse(body, environment.tz)
        if not found.messages:
            raise _no_messages()
        return _of_log(source, file, head, found)


class JsonLinesReader:
    """Reads chats as JSON Lines: .jsonl and .ndjson."""

    name = "chat-jsonl"
    suffixes: tuple[str, ...] = (".jsonl", ".ndjson")
    media_types: tuple[str, ...] = ("application/jsonl", "application/x-ndjson", "application/x-jsonlines")

    def claims(self, source: Source) -> bool:
        """By suffix or media type."""
        return source.suffix in self.suffixes or source.media_type in self.media_types

    def read(self, source: Source, environment: Environment) -> Iterable[Record]:
        """The groups, each before its first message, and the messages.

        Raises RecordError: empty-record, undecodable, binary-content; behind the good messages, bad-lines for the others.
        """
        return _of_jsonl(source, FileText.read(source.content).view, environment)


def _looks_like_a_log(source: Source) -> bool:
    said = source.kind or dict(source.mapping).get("kind")
    if said:
        return kind_named(said) in _CHATS
    try:
        beginning = FileText.read(_whole_lines(source.content)).text
    except RecordError:
        return False
    head = head_of(beginning)
    kind = head.get("kind")
    return kind_named(kind) in _CHATS if kind else log.is_log(beginning[head.span.end :])


def _whole_lines(content: bytes) -> bytes:
    """The beginning of a file, not cut inside a character."""
    if len(content) <= _SNIFFED:
        return content
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff") or 0 in content[:64]
    newline = content.rfind(b"\n", 0, _SNIFFED)
    return content[:_SNIFFED] if wide or newline < 0 else content[: newline + 1]


# logs


def _of_log(source: Source, file: FileText, head: Head, found: log.Log) -> Iterator[Record]:
    where = found.group or head.where("group")
    group = where.of(file.text) if where else _group_in_name(source)
    if group:
        part = file.part("group", where) if where else Part.plain("group", group, label="name")
        yield _group(source, part, group, next((line.sent_at for line in found.messages), None))
    for number, line in enumerate(found.messages, 1):
        if line.system or not len(line.text):
            continue
        yield _message(
            source,
            number,
            file.part("body", line.text),
            sent_at=line.sent_at,
            sender=Party(line.sender),
            conversation=Conversation(id=f"{source.uri}#{number}", thread=group or source.uri, group=group),
        )


def _group_in_name(source: Source) -> str:
    """The name of the file, when it reads like that of a group: 【市场部】…, …群."""
    stem = source.name.rpartition(".")[0]
    return stem if "\u3010" in stem or "群" in stem or "\u7fa3" in stem else ""


# JSON Lines


def _of_jsonl(source: Source, view: View, environment: Environment) -> Iterator[Record]:
    bad: list[jsonl.Bad] = []
    groups: set[str] = set()
    for found in jsonl.parse(view.text, environment.tz, dict(source.mapping)):
        if isinstance(found, jsonl.Bad):
            bad.append(found)
            continue
        if found.chat_text is not None and found.chat and found.chat not in groups:
            groups.add(found.chat)
            yield _group(source, _json_part("group", found.chat_text.text, found.chat_text.source_map, view), found.chat, found.sent_at)
        if found.text is not None and found.text.text.strip() and not found.system:
            yield _json_message(source, found, _json_part("body", found.text.text, found.text.source_map, view))
    if bad:
        raise _bad_lines(bad)


def _json_part(name: str, text: str, source_map: SourceMap, view: View) -> Part:
    clean, lines = normalised(text)
    return Part(name, clean, view, lines.compose(source_map))


def _json_message(source: Source, found: jsonl.Message, part: Part) -> Record:
    number = found.id or f"{source.uri}#{found.line}"
    conversation = Conversation(number, found.reply_to, thread=found.thread or found.chat or source.uri, group=found.chat)
    return _message(source, found.line, part, sent_at=found.sent_at, sender=found.sender, conversation=conversation, to=found.mentions)


# both


def _message(
    source: Source, number: int, part: Part, *, sent_at: datetime | None, sender: Party, conversation: Conversation, to: tuple[Party, ...] = ()
) -> Record:
    return Record(
        uri=source.uri,
        kind=Kind.CHAT_MESSAGE,
        parts=(part,),
        name=f"#{number}",
        evidence=Evidence("reader", "chat"),
        sent_at=sent_at,
        sender=sender if sender.name or sender.address else None,
        to=to,
        conversation=conversation,
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
        zh_help="每行写一条消息,如 2026-05-21 09:30 张三: 内容",
    )


def _bad_lines(bad: list[jsonl.Bad]) -> RecordError:
    first = ", ".join(str(line.line) for line in bad[:5]) + (" …" if len(bad) > 5 else "")
    return RecordError(
        "bad-lines",
        f"{len(bad)} line(s) are no messages: line {first} ({bad[0].reason})",
        help="each line is an object with at least a text; map other names in the configuration",
        zh=f"有 {len(bad)} 行不是消息:第 {first} 行({bad[0].reason})",
        zh_help="每行应为至少含 text 的 JSON 对象;其他字段名请在配置中映射",
    )
