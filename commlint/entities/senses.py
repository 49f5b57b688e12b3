"""Cues of sense in a text: which words of lexicon/senses.txt stand where."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from attrs import frozen

from commlint.entities.wordlists import cues, sections
from commlint.model.environment import Lexicon
from commlint.model.span import Span


@frozen
class Cue:
    """A word that tells a sense; `span` in the folded text it was found in."""

    sense: str
    word: str
    span: Span

    @property
    def start(self) -> int:
        """Where it starts."""
        return self.span.start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.span.end


@lru_cache(maxsize=16)
def _index(lexicon: Lexicon) -> tuple[re.Pattern[str], Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]]:
    """The first characters as a pattern; by first character the words, longest first, with their senses."""
    senses: dict[str, list[str]] = {}
    for sense in sections("senses"):
        for word in cues(lexicon, "senses", sense):
            senses.setdefault(word, []).append(sense)
    by_first: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for word in sorted(senses, key=lambda word: (-len(word), word)):
        by_first.setdefault(word[0], []).append((word, tuple(senses[word])))
    ascii_firsts = "".join(sorted(first for first in by_first if first.isascii()))
    others = "".join(sorted(first for first in by_first if not first.isascii()))
    pattern = re.compile(rf"[{re.escape(others)}]|(?<![a-z0-9])[{re.escape(ascii_firsts)}]")
    return pattern, {first: tuple(words) for first, words in by_first.items()}


def found(lexicon: Lexicon, text: str, within: Span, masked: Sequence[Span] = ()) -> list[Cue]:
    """The cues inside `within`, in order, outside `masked` (in order, apart); a word inside a longer one is not there."""
    pattern, words = _index(lexicon)
    hits: list[Cue] = []
    covered = within.start
    for match in pattern.finditer(text, within.start, within.end):
        at = match.start()
        for word, senses in words[text[at]]:
            if text.startswith(word, at) and at + len(word) <= within.end and _whole(text, word, at):
                if at + len(word) > covered and not _masked(masked, at):
                    hits += [Cue(sense, word, Span(at, at + len(word))) for sense in senses]
                covered = max(covered, at + len(word))
                break
    return hits


def _masked(masked: Sequence[Span], at: int) -> bool:
    index = bisect_right(masked, at, key=lambda hole: hole.start) - 1
    return index >= 0 and at < masked[index].end


def _whole(text: str, word: str, at: int) -> bool:
    """Whether a Latin word is not the start of a longer one."""
    end = at + len(word)
    return not word[-1].isascii() or end >= len(text) or not (text[end].isascii() and text[end].isalnum())


def of(hits: Iterable[Cue], *senses: str) -> list[Cue]:
    """The cues of these senses."""
    return [cue for cue in hits if cue.sense in senses]
