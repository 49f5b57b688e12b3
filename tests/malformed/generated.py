"""Five hundred mails that break RFC 5322, 2045, 2046, 2047 or 2231: ways to break them, each on several sound mails.

Each says MARK in a text that a reader could find all the same; ways that take it away are marked with LOSES.
"""

from __future__ import annotations

import base64
import quopri
from collections.abc import Callable, Iterator
from random import Random

from attrs import frozen

MARK = "请于5月30日前提交材料"
COUNT = 500
_TEXT = f"各位好\uff1a\n\n{MARK}\uff0c谢谢。\n\n张三\n"
_HTML = f"<html><body><p>各位好\uff1a</p><p>{MARK}\uff0c谢谢。</p></body></html>"
_HEAD = "From: =?utf-8?B?5byg5LiJ?= <zhang@example.com>\r\nTo: li@example.com\r\nSubject: =?utf-8?B?5p2Q5paZ?=\r\nDate: Thu, 21 May 2026 09:30:00 +0800\r\nMessage-ID: <1@example.com>\r\nMIME-Version: 1.0\r\n"


def _b64(text: str, charset: str = "utf-8") -> str:
    return base64.encodebytes(text.encode(charset)).decode().replace("\n", "\r\n")


def _qp(text: str) -> str:
    return quopri.encodestring(text.encode()).decode().replace("\n", "\r\n")


def _part(kind: str, encoding: str, body: str, more: str = "") -> str:
    return f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n{more}\r\n{body}\r\n"


_PLAIN = _part("text/plain; charset=utf-8", "base64", _b64(_TEXT))
_ALTERNATIVE = f'Content-Type: multipart/alternative; boundary="ALT"\r\n\r\nThis is MIME.\r\n--ALT\r\n{_PLAIN}--ALT\r\n{_part("text/html; charset=utf-8", "quoted-printable", _qp(_HTML))}--ALT--\r\n'
_FILE = _part('application/octet-stream; name="a.bin"', "base64", _b64("x" * 300), 'Content-Disposition: attachment; filename="a.bin"\r\n')
_BASES: tuple[bytes, ...] = tuple(
    (_HEAD + rest).encode()
    for rest in (
        _PLAIN,
        _part("text/plain; charset=utf-8", "8bit", _TEXT.replace("\n", "\r\n")),
        _part("text/plain; charset=gb2312", "base64", _b64(_TEXT, "gb18030")),
        _ALTERNATIVE,
        f'Content-Type: multipart/mixed; boundary="MIX"\r\n\r\n--MIX\r\n{_ALTERNATIVE}--MIX\r\n{_FILE}--MIX--\r\n',
        f'Content-Type: multipart/mixed; boundary="MIX"\r\n\r\n--MIX\r\n{_PLAIN}--MIX\r\nContent-Type: message/rfc822\r\n\r\n{_HEAD}{_PLAIN}--MIX--\r\n',
        _part("text/html; charset=utf-8", "quoted-printable", _qp(_HTML)),
    )
)

Break = Callable[[Random, bytes], bytes]


@frozen
class Way:
    """One way to break a mail: the rule it breaks, what it does, and whether the text may be lost."""

    rule: str
    name: str
    breaks: Break
    loses: bool = False


@frozen
class Mail:
    """A broken mail."""

    name: str
    content: bytes
    loses: bool


