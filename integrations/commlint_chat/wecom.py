"""WeCom: the archive of conversations as DecryptData gives it, and what robots are called with, as their developer centre describes them.

Ids are addresses: of colleagues their account, of clients an external id (``wm…``, ``wo…``), of robots ``wb…``; a roster names them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, tzinfo
from itertools import islice
from typing import Any

from commlint.model.record import Attachment, Block, BlockKind, Party
from commlint.model.span import Span
from commlint_chat.items import Bad, Item
from commlint_chat.json_spans import Strings, Text, Woven
from commlint_chat.said import (
    NOTHING,
    Inner,
    Said,
    Ties,
    array,
    lines,
    moment,
    obj,
    size,
    standing_for,
    string,
    told,
    unpacked,
)

_Find = Callable[..., Text | None]
_Content = tuple[Text, tuple[Attachment, ...]]
_FILES = {"image": ("image", "filesize"), "voice": ("voice", "voice_size"), "video": ("video", "filesize"), "emotion": ("emotion", "imagesize"), "file": ("file", "filesize"), "meeting_voice_call": ("voice", ""), "qydiskfile": ("file", ""), "voip_doc_share": ("file", "filesize")}
_UNDER = {"markdown": "info", "news": "info", "docmsg": "doc", "disagree": "agree", "voiptext": "info", "qydiskfile": "info", "external_redpacket": "redpacket", "sphfeed": "sphfeed"}
_WORDS = {  # what is read of each type, in the order in which it stands
    "link": ("title", "description"), "weapp": ("title", "description"), "todo": ("title", "content"), "vote": ("votetitle",), "collect": ("title",), "meeting": ("topic", "address", "remarks"), "meeting_notification": ("content",),
    "docmsg": ("title",), "calendar": ("title", "place", "remarks"), "redpacket": ("wish",), "external_redpacket": ("wish",), "location": ("title", "address"), "sphfeed": ("sph_name", "feed_desc"), "card": ("corpname",), "note": ("content",),
}  # fmt: skip
_TOLD = {"location": "[位置]", "card": "[名片]", "redpacket": "[红包]", "external_redpacket": "[红包]", "voiptext": "[语音通话]", "meeting": "[会议]", "vote": "[投票]", "collect": "[填表]", "weapp": "[小程序]", "link": "[链接]", "docmsg": "[文档]", "calendar": "[日程]", "todo": "[待办]", "sphfeed": "[视频号]", "news": "[图文]"}
_CLIENT = re.compile(r"w[mo][A-Za-z0-9_-]{20,62}")
_MOST = 200  # messages of a bundle
_DEEPEST = 3  # bundles in bundles


class WeCom:
    """How WeCom writes a message."""

    def ties(self, value: Mapping[str, Any]) -> Ties:
        """Its ids; of what the interface says of a group, its name."""
        return Ties(id=string(value.get("msgid")), chat=_chat(value), group=string(value.get("roomname")))

    def said(self, item: Item, text: str, zone: tzinfo) -> Said | Bad | None:
        """The message."""
        value = item.value
        strings = Strings(text, item.span)
        sent = moment(value.get("msgtime") or value.get("time") or value.get("create_time"), zone)
        if string(value.get("roomname")) and "msgtype" not in value:
            members = tuple(Party(address=string(each.get("memberid"))) for each in map(obj, array(value.get("members"))))
            return Said(chat=_chat(value), group=strings.at("roomname"), members=members, sent_at=sent)
        if value.get("action") == "switch":
            return Said(text=told("[切换企业]", item), id=string(value.get("msgid")), sent_at=sent, sender=_party(value.get("user")), form="system")
        if not string(value.get("msgtype")):
            return Bad(item.line, "no msgtype", "没有 msgtype")
        return _said(item, value, strings, sent)


def _said(item: Item, value: Mapping[str, Any], strings: Strings, sent: datetime | None) -> Said:
    kind = string(value.get("msgtype"))
    robot = "aibotid" in value
    form = "recalled" if kind == "revoke" or value.get("action") == "recall" else "system" if kind in ("agree", "disagree", "event") else "text"
    sender = _party(obj(value["from"]).get("userid") if isinstance(value.get("from"), dict) else value.get("from"))
    direct = value.get("chattype") == "single" if robot else not string(value.get("roomid"))
    to = tuple(each for one in array(value.get("tolist")) if (each := _party(one)).address)
    found, files = _content(item, kind, obj(value.get(_UNDER.get(kind, kind))), strings.at, (_UNDER.get(kind, kind),))
    passed = tuple(_bundle(value, strings, sent)) if kind == "chatrecord" else ()
    return Said(
        text=found, id=string(value.get("msgid")), sent_at=sent, sender=sender, chat=_chat(value), group=strings.at("roomname"), direct=direct, to=to if direct else (),
        members=() if direct else (*((sender,) if sender.address else ()), *to), reply_to=string(obj(value.get("revoke")).get("pre_msgid")), form=form, files=files,
        blocks=(Block(BlockKind.FORWARDED, Span(0, len(found.text))),) if kind == "chatrecord" and not passed else (), passed=passed,
        quoted=_quoted(value, strings), audience="" if robot else _audience(string(value.get("msgid")), to),
    )  # fmt: skip


def _audience(id: str, to: tuple[Party, ...]) -> str:
    """Whether a client reads it: the id of the message says so, or one of theirs among those it goes to."""
    return "external" if id.endswith("_external") or any(_CLIENT.fullmatch(each.address) for each in to) else "internal" if to else ""


def _party(value: object) -> Party:
    return Party(address=string(value))


def _chat(value: Mapping[str, Any]) -> str:
    """The room, else the two who talk, whichever way round."""
    room = string(value.get("roomid")) or string(value.get("chatid"))
    if room:
        return room
    pair = sorted({string(value.get("from")), *map(string, array(value.get("tolist"))[:50])} - {""})
    return "\u2194".join(pair)


def _content(item: Item, kind: str, value: Mapping[str, Any], at: _Find, root: tuple[str | int, ...]) -> _Content:
    """What a message of a type says, and its files; what has no words stands as its type in brackets."""
    if kind in ("revoke", "agree", "disagree"):
        return told({"revoke": "[消息已撤回]", "agree": "[同意会话存档]", "disagree": "[不同意会话存档]"}[kind], item), ()
    if kind in _FILES:
        what, bytes_ = _FILES[kind]
        heard = at(*root, "content")
        if what == "voice" and heard is not None and heard.text.strip():
            return heard, (Attachment("", media_type="audio/*", part=0, span=Span(0, 0)),)
        return standing_for(what, item, at(*root, "filename"), size=size(value.get(bytes_)))
    if kind == "mixed":
        return _mixed(item, array(value.get("item") or value.get("msg_item")), at, (*root, "item" if "item" in value else "msg_item"))
    if kind == "chatrecord":
        return at(*root, "title") or told("[聊天记录]", item), ()
    if kind == "news":
        return _news(item, array(value.get("item")), at, root), ()
    names = _WORDS.get(kind, ("content",))
    found = lines(at, *((*root, name) for name in names))
    files = standing_for("link", item, None)[1] if kind == "link" else ()
    return found or told(_TOLD.get(kind, NOTHING.text if kind in ("text", "markdown") else f"[{kind[:40]}]"), item), tuple(_at_start(file, string(value.get("link_url"))) for file in files)


def _at_start(file: Attachment, url: str) -> Attachment:
    return Attachment(url.rpartition("/")[2][:200], media_type=file.media_type, linked=True, part=0, span=Span(0, 0))


def _news(item: Item, articles: list[Any], at: _Find, root: tuple[str | int, ...]) -> Text:
    paths = [(*root, "item", number, name) for number in range(min(len(articles), _MOST)) for name in ("title", "description")]
    return lines(at, *paths) or told("[图文]", item)


def _mixed(item: Item, pieces: list[Any], at: _Find, root: tuple[str | int, ...]) -> _Content:
    """Texts and pictures in turn, a line each; the content of a piece is JSON in a string, or an object under its type."""
    woven = Woven()
    files: list[Attachment] = []
    for number, piece in enumerate(map(obj, pieces[:_MOST])):
        kind = string(piece.get("type") or piece.get("msgtype"))
        value, inner = unpacked(at(*root, number, "content"))
        found, own = _content(item, kind, value, inner, ()) if value else _content(item, kind, obj(piece.get(kind)), at, (*root, number, kind))
        if not found.text:
            continue
        if len(woven):
            woven.say("\n")
        files += (Attachment(file.name, file.size, file.media_type, file.encrypted, file.linked, 0, (file.span or Span(0, 0)).shift(len(woven))) for file in own)
        woven.add(found)
    return woven.text, tuple(files)


# messages in messages

_TYPES = re.compile(r"^(?:ChatRecord)?(?P<kind>[A-Za-z_]+)$")


def _bundle(value: Mapping[str, Any], strings: Strings, sent: datetime | None) -> list[Inner]:
    """The messages that are passed on, without their senders, which the archive leaves out."""
    pieces = array(obj(value.get("chatrecord")).get("item"))
    return [*islice(_inner(pieces, lambda number: strings.at("chatrecord", "item", number, "content"), sent.tzinfo if sent else None), _MOST)]


def _inner(pieces: list[Any], content: Callable[[int], Text | None], zone: tzinfo | None, depth: int = 1) -> Iterator[Inner]:
    for number, piece in enumerate(map(obj, pieces[:_MOST])):
        match = _TYPES.match(string(piece.get("type")))
        kind = match["kind"].lower() if match else ""
        value, at = unpacked(content(number))
        if kind == "chatrecord" and depth < _DEEPEST:
            yield from _inner(array(value.get("item")), lambda inside, at=at: at("item", inside, "content"), zone, depth + 1)  # type: ignore[misc]  # the loop's own
            continue
        text = lines(at, *((name,) for name in dict.fromkeys(("content", *_WORDS.get(kind, ()), "filename", "title"))))
        if text is not None:
            yield Inner(text, None, moment(piece.get("msgtime"), zone) if zone is not None else None)


def _quoted(value: Mapping[str, Any], strings: Strings) -> Inner | None:
    """The message that a robot's caller quotes."""
    kind = string(obj(value.get("quote")).get("msgtype"))
    found = strings.at("quote", kind, "content") if kind else None
    return Inner(found) if found is not None and found.text.strip() else None
