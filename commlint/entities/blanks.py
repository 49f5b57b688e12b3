"""Values that say nothing: empty, a dash, a placeholder (norms.toml [meta].blank)."""

from __future__ import annotations

import re
from functools import lru_cache

from commlint.entities.wordlists import cues
from commlint.model.environment import Lexicon

_PLACEHOLDER = re.compile(
    r"[\s\-_/\\.,:;~*|=#\u2014\u2013\u2026\u3001\u3002\u00b7\u2500\u25a1\u25cb]*"  # only marks: -, /, ___, …
    r"|[x\u00d7]{2,}"
    r"|[\[<(\u3010{\u300a\u300c](?:请|待|填|具体|此处|如有|未|暂|空|可另附|可附|xx|tbd|tba|tbc|todo|blank\b|empty\b|to fill|your |insert |name|date|to be )[^\[\](){}<>\u3010\u3011\u300a\u300b]{0,20}[\]>)\u3011}\u300b\u300d]"
    r"|[x\u00d7_\s]*年?[x\u00d7_\s]+月[x\u00d7_\s]*日?前?|[_\s]*年[_\s]*月[_\s]*日?"
    r"|[_\s]*(?:万?元|天|小时|份|次|个|人|%)"
    r"|(?:[\u25a1\u2610]\s?[^\u25a1\u2610\u25a0\u2611\u2612\u221a\u2713\u2714_\[(]{1,12}(?:\([^()\u25a0\u2611\u2612\u221a\u2713\u2714]{1,16}\)\s?)?){1,8}"  # boxes, none ticked
    r"|(?:[\[(]\s?[\])]\s?[^\u25a1\u2610\u25a0\u2611\u2612\u221a\u2713\u2714_\[(\n]{1,12}){2,8}"  # two or more, as one alone is an item to do
    r"|(?:[^\u25a1\u2610\u25a0\u2611\u2612\u221a\u2713\u2714_]{1,12}[\u25a1\u2610]\s?){1,8}"  # the same behind the words
    r"|自?[_\s]*年[_\s]*月[_\s]*日(?:[_\s]*[时点](?:[_\s]*分)?)?(?:[_\s]*[至到~-]?[_\s]*(?:年[_\s]*)?月[_\s]*日(?:[_\s]*[时点](?:[_\s]*分)?)?)?止?|月\s+日\s+[时点](?:\s+分)?"  # dates with nothing in them
    r"|(?:[_\s]*[仟佰拾万]){1,8}[_\s]*元?(?:[_\s]*角)?(?:[_\s]*分)?整?"  # the columns of a sum
    r"|(?:19|20)\d{0,2}[_\s]*年[_\s]+月[_\s]*日?"  # … but the year, which is printed
)
_TEMPLATE = re.compile(  # around lines to write on: units, the words of dates and amounts, who signs
    r"(?![张件台套名]|人(?!民币))(?:[\s_:/.,~()\uffe5\u00a5$-]|年|月|日|时|分|秒|至|到|自|从|前|止|起|万|元|整|人民币|大写|小写|签字|签名|签章|盖章|公章|第|共|号|页|份|张|台|件|套|人|名|次|个|天|岁|小时|分钟|工作日|公里|千米|平方米|米|吨|公斤|km|kg|%|约|signature|sign|stamp|date|以下简称[^\s_()]{1,6})+"
)
_MARKS = " \t\r\n*_`>\u3000"
_AT_END = " \t\r\n*_`\u3000"
_LONGEST = 40
_MAY_BEGIN = "x\u00d7年月万元天小份次个人自约仟佰拾2"
_MAY_END = "_\u25a1\u2610"
_NO_WORDS = Lexicon()


@lru_cache(maxsize=256)
def _words(lexicon: Lexicon, allowed: str) -> frozenset[str]:
    none = {"no": ("none",), "all": (), "plain": ("none-yet",)}[allowed]
    return frozenset(word for section in ("blank", *none) for word in cues(lexicon, "blanks", section))


@lru_cache(maxsize=64)
def openings(lexicon: Lexicon) -> frozenset[str]:
    """The letters and digits that a value may begin with which says nothing: one that begins with another need not be looked at."""
    return frozenset(word[0] for word in _words(lexicon, "no") if word[0].isalnum()).union(_MAY_BEGIN)


def may_be_blank(folded: str, begins: frozenset[str]) -> bool:
    """Whether a value could be one that says nothing, by its first and last characters; `begins` are the `openings`."""
    return not folded or not folded[0].isalnum() or folded[0] in begins or folded[-1] in _MAY_END


def is_blank(folded: str, *, none_allowed: bool = False, lexicon: Lexicon = _NO_WORDS) -> bool:
    """Whether a folded value says nothing; ``无`` does unless `none_allowed`."""
    return _blank(folded, "all" if none_allowed else "no", lexicon)


def is_unanswered(folded: str, *, listed: bool, none_allowed: bool, lexicon: Lexicon) -> bool:
    """The same under a label: where ``无`` is an answer to one that is not `listed` as such, 暂无 and N/A still are none."""
    return _blank(folded, "no" if not none_allowed else "all" if listed else "plain", lexicon)


def _blank(folded: str, allowed: str, lexicon: Lexicon) -> bool:
    if folded and "0" <= folded[0] <= "9" and "年" not in folded[2:9]:
        return False
    if "__" in folded and len(folded) <= _LONGEST and _TEMPLATE.fullmatch(folded):
        return True
    value = folded.lstrip(_MARKS).rstrip(_AT_END).rstrip("。.;,").lstrip("-\u2022\u00b7 ")
    if len(value) > _LONGEST:
        return False
    if value in _words(lexicon, allowed):
        return True
    if value and value[0].isalnum() and value[0] not in _MAY_BEGIN and value[-1] not in _MAY_END:  # most values: no need to try the pattern
        return False
    return _PLACEHOLDER.fullmatch(value) is not None
