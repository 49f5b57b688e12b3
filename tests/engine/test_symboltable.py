"""The symbol table: words found in both languages, clashes told."""

from __future__ import annotations

import pickle

import pytest

from commlint.engine.symboltable import SymbolTable
from commlint.engine.vocabulary import VOCABULARY
from commlint.errors import PluginError
from commlint.model.symbols import Attribute, Names, Type

TABLE = SymbolTable(VOCABULARY)


@pytest.mark.parametrize("spelling", ["deadlines", "期限"])
def test_root_words_answer_to_both_languages(spelling: str) -> None:
    """A word of the record is found by its English and its Chinese name."""
    found = TABLE.root(spelling)
    assert found is not None
    assert found.key == "record.deadlines"


def test_attributes_are_inherited() -> None:
    """A sentence is a text, so it has a length."""
    found = TABLE.attribute("sentence", "length")
    assert found is not None
    assert found.key == "text.length"


@pytest.mark.parametrize(("word", "scope", "key"), [("deadline", "record", "record.deadlines"), ("owner", "task", "task.owners"), ("会议", "case", "thread.meetings"), ("message", "record", None)])
def test_a_singular_names_its_collection(word: str, scope: str, key: str | None) -> None:
    """The singular leads to the collection of its own scope, and nowhere else."""
    found = TABLE.elements(word, scope)
    assert (found.key if found else None) == key


def _attribute(name: str, get: str) -> Attribute:
    return Attribute("record", Names(name, "颜色"), Type("string"), Names("", ""), get)


def test_a_clash_names_both_sides() -> None:
    """Two symbols with one spelling are an error that tells where each comes from."""
    with pytest.raises(PluginError) as caught:
        SymbolTable([_attribute("colour", "one:colour"), _attribute("color", "two:color")])
    assert "`颜色`" in caught.value.message
    assert "one:colour" in caught.value.message
    assert "two:color" in caught.value.message


def test_a_clash_names_the_plugins_when_they_are_known() -> None:
    """With origins, the error speaks of plugins."""
    with pytest.raises(PluginError, match="by red and by blue"):
        SymbolTable([_attribute("colour", "one:a"), _attribute("color", "two:a")], origins=["red", "blue"])


def test_getters_are_imported_when_first_asked_for() -> None:
    """A getter that cannot be imported does no harm until a rule needs it, and then says which word it was for."""
    table = SymbolTable([_attribute("colour", "commlint.no_such_module:colour")])
    with pytest.raises(PluginError, match=r"record\.colour"):
        table.getters()["record.colour"]


def test_it_pickles() -> None:
    """A table survives the way to a worker process."""
    assert pickle.loads(pickle.dumps(TABLE)) == TABLE
