"""Labels that must be there and filled in: what `fields([...])` of the language gives."""

from __future__ import annotations

from typing import Any

from commlint.engine.frame import Frame
from commlint.engine.truth import Truth, truth
from commlint.model.values import Unknown


class Requirement:
    """Labels that must be there and filled in; "a|b" means either."""

    __slots__ = ("labels",)

    def __init__(self, labels: tuple[str, ...]) -> None:
        self.labels = labels

    def lacking(self, analysis: Any, scope: Any) -> tuple[str, ...] | Unknown:
        """The labels that are missing or blank in `scope`, None for the whole record."""
        from commlint.entities.fields import missing

        lacking: tuple[str, ...] | Unknown = missing(analysis, self.labels, scope)
        return lacking

    def __repr__(self) -> str:
        return f"fields({', '.join(self.labels)})"


def holds(frame: Frame, value: Any) -> Truth:
    """`value` as a truth; labels that must be there hold when none is missing."""
    if isinstance(value, Requirement):
        lacking = value.lacking(frame.analysis, None)
        return lacking if isinstance(lacking, Unknown) else not lacking
    return truth(value)


def lacking_in(frame: Frame, sought: Requirement, whole: Any) -> tuple[str, ...] | Unknown:
    """The labels that `sought` misses in `whole`: all of them when there is no such place."""
    if whole is None:
        return sought.labels
    if isinstance(whole, Unknown):
        return whole
    return sought.lacking(frame.analysis, None if whole is frame.root else whole)
