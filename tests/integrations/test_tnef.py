"""winmail.dat: what is attached comes out, and the mail in it and the mail around it are one record."""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import formataddr

import pytest
from commlint_mail.outlook import TnefReader
from commlint_mail.reader import EmlReader
from hypothesis import given
from hypothesis import strategies as st

from commlint.errors import RecordError
from commlint.model.protocols import Reader
from commlint.model.record import Kind, Record
from commlint.model.source import Source
from tests.integrations.readings import ENVIRONMENT, part
from tests.integrations.test_outlook import FROM_HTML, packed
from tests.making.msg import APPOINTMENT, Made
from tests.making.tnef import tnef

_FILES = (
    ({0x3704: "会议~1.MD", 0x3707: "会议纪要.md", 0x370E: "text/markdown"}, "# 会议纪要\n请尽快。\n".encode()),
    ({0x3001: "转来的邮件"}, Made({0x001A: "IPM.Note", 0x0037: "供应商来信", 0x1000: "请回复。"})),
)
ITEM = Made({0x0037: "采购进度", 0x1009: packed(FROM_HTML), 0x0039: datetime(2026, 6, 1, 1, 30, tzinfo=UTC), 0x0017: 2}, ({0x0C15: 1, 0x3001: "李娜", 0x39FE: "lina@example.com"},), _FILES)
MEETING = Made(
    {0x0037: "复盘会", (APPOINTMENT, 0x820D): datetime(2026, 6, 5, 6, tzinfo=UTC), (APPOINTMENT, 0x820E): datetime(2026, 6, 5, 7, tzinfo=UTC), (APPOINTMENT, 0x8208): "三楼会议室", 0x1000: "请准备材料。"}
)


def read(reader: Reader, source: Source) -> list[object]:
    """All that a reader comes across."""
    return list(reader.read(source, ENVIRONMENT))


def mail(content: bytes, text: str | None = "各位 请尽快\n") -> Source:
    """A mail with a winmail.dat."""
    whole = MIMEMultipart()
    whole["Subject"], whole["From"], whole["To"], whole["Date"] = "采购进度", formataddr(("王敏", "wangmin@example.com")), "lina@example.com", "Mon, 01 Jun 2026 09:30:00 +0800"
    if text is not None:
        whole.attach(MIMEText(text, "plain", "utf-8"))
    packed_in = MIMEApplication(content, "ms-tnef", name="winmail.dat")
    packed_in.add_header("Content-Disposition", "attachment", filename="winmail.dat")
    whole.attach(packed_in)
    return Source("a.eml", whole.as_bytes())


def test_a_winmail_dat_alone() -> None:
    """Subject, text, recipients and time; attached files as sources, attached mails as records."""
    record, file, inner = read(TnefReader(), Source("winmail.dat", tnef(ITEM)))
    assert isinstance(record, Record)
    assert (part(record, "subject").text, part(record, "body").text.strip(), record.to[0].address, record.header("importance")) == ("采购进度", "各位 请尽快", "lina@example.com", "high")
    assert isinstance(file, Source)
    assert (file.uri, file.media_type, file.content) == ("winmail.dat!/会议纪要.md", "text/markdown", _FILES[0][1])
    assert isinstance(inner, Record)
    assert (inner.uri, part(inner, "body").text) == ("winmail.dat!/转来的邮件.msg", "请回复。")


def test_attributes_of_old_programs() -> None:
    """Where no property says it, attributes do: the text in the code page of the message, the class by its old name."""
    (record,) = read(TnefReader(), Source("winmail.dat", tnef(Made({0x0037: "s"}), body="请尽快。", message_class="IPM.Microsoft Schedule.MtgReq")))
    assert isinstance(record, Record)
    assert (part(record, "body").text, record.kind) == ("请尽快。", Kind.MEETING_NOTICE)


