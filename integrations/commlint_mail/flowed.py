"""Paragraphs back from format=flowed (RFC 3676): a line that ends in a blank goes on in the next."""

from __future__ import annotations

import re

_QUOTES = re.compile(r">*")


def unflowed(text: str, *, delsp: bool = False) -> str:
    """`text` with flowed lines joined; with `delsp` the blank itself goes, as Chinese needs it."""
    out: list[str] = []
    open_depth = -1  # quote depth of a line that goes on, -1 when none does
    for line in text.split("\n"):
        depth = _QUOTES.match(line).end()  # type: ignore[union-attr]  # matches the empty string
        words = line[depth:]
        words = words[1:] if words.startswith(" ") else words
        flows = words.endswith(" ") and words != "-- "
        words = words[:-1] if flows and delsp else words
        if open_depth == depth and words != "-- ":
            out[-1] += words
        else:
            out.append(">" * depth + (" " if depth else "") + words)
        open_depth = depth if flows else -1
    return "\n".join(out)
