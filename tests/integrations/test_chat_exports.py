"""Exports of chat programs: who said what, when, to whom and where it stands; what is damaged does not keep the rest from it."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from commlint_archives.reader import ZipReader
from commlint_chat import mrkdwn
from commlint_chat.export_reader import ExportReader, export_format
from commlint_chat.json_spans import Text
from commlint_chat.json_walk import DamagedError, Node, Walk
from commlint_chat.mrkdwn import Names
from hypothesis import given, settings
from hypothesis import strategies as st

from commlint.api import Linter
from commlint.errors import RecordError
from commlint.model.environment import Limits
from commlint.model.record import Kind, Record
from commlint.model.source import Source
from commlint.model.sourcemap import SourceMap
from commlint.model.span import Span
from tests.integrations.folders import Files, spoken, walked
from tests.integrations.readings import ENVIRONMENT, part, seen
from tests.sample_sources import workspaces as made

READER = ExportReader()
FILES: dict[str, bytes] = {
    "mattermost": made.mattermost(), "telegram": made.telegram(), "discord": made.discord(), "teams": made.teams(),
    "slack": made.slack()[f"{made.GROUP}/2026-05-20.json"],
}  # fmt: skip


def read(content: bytes | str | object, name: str = "x.json", **more: Any) -> tuple[list[Record], list[RecordError]]:
    """The records of a file that is claimed, and what could not be read."""
    raw = content if isinstance(content, bytes) else (content if isinstance(content, str) else json.dumps(content)).encode()
    source = Source(name, raw, named=False)
    assert READER.claims(source)
    return walked(source, (READER,), ENVIRONMENT.__class__(ENVIRONMENT.calendar, **more))


def whole(found: list[Record]) -> list[tuple[str, str, str, str]]:
    return list(spoken(found))


# what each of them says


def test_slack() -> None:
    """People, channels, threads, events and files of a workspace, day by day and place by place."""
    found, errors = walked(Files("export", made.slack()), (READER,), ENVIRONMENT)
    assert errors == []
    assert whole(found) == [
        ("chat_group", "", "05-20 09:00", made.GROUP), ("chat_group", "", "05-01 09:00", "general"), ("chat_group", "", "05-02 09:00", "甲方制造-交付"),
        ("chat_message", "林晓岚-市场部", "05-20 15:00", "报价单再核对一下\uff0c有问题随时找我"),
        ("chat_event", "周子衡", "05-20 09:05", "@周子衡 has joined the channel"),
        ("chat_message", "林晓岚-市场部", "05-20 09:30", "@周子衡 请尽快把新品海报发给 @唐可欣\uff0c预算 <5 万\n> 客户说周五前要\n见 需求单 和 #general"),
        ("chat_message", "周子衡", "05-20 10:00", "好的\uff0c5月22日18\uff1a00前发出"),
        ("chat_message", "唐可欣", "05-20 11:00", "\nmake poster > out.log\n\n@here 海报构建命令如上"),
        ("chat_message", "唐可欣", "05-21 09:00", "昨天的海报收到\uff0c稍后处理"),
        ("chat_message", "构建机器人", "05-21 09:10", "构建 #12 通过"),
        ("chat_event", "Slackbot", "05-21 09:20", "This message was deleted."),
        ("chat_message", "王客户", "05-20 14:00", "请问第二批样品什么时候发货\uff1f"),
        ("chat_message", "林晓岚-市场部", "05-26 16:00", "样品5月27日发货\uff0c单号发货当天给您。"),
    ]  # fmt: skip
    group, root, reply, late, bot, deleted = (found[number] for number in (0, 5, 6, 8, 9, 10))
    assert (group.uri, [party.name for party in group.to]) == ("export/channels.json", ["林晓岚-市场部", "周子衡", "唐可欣"])
    assert (dict(group.meta)["topic"], dict(group.meta)["purpose"]) == ("新品推广物料与排期", "市场部新品推广")
    assert root.uri == f"export/{made.GROUP}/2026-05-20.json"
    assert [(party.name, party.address) for party in root.to] == [("周子衡", "zhou.ziheng@example.cn"), ("唐可欣", "tang.kexin@example.cn")]
    assert {each.conversation.thread for each in (root, reply, late)} == {f"slack/T07EXAMPLE/C07MKT0001/{made.stamp(20, 9, 30)}"}
    assert (late.conversation.reply_to, late.conversation.group) == (root.conversation.id, made.GROUP)
    assert [(p.name, p.sender.name if p.sender else "") for p in reply.parts] == [("body", ""), ("history", "林晓岚-市场部")]
    assert [(file.name, file.size) for file in reply.attachments] == [("新品海报 v2.pptx", 482133)]
    assert dict(root.meta)["edited"].startswith("2026-05-20T09:31")
    assert bot.header("auto-submitted") == "auto-generated"
    assert (dict(deleted.meta)["event"], deleted.conversation.thread) == ("recalled", "")
    direct = found[3]
    assert (dict(direct.meta)["channel"], direct.conversation.group, [party.name for party in direct.to]) == ("direct_chat", "", ["周子衡"])


def test_slack_in_an_archive_is_the_same() -> None:
    """A zip, also with a folder around the files, gives what the folder does; other files in it are read by their readers."""
    plain, _ = walked(Files("export", made.slack()), (READER,), ENVIRONMENT)
    for around in ("", "导出 2026/"):
        archive = made.zipped({around + name: content for name, content in made.slack().items()} | {around + "__uploads/F1/x.mm.json": b"{}"})
        found, errors = walked(Source("x.zip", archive), (READER, ZipReader()), ENVIRONMENT)
        assert (sorted(whole(found)), errors) == (sorted(whole(plain)), [])
        assert found[4].uri == f"x.zip!/{around}{made.GROUP}/2026-05-20.json"
    inner = {"users.json": b"[]", "channels.json": b"[]", "files/chat.jsonl": made.mattermost()}
    found, _ = walked(Files("export", inner), (READER,), ENVIRONMENT)
    assert found[0].uri == "export/files/chat.jsonl"


@pytest.mark.parametrize(("answered", "late"), [(22, False), (26, True)])
@pytest.mark.parametrize("packed", [False, True])
def test_rules_over_threads_see_all_files_of_an_export(tmp_path: Path, answered: int, late: bool, packed: bool) -> None:
    """A client's question in the file of one day is answered in that of another, in a folder on disk and in an archive."""
    files = made.slack()
    answer = files.pop("甲方制造-交付/2026-05-26.json").decode().replace(made.stamp(26, 16, 0), made.stamp(answered, 16, 0))
    files[f"甲方制造-交付/2026-05-{answered}.json"] = answer.encode()
    if packed:
        (tmp_path / "export.zip").write_bytes(made.zipped(files))
    else:
        for name, content in files.items():
            target = tmp_path / "export" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    (tmp_path / "commlint.toml").write_text('profile = ["toolkit"]\n[organisation]\ndomains = ["example.cn"]\nclient-domains = ["client-a.example.com"]\n[coverage]\nstart = 2026-05-01T00:00:00+08:00\nend = 2026-06-30T00:00:00+08:00\n', "utf-8")
    report = Linter(nearest=True).check_paths([tmp_path])
    found = [finding.location.uri.rpartition("export")[2] for finding in report.findings if finding.code == "SLA006"]
    assert found == ([f"{'.zip!' if packed else ''}/甲方制造-交付/2026-05-20.json"] if late else [])
    assert report.failures == ()


