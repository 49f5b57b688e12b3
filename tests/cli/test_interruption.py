"""Ctrl-C ends a run with what was found so far."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PLUGIN = '''
"""A reader of .stop files: whoever reads one is interrupted, as by Ctrl-C in a terminal: every process of the run is."""
import os, signal, time
from commlint.hooks import hookimpl
from commlint.model.record import Record

signal.signal(signal.SIGINT, signal.default_int_handler)  # what a shell starts in the background ignores it from birth

class Stop:
    name = "stop"
    suffixes = (".stop",)
    media_types = ()

    def claims(self, source):
        return source.suffix == ".stop"

    def read(self, source, environment):
        os.killpg(os.getpgid(0), signal.SIGINT)
        for _ in range(500):
            time.sleep(0.01)
        yield Record.from_text("never read", uri=source.uri)

@hookimpl
def commlint_readers():
    return [Stop()]
'''


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_was_found_is_told(tmp_path: Path, jobs: str) -> None:
    """The findings before the interruption, a failure that says so, exit code 130; nothing on standard error, and no process stays."""
    (tmp_path / "stopping.py").write_text(PLUGIN, "utf-8")
    (tmp_path / "commlint.toml").write_text('[plugins]\nload = ["stopping"]\n[kinds]\n"*.md" = "email"\n', "utf-8")
    for number in range(400 if jobs == "2" else 3):
        (tmp_path / f"{number:03}.md").write_text(f"请尽快提交材料 {number}。\n" * 20, "utf-8")
    (tmp_path / "zzz.stop").write_text("", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "commlint", "check", ".", "--lang", "en", "--jobs", jobs, "--no-cache"], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(tmp_path)}, start_new_session=True, timeout=100, check=False,
    )
    assert done.returncode == 130
    assert "warning[VAG001]" in done.stdout
    assert "failure[interrupted]" in done.stdout
    assert done.stderr == ""
