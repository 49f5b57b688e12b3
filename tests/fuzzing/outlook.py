"""Seeds of Outlook items: mails with files and mails in them, meetings, bodies in RTF; in Unicode and in a code page."""

from __future__ import annotations

from tests.integrations.test_outlook import FROM_HTML, MAIL, call, packed
from tests.making.msg import Made, msg

SEEDS: tuple[tuple[str, bytes], ...] = (
    ("邮件.msg", msg(MAIL)),
    ("旧邮件.msg", msg(MAIL, code_page=936)),
    ("会议.msg", msg(call("IPM.Schedule.Meeting.Request"))),
    ("格式文本.msg", msg(Made({0x001A: "IPM.Note", 0x0037: "进度", 0x1009: packed(FROM_HTML)}))),
)
