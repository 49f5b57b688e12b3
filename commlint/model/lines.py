"""Line breaks: one kind inside commlint, whatever the file has."""

from __future__ import annotations

import re

from commlint.model.sourcemap import Run, SourceMap
from commlint.model.span import Span

_BREAK = re.compile(r"\r\n?")


def normalised(text: str) -> tuple[str, SourceMap]:
    """`text` with "\\n" for every "\\r\\n" and "\\r", and the map back."""
    if "\r" not in text:
        return text, SourceMap.identity(len(text))
    pieces: list[str] = []
    runs: list[Run] = []
    done = length = 0
    for match in _BREAK.finditer(text):
        before = match.start() - done
        runs.append(Run(Span(length, length + before), Span(done, match.start())))
        runs.append(Run(Span(length + before, length + before + 1), Span(*match.span()), exact=match.end() - match.start() == 1))
        pieces += (text[done : match.start()], "\n")
        length += before + 1
        done = match.end()
    runs.append(Run(Span(length, length + len(text) - done), Span(done, len(text))))
    pieces.append(text[done:])
    return "".join(pieces), SourceMap(tuple(runs))
