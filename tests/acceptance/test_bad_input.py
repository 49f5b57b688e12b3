"""Bad input: each names the place and the way out in both languages, ends with the right code, and hides no other record."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Run

VAGUE = "请尽快提交材料。\n"
FOUND = "vague-deadline"  # the finding in the good neighbour
ONLY = ("--isolated", "--select", "VAG001", "--kind", "email")

HELP = {"zh": "   = 办法\uff1a", "en": "   = help: "}

Make = Callable[[Path], object]


def _sparse(folder: Path) -> None:
    with (folder / "bad.md").open("wb") as file:
        file.truncate(200_000_000)


def _multipart(folder: Path) -> None:
    lines = ("From: a@example.com", "Content-Type: multipart/mixed; boundary=zz", "", "--zz", "Content-Type: text/plain", "Content-Transfer-Encoding: base64", "", "!!!!", "")
    (folder / "bad.eml").write_bytes("\r\n".join(lines).encode())


RECORDS: list[tuple[str, str, Make, str, str, str]] = [  # what, the file, how it is made, slug, way out in Chinese and English
    ("missing", "bad.md", lambda folder: None, "missing-path", "检查路径", "check the path"),
    ("in a file", "good.md/x.md", lambda folder: None, "missing-path", "检查路径", "check the path"),
    ("undecodable", "bad.md", lambda folder: (folder / "bad.md").write_bytes(b"\xcf\xb5\xcd\xb3\xff\x81"), "undecodable", "UTF-8", "UTF-8"),
    ("empty", "bad.md", lambda folder: (folder / "bad.md").touch(), "empty-record", "写入", "write"),
    ("blank", "bad.md", lambda folder: (folder / "bad.md").write_bytes(b" \r\n\t\r\n"), "empty-record", "写入", "write"),
    ("zero bytes", "bad.md", lambda folder: (folder / "bad.md").write_bytes(b"abc\x00\x00d" * 9), "binary-content", "扩展名", "extension"),
    ("a sparse file of 200 MB", "bad.md", _sparse, "too-large", "limits.file-size", "limits.file-size"),
    ("a link to itself", "bad.md", lambda folder: (folder / "bad.md").symlink_to("bad.md"), "directory-loop", "删除该链接", "remove the link"),
    ("a link to nowhere", "bad.md", lambda folder: (folder / "bad.md").symlink_to("nowhere"), "missing-path", "检查路径", "check the path"),
    ("a pipe", "bad.md", lambda folder: os.mkfifo(folder / "bad.md"), "not-a-file", "通过 -", "through `-`"),
    ("a format nobody reads", "bad.exe", lambda folder: (folder / "bad.exe").write_bytes(b"MZ\x90broken"), "no-reader", "另存为", "save it as"),
    ("a zip in the clothes of a text", "bad.md", lambda folder: (folder / "bad.md").write_bytes(b"PK\x03\x04" + bytes(range(256))), "binary-content", "扩展名", "extension"),
    ("a mail without headers", "bad.eml", lambda folder: (folder / "bad.eml").write_bytes(os.urandom(300).replace(b":", b"") + b"\xff\x00"), "not-a-mail", ".eml", ".eml"),
    ("broken JSON Lines", "bad.jsonl", lambda folder: (folder / "bad.jsonl").write_text('{"text": \n', "utf-8"), "bad-lines", "", ""),
]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("name", "make", "slug", "zh", "en"), [row[1:] for row in RECORDS], ids=[row[0] for row in RECORDS])
def test_records(folder: Path, run: Run, name: str, make: Make, slug: str, zh: str, en: str, lang: str) -> None:
    """What cannot be read is a failure with slug, path and way out and code 3; the record beside it is checked."""
    make(folder)
    (folder / "good.md").write_text(VAGUE, "utf-8")
    done = run("check", name, "good.md", *ONLY, "--lang", lang)
    assert f"failure[{slug}] {name}: " in done.out
    assert HELP[lang] in done.out
    assert (zh if lang == "zh" else en) in done.out
    assert FOUND in done.out
    assert done.code == 3
    assert "Traceback" not in done.out + done.err


def test_a_mail_that_lost_its_body_is_not_passed_in_silence(folder: Path, run: Run) -> None:
    """A part that cannot be decoded is said to be missing."""
    _multipart(folder)
    (folder / "good.md").write_text(VAGUE, "utf-8")
    done = run("check", "bad.eml", "good.md", *ONLY)
    assert "bad.eml" in done.out
    assert FOUND in done.out
    assert done.code == 3


@pytest.mark.parametrize("place", ["bad.md", "folder/bad.md"])
def test_a_pipe_is_not_waited_for(folder: Path, run: Run, place: str) -> None:
    """Named or found in a folder, a pipe that nobody writes to does not hold the run up."""
    (folder / place).parent.mkdir(exist_ok=True)
    os.mkfifo(folder / place)
    (folder / "good.md").write_text(VAGUE, "utf-8")
    done = run("check", ".", *ONLY)
    assert f"failure[not-a-file] {place}" in done.out
    assert FOUND in done.out
    assert done.code == 3


def test_a_loop_of_folders(folder: Path, run: Run) -> None:
    """A folder that leads back to one above it is told once; what lies in it is checked once."""
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "b" / "up").symlink_to(folder / "a", target_is_directory=True)
    (folder / "a" / "b" / "good.md").write_text(VAGUE, "utf-8")
    done = run("check", "a", *ONLY)
    assert "failure[directory-loop] a/b/up: " in done.out
    assert "exclude" in done.out
    assert done.out.count(FOUND + ":") == 1
    assert done.code == 3


@pytest.mark.parametrize("limit", ["10", '"10 B"', '"0.01 kB"'])
def test_the_limit_of_size_is_configurable(folder: Path, run: Run, limit: str) -> None:
    """A file above `limits.file-size` is not read; one below is."""
    (folder / "commlint.toml").write_text(f'select = ["VAG001"]\nlimits.file-size = {limit}\n', "utf-8")
    (folder / "big.md").write_text(VAGUE, "utf-8")
    (folder / "small.md").write_text("asap", "utf-8")
    done = run("check", ".", "--kind", "email")
    assert "failure[too-large] big.md: " in done.out
    assert "small.md:1:1" in done.out
    assert done.code == 3


@pytest.mark.parametrize("text", ["请尽快提交", "请尽快\uff0c"])
def test_a_record_that_is_one_endless_sentence(folder: Path, run: Run, text: str) -> None:
    """Of thousands of vague words in a sentence the first forty are shown."""
    (folder / "endless.md").write_text(text * 2_000, "utf-8")
    done = run("check", ".", *ONLY)
    assert done.out.count(FOUND + ":") == 40
    assert len(done.out) < 50_000


def test_what_stands_behind_too_many_words_is_not_passed(folder: Path, run: Run) -> None:
    """Behind forty vague words that are quoted, one that is meant is undetermined: nothing is claimed of what was not looked at."""
    (folder / "endless.md").write_text("\u201c尽快\u201d、" * 60 + "请尽快提交。", "utf-8")
    done = run("check", ".", *ONLY)
    assert "一句中的含糊词太多" in done.out
    assert done.code == 3


def test_a_record_that_is_one_endless_line(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """More findings than anybody reads are cut short, told, and cost no more than they are worth."""
    from commlint.engine import evaluate, inspection

    monkeypatch.setattr(evaluate, "MOST", 500)
    monkeypatch.setattr(inspection, "MOST", 500)
    (folder / "endless.md").write_text("请尽快。" * 2_000, "utf-8")
    (folder / "good.md").write_text(VAGUE, "utf-8")
    done = run("check", ".", *ONLY)
    assert "failure[too-many-findings] endless.md (vague-deadline): " in done.out
    assert done.out.count(FOUND + ":") == 501
    assert len(done.out) < 500_000
    assert done.code == 3


def test_no_permission(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file or folder that may not be read is a failure; to the superuser, who may read everything, the system's answer is simulated."""
    for name in ("good.md", "secret.md", "closed/x.md"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(VAGUE, "utf-8")
    (folder / "secret.md").chmod(0)
    (folder / "closed").chmod(0)
    if os.access(folder / "secret.md", os.R_OK):
        monkeypatch.setattr("builtins.open", _denied(open, "secret.md"))
        monkeypatch.setattr(os, "scandir", _denied(os.scandir, "closed"))
    try:
        done = run("check", ".", *ONLY)
    finally:
        monkeypatch.undo()
        (folder / "closed").chmod(stat.S_IRWXU)
    assert "failure[permission-denied] secret.md: 没有读取权限" in done.out
    assert "failure[permission-denied] closed: 没有读取权限" in done.out
    assert "good.md:1:2" in done.out
    assert done.code == 3


def _denied(call: Callable[..., object], name: str) -> Callable[..., object]:
    def denied(path: object, *more: object, **options: object) -> object:
        if str(path).endswith(name):
            raise PermissionError(13, "Permission denied", str(path))
        return call(path, *more, **options)

    return denied


RULES: list[tuple[str, bytes, str, int, str, str]] = [  # what, the file, slug, line (0: none), way out in Chinese and English
    ("an unknown word", '规则 坏 (LOC001) "坏" : 警告 {\n  逐个 句 在 句字 { 禁止 任一 短语(["尽快"]) 在 句 }\n}\n'.encode(), "unknown-name", 2, "句子", "句子"),
    ("a brace left open", b'rule bad (LOC001) "bad" : warning {\n  require any deadline in body\n', "", 0, "}", "}"),
    ("a pattern that backtracks", b'rule bad (LOC001) "bad" : warning {\n  forbid any /(a+)+b/ in body\n}\n', "bad-pattern", 2, "", ""),
    ("ten thousand parentheses", f'rule bad (LOC001) "bad" : warning {{\n  require {"(" * 10_000}body is present{")" * 10_000}\n}}\n'.encode(), "too-deep", 2, "拆", "split"),
    ("ten thousand parentheses, open", f'rule bad (LOC001) "bad" : warning {{\n  require {"(" * 10_000}\n'.encode(), "", 0, "", ""),
    ("ten thousand nots", f'rule bad (LOC001) "bad" : warning {{\n  require {"not " * 10_000}body is present\n}}\n'.encode(), "", 0, "", ""),
    ("ten thousand brackets", f'rule bad (LOC001) "bad" : warning {{\n  require {"[" * 10_000}\n'.encode(), "", 0, "", ""),
    ("another encoding", '规则 坏 (LOC001) "坏" : 警告 {\n}\n'.encode("gbk"), "undecodable", 1, "UTF-8", "UTF-8"),
    ("no text at all", bytes(range(256)), "", 0, "", ""),
]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("content", "slug", "line", "zh", "en"), [row[1:] for row in RULES], ids=[row[0] for row in RULES])
def test_rules(folder: Path, run: Run, content: bytes, slug: str, line: int, zh: str, en: str, lang: str) -> None:
    """A rule file with errors is told with place and way out and code 2 by every command; the other rules still run."""
    (folder / "bad.norm").write_bytes(content)
    (folder / "good.md").write_text(VAGUE, "utf-8")
    done = run("check", "good.md", *ONLY, "--rules", "bad.norm", "--lang", lang)
    assert f"error[{slug}" in done.err
    assert f"--> bad.norm:{line or ''}" in done.err
    assert (zh if lang == "zh" else en) in done.err
    assert FOUND in done.out
    assert done.code == 2
    checked, tested, laid_out = (run("rules", command, "bad.norm", "--isolated", "--lang", lang) for command in ("check", "test", "fmt"))
    assert f"error[{slug}" in checked.out
    assert (checked.code, tested.code) == (2, 2)
    assert laid_out.code in (0, 2)  # what reads can be laid out, whatever it means
    for one in (done, checked, tested, laid_out):
        assert "Traceback" not in one.out + one.err
        assert "codec" not in one.out + one.err
    if laid_out.code == 2:
        assert (folder / "bad.norm").read_bytes() == content
        assert "bad.norm" in laid_out.err


