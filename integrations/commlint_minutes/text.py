"""The readers of Markdown and plain text; how they read is imported when they do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from commlint.model.source import Source

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.protocols import Item

_NOT_PLAIN = ("\r", "\0", "\ufeff")  # line breaks to be made one kind of; bytes that are no text; another charset's mark
_HEAD = re.compile("[:\uff1a]|^(?:---|\\+\\+\\+)")  # how a head can begin


class TextReader:
    """Reads .txt files and whatever else calls itself text/plain."""

    name = "text"
    suffixes: tuple[str, ...] = (".txt", ".text")
    media_types: tuple[str, ...] = ("text/plain",)
    markdown = False

    def claims(self, source: Source) -> bool:
        """By suffix or media type."""
        return source.suffix in self.suffixes or source.media_type in self.media_types

    def glance(self, source: Source) -> str | None:
        """The text, when it is plain UTF-8 without a head and nobody has said what it is."""
        try:
            text = source.content.decode()
        except UnicodeDecodeError:
            return None
        opening = text.lstrip().partition("\n")[0]
        plain = opening and not source.kind and not source.mapping and not any(mark in text for mark in _NOT_PLAIN)
        return text if plain and _HEAD.search(opening) is None else None

    def read(self, source: Source, environment: Environment) -> Iterable[Item]:
        """One record, and what lies behind a limit. Raises RecordError: empty-record, undecodable, binary-content, unknown-kind."""
        from commlint_minutes.document import read_text

        return read_text(source, environment, markdown=self.markdown)


class MarkdownReader(TextReader):
    """Reads .md files."""

    name = "markdown"
    suffixes: tuple[str, ...] = (".md", ".markdown", ".mdown")
    media_types: tuple[str, ...] = ("text/markdown", "text/x-markdown")
    markdown = True
