"""DingTalk: callbacks of robots and frames of Stream mode."""

from __future__ import annotations

import json
from typing import Any

import pytest
from commlint_chat.reader import DingTalkReader, FeishuReader, JsonLinesReader, WeComReader

from commlint.errors import RecordError
from commlint.model.record import Kind, Record
from commlint.model.source import Source
from commlint.model.span import Span
from tests.integrations.readings import ENVIRONMENT, part, seen


def callback(kind: str, id: str = "m1", **more: Any) -> dict[str, Any]:
    """What a robot is called with."""
    return {
        "conversationId": "cid1", "atUsers": [{"dingtalkId": "$:b", "staffId": "manager1"}], "chatbotUserId": "$:r", "msgId": id, "senderNick": "张三", "isAdmin": True, "senderStaffId": "zhang.san", "createAt": 1779327000000,
        "conversationType": "2", "senderId": "$:z", "conversationTitle": "【市场部】新品20260521", "isInAtList": True, "robotCode": "r", "msgtype": kind, **more,
    }  # fmt: skip


def frame(data: object, topic: str = "/v1.0/im/bot/messages/get") -> dict[str, Any]:
    """A frame of Stream mode."""
    return {"specVersion": "1.0", "type": "CALLBACK", "headers": {"appId": "a", "topic": topic, "messageId": "q", "contentType": "application/json", "time": "1"}, "data": data if isinstance(data, str) else json.dumps(data)}


def read(*values: dict[str, Any] | str, name: str = "x.jsonl") -> list[Record | RecordError]:
    source = Source(name, "\n".join(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for value in values).encode())
    assert DingTalkReader().claims(source)
    assert not any(reader.claims(source) for reader in (FeishuReader(), WeComReader(), JsonLinesReader()))
    return list(DingTalkReader().read(source, ENVIRONMENT))  # type: ignore[arg-type]  # no sources in it


def messages(*values: dict[str, Any]) -> list[Record]:
    return [each for each in read(*values) if isinstance(each, Record) and each.kind is not Kind.CHAT_GROUP]


RICH = {"richText": [{"text": "见图"}, {"type": "picture", "downloadCode": "x"}, {"text": "马上改"}]}
CONTENTS = [
    (callback("text", text={"content": " 请查收 "}), "请查收"),
    (callback("richText", content=RICH), "见图[图片]马上改"),
    (callback("picture", content={"downloadCode": "x"}), "[图片]"),
    (callback("file", content={"fileName": "合同.docx", "downloadCode": "x"}), "[文件] 合同.docx"),
    (callback("video", content={"duration": 4, "videoType": "mp4"}), "[视频]"),
    (callback("audio", content={"duration": 4000, "recognition": "下午开会", "downloadCode": "x"}), "下午开会"),
    (callback("audio", content={"duration": 4000}), "[语音]"),
    (callback("interactiveCard", content={"x": 1}), "[interactiveCard]"),
    (frame(callback("text", text={"content": "请查收"})), "请查收"),
]


@pytest.mark.parametrize(("value", "text"), CONTENTS)
def test_what_a_message_says(value: dict[str, Any], text: str) -> None:
    """The words of every type, in frames too."""
    (record,) = messages(value)
    assert part(record, "body").text == text


@pytest.mark.parametrize(("value", "files"), [
    (callback("richText", content=RICH), [("", "image/*", Span(2, 6))]),
    (callback("file", content={"fileName": "合同.docx"}), [("合同.docx", None, Span(0, 12))]),
    (callback("audio", content={"recognition": "好"}), [("", "audio/*", Span(0, 0))]),
])
def test_files_are_attachments(value: dict[str, Any], files: list[tuple[str, str | None, Span]]) -> None:
    """Each where its words stand."""
    (record,) = messages(value)
    assert [(file.name, file.media_type, file.span) for file in record.attachments] == files


def test_who_when_and_where() -> None:
    """Sender with the account, time, who is mentioned by id, the group once."""
    group, first, second = (each for each in read(callback("text", text={"content": "a"}), callback("text", "m2", text={"content": "b"})) if isinstance(each, Record))
    assert (group.kind, group.conversation.group, seen(part(group, "group"), "新品")) == (Kind.CHAT_GROUP, "【市场部】新品20260521", "新品")
    assert first.sender is not None
    assert (first.sender.name, first.sender.address, f"{first.sent_at:%H:%M}", [p.address for p in first.to]) == ("张三", "zhang.san", "09:30", ["manager1"])
    assert (first.conversation.thread, second.conversation.thread, group.conversation.thread) == ("cid1", "cid1", "cid1")


def test_a_direct_talk_is_no_group() -> None:
    """Whatever its title."""
    (record,) = read(callback("text", conversationType="1", text={"content": "a"}))
    assert isinstance(record, Record)
    assert (record.kind, dict(record.meta)["channel"]) == (Kind.CHAT_MESSAGE, "direct_chat")


def test_answers_have_what_they_answer() -> None:
    """By the id of a message of the file, also from inside a frame; else as the callback quotes it."""
    quoted = callback("text", "m3", text={"content": "好", "isReplyMsg": True, "repliedMsg": {"msgId": "z", "msgType": "text", "content": {"text": "原来的话"}, "senderId": "s", "createdAt": 1779326000000}})
    first, second, third = messages(callback("text", text={"content": "请尽快"}), frame(callback("text", "m2", text={"content": "收到"}, originalMsgId="m1")), quoted)
    assert [(r.conversation.reply_to, [p.text for p in r.parts if p.name == "history"]) for r in (first, second, third)] == [("", []), ("m1", ["请尽快"]), ("z", ["原来的话"])]
    assert seen(part(second, "body"), "收到") == "\\\\u6536\\\\u5230"
    assert seen(part(third, "history"), "原来") == "原来"


def test_frames_without_a_message_are_passed_over() -> None:
    """Pings and other events; what is neither is told by its number."""
    found = read(frame(callback("text", text={"content": "a"})), frame({"opaque": "x"}, "ping"), frame("{broken", "ping"), '{"a": 1}', callback("text", text={"content": "a"}))
    assert [each.slug if isinstance(each, RecordError) else each.kind for each in found] == [Kind.CHAT_GROUP, Kind.CHAT_MESSAGE, "bad-lines"]
    error = found[-1]
    assert isinstance(error, RecordError)
    assert "line 4" in error.message