def mails() -> Iterator[Mail]:
    """All of them, always the same."""
    ways = tuple(_ways())
    for number in range(COUNT):
        way, base = ways[number % len(ways)], _BASES[number // len(ways) % len(_BASES)]
        yield Mail(f"{number:03}-{way.rule}-{way.name}.eml", way.breaks(Random(number), base), way.loses)


def _field(name: str, value: str | bytes) -> Break:
    """The header field replaced, or added in front."""
    raw = name.encode() + b": " + (value if isinstance(value, bytes) else value.encode())

    def breaks(dice: Random, mail: bytes) -> bytes:
        head, gap, rest = mail.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        kept = [raw if line.lower().startswith(name.lower().encode() + b":") else line for line in lines]
        return b"\r\n".join(kept if kept != lines else [raw, *lines]) + gap + rest

    return breaks


def _added(line: str | bytes) -> Break:
    raw = line if isinstance(line, bytes) else line.encode()
    return lambda dice, mail: raw + b"\r\n" + mail


def _without(name: bytes) -> Break:
    def breaks(dice: Random, mail: bytes) -> bytes:
        head, gap, rest = mail.partition(b"\r\n\r\n")
        return b"\r\n".join(line for line in head.split(b"\r\n") if not line.startswith(name + b":")) + gap + rest

    return breaks


def _swapped(old: bytes, new: bytes) -> Break:
    return lambda dice, mail: mail.replace(old, new)


def _somewhere(piece: bytes) -> Break:
    def breaks(dice: Random, mail: bytes) -> bytes:
        at = dice.randrange(mail.index(b"\r\n\r\n"), len(mail))
        return mail[:at] + piece + mail[at:]

    return breaks


def _mixed_ends(dice: Random, mail: bytes) -> bytes:
    return b"".join(line + dice.choice((b"\n", b"\r\n")) for line in mail.split(b"\r\n"))


def _cut(dice: Random, mail: bytes) -> bytes:
    return mail[: dice.randrange(len(mail) * 3 // 4, len(mail))]


def _nested(dice: Random, mail: bytes) -> bytes:
    inner = mail.partition(b"MIME-Version: 1.0\r\n")[2]
    for depth in range(60):
        inner = f'Content-Type: multipart/mixed; boundary="N{depth}"\r\n\r\n--N{depth}\r\n'.encode() + inner + f"\r\n--N{depth}--\r\n".encode()
    return mail.partition(b"MIME-Version: 1.0\r\n")[0] + inner


def _crowded(dice: Random, mail: bytes) -> bytes:
    head, _, inner = mail.partition(b"MIME-Version: 1.0\r\n")
    return head + b'Content-Type: multipart/mixed; boundary="C"\r\n\r\n--C\r\n' + inner + b"\r\n--C\r\nContent-Type: text/plain\r\n\r\n" * 200 + b"--C--\r\n"


def _encoded_file(name: str) -> Break:
    """An attachment whose name is written in a broken way."""
    line = f"Content-Disposition: attachment; {name}".encode()

    def breaks(dice: Random, mail: bytes) -> bytes:
        head, _, inner = mail.partition(b"MIME-Version: 1.0\r\n")
        return head + b'Content-Type: multipart/mixed; boundary="F"\r\n\r\n--F\r\n' + inner + b"\r\n--F\r\nContent-Type: application/octet-stream\r\n" + line + b"\r\n\r\nx\r\n--F--\r\n"

    return breaks


def _ways() -> Iterator[Way]:
    yield from (Way("5322", name, breaks) for name, breaks in _OF_MESSAGES.items())
    yield from (Way("2045", name, breaks, loses=name in _LOSES) for name, breaks in _OF_MIME.items())
    yield from (Way("2047", str(number), _field("Subject", word)) for number, word in enumerate(_WORDS))
    yield from (Way("2231", str(number), _encoded_file(name)) for number, name in enumerate(_NAMES))


_OF_MESSAGES: dict[str, Break] = {
    "bare-lf": _swapped(b"\r\n", b"\n"), "bare-cr": _swapped(b"\r\n", b"\r"), "mixed-ends": _mixed_ends, "cr-cr-lf": _swapped(b"\r\n", b"\r\r\n"), "no-date": _without(b"Date"), "bad-date": _field("Date", "Thu, 32 Foo 2026 25:61:00 +9900"),
    "date-words": _field("Date", "yesterday"), "date-year": _field("Date", "1 Jan 99999 00:00:00 +0000"), "two-dates": _added("Date: Fri, 22 May 2026 09:30:00 +0800"), "no-from": _without(b"From"), "empty-from": _field("From", ""),
    "open-quote": _field("From", '"Zhang <zhang@example.com>'), "open-comment": _field("From", "(((zhang@example.com"), "comments": _field("From", "(" * 500 + ")" * 500 + " a@example.com"), "no-address": _field("From", "Zhang San"),
    "angle-soup": _field("To", "<<<>>><a@@b>,,;:, <a@example.com"), "route": _field("To", "<@a,@b:c@example.com>"), "group": _field("To", "all: a@example.com, b@example.com;; c"), "many": _field("To", ", ".join(f"a{n}@example.com" for n in range(3000))),
    "raw-gbk": _field("Subject", "材料".encode("gbk")), "raw-utf8": _field("Subject", "材料"), "raw-latin": _field("From", b"M\xfcller <m@example.com>"), "no-colon": _added("This is no header"), "blank-before-colon": _added("X-Note : x"), "blank-in-name": _added("X Note: x"),
    "starts-folded": _added("  folded from nothing"), "blank-fold": _field("Subject", "a\r\n \r\n b"), "long-line": _field("X-Long", "x" * 100_000), "nul-in-head": _field("Subject", "a\0b"), "control": _field("Subject", "\x1b[2J\x07"), "bom": lambda dice, mail: b"\xef\xbb\xbf" + mail,
    "envelope": _added("From zhang@example.com Thu May 21 09:30:00 2026"), "quoted-envelope": _added(">From zhang@example.com Thu May 21 09:30:00 2026"), "two-subjects": _added("Subject: other"), "many-fields": lambda dice, mail: b"X: y\r\n" * 5000 + mail,
    "blank-lines-first": lambda dice, mail: b"\r\n\r\n" + mail, "open-id": _field("Message-ID", "<1@example.com"), "own-reference": _field("References", "<1@example.com> " * 300), "bad-addresses": _field("Cc", "\\,\\\",@;<>"), "huge-number": _added("Content-Length: 99999999999999999999"),
    "nul-in-body": _somewhere(b"\0"), "high-byte": _somewhere(b"\xff\xfe"),
}  # fmt: skip

_LOSES = frozenset({"cut", "boundary-short", "base64-junk", "type-image", "encoding-base64", "base64-glued", "charset-wide", "binary-lie", "uuencode-lie", "charset-utf7"})
_OF_MIME: dict[str, Break] = {
    "cut": _cut, "no-end": _swapped(b"--ALT--", b""), "no-ends": lambda dice, mail: mail.replace(b"--ALT--", b"").replace(b"--MIX--", b""), "no-boundary": _swapped(b'; boundary="ALT"', b""), "empty-boundary": _swapped(b'boundary="ALT"', b'boundary=""'),
    "boundary-short": _swapped(b'boundary="ALT"', b'boundary="A"'), "boundary-other": _swapped(b'boundary="ALT"', b'boundary="other"'), "boundary-blank": _swapped(b'boundary="ALT"', b'boundary="ALT   "'), "boundary-bare": _swapped(b'boundary="MIX"', b"boundary=MIX; x"),
    "boundary-same": lambda dice, mail: mail.replace(b"ALT", b"MIX"), "boundary-blanks-behind": _swapped(b"--ALT\r\n", b"--ALT  \t\r\n"), "boundary-prefix": lambda dice, mail: mail.replace(b"ALT", b"MIXED"), "no-blank": _swapped(b"base64\r\n\r\n", b"base64\r\n"),
    "encoding-unknown": _swapped(b"Content-Transfer-Encoding: quoted-printable", b"Content-Transfer-Encoding: x-none"), "encoding-case": _swapped(b"base64", b"BASE64 "), "encoding-quoted": _swapped(b"Encoding: base64", b'Encoding: "base64"'), "encoding-base64": _swapped(b"quoted-printable", b"base64"),
    "encoding-comment": _swapped(b"Encoding: base64", b"Encoding: base64 (really)"), "encoding-of-multipart": _swapped(b"Content-Type: multipart", b"Content-Transfer-Encoding: base64\r\nContent-Type: multipart"), "base64-padding": _swapped(b"=\r\n", b"\r\n"), "base64-more-padding": _swapped(b"=\r\n", b"=====\r\n"),
    "base64-junk": _somewhere(b"!@#$"), "base64-glued": lambda dice, mail: mail.replace(b"\r\n\r\n", b"\r\n\r\n====", 1), "base64-blanks": _swapped(b"YO", b"Y O"), "qp-bad": _swapped(b"</p>", b"=ZZ</p>"), "qp-ends": lambda dice, mail: mail + b"=", "qp-lower": _swapped(b"=E8", b"=e8"),
    "type-word": _swapped(b"Content-Type: text/plain;", b"Content-Type: text;"), "type-empty": _swapped(b"Content-Type: text/plain; charset=utf-8", b"Content-Type:"), "type-slash": _swapped(b"text/plain", b"text/"), "type-odd": _swapped(b"text/plain;", b"text/plain;;; ;"), "type-image": _swapped(b"text/html", b"image/html"),
    "type-twice": _swapped(b"Content-Type: text/plain", b"Content-Type: text/plain; charset=us-ascii\r\nContent-Type: text/plain"), "charset-none": _swapped(b"; charset=utf-8", b""), "charset-unknown": _swapped(b"charset=utf-8", b"charset=x-unheard-of"), "charset-open": _swapped(b"charset=utf-8", b'charset="utf-8'),
    "charset-quoted": _swapped(b"charset=utf-8", b"charset='utf-8'"), "charset-wrong": _swapped(b"charset=utf-8", b"charset=iso-8859-1"), "charset-ascii": _swapped(b"charset=utf-8", b"charset=us-ascii"), "charset-big5": _swapped(b"charset=utf-8", b"charset=big5"), "charset-utf7": _swapped(b"charset=utf-8", b"charset=utf-7"),
    "charset-wide": _swapped(b"charset=utf-8", b"charset=utf-16"), "charset-codec": _swapped(b"charset=utf-8", b"charset=unicode_escape"), "charset-blank": _swapped(b"charset=utf-8", b"charset = utf-8"), "no-version": _without(b"MIME-Version"), "version": _field("MIME-Version", "9.9"), "nested": _nested, "crowded": _crowded,
    "digest": _swapped(b"multipart/mixed", b"multipart/digest"), "message-base64": _swapped(b"message/rfc822\r\n", b"message/rfc822\r\nContent-Transfer-Encoding: base64\r\n"), "report": _swapped(b"multipart/alternative", b"multipart/report"), "signed": _swapped(b"multipart/mixed", b"multipart/signed"), "binary-lie": _swapped(b"base64", b"binary"),
    "uuencode-lie": _swapped(b"base64", b"x-uuencode"), "disposition": _swapped(b"attachment;", b";attachment;;"), "inline": _swapped(b"Content-Disposition: attachment", b"Content-Disposition: inline"),
}  # fmt: skip

_WORDS = (
    "=?utf-8?B?5p2Q5paZ", "=?utf-8?B?5p2Q5paZ?", "=?utf-8?B?5p2Q5paZ=?=", "=?utf-8?B?5p2Q5pa?=", "=?utf-8?B?5p2?= =?utf-8?B?Q5paZ?=", "=?utf-8?X?5p2Q?=", "=?x-none?B?5p2Q5paZ?=", "=??B?5p2Q5paZ?=", "=?utf-8??5p2Q5paZ?=", "=?utf-8?B??=", '"=?utf-8?B?5p2Q5paZ?="',
    "=?utf-8?b?5p2Q5paZ?==?utf-8?b?5p2Q5paZ?=", "=?utf-8?Q?=E6=9D=90 =E6=96=99?=", "=?utf-8?Q?=E6=9D=9?=", "=?utf-8?Q?=ZZ?=", "=?gb2312?B?ss/B?=", "=?gb2312?Q?=B2=C4=C1?=", "=?utf-8?B?ss/Bzw==?=", "=?utf-8*zh?B?5p2Q5paZ?=", "=?iso-2022-jp?B?GyRCOmBOQQ==?=", "=?utf-7?Q?+Zm1lmQ-?=",
    "=?utf-8?B?" + "5p2Q" * 5000 + "?=", "=?" * 5000, "=?utf-8?B?=?utf-8?B?5p2Q?=?=", "=?utf-8?Q?a?b?c?=", "=?utf-8?Q?\r\n =E6?=", "=?utf-8?B?AAAA?=", "=?utf-8?Q?=0D=0AX:_y?=", "=?utf-16?B?UGZ?=", "=?idna?Q?xn--?=",
)  # fmt: skip

_NAMES = (
    "filename*=utf-8''%E6%9D%90%E6%96%99.doc", "filename*=gb2312''%B2%C4%C1%CF.doc", "filename*=utf-8''%B2%C4.doc", "filename*=''a.doc", "filename*=utf-8'a.doc", "filename*=a.doc", "filename*=utf-8''%E6%9", "filename*=utf-8''%", "filename*0*=utf-8''%E6%9D; filename*1*=%90.doc",
    "filename*1=b.doc; filename*0=a", "filename*1=b.doc", "filename*0=a; filename*2=c.doc", "filename*00=a; filename*01=b", "filename*0=a; filename*0=b; filename=c.doc", "filename*99999999999=a", "filename*-1=a", "filename=a b.doc", 'filename="a', 'filename="a;b".doc', "filename=a;b.doc",
    'filename="../../etc/passwd"', 'filename="C:\\\\a\\\\b.doc"', 'filename="=?utf-8?B?5p2Q5paZ?=.doc"', "filename==?utf-8?B?5p2Q5paZ?=", 'filename="=?utf-8?B?5p2Q"', "filename=材料.doc", "filename=", "filename", "=a.doc", ";;;", "filename=" + "a" * 20_000, "; ".join(f"filename*{n}=a" for n in range(2000)),
    'filename="a\r\n b.doc"', 'filename="a\0b.doc"', "filename*=x-none'zh'%E6.doc", "FileName = a.doc", "filename='a.doc'",
)  # fmt: skip
