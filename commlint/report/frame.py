"""The frame around a place in a text: its lines, their numbers, and carets under what is meant.

::

      --> 纪要/0302.md:3:4
       |
     3 | 材料请尽快发我
       |       ^^^^
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from commlint.report.cells import laid_out

SHOWN = 4  # lines of one place; more would bury the next finding
ELLIPSIS = "\u2026"

Glyphs = Sequence[tuple[str, int]]


def framed(place: str, first: int, lines: Sequence[str], *, start: int, end: int, columns: int = 100, notes: Iterable[str] = ()) -> tuple[str, ...]:
    """The frame, a line each. `lines` begin with number `first`; the place runs from code point `start` of the first
    line up to `end` of the last; `columns` is the room there is. `notes` stand below, each behind ``=``.
    """
    gutter = len(str(first + len(lines) - 1)) + 1 if lines else 1
    blank = " " * gutter
    out = [f"{blank}--> {place}"]
    if lines:
        out.append(f"{blank} |")
        out += _body(first, lines, (start, end), gutter, max(20, columns - gutter - 3))
    return (*out, *(f"{blank} = {note}" for note in notes))


def _body(first: int, lines: Sequence[str], marked: tuple[int, int], gutter: int, room: int) -> Iterator[str]:
    for index, line in enumerate(lines[:SHOWN]):
        begin = marked[0] if index == 0 else len(line) - len(line.lstrip())
        stop = marked[1] if index == len(lines) - 1 else len(line.rstrip())
        text, carets = _row(laid_out(line), begin, max(stop, begin), room)
        yield f"{first + index:>{gutter}} | {text}".rstrip()
        if line.strip() or index == 0:
            yield f"{' ' * gutter} | {carets}"
    if len(lines) > SHOWN:
        yield f"{' ' * gutter} | {ELLIPSIS}"


def _row(glyphs: Glyphs, begin: int, stop: int, room: int) -> tuple[str, str]:
    left, right = _window(glyphs, begin, stop, room)
    head = ELLIPSIS if left else ""
    tail = ELLIPSIS if right < len(glyphs) else ""
    text = head + "".join(shown for shown, _ in glyphs[left:right]) + tail
    before = len(head) + _wide(glyphs[left:begin])
    return text, " " * before + "^" * max(1, _wide(glyphs[begin : min(stop, right)]))


def _window(glyphs: Glyphs, begin: int, stop: int, room: int) -> tuple[int, int]:
    """The stretch of a line that is shown: all of it when it fits, else as much around the place as there is room for."""
    if _wide(glyphs) <= room:
        return 0, len(glyphs)
    spare = max(8, room - 2 - _wide(glyphs[begin:stop]))
    left, used = begin, 0
    while left > 0 and used + glyphs[left - 1][1] <= spare // 2:
        left -= 1
        used += glyphs[left][1]
    right, used = begin, _wide(glyphs[left:begin])
    while right < len(glyphs) and used + glyphs[right][1] <= room - 2:
        used += glyphs[right][1]
        right += 1
    return left, right


def _wide(glyphs: Glyphs) -> int:
    return sum(wide for _, wide in glyphs)
