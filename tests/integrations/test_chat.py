"""Chats: every layout gives the same messages; every place is one of the file."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from commlint_chat.json_spans import string_at
from commlint_chat.log import is_log
from commlint_chat.reader import JsonLinesReader, LogReader
from hypothesis import given
from hypothesis import strategies as st

from commlint.errors import RecordError
from commlint.model.record import Kind, Record
from commlint.model.source import Source
from commlint.model.span import Span
from tests.integrations.readings import ENVIRONMENT, line_of, part, records, seen

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST = datetime(2026, 5, 21, 9, 30, tzinfo=SHANGHAI)

LAYOUTS = {
    "time-name": "2026-05-21 09:30 张三: 请查收\n第二行\n2026-05-21 15:05 李四\uff1a 收到\n",
    "brackets": "[2026-05-21 09:30:00] 张三\uff1a请查收\n第二行\n[2026-05-21 15:05:00] 李四: 收到\n",
    "dash": "2026/5/21, 09:30 - 张三: 请查收\n第二行\n2026/5/21, 15:05 - 李四: 收到\n",
    "irc": "2026-05-21 09:30 <张三>: 请查收\n第二行\n2026-05-21 15:05 <李四>: 收到\n",
    "iso": "2026-05-21T09:30:00 张三: 请查收\n第二行\n2026-05-21T15:05:00 李四: 收到\n",
    "date-line": "—— 2026年5月21日 星期四 ——\n[09:30] 张三\uff1a请查收\n第二行\n[下午3:05] 李四\uff1a收到\n",
    "date-line-bare": "2026-05-21\n09:30 张三: 请查收\n第二行\n15:05 李四: 收到\n",
    "wechat": "张三 2026/5/21 9:30\n请查收\n第二行\n\n李四 2026/5/21 15:05\n收到\n",
    "wechat-colon": "张三: 2026年5月21日 09:30\n请查收\n第二行\n李四: 2026年5月21日 15:05\n收到\n".replace(": ", " "),
    "short-date": "2026年5月21日\n张三 5/21 09:30\n请查收\n第二行\n李四 5/21 15:05\n收到\n",
    "qq": "2026-05-21 9:30:00 张三(10012)\n请查收\n第二行\n\n2026-05-21 15:05:00 李四(10013)\n收到\n",
    "chinese": "2026年5月21日 上午9:30 张三\uff1a请查收\n第二行\n2026年5月21日 下午3:05 李四\uff1a收到\n",
}


def messages(found: list[Record]) -> list[tuple[str, datetime | None, str]]:
    return [(r.sender.name if r.sender else "", r.sent_at, part(r, "body").text) for r in found if r.kind is Kind.CHAT_MESSAGE]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16"])
def test_layouts(layout: str, codec: str) -> None:
    """Sender, instant and text of messages, also of several lines, in every usual layout and charset."""
    content = LAYOUTS[layout].encode(codec)
    assert LogReader().claims(Source("x.txt", content))
    assert messages(records(LogReader(), "x.txt", content)) == [("张三", FIRST, "请查收\n第二行"), ("李四", FIRST.replace(hour=15, minute=5), "收到")]


@pytest.mark.parametrize(
    "text",
    [
        "会议时间: 2026-05-21 09:30\n地点: 三楼\n参会人: 张三\n",
        "会议纪要\n\n2026-05-21 09:30 开始\n1. 张三: 汇报进度\n2. 李四: 提出问题\n",
        "2026-05-21\n今天的工作: 无\n",
        "主题: a\n发件人: b\n时间: 2026-05-21 09:30\n",
        "09:30 签到\n10:00 开会\n",
        "进度更新\n2026-05-20 09:30 已更换模板: 复测200单\n还在观察。\n",
        "",
        "正文",
    ],
)
def test_documents_are_no_logs(text: str) -> None:
    """A text with times in it stays a text."""
    assert not is_log(text)


def test_what_the_caller_says_decides() -> None:
    """A kind said or configured goes before a look at the text."""
    log = LAYOUTS["time-name"].encode()
    assert not LogReader().claims(Source("x.txt", log, kind="minutes"))
    assert LogReader().claims(Source("x.txt", b"nothing", kind="chat_message"))
    assert LogReader().claims(Source("x.txt", b"nothing", mapping=(("kind", "聊天"),)))
    assert not LogReader().claims(Source("x.txt", b"---\nkind: minutes\n---\n" + log))
    assert LogReader().claims(Source("x.chat", b""))


def test_what_the_program_says_is_an_event() -> None:
    """Joins, withdrawals and the program's own words are no messages of anybody; people who mention them are none of them."""
    text = '2026-05-21 09:30 张三: 请大家加入群聊后改名\n2026-05-21 09:31 系统消息: 王五加入了群聊\n2026-05-21 09:32 李四撤回了一条消息\n"王五"邀请"赵六"加入了群聊\n2026-05-21 09:33 李四: [消息已撤回]\n2026-05-21 09:34 李四: 好\n'
    found = records(LogReader(), "x.txt", text)
    assert [(r.kind is Kind.CHAT_EVENT, r.sender.name if r.sender else "", dict(r.meta).get("event", ""), part(r, "body").text) for r in found] == [
        (False, "张三", "", "请大家加入群聊后改名"),
        (True, "", "system", "王五加入了群聊"),
        (True, "李四", "recalled", "李四撤回了一条消息"),
        (True, "", "system", '"王五"邀请"赵六"加入了群聊'),
        (True, "李四", "recalled", "[消息已撤回]"),
        (False, "李四", "", "好"),
    ]
    assert {r.conversation.thread for r in found if r.kind is Kind.CHAT_EVENT} == {""}