def test_a_day_of_slack_by_itself() -> None:
    """Without the lists people are who the messages say they are, and the channel is the folder."""
    message = {"type": "message", "user": "U1", "user_profile": {"real_name": "周子衡", "display_name": ""}, "ts": made.stamp(20, 9, 0), "text": "<@U2|唐可欣> 尽快"}
    found, errors = read([message], "export/新品/2026-05-20.json")
    assert (whole(found), errors) == ([("chat_message", "周子衡", "05-20 09:00", "@唐可欣 尽快")], [])
    assert found[0].conversation.group == "新品"
    assert whole(read({"ok": True, "messages": [message]})[0]) == whole(found)


def test_slack_messages_without_text() -> None:
    """Bots speak in blocks and attachments; what is shared is passed on."""
    blocks = [{"type": "header", "text": {"type": "plain_text", "text": "发布"}}, {"type": "section", "fields": [{"type": "mrkdwn", "text": "*尽快* 验收"}]}]
    shared = [{"is_share": True, "author_name": "陆远舟", "ts": made.stamp(19, 9, 0), "text": "请尽快确认"}]
    found, errors = read([{"type": "message", "bot_id": "B", "username": "b", "ts": made.stamp(20, 9, 0), "text": "", "blocks": blocks}, {"type": "message", "user": "U1", "ts": made.stamp(20, 9, 1), "text": "", "attachments": shared}])
    assert errors == []
    assert part(found[0], "body").text == "发布\n尽快 验收"
    assert seen(part(found[0], "body"), "尽快") == json.dumps("尽快")[1:-1]
    passed = part(found[1], "forwarded")
    assert (passed.text, passed.sender.name if passed.sender else "", f"{passed.sent_at:%d}") == ("请尽快确认", "陆远舟", "19")


def test_mattermost() -> None:
    """Teams, channels and users before the posts; replies, system posts, bots and talks of two."""
    found, errors = read(made.mattermost(), "import.jsonl")
    assert errors == []
    assert whole(found) == [
        ("chat_group", "", "", "【运维部】设备巡检20260518"),
        ("chat_event", "江宁", "05-18 08:50", "jiang.ning joined the channel."),
        ("chat_message", "顾北辰", "05-18 09:00", "@jiang.ning 三号机柜温度偏高\uff0c请**尽快**安排检查\n- 记录温度\n- 拍照 <现场>"),
        ("chat_message", "江宁", "05-18 09:12", "收到\uff0c5月18日下午3点前检查完并回复"),
        ("chat_message", "告警机器人", "05-18 16:00", "三号机柜温度恢复到 24 度"),
        ("chat_message", "顾北辰", "05-19 10:00", "备件清单过几天给你"),
    ]
    root, reply, alert, direct = found[2:]
    assert [(party.name, party.address) for party in root.to] == [("江宁", "jiang.ning@example.cn")]
    assert root.conversation.thread == reply.conversation.thread != alert.conversation.thread
    assert (reply.conversation.reply_to, reply.conversation.group) == (root.conversation.id, "【运维部】设备巡检20260518")
    assert [file.name for file in reply.attachments] == ["机柜照片.jpg"]
    assert alert.header("auto-submitted")
    assert ([party.name for party in direct.to], dict(direct.meta)["channel"], direct.conversation.group) == (["江宁"], "direct_chat", "")
    zipped, _ = walked(Source("x.zip", made.zipped({"import.jsonl": made.mattermost(), "data/a.jpg": b"\xff\xd8"})), (READER, ZipReader()), ENVIRONMENT)
    assert whole(zipped) == whole(found)


