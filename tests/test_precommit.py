"""The hooks work in a real repository with the real pre-commit, installed from this checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import frozen

pytest.importorskip("pre_commit")
ROOT = Path(__file__).parent.parent
COMMIT = ("-c", "user.name=Lin", "-c", "user.email=lin@example.cn", "commit", "-q", "-m", "change")

GOOD = """# 排期会议纪要

- 会议主题: 新品排期
- 会议时间: 2026年5月21日 14:00-15:00
- 参会人员: 市场部林晓岚、技术部顾北辰

## 讨论要点

1. 直播间改造需要8个工作日。

## 决议事项

1. 直播间改造于2026年6月3日前完成。

## 待办事项

| 事项 | 负责人 | 完成时限 |
| --- | --- | --- |
| 完成直播间改造 | 技术部顾北辰 | 2026-06-03 18:00 |
"""
BAD = GOOD.replace("2026-06-03 18:00", "尽快")
RULE = """rule no-hurry (ORG001) "不写火速" : error {
  cites "S0-006"
  why zh "火速不是期限。"
  why en "It is no deadline."
  applies when kind == minutes
  forbid any phrase(["火速"]) in body
  message zh "\u201c{match}\u201d不是期限"
  message en "'{match}' is no deadline"
  bad "请[[火速]]提交材料。"
  good "请于6月10日17:00前提交材料。"
}
"""


@frozen
class Repository:
    """A git repository with the hooks installed."""

    folder: Path
    environment: dict[str, str]

    def git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["git", *arguments], cwd=self.folder, env=self.environment, capture_output=True, text=True, encoding="utf-8", check=False)

    def commit(self, path: str, text: str) -> tuple[bool, str]:
        """Write a file and commit it: whether git took it, and what was said. A refused file is taken back."""
        target = self.folder / path
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, encoding="utf-8")
        assert self.git("add", "--", path).returncode == 0
        before = self.git("rev-parse", "HEAD").stdout
        done = self.git(*COMMIT)
        taken = self.git("rev-parse", "HEAD").stdout != before
        if not taken:
            self.git("rm", "-q", "--cached", "--", path)
            target.unlink()
        assert taken == (done.returncode == 0)
        return taken, done.stdout + done.stderr


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT", "COMMLINT", "PYTHONPATH"))}
    return {**kept, "PRE_COMMIT_HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "PYTHONUTF8": "1", "GIT_CONFIG_GLOBAL": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def _checkout(target: Path, environment: dict[str, str]) -> str:
    """A repository of the working tree as it is, and its only commit: what pre-commit clones."""
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in filter(None, listed.decode().split("\0")):
        if (ROOT / name).is_file() and not name.startswith("tests/"):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)
    repository = Repository(target, environment)
    for arguments in (("init", "-q"), ("add", "-A"), COMMIT):
        assert repository.git(*arguments).returncode == 0
    return repository.git("rev-parse", "HEAD").stdout.strip()


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Repository]:
    """A repository of records that uses both hooks."""
    base = tmp_path_factory.mktemp("precommit")
    environment = _environment(base / "home")
    (base / "checkout").mkdir()
    revision = _checkout(base / "checkout", environment)
    records = base / "records"
    records.mkdir()
    found = Repository(records, environment)
    (records / "commlint.toml").write_text('lang = "zh"\nrule-files = ["rules"]\n', encoding="utf-8")
    (records / "rules").mkdir()
    (records / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {base / 'checkout'}\n    rev: {revision}\n    hooks:\n      - id: commlint\n      - id: commlint-rules\n", encoding="utf-8"
    )
    for arguments in (("init", "-q"), ("add", "-A"), COMMIT):
        assert found.git(*arguments).returncode == 0
    for step in ("install", "install-hooks"):
        done = subprocess.run([sys.executable, "-m", "pre_commit", step], cwd=records, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    yield found
    shutil.rmtree(base, ignore_errors=True)  # an environment of its own is 40 MB


def test_a_bad_minute_is_refused_with_its_frame(repository: Repository) -> None:
    """Git takes no commit; the place, the line and the carets are shown."""
    taken, said = repository.commit("minutes/排期会议纪要.md", BAD)
    assert not taken
    assert "error[FLD014]" in said
    assert "--> minutes/排期会议纪要.md:19:" in said
    assert "19 | | 完成直播间改造 | 技术部顾北辰 | 尽快 |" in said
    assert "^^^" in said


def test_a_good_minute_passes(repository: Repository) -> None:
    """What keeps the norms is committed."""
    taken, said = repository.commit("minutes/好的排期会议纪要.md", GOOD)
    assert taken, said
    assert "Passed" in said


def test_files_that_are_no_records_are_none_of_its_business(repository: Repository) -> None:
    """Code is skipped, an empty .gitkeep too."""
    for path, text in (("tool.py", "# 尽快\n"), ("minutes/.gitkeep", "")):
        taken, said = repository.commit(path, text)
        assert taken, said
        assert said.count("Skipped") == 2


def test_an_empty_record_is_refused_with_a_way_out(repository: Repository) -> None:
    """An empty file is no minute; the message says what to do."""
    taken, said = repository.commit("minutes/空.md", "")
    assert not taken
    assert "empty-record" in said


def test_a_bad_rule_file_is_refused(repository: Repository) -> None:
    """With the place of the slip in the rule file."""
    taken, said = repository.commit("rules/no-hurry.norm", RULE.replace("in body", "in bdy"))
    assert not taken
    assert "rules/no-hurry.norm:6:" in said
    assert "body" in said


def test_a_good_rule_passes_and_holds_from_then_on(repository: Repository) -> None:
    """The rule of the repository's own refuses the next record that breaks it."""
    taken, said = repository.commit("rules/no-hurry.norm", RULE)
    assert taken, said
    taken, said = repository.commit("minutes/火速会议纪要.md", GOOD.replace("需要8个工作日", "要火速开始"))
    assert not taken
    assert "error[ORG001] no-hurry" in said
