"""One member of a zip archive: its bytes, unpacked and compared with what the archive says of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO
from zlib import crc32

from attrs import frozen

from commlint.model.reading.limits import beyond
from commlint_archives.errors import cut_off, damaged, encrypted, unsupported
from commlint_archives.folder import RATIO_FREE, checked
from commlint_archives.inflate import Decompressor, Lzma, bzip2, deflate, pieces, unpacked, xz

if TYPE_CHECKING:
    from commlint.model.environment import Limits

_METHODS: dict[int, Callable[[], Decompressor]] = {8: deflate, 12: bzip2, 14: Lzma, 95: xz}
_NAMES = {1: "Shrink", 6: "Implode", 9: "Deflate64", 19: "LZ77", 93: "Zstandard", 96: "JPEG", 97: "WavPack", 98: "PPMd"}  # APPNOTE 4.4.5


@frozen
class Entry:
    """A member: its name as it is written (`unicode` where that is said to be UTF-8), where its header starts, how it is packed.

    `bound` is where the next member starts. `size` is -1, and `crc` None, where nobody says.
    """

    raw: bytes
    start: int
    packed: int
    size: int
    method: int = 0
    crc: int | None = None
    encrypted: bool = False
    unicode: str = ""
    folder: bool = False
    link: bool = False
    bound: int = 0


def opened(stream: BinaryIO, entry: Entry, limits: Limits) -> Iterator[bytes]:
    """The member's bytes. Raises RecordError: encrypted-file, unknown-format, damaged-file, archive-limit."""
    if entry.encrypted:
        raise encrypted()
    if entry.method and entry.method not in _METHODS:
        raise unsupported(_NAMES.get(entry.method, str(entry.method)))
    if entry.size > RATIO_FREE and entry.size > entry.packed * limits.ratio:
        raise beyond("ratio", limits.ratio)  # an archive that accuses itself is believed
    start = _data(stream, entry)
    raw = pieces(stream, start, entry.packed)
    plain = unpacked(raw, _METHODS[entry.method], sized=entry.method == 14) if entry.method else raw
    yield from _compared(checked(plain, entry.packed, limits), entry)


def _data(stream: BinaryIO, entry: Entry) -> int:
    """Where the packed bytes start: behind the member's own header (4.3.7)."""
    if entry.start + 30 > entry.bound:  # it may be said to start anywhere below 2 to the power of 64
        raise cut_off()
    stream.seek(entry.start)
    head = stream.read(30)
    if not head.startswith(b"PK\x03\x04"):
        raise damaged("it is not where the archive's directory says", "不在压缩包目录所说的位置")
    start = entry.start + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    if start + entry.packed > entry.bound:
        raise damaged("it lies over other members, as no packer writes it, or is cut off", "与其他成员重叠\uff0c或不完整")
    return start


def _compared(plain: Iterator[bytes], entry: Entry) -> Iterator[bytes]:
    """`plain` as long as it is no more than the archive says; then its sum is compared."""
    size = total = 0
    for piece in plain:
        size += len(piece)
        if 0 <= entry.size < size:
            raise damaged(f"it unpacks to more than the {entry.size:,} bytes that the archive says", f"解开后超过压缩包所说的 {entry.size:,} 字节")
        total = crc32(piece, total)
        yield piece
    if 0 <= entry.size != size:
        raise cut_off()
    if entry.crc is not None and total != entry.crc:
        raise damaged("its checksum is wrong", "校验和不符")
