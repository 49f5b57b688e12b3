"""Whole documents in layouts of many trades: every action item, its owners and its due time, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from commlint.api import Linter
from tests.quality.marked import Document, documents
from tests.quality.minutes import Item, found_in, same_owner, wanted_in
from tests.quality.records import analysed

DOCUMENTS = {document.head[0]: document for document in documents(Path(__file__).with_name("action_layouts.txt"))}


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_gives_its_action_items(linter: Linter, name: str) -> None:
    """Tasks hold the words that matter; owners and times are all there are."""
    document: Document = DOCUMENTS[name]
    found = [item for analysis in analysed(linter, document) for item in found_in(analysis)]
    wanted = wanted_in(document)
    assert sorted(_said(item, wanted) for item in found) == sorted(wanted)


def _said(item: Item, wanted: list[Item]) -> Item:
    """An item found in the words of the wanted one that it holds; as it is when it holds none."""
    meant = next((each for each in wanted if each[0] in item[0]), item)
    return meant[0], tuple(same_owner(owner, meant[1]) for owner in item[1]), item[2]
