"""The fold: one spelling, offsets kept."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commlint.model.sourcemap import SourceMap
from commlint.model.span import Span
from commlint.text import simplified
from commlint.text.fold import TABLE, Folded, fold, fold_string, replaced
from tests.derive_fold_table import module as derived

INVISIBLE = "\u200b\u200d\u2060\ufeff\u00ad\ufe00\ufe0f\u202a\u2066\U000e0100\U000e01ef"
TEXTS = st.text(st.one_of(st.characters(), st.sampled_from("ABz請盡快會議\uff0c\uff1a\uff21\uff11\u3000\u3002、\u0130\u03a3\u212a\U0001f600" + INVISIBLE)))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("\uff21\uff22\uff23\uff11\uff12\uff0c\uff1a\uff08\uff09\uff01\uff1f\uff1b", "abc12,:()!?;"),
        ("請盡快提交會議紀要", "请尽快提交会议纪要"),
        ("ASAP\u3000今天", "asap 今天"),
        ("\u3002、\u201c\u201d\u300c\u300d《》", "\u3002、\u201c\u201d\u300c\u300d《》"),
        ("尽\u200b快\ufe0f", "尽快"),
        ("\u0130\u03a3\u03a3", "\u0130\u03c3\u03c3"),
        ("\u212a\u00c4", "k\u00e4"),
        ("好\U0001f600的\U000e0100", "好\U0001f600的"),
        ("", ""),
        ("\u200b", ""),
    ],
)
def test_what_is_written_in_many_ways_folds_to_one(text: str, folded: str) -> None:
    """Width, script, case and invisible characters do not tell texts apart; punctuation without a half width stays."""
    assert fold_string(text) == folded


def test_the_table_is_what_opencc_says() -> None:
    """The data module is what the generator writes from the package."""
    assert Path(simplified.__file__).read_text("utf-8") == derived()


def test_nothing_the_table_gives_is_folded_again() -> None:
    """Chains were followed to their end."""
    assert [value for value in TABLE.values() if value in TABLE or value != value.lower()] == []


def test_every_character_folds_to_one_or_to_none() -> None:
    """All of Unicode keeps its length, but for what is invisible; and folding once is folding enough."""
    everything = [chr(code) for code in range(sys.maxunicode + 1)]
    odd = [character for character in everything if len(fold_string(character)) > 1]
    again = [character for character in everything if fold_string(fold_string(character)) != fold_string(character)]
    assert (odd, again) == ([], [])


@given(TEXTS)
def test_the_fold_of_a_text_is_the_fold_of_its_characters(text: str) -> None:
    """What lies around a character never changes how it folds."""
    assert fold_string(text) == "".join(map(fold_string, text))


@given(TEXTS)
def test_both_ways_of_translating_agree(text: str) -> None:
    """Replacing kind by kind gives what the table gives."""
    assert replaced(text) == "".join(TABLE.get(character, character) for character in text)


@given(TEXTS)
def test_every_folded_character_lies_where_it_came_from(text: str) -> None:
    """The source map leads from a folded character to the one it was folded from."""
    folded = fold(text)
    spans = [folded.source_map.to_source(Span(at, at + 1)) for at in range(len(folded.text))]
    assert [fold_string(span.of(text)) for span in spans] == list(folded.text)


@given(TEXTS)
def test_fold_and_fold_string_agree(text: str) -> None:
    """The string alone is the text of the fold."""
    assert fold(text).text == fold_string(text)


def test_a_plain_text_maps_onto_itself() -> None:
    """Without invisible characters offsets do not move."""
    assert fold("Hello") == Folded("hello", SourceMap.identity(5))
