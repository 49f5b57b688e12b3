"""JSON of no platform's own: names that the configuration maps, names that are guessed, and what is said where neither helps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from commlint_chat.reader import DingTalkReader, FeishuReader, JsonLinesReader, MappedReader, WeComReader
from hypothesis import given, settings
from hypothesis import strategies as st

from commlint.api import Linter
from commlint.config import load
from commlint.errors import ConfigError, RecordError
from commlint.model.protocols import Item, Reader
from commlint.model.record import Kind, Record
from commlint.model.source import Source
from commlint.model.span import Span
from tests.integrations.readings import ENVIRONMENT, part, seen

ROW = {"mid": "1", "when": "2026/5/21 09:30", "who": {"nick": "张三", "mail": "z@example.cn"}, "room": {"label": "【市场部】新品20260521"}, "body": {"words": "请尽快"}, "at": [{"nick": "李四"}, {"nick": "王五"}], "files": [{"label": "a.xlsx"}]}
MAPPING = (
    ("id", "mid"), ("time", "when"), ("sender", "who.nick"), ("address", "who.mail"), ("group", "room.label"), ("text", "body.words"), ("mentions", "at[].nick"), ("files", "files[].label"), ("reply_to", "quote.mid"),
)  # fmt: skip
ANSWER = ROW | {"mid": "2", "body": {"words": "收到"}, "quote": {"mid": "1"}, "files": []}


def read(text: str, name: str = "x.jsonl", reader: Reader | None = None, **more: Any) -> list[Item]:
    source = Source(name, text.encode(), **more)
    chosen = reader or next(one for one in (MappedReader(), DingTalkReader(), FeishuReader(), JsonLinesReader(), WeComReader()) if one.claims(source))
    return list(chosen.read(source, ENVIRONMENT))


def records(*values: Any, **more: Any) -> list[Record]:
    return [each for each in read("\n".join(json.dumps(value, ensure_ascii=False) for value in values), **more) if isinstance(each, Record)]


def refusal(text: str, **more: Any) -> RecordError:
    with pytest.raises(RecordError) as caught:
        read(text, **more)
    return caught.value


SHAPES = {
    "lines": ("x.jsonl", f"{json.dumps(ROW)}\n{json.dumps(ANSWER)}\n", ()),
    "array": ("x.json", json.dumps([ROW, ANSWER]), ()),
    "array over lines": ("x.json", json.dumps([ROW, ANSWER], indent=2), ()),
    "page": ("x.json", json.dumps({"data": {"items": [ROW, ANSWER]}}), ()),
    "page by path": ("x.json", json.dumps({"a": {"b": [ROW, ANSWER]}, "items": [{"x": 1}]}, indent=1), (("messages", "a.b"),)),
    "a page a line": ("x.jsonl", json.dumps({"a": {"b": [ROW]}}) + "\n" + json.dumps({"a": {"b": [ANSWER]}}), (("messages", "a.b"),)),
    "pages one behind the other": ("x.json", json.dumps({"items": [ROW]}, indent=1) + json.dumps({"items": [ANSWER]}, indent=1), ()),
    "lines called json": ("x.json", f"{json.dumps(ROW)}\n{json.dumps(ANSWER)}\n", ()),
    "array called lines": ("x.jsonl", json.dumps([ROW, ANSWER], indent=2), ()),
    "objects one behind the other": ("x.jsonl", json.dumps(ROW, indent=2) + "\n" + json.dumps(ANSWER, indent=2), ()),
    "bom and crlf": ("x.jsonl", f"\ufeff{json.dumps(ROW)}\r\n\r\n{json.dumps(ANSWER)}\r\n", ()),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_names_are_mapped_in_every_shape(shape: str) -> None:
    """Who, when, to whom, files, the group once, and the text that an answer answers."""
    name, text, more = SHAPES[shape]
    group, first, second = (each for each in read(text, name, mapping=MAPPING + more) if isinstance(each, Record))
    assert (group.kind, group.conversation.group) == (Kind.CHAT_GROUP, "【市场部】新品20260521")
    assert first.sender is not None
    assert (first.sender.name, first.sender.address, f"{first.sent_at:%m-%d %H:%M %z}", [p.name for p in first.to]) == ("张三", "z@example.cn", "05-21 09:30 +0800", ["李四", "王五"])
    assert [file.name for file in first.attachments] == ["a.xlsx"]
    assert (second.conversation.reply_to, part(second, "history").text, part(second, "history").sender) == ("1", "请尽快", first.sender)
    for record in (first, second):
        for each in record.parts:
            assert json.loads(f'"{seen(each, each.text)}"') == each.text
    assert part(second, "body").view.anchors[0].place.id == "2"


def test_the_zone_of_a_file() -> None:
    """Bare times are in the zone that the configuration gives for it; logs have one too."""
    (_, record) = records(ROW, mapping=(*MAPPING, ("zone", "Asia/Tokyo")))
    assert f"{record.sent_at:%H:%M %z}" == "09:30 +0900"


@pytest.mark.parametrize("names", [
    {"text": "content", "time": "timestamp", "sender": "from", "id": "msgId", "group": "room"}, {"text": "msg", "time": "CreateTime", "sender": "talker", "id": "MsgSvrID", "group": "room_name"},
    {"text": "内容", "time": "时间", "sender": "发送人", "id": "编号", "group": "群名"}, {"text": "message", "time": "created_at", "sender": "user_name", "id": "message_id", "group": "channel"},
])
def test_common_names_are_guessed(names: dict[str, str]) -> None:
    """Without any mapping."""
    group, record = records({names["id"]: "m1", names["time"]: 1779327000, names["sender"]: "张三", names["group"]: "【市场部】新品20260521", names["text"]: "请尽快"})
    assert record.sender is not None
    assert (record.conversation.id, f"{record.sent_at:%H:%M}", record.sender.name, part(record, "body").text, group.conversation.group) == ("m1", "09:30", "张三", "请尽快", "【市场部】新品20260521")


def test_a_key_that_no_message_has_is_named() -> None:
    """With the keys that they have; one that some have is good."""
    error = refusal(json.dumps(ROW), mapping=(("text", "body.wrods"), ("sender", "who.nick"), ("reply_to", "bdoy.x")))
    assert error.slug == "unknown-keys"
    assert 'text = "body.wrods", reply-to = "bdoy.x"' in error.message
    assert "who.nick" in error.help
    assert "at[].nick" in error.said("zh")[1]
    assert len(records({"text": "a"}, {"text": "b", "re": "1"}, mapping=(("reply_to", "re"),))) == 2


@pytest.mark.parametrize(("role", "path", "told"), [("sender", "nobody", True), ("time", "who.when", True), ("files", "attachments", False), ("reply_to", "quote.id", False), ("mentions", "at[].name", True), ("group", "rooms.label", True)])
def test_what_only_some_messages_have_may_be_missing(role: str, path: str, told: bool) -> None:
    """But not what each has, nor what looks like a slip; the messages are read all the same."""
    found = read(json.dumps(ROW), mapping=(("text", "body.words"), (role, path)))
    assert [part(each, "body").text for each in found if isinstance(each, Record) and each.kind is Kind.CHAT_MESSAGE] == ["请尽快"]
    assert [each.slug for each in found if isinstance(each, RecordError)] == ["unknown-keys"] * told


@pytest.mark.parametrize("name", ["x.jsonl", "x.json"])
def test_objects_without_a_text_say_what_they_have(name: str) -> None:
    """And how to map it."""
    error = refusal(json.dumps([{"speaker": "a", "words": {"zh": "好"}}]), name=name)
    assert (error.slug, "speaker, words.zh" in error.message, f'[[chats]] paths = ["{name}"]' in error.help) == ("unknown-keys", True, True)


def test_json_that_is_no_chat_is_left_alone() -> None:
    """In folders; what is named and holds a list of objects is told of."""
    config, chat, rows = b'{"name": "x", "version": 1}', b'[{"text": "a", "sender": "b", "time": 1}]', b'[{"a": 1}]'
    claims = JsonLinesReader().claims
    assert [claims(Source("x.json", content, named=False)) for content in (config, chat, rows)] == [False, True, False]
    assert [claims(Source("x.json", content)) for content in (config, chat, rows)] == [False, True, True]


def test_what_the_configuration_says_goes_before_what_it_looks_like() -> None:
    """A platform's keys can be mapped too."""
    source = Source("x.jsonl", b'{"msgid": "1", "tolist": [], "msgtype": "text", "other": "a"}', mapping=(("text", "other"),))
    assert [reader.claims(source) for reader in (MappedReader(), WeComReader(), JsonLinesReader())] == [True, False, False]


