"""Seeds of chat exports: Slack, Mattermost, Telegram, Discord and Teams as files, and those of several files in a zip."""

from __future__ import annotations

import json

from tests.sample_sources import workspaces as made

_DAY = made.slack()[f"{made.GROUP}/2026-05-20.json"]
_ODD = {
    "name": "群", "type": "private_supergroup", "id": 5,
    "messages": [
        {"id": 1, "type": "service", "date": "2026-05-20T09:00:00", "actor": None, "action": "topic_created", "title": "搭建"},
        {"id": 2, "type": "message", "date_unixtime": "1779240000", "from": None, "from_id": "user9", "text": "", "poll": {"question": "周五可以吗", "answers": [{"text": "可以", "voters": 1}]}},
        {"id": 3, "type": "message", "date_unixtime": 1779240000, "from": "甲", "text": [{"type": "blockquote", "text": "> 引用\r\n"}, "尽快 \ud83d\ude00"], "reply_to_message_id": 1, "media_type": "voice_message", "file": "(File not included)"},
        {"date_unixtime": "x"}, None,
    ],
}  # fmt: skip
_CHAT = {"id": "19:a@thread.v2", "topic": "交付", "chatType": "group", "members": [{"userId": "u-he", "displayName": "何静宜", "email": "h@example.cn"}], "messages": made.teams_messages()}

SEEDS: tuple[tuple[str, bytes], ...] = (
    ("2026-05-20.json", _DAY),
    ("2026-05-21.json", made.slack()[f"{made.GROUP}/2026-05-21.json"]),
    ("history.json", json.dumps({"ok": True, "messages": json.loads(_DAY)}, ensure_ascii=False).encode()),
    ("slack.zip", made.zipped(made.slack())),
    ("import.jsonl", made.mattermost()),
    ("mattermost.zip", made.zipped({"import.jsonl": made.mattermost(), "data/a.jpg": b"\xff\xd8"})),
    ("result.json", made.telegram()),
    ("account.json", made.telegram(account=True)),
    ("odd.json", json.dumps(_ODD).encode()),
    ("channel.json", made.discord()),
    ("package.zip", made.zipped(made.discord_package())),
    ("teams.json", made.teams()),
    ("teams.jsonl", made.teams_lines()),
    ("chat.json", json.dumps([_CHAT], indent=2).encode("utf-16")),
)
