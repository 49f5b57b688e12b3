"""Calendars: what each entry is, when, where and with whom; where its texts stand in the file; and whatever bytes somebody sends."""

from __future__ import annotations

import sys
from datetime import UTC
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from attrs import evolve
from commlint_mail.calendar import IcsReader
from commlint_mail.reader import EmlReader
from hypothesis import example, given
from hypothesis import strategies as st

from commlint import Linter
from commlint.errors import RecordError
from commlint.model.environment import Coverage, Limits
from commlint.model.record import Kind, Record
from commlint.model.source import Source
from tests.integrations.calendar_cases import (
    CASES,
    ORGANISED,
    OUTLOOK_ZONE,
    at,
    event,
    facts,
    items,
    moment,
    said,
    truth,
)
from tests.integrations.readings import ENVIRONMENT, line_of, part, seen


def one(content: str | bytes) -> Record:
    """The one record of a calendar."""
    found = [item for item in items(content) if isinstance(item, Record)]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("name", CASES)
def test_a_calendar_says_when_what_and_with_whom(name: str) -> None:
    """Start and end are the instants that were meant, in any way of naming a zone; what is no notice is told apart; damage is told."""
    assert said(CASES[name]) == truth(CASES[name])


def test_people_and_identity() -> None:
    """The organiser sends, the required are addressed, the optional copied; the UID ties updates together."""
    record = one(event("DTSTART:20260605T060000Z", *ORGANISED, "ATTENDEE;CN=王敏, 市场部:mailto:wangmin@example.com"))
    assert record.sender is not None
    assert (record.sender.name, record.sender.address) == ("王敏, 市场部", "wangmin@example.com")
    assert [party.address for party in record.to] == ["lina@example.com"]
    assert [party.name for party in record.cc] == ["张伟"]
    assert (record.conversation.id, record.conversation.thread) == ("u1", "u1")
    assert record.sent_at == at(6, 1, 1, zone=UTC)
    assert not record.inline_suppressions


def test_offsets_are_those_of_the_file() -> None:
    """What stands in a calendar is found in its text by offset as by line."""
    content = event("DTSTART:20260605T060000Z", "DESCRIPTION:请尽快")
    (found,) = Linter(changes={"select": ["vague-deadline"]}).check_source(Source("a.ics", content.encode())).findings
    assert content[found.location.start.offset : found.location.end.offset] == "尽快"
    assert content.encode()[found.location.start.utf8 : found.location.end.utf8].decode() == "尽快"


def test_what_is_only_kept_was_sent_when_it_was_made() -> None:
    """The stamp of an export is that of the export."""
    assert one(event("CREATED:20260501T010000Z", "DTSTART:20260605T060000Z", method="PUBLISH")).sent_at == at(5, 1, 9)


def test_texts_stand_where_they_stand_in_the_file() -> None:
    """Folds and escapes are undone, and every character is found again on its line of the file."""
    record = one(event("DTSTART:20260605T060000Z", "DESCRIPTION:第一行\\n第二\\, 行\\n材料\r\n 请尽\r\n\t快提交"))
    body = part(record, "body")
    assert body.text == "第一行\n第二, 行\n材料请尽快提交"
    assert seen(body, ", ") == "\\, "
    assert seen(body, "请尽快") == "请尽\r\n\t快"
    assert [line_of(body, word) for word in ("第一行", "请", "快")] == [9, 10, 11]


@pytest.mark.parametrize("many", [1, 300])
def test_each_entry_is_a_record(many: int) -> None:
    """Of several entries each has a number and the lines of the file, however long that is."""
    entry = "BEGIN:VEVENT\nUID:{0}\nSUMMARY:会议{0}\nDTSTART:20260605T060000Z\nBEGIN:VALARM\nSUMMARY:提醒\nEND:VALARM\nEND:VEVENT\n"
    found = [item for item in items("BEGIN:VCALENDAR\n" + "".join(map(entry.format, range(1, 2 * many + 1))) + "END:VCALENDAR\n") if isinstance(item, Record)]
    subjects = [part(record, "subject") for record in found]
    lines = [line_of(subject, "会议") + subject.view.first_line - 1 for subject in subjects]
    assert [(record.name, subject.text, line) for record, subject, line in zip(found, subjects, lines, strict=True)] == [(str(number), f"会议{number}", 8 * number - 4) for number in range(1, 2 * many + 1)]


