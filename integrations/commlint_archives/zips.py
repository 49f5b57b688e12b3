"""The directory of a zip archive (APPNOTE 6.3.10): what lies in it and where; found by its members where the directory is damaged.

The standard library's zipfile holds every entry before it can be asked how many there are, gives up on an archive for one bad name,
and unpacks members that share their bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from struct import unpack_from
from typing import TYPE_CHECKING, BinaryIO
from zlib import crc32

from attrs import evolve, frozen

from commlint.errors import RecordError
from commlint.model.reading.limits import beyond
from commlint_archives import names
from commlint_archives.errors import damaged, empty, volume
from commlint_archives.folder import ArchiveFolder, Opener
from commlint_archives.members import Entry, opened

if TYPE_CHECKING:
    from commlint.model.environment import Limits
    from commlint.model.protocols import Item
    from commlint.model.source import Source

_END, _LOCATOR, _END64, _CENTRAL, _LOCAL = b"PK\x05\x06", b"PK\x06\x07", b"PK\x06\x06", b"PK\x01\x02", b"PK\x03\x04"
_WINDOW = 1 << 20
_LINK = 0o12
_FOLDER = 0o4
_FILE = 0o10


@frozen
class _Directory:
    """Where the central directory starts and ends, how many entries it says to have, and how many bytes stand before the archive."""

    start: int
    end: int
    count: int
    prefix: int


def of_zip(source: Source, stream: BinaryIO, limits: Limits) -> Iterator[Item]:
    """The folder in a .zip, then what was lost. Raises RecordError: empty-record, damaged-file, unknown-format, unreadable-file."""
    entries, troubles = _entries(stream, limits)
    if not entries and not troubles:
        raise empty()
    apart, shared = _apart(entries, stream.seek(0, 2))
    if shared:
        troubles += (damaged(f"{shared:,} members lie over others, as no packer writes them; they were not checked", f"有 {shared:,} 个成员与其他成员重叠\uff0c并非正常打包\uff0c未检查"),)
    charset = names.charset_of(entry.raw for entry in apart if not entry.unicode)
    found = [(names.cleaned(_name(entry, charset)), entry) for entry in apart]
    folders = frozenset(name for name, entry in found if entry.folder)
    files = [(name, entry) for name, entry in found if not entry.folder and not entry.link and name]
    mails = names.messages([name for name, _ in files], folders)
    wanted = [(name, entry) for name, entry in files if name in mails or not names.hidden(name)]
    unique = names.told_apart([name for name, _ in wanted])
    openers: dict[str, Opener] = {name: partial(opened, stream, entry, limits) for name, (_, entry) in zip(unique, wanted, strict=True)}
    with ArchiveFolder(source, openers, limits, messages=mails) as folder:
        yield folder
    yield from troubles


def _entries(stream: BinaryIO, limits: Limits) -> tuple[list[Entry], tuple[RecordError, ...]]:
    """What is in it, and why that may not be all."""
    directory = _directory(stream)
    found, trouble = _taken(_central(stream, directory) if directory else _no_entries(), limits)
    if directory is not None and ((len(found) - directory.count) % 0x10000 == 0 or trouble is not None):  # old packers count no further
        return found, (trouble,) if trouble else ()
    saved, trouble = _taken(_salvaged(stream), limits)
    if len(saved) <= len(found):
        saved = found
    lost = damaged(
        f"the archive's directory is missing or damaged: {len(saved):,} members were found all the same, others may be lost",
        f"压缩包目录缺失或损坏\uff1a仍找到 {len(saved):,} 个成员\uff0c其余可能已丢失",
    )
    return saved, (lost, trouble) if trouble else (lost,)


def _no_entries() -> Iterator[Entry]:
    return iter(())


def _taken(entries: Iterable[Entry], limits: Limits) -> tuple[list[Entry], RecordError | None]:
    """As many as the limit allows."""
    found: list[Entry] = []
    for entry in entries:
        if len(found) >= limits.members:
            return found, beyond("members", limits.members)
        found.append(entry)
    return found, None


def _directory(stream: BinaryIO) -> _Directory | None:
    """Found from the end (4.3.16); None when there is none that could be. Raises RecordError unknown-format for a piece of an archive."""
    size = stream.seek(0, 2)
    start = max(0, size - 65_557)
    stream.seek(start)
    tail = stream.read()
    at = tail.rfind(_END)
    while at >= 0 and at + 22 > len(tail):
        at = tail.rfind(_END, 0, at)
    if at < 0:
        return None
    disk, first, _, count, length, offset = unpack_from("<4H2L", tail, at + 4)
    end = start + at
    wide = _wide(stream, end)
    if wide is not None:
        count, length, offset, end = wide
    elif (disk or first) and 0xFFFF not in (disk, first):
        raise volume()
    actual = end - length
    prefix = actual - offset
    if actual < 0 or prefix < 0:
        return None
    return _Directory(actual, end, count, prefix)


def _wide(stream: BinaryIO, end: int) -> tuple[int, int, int, int] | None:
    """Count, length and offset of the directory as zip64 has them (4.3.14, 4.3.15), and where the directory ends."""
    if end < 20:
        return None
    stream.seek(end - 20)
    locator = stream.read(20)
    if not locator.startswith(_LOCATOR):
        return None
    said = int(unpack_from("<Q", locator, 8)[0])
    for at in (said, end - 76):  # the second with bytes before the archive
        if not 0 <= at < end:
            continue
        stream.seek(at)
        record = stream.read(56)
        if len(record) == 56 and record.startswith(_END64):
            count, length, offset = unpack_from("<3Q", record, 32)
            return count, length, offset, at
    return None


def _central(stream: BinaryIO, directory: _Directory) -> Iterator[Entry]:
    """The entries of the directory (4.3.12), up to the first that is none."""
    at = directory.start
    while at < directory.end:
        stream.seek(at)
        head = stream.read(46)
        if len(head) < 46 or not head.startswith(_CENTRAL):
            return
        made, _, flags, method, _, _, crc, packed, size, name, extra, comment, _, _, outer, offset = unpack_from("<6H3L5H2L", head, 4)
        raw, more = stream.read(name), stream.read(extra)
        if len(raw) + len(more) < name + extra:
            return
        size, packed, offset = _widened(more, size, packed, offset)
        mode = outer >> 28 if made >> 8 in (3, 19) else 0  # Unix, macOS
        yield Entry(
            raw, directory.prefix + offset, packed, size, method=method, crc=crc, encrypted=_locked(flags, method), unicode=_told(flags, raw, more),
            folder=raw.endswith(b"/") or mode == _FOLDER or bool(not mode and outer & 0x10), link=mode not in (0, _FILE, _FOLDER),
        )
        at += 46 + name + extra + comment


def _widened(extra: bytes, *fields: int) -> tuple[int, ...]:
    """Size, packed size and offset, those that do not fit taken from the zip64 extra field (4.5.3)."""
    wide = _extra(extra, 0x0001)
    out = []
    for value in fields:
        if value == 0xFFFFFFFF and len(wide) >= 8:
            out.append(int.from_bytes(wide[:8], "little"))
            wide = wide[8:]
        else:
            out.append(value)
    return tuple(out)


def _locked(flags: int, method: int) -> bool:
    """Bits 0 and 6, and the method of WinZip's AES."""
    return bool(flags & 0x41) or method == 99


