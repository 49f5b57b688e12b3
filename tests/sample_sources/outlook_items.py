"""Records as Outlook and calendars keep them: an invitation as .ics and as a mail, a mail as .msg, a mail with a winmail.dat."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from making.msg import APPOINTMENT, Made, msg
from making.tnef import tnef

if TYPE_CHECKING:
    from email.mime.multipart import MIMEMultipart

_NOTICE = (
    "各位同事\uff1a",
    "请大家准时参加二季度渠道复盘会\uff0c并尽快准备各自的材料。",
    "会议议程\uff1a",
    "1. 渠道数据回顾\uff0820分钟\uff09",
    "2. 下季度计划",
)
_ZONE = "BEGIN:VTIMEZONE\r\nTZID:China Standard Time\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0800\r\nTZOFFSETTO:+0800\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
_MINUTES = (
    "# 渠道复盘会纪要\n\n- 会议主题\uff1a渠道复盘\n- 会议时间\uff1a2026-05-20 14:00-15:00\n- 会议地点\uff1a三楼会议室\n- 参会人员\uff1a林晓岚、顾北辰\n- 记录人\uff1a江宁\n\n## 行动项\n\n"
    "| 任务 | 负责人 | 完成时限 |\n| --- | --- | --- |\n| 核对渠道名单 | 顾北辰 | 2026-05-22 18:00 |\n| 整理报价 |  | 尽快 |\n"
)
_RTF = (
    "{\\rtf1\\ansi\\ansicpg936\\fromtext \\deff0{\\fonttbl{\\f0\\fnil\\fcharset134 SimSun;}}\\uc1\\pard\\plain \\f0 "
    + "".join(f"\\u{ord(character) - 65536 if ord(character) > 32767 else ord(character)}?" if character != "\n" else "\\par " for character in "江宁\uff1a\n复盘会纪要见附件\uff0c请尽快确认。\n顾北辰")
    + "}"
)


def calendar() -> bytes:
    """An invitation as Outlook saves it: the zone by the name that Windows gives it, long lines folded at 75 bytes."""
    text = "\\n".join(line.replace(",", "\\,").replace(";", "\\;") for line in _NOTICE)
    lines = (
        "BEGIN:VCALENDAR", "PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN", "VERSION:2.0", "METHOD:REQUEST", _ZONE.rstrip(), "BEGIN:VEVENT", "CLASS:PUBLIC",
        "DTSTAMP:20260521T013000Z", "UID:040000008200E00074C5B7101A82E00800000000A1@example.com", "SEQUENCE:0", "SUMMARY;LANGUAGE=zh-cn:二季度渠道复盘会",
        "ORGANIZER;CN=林晓岚:mailto:linxiaolan@example.com", "ATTENDEE;CN=顾北辰;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:gubeichen@example.com", "ATTENDEE;CN=江宁;ROLE=OPT-PARTICIPANT;RSVP=TRUE:mailto:jiangning@example.com",
        "DTSTART;TZID=China Standard Time:20260522T140000", "DTEND;TZID=China Standard Time:20260522T150000", "LOCATION:三楼会议室", f"DESCRIPTION:{text}", "STATUS:CONFIRMED",
        "BEGIN:VALARM", "TRIGGER:-PT15M", "ACTION:DISPLAY", "DESCRIPTION:Reminder", "END:VALARM", "END:VEVENT", "END:VCALENDAR",
    )  # fmt: skip
    return b"".join(_folded(line.encode()) + b"\r\n" for line in lines)


def _folded(line: bytes) -> bytes:
    """A content line in pieces of 75 bytes, whatever they cut."""
    if b"\r\n" in line:
        return line
    return b"\r\n ".join((line[:75], *(line[at : at + 74] for at in range(75, len(line), 74))))


def invitation() -> bytes:
    """The same as a mail: text, HTML and the calendar entry say it three times."""
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    mail = _enveloped(MIMEMultipart("alternative", boundary="=_invitation"), "邀请: 二季度渠道复盘会", "<20260521.1@example.com>")
    mail.attach(MIMEText("\r\n".join(_NOTICE) + "\r\n", "plain", "utf-8"))
    mail.attach(MIMEText("<html><body>" + "".join(f"<p>{line}</p>" for line in _NOTICE) + "</body></html>", "html", "utf-8"))
    entry = MIMEText(calendar().replace(b"\r\n ", b"").decode(), "calendar", "utf-8")  # folds may cut characters, and a text may not
    entry.set_param("method", "REQUEST")
    mail.attach(entry)
    return mail.as_bytes()


def item() -> bytes:
    """A mail saved from Outlook, with minutes and a mail attached."""
    own = {
        0x001A: "IPM.Note", 0x0037: "渠道名单核对进度", 0x0039: datetime(2026, 5, 21, 2, 0, tzinfo=UTC), 0x0017: 2, 0x1035: "<20260521.2@example.com>",
        0x1000: "江宁\uff1a\r\n渠道名单请抓紧核对\uff0c纪要见附件。\r\n\r\n顾北辰\r\n市场部\r\n电话\uff1a010-5555 0102\r\n",
        0x0C1A: "顾北辰", 0x0C1E: "EX", 0x0C1F: "/O=EXAMPLE/OU=CN/CN=GUBEICHEN", 0x5D01: "gubeichen@example.com",
    }  # fmt: skip
    people = ({0x0C15: 1, 0x3001: "江宁", 0x3003: "jiangning@example.com"}, {0x0C15: 2, 0x3001: "林晓岚", 0x3003: "linxiaolan@example.com"})
    inner = Made({0x001A: "IPM.Note", 0x0037: "报价单", 0x1000: "顾北辰\uff1a\r\n报价单尽快发您。\r\n\r\n何静宜\r\n", 0x0039: datetime(2026, 5, 20, 3, 0, tzinfo=UTC), 0x0C1A: "何静宜", 0x0C1F: "hejingyi@partner.example"})
    return msg(Made(own, people, (({0x3707: "渠道复盘会纪要.md", 0x370E: "text/markdown", 0x0E20: len(_MINUTES.encode())}, _MINUTES.encode()), ({0x3001: "报价单", 0x0E20: 3072}, inner))))


def called() -> bytes:
    """An invitation saved from Outlook: time, place and people are properties."""
    own = {
        0x001A: "IPM.Schedule.Meeting.Request", 0x0037: "预算评审会", 0x0E1D: "预算评审会", 0x0039: datetime(2026, 5, 21, 2, 0, tzinfo=UTC), 0x1000: "请各部门准备预算表\uff0c最迟5月25日18:00前发我。\r\n",
        0x0C1A: "林晓岚", 0x0C1F: "linxiaolan@example.com", (APPOINTMENT, 0x820D): datetime(2026, 5, 27, 6, 0, tzinfo=UTC), (APPOINTMENT, 0x820E): datetime(2026, 5, 27, 7, 0, tzinfo=UTC), (APPOINTMENT, 0x8208): "五楼会议室",
    }  # fmt: skip
    return msg(Made(own, ({0x0C15: 1, 0x3001: "顾北辰", 0x3003: "gubeichen@example.com"},)))


def rich() -> bytes:
    """A mail of somebody who writes rich text: the minutes are in a winmail.dat."""
    from email.mime.application import MIMEApplication
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    mail = _enveloped(MIMEMultipart(boundary="=_rich"), "渠道复盘会纪要", "<20260521.3@example.com>")
    mail.attach(MIMEText("江宁\uff1a\r\n复盘会纪要见附件\uff0c请尽快确认。\r\n顾北辰\r\n", "plain", "utf-8"))
    raw = _RTF.encode("ascii")
    packed = (len(raw) + 12).to_bytes(4, "little") + len(raw).to_bytes(4, "little") + b"MELA" + bytes(4) + raw
    inside = tnef(Made({0x0037: "渠道复盘会纪要", 0x1009: packed}, (), (({0x3704: "JIYAO~1.MD", 0x3707: "渠道复盘会纪要.md", 0x370E: "text/markdown"}, _MINUTES.encode()),)))
    part = MIMEApplication(inside, "ms-tnef", name="winmail.dat")
    part.add_header("Content-Disposition", "attachment", filename="winmail.dat")
    mail.attach(part)
    return mail.as_bytes()


def _enveloped(mail: MIMEMultipart, subject: str, message_id: str) -> MIMEMultipart:
    from email.utils import formataddr

    mail["From"], mail["To"], mail["Date"] = formataddr(("顾北辰", "gubeichen@example.com")), formataddr(("江宁", "jiangning@example.com")), "Thu, 21 May 2026 10:00:00 +0800"
    mail["Subject"], mail["Message-ID"] = subject, message_id
    return mail


MAKERS: dict[str, Callable[[], bytes]] = {"渠道复盘会.ics": calendar, "会议邀请.eml": invitation, "渠道名单核对进度.msg": item, "预算评审会.msg": called, "富文本邮件.eml": rich}
