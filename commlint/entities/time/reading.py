"""What a phrase denotes, as a value; how shapes and moments become one."""

# Named tuples here and beside: several are made for every expression, at a third of the cost of attrs classes.
from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from commlint.entities.time.context import Context
from commlint.entities.time.shape import Atom
from commlint.entities.time.values import Moment, bounds
from commlint.model.values import TimeKind

Blank = tuple[TimeKind, str, bool]  # kind, shape, whether it says an hour: known before the value is


class Reading(NamedTuple):
    """What a phrase denotes, first all that an expression says of it. `day`: the date later expressions of the sentence may lean on."""

    kind: TimeKind
    value: str | None
    first: datetime | None
    last: datetime | None
    due: datetime | None
    anchor: str | None
    precision: str
    alternatives: tuple[str, ...]
    why: str
    clock: bool
    assumed: bool
    day: date | None


def valueless(kind: TimeKind, why: str, *, clock: bool = False, anchor: str | None = None) -> Reading:
    """The reading of what cannot be said to denote anything."""
    return Reading(kind, None, None, None, None, anchor, "", (), why, clock, False, None)


def value_of(atom: Atom, context: Context) -> Any:
    """What the resolver of a shape says, by the shape's role; None for a date that does not exist."""
    try:
        return atom.shape.read(atom.groups, context)
    except (ValueError, OverflowError, KeyError):
        return None


def at_moment(blank: Blank, moment: Moment, context: Context, others: tuple[str, ...] = (), *, assumed: bool = False) -> Reading:
    """The reading of a single moment, with its due time when it is a deadline."""
    kind, why, clock = blank
    first, last = bounds(moment, context)
    precision = "minute" if moment.hour is not None else "close" if moment.close else "part" if moment.part else "day"
    due = last if kind is TimeKind.DEADLINE else None
    return Reading(kind, str(moment), first, last, due, None, precision, others, why, clock, assumed, moment.date)
