"""The page in a web archive (.mht, RFC 2557): the first HTML among the parts of a multipart, decoded. Pictures and frames stay in it."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error, a2b_qp

from commlint.errors import RecordError

_BLANK = re.compile(rb"\r?\n\r?\n")
_FIELD = re.compile(rb"^([\w-]{1,60}):[ \t]*((?:[^\r\n]|\r?\n[ \t])*)", re.MULTILINE)
_PARAMETER = re.compile(rb""";\s*(boundary|charset)\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))""", re.IGNORECASE)
_DEPTH = 5
_HEADERS = 65_536  # bytes of one part


def page_in(content: bytes) -> tuple[bytes, str]:
    """The bytes of the page and the charset they are said to be in. Raises RecordError ``no-page``."""
    found = _found(content, _DEPTH)
    if found is None:
        raise RecordError(
            "no-page", "there is no HTML in this web archive", help="save the page again, as HTML", zh="此网页归档里没有 HTML", zh_help="请重新保存为网页\uff08HTML\uff09",
        )
    return found


def _found(content: bytes, depth: int) -> tuple[bytes, str] | None:
    blank = _BLANK.search(content, 0, _HEADERS)
    if blank is None:
        return None
    fields = {match[1].lower(): match[2] for match in _FIELD.finditer(content, 0, blank.start())}
    kind = fields.get(b"content-type", b"text/plain")
    said = {match[1].lower(): match[2] or match[3] for match in _PARAMETER.finditer(kind[:2_000])}
    body = content[blank.end() :]
    if kind.lower().startswith(b"text/html"):
        return _decoded(body, fields.get(b"content-transfer-encoding", b"").strip().lower()), said.get(b"charset", b"").decode("ascii", "ignore")
    if not kind.lower().startswith(b"multipart/") or b"boundary" not in said or not depth:
        return None
    parts = re.split(rb"^--" + re.escape(said[b"boundary"]) + rb"(?:--)?[ \t]*\r?\n?", body, flags=re.MULTILINE)[1:]
    return next((found for part in parts if (found := _found(part.lstrip(b"\r\n") if part[:2].strip() else b"\n" + part, depth - 1)) is not None), None)


def _decoded(body: bytes, encoding: bytes) -> bytes:
    if encoding == b"quoted-printable":
        return a2b_qp(body)
    if encoding == b"base64":
        try:
            return b64decode(re.sub(rb"[^A-Za-z0-9+/]", b"", body) + b"===")
        except (Error, ValueError):
            return body
    return body
