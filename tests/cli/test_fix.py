"""``commlint check --fix``: what is certain is put right, what is not is left alone, and nothing is ever half done."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

RULE = """\
规则 用词 (LOC001) "用词" : 错误 {{
  每个 句 在 句子 {{ 禁止 任一 短语(["邮件主旨"]) 在 句 }}
  消息 zh "应写邮件主题"
  修正 {safe} "邮件主旨" -> "邮件主题"
}}
"""


@pytest.fixture(params=["\n", "\r\n"], ids=["lf", "crlf"])
def text(request: pytest.FixtureRequest) -> str:
    """A record with two places to mend, with either line break."""
    return str(request.param).join(["请写明邮件主旨。\u2028邮件主旨不可省略。", "", "谢谢。", ""])


def _set_up(folder: Path, text: str, *, safe: str = "安全") -> tuple[str, ...]:
    (folder / "own.norm").write_text(RULE.format(safe=safe), "utf-8")
    (folder / "a.md").write_bytes(text.encode())
    return ("check", "a.md", "--isolated", "--select", "LOC001", "--rules", "own.norm")


def test_safe_fixes_are_written(folder: Path, run: Run, text: str) -> None:
    """--fix changes exactly the marked characters, keeps line breaks, and the report is of the mended file."""
    command = _set_up(folder, text)
    assert run(*command).code == 1
    done = run(*command, "--fix")
    assert (folder / "a.md").read_bytes() == text.replace("邮件主旨", "邮件主题").encode()
    assert (done.code, "a.md 中改正了 2 处" in done.err) == (0, True)
    assert run(*command, "--fix").err == ""


def test_unsafe_fixes_wait_to_be_asked_for(folder: Path, run: Run, text: str) -> None:
    """A fix that needs a person's eye is applied by --unsafe-fixes only."""
    command = _set_up(folder, text, safe="")
    run(*command, "--fix")
    assert (folder / "a.md").read_bytes() == text.encode()
    run(*command, "--unsafe-fixes")
    assert (folder / "a.md").read_bytes() == text.replace("邮件主旨", "邮件主题").encode()


def test_diff_changes_nothing(folder: Path, run: Run) -> None:
    """--diff shows the change as a patch and leaves the file alone."""
    command = _set_up(folder, "请写明邮件主旨。\n")
    done = run(*command, "--diff")
    assert "-请写明邮件主旨。\n+请写明邮件主题。\n" in done.out
    assert (folder / "a.md").read_text("utf-8") == "请写明邮件主旨。\n"


def test_other_encodings_are_left_alone(folder: Path, run: Run) -> None:
    """A file that is not UTF-8 is reported, not rewritten."""
    command = _set_up(folder, "")
    content = "请写明邮件主旨。\n各位同事请注意。\n".encode("gb18030")
    (folder / "a.md").write_bytes(content)
    done = run(*command, "--fix")
    assert (folder / "a.md").read_bytes() == content
    assert "a.md 中有 1 处未改" in done.err


def test_the_mark_of_an_encoding_stays(folder: Path, run: Run) -> None:
    """A file that begins with a byte order mark keeps it."""
    command = _set_up(folder, "\ufeff请写明邮件主旨。\n")
    run(*command, "--fix")
    assert (folder / "a.md").read_text("utf-8") == "\ufeff请写明邮件主题。\n"


def test_mails_are_not_rewritten(folder: Path, run: Run) -> None:
    """What stands in a decoded part of a file is left alone, and said so."""
    command = _set_up(folder, "")
    mail = "From: a@example.com\nTo: b@example.com\nSubject: x\nContent-Type: text/plain; charset=utf-8\n\n请写明邮件主旨。\n"
    (folder / "a.eml").write_text(mail, "utf-8")
    done = run("check", "a.eml", *command[2:], "--fix")
    assert (folder / "a.eml").read_text("utf-8") == mail
    assert "a.eml 中有 1 处未改\uff1a只改写 UTF-8 文本文件" in done.err


def test_what_is_permitted_is_not_mended(folder: Path, run: Run) -> None:
    """A suppressed finding is not fixed."""
    text = "<!-- commlint: 允许 LOC001 -- 引用原文 -->\n请写明邮件主旨。\n"
    command = _set_up(folder, text)
    run(*command, "--fix")
    assert (folder / "a.md").read_text("utf-8") == text
