"""The head of a text file: `---` front matter, or header lines as mail programs print them (主题, 发件人, 收件人, 时间)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, tzinfo

from attrs import frozen

from commlint.model.reading.parties import parties
from commlint.model.reading.stamp import moment
from commlint.model.record import Party
from commlint.model.span import Span

_KEYS = {
    "kind": ("类型", "记录类型", "type"),
    "subject": ("主题", "主旨", "邮件主题"),
    "title": ("标题",),
    "from": ("发件人", "寄件者", "发送人", "發件人", "寄件人"),
    "to": ("收件人", "收件者"),
    "cc": ("抄送", "副本", "抄送人"),
    "bcc": ("密送", "密件抄送"),
    "sent": ("发送时间", "发件时间", "寄件日期", "傳送時間", "發送時間", "sent_at", "date", "日期", "时间", "時間"),
    "group": ("群名", "群聊", "群名称", "群聊名称", "群名稱", "chat"),
    "reply_to": ("回复", "in-reply-to", "in_reply_to"),
    "id": ("编号", "message-id", "message_id"),
    "thread": ("会话",),
    "case": ("事项", "项目", "project"),
    "attachments": ("附件",),
}
_NAMES = {name: key for key, names in _KEYS.items() for name in (key, *names)}
_ENTRY = re.compile(r"^[ \t]*(?P<key>[^\s:\uff1a#][^:\uff1a\n]{0,30}?)[ \t]*(?P<mark>[:\uff1a=])[ \t]*(?P<value>[^\n]*)$", re.MULTILINE)
_FENCE = re.compile(r"\ufeff?(?P<mark>---|\+\+\+)[ \t]*\n")
_PRINTED = frozenset({"subject", "from", "to", "cc", "bcc", "sent", "attachments"})
_LIMIT = 64 * 1024  # characters of front matter


@frozen
class Head:
    """The head of a file: its stretch, and (key, value, where the value stands) in order; empty when there is none."""

    span: Span
    entries: tuple[tuple[str, str, Span], ...] = ()

    def get(self, key: str) -> str | None:
        """The first value that is not empty under `key`."""
        return next((value for name, value, _ in self.entries if name == key and value), None)

    def where(self, key: str) -> Span | None:
        """Where that value stands."""
        return next((span for name, value, span in self.entries if name == key and value), None)

    def parties(self, key: str) -> tuple[Party, ...]:
        """The value of `key` as people; a YAML list in brackets is one too."""
        written = self.get(key) or ""
        return parties(written[1:-1] if written.startswith("[") and written.endswith("]") else written)

    def sent(self, zone: tzinfo) -> datetime | None:
        """When it says the record was sent."""
        written = self.get("sent")
        return moment(written, zone) if written else None

    @property
    def meta(self) -> tuple[tuple[str, str], ...]:
        """Keys and values as strings."""
        return tuple((name, value) for name, value, _ in self.entries)


def head_of(text: str) -> Head:
    """The head of `text` (line breaks normalised), empty when it has none."""
    return _fenced(text) or _printed(text) or Head(Span(0, 0))


def _fenced(text: str) -> Head | None:
    opening = _FENCE.match(text)
    if not opening:
        return None
    closing = re.compile(rf"^{re.escape(opening['mark'])}[ \t]*(?:\n|\Z)", re.MULTILINE).search(text, opening.end(), opening.end() + _LIMIT)
    if not closing:
        return None
    entries = tuple(_entries(text, opening.end(), closing.start()))
    return Head(Span(0, closing.end()), entries) if entries or closing.start() == opening.end() else None


def _printed(text: str) -> Head | None:
    """Header lines at the very top, a sender or recipient among them: 主题/时间 alone may be a form."""
    start = len(text) - len(text.lstrip("\ufeff\n"))
    end = start
    entries: list[tuple[str, str, Span]] = []
    for match in _ENTRY.finditer(text, start, start + _LIMIT):
        if text[end : match.start()].strip(" \t") or _key(match["key"]) not in _PRINTED:
            break
        first, last = match.span("value")
        value = text[first:last].rstrip()
        entries.append((_key(match["key"]), value, Span(first, first + len(value))))
        end = min(match.end() + 1, len(text))
    return Head(Span(0, end), tuple(entries)) if {"from", "to"} & {key for key, _, _ in entries} else None


def _entries(text: str, start: int, end: int) -> Iterator[tuple[str, str, Span]]:
    for match in _ENTRY.finditer(text, start, end):
        first = match.start("value")
        last = first + len(match["value"].rstrip())
        if last - first >= 2 and text[first] == text[last - 1] and text[first] in "\"'":
            first, last = first + 1, last - 1
        yield _key(match["key"]), text[first:last], Span(first, last)


def _key(written: str) -> str:
    name = written.strip().strip("\"'*").lower()
    return _NAMES.get(name, name)
