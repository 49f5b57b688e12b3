"""The readers of chats; how they read is imported when they do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from commlint.model.source import Source

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.protocols import Item
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


_JSON = (".jsonl", ".ndjson", ".json")
_JSON_TYPES = ("application/jsonl", "application/x-ndjson", "application/x-jsonlines")


class JsonLinesReader:
    """Reads chats as JSON Lines: .jsonl and .ndjson; as JSON what people name, and what says a text, a sender and a time."""

    name = "chat-jsonl"
    suffixes: tuple[str, ...] = _JSON
    media_types: tuple[str, ...] = _JSON_TYPES

    def claims(self, source: Source) -> bool:
        """By suffix or media type, what is no platform's; a .json file by a look at its first bytes."""
        from commlint_chat import signs

        if not self._fits(source) or _platform(source):
            return False
        if source.suffix == ".json":
            return signs.is_chat(source.content) or signs.is_sealed(source.content) or (source.named and signs.is_listed(source.content))
        return True

    def _fits(self, source: Source) -> bool:
        return source.suffix in self.suffixes or source.media_type in self.media_types

    def read(self, source: Source, environment: Environment) -> Iterable[Item]:
        """The groups, each before its first message, and the messages; behind them bad-lines for what is none, encrypted-file.

        Raises RecordError: empty-record, undecodable, binary-content, unknown-keys, no-messages.
        """
        from commlint_chat.jsonl import of_json

        return of_json(source, environment)


class MappedReader(JsonLinesReader):
    """Reads any JSON whose keys the configuration maps, whatever else it looks like."""

    name = "chat-configured"

    def claims(self, source: Source) -> bool:
        """JSON of which the configuration says where the text is."""
        return self._fits(source) and _platform(source) == "configured"


class FeishuReader:
    """Reads messages of Feishu and Lark: events as they are received, and pages of the interface."""

    name = "chat-feishu"
    suffixes: tuple[str, ...] = _JSON
    media_types: tuple[str, ...] = ()

    def claims(self, source: Source) -> bool:
        """JSON whose first bytes have the keys of the platform."""
        return _platform(source) == "feishu"

    def read(self, source: Source, environment: Environment) -> Iterable[Item]:
        """The groups and the messages; behind them bad-lines, encrypted-file. Raises RecordError: as JsonLinesReader."""
        from commlint_chat.feishu import Feishu
        from commlint_chat.json_chats import of_export

        return of_export(source, environment, Feishu())


class DingTalkReader:
    """Reads messages of DingTalk: what robots are called with, and frames of Stream mode."""

    name = "chat-dingtalk"
    suffixes: tuple[str, ...] = _JSON
    media_types: tuple[str, ...] = ()

    def claims(self, source: Source) -> bool:
        """JSON whose first bytes have the keys of the platform."""
        return _platform(source) == "dingtalk"

    def read(self, source: Source, environment: Environment) -> Iterable[Item]:
        """The groups and the messages; behind them bad-lines, encrypted-file. Raises RecordError: as JsonLinesReader."""
        from commlint_chat.dingtalk import DingTalk
        from commlint_chat.json_chats import of_export

        return of_export(source, environment, DingTalk())


class WeComReader:
    """Reads messages of WeCom: the decrypted archive of conversations, and what robots are called with."""

    name = "chat-wecom"
    suffixes: tuple[str, ...] = _JSON
    media_types: tuple[str, ...] = ()

    def claims(self, source: Source) -> bool:
        """JSON whose first bytes have the keys of the platform."""
        return _platform(source) == "wecom"

    def read(self, source: Source, environment: Environment) -> Iterable[Item]:
        """The groups and the messages; behind them bad-lines, encrypted-file. Raises RecordError: as JsonLinesReader."""
        from commlint_chat.json_chats import of_export
        from commlint_chat.wecom import WeCom

        return of_export(source, environment, WeCom())


def _platform(source: Source) -> str:
    """Whose JSON it is: readers are asked in the order of their names, and only one may claim it. Empty when nothing tells."""
    from commlint_chat import signs

    if source.suffix not in _JSON:
        return ""
    if source.mapping:
        from commlint_chat.mapping import is_mapped

        if is_mapped(source):
            return "configured"
    return signs.platform(source.content)


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
