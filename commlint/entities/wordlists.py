"""The word lists under lexicon/: sections of words, one file a subject, extended by the environment."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from commlint.model.environment import Lexicon
from commlint.text.fold import fold_string

_FOLDER = Path(__file__).parent / "lexicon"


@cache
def sections(name: str) -> Mapping[str, tuple[str, ...]]:
    """The file `name` as section -> words, folded: ``[owner]`` heads a section, commas part words, # comments."""
    found: dict[str, list[str]] = {}
    words: list[str] = []
    for line in fold_string((_FOLDER / f"{name}.txt").read_text(encoding="utf-8")).splitlines():
        if line.startswith("["):
            words = found.setdefault(line.strip("[] "), [])
        elif not line.startswith("#"):
            words += [word for piece in line.split(",") if (word := piece.strip())]
    return {section: tuple(words) for section, words in found.items()}


@cache
def tables(name: str) -> Mapping[str, frozenset[str]]:
    """The large file `name` as section -> words: they stand folded in it, parted by blanks, so that it is read in a millisecond."""
    pieces = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").split("\n[")[1:]
    return {head: frozenset(words.split()) for head, _, words in (piece.partition("]\n") for piece in pieces)}


def extendable() -> tuple[str, ...]:
    """The sections that a configuration can add words to, in order."""
    return tuple(sorted({section for name in ("blanks", "contexts", "envelope", "labels", "senses") for section in sections(name)}))


@lru_cache(maxsize=256)
def cues(lexicon: Lexicon, name: str, section: str) -> tuple[str, ...]:
    """The words of a section, and those the configuration adds under ``section``."""
    added = tuple(fold_string(cue) for key, cue in lexicon.cues if key == section)
    return sections(name).get(section, ()) + added
