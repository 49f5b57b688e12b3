"""Cues of sense in a text: which words of a list with senses (lexicon/senses.txt, vague.txt, contexts.txt) stand where.

At first they are looked for character by character, later by an automaton, which costs some milliseconds to build.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from commlint.entities.wordlists import cues, sections
from commlint.model.environment import Lexicon
from commlint.model.span import Span
from commlint.text.automaton import Automaton

_WORTH_AN_AUTOMATON = 10_000  # characters looked through one by one: what building one costs
_LATIN = re.compile("[a-z0-9]")

_NO_LATIN = "\u2e80"  # words that begin behind it are Chinese from end to end
_GUARD = ("guard",)

Place = tuple[int, str, tuple[str, ...]]  # where a word stands, the word, its senses


class Cue(NamedTuple):
    """A word that tells a sense, and where it stands in the folded text it was found in. There are hundreds in a mail: a plain tuple."""

    sense: str
    word: str
    start: int
    end: int


class _Words:
    """The words of a list with their senses, which are its sections. Safe to share between threads."""

    def __init__(self, lexicon: Lexicon, name: str = "senses") -> None:
        meanings: dict[str, list[str]] = {}
        for sense in sections(name):
            for word in cues(lexicon, name, sense):
                listed = meanings.setdefault(word, [])
                if sense not in listed:
                    listed.append(sense)
        if name == "contexts":
            _share(meanings)
        ordered = sorted(meanings, key=lambda word: (-len(word), word))
        self._words = [(word, tuple(meanings[word])) for word in ordered]
        self._by_first: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for word, meant in self._words:
            self._by_first.setdefault(word[0], []).append((word, meant))
        self._firsts = re.compile(f"[{re.escape(''.join(sorted(self._by_first)))}]")
        self._looked = 0
        self._automaton: Automaton | None = None

    def places(self, text: str, within: Span) -> Iterable[Place]:
        """Where words stand inside `within`, in order, at each place the longest."""
        if self._automaton is None:
            self._looked += len(within)
            if self._looked < _WORTH_AN_AUTOMATON:
                return self._one_by_one(text, within)
            from commlint.text.automaton import automaton

            self._automaton = automaton([word for word, _ in self._words])
        return self._at_once(self._automaton, text, within)

    def _one_by_one(self, text: str, within: Span) -> Iterator[Place]:
        for match in self._firsts.finditer(text, within.start, within.end):
            at = match.start()
            for word, senses in self._by_first[text[at]]:
                if text.startswith(word, at) and at + len(word) <= within.end and _whole(text, word, at):
                    yield at, word, senses
                    break

    def _at_once(self, automaton: Automaton, text: str, within: Span) -> list[Place]:
        words, base, last = self._words, within.start, -1
        stood: list[Place] = []
        for start, index in sorted([(start, index) for index, start, _ in automaton.finds(within.of(text))]):
            if start != last:  # at one place the longest word comes first
                word, senses = words[index]
                if word > _NO_LATIN or _whole(text, word, base + start):
                    last = start
                    stood.append((base + start, word, senses))
        return stood


def _share(senses: dict[str, list[str]]) -> None:
    """Give a longer word the senses of those inside it (会议决定 resolves as 决定 does), unless it turns them round."""
    for word, meant in senses.items():
        if not _CLOSED.intersection(meant) and not word.isascii():
            inner = (word[start:end] for start in range(len(word)) for end in range(start + 1, len(word) + 1) if end - start < len(word))
            meant += [sense for piece in inner for sense in senses.get(piece, ()) if sense not in meant and sense not in _CLOSED]


_CLOSED = frozenset(("negation", "wording", "rewording", "guard", "noun", "happened", "measured"))

_words = lru_cache(maxsize=16)(_Words)


def places(lexicon: Lexicon, text: str, name: str = "senses", within: Span | None = None) -> list[Place]:
    """Where words of the list `name` stand in `text`, or `within` it, in order, at each place the longest: to be `grouped` for each of its sentences."""
    return list(_words(lexicon, name).places(text, within or Span(0, len(text))))


def found(lexicon: Lexicon, text: str, within: Span, masked: Sequence[Span] = (), *, known: Sequence[Place] | None = None, name: str = "senses") -> list[Cue]:
    """The cues inside `within`, in order, outside `masked` (in order, apart); a word inside a longer one is not there.

    `known` are the `places` of the whole text, where they have been looked for already.
    """
    stood = list(_words(lexicon, name).places(text, within)) if known is None else known
    by_sense = grouped(stood, within.start, within.end, masked)
    return sorted((cue for cues in by_sense.values() for cue in cues), key=_place)


def grouped(
    known: Sequence[Place], start: int, stop: int, masked: Sequence[Span] = (), *, most: int = 1_000_000, guards: bool = True
) -> dict[str, list[Cue]]:
    """The cues from `start` to `stop` by sense, each in order, outside `masked`; of more than `most` words the first.

    Words that only guard are left out with `guards=False`; they cover what is inside them all the same.
    """
    by_sense: dict[str, list[Cue]] = {}
    for begin, word, senses in standing(known, start, stop, masked, most=most, guards=guards):
        end = begin + len(word)
        for sense in senses:
            cue = _new(Cue, (sense, word, begin, end))
            if sense in by_sense:
                by_sense[sense].append(cue)
            else:
                by_sense[sense] = [cue]
    return by_sense


def standing(known: Sequence[Place], start: int, stop: int, masked: Sequence[Span] = (), *, most: int = 1_000_000, guards: bool = True) -> list[Place]:
    """The same as places in order: a word inside a longer one is not among them."""
    found: list[Place] = []
    covered = start
    for at in range(bisect_left(known, (start,)), len(known)):
        place = known[at]
        begin, word, senses = place
        if begin >= stop or len(found) >= most:
            break
        end = begin + len(word)
        if stop >= end > covered:
            covered = end
            if (guards or senses != _GUARD) and (not masked or not _masked(masked, begin)):
                found.append(place)
    return found


_new = tuple.__new__  # half of what it costs to go through the named tuple


def merged(cues: Mapping[str, Sequence[Cue]], senses: Sequence[str]) -> Sequence[Cue]:
    """The cues of several senses in order of place."""
    held = [cues[sense] for sense in senses if sense in cues]
    if len(held) < 2:
        return held[0] if held else ()
    return sorted([cue for some in held for cue in some], key=_place)


def _place(cue: Cue) -> int:
    return cue[2]


def _masked(masked: Sequence[Span], at: int) -> bool:
    index = bisect_right(masked, at, key=lambda hole: hole.start) - 1
    return index >= 0 and at < masked[index].end


def _whole(text: str, word: str, at: int) -> bool:
    """Whether a Latin word is not a piece of a longer one."""
    if word[0].isascii() and at and _LATIN.match(text[at - 1]):
        return False
    end = at + len(word)
    return not word[-1].isascii() or end >= len(text) or not (text[end].isascii() and text[end].isalnum())

