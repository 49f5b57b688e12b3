"""Where a Chinese name can begin and how long it can be: surnames, titles, and the words that only look like names."""

from __future__ import annotations

import re
from functools import cache

from commlint.entities.departments import choice
from commlint.entities.wordlists import sections

HAN = "\u3400-\u9fff"
# A day right behind a name that begins an item: 张三5月22日前写报告.
DAY = r"(?:\d{1,2}(?:月\d{1,2}|[日号/:.点]\d{0,2}|-\d{1,2}(?!\d))|(?:今|明|后)[天日晚]|(?:本|下|这)?周[一二三四五六日末内]|(?:本|下)月|月底前)"


@cache
def surnames() -> str:
    """A pattern of any surname."""
    lists = sections("people")
    return f"(?:{choice(lists['compound'])}|[{''.join(lists['surname'])}])"


@cache
def full_name() -> re.Pattern[str]:
    """A surname and one or two characters."""
    return re.compile(rf"{surnames()}[{HAN}]{{1,2}}")


@cache
def titles() -> str:
    """A pattern of any Chinese title."""
    return f"(?:{choice(word for word in sections('people')['title'] if not word.isascii())})"


def is_rare(name: str) -> bool:
    """Whether a name starts like many words that are none."""
    return not name.isascii() and name[0] in sections("people")["rare"]


def is_word(name: str) -> bool:
    """Whether what is shaped like a name is a word."""
    return name[:2] in words() or name in words() or name[1:] in _second_words()


@cache
def words() -> frozenset[str]:
    """The words that start like a name."""
    return frozenset(sections("people")["word"])


@cache
def _second_words() -> frozenset[str]:
    """What a surname character can be the start of without being a name: titles and verbs."""
    lists = sections("people")
    return frozenset((*lists["title"], *lists["short-title"], *(word for word in lists["follow"] if len(word) > 1)))
