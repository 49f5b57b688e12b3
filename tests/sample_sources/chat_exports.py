"""Chats as the platforms in China hand them over, and logs as people copy them: invented people, shapes as the platforms describe them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

_GROUP = "【市场部】新品发布会20260521"
_START = 1_779_327_000_000  # 2026-05-21 09:30 in Shanghai, in milliseconds


def _lines(values: list[Mapping[str, Any]], *, ascii_only: bool = False) -> bytes:
    return "".join(json.dumps(value, ensure_ascii=ascii_only) + "\n" for value in values).encode()


def _said(content: object) -> str:
    return json.dumps(content, ensure_ascii=False)


def feishu_events() -> bytes:
    """Feishu: events as a receiver gets them, among them one that names the group and one of another kind."""

    def event(number: int, kind: str, content: object, **more: Any) -> Mapping[str, Any]:
        message = {
            "message_id": f"om_{number:04}", "root_id": more.get("parent", ""), "parent_id": more.get("parent", ""), "create_time": str(_START + 60_000 * number), "chat_id": "oc_84586909", "chat_type": "group",
            "message_type": kind, "content": _said(content), "mentions": more.get("mentions", []),
        }  # fmt: skip
        sender = {"sender_id": {"union_id": "on_1", "user_id": more.get("by", "chen.siyuan"), "open_id": "ou_1"}, "sender_type": "user", "tenant_key": "736588c9260f175e"}
        head = {"event_id": f"ev_{number:04}", "event_type": "im.message.receive_v1", "create_time": message["create_time"], "token": "", "app_id": "cli_a1", "tenant_key": "736588c9260f175e"}
        return {"schema": "2.0", "header": head, "event": {"sender": sender, "message": message}}

    lin = {"key": "@_user_1", "id": {"union_id": "on_2", "user_id": "lin.xiaolan", "open_id": "ou_2"}, "name": "林晓岚", "tenant_key": "736588c9260f175e"}
    chen = {"key": "@_user_1", "id": {"union_id": "on_1", "user_id": "chen.siyuan", "open_id": "ou_1"}, "name": "陈思远", "tenant_key": "736588c9260f175e"}
    named = {
        "schema": "2.0", "header": {"event_id": "ev_0000", "event_type": "im.chat.updated_v1", "create_time": str(_START), "app_id": "cli_a1"},
        "event": {"chat_id": "oc_84586909", "operator_id": {"user_id": "chen.siyuan"}, "after_change": {"name": _GROUP}, "before_change": {"name": "新品"}},
    }  # fmt: skip
    post = {"title": "发布会分工", "content": [[{"tag": "text", "text": "物料\uff1a"}, {"tag": "at", "user_id": "@_user_1", "user_name": "林晓岚"}, {"tag": "text", "text": " 5月23日 18:00前到场"}], [{"tag": "text", "text": "嘉宾名单请大家抓紧确认"}]]}
    return _lines([
        named,
        event(1, "text", {"text": "@_user_1 请尽快把场地确认函发我\n谢谢"}, mentions=[lin]),
        event(2, "text", {"text": "@_user_1 收到\uff0c5月22日 12:00前发"}, by="lin.xiaolan", parent="om_0001", mentions=[chen]),
        event(3, "post", post, mentions=[lin]),
        event(4, "file", {"file_key": "file_v2_x", "file_name": "报价单.xlsx"}, by="lin.xiaolan"),
        event(4, "file", {"file_key": "file_v2_x", "file_name": "报价单.xlsx"}, by="lin.xiaolan"),
        {"schema": "2.0", "header": {"event_id": "ev_0009", "event_type": "im.message.message_read_v1", "create_time": str(_START)}, "event": {"reader": {"read_time": str(_START)}}},
    ])  # fmt: skip


def feishu_page() -> bytes:
    """Feishu: what GET /im/v1/messages answers with, the latest first."""

    def item(number: int, kind: str, content: str, **more: Any) -> Mapping[str, Any]:
        return {
            "message_id": f"om_{number:04}", "msg_type": kind, "create_time": str(_START + 60_000 * number), "update_time": str(_START + 60_000 * number), "deleted": False, "updated": False, "chat_id": "oc_5ce6d572",
            "sender": {"id": "ou_1", "id_type": "open_id", "sender_type": "user", "tenant_key": "736588c9260f175e"}, "body": {"content": content}, **more,
        }  # fmt: skip

    items = [
        item(3, "text", "This message was recalled", deleted=True),
        item(2, "text", _said({"text": "好的"}), root_id="om_0001", parent_id="om_0001"),
        item(1, "text", _said({"text": "样品尽快寄出\uff0c具体时间再说"})),
    ]
    return json.dumps({"code": 0, "msg": "success", "data": {"has_more": False, "page_token": "", "items": items}}, ensure_ascii=False, indent=2).encode()


def dingtalk_callbacks() -> bytes:
    """DingTalk: what a robot is called with, over HTTP and in a frame of Stream mode."""

    def callback(number: int, **more: Any) -> Mapping[str, Any]:
        return {
            "conversationId": "cidT3c", "atUsers": [{"dingtalkId": "$:LWCP_v1:$b", "staffId": "manager1"}], "chatbotUserId": "$:LWCP_v1:$r", "msgId": f"msg{number:03}", "senderNick": "何静宜", "isAdmin": False,
            "senderStaffId": "he.jingyi", "createAt": _START + 60_000 * number, "conversationType": "2", "senderId": "$:LWCP_v1:$s", "conversationTitle": "售后问题群", "isInAtList": True, "robotCode": "ding1", **more,
        }  # fmt: skip

    frame = {
        "specVersion": "1.0", "type": "CALLBACK", "headers": {"appId": "a", "contentType": "application/json", "messageId": "m", "time": str(_START), "topic": "/v1.0/im/bot/messages/get"},
        "data": json.dumps(callback(3, msgtype="text", text={"content": " 已联系客户\uff0c差不多下周能好"}, originalMsgId="msg001")),
    }  # fmt: skip
    return _lines([
        callback(1, msgtype="text", text={"content": " 客户来电\uff0c麻烦马上处理 "}),
        callback(2, msgtype="richText", content={"richText": [{"text": "现场照片\uff1a"}, {"type": "picture", "downloadCode": "x"}, {"text": "请5月22日 10:00前答复"}]}),
        frame,
        callback(4, msgtype="file", content={"fileName": "故障记录.docx", "downloadCode": "y"}),
    ])  # fmt: skip


def wecom_archive() -> bytes:
    """WeCom: the archive of conversations, decrypted; a client in the room, a bundle, a message taken back, one twice."""
    client = "wmErxtDgAA9AW32YyyuYRimKr7D1KWlw"

    def message(number: int, kind: str, content: Mapping[str, Any], **more: Any) -> Mapping[str, Any]:
        said = {"msgid": f"CAQQ{number:03}_external", "action": "send", "from": "zhao.minghui", "tolist": ["gu.beichen", client], "roomid": "wrjc7bDwAASxc8tZvBErFE02BtPWyAAA", "msgtime": _START + 60_000 * number, "msgtype": kind}
        return {**said, {"markdown": "info"}.get(kind, kind): content, **more}

    item = {"type": "ChatRecordText", "msgtime": _START // 1000 - 3600, "content": _said({"content": "第二批周五到货"}), "from_chatroom": True}
    return _lines([
        message(1, "text", {"content": "第二批货尽快发出\uff0c发货时间随后告知"}),
        message(1, "text", {"content": "第二批货尽快发出\uff0c发货时间随后告知"}),
        message(2, "text", {"content": "几号能到?"}, **{"from": client, "tolist": ["zhao.minghui", "gu.beichen"]}),
        message(3, "mixed", {"item": [{"type": "text", "content": _said({"content": "到货单如图\uff0c请抓紧核对"})}, {"type": "image", "content": _said({"md5sum": "a", "filesize": 20481, "sdkfileid": "s"})}]}),
        message(4, "chatrecord", {"title": "群聊的聊天记录", "item": [item]}),
        message(5, "file", {"md5sum": "b", "filename": "到货单.pdf", "fileext": "pdf", "filesize": 188_416, "sdkfileid": "s"}),
        message(6, "revoke", {"pre_msgid": "CAQQ003_external"}, action="recall"),
    ])  # fmt: skip


def own_system() -> bytes:
    """An export of a house's own system, whose keys the configuration maps."""
    rows = [
        {"mid": "1", "when": "2026/5/21 09:30", "who": {"nick": "江宁", "mail": "jiang.ning@example.cn"}, "room": {"label": "【财务部】预算评审20260521"}, "body": {"words": "预算表请大家尽快填完"}, "at": [{"nick": "唐可欣"}]},
        {"mid": "2", "when": "2026/5/21 09:41", "who": {"nick": "唐可欣", "mail": "tang.kexin@example.cn"}, "room": {"label": "【财务部】预算评审20260521"}, "body": {"words": "收到"}, "quote": {"mid": "1"}, "files": [{"label": "预算.xlsx"}]},
    ]
    return json.dumps({"export": {"rows": rows}}, ensure_ascii=False, indent=1).encode()


