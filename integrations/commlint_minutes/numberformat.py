"""A number as a sheet shows it: dates and times by their format (ECMA-376 part 1, 18.8.30 and 18.8.31), numbers with their decimals.

Formats with dates in them are followed token by token. Of other formats, what changes the words people read is followed: decimals,
thousands, per cent, and literal text around the number; colours, padding, conditions and fractions are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from math import isfinite

from attrs import frozen

# Built-in formats by number; 14 and 22 are shown as the machine's locale has them, 27 to 36 and 50 to 58 those of Chinese Excel.
_MONTH, _DAY, _TIME = 'yyyy"年"m"月"', 'm"月"d"日"', 'h"时"mm"分"'
_HALVES = "上午/下午"
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "General", 12: "General", 13: "General",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: _MONTH, 28: _DAY, 29: _DAY, 30: "m-d-yy", 31: f'{_MONTH}d"日"', 32: _TIME, 33: f'{_TIME}ss"秒"', 34: f"{_HALVES}{_TIME}", 35: f'{_HALVES}{_TIME}ss"秒"', 36: _MONTH,
    37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 49: "@",
    50: _MONTH, 51: _DAY, 52: _MONTH, 53: _DAY, 54: _DAY, 55: f"{_HALVES}{_TIME}", 56: f'{_HALVES}{_TIME}ss"秒"', 57: _MONTH, 58: _DAY,
}
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|(?P<blank>_.|\*.)|\[(?P<span>h+|m+|s+)\]|\[\$(?P<currency>[^\]\-]*)[^\]]*\]|\[[^\]]*\]'
    r"|(?P<half>AM/PM|A/P|上午/下午)|(?P<digits>G/通用格式|General|[0#?][0#?,.]*(?P<power>E[+-]0+)?)|(?P<era>g+)|(?P<letters>y+|m+|d+|h+|s+|a{3,4}|e+)"
    r"|(?P<fraction>\.0+)|(?P<percent>%)|(?P<at>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_LETTERS = frozenset(("letters", "span", "half"))
_LONGEST = 400  # characters of a format: Excel takes 255
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_WEEKDAYS = "一二三四五六日"
_ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS = 2_958_466  # serial of the first day after 9999-12-31


@frozen
class Piece:
    """A token of a format: what it is, and how it is written."""

    kind: str
    text: str


@frozen
class Format:
    """A format taken apart: is it of a date or time, and its pieces."""

    dated: bool
    pieces: tuple[Piece, ...]


@lru_cache(maxsize=512)
def read(code: str) -> Format:
    """The format `code`, of several sections the first: that of positive numbers."""
    pieces = tuple(_minutes(list(_pieces(code[:_LONGEST]))))
    return Format(any(piece.kind in _LETTERS for piece in pieces), pieces)


def shown(number: float, code: str, *, from_1904: bool = False) -> tuple[str, bool]:
    """What a cell with `number` shows, and whether that is a date or time; what is no day of a calendar is shown as a number."""
    if not isfinite(number):
        return "", False
    form = read(code)
    if form.dated:
        exact = any(piece.kind == "fraction" for piece in form.pieces)
        moment = instant(number if exact else round(number * 86_400) / 86_400, from_1904=from_1904)
        if moment is not None:
            return dated(moment, form, number), True
        return general(number), False
    return _numeric(number, form), False


def instant(number: float, *, from_1904: bool = False) -> datetime | None:
    """The moment of a serial number, to the millisecond; None when it is on no calendar.

    Serials before 61 are one day on: Lotus 1-2-3 took 1900 for a leap year, and so do the others.
    """
    if not 0 <= number < _DAYS:
        return None
    base = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 31) if number < 60 else datetime(1899, 12, 30)
    try:
        return base + timedelta(milliseconds=round(number * 86_400_000))
    except OverflowError:
        return None


def general(number: float) -> str:
    """A number without a format: at most eleven digits."""
    if number == int(number) and abs(number) < 1e11:
        return str(int(number))
    text = f"{number:.10g}" if 1e-9 < abs(number) < 1e11 else f"{number:.6G}"
    return text.removesuffix(".0")


def dated(moment: datetime, form: Format, number: float = 0.0) -> str:
    """A moment in a format of dates or times; `number` is what elapsed hours are counted from."""
    halves = any(piece.kind == "half" for piece in form.pieces)
    return "".join(_of_date(piece, moment, number, halves=halves) for piece in form.pieces).strip()


def _pieces(code: str) -> Iterator[Piece]:
    for match in _TOKEN.finditer(code):
        kind = "digits" if match["digits"] else match.lastgroup or ""
        text = match[kind] if kind else ""
        if kind == "other" and text == ";":
            return
        if kind in ("quoted", "escaped", "currency", "other"):
            yield Piece("literal", text)
        elif kind and kind not in ("blank", "era"):
            yield Piece(kind, text if kind == "digits" else text.lower() if kind != "half" else text)


def _minutes(pieces: list[Piece]) -> Sequence[Piece]:
    """An m behind hours or before seconds means minutes; the general format and numbers hold no letters of dates."""
    letters = [at for at, piece in enumerate(pieces) if piece.kind in ("letters", "span")]
    for place, at in enumerate(letters):
        before = pieces[letters[place - 1]].text[:1] if place else ""
        after = pieces[letters[place + 1]].text[:1] if place + 1 < len(letters) else ""
        if pieces[at].kind == "letters" and pieces[at].text in ("m", "mm") and (before == "h" or after == "s"):
            pieces[at] = Piece("letters", "n" * len(pieces[at].text))
    return pieces


def _of_date(piece: Piece, moment: datetime, number: float, *, halves: bool) -> str:
    kind, text = piece.kind, piece.text
    if kind == "letters":
        return _letters(text, moment, halves=halves)
    if kind == "span":
        elapsed = {"h": 24, "m": 1440, "s": 86_400}[text[0]]
        return str(int(round(number * 86_400) * elapsed // 86_400)).zfill(len(text))
    if kind == "half":
        early, _, late = text.partition("/")
        return early if moment.hour < 12 else late
    if kind == "fraction":
        return f".{moment.microsecond // 1000:03d}"[: len(text)]
    return text if kind in ("literal", "digits", "percent") else ""


def _letters(text: str, moment: datetime, *, halves: bool) -> str:
    sign, length = text[0], len(text)
    if sign in "ye":
        return f"{moment.year % 100:02d}" if sign == "y" and length < 3 else f"{moment.year:04d}"
    if sign == "m" and length > 2:
        name = _MONTHS[moment.month - 1]
        return name[:3] if length == 3 else name[:1] if length == 5 else name
    if sign == "d" and length > 2:
        name = _ENGLISH_WEEKDAYS[moment.weekday()]
        return name[:3] if length == 3 else name
    if sign == "a":
        return ("星期" if length > 3 else "") + _WEEKDAYS[moment.weekday()]
    hour = (moment.hour + 11) % 12 + 1 if halves else moment.hour
    value = {"m": moment.month, "d": moment.day, "h": hour, "n": moment.minute, "s": moment.second}[sign]
    return str(value).zfill(min(length, 2))


def _numeric(number: float, form: Format) -> str:
    digits = next((piece.text for piece in form.pieces if piece.kind == "digits"), "General")
    percent = any(piece.kind == "percent" for piece in form.pieces)
    amount = _amount(number * 100 if percent else number, digits)
    if not any(piece.kind in ("digits", "at") for piece in form.pieces):
        return amount
    return "".join(_of_number(form.pieces, amount)).strip()


def _of_number(pieces: Sequence[Piece], amount: str) -> Iterator[str]:
    """The literals, and the number once where its first digits stand."""
    written = False
    for piece in pieces:
        if piece.kind in ("digits", "at") and not written:
            written = True
            yield amount
        elif piece.kind == "literal":
            yield piece.text
        elif piece.kind == "percent":
            yield "%"


def _amount(number: float, digits: str) -> str:
    if digits[0] in "Gg" or "E" in digits.upper():
        return general(number)
    whole, _, decimals = digits.partition(".")
    places = min(sum(decimals.count(sign) for sign in "0#?"), 15)
    if abs(number) >= 1e15:
        return general(number)
    text = f"{number:,.{places}f}" if "," in whole.strip(",") else f"{number:.{places}f}"
    optional = len(decimals) - len(decimals.rstrip("#?"))
    if optional and "." in text:
        kept = len(text) - optional
        text = (text[:kept] + text[kept:].rstrip("0")).rstrip(".")
    return text.zfill(whole.count("0")) if "," not in whole and "-" not in text else text
