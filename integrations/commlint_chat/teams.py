"""Microsoft Teams exports: chatMessage objects of Microsoft Graph, as an answer ("value"), a list, one, or one a line.

learn.microsoft.com/graph/api/resources/chatmessage, /graph/teams-export-apis. A chat or channel that holds "messages" gives its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from attrs import frozen

from commlint.model.reading.html import seen
from commlint.model.record import Attachment, Block, Conversation, Grid, Party
from commlint.model.source import Source
from commlint.model.sourcemap import Run, SourceMap
from commlint.model.span import Span
from commlint_chat.exports import (
    NO_TEXT,
    BadMessage,
    Earlier,
    File,
    Group,
    Message,
    base_name,
    called,
    no_text,
    no_time,
    reading,
    stamped,
)
from commlint_chat.json_spans import Text, Woven, inside
from commlint_chat.json_walk import DamagedError, Node, Walk, listed, mapping, word

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.protocols import Item

_AT = re.compile(r"<at(?:\s[^<>]{0,200})?>", re.IGNORECASE)
_AT_ID = re.compile(r"""\bid\s*=\s*["']?(\d{1,6})""", re.IGNORECASE)
_BETWEEN = re.compile(r"</at>(?:\s|&nbsp;|&#160;){0,4}\Z", re.IGNORECASE)
_HOSTED = re.compile(r"<img\b[^<>]{0,2000}/hostedContents/", re.IGNORECASE)
_NAMES = ("channelDisplayName", "chatDisplayName")
_PRIVATE = "@unq.gbl.spaces"
_IMPORTANT = frozenset({"high", "urgent"})
_MOST_IMAGES = 100


def of_messages(source: Source, environment: Environment) -> Iterator[Item]:
    """The groups whose names are told, and the messages."""
    return reading(source, environment, lambda file: _Export(file).read())


@frozen
class _Held:
    """The chat or channel that messages are found in; nothing known of it: empty."""

    id: str = ""
    title: str = ""
    kind: str = ""