def test_html_stands_in_where_there_is_no_text() -> None:
    """The HTML of Outlook and Google is read as what is seen of it, with the way back to the file."""
    record = one(event("DTSTART:20260605T060000Z", "X-ALT-DESC;FMTTYPE=text/html:<html><body><p>议程</p><p>请尽快\\, 谢谢</p></body></html>"))
    assert part(record, "body").text.split() == ["议程", "请尽快,", "谢谢"]
    assert seen(part(record, "body"), "请尽快") == "请尽快"


def test_html_beyond_the_limit_is_told() -> None:
    """What is longer is read up to the limit, and a failure names it."""
    long = event("DTSTART:20260605T060000Z", "X-ALT-DESC;FMTTYPE=text/html:" + "<p>请尽快</p>" * 100)
    record, refused = IcsReader().read(Source("a.ics", long.encode()), evolve(ENVIRONMENT, limits=Limits(html=50)))
    assert isinstance(record, Record)
    assert isinstance(refused, RecordError)
    assert (len(part(record, "body").text) < 50, refused.slug, "limits.html" in refused.help) == (True, "mail-limit", True)


def test_lines_that_somebody_broke_by_hand_are_kept() -> None:
    """A line that is no property goes on with the one above."""
    assert part(one(event("DTSTART:20260605T060000Z", "DESCRIPTION:议程\uff1a", "一、总结", "", "二、预算")), "body").text == "议程\uff1a\n一、总结\n\n二、预算"


@pytest.mark.parametrize("charset", ["utf-8-sig", "gb18030", "utf-16"])
def test_the_charset_is_that_of_the_bytes(charset: str) -> None:
    """Calendars are in UTF-8, but for those that are not."""
    assert part(one(event("DTSTART:20260605T060000Z", "DESCRIPTION:请各位同事准备材料").encode(charset)), "body").text == "请各位同事准备材料"


def test_quoted_texts_of_old_calendars() -> None:
    """vCalendar 1.0 quotes the bytes of texts, over lines that end in "="."""
    record = one(event("DTSTART:20260605T060000Z", "DESCRIPTION;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E8=AF=B7=", "=E5=B0=BD=E5=BF=AB=0D=0A=E8=B0=A2=E8=B0=A2"))
    assert part(record, "body").text == "请尽快\n谢谢"
    assert line_of(part(record, "body"), "请") == 9


def test_rooms_and_online_meetings_are_places() -> None:
    """Where LOCATION says nothing, the room that is invited or the address of the online meeting does."""
    room = event("DTSTART:20260605T060000Z", "ATTENDEE;CUTYPE=ROOM;CN=三楼会议室:mailto:room@example.com")
    online = event("DTSTART:20260605T060000Z", "LOCATION: ", "X-MICROSOFT-SKYPETEAMSMEETINGURL:https://meet.example.com/1")
    assert [facts(one(content)).get("location") for content in (room, online)] == ["三楼会议室", "https://meet.example.com/1"]


def test_files_in_a_calendar() -> None:
    """What is linked to is named; what stands in the calendar is a source of its own."""
    found = items(event("DTSTART:20260605T060000Z", "ATTACH;FMTTYPE=application/pdf:https://files.example.com/%E9%A2%84/plan.pdf", "ATTACH;ENCODING=BASE64;VALUE=BINARY;FILENAME=../议程.md;FMTTYPE=text/markdown:IyDorq7nqIs="))
    record = next(item for item in found if isinstance(item, Record))
    assert [(file.name, file.linked) for file in record.attachments] == [("plan.pdf", True), ("议程.md", False)]
    assert [(item.uri, item.content.decode()) for item in found if isinstance(item, Source)] == [("a.ics!/议程.md", "# 议程")]


# rules


