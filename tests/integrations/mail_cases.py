"""Mail as it is broken in practice, each case with what a person would read in it. `python -m tests.integrations.mail_cases` scores these and all others."""

from __future__ import annotations

import base64
import itertools
import quopri
import sys
from collections.abc import Callable, Iterator

from attrs import frozen
from commlint_mail.message import parse

from commlint.model.record import Record


@frozen
class Case:
    """One mail and the truth about it; `group` is what is looked at: charset, subject, address, name, body, structure."""

    group: str
    name: str
    content: bytes
    truth: object


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


# what is looked at


def _body(record: Record) -> str:
    """All that the mail says, without blanks at line ends and its own ends."""
    view = next(part.view for part in record.parts if part.name == "body").text
    return "\n".join(line.rstrip() for line in view.split("\n")).strip()


def _subject(record: Record) -> str:
    return record.parts[0].text if record.parts[0].name == "subject" else ""


def _addressed(record: Record) -> list[tuple[str, str]]:
    return [(party.name, party.address) for party in record.to]


def _names(record: Record) -> list[str]:
    return [file.name for file in record.attachments]


def _structure(record: Record) -> tuple[str, list[tuple[str, int | None]]]:
    return _body(record), [(file.name, file.size) for file in record.attachments]


LOOKED_AT: dict[str, Callable[[Record], object]] = {"charset": _body, "subject": _subject, "address": _addressed, "name": _names, "body": _body, "structure": _structure}


def found(case: Case) -> object:
    """What commlint reads in it."""
    return LOOKED_AT[case.group](parse(case.content))


# charsets

HANZI = "各位同事\uff1a请\u9555经理、\u5586主任于6月10日前确认\u3402字样稿\uff0c谢谢。"
FANTI = "各位同事\uff1a請於6月10日前確認會議記錄\uff0c並回覆業務部。\u88cf\u9762有\u5605字。"
KANJI = "会議の資料を6月10日までに確認してください。\u2460"
KANA = "会議の資料を6月10日までに確認してください。"
HANGUL = "회의 자료를 6월 10일까지 확인해 주세요. \ub620방각하"
LATIN = "Caf\u00e9 cr\u00e8me \u00e0 No\u00ebl, s'il vous pla\u00eet"
SMART = "\u201cPlease confirm\u201d \u2013 it\u2019s due"
RUSSIAN = "Пожалуйста, подтвердите получение документов до десятого июня."
RARE = "\U00020bb7野屋与\U0001f600一起\u3402\uff0c请查收附件中的合同。"


def _mail(head: str, content: bytes) -> bytes:
    return f"From: a@example.com\r\nSubject: s\r\nMIME-Version: 1.0\r\n{head}\r\n".encode() + content


def _coded(label: str, content: bytes, *, coding: str = "8bit", kind: str = "text/plain") -> bytes:
    charset = f"; charset={label}" if label else ""
    body = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}.get(coding, bytes)(content)
    return _mail(f"Content-Type: {kind}{charset}\r\nContent-Transfer-Encoding: {coding}\r\n", body)


