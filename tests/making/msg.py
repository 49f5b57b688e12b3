"""Write Outlook .msg files (MS-OXMSG): Unicode ones, or in a code page."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from attrs import field, frozen

from .compound import Storage, compound

APPOINTMENT = bytes.fromhex("0220060000000000c000000000000046")
MEETING = bytes.fromhex("90dad86e0b451b1098da00aa003f1305")
TASK = bytes.fromhex("0320060000000000c000000000000046")

Value = str | bytes | int | bool | datetime
Key = int | tuple[bytes, int]


@frozen
class Made:
    """An item: properties by number, or by set and number; recipients; attachments, whose content may be an item."""

    properties: Mapping[Key, Value]
    recipients: Sequence[Mapping[Key, Value]] = ()
    attachments: Sequence[tuple[Mapping[Key, Value], bytes | Made]] = field(default=())


def msg(item: Made, *, code_page: int = 0) -> bytes:
    """The file; texts are in `code_page` unless that is 0."""
    names: dict[tuple[bytes, int], int] = {}
    root = dict(_item(item, names, code_page, struct.pack("<8x4I8x", len(item.recipients), len(item.attachments), len(item.recipients), len(item.attachments))))
    root["__nameid_version1.0"] = _names(names)
    return compound(root)


def filetime(moment: datetime) -> int:
    """Tenths of microseconds since 1601."""
    return int((moment - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000


def typed(value: Value, code_page: int = 0) -> tuple[int, bytes]:
    """The type of a value, and its bytes."""
    if isinstance(value, bool):
        return 0x000B, struct.pack("<Q", value)
    if isinstance(value, int):
        return 0x0003, struct.pack("<Q", value)
    if isinstance(value, datetime):
        return 0x0040, struct.pack("<Q", filetime(value))
    if isinstance(value, bytes):
        return 0x0102, value
    return (0x001E, value.encode(f"cp{code_page}")) if code_page else (0x001F, value.encode("utf-16-le"))


def _item(item: Made, names: dict[tuple[bytes, int], int], code_page: int, head: bytes) -> Storage:
    properties = {**item.properties, **({0x3FFD: code_page} if code_page else {0x340D: 0x00040E79})}
    storage = dict(_properties(properties, names, code_page, head))
    for number, recipient in enumerate(item.recipients):
        storage[f"__recip_version1.0_#{number:08X}"] = _properties({0x3000: number, **recipient}, names, code_page, bytes(8))
    for number, (own, content) in enumerate(item.attachments):
        method = 5 if isinstance(content, Made) else 1
        data: Mapping[Key, Value] = {} if isinstance(content, Made) else {0x3701: content}
        held = dict(_properties({0x0E21: number, 0x3705: method, **own, **data}, names, code_page, bytes(8), more=((0x3701, 0x000D),) if method == 5 else ()))
        if isinstance(content, Made):
            head = struct.pack("<8x4I", len(content.recipients), len(content.attachments), len(content.recipients), len(content.attachments))
            held["__substg1.0_3701000D"] = _item(content, names, code_page, head)
        storage[f"__attach_version1.0_#{number:08X}"] = held
    return storage


def _properties(properties: Mapping[Key, Value], names: dict[tuple[bytes, int], int], code_page: int, head: bytes, more: Sequence[tuple[int, int]] = ()) -> Storage:
    table = head
    storage: dict[str, bytes] = {}
    for key, value in properties.items():
        number = key if isinstance(key, int) else 0x8000 + names.setdefault(key, len(names))
        kind, raw = typed(value, code_page)
        if kind in (0x001E, 0x001F, 0x0102):
            storage[f"__substg1.0_{number:04X}{kind:04X}"] = raw
            raw = struct.pack("<II", len(raw) + {0x001E: 1, 0x001F: 2}.get(kind, 0), 0)
        table += struct.pack("<HHI", kind, number, 6) + raw
    for number, kind in more:
        table += struct.pack("<HHIII", kind, number, 6, 0xFFFFFFFF, 1)
    return {"__properties_version1.0": table, **storage}


def _names(names: Mapping[tuple[bytes, int], int]) -> Storage:
    sets = list(dict.fromkeys(own for own, _ in names))
    entries = b"".join(struct.pack("<IHH", number, (sets.index(own) + 3) << 1, index) for (own, number), index in names.items())
    return {"__substg1.0_00020102": b"".join(sets), "__substg1.0_00030102": entries, "__substg1.0_00040102": b""}
