"""The tables of mail as it is broken in practice, case by case, and the program that scores them."""

from __future__ import annotations

import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.integrations import mail_scores
from tests.integrations.mail_cases import Case, cases, found
from tests.integrations.mail_scores import GOALS, Outcome, cases_of, goal, outcomes
from tests.integrations.mail_traps import TRAPS

ROOT = Path(__file__).parent.parent.parent


@cache
def scored() -> tuple[Outcome, ...]:
    """All cases, once for all tests."""
    return tuple(outcomes())


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.group}: {case.name}")
def test_a_mail_is_read_as_a_person_reads_it(case: Case) -> None:
    """Charsets, subjects, addresses, names of files, texts and structures as real programs break them."""
    assert found(case) == case.truth


@pytest.mark.parametrize("group", GOALS)
def test_all_cases_are_right(group: str) -> None:
    """Forms of the mail, calendars, answers, HTML and hostile mails too: there is no case that is known to go wrong, and the goal is reached."""
    own = [one for one in scored() if one.group == group]
    assert [(one.name, one.found, one.truth) for one in own if not one.right] == []
    assert len(own) >= goal(group, len(own)) > 0


def test_there_are_enough_cases_of_each_sort() -> None:
    """As many as the collection that other programs were measured on, at least."""
    counts = Counter(one.group for one in scored())
    assert counts >= Counter({"charset": 46, "subject": 27, "name": 15, "body": 19, "structure": 21, "calendar": 18, "reply": 20, "hostile": 40})


@pytest.mark.parametrize(("chapter", "trap", "patterns"), TRAPS)
def test_every_trap_has_its_cases(chapter: str, trap: str, patterns: tuple[str, ...]) -> None:
    """What is said to be shown is shown: each pattern names a case or a file of tests."""
    named = {pattern: [one.name for one in cases_of(pattern, list(scored()))] or (ROOT / pattern).is_file() for pattern in patterns}
    assert all(named.values()), named
    assert chapter
    assert trap


def test_no_group_of_cases_is_without_a_trap() -> None:
    """The list of traps names cases of every group."""
    told = {one.group for _, _, patterns in TRAPS for pattern in patterns for one in cases_of(pattern, list(scored()))}
    assert told == set(GOALS)


def test_the_program_says_what_is_reached(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A line a group; exit code 1 as soon as one misses its goal."""
    few = [Outcome("charset", "a", 1, 1), Outcome("reply", "b", "B", "Q")]
    monkeypatch.setattr(sys, "argv", ["mail_cases", "-v"])
    monkeypatch.setattr(mail_scores, "GOALS", {"charset": (1, 1)})
    monkeypatch.setattr(mail_scores, "outcomes", lambda: iter(few))
    assert mail_scores.main() == 0
    monkeypatch.setattr(mail_scores, "GOALS", {"charset": (1, 1), "reply": (19, 20)})
    assert mail_scores.main() == 1
    said = capsys.readouterr().out
    assert "reply               0/1     1  NO\n    b: 'B' instead of 'Q'" in said