def _charsets() -> Iterator[Case]:
    for label in ("gb2312", "GBK", "gb_2312-80", "csGB2312", "x-gbk", "cp936", "windows-936", "x-mac-chinesesimp", "gb18030", "euc-cn"):
        yield Case("charset", f"{label} that is gb18030", _coded(label, HANZI.encode("gb18030")), HANZI)
    for label in ("big5", "big5-hkscs", "x-x-big5", "cn-big5", "cp950"):
        yield Case("charset", f"{label} with hkscs characters", _coded(label, FANTI.encode("big5hkscs"), coding="base64"), FANTI)
    plain_fanti = "各位同事\uff1a請於6月10日前確認會議記錄\uff0c並回覆業務部。"
    plain = "各位同事\uff1a请于6月10日前确认会议纪要\uff0c并回复业务部。"
    wrong = [
        ("gb2312", "utf-8", plain), ("gbk", "utf-8", HANZI), ("gb18030", "utf-8", plain_fanti), ("big5", "utf-8", plain_fanti), ("big5", "gbk", plain), ("gb2312", "big5", plain_fanti),
        ("utf-8", "gb18030", HANZI), ("utf-8", "big5", plain_fanti), ("iso-8859-1", "utf-8", plain), ("iso-8859-1", "gbk", plain), ("windows-1252", "gbk", plain), ("us-ascii", "utf-8", plain),
        ("us-ascii", "gbk", plain), ("default", "gbk", plain), ("unknown-8bit", "gbk", plain), ("x-unknown", "utf-8", plain), ("utf8mb4", "utf-8", RARE), ("utf8", "utf-8", RARE), ("binary", "gbk", plain),
        ("", "gbk", plain), ("", "utf-8", plain), ("", "big5", plain_fanti), ("nonsense-42", "gbk", plain), ("shift_jis", "utf-8", KANA), ("euc-kr", "gbk", plain), ("ascii", "gb18030", RARE),
    ]  # fmt: skip
    for label, codec, text in wrong:
        yield Case("charset", f"{label or 'none'} that is {codec}", _coded(label, text.encode(codec)), text)
    right = [
        ("iso-2022-jp", "iso2022_jp", KANA), ("iso-2022-jp", "iso2022_jp_ext", KANA), ("shift_jis", "cp932", KANJI), ("x-sjis", "cp932", KANJI), ("euc-jp", "euc_jp", KANA), ("euc-kr", "cp949", HANGUL),
        ("ks_c_5601-1987", "cp949", HANGUL), ("iso-2022-kr", "iso2022_kr", HANGUL.replace("\ub620방각하", "")), ("utf-7", "utf-7", plain), ("unicode-1-1-utf-7", "utf-7", plain), ("UTF-16", "utf-16", plain),
        ("utf-16le", "utf-16-le", plain), ("utf-16be", "utf-16-be", plain), ("hz-gb-2312", "hz", plain), ("koi8-r", "koi8-r", RUSSIAN), ("windows-1251", "cp1251", RUSSIAN), ("iso-8859-1", "latin-1", LATIN),
        ("iso-8859-1", "cp1252", SMART), ("windows-1252", "cp1252", SMART), ("iso-8859-15", "iso8859-15", LATIN + " 5\u20ac"), ("gb18030", "gb18030", RARE), ("utf-32", "utf-32", plain), ("macintosh", "mac-roman", LATIN),
    ]  # fmt: skip
    for label, codec, text in right:
        yield Case("charset", f"{label} in {codec}", _coded(label, text.encode(codec), coding="base64"), text.strip())
    page = "<html><head>{meta}</head><body><p>" + plain + "</p></body></html>"
    for label, meta, codec in (("", '<meta charset="gbk">', "gbk"), ("", '<META http-equiv=Content-Type content="text/html; charset=big5">', "gbk"), ("", "", "gb18030"), ("gb2312", '<meta charset="utf-8">', "gbk"), ("utf-8", '<meta charset="gb2312">', "utf-8")):
        yield Case("charset", f"HTML, {label or 'none'}, {meta or 'no meta'}, {codec}", _coded(label, page.format(meta=meta).encode(codec), kind="text/html"), plain)
    for label in ('"gb2312', "3D\"gb2312\"", "'gb2312'", "gb2312 (Simplified)", "gb2312;", "=?gb2312?", '"gb2312";charset="utf-8"'):
        yield Case("charset", f"label written {label}", _coded(label, plain.encode("gbk")), plain)
    yield Case("charset", "a mark of UTF-8 under the label gbk", _coded("gbk", b"\xef\xbb\xbf" + plain.encode()), plain)
    yield Case("charset", "ISO-2022-JP without label", _coded("", KANA.encode("iso2022_jp"), coding="7bit"), KANA)
    yield Case("charset", "HZ without label", _coded("", plain.encode("hz"), coding="7bit"), plain)
    yield Case("charset", "a character cut at the end", _coded("gb2312", plain.encode("gbk") + "请".encode("gbk")[:1]), plain + "\ufffd")
    yield Case("charset", "one bad byte in long UTF-8", _coded("utf-8", (plain * 20).encode() + b"\xff" + plain.encode()), plain * 20 + "\ufffd" + plain)
    yield Case("charset", "one bad byte in long GBK", _coded("gb2312", (plain * 20).encode("gbk") + b"\xff\r\n" + plain.encode("gbk")), plain * 20 + "\ufffd\n" + plain)
    yield Case("charset", "quoted-printable GBK in two cases", _coded("GB2312", plain.encode("gbk"), coding="quoted-printable").replace(b"=B8", b"=b8"), plain)


