"""DingTalk: what a robot is called with (HTTP or Stream mode), as their open platform describes it.

A frame of Stream mode holds the message as JSON in a JSON string. The archive product has no public format: its files are read as
JSON Lines whose keys the configuration maps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import tzinfo
from json import loads
from typing import Any

from commlint.model.record import Attachment, Party
from commlint.model.span import Span
from commlint_chat.items import Bad, Item
from commlint_chat.json_spans import Strings, Text, Woven
from commlint_chat.said import (
    NOTHING,
    Inner,
    Said,
    Ties,
    array,
    moment,
    obj,
    size,
    standing_for,
    string,
    told,
    unpacked,
)

_Find = Callable[..., Text | None]
_FILES = {"picture": "image", "image": "image", "audio": "voice", "voice": "voice", "video": "video", "file": "file"}


class DingTalk:
    """How DingTalk writes a message."""

    def ties(self, value: Mapping[str, Any]) -> Ties:
        """Its ids."""
        message, _ = _message(value)
        return Ties(id=string(message.get("msgId")), reply_to=_answered(message), chat=string(message.get("conversationId")), people=tuple(_mentioned(message)))

    def said(self, item: Item, text: str, zone: tzinfo) -> Said | Bad | None:
        """The message; None for frames that bear none (pings, other events)."""
        message, framed = _message(item.value)
        if "msgtype" not in message and "headers" in item.value:
            return None
        if "msgtype" not in message:
            return Bad(item.line, "no msgtype", "没有 msgtype")
        strings = Strings(text, item.span)
        at = unpacked(strings.at("data"))[1] if framed else strings.at
        words, files = _content(item, message, at)
        direct = {"1": True, "2": False}.get(string(message.get("conversationType")))
        return Said(
            text=words, id=string(message.get("msgId")), sent_at=moment(message.get("createAt"), zone), sender=_sender(message), chat=string(message.get("conversationId")),
            group=None if direct else at("conversationTitle"), direct=direct, to=tuple(_mentioned(message)), reply_to=_answered(message),
            files=files, quoted=_quoted(message, at, zone),
        )  # fmt: skip


def _message(value: Mapping[str, Any]) -> tuple[Mapping[str, Any], bool]:
    """The message, and whether it lies in a frame."""
    data = value.get("data")
    if "headers" in value and isinstance(data, str):
        try:
            return obj(loads(data, strict=False)), True
        except (ValueError, RecursionError):
            return {}, True
    return value, False


def _sender(message: Mapping[str, Any]) -> Party:
    return Party(string(message.get("senderNick")), string(message.get("senderStaffId")) or string(message.get("senderId")))


def _mentioned(message: Mapping[str, Any]) -> Iterator[Party]:
    """Who is mentioned, by id: names stand only in the text."""
    for each in map(obj, array(message.get("atUsers"))):
        id = string(each.get("staffId")) or string(each.get("dingtalkId"))
        if id:
            yield Party(string(each.get("name")), id)


def _answered(message: Mapping[str, Any]) -> str:
    return string(message.get("originalMsgId")) or string(_replied(message).get("msgId"))


def _replied(message: Mapping[str, Any]) -> Mapping[str, Any]:
    """The message that is answered, in whichever of the places that it is said in."""
    return next((found for key in ("text", "content") if (found := obj(obj(message.get(key)).get("repliedMsg")))), {})


def _quoted(message: Mapping[str, Any], at: _Find, zone: tzinfo) -> Inner | None:
    replied = _replied(message)
    for key in ("text", "content") if replied else ():
        for path in (("content", "text"), ("content", "content"), ("content",)):
            found = at(key, "repliedMsg", *path)
            if found is not None and found.text.strip():
                return Inner(found, Party(string(replied.get("senderNick")), string(replied.get("senderId"))), moment(replied.get("createdAt"), zone))
    return None


def _content(item: Item, message: Mapping[str, Any], at: _Find) -> tuple[Text, tuple[Attachment, ...]]:
    kind = string(message.get("msgtype"))
    content = obj(message.get("content"))
    if kind in _FILES:
        heard = at("content", "recognition")
        if heard is not None and heard.text.strip():
            return heard, (Attachment("", media_type="audio/*", part=0, span=Span(0, 0)),)
        return standing_for(_FILES[kind], item, at("content", "fileName"), size=size(content.get("fileSize") or content.get("size")))
    if kind == "richText":
        return _rich(item, array(content.get("richText")), at)
    for path in (("text", "content"), ("markdown", "text"), ("content", "text"), ("content", "content"), ("content",), ("link", "title")):
        found = at(*path)
        if found is not None and found.text.strip():
            return found, ()
    return (NOTHING if kind == "text" else told(f"[{kind[:40]}]", item)), ()


def _rich(item: Item, pieces: list[Any], at: _Find) -> tuple[Text, tuple[Attachment, ...]]:
    """Stretches of text, pictures between them."""
    woven = Woven()
    files: list[Attachment] = []
    for number, piece in enumerate(map(obj, pieces)):
        text = at("content", "richText", number, "text")
        if text is not None:
            woven.add(text)
        elif string(piece.get("type")) == "picture":
            begin = len(woven)
            woven.say("[图片]")
            files.append(Attachment("", media_type="image/*", part=0, span=Span(begin, len(woven))))
    return (woven.text if len(woven) else told("[richText]", item)), tuple(files)
