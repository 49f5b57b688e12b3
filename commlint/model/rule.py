"""What is known of a rule without running it."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

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


@frozen
class RuleSetting:
    """What a configuration changes in one rule: its level, and parameters replaced, added to or taken from.

    `origin` names the configuration file, for messages about it.
    """

    level: Severity | None = None
    params: Mapping[str, object] = field(factory=dict)
    add: Mapping[str, tuple[object, ...]] = field(factory=dict)
    remove: Mapping[str, tuple[object, ...]] = field(factory=dict)
    origin: str = ""