CONFIG = """
[[chats]]
paths = ["exports/*.json"]
messages = "rows"
text = "t"
reply-to = "re"
zone = "Asia/Tokyo"

[[chats]]
paths = ["exports/b.json", "*.txt"]
text = "u"
zone = "UTC"
"""


def test_the_configuration_says_it_by_path(tmp_path: Path) -> None:
    """The last entry that fits counts; files are read by it, logs in its zone."""
    (tmp_path / "exports").mkdir()
    (tmp_path / "commlint.toml").write_text(CONFIG)
    (tmp_path / "exports/a.json").write_text('{"rows": [{"t": "one", "re": "x"}]}')
    (tmp_path / "exports/b.json").write_text('[{"u": "two", "t": "no"}]')
    (tmp_path / "c.txt").write_text("2026-05-21 09:30 a: b\n2026-05-21 09:31 c: d\n")
    config = load(start=tmp_path)
    assert config.told_of(f"{tmp_path}/exports/a.json") == (("messages", "rows"), ("reply_to", "re"), ("text", "t"), ("zone", "Asia/Tokyo"))
    linter = Linter(config)
    found = {name: linter.records(Source(name, (tmp_path / name).read_bytes(), mapping=config.told_of(f"{tmp_path}/{name}"))) for name in ("exports/a.json", "exports/b.json", "c.txt")}
    assert [part(each, "body").text for each in (found["exports/a.json"][0], found["exports/b.json"][0])] == ["one", "two"]
    assert f"{found['c.txt'][0].sent_at:%H:%M %z}" == "09:30 +0000"
    assert linter.check_paths([tmp_path]).counts.records == 4


