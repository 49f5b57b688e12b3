"""How samples get their bytes: full-width punctuation, encoded headers, MIME parts. Deterministic, nothing from the clock."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

from attrs import frozen

_WIDE = str.maketrans({",": "\uff0c", ":": "\uff1a", ";": "\uff1b", "(": "\uff08", ")": "\uff09", "!": "\uff01", "?": "\uff1f"})
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@frozen
class Sample:
    """One file: where, its bytes, what is worth noting in its form, and what breaks a norm (empty: nothing does)."""

    path: str
    content: bytes
    form: str
    breaks: str = ""


def wide(text: str) -> str:
    """`text` with full-width punctuation wherever a Chinese character stands beside it."""
    out = []
    for at, character in enumerate(text):
        beside = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
        out.append(character.translate(_WIDE) if any("\u3000" < near < "\uff00" for near in beside) else character)
    return "".join(out)


def word(text: str, charset: str = "utf-8", coding: str = "B", label: str = "") -> str:
    """An RFC 2047 encoded word, or the text itself when it is ASCII."""
    if text.isascii():
        return text
    raw = text.encode(charset)
    if coding == "B":
        return f"=?{label or charset}?B?{base64.b64encode(raw).decode()}?="
    return f"=?{label or charset}?Q?{''.join(f'={byte:02X}' for byte in raw)}?="


def split_word(text: str, charset: str, label: str = "") -> str:
    """Two encoded words cut inside a character, as Foxmail writes them."""
    raw = text.encode(charset)
    middle = len(raw) // 2 | 1
    halves = (raw[:middle], raw[middle:])
    return "\r\n ".join(f"=?{label or charset}?B?{base64.b64encode(half).decode()}?=" for half in halves)


def date(written: str, hours: int = 8) -> str:
    """A Date header for "2026-03-02 09:12" in the zone `hours` east."""
    moment = datetime.fromisoformat(written).replace(tzinfo=timezone(timedelta(hours=hours)))
    zone = f"{'-' if hours < 0 else '+'}{abs(hours):02d}00"
    return f"{_DAYS[moment.weekday()]}, {moment.day:02d} {_MONTHS[moment.month - 1]} {moment.year} {moment:%H:%M:%S} {zone}"


def party(name: str, address: str, charset: str = "utf-8", label: str = "") -> str:
    """`name <address>` with the name encoded."""
    return f"{word(name, charset, label=label)} <{address}>"


def headers(*fields: tuple[str, str]) -> bytes:
    """A header block, the empty line behind it included."""
    return "".join(f"{name}: {value}\r\n" for name, value in fields).encode() + b"\r\n"


def part(content: bytes, content_type: str, *, coding: str = "base64", more: Sequence[tuple[str, str]] = ()) -> bytes:
    """A body part: its headers and its bytes in a transfer encoding."""
    return headers(("Content-Type", content_type), ("Content-Transfer-Encoding", coding), *more) + _coded(content, coding)


def multipart(kind: str, boundary: str, *parts: bytes) -> bytes:
    """Headers and body of a multipart."""
    delimiter = f"--{boundary}\r\n".encode()
    body = b"".join(delimiter + piece + b"\r\n" for piece in parts)
    return headers(("MIME-Version", "1.0"), ("Content-Type", f'multipart/{kind}; boundary="{boundary}"')) + body + f"--{boundary}--\r\n".encode()


def mail(fields: Sequence[tuple[str, str]], text: str, *, charset: str = "utf-8", label: str = "", coding: str = "base64", subtype: str = "plain", extra: str = "") -> bytes:
    """A message of one text part; `label` is the charset it says it is in."""
    content = text.replace("\n", "\r\n").encode(charset)
    return headers(*fields, ("MIME-Version", "1.0"))[:-2] + part(content, f"text/{subtype}; charset={label or charset}{extra}", coding=coding)


def message(fields: Sequence[tuple[str, str]], body: bytes) -> bytes:
    """A message whose body is a `multipart`."""
    return headers(*fields)[:-2] + body


def _coded(content: bytes, coding: str) -> bytes:
    if coding == "base64":
        return base64.encodebytes(content).replace(b"\n", b"\r\n")
    if coding == "quoted-printable":
        import quopri

        return quopri.encodestring(content)
    return content
