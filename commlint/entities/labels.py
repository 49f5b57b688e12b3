"""What a label means: synonyms to keys, compound labels to several keys (lexicon/labels.txt)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from commlint.entities.wordlists import sections
from commlint.model.environment import Lexicon
from commlint.text.fold import fold_string

_DECORATION = " \t\n\u3000*_`#\u3010\u3011[]<>\u300a\u300b\"'\u201c\u201d:."
_HINT = re.compile(r"\([^()]*\)?$")
_BLANKS = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_COMPOUND = re.compile(r"[/、&+]|及其|及|和|与|\band\b|\bor\b|\s{2,}")
_NUMBER = re.compile(
    r"(?:\(?(?:\d{1,3}|[a-z])[.)、:](?!\d)|\(?[一二三四五六七八九十]{1,3}[)、.]|第[一二三四五六七八九十\d]{1,3}[章节条项部分]+[、:]?|[\u2460-\u2473])\s*"
)
_COUNTED = re.compile(r"[\d一二三四五六七八九十]{1,2}$")
_PRESENT = re.compile(r"本(?:周|月|次|期|季度|阶段)|今[日天]")  # 下次会议时间 is not the time of this meeting
LONGEST = 24  # characters; no label of the lexicon is longer


def tidy(folded: str) -> str:
    """A folded label without marks, numbering, a hint in brackets and blanks between characters."""
    label = folded.strip(_DECORATION)
    numbered = _NUMBER.match(label)
    if numbered and numbered.end() < len(label):
        label = label[numbered.end() :]
    label = _HINT.sub("", label).strip(_DECORATION) or label
    return _BLANKS.sub("", label)


@lru_cache(maxsize=64)
def synonyms(lexicon: Lexicon) -> Mapping[str, str]:
    """Every known label, folded, and its key; what the configuration adds wins."""
    known = {word: key for key, words in sections("labels").items() if not key.startswith(":") for word in words}
    keys = set(known.values())
    for key, synonym in lexicon.labels:
        folded = tidy(fold_string(key))
        known[tidy(fold_string(synonym))] = folded if folded in keys else known.get(folded, folded)
    return known


@lru_cache(maxsize=256)
def spellings(lexicon: Lexicon, key: str) -> tuple[str, ...]:
    """Every label that has this key."""
    return tuple(word for word, each in synonyms(lexicon).items() if each == key)


def words(section: str) -> tuple[str, ...]:
    """A list that belongs to labels, such as ``greetings``."""
    return sections("labels")[f":{section}"]


@lru_cache(maxsize=4096)
def keys_of(lexicon: Lexicon, folded: str) -> tuple[str, ...]:
    """The keys of a label, its own first; a compound (时间/地点) has those of its parts too.

    An unknown label is its own key.
    """
    label = tidy(folded)
    known = synonyms(lexicon)
    if label in known:
        return (known[label],)
    parts = tuple(dict.fromkeys(known[piece] for piece in map(tidy, _COMPOUND.split(label)) if piece in known))
    if len(parts) > 1:
        return (parts[0], *parts[1:], label)
    for plainer in (_COUNTED.sub("", label), _PRESENT.sub("", label, count=1)):
        if plainer in known:
            return (known[plainer], label)
    ending = _by_ending(known, label)
    return (ending, label) if ending else (label, *parts)


def _by_ending(known: Mapping[str, str], label: str) -> str | None:
    if label.endswith(words("not-suffix")):
        return None
    return next((known[end] for end in words("suffix-keys") if label.endswith(end)), None)


def is_known(lexicon: Lexicon, folded: str) -> bool:
    """Whether the lexicon has the label, or every part of a compound."""
    label = tidy(folded)
    known = synonyms(lexicon)
    return label in known or keys_of(lexicon, folded)[0] != label


def may_be_none(key: str) -> bool:
    """Whether ``无`` is an answer to that label."""
    return key in words("may-be-none")
