"""The built-in report formats, as a plugin: text, json, jsonl."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commlint.hooks import hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from commlint.model.protocols import Reporter


@hookimpl
def commlint_reporters() -> Iterable[Reporter]:
    """Text for people, JSON and JSON Lines for machines."""
    from commlint.report.json import JsonLinesReporter, JsonReporter
    from commlint.report.text import TextReporter

    return (JsonLinesReporter(), JsonReporter(), TextReporter())
