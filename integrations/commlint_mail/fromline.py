"""Where one message of a mailbox ends and the next begins (RFC 4155; the formats mboxo, mboxrd, mboxcl and mboxcl2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from commlint_mail.stored import Stored

_LONGEST = 1024  # bytes of a From_ line
_HEAD = 65_536  # bytes of a header block that Content-Length is looked for in
_MONTH = rb"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_DATED = re.compile(
    rb"From [^\r\n]{1,900}?[ \t](?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?[ \t]{1,3})?"
    rb"(?:" + _MONTH + rb"[ \t]{1,3}\d{1,2}[ \t]{1,3}(?:\d{1,2}:\d{2}(?::\d{2})?(?:[ \t]{1,3}[a-z0-9+-]{1,9}){0,2}?[ \t]{1,3}\d{2,4}|\d{4}[ \t]{1,3}\d{1,2}:\d{2})"
    rb"|\d{1,2}[ \t-]{1,3}" + _MONTH + rb"[ \t-]{1,3}\d{2,4}[ \t]{1,3}\d{1,2}:\d{2}|\d{4}-\d\d-\d\d[T \t]\d\d:\d\d)(?![^\r\n]{60})", re.IGNORECASE
)  # fmt: skip
_BARE = re.compile(rb"From (?:[^\s@]{1,200}@[^\s@]{1,300}|-|MAILER-DAEMON|\?\?\?@\?\?\?)[ \t]*\r?\n", re.IGNORECASE)
_FIELD = re.compile(rb"[!-9;-~]{1,200}[ \t]*:")
_TRACE = re.compile(rb"(?:return-path|received|delivered-to|x-[a-z-]{1,40}|message-id|date|from|to|subject|mime-version|content-type|status)[ \t]*:", re.IGNORECASE)
_LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_BODY = re.compile(rb"\r?\n\r?\n")
_QUOTED = re.compile(rb"^>(>{0,100}From )", re.MULTILINE)


@frozen
class Message:
    """Where a message stands: `start` behind its From_ line; `counted` when its Content-Length told where it ends."""

    start: int
    end: int
    counted: bool = False


def messages(content: Stored) -> Iterator[Message]:
    """The messages in order; what stands before the first From_ line is one of its own when it is not blank."""
    size = len(content)
    at = _blank_head(content, size)
    if content[at : at + 5] != b"From ":
        behind = _next(content, 0, size)
        if behind - at > _HEAD or content[at:behind].strip():
            yield Message(at, behind)
        at = behind
    while at < size:
        newline = content.find(b"\n", at, size)
        start = size if newline < 0 else newline + 1
        end = _counted_end(content, start, size)
        counted = end is not None
        if end is None:
            end = _next(content, max(at, start - 1), size)
        yield Message(start, end, counted)
        at = _from_line(content, end, size) if counted else end


def _blank_head(content: Stored, size: int) -> int:
    """Behind the byte order mark and the empty lines at the beginning."""
    beginning = content[: min(size, _LONGEST)]
    return len(beginning) - len(beginning.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"))


def _next(content: Stored, at: int, size: int) -> int:
    """The next From_ line behind the line break at or after `at`, the end when there is none."""
    found = content.find(b"\nFrom ", at, size)
    while found >= 0:
        if _begins(content, found + 1, size):
            return found + 1
        found = content.find(b"\nFrom ", found + 1, size)
    return size


def _begins(content: Stored, at: int, size: int) -> bool:
    """Whether the line at `at` parts messages: by its date and the blank line above it or the field below, not by its first word."""
    line = content[at : min(size, at + 2 * _LONGEST)]
    newline = line.find(b"\n", 0, _LONGEST)
    head, below = (line, b"") if newline < 0 else (line[: newline + 1], line[newline + 1 :])
    above = content[max(0, at - 4) : at]
    parted = at == 0 or above.endswith((b"\n\n", b"\n\r\n")) or above in (b"\n", b"\r\n")
    if _DATED.match(head):
        return bool(_FIELD.match(below) or below.startswith(b">From ")) or (parted and not below.strip())
    return parted and _BARE.match(head) is not None and _TRACE.match(below) is not None


def head_of(content: Stored, start: int, end: int) -> bytes:
    """The beginning of a message, its header block among it unless that is longer than any that programs write."""
    block = content[start : min(end, start + 4096)]
    return block if _BODY.search(block) else content[start : min(end, start + _HEAD)]


def _counted_end(content: Stored, start: int, size: int) -> int | None:
    """Where Content-Length says that the message ends, when another begins there or the mailbox ends; else it is wrong."""
    block = head_of(content, start, size)
    body = _BODY.search(block)
    said = _LENGTH.search(block, 0, body.start() if body else len(block))
    if body is None or said is None:
        return None
    end = start + body.end() + int(said[1])
    if end > size:
        return None
    return end if _from_line(content, end, size) == size or _begins(content, _from_line(content, end, size), size) else None


def _from_line(content: Stored, at: int, size: int) -> int:
    """Behind the empty lines at `at`."""
    between = content[at : min(size, at + 64)]
    blank = len(between) - len(between.lstrip(b"\r\n"))
    return min(size, at + blank)


def unquoted(message: bytes) -> bytes:
    """A message without the ">" that was put before "From " at the start of a line (mboxo, mboxrd, mboxcl)."""
    if b"\n>" not in message or b">From " not in message or b"\nFrom " in message:  # where that stands bare nothing was quoted: mboxcl2
        return message
    body = _BODY.search(message)
    return message if body is None else message[: body.end()] + _QUOTED.sub(rb"\1", message[body.end() :])
