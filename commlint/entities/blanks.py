"""Values that say nothing: empty, a dash, a placeholder (norms.toml [meta].blank)."""

from __future__ import annotations

import re
from functools import lru_cache

from commlint.entities.wordlists import cues
from commlint.model.environment import Lexicon

_PLACEHOLDER = re.compile(
    r"[\s\-_/\\.,:;~*|=#\u2014\u2013\u2026\u3001\u3002\u00b7\u2500\u25a1\u25cb]*"  # only marks: -, /, ___, …
    r"|[x\u00d7]{2,}"
    r"|[\[<(\u3010{\u300a\u300c](?:请|待|填|具体|此处|如有|未|暂|空|xx|tbd|tba|tbc|todo|your |insert |name|date|to be )[^\[\](){}<>\u3010\u3011\u300a\u300b]{0,20}[\]>)\u3011}\u300b\u300d]"
    r"|[x\u00d7_\s]*年?[x\u00d7_\s]+月[x\u00d7_\s]*日?前?|[_\s]*年[_\s]*月[_\s]*日?"
    r"|[_\s]*(?:万?元|天|小时|份|次|个|人|%)"
    r"|(?:[\u25a1\u2610]\s?[^\u25a1\u2610\u25a0\u2611\u2612\u221a\u2713\u2714_]{1,12}){1,8}"  # boxes, none ticked
)
_MARKS = " \t\r\n*_`>\u3000"
_LONGEST = 40
_MAY_BEGIN = "x\u00d7年月万元天小份次个人"
_NO_WORDS = Lexicon()


@lru_cache(maxsize=256)
def _words(lexicon: Lexicon, allowed: str) -> frozenset[str]:
    none = {"no": ("none",), "all": (), "plain": ("none-yet",)}[allowed]
    return frozenset(word for section in ("blank", *none) for word in cues(lexicon, "blanks", section))


@lru_cache(maxsize=64)
def openings(lexicon: Lexicon) -> frozenset[str]:
    """The letters and digits that a value may begin with which says nothing: one that begins with another need not be looked at."""
    return frozenset(word[0] for word in _words(lexicon, "no") if word[0].isalnum()).union(_MAY_BEGIN)


def is_blank(folded: str, *, none_allowed: bool = False, lexicon: Lexicon = _NO_WORDS) -> bool:
    """Whether a folded value says nothing; ``无`` does unless `none_allowed`."""
    return _blank(folded, "all" if none_allowed else "no", lexicon)


def is_unanswered(folded: str, *, listed: bool, none_allowed: bool, lexicon: Lexicon) -> bool:
    """The same under a label: where ``无`` is an answer to one that is not `listed` as such, 暂无 and N/A still are none."""
    return _blank(folded, "no" if not none_allowed else "all" if listed else "plain", lexicon)


def _blank(folded: str, allowed: str, lexicon: Lexicon) -> bool:
    if folded and "0" <= folded[0] <= "9":
        return False
    value = folded.strip(_MARKS).rstrip("。.;,").lstrip("-\u2022\u00b7 ")
    if len(value) > _LONGEST:
        return False
    if value in _words(lexicon, allowed):
        return True
    if value and value[0].isalnum() and value[0] not in _MAY_BEGIN:  # most values: no need to try the pattern
        return False
    return _PLACEHOLDER.fullmatch(value) is not None
