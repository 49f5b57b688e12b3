"""Encoded words in headers (RFC 2047), as real programs write them: split inside a character, glued, without padding or end."""

from __future__ import annotations

import re

from commlint.model.reading.charset import of_label
from commlint_mail.transfer import base64_bytes, quoted_bytes

_START = re.compile(r"=\?[ \t]{0,3}[\"']?(?P<charset>[^?\s*\"'=]{1,40})[\"']?(?:\*[^?\s]{0,20})?[ \t]{0,3}\?[ \t]{0,3}(?P<coding>[bBqQ])[ \t]{0,3}\?")
_BASE64 = re.compile(r"[A-Za-z0-9+/ \t]*+[= \t]{0,3}")
_END = re.compile(r"[ \t]{0,3}\?=?")


def decoded_words(text: str) -> str:
    """`text` with its encoded words decoded; adjacent words of one charset are joined as bytes first."""
    if "=?" not in text:
        return text
    starts = list(_START.finditer(text))
    out: list[str] = []
    waiting = _Waiting()
    done = 0
    for number, start in enumerate(starts):
        if start.start() < done:
            continue
        limit = starts[number + 1].start() if number + 1 < len(starts) else len(text)
        between = text[done : start.start()]
        charset = start["charset"].lower()
        glued = bool(waiting.words) and not between.strip()
        if not (glued and charset == waiting.charset):
            out.append(waiting.text())
            waiting = _Waiting(charset)
        if not glued:
            out.append(between)
        based = start["coding"] in "bB"
        written, done = _based(text, start.end(), limit) if based else _quoted(text, start.end(), limit)
        waiting.add(written, based=based)
    out.append(waiting.text())
    return "".join(out) + text[done:]


def _based(text: str, at: int, limit: int) -> tuple[str, int]:
    """What is written in base64 from `at` on, and where the word ends."""
    match = _BASE64.match(text, at, limit)
    behind = match.end() if match else at
    end = _END.match(text, behind)
    written = text[at:behind]
    return written, end.end() if end else behind - (len(written) - len(written.rstrip()))


def _quoted(text: str, at: int, limit: int) -> tuple[str, int]:
    """The same for quoted-printable, which may hold "?" unescaped; without an end it goes on up to the next word."""
    end = text.find("?=", at, limit)
    if end >= 0:
        return text[at:end], end + 2
    written = text[at:limit].rstrip(" \t")
    return written.removesuffix("?"), at + len(written)


class _Waiting:
    """Words of one charset that belong together: a character, or a group of base64, may be cut between them."""

    def __init__(self, charset: str = "") -> None:
        self.charset = charset
        self.words: list[tuple[list[str], bool]] = []
        self.open = 0  # letters of base64 that wait for others to make a group of four

    def add(self, written: str, *, based: bool) -> None:
        written = "".join(written.split()) if based else written
        if based and self.open:
            self.words[-1][0].append(written)
        else:
            self.words.append(([written], based))
        self.open = (self.open + len(written)) % 4 if based and not written.endswith("=") else 0

    def text(self) -> str:
        if not self.words:
            return ""
        whole = b"".join(_bytes("".join(written), based=based) for written, based in self.words)
        return of_label(whole, self.charset).text


def _bytes(written: str, *, based: bool) -> bytes:
    raw = written.encode("utf-8", "surrogatepass")
    return base64_bytes(raw) if based else quoted_bytes(raw.replace(b"_", b" "))
