"""The reader of presentations; how they are read is imported when they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from commlint.model.source import Source

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.protocols import Item


class SlidesReader:
    """Reads .pptx and its kin."""

    name = "slides"
    suffixes: tuple[str, ...] = (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx")
    media_types: tuple[str, ...] = (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
        "application/vnd.openxmlformats-officedocument.presentationml.template",
        "application/vnd.ms-powerpoint.presentation.macroenabled.12",
    )

    def claims(self, source: Source) -> bool:
        """By suffix or media type."""
        return source.suffix in self.suffixes or (source.media_type or "").lower() in self.media_types

    def read(self, source: Source, environment: Environment) -> Iterable[Item]:
        """One record, and the documents embedded in it.

        Raises RecordError: empty-record, encrypted-file, legacy-format, damaged-file, archive-limit, unknown-format, unknown-kind.
        """
        from commlint_minutes.slidedeck import read_slides

        return read_slides(source, environment)
