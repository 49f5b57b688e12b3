"""The example plugin, installed with pip as a stranger would: every hook works from the outside."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent / "example"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example plugin in it, put there by pip without network."""
    build = tmp_path_factory.mktemp("build") / "example"
    shutil.copytree(SOURCE, build)
    target = tmp_path_factory.mktemp("site")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check"]
    subprocess.run([*pip, "--target", str(target), str(build)], check=True, capture_output=True)
    return target


@pytest.fixture
def office(folder: Path, installed: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a logbook, where the plugin is installed."""
    monkeypatch.setenv("PYTHONPATH", str(installed))
    (folder / "petrel.logbook").write_text("Logbook of the Petrel\nMake fast at berth Z9, then move to berth B1.\n", "utf-8")
    return folder


def _commlint(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "commlint", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"}, check=False)


def test_reader_words_function_and_rule(office: Path) -> None:
    """The plugin's reader reads, its rule uses its word and its function, and the finding stands at the right place."""
    done = _commlint("check", "petrel.logbook", "--select", "HBR001", "--output-format", "json", "--lang", "en", "--allow-undetermined")
    found = json.loads(done.stdout)["findings"]
    assert [(f["code"], f["message"], f["location"]["start"]["line"], f["location"]["start"]["column"]) for f in found] == [("HBR001", "there is no berth Z9", 2, 20)]


def test_the_reader_is_asked_for_folders_too(office: Path) -> None:
    """Files with the plugin's suffix are found in folders."""
    assert "petrel.logbook:2:20" in _commlint("check", "--select", "HBR001").stdout


def test_classifier(office: Path) -> None:
    """The plugin's classifier names the kind and why."""
    parsed = json.loads(_commlint("parse", "petrel.logbook", "--json").stdout)
    assert (parsed[0]["kind"], parsed[0]["evidence"]["detail"]) == ("progress_report", "Logbook")


def test_reporter(office: Path) -> None:
    """The plugin's output format is a format like any other."""
    assert _commlint("check", "--select", "HBR001", "--output-format", "tally").stdout == "0/1/0\n"


def test_suppressor(office: Path) -> None:
    """What the plugin permits is counted as suppressed, not dropped."""
    (office / "petrel.logbook").write_text("THIS IS A DRILL\nberth Z9\n", "utf-8")
    counts = json.loads(_commlint("check", "--select", "HBR001", "--output-format", "json").stdout)["counts"]
    assert (counts["warnings"], counts["suppressed"]) == (0, 1)


def test_calendar(office: Path) -> None:
    """The plugin's calendar can be chosen by name, and an unknown one is told off with the names there are."""
    assert _commlint("check", "--select", "HBR001", "--calendar", "every-day").returncode in (0, 1)
    assert "china, every-day, weekdays" in _commlint("check", "--calendar", "lunar", "--lang", "en").stderr


def test_command(office: Path) -> None:
    """The plugin's command runs with its arguments."""
    assert _commlint("tide", "today").stdout == "high water at noon today\n"
    assert "tide       when the tide is" in _commlint("--help").stdout


def test_run_finished(office: Path) -> None:
    """The plugin is told of the finished run."""
    (office / "harbour.count").touch()
    _commlint("check", "--select", "HBR001")
    assert (office / "harbour.count").read_text("utf-8") == "1 records\n"


def test_its_rules_are_sound(office: Path, installed: Path) -> None:
    """The plugin's rules pass the checks that ours pass, and their examples."""
    rules = str(installed / "commlint_harbour" / "rules")
    assert _commlint("rules", "check", rules).returncode == 0
    assert _commlint("rules", "test", rules).returncode == 0
