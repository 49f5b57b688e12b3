"""Mattermost bulk exports: a line of JSON for each team, channel, user and post, replies inside the posts they answer.

docs.mattermost.com/onboard/bulk-loading-data-format.html. Posts have no ids there: their time in milliseconds tells them apart.
Markdown stays as it is written; names behind @ are user names, as people see them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from commlint.model.record import Attachment, Conversation, Party
from commlint.model.source import Source
from commlint_chat.exports import (
    NO_TEXT,
    BadMessage,
    Earlier,
    File,
    Group,
    Message,
    Refusals,
    base_name,
    called,
    instant,
    no_text,
    no_time,
    nothing,
    unreadable,
)
from commlint_chat.json_spans import Text, Woven
from commlint_chat.json_walk import DamagedError, Node, Walk, listed, mapping, word

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.protocols import Item

_MENTION = re.compile(r"(?<![\w.@-])@([a-z0-9][a-z0-9._-]{0,63})", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff]")
_MOST_MENTIONS = 1_000


def of_lines(source: Source, environment: Environment) -> Iterator[Item]:
    """The groups and messages of a bulk export of any size, read line by line. Raises RecordError: no-messages, unreadable-file."""
    export = _Export()
    bad = Refusals()
    found = False
    try:
        with source.opened() as stream:
            for number, raw in _lines(stream, environment.limits.message * 4):
                file = File(source.uri, raw.decode("utf-8", "replace").strip("\ufeff \t\r\n"), environment, bad, number)
                for item in _line(file, export) if file.text else ():
                    found = True
                    yield item
    except OSError as error:
        raise unreadable(error) from error
    yield from bad.told()
    if not found and not bad.count:
        raise nothing()


def _lines(stream: BinaryIO, most: int) -> Iterator[tuple[int, bytes]]:
    """Lines by number; of one with more than `most` bytes the beginning, which is no JSON."""
    number = 0
    while raw := stream.readline(most):
        number += 1
        yield number, raw
        while len(raw) == most and not raw.endswith(b"\n") and (raw := stream.readline(most)):
            pass


def _line(file: File, export: _Export) -> Iterator[Item]:
    """What one line gives; what is wrong with it does not reach the next."""
    export.file = file
    walk = Walk(file.text)
    try:
        yield from file.one(walk, export.read)
    except DamagedError:
        file.refuse(0, BadMessage("not JSON", "不是 JSON"))
    else:
        if walk.sign:  # a second value
            file.refuse(0, BadMessage("not JSON", "不是 JSON"))


class _Export:
    """What the lines so far have told, and records of those that are posts."""

    file: File  # the line at hand

    def __init__(self) -> None:
        self.people: dict[str, Party] = {}
        self.groups: dict[tuple[str, str], str] = {}  # names that people see, by team and channel
        self.teams: dict[str, str] = {}
        self.bots: set[str] = set()
        self.number = 0

    def read(self, node: Node) -> Iterator[Item]:
        """What one line is. Raises BadMessage."""
        kind = node.word("type")
        if not kind:
            raise BadMessage("no type", "没有 type")
        inner = node[kind]
        if kind == "user":
            self.people[inner.word("username")] = _party(inner)
        elif kind == "bot":
            self.bots.add(inner.word("username"))
            self.people.setdefault(inner.word("username"), Party(called(inner.word("display_name"), inner.word("username"))))
        elif kind == "team":
            self.teams[inner.word("name")] = called(inner.word("display_name"), inner.word("name"))
        elif kind == "channel":
            yield from self._channel(inner)
        elif kind in ("post", "direct_post"):
            if not isinstance(inner.value, dict):
                raise no_text()
            yield from self._post(inner, direct=kind == "direct_post")

    def _channel(self, node: Node) -> Iterator[Item]:
        title = node["display_name"].string or node["name"].string
        if title is None or not title.text.strip():
            return
        team, name = node.word("team"), node.word("name")
        shown = word(title.text)
        self.groups[team, name] = shown
        meta = [("team", self.teams.get(team, team)), ("topic", node.word("header")), ("purpose", node.word("purpose"))]
        yield self.file.group(Group(title, Conversation(id=f"{team}/{name}", thread=f"mattermost/{team}/{name}", group=shown), meta=tuple((key, value) for key, value in meta if value)))

    def _post(self, node: Node, *, direct: bool) -> Iterator[Item]:
        """A post and the replies in it. A reply that is none is counted; the post and the others are read."""
        members = tuple(dict.fromkeys(word(each) for each in listed(node.get("channel_members")) if word(each))) if direct else ()
        place = "direct/" + ",".join(sorted(members)) if direct else f"{node.word('team')}/{node.word('channel')}"
        root = self._message(node, place, members, None)
        if root.says:
            self.number += 1
            yield self.file.record(root, node.span, self.number)
        for reply in node["replies"]:
            try:
                message = self._message(reply, place, members, root)
            except BadMessage as why:
                self.file.refuse(reply.span.start, why)
                continue
            if message.says:
                self.number += 1
                yield self.file.record(message, reply.span, self.number)

    def _message(self, node: Node, place: str, members: tuple[str, ...], root: Message | None) -> Message:
        created = node.get("create_at")
        sent = instant(created, self.file.zone) if not isinstance(created, str) else None
        if sent is None:
            raise no_time()
        user = node.word("user")
        text = self._text(node)
        deleted = isinstance(node.get("delete_at"), int) and node.get("delete_at") > 0
        kind = node.word("type")
        edited = node.get("edit_at")
        changed = instant(edited, self.file.zone) if isinstance(edited, int) and edited > 0 else None
        thread = root.id if root is not None else str(created) if listed(node.get("replies")) else ""
        others = tuple(each for each in members if each != user) if members else tuple(_mentioned(text.text))
        return Message(
            id=str(created),
            sent_at=sent,
            sender=self._party(user, node),
            body=text,
            conversation=Conversation(
                id=f"{place}:{created}", reply_to=f"{place}:{root.id}" if root else "", thread="/".join(filter(None, ("mattermost", place, thread))),
                group=self._group(place) if not members else "",
            ),
            to=tuple(self.people.get(each) or Party(each) for each in others if members or each in self.people),
            attachments=tuple(_files(node)),
            earlier=(Earlier("history", sender=root.sender, sent_at=root.sent_at),) if root is not None else (),
            event="recalled" if deleted else "system" if kind.startswith("system_") else "",
            direct=0 < len(members) <= 2,
            headers=(("auto-submitted", "auto-generated"),) if user in self.bots or mapping(node.get("props")).get("from_bot") in (True, "true") else (),
            meta=(("edited", changed.isoformat()),) if changed else (),
        )

    def _group(self, place: str) -> str:
        team, _, channel = place.partition("/")
        return self.groups.get((team, channel), channel)

    def _party(self, user: str, node: Node) -> Party | None:
        """Who posted it; a webhook may give a name of its own."""
        override = word(mapping(node.get("props")).get("override_username"))
        return Party(override) if override else self.people.get(user) or (Party(user) if user else None)

    def _text(self, node: Node) -> Text:
        """The message; of one without, what its message attachments say. Raises BadMessage."""
        message = node["message"]
        text = message.string
        if message and text is None:
            raise no_text()
        if text is not None and text.text.strip():
            return text
        woven = Woven()
        for each in node["props"]["attachments"]:
            pieces = [piece for key in ("pretext", "title", "text") if (piece := each[key].string) is not None and piece.text.strip()]
            for piece in pieces or [piece for piece in (each["fallback"].string,) if piece is not None]:
                if len(woven):
                    woven.say("\n")
                woven.add(piece)
        if text is None and not len(woven) and not listed(node.get("attachments")) and not listed(node.get("replies")):
            raise no_text()
        return woven.text if len(woven) else NO_TEXT


def _party(node: Node) -> Party:
    """A user by the full name, else nickname or user name; family names of Chinese characters stand first."""
    first, last = node.word("first_name").strip(), node.word("last_name").strip()
    full = last + first if _HAN.search(first + last) else f"{first} {last}".strip()
    return Party(called(full, node.word("nickname"), node.word("username")), node.word("email"))


def _mentioned(text: str) -> Iterator[str]:
    if "@" not in text:
        return
    found = (match[1].rstrip(".-_").lower() for _, match in zip(range(_MOST_MENTIONS), _MENTION.finditer(text), strict=False))
    yield from dict.fromkeys(found)


def _files(node: Node) -> Iterator[Attachment]:
    for each in listed(node.get("attachments")):
        path: Any = mapping(each).get("path")
        name = base_name(word(path))
        if name:
            yield Attachment(name)