def test_mattermost_deleted_and_edited() -> None:
    """A post that was deleted is a recall; one that was edited says when."""
    def post(**more: object) -> str:
        return json.dumps({"type": "post", "post": {"team": "t", "channel": "c", "user": "u", "message": "尽快", "create_at": made.seconds(18, 9, 0) * 1000, **more}})

    found, _ = read('{"type":"version","version":1}\n' + post(delete_at=made.seconds(18, 10, 0) * 1000) + "\n" + post(edit_at=made.seconds(18, 9, 30) * 1000, delete_at=0))
    assert [record.kind for record in found] == [Kind.CHAT_EVENT, Kind.CHAT_MESSAGE]
    assert dict(found[1].meta)["edited"] == "2026-05-18T09:30:00+08:00"


def test_telegram() -> None:
    """Text in pieces, answers, files, what is passed on, what the program says."""
    found, errors = read(made.telegram())
    assert errors == []
    assert whole(found) == [
        ("chat_group", "", "", "展会筹备-20260610"),
        ("chat_event", "陆远舟", "05-20 08:55", "陆远舟 invite_members 唐可欣"),
        ("chat_message", "陆远舟", "05-20 09:00", "展台方案 @tang_kexin 请在5月25日前定稿\uff0c搭建商那边尽早通知\n3m x 6m"),
        ("chat_message", "唐可欣", "05-20 09:20", "好\uff0c平面图在附件\uff0c搭建商我抽空联系"),
        ("chat_message", "唐可欣", "05-20 09:25", ""),
        ("chat_message", "陆远舟", "05-20 10:00", ""),
    ]
    answer, photo, passed = found[3:]
    assert (answer.conversation.reply_to, [(file.name, file.size, file.media_type) for file in answer.attachments]) == (found[2].conversation.id, [("展台平面图.pdf", 204800, "application/pdf")])
    history = part(answer, "history")
    assert (history.sender.name if history.sender else "", history.sent_at) == ("陆远舟", found[2].sent_at)
    assert [(file.name, file.media_type) for file in photo.attachments] == [("", "image/*")]
    forwarded = part(passed, "forwarded")
    assert (forwarded.text, forwarded.sender.name if forwarded.sender else "") == ("主办方要求6月1日前提交水电申请。", "展会主办方")
    assert [block.kind.value for block in part(found[2], "body").blocks] == ["code"]


def test_telegram_accounts() -> None:
    """All chats of an account; in a talk of two each speaks to the other."""
    found, errors = read(made.telegram(account=True))
    assert (len(found), errors) == (8, [])
    first, second = found[-2:]
    assert [(each.sender.name if each.sender else "", [party.name for party in each.to], dict(each.meta)["channel"]) for each in (first, second)] == [("陆远舟", ["何静宜"], "direct_chat"), ("何静宜", ["陆远舟"], "direct_chat")]
    assert first.conversation.thread != found[1].conversation.thread


def test_telegram_topics() -> None:
    """Messages of a forum belong to the topic that they answer to."""
    def said(number: int, **more: object) -> dict[str, object]:
        return {"id": number, "type": "message", "date_unixtime": str(made.seconds(20, 9, number)), "from": "陆远舟", "from_id": "user1", "text": "好", **more}

    topic = {"id": 1, "type": "service", "date_unixtime": str(made.seconds(20, 9, 0)), "actor": "陆远舟", "action": "topic_created", "title": "搭建", "text": ""}
    found, _ = read({"name": "展会", "type": "private_supergroup", "id": 5, "messages": [topic, said(2, reply_to_message_id=1), said(3, reply_to_message_id=2), said(4)]})
    assert [record.conversation.thread for record in found[2:]] == ["telegram/5/1", "telegram/5/1", "telegram/5"]


def test_discord() -> None:
    """Names for ids, answers, events; the package has the messages of its owner."""
    found, errors = read(made.discord())
    assert errors == []
    assert whole(found) == [
        ("chat_group", "", "", "产品部-接口联调"),
        ("chat_message", "沈一鸣", "05-20 13:00", "@顾北辰 登录接口联调有阻塞\uff0c**尽快**看一下"),
        ("chat_message", "顾北辰", "05-20 13:30", "@沈一鸣 今天 17:00 前给结论"),
        ("chat_event", "顾北辰", "05-20 13:31", "Pinned a message."),
    ]
    assert found[2].conversation.reply_to == found[1].conversation.id
    assert [(file.name, file.size) for file in found[2].attachments] == [("抓包.pcap", 1024)]
    own, errors = walked(Files("package", made.discord_package()), (READER,), ENVIRONMENT)
    assert (whole(own), errors) == ([("chat_group", "", "", "产品部-接口联调"), ("chat_message", "沈一鸣", "05-20 13:00", "@302 登录接口有阻塞\uff0c尽快看一下")], [])
    assert (own[1].uri, own[1].sender.address if own[1].sender else "") == ("package/messages/c901000/messages.json", "shen.yiming@example.cn")
    one = {name.rpartition("/")[2]: content for name, content in made.discord_package().items() if "c901000" in name}
    assert whole(walked(Files("c901000", one), (READER,), ENVIRONMENT)[0])[1][3].startswith("@302")


