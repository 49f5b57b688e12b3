"""An `each` visits only elements that hold a literal without which its checks find nothing; no verdict changes."""

from __future__ import annotations

from functools import cache

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from commlint.engine.evaluate import evaluate
from commlint.engine.symboltable import SymbolTable
from commlint.engine.vocabulary import VOCABULARY
from commlint.entities.analysis import RecordAnalysis
from commlint.lang.variants import variants
from commlint.model.record import Kind, Record
from tests.engine.programs_by_hand import at, environment
from tests.lang.compiling import program

GETTERS = SymbolTable(VOCABULARY).getters()
BODIES = {
    'each s in sentences { forbid any phrase(["\u5c3d\u5feb"])[not quoted] in s }': ["\u5c3d\u5feb"],
    'each s in sentences where s.directive { forbid any phrase(["\u5c3d\u5feb", "asap"]) in s unless any deadline in s }': ["asap", "\u5c3d\u5feb"],
    'each s in sentences where s contains "q" { forbid any "\u5c3d\u5feb" in s }': ["\u5c3d\u5feb"],
    "each s in sentences { forbid s matches /asap|\u5c3d\u5feb/ }": ["asap", "\u5c3d\u5feb"],
    'each l in lines { require no "asap" in l\nforbid l contains "\u5c3d\u5feb" }': ["asap", "\u5c3d\u5feb"],
    'each s in sentences { each q in quotations { forbid any "\u5c3d\u5feb" in s } }': ["\u5c3d\u5feb"],
    'each s in sentences { forbid any "\u5c3d\u5feb" in body }': None,
    'each s in sentences { forbid any "\u5c3d\u5feb" in s\nrequire urgent }': None,
    'each s in sentences { require any "\u5c3d\u5feb" in s }': None,
    'each s in sentences { each l in lines { forbid any "\u5c3d\u5feb" in l } }': ["\u5c3d\u5feb"],
    'each f in labelled(["\u5907\u6ce8"]) { forbid any "\u5c3d\u5feb" in f }': ["\u5c3d\u5feb"],
    'each s in sentences { forbid any "\u5c3d\u5feb" in s or s.directive }': None,
    'each s in sentences { forbid any phrase(["\u5c3d\u5feb"]) in s and s.directive }': ["\u5c3d\u5feb"],
}
PIECES = st.sampled_from(["\u5c3d\u5feb", "\u76e1\u5feb", "\uff21SAP", "asap", "q", "\u8bf7\u63d0\u4ea4", "\u3002", "\n", "\u201c", "\u201d", "\u5907\u6ce8:", "\u200b", "6\u670810\u65e5\u524d", ","])


compiled_once = cache(program)


def gates(node):
    """The literals of every gate in a program."""
    if isinstance(node, (list, tuple)):
        yield from [node[3]] if node[:1] == ["holding"] else ()
        for part in node:
            yield from gates(part)


def opened(node):
    """The same program without gates."""
    if isinstance(node, (list, tuple)):
        return opened(node[2]) if list(node[:1]) == ["holding"] else [opened(part) for part in node]
    return node


@pytest.mark.parametrize(("body", "literals"), BODIES.items())
def test_gates_are_what_every_finding_in_an_element_needs(body, literals):
    """Only what must stand in the element itself counts."""
    assert list(gates(program(body).body)) == ([literals] if literals else [])


@pytest.mark.parametrize("body", BODIES)
@given(text=st.lists(PIECES, max_size=10).map("".join))
def test_what_a_gate_leaves_out_would_have_been_silent(body, text):
    """Breaches and doubts are those of the program without gates, also where it is tried without an exception."""
    record = Record.from_text(text, kind=Kind.EMAIL, uri="a.txt", sent_at=at("2026-06-01T10:00"))
    whole = compiled_once(body)
    for one in (whole, *(variant.program for variant in variants(whole))):
        analysis = RecordAnalysis(record, environment(), GETTERS)
        assert evaluate(one, analysis, GETTERS) == evaluate(evolve(one, body=tuple(opened(one.body))), analysis, GETTERS)
