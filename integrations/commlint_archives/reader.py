"""The readers of archives; how they read is imported when they do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from commlint.model.source import Source

if TYPE_CHECKING:
    from commlint.model.environment import Environment, Limits
    from commlint.model.protocols import Item


class _ArchiveReader:
    """Claims by suffix; what has none by media type or, where people named it, by its first bytes."""

    suffixes: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ()
    streams = True

    def claims(self, source: Source) -> bool:
        """An office file is a zip too, whatever media type a mail gives it: its suffix says what it is."""
        if source.suffix:
            return source.suffix in self.suffixes
        return source.media_type in self.media_types or (source.named and self.begins(source.content))

    def begins(self, content: bytes) -> bool:
        """Whether bytes begin as such a file does."""
        return False


    def _from_stream(self, source: Source, read: Callable[[Source, BinaryIO, Limits], Iterator[Item]], environment: Environment) -> Iterator[Item]:
        """What `read` makes of the bytes of the archive, wherever they lie. Raises RecordError: empty-record, unreadable-file."""
        from commlint_archives.errors import empty, unreadable

        if not source.content:
            raise empty()
        try:
            with source.opened() as stream:
                yield from read(source, stream, environment.limits)
        except OSError as error:
            raise unreadable(error) from error


class ZipReader(_ArchiveReader):
    """Reads .zip archives: a folder of what lies in them."""

    name = "archive-zip"
    suffixes: tuple[str, ...] = (".zip",)
    media_types: tuple[str, ...] = ("application/zip", "application/x-zip-compressed", "application/x-zip")

    def begins(self, content: bytes) -> bool:
        """APPNOTE 4.3.7 and 4.3.16."""
        return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))

    def read(self, source: Source, environment: Environment) -> Iterable[Item]:
        """A folder; behind it what was lost. Raises RecordError: empty-record, damaged-file, unknown-format, archive-limit."""
        from commlint_archives.zips import of_zip

        return self._from_stream(source, of_zip, environment)


class TarReader(_ArchiveReader):
    """Reads .tar archives: a folder of what lies in them."""

    name = "archive-tar"
    suffixes: tuple[str, ...] = (".tar",)
    media_types: tuple[str, ...] = ("application/x-tar", "application/tar")

    def begins(self, content: bytes) -> bool:
        """POSIX.1-2017, pax, ustar Interchange Format."""
        return content[257:262] == b"ustar"

    def read(self, source: Source, environment: Environment) -> Iterable[Item]:
        """A folder; behind it what was lost. Raises RecordError: empty-record, damaged-file, archive-limit."""
        from commlint_archives.tars import of_tar

        return self._from_stream(source, of_tar, environment)


class PackedReader(_ArchiveReader):
    """Reads what gzip, bzip2 and xz have packed: one file, or a tar archive whatever it is called."""

    name = "archive-packed"
    suffixes: tuple[str, ...] = (".gz", ".tgz", ".bz2", ".tbz2", ".tbz", ".xz", ".txz")
    media_types: tuple[str, ...] = ("application/gzip", "application/x-gzip", "application/x-bzip2", "application/x-xz")

    def begins(self, content: bytes) -> bool:
        """RFC 1952 section 2.3.1; BZh and its block; the .xz file format 2.1.1.1."""
        return content.startswith((b"\x1f\x8b\x08", b"\xfd7zXZ\x00")) or (content.startswith(b"BZh") and content[4:10] == b"1AY&SY")

    def read(self, source: Source, environment: Environment) -> Iterable[Item]:
        """The file inside, or a folder; behind it what was lost. Raises RecordError: empty-record, damaged-file, archive-limit."""
        from commlint_archives.packed import of_packed

        return self._from_stream(source, of_packed, environment)


class ForeignReader(_ArchiveReader):
    """Takes archives that are not opened, so that nobody believes that they were."""

    name = "archive-foreign"
    suffixes: tuple[str, ...] = (".7z", ".rar", ".zst", ".lz4", ".lzh", ".cab")
    media_types: tuple[str, ...] = ("application/x-7z-compressed", "application/vnd.rar", "application/x-rar-compressed", "application/zstd")

    def begins(self, content: bytes) -> bool:
        """The marks of 7z, RAR and Zstandard."""
        return content.startswith((b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x28\xb5\x2f\xfd"))

    def read(self, source: Source, environment: Environment) -> Iterable[Item]:
        """Raises RecordError: unknown-format."""
        from commlint_archives.errors import foreign

        raise foreign(source.suffix.removeprefix(".") or "7z, RAR, Zstandard")
