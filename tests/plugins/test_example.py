"""The example plugin, installed with pip as a stranger would: every hook works from the outside."""

from __future__ import annotations

import json
import os
import re
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


ROOT = Path(__file__).parents[2]


def _found(*arguments: str) -> list[tuple[str, int, int, int]]:
    """Uri, page, line and column of every finding."""
    found = json.loads(_commlint("check", "--select", "HBR001", "--output-format", "json", *arguments).stdout)["findings"]
    return [(one["location"]["uri"], (one["location"].get("place") or {}).get("page", 0), one["location"]["start"]["line"], one["location"]["start"]["column"]) for one in found]


PAGES = "Logbook of the Petrel\r\n--- page 1 ---\r\n靠泊\r\nberth Z9\r\n--- page 2 ---\r\nto berth C3\r\n--- letter a.eml ---\r\nFrom: a@example.com\r\n\r\nberth D4\r\n"


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16"])
def test_the_reader_gives_places_and_what_lies_inside(office: Path, charset: str) -> None:
    """Lines are counted on the page that they stand on, whatever the file's encoding; a letter is read by the reader of mail."""
    (office / "petrel.logbook").write_bytes(PAGES.encode(charset))
    assert _found() == [("petrel.logbook", 1, 2, 7), ("petrel.logbook", 2, 1, 10), ("petrel.logbook!/a.eml", 0, 1, 7)]
    assert "petrel.logbook:第 2 页:1:10" in _commlint("check", "--select", "HBR001", "--lang", "zh").stdout


@pytest.mark.parametrize(("lang", "expected"), [("en", "more than 1 pages; the rest was not checked"), ("zh", "超过 1 页\uff0c其余未检查")])
def test_the_reader_keeps_to_limits(office: Path, lang: str, expected: str) -> None:
    """Behind the limit is a failure that names it, in both languages; what came before and what lies inside is checked."""
    (office / "petrel.logbook").write_bytes(PAGES.encode())
    (office / "commlint.toml").write_text("[limits]\npages = 1\n", "utf-8")
    assert [uri for uri, *_ in _found()] == ["petrel.logbook", "petrel.logbook!/a.eml"]
    done = _commlint("check", "--select", "HBR001", "--lang", lang)
    assert done.returncode == 3
    assert expected in done.stdout + done.stderr
    assert "limits.pages" in done.stdout + done.stderr


def test_the_reader_takes_whole_folders(office: Path) -> None:
    """A folder that the reader takes for one logbook is, on disk and in an archive; its files are nobody's otherwise."""
    (office / "petrel.logbook").unlink()
    (office / "tern").mkdir()
    (office / "tern" / "1.page").write_text("berth Z9\n", "utf-8")
    assert _found() == []
    (office / "tern" / "SHIP").write_text("Tern\n", "utf-8")
    assert _found() == [("tern/1.page", 0, 1, 7)]
    shutil.make_archive("tern", "gztar", root_dir=".", base_dir="tern")
    shutil.rmtree("tern")
    assert _found() == [("tern.tar.gz!/tern/1.page", 0, 1, 7)]


def test_the_reader_withstands_mutations(office: Path, installed: Path) -> None:
    """The fuzzer takes a stranger's seeds as it takes ours, and tells of a reader that raises."""
    command = [sys.executable, "-m", "tests.fuzzing", "logbook", "--seeds", "seeds", "--inputs", "300", "--jobs", "1"]
    paths = os.pathsep.join(map(str, (installed, SOURCE, ROOT)))
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": paths}, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[1].split()[:2] == ["logbook", "300"]


def test_the_page_shows_the_code_that_runs() -> None:
    """CONTRIBUTING.md shows the reader, the hook, the entry point and the seeds of this plugin, letter by letter."""
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    section = page[page.index("## Add a reader") :].partition("\n## ")[0]
    blocks = dict(zip(("reader", "hook", "entry point", "seeds"), re.findall(r"```(?:python|toml)\n(.*?)```", section, re.DOTALL), strict=True))
    assert blocks["reader"] == (SOURCE / "commlint_harbour" / "logbook.py").read_text("utf-8")
    assert blocks["hook"] in (SOURCE / "commlint_harbour" / "plugin.py").read_text("utf-8")
    assert blocks["entry point"] in (SOURCE / "pyproject.toml").read_text("utf-8")
    assert blocks["seeds"] in (SOURCE / "seeds.py").read_text("utf-8")


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
