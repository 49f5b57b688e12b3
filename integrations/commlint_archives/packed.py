"""Files packed by gzip, bzip2 or xz: one file inside, or a tar archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from attrs import evolve

from commlint.errors import RecordError
from commlint.model.reading.limits import beyond
from commlint_archives import names
from commlint_archives.errors import damaged
from commlint_archives.folder import checked, spooled
from commlint_archives.inflate import Decompressor, bzip2, gzip, pieces, unpacked, xz
from commlint_archives.tars import is_tar, of_tar

if TYPE_CHECKING:
    from commlint.model.environment import Limits
    from commlint.model.protocols import Item
    from commlint.model.source import Source

_FORMATS: tuple[tuple[bytes, Callable[[], Decompressor]], ...] = ((b"\x1f\x8b", gzip), (b"BZh", bzip2), (b"\xfd7zXZ\x00", xz))
_TARS = (".tgz", ".tbz2", ".tbz", ".txz")
_HELD = 1 << 24  # bytes of a tar archive in memory; more of it is on disk while it is read


def of_packed(source: Source, stream: BinaryIO, limits: Limits) -> Iterator[Item]:
    """What was packed, then what was wrong with it. Raises RecordError: empty-record, damaged-file, archive-limit, unreadable-file."""
    size = stream.seek(0, 2)
    plain = _bounded(checked(_plain(source, stream, size), size, limits), limits)
    first, trouble = b"", None
    try:
        while len(first) < 512:
            first += next(plain)
    except StopIteration:
        pass
    except RecordError as error:
        if not first:
            raise
        trouble = error
    rest = _Rest(chain((first,), plain) if trouble is None else iter((first,)), trouble)
    if is_tar(first) or source.suffix in _TARS:
        yield from _tar(source, rest, limits)
    else:
        with ExitStack() as files:
            yield spooled(source.member(inner_name(source), b""), iter(rest), limits, files)
    if rest.trouble is not None:
        yield rest.trouble


class _Rest:
    """Pieces up to where they end or go wrong; `trouble` is how."""

    def __init__(self, pieces: Iterator[bytes], trouble: RecordError | None) -> None:
        self._pieces = pieces
        self.trouble = trouble

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._pieces
        except RecordError as error:
            self.trouble = error


def _plain(source: Source, stream: BinaryIO, size: int) -> Iterator[bytes]:
    for magic, make in _FORMATS:
        if source.content.startswith(magic):
            return unpacked(pieces(stream, 0, size), make, magic=magic)
    raise damaged("it is not what its name says: neither gzip nor bzip2 nor xz", "内容与扩展名不符\uff1a不是 gzip、bzip2 或 xz 文件")


def _bounded(plain: Iterator[bytes], limits: Limits) -> Iterator[bytes]:
    size = 0
    for piece in plain:
        size += len(piece)
        if size > limits.unpacked_size:
            yield piece[: limits.unpacked_size - size]
            raise beyond("unpacked-size", limits.unpacked_size)
        yield piece


def _tar(source: Source, plain: _Rest, limits: Limits) -> Iterator[Item]:
    """The archive is unpacked once, and then read in whatever order it is asked for."""
    from tempfile import SpooledTemporaryFile

    with SpooledTemporaryFile(_HELD, prefix="commlint-") as file:
        file.writelines(plain)
        for item in of_tar(evolve(source, content=b"tar", large=""), file, limits):  # type: ignore[arg-type]  # a BinaryIO in all but name until Python 3.11
            if isinstance(item, RecordError) and plain.trouble is not None:
                continue  # that the tar archive ends in the middle follows from it
            yield item


def inner_name(source: Source) -> str:
    """The name of what was packed: that of the file without its last extension, else as the gzip header has it (RFC 1952 section 2.3)."""
    stem = source.name[: -len(source.suffix)] if source.suffix else source.name
    if "." in stem.strip("."):
        return names.cleaned(stem) or "file"
    head = source.content[:1024]
    if head.startswith(b"\x1f\x8b\x08") and head[3:4] == b"\x08":  # a name and nothing before it
        raw = head[10:].partition(b"\0")[0]
        said = names.cleaned(names.decoded(raw, names.charset_of((raw,)))).rpartition("/")[2]
        if "." in said:
            return said
    return names.cleaned(stem) or "file"