@pytest.mark.parametrize("line", ['text = "a..b"', 'text = ""', "text = 3", 'txet = "a"', 'zone = "Mars"'])
def test_a_wrong_configuration_is_told(tmp_path: Path, line: str) -> None:
    """By its key."""
    (tmp_path / "commlint.toml").write_text(f'[[chats]]\npaths = ["*.json"]\n{line}\n')
    with pytest.raises(ConfigError, match=r"chats\[0\]"):
        load(start=tmp_path)


# what breaks

BROKEN = [
    ("x.jsonl", '{"text": "a"}\n{"text": "b"\n{"text": "c"} x\n3\n{"text": "d"}', ["a", "d"], "line 2, 3, 4"),
    ("x.json", '[{"text": "a", "sender": "s", "time": 1},\n {"text": "b"},\n {"text": "c', ["a", "b"], "line 3"),
    ("x.json", '{"data": {"items": [\n{"text": "a", "sender": "s", "time": 1},\n{"text": "b"},\n{"te', ["a", "b"], "and all behind it"),
    ("x.json", '[{"text": "a", "sender": "s", "time": 1} {"text": "b"}]', ["a"], "and all behind it"),
    ("x.json", '[{"text": "a", "sender": "s", "time": 1}, 3, {"text": "b"}]', ["a", "b"], "not an object"),
    ("x.jsonl", '{"text": "a"}\n{"text": 3}\n{"text": null}\n{"text": ["b"]}', ["a"], "line 2, 3, 4"),
]


@pytest.mark.parametrize(("name", "text", "good", "said"), BROKEN)
def test_bad_lines_are_told_and_the_good_ones_read(name: str, text: str, good: list[str], said: str) -> None:
    """By their numbers in the file."""
    *found, error = read(text, name)
    assert [part(each, "body").text for each in found if isinstance(each, Record)] == good
    assert isinstance(error, RecordError)
    assert (error.slug, said in error.message) == ("bad-lines", True)


def test_a_message_beyond_the_limit_is_told() -> None:
    """The limit by its name, the others read."""
    *found, error = read('{"text": "' + "a" * ENVIRONMENT.limits.message + '"}\n{"text": "b"}')
    assert [part(each, "body").text for each in found if isinstance(each, Record)] == ["b"]
    assert isinstance(error, RecordError)
    assert "limits.message" in error.message