@pytest.mark.parametrize(
    ("uri", "head", "group", "label"),
    [
        ("a/【市场部】新品20260521.txt", "", "【市场部】新品20260521", "name"),
        ("展会群.txt", "", "展会群", "name"),
        ("x.txt", "群聊名称\uff1a【市场部】新品20260521\n", "【市场部】新品20260521", ""),
        ("展会群.txt", "---\ngroup: 新品组\n---\n", "新品组", ""),
    ],
)
def test_a_group_is_a_record_where_its_name_is_known(uri: str, head: str, group: str, label: str) -> None:
    """From a line of the log, its front matter, or a file name that reads like a group's; the place is where it stands."""
    first, *others = records(LogReader(), uri, head + LAYOUTS["time-name"])
    assert (first.kind, first.conversation.group, part(first, "group").text) == (Kind.CHAT_GROUP, group, group)
    assert (part(first, "group").view.label, seen(part(first, "group"), group)) == (label, group)
    assert {r.conversation.thread for r in others} == {group}


def test_a_file_name_alone_is_no_group() -> None:
    """Without a name there is no group, and the file is the thread."""
    found = records(LogReader(), "log-0521.txt", LAYOUTS["time-name"])
    assert [r.kind for r in found] == [Kind.CHAT_MESSAGE] * 2
    assert found[0].conversation.thread == "log-0521.txt"


def test_a_time_without_a_day_is_not_guessed() -> None:
    """No date line above: the message has no instant rather than a wrong one."""
    assert messages(records(LogReader(), "x.chat", "[09:30] 张三: 好\n")) == [("张三", None, "好")]


def test_a_quoted_message_is_history() -> None:
    """What WeChat repeats of an earlier message is not said by who answers it."""
    text = "张三 2026/5/21 9:30\n\u300c李四\uff1a请尽快提交\u300d\n- - - - - - - - - - - -\n收到\n"
    record = records(LogReader(), "x.txt", text)[0]
    assert (part(record, "body").text, line_of(part(record, "body"), "收到")) == ("收到", 4)
    assert "请尽快提交" in part(record, "history").text


def test_a_log_without_messages_is_an_error() -> None:
    """A file that is said to be a chat and holds none is not passed over."""
    with pytest.raises(RecordError) as caught:
        records(LogReader(), "x.chat", "只有文字\n")
    assert caught.value.slug == "no-messages"


_NAMES = st.sampled_from(["张三", "林晓岚", "Li Lei", "王*经理", "研发部-赵六"])
_TEXTS = st.text(st.sampled_from("请尽快\uff0c提交:abc 1 http://x/\u3002"), min_size=1).map(str.strip).filter(bool)


