"""Write compound files (MS-CFB version 3): storages as dicts, streams as bytes. Small streams go into the mini stream, as the format wants."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import Union

Storage = Mapping[str, Union[bytes, "Storage"]]

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT, _LIST, _NO_ENTRY = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC, 0xFFFFFFFF


def compound(root: Storage) -> bytes:
    """The file."""
    writer = _Writer()
    return writer.file(root)


class _Entry:
    def __init__(self, name: str, kind: int) -> None:
        self.name, self.kind = name, kind
        self.left = self.right = self.child = _NO_ENTRY
        self.start, self.size = _END, 0

    def raw(self) -> bytes:
        name = self.name.encode("utf-16-le")
        start = 0 if self.kind == 1 else self.start
        return struct.pack("<64sHBB3I36xIQ", name, len(name) + 2, self.kind, 1, self.left, self.right, self.child, start, self.size)


class _Writer:
    def __init__(self) -> None:
        self.sectors: list[bytes] = []
        self.fat: list[int] = []
        self.mini = bytearray()
        self.minifat: list[int] = []
        self.entries: list[_Entry] = []

    def file(self, root: Storage) -> bytes:
        top = _Entry("Root Entry", 5)
        self.entries.append(top)
        top.child = self._storage(root)
        top.start, top.size = self._stream(bytes(self.mini)), len(self.mini)
        directory = b"".join(entry.raw() for entry in self.entries)
        directory += struct.pack("<64x4x3I48x", *[_NO_ENTRY] * 3) * (-len(self.entries) % 4)
        first_directory = self._stream(directory)
        minifat = struct.pack(f"<{len(self.minifat)}I", *self.minifat)
        first_minifat, minifat_sectors = self._stream(minifat, pad=b"\xff"), -(-len(minifat) // _SECTOR)
        tables, lists = self._tables()
        places = range(len(self.fat), len(self.fat) + tables)
        fat = [*self.fat, *[_FAT] * tables, *[_LIST] * lists]
        fat += [_FREE] * (-len(fat) % 128)
        first_list = places.stop if lists else _END
        header = struct.pack(
            "<8s16x5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, first_directory, 0, _CUTOFF, first_minifat, minifat_sectors, first_list, lists
        )
        header += struct.pack("<109I", *[*places, *[_FREE] * 109][:109])
        more = [*places[109:], *[_FREE] * (-max(0, tables - 109) % 127)]
        listed = b"".join(struct.pack("<128I", *more[at : at + 127], places.stop + at // 127 + 1 if at + 127 < len(more) else _END) for at in range(0, len(more), 127))
        return header + b"".join(self.sectors) + struct.pack(f"<{len(fat)}I", *fat)[: tables * _SECTOR] + listed

    def _tables(self) -> tuple[int, int]:
        """How many sectors the table of sectors takes, and how many the list of those that the header does not name."""
        tables = lists = 0
        while tables * 128 < len(self.fat) + tables + lists:
            tables += 1
            lists = -(-max(0, tables - 109) // 127)
        return tables, lists

    def _storage(self, storage: Storage) -> int:
        made: list[tuple[str, int]] = []
        for name, content in storage.items():
            entry = _Entry(name, 2 if isinstance(content, bytes) else 1)
            self.entries.append(entry)
            made.append((name, len(self.entries) - 1))
            if isinstance(content, bytes):
                entry.size = len(content)
                entry.start = self._stream(content) if len(content) >= _CUTOFF else self._small(content)
            else:
                entry.child = self._storage(content)
        return self._tree([number for _, number in sorted(made, key=lambda pair: (len(pair[0]), pair[0].upper()))])

    def _tree(self, numbers: Sequence[int]) -> int:
        """A balanced tree of siblings."""
        if not numbers:
            return _NO_ENTRY
        middle = len(numbers) // 2
        entry = self.entries[numbers[middle]]
        entry.left, entry.right = self._tree(numbers[:middle]), self._tree(numbers[middle + 1 :])
        return numbers[middle]

    def _stream(self, content: bytes, *, pad: bytes = b"\0") -> int:
        if not content:
            return _END
        first = len(self.sectors)
        for at in range(0, len(content), _SECTOR):
            self.sectors.append(content[at : at + _SECTOR].ljust(_SECTOR, pad))
            self.fat.append(len(self.sectors))
        self.fat[-1] = _END
        return first

    def _small(self, content: bytes) -> int:
        if not content:
            return _END
        first = len(self.minifat)
        for at in range(0, len(content), _MINI):
            self.mini += content[at : at + _MINI].ljust(_MINI, b"\0")
            self.minifat.append(len(self.minifat) + 1)
        self.minifat[-1] = _END
        return first