def test_teams() -> None:
    """HTML as people see it, mentions, subjects, importance, answers, names that events tell; one by one, as a list, a line each."""
    expected = [
        ("chat_group", "", "", "财务部-开票协同"),
        ("chat_message", "陆远舟", "05-20 15:00", "开票资料见附件\uff0c合同号 A&B-12"),
        ("chat_message", "何静宜", "05-20 14:20", "@陆远舟 第二笔款的开票资料尽快给我\uff0c谢谢\n税号\n开户行\n"),
        ("chat_event", "", "05-20 11:00", "#microsoft.graph.channelRenamedEventMessageDetail 财务部-开票协同"),
    ]
    found, errors = read(made.teams())
    assert ([(kind, who, when, text.rstrip() if kind == "chat_message" else text) for kind, who, when, text in whole(found)], errors) == ([(kind, who, when, text.rstrip()) for kind, who, when, text in expected], [])
    answer, root = found[1:3]
    assert (part(root, "subject").text, root.header("importance"), [party.name for party in root.to]) == ("第二笔款开票", "high", ["陆远舟"])
    assert answer.conversation.thread == root.conversation.thread
    assert (answer.conversation.reply_to, answer.conversation.group) == (root.conversation.id, "财务部-开票协同")
    assert [(file.name, file.linked) for file in answer.attachments] == [("开票资料.xlsx", True)]
    assert [block.kind.value for block in part(root, "body").blocks if block.kind.value == "list_item"] == ["list_item"] * 2
    for other, name in ((made.teams_lines(), "x.jsonl"), (made.teams_messages(), "x.json"), ({**made.teams_messages()[1], "replies": [made.teams_messages()[0]]}, "x.json")):
        again, errors = read(other, name)
        assert errors == []
        assert {row for row in whole(again) if row[0] == "chat_message"} == {row for row in whole(found) if row[0] == "chat_message"}


def test_teams_answers_and_chats() -> None:
    """A message quoted in an attachment is history, also where its JSON stands in a string of JSON; a chat has a name and members."""
    quoted = {"messageId": "1", "messagePreview": "请\u201c尽快\u201d处理\n谢谢", "messageSender": {"user": {"displayName": "王客户"}}}
    message = {
        "id": "2", "messageType": "message", "createdDateTime": made.utc(20, 9, 0) + "Z", "from": {"user": {"id": "u1", "displayName": "林晓岚"}}, "chatId": "19:a@thread.v2",
        "body": {"contentType": "html", "content": '<attachment id="1"></attachment><p>好的 <at id="0">San</at>&nbsp;<at id="1">Zhang</at> <at id="2">李</at></p>'},
        "attachments": [{"id": "1", "contentType": "messageReference", "content": json.dumps(quoted)}],
        "mentions": [{"id": n, "mentioned": {"user": {"id": who, "displayName": name}}} for n, who, name in ((0, "z", "San Zhang"), (1, "z", "San Zhang"), (2, "l", "李"))],
    }  # fmt: skip
    chat = {"id": "19:a@thread.v2", "topic": "【销售部】甲方制造交付20260520", "chatType": "group", "members": [{"userId": "u1", "displayName": "林晓岚", "email": "lin.xiaolan@example.cn"}], "messages": [message]}
    (group, record), errors = read({"value": [chat]})
    assert errors == []
    assert (part(group, "group").text, record.conversation.group) == (chat["topic"], chat["topic"])
    assert (record.sender.address if record.sender else "", part(record, "body").text.strip()) == ("lin.xiaolan@example.cn", "好的 @San Zhang @李")
    history = part(record, "history")
    assert (history.text, history.sender.name if history.sender else "") == (quoted["messagePreview"], "王客户")
    assert seen(history, "尽快") == json.dumps(json.dumps("尽快"))[3:-3]


# places


def places(record: Record, name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Each character of a part, and what stands at its place in the file by line and column."""
    found = part(record, name)
    lines = content.decode().split("\n")
    for at, character in enumerate(found.text):
        span = found.source_map.to_source(Span(at, at + 1))
        before = found.view.text[: span.start]
        line = found.view.first_line + before.count("\n")
        column = len(before) - before.rfind("\n") + (found.view.first_column - 1 if "\n" not in before else 0)
        yield character, lines[line - 1][column - 1 : column - 1 + max(1, len(span))]


_EXACT = set("尽快请报价单样品发货开票资料设备巡检展台方案登录接口")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("form", ["as-is", "one-line", "escaped", "unescaped"])
def test_every_character_stands_where_its_place_says(name: str, form: str) -> None:
    """Lines and columns of the file, in whatever way the JSON is laid out and escaped."""
    content = FILES[name]
    if form != "as-is":
        values = [json.loads(line) for line in content.splitlines()] if name == "mattermost" else [json.loads(content)]
        indent = None if form == "one-line" or name == "mattermost" else 2
        content = "\n".join(json.dumps(value, ensure_ascii=form == "escaped", indent=indent) for value in values).encode()
    found, errors = read(content)
    assert (errors, bool(found)) == ([], True)
    checked = 0
    for record in found:
        for each in record.parts:
            for character, written in places(record, each.name, content):
                if character in _EXACT:
                    assert written in (character, json.dumps(character)[1:-1])
                    checked += 1
            assert Span(0, len(each.view.text)).contains(each.source_map.to_source(Span(0, len(each.text))))
    assert checked > 5
    times = [record.parts[0].view.anchors[0].place for record in found if record.kind is not Kind.CHAT_GROUP]
    assert all(place.type == "message" and place.id and place.time.startswith("2026-05-") for place in times)


# claims


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("package.json", b'{"name": "x", "version": "1.0", "type": "module"}', ""), ("tsconfig.json", b"{\n // c\n}", ""), ("x.json", b"", ""), ("x.json", b"[1, 2]", ""), ("x.json", b'"text"', ""), ("x.txt", made.telegram(), ""),
        ("messages.json", b'{"messages": [], "type": "list"}', ""), ("chat.jsonl", b'{"id": 1, "time": 2, "text": "a"}', ""), ("x.json", b'{"about": "us", "chats": 3}', ""), ("locale.json", b'{"messageType": "a", "body": "b"}', ""),
        *((f"{name}.json", content, name) for name, content in FILES.items()), ("x.jsonl", made.mattermost(), "mattermost"), ("x.jsonl", made.teams_lines(), "teams"), ("result.json", made.telegram(account=True), "telegram"),
        ("x.json", made.teams().decode().encode("utf-16"), "teams"), ("x.json", b"\xef\xbb\xbf" + made.discord(), "discord"),
    ],
)  # fmt: skip
def test_only_exports_are_claimed(name: str, content: bytes, expected: str) -> None:
    """By what a file begins with; other JSON in a folder is nobody's."""
    assert export_format(content) == expected or name.endswith(".txt")
    assert READER.claims(Source(name, content)) == bool(expected)
    if expected:
        assert not READER.claims(Source(name, content, mapping=(("text", "content"),)))
        assert walked(Source(name, content), (READER,), ENVIRONMENT)[0]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["channels.json", "users.json", "general"], True), (["dms.json", "org_users.json"], True), (["users.json"], False), (["channels.json"], False), (["messages.json", "channel.json"], True),
        (["messages.json"], False), (["account", "messages", "servers", "README.txt"], True), (["Account", "Messages", "Servers"], True), (["messages", "account"], False), ([], False),
    ],
)  # fmt: skip
def test_folders_that_are_exports(names: list[str], expected: bool) -> None:
    """By the names of what lies at their top."""
    assert READER.claims_folder(names) is expected


