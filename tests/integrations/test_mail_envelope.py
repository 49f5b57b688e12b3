"""Headers as real programs write them: encoded words, parameters, addresses, dates."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta, timezone

import pytest
from commlint_mail import headers, parameters
from commlint_mail.date import sent_at
from commlint_mail.message import normalised_subject, parse
from commlint_mail.words import decoded_words
from hypothesis import given
from hypothesis import strategies as st

from commlint.model.record import Party


def b64(text: str, codec: str) -> str:
    return base64.b64encode(text.encode(codec)).decode()


def _split(text: str, codec: str, label: str, glue: str) -> str:
    raw = text.encode(codec)
    middle = len(raw) // 2 | 1
    return glue.join(f"=?{label}?B?{base64.b64encode(half).decode()}?=" for half in (raw[:middle], raw[middle:]))


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (f"=?utf-8?B?{b64('会议纪要', 'utf-8')}?=", "会议纪要"),
        (f"=?gb2312?B?{b64(chr(0x9555) + '经理', 'gb18030')}?=", "\u9555经理"),
        ("=?utf-8?Q?=E4=BC=9A=E8=AE=AE_=E7=BA=AA=E8=A6=81?=", "会议 纪要"),
        (_split("会议纪要", "gb18030", "gb2312", " "), "会议纪要"),
        (_split("会议纪要", "utf-8", "UTF-8", "\t "), "会议纪要"),
        (_split("会议纪要", "utf-8", "utf-8", ""), "会议纪要"),
        (f"=?utf-8?B?{b64('会议', 'utf-8').rstrip('=')}?= =?gb2312?B?{b64('纪要', 'gb18030')}?=", "会议纪要"),
        (f"=?utf-8?B?{b64('会议纪', 'utf-8')[:-1]}", "会议\ufffd"),
        (f"Re: =?utf-8?b?{b64('会议', 'utf-8')}?= (2)", "Re: 会议 (2)"),
        (f"=?utf-8*zh?B?{b64('会议', 'utf-8')}?=", "会议"),
        (f"=?x-unknown?B?{b64('会议纪要', 'gb18030')}?=", "会议纪要"),
        ("=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        ("100% =? of it", "100% =? of it"),
        ("=?utf-8?Q?a=ZZb?=", "a=ZZb"),
    ],
)
def test_encoded_words(written: str, text: str) -> None:
    """RFC 2047 with the usual faults: cut inside a character, glued, without padding or end."""
    assert decoded_words(written) == text


def test_a_decoded_header_holds_no_line_break() -> None:
    """An encoded line break cannot make a second header."""
    assert headers.decoded(b"=?utf-8?Q?a=0D=0ABcc:_x?=") == "a Bcc: x"


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b'attachment; filename="report.pdf"', "report.pdf"),
        (b"attachment; filename=report.pdf; size=3", "report.pdf"),
        (b"attachment; filename*=utf-8''%E6%8A%A5%E4%BB%B7%E5%8D%95.pdf", "报价单.pdf"),
        (b"attachment; filename=\"x.pdf\"; filename*=utf-8''%E6%8A%A5.pdf", "报.pdf"),
        (b"attachment; filename*0*=gb2312''%B1%A8%BC; filename*1*=%DB%B5%A5.pdf", "报价单.pdf"),
        (b"attachment; filename*1=\"b.pdf\"; filename*0=\"a\"", "ab.pdf"),
        (b"attachment; filename*0=a; filename*2=c", "ac"),
        (b'attachment; filename="=?gb2312?B?' + base64.b64encode("报价单.pdf".encode("gbk")) + b'?="', "报价单.pdf"),
        ('attachment; filename="报价单.pdf"'.encode("gbk"), "报价单.pdf"),
        ('attachment; filename="报价单.pdf"'.encode(), "报价单.pdf"),
        (b'attachment; filename="a;b\\"c.pdf"', 'a;b"c.pdf'),
        (b'attachment; filename="unclosed.pdf', "unclosed.pdf"),
        (b"attachment", ""),
    ],
)
def test_file_names(raw: bytes, name: str) -> None:
    """RFC 2231 pieces in any order, RFC 2047 in quotes, raw bytes."""
    assert parameters.parsed(raw).get("filename") == name


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\x\\passwd", "/etc/passwd", "a\r\n\x00/passwd"])
def test_a_file_name_leads_nowhere(name: str) -> None:
    """Only the last segment of a name is kept."""
    quoted = "".join(f"%{byte:02X}" for byte in name.encode())
    record = parse(f"From: a@example.com\nContent-Type: application/x-x\nContent-Disposition: attachment; filename*=utf-8''{quoted}\n\nx".encode())
    assert record.attachments[0].name == "passwd"


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("a@example.com", [("", "a@example.com")]),
        ("Zhang San <z@example.com>, \"Li, Si\" <l@example.com>", [("Zhang San", "z@example.com"), ("Li, Si", "l@example.com")]),
        (f"=?utf-8?B?{b64('张三, 李四', 'utf-8')}?= <z@example.com>", [("张三, 李四", "z@example.com")]),
        (f'"=?gb2312?B?{b64("张三", "gbk")}?=" <z@example.com>', [("张三", "z@example.com")]),
        ("Team: a@example.com, B <b@example.com>; c@example.com", [("", "a@example.com"), ("B", "b@example.com"), ("", "c@example.com")]),
        ("undisclosed-recipients:;", []),
        ("z@example.com (Zhang San)", [("Zhang San", "z@example.com")]),
        ("<unclosed@example.com", [("", "unclosed@example.com")]),
        (",,; ,", []),
    ],
)
def test_addresses(written: str, people: list[tuple[str, str]]) -> None:
    """Addresses are told apart before names are decoded; groups, comments and damage are borne."""
    assert [(p.name, p.address) for p in parse(f"To: {written}\n\nx".encode()).to] == people


def test_raw_eight_bit_headers_are_read() -> None:
    """A header in bare GBK, as some gateways write it."""
    record = parse("From: 张三 <z@example.com>\nSubject: 关于会议的通知\n\nx".encode("gbk"))
    assert (record.sender, record.parts[0].text) == (Party("张三", "z@example.com"), "关于会议的通知")


_EAST = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("Thu, 21 May 2026 09:30:00 +0800", datetime(2026, 5, 21, 9, 30, tzinfo=_EAST)),
        ("21 May 26 9:30 GMT", datetime(2026, 5, 21, 9, 30, tzinfo=UTC)),
        ("Thu, 21 May 2026 09:30:60 +0000 (UTC)", datetime(2026, 5, 21, 9, 30, 59, tzinfo=UTC)),
        ("Thursday, 21-May-2026 09:30:00 EST", datetime(2026, 5, 21, 9, 30, tzinfo=timezone(timedelta(hours=-5)))),
        ("Thu, 21 May 2026 09:30:00", datetime(2026, 5, 21, 9, 30, tzinfo=_EAST)),
        ("2026-05-21 09:30:00", datetime(2026, 5, 21, 9, 30, tzinfo=_EAST)),
        ("Thu, 21 May 2026 09:30:00 -9999", datetime(2026, 5, 21, 9, 30, tzinfo=_EAST)),
        ("Thu, 41 May 2026 09:30:00 +0800", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_keep_their_zone(written: str, instant: datetime | None) -> None:
    """A date that names no zone is in the configured one; one that is no date is none."""
    found = sent_at(written, _EAST)
    assert found == instant
    assert found is None or found.utcoffset() == instant.utcoffset()  # type: ignore[union-attr]  # equal, so not None


@pytest.mark.parametrize("subject", ["预算", "Re: 预算", "回复:预算", "答复\uff1a 转发: RE: Fwd: 预算", "re[2]: 预算"])
def test_subjects_of_one_thread_are_one(subject: str) -> None:
    """Reply marks in both languages come off."""
    assert normalised_subject(subject) == "预算"


@pytest.mark.parametrize(
    ("fields", "thread", "reply_to"),
    [
        ("Message-ID: <c@x>\nReferences: <a@x> <b@x>\nIn-Reply-To: <b@x>", "<a@x>", "<b@x>"),
        ("Message-ID: <b@x>\nIn-Reply-To: <a@x>", "<a@x>", "<a@x>"),
        ("Message-ID: <a@x>", "<a@x>", ""),
        ("Message-ID: <d@x>\nSubject: Re: Budget", "subject:budget", ""),
        ("Subject: Budget", "subject:budget", ""),
    ],
)
def test_a_thread_is_its_root(fields: str, thread: str, reply_to: str) -> None:
    """The first reference, else what is answered, else the message itself, else the subject."""
    found = parse(f"{fields}\n\nx".encode()).conversation
    assert (found.thread, found.reply_to) == (thread, reply_to)


@given(st.binary(max_size=300))
def test_headers_never_fail(content: bytes) -> None:
    """Whatever the bytes, there is a header block and a place where the body begins."""
    found = headers.split(content)
    assert 0 <= found.end <= len(content)
    for _, value in found.fields:
        assert not set("\r\n\0") & set(headers.decoded(value))
        parameters.parsed(value)


_PIECES = st.lists(st.sampled_from([b"From: a\n", b"To : b\r\n", b"X-A:\n", b" fold\n", b"\tfold\r\n", b"\n", b"\r\n", b"no field\n", b"\r", b"\0", b"\xff: x\n", b"Subject: \xce\xc4\n", b"text"]), max_size=10)


@given(_PIECES.map(b"".join))
def test_the_quick_way_is_the_slow_way(content: bytes) -> None:
    """A sound block read in one go gives what reading it field by field gives."""
    quick = headers._sound(content, 0, len(content), 100)
    slow = headers._any(content, 0, len(content), 100)
    assert quick is None or (quick.fields, quick.end) == (slow.fields, slow.end)
