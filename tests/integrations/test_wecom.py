"""WeCom: the decrypted archive of conversations, and robots."""

from __future__ import annotations

import json
from typing import Any

import pytest
from commlint_chat.reader import DingTalkReader, FeishuReader, JsonLinesReader, WeComReader

from commlint.entities.envelope import party_external
from commlint.errors import RecordError
from commlint.model.record import Kind, Record
from commlint.model.source import Source
from tests.entities.records import analysed
from tests.integrations.readings import ENVIRONMENT, part, seen

CLIENT = "wmErxtDgAA9AW32YyyuYRimKr7D1KWlw"


def message(kind: str, content: object, id: str = "m1", **more: Any) -> dict[str, Any]:
    """A message as DecryptData gives it."""
    under = {"markdown": "info", "news": "info", "docmsg": "doc"}.get(kind, kind)
    return {"msgid": id, "action": "send", "from": "zhang.san", "tolist": ["li.si", "wang.wu"], "roomid": "wrX", "msgtime": 1779327000000, "msgtype": kind, under: content, **more}


def read(*values: dict[str, Any] | str, name: str = "x.jsonl") -> list[Record | RecordError]:
    source = Source(name, "\n".join(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for value in values).encode())
    assert WeComReader().claims(source)
    assert not any(reader.claims(source) for reader in (FeishuReader(), DingTalkReader(), JsonLinesReader()))
    return list(WeComReader().read(source, ENVIRONMENT))  # type: ignore[arg-type]  # no sources in it


def one(value: dict[str, Any]) -> Record:
    (found,) = read(value)
    assert isinstance(found, Record)
    return found


def written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


CONTENTS = [
    ("text", {"content": "请\n查收"}, "请\n查收"),
    ("markdown", {"content": "# 标题\n好"}, "# 标题\n好"),
    ("image", {"md5sum": "a", "filesize": 7}, "[图片]"),
    ("voice", {"voice_size": 7, "play_length": 3}, "[语音]"),
    ("video", {"filesize": 7, "play_length": 3}, "[视频]"),
    ("emotion", {"type": 1, "imagesize": 7}, "[表情]"),
    ("file", {"filename": "合同.docx", "fileext": "docx", "filesize": 7}, "[文件] 合同.docx"),
    ("link", {"title": "邀请", "description": "请看", "link_url": "https://example.cn/a"}, "邀请\n请看"),
    ("weapp", {"title": "报修", "description": "填写", "displayname": "x"}, "报修\n填写"),
    ("todo", {"title": "待办", "content": "写周报"}, "待办\n写周报"),
    ("vote", {"votetitle": "去哪", "voteitem": ["东"], "votetype": 101}, "去哪"),
    ("collect", {"room_name": "a", "creator": "b", "title": "收集表", "details": []}, "收集表"),
    ("meeting", {"topic": "周会", "starttime": 1, "endtime": 2, "address": "三楼", "remarks": "准时"}, "周会\n三楼\n准时"),
    ("docmsg", {"title": "方案", "doc_creator": "b", "link_url": "https://example.cn"}, "方案"),
    ("calendar", {"title": "例会", "creatorname": "b", "place": "3F", "remarks": ""}, "例会\n3F"),
    ("location", {"longitude": 1, "address": "某路 1 号", "title": "大厦"}, "某路 1 号\n大厦"),
    ("redpacket", {"type": 1, "wish": "恭喜", "totalcnt": 1}, "恭喜"),
    ("card", {"userid": "x"}, "[名片]"),
    ("news", {"item": [{"title": "一", "description": "二", "url": "u"}]}, "一\n二"),
    ("mixed", {"item": [{"type": "text", "content": written({"content": "马上改"})}, {"type": "image", "content": written({"filesize": 3})}]}, "马上改\n[图片]"),
    ("never_seen", {"x": 1}, "[never_seen]"),
]


@pytest.mark.parametrize(("kind", "content", "text"), CONTENTS)
def test_what_a_message_says(kind: str, content: object, text: str) -> None:
    """The words of every type of the archive."""
    assert part(one(message(kind, content)), "body").text == text


@pytest.mark.parametrize(("kind", "content", "file"), [
    ("file", {"filename": "合同.docx", "filesize": 18181}, ("合同.docx", 18181, None, False)),
    ("image", {"filesize": 7}, ("", 7, "image/*", False)),
    ("voice", {"voice_size": "9"}, ("", 9, "audio/*", False)),
    ("link", {"title": "邀请", "link_url": "https://example.cn/a.pdf"}, ("a.pdf", None, None, True)),
    ("mixed", {"item": [{"type": "text", "content": written({"content": "看"})}, {"type": "image", "content": written({"filesize": 3})}]}, ("", 3, "image/*", False)),
])
def test_files_are_attachments(kind: str, content: object, file: tuple[str, int | None, str | None, bool]) -> None:
    """With what the archive says of them."""
    (found,) = one(message(kind, content)).attachments
    assert (found.name, found.size, found.media_type, found.linked) == file


def test_who_when_and_where() -> None:
    """Accounts are addresses; a room is a group even where nobody says its name; two who talk are one thread, whichever way."""
    room, there, back = [each for each in read(message("text", {"content": "a"}), message("text", {"content": "b"}, "m2", roomid="", tolist=["li.si"]), message("text", {"content": "c"}, "m3", **{"from": "li.si", "tolist": ["zhang.san"], "roomid": ""})) if isinstance(each, Record)]
    assert room.sender is not None
    assert (room.sender.address, [p.address for p in room.cc], dict(room.meta)["channel"], room.conversation.thread) == ("zhang.san", ["li.si", "wang.wu"], "group_chat", "wrX")
    assert ([p.address for p in there.to], dict(there.meta)["channel"]) == (["li.si"], "direct_chat")
    assert there.conversation.thread == back.conversation.thread != room.conversation.thread


