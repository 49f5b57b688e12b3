"""The same records give the same bytes: on the command line, from the library, in any order, with any number of processes and any cache."""

from __future__ import annotations

import json
import os
import pickle
import random
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import commlint
from commlint.engine import sources
from tests.cli.conftest import Run

SAMPLES = Path(__file__).parents[1] / "samples"
NOW = "2026-07-01T09:00"
JSON = ("--output-format", "json", "--as-of", NOW, "--lang", "zh")


@pytest.fixture
def samples(folder: Path) -> Path:
    """A copy of the sample records with their configuration, one file that cannot be read, and a rule with an error."""
    shutil.copytree(SAMPLES, folder / "samples", ignore=shutil.ignore_patterns(".commlint_cache"))
    (folder / "samples" / "empty.md").touch()
    config = folder / "samples" / "commlint.toml"
    config.write_text(f'rule-files = ["bad.norm"]\n{config.read_text("utf-8")}', "utf-8")
    (folder / "samples" / "bad.norm").write_text('rule bad (LOC001) "bad" : error { require bdy is present }\n', "utf-8")
    return folder / "samples"


@pytest.fixture
def many_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work is shared out at once and in small pieces, so that a few records reach other processes."""
    monkeypatch.setattr(sources, "_ALONE", 0.0)
    monkeypatch.setattr(sources, "_BATCH", 4)


def _expected(run: Run) -> str:
    """The report to compare with, which says something of everything."""
    done = run("check", "samples", *JSON, "--no-cache")
    report = json.loads(done.out)
    assert len(report["findings"]) > 40
    assert report["undetermined"]
    assert {failure["slug"] for failure in report["failures"]} == {"empty-record", "unknown-name"}
    assert done.code == 2
    return done.out


def _files(samples: Path) -> list[str]:
    """What can be named one by one: files, and of the folder of formats what lies in it, since exports and mailboxes are one as a folder."""
    formats = samples / "formats"
    files = (path for path in sorted(samples.rglob("*")) if path.is_file() and formats not in path.parents and ".commlint_cache" not in path.parts)
    paths = [path for path in (*files, *sorted(formats.iterdir())) if path.suffix not in (".toml", ".norm") and path.name not in ("README.md", ".commlint_cache")]
    return [path.relative_to(samples.parent).as_posix() for path in paths]


@pytest.mark.usefixtures("many_processes")
@pytest.mark.parametrize("more", [("--jobs", "2"), ("--jobs", "3"), ("--jobs", "0"), ("--no-cache", "--jobs", "2")], ids=" ".join)
def test_processes(samples: Path, run: Run, more: tuple[str, ...]) -> None:
    """The number of processes never shows, with and without caches, cold and warm."""
    expected = _expected(run)
    assert [run("check", "samples", *JSON, *more).out == expected for _ in range(2)] == [True, True]


@pytest.mark.usefixtures("many_processes")
@pytest.mark.parametrize("seed", range(3))
def test_order(samples: Path, run: Run, seed: int) -> None:
    """Neither does the order of paths, nor whether a folder or its files are named, or named twice."""
    expected = _expected(run)
    names = _files(samples)
    random.Random(seed).shuffle(names)
    assert run("check", *names, *JSON, "--jobs", str(seed)).out == expected
    assert run("check", *names[:9], "samples", *names[9:12], *JSON).out == expected


def test_caches(samples: Path, run: Run) -> None:
    """Cold, warm, half warm after a change that was taken back, and without: one report."""
    expected = _expected(run)
    outs = [run("check", "samples", *JSON).out for _ in range(2)]
    changed = next(samples.rglob("周例会纪要.md"))
    before = changed.read_bytes()
    changed.write_bytes(before + "\n请尽快提交材料。\n".encode())
    assert run("check", "samples", *JSON).out != expected
    changed.write_bytes(before)
    outs.append(run("check", "samples", *JSON).out)
    assert [out == expected for out in outs] == [True] * 3


@pytest.mark.usefixtures("many_processes")
@pytest.mark.parametrize("jobs", [1, 2])
def test_the_library(samples: Path, run: Run, jobs: int) -> None:
    """A Linter, one that was pickled, and eight threads with one Linter say what the command line says."""
    expected = _expected(run).encode()
    linter = commlint.Linter(nearest=True, as_of=datetime.fromisoformat(NOW).replace(tzinfo=ZoneInfo("Asia/Shanghai")), lang="zh")
    other = pickle.loads(pickle.dumps(linter))
    assert [commlint.render(one.check_paths(["samples"], jobs=jobs), "json") == expected for one in (linter, other, linter)] == [True] * 3


def test_threads(samples: Path, run: Run) -> None:
    """Threads that start with a fresh Linter at once do not disturb each other."""
    expected = _expected(run).encode()
    linter = commlint.Linter(nearest=True, as_of=datetime.fromisoformat(NOW).replace(tzinfo=ZoneInfo("Asia/Shanghai")), lang="zh")
    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(lambda _: commlint.render(linter.check_paths(["samples"], jobs=1), "json"), range(4)))
    assert [report == expected for report in reports] == [True] * 4


@pytest.mark.parametrize("settings", [{"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2", "TZ": "America/New_York"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}], ids=str)
def test_machines(samples: Path, run: Run, settings: dict[str, str]) -> None:
    """Neither the seed of hashes nor the machine's zone and locale show."""
    command = [sys.executable, "-m", "commlint", "check", "samples", *JSON]
    done = subprocess.run(command, capture_output=True, env={**os.environ, **settings}, check=False, timeout=60)
    assert done.stdout == _expected(run).encode()


def test_a_text_by_itself_and_in_a_file(folder: Path, run: Run) -> None:
    """`commlint.check` on a text finds what the command line finds in a file of that text."""
    text = "请尽快提交材料\uff0c谢谢。\n"
    (folder / "a.txt").write_text(text, "utf-8")
    done = run("check", "a.txt", "--kind", "email", "--isolated", *JSON)
    as_of = datetime.fromisoformat(NOW).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    assert commlint.render(commlint.check(text, kind="email", uri="a.txt", as_of=as_of, lang="zh"), "json").decode() == done.out
    assert commlint.render(commlint.check(commlint.Record.from_text(text, kind="email", uri="a.txt"), as_of=as_of, lang="zh"), "json").decode() == done.out
