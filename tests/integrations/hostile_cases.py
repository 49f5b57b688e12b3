"""Mails made to keep a reader busy or to make it lose the text: every one is to end, in time that grows with its length, and to keep the text or say why not.

Each is built in any size; 1 is the size at which mail libraries take seconds, raise, or drop what follows.
"""

from __future__ import annotations

import base64
from collections.abc import Callable

from attrs import frozen

MARK = "请于6月10日前回复。"
_HEAD = b"From: a@example.com\r\nTo: b@example.com\r\nSubject: s\r\nMIME-Version: 1.0\r\n"
_UTF8 = b"Content-Type: text/plain; charset=utf-8\r\n"
_TEXT = MARK.encode()


@frozen
class Hostile:
    """A mail in any size. `reason` is why it is not read to its end, empty where it is; `keeps`: what it says is read all the same."""

    name: str
    built: Callable[[int], bytes]
    reason: str = ""
    keeps: bool = True


def _headed(fields: bytes, text: bytes = _TEXT) -> bytes:
    kind = b"" if b"Content-Type" in fields else _UTF8
    return _HEAD + fields + kind + b"\r\n" + text


def _instead(field: bytes, value: bytes) -> bytes:
    """A header field with another value."""
    lines = [field + b": " + value if line.startswith(field + b":") else line for line in _HEAD.split(b"\r\n")]
    return b"\r\n".join(lines) + _UTF8 + b"\r\n" + _TEXT


def _said(text: str) -> bytes:
    """A mail of this text, MARK in front."""
    return _headed(b"", f"{MARK}\r\n\r\n{text}".encode())


def _page(html: str, behind: str = "") -> bytes:
    return _headed(b"Content-Type: text/html; charset=utf-8\r\n", f"{html}<p>{MARK}</p>{behind}".encode())


def _mixed(parts: bytes) -> bytes:
    return _headed(b"Content-Type: multipart/mixed; boundary=B\r\n", b"--B\r\n" + _UTF8 + b"\r\n" + _TEXT + b"\r\n" + parts + b"--B--\r\n")


def _nested(levels: int) -> bytes:
    """Parts in parts, each with a text of its own; MARK in the outermost."""
    opened = b"".join(b'Content-Type: multipart/mixed; boundary="n%d"\r\n\r\n--n%d\r\n' % (n, n) + (_UTF8 + b"\r\n" + _TEXT + b"\r\n--n0\r\n" if not n else b"") for n in range(levels))
    return _HEAD + opened + _UTF8 + b"\r\n" + "最里面".encode() + b"".join(b"\r\n--n%d--" % n for n in reversed(range(levels)))


def _forwarded(levels: int) -> bytes:
    """Mails attached to mails."""
    inner = b"".join(b"Content-Type: message/rfc822\r\n\r\nFrom: a@example.com\r\nSubject: %d\r\n" % n for n in range(levels))
    return _mixed(b"--B\r\n" + inner + b"\r\ninmost\r\n")


def _alternatives(lines: int) -> bytes:
    text = b"".join(b"a%d b%d\r\n" % (n, n) for n in range(lines))
    page = b"".join(b"<p>c%d d%d" % (n, n) for n in range(lines))
    return _headed(b"Content-Type: multipart/alternative; boundary=B\r\n", b"--B\r\n" + _UTF8 + b"\r\n" + _TEXT + b"\r\n" + text + b"--B\r\nContent-Type: text/html\r\n\r\n" + page + b"\r\n--B--")


