"""Attributes of values: asked of a getter, of a fact, of every element of a list; and whether a value is there at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from commlint.engine import operations
from commlint.engine.facts import Fact
from commlint.engine.frame import Frame
from commlint.engine.truth import Truth, negation, truth
from commlint.model.values import LabelledField, Passage, Row, Unknown

Getters = Mapping[str, Callable[..., Any]]


def attribute(getters: Getters, frame: Frame, value: Any, key: str) -> Any:
    """The attribute `key` of `value`; of each element of a list; none of none, unknown of unknown."""
    if value is None or isinstance(value, Unknown):
        return value
    if isinstance(value, (tuple, list)):
        return _each(getters, frame, value, key)
    if isinstance(value, Fact):
        name = key.rpartition(".")[2]
        if name in value.values:
            return value.values[name]
    return getters[key](frame.analysis, value)


def _each(getters: Getters, frame: Frame, items: Sequence[Any], key: str) -> Any:
    gathered: list[Any] = []
    for item in items:
        got = attribute(getters, frame, item, key)
        if isinstance(got, Unknown):
            return got
        gathered += got if isinstance(got, (tuple, list)) else () if got is None else (got,)
    return tuple(gathered)


def cell(frame: Frame, row: Any, label: Any) -> Any:
    """The cell of `row` under the column `label` or a synonym of it; none when there is no such column."""
    if row is None or isinstance(row, Unknown):
        return row
    if isinstance(row, (tuple, list)):
        found = [cell(frame, one, label) for one in row]
        return tuple(one for one in found if one is not None)
    from commlint.entities import fields

    return fields.cell(frame.analysis, row, str(label)) if isinstance(row, Row) else Unknown("not-a-row")


def present(frame: Frame, getters: Getters, value: Any) -> Truth:
    """Whether a value is there: not none, not an empty list, not blank."""
    if isinstance(value, Unknown):
        return value
    if isinstance(value, LabelledField):
        return not value.blank
    if isinstance(value, Passage) and "text.blank" in getters:
        return negation(truth(getters["text.blank"](frame.analysis, value)))
    if isinstance(value, (str, Passage)):
        return bool((operations.stretch(value) or "").strip())
    return bool(value) if isinstance(value, (tuple, list)) else value is not None
