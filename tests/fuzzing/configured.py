"""Seeds of chats whose keys the configuration maps."""

from __future__ import annotations

import json

MAPPING = (("id", "mid"), ("time", "when"), ("sender", "who.nick"), ("group", "room.label"), ("text", "body.words"), ("mentions", "at[].nick"), ("files", "files[].label"), ("reply_to", "quote.mid"))

_ROW = {"mid": "1", "when": "2026/5/21 09:30", "who": {"nick": "张三"}, "room": {"label": "市场部"}, "body": {"words": "请尽快\n提交"}, "at": [{"nick": "李四"}], "files": [{"label": "a.xlsx"}]}
_ANSWER = {**_ROW, "mid": "2", "body": {"words": "收到"}, "quote": {"mid": "1"}}

SEEDS = (
    ("lines.jsonl", f"{json.dumps(_ROW, ensure_ascii=False)}\n{json.dumps(_ANSWER)}\n".encode()),
    ("page.json", json.dumps({"data": {"items": [_ROW, _ANSWER]}}, ensure_ascii=False, indent=1).encode()),
)
