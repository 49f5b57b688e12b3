"""The table of mail as it is broken in practice, case by case."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.integrations.mail_cases import Case, cases, found


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.group}: {case.name}")
def test_a_mail_is_read_as_a_person_reads_it(case: Case) -> None:
    """Charsets, subjects, names of files, texts and structures as real programs break them."""
    assert found(case) == case.truth


def test_there_are_enough_cases_of_each_sort() -> None:
    """As many as the collection that other parsers were measured on, at least."""
    counts = Counter(case.group for case in cases())
    assert counts >= Counter({"charset": 46, "subject": 27, "name": 15, "body": 19, "structure": 21})
