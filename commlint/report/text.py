"""The report for people: each finding with the lines it stands in, then what could not be judged or read, then the sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from commlint.model.finding import Failure, Finding, Fix, Location, Report, Severity, Suppression, Undetermined
from commlint.report.cells import harmless
from commlint.report.frame import framed
from commlint.report.words import counted, label, placed, say

_COLOURS = {"error": "1;31", "warning": "1;33", "info": "1;34", "undetermined": "1;35", "failure": "1;31", "bold": "1", "dim": "2", "caret": "1;31"}
_NAMED = 3  # places named for one cause


class TextReporter:
    """Name ``text``. Options: color, width, show_suppressed, elapsed (seconds) and verdict (what the exit code means), shown when given."""

    name = "text"

    def render(self, report: Report, options: Mapping[str, object]) -> bytes:
        """UTF-8, a line feed behind every line."""
        return "".join(f"{line}\n" for line in _lines(report, _Style(options, report.lang))).encode("utf-8", "replace")


class _Style:
    """How to print: in colour or not, how wide, in which language."""

    def __init__(self, options: Mapping[str, object], lang: str) -> None:
        self.lang = lang
        self.color = bool(options.get("color"))
        width = options.get("width")
        self.columns = width if isinstance(width, int) and width > 0 else 100
        self.show_suppressed = bool(options.get("show_suppressed"))
        self.verdict = str(options.get("verdict") or "")
        elapsed = options.get("elapsed")
        self.elapsed = f" \u00b7 {elapsed:.1f} s" if isinstance(elapsed, float) else ""

    def paint(self, name: str, text: str) -> str:
        return f"\x1b[{_COLOURS[name]}m{text}\x1b[0m" if self.color and text else text


def _lines(report: Report, style: _Style) -> Iterator[str]:
    for finding in report.findings:
        if finding.suppressed is None or style.show_suppressed:
            yield from _finding(finding, style)
    yield from _undetermined(report.undetermined, style)
    yield from _failures(report.failures, style)
    yield style.paint("bold", counted(report.counts, style.lang)) + style.elapsed
    if report.counts.unclassified:
        yield say("unclassified", style.lang, count=report.counts.unclassified)
    if style.verdict:
        yield style.verdict


def _finding(finding: Finding, style: _Style) -> Iterator[str]:
    level = Severity(finding.severity).value
    yield f"{style.paint(level, f'{level}[{finding.code}]')} {style.paint('bold', f'{finding.rule}: {harmless(finding.message)}')}"
    at = finding.location
    shown = finding.excerpt
    end = at.end.column - 1 - (shown.left if len(shown.lines) == 1 else 0)
    lines = framed(
        place(at, finding.record, style.lang), shown.first, shown.lines, start=at.start.column - 1 - shown.left, end=end,
        columns=style.columns, notes=_notes(finding, style.lang),
    )
    yield from (_painted(line, style) for line in lines)


def _painted(line: str, style: _Style) -> str:
    head, bar, carets = line.partition(" | ")
    if bar and carets and set(carets) <= {" ", "^"}:
        return style.paint("dim", head + bar) + style.paint("caret", carets)
    return line


def place(at: Location, record: str, lang: str) -> str:
    """Where, as people and editors read it: ``path[:part][:place]:line:column``.

    Lines of the file itself tell its records apart; lines of a part do not, and `record` does. A place on a sheet names it.
    """
    name = f"{at.uri}#{record}" if record and at.part and not at.place.sheet else at.uri
    pieces = (name, label(at.part, lang), placed(at.place, lang), str(at.start.line), str(at.start.column))
    return ":".join(harmless(piece) for piece in pieces if piece)


def _notes(finding: Finding, lang: str) -> Iterator[str]:
    reason = " \u00b7 ".join(filter(None, (", ".join(finding.cites), harmless(finding.why))))
    if reason:
        yield say("cites" if finding.cites else "why", lang) + reason
    if finding.suggestion:
        yield say("suggestion", lang) + harmless(finding.suggestion)
    yield from (_fix(fix, lang) for fix in finding.fixes)
    for related in finding.related:
        yield f"{say('note', lang)}{place(related.location, '', lang)} {harmless(related.message)}".rstrip()
    if finding.suppressed is not None:
        yield _permitted(finding.suppressed, lang)
    yield f"{say('details', lang)}commlint explain {finding.rule}"


def _fix(fix: Fix, lang: str) -> str:
    what = fix.title or ", ".join(f"\u2192 {edit.replacement!r}" if not edit.replacement else f"\u2192 {edit.replacement}" for edit in fix.edits)
    return say("fix" if fix.safe else "unsafe", lang) + harmless(what)


def _permitted(suppression: Suppression, lang: str) -> str:
    words = say("suppressed", lang, reason=harmless(suppression.reason))
    if suppression.owner:
        words += say("owner", lang, owner=harmless(suppression.owner))
    return words + (say("expires", lang, day=suppression.expires) if suppression.expires else "")


def _undetermined(items: Iterable[Undetermined], style: _Style) -> Iterator[str]:
    """One entry for a rule and a reason, with the places it holds for."""
    grouped: dict[tuple[str, ...], list[Undetermined]] = {}
    for item in items:
        apart = item.message if item.reason == "no-text-layer" else ""  # which pages are not known is said of each file
        grouped.setdefault((item.code, item.rule, item.reason, item.help, apart), []).append(item)
    for (code, rule, reason, help, _), group in sorted(grouped.items()):
        said = list(dict.fromkeys(harmless(item.message or reason) for item in group))
        yield f"{style.paint('undetermined', f'undetermined[{code}]')} {rule}: {said[0]}{_more(said, 1, style.lang)}"
        yield _named([f"{item.uri}#{item.record}" if item.record else item.uri for item in group], style.lang)
        yield from _help(help, style.lang)


def _failures(items: Iterable[Failure], style: _Style) -> Iterator[str]:
    """One entry for a rule that failed in one way, with the places; one for each place that could not be read."""
    grouped: dict[tuple[str, ...], list[Failure]] = {}
    for item in items:
        apart = item.uri if item.stage == "read" else ""
        grouped.setdefault((apart, item.slug, item.subject, item.message, item.help), []).append(item)
    for group in grouped.values():
        yield from _failure(group, style)


def _failure(group: Sequence[Failure], style: _Style) -> Iterator[str]:
    failure = group[0]
    alone = len(group) == 1
    where = (failure.uri if alone else "") or failure.subject
    named = f" ({failure.subject})" if failure.subject and failure.subject != where else ""
    yield f"{style.paint('failure', f'failure[{failure.slug}]')} {harmless(where)}{named}: {harmless(failure.message)}"
    if not alone:
        yield _named([item.uri for item in group], style.lang)
    yield from _help(failure.help, style.lang)


def _named(places: Sequence[str], lang: str) -> str:
    return f"  --> {', '.join(harmless(place) for place in places[:_NAMED])}{_more(places, _NAMED, lang)}"


def _more(things: Sequence[str], shown: int, lang: str) -> str:
    return say("others", lang, count=len(things) - shown) if len(things) > shown else ""


def _help(help: str, lang: str) -> Iterator[str]:
    if help:
        yield f"   = {say('help', lang)}{harmless(help)}"
