"""Chats as JSON of no platform's own: {"id", "time", "chat", "sender", "text", "mentions", "reply_to"}, or names that are mapped to these.

Times are RFC 3339, a plain stamp in the configured zone, or seconds or milliseconds since 1970.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import tzinfo
from itertools import chain
from typing import Any

from attrs import frozen

from commlint.model.environment import Environment
from commlint.model.protocols import Item as Found
from commlint.model.reading.filetext import FileText
from commlint.model.record import Attachment, Party
from commlint.model.source import Source
from commlint.model.span import Span
from commlint_chat.events import is_recall
from commlint_chat.items import Bad, Item, items
from commlint_chat.json_chats import is_lines, of_export
from commlint_chat.json_spans import Strings, Text
from commlint_chat.mapping import Fields, fields_of, is_mapped, steps, written
from commlint_chat.said import NOTHING, Said, Ties, array, moment, size, standing_for, string
from commlint_chat.spoken import media

_SYSTEM = frozenset({"system", "recall", "recalled", "revoke", "join", "leave", "notification", "event", "notice", "系统", "系统消息", "撤回"})
_RECALLS = frozenset({"recall", "recalled", "revoke", "撤回"})
_BETWEEN_NAMES = re.compile(r"[,\uff0c;\uff1b\u3001]\s*")


def of_json(source: Source, environment: Environment) -> Iterator[Found]:
    """The messages of JSON Lines, a JSON array or pages, each group before its first. Raises RecordError: as FileText.read, unknown-keys, no-messages."""
    path = steps(dict(source.mapping).get("messages", ""))
    text = FileText.read(source.content).view.text
    deep = not is_mapped(source)
    fields = fields_of(source, items(text, path=path, lines=is_lines(source, text), deep=deep))
    return chain(of_export(source, environment, Neutral(fields), path=path, again=False, deep=deep), fields.errors)


@frozen
class Neutral:
    """Messages whose keys are known."""

    fields: Fields

    def ties(self, value: Mapping[str, Any]) -> Ties:
        """Its ids, under the names that the file has for them."""
        get = self.fields.value
        return Ties(id=_id(get(value, "id")), reply_to=_id(get(value, "reply_to")), chat=_id(get(value, "group")))

    def said(self, item: Item, text: str, zone: tzinfo) -> Said | Bad:
        """The message, or why it is none."""
        strings = Strings(text, item.span)
        words = self._string(strings, "text")
        kind = string(self.fields.value(item.value, "type")).lower()
        files = tuple(_files(self.fields.value(item.value, "files")))
        if words is None and kind not in _SYSTEM and not files:
            name = written(self.fields.paths["text"])
            return Bad(item.line, f"no text under {name!r}", f"没有文字字段 {name}")
        words = words or NOTHING
        if not words.text.strip() and files:
            words, _ = standing_for("file", item)
        value, get = item.value, self.fields.value
        form = "text" if kind not in _SYSTEM else "recalled" if kind in _RECALLS or is_recall(words.text.strip()) else "system"
        return Said(
            text=words, id=_id(get(value, "id")), sent_at=moment(get(value, "time"), zone), sender=party(get(value, "sender"), get(value, "address")),
            chat=_id(get(value, "group")), group=self._group(value, strings), to=tuple(_mentioned(get(value, "mentions"))),
            reply_to=_id(get(value, "reply_to")), thread=_id(get(value, "thread")), form=form, files=(*media(words.text, 0), *files),
        )  # fmt: skip

    def _string(self, strings: Strings, role: str) -> Text | None:
        return strings.at(*self.fields.paths[role]) if role in self.fields.paths else None

    def _group(self, value: Mapping[str, Any], strings: Strings) -> Text | None:
        """Where the group's name stands; a number that is one has no place."""
        found = self.fields.value(value, "group")
        if isinstance(found, dict):
            return next((text for key in ("name", "title") if (text := strings.at(*self.fields.paths["group"], key)) is not None), None)
        if isinstance(found, str):
            return self._string(strings, "group")
        return Text(string(found), NOTHING.source_map) if found is not None and string(found) else None


def _id(value: object) -> str:
    return string(value.get("id") or value.get("name") or "") if isinstance(value, dict) else string(value)


def party(value: object, address: object = None) -> Party:
    """A sender: a name, an address, or an object with either."""
    if isinstance(value, dict):
        name = next((said for key in ("name", "nick", "nickname", "displayName", "display_name", "username", "id") if (said := string(value.get(key)))), "")
        return Party(name, string(address) or string(value.get("address")) or string(value.get("email")))
    text = string(value).lstrip("@")
    if string(address):
        return Party(text, string(address))
    return Party("", text) if "@" in text and " " not in text else Party(text)


def _mentioned(value: object) -> Iterator[Party]:
    for each in _BETWEEN_NAMES.split(value[:10_000]) if isinstance(value, str) else array(value):
        found = party(each)
        if found.name or found.address:
            yield found


def _files(value: object) -> Iterator[Attachment]:
    for each in [value] if isinstance(value, str | dict) else array(value):
        if isinstance(each, dict):
            name = next((said for key in ("name", "file_name", "filename", "fileName", "title", "url") if (said := string(each.get(key)))), "")
            yield Attachment(name, next((size(each[key]) for key in ("size", "file_size", "filesize", "fileSize") if key in each), None), string(each.get("media_type") or each.get("mime_type") or each.get("mimetype")) or None, part=0, span=Span(0, 0))
        elif string(each):
            yield Attachment(string(each), part=0, span=Span(0, 0))
