"""The bytes a record is read from, and the name they go by."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import field, frozen

if TYPE_CHECKING:
    from typing import BinaryIO


@frozen
class Source:
    """Raw input: `uri` as people name it (a path, ``-`` for standard input), its bytes, what it is.

    `mapping` hands a reader what the configuration says about this path (kind, zone, columns). Of a `large` file, whose path that
    is, `content` is only the beginning: more than the limit on file size is not held in memory, and only readers that `streams`
    are given such a source. `depth` counts the sources it lies in. `named` is False for what was only come across, in a folder or
    in another source: where no reader takes it, it is passed over.
    """

    uri: str
    content: bytes = field(repr=lambda content: f"<{len(content)} bytes>")
    media_type: str | None = None
    kind: str | None = None
    mapping: tuple[tuple[str, str], ...] = ()
    large: str = ""
    depth: int = 0
    named: bool = True

    @property
    def suffix(self) -> str:
        """The file extension with its dot, in lower case; empty when there is none."""
        return _suffix(self.uri)

    @property
    def name(self) -> str:
        """The last segment of `uri`."""
        return _name(self.uri)

    def opened(self) -> BinaryIO:
        """All the bytes, as a seekable stream to be closed. Raises OSError when a large file has gone."""
        if self.large:
            return open(self.large, "rb")  # noqa: PTH123  # pathlib is not imported on the warm path; the caller closes it
        from io import BytesIO

        return BytesIO(self.content)

    def member(self, name: str, content: bytes, *, media_type: str | None = None, alike: bool = True) -> Source:
        """The source `name` inside this one, ``archive.zip!/minutes/a.md``; `alike` when it is of the kind that this one is said to be."""
        return Source(
            f"{self.uri}!/{name}", content, media_type, kind=self.kind if alike else None, mapping=self.mapping if alike else (), depth=self.depth + 1, named=False
        )


def _name(uri: str) -> str:
    return uri.replace("\\", "/").rpartition("/")[2]


@lru_cache(maxsize=8)  # every reader asks
def _suffix(uri: str) -> str:
    stem, dot, extension = _name(uri).rpartition(".")
    return f".{extension.lower()}" if dot and stem else ""
