"""The scanner: no literal that a rule could match is ever missed."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commlint.model.span import Span
from commlint.text import automaton as engines
from commlint.text import scanner as module
from commlint.text.automaton import Automaton, CompiledAutomaton, PythonAutomaton
from commlint.text.fold import TABLE, fold, fold_string
from commlint.text.scanner import Scanner, spellings, uncommon

LITERALS = st.lists(st.text("尽快会议发干台里请于复\u3001,:( asopkz1290", min_size=1, max_size=22), max_size=8)
INVISIBLE = "\u200b\u200d\u00ad\ufeff\ufe0f\u202a\U000e0100"
ENGINES: list[Callable[[Sequence[str]], Automaton]] = [CompiledAutomaton, PythonAutomaton]


SPELLINGS: dict[str, list[str]] = {"k": ["\u212a"]}
for _key, _value in TABLE.items():
    SPELLINGS.setdefault(_value, []).append(_key)


def written(folded: str) -> list[str]:
    """Every character that folds to `folded` and that somebody may have typed."""
    return [folded, folded.upper() if len(folded.upper()) == 1 else folded, *SPELLINGS.get(folded, ())]


@st.composite
def scripts(draw: st.DrawFn, literals: list[str]) -> str:
    """A text with some of `literals` in it, in any width, script and case, invisible characters sprinkled in."""
    chosen = draw(st.lists(st.sampled_from(literals) | st.text(max_size=5), max_size=6)) if literals else [draw(st.text(max_size=9))]
    folded = draw(st.sampled_from(["", "\u3002", " x"])).join(map(fold_string, chosen))
    raw = [draw(st.sampled_from(written(character))) for character in folded]
    for at in draw(st.lists(st.integers(0, len(raw)), max_size=3)):
        raw.insert(at, draw(st.sampled_from(INVISIBLE)))
    return "".join(raw)


def present(literals: list[str], raw: str) -> set[int]:
    """The literals in the folded text, looked for one by one."""
    folded = fold_string(raw)
    return {index for index, literal in enumerate(literals) if literal in folded}


def places(literals: list[str], raw: str) -> list[tuple[int, int, int]]:
    """All places of all literals in the folded text, mapped back."""
    folded = fold(raw)
    found = []
    for index, literal in enumerate(literals):
        for at in range(len(folded.text)):
            if literal and folded.text.startswith(literal, at):
                span = folded.source_map.to_source(Span(at, at + len(literal)))
                found.append((index, span.start, span.end))
    return sorted(found, key=lambda hit: (hit[1], hit[2], hit[0]))


@contextmanager
def working(way: str) -> Iterator[None]:
    """A scanner's three ways to work: with the compiled automaton, with the one in Python, and before there is one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_WORTH_BUILDING", sys.maxsize if way == "one by one" else -1)
        if way == "python":
            patch.setattr(engines, "CompiledAutomaton", PythonAutomaton)
        yield


every_way = pytest.mark.parametrize("way", ["compiled", "python", "one by one"])


@every_way
@given(data=st.data(), literals=LITERALS)
def test_every_literal_in_the_folded_text_is_among_the_hits(data: st.DataObject, literals: list[str], way: str) -> None:
    """Hits hold all that folding and looking would find."""
    raw = data.draw(scripts(literals))
    with working(way):
        assert present(literals, raw) <= Scanner(literals).hits(raw)


@every_way
@given(data=st.data(), literals=LITERALS)
def test_find_gives_exactly_the_places_in_the_folded_text(data: st.DataObject, literals: list[str], way: str) -> None:
    """Every place of every literal, overlapping ones too, in offsets of the raw text."""
    raw = data.draw(scripts(literals))
    with working(way):
        assert Scanner(literals).find(raw) == places(literals, raw)


@given(st.lists(st.text("ab\u5c3d\U0001f600", min_size=1, max_size=4), unique=True, min_size=1), st.text("ab\u5c3d\U0001f600\ud800c"))
def test_both_automata_find_the_same(patterns: list[str], text: str) -> None:
    """The one in Python stands in for the compiled one without a difference."""
    found = [sorted(engine(patterns).finds(text)) for engine in ENGINES]
    assert found[0] == found[1]


@given(st.lists(st.text("ab", min_size=1, max_size=4), max_size=6, unique=True), st.text("abc", max_size=40), st.integers(1, 9))
def test_pieces_of_a_text_are_found_as_the_whole(patterns: list[str], text: str, piece: int) -> None:
    """Wherever a long text is cut, each occurrence is found once, in the same order."""
    whole = CompiledAutomaton(patterns).finds(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "_PIECE", piece)
        assert CompiledAutomaton(patterns).finds(text) == whole


def test_without_the_compiled_matcher_the_one_in_python_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """An import that fails is no failure."""
    monkeypatch.setitem(sys.modules, "ahocorasick_rs", None)
    assert isinstance(engines.automaton(["a"]), PythonAutomaton)


def test_every_character_is_either_unfolded_or_forces_the_fold() -> None:
    """All of Unicode: what folds to something else is a common spelling of it, or makes the text be folded first."""
    everything = (chr(code) for code in range(sys.maxunicode + 1))
    missed = [c for c in everything if (folded := fold_string(c)) != c and c not in set(spellings(folded)) and not uncommon(c)]
    assert missed == []


def test_ordinary_records_are_not_folded_to_be_looked_through() -> None:
    """Chinese and English as people type them, emoji too, hold nothing uncommon."""
    assert not uncommon("請於\u201c6月10日\u201d\u300017\uff1a00前回覆\uff08ASAP\uff09\u2026\u2026 3\u00d75 caf\u00e9 \u2103 \U0001f44d\U0001f600")


@pytest.mark.parametrize("raw", ["as soon as possible", "AS\u3000SOON as possible", "\uff41s soon as possible"])
def test_a_long_literal_is_found_by_a_piece(raw: str) -> None:
    """Thirty letters have more spellings than an automaton should hold."""
    scanner = Scanner(["as soon as possible", "soon as"])
    assert (scanner.hits(raw), [hit[0] for hit in scanner.find(raw)]) == (frozenset({0, 1}), [0, 1])


def test_a_scanner_pickles_as_its_literals() -> None:
    """Worker processes build their own automaton."""
    assert pickle.loads(pickle.dumps(Scanner(["尽快"]))).hits("請盡快") == frozenset({0})


def test_threads_share_a_scanner() -> None:
    """Eight threads that start at once all get the whole answer."""
    scanner = Scanner([f"词{number}号" for number in range(500)])
    texts = [f"词{number}号" * 40 for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(scanner.hits, texts)) == [frozenset({number}) for number in range(200)]


@every_way
def test_no_literals_no_hits(way: str) -> None:
    """A scanner of nothing finds nothing; an empty literal stands in every text."""
    with working(way):
        assert (Scanner([]).hits("任何"), Scanner(["", "x"]).hits("任何"), Scanner([""]).find("任何")) == (frozenset(), frozenset({0}), [])
