"""The documentation says what the code does: tables, examples, links."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from commlint.bench import assembled
from commlint.cli import COMMANDS
from commlint.cli.options import OPTIONS
from commlint.cli.words import language
from tests.tables import FILES, ROOT, TABLES, filled

TEXTS = {name: (ROOT / name).read_text("utf-8") for name in FILES if (ROOT / name).exists()}
READMES = ("README.md", "README.zh-CN.md")


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_tables_are_as_the_code_has_them(name: str) -> None:
    """Commands, options, exit codes, keys, hooks, problems, rules and the shown report are as they are; `python -m tests.tables` mends it."""
    assert TEXTS[name] == filled(TEXTS[name], FILES[name])


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_table_stands_somewhere(table: str) -> None:
    """Each table is in at least one document."""
    assert any(f"<!-- table: {table} -->" in text for text in TEXTS.values())


def test_every_reader_is_described() -> None:
    """The table of formats has each reader in one row."""
    from tests.tables import _READ

    assert sorted(name for names, *_ in _READ for name in names) == [reader.name for reader in assembled().readers()]


def test_both_readmes_show_the_same_commands() -> None:
    """The Chinese README gives the same commands and the same chapters as the English one."""
    blocks = [re.findall(r"```sh\n(.*?)```", TEXTS[name], re.DOTALL) for name in READMES]
    assert blocks[0] == blocks[1]
    assert [TEXTS[name].count("\n## ") for name in READMES] == [TEXTS[READMES[0]].count("\n## ")] * 2


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_links_lead_somewhere(name: str) -> None:
    """Every relative link in the documentation names a file that is there."""
    home = (ROOT / name).parent
    targets = [target for target in re.findall(r"\]\(([^)#]+)\)", TEXTS[name]) if "://" not in target]
    assert [target for target in targets if not (home / target).exists()] == []


@pytest.mark.parametrize("name", READMES)
def test_commands_in_the_readme_parse(name: str) -> None:
    """Every `commlint …` that the README shows is a command with options that exist."""
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", TEXTS[name], re.DOTALL))
    shown = re.findall(r"`commlint ([a-z].*?)`", TEXTS[name]) + re.findall(r"(?:^|/|\| )commlint (.*?)$", blocks, re.MULTILINE)
    known = {spelled for option in OPTIONS.values() for spelled in option.names} | {"--help"}
    plugged = {command.name for command in assembled().commands()}
    assert len(shown) > 8
    for command in shown:
        first, *rest = shlex.split(command)
        assert first in {*COMMANDS, *plugged}
        assert first in plugged or [word for word in rest if word.startswith("--") and word not in known] == []


@pytest.mark.parametrize("name", READMES)
def test_python_in_the_readme_runs(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The README's Python runs as it stands, one block after the other."""
    (folder / "minutes").mkdir()
    scope: dict[str, object] = {}
    for block in re.findall(r"```python\n(.*?)```", TEXTS[name], re.DOTALL):
        exec(compile(block, name, "exec"), scope)
    assert "VAG001 1 " in capsys.readouterr().out


@pytest.mark.parametrize("name", READMES)
def test_rules_in_the_readme_pass(name: str, folder: Path) -> None:
    """The rule that the README shows compiles, and its examples come out as they say."""
    from commlint.testing import run_rules

    for number, block in enumerate(re.findall(r"```norm\n(.*?)```", TEXTS[name], re.DOTALL)):
        (folder / f"{number}.norm").write_text(block, "utf-8")
        report = run_rules(folder / f"{number}.norm", exceptions=False)
        assert report.passed, report.text()
        assert report.examples >= 2


@pytest.mark.parametrize("name", READMES)
def test_the_configuration_in_the_readme_is_one(name: str, folder: Path) -> None:
    """The configuration that the README shows is read without complaint."""
    from commlint.config import load

    (block,) = re.findall(r"```toml\n(.*?)```", TEXTS[name], re.DOTALL)
    (folder / "commlint.toml").write_text(block, "utf-8")
    assert load(folder / "commlint.toml").rules["vague-deadline"].add == {"words": ("这两天", "回头")}


@pytest.mark.parametrize(("arguments", "environment", "expected"), [
    (["check"], {"LANG": "zh_CN.UTF-8"}, "zh"), (["check"], {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"), (["check"], {}, "en"),
    (["check", "--lang", "zh"], {}, "zh"), (["--lang=en", "check"], {"LANG": "zh_TW"}, "en"),
])
def test_the_language_of_messages(arguments: list[str], environment: dict[str, str], expected: str) -> None:
    """--lang decides, else the locale by its usual order, else English."""
    assert language(arguments, environment) == expected


@pytest.mark.parametrize("name", READMES)
def test_every_failure_is_described(name: str) -> None:
    """The READMEs describe exactly the failures that the core and its readers can tell of."""
    code = [path.read_text("utf-8") for folder in ("commlint/engine", "commlint/model/reading", "integrations") for path in (ROOT / folder).rglob("*.py")]
    code += [(ROOT / path).read_text("utf-8") for path in ("commlint/discovery.py", "commlint/bench.py")]
    found = {slug for text in code for slug in re.findall(r"""(?:RecordError\(\s*|Failure\([^\n]*?"(?:read|rule|plugin)", |\bfailure\()"([a-z-]+)\"""", text)}
    table = TEXTS[name].split("| --- | --- |\n")
    described = next(rows for rows in table if rows.startswith("| `missing-path`")).split("\n\n")[0]
    assert {*re.findall(r"^\| `([a-z-]+)`", described, re.MULTILINE)} == found | {"bad-configuration", "too-large", "permission-denied", "unreadable-file"}