def _extra(extra: bytes, wanted: int) -> bytes:
    """The data of one extra field (4.5.1), empty without one."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = unpack_from("<2H", extra, at)
        if kind == wanted:
            return extra[at + 4 : at + 4 + length]
        at += 4 + length
    return b""


def _told(flags: int, raw: bytes, extra: bytes) -> str:
    """The name, where the archive says that it is in UTF-8: flag 11, or Info-ZIP's field with the sum of the other name (4.6.9)."""
    path = _extra(extra, 0x7075)
    try:
        if len(path) > 5 and path[0] == 1 and int.from_bytes(path[1:5], "little") == crc32(raw):
            return path[5:].decode("utf-8")
        return raw.decode("utf-8") if flags & 0x800 else ""
    except UnicodeDecodeError:
        return ""


def _name(entry: Entry, charset: str) -> str:
    return entry.unicode or names.decoded(entry.raw, charset)


def _apart(entries: Sequence[Entry], end: int) -> tuple[list[Entry], int]:
    """The entries that start where no other lies, each told where the next one starts; and how many others there are."""
    ordered = sorted(entries, key=lambda entry: entry.start)
    first: dict[int, Entry] = {}
    behind = -1
    for entry in ordered:
        if entry.start >= behind:
            first[id(entry)] = entry
            behind = entry.start + 30 + (0 if entry.folder else entry.packed)
    kept = list(first.values())
    bounds = {id(entry): min(following.start, end) for entry, following in pairwise(kept)}
    # in the order of the archive
    apart = [evolve(entry, bound=bounds.get(id(entry), end)) for entry in entries if id(entry) in first]
    return apart, len(entries) - len(apart)


def _salvaged(stream: BinaryIO) -> Iterator[Entry]:
    """The members that have a header of their own (4.3.7), one behind the other."""
    end = stream.seek(0, 2)
    at = _next(stream, 0)
    while at is not None:
        stream.seek(at)
        head = stream.read(30)
        if len(head) < 30:
            return
        _, flags, method, _, _, crc, packed, size, name, extra = unpack_from("<5H3L2H", head, 4)
        raw, more = stream.read(name), stream.read(extra)
        start = at + 30 + name + extra
        size, packed = _widened(more, size, packed)
        known = not flags & 8 and start + packed <= end
        following = _next(stream, start + packed if known else start)
        if raw and len(raw) == name:
            yield Entry(
                raw, at, packed if known else (following or end) - start, size if known else -1, method=method, crc=crc if known else None,
                encrypted=_locked(flags, method), unicode=_told(flags, raw, more), folder=raw.endswith(b"/"),
            )
        at = following


def _next(stream: BinaryIO, at: int) -> int | None:
    """Where the next header of a member starts, from `at` on."""
    while True:
        stream.seek(at)
        window = stream.read(_WINDOW)
        found = window.find(_LOCAL)
        if found >= 0:
            return at + found
        if len(window) < _WINDOW:
            return None
        at += len(window) - 3
