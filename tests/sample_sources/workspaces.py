"""Exports of Slack, Mattermost, Telegram, Discord and Teams as the programs write them. People and companies are invented."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

_ZONE = ZoneInfo("Asia/Shanghai")
COMMA, COLON, ASK = "\uff0c", "\uff1a", "\uff1f"
GROUP = "市场部-新品推广-20260520"


def seconds(day: int, hour: int, minute: int) -> int:
    """Seconds since 1970 of a time in May 2026, in China."""
    return int(datetime(2026, 5, day, hour, minute, tzinfo=_ZONE).timestamp())


def stamp(day: int, hour: int, minute: int) -> str:
    """The same as Slack writes it."""
    return f"{seconds(day, hour, minute)}.000100"


def utc(day: int, hour: int, minute: int, digits: str = ".123") -> str:
    """The same in ISO 8601, in UTC."""
    return datetime.fromtimestamp(seconds(day, hour, minute), ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%S") + digits


# Slack


def _user(number: str, name: str, real: str, shown: str = "", **more: object) -> dict[str, Any]:
    profile = {"real_name": real, "display_name": shown, "email": f"{name}@example.cn"}
    return {"id": number, "team_id": "T07EXAMPLE", "name": name, "deleted": False, "real_name": real, "tz": "Asia/Shanghai", "profile": profile, "is_bot": False, **more}


def _said(user: str, ts: str, text: str, **more: object) -> dict[str, Any]:
    return {"user": user, "type": "message", "ts": ts, "client_msg_id": "8e6f1c9a-0000-4000-8000-" + ts.replace(".", "")[-12:], "text": text, "team": "T07EXAMPLE", **more}


def slack() -> dict[str, bytes]:
    """The files of an export of a workspace."""
    users = [
        _user("U07LIN0001", "lin.xiaolan", "林晓岚", "林晓岚-市场部"), _user("U07ZHOU002", "zhou.ziheng", "周子衡"), _user("U07TANG003", "tang.kexin", "唐可欣"),
        {**_user("U07WANG004", "wang", "王客户"), "profile": {"real_name": "王客户", "email": "wang@client-a.example.com"}},
        {"id": "USLACKBOT", "name": "slackbot", "is_bot": False, "profile": {"real_name": "Slackbot"}},
        _user("U07BOT0005", "jenkins", "构建机器人", is_bot=True),
    ]  # fmt: skip
    channels = [
        {"id": "C07MKT0001", "name": GROUP, "created": seconds(20, 9, 0), "creator": "U07LIN0001", "is_archived": False, "is_general": False, "members": ["U07LIN0001", "U07ZHOU002", "U07TANG003"],
         "topic": {"value": "新品推广物料与排期", "creator": "U07LIN0001", "last_set": 0}, "purpose": {"value": "市场部新品推广", "creator": "", "last_set": 0}},
        {"id": "C07GEN0002", "name": "general", "created": seconds(1, 9, 0), "creator": "U07LIN0001", "is_archived": False, "is_general": True, "members": ["U07LIN0001"], "topic": {"value": ""}, "purpose": {"value": ""}},
    ]  # fmt: skip
    groups = [{"id": "G07CLI0003", "name": "甲方制造-交付", "created": seconds(2, 9, 0), "members": ["U07LIN0001", "U07WANG004"], "topic": {"value": ""}, "purpose": {"value": ""}}]
    dms = [{"id": "D07LZ00004", "created": seconds(3, 9, 0), "members": ["U07LIN0001", "U07ZHOU002"]}]
    mpims = [{"id": "G07MP00005", "name": "mpdm-lin--zhou--tang-1", "created": seconds(3, 9, 0), "members": ["U07LIN0001", "U07ZHOU002", "U07TANG003"]}]
    root = stamp(20, 9, 30)
    file = {"id": "F07A", "name": "新品海报 v2.pptx", "title": "新品海报 v2", "mimetype": "application/vnd.openxmlformats-officedocument.presentationml.presentation", "size": 482133, "url_private": "https://files.slack.com/files-pri/T07-F07A/x.pptx"}
    first = [
        {"subtype": "channel_join", "user": "U07ZHOU002", "text": "<@U07ZHOU002> has joined the channel", "type": "message", "ts": stamp(20, 9, 5)},
        _said("U07LIN0001", root, f"<@U07ZHOU002> 请尽快把*新品海报*发给 <@U07TANG003>{COMMA}预算 &lt;5 万\n&gt; 客户说周五前要\n见 <https://example.cn/brief?a=1&amp;b=2|需求单> 和 <#C07GEN0002>", thread_ts=root, reply_count=1,
              edited={"user": "U07LIN0001", "ts": stamp(20, 9, 31)}, reactions=[{"name": "+1", "users": ["U07ZHOU002"], "count": 1}],
              blocks=[{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "新品海报", "style": {"bold": True}}]}]}]),
        _said("U07ZHOU002", stamp(20, 10, 0), f"好的{COMMA}5月22日18{COLON}00前发出", thread_ts=root, parent_user_id="U07LIN0001", files=[file]),
        _said("U07TANG003", stamp(20, 11, 0), "```\nmake poster &gt; out.log\n```\n<!here> 海报构建命令如上"),
    ]  # fmt: skip
    second = [
        _said("U07TANG003", stamp(21, 9, 0), f"昨天的海报收到{COMMA}稍后处理", thread_ts=root, parent_user_id="U07LIN0001"),
        {"type": "message", "subtype": "bot_message", "bot_id": "B07", "username": "构建机器人", "text": "", "ts": stamp(21, 9, 10), "attachments": [{"fallback": "构建 #12 通过", "text": "构建 #12 通过", "color": "good"}]},
        {"type": "message", "subtype": "tombstone", "text": "This message was deleted.", "user": "USLACKBOT", "hidden": True, "ts": stamp(21, 9, 20)},
    ]
    client = [_said("U07WANG004", stamp(20, 14, 0), f"请问第二批样品什么时候发货{ASK}"), _said("U07LIN0001", stamp(26, 16, 0), f"样品5月27日发货{COMMA}单号发货当天给您。")]
    private = [_said("U07LIN0001", stamp(20, 15, 0), f"报价单再核对一下{COMMA}有问题随时找我")]
    whole = {
        "channels.json": channels, "groups.json": groups, "dms.json": dms, "mpims.json": mpims, "users.json": users, "integration_logs.json": [],
        f"{GROUP}/2026-05-20.json": first, f"{GROUP}/2026-05-21.json": second, "甲方制造-交付/2026-05-20.json": client[:1], "甲方制造-交付/2026-05-26.json": client[1:],
        "D07LZ00004/2026-05-20.json": private, "general/2026-05-20.json": [],
    }  # fmt: skip
    return {name: json.dumps(value, indent=4).replace("/", "\\/").encode() for name, value in whole.items()}


def zipped(members: dict[str, bytes]) -> bytes:
    """An archive of files, byte for byte the same each time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 5, 23, 9, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


