"""Amounts of money, with their value and currency."""

from __future__ import annotations

import re
from collections.abc import Iterable

from commlint.entities.structure import own_parts
from commlint.model.protocols import Analysis
from commlint.model.values import Money

_SIGNS = {"\u00a5": "CNY", "\uffe5": "CNY", "rmb": "CNY", "cny": "CNY", "us$": "USD", "usd": "USD", "hk$": "HKD", "hkd": "HKD", "$": "USD", "\u20ac": "EUR", "eur": "EUR", "\u00a3": "GBP", "gbp": "GBP", "jpy": "JPY"}
_UNITS = {
    "元": "CNY", "块": "CNY", "块钱": "CNY", "圆": "CNY", "元整": "CNY", "元人民币": "CNY", "人民币": "CNY", "美元": "USD", "美金": "USD", "欧元": "EUR", "港元": "HKD", "港币": "HKD", "日元": "JPY", "英镑": "GBP",
    "rmb": "CNY", "cny": "CNY", "yuan": "CNY", "usd": "USD", "dollars": "USD", "eur": "EUR", "euros": "EUR", "hkd": "HKD", "gbp": "GBP", "pounds": "GBP", "jpy": "JPY",
}
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000, "k": 1000, "m": 1_000_000, "million": 1_000_000, "thousand": 1000}
_DIGITS = dict(zip("零一二三四五六七八九两壹贰叁肆伍陆柒捌玖〇", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0], strict=True))
_STEPS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_NUMBER = r"\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,4})?|\d{1,15}(?:\.\d{1,4})?"


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word)


_PATTERN = re.compile(
    rf"(?:(?P<sign>(?<![a-z])(?:{_any(_SIGNS)})|人民币)\s?(?:{_NUMBER})"
    rf"|(?<![\d.,])(?:{_NUMBER})(?=\s?(?:{_any(_SCALES)})?(?:多|余)?\s?(?:{_any(_UNITS)}))"
    rf"|(?<=[预算费用金额成本报价合同款总价单价为约到是:\s])(?<![\d.,])(?:{_NUMBER})(?=\s?(?:百万|千万|万|亿)(?![\u3400-\u9fff]))"
    rf"|(?P<chinese>[零一二三四五六七八九两十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟〇]{{1,16}})(?=元|圆|块钱|美元|欧元|港元|港币|日元|英镑))"
    rf"\s?(?P<scale>{_any(_SCALES)})?(?:多|余)?\s?(?P<unit>{_any(_UNITS)})?"
)
_BARE = re.compile(_NUMBER)
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


def _in_part(analysis: Analysis, part: int) -> Iterable[Money]:
    text = analysis.folded(part)
    for match in _PATTERN.finditer(text):
        value = _value(match)
        if value is None or (not match["unit"] and not match["sign"] and not _is_about_money(text, match.start())):
            continue
        end = match.start() + len(match[0].rstrip())
        passage = analysis.passage(part, match.start(), end)
        yield Money(part, passage.span, passage.text, passage.folded, value, _currency(match))


def _is_about_money(text: str, at: int) -> bool:
    before = text[max(0, at - 10) : at]
    return any(word in before for word in _MATTERS)


def _value(match: re.Match[str]) -> float | None:
    scale = _SCALES[match["scale"] or ""]
    if match["chinese"]:
        number = chinese_number(match["chinese"])
        return None if number is None else float(number * scale)
    digits = _BARE.search(match[0])
    return float(digits[0].replace(",", "")) * scale if digits else None


def _currency(match: re.Match[str]) -> str:
    if match["unit"] and match["unit"] not in ("元", "块", "圆"):
        return _UNITS[match["unit"]]
    return _SIGNS.get((match["sign"] or "").strip(), "CNY")


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
