"""Write winmail.dat (MS-OXTNEF): what Outlook packs into the mails of those who write rich text."""

from __future__ import annotations

import struct
from collections.abc import Mapping

from .msg import Key, Made, Value, typed

_MESSAGE_OBJECT = bytes.fromhex("0703020000000000c000000000000046")
_TEXTS = (0x001E, 0x001F, 0x0102, 0x000D)


def tnef(item: Made, *, code_page: int = 936, body: str = "", message_class: str = "IPM.Microsoft Mail.Note") -> bytes:
    """The stream; texts are in `code_page` where they are attributes, in Unicode where they are properties. A `body` is written as attribute."""
    written = struct.pack("<IH", 0x223E9F78, 1)
    written += _attribute(1, 0x00089006, struct.pack("<I", 0x00010000))
    written += _attribute(1, 0x00069007, struct.pack("<II", code_page, 0))
    written += _attribute(1, 0x00078008, message_class.encode() + b"\0")
    if body:
        written += _attribute(1, 0x0002800C, body.encode(f"cp{code_page}") + b"\0")
    written += _attribute(1, 0x00069003, properties(item.properties))
    if item.recipients:
        written += _attribute(1, 0x00069004, struct.pack("<I", len(item.recipients)) + b"".join(map(properties, item.recipients)))
    for own, content in item.attachments:
        written += _attribute(2, 0x00069002, bytes(14))
        if isinstance(content, Made):
            written += _attribute(2, 0x00069005, properties({0x3705: 5, **own}, inner=_MESSAGE_OBJECT + tnef(content, code_page=code_page)))
        else:
            written += _attribute(2, 0x0006800F, content)
            written += _attribute(2, 0x00018010, str(own.get(0x3704, "FILE")).encode(f"cp{code_page}") + b"\0")
            written += _attribute(2, 0x00069005, properties({0x3705: 1, **own}))
    return written


def properties(values: Mapping[Key, Value], *, inner: bytes = b"") -> bytes:
    """A list of properties; `inner` is an object in it."""
    listed = [(key, *typed(value)) for key, value in values.items()] + ([(0x3701, 0x000D, inner)] if inner else [])
    return struct.pack("<I", len(listed)) + b"".join(_property(*each) for each in listed)


def _property(key: Key, kind: int, raw: bytes) -> bytes:
    if isinstance(key, int):
        head = struct.pack("<HH", kind, key)
    else:
        head = struct.pack("<HH", kind, 0x8000) + key[0] + struct.pack("<II", 0, key[1])
    if kind in _TEXTS:
        raw += {0x001E: b"\0", 0x001F: b"\0\0"}.get(kind, b"")
        return head + struct.pack("<II", 1, len(raw)) + raw + bytes(-len(raw) % 4)
    return head + (raw[:4] if kind in (0x0003, 0x000B) else raw[:8])


def _attribute(level: int, number: int, raw: bytes) -> bytes:
    return struct.pack("<BII", level, number, len(raw)) + raw + struct.pack("<H", sum(raw) & 0xFFFF)

