"""Files that stand in the text of a mail: uuencode (POSIX), and yEnc (yenc.org)."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

from commlint.model.reading.charset import of_label

_UU = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} (?P<name>[^\r\n]{1,400})\r?\n(?P<data>(?:[ -`]{1,62}[ \t]{0,3}\r?\n)*?)(?:[ `]?[ \t]{0,3}\r?\n)?end[ \t]{0,9}\r?$\n?", re.MULTILINE)
_YENC = re.compile(rb"^=ybegin [^\r\n]{0,400}?name=(?P<name>[^\r\n]{1,400})\r?\n(?:=ypart [^\r\n]{0,400}\r?\n)?", re.MULTILINE)
_YEND = re.compile(rb"^=yend[^\n]{0,400}(?:\n|\Z)", re.MULTILINE)
_ESCAPED = re.compile(rb"=(.)", re.DOTALL)
_SHIFTED = bytes((byte - 42) & 0xFF for byte in range(256))
_UNSHIFTED = bytes((byte - 64) & 0xFF for byte in range(256))


def split(payload: bytes) -> tuple[bytes, tuple[tuple[str, bytes], ...]]:
    """A text without the files in it, and these: name and content."""
    if b"\nend" not in payload and b"=ybegin " not in payload:
        return payload, ()
    found: list[tuple[str, bytes]] = []
    kept: list[bytes] = []
    done = 0
    for name, start, end, content in sorted([*_uu_files(payload), *_yenc_files(payload)], key=lambda file: file[1]):
        if start >= done:
            found.append((of_label(name.strip(), "").text, content))
            kept.append(payload[done:start])
            done = end
    return b"".join((*kept, payload[done:])), tuple(found)


def _uu_files(payload: bytes) -> Iterator[tuple[bytes, int, int, bytes]]:
    if b"\nend" in payload:
        for match in _UU.finditer(payload):
            yield match["name"], match.start(), match.end(), uu_bytes(match["data"])


def _yenc_files(payload: bytes) -> Iterator[tuple[bytes, int, int, bytes]]:
    """Those that end; what only begins is text."""
    begin = _YENC.search(payload)
    while begin is not None:
        end = _YEND.search(payload, begin.end())
        if end is None:
            return
        yield begin["name"], begin.start(), end.end(), yenc_bytes(payload[begin.end() : end.start()])
        begin = _YENC.search(payload, end.end())


def uu_bytes(data: bytes) -> bytes:
    """The content of lines of uuencode; a line that is none is left out."""
    out = bytearray()
    for line in data.splitlines():
        length = (line[0] - 32) & 63 if line else 0
        if length and not line.startswith((b"begin ", b"end")):
            try:
                out += binascii.a2b_uu(line[: 1 + (length + 2) // 3 * 4])
            except ValueError:
                continue
    return bytes(out)


def yenc_bytes(data: bytes) -> bytes:
    """The content of lines of yEnc."""
    flat = data.replace(b"\r\n", b"").replace(b"\n", b"")
    return _ESCAPED.sub(lambda match: match[1].translate(_UNSHIFTED), flat).translate(_SHIFTED)
