"""Outlook items as .msg: who, whom, when and what, in whatever form it keeps them; meetings, tasks, items in items; hostile containers."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import UTC, datetime, timedelta, timezone

import olefile
import oxmsg
import pytest
from attrs import evolve
from commlint_mail import rtf
from commlint_mail.outlook import MsgReader
from hypothesis import given
from hypothesis import strategies as st

from commlint import Linter
from commlint.errors import RecordError
from commlint.model.environment import Limits
from commlint.model.record import Kind, Record
from commlint.model.source import Source
from tests import make_formats
from tests.integrations.readings import ENVIRONMENT, part
from tests.making.compound import compound
from tests.making.msg import APPOINTMENT, MEETING, TASK, Made, msg

CHINA = timezone(timedelta(hours=8))
SENT = datetime(2026, 6, 1, 1, 30, tzinfo=UTC)
TEXT = "各位同事\uff1a\r\n材料请尽快发我\uff0c谢谢。\r\n\r\n此致\r\n敬礼\r\n\r\n王敏\r\n市场部\r\n电话\uff1a010-5555 0101\r\n"
HTML = "<html><head><meta charset=gb2312></head><body><p>各位同事\uff1a</p><p>材料请<b>尽快</b>发我。</p></body></html>"

_WANG = {0x0C1A: "王敏", 0x0C1E: "EX", 0x0C1F: "/O=EXAMPLE/CN=RECIPIENTS/CN=WANGMIN", 0x5D01: "wangmin@example.com"}
_PEOPLE = (
    {0x0C15: 1, 0x3001: "李娜", 0x3002: "EX", 0x3003: "/O=EXAMPLE/CN=LINA", 0x39FE: "lina@example.com"},
    {0x0C15: 1, 0x3001: "'zhao@example.com'", 0x3003: "zhao@example.com"},
    {0x0C15: 2, 0x3001: "张伟", 0x3003: "zhangwei@example.com"},
    {0x0C15: 3, 0x3001: "钱进", 0x3003: "qianjin@example.com"},
)
MAIL = Made(
    {0x001A: "IPM.Note", 0x0037: "采购进度-市场部-王敏", 0x1000: TEXT, 0x0039: SENT, 0x0017: 2, 0x1035: "<2@example.com>", 0x1042: "<1@example.com>", 0x1039: "<0@example.com> <1@example.com>", **_WANG},
    _PEOPLE,
    (
        ({0x3707: "采购清单.md", 0x3704: "CAIGOU~1.MD", 0x370E: "text/markdown"}, "# 会议纪要\n".encode() * 400),
        ({0x3001: "转来的邮件", 0x0E20: 1234}, Made({0x001A: "IPM.Note", 0x0037: "供应商来信", 0x1000: "请尽快回复。"}, (), (({0x3707: "附.txt"}, "附".encode()),))),
    ),
)


def items(content: bytes, limits: Limits = Limits()) -> list[object]:
    """All that the reader comes across."""
    return list(MsgReader().read(Source("a.msg", content), evolve(ENVIRONMENT, limits=limits)))


def one(made: Made, *, code_page: int = 0) -> Record:
    """The record of a file."""
    record = items(msg(made, code_page=code_page))[0]
    assert isinstance(record, Record)
    return record


def facts(record: Record) -> dict[str, str]:
    """What is stated of a meeting or task, the first of each."""
    return dict(reversed(record.meta))


def test_the_files_of_these_tests_are_what_others_take_for_msg() -> None:
    """olefile finds nothing wrong with them, and python-oxmsg reads the same from them."""
    content = msg(MAIL)
    container = olefile.OleFileIO(io.BytesIO(content), raise_defects=olefile.DEFECT_POTENTIAL)
    assert container.parsing_issues == []
    container.close()
    read = oxmsg.Message.load(content)
    assert (read.subject, read.body, read.sent_date) == (MAIL.properties[0x0037], TEXT, SENT)
    assert next(attached.file_name for attached in read.attachments) == "采购清单.md"
    assert [recipient.name for recipient in read.recipients] == [person[0x3001] for person in _PEOPLE]


@pytest.mark.parametrize("code_page", [0, 936, 65001])
def test_a_mail(code_page: int) -> None:
    """Who, whom, when and what; addresses are those of the internet; texts in Unicode or in a code page."""
    record = one(MAIL, code_page=code_page)
    assert record.sender is not None
    assert (record.sender.name, record.sender.address) == ("王敏", "wangmin@example.com")
    assert [(party.name, party.address) for party in record.to] == [("李娜", "lina@example.com"), ("", "zhao@example.com")]
    assert ([party.address for party in record.cc], [party.name for party in record.bcc]) == (["zhangwei@example.com"], ["钱进"])
    assert (record.kind, record.sent_at, record.header("importance")) == (Kind.EMAIL, SENT, "high")
    assert (record.conversation.id, record.conversation.reply_to, record.conversation.thread) == ("<2@example.com>", "<1@example.com>", "<0@example.com>")
    assert part(record, "subject").text == "采购进度-市场部-王敏"
    assert part(record, "body").text.startswith("各位同事\uff1a\n材料请尽快发我")
    assert "市场部" in part(record, "signature").text
    assert [(file.name, file.size) for file in record.attachments] == [("采购清单.md", 6000), ("转来的邮件.msg", 1234)]
    assert not record.inline_suppressions


def test_what_is_attached_is_read_too() -> None:
    """A file is a source; an item is a record of its own, with what is attached to it."""
    _, file, inner, deeper = items(msg(MAIL))
    assert isinstance(file, Source)
    assert isinstance(inner, Record)
    assert isinstance(deeper, Source)
    assert (file.uri, file.media_type, file.depth) == ("a.msg!/采购清单.md", "text/markdown", 1)
    assert (inner.uri, part(inner, "body").text) == ("a.msg!/转来的邮件.msg", "请尽快回复。")
    assert (deeper.uri, deeper.depth) == ("a.msg!/转来的邮件.msg!/附.txt", 2)


def test_findings_stand_in_the_lines_of_the_mail() -> None:
    """Subject and body are told apart; lines are those of the text as people see it."""
    found = Linter(changes={"select": ["vague-deadline"]}).check_source(Source("a.msg", msg(MAIL))).findings
    assert [(each.location.uri, each.location.part, each.location.start.line, each.location.start.column) for each in found] == [("a.msg", "body", 2, 4), ("a.msg!/转来的邮件.msg", "body", 1, 2)]


def test_headers_go_before_guesses() -> None:
    """What it came with is kept, in order; who has no address of the internet is found there."""
    headers = "Microsoft Mail Internet Headers Version 2.0\r\nReceived: from a.example.com\r\n by b.example.com\r\nFrom: =?utf-8?B?546L5pWP?= <wm@example.com>\r\nMessage-ID: <9@example.com>\r\nDate: Mon, 01 Jun 2026 09:30:00 +0800\r\n\r\n"
    record = one(Made({0x0037: "s", 0x1000: "t", 0x007D: headers, 0x0C1A: "王敏", 0x0C1F: "/O=EX/CN=WM"}))
    assert record.sender is not None
    assert (record.sender.name, record.sender.address, record.sent_at, record.conversation.id) == ("王敏", "wm@example.com", SENT, "<9@example.com>")
    assert [name for name, _ in record.headers] == ["received", "from", "message-id", "date"]


# texts


def packed(text: str) -> bytes:
    """RTF as Outlook packs it, by single bytes only."""
    raw = text.encode("ascii")
    whole, end = len(raw) // 8 * 8, (207 + len(raw)) % 4096
    out = b"".join(b"\0" + raw[at : at + 8] for at in range(0, whole, 8)) + bytes([1 << len(raw) - whole]) + raw[whole:] + bytes([end >> 4, (end & 15) << 4])
    return struct.pack("<II4sI", len(out) + 12, len(raw), b"LZFu", zlib.crc32(out, 0xFFFFFFFF) ^ 0xFFFFFFFF) + out


FROM_HTML = (
    r"{\rtf1\ansi\ansicpg936\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fnil\fcharset134 SimSun;}}{\colortbl\red0\green0\blue0;}\uc1\pard\plain\deftab360 \f0\fs24 "
    r"{\*\htmltag19 <html>}{\*\htmltag50 <body>}\htmlrtf {\htmlrtf0 {\*\htmltag64 <p>}\htmlrtf \par\htmlrtf0 \f1 \'b8\'f7\'ce\'bb{\*\htmltag84 &nbsp;}\htmlrtf \'a0\htmlrtf0 \'c7\'eb{\*\htmltag84 <b>}\htmlrtf {\b \htmlrtf0 \u23613?\u24555?{\*\htmltag92 </b>}\htmlrtf }\htmlrtf0 "
    r"{\*\mhtmltag0 <x>}{\*\htmltag72 </p>}{\*\htmltag58 </body>}{\*\htmltag27 </html>}}}"
)
FROM_TEXT = r"{\rtf1\ansi\ansicpg936\fromtext \fbidi \deff0{\fonttbl{\f0 Arial;}{\f1\fcharset134 \'cb\'ce\'cc\'e5;}}{\*\generator x;}\uc1\pard\plain \f1 \'c7\'eb\'be\'a1\'bf\'ec\par \u-10179?\u-8704? 1\{2\}\tab x\line y}"


@pytest.mark.parametrize(
    ("own", "text"),
    [
        ({0x1000: "甲", 0x1013: HTML.encode("gb18030")}, "甲"),
        ({0x1013: HTML.encode("gb18030"), 0x3FDE: 936}, "各位同事\uff1a\n材料请尽快发我。"),
        ({0x1013: HTML.encode(), 0x3FDE: 65001}, "各位同事\uff1a\n材料请尽快发我。"),
        ({0x1013: HTML, 0x1000: " \r\n"}, "各位同事\uff1a\n材料请尽快发我。"),
        ({0x1009: packed(FROM_HTML)}, "各位 请尽快"),
        ({0x1009: packed(FROM_TEXT)}, "请尽快\n\U0001f600 1{2}\tx\ny"),
        ({0x1009: b"nothing"}, ""),
        ({}, ""),
    ],
    ids=["text", "html in a code page", "html in utf-8", "html as text", "rtf made of html", "rtf made of text", "no rtf", "nothing"],
)  # fmt: skip
def test_the_text_in_whatever_form(own: dict[int, str | bytes | int], text: str) -> None:
    """The plain text, else the HTML, else what the RTF was made of."""
    record = one(Made({0x0037: "s", **own}))
    assert "\n".join(line for line in part(record, "body").text.splitlines() if line).strip(" ") == text


@pytest.mark.parametrize(
    ("packed_up", "text"),
    [
        ("2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0", b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"),
        ("1a0000001c0000004c5a4675e2d44b5141000420 5758595a 0d6e7d010eb0", b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"),
    ],
    ids=["words that every stream begins with", "a run that overlaps itself"],
)
def test_packed_rtf_may_refer_back(packed_up: str, text: bytes) -> None:
    """The examples of MS-OXRTFCP, section 4."""
    assert rtf.unpacked(bytes.fromhex(packed_up)) == (text, False)


# meetings and tasks


def call(kind: str) -> Made:
    """An item about a meeting, of this class."""
    own = {
        0x001A: kind, 0x0037: "复盘会", 0x0E1D: "复盘会", 0x1000: "会议请各位准备材料。", 0x0039: SENT, **_WANG,
        (APPOINTMENT, 0x820D): datetime(2026, 6, 5, 6, tzinfo=UTC), (APPOINTMENT, 0x820E): datetime(2026, 6, 5, 7, 30, tzinfo=UTC), (APPOINTMENT, 0x8208): "三楼会议室",
        (MEETING, 0x0023): bytes.fromhex("040000008200E00074C5B7101A82E008") + bytes(20) + struct.pack("<I", 4) + b"abcd",
    }  # fmt: skip
    people = ({0x0C15: 1, 0x3001: "王敏", 0x39FE: "wangmin@example.com", 0x5FFD: 3}, {**_PEOPLE[0], 0x5FFF: 3}, _PEOPLE[2], {0x0C15: 3, 0x3001: "三楼"})
    return Made(own, people)


def test_a_call_to_a_meeting() -> None:
    """Start, end, place, organiser and who is asked are known; who calls is not asked."""
    record = one(call("IPM.Schedule.Meeting.Request"))
    assert (record.kind, facts(record)["meeting.start"], facts(record)["meeting.end"], facts(record)["meeting.location"]) == (Kind.MEETING_NOTICE, "2026-06-05T14:00:00+08:00", "2026-06-05T15:30:00+08:00", "三楼会议室")
    assert [value for key, value in record.meta if key == "meeting.attendee"] == ["李娜 <lina@example.com>; role=REQ-PARTICIPANT; partstat=ACCEPTED", "张伟 <zhangwei@example.com>; role=OPT-PARTICIPANT"]
    assert ([party.name for party in record.to], [party.name for party in record.cc], record.bcc) == (["李娜"], ["张伟"], ())
    assert record.conversation.thread == "040000008200E00074C5B7101A82E0080000000000000000000000000000000000000000" "0400000061626364"
    missing = Linter(changes={"select": ["meeting-notice-fields"]}).check_records([record]).findings
    assert [each.message for each in missing] == ["会议通知缺少\uff1a会议议程"]


@pytest.mark.parametrize(
    ("kind", "event"),
    [("IPM.Schedule.Meeting.Canceled", "cancelled"), ("IPM.Schedule.Meeting.Resp.Pos", "accepted"), ("IPM.Schedule.Meeting.Resp.Neg", "declined"), ("IPM.Schedule.Meeting.Resp.Tent", "tentative")],
)
def test_what_is_said_of_a_meeting_besides(kind: str, event: str) -> None:
    """Cancellations and answers call to no meeting."""
    record = one(call(kind))
    assert (record.kind, facts(record)["meeting.event"]) == (Kind.MEETING_EVENT, event)


def test_a_task() -> None:
    """Owner and limit are known."""
    record = one(Made({0x001A: "IPM.Task", 0x0037: "交预算", (TASK, 0x8105): datetime(2026, 6, 9, 16, tzinfo=UTC), (TASK, 0x811F): "李娜"}))
    assert (record.kind, facts(record)["task.end"], facts(record)["task.attendee"]) == (Kind.TASK, "2026-06-10T00:00:00+08:00", "李娜")


def test_what_machines_send_is_told_apart() -> None:
    """Absence notes and reports of delivery are automatic; what is no mail is a document."""
    assert [one(Made({0x001A: kind, 0x0037: "s"})).header("auto-submitted") for kind in ("IPM.Note.Rules.OofTemplate.Microsoft", "REPORT.IPM.Note.NDR", "IPM.Note")] == ["auto-replied", "auto-generated", None]
    assert one(Made({0x001A: "IPM.StickyNote", 0x0037: "s"})).kind is Kind.DOCUMENT


def test_signed_and_sealed_mails() -> None:
    """A signed mail is read where it is; that of a sealed one nothing is read is told."""
    signed = b"Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b--\r\n"
    _, source = items(msg(Made({0x001A: "IPM.Note.SMIME.MultipartSigned", 0x0037: "s"}, (), (({0x3707: "smime.p7m", 0x370E: "multipart/signed"}, signed),))))
    _, sealed = items(msg(Made({0x001A: "IPM.Note.SMIME", 0x0037: "s"}, (), (({0x3707: "smime.p7m", 0x370E: "application/pkcs7-mime"}, b"\x30\x80"),))))
    assert isinstance(source, Source)
    assert isinstance(sealed, RecordError)
    assert (source.media_type, sealed.slug) == ("message/rfc822", "encrypted-file")


def test_pictures_of_the_page_are_no_files() -> None:
    """Nobody attached them; what is only linked to has no size."""
    files = (({0x3707: "image001.png", 0x3712: "a@b", 0x3714: 4}, b"png"), ({0x3707: "隐.bin", 0x7FFE: True}, b"x"), ({0x3705: 7, 0x3707: "云盘.xlsx", 0x370D: "https://drive.example.com/x"}, b""))
    assert [(file.name, file.size, file.linked) for file in one(Made({0x0037: "s"}, (), files)).attachments] == [("云盘.xlsx", None, True)]


# hostile files


def _tried(content: bytes) -> list[object]:
    try:
        found = items(content)
    except RecordError as error:
        found = [error]
    refused = [item for item in found if isinstance(item, RecordError)]
    assert all(said for error in refused for lang in ("zh", "en") for said in error.said(lang))
    return found


def test_files_whose_tables_need_lists_of_their_own() -> None:
    """What is larger than the header can name sectors of is read whole."""
    content = bytes(range(256)) * 70_000
    large = msg(Made({0x0037: "s"}, (), (({0x3707: "大.bin"}, content),)))
    container = olefile.OleFileIO(io.BytesIO(large), raise_defects=olefile.DEFECT_POTENTIAL)
    assert container.parsing_issues == []
    container.close()
    record, source = items(large)
    assert isinstance(record, Record)
    assert isinstance(source, Source)
    assert (record.attachments[0].size, source.content == content) == (len(content), True)


def test_other_files_called_msg() -> None:
    """Only what is Outlook's, or named by somebody, is taken for such a file."""
    reader, text, container = MsgReader(), b"::msgcat::mcset de\n", msg(MAIL)
    assert [reader.claims(Source("a.msg", content, named=named)) for content, named in ((container, False), (text, False), (text, True))] == [True, False, True]
    assert [error.slug for content in (b"", text, compound({"x": b"y"})) for error in _tried(content) if isinstance(error, RecordError)] == ["empty-record", "damaged-file", "damaged-file"]


