"""The properties of Outlook items in a compound file (MS-OXMSG): fixed ones in a table, the others in a stream each."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping

from commlint_mail.compound import CompoundFile, Entry
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

_TABLE = "__properties_version1.0"
_NAMES = "__nameid_version1.0"
_WELL_KNOWN = {1: bytes.fromhex("28030200 0000 0000 c000 000000000046"), 2: bytes.fromhex("29030200 0000 0000 c000 000000000046")}
_STREAMED = (STRING, STRING8, BINARY, OBJECT)
_FIXED = (INTEGER, BOOLEAN, TIME, 0x0002, 0x0005, 0x000A, 0x0014)
_NAMED = 0x8000
_HEADS = (32, 24, 8)  # bytes before the table: of a file, a message inside, a recipient or attachment
_MOST_NAMES = 32_768
_MOST_TABLE = 16 * 65_536


class MsgFile:
    """A .msg file. Raises DamagedError when it is none."""

    def __init__(self, content: bytes) -> None:
        self.file = CompoundFile(content)
        self.names = self._names()

    def item(self, storage: Entry | None = None) -> Item:
        """The item in the file, or in a storage inside it. Its attachments and recipients are read when asked for."""
        held = self.file.items(storage)
        own = self._properties(storage, _HEADS[storage is not None], "")
        recipients = tuple(self._properties(entry, _HEADS[2], own.charset) for name, entry in sorted(held.items()) if name.startswith("__recip_version1.0_") and entry.storage)
        attached = tuple(self._attached(entry, own.charset) for name, entry in sorted(held.items()) if name.startswith("__attach_version1.0_") and entry.storage)
        return Item(own, recipients, attached)

    def _attached(self, storage: Entry, charset: str) -> Attached:
        held = self.file.items(storage)
        content, inner = held.get("__substg1.0_37010102"), held.get("__substg1.0_3701000d")
        read = self._reading(content) if content else (lambda: b"")
        embedded = inner if inner is not None and inner.storage and _TABLE in self.file.items(inner) else None
        return Attached(self._properties(storage, _HEADS[2], charset), read, (lambda: self.item(embedded)) if embedded else None)

    def _properties(self, storage: Entry | None, head: int, charset: str) -> Properties:
        held = self.file.items(storage)
        values: dict[Key, tuple[int, Callable[[], bytes]]] = {}
        table = held.get(_TABLE)
        raw = self.file.read(table, _MOST_TABLE) if table is not None and not table.storage else b""
        for at in range(head, len(raw) - 15, 16):
            kind, number = struct.unpack_from("<HH", raw, at)
            if kind in _FIXED:
                values.setdefault(self._key(number), (kind, _constant(raw[at + 8 : at + 16])))
        for name, entry in held.items():
            if name.startswith("__substg1.0_") and not entry.storage and len(name) == 20:
                tag = _tag(name)
                if tag is not None and tag[1] in _STREAMED:
                    values.setdefault(self._key(tag[0]), (tag[1], self._reading(entry)))
        return Properties(values, charset or _charset(values))

    def _key(self, number: int) -> Key:
        return self.names.get(number, number) if number >= _NAMED else number

    def _reading(self, entry: Entry) -> Callable[[], bytes]:
        return lambda: self.file.read(entry)

    def _names(self) -> Mapping[int, Key]:
        """Which set and number the numbers from 0x8000 on stand for in this file."""
        storage = self.file.items().get(_NAMES)
        held = self.file.items(storage) if storage is not None else {}
        sets, entries = (self.file.read(held[name], 8 * _MOST_NAMES) if name in held else b"" for name in ("__substg1.0_00020102", "__substg1.0_00030102"))
        found: dict[int, Key] = {}
        for at in range(0, len(entries) - 7, 8):
            number, which, index = struct.unpack_from("<IHH", entries, at)
            place = (which >> 1) - 3
            own = _WELL_KNOWN.get(which >> 1) or (sets[16 * place : 16 * place + 16] if place >= 0 else b"")
            if not which & 1 and len(own) == 16:
                found[_NAMED + index] = (own, number)
        return found


def _tag(name: str) -> tuple[int, int] | None:
    try:
        return int(name[12:16], 16), int(name[16:20], 16)
    except ValueError:
        return None


def _constant(raw: bytes) -> Callable[[], bytes]:
    return lambda: raw


def _charset(values: Mapping[Key, tuple[int, Callable[[], bytes]]]) -> str:
    """What texts that are not Unicode are in: by the message's code page, else that of its body."""
    for key in (0x3FFD, 0x3FDE):
        page = Properties(values).number(key)
        if page:
            return charset_of(page)
    return ""
