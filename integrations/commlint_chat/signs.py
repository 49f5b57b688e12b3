"""Whose messages a file of JSON holds, by the keys among its first bytes."""

from __future__ import annotations

import re
from functools import lru_cache

_LOOKED_AT = 65_536  # bytes
_KEY = re.compile(r'"(\w{1,40})"\s{0,20}:')
_LIST = re.compile(rb"\[\s{0,1000}\{")
_OPENS = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,1000}[\[{]")


def platform(content: bytes) -> str:
    """feishu, dingtalk, wecom, or nothing."""
    signs = {"feishu": is_feishu, "dingtalk": is_dingtalk, "wecom": is_wecom}
    return next((name for name, sign in signs.items() if sign(content)), "")


def is_feishu(content: bytes) -> bool:
    """Events im.message.… of schema 2.0, or items of GET /im/v1/messages."""
    keys = _keys(content)
    return (b"im.message." in content[:_LOOKED_AT] and {"header", "event"} <= keys) or {"message_id", "chat_id", "msg_type", "body"} <= keys or {"message_id", "chat_id", "message_type", "content"} <= keys


def is_dingtalk(content: bytes) -> bool:
    """Callbacks of robots, or frames of Stream mode."""
    keys = _keys(content)
    robot = bool(keys & {"chatbotUserId", "senderNick", "sessionWebhook", "robotCode"}) and {"msgtype", "conversationId"} <= keys
    return robot or ({"specVersion", "headers", "data"} <= keys and b"/v1.0/im/bot/messages/" in content[:_LOOKED_AT].replace(b"\\/", b"/"))


def is_wecom(content: bytes) -> bool:
    """The archive, decrypted or not, or callbacks of robots."""
    keys = _keys(content)
    return {"msgid", "tolist", "msgtype"} <= keys or {"msgid", "action", "roomid"} <= keys or "encrypt_chat_msg" in keys or {"msgid", "aibotid", "msgtype"} <= keys


def is_sealed(content: bytes) -> bool:
    """Encrypted callbacks of whatever platform."""
    return content.lstrip()[:1] in (b"{", b"[") and b'"encrypt"' in content[:200] and len(_keys(content)) <= 6


def is_chat(content: bytes) -> bool:
    """Objects with a text, a sender and a time, by the names that programs commonly use."""
    from commlint_chat.mapping import NAMES

    keys = _keys(content)
    return is_listed(content) and all(keys & NAMES[role] for role in ("text", "sender", "time"))


def is_listed(content: bytes) -> bool:
    """A list of objects, alone or under a key."""
    return _OPENS.match(content) is not None and _LIST.search(content, 0, _LOOKED_AT) is not None


def _keys(content: bytes) -> frozenset[str]:
    return _among(content[:_LOOKED_AT])


@lru_cache(maxsize=4)  # each reader asks
def _among(beginning: bytes) -> frozenset[str]:
    return frozenset(_KEY.findall(beginning.decode("utf-8", "ignore")))
