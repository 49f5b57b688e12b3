"""Mark the findings that somebody has permitted; drop none, and say which permissions are void or were not needed.

Inline, in texts kept in files::

    <!-- commlint: allow VAG001, vague-deadline until 2026-12-31 by 张三 -- reason -->
    # commlint: allow VAG001 -- reason
    # commlint: 允许 VAG001 至 2026-12-31 由 张三 -- 理由

On a line of its own it covers the next line that is not blank; behind other text its own line; ``allow-file`` (全文允许)
the whole file. The reason is mandatory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from attrs import evolve, frozen

from commlint.engine.globs import matches
from commlint.engine.locate import Ruler
from commlint.model.finding import Excerpt, Finding, Location, Position, Severity, Suppression
from commlint.model.record import Record, View

_COMMENT = re.compile(r"<!--[ \t]*commlint[ \t]*[:\uff1a](?P<html>[^\r\n]*?)-->|(?:^|(?<=\s))#+[ \t]*commlint[ \t]*[:\uff1a](?P<hash>[^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_VERB = re.compile(r"\s*(?P<file>allow-file|全文允许)\b|\s*(?:allow|允许)\b", re.IGNORECASE)
_DASH = re.compile(r"--+|\u2014+|\u2013")
_UNTIL = re.compile(r"\s(?:until|至|到)\s*(\d{4}-\d{1,2}-\d{1,2})(?=\s|$)", re.IGNORECASE)
_BY = re.compile(r"\s(?:by|由)\s+(\S.*?)\s*$", re.IGNORECASE)
_COMMAS = re.compile(r"[,\uff0c\u3001\s]+")

_RULES: dict[str, tuple[str, Severity, str, str]] = {
    "SUP001": ("unused-suppression", Severity.WARNING, "这条豁免没有用上\uff0c请删除\uff1a{rules}", "this suppression is not needed; remove it: {rules}"),
    "SUP002": ("expired-suppression", Severity.WARNING, "这条豁免已于 {day} 到期\uff1a{rules}", "this suppression expired on {day}: {rules}"),
    "SUP003": ("suppression-without-reason", Severity.ERROR, "豁免必须写明理由\uff1a{rules} 后面写\u201c-- 理由\u201d", "a suppression needs a reason: write `-- reason` behind {rules}"),
    "SUP004": ("unknown-suppressed-rule", Severity.WARNING, "没有名为 {rules} 的规则", "there is no rule called {rules}"),
}


_Place = tuple[Location, Excerpt, str]


@frozen
class Inline:
    """A suppression found in a text: where it stands, in which view, and whether it can take effect."""

    suppression: Suppression
    location: Location
    excerpt: Excerpt
    match: str


def inline(record: Record) -> tuple[Inline, ...]:
    """The suppressions that stand in the views of a record; none where a stranger could have written them."""
    if not record.inline_suppressions:
        return ()
    views = {id(part.view): part.view for part in record.parts}
    return tuple(found for view in views.values() if "commlint" in view.text.lower() for found in _in_view(record.uri, view))


def _in_view(uri: str, view: View) -> Iterator[Inline]:
    ruler = Ruler(view)
    for match in _COMMENT.finditer(view.text):
        body = match["html"] if match["html"] is not None else match["hash"]
        verb = _VERB.match(body)
        if verb is None:
            continue
        start, end = ruler.position(match.start()), ruler.position(match.end())
        lines = None if verb["file"] else _covered(view, match, start.line)
        said = _said(body[verb.end() :], uri, start.line, lines)
        yield Inline(said, Location(uri, view.label, start, end), ruler.excerpt(start, end), match[0])


def _said(words: str, uri: str, line: int, lines: tuple[int, int] | None) -> Suppression:
    """The suppression that the words behind the verb spell."""
    head, *rest = _DASH.split(words, maxsplit=1)
    until, by = _UNTIL.search(head), _BY.search(_UNTIL.sub("", head))
    names = _BY.sub("", _UNTIL.sub("", head))
    rules = tuple(name for name in _COMMAS.split(names) if name)
    return Suppression(rules, rest[0].strip() if rest else "", "inline", uri, line, lines, by[1] if by else "", _date(until[1]) if until else None)


def _date(written: str) -> date | None:
    try:
        return date(*map(int, written.split("-")))
    except ValueError:
        return None


def _covered(view: View, match: re.Match[str], line: int) -> tuple[int, int]:
    """The lines that a comment covers: its own, or the next that is neither blank nor such a comment."""
    text = view.text
    start = text.rfind("\n", 0, match.start()) + 1
    if text[start : match.start()].strip():
        return (line, line)
    end = text.find("\n", match.end())
    while end >= 0:
        following = text.find("\n", end + 1)
        content = text[end + 1 : following if following >= 0 else len(text)]
        line += 1
        if content.strip() and not _COMMENT.search(content):
            return (line, line)
        end = following
    return (line, line)


class Permissions:
    """All suppressions of a run, and which of them have been used; `granted` are those of plugins, which need no use."""

    def __init__(self, configured: Sequence[Suppression], inlines: Iterable[Inline], granted: Iterable[Suppression] = (), *, today: date | None) -> None:
        self._configured = tuple(configured)
        self._granted = tuple(granted)
        self._inline: dict[str, list[Inline]] = {}
        self._today = today
        self._used: set[int] = set()
        for found in inlines:
            self._inline.setdefault(found.location.uri, []).append(found)

    def marked(self, finding: Finding) -> Finding:
        """`finding`, with the first suppression that permits it."""
        for found in self._inline.get(finding.location.uri, ()):
            if self._holds(found.suppression, finding) and _reaches(found, finding):
                self._used.add(id(found))
                return evolve(finding, suppressed=found.suppression)
        for suppression in (*self._configured, *self._granted):
            if self._holds(suppression, finding) and matches(finding.location.uri, suppression.path):
                self._used.add(id(suppression))
                return evolve(finding, suppressed=suppression)
        return finding

    def _holds(self, suppression: Suppression, finding: Finding) -> bool:
        if not suppression.reason or self._expired(suppression):
            return False
        return any(rule in ("*", finding.rule, finding.code) for rule in suppression.rules)

    def _expired(self, suppression: Suppression) -> bool:
        return suppression.expires is not None and self._today is not None and suppression.expires < self._today

    def problems(self, lang: str, *, running: frozenset[str], known: frozenset[str], uris: Iterable[str]) -> Iterator[Finding]:
        """Findings about the suppressions themselves.

        `running` and `known`: names and codes of the rules of this run, and of all there are. A suppression is only called
        unused when one of its rules ran on something it covers.
        """
        checked = tuple(uris)
        for group in self._inline.values():
            for found in group:
                yield from self._about(found.suppression, id(found), (found.location, found.excerpt, found.match), (running, known), lang)
        for suppression in self._configured:
            if suppression.origin and any(matches(uri, suppression.path) for uri in checked):
                at = Position(0, max(suppression.line, 1), 1, 0, 0)
                place = (Location(suppression.origin, "", at, at), Excerpt(1, ()), "")
                yield from self._about(suppression, id(suppression), place, (running, known), lang)

    def _about(self, suppression: Suppression, key: int, place: _Place, rules: tuple[frozenset[str], frozenset[str]], lang: str) -> Iterator[Finding]:
        running, known = rules
        named = {rule for rule in suppression.rules if rule != "*"}
        strange = sorted(named - known)
        if not suppression.reason:
            yield _finding("SUP003", suppression.rules, suppression, place, lang)
        if strange:
            yield _finding("SUP004", strange, suppression, place, lang)
        if self._expired(suppression):
            yield _finding("SUP002", suppression.rules, suppression, place, lang)
        elif suppression.reason and key not in self._used and (not named or named & running):
            yield _finding("SUP001", suppression.rules, suppression, place, lang)


def _reaches(found: Inline, finding: Finding) -> bool:
    if found.suppression.lines is None:
        return True
    first, last = found.suppression.lines
    return finding.location.part == found.location.part and first <= finding.location.start.line <= last


def _finding(code: str, rules: Sequence[str], suppression: Suppression, place: _Place, lang: str) -> Finding:
    name, severity, zh, en = _RULES[code]
    location, excerpt, match = place
    message = (zh if lang == "zh" else en).format(rules=", ".join(rules), day=suppression.expires)
    return Finding(name, code, severity, message, location, match=match, excerpt=excerpt)


RULES = frozenset(name for code, (known, *_) in _RULES.items() for name in (code, known))
"""The names and codes of the findings about suppressions."""
