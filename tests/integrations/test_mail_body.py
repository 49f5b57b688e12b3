"""From MIME to the text of a mail: alternatives, encodings, limits, places."""

from __future__ import annotations

import base64
import zipfile
from io import BytesIO

import pytest
from commlint_mail.flowed import unflowed
from commlint_mail.inline import split
from commlint_mail.message import parse
from commlint_mail.reader import EmlReader
from commlint_mail.transfer import base64_bytes, quoted_bytes
from hypothesis import given
from hypothesis import strategies as st

from commlint.errors import RecordError
from commlint.model.environment import Limits
from commlint.model.record import Record
from commlint.model.source import Source
from commlint.model.span import Span
from tests.integrations.readings import ENVIRONMENT, grid, line_of, part, records, seen

HEAD = b"From: a@example.com\r\nSubject: s\r\nMIME-Version: 1.0\r\n"


def body_of(rest: bytes) -> str:
    return part(parse(HEAD + rest), "body").text.strip()


def multipart(kind: str, *parts: bytes, boundary: bytes = b"B", end: bytes = b"--B--\r\n") -> bytes:
    return b'Content-Type: multipart/' + kind.encode() + b'; boundary="' + boundary + b'"\r\n\r\n' + b"".join(b"--B\r\n" + piece + b"\r\n" for piece in parts) + end


PLAIN = "Content-Type: text/plain; charset=utf-8\r\n\r\n正文".encode()
SAME = "Content-Type: text/html; charset=utf-8\r\n\r\n<p><b>正</b>文</p>".encode()
HTML = "Content-Type: text/html; charset=utf-8\r\n\r\n<p>网页</p>".encode()


@pytest.mark.parametrize(
    ("rest", "text"),
    [
        (b"Content-Type: text/plain; charset=gb2312\r\n\r\n" + "镕基".encode("gb18030"), "镕基"),
        (b"Content-Type: text/plain\r\n\r\n" + "各部门请提交".encode("gbk"), "各部门请提交"),
        (b"\r\n" + "各部门请提交".encode(), "各部门请提交"),
        (b"Content-Type: text/html\r\n\r\n" + '<meta charset="gbk"><p>短</p>'.encode("gbk"), "短"),
        (b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.b64encode("正文a".encode()).rstrip(b"="), "正文a"),
        (b"Content-Transfer-Encoding: Quoted-Printable\r\n\r\n=E6=AD=A3=\r\n=E6=96=87", "正文"),
        (b"Content-Transfer-Encoding: x-junk\r\n\r\nbody", "body"),
        (multipart("alternative", PLAIN, SAME), "正文"),
        (multipart("alternative", SAME, PLAIN), "正文"),
        (multipart("alternative", b"Content-Type: text/plain\r\n\r\n \r\n", HTML), "网页"),
        (multipart("mixed", PLAIN, HTML), "正文\n网页"),
        (multipart("mixed", PLAIN, b"Content-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nfile"), "正文"),
        (multipart("mixed", multipart("alternative", PLAIN, SAME).replace(b"B", b"C"), boundary=b"B"), "正文"),
        (multipart("mixed", PLAIN, end=b""), "正文"),
        (b"Content-Type: multipart/mixed\r\n\r\nno boundary", "no boundary"),
        (b"Content-Type: multipart/mixed; boundary=X\r\n\r\nwrong boundary", "wrong boundary"),
        (b"Content-Type: multipart/mixed; boundary=B\r\nContent-Transfer-Encoding: base64\r\n\r\n--B\r\n" + PLAIN + b"\r\n--B--", "正文"),
        (b"Content-Type: nonsense\r\n\r\nbody", "body"),
    ],
)
def test_the_text_of_a_mail(rest: bytes, text: str) -> None:
    """Charsets, encodings, alternatives, damage: the text is there, once."""
    assert body_of(rest) == text


@pytest.mark.parametrize(
    ("text", "delsp", "joined"),
    [
        ("a \nb\nc", False, "a b\nc"),
        ("会议 \n纪要", True, "会议纪要"),
        ("> a \n> b\nc ", False, "> a b\nc "),
        ("> a \nb", False, "> a \nb"),
        ("text \n-- \nsign", False, "text \n-- \nsign"),
        (" stuffed", False, "stuffed"),
    ],
)
def test_flowed_text(text: str, delsp: bool, joined: str) -> None:
    """RFC 3676: flowed lines join, quotes of other depth and the signature line do not."""
    assert unflowed(text, delsp=delsp) == joined