class _Export:
    """A walk through the file."""

    def __init__(self, file: File) -> None:
        self.file = file
        self.titles = dict(_titles(file))
        self.told: set[str] = set()
        self.people: dict[str, Party] = {}
        self.known: dict[str, tuple[Party | None, datetime]] = {}
        self.number = 0

    def read(self) -> Iterator[Item]:
        """One value, or several after each other: JSON Lines."""
        walk = Walk(self.file.text)
        while walk.sign:
            yield from self._value(walk, _Held(), 0)

    def _value(self, walk: Walk, held: _Held, depth: int) -> Iterator[Item]:
        """A message, what holds messages, a list of either."""
        if walk.sign == "[" and depth < _DEEPEST:
            for _ in walk.elements():
                yield from self._value(walk, held, depth + 1)
        elif walk.sign == "{" and depth < _DEEPEST and not {"value", "messages"}.isdisjoint(keys := set(Walk(self.file.text, walk.at).members())) and "body" not in keys:
            yield from self._holder(walk, depth)
        else:
            yield from self.file.one(walk, lambda node: self._message(node, held))

    def _holder(self, walk: Walk, depth: int) -> Iterator[Item]:
        said: dict[str, str] = {}
        for key in walk.members():
            if key in ("value", "messages"):
                held = _Held(said.get("id", ""), called(said.get("topic", ""), said.get("displayName", "")), said.get("chatType", ""))
                yield from self._value(walk, held, depth + 1)
            elif key in ("id", "topic", "displayName", "chatType", "members"):
                node = Node.at(self.file.text, walk.skip())
                said[key] = word(node.value)
                if key in ("topic", "displayName") and node.string is not None and said[key].strip() and said.get("id"):
                    self.titles.setdefault(said["id"], node.string)
                self._members(node)

    def _members(self, node: Node) -> None:
        for each in map(mapping, listed(node.value)):
            name = word(each.get("displayName"))
            if name:
                self.people[called(word(each.get("userId")), name)] = Party(name, word(each.get("email")))

    def _message(self, node: Node, held: _Held) -> Iterator[Item]:
        """The record of a message, that of its group before the first, those of its replies behind. Raises BadMessage."""
        self.number += 1
        place = called(word(mapping(node.get("channelIdentity")).get("channelId")), node.word("chatId"), held.id)
        message = self._read(node, place, held)
        if place and place in self.titles and place not in self.told:
            self.told.add(place)
            title = self.titles[place]
            yield self.file.group(Group(title, Conversation(id=place, thread=f"teams/{place}", group=word(title.text))))
        if message.says:
            yield self.file.record(message, node.span, self.number)
        for reply in node["replies"]:
            try:
                yield from self._message(reply, held)
            except BadMessage as why:
                self.file.refuse(reply.span.start, why)

    def _read(self, node: Node, place: str, held: _Held) -> Message:
        sent = stamped(node.get("createdDateTime"), self.file.zone)
        if sent is None:
            raise no_time()
        number, root = node.word("id"), node.word("replyToId")
        kind = node.word("messageType")
        deleted = stamped(node.get("deletedDateTime"), self.file.zone) is not None
        event = "recalled" if deleted else "system" if kind not in ("", "message", "chatMessage") else ""
        body = _Body(Text("", SourceMap(()))) if deleted else _Body(_told(node)) if event else _body(node)
        sender = self._party(mapping(node.get("from")))
        self.known[f"{place}:{number}"] = sender, sent
        direct = _PRIVATE in place or held.kind == "oneOnOne"
        title = self.titles.get(place)
        who, when = self.known.get(f"{place}:{root}", (None, None))
        mentioned = (self._party(mapping(each.get("mentioned"))) for each in map(mapping, listed(node.get("mentions"))))
        importance = node.word("importance").lower()
        edited = stamped(node.get("lastEditedDateTime"), self.file.zone)
        return Message(
            id=number,
            sent_at=sent,
            sender=sender,
            body=body.text,
            blocks=body.blocks,
            grids=body.grids,
            subject=node["subject"].string,
            conversation=Conversation(
                f"{place}:{number}", f"{place}:{root}" if root else "", thread="/".join(filter(None, ("teams", place, (root or number) if node.get("channelIdentity") else ""))),
                group="" if direct else word(title.text) if title is not None else held.title,
            ),
            to=tuple(dict.fromkeys(party for party in mentioned if party is not None)),
            attachments=(*_files(node), *body.images),
            earlier=(*((Earlier("history", sender=who, sent_at=when),) if root and who is not None else ()), *_referred(node)),
            event=event,
            direct=direct,
            headers=(*((("importance", importance),) if importance in _IMPORTANT else ()), *((("auto-submitted", "auto-generated"),) if mapping(node.get("from")).get("application") else ())),
            meta=(("edited", edited.isoformat()),) if edited else (),
        )

    def _party(self, identities: Mapping[str, Any]) -> Party | None:
        """Whom a set of identities names: a person, a program, a whole team or channel."""
        for key in ("user", "application", "device", "conversation", "tag"):
            given = mapping(identities.get(key))
            name = called(word(given.get("displayName")), word(given.get("id")))
            if name:
                return self.people.get(word(given.get("id"))) or Party(name, called(word(given.get("email")), word(given.get("userPrincipalName"))))
        return None


_DEEPEST = 6  # chats that hold messages that hold …


def _titles(file: File) -> Iterator[tuple[str, Text]]:
    """Names of groups that events tell, by the id of the chat or channel; the last name last."""
    text = file.text
    if not any(f'"{name}"' in text for name in _NAMES):
        return
    found: list[tuple[str, str, Text]] = []
    for match in re.finditer(r'"eventDetail"\s*:\s*(?=\{)', text):
        try:
            node = Node.at(text, Walk(text, match.end(), match.end() + _MOST_DETAIL).skip())
        except DamagedError:
            continue
        for key in _NAMES:
            title, place = node[key].string, called(node.word("channelId"), node.word("chatId"))
            if title is not None and title.text.strip() and place:
                found.append((place, node.word("@odata.type"), title))
    renamed = {place: title for place, kind, title in reversed(found) if "Renamed" in kind}  # answers of Graph begin with the latest
    yield from ({place: title for place, _, title in reversed(found)} | renamed).items()


_MOST_DETAIL = 100_000


