"""Feishu and Lark: events and pages, every type of message, with the places of their words in the file."""

from __future__ import annotations

import json
from typing import Any

import pytest
from commlint_chat.feishu import Feishu
from commlint_chat.reader import DingTalkReader, FeishuReader, JsonLinesReader, WeComReader

from commlint.errors import RecordError
from commlint.model.record import BlockKind, Kind, Record
from commlint.model.source import Source
from commlint.model.span import Span
from tests.integrations.readings import ENVIRONMENT, blocks, part, seen

LI = {"key": "@_user_1", "id": {"union_id": "on_2", "user_id": "li.si", "open_id": "ou_2"}, "name": "李四", "tenant_key": "t"}


def event(kind: str, content: object, *, id: str = "om_1", **more: Any) -> dict[str, Any]:
    """An event im.message.receive_v1 of schema 2.0."""
    said = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    message = {"message_id": id, "create_time": "1779327000000", "chat_id": "oc_1", "chat_type": "group", "message_type": kind, "content": said, "mentions": [], **more}
    sender = {"sender_id": {"union_id": "on_1", "user_id": "zhang.san", "open_id": "ou_1"}, "sender_type": "user", "tenant_key": "t"}
    return {"schema": "2.0", "header": {"event_id": f"e{id}", "event_type": "im.message.receive_v1", "create_time": "1779327000000", "app_id": "cli_1"}, "event": {"sender": sender, "message": message}}


def item(kind: str, content: str, *, id: str = "om_1", **more: Any) -> dict[str, Any]:
    """An item of GET /im/v1/messages."""
    return {"message_id": id, "msg_type": kind, "create_time": "1779327000000", "deleted": False, "updated": False, "chat_id": "oc_1", "sender": {"id": "ou_1", "id_type": "open_id", "sender_type": "user"}, "body": {"content": content}, **more}


def page(*items: dict[str, Any]) -> str:
    return json.dumps({"code": 0, "data": {"has_more": False, "items": list(items)}}, ensure_ascii=False, indent=2)


def read(*values: dict[str, Any] | str, ascii_only: bool = False) -> list[Record | RecordError]:
    text = "\n".join(value if isinstance(value, str) else json.dumps(value, ensure_ascii=ascii_only) for value in values)
    source = Source("x.jsonl", text.encode())
    assert FeishuReader().claims(source)
    assert not any(reader.claims(source) for reader in (DingTalkReader(), WeComReader(), JsonLinesReader()))
    return list(FeishuReader().read(source, ENVIRONMENT))  # type: ignore[arg-type]  # no sources in it


def one(*values: dict[str, Any], ascii_only: bool = False) -> Record:
    found = read(*values, ascii_only=ascii_only)[0]
    assert isinstance(found, Record)
    return found


POST = {"title": "周会", "content": [[{"tag": "text", "text": "见"}, {"tag": "a", "href": "https://example.cn", "text": "文档"}, {"tag": "at", "user_id": "@_user_1", "user_name": "李四"}], [{"tag": "img", "image_key": "i"}], [{"tag": "code_block", "language": "GO", "text": "a := 1"}]]}
CARD = {"title": "告警", "elements": [[{"tag": "text", "text": "尽快处理"}, {"tag": "button", "text": "确认", "type": "primary"}], [{"tag": "text", "text": "第二行"}]]}
CARD_2 = {"header": {"template": "red", "title": {"tag": "plain_text", "content": "告警"}}, "elements": [{"tag": "div", "text": {"tag": "lark_md", "content": "尽快处理"}}, {"tag": "action", "actions": [{"tag": "button", "text": {"tag": "plain_text", "content": "确认"}, "url": "https://example.cn", "type": "primary"}]}]}
CONTENTS = [
    ("text", {"text": "请\n查收"}, "请\n查收"),
    ("text", {"text": "  请查收 "}, "请查收"),
    ("text", {"text": "@_user_1 @_all 好"}, "@李四 @所有人 好"),
    ("text", {"text": "@_user_9 好"}, "@_user_9 好"),
    ("post", POST, "周会\n见文档@李四\na := 1"),
    ("post", {"zh_cn": POST}, "周会\n见文档@李四\na := 1"),
    ("post", {"content": [[{"tag": "md", "text": "**好**"}]], "title": "后写的标题"}, "**好**\n后写的标题"),
    ("interactive", CARD, "告警\n尽快处理 确认\n第二行"),
    ("interactive", CARD_2, "告警\n尽快处理\n确认"),
    ("image", {"image_key": "i"}, "[图片]"),
    ("file", {"file_key": "f", "file_name": "报价单.xlsx"}, "[文件] 报价单.xlsx"),
    ("audio", {"file_key": "f", "duration": 2000}, "[语音]"),
    ("media", {"file_key": "f", "image_key": "i", "file_name": "a.mp4", "duration": 2000}, "[视频] a.mp4"),
    ("sticker", {"file_key": "f"}, "[表情]"),
    ("share_chat", {"chat_id": "oc_2"}, "[群名片]"),
    ("share_user", {"user_id": "ou_2"}, "[个人名片]"),
    ("todo", {"task_id": "t", "summary": {"title": "", "content": [[{"tag": "text", "text": "写周报"}]]}, "due_time": "1779327000000"}, "写周报"),
    ("vote", {"topic": "去哪里", "options": ["东", "西"]}, "去哪里"),
    ("text", "不是 JSON", "不是 JSON"),
    ("brand_new", {"x": 1}, "[brand_new]"),
]


