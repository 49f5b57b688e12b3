"""The numbers and bullets that office programs put before paragraphs: 1. (2) 三、 ④ 甲 iv) and \u2022."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "十", "百", "千")
_FORMAL_UNITS = ("", "拾", "佰", "仟")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LONGEST = 100
_LARGEST = 9_999  # beyond it, numbers are written in digits whatever the format

# By the names of ST_NumberFormat (ECMA-376 part 1, 17.18.59); what is missing is written in digits.
_CHINESE = ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting", "koreanDigital2")
_PLACES = ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital")
_FORMALS = ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal")
_CIRCLED = ("decimalEnclosedCircle", "decimalEnclosedCircleChinese", "ideographEnclosedCircle")
BULLET = "\u2022"


def counted(number: int, form: str) -> str:
    """`number` in the number format `form` ("decimal", "chineseCounting", "upperRoman", …); "" for "none"."""
    if form in ("none", "bullet"):
        return ""
    if 0 < number <= _LARGEST:
        return _written(number, form)
    return str(number)


def _written(number: int, form: str) -> str:
    if form in _CHINESE:
        return chinese(number, _DIGITS, _UNITS)
    if form in _FORMALS:
        return chinese(number, _FORMAL, _FORMAL_UNITS)
    if form in _PLACES:
        return "".join(("\u3007" + _DIGITS[1:])[int(digit)] for digit in str(number))
    if form in _CIRCLED:
        return chr(0x2460 + number - 1) if number <= 20 else str(number)
    if form in ("ideographTraditional", "ideographZodiac"):
        letters = _STEMS if form == "ideographTraditional" else _BRANCHES
        return letters[(number - 1) % len(letters)]
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return str(number).translate({ord(digit): 0xFF10 + int(digit) for digit in "0123456789"})
    return _latin(number, form)


def _latin(number: int, form: str) -> str:
    if form in ("lowerRoman", "upperRoman"):
        return roman(number) if form == "lowerRoman" else roman(number).upper()
    if form in ("lowerLetter", "upperLetter"):
        letter = chr((97 if form == "lowerLetter" else 65) + (number - 1) % 26)
        return letter * min(10, (number - 1) // 26 + 1)  # aa follows z, as Word counts
    return f"{number:02d}" if form == "decimalZero" else str(number)


def chinese(number: int, digits: str = _DIGITS, units: tuple[str, ...] = _UNITS) -> str:
    """1 to 9,999 in words: 十二, 一百零五."""
    written = ""
    gap = False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            written += (digits[0] if gap else "") + digits[digit] + units[place]
        gap = not digit and bool(written)
    return written[1:] if digits == _DIGITS and written.startswith("一十") else written


def roman(number: int) -> str:
    """Small Roman numerals."""
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def bullet(text: str) -> str:
    """A bullet as text: those of symbol fonts become a plain one."""
    return text if text and all(ord(letter) < 0xE000 or ord(letter) > 0xF8FF for letter in text) else BULLET


def spaced(mark: str) -> str:
    """A mark with what parts it from the words: nothing behind full-width punctuation, else a blank. Nobody's mark is long."""
    mark = " ".join(mark[:_LONGEST].split())
    return mark if not mark or mark[-1] in "\u3001\u3002\uff0e\uff09\uff1a" else mark + " "