# Mattermost


def mattermost() -> bytes:
    """A bulk export."""

    def user(name: str, first: str, last: str) -> dict[str, Any]:
        return {"type": "user", "user": {"username": name, "email": f"{name}@example.cn", "first_name": first, "last_name": last, "nickname": "", "position": "", "teams": [{"name": "ops", "channels": [{"name": "shebei"}]}]}}

    def post(who: str, when: tuple[int, int, int], text: str, **more: object) -> dict[str, Any]:
        return {"type": "post", "post": {"team": "ops", "channel": "shebei", "user": who, **more, "message": text, "create_at": seconds(*when) * 1000}}

    answer = {"user": "jiang.ning", "message": f"收到{COMMA}5月18日下午3点前检查完并回复", "create_at": seconds(18, 9, 12) * 1000, "attachments": [{"path": "data/20260518/teams/noteam/channels/c/users/u/f/机柜照片.jpg"}]}
    asked = post("gu.beichen", (18, 9, 0), f"@jiang.ning 三号机柜温度偏高{COMMA}请**尽快**安排检查\n- 记录温度\n- 拍照 <现场>", props={}, reactions=[])
    asked["post"]["replies"] = [answer]
    lines: list[dict[str, Any]] = [
        {"type": "version", "version": 1, "info": {"generator": "mattermost-server", "version": "9.5.0"}},
        {"type": "team", "team": {"name": "ops", "display_name": "运维团队", "type": "I"}},
        {"type": "channel", "channel": {"team": "ops", "name": "shebei", "display_name": "【运维部】设备巡检20260518", "type": "O", "header": "每周巡检", "purpose": "设备巡检"}},
        user("gu.beichen", "北辰", "顾"),
        user("jiang.ning", "宁", "江"),
        {"type": "bot", "bot": {"username": "alerts", "display_name": "告警机器人", "owner": "gu.beichen"}},
        post("jiang.ning", (18, 8, 50), "jiang.ning joined the channel.", type="system_join_channel"),
        asked,
        post("alerts", (18, 16, 0), "", props={"from_bot": "true", "attachments": [{"fallback": "温度恢复", "text": "三号机柜温度恢复到 24 度"}]}),
        {"type": "direct_channel", "direct_channel": {"members": ["gu.beichen", "jiang.ning"], "header": ""}},
        {"type": "direct_post", "direct_post": {"channel_members": ["gu.beichen", "jiang.ning"], "user": "gu.beichen", "message": "备件清单过几天给你", "create_at": seconds(19, 10, 0) * 1000}},
    ]
    return "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").replace(">", "\\u003e") + "\n" for line in lines).encode()


