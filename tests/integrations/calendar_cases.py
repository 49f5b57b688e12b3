"""Calendars as programs write and break them, each with what it says: when, where, with whom, and what kind of message it is."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo

from attrs import frozen
from commlint_mail.calendar import IcsReader

from commlint.errors import RecordError
from commlint.model.protocols import Item
from commlint.model.record import Kind, Record
from commlint.model.source import Source
from tests.integrations.readings import ENVIRONMENT

CHINA = timezone(timedelta(hours=8))


def at(month: int, day: int, hour: int = 0, minute: int = 0, *, zone: tzinfo = CHINA) -> datetime:
    """A time of 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=zone)


def event(*lines: str, method: str = "REQUEST", before: str = "") -> str:
    """A calendar with one event of these lines."""
    head = f"METHOD:{method}\r\n" if method else ""
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", f"{head}{before}BEGIN:VEVENT", "UID:u1", "DTSTAMP:20260601T010000Z", "SUMMARY:复盘会", *lines, "END:VEVENT", "END:VCALENDAR", ""))


def items(content: str | bytes, uri: str = "a.ics") -> list[Item]:
    """All that the reader comes across."""
    raw = content if isinstance(content, bytes) else content.encode()
    return list(IcsReader().read(Source(uri, raw), ENVIRONMENT))


def facts(record: Record) -> dict[str, str]:
    """What is stated of the meeting, the first of each."""
    return dict(reversed([(key.partition(".")[2], value) for key, value in record.meta]))


def moment(record: Record, name: str) -> datetime | None:
    """A stated time."""
    written = facts(record).get(name)
    return datetime.fromisoformat(written) if written else None


@frozen
class Case:
    """A calendar and what it says: start and end, the kind, and other facts."""

    content: str | bytes
    start: datetime | None = None
    end: datetime | None = None
    kind: Kind = Kind.MEETING_NOTICE
    told: tuple[tuple[str, str], ...] = ()
    wrong: str = ""


OUTLOOK_ZONE = (
    "BEGIN:VTIMEZONE\r\nTZID:Customized Time Zone\r\nBEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\n"
    "BEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n"
)
_LONG = "DESCRIPTION:" + "会议议程\uff1a一、总结上月工作\\, 二、讨论预算\\; 三、其他事项" * 3
_FOLDED = b"\r\n ".join(_LONG.encode()[at : at + 50] for at in range(0, len(_LONG.encode()), 50))  # folds inside characters
ORGANISED = ('ORGANIZER;CN="王敏, 市场部":mailto:wangmin@example.com', "ATTENDEE;CN=李娜;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=TRUE:mailto:lina@example.com", "ATTENDEE;CN=张伟;ROLE=OPT-PARTICIPANT:mailto:zw@example.com")

CASES: dict[str, Case] = {
    "utc": Case(event("DTSTART:20260605T060000Z", "DTEND:20260605T073000Z"), at(6, 5, 14), at(6, 5, 15, 30)),
    "zone of the database": Case(event("DTSTART;TZID=Asia/Shanghai:20260605T140000", "DTEND;TZID=Asia/Shanghai:20260605T150000"), at(6, 5, 14), at(6, 5, 15)),
    "zone as Windows calls it": Case(event("DTSTART;TZID=China Standard Time:20260605T140000"), at(6, 5, 14)),
    "zone with a vendor's prefix": Case(event("DTSTART;TZID=/example.com/20050126_1/Europe/Berlin:20260605T140000"), at(6, 5, 20)),
    "zone of the file's own, in summer": Case(event('DTSTART;TZID="Customized Time Zone":20260605T140000', before=OUTLOOK_ZONE), at(6, 5, 20)),
    "zone of the file's own, in winter": Case(event('DTSTART;TZID="Customized Time Zone":20260105T140000', before=OUTLOOK_ZONE), at(1, 5, 21)),
    "zone that is an offset": Case(event('DTSTART;TZID="(UTC+08:00) 北京\uff0c重庆":20260605T140000'), at(6, 5, 14)),
    "floating": Case(event("DTSTART:20260605T140000", "DURATION:PT1H30M"), at(6, 5, 14), at(6, 5, 15, 30)),
    "all day": Case(event("DTSTART;VALUE=DATE:20260605", method=""), at(6, 5), at(6, 6), told=(("all_day", "true"),)),
    "folds inside characters": Case(event("DTSTART:20260605T060000Z").encode().replace(b"END:VEVENT", _FOLDED + b"\r\nEND:VEVENT"), at(6, 5, 14)),
    "quoted parameters, roles": Case(event("DTSTART:20260605T060000Z", *ORGANISED), at(6, 5, 14), told=(("organiser", "王敏, 市场部 <wangmin@example.com>"), ("attendee", "李娜 <lina@example.com>; role=REQ-PARTICIPANT; partstat=ACCEPTED; rsvp=true"))),
    "recurring": Case(event("DTSTART:20260605T060000Z", "RRULE:FREQ=SECONDLY", "LOCATION:三楼\\, 会议室"), at(6, 5, 14), told=(("recurrence", "FREQ=SECONDLY"), ("location", "三楼, 会议室"))),
    "cancelled by method": Case(event("DTSTART:20260605T060000Z", "SEQUENCE:2", method="CANCEL"), at(6, 5, 14), kind=Kind.MEETING_EVENT, told=(("event", "cancelled"), ("sequence", "2"))),
    "cancelled by status": Case(event("DTSTART:20260605T060000Z", "STATUS:CANCELLED", method="PUBLISH"), at(6, 5, 14), kind=Kind.MEETING_EVENT, told=(("event", "cancelled"),)),
    "answer": Case(event("DTSTART:20260605T060000Z", "ATTENDEE;PARTSTAT=DECLINED;CN=李娜:mailto:lina@example.com", method="REPLY"), at(6, 5, 14), kind=Kind.MEETING_EVENT, told=(("event", "declined"),)),
    "to-do": Case("BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:t\nSUMMARY:交预算\nDUE:20260605T100000Z\nEND:VTODO\nEND:VCALENDAR\n", None, at(6, 5, 18), kind=Kind.TASK),
    "truncated": Case(event("DTSTART:20260605T060000Z", "DESCRIPTION:请尽快").partition("END:VEVENT")[0][:-3], at(6, 5, 14), wrong="damaged-file"),
    "no such day": Case(event("DTSTART:20261345T060000Z"), None, wrong="damaged-file"),
}


def said(case: Case) -> tuple[object, ...]:
    """What commlint reads in it: start, end and kind, those facts that the truth names, what was damaged."""
    found = items(case.content)
    record = next(item for item in found if isinstance(item, Record))
    told = tuple((key, facts(record).get(key)) for key, _ in case.told)
    return moment(record, "start"), moment(record, "end"), record.kind, told, [item.slug for item in found if isinstance(item, RecordError)]


def truth(case: Case) -> tuple[object, ...]:
    """The same as it should be."""
    return case.start, case.end, case.kind, case.told, [case.wrong] if case.wrong else []