def wechat_copy() -> bytes:
    """WeChat: messages copied under lines with the day, one that quotes another."""
    return "—— 2026年5月21日 星期四 ——\n\n林晓岚 09:30\n样品尽快寄出\n\n陈思远 09:32\n\u300c林晓岚\uff1a样品尽快寄出\u300d\n- - - - - - - - - - - - - - -\n好的\n\n林晓岚 下午3:05\n[文件] 样品清单.xlsx\n".encode()


def qq_export() -> bytes:
    """QQ: what its manager of messages exports, in the charset of Chinese Windows."""
    rule = "=" * 64
    text = f"消息记录\uff08此消息记录为文本格式\uff0c不支持重新导入\uff09\n\n{rule}\n消息分组:我的QQ群\n{rule}\n消息对象:物业报修群\n{rule}\n\n2026-05-21 9:30:12 何静宜(100012)\n三楼空调坏了\uff0c麻烦尽快来修\n\n2026-05-21 9:41:05 【管理员】陆远舟<lu.yuanzhou@example.cn>\n5月21日 14:00到场\n"
    return text.replace("\n", "\r\n").encode("gbk")


def whatsapp_export() -> bytes:
    """WhatsApp: an exported chat, twelve-hour clock."""
    return b"5/21/26, 9:30 AM - Messages and calls are end-to-end encrypted. No one outside of this chat can read them.\n5/21/26, 9:31 AM - Grace Liu: Please send the samples ASAP\n5/21/26, 1:05 PM - Olive Tan: Will do by May 22, 18:00\n"


def line_export() -> bytes:
    """LINE: an exported chat in traditional script, tabs between time, name and text."""
    return "[LINE] 品管群組的聊天記錄\r\n儲存日期\uff1a2026/05/22 18:00\r\n\r\n2026/05/21\uff08四\uff09\r\n上午09:30\t王小明\t請盡快回覆檢驗結果\r\n下午01:05\t林美玲\t5月22日 12:00前回覆\r\n".encode()


MAKERS: dict[str, Callable[[], bytes]] = {
    "飞书事件.jsonl": feishu_events,
    "飞书会话.json": feishu_page,
    "钉钉机器人回调.jsonl": dingtalk_callbacks,
    "企业微信会话存档.jsonl": wecom_archive,
    "自有系统导出.json": own_system,
    "微信聊天.txt": wechat_copy,
    "QQ群消息记录.txt": qq_export,
    "WhatsApp群聊.txt": whatsapp_export,
    "LINE群組.txt": line_export,
}
