"""The readers of chats; how they read is imported when they do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from commlint.model.source import Source

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.record import Record

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
        from commlint_chat.records import of_log

        return of_log(source, environment)


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
        from commlint_chat.records import of_jsonl

        return of_jsonl(source, environment)


def _looks_like_a_log(source: Source) -> bool:
    from commlint.errors import RecordError
    from commlint.model.reading.declared import kind_named
    from commlint.model.reading.filetext import FileText
    from commlint.model.reading.front_matter import head_of
    from commlint.model.record import Kind
    from commlint_chat import log

    chats = (Kind.CHAT_MESSAGE, Kind.CHAT_GROUP)
    said = source.kind or dict(source.mapping).get("kind")
    if said:
        return kind_named(said) in chats
    try:
        beginning = FileText.read(_whole_lines(source.content)).text
    except RecordError:
        return False
    head = head_of(beginning)
    kind = head.get("kind")
    return kind_named(kind) in chats if kind else log.is_log(beginning[head.span.end :])


def _whole_lines(content: bytes) -> bytes:
    """The beginning of a file, not cut inside a character."""
    if len(content) <= _SNIFFED:
        return content
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff") or 0 in content[:64]
    newline = content.rfind(b"\n", 0, _SNIFFED)
    return content[:_SNIFFED] if wide or newline < 0 else content[: newline + 1]
