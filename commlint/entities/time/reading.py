"""What a phrase denotes, as a value; how shapes and moments become one."""

# Named tuples here and beside: several are made for every expression, at a third of the cost of attrs classes.
from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from commlint.entities.time.context import Context
from commlint.entities.time.shape import Atom
from commlint.entities.time.values import Moment, first_instant, last_instant
from commlint.model.values import TimeKind


class Reading(NamedTuple):
    """What a phrase denotes. `day`: the date later expressions of the sentence may lean on."""

    start: int
    end: int
    kind: TimeKind
    why: str
    value: str | None = None
    first: datetime | None = None
    last: datetime | None = None
    due: datetime | None = None
    anchor: str | None = None
    precision: str = ""
    alternatives: tuple[str, ...] = ()
    clock: bool = False
    assumed: bool = False
    day: date | None = None


def value_of(atom: Atom, context: Context) -> object:
    """What the resolver of a shape says; a date that does not exist is None."""
    try:
        return atom.shape.read(atom.groups, context)
    except (ValueError, OverflowError, KeyError):
        return None


def at_moment(blank: Reading, moment: Moment, context: Context, others: tuple[str, ...] = (), *, assumed: bool = False) -> Reading:
    """The reading of a single moment, with its due time when it is a deadline."""
    last = last_instant(moment, context)
    due = last if blank.kind is TimeKind.DEADLINE else None
    precision = "minute" if moment.hour is not None else "close" if moment.close else "part" if moment.part else "day"
    return Reading(
        blank.start, blank.end, blank.kind, blank.why, str(moment), first_instant(moment, context), last, due, None, precision, others,
        blank.clock, assumed, moment.date,
    )