def _findings(name: str, content: bytes, *, rules: str) -> list[tuple[str, int, int]]:
    found = Linter(changes={"select": rules.split()}).check_source(Source(name, content)).findings
    return sorted((each.rule, each.location.start.line, each.location.start.column) for each in found)


def test_rules_know_what_the_calendar_states() -> None:
    """Time, place and people that are properties are not missed in the text; an agenda that nobody wrote is; the lead is counted from DTSTART."""
    lines = ("DTSTART;TZID=Asia/Shanghai:20260603T140000", "LOCATION:三楼会议室", *ORGANISED)
    bare, written = event(*lines), event(*lines, "DESCRIPTION:会议议程\uff1a总结上月工作\uff0820分钟\uff09")
    assert _findings("a.ics", bare.encode(), rules="meeting-notice-fields meeting-notice-lead") == [("meeting-notice-fields", 7, 9), ("meeting-notice-lead", 7, 9)]
    assert _findings("a.ics", written.encode(), rules="meeting-notice-fields") == []
    assert _findings("a.ics", event(*lines, method="CANCEL").encode(), rules="meeting-notice-fields meeting-notice-lead") == []


def test_a_meeting_that_was_called_off_needs_no_minutes() -> None:
    """A cancellation behind the last notice ends what is asked of a meeting; one before it, or an answer, does not."""
    lines = ("DTSTART:20260605T060000Z", "DTEND:20260605T070000Z")
    notice = one(event(*lines))
    later, earlier = (one(event(*lines, method="CANCEL").replace("DTSTAMP:20260601", f"DTSTAMP:{day}")) for day in ("20260602", "20260531"))
    answer = one(event(*lines, "ATTENDEE;PARTSTAT=DECLINED:mailto:lina@example.com", method="REPLY").replace("DTSTAMP:20260601", "DTSTAMP:20260602"))
    linter = Linter(changes={"select": ["minutes-deadline"], "coverage": Coverage(at(5, 1), at(7, 1))}, as_of=at(6, 30))
    found = [len(linter.check_records([notice, *more]).findings) for more in ((), (later,), (earlier,), (answer,))]
    assert found == [1, 0, 1, 1]


# mails that bring a calendar along


def invitation(text: str | None, calendar: str) -> bytes:
    """A mail as calendars send it: the text, and the same as text/calendar."""
    mail = MIMEMultipart("alternative")
    mail["Subject"], mail["From"], mail["To"], mail["Date"], mail["Message-ID"] = "邀请: 复盘会", "wangmin@example.com", "lina@example.com", "Mon, 01 Jun 2026 09:00:00 +0800", "<1@example.com>"
    if text is not None:
        mail.attach(MIMEText(text, "plain", "utf-8"))
    part = MIMEText(calendar, "calendar", "utf-8")
    part.set_param("method", "REQUEST")
    mail.attach(part)
    return mail.as_bytes()


def _mailed(text: str | None, description: str) -> list[object]:
    calendar = event("DTSTART:20260605T060000Z", f"DESCRIPTION:{description}")
    return list(EmlReader().read(Source("a.eml", invitation(text, calendar)), ENVIRONMENT))


def test_a_mail_and_its_calendar_entry_are_one_notice() -> None:
    """A text that both have is read once, with the facts of the entry."""
    (record,) = _mailed("各位\uff0c请尽快准备。\n1. 总结\n\n会议链接见下。\n", "各位\uff0c请尽快准备。\\n1. 总结")
    assert isinstance(record, Record)
    assert (record.kind, moment(record, "start"), record.conversation.id, record.conversation.thread) == (Kind.MEETING_NOTICE, at(6, 5, 14), "<1@example.com>", "u1")
    assert part(record, "body").view.label == "body"


def test_what_only_the_entry_says_stands_in_the_entry() -> None:
    """Where the mail has no text, that of the entry is the text of the notice, at its place in the entry."""
    (record,) = _mailed(None, "请尽快准备。")
    assert isinstance(record, Record)
    body = part(record, "body")
    assert (record.kind, body.text, body.view.label, line_of(body, "请") + body.view.first_line - 1) == (Kind.MEETING_NOTICE, "请尽快准备。", "calendar", 9)


