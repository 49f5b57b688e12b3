"""Mark the findings that somebody has permitted; drop none, and say which permissions are void or were not needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from attrs import evolve, frozen

from commlint.engine.globs import matches
from commlint.model.finding import Excerpt, Finding, Location, Position, Severity, Suppression
from commlint.model.record import Record

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
    views = {id(part.view): part.view for part in record.parts}.values()
    from commlint.engine.comments import in_view

    return tuple(found for view in views for found in in_view(record.uri, view))


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


_MEANT = {
    "SUP001": ("豁免应随问题一起消失\uff0c留着会掩盖以后的问题。请删除它\uff0c或确认所写的规则与位置", "A permission should go when the problem goes, or it hides the next one. Remove it, or check the rule and the place it names."),
    "SUP002": ("到期的豁免不再有效。请改正所豁免的问题\uff0c或写上新的期限与理由", "A permission that has expired no longer holds. Mend what it permitted, or give it a new date and reason."),
    "SUP003": ("没有理由的豁免无效。写法\uff1a<!-- commlint: allow VAG001 -- 理由 -->", "A permission without a reason does not hold. Write it as <!-- commlint: allow VAG001 -- the reason -->."),
    "SUP004": ("写错名称的豁免不起作用。用 commlint rules list --all 可以看到全部规则", "A permission that names no rule permits nothing. `commlint rules list --all` shows all rules."),
}


def explained(rule: str, lang: str) -> tuple[str, ...]:
    """The lines that explain a finding about suppressions, by its name or code; none for any other."""
    for code, (name, severity, *_) in _RULES.items():
        if rule in (name, code):
            return (f"{name} [{code}] {severity.value}", "", _MEANT[code][lang != "zh"])
    return ()


RULES = frozenset(name for code, (known, *_) in _RULES.items() for name in (code, known))
"""The names and codes of the findings about suppressions."""
