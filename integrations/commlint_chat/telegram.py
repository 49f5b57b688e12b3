"""Telegram exports: result.json of one chat, or of an account with its chats under "chats" and "left_chats".

core.telegram.org/import-export, "Telegram Data Export Schema", and what Telegram Desktop writes beyond it (topics, date_unixtime).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from commlint.model.record import Attachment, Block, BlockKind, Conversation, Party
from commlint.model.source import Source
from commlint.model.span import Span
from commlint_chat.exports import (
    NO_TEXT,
    Earlier,
    File,
    Group,
    Message,
    base_name,
    called,
    instant,
    no_text,
    no_time,
    reading,
    sized,
    stamped,
)
from commlint_chat.json_spans import Text, Woven
from commlint_chat.json_walk import DamagedError, Node, Walk, mapping, word

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.protocols import Item

_DIRECT = frozenset({"personal_chat", "bot_chat", "saved_messages", "replies", "verify_codes"})
_BLOCKS = {"code": None, "pre": BlockKind.CODE, "blockquote": BlockKind.QUOTE}
_TYPES = {"sticker": "image/*", "animation": "video/*", "voice_message": "audio/*", "video_message": "video/*", "video_file": "video/*", "audio_file": "audio/*"}
_MADE = frozenset({"sticker", "animation", "voice_message", "video_message"})
_NOT_INCLUDED = "("  # "(File not included. Change data exporting settings to download.)"


def of_result(source: Source, environment: Environment) -> Iterator[Item]:
    """The groups and messages of an export, chat by chat."""
    return reading(source, environment, lambda file: _Export(file).read())


class _Export:
    """A walk through the file."""

    def __init__(self, file: File) -> None:
        self.file = file
        self.walk = Walk(file.text)
        self.owner: Party | None = None
        self.number = 0

    def read(self) -> Iterator[Item]:
        """An account, or one chat: its members stand at the top."""
        walk = self.walk
        chat = _Chat(self)
        for key in walk.members():
            if key == "personal_information":
                self._owner()
            elif key in ("chats", "left_chats"):
                yield from self._chats()
            else:
                yield from chat.member(key)

    def _owner(self) -> None:
        span = self.walk.skip()
        try:
            given = mapping(Node.at(self.file.text, span).value)
        except DamagedError:
            return  # who it is stays unknown
        self.owner = Party(_full(word(given.get("first_name")), word(given.get("last_name"))))

    def _chats(self) -> Iterator[Item]:
        for key in self.walk.members():
            if key == "list":
                for _ in self.walk.elements():
                    chat = _Chat(self)
                    for member in self.walk.members():
                        yield from chat.member(member)


def _full(first: str, last: str) -> str:
    return last + first if re.search(r"[\u3400-\u9fff]", first + last) else f"{first} {last}".strip()


class _Chat:
    """One chat while it is read: what its members say stands before its messages."""

    def __init__(self, export: _Export) -> None:
        self.export, self.file, self.walk = export, export.file, export.walk
        self.name: Text | None = None
        self.said: dict[str, str] = {}
        self.known: dict[str, tuple[Party | None, datetime, str]] = {}  # by id: who, when, and in which topic

    def member(self, key: str) -> Iterator[Item]:
        """What a member of the chat holds."""
        if key in ("name", "type", "id"):
            node = Node.at(self.file.text, self.walk.skip())
            self.said[key] = word(node.value)
            if key == "name":
                self.name = node.string
        elif key == "messages":
            if not self.direct and self.name is not None and self.name.text.strip():
                yield self.file.group(Group(self.name, Conversation(id=self.id, thread=self._thread(""), group=self.title)))
            yield from self.file.messages(self.walk, self._message)

    @property
    def id(self) -> str:
        return self.said.get("id") or self.title

    @property
    def title(self) -> str:
        return self.said.get("name", "")

    @property
    def direct(self) -> bool:
        return self.said.get("type") in _DIRECT

    def _thread(self, topic: str) -> str:
        return "/".join(filter(None, ("telegram", self.id, topic)))

    def _message(self, node: Node) -> Iterator[Item]:
        """The record of a message, none of one that says nothing. Raises BadMessage."""
        self.export.number += 1
        sent = instant(node.get("date_unixtime"), self.file.zone) or stamped(node.get("date"), self.file.zone, self.file.zone)
        if sent is None:
            raise no_time()
        service = node.word("type") == "service"
        number = node.word("id")
        sender = _sender(node, "actor" if service else "from")
        answered = node.word("reply_to_message_id")
        topic = self._topic(node, number, answered)
        self.known[number] = sender, sent, topic
        text, blocks = _event(node) if service else _text(node)
        attachments = tuple(_files(node))
        if not service and text is NO_TEXT and not attachments and node.get("text") is None:
            raise no_text()
        forwarded = node.word("forwarded_from")
        who, when, _ = self.known.get(answered, (None, None, ""))
        earlier = (Earlier("history", sender=who, sent_at=when),) if answered and not service else ()
        message = Message(
            id=number,
            sent_at=sent,
            sender=sender,
            body=NO_TEXT if forwarded and not service else text,
            blocks=() if forwarded and not service else blocks,
            conversation=Conversation(f"{self.id}:{number}", f"{self.id}:{answered}" if answered and not service else "", thread=self._thread(topic), group="" if self.direct else self.title),
            to=self._to(node, sender),
            attachments=attachments,
            earlier=(*earlier, *((Earlier("forwarded", text, Party(forwarded)),) if forwarded and not service and text.text.strip() else ())),
            event="system" if service else "",
            direct=self.direct,
            headers=(("auto-submitted", "auto-generated"),) if node.word("via_bot") or (self.said.get("type") == "bot_chat" and sender is not None and sender.name == self.title) else (),
            meta=_edited(node, self.file),
        )
        if message.says:
            yield self.file.record(message, node.span, self.export.number)

    def _topic(self, node: Node, number: str, answered: str) -> str:
        """The topic that a message of a forum is in: that which it begins, that of what it answers."""
        if node.word("action") == "topic_created":
            return number
        return self.known[answered][2] if answered in self.known else ""

    def _to(self, node: Node, sender: Party | None) -> tuple[Party, ...]:
        """The other one of two; in a group, whom entities mention by a link."""
        if self.direct:
            other = self.export.owner if sender is not None and sender.name == self.title else Party(self.title)
            return (other,) if other is not None and other.name else ()
        named = (mapping(each) for each in (node.get("text") if isinstance(node.get("text"), list) else ()))
        return tuple(dict.fromkeys(Party(word(each.get("text")).lstrip("@")) for each in named if each.get("type") in ("mention", "mention_name") and word(each.get("text"))))


def _sender(node: Node, key: str) -> Party | None:
    name = called(node.word(key), node.word(f"{key}_id"))
    return Party(name) if name else None


def _edited(node: Node, file: File) -> tuple[tuple[str, str], ...]:
    edited = instant(node.get("edited_unixtime"), file.zone)
    return (("edited", edited.isoformat()),) if edited is not None else ()


def _text(node: Node) -> tuple[Text, tuple[Block, ...]]:
    """The text, and its code and quotations. Raises BadMessage when it is neither text nor a list of texts."""
    text = node["text"]
    if not text or (text.value == "" and node.get("text_entities")):
        text = node["text_entities"]
    if not text:
        return _poll(node), ()
    if isinstance(text.value, str):
        return (text.string or NO_TEXT) if text.value else _poll(node), ()
    if not isinstance(text.value, list):
        raise no_text()
    woven, blocks = Woven(), []
    for piece in text:
        start = len(woven)
        written = piece.string or piece["text"].string
        if written is not None:
            woven.add(written)
        kind = _BLOCKS.get(piece.word("type"))
        if kind is not None and start < len(woven):
            blocks.append(Block(kind, Span(start, len(woven))))
    return woven.text if len(woven) else _poll(node), tuple(blocks)


def _poll(node: Node) -> Text:
    """The question of a poll, and its answers."""
    woven = Woven()
    for piece in (node["poll"]["question"], *(each["text"] for each in node["poll"]["answers"])):
        written = piece.string
        if written is not None:
            if len(woven):
                woven.say("\n")
            woven.add(written)
    return woven.text if len(woven) else NO_TEXT


def _event(node: Node) -> tuple[Text, tuple[Block, ...]]:
    """What the program tells: who did what, to whom."""
    woven = Woven()
    for piece in (node["actor"], node["action"], node["title"], node["new_title"], *node["members"]):
        written = piece.string
        if written is not None and written.text.strip():
            if len(woven):
                woven.say(" ")
            woven.add(written)
    return (woven.text if len(woven) else NO_TEXT), ()


def _files(node: Node) -> Iterator[Attachment]:
    """Files by the names that people gave them; photos, voices and stickers have names of the program's only."""
    given: dict[str, Any] = node.value
    media, path, named = word(given.get("media_type")), word(given.get("file")), word(given.get("file_name"))
    if "photo" in given:
        yield Attachment("", sized(given.get("photo_file_size")), "image/*")
    if path or media or named:
        name = called(named, "" if media in _MADE or path.startswith(_NOT_INCLUDED) else base_name(path))
        yield Attachment(name, sized(given.get("file_size")), word(given.get("mime_type")) or _TYPES.get(media))
