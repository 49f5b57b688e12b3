"""Calendars kept as files, and those that invitations by mail bring along: .ics, text/calendar."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from commlint.model.source import Source

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.protocols import Item


class IcsReader:
    """Reads .ics, .vcs and text/calendar: a record for each event (a meeting notice) and each to-do (a task)."""

    name = "ics"
    suffixes: tuple[str, ...] = (".ics", ".vcs")
    media_types: tuple[str, ...] = ("text/calendar", "text/x-vcalendar", "application/ics")

    def claims(self, source: Source) -> bool:
        """By suffix or media type."""
        return source.suffix in self.suffixes or source.media_type in self.media_types

    def read(self, source: Source, environment: Environment) -> Iterable[Item]:
        """A record each; files inside; what is damaged, told behind. Raises RecordError: empty-record, damaged-file, extra-missing."""
        from commlint_mail.events import read

        yield from read(source, environment)