HOSTILE = [
    '{"text": "a", "time": 1e999}', '{"text": "a", "time": NaN}', '{"text": "a", "time": ' + "9" * 400 + "}", '{"text": "a", "time": ' + "9" * 5000 + "}", '{"text": "a", "time": "' + "9" * 19 + '"}', '{"text": "a", "time": -1e15}',
    '{"text": "\\ud800", "id": "\\udfff", "sender": "\\ud83d\\ude00\\ud83d", "chat": "\\udc00"}', '{"text": "a", "text": "b", "text": 3}', '{"text": 3, "text": "b"}', '{"a": {"text": "x"}, "text": "y\\u0000"}',
    '{"text": "a", "x": ' + "[" * 900 + "]" * 900 + "}", "[" * 100_000, '{"a":' * 100_000, '{"text": "a", "mentions": [[[]], {}, null, 1, {"name": {}}]}', '{"text": "a", "reply_to": "1", "id": "1"}', '{"text": "a", "sender": [], "chat": {}, "files": {"name": 3}}',
    '{"text": "a", "id": true, "time": true, "chat": {"name": ["x"]}}', '{"text": "a\tb\nc"}', '"', "{}", "[]", "[{}]", "[[{}]]", "{\"data\": [{}], \"data\": 3}", '{"items": [{"items": [{"items": [{"text": "a"}]}]}]}', '[{"text":"a"}],[{"text":"b"}]',
]  # fmt: skip
READERS = (MappedReader(), DingTalkReader(), FeishuReader(), JsonLinesReader(), WeComReader())


def sound(reader: Reader, source: Source) -> None:
    """Records whose maps lie in their views, names that can be written, errors in two languages."""
    items: list[Item] = []
    try:
        items.extend(reader.read(source, ENVIRONMENT))
    except RecordError as error:
        items.append(error)
    for item in items:
        if isinstance(item, RecordError):
            assert all((*item.said("zh"), *item.said("en")))
            continue
        assert isinstance(item, Record)
        said = (item.conversation.id, item.conversation.reply_to, item.conversation.group, item.conversation.thread, *(party.name + party.address for party in (*item.to, *item.cc)), item.sender.name if item.sender else "")
        assert all(each.encode() or not each for each in said)
        for each in item.parts:
            assert Span(0, len(each.view.text)).contains(each.source_map.to_source(Span(0, len(each.text))))
            assert all(Span(0, len(each.text)).contains(block.span) for block in each.blocks)
        for file in item.attachments:
            assert file.span is None or Span(0, len(item.parts[file.part or 0].text)).contains(file.span)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["x.jsonl", "x.json"])
def test_hostile_json_is_read_or_refused(text: str, name: str) -> None:
    """By every reader of JSON, whatever it takes it for."""
    for reader in READERS:
        sound(reader, Source(name, text.encode()))


_KEYS = ["schema", "header", "event", "event_type", "message", "sender", "content", "message_id", "msg_type", "body", "chat_id", "mentions", "key", "name", "msgtype", "msgId", "text", "conversationId", "headers", "data", "msgid", "tolist", "from", "roomid", "action", "richText", "mixed", "item", "type", "chatrecord", "info", "quote", "items", "users", "template", "title", "deleted", "upper_message_id", "root_id", "thread_id", "parent_id", "time", "id", "reply_to", "repliedMsg"]
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats() | st.sampled_from(["text", "post", "1779327000000", '{"text": "a"}', '{"title":1,"content":[[{"tag":"at"}]]}', "@_user_1", "om_1", "\ud800", "请尽快", ""]) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(_KEYS), inner, max_size=5,
    ), max_leaves=25,
)  # fmt: skip


@given(st.lists(_VALUES, min_size=1, max_size=4), st.booleans(), st.sampled_from(["x.jsonl", "x.json"]))
@settings(max_examples=100, deadline=None)
def test_any_json_is_read_or_refused(values: list[Any], ascii_only: bool, name: str) -> None:
    """Objects of the keys of all platforms in any order and nesting."""
    text = "\n".join(json.dumps(value, ensure_ascii=ascii_only) for value in values) if name == "x.jsonl" else json.dumps(values, ensure_ascii=ascii_only)
    for reader in READERS:
        sound(reader, Source(name, text.encode("utf-8", "replace")))


@pytest.mark.parametrize("name", ["飞书事件.jsonl", "飞书会话.json", "钉钉机器人回调.jsonl", "企业微信会话存档.jsonl", "自有系统导出.json"])
def test_a_file_cut_anywhere_is_read_or_refused(name: str) -> None:
    """At every thirtieth byte, and each of the first hundred."""
    content = (Path(__file__).parents[1] / "samples/formats" / name).read_bytes()
    for end in sorted({*range(0, len(content), 30), *range(min(len(content), 100))}):
        source = Source(name, content[:end])
        for reader in READERS:
            if reader.claims(source):
                sound(reader, source)
