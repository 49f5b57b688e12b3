"""What a shape of time expression is: a row of a table, compiled when its first character is first met."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from attrs import frozen

if TYPE_CHECKING:
    from commlint.entities.time.context import Context

Groups = Mapping[str, str | None]


class Role(Enum):
    """What a shape contributes to an expression; the parser of phrases puts roles together."""

    DAY = 1  # one date
    DAYS = 2  # two dates in one: 5月27-29日
    PERIOD = 3  # a named stretch of the calendar
    PART = 4  # part of a day
    CLOCK = 5
    CLOCKS = 6  # two clock times in one: 7-8时
    CLOSE = 7  # close of business
    LENGTH = 8  # a duration, a limit, an ago, a lead, by its surface
    RECURRENCE = 9
    VAGUE = 10
    PLACEHOLDER = 11


@frozen(eq=False)  # each is itself; hashed often, as the key of what is kept of it
class Shape:
    """`first`: the characters it can begin with, 0 for any digit and 一 for any Chinese numeral, a for any Latin letter.

    `read` turns the groups of a match into a value, purely; None when the groups say nothing possible.
    `weak`: only with evidence around it. `gate`: what several shapes begin with, tried
    once for all of them.
    """

    name: str
    role: Role
    first: str
    pattern: str
    read: Callable[[Groups, Context], Any]
    weak: bool = False
    gate: str = ""


class Atom(NamedTuple):
    """A shape found in a text."""

    shape: Shape
    start: int
    end: int
    groups: Groups
    role: Role  # of its shape


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    """`pattern` compiled once, when first needed."""
    return re.compile(pattern)