HEADERS = (
    Hostile("10,000 parameters of Content-Type", lambda n: _headed(b"Content-Type: text/plain" + b"".join(b"; p%d=v" % k for k in range(10_000 * n)) + b"; charset=utf-8\r\n")),
    Hostile("5,000 pieces of RFC 2231", lambda n: _mixed(b"--B\r\nContent-Type: application/x-x\r\nContent-Disposition: attachment" + b"".join(b"; filename*%d*=%%41" % k for k in range(5_000 * n)) + b"\r\n\r\nx\r\n")),
    Hostile("parameters that are never closed", lambda n: _headed(b'Content-Type: text/plain; charset=utf-8; x="' + b'; y="' * (50_000 * n) + b"\r\n")),
    Hostile("5,000 addresses", lambda n: _instead(b"To", b", ".join(b'"=?utf-8?B?5byg?=" <a%d@example.com>' % k for k in range(5_000 * n)))),
    Hostile("5,000 addresses in one group", lambda n: _instead(b"To", b"Team: " + b", ".join(b"a%d@example.com" % k for k in range(5_000 * n)) + b";")),
    Hostile("a header field of 1 MB", lambda n: _headed(b"X-A: " + b"a" * (1_000_000 * n) + b"\r\n")),
    Hostile("a header field of 1 MB in folds", lambda n: _headed(b"X-A: " + b"a\r\n " * (250_000 * n) + b"\r\n")),
    Hostile("a subject of 1 MB", lambda n: _instead(b"Subject", b"a b " * (250_000 * n))),
    Hostile("a subject of 15,000 encoded words", lambda n: _instead(b"Subject", b" ".join([b"=?utf-8?B?5Lya6K6u5w?="] * (15_000 * n)))),
    Hostile("a subject of words that only begin", lambda n: _instead(b"Subject", b"=?utf-8?B?" * (25_000 * n))),
    Hostile("3,000 parentheses one in another in From", lambda n: _instead(b"From", b"(" * (3_000 * n) + b"a@example.com" + b")" * (3_000 * n))),
    Hostile("3,000 parentheses that are never closed in From", lambda n: _instead(b"From", b"a@example.com " + b"(" * (3_000 * n))),
    Hostile("3,000 angle brackets and quotes in To", lambda n: _instead(b"To", b"<" * (3_000 * n) + b'"' * (3_001 * n) + b"a@example.com")),
    Hostile("100,000 header fields", lambda n: _headed(b"X-A: b\r\n" * (100_000 * n)), reason="headers"),
    Hostile("100,000 references", lambda n: _headed(b"References: " + b"<a@b> " * (100_000 * n) + b"\r\n")),
    Hostile("an address of 100,000 letters without its sign", lambda n: _instead(b"To", b"a" * (100_000 * n))),
    Hostile("a date of 300,000 digits", lambda n: _headed(b"Date: " + b"1 " * (300_000 * n) + b"\r\n")),
)  # fmt: skip

