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
_BULLET = re.compile(r"[ \t]*-[ \t]+(?P<item>[^\n]*)$")
_BLOCK_SCALAR = re.compile(r"[|>][-+\d]{0,2}[ \t]*(?:#.*)?$")
_REMARK = re.compile(r"(?:^|[ \t])[ \t]*#.*$")
_QUOTED = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\n]|'')*'")
_WHOLE = frozenset({"subject", "title"})  # "关于 #123 的回复" is no remark, whatever YAML says
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
    mark = r"(?:---|\.\.\.)" if opening["mark"] == "---" else r"\+\+\+"
    closing = re.compile(rf"^{mark}[ \t]*(?:\n|\Z)", re.MULTILINE).search(text, opening.end(), opening.end() + _LIMIT)
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
    """Keys and values as YAML and TOML write them where they are simple: scalars, lists of scalars, blocks of text; a list is joined by commas."""
    lines = _lines(text, start, end)
    at = 0
    while at < len(lines):
        match = _ENTRY.match(text, lines[at].start, lines[at].end)
        at += 1
        if match is None:
            continue
        key, value = _key(match["key"]), Span(*match.span("value"))
        if _BLOCK_SCALAR.match(value.of(text)):
            below = _taken(text, lines[at:], bullets=False)
            yield (key, *_joined(text, below, " "))
        elif not value.of(text).strip() and (below := _taken(text, lines[at:], bullets=True)):
            items = [_scalar(text, Span(*_bullet(text, line)), key) for line in below]
            yield (key, *_joined(text, items, ", "))
        elif value.of(text).strip() == "[" and match["mark"] == "=":
            below = _until_bracket(text, lines[at:])
            items = [_scalar(text, Span(line.start, line.start + len(line.of(text).rstrip(", \t"))), key) for line in below if line.of(text).strip(" \t,]")]
            yield (key, *_joined(text, items, ", "))
        else:
            below = []
            span = _scalar(text, value, key)
            yield key, span.of(text), span
        at += len(below)


def _lines(text: str, start: int, end: int) -> list[Span]:
    found = []
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        found.append(Span(start, stop))
        start = stop + 1
    return found


def _taken(text: str, lines: list[Span], *, bullets: bool) -> list[Span]:
    """The lines that belong to the key above them: items, or lines that are indented deeper."""
    taken: list[Span] = []
    for line in lines:
        written = line.of(text)
        if (_BULLET.match(written) is None) if bullets else bool(written.strip()) and not written.startswith((" ", "\t")):
            break
        taken.append(line)
    while taken and not taken[-1].of(text).strip():
        taken.pop()
    return taken


def _until_bracket(text: str, lines: list[Span]) -> list[Span]:
    end = next((number for number, line in enumerate(lines) if line.of(text).strip().startswith("]")), -1)
    return lines[: end + 1]


def _bullet(text: str, line: Span) -> tuple[int, int]:
    match = _BULLET.match(text, line.start, line.end)
    return match.span("item") if match else (line.start, line.end)


def _scalar(text: str, span: Span, key: str) -> Span:
    """Where a value stands, without blanks and quotes around it and without a remark behind it."""
    written = span.of(text)
    first = span.start + len(written) - len(written.lstrip())
    quoted = _QUOTED.match(text, first, span.end)
    if quoted and not _REMARK.sub("", text[quoted.end() : span.end]).strip(" \t,"):
        return Span(first + 1, quoted.end() - 1)
    kept = _REMARK.sub("", text[first : span.end]) if key not in _WHOLE else text[first : span.end]
    return Span(first, first + len(kept.rstrip()))


def _joined(text: str, spans: list[Span], by: str) -> tuple[str, Span]:
    """Several stretches as one value, and the stretch that holds them all."""
    said = [span.of(text).strip() for span in spans]
    whole = Span(spans[0].start, spans[-1].end) if spans else Span(0, 0)
    return by.join(filter(None, said)), whole


def _key(written: str) -> str:
    name = written.strip().strip("\"'*").lower()
    return _NAMES.get(name, name)