def test_cut_off_anywhere() -> None:
    """A file that breaks off gives what is there, or says that it is damaged."""
    content = msg(MAIL)
    for end in range(0, len(content), 61):
        _tried(content[:end])


def test_chains_that_loop_end() -> None:
    """Each sector of the table may point anywhere."""
    content = bytearray(msg(MAIL))
    table = content.rindex(struct.pack("<I", 0xFFFFFFFD)) // 512 * 512
    for first in range(16):
        for at in range(0, 512, 4):
            content[table + at : table + at + 4] = struct.pack("<I", (at // 4 * 7 + first) % 40)
        _tried(bytes(content))


def test_many_streams_on_the_same_sectors_are_refused() -> None:
    """Streams that all claim the whole file would be read without end."""
    big = Made({0x0037: "s"}, (), tuple(({0x3707: f"{number}.bin"}, bytes([number]) * 200_000) for number in range(20)))
    content = bytearray(msg(big))
    first = content.index("__substg1.0_37010102".encode("utf-16-le"))
    place = content[first + 116 : first + 124]
    at = first
    while at >= 0:
        content[at + 116 : at + 124] = place[:4] + struct.pack("<I", len(content))
        at = content.find("__substg1.0_37010102".encode("utf-16-le"), at + 1)
    found = _tried(bytes(content))
    assert isinstance(found[-1], RecordError)
    assert found[-1].slug == "damaged-file"


def test_items_in_items_have_a_limit() -> None:
    """What lies deeper than the limit is told of, not read."""
    made = Made({0x0037: "0"})
    for number in range(1, 30):
        made = Made({0x0037: str(number)}, (), (({0x3001: "in"}, made),))
    found = items(msg(made), Limits(depth=3))
    assert [type(item).__name__ for item in found] == ["Record"] * 4 + ["RecordError"]
    assert isinstance(found[-1], RecordError)
    assert found[-1].slug == "archive-limit"


def test_many_properties_and_people() -> None:
    """A hundred thousand properties, ten thousand recipients: read once each."""
    many = compound({"__properties_version1.0": bytes(32) + b"".join(struct.pack("<HHIQ", 3, number % 65536, 6, number) for number in range(100_000)), "__substg1.0_0037001F": "s".encode("utf-16-le")})
    assert isinstance(_tried(many)[0], Record)
    record = one(Made({0x0037: "s"}, tuple({0x0C15: 1, 0x3001: "甲"} for _ in range(3_000))))
    assert len(record.to) == 3_000


@pytest.mark.parametrize("text", ["{" * 300_000, "\\a" * 300_000, "{\\rtf1" + "\\u1?" * 200_000, "{\\rtf1{\\*\\htmltag " * 50_000, "{\\rtf1\\bin99999999999 x", "{\\rtf1\\uc16\\u1 " * 10_000, "{\\rtf1" + "\\'" * 100_000])
def test_rtf_of_any_shape(text: str) -> None:
    """Braces without end, words without sense: text or nothing."""
    assert isinstance(rtf.read(struct.pack("<II4sI", len(text) + 12, len(text), b"MELA", 0) + text.encode()).text, str)


@given(st.binary(max_size=200))
def test_packed_rtf_of_any_bytes(tail: bytes) -> None:
    """Unpacking ends, and gives no more than it says."""
    out, _ = rtf.unpacked(struct.pack("<II4sI", 0, 500, b"LZFu", 0) + tail)
    assert len(out) <= 500


_GOOD = msg(MAIL)


@given(st.lists(st.tuples(st.integers(0, len(_GOOD) - 1), st.binary(min_size=1, max_size=8)), max_size=12))
def test_any_bytes(changes: list[tuple[int, bytes]]) -> None:
    """Only records, sources and declared errors."""
    content = bytearray(_GOOD)
    for at, new in changes:
        content[at : at + len(new)] = new
    _tried(bytes(content))


@pytest.mark.parametrize("name", ["渠道复盘会.ics", "会议邀请.eml", "渠道名单核对进度.msg", "预算评审会.msg", "富文本邮件.eml"])
def test_samples_are_what_their_makers_write(name: str) -> None:
    """Run `python tests/make_formats.py` after a change."""
    assert (make_formats.FOLDER / name).read_bytes() == make_formats.MAKERS[name]()


@pytest.mark.parametrize(("content", "taken"), [(b"", True), (b"\xd0\xcf\x11\xe0", True), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), True), (b"msgid hello\nmsgstr greeting\n", False), ("\u76ee\u5f55\n".encode(), False)])
def test_what_is_called_msg_in_a_folder(content: bytes, taken: bool) -> None:
    """An item that is empty or cut off anywhere is told of; a text that only bears the name is left alone, unless somebody named it."""
    assert MsgReader().claims(Source("a.msg", content, named=False)) is taken
    assert MsgReader().claims(Source("a.msg", content))