@given(st.lists(st.tuples(_NAMES, st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), st.lists(_TEXTS, min_size=1, max_size=3)), min_size=1, max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_a_written_log_is_read_back(spoken: list[tuple[str, datetime, list[str]]], ending: str) -> None:
    """Who, when and what come back as written; each text stands in the file where its place says."""
    text = "".join(f"{when:%Y-%m-%d %H:%M:%S} {name}: {ending.join(lines)}{ending}" for name, when, lines in spoken)
    found = records(LogReader(), "x.chat", text)
    assert messages(found) == [(name, when.replace(microsecond=0, tzinfo=SHANGHAI), "\n".join(lines)) for name, when, lines in spoken]
    for record in found:
        body = part(record, "body")
        assert body.source_map.to_source(Span(0, len(body.text))).of(body.view.text) == body.text.replace("\n", ending)


def test_json_lines() -> None:
    """The neutral form: ids, times of three kinds, mentions, replies, groups before their first message."""
    lines = [
        {"id": "m1", "time": "2026-05-21T09:30:00+08:00", "chat": "【市场部】新品20260521", "sender": "张三", "text": "请\n查收", "mentions": ["李四", {"name": "王五", "email": "w@example.cn"}]},
        {"id": 7, "time": 1779327000000, "chat": "【市场部】新品20260521", "sender": {"name": "李四", "address": "l@example.cn"}, "text": "收到", "reply_to": "m1"},
        {"time": "2026-05-21 09:30", "sender": "system", "type": "system", "text": "王五加入了群聊"},
    ]
    group, first, second, event = records(JsonLinesReader(), "x.jsonl", "\n".join(json.dumps(line) for line in lines))
    assert (group.kind, group.conversation.group) == (Kind.CHAT_GROUP, "【市场部】新品20260521")
    assert messages([first, second]) == [("张三", FIRST, "请\n查收"), ("李四", FIRST, "收到")]
    assert [(p.name, p.address) for p in first.to] == [("李四", ""), ("王五", "w@example.cn")]
    assert (second.conversation.id, second.conversation.reply_to, second.name) == ("7", "m1", "2")
    assert line_of(part(second, "body"), "收") == 2
    assert (event.kind, dict(event.meta)["event"]) == (Kind.CHAT_EVENT, "system")


def test_json_names_can_be_mapped() -> None:
    """The configuration says under which names, nested ones too, an export keeps things."""
    line = {"msgid": "1", "msgtime": 1779327000, "from": {"userid": "张三"}, "text": {"content": "好"}, "roomid": "r"}
    mapping = (("id", "msgid"), ("time", "msgtime"), ("sender", "from.userid"), ("text", "text.content"), ("group", "roomid"))
    _, found = records(JsonLinesReader(), "x.jsonl", json.dumps(line), mapping=mapping)
    assert (messages([found]), found.conversation.id) == ([("张三", FIRST, "好")], "1")


def test_bad_lines_are_reported_behind_the_good_ones() -> None:
    """One broken line hides neither itself nor the others."""
    reading = iter(JsonLinesReader().read(Source("x.jsonl", b'{"text": "a"}\nnot json\n[1]\n{"text": 3}\n{"text": "b"}\n' + b"[" * 100_000 + b"\n"), ENVIRONMENT))
    *found, error = reading
    assert [part(each, "body").text for each in found if isinstance(each, Record)] == ["a", "b"]
    assert isinstance(error, RecordError)
    assert error.slug == "bad-lines"
    assert "2, 3, 4, 6" in error.said("zh")[0]


_JSON = st.recursive(st.none() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3), max_leaves=8)


@given(st.dictionaries(st.text(max_size=4), _JSON, max_size=4), st.text(), st.booleans())
def test_a_json_string_knows_where_it_stands(around: dict[str, object], text: str, ascii_only: bool) -> None:
    """Found among any other values; each character maps to itself or to its escape."""
    line = json.dumps({**around, "wanted": {"text": text}}, ensure_ascii=ascii_only)
    found = string_at(line, ("wanted", "text"))
    assert found is not None
    assert found.text == json.loads(line)["wanted"]["text"]
    for at, character in enumerate(found.text):
        written = found.source_map.to_source(Span(at, at + 1)).of(line)
        assert json.loads(f'"{written}"') == character


def test_hostile_chats_are_read_in_linear_time() -> None:
    """Lines that make careless patterns backtrack; the test would hang."""
    for hostile in ("2026-05-21 09:30 " + "a" * 300_000, "[" * 300_000, " " * 300_000 + "x", "a " * 150_000, "2026-05-21 09:30 张三: a\n" + "x\n" * 100_000, "1:11 " * 60_000, "—" * 300_000, "张三 2026/5/21 " + " " * 200_000):
        is_log(hostile)
        with suppress(RecordError):
            records(LogReader(), "x.chat", hostile)
