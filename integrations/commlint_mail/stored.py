"""The bytes of a mail or mailbox that may be larger than what is held in memory: looked at through a window that moves on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, overload

if TYPE_CHECKING:
    from typing import BinaryIO

    from commlint.model.source import Source

WINDOW = 1 << 20


class Stored(Protocol):
    """What is asked of them; `bytes` are such."""

    def __len__(self) -> int: ...

    @overload
    def __getitem__(self, at: int, /) -> int: ...

    @overload
    def __getitem__(self, at: slice, /) -> bytes: ...

    def find(self, wanted: bytes, start: int, end: int, /) -> int:
        """Where `wanted` begins in a stretch, -1 when it does not occur."""
        ...


class Windowed:
    """A file as `Stored`: at most WINDOW bytes of it are held, and what a slice asks for."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.length = stream.seek(0, 2)
        self.start = 0
        self.window = b""

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, at: slice | int) -> bytes | int:
        if isinstance(at, int):
            return self[at : at + 1][0]  # type: ignore[index]  # a slice of it is bytes
        start, end, _ = at.indices(self.length)
        end = max(start, end)
        if start >= self.start and end <= self.start + len(self.window):
            return self.window[start - self.start : end - self.start]
        if end - start < WINDOW // 2:
            self._move(start)
            return self.window[: end - start]
        self.stream.seek(start)
        return self.stream.read(max(0, end - start))

    def find(self, wanted: bytes, start: int, end: int) -> int:
        """As bytes.find; a file of any size is passed through once."""
        end = min(end, self.length)
        while start + len(wanted) <= end:
            if not self.start <= start <= start + len(wanted) <= self.start + len(self.window):
                self._move(start)
            at = self.window.find(wanted, start - self.start, end - self.start)
            if at >= 0:
                return self.start + at
            behind = self.start + len(self.window)
            if behind >= end or not self.window:
                return -1
            start = max(start + 1, behind - len(wanted) + 1)
        return -1

    def _move(self, start: int) -> None:
        self.stream.seek(start)
        self.start, self.window = start, self.stream.read(WINDOW)


@contextmanager
def stored(source: Source) -> Iterator[Stored]:
    """The bytes of `source`: as they are when they are held, else by its file, which is closed at the end. Raises OSError when that has gone."""
    if not source.large:
        yield source.content
        return
    with source.opened() as stream:
        yield Windowed(stream)  # type: ignore[misc]  # its one __getitem__ answers to both