@pytest.mark.parametrize(("more", "audience"), [({}, "internal"), ({"tolist": ["li.si", CLIENT]}, "external"), ({"msgid": "m1_external"}, "external")])
def test_clients_are_told_by_their_ids(more: dict[str, Any], audience: str) -> None:
    """Among those it goes to, and as its sender, without any roster."""
    record = one(message("text", {"content": "a"}, **more))
    assert analysed(record).value("record.audience") == audience
    sent = one(message("text", {"content": "a"}, **{"from": CLIENT}))
    assert sent.sender is not None
    assert party_external(analysed(sent), sent.sender) is True


def test_a_line_may_name_the_room() -> None:
    """What the interface answers about a group, with its members."""
    group, record = read(message("text", {"content": "a"}), {"roomid": "wrX", "roomname": "【市场部】新品20260521", "creator": "zhang.san", "members": [{"memberid": "zhang.san"}, {"memberid": "li.si"}]})
    assert isinstance(group, Record)
    assert isinstance(record, Record)
    assert (group.kind, part(group, "group").text, [p.address for p in group.to]) == (Kind.CHAT_GROUP, "【市场部】新品20260521", ["zhang.san", "li.si"])
    assert record.conversation.group == "【市场部】新品20260521"


def test_bundles_have_their_messages() -> None:
    """Those of bundles in bundles too; the archive does not say who sent them."""
    inner = {"type": "ChatRecordText", "msgtime": 1779320000, "content": written({"content": "到货了"}), "from_chatroom": True}
    deeper = {"type": "chatrecord", "content": written({"item": [{"type": "ChatRecordText", "content": written({"content": "里层"})}]})}
    record = one(message("chatrecord", {"title": "群聊的聊天记录", "item": [inner, {"type": "ChatRecordFile", "content": written({"filename": "a.xlsx"})}, deeper]}))
    assert [(p.name, p.text) for p in record.parts] == [("body", "群聊的聊天记录"), ("forwarded", "到货了"), ("forwarded", "a.xlsx"), ("forwarded", "里层")]
    assert f"{part(record, 'forwarded').sent_at:%H:%M}" == "07:33"
    assert [seen(each, each.text) for each in record.parts] == [each.text for each in record.parts]


def test_what_is_no_message_of_people_is_an_event() -> None:
    """Recalls with what they take back, consents, a change of company."""
    found = read(
        message("revoke", {"pre_msgid": "m0"}, "m1", action="recall"), message("agree", {"userid": CLIENT, "agree_time": 1}, "m2"), message("disagree", {"userid": CLIENT}, "m3"),
        {"msgid": "m4", "action": "switch", "time": 1779327000000, "user": "zhang.san"},
    )  # fmt: skip
    assert [(each.kind, dict(each.meta)["event"], part(each, "body").text, each.conversation.reply_to) for each in found if isinstance(each, Record)] == [
        (Kind.CHAT_EVENT, "recalled", "[消息已撤回]", "m0"), (Kind.CHAT_EVENT, "system", "[同意会话存档]", ""), (Kind.CHAT_EVENT, "system", "[不同意会话存档]", ""), (Kind.CHAT_EVENT, "system", "[切换企业]", ""),
    ]


def test_the_same_id_is_the_same_message() -> None:
    """The archive is fetched in overlapping pieces."""
    assert len(read(message("text", {"content": "a"}), message("text", {"content": "a"}), message("text", {"content": "b"}, "m2"))) == 2


def test_what_is_not_decrypted_is_told() -> None:
    """With what to do; a file of nothing else has no other complaint."""
    line = {"seq": 3, "msgid": "m9", "publickey_ver": 1, "encrypt_random_key": "x", "encrypt_chat_msg": "y"}
    for values, count in (((line,), 0), ((line, message("text", {"content": "a"})), 1), (({"errcode": 0, "errmsg": "ok", "chatdata": [line]},), 0)):
        *records, error = read(*values)
        assert isinstance(error, RecordError)
        assert (len(records), error.slug) == (count, "encrypted-file")
        assert "DecryptData" in error.help


def test_robots() -> None:
    """A JSON array of callbacks; what is quoted is earlier, pictures among the text are files."""
    robot = {"msgid": "a", "aibotid": "AIB", "chatid": "C1", "chattype": "group", "from": {"userid": "zhang.san"}, "msgtype": "text", "text": {"content": "@机器人 好"}, "quote": {"msgtype": "text", "text": {"content": "原话"}}}
    mixed = {"msgid": "b", "aibotid": "AIB", "chattype": "single", "from": {"userid": "zhang.san"}, "msgtype": "mixed", "mixed": {"msg_item": [{"msgtype": "text", "text": {"content": "看"}}, {"msgtype": "image", "image": {"url": "u"}}]}}
    first, second = (each for each in read(json.dumps([robot, mixed], ensure_ascii=False), name="x.json") if isinstance(each, Record))
    assert ([(p.name, p.text) for p in first.parts], dict(first.meta)["channel"]) == ([("body", "@机器人 好"), ("history", "原话")], "group_chat")
    assert (part(second, "body").text, dict(second.meta)["channel"], len(second.attachments)) == ("看\n[图片]", "direct_chat", 1)