CONFIGS: list[tuple[str, bytes, str, str, str]] = [  # what, the file, what is named, way out in Chinese and English
    ("an unknown key", b'profle = ["base"]', "profle", "“profile”", "`profile`"),
    ("an unknown key in a table", b"[coverge]\nstart = 2026-01-01", "coverge", "“coverage", "`coverage"),
    ("an unknown rule", b'[rules.vague-dedline]\nlevel = "error"', "vague-dedline", "vague-deadline", "vague-deadline"),
    ("an unknown parameter", b'[rules.vague-deadline]\nlevl = "error"', "levl", "`level`", "`level`"),
    ("a wrong value", b'[rules.vague-deadline]\nlevel = "eror"', "eror", "warning", "warning"),
    ("a parameter of the wrong type", b"[rules.vague-deadline]\nwords = 3", "words", "commlint explain", "commlint explain"),
    ("an unknown profile", b'profile = ["bas"]', "bas", "base", "base"),
    ("an unknown rule selected", b'select = ["VAG999"]', "VAG999", "VAG00", "VAG00"),
    ("an unknown kind", b'[kinds]\n"*.md" = "letterr"', "letterr", "email", "email"),
    ("no TOML", b"[rules\n", "commlint.toml", "TOML", "TOML"),
    ("another encoding", "[规则]\n".encode("gbk"), "commlint.toml", "UTF-8", "UTF-8"),
    ("a suppression without a reason", b'[[suppressions]]\nrules = ["VAG001"]', "suppressions", "reason", "reason"),
    ("rules that are not there", b'rule-files = ["none.norm"]', "none.norm", "rule-files", "rule-files"),
    ("a plugin that is not there", b'[plugins]\nload = ["nowhere_to_be_found"]', "nowhere_to_be_found", "optional", "optional"),
]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("content", "named", "zh", "en"), [row[1:] for row in CONFIGS], ids=[row[0] for row in CONFIGS])
def test_configurations(folder: Path, run: Run, content: bytes, named: str, zh: str, en: str, lang: str) -> None:
    """A slip in a configuration is told with the file, the slip and the way out, with code 2."""
    (folder / "commlint.toml").write_bytes(content)
    (folder / "good.md").write_text(VAGUE, "utf-8")
    done = run("check", "good.md", "--kind", "email", "--lang", lang)
    assert done.code == 2
    assert named in done.err
    assert "commlint.toml" in done.err
    assert (zh if lang == "zh" else en) in done.err
    assert "Traceback" not in done.err


