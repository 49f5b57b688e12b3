"""A report with the identifiers of persons hidden: for logs, and for reports that travel further than the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from commlint.entities.identifiers import redacted

if TYPE_CHECKING:
    from commlint.model.finding import Excerpt, Finding, Report


def redacted_report(report: Report) -> Report:
    """The same report; telephone numbers, mail addresses, ID cards and bank cards in matches, messages, excerpts and related places have stars.

    Places stay as they were, since nothing gets longer or shorter. A fix that would put an identifier into a file is left out.
    """
    return evolve(
        report,
        findings=tuple(map(_finding, report.findings)),
        undetermined=tuple(evolve(each, message=redacted(each.message), help=redacted(each.help)) for each in report.undetermined),
        failures=tuple(evolve(each, message=redacted(each.message), help=redacted(each.help)) for each in report.failures),
    )


def _finding(finding: Finding) -> Finding:
    return evolve(
        finding,
        message=redacted(finding.message), match=redacted(finding.match), suggestion=redacted(finding.suggestion), excerpt=_excerpt(finding.excerpt),
        related=tuple(evolve(each, message=redacted(each.message)) for each in finding.related),
        fixes=tuple(fix for fix in finding.fixes if all(redacted(edit.replacement) == edit.replacement for edit in fix.edits)),
    )  # fmt: skip


def _excerpt(excerpt: Excerpt) -> Excerpt:
    """Line by line: an identifier never runs over a line break."""
    return evolve(excerpt, lines=tuple(map(redacted, excerpt.lines)))
