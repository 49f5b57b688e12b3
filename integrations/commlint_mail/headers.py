"""The header block of a message as raw bytes: order, repetition and damage kept (RFC 5322 section 2.2)."""

from __future__ import annotations

import re

from attrs import frozen

from commlint.model.reading.charset import of_label
from commlint_mail.words import decoded_words

MAX_HEADERS = 10_000
_FIELD = re.compile(rb"(?P<name>[!-9;-~]+)[ \t]*:(?P<value>[^\r\n]*(?:\r?\n[ \t][^\r\n]*|\r(?!\n)[^\r\n]*)*)(?:\r?\n|\Z)")
_FOLD = re.compile(rb"\r?\n(?=[ \t])|[\r\n\0]")
_UNSAFE = re.compile(r"[\r\n\0\u2028\u2029\x0b\x0c\x1c-\x1e\x85]+")


@frozen
class Headers:
    """Header fields as they stand, names in lower case; `end` is where the body begins; `cut` when there were too many."""

    fields: tuple[tuple[str, bytes], ...]
    end: int
    cut: bool = False

    def raw(self, name: str) -> bytes:
        """The first value of `name`, unfolded, empty when missing."""
        return next((value for key, value in self.fields if key == name), b"")

    def text(self, name: str) -> str:
        """The first value of `name`, decoded."""
        return decoded(self.raw(name))


def split(content: bytes, start: int = 0, end: int | None = None) -> Headers:
    """The header fields of `content` from `start`. A line that is no field, other than damage inside, ends them."""
    end = len(content) if end is None else end
    fields: list[tuple[str, bytes]] = []
    at = _skip_envelope(content, start, end)
    while at < end:
        blank = _blank(content, at, end)
        if blank is not None:
            return Headers(tuple(fields), blank)
        match = _FIELD.match(content, at, end)
        if match is None:
            break
        if len(fields) >= MAX_HEADERS:
            return Headers(tuple(fields), _behind(content, at, end), cut=True)
        fields.append((match["name"].decode("ascii").lower(), _FOLD.sub(b"", match["value"]).strip()))
        at = match.end()
    return Headers(tuple(fields), min(at, end))


def decoded(value: bytes) -> str:
    """A header value for people: RFC 2047 words, raw 8-bit text in whatever charset it is; never a line break."""
    text = value.decode("ascii") if value.isascii() else of_label(value, "").text
    return _UNSAFE.sub(" ", decoded_words(text)).strip()


def _skip_envelope(content: bytes, start: int, end: int) -> int:
    """Behind an mbox "From " line or a byte order mark."""
    if content.startswith(b"\xef\xbb\xbf", start):
        start += 3
    if content.startswith((b"From ", b">From "), start):
        newline = content.find(b"\n", start, end)
        return end if newline < 0 else newline + 1
    return start


def _blank(content: bytes, at: int, end: int) -> int | None:
    """Behind the empty line at `at`, None when there is none."""
    for ending in (b"\r\n", b"\n", b"\r"):
        if content.startswith(ending, at):
            return min(at + len(ending), end)
    return None


def _behind(content: bytes, at: int, end: int) -> int:
    found = re.compile(rb"\r?\n\r?\n").search(content, at, end)
    return found.end() if found else end
