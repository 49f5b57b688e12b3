"""The reader of Word documents; how they are read is imported when they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from commlint.model.source import Source

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.protocols import Item


class WordReader:
    """Reads .docx, .docm and templates of them."""

    name = "word"
    suffixes: tuple[str, ...] = (".docx", ".docm", ".dotx", ".dotm")
    media_types: tuple[str, ...] = (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
        "application/vnd.ms-word.document.macroenabled.12",
        "application/vnd.ms-word.template.macroenabled.12",
    )

    def claims(self, source: Source) -> bool:
        """By suffix or media type."""
        return source.suffix in self.suffixes or (source.media_type or "").lower() in self.media_types

    def read(self, source: Source, environment: Environment) -> Iterable[Item]:
        """One record, and the documents embedded in it.

        Raises RecordError: empty-record, encrypted-file, legacy-format, damaged-file, archive-limit, unknown-format, unknown-kind.
        """
        from commlint_minutes.worddocument import read_document

        return read_document(source, environment)