# what is wrong in a file


def _telegram(messages: str) -> str:
    return '{"name": "群", "type": "private_group", "id": 1, "messages": [\n' + messages + "\n]}"


_GOOD = '{"id": 1, "type": "message", "date_unixtime": "1779240000", "from": "甲", "from_id": "user1", "text": "好"}'


@pytest.mark.parametrize(
    "bad",
    [
        "null", "3", '"text"', "[]", '{"id": 2, "type": "message", "text": "x"}', '{"id": 2, "date_unixtime": "soon", "text": "x"}', '{"id": 2, "date_unixtime": NaN, "text": "x"}', '{"id": 2, "date_unixtime": 1e999, "text": "x"}',
        '{"id": 2, "date_unixtime": "1779240000", "text": 3}', '{"id": 2, "date_unixtime": "1779240000", "text": null}', '{"id": 2, "date_unixtime": "1779240000", "text": {"a": 1}}', '{"id": 2, "date_unixtime": -99999999999999999, "text": "x"}',
        '{"id": 2, "date_unixtime": "1779240000" "text": "x"}', '{"id": 2, "text": }', '{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", '{"id": ' + "9" * 10_000 + ', "date_unixtime": "1779240000", "text": "x"}', '{"date": "0001-01-01T00:00:00", "text": "x"}',
    ],
    ids=range(17),
)  # fmt: skip
def test_a_bad_message_hides_no_other(bad: str) -> None:
    """Those before and behind it are read; how many are bad is told, where the first are, and why the first is."""
    found, errors = read(_telegram(f"{_GOOD},\n{bad},\n{_GOOD}"))
    assert [record.kind for record in found] == [Kind.CHAT_GROUP, Kind.CHAT_MESSAGE, Kind.CHAT_MESSAGE]
    assert [error.slug for error in errors] == ["bad-lines"]
    assert "line 3 " in errors[0].message
    assert "第 3 行" in errors[0].said("zh")[0]


@pytest.mark.parametrize("name", ["slack", "discord", "teams", "mattermost"])
def test_bad_messages_of_the_others(name: str) -> None:
    """A message without a time, and one whose text is none, in each format."""
    keys = {"slack": ("ts", "text"), "discord": ("timestamp", "content"), "teams": ("createdDateTime", "body"), "mattermost": ("create_at", "message")}[name]
    clean, _ = read(FILES[name])
    for key in keys:
        for wrong in (None, 7.5, ["x"], {}) if key == keys[0] else (7, ["x"], True):
            found, errors = read(_spoiled(FILES[name], name, key, wrong))
            assert [error.slug for error in errors] == ["bad-lines"], (key, wrong)
            assert len(found) >= len(clean) - 2


def _spoiled(content: bytes, name: str, key: str, wrong: object) -> str:
    """The file with one message that has something wrong under `key`."""
    lines = [json.loads(line) for line in content.splitlines()] if name == "mattermost" else [json.loads(content)]
    whole = lines[-1]
    holder: dict[str, Any] = {"slack": lambda: whole[1], "discord": lambda: whole["messages"][1], "teams": lambda: whole["value"][1], "mattermost": lambda: whole["direct_post"]}[name]()  # type: ignore[no-untyped-call]
    holder[key] = wrong
    return "\n".join(json.dumps(line) for line in lines)


def test_broken_lines_of_json_lines() -> None:
    """A line that is cut off or has two values is bad by itself."""
    lines = made.mattermost().decode().splitlines()
    lines.insert(6, lines[7][:100])
    lines.insert(8, lines[-1] + lines[-1])
    lines.insert(3, "")
    found, errors = read("\n".join(lines))
    assert (len(found), [error.slug for error in errors]) == (7, ["bad-lines"])
    assert "2 message(s) could not be read: line 8, 10" in errors[0].message


