"""What a source holds, all the way down: its records, and those of the sources and folders inside it, within limits."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from commlint.engine.reading import reader_of
from commlint.errors import RecordError
from commlint.model.environment import Environment
from commlint.model.protocols import Folder, Item, Reader
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

    def into(self, item: Item, uri: str) -> Iterator[Record | Unread]:
        """What `item` is or holds; `uri` is that of what it was found in."""
        if isinstance(item, Record):
            yield item
        elif isinstance(item, RecordError):
            yield Unread(uri, item)
        else:
            try:
                for inner in self._source(item) if isinstance(item, Source) else self._folder(item):
                    yield from self.into(inner, item.uri)
            except Exception as error:  # the edge that isolates readers: what else there is is read
                yield Unread(item.uri, error)

    def _source(self, source: Source) -> Iterator[Item]:
        self._count(source)
        if not source.named and not any(reader.claims(source) for reader in self.readers):
            return  # a picture, a program: nothing that rules are for
        reader = reader_of(source, self.readers)
        if source.large and not getattr(reader, "streams", False):
            raise too_large(os.path.getsize(source.large), self.environment.limits.file_size)  # noqa: PTH202  # pathlib stays out of the warm path
        yield from reader.read(source, self.environment)

    def _count(self, source: Source) -> None:
        limits = self.environment.limits
        if not source.depth:
            return
        self.members += 1
        self.size += len(source.content)
        for limit, value, most in (("depth", source.depth, limits.depth), ("members", self.members, limits.members), ("unpacked-size", self.size, limits.unpacked_size)):
            if value > most:
                raise beyond(limit, most)

    def _folder(self, folder: Folder) -> Iterator[Item]:
        """Exports in it, each as one; the other files one by one."""
        claimed = dict(self._claimed(folder))
        for place, reader in claimed.items():
            yield from reader.read_folder(_Below(folder, place), self.environment)  # type: ignore[attr-defined]  # it has claimed a folder
        for name in folder.names:
            if not any(name.startswith(place) for place in claimed):
                yield self._member(folder, name)

    def _member(self, folder: Folder, name: str) -> Item:
        try:
            return folder.source(name)
        except RecordError as error:
            return error.at(name)

    def _claimed(self, folder: Folder) -> Iterator[tuple[str, Reader]]:
        """The folders in `folder`, itself among them as "", that a reader reads as one; none inside another."""
        last: list[str] = []
        for place, names in sorted(_tops(folder.names).items()):
            reader = None if last and place.startswith(last[0]) else claimant(names, self.readers)
            if reader is not None:
                last[:] = [place]
                yield place, reader


def claimant(names: Sequence[str], readers: Sequence[Reader]) -> Reader | None:
    """The reader that reads a folder with these files and folders in it as one."""
    return next((reader for reader in readers if (claims := getattr(reader, "claims_folder", None)) is not None and claims(names)), None)


def _tops(names: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """By folder ("" or "a/b/"), what lies right in it."""
    tops: dict[str, dict[str, None]] = {}
    for name in names:
        at = 0
        while True:
            slash = name.find("/", at)
            tops.setdefault(name[:at], {})[name[at:] if slash < 0 else name[at:slash]] = None
            if slash < 0:
                break
            at = slash + 1
    return {place: tuple(found) for place, found in tops.items()}


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


def too_large(size: int, limit: int) -> RecordError:
    """A file that is not held in memory."""
    return RecordError(
        "too-large", f"{size:,} bytes, more than the limit of {limit:,}", help="split the file, or raise limits.file-size",
        zh=f"{size:,} 字节\uff0c超过上限 {limit:,}", zh_help="请拆分文件\uff0c或调高 limits.file-size",
    )


_BEYOND = {
    "depth": ("it lies in more than {most:,} archives or messages, one in another", "它套在 {most:,} 层以上的压缩包或邮件之中"),
    "members": ("there are more than {most:,} files inside", "内含文件超过 {most:,} 个"),
    "unpacked-size": ("it unpacks to more than {most:,} bytes", "解开后超过 {most:,} 字节"),
    "ratio": ("it unpacks to more than {most:,} times its size", "解开后超过原大小的 {most:,} 倍"),
}


def beyond(limit: str, most: int) -> RecordError:
    """What lies behind a limit on archives is not read."""
    en, zh = _BEYOND[limit]
    return RecordError(
        "archive-limit", f"{en.format(most=most)}; the rest was not checked", help=f"unpack it and check the folder, or raise limits.{limit}",
        zh=f"{zh.format(most=most)}\uff0c其余未检查", zh_help=f"请解开后检查文件夹\uff0c或调高 limits.{limit}",
    )
