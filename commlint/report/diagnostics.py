"""Problems of rule files for whoever writes rules: slug, place, caret, way out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from commlint.model.diagnostic import Diagnostic, Note
from commlint.model.finding import Severity
from commlint.model.span import Span
from commlint.report.cells import harmless
from commlint.report.frame import framed
from commlint.report.words import say

_COLOURS = {"error": "1;31", "warning": "1;33", "info": "1;34", "off": "0"}


def shown(diagnostics: Iterable[Diagnostic], *, lang: str = "zh", color: bool = False, columns: int = 100) -> str:
    """All of them, in the order of their places, a blank line between two."""
    ordered = sorted(diagnostics, key=lambda diagnostic: diagnostic.order)
    return "\n".join("".join(f"{line}\n" for line in _one(diagnostic, lang, color, columns)) for diagnostic in ordered)


def _one(diagnostic: Diagnostic, lang: str, color: bool, columns: int) -> Iterator[str]:
    level = Severity(diagnostic.severity).value
    head = f"{level}[{diagnostic.slug}]"
    yield f"\x1b[{_COLOURS[level]}m{head}\x1b[0m: {harmless(diagnostic.message)}" if color else f"{head}: {harmless(diagnostic.message)}"
    first, lines, start, end = _lines(diagnostic.source, diagnostic.span)
    notes = [f"{say('note', lang)}{_place(note, diagnostic)} {harmless(note.message)}" for note in diagnostic.notes]
    help_ = [say("help", lang) + harmless(line) for line in diagnostic.help.splitlines() if line]
    yield from framed(f"{harmless(diagnostic.path)}:{first}:{start + 1}", first, lines, start=start, end=end, columns=columns, notes=(*notes, *help_))


def _place(note: Note, diagnostic: Diagnostic) -> str:
    if note.path != diagnostic.path or not diagnostic.source:
        return f"{note.path}"
    first, _, start, _ = _lines(diagnostic.source, note.span)
    return f"{note.path}:{first}:{start + 1}"


def _lines(source: str, span: Span) -> tuple[int, tuple[str, ...], int, int]:
    """The number of the first line, the lines that `span` touches, and where in the first and last of them it starts and ends."""
    begin = source.rfind("\n", 0, span.start) + 1
    last = source.rfind("\n", 0, max(span.start, span.end - 1)) + 1
    stop = source.find("\n", max(span.start, span.end - 1))
    block = source[begin : len(source) if stop < 0 else stop]
    return source.count("\n", 0, begin) + 1, tuple(block.split("\n")) if source else (), span.start - begin, max(span.end - last, 0)
