"""Seeds of calendars: what Outlook, Google and phones write, and the parts that few files have."""

from __future__ import annotations

from tests.integrations.calendar_cases import CASES
from tests.integrations.test_calendar import invitation

_GOOGLE = (
    "BEGIN:VCALENDAR\r\nPRODID:-//Google Inc//Google Calendar 70.9054//EN\r\nVERSION:2.0\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\nX-WR-TIMEZONE:Asia/Shanghai\r\nBEGIN:VEVENT\r\nDTSTART:20260605T060000Z\r\nDTEND:20260605T073000Z\r\n"
    "DTSTAMP:20260601T010000Z\r\nUID:1@example.com\r\nATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE\r\n ;CN=lina@example.com;X-NUM-GUESTS=0:mailto:lina@example.com\r\n"
    "DESCRIPTION:议程\uff1a<br>1. 总结<br>请<b>尽快</b>准备&nbsp;材料\r\nLOCATION:三楼会议室\\, 北京\r\nSEQUENCE:0\r\nSTATUS:CONFIRMED\r\nSUMMARY:复盘会\r\nATTACH;ENCODING=BASE64;VALUE=BINARY;FILENAME=a.md:IyDorq7nqIs=\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


_OWN_ZONE, _FOLDED, _RECURRING, _TODO = (_bytes(CASES[name].content) for name in ("zone of the file's own, in summer", "folds inside characters", "recurring", "to-do"))

SEEDS: tuple[tuple[str, bytes], ...] = (
    ("谷歌日历.ics", _GOOGLE.encode()),
    ("自定时区.ics", _OWN_ZONE),
    ("折行.ics", _FOLDED),
    ("循环.ics", _RECURRING),
    ("待办.ics", _TODO),
    ("邀请.eml", invitation("各位\uff0c请尽快准备。\n", _GOOGLE)),
)
