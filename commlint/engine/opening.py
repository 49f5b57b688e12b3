"""What a source holds, all the way down: its records, and those of the sources and folders inside it, within limits."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from attrs import frozen

from commlint.engine.reading import reader_of, unclaimed
from commlint.errors import RecordError
from commlint.model.environment import Environment
from commlint.model.protocols import Folder, Item, Reader
from commlint.model.reading.limits import beyond, too_large
from commlint.model.record import Record
from commlint.model.source import Source


@frozen
class Unread:
    """What could not be read, and why."""

    uri: str
    error: Exception


def opened(item: Source | Folder, readers: Sequence[Reader], environment: Environment) -> Iterator[Record | Unread]:
    """The records in `item` and in all that lies inside it, in order. What cannot be read does not keep the rest from it."""
    return _Descent(readers, environment).into(item, "")


class _Descent:
    """A walk into one file: how much was unpacked on the way is counted over all of it."""

    def __init__(self, readers: Sequence[Reader], environment: Environment) -> None:
        self.readers = readers
        self.environment = environment
        self.members = self.size = 0
        self.said = False  # that the rest is not checked

    def into(self, item: Item | Unread, uri: str) -> Iterator[Record | Unread]:
        """What `item` is or holds; `uri` is that of what it was found in."""
        if isinstance(item, Record):
            yield item
        elif isinstance(item, RecordError | Unread):
            yield from self._unread(item.uri, item.error) if isinstance(item, Unread) else self._unread(uri, item)
        else:
            try:
                for inner in self._source(item) if isinstance(item, Source) else self._folder(item):
                    yield from self.into(inner, item.uri)
            except Exception as error:  # the edge that isolates readers: what else there is is read
                yield from self._unread(item.uri, error)

    def _unread(self, uri: str, error: Exception) -> Iterator[Unread]:
        """A trouble; once nothing more is unpacked, that is said once and not of every file that is left."""
        if getattr(error, "slug", "") == "archive-limit" and self._full() is not None:
            if self.said:
                return
            self.said = True
        yield Unread(uri, error)

    def _source(self, source: Source) -> Iterator[Item]:
        self._count(source)
        reader = reader_of(source, self.readers)
        if reader is None:
            if source.named:
                raise unclaimed(source)
            return  # a picture, a program: nothing that rules are for
        if source.large and not getattr(reader, "streams", False):
            raise too_large(os.path.getsize(source.large), self.environment.limits.file_size)  # noqa: PTH202  # pathlib stays out of the warm path
        yield from reader.read(source, self.environment)

    def _count(self, source: Source) -> None:
        limits = self.environment.limits
        if not source.depth:
            return
        self.members += 1
        self.size += len(source.content)
        if source.depth > limits.depth:
            raise beyond("depth", limits.depth)
        full = self._full()
        if full is not None:
            raise full

    def _full(self) -> RecordError | None:
        """Why nothing more is unpacked of this file."""
        limits = self.environment.limits
        if self.members > limits.members:
            return beyond("members", limits.members)
        return beyond("unpacked-size", limits.unpacked_size) if self.size > limits.unpacked_size else None

    def _folder(self, folder: Folder) -> Iterator[Item | Unread]:
        """What is in it. Where a folder tells how much it has `unpacked`, all of that counts: for what was refused or passed over, too."""
        before = 0
        for item in self._inside(folder):
            now = getattr(folder, "unpacked", 0)
            if now:
                self.size += now - before - (len(item.content) if isinstance(item, Source) else 0)  # a source is counted when it is read
            before = now
            yield item
            full = self._full()
            if full is not None:
                yield full
                return

    def _inside(self, folder: Folder) -> Iterator[Item | Unread]:
        """Exports in it, each as one; the other files one by one."""
        claimed = dict(self._claimed(folder))
        for place, reader in claimed.items():
            yield from reader.read_folder(_Below(folder, place), self.environment)  # type: ignore[attr-defined]  # it has claimed a folder
        for name in folder.names:
            if not any(name.startswith(place) for place in claimed) and self._wanted(folder, name):
                yield self._member(folder, name)

    def _wanted(self, folder: Folder, name: str) -> bool:
        """Whether somebody reads it, where that can be told by its first bytes: what is large and nobody's need not be unpacked."""
        glimpse = getattr(folder, "glimpse", None)
        if glimpse is None:
            return True
        try:
            beginning = glimpse(name)
        except Exception:  # the same edge: what is wrong is told when all of it is asked for
            return True
        return any(reader.claims(beginning) for reader in self.readers)

    def _member(self, folder: Folder, name: str) -> Source | Unread:
        try:
            return folder.source(name)
        except Exception as error:  # the edge that isolates readers: what else the folder holds is read
            return Unread(f"{folder.uri}/{name}", error)

    def _claimed(self, folder: Folder) -> Iterator[tuple[str, Reader]]:
        """The folders in `folder`, itself among them as "", that a reader reads as one; none inside another."""
        names = sorted(folder.names)
        todo = [_Stretch("", 0, len(names))]
        while todo:
            stretch = todo.pop()
            tops, inner = stretch.parted(names)
            reader = claimant(tops, self.readers)
            if reader is not None:
                yield stretch.place, reader
            else:
                todo += reversed(inner)


def claimant(names: Sequence[str], readers: Sequence[Reader]) -> Reader | None:
    """The reader that reads a folder with these files and folders in it as one."""
    return next((reader for reader in readers if (claims := getattr(reader, "claims_folder", None)) is not None and claims(names)), None)


@frozen
class _Stretch:
    """The sorted names from `first` to before `last`: those that begin with `place` ("" or "a/b/")."""

    place: str
    first: int
    last: int

    def parted(self, names: Sequence[str]) -> tuple[list[str], list[_Stretch]]:
        """What lies right in the folder, and the folders among it. Held for one folder at a time: an archive may have any number."""
        tops: list[str] = []
        inner: list[_Stretch] = []
        at, start = self.first, len(self.place)
        while at < self.last:
            slash = names[at].find("/", start)
            if slash < 0:
                tops.append(names[at][start:])
                at += 1
                continue
            folder = names[at][: slash + 1]
            behind = bisect_left(names, f"{folder[:-1]}0", at, self.last)  # "0" comes right behind "/"
            tops.append(folder[start:-1])
            inner.append(_Stretch(folder, at, behind))
            at = behind
        return tops, inner


@frozen
class _Below:
    """A folder inside a folder."""

    whole: Folder
    place: str

    @property
    def uri(self) -> str:
        return f"{self.whole.uri}/{self.place.rstrip('/')}" if self.place else self.whole.uri

    @property
    def names(self) -> Sequence[str]:
        return tuple(name.removeprefix(self.place) for name in self.whole.names if name.startswith(self.place))

    def source(self, name: str) -> Source:
        return self.whole.source(self.place + name)
