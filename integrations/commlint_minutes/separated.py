"""The reader of tables whose cells a comma, semicolon, tab or bar keeps apart; how it reads is imported when it does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from commlint.model.source import Source

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.protocols import Item


class SeparatedReader:
    """Reads .csv and .tsv files in any Chinese encoding."""

    name = "csv"
    suffixes: tuple[str, ...] = (".csv", ".tsv", ".tab")
    media_types: tuple[str, ...] = ("text/csv", "text/tab-separated-values", "application/csv", "text/comma-separated-values")

    def claims(self, source: Source) -> bool:
        """By suffix or media type."""
        return source.suffix in self.suffixes or source.media_type in self.media_types

    def read(self, source: Source, environment: Environment) -> Iterator[Item]:
        """One record. Raises RecordError: empty-record, undecodable, binary-content, unknown-kind; yields table-limit."""
        from commlint_minutes.spreadsheet import isolated
        from commlint_minutes.table_text import records

        return isolated(records(source, environment))
