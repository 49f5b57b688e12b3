"""What Outlook packs into winmail.dat (MS-OXTNEF): the mail as its sender had it, and its attachments. Taken apart here; read by `items`.

A stream of attributes: level, number, length, bytes, checksum. Properties lie in two of them; older programs write attributes only.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from functools import partial

from attrs import frozen

from commlint_mail.mapi import (
    BINARY,
    BOOLEAN,
    INTEGER,
    OBJECT,
    STRING,
    STRING8,
    TIME,
    Attached,
    Item,
    Key,
    Properties,
    charset_of,
)

SIGNATURE = b"\x78\x9f\x3e\x22"

_MESSAGE, _ATTACHMENT = 1, 2
_NEW_ATTACHMENT, _PROPERTIES, _ATTACHED_PROPERTIES, _RECIPIENTS, _CODE_PAGE = 0x9002, 0x9003, 0x9005, 0x9004, 0x9007
_CLASS, _SUBJECT, _BODY, _SENT, _MESSAGE_ID = 0x8008, 0x8004, 0x800C, 0x8005, 0x8009
_TITLE, _DATA = 0x8010, 0x800F
_SIZES = {0x0002: 4, INTEGER: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, BOOLEAN: 4, 0x0014: 8, TIME: 8, 0x0048: 16}
_COUNTED = (STRING8, STRING, BINARY, OBJECT)
_MANY = 0x1000
_NAMED = 0x8000
_OUTLOOK_CLASSES = {"ipm.microsoft mail.note": "IPM.Note", "ipm.microsoft schedule.mtgreq": "IPM.Schedule.Meeting.Request", "ipm.microsoft schedule.mtgcncl": "IPM.Schedule.Meeting.Canceled", "ipm.microsoft schedule.mtgrespp": "IPM.Schedule.Meeting.Resp.Pos", "ipm.microsoft schedule.mtgrespn": "IPM.Schedule.Meeting.Resp.Neg", "ipm.microsoft schedule.mtgrespa": "IPM.Schedule.Meeting.Resp.Tent"}
_OLD_DATE = struct.Struct("<7H")


@frozen
class Unpacked:
    """An item out of TNEF; `torn` when the stream breaks off."""

    item: Item
    torn: bool


def tnef(content: bytes) -> Unpacked | None:
    """The item in a TNEF stream; None when the bytes are none, or nothing is in them."""
    if not content.startswith(SIGNATURE):
        return None
    walk = _Walk()
    at = 6
    while at + 11 <= len(content) and content[at] in (_MESSAGE, _ATTACHMENT):
        level, number, _, length = struct.unpack_from("<BHHI", content, at)
        if at + 9 + length + 2 > len(content):
            break
        walk.take(level, number, content[at + 9 : at + 9 + length])
        at += 9 + length + 2
    torn = at < len(content) and content[at] in (_MESSAGE, _ATTACHMENT)
    return Unpacked(walk.item(), torn) if walk.found else None


class _Walk:
    """What the attributes say, one after the other."""

    def __init__(self) -> None:
        self.found = False
        self.charset = ""
        self.own: dict[Key, tuple[int, Callable[[], bytes]]] = {}
        self.recipients: list[Properties] = []
        self.files: list[dict[Key, tuple[int, Callable[[], bytes]]]] = []

    def item(self) -> Item:
        attached = tuple(Attached(Properties(own, self.charset), partial(_content, own), self._inner(own)) for own in self.files)
        return Item(Properties(self.own, self.charset), tuple(self.recipients), attached)

    def take(self, level: int, number: int, raw: bytes) -> None:
        self.found = True
        if level == _ATTACHMENT:
            self._attachment(number, raw)
        elif number == _CODE_PAGE and len(raw) >= 4:
            self.charset = charset_of(struct.unpack_from("<I", raw)[0])
        elif number == _PROPERTIES:
            self.own.update(_Properties(raw, self.charset).one())
        elif number == _RECIPIENTS:
            self.recipients += (Properties(own, self.charset) for own in _Properties(raw, self.charset).rows())
        elif number == _CLASS:
            told = raw.rstrip(b"\0").decode("ascii", "replace")
            self._keep(self.own, 0x001A, STRING8, _OUTLOOK_CLASSES.get(told.lower(), told).encode("ascii", "replace"))
        elif number in (_SUBJECT, _BODY, _MESSAGE_ID):
            self._keep(self.own, {_SUBJECT: 0x0037, _BODY: 0x1000, _MESSAGE_ID: 0x300B}[number], STRING8, raw)
        elif number == _SENT:
            self._keep(self.own, 0x0039, TIME, _filetime(raw))

    def _attachment(self, number: int, raw: bytes) -> None:
        if number == _NEW_ATTACHMENT or not self.files:
            self.files.append({})
        own = self.files[-1]
        if number == _DATA:
            own[0x3701] = (BINARY, partial(bytes, raw))
        elif number == _TITLE:
            self._keep(own, 0x3704, STRING8, raw)
        elif number == _ATTACHED_PROPERTIES:
            data = own.get(0x3701)
            own.update(_Properties(raw, self.charset).one())
            if data is not None and own[0x3701][0] != OBJECT:
                own[0x3701] = data

    def _keep(self, own: dict[Key, tuple[int, Callable[[], bytes]]], key: int, kind: int, raw: bytes) -> None:
        """What attributes say holds where properties do not say it."""
        own.setdefault(key, (kind, partial(bytes, raw)))

    def _inner(self, own: dict[Key, tuple[int, Callable[[], bytes]]]) -> Callable[[], Item] | None:
        """The item in an attachment that is one: TNEF again, behind the name of its kind."""
        kind, raw = own.get(0x3701, (0, bytes))
        if kind != OBJECT or not raw()[16:].startswith(SIGNATURE):
            return None
        return lambda: inner.item if (inner := tnef(raw()[16:])) is not None else Item(Properties({}))


def _content(own: dict[Key, tuple[int, Callable[[], bytes]]]) -> bytes:
    """The bytes of an attached file; of an object what stands behind the name of its kind."""
    kind, raw = own.get(0x3701, (0, bytes))
    return raw()[16:] if kind == OBJECT else raw()


def _filetime(raw: bytes) -> bytes:
    """A date of attributes (year, month, day, hour, minute, second) as property; empty when there is no such day."""
    from datetime import UTC, datetime

    if len(raw) < _OLD_DATE.size - 2:
        return b""
    year, month, day, hour, minute, second, _ = _OLD_DATE.unpack(raw[:14].ljust(14, b"\0"))
    try:
        past = datetime(year, month, day, hour, minute, second, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)
    except ValueError:
        return b""
    return struct.pack("<Q", max(0, int(past.total_seconds())) * 10_000_000)


class _Properties:
    """Property lists as TNEF writes them (MS-OXTNEF 2.1.3.4): everything padded to four bytes. What breaks off ends the list."""

    def __init__(self, raw: bytes, charset: str) -> None:
        self.raw = raw
        self.at = 0
        self.charset = charset

    def one(self) -> dict[Key, tuple[int, Callable[[], bytes]]]:
        """The properties of one list."""
        found: dict[Key, tuple[int, Callable[[], bytes]]] = {}
        for _ in range(self._count()):
            if self.at + 4 > len(self.raw):
                break
            self._property(found)
        return found

    def rows(self) -> Iterator[dict[Key, tuple[int, Callable[[], bytes]]]]:
        """The lists of a table."""
        for _ in range(self._count()):
            if self.at + 4 > len(self.raw):
                return
            yield self.one()

    def _property(self, found: dict[Key, tuple[int, Callable[[], bytes]]]) -> None:
        kind, number = struct.unpack_from("<HH", self.raw, self.at)
        self.at += 4
        key: Key = number
        if number >= _NAMED:
            key = self._name() or number
        many = bool(kind & _MANY)
        kind &= ~_MANY
        times = self._count() if many or kind in _COUNTED else 1
        for turn in range(times):
            if self.at > len(self.raw) or (kind not in _COUNTED and kind not in _SIZES):
                self.at = len(self.raw) + 4  # a type that nobody knows: how long it is cannot be told
                return
            value = self._take(self._count() if kind in _COUNTED else _SIZES[kind])
            if turn == 0 and not many:
                found[key] = (kind, partial(bytes, value))
            if not value and self.at >= len(self.raw):
                return

    def _name(self) -> Key | None:
        """The set and number of a named property; those with a text for a name are passed over."""
        own = self._take(16)
        if self._count():
            self._take(self._count())
            return (own, -1)
        return (own, self._count()) if len(own) == 16 else None

    def _count(self) -> int:
        if self.at + 4 > len(self.raw):
            self.at = len(self.raw) + 4
            return 0
        self.at += 4
        return int(struct.unpack_from("<I", self.raw, self.at - 4)[0])

    def _take(self, length: int) -> bytes:
        start = self.at
        self.at = min(start + length + -length % 4, len(self.raw) + 4)
        return self.raw[start : start + length]
