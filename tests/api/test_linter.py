"""The library: one linter for many texts, threads and processes; the same verdict as on the command line."""

from __future__ import annotations

import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import commlint
from commlint.config import Config
from commlint.model.rule import RuleSetting

VAGUE = "请尽快提交材料。"
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module")
def linter() -> commlint.Linter:
    """One linter for all tests here, as callers should have it."""
    return commlint.Linter(Config(select=("VAG001",)), lang="zh")


def _rules(report: commlint.Report) -> list[str]:
    return [finding.code for finding in report.findings]


def test_check_a_text() -> None:
    """`commlint.check` finds what is wrong in a text, and says so in the language asked for."""
    report = commlint.check(VAGUE, kind="email", sent_at=MONDAY, lang="en")
    found = [finding for finding in report.findings if finding.code == "VAG001"]
    assert [(f.match, f.location.start.column, f.message) for f in found] == [("尽快", 2, "'尽快' is not a deadline; give a date and a time")]


def test_a_kind_can_be_named_in_chinese(linter: commlint.Linter) -> None:
    """Kinds answer to both languages; an unknown one is an error that lists them."""
    assert _rules(linter.check(VAGUE, kind="邮件")) == ["VAG001"]
    with pytest.raises(commlint.UsageError, match="there is no record kind 'letterr'"):
        linter.check(VAGUE, kind="letterr")


def test_a_moment_without_zone_is_refused(linter: commlint.Linter) -> None:
    """Relative times need a zone to count from."""
    with pytest.raises(commlint.UsageError, match="no time zone"):
        linter.check(VAGUE, kind="email", sent_at=datetime(2026, 3, 2))  # the point of the test


def test_many_threads_one_linter(linter: commlint.Linter) -> None:
    """A linter gives the same report to every thread, also when all of them are its first users."""
    fresh = commlint.Linter(Config(select=("VAG001",)), lang="zh")
    texts = [VAGUE * (1 + n % 3) for n in range(60)]
    with ThreadPoolExecutor(8) as pool:
        reports = list(pool.map(lambda text: fresh.check(text, kind="email"), texts))
    assert reports == [linter.check(text, kind="email") for text in texts]


def test_a_linter_pickles(linter: commlint.Linter) -> None:
    """A linter can be sent to another process, with its configuration and language."""
    setting = {"vague-deadline": RuleSetting(add={"words": ("回头",)})}
    one = commlint.Linter(Config(select=("VAG001",), rules=setting), changes={"zone": "Europe/Berlin"}, as_of=MONDAY, lang="en")
    other = pickle.loads(pickle.dumps(one))
    text = "请回头提交材料。"
    assert other.check(text, kind="email") == one.check(text, kind="email")
    assert _rules(other.check(text, kind="email")) == ["VAG001"]
    assert (other.lang, other.environment.zone, other.environment.as_of) == ("en", "Europe/Berlin", MONDAY)


def test_settings_of_a_rule(linter: commlint.Linter) -> None:
    """Levels and parameters come from the Config; an unknown rule there is an error."""
    off = commlint.Linter(Config(rules={"vague-deadline": RuleSetting(level=commlint.Severity.OFF)}))
    assert "VAG001" not in {rule.code for rule in off.rules}
    with pytest.raises(commlint.ConfigError, match="vague-dedline"):
        commlint.Linter(Config(rules={"vague-dedline": RuleSetting()})).check(VAGUE)


@pytest.mark.parametrize(("select", "extend", "ignore", "runs"), [
    (("VAG001",), (), (), {"VAG001"}), (("vague-deadline",), (), (), {"VAG001"}), (("VAG",), (), ("VAG001",), {"VAG002", "VAG004"}),
    (("VAG001",), ("CCX002",), (), {"VAG001", "CCX002"}), (("ALL",), (), ("ALL",), set()),
])
def test_selection(select: tuple[str, ...], extend: tuple[str, ...], ignore: tuple[str, ...], runs: set[str]) -> None:
    """Names, codes and beginnings of codes choose rules; ignore has the last word."""
    chosen = commlint.Linter(Config(select=select, extend_select=extend, ignore=ignore))
    assert {rule.code for rule in chosen.rules} == runs


def test_profiles_differ() -> None:
    """A profile brings its own rules; a select of the caller takes the place of the profile's choice."""
    base = {rule.code for rule in commlint.Linter().rules}
    handbook = {rule.code for rule in commlint.Linter(Config(profile=("handbook",))).rules}
    assert base < handbook
    assert {rule.code for rule in commlint.Linter(Config(select=("SLA009",))).rules} == {"SLA009"}


