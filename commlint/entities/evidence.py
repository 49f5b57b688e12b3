"""What stands on both sides of a stretch says whether a person is meant: words that take persons, labels, marks, what persons do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from commlint.entities.departments import lengths_by_sign
from commlint.entities.surnames import DAY, name_tables
from commlint.entities.wordlists import sections

STRONG, PLAIN, SLIGHT = 3.0, 1.5, 0.5
NEVER = -6.0
_CALLS = frozenset("由请让找叫喊@")
_PARTY = frozenset("责系接口收件办告请报申经护持录审批签发记汇讲租承保险投证供应订委托领用填表买卖借贷管编校译绘制核查验监理约访评讲诉养护托")
_DAYS = frozenset("一二三四五六日末天")
_DAY_SIGNS = frozenset("今明后本下这周月")  # what a day begins with that is no number
_LABEL = 14  # characters of a label
_MARKS = {"\u3001": 1.5, "/": 1.0, "&": 1.0, ",": 1.5, ";": 1.5, "\u3002": 1.5, "!": 1.5, "?": 1.5, "(": 0.5, "[": 0.5, "{": 0.5, "|": 2.0, "<": 0.5, "\u3011": 1.5, ")": 0.5, "\u201c": 0.0, "\u2014": 1.0, "-": 0.5, "]": 1.0, ">": 0.5, "~": 0.5, "\u00b7": 1.0, "\u2022": 2.0, "+": 0.5, "\u300c": 0.0, "\u300a": -6.0, "\u2026": 0.5, "\u21d2": 1.0, "\u2192": 1.0}
_CLOSES = {"\u3001": 1.5, "/": 1.0, "&": 1.0, ",": 1.0, ";": 1.5, "\u3002": 1.5, "!": 1.5, "?": 1.0, ")": 1.0, "]": 1.0, "}": 0.5, "|": 2.0, ">": 1.0, "\u3010": 1.0, "\u201d": 0.0, "\u2014": 1.5, "-": 0.5, "~": 1.0, "+": 0.5, "\u300d": 0.0, "\u300b": -6.0, "\u2026": 0.5, "@": 1.0, "\u2192": 1.0, "<": 1.0, "*": 0.0, "#": 0.0, ".": 0.5, "=": 0.5}
_BULLET = re.compile(r"(?:[-*\u2022\u00b7>]|\d{1,2}[.)\u3001]|\(\d{1,2}\)|[\u2460-\u2473]|\[[ x]\])$")
_DAY = re.compile(DAY)
_WHO = re.compile(r"(?:我|他|她|您|这|那|这位|那位)(?:就)?(?:是|叫)[^,。;!?\n]{0,16}$")
_DETAIL = re.compile(r"(?:tel|电话|手机|分机|内线|工号|微信|邮箱|ext|\d{3,}|[a-z][\w.]{0,30}@|\d{1,3}(?:楼|岁|床|号|栋|室|f)|男|女|[a-z][a-z. ]{1,30}\)|[\u4e00-\u9fff]{0,6}(?:部|处|科|室|组|中心|方|司|局|院|厂|队|办|店|课|班)\)|代|兼|外协|外聘|已离职|线上|远程|请假|缺席|记录|主持|组长|牵头|主责|协办|主办)")


class Weights(NamedTuple):
    """What words beside a name count for, and the lengths to look for by the character that touches the name, the longest first."""

    words: Mapping[str, float]
    lengths: Mapping[str, tuple[int, ...]]


def _touching(words: Mapping[str, float], at: int) -> Weights:
    return Weights(words, lengths_by_sign(words, at))


@cache
def _weights_before() -> Weights:
    lists = sections("people")
    before = dict.fromkeys(lists["before"], PLAIN) | {word: STRONG if len(word) > 1 or word in _CALLS else 2.0 for word in lists["before-strong"]}
    for word in ("了", "过", "前", "后", "时", "边", "家", "方", "好", "早", "至", "到", "收", "说"):
        before[word] = SLIGHT
    return _touching(before, -1)


@cache
def _weights_behind() -> Weights:
    lists = sections("people")
    behind = dict.fromkeys(lists["behind-weak"], SLIGHT) | dict.fromkeys(lists["behind"], PLAIN) | {word: STRONG if len(word) > 1 else 2.0 for word in lists["behind-strong"]} | dict.fromkeys(lists["behind-person"], 4.5)
    return _touching(behind | dict.fromkeys(lists["thing"], NEVER), 0)


@cache
def leading_signs() -> frozenset[str]:
    """The last characters of all that counts for more than nothing before a name."""
    return frozenset((*_weights_before().lengths, *_DAYS, *"的人员者"))


@cache
def _labels() -> tuple[frozenset[str], tuple[str, ...], frozenset[str]]:
    lists = sections("people")
    return frozenset(lists["label"]), lists["label-end"], frozenset(lists["thing-label"])


@cache
def _belongings() -> tuple[str, ...]:
    return sections("people")["belongings"]


@cache
def _belonging() -> frozenset[str]:
    return frozenset(_belongings())


def is_han(sign: str) -> bool:
    """Whether a character is a Chinese one."""
    return "\u3400" <= sign <= "\u9fff"


def before(text: str, at: int) -> float:
    """How much what stands before `at` speaks for a name that begins there."""
    place = at
    while place and at - place < 6 and text[place - 1] in " \t*_\"":
        place -= 1
    if not place or text[place - 1] == "\n":
        return 2.0
    sign = text[place - 1]
    if is_han(sign):
        found = _ahead(text, place)
        return found if place == at else max(found, 0.0) + (1.0 if found < PLAIN else 0.5)
    if sign == ":":
        return labelled(text, place - 1)
    if sign == "@":
        return 6.0
    if sign in "-.)]\u3001" or "\u2460" <= sign <= "\u2473":
        start = text.rfind("\n", max(0, place - 6), place) + 1
        if (start or place < 6) and _BULLET.match(text[start:place].strip()):
            return 2.0
    return _MARKS.get(sign, 0.0)


def _ahead(text: str, at: int) -> float:
    """As `before`, where another Chinese character stands there."""
    sign, pair = text[at - 1], text[max(0, at - 2) : at]
    tables = name_tables()
    if sign in _DAYS and pair[0] in "周期" and at > 1:
        return 2.5
    weights = _weights_before()
    for length in weights.lengths.get(sign, ()):
        if 1 < length <= at and (found := weights.words.get(text[at - length : at])) is not None:
            return found
    if sign == "的":
        return STRONG if _WHO.search(text, max(0, at - 20), at) else PLAIN - 0.5
    if sign in "人员者" and at > 1 and pair[0] in _PARTY:
        return STRONG
    single = weights.words.get(sign)
    if single is not None and (single > 2.0 or pair not in tables.words):
        return single
    if at == 1 or not is_han(pair[0]):
        return 1.0  # 早|柳青 中|黄美玲
    if pair in tables.words:
        return 0.75 if pair in tables.verbs else 0.0
    return -1.0


def labelled(text: str, colon: int) -> float:
    """How much the label before a colon asks for a person."""
    start = colon
    while start and colon - start < _LABEL and ((sign := text[start - 1]).isalnum() or sign in "/*_ " or is_han(sign)):
        start -= 1
    return _asking(text[start:colon].strip(" *_/"))


@lru_cache(maxsize=1024)
def _asking(label: str) -> float:
    whole, ends, things = _labels()
    if label in things:
        return NEVER
    if label in whole or label.endswith(ends) or label.rpartition(" ")[2] in whole:
        return 5.0
    return 2.0


def behind(text: str, at: int) -> float:
    """How much what stands at `at` speaks for a name that ends there."""
    sign = text[at : at + 1]
    if not sign or sign == "\n":
        return 2.0
    if is_han(sign):
        return _following(text, at)
    if sign == " ":
        return _behind_blank(text, at)
    if sign == ":":
        return 2.0
    if sign == "(":
        return STRONG if _DETAIL.match(text, at + 1) else 1.5
    if sign == "<":
        return STRONG if "@" in text[at : at + 40] else 0.5
    if sign.isdecimal():
        return 2.5 if _DAY.match(text, at) else -0.5
    return _CLOSES.get(sign, 0.0)


def _behind_blank(text: str, at: int) -> float:
    rest = text[at : at + 12].lstrip(" \t")
    if not rest or rest[0] == "\n":
        return 2.0
    if rest[0].isdecimal():
        return 2.0
    if rest[0] in "<(:":
        return behind(text, at + len(text[at : at + 12]) - len(rest))
    return max(1.0, _following(text, text.index(rest[0], at)) if is_han(rest[0]) else 1.0)


def _following(text: str, at: int) -> float:
    """As `behind`, where another Chinese character stands there."""
    sign, pair = text[at], text[at : at + 2]
    words = name_tables().words
    if sign == "的" and text.startswith(_belongings(), at + 1):
        return 4.5
    if sign == "了" and pair[1:] in _CLOSES:
        return 1.0
    if sign == "于" and pair[1:].isdecimal():
        return STRONG
    weights = _weights_behind()
    for length in weights.lengths.get(sign, ()):
        found = weights.words.get(text[at : at + length])
        if found is not None and (length > 1 or found >= STRONG or pair not in words):
            return found if found != PLAIN else found + _ongoing(text, at + length)
    if pair in words:
        return 2.0 if pair in name_tables().verbs or pair in _belonging() else 0.0
    if pair[1:] == "了" or pair in _belonging():
        return 2.0
    return 0.0 if sign in _DAY_SIGNS and _DAY.match(text, at) else -1.0


def _ongoing(text: str, at: int) -> float:
    """An adverb or preposition counts for more where a verb that persons do follows it."""
    pair = text[at : at + 2]
    return 1.0 if _weights_behind().words.get(pair, 0.0) >= STRONG else 0.5 if pair in name_tables().verbs else 0.0
