"""What is known of a rule without running it."""

from __future__ import annotations

from attrs import frozen

from commlint.model.finding import Severity


@frozen
class Param:
    """A number or list a rule rests on; `value` is plain data (see engine.program)."""

    name: str
    type: str
    value: object
    doc: str = ""


@frozen
class RuleMeta:
    """A rule's card: `why` and `title` by language ("zh", "en"), `kinds` empty when it applies to all."""

    name: str
    code: str
    severity: Severity
    scope: str  # record | thread | case | archive
    title: str = ""
    why: tuple[tuple[str, str], ...] = ()
    cites: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    params: tuple[Param, ...] = ()
    tags: tuple[str, ...] = ()
    pack: str = ""
    path: str = ""

    def because(self, lang: str) -> str:
        """Why the rule exists, in `lang`, else in whatever language it is written."""
        reasons = dict(self.why)
        return reasons.get(lang) or next(iter(reasons.values()), "")
