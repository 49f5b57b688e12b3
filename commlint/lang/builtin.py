"""The rules that come with commlint, as a plugin like any other."""

from __future__ import annotations

from commlint.hooks import hookimpl
from commlint.model.protocols import RulePack
from commlint.resources import bundled


@hookimpl
def commlint_rule_packs() -> list[RulePack]:
    """The bundled rule pack."""
    return [RulePack("commlint", bundled("rules"))]