def test_one_folder_with_a_bad_configuration_does_not_hide_the_others(folder: Path, run: Run) -> None:
    """Records under another configuration are checked; the bad one is told, and the code is 2."""
    for name, text in (("a", "profle = 1"), ("b", 'select = ["VAG001"]\n')):
        (folder / name).mkdir()
        (folder / name / "commlint.toml").write_text(text, "utf-8")
        (folder / name / "x.md").write_text(VAGUE, "utf-8")
    done = run("check", "a", "b", "--kind", "email")
    assert done.code == 2
    assert "b/x.md:1:2" in done.out
    assert "profle" in done.out
    assert "“profile”" in done.out


USAGE: list[tuple[tuple[str, ...], str, str]] = [  # arguments, way out in Chinese and English
    (("--select", "vague-dedline"), "vague-deadline", "vague-deadline"), (("--ignore", "NOPE"), "NOPE", "NOPE"), (("--as-of", "soon"), "2026-03-02T18:00", "2026-03-02T18:00"),
    (("--kind", "letterr"), "email", "email"), (("--output-format", "xml"), "json, jsonl, text", "json, jsonl, text"), (("-o", "xml=out.xml"), "json, jsonl, text", "json, jsonl, text"),
    (("-o", "json"), "json=report.json", "json=report.json"), (("-o", "json=none/such/report.json"), "-o", "-o"), (("--selct", "x"), "“--select”", "`--select`"),
    (("--config", "none.toml"), "none.toml", "none.toml"), (("--jobs", "many"), "--jobs", "--jobs"), (("--jobs", "-1"), "--jobs", "--jobs"), (("--tz", "Mars"), "Asia/Shanghai", "Asia/Shanghai"),
    (("--calendar", "moon"), "china", "china"), (("--profile", "none"), "base", "base"), (("--rules", "none.norm"), "--rules", "--rules"), (("--roster", "none.toml"), "none.toml", "none.toml"),
]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("arguments", "zh", "en"), USAGE, ids=[" ".join(row[0]) for row in USAGE])
def test_usage(folder: Path, run: Run, arguments: tuple[str, ...], zh: str, en: str, lang: str) -> None:
    """A slip on the command line is told with the way out, with code 2, before anything is printed."""
    (folder / "good.md").write_text(VAGUE, "utf-8")
    done = run("check", "good.md", *arguments, "--lang", lang)
    assert (done.code, "Traceback" in done.err) == (2, False)
    assert (zh if lang == "zh" else en) in done.err


