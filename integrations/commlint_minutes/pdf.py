"""The reader of .pdf; how it reads is imported when it does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from commlint.model.source import Source

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.protocols import Item


class PdfReader:
    """Reads .pdf files: one record of all pages, and the files embedded in it."""

    name = "pdf"
    suffixes: tuple[str, ...] = (".pdf",)
    media_types: tuple[str, ...] = ("application/pdf", "application/x-pdf")

    def claims(self, source: Source) -> bool:
        """By suffix, media type or the first bytes."""
        return source.suffix in self.suffixes or source.media_type in self.media_types or source.content.startswith(b"%PDF-")

    def read(self, source: Source, environment: Environment) -> Iterable[Item]:
        """One record. Raises RecordError: damaged-file, encrypted-file, empty-record, extra-missing, reading-stopped, unknown-kind."""
        from commlint_minutes.pdf_document import read_pdf

        return read_pdf(source, environment)