# Telegram


def telegram_chat() -> dict[str, Any]:
    """A group as Telegram Desktop exports it."""

    def message(number: int, when: tuple[int, int, int], who: str, text: Any, **more: object) -> dict[str, Any]:
        at = datetime.fromtimestamp(seconds(*when), _ZONE)
        pieces = [text] if isinstance(text, str) and text else text or []
        entities = [piece if isinstance(piece, dict) else {"type": "plain", "text": piece} for piece in pieces]
        return {"id": number, "type": "message", "date": f"{at:%Y-%m-%dT%H:%M:%S}", "date_unixtime": str(seconds(*when)), "from": who, "from_id": f"user{sum(map(ord, who))}", **more, "text": text, "text_entities": entities}

    plan = ["展台方案 ", {"type": "mention", "text": "@tang_kexin"}, f" 请在5月25日前定稿{COMMA}搭建商那边", {"type": "bold", "text": "尽早"}, "通知\n", {"type": "pre", "text": "3m x 6m", "language": ""}]
    return {
        "name": "展会筹备-20260610", "type": "private_supergroup", "id": 1987654321,
        "messages": [
            {"id": 1, "type": "service", "date": "2026-05-20T08:55:00", "date_unixtime": str(seconds(20, 8, 55)), "actor": "陆远舟", "actor_id": "user3", "action": "invite_members", "members": ["唐可欣"], "text": "", "text_entities": []},
            message(2, (20, 9, 0), "陆远舟", plan),
            message(3, (20, 9, 20), "唐可欣", f"好{COMMA}平面图在附件{COMMA}搭建商我抽空联系", reply_to_message_id=2, file="files/展台平面图.pdf", file_name="展台平面图.pdf", file_size=204800, mime_type="application/pdf"),
            message(4, (20, 9, 25), "唐可欣", "", photo="photos/photo_1@20-05-2026_09-25-00.jpg", photo_file_size=90112, width=1280, height=960),
            message(5, (20, 10, 0), "陆远舟", "主办方要求6月1日前提交水电申请。", forwarded_from="展会主办方"),
        ],
    }  # fmt: skip