STRUCTURES = (
    Hostile("10,000 parts", lambda n: _mixed(b"--B\r\n\r\nx\r\n" * (10_000 * n)), reason="parts"),
    Hostile("1,000 parts one in another", lambda n: _nested(1_000 * n), reason="depth"),
    Hostile("1,000 mails one in another", lambda n: _forwarded(1_000 * n)),
    Hostile("100,000 lines that almost part", lambda n: _mixed(b"--Bx\r\n" * (100_000 * n))),
    Hostile("base64 of padding", lambda n: _headed(b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n", b"=" * (1_000_000 * n) + base64.b64encode(_TEXT))),
    Hostile("base64 that is none", lambda n: _headed(b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n", b"*" * (100_000 * n)), reason="damage", keeps=False),
    Hostile("quoted-printable of signs", lambda n: _headed(b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n", _TEXT + b"\r\n" + b"=" * (500_000 * n) + b"= \t" * (100_000 * n))),
    Hostile("uuencode that only begins", lambda n: _headed(b"", _TEXT + b"\r\n" + b"begin 644 a\r\n" * (50_000 * n) + b"end!")),
    Hostile("yEnc that only begins", lambda n: _headed(b"", _TEXT + b"\r\n" + b"=ybegin line=1 size=1 name=a\r\n" * (30_000 * n))),
    Hostile("zero bytes", lambda n: _headed(b"", _TEXT + b"\0" * (500_000 * n))),
    Hostile("text and HTML that have nothing in common", lambda n: _alternatives(8_000 * n)),
    Hostile("sealed, so that nobody can read it", lambda n: _headed(b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n", base64.encodebytes(b"0" * (100_000 * n))), reason="sealed", keeps=False),
)  # fmt: skip

TEXTS = (
    Hostile("50,000 dashes", lambda n: _said("-" * (50_000 * n))),
    Hostile("50,000 lines of one dash", lambda n: _said("-\r\n" * (50_000 * n))),
    Hostile("50,000 line breaks", lambda n: _said("\r\n" * (50_000 * n) + "x")),
    Hostile("5,000 lines From:", lambda n: _said("From: a\r\n" * (5_000 * n))),
    Hostile("5,000 lines From: in Chinese", lambda n: _said("发件人\uff1a a\r\n" * (5_000 * n))),
    Hostile("20,000 times On", lambda n: _said("On " * (20_000 * n))),
    Hostile("20,000 lines that begin with On and a date", lambda n: _said("On 1 May 2026\r\n" * (20_000 * n))),
    Hostile("5,000 heads one behind the other", lambda n: _said("-----Original Message-----\r\nFrom: a\r\nSent: b\r\nTo: c\r\n" * (5_000 * n))),
    Hostile("quotes of a depth of 100,000", lambda n: _said(">" * (100_000 * n) + "\r\n" + "> " * (100_000 * n))),
    Hostile("quotes and answers in turn", lambda n: _said("> a\r\n\r\nb\r\n" * (10_000 * n))),
    Hostile("50,000 closings", lambda n: _said("谢谢\r\n" * (50_000 * n))),
    Hostile("a line of 1 MB", lambda n: _said("a" * (1_000_000 * n))),
    Hostile("a line of 300,000 Chinese characters", lambda n: _said("请" * (300_000 * n))),
    Hostile("a table whose rule is 100,000 blanks", lambda n: _said("a|b\r\n" + " " * (100_000 * n) + "x-")),
    Hostile("300,000 blanks", lambda n: _said(" " * (300_000 * n) + "x")),
)  # fmt: skip

PAGES = (
    Hostile("20,000 elements one in another", lambda n: _page("<div>" * (20_000 * n), "</div>" * (20_000 * n))),
    Hostile("20,000 fonts one in another, never closed", lambda n: _page("<font color=red>" * (20_000 * n))),
    Hostile("20,000 attributes", lambda n: _page("<p " + " ".join(f"a{k}=v" for k in range(20_000 * n)) + ">x</p>")),
    Hostile("an attribute of 500,000 characters", lambda n: _page(f"<p title='{'a' * (500_000 * n)}'>x</p>")),
    Hostile("a table of 1 MB", lambda n: _page("<table>" + "<tr><td>a</td><td>b</td></tr>" * (34_000 * n) + "</table>")),
    Hostile("5,000 tables one in another", lambda n: _page("<table><tr><td>" * (5_000 * n), "</table>" * (5_000 * n))),
    Hostile("cells that cover all others", lambda n: _page("<table>" + "<tr><td rowspan=99 colspan=99>" * (1_000 * n) + "</table>")),
    Hostile("tags that only begin", lambda n: _page("<a " * (100_000 * n))),
    Hostile("comments that only begin", lambda n: _headed(b"Content-Type: text/html; charset=utf-8\r\n", (f"<p>{MARK}</p>" + "<!--" * (100_000 * n)).encode())),
    Hostile("quotes that only begin", lambda n: _page("<a b='" * (20_000 * n) + '<a b="' * (20_000 * n))),
    Hostile("references that only begin", lambda n: _page("&" * (100_000 * n) + "&#" * (100_000 * n))),
    Hostile("100,000 line breaks of one kind in <pre>", lambda n: _page("<pre>" + "\n" * (100_000 * n) + "</pre>")),
    Hostile("3 million characters of HTML", lambda n: _headed(b"Content-Type: text/html; charset=utf-8\r\n", (f"<p>{MARK}</p>" + f"<p class='MsoNormal'>{'正文' * 40}</p>" * (30_000 * n)).encode()), reason="html"),
    Hostile("100,000 paragraphs of one letter", lambda n: _page("<p>x</p>" * (100_000 * n))),
)  # fmt: skip

GROUPS = {"headers": HEADERS, "structure": STRUCTURES, "text": TEXTS, "HTML": PAGES}


def hostile() -> tuple[Hostile, ...]:
    """All of them."""
    return tuple(case for group in GROUPS.values() for case in group)