def test_a_mail_and_its_winmail_dat_are_one_record() -> None:
    """What both say is read once; the files inside are those of the mail."""
    record, file, inner = read(EmlReader(), mail(tnef(ITEM)))
    assert isinstance(record, Record)
    assert (record.kind, part(record, "body").text.strip(), record.sender.name if record.sender else "") == (Kind.EMAIL, "各位 请尽快", "王敏")
    assert [attached.name for attached in record.attachments] == ["会议纪要.md", "转来的邮件.msg"]
    assert isinstance(file, Source)
    assert isinstance(inner, Record)
    assert [file.uri, inner.uri] == ["a.eml!/winmail.dat!/会议纪要.md", "a.eml!/winmail.dat!/转来的邮件.msg"]


def test_the_text_of_a_mail_without_any() -> None:
    """It is that in the winmail.dat."""
    record = read(EmlReader(), mail(tnef(ITEM), None))[0]
    assert isinstance(record, Record)
    assert part(record, "body").text.strip() == "各位 请尽快"


def test_a_mail_that_calls_to_a_meeting() -> None:
    """The facts in the winmail.dat are those of the mail."""
    (record,) = read(EmlReader(), mail(tnef(MEETING, message_class="IPM.Microsoft Schedule.MtgReq"), "请准备材料。"))
    assert isinstance(record, Record)
    assert (record.kind, dict(record.meta)["meeting.start"], dict(record.meta)["meeting.location"]) == (Kind.MEETING_NOTICE, "2026-06-05T14:00:00+08:00", "三楼会议室")


# hostile bytes


def _tried(content: bytes) -> list[object]:
    try:
        found = read(TnefReader(), Source("winmail.dat", content, "application/ms-tnef"))
    except RecordError as error:
        found = [error]
    refused = [item for item in found if isinstance(item, RecordError)]
    assert all(said for error in refused for lang in ("zh", "en") for said in error.said(lang))
    return found


def test_cut_off_anywhere() -> None:
    """What is there is read; that something is missing is told."""
    content = tnef(ITEM)
    for end in range(0, len(content), 3):
        assert any(isinstance(item, RecordError) for item in _tried(content[:end])) or end < len(content)
    assert [type(item).__name__ for item in _tried(content[:-20])][-1] == "RecordError"
    assert [error.slug for error in (*_tried(b""), *_tried(b"no"), *_tried(content[:6])) if isinstance(error, RecordError)] == ["empty-record", "damaged-file", "damaged-file"]


@pytest.mark.parametrize("count", [0xFFFFFFFF, 100_000, 1])
@pytest.mark.parametrize("kind", [0x0003, 0x001F, 0x101F, 0x1003, 0x7777, 0x000D])
def test_counts_that_lie(count: int, kind: int) -> None:
    """A list that says it is longer than it is ends where the bytes do."""
    raw = struct.pack("<IHHI", count, kind, 0x0037, count) + b"abcd" * 50
    _tried(struct.pack("<IHBIII", 0x223E9F78, 1, 1, 0x00069003, len(raw), 0)[:-4] + raw + b"\0\0")


def test_mails_in_mails_have_a_limit() -> None:
    """What lies deeper is told of, not read."""
    made = Made({0x0037: "0"})
    for number in range(1, 20):
        made = Made({0x0037: str(number)}, (), (({0x3001: "in"}, made),))
    found = _tried(tnef(made))
    assert len(found) == ENVIRONMENT.limits.depth + 2
    assert isinstance(found[-1], RecordError)
    assert found[-1].slug == "archive-limit"


_GOOD = tnef(ITEM)


@given(st.lists(st.tuples(st.integers(0, len(_GOOD) - 1), st.binary(min_size=1, max_size=8)), max_size=12))
def test_any_bytes(changes: list[tuple[int, bytes]]) -> None:
    """Only records, sources and declared errors."""
    content = bytearray(_GOOD)
    for at, new in changes:
        content[at : at + len(new)] = new
    _tried(bytes(content))
