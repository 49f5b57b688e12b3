"""Results as JSON and back: only listed classes are made, so a file somebody tampered with cannot run code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any

from attrs import fields

from commlint.engine.facts import Fact
from commlint.engine.inspection import Result
from commlint.engine.suppress import Inline
from commlint.model import finding, place, record, span, values

_CHECKED: dict[str, type | tuple[type, ...]] = {"str": str, "int": int, "bool": bool, "float": (int, float), "date | None": (date, type(None)), "Span": span.Span}
_MADE: tuple[type, ...] = (
    Result, Fact, Inline, span.Span, place.Place, record.Party, record.Conversation, record.Attachment,
    finding.Position, finding.Location, finding.Excerpt, finding.Related, finding.Edit, finding.Fix, finding.Suppression,
    finding.Finding, finding.Undetermined, finding.Failure,
    *(made for made in vars(values).values() if isinstance(made, type) and made.__module__ == values.__name__ and hasattr(made, "__attrs_attrs__")),
)
_ENUMS: tuple[type[Enum], ...] = (finding.Severity, record.Kind, values.TimeKind)
_CLASSES = {made.__name__: made for made in _MADE}
_CHOICES = {made.__name__: made for made in _ENUMS}


def encoded(value: Any) -> Any:
    """`value` as JSON data. Raises TypeError for what has no place in a result."""
    if value is None or value.__class__ in (bool, int, float, str):
        return value
    if isinstance(value, (tuple, list)):
        return [encoded(item) for item in value]
    kind = type(value)
    if _CLASSES.get(kind.__name__) is kind:
        return {kind.__name__: [encoded(getattr(value, name)) for name, _ in _fields(kind.__name__)]}
    if _CHOICES.get(kind.__name__) is kind:
        return {kind.__name__: value.value}
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, Mapping):
        return {"": [[key, encoded(item)] for key, item in value.items()]}
    raise TypeError(f"{kind.__qualname__} has no place in a result")


def decoded(plain: Any) -> Any:
    """The value that `encoded` wrote. Raises TypeError, ValueError or KeyError on anything else."""
    if isinstance(plain, list):
        return tuple(decoded(item) for item in plain)
    if not isinstance(plain, dict):
        return plain
    ((name, inner),) = plain.items()
    if name in _CLASSES:
        return _made(_CLASSES[name], [decoded(item) for item in inner])
    if name in _CHOICES:
        return _CHOICES[name](inner)
    return _OTHERS[name](inner)


_OTHERS: dict[str, Callable[[Any], Any]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "": lambda pairs: {str(key): decoded(item) for key, item in pairs},
}


@cache
def _fields(name: str) -> tuple[tuple[str, str], ...]:
    """Names and written types of the fields of a class."""
    return tuple((one.name, str(one.type)) for one in fields(_CLASSES[name]))


def _made(made: type, given: list[Any]) -> Any:
    """An instance, if the values have the types that reports are sorted and printed by."""
    known = _fields(made.__name__)
    for (name, written), value in zip(known, given, strict=True):
        wanted = _CHECKED.get(written) or (tuple if written.startswith("tuple[") and "| None" not in written else None)
        if wanted is not None and not isinstance(value, wanted):
            raise TypeError(f"{made.__name__}.{name} is not a {written}")
    return made(**dict(zip((name for name, _ in known), given, strict=True)))
