"""What Chinese names are made of: surnames by class, given-name characters by likelihood, titles, and the words that look like names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from attrs import frozen

from commlint.entities.departments import choice
from commlint.entities.wordlists import sections, tables

HAN = "\u3400-\u9fff"
# A day right behind a name that begins an item: 张三5月22日前写报告.
DAY = r"(?:\d{1,2}(?:月\d{1,2}|[日号/:.点]\d{0,2}|-\d{1,2}(?!\d))|(?:今|明|后)[天日晚]|(?:本|下|这)?周[一二三四五六日末内]|(?:本|下)月|月底前)"

_COMMON = 100  # so many surnames, first in their list, are those of most people


@frozen
class NameTables:
    """Scores of surnames and of given-name characters, and the words that speak against a name."""

    surname: Mapping[str, float]
    compound: frozenset[str]
    weak: frozenset[str]  # surnames that are words or begin many
    feeble: frozenset[str]  # those that are prepositions, adverbs and the like
    given: Mapping[str, float]  # for other characters see `given_score`
    never: frozenset[str]  # characters that are in no given name
    words: frozenset[str]
    verbs: frozenset[str]
    refused: frozenset[str]  # words that no name begins with, whatever speaks for it
    titles: Mapping[str, tuple[str, ...]]  # by first character, the longest first
    front: Mapping[str, tuple[str, ...]]  # titles that stand before a name, by the last two characters, the longest first
    short: frozenset[str]  # titles of one character
    begun: Mapping[str, tuple[str, ...]]  # titles by their first two characters, the longest first
    titular: frozenset[str]  # characters that a title begins with


@cache
def name_tables() -> NameTables:
    """The tables, read once."""
    lists, common, given = sections("people"), tables("common"), tables("given")
    weak, feeble = frozenset("".join(lists["rare"])), frozenset("".join(lists["very-rare"]))
    score = dict.fromkeys(lists["surname"], 0.5) | dict.fromkeys(lists["surname-more"], 0.5) | dict.fromkeys(lists["surname"][:_COMMON], 1.0)
    score |= {sign: -0.5 for sign in weak if sign in score} | {sign: -1.5 for sign in feeble if sign in score}
    letters = dict.fromkeys("".join(given["seldom"]), -0.5) | dict.fromkeys("".join(given["possible"]), 0.25) | dict.fromkeys("".join((*given["likely"], *lists["given"])), 1.0)
    for sign in set("".join(lists["never"])).difference("".join(lists["given"])):
        letters.pop(sign, None)
    titles = [title for title in lists["title"] if not title.isascii()]
    return NameTables(
        score, frozenset(lists["compound"]), weak, feeble, letters, frozenset("".join(lists["never"])).difference("".join(lists["given"])), common["word"].union(common["verb"], (word for name in ("word", "never-word", "behind-person", "behind", "behind-strong") for word in lists[name] if len(word) > 1)), common["verb"], frozenset(lists["never-word"]),
        by_sign(titles, slice(1)), by_sign((title for title in titles if title not in lists["address"] and title != "代理"), slice(-2, None)),
        frozenset(lists["short-title"]), by_sign(titles, slice(2)), frozenset((*(title[0] for title in titles), *lists["short-title"])),
    )  # fmt: skip


def given_score(sign: str) -> float | None:
    """How likely a character is in a given name, from 1 to -1.25; None for one that never is, or is no Chinese character."""
    tables = name_tables()
    found = tables.given.get(sign)
    if found is None:
        return None if not sign or sign in tables.never or not "\u3400" <= sign <= "\u9fff" else -1.25
    return found


def by_sign(words: Iterable[str], at: slice) -> dict[str, tuple[str, ...]]:
    """Words by what of them stands at `at`, the first or last characters, the longest first."""
    found: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        found.setdefault(word[at], []).append(word)
    return {sign: tuple(each) for sign, each in found.items()}


@cache
def surnames() -> str:
    """A pattern of any surname."""
    lists = sections("people")
    return f"(?:{choice(lists['compound'])}|[{''.join((*lists['surname'], *lists['surname-more']))}])"


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
    return not name.isascii() and name[0] in name_tables().weak


def is_word(name: str) -> bool:
    """Whether what is shaped like a name is a word, and hardly a name as well (谈笑 is both)."""
    tables = name_tables()
    if name[1:] in _second_words() or name[:2] in tables.refused:
        return True
    return (name[:2] in tables.words or name in tables.words) and not all(tables.given.get(sign) == 1 for sign in name[1:])


@cache
def _second_words() -> frozenset[str]:
    """What a surname character can be the start of without being a name: titles and verbs."""
    lists = sections("people")
    return frozenset((*lists["title"], *lists["short-title"], *(word for word in lists["behind-strong"] if len(word) > 1)))