@pytest.mark.parametrize(("kind", "content", "text"), CONTENTS)
@pytest.mark.parametrize("ascii_only", [False, True])
def test_what_a_message_says(kind: str, content: object, text: str, ascii_only: bool) -> None:
    """The words of every type, whether the file escapes Chinese or not."""
    assert part(one(event(kind, content, mentions=[LI]), ascii_only=ascii_only), "body").text == text


@pytest.mark.parametrize("kind", ["image", "file", "audio", "media"])
def test_files_are_attachments(kind: str) -> None:
    """With their names and types; the words that stand for them are theirs."""
    record = one(event(kind, {"file_key": "f", "file_name": "a.bin"}))
    (file,) = record.attachments
    assert (file.name, file.part, file.span) == ("a.bin", 0, Span(0, len(part(record, "body").text)))
    assert (file.media_type or "").partition("/")[0] == {"image": "image", "file": "", "audio": "audio", "media": "video"}[kind]


def test_who_when_and_to_whom() -> None:
    """Sender, time, mentions, ids; names of senders are those that others mention them by."""
    first = event("text", {"text": "@_user_1 好"}, mentions=[LI])
    second = event("text", {"text": "收到"}, id="om_2", root_id="om_1", parent_id="om_1")
    second["event"]["sender"]["sender_id"]["user_id"] = "li.si"
    records = [each for each in read(first, second) if isinstance(each, Record)]
    assert [(r.sender.name, r.sender.address) for r in records if r.sender] == [("", "zhang.san"), ("李四", "li.si")]
    assert f"{records[0].sent_at:%Y-%m-%d %H:%M %z}" == "2026-05-21 09:30 +0800"
    assert [(p.name, p.address) for p in records[0].to] == [("李四", "li.si")]
    assert (records[1].conversation.id, records[1].conversation.reply_to, records[1].conversation.thread) == ("om_2", "om_1", "oc_1")


def test_places_are_those_of_the_file() -> None:
    """A word in JSON in JSON stands where its letters or escapes stand; the place is the message's."""
    for ascii_only, written in ((False, "尽快"), (True, "\\\\u5c3d\\\\u5feb")):
        text = json.dumps({"text": "@_user_1 请尽快"}, ensure_ascii=ascii_only)
        body = part(one(event("text", text, mentions=[LI]), ascii_only=False), "body")
        assert seen(body, "尽快") == written
        assert seen(body, "@李四") == "@_user_1"
        (anchor,) = body.view.anchors
        assert (anchor.place.type, anchor.place.id, anchor.place.time) == ("message", "om_1", "2026-05-21T09:30:00+08:00")


def test_titles_and_code_are_told_apart() -> None:
    """Rules see a heading, and leave code alone."""
    assert blocks(part(one(event("post", POST)), "body")) == [("heading", "周会"), ("code", "a := 1")]


