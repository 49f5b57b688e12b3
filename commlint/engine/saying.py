"""What a breach says: message, suggestion and repairs, filled in from its details."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from attrs import frozen

from commlint.engine.expressions import Closure, Linker
from commlint.engine.frame import Frame
from commlint.engine.program import Messages
from commlint.model.values import Located

_MARK = re.compile(r"^\s*(?:[-*+\u2022#>|]+|\d{1,3}[.)\u3001])\s*")  # of a list, heading or quotation
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_LATIN = re.compile("[A-Za-z]")
_LONGEST_CLAUSE = 60  # characters of a clause that a suggestion repeats
_LONGEST_LINE = 1_000  # characters, list mark and all, beyond which nobody looks whether it is one


@frozen
class Repair:
    """Put `replacement` in place of `target`."""

    target: Located
    replacement: str
    safe: bool


class Saying:
    """The texts of a check, linked when one is first needed: most checks never fail."""

    def __init__(self, linker: Linker, messages: Messages) -> None:
        self._linker = linker
        self._messages = messages
        self._linked: dict[tuple[str, str], Closure | None] = {}

    def __call__(self, frame: Frame, place: Any) -> tuple[str, str, tuple[Repair, ...]]:
        """Message, suggestion and repairs for the breach whose details are in the frame."""
        return self._text("message", frame), self._suggestion(frame, place), self._repairs(frame, place)

    def _suggestion(self, frame: Frame, place: Any) -> str:
        """The clause as it could read, where a suggestion says what to put instead of what; else the suggestion alone.

        None when it rests on something unknown.
        """
        frame.gap = False
        lang = _script(frame.details.get("match"), frame.lang) if self._messages.get("instead") else frame.lang
        with _speaking(frame, lang):
            advice, instead = self._text("suggest", frame), self._text("instead", frame)
        if frame.gap:  # "by the end of unknown" helps nobody
            return ""
        if not instead or not isinstance(place, Located):
            return advice
        clause = _clause(frame, place)
        return clause.replace(instead, advice, 1) if instead in clause and len(clause) <= _LONGEST_CLAUSE else advice

    def _text(self, kind: str, frame: Frame) -> str:
        from commlint.engine.messages import chosen

        key = (kind, frame.lang)
        if key not in self._linked:
            node = chosen(_texts(self._messages.get(kind)), frame.lang)
            self._linked[key] = self._linker.optional(node)
        closure = self._linked[key]
        return closure(frame) if closure else ""

    def _repairs(self, frame: Frame, place: Any) -> tuple[Repair, ...]:
        with _speaking(frame, _script(frame.details.get("match"), frame.lang)):
            made = [_repair(self._linker, fix, frame, place) for fix in self._messages.get("fix", ())]
        return tuple(repair for repair in made if repair)


def _script(match: Any, lang: str) -> str:
    """The language that stands in for `match` in the author's text, whatever language messages are in: Chinese or English by its script."""
    written = match.text if isinstance(match, Located) else match if isinstance(match, str) else ""
    if _HAN.search(written):
        return "zh"
    return "en" if _LATIN.search(written) else lang


@contextmanager
def _speaking(frame: Frame, lang: str) -> Iterator[None]:
    """Templates are filled in `lang` for a while."""
    before, frame.lang = frame.lang, lang
    try:
        yield
    finally:
        frame.lang = before


def _clause(frame: Frame, place: Located) -> str:
    """The clause that `place` stands in, as the author wrote it; empty when there is none."""
    analysis = frame.analysis
    if getattr(analysis, "record", None) is None:
        return ""
    clauses = frame.once(("clauses", place.part), lambda: [clause for sentence in analysis.sentences(place.part) for clause in sentence.clauses])
    at = bisect_right(clauses, place.span.start, key=lambda clause: clause.start) - 1
    found = clauses[at] if at >= 0 else None
    if found is None or not found.contains(place.span) or found.end - found.start > _LONGEST_LINE:
        return ""
    return _MARK.sub("", analysis.passage(place.part, found.start, found.end).text).strip()


def _texts(given: Any) -> Mapping[str, Any]:
    return given if isinstance(given, Mapping) else {}


def _repair(linker: Linker, fix: Sequence[Any], frame: Frame, place: Any) -> Repair | None:
    match, replacement, safe = fix
    target = _target(frame, linker.link(match)(frame), place)
    return Repair(target, linker.link(replacement)(frame), bool(safe)) if target is not None else None


def _target(frame: Frame, written: str, place: Any) -> Located | None:
    """The stretch that reads `written`: the match itself, else the first such stretch in the place."""
    from commlint.engine.messages import clipped

    for value in (frame.details.get("match"), place):
        if not isinstance(value, Located):
            continue
        if clipped(value.text) == clipped(written):
            return value
        start = value.text.find(written)
        if written and start >= 0 and len(value.text) == len(value.folded):
            return frame.analysis.passage(value.part, value.span.start + start, value.span.start + start + len(written))
    return None