# subjects

_TITLE = "关于二季度设备巡检安排的通知"


def _words(text: str, codec: str, label: str, *sizes: int, glue: str = "\r\n ", coding: str = "B") -> str:
    raw = text.encode(codec)
    cuts = [0, *sizes, len(raw)]
    pieces = [raw[start:end] for start, end in itertools.pairwise(cuts)]
    return glue.join(f"=?{label}?{coding}?{b64(piece) if coding.upper() == 'B' else ''.join(f'={byte:02X}' for byte in piece)}?=" for piece in pieces)


def _subjects() -> Iterator[Case]:
    whole = b64(_TITLE.encode())
    gbk = b64(_TITLE.encode("gbk"))
    written: list[tuple[str, str | bytes, str]] = [
        ("base64", f"=?utf-8?B?{whole}?=", _TITLE),
        ("GB2312 that is GBK", f"=?gb2312?B?{b64(chr(0x9555).encode('gb18030') + _TITLE.encode('gbk'))}?=", chr(0x9555) + _TITLE),
        ("split inside a character, folded", _words(_TITLE, "utf-8", "utf-8", 10, 25), _TITLE),
        ("split inside a character, GBK", _words(_TITLE, "gbk", "gb2312", 7, 17), _TITLE),
        ("split inside a character, quoted-printable", _words(_TITLE, "utf-8", "UTF-8", 8, coding="Q"), _TITLE),
        ("words glued together", _words(_TITLE, "utf-8", "utf-8", 9, glue=""), _TITLE),
        ("base64 cut between words, not in groups of four", f"=?utf-8?B?{whole[:17]}?=\r\n =?utf-8?B?{whole[17:]}?=", _TITLE),
        ("no padding", f"=?utf-8?B?{b64('会议安排'.encode() + b'a').rstrip('=')}?=", "会议安排a"),
        ("blanks inside", f"=?utf-8?B?{whole[:20]} {whole[20:]}?=", _TITLE),
        ("a line break inside", f"=?utf-8?B?{whole[:20]}\r\n {whole[20:]}?=", _TITLE),
        ("no end", f"=?utf-8?B?{whole}", _TITLE),
        ("half an end", f"=?utf-8?B?{whole}?", _TITLE),
        ("no end before the next word", f"=?utf-8?B?{b64('会议安排'.encode())} =?utf-8?B?{b64('通知'.encode())}?=", "会议安排通知"),
        ("cut off in the middle", f"=?utf-8?B?{b64('会议纪要'.encode())[:14]}", "会议纪\ufffd"),
        ("raw GBK", f"Subject: {_TITLE}".encode("gbk")[9:], _TITLE),
        ("raw UTF-8", _TITLE.encode(), _TITLE),
        ("raw Big5", "關於會議記錄的通知".encode("big5"), "關於會議記錄的通知"),
        ("raw UTF-8 beside a word", "回复: ".encode() + f"=?gb2312?B?{gbk}?=".encode(), "回复: " + _TITLE),
        ("ASCII before and behind", f"Re: =?utf-8?B?{whole}?= (2)", f"Re: {_TITLE} (2)"),
        ("two charsets", f"=?utf-8?B?{b64('会议'.encode())}?= =?gb2312?B?{b64('纪要'.encode('gbk'))}?=", "会议纪要"),
        ("both codings", f"=?utf-8?B?{b64('会议'.encode())}?= =?utf-8?Q?=E7=BA=AA=E8=A6=81?=", "会议纪要"),
        ("underscores, a question mark and blanks in quoted-printable", "=?utf-8?Q?=E4=BC=9A=E8=AE=AE_why? now?=", "会议 why? now"),
        ("lower case", "=?utf-8?q?=e4=bc=9a=e8=ae=ae?=", "会议"),
        ("a language", f"=?utf-8*zh-cn?B?{whole}?=", _TITLE),
        ("a label in quotes", f'=?"gb2312"?B?{gbk}?=', _TITLE),
        ("in quotes", f'"=?gb2312?B?{gbk}?="', f'"{_TITLE}"'),
        ("an unknown charset", f"=?x-unknown?B?{gbk}?=", _TITLE),
        ("ISO-2022-JP", f"=?ISO-2022-JP?B?{b64('会議の資料'.encode('iso2022_jp'))}?=", "会議の資料"),
        ("UTF-8 that says GB2312", f"=?gb2312?B?{whole}?=", _TITLE),
        ("UTF-8 that says Latin", f"=?iso-8859-1?Q?{''.join(f'={byte:02X}' for byte in _TITLE.encode())}?=", _TITLE),
        ("an encoded line break", "=?utf-8?Q?a=0D=0ABcc:_x@example.com?=", "a Bcc: x@example.com"),
        ("folded with a tab", f"=?utf-8?B?{b64('会议'.encode())}?=\r\n\t=?utf-8?B?{b64('纪要'.encode())}?=", "会议纪要"),
        ("folded ASCII", "weekly\r\n report", "weekly report"),
        ("folded without a blank", "weekly\r\nreport of the team", "weekly report of the team"),
        ("nothing encoded", "100% =? of =?utf-8? it", "100% =? of =?utf-8? it"),
        ("an unknown coding", "=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        ("empty words", f"=?utf-8?B??= =?utf-8?B?{b64('会议'.encode())}?=", "会议"),
        ("encoded twice as one word each character", "".join(f"=?utf-8?B?{b64(character.encode())}?=\r\n " for character in "会议纪要").rstrip(), "会议纪要"),
        ("UTF-7", "=?utf-7?Q?+T1qLrnp6iYE-?=", b"+T1qLrnp6iYE-".decode("utf-7")),
    ]
    for name, value, truth in written:
        raw = value.encode() if isinstance(value, str) else value
        yield Case("subject", name, b"From: a@example.com\r\nSubject: " + raw + b"\r\nDate: Thu, 21 May 2026 09:30:00 +0800\r\n\r\nx\r\n", truth)


# addresses


def _addresses() -> Iterator[Case]:
    zhang = b64("张三".encode())
    written: list[tuple[str, str | bytes, list[tuple[str, str]]]] = [
        ("a group", "Team: a@example.com, Li <b@example.com>;, c@example.com", [("", "a@example.com"), ("Li", "b@example.com"), ("", "c@example.com")]),
        ("a group of nobody", "undisclosed-recipients:;", []),
        ("an encoded word in quotes", f'"=?utf-8?B?{zhang}?=" <a@example.com>', [("张三", "a@example.com")]),
        ("an encoded comma", "=?utf-8?Q?=E5=BC=A0=2C=E4=B8=89?= <a@example.com>, b@example.com", [("张,三", "a@example.com"), ("", "b@example.com")]),
        ("a comma in quotes", '"Li, Na" <a@example.com>', [("Li, Na", "a@example.com")]),
        ("raw GBK", "张三 <a@example.com>".encode("gbk"), [("张三", "a@example.com")]),
        ("signs of Chinese between them", "张三 <a@example.com>\uff1b李四 <b@example.com>".encode(), [("张三", "a@example.com"), ("李四", "b@example.com")]),
        ("commas too many", "<a@example.com>,, ;<b@example.com>", [("", "a@example.com"), ("", "b@example.com")]),
        ("folded inside a name", f"=?utf-8?B?{zhang}?=\r\n <a@example.com>", [("张三", "a@example.com")]),
        ("a line break encoded in a name", "=?utf-8?Q?Li=0D=0ABcc=3A_x?= <a@example.com>", [("Li Bcc: x", "a@example.com")]),
        ("no address", "all staff", [("all staff", "")]),
        ("the address behind the name", "Li Na a@example.com", [("Li Na", "a@example.com")]),
    ]
    for name, value, truth in written:
        raw = value.encode() if isinstance(value, str) else value
        yield Case("address", name, b"From: a@example.com\r\nTo: " + raw + b"\r\nSubject: s\r\n\r\nx\r\n", truth)


# names of files

_FILE = "报价单_20260521.xlsx"
_ESCAPED = "".join(f"%{byte:02X}" for byte in _FILE.encode())


def _file_names() -> Iterator[Case]:
    quoted = _ESCAPED.encode()
    written: list[tuple[str, bytes, str]] = [
        ("RFC 2231", b"attachment; filename*=utf-8''" + quoted, _FILE),
        ("RFC 2231 in quotes", b"attachment; filename*=\"utf-8''" + quoted + b'"', _FILE),
        ("RFC 2231 and an ASCII one", b'attachment; filename="__.xlsx"; filename*=UTF-8\'zh-cn\'' + quoted, _FILE),
        ("RFC 2231 in GBK, in pieces cut inside a character", b"attachment;\r\n filename*0*=gb2312''%B1%A8%BC;\r\n filename*1*=%DB%B5%A5_20260521;\r\n filename*2=.xlsx", _FILE),
        ("pieces out of order", b"attachment; filename*1*=" + quoted[12:] + b"; filename*0*=utf-8''" + quoted[:12], _FILE),
        ("a piece missing", b"attachment; filename*0=a; filename*2=c.txt", "ac.txt"),
        ("pieces without charset", b"attachment; filename*0*=" + quoted[:30] + b"; filename*1*=" + quoted[30:], _FILE),
        ("RFC 2047 in quotes", b'attachment; filename="=?gb2312?B?' + base64.b64encode(_FILE.encode("gbk")) + b'?="', _FILE),
        ("RFC 2047 without quotes", b"attachment; filename==?utf-8?B?" + base64.b64encode(_FILE.encode()) + b"?=", _FILE),
        ("RFC 2047 in two strings", b'attachment; filename="=?utf-8?B?' + base64.b64encode(_FILE.encode()[:7]) + b'?="\r\n "=?utf-8?B?' + base64.b64encode(_FILE.encode()[7:]) + b'?="', _FILE),
        ("RFC 2047 folded", b'attachment; filename="=?utf-8?B?' + base64.b64encode(_FILE.encode()[:9]) + b'?=\r\n =?utf-8?B?' + base64.b64encode(_FILE.encode()[9:]) + b'?="', _FILE),
        ("RFC 2047 in pieces of RFC 2231", b'attachment; filename*0="=?utf-8?B?' + base64.b64encode(_FILE.encode())[:20] + b'"; filename*1="' + base64.b64encode(_FILE.encode())[20:] + b'?="', _FILE),
        ("raw GBK", b'attachment; filename="' + _FILE.encode("gbk") + b'"', _FILE),
        ("raw UTF-8", b'attachment; filename="' + _FILE.encode() + b'"', _FILE),
        ("raw Big5", 'attachment; filename="會議記錄與報價單.doc"'.encode("big5"), "會議記錄與報價單.doc"),
        ("percent escapes that nothing announces", b'attachment; filename="' + quoted + b'"', _FILE),
        ("RFC 2231 without its star", b"attachment; filename=utf-8''" + quoted, _FILE),
        ("no semicolon", b'attachment filename="report.xlsx"', "report.xlsx"),
        ("a blank in a bare name", b"attachment; filename=weekly report.xlsx; size=3", "weekly report.xlsx"),
        ("blanks around the sign", b'attachment; filename = "report.xlsx"', "report.xlsx"),
        ("unclosed quotes", b'attachment; filename="report.xlsx', "report.xlsx"),
        ("semicolon and quotes in the name", b'attachment; filename="a;b\\"c.xlsx"', 'a;b"c.xlsx'),
        ("traversal", b'attachment; filename="../../etc/passwd"', "passwd"),
        ("traversal of Windows, escaped", b"attachment; filename*=utf-8''..%5C..%5Cpasswd", "passwd"),
        ("a percent sign", b'attachment; filename="100% done.txt"', "100% done.txt"),
        ("capitals", b'ATTACHMENT; FILENAME="report.xlsx"', "report.xlsx"),
        ("a semicolon too many", b';attachment;; filename="report.xlsx";;', "report.xlsx"),
        ("single quotes", b"attachment; filename='report.xlsx'", "report.xlsx"),
    ]
    for name, disposition, truth in written:
        yield Case("name", name, _mail("", b"").rstrip(b"\r\n") + b"\r\nContent-Type: application/octet-stream\r\nContent-Disposition: " + disposition + b"\r\n\r\nx", [truth])
    yield Case("name", "in Content-Type only", _mail(f'Content-Type: application/pdf;\r\n\tname="=?UTF-8?B?{b64(_FILE.encode())}?="\r\n', b"x"), [_FILE])
    yield Case("name", "bare GBK in Content-Type", _mail("", b"").rstrip(b"\r\n") + b"\r\nContent-Type: application/pdf; name=" + _FILE.encode("gbk") + b"\r\n\r\nx", [_FILE])


# texts

_TEXT = "请于6月10日前回复。"


def _multipart(kind: str, *parts: bytes, boundary: str = "B", said: str | None = None, end: bytes = b"--B--\r\n", head: str = "") -> bytes:
    given = f'; boundary="{boundary}"' if said is None else said
    return _mail(f"Content-Type: multipart/{kind}{given}\r\n{head}", b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in parts) + end)


