"""An answer is given again only while nothing that it came from has changed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from commlint.cli import kept
from tests.cli.conftest import Run

VAGUE = "请尽快提交材料。\n"
RULE = 'rule plain-word (LOC001) "plain" : warning {\n  forbid any "材料" in body\n  message "no"\n}\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a configuration, a rule and two records; answers are kept however young their sources are."""
    project = tmp_path / "above" / "project"
    (project / "records").mkdir(parents=True)
    (project / "rules").mkdir()
    (project / "records" / "a.md").write_text(VAGUE, "utf-8")
    (project / "records" / "b.md").write_text("已经提交。\n", "utf-8")
    (project / "rules" / "plain.norm").write_text(RULE, "utf-8")
    (project / "base.toml").write_text('lang = "en"\n', "utf-8")
    (project / "commlint.toml").write_text('extend = "base.toml"\nrule-files = ["rules"]\n[kinds]\n"records/**" = "email"\n', "utf-8")
    monkeypatch.chdir(project)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(kept, "_STILL", -60.0)
    return project


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One item for each run that was not answered from what is kept."""
    from commlint.cli import check

    done: list[int] = []
    whole = check.run

    def counted(arguments: list[str], lang: str) -> int:
        done.append(1)
        return whole(arguments, lang)

    monkeypatch.setattr(check, "run", counted)
    return done


def _write(path: str, text: str) -> Callable[[Path], object]:
    return lambda project: (project / path).write_text(text, "utf-8")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("output", ["text", "json", "jsonl"])
def test_the_same_again(run: Run, runs: list[int], output: str) -> None:
    """Bytes and exit code of the second answer are those of the first, and nothing is checked for it."""
    first = run("check", "records", "--output-format", output)
    assert "VAG001" in first.out
    assert run("check", "records", "--output-format", output) == first
    assert len(runs) == 1


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(_write("records/a.md", "请于5月6日前提交材料。\n"), id="record edited"),
        pytest.param(_write("records/c.md", VAGUE), id="record added"),
        pytest.param(lambda project: (project / "records/a.md").unlink(), id="record removed"),
        pytest.param(lambda project: (project / "records/a.md").rename(project / "records/z.md"), id="record renamed"),
        pytest.param(_write("commlint.toml", 'ignore = ["VAG001"]\n'), id="configuration edited"),
        pytest.param(_write("base.toml", 'min-level = "error"\n'), id="extended configuration edited"),
        pytest.param(_write("records/commlint.toml", 'ignore = ["VAG001"]\n'), id="nearer configuration"),
        pytest.param(_write("records/pyproject.toml", '[tool.commlint]\nignore = ["VAG001"]\n'), id="nearer pyproject.toml"),
        pytest.param(_write("rules/plain.norm", RULE.replace("材料", "提交")), id="rule edited"),
        pytest.param(_write("rules/more.norm", RULE.replace("plain", "other").replace("LOC001", "LOC002").replace("材料", "提交")), id="rule added"),
    ],
)
def test_a_change_is_seen(folder: Path, run: Run, runs: list[int], change: Callable[[Path], object]) -> None:
    """After a change of any kind the records are checked, and the answer is another."""
    first = run("check", "records")
    change(folder)
    assert run("check", "records").out != first.out
    assert len(runs) == 2


def test_the_lists_of_a_single_rule_file(folder: Path, run: Run, runs: list[int]) -> None:
    """A list that a rule file uses is looked for beside it and above: an edit there, or a nearer list, is a change."""
    family, shared = folder / "own" / "family", folder / "own" / "lists"
    family.mkdir(parents=True)
    shared.mkdir()
    (family / "listed.norm").write_text(RULE.replace("plain", "listed").replace("LOC001", "LOC002").replace('"材料"', 'phrase(list("words"))'), "utf-8")
    (shared / "words.txt").write_text("请\n", "utf-8")
    arguments = ("check", "records", "--rules", "own/family/listed.norm", "--select", "LOC002")
    assert "a.md:1:1" in run(*arguments).out
    (shared / "words.txt").write_text("提交\n", "utf-8")
    assert "a.md:1:4" in run(*arguments).out
    (family / "lists").mkdir()
    (family / "lists" / "words.txt").write_text("尽快\n", "utf-8")
    assert "a.md:1:2" in run(*arguments).out
    assert len(runs) == 3


def test_a_plugin_that_changes_or_wants_to_be_told(folder: Path, run: Run, runs: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit of a plugin's module is a change; a plugin that is told of finished runs is told of every one."""
    monkeypatch.syspath_prepend(str(folder))
    told = "\n@hookimpl\ndef commlint_run_finished(report):\n    pass\n"
    for name, more in (("kept_quiet", ""), ("kept_told", told)):
        (folder / f"{name}.py").write_text(f"from commlint.hooks import hookimpl\n\n@hookimpl\ndef commlint_readers():\n    return []\n{more}", "utf-8")
    for name, expected in (("kept_quiet", 1), ("kept_told", 2)):
        (folder / "commlint.toml").write_text(f'plugins.load = ["{name}"]\n', "utf-8")
        runs.clear()
        run("check", "records")
        run("check", "records")
        assert len(runs) == expected
    (folder / "commlint.toml").write_text('plugins.load = ["kept_quiet"]\n', "utf-8")
    run("check", "records")
    runs.clear()
    (folder / "kept_quiet.py").write_text("from commlint.hooks import hookimpl\n", "utf-8")
    run("check", "records")
    assert len(runs) == 1


