"""Content transfer encodings (RFC 2045 section 6), read as far as the damage allows; nothing here fails."""

from __future__ import annotations

import binascii
import re

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_QUOTED = re.compile(rb"=(?:([0-9A-Fa-f]{2})|[ \t]*\r?\n|[ \t]*\Z)")
_UU = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} (?P<name>[^\r\n]+)\r?\n(?P<data>(?:[ -`]{1,62}\r?\n)*?)(?:`?\r?\n)?end[ \t]*\r?$", re.MULTILINE)


def base64_bytes(text: bytes) -> bytes:
    """Base64 with junk, blanks and missing padding; what stands behind padding in the middle is read too."""
    out = bytearray()
    for piece in text.split(b"="):
        clean = _NOT_BASE64.sub(b"", piece)
        clean = clean[: len(clean) - 1] if len(clean) % 4 == 1 else clean
        if clean:
            out += binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))
    return bytes(out)


def quoted_bytes(text: bytes) -> bytes:
    """Quoted-printable; a "=" that introduces nothing stays."""
    return _QUOTED.sub(lambda match: bytes((int(match[1], 16),)) if match[1] else b"", text)


def transferred(payload: bytes, encoding: str) -> bytes:
    """The bytes behind a Content-Transfer-Encoding; an unknown one is taken for none."""
    name = encoding.strip().lower()
    if name == "base64":
        return base64_bytes(payload)
    if name == "quoted-printable":
        return quoted_bytes(payload)
    return payload


def uuencoded(payload: bytes) -> tuple[tuple[str, int], ...]:
    """Names and sizes of files that stand in a text as uuencode."""
    if b"\nend" not in payload:
        return ()
    return tuple((match["name"].decode("utf-8", "replace").strip(), _uu_size(match["data"])) for match in _UU.finditer(payload))


def _uu_size(data: bytes) -> int:
    return sum((line[0] - 32) & 63 for line in data.splitlines() if line)
