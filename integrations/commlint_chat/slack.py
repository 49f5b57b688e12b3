"""Slack exports: a folder with channels.json, users.json and a file of messages for each day of each channel.

slack.com/help/articles/220556107, "How to read Slack data exports"; docs.slack.dev/reference/events/message for what a message is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from commlint.errors import RecordError
from commlint.model.record import Attachment, Conversation, Party
from commlint.model.source import Source
from commlint_chat.export_reader import LISTS, PEOPLE
from commlint_chat.exports import (
    NO_TEXT,
    Earlier,
    File,
    Group,
    Message,
    called,
    instant,
    no_text,
    no_time,
    nothing,
    reading,
    sized,
    too_large,
)
from commlint_chat.json_spans import Text, Woven
from commlint_chat.json_walk import DamagedError, Node, Walk, listed, mapping, word
from commlint_chat.mrkdwn import Names, Seen, seen

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.protocols import Folder, Item

_DAY = re.compile(r"(?P<channel>[^/]+)/\d{4}-\d{2}-\d{2}\.json\Z")
# What people and bots say (docs.slack.dev/reference/events/message#subtypes); all other subtypes are the program's.
_SAID = frozenset({"", "bot_message", "me_message", "thread_broadcast", "reply_broadcast", "file_share", "file_comment", "file_mention", "slackbot_response"})
_STYLE = re.compile(r'"(?:bold|italic|strike)"\s*:\s*true')
_GONE = frozenset({"tombstone", "message_deleted"})
_MOST_BLOCKS = 200  # of one message


@frozen
class Person:
    """A member of the workspace: the name that people see, and the mail address."""

    party: Party
    bot: bool = False


@frozen
class Channel:
    """A conversation: `direct` among two; `named` when its name is a group's, not made by the program."""

    id: str
    name: str
    direct: bool = False
    named: bool = True
    members: tuple[str, ...] = ()


@frozen
class Workspace:
    """What the lists of an export say; `key` tells workspaces apart."""

    key: str
    people: Mapping[str, Person] = field(factory=dict)
    channels: Mapping[str, Channel] = field(factory=dict)  # by id
    folders: Mapping[str, Channel] = field(factory=dict)  # by the folder that the days are in

    @property
    def names(self) -> Names:
        """What mentions are shown as."""
        return Names({key: each.party.name for key, each in self.people.items()}, {key: each.name for key, each in self.channels.items()}, {})


def of_folder(folder: Folder, environment: Environment) -> Iterator[Item]:
    """The groups and messages of an export, channel by channel and day by day; other files in it as sources."""
    reader = _Export(folder, environment)
    yield from reader.lists()
    found = False
    for name in folder.names:
        for item in reader.member(name):
            found = True
            yield item
    if not found and not reader.workspace.channels:
        raise nothing()


def of_day(source: Source, environment: Environment) -> Iterator[Item]:
    """One file of messages by itself: people have the names that the messages give them."""
    folder = source.uri.replace("\\", "/").rpartition("/")[0]
    name = folder.rpartition("/")[2] or source.name.rpartition(".")[0]
    channel = Channel(name, name, named=False)
    yield from reading(source, environment, lambda file: _day(file, Workspace(folder or source.uri), channel))


class _Export:
    """A walk through an export."""

    def __init__(self, folder: Folder, environment: Environment) -> None:
        self.folder, self.environment = folder, environment
        self.workspace = Workspace(folder.uri)
        self.names = frozenset(folder.names)

    def lists(self) -> Iterator[Item]:
        """Read people and channels; a record for each channel that people gave a name."""
        people: dict[str, Person] = {}
        team = ""
        for name in (name for name in PEOPLE if name in self.names):
            for node in self._listed(name):
                people[node.word("id")] = _person(node.value)
                team = team or node.word("team_id")
            yield from self.problems
        self.workspace = evolve(self.workspace, key=team or self.folder.uri, people=people)
        channels: dict[str, Channel] = {}
        for name in (name for name in LISTS if name in self.names):
            for node in self._listed(name):
                channel = _channel(node, name, people)
                channels[channel.id] = channel
                if channel.named and (title := node["name"].string) is not None and self.file is not None:
                    yield self.file.group(_group(node, channel, title, self.workspace, self.environment.tz))
            yield from self.problems
        folders = {each.name: each for each in reversed(channels.values())} | {each.id: each for each in channels.values()}
        self.workspace = evolve(self.workspace, channels=channels, folders=folders)

    def _listed(self, name: str) -> Iterator[Node]:
        """The objects of one of the lists; what is wrong with it is left in `problems`."""
        self.problems: list[RecordError] = []
        self.file: File | None = None
        try:
            self.file = file = File.of(self._source(name), self.environment)
            walk = Walk(file.text)
            if walk.sign != "[":
                raise DamagedError(walk.at)
            for _ in walk.elements():
                node = Node.at(file.text, walk.skip())
                if node.word("id"):
                    yield node
        except RecordError as error:
            self.problems.append(error.at(name))
        except DamagedError:
            self.problems.append(_no_list().at(name))

    def _source(self, name: str) -> Source:
        source = self.folder.source(name)
        if source.large:
            raise too_large()
        return source

    def member(self, name: str) -> Iterator[Item]:
        """What is in one file of the folder."""
        day = _DAY.match(name)
        try:
            if day is not None:
                channel = self.workspace.folders.get(day["channel"]) or Channel(day["channel"], day["channel"], named=False)
                yield from reading(self._source(name), self.environment, lambda file: _day(file, self.workspace, channel))
            elif not name.endswith(".json"):
                yield self.folder.source(name)
        except RecordError as error:
            if error.slug != "no-messages":  # a day on which nobody said anything
                yield error.at(name)


