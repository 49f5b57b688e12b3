"""What the value of a time expression may depend on besides its characters."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from commlint.model.environment import Environment


class Context(NamedTuple):
    """`now`: the reference instant in the configured zone, `today` its date; None when unknown. `previous`: the day named before in the sentence.

    `dated`: that day was written with its year. `listed`: it continues an enumeration (下周一、周三). `forward`: the expression is a deadline; `plan`, `past`: words around it speak of what will be, of what has been.
    """

    environment: Environment
    now: dt.datetime | None
    today: dt.date | None
    previous: dt.date | None = None
    dated: bool = False
    listed: bool = False
    forward: bool = False
    plan: bool = False
    past: bool = False


class Day(NamedTuple):
    """A date, other readings of it, the part of the day it implies, whether a holiday had to be guessed."""

    date: dt.date
    alternatives: tuple[dt.date, ...] = ()
    part: str = ""
    assumed: bool = False


class Stretch(NamedTuple):
    """From one date to another, both included; None where it is open."""

    first: dt.date | None
    last: dt.date | None
    alternatives: tuple[str, ...] = ()
    assumed: bool = False
    near: str = ""  # which end a deadline before it means: "first" (before June), else its last day


class Clock(NamedTuple):
    """An hour and minute; `stated` when morning or afternoon is beyond doubt. `hour` None: incomplete, as in 17:前."""

    hour: int | None
    minute: int = 0
    stated: bool = False


class Length(NamedTuple):
    """An amount of a unit, up to `most` if it is a range. `form`: plain | limit | ago | after | lead."""

    amount: float
    unit: str  # minutes | hours | days | weeks | months | years | workdays | seconds
    most: float | None = None
    form: str = "plain"
    spelled: str = ""  # the canonical text of an amount in two units
