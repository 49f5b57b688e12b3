"""Seeds of chats: logs as people copy them, JSON of platforms in China and of none."""

from __future__ import annotations

import json

from tests.sample_sources import chat_exports

_NEUTRAL = (
    b'{"id": "1", "time": 1779327000000, "chat": "g", "sender": {"name": "a"}, "text": "\\u5c3d\\ud83d\\ude00\\n", "mentions": ["b"]}\n{"id": "2", "time": "2026-05-21T09:30:00+08:00", "sender": "b", "text": "ok", "reply_to": "1"}\n{"text": "\\ud800", "type": "recall"}\n'
)
_ROBOT = json.dumps([
    {"msgid": "a", "aibotid": "A", "chatid": "C", "chattype": "group", "from": {"userid": "z"}, "msgtype": "text", "text": {"content": "好"}, "quote": {"msgtype": "text", "text": {"content": "原话"}}},
    {"msgid": "b", "aibotid": "A", "chattype": "single", "from": {"userid": "z"}, "msgtype": "mixed", "mixed": {"msg_item": [{"msgtype": "text", "text": {"content": "看"}}, {"msgtype": "image", "image": {"url": "u"}}]}},
], ensure_ascii=False).encode()  # fmt: skip
_LOG = "群聊\uff1a【市场部】新品20260521\n成员\uff1a张三、李四\n\n2026-05-21 09:30 张三: 请\n第二行\n[10:00] 李四\uff1a收到\n张三 2026/5/21 9:30\n\u300c李四\uff1a几点\u300d\n- - - -\n九点\n'王五'撤回了一条消息\n"
_BUNDLE = "—— 2026年5月21日 星期四 ——\n张三 09:30\n[聊天记录] 门店群的聊天记录\n  甲 05-21 09:00: 到货了\n  乙: 收到\n李四 上午9:31\n[文件] a.xlsx\nAna\n  9:32 AM\nhi\n"

SEEDS: tuple[tuple[str, bytes], ...] = (
    *((name, make()) for name, make in chat_exports.MAKERS.items() if name != "自有系统导出.json"),
    ("a.jsonl", _NEUTRAL),
    ("b.json", json.dumps([json.loads(line) for line in _NEUTRAL.splitlines()[:2]]).encode()),
    ("c.json", _ROBOT),
    ("d.chat", _LOG.encode()),
    ("e.chat", _BUNDLE.encode("gb18030")),
    ("f.chat", chat_exports.line_export()),
)
