"""The other commands: explain, rules, coverage, parse, trace, time, config."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commlint.cli import COMMANDS
from commlint.cli.rules import ACTIONS
from tests.cli.conftest import Run

VAGUE = "请尽快提交材料。\n"


@pytest.mark.parametrize("arguments", [(name,) for name in COMMANDS if name not in ("rules", "config")] + [("rules", a) for a in ACTIONS] + [("config", a) for a in ("show", "where", "init")])
def test_every_command_helps_in_both_languages(arguments: tuple[str, ...], run: Run) -> None:
    """`--help` of each command ends with 0 and speaks the language asked for."""
    for lang, word in (("zh", "用法\uff1acommlint"), ("en", "usage: commlint")):
        done = run(*arguments, "--help", "--lang", lang)
        assert (done.code, done.out[: len(word)]) == (0, word)


def test_no_command_at_all(run: Run) -> None:
    """Without a command people see what there is; a misspelt one is guessed."""
    done = run()
    assert done.code == 2
    assert all(name in done.out for name in COMMANDS)
    assert run("--lang", "en").out.startswith("usage: commlint COMMAND")
    assert run("--lang", "zh", "--help").out.startswith("用法\uff1acommlint COMMAND")
    assert "是不是“check”\uff1f" in run("chek").err
    assert run("--version").out.startswith("commlint 0.")
    assert "rules 后面应是\uff1alist, new, test, check, fmt, docs" in run("rules", "lst").err


def test_explain(run: Run) -> None:
    """A rule is explained by name or code: card, citation with document, parameters, examples."""
    done = run("explain", "VAG001", "--isolated")
    assert done.out == run("explain", "vague-deadline", "--isolated").out
    for said in ("vague-deadline [VAG001] 期限写成模糊词", "S0-006 (沟通协调工具集)", '参数: words = ["尽快"', "反例:\n  请[[尽快]]提交报销材料。"):
        assert said in done.out
    assert "limit = 24 hours" in run("explain", "SLA009", "--isolated").out
    assert "是不是" in run("explain", "VAG999").err


def test_rules_list(run: Run) -> None:
    """All rules in use are listed by code; --all marks those that do not run; --json gives the cards."""
    listed = run("rules", "list", "--isolated", "--json")
    cards = json.loads(listed.out)
    assert len(cards) >= 30
    assert [card["code"] for card in cards] == sorted(card["code"] for card in cards)
    every = run("rules", "list", "--isolated", "--all").out.splitlines()
    assert len(every) > len(cards)
    assert sum(line.startswith("-") for line in every) == len(every) - len(cards)


@pytest.mark.parametrize("keywords", ["zh", "en"])
def test_a_new_rule_is_sound_from_the_start(folder: Path, run: Run, keywords: str) -> None:
    """What `rules new` writes passes check, test and fmt in either keyword language, and is never written over."""
    assert run("rules", "new", "some-thing", "--lang", keywords, "--isolated").code == 2
    assert run("rules", "new", "some-thing", "--lang", keywords).code == 0
    path = "rules/some-thing.norm"
    for command in (("check",), ("test",), ("fmt", "--check")):
        done = run("rules", *command, path)
        assert (done.code, done.err) == (0, ""), done.out
    assert run("rules", "new", "some-thing").code == 2
    assert run("rules", "new", "Some Thing").code == 2


def test_the_bundled_rules_are_sound(run: Run) -> None:
    """All bundled rules pass the checks and all their examples come out as they say."""
    checked, tested = run("rules", "check", "--isolated"), run("rules", "test", "--isolated")
    assert (checked.code, tested.code) == (0, 0), checked.out + tested.out


def test_rules_check_tells_place_and_way_out(folder: Path, run: Run) -> None:
    """A problem is shown with its slug, its place, a caret and help; errors end with 2, warnings with 1."""
    (folder / "a.norm").write_text('规则 甲 (LOC001) "x" : 警告 {\n  逐个 句 在 句字 { 禁止 任一 短语(["尽快"]) 在 句 }\n}\n', "utf-8")
    done = run("rules", "check", "a.norm")
    assert done.code == 2
    assert "error[unknown-name]: 不认识的词 `句字`\n  --> a.norm:2:10\n   |\n 2 |   逐个 句 在 句字 {" in done.out
    assert "\n   |              ^^^^\n" in done.out
    (folder / "a.norm").write_text('规则 甲 (LOC001) "x" : 警告 {\n  逐个 句 在 句子 { 禁止 任一 短语(["尽快"]) 在 句 }\n}\n', "utf-8")
    assert run("rules", "check", "a.norm").code == 1
    assert run("rules", "check", "none.norm").code == 2


def test_fmt_goes_to_the_other_language_and_back(folder: Path, run: Run) -> None:
    """`fmt --lang en` then `--lang zh` restores every byte; --check and --diff change nothing."""
    run("rules", "new", "some-thing", "--lang", "zh", "--folder", ".")
    path = folder / "some-thing.norm"
    before = path.read_bytes()
    assert run("rules", "fmt", "--check", "--lang", "en", ".").code == 1
    assert "+rule some-thing" in run("rules", "fmt", "--diff", "--lang", "en", ".").out
    assert path.read_bytes() == before
    run("rules", "fmt", "--lang", "en", ".")
    assert path.read_bytes() != before
    run("rules", "fmt", "--lang", "zh", ".")
    assert path.read_bytes() == before


def test_rules_docs(run: Run) -> None:
    """The page has a row and a chapter for every rule."""
    page = run("rules", "docs", "--isolated").out
    assert page.count("\n## ") == page.count("\n| ") - 1 >= 30


def test_coverage(run: Run) -> None:
    """Every norm is counted once, with the rules that cite it."""
    rows = json.loads(run("coverage", "--json", "--isolated").out)
    assert len(rows) == 312
    assert {row["id"]: row["rules"] for row in rows}["S0-006"] == ["vague-deadline"]
    assert "/312 条规范" in run("coverage", "--isolated").out


def test_parse(folder: Path, run: Run) -> None:
    """`parse` shows the kind with its evidence, and what was recognised with places."""
    (folder / "a.md").write_text("# 周例会会议纪要\n\n会议时间\uff1a2026-03-02 14:00-15:00\n\n- 王敏于2026年3月6日前提交名单\n", "utf-8")
    (record,) = json.loads(run("parse", "a.md", "--json", "--isolated").out)
    assert record["kind"] == "minutes"
    assert record["evidence"]["by"] in ("title", "file name", "labels")
    assert any("3月6日" in time["text"] and time["at"].startswith("5:") for time in record["recognised"]["deadlines"])
    text = run("parse", "a.md", "--isolated").out
    assert text.startswith("a.md: 纪要 (标题: 纪要)")
    assert "期限:" in text
    assert "不知道发送时间" in text
    english = run("parse", "a.md", "--isolated", "--lang", "en").out
    assert english.startswith("a.md: minutes (title: 纪要)")
    assert "deadlines:" in english
    assert run("parse", "none.md").code == 3
    assert run("parse", "-", stdin=b"").code == 3
    assert run("parse", "-", stdin="x").out.startswith("-: 文档 (")
    assert "是文件夹" in run("parse", ".").err


def test_trace(folder: Path, run: Run) -> None:
    """`trace` shows each value with its place in the rule file, and the outcome."""
    (folder / "a.md").write_text(VAGUE, "utf-8")
    done = run("trace", "VAG001", "a.md", "--kind", "email", "--isolated", "--lang", "en")
    assert done.code == 0
    assert "vague_commitment  =  “尽快” 1:2 (urgency 尽快, request 请)" in done.out
    assert done.out.rstrip().endswith("breach: '尽快' is not a deadline; give a date and a time")
    assert run("trace", "SLA009", "a.md", "--isolated").code == 2
    assert "通过或不适用" in run("trace", "VAG001", "a.md", "--kind", "archive", "--isolated").out


def test_time(run: Run) -> None:
    """Time expressions are shown with their bounds; --jsonl answers line by line."""
    done = run("time", "3个工作日内", "--sent", "2026-03-06T09:00", "--isolated")
    assert "到期  2026-03-11 23:59+08:00" in done.out
    assert "due  2026-03-11 23:59+08:00" in run("time", "3个工作日内", "--sent", "2026-03-06T09:00", "--isolated", "--lang", "en").out
    line = json.dumps({"id": 7, "text": "3个工作日内", "ref": "2026-03-06T09:00"})
    answer = json.loads(run("time", "--jsonl", "--isolated", stdin=line + "\n").out)
    assert (answer["id"], answer["spans"][0]["due"]) == (7, "2026-03-11")


def test_a_bad_line_of_questions_is_told_and_the_next_one_answered(run: Run) -> None:
    """`time --jsonl` names the number of a line that is no question, in the language of messages, goes on, and exits with 2."""
    done = run("time", "--jsonl", "--isolated", stdin='nonsense\n[1]\n{"text": 3}\n{"text": "x", "ref": "soon"}\n{"id": 1, "text": "5月6日前"}\n')
    assert done.code == 2
    assert [line.partition("\uff1a")[0] + line.partition("\uff1a")[2][:5] for line in done.err.splitlines() if line.startswith("错误")] == ["错误第 1 行", "错误第 2 行", "错误第 3 行", "错误第 4 行"]
    assert json.loads(done.out)["id"] == 1


def test_config(folder: Path, run: Run) -> None:
    """`init` writes a file that reads as the defaults; `where` and `show` tell what holds and whence."""
    assert "没有配置文件" in run("config", "where").out
    assert run("config", "init").code == 0
    assert run("config", "init").code == 2
    assert run("config", "where").out == f"{folder.resolve() / 'commlint.toml'}\n"
    (folder / "commlint.toml").write_text('jobs = 2\n[rules.a-b]\nwords.add = ["x"]\n[kinds]\n"*.md" = "email"\n[[suppressions]]\nrules = ["A"]\nreason = "y"', "utf-8")
    shown = run("config", "show").out
    for line in ("jobs = 2  # ", 'rules.a-b.words.add = ["x"]  # ', 'kinds."*.md" = "email"  # ', '[[suppressions]] { rules = ["A"], reason = "y" }', 'zone = "Asia/Shanghai"  # 默认'):
        assert line in shown


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_template_reads_as_the_defaults(folder: Path, run: Run, lang: str) -> None:
    """Every line of a fresh configuration is valid, also when all of it is switched on."""
    from commlint.cli.config import template
    from commlint.config import Config, load

    text = template(lang)
    path = folder / "commlint.toml"
    path.write_text(text, "utf-8")
    assert load(path) == Config(path=str(path))


def test_new_rules_get_codes_of_their_own(folder: Path, run: Run) -> None:
    """Without --code a new rule takes the first LOC code that no rule beside it has."""
    for name in ("one-thing", "another-thing", "third-thing"):
        run("rules", "new", name)
    codes = [path.read_text("utf-8").split("(")[1][:6] for path in sorted((folder / "rules").iterdir(), key=lambda path: path.stat().st_mtime_ns)]
    assert codes == ["LOC001", "LOC002", "LOC003"]
    assert run("rules", "check", "rules").code == 0