def test_the_question_counts(folder: Path, run: Run, runs: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Other arguments, another language and another folder are other questions."""
    run("check", "records")
    run("check", "records", "--min-level", "error")
    run("check", "records", "--lang", "zh")
    monkeypatch.chdir(folder / "records")
    run("check", "../records")
    assert len(runs) == 4


@pytest.mark.parametrize("options", [("--no-cache",), ("--as-of", "now"), ("--diff",), ("-o", "json=report.json"), ("missing.md",)])
@pytest.mark.usefixtures("folder")
def test_what_is_not_kept(run: Run, runs: list[int], options: tuple[str, ...]) -> None:
    """What depends on the clock, does more than answer, or did not go well is done every time."""
    run("check", "records", *options)
    run("check", "records", *options)
    assert len(runs) == 2


def test_a_change_just_before_a_run(folder: Path, run: Run, runs: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer from a file as young as that is not kept: it may change again, and its times would not tell."""
    monkeypatch.setattr(kept, "_STILL", 2.0)
    (folder / "records" / "a.md").write_text(VAGUE * 2, "utf-8")
    run("check", "records")
    run("check", "records")
    assert len(runs) == 2


@pytest.mark.usefixtures("folder")
def test_another_day(run: Run, runs: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """With a new day suppressions expire: yesterday's answer is not given."""
    import time

    run("check", "records")
    day = time.time() + 86_400
    monkeypatch.setattr(time, "time", lambda: day)
    run("check", "records")
    run("check", "records")
    assert len(runs) == 2


@pytest.mark.parametrize("damage", [lambda content: content[:-9], lambda content: content + b"x", lambda content: b"", lambda content: content.replace(b"VAG001", b"XXX001")])
def test_damaged_answers(run: Run, runs: list[int], damage: Callable[[bytes], bytes], folder: Path) -> None:
    """A file that was cut or written over is not an answer."""
    first = run("check", "records")
    for path in Path(kept.folder()).iterdir():
        path.write_bytes(damage(path.read_bytes()))
    assert run("check", "records") == first
    assert len(runs) == 2


def test_only_so_many_are_kept(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answers asked for last stay."""
    monkeypatch.setattr(kept, "_KEPT", 3)
    for number in range(5):
        run("check", "records", "--exclude", f"x{number}")
    assert len(list(Path(kept.folder()).iterdir())) == 3


def test_an_answer_given_again_imports_next_to_nothing(folder: Path) -> None:
    """Neither attrs nor argparse, json, typing, re or pathlib is loaded, nor anything of commlint beyond the answer."""
    code = "import sys; from commlint.cli import kept, main; kept._STILL = -60; before = {*sys.modules}; main(['check', 'records']); print(*{*sys.modules} - before, file=sys.stderr)"
    loaded = [set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True).stderr.split()) for _ in range(3)]
    assert "attr" in loaded[0]
    assert loaded[2] == set()
    bare = "import os; before = {*sys.modules}; import commlint.cli.kept; print(*sorted({*sys.modules} - before))"
    imported = subprocess.run([sys.executable, "-S", "-c", f"import sys; sys.path = {sys.path!r}; {bare}"], capture_output=True, text=True, check=True)
    ours = {"commlint", "commlint.cli", "commlint.cli.codes", "commlint.cli.kept", "commlint.cli.screen", "commlint.cli.words", "commlint.errors"}
    assert set(imported.stdout.split()) == {*ours, "__future__", "zlib"} - set(sys.builtin_module_names)