def _part(kind: str, content: bytes | str, *more: str) -> bytes:
    raw = content if isinstance(content, bytes) else content.encode()
    return f"Content-Type: {kind}\r\n".encode() + "".join(f"{line}\r\n" for line in more).encode() + b"\r\n" + raw


_PLAIN = _part("text/plain; charset=utf-8", _TEXT)
_PAGE = _part("text/html; charset=utf-8", f"<p>{_TEXT}</p>")


def _bodies() -> Iterator[Case]:
    coded = base64.encodebytes(_TEXT.encode())
    b64head = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n"
    yield Case("body", "base64", _mail(b64head, coded), _TEXT)
    yield Case("body", "base64 without padding", _mail(b64head, base64.b64encode((_TEXT + "a").encode()).rstrip(b"=")), _TEXT + "a")
    yield Case("body", "base64 with junk inside", _mail(b64head, coded[:8] + b"!*\x00\r\n " + coded[8:]), _TEXT)
    yield Case("body", "base64 in two pieces, each padded", _mail(b64head, b64("请于a".encode()).encode() + b"\r\n" + b64("6月10日前".encode()).encode()), "请于a6月10日前")
    yield Case("body", "base64 cut off", _mail(b64head, coded[:16]), "请于6月10")
    yield Case("body", "base64 with text of a mailing list below", _mail(b64head, coded + b"\r\n"), _TEXT)
    yield Case("body", "quoted-printable with soft breaks inside a character", _mail("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n", b"=E8=AF=\r\n=B7=E4=BA=8E=\n6"), "请于6")
    yield Case("body", "quoted-printable with a sign that introduces nothing", _mail("Content-Transfer-Encoding: quoted-printable\r\n", b"a=b =ZZ 1+1=2=\r\n"), "a=b =ZZ 1+1=2")
    yield Case("body", "an encoding written oddly", _mail('Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "BASE64" \r\n', coded), _TEXT)
    yield Case("body", "a junk encoding", _mail("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: x-token\r\n", _TEXT.encode()), _TEXT)
    yield Case("body", "flowed", _mail("Content-Type: text/plain; charset=utf-8; format=flowed\r\n", b"a \r\nb\r\n> q \r\n> r\r\n-- \r\nc"), "a b\n> q r\n--\nc")
    yield Case("body", "flowed with delsp", _mail("Content-Type: text/plain; charset=utf-8; format=Flowed; DelSp=Yes\r\n", "请于6月10 \r\n日前回复。".encode()), _TEXT)
    yield Case("body", "HTML only", _mail("Content-Type: text/html; charset=utf-8\r\n", "<html><head><title>t</title><style>p{}</style></head><body><p>请于<b>6月10日</b>前回复。</p><script>x</script></body></html>".encode()), _TEXT)
    yield Case("body", "alternatives alike", _multipart("alternative", _PLAIN, _PAGE), _TEXT)
    yield Case("body", "alternatives, the text empty", _multipart("alternative", _part("text/plain", " \r\n"), _PAGE), _TEXT)
    yield Case("body", "alternatives, a stub", _multipart("alternative", _part("text/plain; charset=utf-8", "您的邮件客户端不支持HTML格式的邮件\uff0c请使用其他客户端查看。"), _PAGE), _TEXT)
    yield Case("body", "alternatives, an English stub", _multipart("alternative", _part("text/plain", "This is a multi-part message in MIME format."), _PAGE), _TEXT)
    yield Case("body", "alternatives, HTML says more", _multipart("alternative", _part("text/plain; charset=utf-8", "请于6月10日前回复。"), _part("text/html; charset=utf-8", "<p>请于6月10日前回复。</p><p>逾期不候。</p>")), "请于6月10日前回复。\n逾期不候。")
    yield Case("body", "alternatives, another date", _multipart("alternative", _PLAIN, _part("text/html; charset=utf-8", "<p>请于6月12日前回复。</p>")), "请于6月12日前回复。\n请于6月10日前回复。")
    yield Case("body", "alternatives, links and marks in the text only", _multipart("alternative", _part("text/plain; charset=utf-8", "*请于6月10日*前回复。\r\n\r\n详见 系统 <https://example.com/a?b=1> 。\r\n[image: logo]\r\n"), _part("text/html; charset=utf-8", "<p><b>请于6月10日</b>前回复。</p><p>详见 <a href='https://example.com/a?b=1'>系统</a> 。</p><img src=x>")), "*请于6月10日*前回复。\n\n详见 系统 <https://example.com/a?b=1> 。\n[image: logo]")
    yield Case("body", "HTML first, then text", _multipart("alternative", _PAGE, _PLAIN), _TEXT)
    yield Case("body", "HTML with its pictures beside the text", _multipart("alternative", _PLAIN, _part("multipart/related; boundary=R", b"--R\r\n" + _PAGE + b"\r\n--R\r\n" + _part("image/png", b"png", "Content-ID: <p>") + b"\r\n--R--")), _TEXT)
    yield Case("body", "uuencode in the text", _mail("", b"see below\r\nbegin 644 a.txt\r\n#86)C\r\n`\r\nend\r\nbye"), "see below\nbye")
    yield Case("body", "yEnc in the text", _mail("", b"see below\r\n=ybegin line=128 size=3 name=a.bin\r\n" + bytes((byte + 42) & 255 for byte in b"abc") + b"\r\n=yend size=3\r\nbye"), "see below\nbye")
    yield Case("body", "zero bytes", _mail("", b"a\x00b\r\n\x00c"), "ab\nc")
    yield Case("body", "bare CR line breaks", _mail("", b"a\rb\rc"), "a\nb\nc")
    yield Case("body", "two texts", _multipart("mixed", _PLAIN, _part("text/plain; charset=utf-8", "谢谢。")), f"{_TEXT}\n谢谢。")
    yield Case("body", "multipart that says base64", _multipart("mixed", _PLAIN, head="Content-Transfer-Encoding: base64\r\n"), _TEXT)
    yield Case("body", "no headers of MIME", b"From: a@example.com\r\nSubject: s\r\n\r\n" + _TEXT.encode(), _TEXT)