def _no_list() -> RecordError:
    return RecordError(
        "damaged-file", "the list is no JSON; names of people and channels are missing", help="export the workspace again",
        zh="列表不是 JSON\uff0c人名与频道名可能缺失", zh_help="请重新导出工作区",
    )


def _person(value: Any) -> Person:
    profile = mapping(value.get("profile"))
    name = called(*(word(each) for each in (profile.get("display_name"), profile.get("real_name"), value.get("real_name"), value.get("name"), value.get("id"))))
    return Person(Party(name, word(profile.get("email"))), bot=value.get("is_bot") is True)


def _channel(node: Node, listed_in: str, people: Mapping[str, Person]) -> Channel:
    members = tuple(word(each) for each in listed(node.get("members")) if word(each))
    direct = listed_in == "dms.json"
    name = node.word("name")
    if not name:
        name = "\u3001".join(people[each].party.name for each in members if each in people)
    return Channel(node.word("id"), name or node.word("id"), direct, named=listed_in in ("channels.json", "groups.json"), members=members)


def _group(node: Node, channel: Channel, title: Text, workspace: Workspace, zone: tzinfo) -> Group:
    said = ((key, mapping(node.get(key)).get("value")) for key in ("topic", "purpose"))
    meta = tuple((key, word(value)) for key, value in said if word(value))
    members = tuple(workspace.people[each].party for each in channel.members if each in workspace.people)
    return Group(title, Conversation(id=channel.id, thread=_thread(workspace, channel, ""), group=channel.name), instant(node.get("created"), zone), members, meta)


def _thread(workspace: Workspace, channel: Channel, start: str) -> str:
    """What thread rules group by: the messages of a thread, and those of a channel that are in none."""
    return "/".join(filter(None, ("slack", workspace.key, channel.id, start)))


# messages


def _day(file: File, workspace: Workspace, channel: Channel) -> Iterator[Item]:
    walk = Walk(file.text)
    messages = _Messages(file, workspace, channel)
    if walk.sign == "{":  # an answer of conversations.history
        for key in walk.members():
            if key == "messages":
                yield from file.messages(walk, messages.read)
    else:
        yield from file.messages(walk, messages.read)


