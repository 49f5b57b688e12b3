"""Numbers and bullets as office programs show them."""

from __future__ import annotations

import pytest
from commlint_minutes.counting import bullet, counted, spaced
from commlint_minutes.symbols import symbol


@pytest.mark.parametrize(("number", "form", "shown"), [
    (1, "decimal", "1"), (10, "chineseCounting", "十"), (12, "chineseCountingThousand", "十二"), (20, "chineseCounting", "二十"), (105, "chineseCounting", "一百零五"),
    (110, "chineseCounting", "一百一十"), (1001, "chineseCounting", "一千零一"), (1010, "japaneseCounting", "一千零一十"), (11, "chineseLegalSimplified", "壹拾壹"),
    (10, "ideographDigital", "一\u3007"), (3, "decimalEnclosedCircle", "\u2462"), (21, "decimalEnclosedCircle", "21"), (2, "ideographTraditional", "乙"), (13, "ideographZodiac", "子"),
    (12, "decimalFullWidth", "\uff11\uff12"), (4, "lowerRoman", "iv"), (1994, "upperRoman", "MCMXCIV"), (27, "lowerLetter", "aa"), (26, "upperLetter", "Z"), (7, "decimalZero", "07"),
    (5, "none", ""), (5, "unheardOf", "5"), (0, "chineseCounting", "0"), (-3, "upperRoman", "-3"), (123456789, "chineseCounting", "123456789"),
])
def test_numbers_are_written_in_every_format(number: int, form: str, shown: str) -> None:
    """What a format cannot say is written in digits."""
    assert counted(number, form) == shown


@pytest.mark.parametrize(("mark", "shown"), [("1.", "1. "), ("一、", "一、"), ("\uff081\uff09", "\uff081\uff09"), ("", ""), ("x" * 1000, "x" * 100 + " "), ("a\r\nb", "a b ")])
def test_marks_stand_apart_from_words(mark: str, shown: str) -> None:
    """Unless full-width punctuation does that; no mark is long or breaks the line."""
    assert spaced(mark) == shown


@pytest.mark.parametrize(("font", "code", "shown"), [
    ("Wingdings", "F0FE", "\u2611"), ("wingdings", "A8", "\u2610"), ("Wingdings 2", "F052", "\u2611"), ("Symbol", "F0B7", "\u2022"), ("Arial", "2022", "\u2022"), ("Nobody", "F0FE", ""),
    ("x", "", ""), ("x", "110000", ""), ("x", "D800", ""), ("x", "0D", ""), ("x", "-1", ""),
])
def test_symbols_are_what_they_look_like(font: str, code: str, shown: str) -> None:
    """Those of symbol fonts by a table, others as they are; what has no look in text is left out."""
    assert symbol(font, code) == shown


def test_bullets_of_symbol_fonts_are_plain() -> None:
    """Others stay as they are."""
    assert (bullet("\uf0b7"), bullet("-"), bullet("")) == ("\u2022", "-", "\u2022")
