"""Feishu and Lark: events im.message.receive_v1 (schema 2.0) and the items of GET /im/v1/messages, as their open platform describes them.

The content of a message is JSON in a JSON string; ``@_user_1`` in it stands for a person that `mentions` names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import tzinfo
from json import loads
from typing import Any

from commlint.model.record import Attachment, Block, BlockKind, Party
from commlint.model.sourcemap import Run, SourceMap
from commlint.model.span import Span
from commlint_chat.items import Bad, Item
from commlint_chat.json_spans import Strings, Text, Woven, inside, part_of
from commlint_chat.said import NOTHING, Said, Ties, array, moment, obj, size, standing_for, string, told

_MENTION = re.compile(r"@_(?:user_\d{1,4}|all)")
_HOLE = re.compile(r"\{([a-z_]{1,40})\}")
_FILES = {"image": "image", "file": "file", "audio": "voice", "media": "video", "sticker": "emotion", "folder": "file"}
_TOLD = {"share_chat": "[群名片]", "share_user": "[个人名片]", "location": "[位置]", "merge_forward": "[聊天记录]", "hongbao": "[红包]", "video_chat": "[视频会议]", "calendar": "[日程]", "share_calendar_event": "[日程]", "todo": "[任务]", "vote": "[投票]"}
_WORDS = ("title", "text", "content", "summary", "topic")  # what is read of cards and other structures, where it is a string
_UNREAD = frozenset({"image_key", "file_key", "href", "url", "multi_url", "tag", "style", "type", "value", "action", "icon", "user_id", "emoji_type", "img_key", "link", "template", "task_id"})


class Feishu:
    """How Feishu writes a message."""

    def ties(self, value: Mapping[str, Any]) -> Ties:
        """Its ids; of what is told of a group, its name."""
        message = _message(value)
        if "message" not in (event := obj(value.get("event"))) and event:
            return Ties(reply_to=string(message.get("message_id")), chat=string(event.get("chat_id")), group=string(event.get("name")) or string(obj(event.get("after_change")).get("name")))
        return Ties(
            string(message.get("message_id")), string(message.get("parent_id")), string(message.get("root_id")), string(message.get("thread_id")), string(message.get("chat_id")),
            string(message.get("upper_message_id")), people=tuple(_people(message).values()),
        )  # fmt: skip

    def said(self, item: Item, text: str, zone: tzinfo) -> Said | Bad | None:
        """The message; None for other events."""
        event = obj(item.value.get("event"))
        message = _message(item.value)
        if not message and (event or "header" in item.value):
            return _of_group(item, event, Strings(text, item.span), zone)
        if not string(message.get("message_id")):
            return Bad(item.line, "no message_id", "没有 message_id")
        if event and "message" not in event:
            return _recalled(item, message, zone)
        root: tuple[str, ...] = ("event", "message") if event else ()
        strings = Strings(text, item.span)
        where = strings.at(*root, "content") if "content" in message else strings.at(*root, "body", "content")
        kind = string(message.get("message_type") or message.get("msg_type"))
        people = _people(message)
        deleted = message.get("deleted") is True
        found, blocks, files = (told("[消息已撤回]", item), (), ()) if deleted else _content(item, where, kind, people)
        direct = {"p2p": True, "group": False, "topic_group": False}.get(string(message.get("chat_type")))
        sender = obj(event.get("sender")) or obj(message.get("sender"))
        return Said(
            text=found, id=string(message.get("message_id")), sent_at=moment(message.get("create_time"), zone), sender=_sender(sender), chat=string(message.get("chat_id")),
            group=_group(strings, root), direct=direct, to=tuple(people.values()), reply_to=string(message.get("parent_id")), root=string(message.get("root_id")),
            thread=string(message.get("thread_id")), form="recalled" if deleted else "system" if kind == "system" else "text", blocks=blocks, files=files,
        )  # fmt: skip


def _message(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is said of the message, in an event or by itself."""
    event = obj(value.get("event"))
    if event:
        recalled = obj(value.get("header")).get("event_type") == "im.message.recalled_v1"
        return obj(event.get("message")) or (event if recalled else {})
    return value if "message_id" in value else {}


def _recalled(item: Item, event: Mapping[str, Any], zone: tzinfo) -> Said:
    """Of the event that a message was taken back; it is no message itself, and bears that one's id."""
    return Said(text=told("[消息已撤回]", item), sent_at=moment(event.get("recall_time"), zone), chat=string(event.get("chat_id")), reply_to=string(event.get("message_id")), form="recalled")


