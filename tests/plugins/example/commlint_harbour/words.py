"""What rules may ask: the berths a record names."""

from __future__ import annotations

import re

_BERTH = re.compile(r"berth ([a-z]\d)")
_KNOWN = {"b1", "b2"}


def berths(analysis, record):
    """The berths named in the first part, as passages of its folded text."""
    return tuple(analysis.passage(0, *match.span(1)) for match in _BERTH.finditer(analysis.folded(0)))


def berth_exists(analysis, name):
    """Whether the harbour has a berth called `name`."""
    return getattr(name, "folded", str(name).lower()) in _KNOWN
