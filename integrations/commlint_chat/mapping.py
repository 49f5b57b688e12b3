"""Under which names a file of messages keeps what: as the configuration says, else by names that programs commonly use.

A path is dotted, ``[]`` stands for the elements of a list: ``from.name``, ``at[].name``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import tzinfo
from typing import Any

from attrs import frozen

from commlint.errors import RecordError
from commlint.model.environment import Environment
from commlint.model.source import Source
from commlint_chat.items import Bad, Item
from commlint_chat.said import string

Path = tuple[str | int, ...]
Steps = tuple[str, ...]

ROLES = ("text", "time", "sender", "address", "id", "group", "reply_to", "thread", "mentions", "files", "type")
_SAMPLE = 200  # messages whose keys are looked at
_SHOWN = 12
_KEYS = 10_000
_ALWAYS = frozenset({"text", "time", "sender", "id"})  # what every message has; the other roles are of some
_NAMES: dict[str, str] = {  # the likeliest first
    "text": "text content message msg body text.content content.text body.text body.content message.text message.content msg.content msg.text payload.text 内容 消息内容 发言内容 消息 正文 Content Text StrContent",
    "time": "time timestamp ts sent_at sentAt created_at createdAt create_time createTime CreateTime send_time sendTime sent msgtime msg_time msgTime datetime date_time date 时间 发送时间 发言时间 日期",
    "sender": "sender from user author sender_name senderName senderNick from_name fromName from_user fromUser user_name userName username nickname nick_name nick name talker speaker 发送人 发送者 发言人 发信人 姓名 昵称",
    "address": "email sender_email senderEmail address",
    "id": "id msgid msg_id msgId message_id messageId MsgSvrID uuid 消息ID 编号",
    "group": "chat group room channel conversation chat_name chatName group_name groupName room_name roomName chat_title conversationTitle channel_name conversation_name 群 群名 群聊 群名称 群聊名称 会话",
    "reply_to": "reply_to replyTo reply_to_id replyToId reply_to_message_id in_reply_to inReplyTo parent_id parentId quote_id quoteId quote.id 回复 引用",
    "thread": "thread thread_id threadId topic_id",
    "mentions": "mentions at at_users atUsers mentioned at_list 提及",
    "files": "files attachments file 附件 文件",
    "type": "type msgtype msg_type msgType message_type messageType type_name 类型 消息类型",
}

NAMES = {role: frozenset(name.partition(".")[0] for name in names.split()) for role, names in _NAMES.items()}
"""The keys that are looked for at the top of a message, by role."""


@frozen
class Fields:
    """The path of each role that is known. `errors`: what the configuration says, and no message has."""

    paths: Mapping[str, Steps]
    errors: tuple[RecordError, ...] = ()

    def value(self, value: object, role: str) -> Any:
        """What an object has in a role; None when there is nothing."""
        return under(value, self.paths[role]) if role in self.paths else None


def under(value: object, steps: Steps) -> Any:
    """What stands under a path; a list of all where it has ``[]``."""
    for number, step in enumerate(steps):
        if step == "[]":
            return [under(each, steps[number + 1 :]) for each in value] if isinstance(value, list) else None
        value = value.get(step) if isinstance(value, dict) else None
    return value


def steps(path: str) -> Steps:
    """A path as it is written, in pieces."""
    return tuple(step for step in path.replace("[]", ".[]").split(".") if step)


def is_mapped(source: Source) -> bool:
    """Whether the configuration says where messages of this file have what."""
    return any(name in ROLES or name == "messages" for name, _ in source.mapping)


def zone_of(source: Source, environment: Environment) -> tzinfo:
    """The zone of bare times in this file: as the configuration says for it, else for all."""
    from zoneinfo import ZoneInfo

    zone = dict(source.mapping).get("zone")
    return ZoneInfo(zone) if zone else environment.tz


def fields_of(source: Source, found: Iterable[Item | Bad]) -> Fields:
    """What the configuration says, and for the rest what the first messages tell.

    Raises RecordError unknown-keys: when no message has a text where the configuration says, or nothing looks like one.
    """
    told = {role: steps(path) for role, path in source.mapping if role in ROLES and path}
    sample: list[Mapping[str, Any]] = []
    unseen = dict(told)
    keys: set[str] = set()
    for item in found:
        if isinstance(item, Item):
            if len(sample) < _SAMPLE:
                sample.append(item.value)
            if unseen and len(keys) < _KEYS:
                keys.update(item.value)
            unseen = {role: path for role, path in unseen.items() if _nothing(under(item.value, path))} if unseen else unseen
        if not unseen and len(sample) >= _SAMPLE:
            break
    wrong = {role: path for role, path in unseen.items() if role in _ALWAYS or _misspelt(path[0], keys)}
    if "text" in wrong and sample:
        raise _untrue(wrong, sample)
    guessed = {role: path for role in ROLES if role not in told and (path := _guess(role, sample))}
    if sample and "text" not in told and "text" not in guessed:
        raise _unknown(source, sample)
    return Fields({"text": ("text",), **guessed, **told}, (_untrue(wrong, sample),) if wrong and sample else ())


def _misspelt(key: str, keys: set[str]) -> bool:
    """Whether messages have a key that was meant, or the very one without what should be below: nobody need answer or attach anything."""
    from difflib import get_close_matches

    return bool(get_close_matches(key, keys, 1, 0.75))


def _nothing(value: object) -> bool:
    return value is None or (isinstance(value, list) and all(each is None for each in value))


def _guess(role: str, sample: Iterable[Mapping[str, Any]]) -> Steps | None:
    """The path that most messages have a fitting value under."""
    counts: dict[Steps, int] = {}
    paths = [steps(name) for name in _NAMES[role].split()]
    for value in sample:
        for path in paths:
            if _fits(role, under(value, path)):
                counts[path] = counts.get(path, 0) + 1
    return max(counts, key=lambda path: (counts[path], -paths.index(path)), default=None)


def _fits(role: str, value: object) -> bool:
    if role in ("text", "address", "type"):
        return isinstance(value, str) and bool(value)
    if role in ("mentions", "files"):
        return isinstance(value, list | dict) and bool(value)
    if role == "time":
        return (isinstance(value, str) and any(mark.isdigit() for mark in value)) or (isinstance(value, int | float) and not isinstance(value, bool))
    return (isinstance(value, str) and bool(value)) or (isinstance(value, int) and not isinstance(value, bool)) or (isinstance(value, dict) and role in ("sender", "group", "reply_to"))


# errors


def seen(sample: Iterable[Mapping[str, Any]]) -> str:
    """The paths of what messages have, as far as one line holds them."""
    found: dict[str, None] = {}
    for value in sample:
        for path in _paths(value, "", 3):
            found.setdefault(path)
            if len(found) > _SHOWN:
                return ", ".join(list(found)[:_SHOWN]) + ", \u2026"
    return ", ".join(found) or "-"


def _paths(value: object, above: str, levels: int) -> Iterator[str]:
    if isinstance(value, dict) and value and levels:
        for key, inner in value.items():
            yield from _paths(inner, f"{above}.{string(key)[:40]}" if above else string(key)[:40], levels - 1)
    elif isinstance(value, list) and value and levels:
        yield from _paths(value[0], f"{above}[]", levels - 1)
    elif above:
        yield above


def _untrue(unseen: Mapping[str, Steps], sample: list[Mapping[str, Any]]) -> RecordError:
    said = ", ".join(f'{role.replace("_", "-")} = "{written(path)}"' for role, path in unseen.items())
    return RecordError(
        "unknown-keys",
        f"no message has what the configuration says under [[chats]]: {said}",
        help=f"the messages have: {seen(sample)}",
        zh=f"配置 [[chats]] 中的字段在任何消息里都没有\uff1a{said}",
        zh_help=f"消息中的字段有\uff1a{seen(sample)}",
    )


def _unknown(source: Source, sample: list[Mapping[str, Any]]) -> RecordError:
    say = f'[[chats]] paths = ["{source.name}"] text = "\u2026" sender = "\u2026" time = "\u2026"'
    return RecordError(
        "unknown-keys",
        f"nothing in these objects looks like the text of a message; they have: {seen(sample)}",
        help=f"say in the configuration which is which: {say}",
        zh=f"看不出哪个字段是消息文字\uff1b对象中的字段有\uff1a{seen(sample)}",
        zh_help=f"请在配置中写明对应关系\uff1a{say}",
    )


def written(path: Steps) -> str:
    """A path as it is written in a configuration."""
    return ".".join(path).replace(".[]", "[]")
