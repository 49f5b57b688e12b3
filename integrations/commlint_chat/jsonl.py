"""Chats as JSON Lines, one message a line: {"id", "time", "chat", "sender", "text", "mentions", "reply_to"}.

Other names are mapped by the configuration: `text = "content.text"` says where the text is. Times are RFC 3339, a plain
stamp in the configured zone, or seconds or milliseconds since 1970.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo

from attrs import frozen

from commlint.model.reading.stamp import epoch, moment
from commlint.model.record import Party
from commlint_chat import json_spans

KEYS = ("id", "time", "chat", "sender", "text", "mentions", "reply_to", "thread", "type")
_SYSTEM = frozenset({"system", "recall", "join", "leave", "notification", "event"})


@frozen
class Message:
    """One line: its number in the file (from 1) and what it says. `string` gives the places of its strings."""

    line: int
    id: str
    sent_at: datetime | None
    chat: str
    sender: Party
    mentions: tuple[Party, ...]
    reply_to: str
    thread: str
    system: bool
    type: str
    written: str
    start: int
    paths: Mapping[str, tuple[str, ...]]

    def string(self, key: str) -> json_spans.Text | None:
        """The string under `key` and where it stands in the file; None when it is no string."""
        return json_spans.string_at(self.written, self.paths[key], self.start)


@frozen
class Bad:
    """A line that is no message, and why, in English and Chinese."""

    line: int
    reason: str
    zh: str


def parse(text: str, zone: tzinfo, mapping: Mapping[str, str]) -> Iterator[Message | Bad]:
    """The messages in `text`, line by line; a line that is no JSON object comes as Bad."""
    paths = {key: tuple(mapping.get(key, key).split(".")) for key in KEYS}
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip(" \t\r\ufeff"):
            yield _message(line, number, start, zone, paths)
        start += len(line) + 1


def _message(line: str, number: int, start: int, zone: tzinfo, paths: Mapping[str, tuple[str, ...]]) -> Message | Bad:
    try:
        value = json.loads(line.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return Bad(number, "not JSON", "不是 JSON")
    if not isinstance(value, dict):
        return Bad(number, "not an object", "不是对象")
    found = {key: _under(value, path) for key, path in paths.items()}
    if not isinstance(found["text"], str) and str(found["type"] or "").lower() not in _SYSTEM:
        name = ".".join(paths["text"])
        return Bad(number, f"no text under {name!r}", f"没有文字字段 {name}")
    return Message(
        line=number,
        id=_string(found["id"]),
        sent_at=_moment(found["time"], zone),
        chat=_string(found["chat"]),
        sender=_party(found["sender"]),
        mentions=tuple(_party(one) for one in found["mentions"]) if isinstance(found["mentions"], list) else (),
        reply_to=_string(found["reply_to"]),
        thread=_string(found["thread"]),
        system=str(found["type"] or "").lower() in _SYSTEM,
        type=str(found["type"] or "").lower(),
        written=line,
        start=start,
        paths=paths,
    )


def _under(value: object, path: tuple[str, ...]) -> object:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _string(value: object) -> str:
    return value if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""


def _moment(value: object, zone: tzinfo) -> datetime | None:
    if isinstance(value, str):
        numeric = value.replace(".", "", 1).isdecimal() and value.isascii() and 9 <= len(value) <= 20
        return epoch(float(value), zone) if numeric else moment(value, zone)
    return epoch(value, zone) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _party(value: object) -> Party:
    """A sender: a name, an address, or an object with either."""
    if isinstance(value, dict):
        name = _string(value.get("name")) or _string(value.get("id"))
        return Party(name, _string(value.get("address")) or _string(value.get("email")))
    text = _string(value).lstrip("@")
    return Party("", text) if "@" in text and " " not in text else Party(text)
