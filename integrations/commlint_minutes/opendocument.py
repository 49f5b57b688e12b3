"""The reader of OpenDocument texts; how they are read is imported when they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from commlint.model.source import Source

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.protocols import Item


class OpenDocumentReader:
    """Reads .odt and templates of it."""

    name = "opendocument"
    suffixes: tuple[str, ...] = (".odt", ".ott")
    media_types: tuple[str, ...] = ("application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text-template")

    def claims(self, source: Source) -> bool:
        """By suffix or media type."""
        return source.suffix in self.suffixes or (source.media_type or "").lower() in self.media_types

    def read(self, source: Source, environment: Environment) -> Iterable[Item]:
        """One record, and the documents embedded in it.

        Raises RecordError: empty-record, encrypted-file, damaged-file, archive-limit, unknown-format, unknown-kind.
        """
        from commlint_minutes.odf_document import read_document

        return read_document(source, environment)
