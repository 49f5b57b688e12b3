"""Every finding in the folder of formats, a line each: where it stands, which rule, what the author wrote there."""

from __future__ import annotations

from pathlib import Path

from attrs import asdict

import commlint
from commlint.model.finding import Finding

FOLDER = Path(__file__).parent.parent / "samples" / "formats"
KNOWN = Path(__file__).with_name("formats.out")


def told(finding: Finding) -> str:
    """``path#record [part] {place} line:column CODE match``."""
    at = finding.location
    place = ",".join(f"{name}={value}" for name, value in asdict(at.place).items() if value)
    match = " ".join(finding.match.split())
    part = f" [{at.part}]" if at.part else ""
    return f"{at.uri.partition('formats/')[2]}#{finding.record}{part} {{{place}}} {at.start.line}:{at.start.column} {finding.code} {match[:60]}"


def listing() -> str:
    """All of them, what could not be judged or read by its reason, and the counts."""
    report = commlint.Linter(nearest=True, lang="zh").check_paths([FOLDER], jobs=1)
    counts = report.counts
    lines = [told(finding) for finding in report.findings]
    lines += sorted({f"undetermined {item.uri.partition('formats/')[2]} {item.code} {item.reason}" for item in report.undetermined})
    lines += [f"failure {item.uri.partition('formats/')[2]} {item.slug}" for item in report.failures]
    return "\n".join([*lines, f"{counts.sources} sources, {counts.records} records, {counts.errors} errors, {counts.warnings} warnings, {counts.infos} infos"]) + "\n"


if __name__ == "__main__":
    KNOWN.write_text(listing(), "utf-8")
