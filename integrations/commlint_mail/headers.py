"""The header block of a message as raw bytes: order, repetition and damage kept (RFC 5322 section 2.2)."""

from __future__ import annotations

import re
from functools import lru_cache

from attrs import field, frozen

from commlint.model.reading.charset import of_label
from commlint_mail.stored import Stored
from commlint_mail.words import decoded_words

MAX_HEADERS = 10_000
_FIELD = re.compile(rb"(?P<name>[!-9;-~]+)[ \t]*:(?P<value>[^\r\n]*(?:\r?\n[ \t][^\r\n]*|\r(?!\n)[^\r\n]*)*)(?:\r?\n|\Z)")
_NAME = re.compile(rb"[!-9;-~]{1,200}[ \t]*\Z")
_FOLD = re.compile(rb"\r?\n(?=[ \t])|[\r\n\0]")
_UNSAFE = re.compile(r"[\r\n\0\u2028\u2029\x0b\x0c\x1c-\x1e\x85]+")
_LOST_FOLD = re.compile(rb"([^\r\n]{1,998})\r?\n(?=(?:from|to|cc|subject|date|message-id|mime-version|content-(?:type|transfer-encoding|disposition)|received|reply-to|in-reply-to|references|x-[a-z-]{1,40}):)", re.IGNORECASE)
_LINES = re.compile(rb"\r?\n\r?\n")
_BLOCK = 65_536  # bytes of a large mail that are looked at first for a header block


@frozen
class Headers:
    """Header fields as they stand, names in lower case; `end` is where the body begins; `cut` when there were too many."""

    fields: tuple[tuple[str, bytes], ...]
    end: int
    cut: bool = False
    _first: dict[str, bytes] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_first", dict(reversed(self.fields)))

    def raw(self, name: str) -> bytes:
        """The first value of `name`, unfolded, empty when missing."""
        return self._first.get(name, b"")

    def text(self, name: str) -> str:
        """The first value of `name`, decoded."""
        value = self._first.get(name)
        return decoded(value) if value else ""

    def __contains__(self, name: object) -> bool:
        return name in self._first


def split(content: Stored, start: int = 0, end: int | None = None, *, most: int = MAX_HEADERS, inner: bool = False) -> Headers:
    """The header fields of `content` from `start`, at most so many; `inner` those of a part.

    A line that is no field ends them, unless a field that every mail has follows: then it goes on with the one above.
    """
    end = len(content) if end is None else min(end, len(content))
    if isinstance(content, bytes):
        return _split(content, start if inner else _behind_envelope(content, start, end), end, most)
    length = _BLOCK
    while True:  # of a large mail only the block itself is read
        block = content[start : min(end, start + length)]
        found = _split(block, 0 if inner else _behind_envelope(block, 0, len(block)), len(block), most)
        if start + length >= end or (found.end < len(block) - 4 and not found.cut):
            return Headers(found.fields, start + found.end, found.cut)
        if found.cut and found.end < len(block):
            return Headers(found.fields, start + found.end, cut=True)
        length *= 8


def _split(content: bytes, start: int, end: int, most: int) -> Headers:
    return _sound(content, start, end, most) or _any(content, start, end, most)


def _sound(content: bytes, start: int, end: int, most: int) -> Headers | None:
    """What `_any` finds in a block without damage, in a third of the time; None for another."""
    blank, behind = content.find(b"\r\n\r\n", start, end), 4
    bare = content.find(b"\n\n", start, end if blank < 0 else blank)
    if bare >= 0:
        blank, behind = bare, 2
    if blank < 0 or blank - start > _BLOCK:
        return None
    block = content[start:blank].replace(b"\r\n", b"\n")
    if b"\r" in block or b"\0" in block:
        return None
    fields: list[tuple[str, bytes]] = []
    for line in block.replace(b"\n ", b" ").replace(b"\n\t", b"\t").split(b"\n"):
        name, colon, value = line.partition(b":")
        key = _key(name) if colon else ""
        if not key:
            return None
        fields.append((key, value.strip()))
    return Headers(tuple(fields), blank + behind) if len(fields) <= most else None


@lru_cache(maxsize=512)
def _key(name: bytes) -> str:
    """The name of a field in lower case, empty when it is none."""
    return name.rstrip(b" \t").decode("ascii").lower() if _NAME.match(name) else ""


def _any(content: bytes, start: int, end: int, most: int) -> Headers:
    fields: list[tuple[str, bytes]] = []
    at = start
    match_field = _FIELD.match
    while at < end:
        if content[at] in b"\r\n":
            return Headers(tuple(fields), min(at + (2 if content.startswith(b"\r\n", at) else 1), end))
        match = match_field(content, at, end)
        if match is None:
            going_on = _LOST_FOLD.match(content, at, end) if fields else None
            if going_on is None:
                break
            fields[-1] = (fields[-1][0], b" ".join((fields[-1][1], going_on[1].strip())))
            at = going_on.end()
            continue
        if len(fields) >= most:
            return Headers(tuple(fields), _behind(content, at, end), cut=True)
        name, value = match.groups()
        if b"\n" in value or b"\r" in value or b"\0" in value:
            value = _FOLD.sub(b"", value)
        fields.append((name.decode("ascii").lower(), value.strip()))
        at = match.end()
    return Headers(tuple(fields), min(at, end))


def decoded(value: bytes) -> str:
    """A header value for people: RFC 2047 words, raw 8-bit text in whatever charset it is; never a line break."""
    text = value.decode("ascii") if value.isascii() else of_label(value, "").text
    if "=?" in text:
        text = decoded_words(text)
    return text if text.isprintable() and text[:1] != " " and text[-1:] != " " else _UNSAFE.sub(" ", text).strip()


def _behind_envelope(content: bytes, start: int, end: int) -> int:
    """Behind an mbox "From " line, a byte order mark, empty lines that somebody put first."""
    if content.startswith(b"\xef\xbb\xbf", start):
        start += 3
    first = start
    while first < end and content[first] in b"\r\n":
        first += 1
    if first > start and not content.startswith((b"From ", b">From "), first) and not _FIELD.match(content, first, end):
        return start
    if content.startswith((b"From ", b">From "), first):
        newline = content.find(b"\n", first, end)
        return end if newline < 0 else newline + 1
    return first


def _behind(content: bytes, at: int, end: int) -> int:
    found = _LINES.search(content, at, end)
    return found.end() if found else end
