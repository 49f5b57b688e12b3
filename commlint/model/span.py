"""A stretch of text: code points from `start` up to, not including, `end`."""

from __future__ import annotations

from functools import total_ordering

from attrs import field, frozen


@total_ordering
@frozen(init=False)
class Span:
    """Half-open, in code points of the text it belongs to; never backwards, never negative.

    Raises ValueError when `start` is negative or behind `end`.
    """

    start: int = field()
    end: int = field()

    def __init__(self, start: int, end: int) -> None:  # attrs' own takes more than twice as long, and a record makes hundreds
        if not 0 <= start <= end:
            raise ValueError(f"not a span: {start}..{end}")
        _set_start(self, start)
        _set_end(self, end)

    def __lt__(self, other: Span) -> bool:  # attrs' own comparison takes thirty times as long, and spans are sorted in every record
        return self.start < other.start or (self.start == other.start and self.end < other.end)

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        return True

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def shift(self, by: int) -> Span:
        """The same stretch, `by` code points further on."""
        return Span(self.start + by, self.end + by)

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]


_set_start, _set_end = Span.__dict__["start"].__set__, Span.__dict__["end"].__set__
