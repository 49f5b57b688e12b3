"""Packed bytes into plain ones, piece by piece: never more than a piece in memory, whatever the bytes say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, Protocol

from commlint.errors import RecordError
from commlint_archives.errors import cut_off, garbled, unsupported

PIECE = 1 << 16
_MEMORY = 1 << 27  # that xz and LZMA may ask for: their files say how much, and may say 4 GB


class Decompressor(Protocol):
    """As the standard library's bz2 and lzma have them."""

    @property
    def eof(self) -> bool:
        """Whether the end of the packed stream was reached."""
        ...

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes without new bytes."""
        ...

    @property
    def unused_data(self) -> bytes:
        """What stands behind the end."""
        ...

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """At most so much."""
        ...


class Deflate:
    """zlib as the others are: its own interface hands unused input back."""

    def __init__(self, window: int) -> None:
        import zlib

        self._engine = zlib.decompressobj(window)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        """Whether the end of the packed stream was reached."""
        return self._engine.eof

    @property
    def unused_data(self) -> bytes:
        """What stands behind the end."""
        return self._engine.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """At most so much."""
        out = self._engine.decompress(self._engine.unconsumed_tail + data, max_length)
        self.needs_input = not self._engine.unconsumed_tail and len(out) < max_length
        return out


def gzip() -> Decompressor:
    """RFC 1952."""
    return Deflate(31)


def deflate() -> Decompressor:
    """RFC 1951, as in zip."""
    return Deflate(-15)


def bzip2() -> Decompressor:
    """bzip2."""
    from bz2 import BZ2Decompressor

    return BZ2Decompressor()


def xz() -> Decompressor:
    """The .xz format."""
    from lzma import FORMAT_XZ, LZMADecompressor

    return LZMADecompressor(FORMAT_XZ, memlimit=_MEMORY)


class Lzma:
    """LZMA as in zip (APPNOTE 5.8.8): version, length of the properties, properties, data."""

    def __init__(self) -> None:
        self._head = b""
        self._engine: Decompressor | None = None
        self.needs_input = True

    @property
    def eof(self) -> bool:
        """Whether the end of the packed stream was reached."""
        return self._engine is not None and self._engine.eof

    @property
    def unused_data(self) -> bytes:
        """What stands behind the end."""
        return self._engine.unused_data if self._engine else b""

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """At most so much."""
        if self._engine is None:
            self._head += data
            if len(self._head) < 9:
                return b""
            data = self._begun(self._head)
        assert self._engine is not None
        out = self._engine.decompress(data, max_length)
        self.needs_input = self._engine.needs_input
        return out

    def _begun(self, head: bytes) -> bytes:
        from lzma import FILTER_LZMA1, FORMAT_RAW, LZMADecompressor

        length, packed, dictionary = int.from_bytes(head[2:4], "little"), head[4], int.from_bytes(head[5:9], "little")
        if length != 5 or packed >= 225:
            raise garbled()
        if dictionary > _MEMORY:
            raise unsupported("LZMA (> 128 MB)")
        filters = [{"id": FILTER_LZMA1, "dict_size": max(dictionary, 4096), "lc": packed % 9, "lp": packed // 9 % 5, "pb": packed // 45}]
        self._engine = LZMADecompressor(FORMAT_RAW, filters=filters)
        return head[9:]


def unpacked(packed: Iterable[bytes], make: Callable[[], Decompressor], *, magic: bytes = b"", sized: bool = False) -> Iterator[bytes]:
    """What `packed` holds, in pieces. With `magic`, streams that begin so and stand one behind the other count as one.

    `sized`: somebody else knows how long it is, so that the end needs no mark. Raises RecordError damaged-file.
    """
    engine, begun = make(), False
    for chunk in packed:
        data = chunk
        while True:
            if engine.eof:
                data = engine.unused_data or data
                if not magic or not data.startswith(magic[: len(data)]):
                    return  # the end, or padding
                engine = make()
            out = _decompressed(engine, data)
            begun = True
            if out:
                yield out
            data = b""
            if engine.eof:
                if not engine.unused_data:
                    break
            elif engine.needs_input:
                break
    if not begun or not (engine.eof or sized):
        raise cut_off()


def _decompressed(engine: Decompressor, data: bytes) -> bytes:
    try:
        return engine.decompress(data, PIECE)
    except RecordError:
        raise
    except Exception as error:  # the edge that isolates the decompressors: zlib.error, LZMAError, OSError, EOFError, MemoryError
        raise garbled() from error


def pieces(stream: BinaryIO, start: int, length: int) -> Iterator[bytes]:
    """The bytes of `stream` from `start` on, as many as there are. Others may read it meanwhile."""
    while length > 0:
        stream.seek(start)
        piece = stream.read(min(PIECE, length))
        if not piece:
            return
        start, length = start + len(piece), length - len(piece)
        yield piece
