"""The report for machines; report.schema.json beside this file says what every key means."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import fields

from commlint.model.finding import (
    Edit,
    Failure,
    Finding,
    Fix,
    Location,
    Position,
    Related,
    Report,
    Suppression,
    Undetermined,
)
from commlint.model.place import Place

SCHEMA = 2

Plain = dict[str, Any]


class JsonReporter:
    """Name ``json``: one object. Option: show_suppressed (default: permitted findings are only counted)."""

    name = "json"

    def render(self, report: Report, options: Mapping[str, object]) -> bytes:
        """UTF-8, indented by two, keys in a fixed order."""
        whole = {
            "schema": SCHEMA,
            "lang": report.lang,
            "findings": [finding_data(finding) for finding in _shown(report, options)],
            "undetermined": [undetermined_data(item) for item in report.undetermined],
            "failures": [failure_data(item) for item in report.failures],
            "counts": counts_data(report),
        }
        return _dumped(whole, indent=2)


class JsonLinesReporter:
    """Name ``jsonl``: one object a line, each with its ``type``; the last one is the summary."""

    name = "jsonl"

    def render(self, report: Report, options: Mapping[str, object]) -> bytes:
        """UTF-8, one line feed behind every object."""
        return b"".join(_dumped(line) for line in _lines(report, options))


def _lines(report: Report, options: Mapping[str, object]) -> Iterator[Plain]:
    for finding in _shown(report, options):
        yield {"type": "finding", **finding_data(finding)}
    for item in report.undetermined:
        yield {"type": "undetermined", **undetermined_data(item)}
    for failure in report.failures:
        yield {"type": "failure", **failure_data(failure)}
    yield {"type": "summary", "schema": SCHEMA, "lang": report.lang, "counts": counts_data(report)}


def _shown(report: Report, options: Mapping[str, object]) -> Iterator[Finding]:
    return (finding for finding in report.findings if finding.suppressed is None or options.get("show_suppressed"))


def _dumped(value: Plain, *, indent: int | None = None) -> bytes:
    # A lone surrogate (half of a character, in a broken file) cannot be written as UTF-8.
    return (json.dumps(value, ensure_ascii=False, indent=indent) + "\n").encode("utf-8", "replace")


def finding_data(finding: Finding) -> Plain:
    """A finding as JSON data."""
    return {
        "rule": finding.rule,
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "location": location_data(finding.location),
        "record": finding.record,
        "match": finding.match,
        "suggestion": finding.suggestion,
        "why": finding.why,
        "cites": list(finding.cites),
        "related": [_related(item) for item in finding.related],
        "fixes": [_fix(fix) for fix in finding.fixes],
        "suppressed": finding.suppressed and suppression_data(finding.suppressed),
    }


_PLACES = tuple(field.name for field in fields(Place) if field.name != "type")


def location_data(location: Location) -> Plain:
    """A location as JSON data."""
    start, end = _position(location.start), _position(location.end)
    return {"uri": location.uri, "part": location.part, "place": place_data(location), "start": start, "end": end}


def place_data(location: Location) -> Plain:
    """What lines and columns are counted in: ``{"type": "cell", "sheet": …, "cell": "B3"}``; of a file itself ``line``, of a part ``part``."""
    at = location.place
    said = {name: value for name in _PLACES if (value := getattr(at, name))}
    return {"type": at.type or ("part" if location.part else "line"), **said}


def _position(position: Position) -> Plain:
    return {"line": position.line, "column": position.column, "offset": position.offset, "utf16": position.utf16, "utf8": position.utf8}


def _related(related: Related) -> Plain:
    return {"location": location_data(related.location), "message": related.message}


def _fix(fix: Fix) -> Plain:
    return {"safe": fix.safe, "title": fix.title, "edits": [_edit(edit) for edit in fix.edits]}


def _edit(edit: Edit) -> Plain:
    return {"location": location_data(edit.location), "replacement": edit.replacement}


def suppression_data(suppression: Suppression) -> Plain:
    """A suppression as JSON data."""
    expires = suppression.expires and suppression.expires.isoformat()
    return {"reason": suppression.reason, "origin": suppression.origin, "line": suppression.line, "owner": suppression.owner, "expires": expires}


def undetermined_data(item: Undetermined) -> Plain:
    """A result that is neither pass nor fail as JSON data."""
    return {"uri": item.uri, "record": item.record, "rule": item.rule, "code": item.code, "reason": item.reason, "message": item.message, "help": item.help}


def failure_data(item: Failure) -> Plain:
    """A failure as JSON data."""
    return {"uri": item.uri, "stage": item.stage, "slug": item.slug, "subject": item.subject, "message": item.message, "help": item.help}


def counts_data(report: Report) -> Plain:
    """The counts as JSON data."""
    counts = report.counts
    names = ("records", "unclassified", "sources", "errors", "warnings", "infos", "suppressed", "undetermined", "failures")
    return {name: getattr(counts, name) for name in names}