_HAPPENED = {"im.chat.member.user.added_v1": "[加入群聊]", "im.chat.member.user.deleted_v1": "[移出群聊]", "im.chat.member.user.withdrawn_v1": "[撤销入群]", "im.chat.updated_v1": "[修改群信息]", "im.chat.disbanded_v1": "[解散群聊]", "im.chat.member.bot.added_v1": "[机器人入群]", "im.chat.member.bot.deleted_v1": "[机器人退群]"}


def _of_group(item: Item, event: Mapping[str, Any], strings: Strings, zone: tzinfo) -> Said | None:
    """What happens to a group: it tells its name, and of those who come in who they are; None for events of other kinds."""
    header = obj(item.value.get("header"))
    happened = _HAPPENED.get(string(header.get("event_type")))
    if happened is None:
        return None
    people = tuple(Party(string(each.get("name")), _id(obj(each.get("user_id")))) for each in map(obj, array(event.get("users"))))
    names = ", ".join(each.name for each in people if each.name)
    return Said(
        text=told(f"{happened} {names}".rstrip(), item), id=string(header.get("event_id")), sent_at=moment(header.get("create_time"), zone), sender=Party("", _id(obj(event.get("operator_id")))),
        chat=string(event.get("chat_id")), group=strings.at("event", "after_change", "name") or strings.at("event", "name"), members=people if happened == "[加入群聊]" else (), form="system",
    )  # fmt: skip


def _id(ids: Mapping[str, Any]) -> str:
    """The account, else the ids that only the platform knows."""
    return next((said for key in ("user_id", "open_id", "union_id") if (said := string(ids.get(key)))), "")


def _sender(sender: Mapping[str, Any]) -> Party:
    return Party(string(sender.get("name") or sender.get("sender_name")), _id(obj(sender.get("sender_id"))) or string(sender.get("id")))


def _people(message: Mapping[str, Any]) -> dict[str, Party]:
    """Who is mentioned, by the key that stands for him."""
    return {string(each.get("key")): _mentioned(each) for each in map(obj, array(message.get("mentions"))) if string(each.get("key"))}


def _mentioned(mention: Mapping[str, Any]) -> Party:
    return Party(string(mention.get("name")), _id(obj(mention.get("id"))) or string(mention.get("id")))


def _group(strings: Strings, root: tuple[str, ...]) -> Text | None:
    """The name of the group, which some exports put beside its id."""
    return next((text for path in ((*root, "chat_name"), ("chat_name",), (*root, "chat", "name"), ("event", "chat", "name")) if (text := strings.at(*path)) is not None), None)


_Content = tuple[Text, tuple[Block, ...], tuple[Attachment, ...]]


def _content(item: Item, where: Text | None, kind: str, people: Mapping[str, Party]) -> _Content:
    """What the content of a message says, by its type; what cannot be read stands as it is."""
    if kind == "merge_forward":
        text = told(_TOLD[kind], item)
        return text, (Block(BlockKind.FORWARDED, Span(0, len(text.text))),), ()
    value, strings = _decoded(where)
    if where is None or strings is None:
        return (where if where is not None and where.text else told(_TOLD.get(kind, f"[{kind or '消息'}]"), item)), (), ()
    if kind in _FILES:
        name = strings.at("file_name")
        text, files = standing_for(_FILES[kind], item, inside(name, where) if name else None, size=size(value.get("file_size")))
        return text, (), files
    if kind == "text":
        return _named(inside(strings.at("text") or NOTHING, where), people), (), ()
    if kind == "system":
        return inside(_filled(strings, value), where), (), ()
    if kind == "post":
        found, blocks = _post(strings, people)
        return inside(found, where), blocks, ()
    found = _words(strings)
    return (inside(found, where) if found.text.strip() else told(_TOLD.get(kind, f"[{kind or '消息'}]"), item)), (), ()


def _decoded(where: Text | None) -> tuple[Mapping[str, Any], Strings | None]:
    if where is None:
        return {}, None
    try:
        value = loads(where.text, strict=False)
    except (ValueError, RecursionError):
        return {}, None
    return (value, Strings(where.text, Span(0, len(where.text)))) if isinstance(value, dict) else ({}, None)


def _named(text: Text, people: Mapping[str, Party]) -> Text:
    """The text with ``@name`` for the keys of those mentioned, each in the place of its key."""
    if "@_" not in text.text:
        return text
    woven = Woven()
    done = 0
    for match in _MENTION.finditer(text.text):
        name = "所有人" if match[0] == "@_all" else people[match[0]].name if match[0] in people else ""
        if name:
            woven.add(part_of(text, Span(done, match.start())))
            woven.put(f"@{name}", text.source_map.to_source(Span(*match.span())))
            done = match.end()
    woven.add(part_of(text, Span(done, len(text.text))))
    return woven.text


