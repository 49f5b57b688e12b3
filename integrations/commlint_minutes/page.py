"""The reader of web pages in files; how they are read is imported when they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from commlint.model.source import Source

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.protocols import Item


class PageReader:
    """Reads .html files, and pages that a browser or Word has saved with their pictures in one file (.mht)."""

    name = "html"
    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml", ".xht", ".shtml", ".mht", ".mhtml")
    media_types: tuple[str, ...] = ("text/html", "application/xhtml+xml", "application/x-mimearchive")

    def claims(self, source: Source) -> bool:
        """By suffix or media type."""
        return source.suffix in self.suffixes or (source.media_type or "").lower() in self.media_types

    def read(self, source: Source, environment: Environment) -> Iterable[Item]:
        """One record. Raises RecordError: empty-record, undecodable, binary-content, no-page, unknown-kind."""
        from commlint_minutes.pagetext import read_page

        return read_page(source, environment)