def test_nothing_lying_about_is_read(folder: Path) -> None:
    """A linter made without a configuration is not swayed by files in the working folder, unless asked to be."""
    (folder / "commlint.toml").write_text('select = ["NAM004"]', "utf-8")
    (folder / "a.md").write_text(VAGUE, "utf-8")
    plain = commlint.Linter().check_paths(["a.md"], kind="email")
    nearest = commlint.Linter(nearest=True).check_paths(["a.md"], kind="email")
    assert "VAG001" in _rules(plain)
    assert _rules(nearest) == ["NAM004"]


def test_a_plan_that_was_tampered_with_is_thrown_away(folder: Path) -> None:
    """A cached plan that is not one is compiled anew, whatever it holds; nothing of it is run."""
    config = Config(select=("VAG001",), cache_folder=folder / "cache")
    expected = commlint.Linter(config, cache=True).check(VAGUE, kind="email")
    plans = list((folder / "cache").glob("plan-*.json"))
    assert len(plans) == 1
    head, programs, cards = plans[0].read_text("utf-8").split("\n")[:3]
    for text in ("", "{}", f"{head}\n[1]\n[]", f"{head}\nnull\nnull", f"{head}\n[{{}}]\n{cards}", f"{{}}\n{programs}\n{cards}", "\x00", head):
        plans[0].write_text(text, "utf-8")
        assert commlint.Linter(config, cache=True).check(VAGUE, kind="email") == expected


def test_a_plan_follows_its_rules(folder: Path) -> None:
    """Editing a rule file, or a setting, is seen at once in spite of the cache."""
    rule = folder / "own.norm"
    text = '规则 蓝莓 (LOC001) "x" : 错误 {{ 逐个 句 在 句子 {{ 禁止 任一 短语(["{}"]) 在 句 }} 消息 zh "x" }}\n'
    config = Config(select=("LOC001",), rule_files=(rule,), cache_folder=folder / "cache")
    found = []
    for word in ("蓝莓", "草莓", "蓝莓"):
        rule.write_text(text.format(word), "utf-8")
        found.append(len(commlint.Linter(config, cache=True).check("蓝莓好。").findings))
    assert found == [1, 0, 1]


def test_a_cache_that_cannot_be_written_is_no_fault(folder: Path) -> None:
    """Where nothing can be kept, everything still works."""
    (folder / "file").write_text("", "utf-8")
    config = Config(select=("VAG001",), cache_folder=folder / "file" / "cache")
    assert _rules(commlint.Linter(config, cache=True).check(VAGUE, kind="email")) == ["VAG001"]


def test_broken_rules_are_failures(folder: Path) -> None:
    """The library reports rule files with errors in the report itself."""
    (folder / "bad.norm").write_text("规则 坏 {", "utf-8")
    report = commlint.Linter(Config(rule_files=(folder / "bad.norm",))).check(VAGUE, kind="email")
    assert {failure.stage for failure in report.failures} == {"rule"}
    assert "VAG001" in _rules(report)


def test_progress_is_told(folder: Path) -> None:
    """Whoever wants to know hears of every file."""
    for name in "abc":
        (folder / f"{name}.md").write_text(VAGUE, "utf-8")
    heard: list[tuple[int, int]] = []
    commlint.Linter(Config(select=("VAG001",))).check_paths(["."], progress=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_formats() -> None:
    """`render` knows the built-in formats and refuses others by name."""
    report = commlint.check(VAGUE, kind="email")
    assert commlint.render(report, "text").startswith(b"warning[")
    with pytest.raises(commlint.UsageError, match="'xml'"):
        commlint.render(report, "xml")


def test_the_public_names() -> None:
    """The public names are sorted, all there, and nothing is imported by `import commlint` alone."""
    assert sorted(commlint.__all__) == commlint.__all__ == sorted({*commlint.__all__})
    assert all(getattr(commlint, name) is not None for name in commlint.__all__)
    code = "import sys; before = set(sys.modules); import commlint; print(sorted(set(sys.modules) - before))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert loaded == "['commlint']\n"
    with pytest.raises(AttributeError, match="no attribute 'Lintr'"):
        commlint.Lintr  # type: ignore[attr-defined]  # noqa: B018  # the point of the test


def test_the_example_in_the_docstring() -> None:
    """What the package's docstring shows is so."""
    import doctest

    assert doctest.testmod(commlint).failed == 0