def _filled(strings: Strings, value: Mapping[str, Any]) -> Text:
    """What the program says: a template whose holes are filled."""
    template = strings.at("template")
    if template is None:
        return _words(strings)
    woven = Woven()
    done = 0
    for match in _HOLE.finditer(template.text):
        filling = value.get(match[1])
        words = "、".join(map(string, filling[:100])) if isinstance(filling, list) else string(filling)
        woven.add(part_of(template, Span(done, match.start())))
        if words:
            woven.put(words, template.source_map.to_source(Span(*match.span())))
        done = match.end()
    woven.add(part_of(template, Span(done, len(template.text))))
    return woven.text


# rich text


def _post(strings: Strings, people: Mapping[str, Party]) -> tuple[Text, tuple[Block, ...]]:
    """The title and the paragraphs, in the order in which they stand; those of one language where there are several."""
    root = _language(strings)
    title = strings.at(*root, "title")
    paragraphs: dict[int, list[tuple[str, Text]]] = {}
    for path in strings.below(*root, "content"):
        if len(path) == len(root) + 4 and path[-1] == "text" and isinstance(path[-3], int):
            text = strings.at(*path)
            if text is not None:
                paragraphs.setdefault(path[-3], []).append((_tag(strings, path), text))
        elif len(path) == len(root) + 4 and path[-1] in ("user_name", "user_id") and isinstance(path[-3], int) and _tag(strings, path) == "at":
            name = _at(strings, path, people)
            if name is not None:
                paragraphs.setdefault(path[-3], []).append(("at", name))
    return _joined(title, list(paragraphs.values()), people)


def _language(strings: Strings) -> tuple[str | int, ...]:
    if any(True for _ in strings.below("content")) or strings.at("title") is not None:
        return ()
    return next(((path[0],) for path in strings.places if len(path) > 1 and path[1] in ("title", "content")), ())


def _tag(strings: Strings, path: tuple[str | int, ...]) -> str:
    tag = strings.at(*path[:-1], "tag")
    return tag.text if tag is not None else ""


def _at(strings: Strings, path: tuple[str | int, ...], people: Mapping[str, Party]) -> Text | None:
    """``@name`` in the place of whichever string says who is meant: the name, else the key."""
    name, key = strings.at(*path[:-1], "user_name"), strings.at(*path[:-1], "user_id")
    chosen = name if name is not None and name.text else key
    if chosen is None or (path[-1] == "user_name") is not (chosen is name):
        return None
    words = chosen.text if chosen is name else "所有人" if chosen.text in ("@_all", "all") else people.get(chosen.text, Party(chosen.text)).name or chosen.text
    whole = chosen.source_map.to_source(Span(0, len(chosen.text)))
    said = f"@{words.lstrip('@')}"
    return Text(said, SourceMap((Run(Span(0, len(said)), whole, exact=False),)))


def _joined(title: Text | None, paragraphs: list[list[tuple[str, Text]]], people: Mapping[str, Party]) -> tuple[Text, tuple[Block, ...]]:
    every = [[("title", title)]] if title is not None and title.text.strip() else []
    woven = Woven()
    blocks: list[Block] = []
    for paragraph in sorted([*every, *paragraphs], key=lambda pieces: min(_start(text) for _, text in pieces)):
        if len(woven):
            woven.say("\n")
        begin = len(woven)
        for tag, text in paragraph:
            before = len(woven)
            woven.add(text if tag == "at" else _named(text, people))
            if tag == "code_block":
                blocks.append(Block(BlockKind.CODE, Span(before, len(woven))))
        if paragraph[0][0] == "title":
            blocks.append(Block(BlockKind.HEADING, Span(begin, len(woven)), 1))
    return woven.text, tuple(blocks)


def _start(text: Text) -> int:
    return text.source_map.runs[0].source.start if text.source_map.runs else 0


# cards and other structures


def _words(strings: Strings) -> Text:
    """What a card says: its strings by the keys that hold words, those of one row on one line."""
    woven = Woven()
    row: tuple[str | int, ...] | None = None
    for path in _worded(strings):
        text = strings.at(*path)
        if text is None or not text.text.strip():
            continue
        here = path[: next((number for number in range(len(path) - 1, -1, -1) if isinstance(path[number], int)), 0)]
        if len(woven):
            woven.say(" " if here == row and here[-1:] and isinstance(here[-1], int) else "\n")
        woven.add(text)
        row = here
    return woven.text


def _worded(strings: Strings) -> Iterator[tuple[str | int, ...]]:
    ordered = sorted(strings.places.items(), key=lambda each: each[1])
    return (path for path, _ in ordered if path and path[-1] in _WORDS and not any(step in _UNREAD for step in path))