def test_a_mail_about_something_else_is_a_record_of_its_own() -> None:
    """Where each says what the other does not, both are read."""
    first, second = _mailed("另外\uff0c周报请今天交。", "请尽快准备。")
    assert isinstance(first, Record)
    assert isinstance(second, Source)
    assert (first.kind, second.media_type) == (Kind.EMAIL, "text/calendar")


# hostile bytes


def test_the_library_is_asked_for_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where icalendar is missing, only calendars whose zones need it are not read, and both languages say what to install."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "icalendar"] + ["icalendar", "icalendar.timezone.windows_to_olson"]:
        monkeypatch.setitem(sys.modules, name, None)
    assert moment(one(CASES["zone of the database"].content), "start") == at(6, 5, 14)
    with pytest.raises(RecordError) as refused:
        items(CASES["zone as Windows calls it"].content)
    assert refused.value.slug == "extra-missing"
    assert all("commlint[mail]" in refused.value.said(lang)[1] for lang in ("zh", "en"))
    mail, entry = EmlReader().read(Source("a.eml", invitation("请看日历。", str(CASES["zone as Windows calls it"].content))), ENVIRONMENT)
    assert (isinstance(mail, Record), isinstance(entry, Source)) == (True, True)  # the mail is read all the same


def _sound(content: bytes) -> None:
    try:
        found = items(content)
    except RecordError as error:
        found = [error]
    for item in found:
        if isinstance(item, Record):
            assert all(run.source.end <= len(each.view.text) for each in item.parts for run in each.source_map.runs)
        elif isinstance(item, RecordError):
            assert all(said for lang in ("zh", "en") for said in item.said(lang))


def test_cut_off_anywhere() -> None:
    """A calendar that breaks off at any byte gives what is there, or says that it is damaged."""
    whole = event("DTSTART;TZID=China Standard Time:20260605T140000", *ORGANISED, "DESCRIPTION:请尽快\\n\\,", before=OUTLOOK_ZONE).encode()
    for end in range(len(whole)):
        _sound(whole[:end])


@pytest.mark.parametrize(
    "content",
    [
        "BEGIN:VEVENT\n" * 10_000,
        "BEGIN:X\n" * 50_000 + "END:X\n" * 50_000,
        "BEGIN:VEVENT\n" + "ATTENDEE:mailto:a@example.com\n" * 100_000,
        "BEGIN:VEVENT\nDESCRIPTION:" + "x\n " * 50_000,
        "BEGIN:VEVENT\nDESCRIPTION:" + "\\n\\" * 20_000,
        "BEGIN:VEVENT\nSUMMARY" + ';A="' * 50_000 + ":x",
        "BEGIN:VEVENT\nDTSTART;TZID=" + "a/" * 50_000 + ":20260605T140000",
        event("DTSTART;TZID=X:99990605T140000", before="BEGIN:VTIMEZONE\r\nTZID:X\r\n" + "BEGIN:STANDARD\r\nDTSTART:00010101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\n" * 10_000 + "END:VTIMEZONE\r\n"),
        event("DTSTART:20260605T060000Z", "DURATION:P99999999999D"),
        event("DTSTART:20260605T060000Z", "DURATION:P99999W99999D"),
        event("DTSTART:99991231T240000"),
        event("DTSTART;VALUE=DATE:99991231"),
    ],
    ids=lambda content: content[:40].replace("\r\n", " "),
)  # fmt: skip
def test_whatever_somebody_sends(content: str) -> None:
    """Depth, counts and rules without end: only records and declared errors, in the time that the size of the file takes."""
    _sound(content.encode())


@given(st.one_of(st.binary(max_size=300), st.text(alphabet="BEGINVEVENTD\r\n :;=\\\"é中TZID", max_size=300).map(str.encode)))
@example(b"BEGIN:VEVENT\nSUMMARY:\xe4\n \xbd\xa0")
@example(b"\xff\xfeB")
@example(b"BEGIN:VEVENT\n\n x")
def test_any_bytes(content: bytes) -> None:
    """Only records, sources and declared errors."""
    _sound(content)
