"""Discord: the JSON that DiscordChatExporter writes for a channel, and the package of one's own data that Discord hands out.

github.com/Tyrrrz/DiscordChatExporter; support.discord.com/hc/articles/360004957991, "Your Discord Data Package".
Markdown stays as it is written; ids in it are shown by their names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from commlint.errors import RecordError
from commlint.model.record import Attachment, Conversation, Party
from commlint.model.source import Source
from commlint.model.sourcemap import SourceMap
from commlint.model.span import Span
from commlint_chat.exports import (
    NO_TEXT,
    Earlier,
    File,
    Group,
    Message,
    base_name,
    called,
    no_text,
    no_time,
    nothing,
    reading,
    sized,
    stamped,
    too_large,
)
from commlint_chat.json_spans import Text, Woven
from commlint_chat.json_walk import DamagedError, Node, Walk, listed, mapping, word

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.protocols import Folder, Item

_DIRECT = frozenset({"DirectTextChat", "DirectGroupTextChat", "DM", "GROUP_DM", "1", "3"})
_PRIVATE = frozenset({"DirectTextChat", "DM", "1"})
_SAID = frozenset({"", "Default", "Reply", "ChatInputCommand", "ContextMenuCommand", "0", "19", "20", "23"})
_ID = re.compile(r"<(?:@!?(?P<user>\d{1,20})|@&(?P<role>\d{1,20})|#(?P<channel>\d{1,20})|a?:(?P<emoji>\w{1,64}):\d{1,20})>")
_CHANNEL = re.compile(r"(?:.*/)?messages/c?(?P<id>\d{5,20})/messages\.json", re.IGNORECASE)


# channels as DiscordChatExporter writes them


def of_channel(source: Source, environment: Environment) -> Iterator[Item]:
    """The channel and its messages."""
    return reading(source, environment, lambda file: _Channel(file).read())


class _Channel:
    """A walk through the file: guild and channel stand before the messages."""

    def __init__(self, file: File) -> None:
        self.file = file
        self.guild = self.id = self.name = self.kind = ""
        self.known: dict[str, tuple[Party | None, datetime]] = {}
        self.number = 0

    def read(self) -> Iterator[Item]:
        """Its group, then its messages."""
        walk = Walk(self.file.text)
        for key in walk.members():
            if key == "guild":
                self.guild = self.file.node(walk).word("id")
            elif key == "channel":
                yield from self._group(self.file.node(walk))
            elif key == "messages":
                yield from self.file.messages(walk, self._read)

    def _group(self, node: Node) -> Iterator[Item]:
        self.id, self.name, self.kind = node.word("id"), node.word("name"), node.word("type")
        title = node["name"].string
        if title is not None and self.kind not in _DIRECT:
            meta = tuple((key, node.word(key)) for key in ("category", "topic") if node.word(key))
            yield self.file.group(Group(title, Conversation(id=self.id, thread=self._thread, group=self.name), meta=meta))

    @property
    def _thread(self) -> str:
        return f"discord/{self.guild}/{self.id}"

    def _read(self, node: Node) -> Iterator[Item]:
        self.number += 1
        message = self._message(node)
        if message.says:
            yield self.file.record(message, node.span, self.number)

    def _message(self, node: Node) -> Message:
        sent = stamped(node.get("timestamp"), self.file.zone)
        if sent is None:
            raise no_time()
        number = node.word("id")
        author = mapping(node.get("author"))
        sender = _party(author)
        self.known[number] = sender, sent
        mentioned = {word(each.get("id")): _party(each) for each in map(mapping, listed(node.get("mentions")))}
        answered = word(mapping(node.get("reference")).get("messageId"))
        who, when = self.known.get(answered, (None, None))
        edited = stamped(node.get("timestampEdited"), self.file.zone)
        private = self.kind in _PRIVATE
        other = () if sender is not None and sender.name == self.name else (Party(self.name),) if self.name else ()
        return Message(
            id=number,
            sent_at=sent,
            sender=sender,
            body=shown(_content(node), {key: party.name for key, party in mentioned.items() if party is not None}),
            conversation=Conversation(f"{self.id}:{number}", f"{self.id}:{answered}" if answered else "", thread=self._thread, group="" if self.kind in _DIRECT else self.name),
            to=other if private else tuple(party for party in mentioned.values() if party is not None),
            attachments=tuple(_files(node)),
            earlier=(*((Earlier("history", sender=who, sent_at=when),) if answered else ()), *self._forwarded(node)),
            event="" if node.word("type") in _SAID else "system",
            direct=private,
            headers=(("auto-submitted", "auto-generated"),) if author.get("isBot") is True else (),
            meta=(("edited", edited.isoformat()),) if edited else (),
        )

    def _forwarded(self, node: Node) -> Iterator[Earlier]:
        passed = node["forwardedMessage"]
        text = passed["content"].string
        if text is not None and text.text.strip():
            yield Earlier("forwarded", shown(text, {}), None, stamped(passed.get("timestamp"), self.file.zone))


def _party(author: Mapping[str, Any]) -> Party | None:
    name = called(word(author.get("nickname")), word(author.get("name")), word(author.get("id")))
    return Party(name) if name else None


def _content(node: Node) -> Text:
    """The content; of one without, what its embeds say. Raises BadMessage."""
    content = node["content"]
    text = content.string
    if text is None and (content or not (node.get("attachments") or node.get("embeds") or node.get("stickers") or node.get("forwardedMessage"))):
        raise no_text()
    if text is not None and text.text.strip():
        return text
    woven = Woven()
    for each in node["embeds"]:
        for piece in (each["title"].string, each["description"].string):
            if piece is not None and piece.text.strip():
                if len(woven):
                    woven.say("\n")
                woven.add(piece)
    return woven.text if len(woven) else NO_TEXT


def _files(node: Node) -> Iterator[Attachment]:
    for each in map(mapping, listed(node.get("attachments"))):
        name = called(word(each.get("fileName")), base_name(word(each.get("url"))))
        if name:
            yield Attachment(name, sized(each.get("fileSizeBytes")))
    for each in map(mapping, listed(node.get("stickers"))):
        yield Attachment(word(each.get("name")), media_type="image/*")


def shown(written: Text, names: Mapping[str, str]) -> Text:
    """A text with the names of those whose ids stand in it, with the way back."""
    if "<" not in written.text:
        return written
    woven, done = Woven(), 0
    for match in _ID.finditer(written.text):
        _copy(woven, written.text, done, match.start())
        kind = match.lastgroup or ""
        name = match[kind]
        woven.put(f":{name}:" if kind == "emoji" else f"#{name}" if kind == "channel" else f"@{names.get(name, name)}", Span(*match.span()))
        done = match.end()
    _copy(woven, written.text, done, len(written.text))
    found = woven.text
    return Text(found.text, found.source_map.compose(written.source_map))


def _copy(woven: Woven, text: str, start: int, end: int) -> None:
    if start < end:
        woven.add(Text(text[start:end], SourceMap.slice(Span(start, end))))


# one's own data package


def of_package(folder: Folder, environment: Environment) -> Iterator[Item]:
    """The channels of a package with the messages that its owner wrote: Discord gives nobody those of others."""
    names = tuple(folder.names)
    owner = _owner(folder, names, environment)
    channels = [(name, match["id"]) for name in names if (match := _CHANNEL.fullmatch(name))] or [(name, "") for name in names if name == "messages.json"]
    for name, number in channels:
        beside = name[: -len("messages.json")] + "channel.json"
        try:
            channel = _described(folder, beside, environment) if beside in names else {}
            source = folder.source(name)
            if source.large:
                raise too_large()
            yield from reading(source, environment, _Own(channel, number, owner).read)
        except RecordError as error:
            if error.slug != "no-messages":
                yield error.at(name)
    if not channels:
        raise nothing()


def _described(folder: Folder, name: str, environment: Environment) -> dict[str, Any]:
    """What a small file of the package says; nothing when it is damaged."""
    try:
        file = File.of(folder.source(name), environment)
        return mapping(Node.at(file.text, Walk(file.text).skip()).value)
    except (RecordError, DamagedError):
        return {}


def _owner(folder: Folder, names: Collection[str], environment: Environment) -> Party | None:
    """Whose package it is, as account/user.json says."""
    file = next((name for name in names if name.lower() == "account/user.json"), "")
    said = _described(folder, file, environment) if file else {}
    name = called(word(said.get("global_name")), word(said.get("username")))
    return Party(name, word(said.get("email"))) if name else None


class _Own:
    """The messages of one channel of a package."""

    def __init__(self, channel: Mapping[str, Any], number: str, owner: Party | None) -> None:
        self.guild = mapping(channel.get("guild"))
        self.id = called(word(channel.get("id")), number)
        self.name = word(channel.get("name"))
        self.private = word(channel.get("type")) in _PRIVATE
        self.owner = owner
        self.number = 0

    def read(self, file: File) -> Iterator[Item]:
        """The group by the name that channel.json gives it, then the messages."""
        self.file = file
        group = "" if self.private else self.name
        thread = f"discord/{word(self.guild.get('id'))}/{self.id}"
        self.conversation = Conversation(thread=thread, group=group)
        if group:
            yield file.group(Group(Text(group, SourceMap(())), Conversation(id=self.id, thread=thread, group=group)))
        yield from file.messages(Walk(file.text), self._read)

    def _read(self, node: Node) -> Iterator[Item]:
        self.number += 1
        sent = stamped(node.get("Timestamp"), self.file.zone)
        if sent is None:
            raise no_time()
        text = node["Contents"].string
        if text is None:
            raise no_text()
        number = node.word("ID")
        files = tuple(Attachment(name) for each in node.word("Attachments").split() if (name := base_name(each)))
        conversation = Conversation(f"{self.id}:{number}", thread=self.conversation.thread, group=self.conversation.group)
        message = Message(number, sent, self.owner, shown(text, {}), conversation, attachments=files, direct=self.private)
        if message.says:
            yield self.file.record(message, node.span, self.number)