def test_a_file_name_that_is_no_text(folder: Path, run: Run) -> None:
    """A name in another encoding (an old disk, a foreign archive) is shown as far as it can be read; the file is checked."""
    try:
        (folder / os.fsdecode("中.md".encode("gbk"))).write_text(VAGUE, "utf-8")
    except OSError:
        pytest.skip("this file system takes Unicode only")
    for _ in range(2):  # cold and warm
        done = run("check", ".", *ONLY)
        assert "--> \ufffd\ufffd.md:1:2" in done.out
        assert (done.code, done.err) == (0, "")


# --- plugins --------------------------------------------------------------------------------------


def _plugin(folder: Path, name: str, code: str, *, called: str = "") -> None:
    """A distribution with one plugin module, as pip leaves it."""
    site = folder / "site"
    (site / f"{name}-1.0.dist-info").mkdir(parents=True)
    (site / f"{name}.py").write_text(f"from commlint.hooks import hookimpl\nfrom commlint.model.symbols import *\n{code}", "utf-8")
    (site / f"{name}-1.0.dist-info" / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", "utf-8")
    (site / f"{name}-1.0.dist-info" / "entry_points.txt").write_text(f"[commlint]\n{called or name} = {name}\n", "utf-8")


READER = """
class R:
    name = "alpha"; suffixes = (".alpha",); media_types = ()
    def claims(self, source): return source.suffix in self.suffixes
    def read(self, source, environment): raise ValueError("in the reader")
@hookimpl
def commlint_readers(): return [R()]
"""
WORD = """
def broken(analysis, record): raise ValueError("in the word")
@hookimpl
def commlint_entities(): return [Attribute("record", Names("berths", "泊位"), list_of("text"), Names("x", "x"), "alpha:broken", singular=Names("berth", "泊位"))]
"""

STOPPING = [
    ("at load", "raise ValueError('at load')", "at load", "disabled"),
    ("at assembly", "@hookimpl\ndef commlint_readers(): raise ValueError('at assembly')", "at assembly", "disabled"),
    ("leaving", "raise SystemExit(0)", "SystemExit", "disabled"),
    ("with a misspelt hook", "@hookimpl\ndef commlint_reders(): return []", "commlint_reders", "commlint_readers"),
]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("code", "said", "way"), [row[1:] for row in STOPPING], ids=[row[0] for row in STOPPING])
def test_a_plugin_that_raises_while_commlint_is_assembled(folder: Path, apart: Callable[..., Ran], code: str, said: str, way: str, lang: str) -> None:
    """The run stops with code 2 and names the plugin, where it comes from and how to run without it."""
    _plugin(folder, "alpha", code)
    (folder / "good.md").write_text(VAGUE, "utf-8")
    done = apart("check", "good.md", *ONLY, lang=lang)
    assert done.code == 2
    assert "'alpha'" in done.err
    assert said in done.err
    assert way in done.err
    assert "Traceback" not in done.err


