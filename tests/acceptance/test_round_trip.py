"""Every bundled rule in both keyword languages: there and back byte for byte, and sound on either side."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from commlint.lang.builtin import commlint_rule_packs
from tests.cli.conftest import Run

(BUNDLED,) = (pack.folder for pack in commlint_rule_packs())


@pytest.fixture
def rules(folder: Path) -> Path:
    """A copy of the bundled rules, lists and profiles."""
    return Path(shutil.copytree(BUNDLED, folder / "rules"))


def _texts(rules: Path) -> dict[str, bytes]:
    return {str(path.relative_to(rules)): path.read_bytes() for path in sorted(rules.rglob("*.norm"))}


def test_there_and_back(rules: Path, run: Run) -> None:
    """English to Chinese to English restores every byte of every rule; in Chinese every file is another."""
    english = _texts(rules)
    assert run("rules", "fmt", "--check", "--lang", "en", "rules", "--isolated").code == 0
    there = run("rules", "fmt", "--lang", "zh", "rules", "--isolated")
    assert (there.code, there.err) == (0, "")
    chinese = _texts(rules)
    assert [name for name in english if english[name] == chinese[name]] == []
    assert run("rules", "fmt", "--check", "rules", "--isolated").code == 0  # what fmt writes, it leaves alone
    back = run("rules", "fmt", "--lang", "en", "rules", "--isolated")
    assert (back.code, back.err) == (0, "")
    assert _texts(rules) == english


def test_the_chinese_spelling_is_as_sound(rules: Path, run: Run) -> None:
    """In Chinese keywords all rules pass the checks and all their examples come out."""
    run("rules", "fmt", "--lang", "zh", "rules", "--isolated")
    checked = run("rules", "check", "rules", "--isolated")
    assert (checked.code, checked.out.count("\n")) == (0, 1), checked.out
    tested, bundled = run("rules", "test", "rules", "--isolated"), run("rules", "test", "--isolated")
    assert tested.code == 0, tested.out
    assert tested.out == bundled.out
