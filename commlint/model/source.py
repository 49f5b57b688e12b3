"""The bytes a record is read from, and the name they go by."""

from __future__ import annotations

from functools import lru_cache

from attrs import field, frozen


@frozen
class Source:
    """Raw input: `uri` as people name it (a path, ``-`` for standard input), its bytes, what it is.

    `mapping` hands a reader what the configuration says about this path (kind, zone, columns).
    """

    uri: str
    content: bytes = field(repr=lambda content: f"<{len(content)} bytes>")
    media_type: str | None = None
    kind: str | None = None
    mapping: tuple[tuple[str, str], ...] = ()

    @property
    def suffix(self) -> str:
        """The file extension with its dot, in lower case; empty when there is none."""
        return _suffix(self.uri)

    @property
    def name(self) -> str:
        """The last segment of `uri`."""
        return _name(self.uri)


def _name(uri: str) -> str:
    return uri.replace("\\", "/").rpartition("/")[2]


@lru_cache(maxsize=8)  # every reader asks
def _suffix(uri: str) -> str:
    stem, dot, extension = _name(uri).rpartition(".")
    return f".{extension.lower()}" if dot and stem else ""