def test_a_plugin_switched_off_is_no_trouble(folder: Path, apart: Callable[..., Ran]) -> None:
    """The way out that the error names works: disabled it is not loaded, optional it is told and left out."""
    _plugin(folder, "alpha", "raise ValueError('at load')")
    (folder / "good.md").write_text(VAGUE, "utf-8")
    for how, code in (("disabled", 0), ("optional", 2)):
        (folder / "commlint.toml").write_text(f'select = ["VAG001"]\n[plugins]\n{how} = ["alpha"]\n', "utf-8")
        done = apart("check", "good.md", "--kind", "email")
        assert (done.code, FOUND in done.out, "alpha" in done.out) == (code, True, how == "optional")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_two_plugins_with_one_name(folder: Path, apart: Callable[..., Ran], lang: str) -> None:
    """The error names both distributions, with code 2."""
    for name in ("alpha", "beta"):
        _plugin(folder, name, "", called="same")
    done = apart("check", ".", lang=lang)
    assert done.code == 2
    assert all(said in done.err for said in ("'same'", "alpha 1.0", "beta 1.0"))
    assert ("卸载" if lang == "zh" else "uninstall") in done.err


def test_two_plugins_that_provide_one_name(folder: Path, apart: Callable[..., Ran]) -> None:
    """So does the error for two values of one name."""
    for name in ("alpha", "beta"):
        _plugin(folder, name, READER)
    done = apart("check", ".")
    assert done.code == 2
    assert all(said in done.err for said in ("'alpha'", "'beta'", "disabled"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_reader_that_raises(folder: Path, apart: Callable[..., Ran], lang: str) -> None:
    """The record is a failure that says what was raised; the others are checked."""
    _plugin(folder, "alpha", READER)
    (folder / "x.alpha").write_text("x", "utf-8")
    (folder / "good.md").write_text(VAGUE, "utf-8")
    done = apart("check", "x.alpha", "good.md", *ONLY, lang=lang)
    assert "failure[reader-failed] x.alpha: " in done.out
    assert "ValueError: in the reader" in done.out
    assert FOUND in done.out
    assert (done.code, "Traceback" in done.err) == (3, False)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_word_that_raises(folder: Path, apart: Callable[..., Ran], lang: str) -> None:
    """The rule that asks for it is a failure on each record; the other rules go on, and the text report says it once."""
    _plugin(folder, "alpha", WORD)
    (folder / "own.norm").write_text('rule berths (LOC001) "berths" : error {\n  require any berth\n}\n', "utf-8")
    for number in range(5):
        (folder / f"{number}.md").write_text(VAGUE, "utf-8")
    done = apart("check", ".", "--isolated", "--select", "VAG001,LOC001", "--kind", "email", "--rules", "own.norm", "--exclude", "site", "-o", "json=out.json", lang=lang)
    assert done.out.count("failure[rule-failed] berths: ") == 1
    assert "ValueError: in the word" in done.out
    assert done.out.count(FOUND + ":") == 5
    assert done.code == 2
    assert len(json.loads((folder / "out.json").read_text("utf-8"))["failures"]) == 5
    parsed = apart("parse", "0.md", lang=lang)
    names = {"zh": ("泊位", "正文"), "en": ("berths", "body")}[lang]
    assert (parsed.code, f"{names[0]}: (ValueError: in the word)" in parsed.out, f"{names[1]}: 1:1" in parsed.out) == (0, True, True)


# --- suppressions ---------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("comment", "code", "holds"), [
    ("<!-- commlint: allow VAG001 -->", "SUP003", False), ("<!-- commlint: allow VAG001 until 2020-01-01 -- 旧档案 -->", "SUP002", False),
    ("<!-- commlint: allow VAG999 -- 旧档案 -->", "SUP004", False), ("<!-- commlint: allow VAG001 until 2999-01-01 -- 旧档案 -->", "", True),
])
def test_suppressions(folder: Path, run: Run, comment: str, code: str, holds: bool, lang: str) -> None:
    """A permission that is void says why and permits nothing, expiry by the clock included; `explain` says more, as the report promises."""
    (folder / "a.md").write_text(f"{comment}\n{VAGUE}", "utf-8")
    done = run("check", "a.md", *ONLY, "--lang", lang)
    assert (f"[{code}]" in done.out) is not holds
    assert (FOUND in done.out) is not holds
    if code:
        name = done.out.partition(f"[{code}] ")[2].partition(":")[0]
        assert run("explain", name, "--lang", lang).out == run("explain", code, "--lang", lang).out != ""


def test_examples_of_a_rule_that_is_not_there(run: Run) -> None:
    """`rules test` on a name that means no rule is an error, not a success."""
    done = run("rules", "test", "--select", "vague-dedline", "--isolated")
    assert done.code == 2
    assert "vague-deadline" in done.err


def test_standard_input_without_a_name(run: Run) -> None:
    """Piped text is plain text."""
    done = run("check", "-", *ONLY, stdin=VAGUE)
    assert "--> -:1:2" in done.out
    assert done.code == 0
