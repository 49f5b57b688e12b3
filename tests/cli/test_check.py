"""``commlint check``: what it finds, what it says, how it ends."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

VAGUE = "请尽快提交材料。\n"
FIRM = "请于2026年3月6日17:00前提交材料。\n"
ONLY = ("--isolated", "--select", "VAG001", "--kind", "email")


def _written(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8")


def test_a_finding_is_shown_in_its_frame(folder: Path, run: Run) -> None:
    """The report shows place, line, carets, reason and the way to more, in Chinese; a warning alone ends with 0."""
    _written(folder, a_md="各位同事\uff1a\n" + VAGUE)
    done = run("check", "a.md", *ONLY)
    assert done.out.splitlines()[:5] == [
        "warning[VAG001] vague-deadline: “尽快”不是期限\uff0c请写明日期和时间", "  --> a.md:2:2", "   |", " 2 | 请尽快提交材料。", "   |   ^^^^",
    ]
    assert done.out.splitlines()[-1] == "0 个错误\uff0c1 个警告 \u00b7 0 处已豁免 \u00b7 0 项无法判定 \u00b7 1 份记录"
    assert (done.code, done.err) == (0, "")


def test_english_on_request(folder: Path, run: Run) -> None:
    """`--lang en` says the same in English."""
    _written(folder, a_md=VAGUE)
    done = run("check", "a.md", *ONLY, "--lang", "en")
    assert "'尽快' is not a deadline; give a date and a time" in done.out
    assert done.out.endswith("0 errors, 1 warning \u00b7 0 suppressed \u00b7 0 undetermined \u00b7 1 record\n")


@pytest.mark.parametrize(("arguments", "code"), [
    ((), 0), (("--fail-level", "warning"), 1), (("--fail-level", "warning", "--exit-zero"), 0), (("--fail-level", "info"), 1),
    (("--min-level", "error", "--fail-level", "warning"), 1),
])
def test_exit_codes_of_findings(folder: Path, run: Run, arguments: tuple[str, ...], code: int) -> None:
    """Findings at or above the fail level give 1, whether they are shown or not; --exit-zero gives 0."""
    _written(folder, a_md=VAGUE)
    assert run("check", "a.md", *ONLY, *arguments).code == code


def test_the_four_reports_agree(folder: Path, run: Run) -> None:
    """JSON from one process, from two, from shuffled paths and from the library is the same, byte for byte."""
    import commlint
    from commlint.config import Config

    for number in range(12):
        (folder / f"{number:02}.md").write_text(VAGUE * (number % 3) + FIRM, "utf-8")
    names = [f"{number:02}.md" for number in range(12)]
    arguments = (*ONLY, "--output-format", "json")
    one = run("check", ".", *arguments).out
    assert one == run("check", ".", *arguments, "--jobs", "2").out == run("check", *reversed(names), *arguments).out
    linter = commlint.Linter(Config(select=("VAG001",)), lang="zh")
    assert one == commlint.render(linter.check_paths(names[5:] + names[:5], kind="email"), "json").decode()
    assert len(json.loads(one)["findings"]) == 12


def test_standard_input(run: Run, folder: Path) -> None:
    """`-` reads standard input under the name it is given."""
    done = run("check", "-", "--stdin-filename", "note.md", *ONLY, stdin=VAGUE)
    assert "--> note.md:1:2" in done.out
    assert run("check", "-", "a.md", *ONLY).code == 2


@pytest.mark.parametrize(("make", "slug"), [
    (lambda folder: None, "missing-path"),
    (lambda folder: (folder / "x.md").write_bytes(b""), "empty-record"),
    (lambda folder: (folder / "x.md").write_bytes(b"\xcf\xb5\xcd\xb3\xff"), "undecodable"),
    (lambda folder: (folder / "x.md").symlink_to("x.md"), "directory-loop"),
    (lambda folder: os.mkfifo(folder / "x.md"), "not-a-file"),
    (lambda folder: (folder / "x.md").write_bytes(b"x" * 3_000), "too-large"),
])
def test_what_cannot_be_read_is_said_and_the_rest_is_checked(folder: Path, run: Run, make: object, slug: str) -> None:
    """Each unreadable input is a failure with a way out; the other record is still checked, and the code is not 0."""
    make(folder)  # type: ignore[operator]  # rows of the table above
    _written(folder, good_md=FIRM, commlint_toml="[limits]\nfile-size = 2000")
    done = run("check", "x.md", "good.md", *ONLY[1:])
    assert f"failure[{slug}] x.md" in done.out
    assert "= 办法" in done.out
    assert "1 份记录" in done.out
    assert done.code == 3


def test_a_folder_that_leads_back_to_itself(folder: Path, run: Run) -> None:
    """A loop of links is reported once, and what lies in the folder is checked."""
    _written(folder, a_md=FIRM)
    (folder / "sub").mkdir()
    (folder / "sub" / "up").symlink_to(folder, target_is_directory=True)
    done = run("check", ".", *ONLY)
    assert done.out.count("failure[directory-loop]") == 1
    assert done.code == 3


def test_no_permission(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be read is a failure; the others are checked."""
    _written(folder, a_md=VAGUE, b_md=VAGUE)
    (folder / "a.md").chmod(0)
    if os.access(folder / "a.md", os.R_OK):  # the superuser may read everything: refuse in the system's place
        monkeypatch.setattr("builtins.open", _refusing("a.md", open))
    done = run("check", "a.md", "b.md", *ONLY)
    assert "failure[permission-denied] a.md" in done.out
    assert "b.md:1" in done.out
    assert done.code == 3