# structures


def _structures() -> Iterator[Case]:
    file = _part("application/x-x; name=a.bin", b"abc")
    one: list[tuple[str, int | None]] = [("a.bin", 3)]
    truth = (_TEXT, one)
    yield Case("structure", "as it should be", _multipart("mixed", _PLAIN, file), truth)
    yield Case("structure", "no last boundary", _multipart("mixed", _PLAIN, file, end=b""), (_TEXT, [("a.bin", 5)]))
    yield Case("structure", "no boundary parameter", _multipart("mixed", _PLAIN, file, said=""), truth)
    yield Case("structure", "another boundary than the one said", _multipart("mixed", _PLAIN, file, said="; boundary=OTHER"), truth)
    yield Case("structure", "no boundary and nothing that looks like one", _mail("Content-Type: multipart/mixed\r\n", _TEXT.encode()), (_TEXT, []))
    yield Case("structure", "a boundary that does not occur", _mail("Content-Type: multipart/mixed; boundary=X\r\n", _TEXT.encode()), (_TEXT, []))
    yield Case("structure", "blanks behind the boundary", _multipart("mixed", _PLAIN, file).replace(b"--B\r\n", b"--B \t\r\n"), truth)
    yield Case("structure", "a boundary with odd characters", _multipart("mixed", _PLAIN, file, boundary="=_?(x):1", end=b"--=_?(x):1--"), truth)
    yield Case("structure", "a boundary that another begins with", _multipart("mixed", _part("multipart/alternative; boundary=BB", b"--BB\r\n" + _PLAIN + b"\r\n--BB--"), file), truth)
    yield Case("structure", "the inner boundary not closed", _multipart("mixed", _part("multipart/alternative; boundary=C", b"--C\r\n" + _PLAIN), file), truth)
    yield Case("structure", "LF only", _multipart("mixed", _PLAIN, file).replace(b"\r\n", b"\n"), truth)
    yield Case("structure", "preamble and epilogue", _multipart("mixed", _PLAIN, file, end=b"--B--\r\nepilogue").replace(b"\r\n\r\n--B", b"\r\n\r\nThis is a multi-part message.\r\n--B", 1), truth)
    yield Case("structure", "parts without headers", _multipart("mixed", b"\r\nplain", file), ("plain", one))
    yield Case("structure", "content type without a slash", _mail("Content-Type: text; charset=utf-8\r\n", _TEXT.encode()), (_TEXT, []))
    yield Case("structure", "empty content type", _mail("Content-Type:\r\n", _TEXT.encode()), (_TEXT, []))
    yield Case("structure", "two content types", _mail("Content-Type: text/plain; charset=utf-8\r\nContent-Type: text/html\r\n", b"<p>a</p>"), ("<p>a</p>", []))
    yield Case("structure", "a mail attached", _multipart("mixed", _PLAIN, _part("message/rfc822", "From: b@example.com\r\nSubject: inner\r\n\r\ninner")), (_TEXT, [("inner.eml", 44)]))
    yield Case("structure", "a mail attached in base64", _multipart("mixed", _PLAIN, _part("message/rfc822", base64.encodebytes(b"From: b@example.com\r\nSubject: inner\r\n\r\ninner"), "Content-Transfer-Encoding: base64")), (_TEXT, [("inner.eml", 44)]))
    yield Case("structure", "a digest", _multipart("digest", b"\r\nFrom: b@example.com\r\nSubject: one\r\n\r\n1", b"\r\nFrom: c@example.com\r\nSubject: two\r\n\r\n2"), ("", []))
    yield Case("structure", "signed", _multipart("signed", _PLAIN, _part("application/pkcs7-signature; name=smime.p7s", b"sig")), (_TEXT, []))
    yield Case("structure", "a picture shown in the text", _multipart("related", _part("text/html; charset=utf-8", f"<p>{_TEXT}</p><img src='cid:p1'>"), _part("image/png; name=logo.png", b"png", "Content-ID: <p1>", "Content-Disposition: inline; filename=logo.png")), (_TEXT, []))
    yield Case("structure", "a picture attached", _multipart("mixed", _PLAIN, _part("image/png; name=site.png", b"png", "Content-Disposition: attachment; filename=site.png")), (_TEXT, [("site.png", 3)]))
    yield Case("structure", "a picture of Apple Mail, inline with a name", _multipart("mixed", _PLAIN, _part("image/jpeg; name=site.jpg", b"jpg", "Content-Disposition: inline; filename=site.jpg")), (_TEXT, [("site.jpg", 3)]))
    yield Case("structure", "a text attached", _multipart("mixed", _PLAIN, _part("text/plain; name=notes.txt", "notes", "Content-Disposition: attachment")), (_TEXT, [("notes.txt", 5)]))
    yield Case("structure", "a file alone", _mail("Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n", base64.encodebytes(b"%PDF-")), ("", [("a.pdf", 5)]))
    yield Case("structure", "a line that is no field among the headers", b"From: a@example.com\r\nX-Long: one\r\ntwo three\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + _TEXT.encode(), (_TEXT, []))
    yield Case("structure", "empty lines and a From_ line first", b"\r\n\r\nFrom x Thu May 21 09:30:00 2026\r\nFrom: a@example.com\r\nSubject: s\r\n\r\nx", ("x", []))
    yield Case("structure", "headers only", b"From: a@example.com\r\nSubject: s", ("", []))
    yield Case("structure", "a bounce", _multipart("report; report-type=delivery-status", _PLAIN, _part("message/delivery-status", b"Action: failed"), _part("message/rfc822", "Subject: x\r\n\r\ny")), (_TEXT, []))
    yield Case("structure", "a part in TNEF", _multipart("mixed", _PLAIN, _part("application/ms-tnef; name=winmail.dat", b"\x78\x9f\x3e\x22")), (_TEXT, [("winmail.dat", 4)]))


def cases() -> tuple[Case, ...]:
    """All of them."""
    return (*_charsets(), *_subjects(), *_addresses(), *_file_names(), *_bodies(), *_structures())


if __name__ == "__main__":
    from tests.integrations.mail_scores import main

    sys.exit(main())