@pytest.mark.parametrize("name", FILES)
def test_truncated_at_every_byte(name: str) -> None:
    """What stands before the cut is read as it is in the whole; that there is a cut is told."""
    content = FILES[name]
    complete = whole(read(content)[0])
    step = max(1, len(content) // 400)
    for size in [*range(1, 400), *range(400, len(content) - 200, step), *range(len(content) - 200, len(content))]:
        source = Source("x.json", content[:size], named=False)
        if READER.claims(source):
            found, errors = walked(source, (READER,), ENVIRONMENT)
            rows = whole(found)
            assert rows == [row for row in complete if row in rows]
            between_lines = name == "mattermost" and content[size - 1 : size] in (b"}", b"\n")
            assert errors or between_lines or content[:size].rstrip() == content.rstrip()


def test_duplicate_keys_half_characters_and_controls() -> None:
    """The last of several keys counts; what cannot be written in UTF-8 never comes out."""
    found, errors = read(_telegram('{"id": 1, "id": 5, "date_unixtime": "1779240000", "from": "\\ud800甲", "text": "x", "text": "a\\ud83d b\\ud83d\\ude00\\u0000\\r\\nc"}'))
    record = found[1]
    assert (errors, record.parts[0].view.anchors[0].place.id, part(record, "body").text) == ([], "5", "a\ufffd b\U0001f600\x00\nc")
    repr(record).encode()
    json.dumps([record.sender.name if record.sender else "", record.name, record.conversation.id]).encode()
    assert record.sender is not None
    assert record.sender.name == "\ufffd甲"


@pytest.mark.parametrize(
    "hostile",
    [
        "[" * 500_000, '{"a":' * 200_000, '"' * 500_000, '[{"ts": "1779240000.000100", "type": "message", "text": "' + "x" * 500_000, _telegram("[" * 400_000), _telegram('{"text": "' + "\\u4f60" * 100_000), _telegram(",".join(["{}"] * 50_000)),
        '[{"type": "message", "ts": "1779240000.000100", "text": "' + "<@" * 100_000 + '"}]', '[{"type": "message", "ts": "1779240000.000100", "text": "' + "*a _b ~c `d " * 20_000 + '"}]', '[{"type": "message", "ts": "1779240000.000100", "text": "' + "&gt; " * 20_000 + "```" * 9_999 + '"}]',
        '{"type": "version"}\n' + "{\n" * 50_000, '{"value": [{"messageType": "message", "createdDateTime": "2026-05-20T01:00:00Z", "body": {"contentType": "html", "content": "' + "<at id=0>" * 10_000 + '"}}]}',
        '{"value": ' * 1_000 + '[{"messageType": "message", "createdDateTime": "2026-05-20T01:00:00Z", "body": {}}]' + "}" * 1_000,
        '[{"type": "message", "ts": "1779240000.000100", "blocks": ' + '[{"elements": ' * 300 + "[]" + "}]" * 300 + "}]",
    ],
    ids=range(14),
)  # fmt: skip
def test_hostile_files_end(hostile: str) -> None:
    """Nesting, marks and keys without end: only RecordErrors, in linear time (the test would hang)."""
    walked(Source("x.json", hostile.encode(), named=False), (READER,), ENVIRONMENT)


def test_a_message_past_the_limit() -> None:
    """One that is longer than limits.message is told of, and stepped over."""
    found, errors = read(_telegram(f'{_GOOD},\n{_GOOD.replace("好", "长" * 3000)},\n{_GOOD}'), limits=Limits(message=2000))
    assert (len(found), [error.slug for error in errors]) == (3, ["bad-lines"])
    assert "limits.message" in errors[0].message


def test_what_holds_no_message() -> None:
    """An export without messages is told of; a day without any is not."""
    assert [error.slug for error in read('{"type": "version"}')[1]] == ["no-messages"]
    assert read(b'{"guild": {"id": "1"}, "channel": {"id": "2"}, "messages": []}')[1][0].slug == "no-messages"
    found, errors = walked(Files("x", {"users.json": b"[]", "channels.json": b'[{"id": "C1", "name": "a"}]', "a/2026-05-20.json": b"[]"}), (READER,), ENVIRONMENT)
    assert (len(found), errors) == (1, [])


def test_damaged_lists_of_slack() -> None:
    """Without people there are ids; every message is read."""
    broken = made.slack() | {"users.json": b"[{", "channels.json": b"\xff\x00", "groups.json": b'[{"id": 3}, 4, {"id": "G", "name": null, "members": 5}]'}
    found, errors = walked(Files("x", broken), (READER,), ENVIRONMENT)
    assert sum(record.kind is Kind.CHAT_MESSAGE for record in found) == 8
    assert [error.message.partition(":")[0] for error in errors] == ["users.json", "channels.json"]
    assert found[-1].sender is not None
    assert found[-1].sender.name == "U07LIN0001"


# any bytes


_JUNK = st.sampled_from([b'"', b"{", b"}", b"[", b"]", b",", b":", b"\\", b"\\ud800", b"null", b"1e999", b"-1", b'"ts"', b'"text": 3', b"\xff", b"\0", b"\r\n", b"<@U", b"<at id=", b"&lt;", b"```", b'"replies": [{}]', b'"attachments": [[]]', b'"files": {"a": 1}'])


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A good file with some bytes cut out, changed or repeated."""
    content = bytearray(draw(st.sampled_from([*FILES.values(), made.telegram(account=True), made.teams_lines()])))
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, len(content)))
        content[at : at + draw(st.integers(0, 30))] = draw(st.one_of(st.just(b""), _JUNK, st.binary(max_size=6), st.just(bytes(content[at : at + 300]) * 2)))
    return bytes(content)


@given(content=st.one_of(st.binary(max_size=200), mutated()))
@settings(max_examples=250, deadline=None)
def test_any_bytes_are_records_or_a_declared_error(content: bytes) -> None:
    """Records are sound, their strings can be written, and only RecordErrors come out, claimed or not."""
    for item in _all(content):
        sound(item)


def _all(content: bytes) -> Iterator[Record]:
    """The records before the first error that ends the file; every error speaks both languages."""
    errors: list[RecordError] = []
    try:
        for item in READER.read(Source("x.json", content), ENVIRONMENT):
            if isinstance(item, Record):
                yield item
            else:
                assert isinstance(item, RecordError)
                errors.append(item)
    except RecordError as error:
        errors.append(error)
    assert all(text for error in errors for lang in ("zh", "en") for text in error.said(lang))


def sound(record: Record) -> None:
    """Spans inside their texts, maps inside their views, nothing that UTF-8 cannot write."""
    for each in record.parts:
        span = Span(0, len(each.text))
        assert "\r" not in each.text
        assert all(span.contains(block.span) for block in each.blocks)
        assert all(span.contains(cell.span) for grid in each.grids for cell in grid.cells)
        assert Span(0, len(each.view.text)).contains(each.source_map.to_source(span))
        each.text.encode()
    said = [record.name, *record.meta, record.conversation.id, record.conversation.thread, record.conversation.group, *(party.name + party.address for party in (*record.to, *filter(None, [record.sender]))), *(file.name for file in record.attachments)]
    json.dumps(said, ensure_ascii=False).encode()


_WRONG: tuple[object, ...] = (None, 1.5, "\ud800x", [], {}, [[1.5]], [{"text": 1.5, "id": 1.5, "name": 1.5}], {"id": 1.5, "text": 1.5, "user": 1.5, "content": [], "displayName": 1.5})


@pytest.mark.parametrize("name", FILES)
def test_every_value_may_be_of_any_type(name: str) -> None:
    """Whatever stands in the place of any value of a file, records are sound and only RecordErrors come out."""
    values = [json.loads(line) for line in FILES[name].splitlines()] if name == "mattermost" else [json.loads(FILES[name])]
    for path in _paths(values):
        for wrong in _WRONG:
            spoiled = "\n".join(json.dumps(value) for value in _with(values, path, wrong))
            for record in _all(spoiled.encode()):
                sound(record)


@pytest.mark.parametrize(("files", "name"), [(made.slack(), "users.json"), (made.slack(), "channels.json"), (made.discord_package(), "messages/c901000/channel.json"), (made.discord_package(), "account/user.json")], ids=["people", "channels", "channel", "owner"])
def test_every_value_of_a_list_may_be_of_any_type(files: dict[str, bytes], name: str) -> None:
    """The same for the lists of an export: at worst names are missing."""
    value = json.loads(files[name])
    for path in [(), *_paths(value)]:
        for wrong in _WRONG[1:4]:
            found, _ = walked(Files("x", files | {name: json.dumps(_with(value, path, wrong)).encode()}), (READER,), ENVIRONMENT)
            assert any(record.kind is Kind.CHAT_MESSAGE for record in found)
            for record in found:
                sound(record)


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if path:
        yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from _paths(inner, (*path, key))


def _with(value: Any, path: tuple[str | int, ...], wrong: object) -> Any:
    if not path:
        return wrong
    changed = dict(value) if isinstance(value, dict) else list(value)
    changed[path[0]] = _with(value[path[0]], path[1:], wrong)  # type: ignore[index]  # a key of what it is
    return changed


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "text", "ts", "user", "messages", "value", "body", "content", "files", "name", "id", "post", "replies", "attachments", "from", "mentions", "createdDateTime", "create_at", "message", "poll", "blocks", "elements"]), inner, max_size=5), max_leaves=30), st.sampled_from(["slack", "telegram", "discord", "teams", "mattermost"]))
@settings(max_examples=250, deadline=None)
def test_values_of_any_type_in_any_place(value: Any, name: str) -> None:
    """A key that holds something else than it should is a bad message at worst."""
    made_of: Mapping[str, Callable[[], str]] = {
        "slack": lambda: json.dumps([{"type": "message", "ts": "1779240000.000100", **(value if isinstance(value, dict) else {"text": value})}]),
        "telegram": lambda: json.dumps({"name": "a", "type": "private_group", "messages": [{"date_unixtime": "1779240000", "text": "", **(value if isinstance(value, dict) else {"text": value})}]}),
        "discord": lambda: json.dumps({"guild": {}, "channel": {"id": value}, "messages": [{"timestamp": "2026-05-20T01:00:00Z", "author": value, "embeds": value, "content": "", **(value if isinstance(value, dict) else {})}]}),
        "teams": lambda: json.dumps({"value": [{"messageType": "message", "createdDateTime": "2026-05-20T01:00:00Z", "body": value, "from": value, "mentions": value, **(value if isinstance(value, dict) else {})}]}),
        "mattermost": lambda: '{"type": "version"}\n' + json.dumps({"type": "post", "post": {"create_at": 1779240000000, "message": "", "user": value, "props": value, **(value if isinstance(value, dict) else {})}}),
    }  # fmt: skip
    for record in _all(made_of[name]().encode()):
        sound(record)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=6), lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4), max_leaves=20), st.booleans(), st.sampled_from([None, 1]))
def test_a_walk_finds_every_value(value: Any, ascii_only: bool, indent: int | None) -> None:
    """Members and elements are what json gives, each at its place; skipping one leads to the end of it."""
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    walk = Walk(text)
    span = walk.skip()
    assert (span, walk.at) == (Span(0, len(text)), len(text))
    node = Node.at(text, span)
    assert node.value == value
    for inner in node:
        assert Node.at(text, inner.span).value == inner.value
    if isinstance(value, dict):
        assert all(node[key].value == value[key] and (node[key].string is None or node[key].string.text == value[key]) for key in value if value[key] is not None)
        assert list(Walk(text).members()) == list(value)
    with pytest.raises(DamagedError):
        Walk(text[: len(text) // 2].rstrip("0123456789") if isinstance(value, list | dict) else "").skip()


# size


def test_memory_is_a_few_times_the_file() -> None:
    """Messages are read one by one: not all of them are held."""
    message = json.loads(made.telegram())["messages"][1]
    content = json.dumps({"name": "群", "type": "private_group", "id": 1, "messages": [message | {"text": "请尽快提交材料。" * 600}] * 1000}, ensure_ascii=False, indent=1).encode()
    assert len(content) > 5_000_000
    source = Source("result.json", content)
    tracemalloc.start()
    try:
        count = sum(1 for _ in READER.read(source, ENVIRONMENT))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 1001
    assert peak < 4 * len(content)


def test_bulk_exports_larger_than_memory_should_hold(tmp_path: Path) -> None:
    """Lines are read one by one from the disk, also one without end; JSON in one value is told to be too large."""
    large = tmp_path / "import.jsonl"
    lines = made.mattermost().splitlines(keepends=True)
    large.write_bytes(b"".join(lines[:8]) + b'{"type": "post", "post": {"message": "' + b"x" * 10_000 + b'"}}\n' + b"".join(lines[8:] * 3))
    source = Source("import.jsonl", lines[0], large=str(large), named=False)
    found, errors = walked(source, (READER,), ENVIRONMENT.__class__(ENVIRONMENT.calendar, limits=Limits(message=1000)))
    assert (len(found), [error.slug for error in errors]) == (4 + 3 * 2, ["bad-lines"])
    assert "line 9 " in errors[0].message
    assert found[-1].parts[0].view.first_line == 18
    large.write_bytes(made.telegram())
    assert [error.slug for error in walked(Source("r.json", made.telegram()[:2000], large=str(large)), (READER,), ENVIRONMENT)[1]] == ["too-large"]
    large.unlink()
    assert [error.slug for error in walked(source, (READER,), ENVIRONMENT)[1]] == ["unreadable-file"]


_NAMES = Names({"U1": "周子衡"}, {"C1": "general"}, {"S1": "设计组"})


@pytest.mark.parametrize(
    ("written", "expected", "blocks"),
    [
        ("<@U1> <@U2|x> <@W9>", "@周子衡 @x @W9", []), ("<#C1> <#C2|foo> <#C9|>", "#general #foo #C9", []), ("<!here> <!everyone|everyone> <!subteam^S1> <!subteam^S2|@ops>", "@here @everyone @设计组 @ops", []),
        ("<!date^1392734382^{date}|2014-02-18>", "2014-02-18", []), ("<https://a.cn|标题> <https://b.cn/x?a=1&amp;b=2> <mailto:c@d.cn>", "标题 https://b.cn/x?a=1&b=2 c@d.cn", []), ("a &lt;b&gt; &amp;amp;", "a <b> &amp;", []),
        ("*bold* _it_ ~no~ *_both_* *a <@U1>*", "bold it no both a @周子衡", []), ("2*3*4 a_b_c * x * *x\ny*", "2*3*4 a_b_c * x * *x\ny*", []), ("`code *x* &lt;` ```a\n*b*```", "code *x* < a\n*b*", [("code", "a\n*b*")]),
        ("&gt; q\n&gt; r\nown\n&gt;&gt;&gt; rest\nmore", "> q\n> r\nown\n>>> rest\nmore", [("quote", "> q\n> r"), ("quote", ">>> rest\nmore")]), ("<", "<", []), ("", "", []), ("尽快*提交*", "尽快*提交*", []),
    ],
)  # fmt: skip
def test_mrkdwn(written: str, expected: str, blocks: list[tuple[str, str]]) -> None:
    """What people see of it, its quotations and code; every character leads back to what it was written as."""
    found = mrkdwn.seen(Text(written, SourceMap.identity(len(written))), _NAMES)
    assert (found.text.text, [(block.kind.value, block.span.of(found.text.text)) for block in found.blocks]) == (expected, blocks)
    for at, character in enumerate(found.text.text):
        source = found.text.source_map.to_source(Span(at, at + 1)).of(written)
        assert source == character or source[:1] in "<&"


def test_styles_stand_between_chinese_characters() -> None:
    """Where the message says that words are bold the marks around them are no text; figures keep theirs."""
    written = "把*新品*发 2*3*4"
    assert mrkdwn.seen(Text(written, SourceMap.identity(len(written))), _NAMES, styled=True).text.text == "把新品发 2*3*4"


def test_the_samples_are_as_they_are_made() -> None:
    """tests/samples/formats holds what `python tests/make_formats.py` writes."""
    folder = Path(__file__).parent.parent / "samples" / "formats"
    assert {name: (folder / name).read_bytes() for name, _ in made.files() if (folder / name).exists()} == dict(made.files())