def _refusing(name: str, opened: Callable[..., Any]) -> Callable[..., Any]:
    def refuse(path: Any, *args: Any, **options: Any) -> Any:
        if str(path).endswith(name):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, *args, **options)

    return refuse


def test_a_selected_rule_that_is_broken_is_shown(folder: Path, run: Run) -> None:
    """Selecting a rule whose file has errors tells the errors, not that there is no such rule."""
    _written(folder, a_md=VAGUE, bad_norm='规则 坏 (LOC001) "坏" : 警告 {\n  必须存在期限\n}\n')
    done = run("check", "a.md", "--isolated", "--select", "LOC001", "--rules", "bad.norm")
    assert "error[glued-keyword]" in done.err
    assert "bad.norm:2:3" in done.err
    assert done.code == 2


def test_hidden_folders_and_foreign_files_are_passed_by(folder: Path, run: Run) -> None:
    """In folders only what a reader reads is checked; version control, hidden files and excluded paths are not."""
    for name in (".git/a.md", ".hidden.md", "node_modules/b.md", "old/c.md", "d.bin", "e.md"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(VAGUE, "utf-8")
    done = run("check", ".", *ONLY, "--exclude", "old", "--output-format", "json")
    assert [f["location"]["uri"] for f in json.loads(done.out)["findings"]] == ["e.md"]


def test_a_broken_rule_does_not_hide_the_others(folder: Path, run: Run) -> None:
    """Errors of a rule file are shown with their place, the other rules still run, and the code is 2."""
    _written(folder, a_md=VAGUE, bad_norm='规则 坏 (X1) "坏" : 警告 {\n  逐个 句 在 句字 { 禁止 任一 短语\uff08["尽快"]\uff09 在 句 }\n}\n')
    done = run("check", "a.md", *ONLY, "--rules", "bad.norm")
    assert "bad.norm:2:10" in done.err
    assert "vague-deadline" in done.out
    assert done.code == 2


@pytest.mark.parametrize("content", ['规则 坏 "坏" : 警告 {'.encode("gbk"), b"\x00\x01", ("rule a (A1) \"a\" : error { require " + "(" * 10_000).encode()])
def test_rule_files_that_are_no_rule_files(folder: Path, run: Run, content: bytes) -> None:
    """Another encoding, bytes, ten thousand parentheses: a diagnostic each, exit code 2, never a traceback."""
    (folder / "bad.norm").write_bytes(content)
    _written(folder, a_md=VAGUE)
    done = run("check", "a.md", *ONLY, "--rules", "bad.norm")
    assert done.code == 2
    assert "bad.norm" in done.err
    assert "vague-deadline" in done.out


def test_a_rule_of_ones_own(folder: Path, run: Run) -> None:
    """A local rule file works by path, from the command line and from the configuration."""
    _written(folder, a_md="请勿提及蓝莓项目。\n", own_norm='规则 蓝莓 (LOC001) "蓝莓" : 错误 { 逐个 句 在 句子 { 禁止 任一 短语(["蓝莓"]) 在 句 } 消息 zh "不提蓝莓" }\n')
    done = run("check", "a.md", "--isolated", "--select", "LOC001", "--rules", "own.norm")
    assert "error[LOC001] 蓝莓: 不提蓝莓\n  --> a.md:1:5" in done.out
    assert done.code == 1
    _written(folder, commlint_toml='rule-files = ["own.norm"]\nselect = ["LOC001"]')
    assert run("check", "a.md").code == 1


def test_the_closest_configuration_judges_each_file(folder: Path, run: Run) -> None:
    """Two folders with configurations of their own are judged each by its own, in one run."""
    for name, level in (("a", "error"), ("b", "off")):
        (folder / name).mkdir()
        (folder / name / "commlint.toml").write_text(f'select = ["VAG001"]\n[rules.vague-deadline]\nlevel = "{level}"\n[kinds]\n"*.md" = "email"', "utf-8")
        (folder / name / "x.md").write_text(VAGUE, "utf-8")
    done = run("check", "a", "b", "--output-format", "json")
    assert [(f["severity"], f["location"]["uri"]) for f in json.loads(done.out)["findings"]] == [("error", "a/x.md")]
    assert done.code == 1


def test_levels_come_from_the_configuration_of_the_paths(folder: Path, run: Run) -> None:
    """What fails a run is said by the configuration above all that is checked, not by the folder one stands in."""
    (folder / "a").mkdir()
    (folder / "a" / "commlint.toml").write_text('select = ["VAG001"]\nfail-level = "warning"\n[kinds]\n"*.md" = "email"', "utf-8")
    (folder / "a" / "x.md").write_text(VAGUE, "utf-8")
    assert run("check", "a").code == run("check", "a/x.md").code == 1


def test_a_long_run_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal, after a second, a bar, the rate and the time left are shown on standard error and wiped at the end; otherwise never."""
    import io

    from commlint.cli import progress

    screen = io.StringIO()
    monkeypatch.setattr(sys, "stderr", screen)
    assert progress.progress("zh") is None
    monkeypatch.setattr(screen, "isatty", lambda: True)
    clock = iter([0.0, 0.5, 2.0, 4.0])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    show = progress.progress("zh")
    assert show is not None
    for done in (1, 300, 1200):
        show(done, 1200)
    bars = ("\u2588" * 6 + "\u2591" * 18, "\u2588" * 24)
    assert screen.getvalue() == f"\r\x1b[K{bars[0]} 300/1,200 个文件\uff0c每秒 150 个\uff0c还需 6 秒\r\x1b[K{bars[1]} 1,200/1,200 个文件\uff0c每秒 300 个\uff0c还需 0 秒\r\x1b[K"
    assert progress.line(1, 1000, 1.0, "en").endswith("1/1,000 files, 1/s, 16 min 39 s left")


def test_parameters_and_overrides(folder: Path, run: Run) -> None:
    """A word added in the configuration is found, but not under the override that takes it away."""
    _written(folder, a_md="请回头提交材料。\n", b_md="请回头提交材料。\n", commlint_toml="""
        select = ["VAG001"]
        [rules.vague-deadline]
        words.add = ["回头"]
        [kinds]
        "*.md" = "email"
        [[overrides]]
        paths = ["b.md"]
        rules.vague-deadline.words.remove = ["回头"]
    """)
    assert [f["location"]["uri"] for f in json.loads(run("check", ".", "--output-format", "json").out)["findings"]] == ["a.md"]


def test_suppressions_are_marked_not_dropped(folder: Path, run: Run) -> None:
    """What the configuration permits is counted, shown on request with its reason, and does not fail the run."""
    _written(folder, a_md=VAGUE, commlint_toml='select = ["VAG001"]\nfail-level = "warning"\nkinds = {"*.md" = "email"}\n[[suppressions]]\nrules = ["VAG001"]\npath = "a.md"\nreason = "旧档案"\nowner = "王敏"')
    done = run("check", "a.md")
    assert (done.code, "1 处已豁免" in done.out, "VAG001" in done.out) == (0, True, False)
    assert "已豁免\uff1a旧档案 \u00b7 负责人 王敏" in run("check", "a.md", "--show-suppressed").out


def test_statistics_and_files(folder: Path, run: Run) -> None:
    """--statistics counts by rule; -o writes further formats to files."""
    _written(folder, a_md=VAGUE * 3)
    done = run("check", "a.md", *ONLY, "--statistics", "-o", "json=out.json", "-o", "jsonl=out.jsonl")
    assert done.out == "     3  VAG001  vague-deadline\n"
    assert len(json.loads((folder / "out.json").read_text("utf-8"))["findings"]) == 3
    assert [json.loads(line)["type"] for line in (folder / "out.jsonl").read_text("utf-8").splitlines()] == ["finding"] * 3 + ["summary"]


@pytest.mark.parametrize(("arguments", "said"), [
    (("--selct", "x"), "是不是“--select”"), (("--select", "VAGUE-DEADLINE"), "没有名为“VAGUE-DEADLINE”的规则"), (("--kind", "letterr"), "没有名为“letterr”的记录类型"),
    (("--output-format", "xml"), "可用的格式\uff1ajson, jsonl, text"), (("--profile", "none"), "没有名为“none”的方案"), (("--tz", "Mars"), "没有名为“Mars”的时区"),
    (("--as-of", "soon"), "“soon”不是一个时刻"), (("--config", "none.toml"), "无法读取"), (("-o", "json"), "格式=路径"), (("--calendar", "moon"), "没有名为“moon”的日历"),
    (("--rules", "none.norm"), "none.norm 处没有规则文件"), (("--min-level", "bad"), "--min-level 不能是"), (("--jobs", "x"), "的值不对"),
])
def test_wrong_usage_is_told_in_chinese(folder: Path, run: Run, arguments: tuple[str, ...], said: str) -> None:
    """Each slip on the command line ends with 2 and a sentence that helps."""
    _written(folder, a_md=VAGUE)
    done = run("check", "a.md", *arguments)
    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err


def test_a_typo_in_the_configuration(folder: Path, run: Run) -> None:
    """An unknown key is an error that names file, key and the likely one; nothing is checked by half."""
    _written(folder, a_md=VAGUE, commlint_toml="profle = 'base'")
    done = run("check", "a.md", "--lang", "en")
    assert (done.code, done.out) == (2, "")
    assert "unknown key `profle`: did you mean `profile`?" in done.err


def test_colour_only_on_request(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal there is no colour; --color always brings it."""
    _written(folder, a_md=VAGUE)
    assert "\x1b[" not in run("check", "a.md", *ONLY).out
    assert "\x1b[1;33mwarning[VAG001]\x1b[0m" in run("check", "a.md", *ONLY, "--color", "always").out


def test_records_cannot_command_the_terminal(folder: Path, run: Run) -> None:
    """Control characters of a record are shown as pictures."""
    _written(folder, a_md="请尽快\x1b[2J提交材料。\n")
    done = run("check", "a.md", *ONLY)
    assert "\x1b" not in done.out
    assert "\u241b[2J" in done.out


def test_the_reader_may_leave(folder: Path) -> None:
    """`commlint check … | head -1` ends quietly."""
    _written(folder, a_md=VAGUE * 5_000)
    arguments = " ".join(ONLY)
    done = subprocess.run(
        ["bash", "-c", f"'{sys.executable}' -m commlint check a.md {arguments} | head -n 1"], capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    assert done.stdout.startswith("warning[VAG001]")
    assert done.stderr == ""


def test_an_error_of_our_own_is_not_a_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """If commlint itself fails, people get the kind of error, where, and where to report it, with code 101."""
    from commlint.cli import check

    def broken(*_: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(check, "linter", broken)
    done = run("check", ".")
    assert done.code == 101
    assert "ZeroDivisionError: oops" in done.err
    assert "Traceback" not in done.err


def test_the_warm_path_imports_little(folder: Path) -> None:
    """A second run on a text file imports neither lark nor pluggy nor what other formats need."""
    _written(folder, a_md=VAGUE)
    arguments = ["check", "a.md", "--isolated", "--select", "VAG001", "--kind", "email"]
    code = f"import sys; from commlint.cli import main; main({arguments!r}); main({arguments!r}) if sys.argv[1] == 'cold' else None; print(*sorted(sys.modules), file=sys.stderr)"
    for temperature in ("cold", "warm"):
        done = subprocess.run([sys.executable, "-c", code, temperature], capture_output=True, text=True, encoding="utf-8", check=True)
    loaded = set(done.stderr.split())
    assert "commlint.api" in loaded
    heavy = {"lark", "pluggy", "importlib.metadata", "asyncio", "email.parser", "chinese_calendar", "tomli", "dataclasses", "multiprocessing", "concurrent.futures", "hypothesis"}
    assert loaded & heavy == set()


def test_standard_input_is_bounded(folder: Path, run: Run) -> None:
    """What does not end below the limit on file size is refused, not held."""
    _written(folder, commlint_toml="limits.file-size = 10")
    assert run("check", "-", stdin="0123456789").code != 3
    done = run("check", "-", stdin="0123456789a")
    assert (done.code, "超过上限 10" in done.err) == (3, True)
