"""Put the fixes of findings into files: all the edits of a fix or none, never two over one another, never a file that changed."""

from __future__ import annotations

import codecs
import re
from argparse import Namespace
from collections.abc import Iterable, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from commlint.cli.screen import put, tell
from commlint.cli.words import say

if TYPE_CHECKING:
    from commlint.model.finding import Edit, Excerpt, Finding, Fix, Report


_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")  # lines as positions count them; str.splitlines knows seven more breaks


@frozen(order=True)
class _Cut:
    """Code points `start` up to `end` of the file, by what takes their place."""

    start: int
    end: int
    replacement: str


def carry_out(report: Report, options: Namespace, lang: str) -> Report | None:
    """Apply or show the fixes of `report`. Returns None when files changed and want checking again."""
    changed = False
    for uri, fixes in _by_file(report, unsafe=options.unsafe_fixes).items():
        text = None if any(edit.location.part for _, fix in fixes for edit in fix.edits) else _text(uri)
        if text is None:
            tell(say("not-fixable", lang, count=len(fixes), path=uri, why=say("not-utf8", lang)))
            continue
        cuts, stale = _cuts(text, fixes)
        if stale:
            tell(say("not-fixable", lang, count=stale, path=uri, why=say("changed", lang)))
        after = _edited(text, cuts)
        if options.diff:
            put("".join(unified_diff(_LINE.findall(text), _LINE.findall(after), uri, uri)))
        elif after != text:
            _write(Path(uri), after)
            tell(say("fixed", lang, count=len(cuts), path=uri))
            changed = True
    return None if changed else report


def _by_file(report: Report, *, unsafe: bool) -> dict[str, list[tuple[Finding, Fix]]]:
    """By file, the findings that can be fixed, each with its first fix that may be applied."""
    found: dict[str, list[tuple[Finding, Fix]]] = {}
    for finding in report.findings:
        fix = next((fix for fix in finding.fixes if fix.safe or unsafe), None)
        if finding.suppressed is None and fix is not None:
            found.setdefault(finding.location.uri, []).append((finding, fix))
    return found


def _text(uri: str) -> str | None:
    try:
        return Path(uri).read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None


def _write(path: Path, text: str) -> None:
    """Put `text` in place of what the file says, behind the mark of its encoding if it has one."""
    mark = codecs.BOM_UTF8 if path.read_bytes().startswith(codecs.BOM_UTF8) else b""
    path.write_bytes(mark + text.encode("utf-8"))


def _cuts(text: str, fixes: Iterable[tuple[Finding, Fix]]) -> tuple[tuple[_Cut, ...], int]:
    """The edits that can be made, in order and apart from one another; and how many fixes no longer fit the text."""
    made: list[_Cut] = []
    stale = 0
    lines = _LINE.findall(text)
    for finding, fix in fixes:
        cuts = [cut for edit in fix.edits if (cut := _cut(edit, finding, lines)) is not None]
        if len(cuts) < len(fix.edits):
            stale += 1
        elif not any(cut.start < other.end and other.start < cut.end for cut in cuts for other in made):
            made += cuts
    return tuple(sorted(made)), stale


def _cut(edit: Edit, finding: Finding, lines: Sequence[str]) -> _Cut | None:
    """Where the edit falls in the file; None when its lines are no longer those that were checked."""
    start, end = edit.location.start, edit.location.end
    if end.line > len(lines) or not _still_there(finding.excerpt, lines):
        return None
    before = [len(line) for line in lines]
    return _Cut(sum(before[: start.line - 1]) + start.column - 1, sum(before[: end.line - 1]) + end.column - 1, edit.replacement)


def _still_there(shown: Excerpt, lines: Sequence[str]) -> bool:
    here = lines[shown.first - 1 : shown.first - 1 + len(shown.lines)]
    cuts = (shown.left, *[0] * len(shown.lines))
    return len(here) == len(shown.lines) and all(line.startswith(seen, cut) for line, seen, cut in zip(here, shown.lines, cuts, strict=False))


def _edited(text: str, cuts: Iterable[_Cut]) -> str:
    pieces: list[str] = []
    done = 0
    for cut in cuts:
        pieces += (text[done : cut.start], cut.replacement)
        done = cut.end
    return "".join((*pieces, text[done:]))
