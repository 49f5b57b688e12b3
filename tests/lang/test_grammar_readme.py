"""The language reference says what is so: its examples run, its tables are those of the code, its chapters cover the language."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from commlint.engine.symboltable import SymbolTable
from commlint.engine.vocabulary import VOCABULARY
from commlint.lang.compile import Compiled, compile_files
from commlint.lang.format import formatted
from commlint.lang.keywords import KEYWORDS
from commlint.lang.packs import load
from commlint.lang.parser import parse
from commlint.lang.reference import SECTIONS, filled, in_chinese
from commlint.model.symbols import Attribute
from commlint.testing import run_examples

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "grammar" / "README.md").read_text("utf-8")
TABLE = SymbolTable(VOCABULARY)
_BLOCK = re.compile(r"^```(norm|norm-part)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RULES = [match.group(2) for match in _BLOCK.finditer(PAGE) if match.group(1) == "norm"]
PARTS = [match.group(2) for match in _BLOCK.finditer(PAGE) if match.group(1) == "norm-part"]


def compiled(text: str) -> Compiled:
    """A block of the page, compiled with the bundled lists; it has no problem of form."""
    file, problems = parse(text, "README.md")
    assert problems == ()
    assert file is not None
    return compile_files([file], TABLE, lists=_lists())


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    return dict(load(ROOT / "rules").lists)


@pytest.mark.parametrize("text", RULES, ids=lambda text: text.split()[1])
def test_rules_run(text: str) -> None:
    """Every rule of the page compiles, and its examples come out as they say."""
    made = compiled(text)
    assert made.diagnostics == ()
    report = run_examples(made, TABLE)
    assert report.passed, report.text()
    assert (report.rules, report.examples > 2) == (1, True)


@pytest.mark.parametrize("text", PARTS, ids=lambda text: text.split()[0])
def test_parts_compile(text: str) -> None:
    """Every part of a rule on the page means something."""
    made = compiled(f"rule part (LOC999) {{\n{text}\nrequire subject is present\n}}\n")
    assert made.diagnostics == ()


@pytest.mark.parametrize("text", RULES, ids=lambda text: text.split()[1])
def test_rules_are_formatted(text: str) -> None:
    """The rules of the page are laid out as the formatter lays them out, and survive the other language."""
    own = formatted(text, "README.md", TABLE)
    assert own == text
    lang = "zh" if "\u89c4\u5219" in text else "en"
    assert formatted(formatted(own, "README.md", TABLE, "en" if lang == "zh" else "zh"), "README.md", TABLE, lang) == own


def test_tables_are_made_from_the_code() -> None:
    """Keywords, vocabulary, functions and diagnostics on the page are those of the code.

    `python -m commlint.lang.reference grammar/README.md` makes them anew.
    """
    assert filled(PAGE) == PAGE
    assert {name for name in SECTIONS if f"<!-- made: {name} -->" in PAGE} == set(SECTIONS)


@pytest.mark.parametrize("terminal", sorted({keyword.terminal for keyword in KEYWORDS} - {"RECORD", "COUNTER"}))
def test_every_keyword_is_shown_at_work(terminal: str) -> None:
    """No keyword is only listed: one of its spellings stands in an example or in the tables that explain conditions."""
    (keyword,) = (keyword for keyword in KEYWORDS if keyword.terminal == terminal)
    prose = PAGE.split("<!-- made: keywords -->")[0]
    assert any(spelling in prose for spelling in (keyword.zh, keyword.en) if spelling)


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(#([^)]+)\)", PAGE))))
def test_links(link: str) -> None:
    """Every link leads to a chapter of the page."""
    assert link in {_anchor(line.lstrip("#").strip()) for line in PAGE.splitlines() if line.startswith("#")}


def _anchor(title: str) -> str:
    kept = "".join(sign for sign in title.lower() if sign.isalnum() or sign in " -_")
    return kept.replace(" ", "-")


@pytest.mark.parametrize("word", [word for word in VOCABULARY if isinstance(word, Attribute)], ids=lambda word: f"{word.owner}.{word.names.en}")
def test_every_word_has_an_example_in_both_languages(word: Attribute) -> None:
    """Each example is a statement or condition of the language, and the Chinese one speaks of the word by its Chinese name."""
    assert word.example
    if not word.example.startswith("{"):
        said = in_chinese(word.example, word.owner, SymbolTable(VOCABULARY))
        names = [word.names.zh, *word.names.aliases, *([word.singular.zh] if word.singular else [])]
        assert any(name in said for name in names) or word.names.en not in word.example
