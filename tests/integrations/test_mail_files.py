"""What goes with a mail: files as rules see them, each a source of its own; text and HTML that stand for one another."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

import pytest
from commlint_mail.alternatives import compared
from commlint_mail.locked import encrypted
from commlint_mail.message import parse
from commlint_mail.reader import EmlReader
from hypothesis import given
from hypothesis import strategies as st

from commlint.engine.opening import opened
from commlint.errors import RecordError
from commlint.model.protocols import Item, Reader
from commlint.model.record import Record
from commlint.model.source import Source
from tests.integrations.readings import ENVIRONMENT, grid, line_of, part


def read(content: bytes) -> list[Item]:
    return list(EmlReader().read(Source("信.eml", content, kind="email", mapping=(("kind", "email"),)), ENVIRONMENT))


def letter(subject: str = "s", text: str = "见附件。\n") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "lin@example.com", "zhou@example.com", subject
    message.set_content(text)
    return message


def test_every_file_is_a_source_of_its_own() -> None:
    """By its name and type, decoded; two of one name and those without are told apart; nothing of what is said of the mail is said of them."""
    message = letter()
    for content, name in ((b"PK1", "报价.xlsx"), (b"PK2", "报价.xlsx"), (b"PK3", None), (b"PK4", "报价 (2).xlsx"), (b"PK5", "..")):
        message.add_attachment(content, "application", "vnd.ms-excel", filename=name)
    message.add_attachment(letter("转发", "旧文\n"))
    sources = [item for item in read(message.as_bytes()) if isinstance(item, Source)]
    assert [(source.uri, source.media_type, source.content) for source in sources[:5]] == [
        ("信.eml!/报价.xlsx", "application/vnd.ms-excel", b"PK1"),
        ("信.eml!/报价 (2).xlsx", "application/vnd.ms-excel", b"PK2"),
        ("信.eml!/part-4", "application/vnd.ms-excel", b"PK3"),
        ("信.eml!/报价 (2) (2).xlsx", "application/vnd.ms-excel", b"PK4"),
        ("信.eml!/part-6", "application/vnd.ms-excel", b"PK5"),
    ]
    assert (sources[5].uri, sources[5].media_type) == ("信.eml!/part-7", "message/rfc822")
    assert {(source.depth, source.named, source.kind, source.mapping) for source in sources} == {(1, False, None, ())}


def test_what_comes_twice_is_read_once() -> None:
    """An invitation as a part and as a file is one."""
    calendar = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    content = b"From: a@example.com\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n" + b"".join(b"--B\r\nContent-Type: " + kind + b"\r\n\r\n" + calendar + b"\r\n" for kind in (b"text/calendar; method=REQUEST", b"application/ics; name=invite.ics")) + b"--B--"
    assert [item.uri for item in read(content) if isinstance(item, Source)] == ["信.eml!/part-1"]


def test_attached_mails_are_records_all_the_way_down() -> None:
    """Forwarded as attachments, one in another; digests too."""
    inner = letter("内", "内文\n")
    inner.add_attachment(letter("更内", "更内文\n"))
    outer = letter("外", "外文\n")
    outer.add_attachment(inner)
    readers: tuple[Reader, ...] = (EmlReader(),)
    found = [item for item in opened(Source("信.eml", outer.as_bytes()), readers, ENVIRONMENT) if isinstance(item, Record)]
    assert [(record.uri, record.parts[0].text, part(record, "body").text) for record in found] == [
        ("信.eml", "外", "外文\n"), ("信.eml!/part-2", "内", "内文\n"), ("信.eml!/part-2!/part-2", "更内", "更内文\n"),
    ]  # fmt: skip
    digest = b"From: a@example.com\r\nSubject: d\r\nContent-Type: multipart/digest; boundary=B\r\n\r\n--B\r\n\r\nFrom: b@example.com\r\nSubject: one\r\n\r\n1\r\n--B\r\n\r\nFrom: c@example.com\r\nSubject: two\r\n\r\n2\r\n--B--"
    found = [item for item in opened(Source("信.eml", digest), readers, ENVIRONMENT) if isinstance(item, Record)]
    assert [record.parts[0].text for record in found] == ["d", "one", "two"]


def test_a_sealed_mail_is_told() -> None:
    """Where the text lies in an envelope nobody opened, its headers are checked and a failure says so."""
    for kind in ("application/pkcs7-mime; smime-type=enveloped-data", "application/x-pkcs7-mime; smime-type=signed-data"):
        record, *_, failure = read(f"From: a@example.com\r\nContent-Type: {kind}; name=smime.p7m\r\n\r\n0".encode())
        assert isinstance(record, Record)
        assert isinstance(failure, RecordError)
        assert failure.slug == "encrypted-file"
    pgp = b"From: a@example.com\r\nContent-Type: multipart/encrypted; boundary=B\r\n\r\n--B\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--B\r\nContent-Type: application/octet-stream; name=encrypted.asc\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n--B--"
    assert [item.slug for item in read(pgp) if isinstance(item, RecordError)] == ["encrypted-file"]
    assert [file.encrypted for file in parse(pgp).attachments] == [True]


def _zip(*, locked: bool = False, second: bool = False) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a/", "")
        archive.writestr("a/b.txt", "text")
    content = bytearray(packed.getvalue())
    if locked:
        content[6] |= 1
    if second:
        content[content.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


_RAR5 = b"Rar!\x1a\x07\x01\x00"
_RAR4 = b"Rar!\x1a\x07\x00"
_RAR4_MAIN = b"\0\0\x73%s\0\x0d\0" + bytes(6)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("content", "locked"),
    [
        (_zip(), False),
        (_zip(locked=True), True),
        (_zip(second=True), True),
        (b"%PDF-1.7\n1 0 obj\n<<>>\ntrailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF", False),
        (b"%PDF-1.7\n1 0 obj\n<<>>\ntrailer\n<</Root 1 0 R/Encrypt 2 0 R>>\nstartxref\n9\n%%EOF", True),
        (b"%PDF-1.7\ncut off", None),
        (b"7z\xbc\xaf\x27\x1c" + bytes(40), None),
        (b"7z\xbc\xaf\x27\x1c" + bytes(40) + b"\x17\x06\x01\x24\x06\xf1\x07\x01\x0a", True),
        (_RAR5 + b"\0\0\0\0\x03\x04\x00\x00", True),
        (_RAR5 + b"\0\0\0\0\x03\x01\x00\x00" + b"\0\0\0\0\x07\x02\x01\x03\x00\x02\x01\x00", True),
        (_RAR5 + b"\0\0\0\0\x03\x01\x00\x00" + b"\0\0\0\0\x07\x02\x01\x03\x00\x02\x03\x00", False),
        (_RAR4 + _RAR4_MAIN % b"\x80", True),
        (_RAR4 + _RAR4_MAIN % b"\x00" + b"\0\0\x74\x04\x80" + bytes(20), True),
        (_RAR4 + _RAR4_MAIN % b"\x00" + b"\0\0\x74\x00\x80" + bytes(20), False),
        (_OLE, None),
        (_OLE + "EncryptedPackage".encode("utf-16-le"), True),
        (b"-----BEGIN PGP MESSAGE-----\n", True),
        (b"plain", None),
        (b"", None),
    ],
)
def test_locks_are_seen_from_outside(content: bytes, locked: bool | None) -> None:
    """By the bytes that each format sets aside to say so; None where the format does not say."""
    assert encrypted(content, content) is locked


@given(st.sampled_from([b"PK\x03\x04", b"%PDF-", b"7z\xbc\xaf\x27\x1c", _RAR4, _RAR5, _OLE[:8]]), st.binary(max_size=60))
def test_a_lock_is_looked_for_in_any_bytes(magic: bytes, content: bytes) -> None:
    """Truncated and damaged files are borne."""
    assert encrypted(magic + content, content) in (True, False, None)


# text and HTML


def both(text: str, html: str) -> Record:
    message = letter(text=text)
    message.add_alternative(html, subtype="html")
    return parse(message.as_bytes())


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("请于周五前回复。\n", "<p>请于周五前回复。</p>"),
        ("请于周五\n前回复。\n", "<p>请于周五前回复。</p>"),
        ("*请于* 周五前回复\uff0c谢谢!\n", "<p><b>请于</b>周五前回复,谢谢\uff01</p>"),
        ("1. 报价\n2. 合同\n", "<ol><li>报价</li><li>合同</li></ol>"),
        ("* 报价\n* 合同\n", "<ul><li>报价</li><li>合同</li></ul>"),
        ("见系统 <https://example.com/a?b=1>。\n", "<p>见<a href='https://example.com/a?b=1'>系统</a>。</p>"),
        ("见系统[1]。\n\n[1] https://example.com/a\n", "<p>见<a href='https://example.com/a'>系统</a>。</p>"),
        ("Lin<mailto:lin@example.com> wrote\n", "<p><a href='mailto:lin@example.com'>Lin</a> wrote</p>"),
        ("好的。\n[cid:image001.png@01D]\n", "<p>好的。</p><img src='cid:image001.png@01D'>"),
        ("事项 负责人\n报价 张三\n", "<table><tr><td>事项</td><td>负责人</td></tr><tr><td>报价</td><td>张三</td></tr></table>"),
        ("好的。\n\n> 请回复\n> 谢谢\n", "<p>好的。</p><blockquote>请回复<br>谢谢</blockquote>"),
        ("A&B <c>\n", "<p>A&amp;B &lt;c&gt;</p>"),
    ],
)
def test_what_generators_change_is_no_difference(text: str, html: str) -> None:
    """The text is judged, alone."""
    record = both(text, html)
    assert dict(record.meta)["alternatives"] == "same"
    assert record.parts[1].view.text.split() == text.split()


@pytest.mark.parametrize(
    ("text", "html", "judged"),
    [
        ("\n", "<p>请尽快。</p>", "请尽快。"),
        ("您的邮件客户端不支持 HTML 格式\uff0c请更换客户端。\n", "<p>请尽快。</p>", "请尽快。"),
        ("To view this message, please use an HTML compatible email viewer!\n", "<p>请尽快。</p>", "请尽快。"),
        ("请回复。\n", "<p>请回复。</p><p>尽快付款。</p>", "请回复。\n尽快付款。"),
        ("请回复。\n尽快付款。\n", "<p>请回复。</p>", "请回复。\n尽快付款。"),
        ("请于6月1日前回复。\n谢谢。\n", "<p>请于6月2日前回复。</p><p>谢谢。</p>", "请于6月2日前回复。\n谢谢。\n请于6月1日前回复。"),
        ("请回复我们。\n", "<p>请<span>尽快</span>回复我们。</p>", "请尽快回复我们。\n请回复我们。"),
        ("请回复。\n", "<img src=x>", "请回复。"),
    ],
)
def test_what_differs_is_judged_wherever_it_stands(text: str, html: str, judged: str) -> None:
    """The HTML where it says more, with the lines that only the text has; the same line never twice."""
    record = both(text, html)
    assert dict(record.meta)["alternatives"] == "differ"
    assert record.parts[1].view.text.strip() == judged
    lines = judged.split("\n")
    assert len(set(lines)) == len(lines)


def test_tables_of_html_that_says_more_are_tables() -> None:
    """Blocks, tables and line numbers are those of what is judged."""
    record = both("请看表格。\n另\uff1a带上合同。\n", "<p>请看表格。</p><table><tr><th>事项</th><th>负责人</th></tr><tr><td>报价</td><td>张三</td></tr></table>")
    body = part(record, "body")
    assert grid(body) == [["事项", "负责人"], ["报价", "张三"]]
    assert line_of(body, "带上合同") == body.view.text[: body.view.text.index("带上")].count("\n") + 1


def test_one_stands_for_nothing_else() -> None:
    """Nothing is said of alternatives where there is only text, or only HTML."""
    assert not parse(letter().as_bytes()).meta


_WORDS = st.lists(st.sampled_from(["请", "回复", "6月1日", "尽快", "a1", "<b>", "\n", " ", "\uff0c", "http://x.example/a ", "[1]", "& "]), max_size=12).map("".join)


@given(_WORDS, _WORDS)
def test_comparison_is_sound(text: str, html: str) -> None:
    """What is alike to a glance has no unsaid lines; every text says itself; stretches are lines of their side."""
    found = compared(text, html)
    assert compared(text, text).same or compared(text, text).stub
    assert all(span.of(text) in text.split("\n") for span in found.text)
    assert all(span.of(html) in html.split("\n") for span in found.html)
