"""commlint as people meet it: its command line, in this process or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, run

__all__ = ["apart", "run"]


@pytest.fixture
def apart(folder: Path) -> Callable[..., Ran]:
    """Runs a command line in a process of its own, where plugins in `folder`/site are installed."""

    def ran(*arguments: str, lang: str = "zh") -> Ran:
        settings = {**os.environ, "PYTHONPATH": str(folder / "site"), "PYTHONUTF8": "1", "LC_ALL": {"zh": "zh_CN.UTF-8", "en": "C.UTF-8"}[lang]}
        done = subprocess.run([sys.executable, "-m", "commlint", *arguments], capture_output=True, env=settings, cwd=folder, check=False, timeout=60)
        return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    return ran