def _told(node: Node) -> Text:
    """What an event tells: the strings of its detail that people chose or that say what happened, in order."""
    detail = node["eventDetail"]
    pieces = [detail["@odata.type"], detail["initiator"]["user"]["displayName"], *(detail[name] for name in _NAMES), *(each["displayName"] for each in detail["members"])]
    woven = Woven()
    for piece in sorted((piece for piece in pieces if piece), key=lambda piece: piece.span.start):
        written = piece.string
        if written is not None and written.text.strip():
            if len(woven):
                woven.say(" ")
            woven.add(written)
    return woven.text


@frozen
class _Body:
    """What people see of a body."""

    text: Text
    blocks: tuple[Block, ...] = ()
    grids: tuple[Grid, ...] = ()
    images: tuple[Attachment, ...] = ()


def _body(node: Node) -> _Body:
    """The content, HTML or text. Raises BadMessage when there is none."""
    content = node["body"]["content"]
    written = content.string
    if written is None:
        if content or not listed(node.get("attachments")):
            raise no_text()
        return _Body(NO_TEXT)
    if node["body"].word("contentType").lower() != "html":
        return _Body(written)
    return page(written, node)


def page(written: Text, node: Node) -> _Body:
    """HTML as people see it; before each name that is mentioned an @, which Teams shows by its colour."""
    marked = _marked(written.text, node)
    found = seen(marked.text)
    text = Text(found.text.replace("\r", " "), found.source_map.compose(marked.source_map).compose(written.source_map))
    count = sum(1 for _, _ in zip(range(_MOST_IMAGES), _HOSTED.finditer(written.text), strict=False))
    return _Body(text, found.blocks, found.grids, (Attachment("", media_type="image/*"),) * count)


def _marked(html: str, node: Node) -> Text:
    """The HTML with an @ behind the tags of mentions, and the way back. A name in several tags gets one."""
    users = {word(each.get("id")): mapping(mapping(each.get("mentioned")).get("user")).get("id") for each in map(mapping, listed(node.get("mentions")))}
    woven, done, last = Woven(), 0, None
    for tag in _AT.finditer(html):
        number = _AT_ID.search(tag.group())
        user = users.get(number[1]) if number else None
        goes_on = user is not None and user == last and _BETWEEN.search(html[max(0, tag.start() - 40) : tag.start()]) is not None
        _copy(woven, html, done, tag.end())
        if not goes_on and not html.startswith("@", tag.end()):
            woven.put("@", Span(tag.end(), tag.end()))
        done, last = tag.end(), user
    _copy(woven, html, done, len(html))
    return woven.text


def _copy(woven: Woven, text: str, start: int, end: int) -> None:
    if start < end:
        woven.add(Text(text[start:end], SourceMap((Run(Span(0, end - start), Span(start, end)),))))


def _files(node: Node) -> Iterator[Attachment]:
    for each in map(mapping, listed(node.get("attachments"))):
        kind = word(each.get("contentType"))
        name = called(word(each.get("name")), base_name(word(each.get("contentUrl"))))
        if name and "essageReference" not in kind and not kind.startswith("application/vnd.microsoft.card"):
            yield Attachment(name, media_type=None if kind == "reference" else kind or None, linked=kind == "reference")  # files of a chat lie in the cloud


def _referred(node: Node) -> Iterator[Earlier]:
    """Messages that it answers or passes on: attachments whose content is JSON in a string."""
    for each in node["attachments"]:
        kind, content = each.word("contentType"), each["content"].string
        if content is None or kind not in ("messageReference", "forwardedMessageReference"):
            continue
        try:
            said = Node.at(content.text, Walk(content.text).skip())
        except DamagedError:
            continue
        key, sender = ("messagePreview", "messageSender") if kind == "messageReference" else ("originalMessageContent", "originalMessageSender")
        written = said[key].string
        name = word(mapping(mapping(said.get(sender)).get("user")).get("displayName"))
        if written is not None and (written.text.strip() or name):
            text = written if kind == "messageReference" else page(written, said).text
            yield Earlier("history" if kind == "messageReference" else "forwarded", inside(text, content), Party(name) if name else None)
