"""Amounts of money, with their value and currency."""

from __future__ import annotations

import re
from collections.abc import Iterable

from commlint.entities.structure import own_parts
from commlint.model.protocols import Analysis
from commlint.model.values import Money

_SIGNS = {"\u00a5": "CNY", "\uffe5": "CNY", "rmb": "CNY", "cny": "CNY", "us$": "USD", "usd": "USD", "hk$": "HKD", "hkd": "HKD", "nt$": "TWD", "twd": "TWD", "$": "USD", "\u20ac": "EUR", "eur": "EUR", "\u00a3": "GBP", "gbp": "GBP", "jpy": "JPY"}
_UNITS = {
    "元": "CNY", "块": "CNY", "块钱": "CNY", "圆": "CNY", "元人民币": "CNY", "人民币": "CNY", "美元": "USD", "美金": "USD", "欧元": "EUR", "港元": "HKD", "港币": "HKD", "日元": "JPY", "台币": "TWD", "新台币": "TWD", "英镑": "GBP",
    "rmb": "CNY", "cny": "CNY", "yuan": "CNY", "usd": "USD", "dollars": "USD", "eur": "EUR", "euros": "EUR", "hkd": "HKD", "gbp": "GBP", "pounds": "GBP", "jpy": "JPY",
}
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000, "k": 1000, "m": 1_000_000, "million": 1_000_000, "mln": 1_000_000, "thousand": 1000, "billion": 1_000_000_000}
_DIGITS = dict(zip("零一二三四五六七八九两壹贰叁肆伍陆柒捌玖〇", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0], strict=True))
_STEPS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word)


_SIGN = re.compile(rf"(?:(?<![a-z])(?:{_any(sign for sign in _SIGNS if sign[0].isalpha())})|{_any(sign for sign in _SIGNS if not sign[0].isalpha())}|人民币)\s?\Z")
_TAIL = re.compile(
    rf"\s?(?P<scale>{_any(_SCALES)})?(?:多|余|来)?\s?(?P<unit>{_any(_UNITS)})?(?:(?<=[元块圆])\d{{1,2}}角(?:\d{{1,2}}分)?)?(?P<round>(?<=[元圆])整)?"
)
_HAN_DIGITS = "零一二三四五六七八九两十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟〇"
_FIRST = re.escape("".join(sorted({word[0] for word in (*_SCALES, *_UNITS, "多", "余", "来") if word})))
_NUMBER = re.compile(  # the class stands first, so that `re` skips to it; the empty group takes part where a scale or a unit may follow
    rf"[\d{_HAN_DIGITS}](?:(?<=\d)(?<![\d.,a-z]\d)(?:\d{{0,2}}(?:,\d{{3}}){{1,5}}(?:\.\d{{1,4}})?|\d{{0,2}}(?: \d{{3}}){{1,4}}\.\d\d(?!\d)|\d{{0,14}}(?:\.\d{{1,4}})?)(?![\d:])"
    rf"|(?<!\d)[{_HAN_DIGITS}]{{0,15}})(?:(?=\s{{0,2}}[{_FIRST}])())?"
)
_HAN = re.compile("[\u4e00-\u9fff]")
_MAY_BE = re.compile(rf"{_any((*_SIGNS, *_UNITS))}|[万亿]")
_MAY_SIGN = re.compile(rf"(?:{_any(_SIGNS)}|人民币)\s?[\d{_HAN_DIGITS}]")
_LONGEST_SIGN = 5
_MATTERS = ("预算", "费用", "金额", "成本", "报价", "合同", "款", "总价", "单价", "budget", "cost", "价")


def amounts(analysis: Analysis, record: object) -> tuple[Money, ...]:
    """The amounts of money in the record's own parts; a bare 12万 counts behind a word such as 预算."""
    return analysis.once("entities.amounts", lambda _: tuple(money for part in own_parts(analysis) for money in _in_part(analysis, part)))


def value_of(analysis: Analysis, money: Money) -> float:
    """The amount in units of its currency."""
    return money.value


def currency_of(analysis: Analysis, money: Money) -> str:
    """The currency (ISO 4217)."""
    return money.currency


def _in_part(analysis: Analysis, part: int) -> list[Money]:
    text = analysis.folded(part)
    signed = _MAY_SIGN.search(text) is not None
    named = False  # whether a unit or a sign is among them
    amounts: list[Money] = []
    for match in _NUMBER.finditer(text):
        if not (signed or match.lastindex):
            continue
        tail = _TAIL.match(text, match.end())
        sign = _SIGN.search(text, max(0, match.start() - _LONGEST_SIGN), match.start()) if signed else None
        if tail and (tail["unit"] or tail["scale"] or sign) and (money := _money(analysis, part, match, tail, sign)):
            amounts.append(money)
            named = named or sign is not None or tail["unit"] is not None
    return amounts if named or (amounts and _MAY_BE.search(text)) else []


def _money(analysis: Analysis, part: int, number: re.Match[str], tail: re.Match[str], sign: re.Match[str] | None) -> Money | None:
    text = number.string
    end = tail.start() + len(tail[0].rstrip())
    value = _value(number[0], tail["scale"] or "")
    if value is None or _runs_on(text, end) or (not tail["unit"] and not sign and not _is_about_money(text, number.start(), end)):
        return None
    if len(number[0]) == 1 and not number[0].isdecimal() and not tail["scale"] and _HAN.match(text, end):
        return None  # 三元锂电池, 一块看看
    passage = analysis.passage(part, sign.start() if sign else number.start(), end)
    return Money(part, passage.span, passage.text, passage.folded, value, _currency(tail["unit"], sign))


def _runs_on(text: str, end: int) -> bool:
    """Whether the unit is the beginning of a longer Latin word."""
    around = text[end - 1 : end + 1]
    return len(around) == 2 and around.isascii() and around.isalpha()


def _is_about_money(text: str, at: int, end: int) -> bool:
    """Whether a bare 12万 is money: such a word stands before it, and nothing that is counted behind it."""
    before = text[max(0, at - 10) : at]
    return any(word in before for word in _MATTERS) and _HAN.match(text, end) is None


def _value(number: str, scale: str) -> float | None:
    if number[0].isdecimal():
        return float(number.replace(",", "").replace(" ", "")) * _SCALES[scale]
    written = chinese_number(number)
    return None if written is None else float(written * _SCALES[scale])


def _currency(unit: str | None, sign: re.Match[str] | None) -> str:
    if unit and unit not in ("元", "块", "圆", "块钱"):
        return _UNITS[unit]
    return _SIGNS.get(sign[0].strip(), "CNY") if sign else "CNY"


def chinese_number(written: str) -> int | None:
    """A number in Chinese digits, everyday or formal; None when it is not one (千 alone, 万一)."""
    higher = middle = lower = 0  # what 亿, 万 and nothing has closed
    digit: int | None = None
    for character in written:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _STEPS:
            lower += (1 if digit is None else digit) * _STEPS[character]
            digit = None
        else:
            lower += digit or 0
            if not (lower or middle):
                return None
            if character == "万":
                middle, lower = lower * 10_000, 0
            else:
                higher, middle, lower = (higher + middle + lower) * 100_000_000, 0, 0
            digit = None
    return higher + middle + lower + (digit or 0) or None