def telegram(*, account: bool = False) -> bytes:
    """result.json of one chat, or of an account."""
    chat = telegram_chat()
    if not account:
        return json.dumps(chat, ensure_ascii=False, indent=1).encode()
    asked, answered = ({**chat["messages"][1], "id": number, "from": who, "text": text, "text_entities": []} for number, who, text in ((8, "陆远舟", "发票抽空补一下"), (9, "何静宜", "好")))
    direct = {"name": "何静宜", "type": "personal_chat", "id": 77, "messages": [asked, answered]}
    whole: dict[str, Any] = {
        "about": "Here is the data you requested.", "personal_information": {"user_id": 3, "first_name": "远舟", "last_name": "陆", "phone_number": "+86 000"},
        "contacts": {"about": "", "list": []}, "chats": {"about": "This page lists all chats from this export.", "list": [chat, direct]}, "left_chats": {"about": "", "list": []},
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


# Discord


def discord() -> bytes:
    """A channel as DiscordChatExporter writes it."""

    def author(number: str, name: str, shown: str) -> dict[str, Any]:
        return {"id": number, "name": name, "discriminator": "0000", "nickname": shown, "color": None, "isBot": False, "roles": [], "avatarUrl": "https://cdn.example.com/0.png"}

    def message(number: str, when: tuple[int, int, int], who: dict[str, Any], content: str, kind: str = "Default", **more: object) -> dict[str, Any]:
        empty: dict[str, list[object]] = {"attachments": [], "embeds": [], "stickers": [], "reactions": [], "mentions": []}
        return {"id": number, "type": kind, "timestamp": utc(*when) + "+00:00", "timestampEdited": None, "callEndedTimestamp": None, "isPinned": False, "content": content, "author": who, **empty, **more}

    shen, gu = author("301", "shenyiming", "沈一鸣"), author("302", "gubeichen", "顾北辰")
    file = {"id": "5", "url": "x/抓包-0A1B2.pcap", "fileName": "抓包.pcap", "fileSizeBytes": 1024}
    whole = {
        "guild": {"id": "900", "name": "示例科技", "iconUrl": "https://cdn.example.com/i.png"},
        "channel": {"id": "901", "type": "GuildTextChat", "categoryId": "899", "category": "产品部", "name": "产品部-接口联调", "topic": "接口联调"},
        "dateRange": {"after": None, "before": None},
        "exportedAt": "2026-05-23T09:00:00+08:00",
        "messages": [
            message("1001", (20, 13, 0), shen, f"<@302> 登录接口联调有阻塞{COMMA}**尽快**看一下", mentions=[gu]),
            message("1002", (20, 13, 30), gu, "@沈一鸣 今天 17:00 前给结论", "Reply", reference={"messageId": "1001", "channelId": "901", "guildId": "900"}, attachments=[file]),
            message("1003", (20, 13, 31), gu, "Pinned a message.", "ChannelPinnedMessage"),
        ],
        "messageCount": 3,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()


def discord_package() -> dict[str, bytes]:
    """The files of a data package."""
    said = {"ID": 1001, "Timestamp": utc(20, 13, 0, "").replace("T", " "), "Contents": f"<@302> 登录接口有阻塞{COMMA}尽快看一下", "Attachments": "https://cdn.example.com/attachments/1/2/log.txt"}
    whole: dict[str, Any] = {
        "account/user.json": {"id": "301", "username": "shenyiming", "global_name": "沈一鸣", "email": "shen.yiming@example.cn"},
        "messages/index.json": {"901000": "产品部-接口联调 in 示例科技"},
        "messages/c901000/channel.json": {"id": "901000", "type": "GUILD_TEXT", "name": "产品部-接口联调", "guild": {"id": "900", "name": "示例科技"}},
        "messages/c901000/messages.json": [said],
        "servers/index.json": {"900": "示例科技"},
    }
    return {name: json.dumps(value, ensure_ascii=False).encode() for name, value in whole.items()}


# Teams


def teams_messages() -> list[dict[str, Any]]:
    """Messages of a channel as Microsoft Graph gives them: the latest first."""
    place = {"teamId": "fbe2bf47-16c8-47cf-b4a5-4b9b187c508b", "channelId": "19:4a95f7d8db4c4e7fae857bcebe0623e6@thread.tacv2"}

    def identity(number: str, name: str | None) -> dict[str, Any]:
        return {"application": None, "device": None, "user": {"id": number, "displayName": name, "userIdentityType": "aadUser"}}

    def message(number: str, when: tuple[int, int, int], who: dict[str, Any] | None, content: str, **more: object) -> dict[str, Any]:
        at = utc(*when) + "Z"
        empty = {"subject": None, "summary": None, "chatId": None, "importance": "normal", "locale": "zh-cn", "webUrl": None, "channelIdentity": place, "policyViolation": None, "eventDetail": None}
        return {
            "id": number, "replyToId": None, "etag": number, "messageType": "message", "createdDateTime": at, "lastModifiedDateTime": at, "lastEditedDateTime": None, "deletedDateTime": None, **empty, "from": who,
            "body": {"contentType": "html", "content": content}, "attachments": [], "mentions": [], "reactions": [], **more,
        }  # fmt: skip

    he, lu = identity("u-he", "何静宜"), identity("u-lu", "陆远舟")
    file = {"id": "f1", "contentType": "reference", "contentUrl": "https://example.sharepoint.com/开票资料.xlsx", "content": None, "name": "开票资料.xlsx"}
    renamed = {"@odata.type": "#microsoft.graph.channelRenamedEventMessageDetail", "channelId": place["channelId"], "channelDisplayName": "财务部-开票协同", "initiator": identity("u-he", None)}
    asked = f'<div><p><at id="0">陆远舟</at>&nbsp;第二笔款的开票资料<strong>尽快</strong>给我{COMMA}谢谢</p>\n<ul><li>税号</li><li>开户行</li></ul></div>'
    return [
        message("1747719600000", (20, 15, 0), lu, f'<div><attachment id="f1"></attachment><p>开票资料见附件{COMMA}合同号 A&amp;B-12</p></div>', replyToId="1747717200000", attachments=[file]),
        message("1747717200000", (20, 14, 20), he, asked, subject="第二笔款开票", importance="high", mentions=[{"id": 0, "mentionText": "陆远舟", "mentioned": lu}]),
        message("1747710000000", (20, 11, 0), None, "<systemEventMessage/>", messageType="systemEventMessage", eventDetail=renamed),
    ]


def teams() -> bytes:
    """An answer of Graph, on one line as it comes."""
    whole = {"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#teams('fbe2')/channels('19')/messages", "@odata.count": 3, "value": teams_messages()}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def teams_lines() -> bytes:
    """The same messages, one a line."""
    return "".join(json.dumps(message) + "\n" for message in teams_messages()).encode()


def files() -> Iterator[tuple[str, bytes]]:
    """The files of tests/samples/formats: path and bytes."""
    for name, content in slack().items():
        yield f"Slack导出/{name}", content
    yield "Slack导出.zip", zipped(slack())
    yield "Mattermost批量导出.jsonl", mattermost()
    yield "Mattermost批量导出.zip", zipped({"import.jsonl": mattermost(), "data/20260518/teams/noteam/机柜照片.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF"})
    yield "Telegram群聊/result.json", telegram()
    yield "Telegram账号/result.json", telegram(account=True)
    yield "Discord频道.json", discord()
    for name, content in discord_package().items():
        yield f"Discord数据包/{name}", content
    yield "Teams频道消息.json", teams()
    yield "Teams频道消息.jsonl", teams_lines()


MAKERS: dict[str, Callable[[], bytes]] = {path: partial(bytes, content) for path, content in files()}
