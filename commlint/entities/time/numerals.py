"""Numbers as people write them in dates and lengths: digits, Chinese numerals, a few English words."""

from __future__ import annotations

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "日": 7, "天": 7, "末": 7}
_WORDS = {
    "half a": 0.5, "half an": 0.5, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1,
    "首": 1, "头": 1, "末": -1, "最后一": -1, "最后": -1,
}


def number(written: str) -> float:
    """What `written` counts: 25 for 25, 二十五 and 廿五; 0.5 for 半. Raises ValueError when it is no number."""
    if written in _WORDS:
        return _WORDS[written]
    if written == "半":
        return 0.5
    if written[:1].isascii():
        return float(written) if "." in written else int(written)
    return _DIGITS[written] if written in _DIGITS else _chinese(written)


def whole(written: str) -> int:
    """`number` for what can only be whole."""
    return int(written) if written.isdecimal() else int(number(written))


def _chinese(written: str) -> int:
    written = written.replace("廿", "二十").replace("卅", "三十")
    if not any(unit in written for unit in "十百"):
        return int("".join(str(_digit(character)) for character in written))
    total, current = 0, 0
    for character in written:
        if character in "十百":
            total += (current or 1) * (10 if character == "十" else 100)
            current = 0
        else:
            current = _digit(character)
    return total + current


def _digit(character: str) -> int:
    if character not in _DIGITS:
        raise ValueError(f"not a numeral: {character}")
    return _DIGITS[character]
