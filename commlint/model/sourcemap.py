"""Where a derived text came from: runs that tie its offsets to those of the text it was made of.

An exact run maps code point to code point; an atomic run (a collapsed line break, a decoded entity)
maps as a whole. Between runs the derived text has nothing of the source, and the other way round.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise

from attrs import field, frozen

from commlint.model.span import Span


@frozen
class Run:
    """`derived` came from `source`; exact when they are of one length, code point by code point."""

    derived: Span
    source: Span
    exact: bool = True

    def __attrs_post_init__(self) -> None:
        if self.exact and len(self.derived) != len(self.source):
            raise ValueError(f"an exact run cannot change length: {self.derived} from {self.source}")


def _ordered(runs: Iterable[Run]) -> tuple[Run, ...]:
    kept = tuple(run for run in runs if len(run.derived))
    for before, after in pairwise(kept):
        if before.derived.end > after.derived.start or before.source.end > after.source.start:
            raise ValueError(f"runs overlap or are out of order: {before} and {after}")
    return kept


@frozen
class SourceMap:
    """Runs in order, without overlap; `SourceMap.identity(n)` for a text that is its own source."""

    runs: tuple[Run, ...] = field(converter=_ordered)
    _starts: tuple[int, ...] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(run.derived.start for run in self.runs))

    @classmethod
    def identity(cls, length: int) -> SourceMap:
        """The map of a text of `length` code points onto itself."""
        return cls((Run(Span(0, length), Span(0, length)),))

    @classmethod
    def slice(cls, source: Span) -> SourceMap:
        """The map of the text cut out of a source at `source`."""
        return cls((Run(Span(0, len(source)), source),))

    def to_source(self, span: Span) -> Span:
        """The smallest stretch of the source that holds all that `span` was made of.

        An offset between runs falls to the end of the run before it (or the start of the first).
        """
        if not self.runs:
            return Span(0, 0)
        if not len(span):
            at = self._point(span.start)
            return Span(at, at)
        start = self._first(span.start)
        end = self._last(span.end)
        return Span(start, max(start, end))

    def compose(self, inner: SourceMap) -> SourceMap:
        """This map (C from B) after `inner` (B from A): the map of C from A."""
        return SourceMap(_joined(piece for run in self.runs for piece in _through(run, inner)))

    def to_derived(self, span: Span) -> Span | None:
        """The stretch of the derived text made of `span`, or None when nothing of it is left."""
        after = bisect_right(self.runs, span.start, key=lambda run: run.source.end)
        until = bisect_left(self.runs, span.end, key=lambda run: run.source.start)
        if after >= until:
            return None
        first, last = self.runs[after], self.runs[until - 1]
        start = first.derived.start
        if first.exact:
            start += max(0, span.start - first.source.start)
        end = last.derived.end
        if last.exact:
            end -= max(0, last.source.end - span.end)
        return Span(start, end)

    def _at(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def _point(self, offset: int) -> int:
        index = self._at(offset)
        if index < 0:
            return self.runs[0].source.start
        run = self.runs[index]
        if run.exact and offset <= run.derived.end:
            return run.source.start + offset - run.derived.start
        return run.source.start if offset < run.derived.end else run.source.end

    def _first(self, start: int) -> int:
        index = self._at(start)
        if index < 0:
            return self.runs[0].source.start
        run = self.runs[index]
        if start >= run.derived.end:
            following = self.runs[index + 1 : index + 2]
            return following[0].source.start if following else run.source.end
        return run.source.start + (start - run.derived.start if run.exact else 0)

    def _last(self, end: int) -> int:
        index = self._at(end - 1)
        if index < 0:
            return self.runs[0].source.start
        run = self.runs[index]
        if end >= run.derived.end or not run.exact:
            return run.source.end
        return run.source.start + end - run.derived.start


def _through(run: Run, inner: SourceMap) -> Iterable[Run]:
    """`run` (C from B) cut along the runs of `inner` (B from A)."""
    if not run.exact:
        whole = inner.to_source(run.source)
        yield Run(run.derived, whole, exact=False)
        return
    for index in range(max(0, inner._at(run.source.start)), len(inner.runs)):
        below = inner.runs[index]
        if below.derived.start >= run.source.end:
            return
        start = max(run.source.start, below.derived.start)
        end = min(run.source.end, below.derived.end)
        if start >= end:
            continue
        derived = Span(start, end).shift(run.derived.start - run.source.start)
        if below.exact:
            yield Run(derived, Span(start, end).shift(below.source.start - below.derived.start))
        else:
            yield Run(derived, below.source, exact=False)


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """`runs` with neighbours that share an atomic source made into one."""
    out: list[Run] = []
    for run in runs:
        last = out[-1] if out else None
        if (last is not None and not last.exact and not run.exact and last.source.overlaps(run.source)) or (last is not None and last.source.end > run.source.start):
            source = Span(last.source.start, max(last.source.end, run.source.end))
            out[-1] = Run(Span(last.derived.start, run.derived.end), source, exact=False)
        else:
            out.append(run)
    return tuple(out)
