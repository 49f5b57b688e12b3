"""The files of an archive as a folder: unpacked one at a time, and only when somebody asks for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from commlint.errors import RecordError
from commlint.model.reading.limits import beyond
from commlint.model.source import Source
from commlint_archives.errors import missing, unreadable

if TYPE_CHECKING:
    from commlint.model.environment import Limits

BEGINNING = 65_536  # bytes that tell what a file is
RATIO_FREE = 10_000_000  # what unpacks to no more than this may be packed as well as it can

Opener = Callable[[], Iterator[bytes]]


def checked(pieces: Iterator[bytes], packed: int, limits: Limits) -> Iterator[bytes]:
    """`pieces` until they are more than the ratio to `packed` bytes allows. Raises RecordError archive-limit."""
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > RATIO_FREE and size > packed * limits.ratio:
            raise beyond("ratio", limits.ratio)
        yield piece


class ArchiveFolder:
    """A `commlint.model.protocols.Folder` over `members`: by name, what unpacks it.

    `unpacked` counts the bytes that were asked for and unpacked so far, whatever became of them. What is larger than the limit on file size lies
    in a file on disk until the folder is closed.
    """

    def __init__(self, source: Source, members: Mapping[str, Opener], limits: Limits, *, messages: frozenset[str] = frozenset()) -> None:
        self.uri = f"{source.uri}!"
        self.unpacked = 0
        self._archive = source
        self._members = members
        self._limits = limits
        self._messages = messages
        self._kept: tuple[str, bytes] = ("", b"")
        self._files = ExitStack()

    def __enter__(self) -> ArchiveFolder:
        return self

    def __exit__(self, *raised: object) -> None:
        self._files.close()

    @property
    def names(self) -> Sequence[str]:
        """As the archive has them."""
        return tuple(self._members)

    def glimpse(self, name: str) -> Source:
        """One of them with no more than its first bytes, to tell who reads it; with none where it cannot be unpacked. Counts as nothing."""
        beginning, whole = b"", True
        try:
            for piece in self._members[name]():
                beginning += piece
                if len(beginning) > BEGINNING:
                    whole = False
                    break
        except (RecordError, OSError):
            return self._member(name, b"")
        if whole:
            self._kept = (name, beginning)
        return self._member(name, beginning[:BEGINNING])

    def source(self, name: str) -> Source:
        """One of them. Raises RecordError: encrypted-file, damaged-file, unknown-format, archive-limit, unreadable-file, missing-path."""
        if name not in self._members:
            raise missing(name)
        known, content = self._kept
        pieces = iter((content,)) if known == name else self._members[name]()
        return spooled(self._member(name, b""), self._counted(pieces), self._limits, self._files)

    def _member(self, name: str, content: bytes) -> Source:
        return self._archive.member(name, content, media_type="message/rfc822" if name in self._messages else None)

    def _counted(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self.unpacked += len(piece)
            if self.unpacked > self._limits.unpacked_size:
                raise beyond("unpacked-size", self._limits.unpacked_size)
            yield piece


def spooled(member: Source, pieces: Iterator[bytes], limits: Limits, files: ExitStack) -> Source:
    """`member` with what `pieces` give: in memory up to the limit on file size, else in a file that `files` removes."""
    from attrs import evolve

    held, size = [], 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size > limits.file_size:
            return evolve(member, content=b"".join(held)[:BEGINNING], large=_on_disk(held, pieces, files))
    return evolve(member, content=b"".join(held))


def _on_disk(held: list[bytes], pieces: Iterator[bytes], files: ExitStack) -> str:
    """The path of a file with all of it."""
    import os
    from tempfile import mkstemp

    try:
        number, path = mkstemp(prefix="commlint-")
        files.callback(_removed, path)
        with os.fdopen(number, "wb") as file:
            file.writelines(held)
            held.clear()
            file.writelines(pieces)
    except OSError as error:
        raise unreadable(error) from error
    return path


def _removed(path: str) -> None:
    with suppress(OSError):  # somebody else has cleared up
        Path(path).unlink()
