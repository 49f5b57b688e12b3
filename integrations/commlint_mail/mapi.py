"""Outlook's properties (MS-OXPROPS), whatever container they come in: numbers, texts in the code page of the message, times, names."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from attrs import field, frozen

from commlint.model.reading.charset import of_label

INTEGER, BOOLEAN, OBJECT, STRING8, STRING, TIME, BINARY = 0x0003, 0x000B, 0x000D, 0x001E, 0x001F, 0x0040, 0x0102

APPOINTMENT = bytes.fromhex("02200600 0000 0000 c000 000000000046")
MEETING = bytes.fromhex("90dad86e 0b45 1b10 98da 00aa003f1305")
COMMON = bytes.fromhex("08200600 0000 0000 c000 000000000046")
TASK = bytes.fromhex("03200600 0000 0000 c000 000000000046")

_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_NEVER = 915046235400000000  # 4501-01-01: no time
_CODE_PAGES = {65001: "utf-8", 1200: "utf-16-le", 936: "gb18030", 54936: "gb18030", 52936: "hz", 950: "big5", 932: "shift_jis", 949: "euc-kr", 20127: "us-ascii", 28591: "iso-8859-1", 50220: "iso-2022-jp", 51932: "euc-jp", 51936: "gb18030", 51949: "euc-kr", 20866: "koi8-r", 65000: "utf-7"}

Key = int | tuple[bytes, int]
Value = int | bool | str | bytes | datetime | None


def charset_of(code_page: int) -> str:
    """The label of a Windows code page."""
    if 28591 <= code_page <= 28606:
        return f"iso-8859-{code_page - 28590}"
    return _CODE_PAGES.get(code_page, f"cp{code_page}")


@frozen
class Properties:
    """The properties of a message, recipient or attachment: by number, or by set and number for named ones. Never fail: what is no text is "".

    `values` gives the type of a property and its bytes; `charset` is what texts that are not Unicode are in.
    """

    values: Mapping[Key, tuple[int, Callable[[], bytes]]]
    charset: str = ""

    def __contains__(self, key: object) -> bool:
        return key in self.values

    def text(self, *keys: Key) -> str:
        """The first of these properties that is a text and not empty."""
        for key in keys:
            kind, raw = self.values.get(key, (0, _nothing))
            if kind in (STRING, STRING8):
                found = self.decoded(kind, raw())
                if found.strip():
                    return found
        return ""

    def decoded(self, kind: int, raw: bytes) -> str:
        """The bytes of a text property as text, without the zeros at its end."""
        text = raw[: len(raw) // 2 * 2].decode("utf-16-le", "replace") if kind == STRING else of_label(raw.rstrip(b"\0"), self.charset).text
        return text.rstrip("\0").replace("\0", " ")

    def binary(self, *keys: Key) -> bytes:
        """The first of these properties that holds bytes; a text property gives its bytes too."""
        for key in keys:
            kind, raw = self.values.get(key, (0, _nothing))
            if kind in (BINARY, OBJECT, STRING8, STRING) and (found := raw()):
                return found
        return b""

    def number(self, key: Key, otherwise: int = 0) -> int:
        """A number or a yes (1) and no (0)."""
        kind, raw = self.values.get(key, (0, _nothing))
        if kind == BOOLEAN:
            return int(raw()[:1] not in (b"", b"\0"))
        content = raw()
        return int.from_bytes(content[:4], "little", signed=True) if kind in (INTEGER, 0x0002, 0x000A) and content else otherwise

    def moment(self, *keys: Key) -> datetime | None:
        """The first of these properties that is a time, in UTC."""
        for key in keys:
            kind, raw = self.values.get(key, (0, _nothing))
            found = filetime(raw()) if kind == TIME else None
            if found is not None:
                return found
        return None


def _nothing() -> bytes:
    return b""


def filetime(raw: bytes) -> datetime | None:
    """A FILETIME: tenths of microseconds since 1601; None for none."""
    if len(raw) < 8:
        return None
    (ticks,) = struct.unpack_from("<Q", raw)
    if not 0 < ticks < _NEVER:
        return None
    return _EPOCH + timedelta(microseconds=ticks // 10)


@frozen
class Attached:
    """An attachment: its properties, its bytes, and the item in it when it is a message (None when it is a file)."""

    properties: Properties
    content: Callable[[], bytes]
    item: Callable[[], Item] | None = None


@frozen
class Item:
    """An Outlook item: its properties, those of its recipients, its attachments."""

    properties: Properties
    recipients: tuple[Properties, ...] = ()
    attachments: tuple[Attached, ...] = field(default=())
