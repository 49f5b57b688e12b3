"""Names that only their place tells: as labels and first words in a list of work, and where one introduced before stands once more."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from functools import cache

from commlint.entities.analysis import united
from commlint.entities.departments import choice
from commlint.entities.surnames import DAY, HAN, full_name, is_rare, is_word, surnames
from commlint.entities.wordlists import sections
from commlint.model.span import Span
from commlint.model.values import LabelledField

_LISTS = frozenset(("actions", "next", "decisions", "discussion", "views"))
_WORK = frozenset(("actions", "next"))
_MOST_NAMES = 200


def again(text: str, introduced: Collection[str]) -> Iterable[tuple[int, int, str]]:
    """Where the names that a label, a department or a title has introduced start and end in `text`."""
    names = {name for name in introduced if len(name) > 1}
    if len(names) > _MOST_NAMES:
        return
    for name in names:
        weak = is_rare(name) and len(name) == 2
        for start, end in _places(text, name):
            if not weak or _alone(text, start, end) or _acts(text, start, end):
                yield start, end, name


def in_lists(text: str, found: Sequence[LabelledField]) -> Iterable[tuple[Span, str]]:
    """Names at the start of items: `张三:写报告`, `- 张三 写报告 6月5日`; `found` are the fields of the part that `text` is."""
    lists = [field for field in found if field.key in _LISTS and field.layout not in ("column", "row")]
    if not lists:
        return
    for field in lists:
        if field.key in _WORK:
            for match in _first_words().finditer(text, field.value.span.start, field.value.span.end):
                if not is_word(match[1]) and not is_rare(match[1]):
                    yield Span(*match.span(1)), match[1]
    stretches = united(field.value.span for field in lists)
    starts = [span.start for span in stretches]
    for field in found:
        if field.layout == "colon" and _is_name(field):
            at = bisect_right(starts, field.span.start) - 1
            if at >= 0 and stretches[at].contains(field.span):
                yield field.label.span, field.label.folded


def _is_name(field: LabelledField) -> bool:
    """Whether a label that no list of labels has is shaped like a name."""
    name = field.label.folded
    return field.key == name and full_name().fullmatch(name) is not None and not is_rare(name) and not is_word(name)


def _alone(text: str, start: int, end: int) -> bool:
    """Whether no character of another word touches the stretch."""
    return not re.match(rf"[{HAN}]", text[start - 1 : start] if start else "") and not re.match(rf"[{HAN}]", text[end : end + 1])


def _acts(text: str, start: int, end: int) -> bool:
    """Whether a name begins a clause and what a person does follows."""
    return not re.match(rf"[{HAN}]", text[start - 1 : start] if start else "") and _follows().match(text, end) is not None


@cache
def _follows() -> re.Pattern[str]:
    return re.compile(rf"(?:{choice(word for word in sections('people')['behind-strong'] if len(word) > 1)}|近期|近日|稍后|尽早|及时|抓紧|按时|继续|{DAY})")


def _places(text: str, name: str) -> Iterable[tuple[int, int]]:
    """Where a name stands, not inside a longer word in Latin script."""
    find, length = text.find, len(name)
    at = find(name)
    while at >= 0:
        end = at + length
        if not (_latin(text[at - 1 : at]) or _latin(text[end : end + 1])):
            yield at, end
        at = find(name, end)


def _latin(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


@cache
def _first_words() -> re.Pattern[str]:
    """A name that begins an item and stands apart: `- 张三 写报告 6月5日`."""
    return re.compile(rf"^[ \t]*(?:(?:[-*\u2022\u00b7]|\d{{1,2}}[.、)]|\(\d{{1,2}}\)|[\u2460-\u2473])[ \t]*)?(?:\[[ x]\][ \t]*)?({surnames()}[{HAN}]{{1,2}})(?=[ \t]*[ \t|\u2014\u2013])", re.MULTILINE)