class _Messages:
    """Makes records of the messages of one file."""

    def __init__(self, file: File, workspace: Workspace, channel: Channel) -> None:
        self.file, self.workspace, self.channel = file, workspace, channel
        self.names = workspace.names
        self.number = 0

    def read(self, node: Node) -> Iterator[Item]:
        """The record of a message, none of one that says nothing. Raises BadMessage."""
        self.number += 1
        if node.word("type") not in ("message", ""):
            return
        message = self._message(node)
        if message.says:
            yield self.file.record(message, node.span, self.number)

    def _message(self, node: Node) -> Message:
        zone = self.file.zone
        ts = node.word("ts") if isinstance(node.get("ts"), str) else ""
        sent = instant(ts, zone)
        if sent is None:
            raise no_time()
        subtype = node.word("subtype")
        event = "recalled" if subtype in _GONE else "" if subtype in _SAID else "system"
        sender, bot = self._sender(node)
        said = seen(self._text(node), self.names, styled=_STYLE.search(node.text, node.span.start, node.span.end) is not None)
        edited = instant(mapping(node.get("edited")).get("ts"), zone)
        return Message(
            id=ts,
            sent_at=sent,
            sender=sender,
            body=said.text,
            blocks=said.blocks,
            conversation=self._conversation(node, ts),
            to=self._to(node, said),
            attachments=tuple(_files(node)),
            earlier=(*self._answered(node, ts), *self._shared(node)),
            event=event,
            direct=self.channel.direct,
            headers=(("auto-submitted", "auto-generated"),) if bot else (),
            meta=(("edited", edited.isoformat()),) if edited else (),
        )

    def _text(self, node: Node) -> Text:
        """The text; of one without, what its blocks and attachments say. Raises BadMessage."""
        text = node["text"] or node["original"]["text"]
        written = text.string
        if text and written is None:
            raise no_text()
        if written is not None and written.text.strip():
            return written
        woven = Woven()
        for piece in _pieces(node):
            if len(woven):
                woven.say("\n")
            woven.add(piece)
        if not len(woven) and written is None and not listed(node.get("files")) and not listed(node.get("attachments")) and not listed(node.get("blocks")) and node.word("subtype") not in _GONE:
            raise no_text()
        return woven.text if len(woven) else NO_TEXT

    def _sender(self, node: Node) -> tuple[Party | None, bool]:
        """Who says it, and whether that is a program."""
        user = node.word("user")
        bot = node.word("subtype") == "bot_message" or (bool(node.word("bot_id")) and "app_id" in node.value)
        known = self.workspace.people.get(user)
        if known is not None:
            return known.party, known.bot or bot
        profile = mapping(node.get("user_profile"))
        made = mapping(node.get("bot_profile"))
        name = called(*(word(each) for each in (profile.get("display_name"), profile.get("real_name"), profile.get("name"), node.get("username"), made.get("name"), user, node.get("bot_id"))))
        return (Party(name) if name else None), bot

    def _conversation(self, node: Node, ts: str) -> Conversation:
        start = node.word("thread_ts")
        of = f"{self.channel.id}:"
        return Conversation(
            id=of + ts, reply_to=of + start if start and start != ts else "", thread=_thread(self.workspace, self.channel, start),
            group="" if self.channel.direct else self.channel.name,
        )

    def _to(self, node: Node, said: Seen) -> tuple[Party, ...]:
        """The other one of two; in a group, who is mentioned."""
        people = self.workspace.people
        who = said.mentions if not self.channel.direct else tuple(each for each in self.channel.members if each != node.word("user"))
        return tuple(people[each].party for each in who if each in people)

    def _answered(self, node: Node, ts: str) -> Iterator[Earlier]:
        """Whose thread it is in."""
        start, parent = node.word("thread_ts"), node.word("parent_user_id")
        if start and start != ts:
            known = self.workspace.people.get(parent)
            yield Earlier("history", sender=known.party if known else Party(parent) if parent else None, sent_at=instant(start, self.file.zone))

    def _shared(self, node: Node) -> Iterator[Earlier]:
        """Messages that it passes on."""
        for each in node["attachments"]:
            text = each["text"].string
            if (each.get("is_share") is True or each.get("is_msg_unfurl") is True) and text is not None and text.text.strip():
                known = self.workspace.people.get(each.word("author_id"))
                sender = known.party if known else Party(name) if (name := each.word("author_name")) else None
                yield Earlier("forwarded", seen(text, self.names).text, sender, instant(each.get("ts"), self.file.zone))


def _files(node: Node) -> Iterator[Attachment]:
    for each in listed(node.get("files")) or ([node.get("file")] if node.get("file") else []):
        given = mapping(each)
        name = called(word(given.get("name")), word(given.get("title")))
        if name and word(given.get("mode")) != "tombstone":
            yield Attachment(name, sized(given.get("size")), word(given.get("mimetype")) or None)


def _pieces(node: Node) -> Iterator[Text]:
    """The texts of blocks, else of attachments, in order."""
    found = list(_strings(node["blocks"], 0))[:_MOST_BLOCKS]
    if not found:
        for each in node["attachments"]:
            if each.get("is_share") is not True and each.get("is_msg_unfurl") is not True:
                texts = [text for key in ("pretext", "title", "text") if (text := each[key].string) is not None and text.text.strip()]
                fallback = each["fallback"].string
                found += texts or ([fallback] if fallback is not None and fallback.text.strip() else [])
    yield from found[:_MOST_BLOCKS]


def _strings(node: Node, depth: int) -> Iterator[Text]:
    """The text objects and text elements of blocks (docs.slack.dev/reference/block-kit/blocks)."""
    for each in node:
        if depth > 6:
            return
        text = each["text"]
        written = text.string or text["text"].string
        if written is not None and written.text.strip():
            yield written
        for key in ("fields", "elements"):
            inner: Node = each[key]
            yield from _strings(inner, depth + 1)