def test_attachments_have_name_size_type_and_lock() -> None:
    """Sizes are those of the decoded file; a zip says whether it is encrypted."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a", "b")
    locked = bytearray(packed.getvalue())
    locked[6] |= 1
    pieces = [b"Content-Type: application/zip; name=z.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(content) for content in (packed.getvalue(), bytes(locked))]
    record = parse(HEAD + multipart("mixed", PLAIN, *pieces, b"Content-Type: image/png\r\nContent-Disposition: attachment\r\n\r\npng", b"Content-Type: image/png\r\nContent-Disposition: inline\r\n\r\npng"))
    assert [(a.name, a.size, a.media_type, a.encrypted) for a in record.attachments] == [
        ("z.zip", len(locked), "application/zip", False),
        ("z.zip", len(locked), "application/zip", True),
        ("", 3, "image/png", None),
    ]


def test_a_file_in_uuencode_is_an_attachment() -> None:
    """Old programs put files into the text."""
    written = b"hello\nbegin 644 a.txt\n#86)C\n`\nend\n"
    assert split(written) == (b"hello\n", (("a.txt", b"abc"),))
    record = parse(HEAD + b"\r\n" + written)
    assert [(file.name, file.size) for file in record.attachments] == [("a.txt", 3)]
    assert part(record, "body").text == "hello\n"


def test_an_attached_mail_is_no_text_of_the_mail_around_it() -> None:
    """message/rfc822 is what somebody else wrote."""
    inner = b"Content-Type: message/rfc822\r\n\r\nFrom: c@example.com\r\nSubject: inner\r\n\r\ninner text"
    record = parse(HEAD + multipart("mixed", PLAIN, inner))
    assert part(record, "body").text.strip() == "正文"
    assert [(a.media_type, a.name) for a in record.attachments] == [("message/rfc822", "inner.eml")]


def test_automatic_mail_can_be_told_by_its_headers() -> None:
    """Headers keep order and repetition, names in lower case."""
    record = parse(b"Received: 1\nReceived: 2\nAuto-Submitted: auto-replied\nX-Odd: =?utf-8?Q?=E4=B8=AD?=\n\nx")
    assert record.headers == (("received", "1"), ("received", "2"), ("auto-submitted", "auto-replied"), ("x-odd", "中"))
    assert not record.inline_suppressions


WHOLE = (
    "各位同事\uff1a\r\n\r\n请于2026年5月22日前回复。\r\n\r\n-- \r\n林晓岚\r\n市场部经理\r\n\r\n"
    "-----原始邮件-----\r\n发件人: 沈一鸣\r\n发送时间: 2026年5月20日 10:00\r\n收件人: 林晓岚\r\n主题: s\r\n\r\n请尽快。\r\n"
)


def test_the_parts_of_a_mail_share_one_view() -> None:
    """Lines of history go on counting where the body ends; the label says where one is."""
    record = parse(HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + WHOLE.encode())
    body, history, signature = (part(record, name) for name in ("body", "history", "signature"))
    assert (line_of(body, "请于"), line_of(signature, "市场部"), line_of(history, "请尽快")) == (3, 7, 15)
    assert body.view is history.view is signature.view
    assert body.view.label == "body"
    assert history.sent_at is not None
    assert history.sent_at.day == 20


def test_tables_of_a_html_mail_are_tables_of_its_body() -> None:
    """Cells keep their places when history is cut away."""
    html = "<p>请看</p><table><tr><th>事项</th><th>负责人</th></tr><tr><td>盘点</td><td></td></tr></table><p>发件人: a<br>发送时间: b<br>收件人: c</p><p>旧</p>"
    record = parse(HEAD + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + html.encode())
    assert grid(part(record, "body")) == [["事项", "负责人"], ["盘点", ""]]
    assert "旧" in part(record, "history").text


def test_what_stands_below_a_table_signs() -> None:
    """A signature right under the table of an HTML mail is none of its text."""
    html = "<p>请看</p><table><tr><th>事项</th><th>负责人</th></tr><tr><td>盘点</td><td>何静宜</td></tr></table><p>何静宜<br>财务部主管</p>"
    record = parse(b"From: =?utf-8?B?5L2V6Z2Z5a6c?= <he@example.com>\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html.encode())
    assert part(record, "signature").text.strip() == "何静宜\n财务部主管"
    assert grid(part(record, "body")) == [["事项", "负责人"], ["盘点", "何静宜"]]


@pytest.mark.parametrize(("length", "text"), [("%d", "x\n"), ("%d   ", "x\n"), ("99999999", "x\n<plist/>\n")])
def test_a_message_of_apple_mail(length: str, text: str) -> None:
    """An .emlx has the length of the message above and a property list below; a wrong length is borne."""
    message = HEAD + b"\r\nx\n"
    content = (length % len(message) if "%" in length else length).encode() + b"\n" + message + b"<plist/>\n"
    (record,) = records(EmlReader(), "1.emlx", content)
    assert part(record, "body").view.text == text
    assert part(records(EmlReader(), "1.emlx", message)[0], "body").text == "x\n"


def test_deep_nesting_is_read_or_refused() -> None:
    """2,000 levels do not recurse; the record comes, and a failure that names the limit."""
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(2000))
    record, failure = EmlReader().read(Source("a.eml", HEAD + deep + b"\r\ntext"), ENVIRONMENT)
    assert isinstance(record, Record)
    assert dict(record.meta)["unscanned"] == "depth"
    assert isinstance(failure, RecordError)
    assert "limits.depth" in failure.message


@pytest.mark.parametrize(
    ("content", "limit"),
    [
        (HEAD + multipart("mixed", *[b"\r\nx"] * 1500), "parts"),
        (HEAD + b"X-A: b\r\n" * 20_000 + b"\r\nx", "headers"),
        (HEAD + b"Content-Type: text/html\r\n\r\n" + b"a" * 2_000_001, "html"),
    ],
    ids=["parts", "headers", "html"],
)
def test_beyond_a_limit_the_rest_is_reported(content: bytes, limit: str) -> None:
    """What was read is checked, and a failure that names the limit and its key comes with the record."""
    record, failure = EmlReader().read(Source("a.eml", content), ENVIRONMENT)
    assert isinstance(record, Record)
    assert dict(record.meta)["unscanned"] == limit
    assert isinstance(failure, RecordError)
    assert failure.slug == "mail-limit"
    assert all(f"limits.{limit}" in text for text in (failure.message, failure.zh, failure.help, failure.zh_help))


def test_limits_are_those_of_the_configuration() -> None:
    """Fewer parts, headers, levels or characters are read where fewer are allowed."""
    content = HEAD + multipart("mixed", PLAIN, PLAIN, PLAIN)
    assert dict(parse(content, limits=Limits(parts=2)).meta) == {"unscanned": "parts"}
    assert dict(parse(content, limits=Limits(headers=2)).meta) == {"unscanned": "headers"}
    assert dict(parse(content, limits=Limits(depth=0)).meta) == {"unscanned": "depth"}
    assert dict(parse(HEAD + HTML, limits=Limits(html=3)).meta) == {"unscanned": "html"}
    assert dict(parse(HEAD + PLAIN, limits=Limits(file_size=3)).meta) == {"unscanned": "size"}
    assert not parse(content).meta


@pytest.mark.parametrize(("content", "slug"), [(b"", "empty-record"), (b"just text\n", "not-a-mail"), (b"\x89PNG\r\n", "not-a-mail")])
def test_what_is_no_mail_is_refused(content: bytes, slug: str) -> None:
    """A file without any header is not silently taken for a mail."""
    with pytest.raises(RecordError) as caught:
        records(EmlReader(), "a.eml", content)
    assert caught.value.slug == slug
    assert caught.value.zh
    assert caught.value.zh_help


_LINES = st.sampled_from(["正文", "请尽快\uff0c好", "", "> 引", ">> 引", "-- ", "发件人: a", "发送时间: b", "收件人: c", "On May 1, a@b wrote:", "在 2026年5月1日\uff0c张三 写道\uff1a", "谢谢\uff01", "张三", "市场部经理", "电话: 010-55550000", "-----原始邮件-----", "____________", "本邮件仅供收件人阅读\uff0c请保密", "\t"])


@given(st.lists(_LINES, max_size=25).map("\n".join))
def test_no_line_of_a_mail_is_lost_and_every_place_is_right(text: str) -> None:
    """The parts cut from a body are all of it, each character once and from where it stands."""
    record = parse(HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + text.encode())
    covered: list[int] = []
    for piece in record.parts[1:]:
        for at, character in enumerate(piece.text):
            span = piece.source_map.to_source(Span(at, at + 1))
            assert span.of(piece.view.text) == character
            covered.append(span.start)
        assert all(Span(0, len(piece.text)).contains(block.span) for block in piece.blocks)
    assert sorted(covered) == list(range(len(record.parts[1].view.text)))


@given(st.binary(max_size=600))
def test_broken_encodings_are_read_as_far_as_they_go(content: bytes) -> None:
    """No input makes the decoders fail; what is right comes back."""
    assert base64_bytes(base64.encodebytes(content)) == content
    assert isinstance(base64_bytes(content), bytes)
    assert isinstance(quoted_bytes(content), bytes)
    assert isinstance(split(content), tuple)


def test_seen_in_html_is_what_is_shown() -> None:
    """The view of an HTML mail is the text that the author saw, not the markup."""
    record = parse(HEAD + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + "<p>请<b>尽</b>快</p>".encode())
    assert seen(part(record, "body"), "尽快") == "尽快"
