"""Where labels stand in the lines of a part."""

from __future__ import annotations

from collections.abc import Sequence

from commlint.entities.colons import COLON, ODD_COLONS, REPEATED, colons
from commlint.entities.leadins import settle
from commlint.entities.marks import BRACKETS, Row, Weak
from commlint.entities.outline import Line
from commlint.entities.signs import bold, bracketed, otherwise, support
from commlint.model.environment import Lexicon


def scan(text: str, lines: Sequence[Line], lexicon: Lexicon) -> list[Row]:
    """The labels of every line, in order."""
    found: list[Row] = []
    weak: Weak = []  # labels that count when others stand the same way
    in_bold, repeats, odd = "**" in text, any(sign in text for sign in REPEATED), any(sign in text for sign in ODD_COLONS)
    for at, line in enumerate(lines):
        if line.grid:
            found.append(())
            continue
        row: Row = ()
        first, last = line.first, line.last
        written = text[first:last]
        if ":" in written or (odd and any(sign in written for sign in ODD_COLONS)):
            row = colons(text, line, lexicon, COLON if odd else None)
        if not row and repeats and (repeated := next((sign for sign in REPEATED if written.count(sign) > 1), "")):
            row = colons(text, line, lexicon, REPEATED[repeated])
            row = row if len(row) > 1 else ()
        if not row and written[0] in BRACKETS:
            row = bracketed(text, line, at, weak, lexicon=lexicon)
        if not row and in_bold and "**" in written:
            row = bold(text, first, last, lexicon)
        if not row:
            row = otherwise(text, line, at, weak, lexicon=lexicon)
        found.append(row)
    if weak:
        support(text, lines, found, weak, lexicon)
    return settle(text, lines, found, lexicon)
