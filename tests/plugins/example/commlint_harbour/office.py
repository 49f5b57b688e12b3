"""The rest of the harbour office: calendar, exemptions, a report format, a command, kinds."""

from __future__ import annotations

from commlint.model.finding import Suppression
from commlint.model.record import Evidence, Kind


class EveryDay:
    """Every day is worked."""

    name = "every-day"

    def is_workday(self, day):
        """Always."""
        return True

    def announced(self, year):
        """Always."""
        return True

    def holiday(self, day):
        """Never."""
        return


class DrillsAreExempt:
    """In a record that says it is a drill, everything is permitted."""

    name = "drills"

    def suppressions(self, record):
        """One for the whole record, if it is a drill."""
        if any("THIS IS A DRILL" in part.text for part in record.parts):
            yield Suppression(("*",), "drill", "harbour", record.uri)


class Tally:
    """One line: how many of each."""

    name = "tally"

    def render(self, report, options):
        """``errors/warnings/infos``."""
        counts = report.counts
        return f"{counts.errors}/{counts.warnings}/{counts.infos}\n".encode()


class Tide:
    """Says when the tide is."""

    name = "tide"
    help = "when the tide is"

    def run(self, arguments):
        """Prints a line."""
        print("high water at noon", *arguments)
        return 0


class LogbookKind:
    """Takes what begins with "Logbook" for a progress report."""

    name = "logbook-kind"
    priority = 5

    def classify(self, record):
        """By the first line."""
        if record.parts[0].text.startswith("Logbook"):
            return Kind.PROGRESS_REPORT, Evidence("title", "Logbook")
        return None
