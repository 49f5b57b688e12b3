"""The grammar is unambiguous, and its keywords, terminals and vocabulary do not get into each other's way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lark import Lark

from commlint.engine.vocabulary import VOCABULARY
from commlint.lang.keywords import KEYWORD, KEYWORDS, UNITS, duration, terminals
from commlint.lang.parser import parse
from commlint.model.symbols import Attribute, Function

GRAMMAR = Path(__file__).parents[2] / "grammar"


def test_no_conflict() -> None:
    """The grammar is LALR(1) without any conflict, of rules or (with interegular, which lark asks for) of terminals."""
    Lark.open(str(GRAMMAR / "norm.lark"), parser="lalr", strict=True, start=["start", "expression"])


def test_terminals_are_up_to_date() -> None:
    """The keyword part of terminals.lark is what keywords.py makes."""
    assert terminals() in (GRAMMAR / "terminals.lark").read_text("utf-8")


def test_every_keyword_in_both_languages() -> None:
    """A keyword lacks a spelling only where the other language orders its words differently."""
    lacking = {keyword.terminal for keyword in KEYWORDS if not (keyword.en and keyword.zh)}
    assert lacking == {"AMID", "INSIDE", "WITHIN", "COUNTER"}


@pytest.mark.parametrize("statement", ["RULE", "LET", "CITES", "WHY", "REQUIRE", "GOOD"])
def test_statement_keywords_are_distinct(statement: str) -> None:
    """No spelling begins two kinds of statements."""
    starts = ["RULE", "LET", "CITES", "WHY", "TAGS", "PARAM", "APPLIES", "EACH", "REQUIRE", "FORBID", "MESSAGE", "SUGGEST", "FIX", "ON_UNKNOWN", "GOOD", "BAD"]
    others = {spelling for terminal in starts if terminal != statement for spelling in KEYWORD[terminal].spellings}
    assert not others & set(KEYWORD[statement].spellings)


def _bare_words() -> Iterator[str]:
    for symbol in VOCABULARY:
        if isinstance(symbol, Attribute | Function) or symbol.names.en:
            yield from symbol.names.all
        if isinstance(symbol, Attribute) and symbol.singular:
            yield from symbol.singular.all


@pytest.mark.parametrize("word", sorted({word for word in _bare_words() if word}))
def test_vocabulary_needs_no_quoting(word: str) -> None:
    """Every word of the vocabulary is read as a name wherever a value can stand, keyword or not."""
    text = f"rule a {{ require {word} and any {word} in {word} unless {word} == {word} at {word}.{word} }}"
    assert parse(text, "a.norm")[1] == ()


@pytest.mark.parametrize("spelling", sorted(UNITS))
def test_units(spelling: str) -> None:
    """Every unit is read with and without a blank, and what is written is read as the same."""
    for text in (f"3{spelling}", f"3 {spelling}", duration(3, UNITS[spelling], "zh"), duration(3, UNITS[spelling], "en")):
        file, problems = parse(f"let a = {text}", "a.norm")
        assert file is not None
        assert problems == ()
        assert file.lets[0].value.value == (3, UNITS[spelling])