def test_the_program_speaks_in_events() -> None:
    """A template is filled; joins and new names tell who and what the group is called."""
    system = event("system", {"template": "{from_user} invited {to_chatters} to this chat.", "from_user": ["张三"], "to_chatters": ["李四", "王五"]})
    added = {"schema": "2.0", "header": {"event_id": "a", "event_type": "im.chat.member.user.added_v1", "create_time": "1779327000000"}, "event": {"chat_id": "oc_1", "name": "【市场部】新品20260521", "users": [{"name": "王五", "user_id": {"user_id": "wang.wu"}}]}}
    recalled = {"schema": "2.0", "header": {"event_id": "r", "event_type": "im.message.recalled_v1"}, "event": {"message_id": "om_1", "chat_id": "oc_1", "recall_time": "1779327000000"}}
    group, first, second, third = [each for each in read(system, added, recalled) if isinstance(each, Record)]
    assert (group.kind, group.conversation.group, [p.name for p in group.to]) == (Kind.CHAT_GROUP, "【市场部】新品20260521", ["王五"])
    assert seen(part(group, "group"), "新品") == "新品"
    assert [(r.kind, dict(r.meta)["event"]) for r in (first, second, third)] == [(Kind.CHAT_EVENT, "system"), (Kind.CHAT_EVENT, "system"), (Kind.CHAT_EVENT, "recalled")]
    assert part(first, "body").text == "张三 invited 李四、王五 to this chat."
    assert (part(second, "body").text, third.conversation.reply_to) == ("[加入群聊] 王五", "om_1")


def test_what_is_no_message_is_passed_over() -> None:
    """Other events are none; what comes twice is read once."""
    other = {"schema": "2.0", "header": {"event_id": "x", "event_type": "im.message.message_read_v1"}, "event": {"reader": {}}}
    assert len(read(event("text", {"text": "a"}), other, event("text", {"text": "a"}))) == 1


def test_pages_of_the_interface() -> None:
    """Items in whichever order: the answer has the text it answers, threads hold together, deleted messages are recalled ones."""
    text = page(
        item("text", '{"text":"收到"}', id="om_2", root_id="om_1", parent_id="om_1", thread_id="omt_1"),
        item("text", '{"text":"请尽快提交"}', id="om_1"),
        item("text", "This message was recalled", id="om_3", deleted=True),
        item("text", '{"text":"另一件事"}', id="om_4"),
    )
    source = Source("x.json", text.encode())
    assert FeishuReader().claims(source)
    answer, first, deleted, other = list(FeishuReader().read(source, ENVIRONMENT))
    assert isinstance(answer, Record)
    assert isinstance(first, Record)
    assert isinstance(deleted, Record)
    assert isinstance(other, Record)
    assert (part(answer, "history").text, part(answer, "history").sent_at) == ("请尽快提交", first.sent_at)
    assert seen(part(answer, "history"), "尽快") == "尽快"
    assert [anchor.place.id for anchor in part(answer, "history").view.anchors] == ["om_2", "om_1"]
    assert (answer.conversation.thread, first.conversation.thread, other.conversation.thread) == ("omt_1", "omt_1", "oc_1")
    assert (deleted.kind, dict(deleted.meta)["event"]) == (Kind.CHAT_EVENT, "recalled")


def test_forwarded_messages_lie_in_the_one_that_passes_them_on() -> None:
    """Where the page has both; without the outer message they stand for themselves."""
    outer, inner = item("merge_forward", "Merged and Forwarded Message", id="om_1"), item("text", '{"text":"到货了"}', id="om_2", upper_message_id="om_1")
    (record,) = read(outer, inner)
    assert isinstance(record, Record)
    assert [(p.name, p.text) for p in record.parts] == [("body", "[聊天记录]"), ("forwarded", "到货了")]
    alone = one(outer)
    assert [block.kind for block in part(alone, "body").blocks] == [BlockKind.FORWARDED]
    assert part(one(inner), "body").text == "到货了"


def test_encrypted_and_broken_lines_are_told_behind_the_rest() -> None:
    """By their numbers, each for what it is."""
    found = read(event("text", {"text": "a"}), '{"encrypt": "FIAfJPGRmFZWkaxPQ1XrJZVbv2JwdjfLk4jx0k"}', '{"bad', '{"no": "message"}')
    assert [each.slug for each in found if isinstance(each, RecordError)] == ["encrypted-file", "bad-lines"]
    assert [each.said("zh")[0] for each in found if isinstance(each, RecordError)] == ["有 1 条消息是密文\uff1a第 2 行", "有 2 行不是消息\uff1a第 3, 4 行\uff08不是 JSON\uff09"]


def test_a_direct_talk_is_no_group() -> None:
    """Its channel says so, and no group is made of it."""
    (record,) = read(event("text", {"text": "a"}, chat_type="p2p"))
    assert isinstance(record, Record)
    assert dict(record.meta)["channel"] == "direct_chat"
    assert Feishu().ties(event("text", {})).chat == "oc_1"
