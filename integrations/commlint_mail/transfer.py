"""Content transfer encodings (RFC 2045 section 6), read as far as the damage allows; nothing here fails."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

from attrs import frozen

from commlint_mail.stored import Stored

PIECE = 1 << 20
_JUNK = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))  # in base64
_QUOTED = re.compile(rb"=(?:([0-9A-Fa-f]{2})|[ \t]*\r?\n|[ \t]*\Z)")
_KNOWN = {"base64": "base64", "b": "base64", "base-64": "base64", "base64encoding": "base64", "quoted-printable": "quoted-printable", "quotedprintable": "quoted-printable", "quoted_printable": "quoted-printable", "q": "quoted-printable", "qp": "quoted-printable"}
_UU = frozenset({"x-uuencode", "uuencode", "x-uue", "uue"})


def base64_bytes(text: bytes) -> bytes:
    """Base64 with junk, blanks and missing padding; what stands behind padding in the middle is read too."""
    ending = text.find(b"=")
    if ending < 0 or not text[ending:].strip(b"= \t\r\n"):
        try:
            return binascii.a2b_base64(text)
        except ValueError:
            pass
    out = bytearray()
    for piece in text.split(b"="):
        clean = piece.translate(None, _JUNK)
        clean = clean[: len(clean) - 1] if len(clean) % 4 == 1 else clean
        if clean:
            out += binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))
    return bytes(out)


def quoted_bytes(text: bytes) -> bytes:
    """Quoted-printable; a "=" that introduces nothing stays."""
    return _QUOTED.sub(lambda match: bytes((int(match[1], 16),)) if match[1] else b"", text) if b"=" in text else text


def named(encoding: str) -> str:
    """What a Content-Transfer-Encoding means: base64, quoted-printable, uuencode, or empty when it changes nothing."""
    name = encoding.strip().strip("\"';").lower().partition(" ")[0].partition(";")[0].partition("(")[0]
    return _KNOWN.get(name, "uuencode" if name in _UU else "")


def transferred(payload: bytes, encoding: str) -> bytes:
    """The bytes behind a Content-Transfer-Encoding; an unknown one is taken for none."""
    name = named(encoding)
    if name == "base64":
        return base64_bytes(payload)
    if name == "quoted-printable":
        return quoted_bytes(payload)
    if name == "uuencode":
        from commlint_mail.inline import uu_bytes

        return uu_bytes(payload)
    return payload


@frozen
class Measure:
    """The size of what is encoded, and its first and last bytes."""

    size: int
    first: bytes
    last: bytes


def measured(content: Stored, start: int, end: int, encoding: str, *, edge: int = 65_536) -> Measure:
    """The measure of a stretch behind its encoding, decoded piece by piece: at most a few PIECEs are held at a time."""
    size, first, last = 0, b"", b""
    for piece in _decoded(content, start, end, named(encoding)):
        size += len(piece)
        if len(first) < edge:
            first += piece[: edge - len(first)]
        last = piece[-edge:] if len(piece) >= edge else (last + piece)[-edge:]
    return Measure(size, first, last)


def _decoded(content: Stored, start: int, end: int, name: str) -> Iterator[bytes]:
    raw = (content[at : min(end, at + PIECE)] for at in range(start, end, PIECE))
    if name == "base64":
        yield from _base64_pieces(raw)
    elif name == "quoted-printable":
        yield from _quoted_pieces(raw)
    else:
        yield from raw


def _base64_pieces(raw: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for piece in raw:
        *closed, going_on = (rest + piece).split(b"=")
        yield from map(base64_bytes, closed)
        clean = going_on.translate(None, _JUNK)
        whole = len(clean) - len(clean) % 4
        yield base64_bytes(clean[:whole])
        rest = clean[whole:]
    yield base64_bytes(rest)


def _quoted_pieces(raw: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for piece in raw:
        text = rest + piece
        cut = text.rfind(b"=", max(0, len(text) - 80))  # an escape or a soft break may go on in the next piece
        cut = cut if cut >= 0 else len(text)
        yield quoted_bytes(text[:cut])
        rest = text[cut:]
    yield quoted_bytes(rest)
