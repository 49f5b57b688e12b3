"""Looking through a record: where patterns occur in a stretch, and which elements lie inside it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any

from commlint.engine import operations
from commlint.engine.facts import Fact
from commlint.engine.frame import Frame
from commlint.engine.patterns import Phrases
from commlint.engine.program import Expression
from commlint.engine.truth import Truth
from commlint.entities.analysis import RecordAnalysis, apart
from commlint.model.span import Span
from commlint.model.values import Located, Passage, Unknown


def inside(frame: Frame, elements: Sequence[Any], scope: Located) -> tuple[Any, ...]:
    """Those of `elements` that lie wholly inside `scope`."""
    starts, ordered = frame.once(("index", id(elements), scope.part), lambda: (*_index(elements, scope.part), elements))[:2]
    found = []
    for place in range(bisect_left(starts, scope.span.start), len(ordered)):
        element = ordered[place]
        if element.span.start > scope.span.end:
            break
        if element.span.end <= scope.span.end:
            found.append(element)
    frame.spend(len(found))
    return tuple(found)


class Gate:
    """Folded strings of which one must stand in an element, looked for once in each part."""

    def __init__(self, literals: Sequence[str]) -> None:
        self._literals = Phrases(literals, whole=False)

    def passed(self, frame: Frame, candidates: Iterable[tuple[Any, Truth]]) -> Iterator[tuple[Any, Truth]]:
        """The candidates whose element holds one of them, or is no stretch."""
        looked: dict[int, list[tuple[int, int]]] = {}
        for candidate in candidates:
            element = candidate[0]
            if isinstance(element, Located):
                part, span = element.part, element.span
                if part not in looked:
                    looked[part] = sorted(self._literals.everywhere(frame.analysis.folded(part)))
                if not looked[part] or not _any_inside(looked[part], span):
                    continue
            yield candidate


def _any_inside(found: Sequence[tuple[int, int]], span: Span) -> bool:
    """Whether one of `found`, which are in order, lies inside `span`."""
    start, end = span.start, span.end
    for at in range(bisect_left(found, (start, 0)), len(found)):
        first, last = found[at]
        if first >= end:
            break
        if last <= end:
            return True
    return False


def _index(elements: Sequence[Any], part: int) -> tuple[list[int], list[Located]]:
    mine = [element for element in elements if isinstance(element, Located) and element.part == part]
    mine.sort(key=lambda element: (element.span.start, element.span.end))
    return [element.span.start for element in mine], mine


def is_body(node: Expression | None) -> bool:
    """Whether a place is the body, said or unsaid: then what stands in quoted history or code does not count."""
    return node is None or (node[0] == "attr" and node[2][0] == "root" and node[3] == "record.body")


def occurrences(frame: Frame, sought: Any, scope: Any, *, own: bool = False) -> tuple[Any, ...]:
    """Where a pattern or string occurs in a stretch, as stretches; in a plain string, as strings.

    With `own`, only in the record's own words: the body covers quoted history that stands inside it.
    """
    last = frame.last
    if last is not None and last[0] is sought and last[1] is scope and last[2] is own:
        return last[3]  # the cause of a breach asks what its verdict asked
    found = _occurrences(frame, sought, scope, own=own)
    frame.last = (sought, scope, own, found)
    return found


def _occurrences(frame: Frame, sought: Any, scope: Any, *, own: bool) -> tuple[Any, ...]:
    if isinstance(scope, Fact):
        scope = scope.ask("body")
    text = operations.stretch(scope)
    if text is None:
        return (scope,) if isinstance(scope, Unknown) else ()
    frame.spend(len(text))
    spans = operations.spans_in(sought, text)
    if not isinstance(scope, Located):
        return tuple(text[start:end] for start, end in spans)
    if spans and own:
        spans = _own_words(frame, scope, spans)
    return tuple(_cut(frame, scope, start, end) for start, end in spans)


def _own_words(frame: Frame, scope: Located, spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Those of `spans` (counted in `scope`) that do not stand in quoted history, code, signature or disclaimer."""
    if not isinstance(frame.analysis, RecordAnalysis):
        return tuple(spans)
    holes = frame.once(("apart", scope.part), lambda: sorted((hole.start, hole.end) for hole in apart(frame.analysis, scope.part)))
    if not holes:
        return tuple(spans)
    reach = list(accumulate((end for _, end in holes), max))
    starts = [start for start, _ in holes]

    def free(start: int, end: int) -> bool:
        place = bisect_right(starts, start) - 1
        return place < 0 or reach[place] < end

    first = scope.span.start
    return tuple((start, end) for start, end in spans if free(first + start, first + end))


def _cut(frame: Frame, scope: Located, start: int, end: int) -> Located:
    first = scope.span.start + start
    passage = getattr(frame.analysis, "passage", None)
    if passage is not None:
        cut: Passage = passage(scope.part, first, scope.span.start + end)
        return cut
    text = scope.text[start:end] if len(scope.text) == len(scope.folded) else scope.folded[start:end]
    return Passage(scope.part, scope.span.__class__(first, scope.span.start + end), text, scope.folded[start:end])
