"""What a newcomer meets first: no silent pass, and every way out that is told works."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

VAGUE = "请尽快提交材料。\n"


@pytest.mark.parametrize(("head", "arguments", "config"), [
    ("", ("--kind", "任务"), ""), ("---\n类型: 任务\n---\n", (), ""), ("", (), '[kinds]\n"*.txt" = "task"\n'),
])
def test_a_record_of_unknown_kind_is_not_passed_in_silence(folder: Path, run: Run, head: str, arguments: tuple[str, ...], config: str) -> None:
    """The report says that most rules did not apply, and each way out that it names makes them apply."""
    (folder / "note.txt").write_text(VAGUE, "utf-8")
    assert "1 份记录类型不明" in run("check", "note.txt", "--isolated").out
    assert "1 of unknown kind" in run("check", "note.txt", "--isolated", "--lang", "en").out
    (folder / "note.txt").write_text(head + VAGUE, "utf-8")
    (folder / "commlint.toml").write_text(config, "utf-8")
    done = run("check", "note.txt", *arguments)
    assert "VAG001" in done.out
    assert "类型不明" not in done.out


def test_a_record_of_no_kind_by_intention(folder: Path, run: Run) -> None:
    """Who says that it is a document is not told that its kind is unknown."""
    (folder / "note.txt").write_text(VAGUE, "utf-8")
    assert "类型不明" not in run("check", "note.txt", "--kind", "document", "--isolated").out


HEIR = """\
规则 部门含糊期限 (LOC001) "含糊期限" 继承 vague-deadline : 错误 {
  依据 "部门规定"
  参数 words += ["这两天"]
  反例 "请[[这两天]]提交材料。"
  反例 "请[[尽快]]提交材料。"
  反例 "请[[抓紧]]提交材料。"
  正例 "请于6月10日17:00前提交。"
  正例 "请这两天提交\uff0c最迟6月11日17:00前。"
  正例 "他说“这两天”不算期限。"
}
"""


def test_a_rule_that_extends_a_bundled_one(folder: Path, run: Run) -> None:
    """An heir of a bundled rule passes check and test by itself, and works beside it."""
    (folder / "own.norm").write_text(HEIR, "utf-8")
    (folder / "a.md").write_text("请这两天提交材料。\n", "utf-8")
    for command in ("check", "test"):
        done = run("rules", command, "own.norm", "--isolated")
        assert (done.code, done.err) == (0, ""), done.out
    assert "error[LOC001] 部门含糊期限" in run("check", "a.md", "--kind", "email", "--rules", "own.norm", "--isolated").out


MAIL = "发件人\uff1aa@corp.example.com\n收件人\uff1ab@client.example.org\n主题\uff1a合同-市场部-王敏\n{sent}\n请在下周内寄出合同\uff0c并请回复。\n"


def test_the_ways_out_of_what_is_undetermined(folder: Path, run: Run) -> None:
    """Each hint, followed, leads to the next gap, and at last to a verdict and code 0 or 1."""
    path, config = folder / "mail.txt", folder / "commlint.toml"
    path.write_text(MAIL.format(sent=""), "utf-8")
    config.write_text('select = ["SLA006", "DDL001"]\n', "utf-8")
    first = run("check", ".")
    assert (first.code, "退出码 3" in first.out, "发送时间" in first.out, "--allow-undetermined" in first.out) == (3, True, True, True)
    assert run("check", ".", "--allow-undetermined").code == 0
    path.write_text("---\n发送时间: 2026-03-02 09:00\n---\n" + MAIL.format(sent=""), "utf-8")
    assert "DDL001" not in run("check", ".", "--kind", "email").out
    path.write_text(MAIL.format(sent="发送时间\uff1a2026-03-02 09:00\n"), "utf-8")
    second = run("check", ".")
    assert (second.code, "--as-of" in second.out) == (3, True)
    third = run("check", ".", "--as-of", "2026-03-09T18:00")
    assert (third.code, "[coverage]" in third.out) == (3, True)
    config.write_text('select = ["SLA006", "DDL001"]\n[coverage]\nstart = 2026-03-01\nend = 2026-03-31\n', "utf-8")
    fourth = run("check", ".")
    assert (fourth.code, "[organisation]" in fourth.out) == (3, True)
    config.write_text(config.read_text("utf-8") + '[organisation]\ndomains = ["corp.example.com"]\n', "utf-8")
    assert run("check", ".").code == 0
    path.write_text(path.read_text("utf-8").replace("a@corp.example.com", "c@client.example.org").replace("b@client.example.org", "b@corp.example.com"), "utf-8")
    assert (last := run("check", ".")).code == 1
    assert "SLA006" in last.out
