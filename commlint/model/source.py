"""The bytes a record is read from, and the name they go by."""

from __future__ import annotations

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
        name = self.uri.replace("\\", "/").rpartition("/")[2]
        stem, dot, extension = name.rpartition(".")
        return f".{extension.lower()}" if dot and stem else ""

    @property
    def name(self) -> str:
        """The last segment of `uri`."""
        return self.uri.replace("\\", "/").rpartition("/")[2]
