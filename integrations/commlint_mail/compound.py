"""Compound files (MS-CFB), the container of Outlook items: storages and streams, read from memory.

Written for hostile files: no recursion, chains that loop end, and all streams together may not hold much more than the file does.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator, Mapping

from attrs import frozen

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NONE = 0xFFFFFFFA  # sector numbers from here on mean something else
_ENTRY = 128
_STORAGES = (1, 5)
_STREAM = 2


class DamagedError(ValueError):
    """The file is no compound file, or breaks off inside."""


@frozen
class Entry:
    """A storage or a stream; `start` and `size` say where the bytes of a stream are."""

    name: str
    storage: bool
    start: int
    size: int
    number: int


class CompoundFile:
    """A compound file. Raises DamagedError when the bytes are none."""

    def __init__(self, content: bytes) -> None:
        if not content.startswith(MAGIC) or len(content) < 512:
            raise DamagedError("no compound file")
        self.content = content
        shift, mini_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise DamagedError("sectors of an odd size")
        self.sector, self.mini = 1 << shift, 1 << mini_shift
        self.sectors = max(0, -(-len(content) // self.sector) - 1)
        self.most = 4 * len(content) + 1_000_000  # bytes that all reading may take
        (first, _, self.cutoff, mini_first, _, difat, _) = struct.unpack_from("<7I", content, 48)
        self.fat = self._table(self._fat_sectors(difat))
        directory = self._chained(first, len(content))
        self.minifat = self._table(self._chain(mini_first, self.fat))
        self.children: dict[int, dict[str, Entry]] = {}
        root = self._entries(directory)
        self._mini_stream = self._chained(root.start, root.size) if root.start < _NONE else b""

    def items(self, storage: Entry | None = None) -> Mapping[str, Entry]:
        """What lies in a storage, the root by default; names in lower case."""
        return self.children.get(storage.number if storage else 0, {})

    def read(self, entry: Entry, most: int = 1 << 62) -> bytes:
        """The bytes of a stream, at most so many; fewer where the file breaks off. Raises DamagedError when streams overlap without end."""
        size = min(entry.size, most)
        self.most -= size
        if self.most < 0:
            raise DamagedError("streams overlap")
        if entry.size >= self.cutoff:
            return self._chained(entry.start, size)
        sectors = self._chain(entry.start, self.minifat, size // self.mini + 1)
        return b"".join(self._mini_stream[at * self.mini : (at + 1) * self.mini] for at in sectors)[:size]

    def _fat_sectors(self, difat: int) -> Iterator[int]:
        """The sectors of the table of sectors: 109 in the header, the others in sectors of their own."""
        yield from struct.unpack_from("<109I", self.content, 76)
        for _ in range(self.sectors):
            raw = self._sector(difat)
            if len(raw) < self.sector:
                return
            *numbers, difat = struct.unpack(f"<{self.sector // 4}I", raw)
            yield from numbers

    def _table(self, sectors: Iterator[int]) -> array[int]:
        table = array("I")
        for number in sectors:
            if number >= _NONE or len(table) > self.sectors + self.sector:
                continue
            raw = self._sector(number)
            table.frombytes(raw[: len(raw) // 4 * 4])
        return table

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.sector
        return self.content[start : start + self.sector]

    def _chain(self, start: int, table: array[int], most: int = 1 << 62) -> Iterator[int]:
        """The sectors of a chain; one that loops ends after as many as there are."""
        for _ in range(min(len(table), most)):
            if start >= len(table):
                return
            yield start
            start = table[start]

    def _chained(self, start: int, size: int) -> bytes:
        return b"".join(map(self._sector, self._chain(start, self.fat, size // self.sector + 1)))[:size]

    def _entries(self, directory: bytes) -> Entry:
        """Sort the entries into their storages; gives the root."""
        if len(directory) < _ENTRY:
            raise DamagedError("no directory")
        seen: set[int] = set()
        todo = [(0, struct.unpack_from("<I", directory, 76)[0])]
        while todo:
            parent, number = todo.pop()
            at = number * _ENTRY
            if number in seen or at + _ENTRY > len(directory) or number == 0:
                continue
            seen.add(number)
            left, right, child = struct.unpack_from("<3I", directory, at + 68)
            entry = _entry(directory, number)
            todo += [(parent, left), (parent, right)]
            if entry is not None:
                self.children.setdefault(parent, {}).setdefault(entry.name.lower(), entry)
                if entry.storage:
                    todo.append((number, child))
        return _entry(directory, 0) or Entry("", True, _NONE, 0, 0)


def _entry(directory: bytes, number: int) -> Entry | None:
    at = number * _ENTRY
    length, kind = struct.unpack_from("<HB", directory, at + 64)
    start, size = struct.unpack_from("<II", directory, at + 116)
    if kind not in (*_STORAGES, _STREAM):
        return None
    name = directory[at : at + min(64, max(0, length - 2))].decode("utf-16-le", "replace")
    return Entry(name, kind in _STORAGES, start, size, number)
