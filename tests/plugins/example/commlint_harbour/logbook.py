"""Logbooks: text files whose first line names the ship."""

from __future__ import annotations

from commlint.errors import RecordError
from commlint.model.record import Evidence, Kind, Part, Record


class LogbookReader:
    """Reads a .logbook file as one record."""

    name = "logbook"
    suffixes = (".logbook",)
    media_types = ()

    def claims(self, source):
        """By suffix."""
        return source.suffix == ".logbook"

    def read(self, source, environment):
        """One record a file."""
        try:
            text = source.content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise RecordError("undecodable", "a logbook is UTF-8", help="save it as UTF-8", zh="航海日志应为 UTF-8", zh_help="请另存为 UTF-8") from error
        yield Record(source.uri, Kind.DOCUMENT, (Part.plain("body", text),))


class LogbookKind:
    """Takes what begins with "Logbook" for a progress report."""

    name = "logbook-kind"
    priority = 5

    def classify(self, record):
        """By the first line."""
        if record.parts[0].text.startswith("Logbook"):
            return Kind.PROGRESS_REPORT, Evidence("title", "Logbook")
        return None
