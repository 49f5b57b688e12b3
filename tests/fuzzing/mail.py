"""Seeds of mail: messages and mailboxes as mail programs write them, whole and broken in the usual ways."""

from __future__ import annotations

import base64
import io
import zipfile
from email import policy
from email.message import EmailMessage

from tests.integrations.mail_cases import cases

_FROM = b"From lin@example.com Thu May 21 09:30:00 2026\n"


def _letter(body: str = "请于6月10日18:00前回复。\n\n林晓岚\n市场部经理\n") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "林晓岚 <lin@example.com>"
    message["To"] = 'zhou@example.com, "Gu, B" <gu@example.com>'
    message["Subject"] = "二季度推广物料-市场部-林晓岚"
    message["Date"] = "Thu, 21 May 2026 09:30:00 +0800"
    message["Message-ID"] = "<1@example.com>"
    message.set_content(body)
    return message


def _whole() -> bytes:
    """Alternatives, a picture in the text, a zip, a mail attached, an invitation."""
    message = _letter()
    message.add_alternative("<html><head><meta charset=utf-8></head><body><p>请于<b>6月10日</b>18:00前回复。</p><table><tr><th>事项</th></tr><tr><td>报价</td></tr></table><img src=cid:p></body></html>", subtype="html")
    message.get_payload()[1].add_related(b"\x89PNG\r\n\x1a\n", "image", "png", cid="<p>")  # type: ignore[index,union-attr]  # a part of it
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "请尽快。")
    message.add_attachment(packed.getvalue(), "application", "zip", filename="报价单.zip")
    message.add_attachment(_letter("请转告。\n"))
    message.add_attachment("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260521T010000Z\r\nSUMMARY:例会\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", subtype="calendar")
    return message.as_bytes(policy=policy.SMTP)


def _nested() -> bytes:
    content = b"Content-Type: text/plain; charset=gb2312\r\n\r\n" + "正文".encode("gbk")
    for number in range(8):
        boundary = b"b%d" % number
        content = b"Content-Type: multipart/mixed; boundary=" + boundary + b"\r\n\r\n--" + boundary + b"\r\n" + content + b"\r\n--" + boundary + b"\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\ny\r\n--" + boundary + b"--\r\n"
    return b"From: a@example.com\r\nSubject: s\r\n" + content


def _mailbox() -> bytes:
    letter = _letter("From here on:\n\n请尽快。\n").as_bytes().replace(b"\nFrom h", b"\n>From h")
    counted = b"From: b@example.com\nSubject: s\nContent-Length: %d\nX-Mozilla-Status: 0001\n\n%s"
    text = "正文\n\n".encode() + _FROM + b"not a message\n"
    return _FROM + letter + b"\n" + _FROM + counted % (len(text), text) + b"\n" + _FROM + b"X-Mozilla-Status: 0008\nSubject: gone\n\nx\n\n" + _FROM + _whole().replace(b"\r\n", b"\n") + b"\n"


_CASES = {f"{case.group}/{case.name}": case.content for case in cases()}
_CHOSEN = (
    "charset/gb2312 that is gb18030", "charset/iso-2022-jp in iso2022_jp", "charset/utf-7 in utf-7", "charset/HZ without label", "subject/split inside a character, GBK", "subject/raw GBK",
    "name/RFC 2231 in GBK, in pieces cut inside a character", "name/RFC 2047 in two strings", "body/uuencode in the text", "body/yEnc in the text", "body/flowed", "body/alternatives, HTML says more",
    "structure/another boundary than the one said", "structure/a digest", "structure/a bounce",
)  # fmt: skip

SEEDS: tuple[tuple[str, bytes], ...] = (
    ("whole.eml", _whole()),
    ("nested.eml", _nested()),
    ("uu.eml", _letter("begin 644 a.txt\n#86)C\n`\nend\n").as_bytes()),
    ("sealed.eml", b"From: a@example.com\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(bytes(60))),
    *((f"{number}.eml", _CASES[name]) for number, name in enumerate(_CHOSEN)),
    ("box.mbox", _mailbox()),
    ("收件箱.mbx", _mailbox().replace(b"\n", b"\r\n")),
)
