"""Reports: for people with everything they need, for machines as the schema says, always the same bytes."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files

import pytest
from attrs import evolve

from commlint.model.finding import (
    Counts,
    Edit,
    Excerpt,
    Failure,
    Finding,
    Fix,
    Location,
    Position,
    Related,
    Report,
    Severity,
    Suppression,
    Undetermined,
)
from commlint.model.place import Place
from commlint.report.builtin import commlint_reporters
from commlint.report.json import JsonLinesReporter, JsonReporter
from commlint.report.text import TextReporter
from commlint.report.words import counted, placed
from tests.report.schema import problems

SCHEMA = json.loads(files("commlint.report").joinpath("report.schema.json").read_text("utf-8"))

HERE = Location("邮件/0302-采购.eml", "body", Position(23, 3, 4, 24, 61), Position(25, 3, 6, 26, 67))
THERE = Location("纪要.md", "", Position(0, 1, 1, 0, 0), Position(2, 1, 3, 2, 6), Place("cell", sheet="任务", cell="B3"))
FINDING = Finding(
    "vague-deadline", "VAG001", Severity.ERROR, "“尽快”不是期限", HERE, match="尽快", suggestion="材料请于3月4日 18:00前发我", why="收件人无法据此排期", cites=("S0-006",),
    related=(Related(THERE, "在此约定"),), fixes=(Fix((Edit(HERE, "于3月4日前"),), safe=False),), excerpt=Excerpt(3, ("材料请尽快发我\uff0c谢谢。",)),
)
SUPPRESSED = evolve(FINDING, severity=Severity.WARNING, suppressed=Suppression(("*",), "旧档案", "commlint.toml", "**", owner="王敏", expires=date(2026, 12, 31)))
REPORT = Report(
    (FINDING, SUPPRESSED),
    tuple(Undetermined(f"{name}.md", "", "minutes-deadline", "SLA009", "no-sent-time", "缺少发送时间", "请写明") for name in "abcde"),
    (Failure("x.md", "read", "missing-path", "没有这个文件", "请检查路径", "x.md"),),
    Counts(records=3, sources=3, errors=1, suppressed=1, undetermined=5, failures=1),
    "zh",
)
TEXT = """\
error[VAG001] vague-deadline: “尽快”不是期限
  --> 邮件/0302-采购.eml:正文:3:4
   |
 3 | 材料请尽快发我\uff0c谢谢。
   |       ^^^^
   = 依据\uff1aS0-006 \u00b7 收件人无法据此排期
   = 建议\uff1a材料请于3月4日 18:00前发我
   = 可改正\uff08须人工确认\uff09\uff1a\u2192 于3月4日前
   = 另见\uff1a纪要.md:任务!B3:1:1 在此约定
   = 详情\uff1acommlint explain vague-deadline
undetermined[SLA009] minutes-deadline: 缺少发送时间
  --> a.md, b.md, c.md 等另 2 处
   = 办法\uff1a请写明
failure[missing-path] x.md: 没有这个文件
   = 办法\uff1a请检查路径
1 个错误\uff0c0 个警告 \u00b7 1 处已豁免 \u00b7 5 项无法判定 \u00b7 1 处失败 \u00b7 3 份记录
"""


def test_text() -> None:
    """The text report shows place, lines, carets, reason, suggestion, fix, related place and the way to more."""
    assert TextReporter().render(REPORT, {}).decode() == TEXT


def test_permitted_findings_on_request() -> None:
    """A permitted finding is shown on request, with who permitted it, why and until when."""
    shown = TextReporter().render(REPORT, {"show_suppressed": True}).decode()
    assert "= 已豁免\uff1a旧档案 \u00b7 负责人 王敏 \u00b7 有效期至 2026-12-31" in shown


def test_colour_changes_nothing_but_colour() -> None:
    """Without its escapes the coloured report is the plain one."""
    import re

    coloured = TextReporter().render(REPORT, {"color": True}).decode()
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == TEXT


@pytest.mark.parametrize(("counts", "zh", "en"), [
    (Counts(records=1), "0 个错误\uff0c0 个警告 \u00b7 0 处已豁免 \u00b7 0 项无法判定 \u00b7 1 份记录", "0 errors, 0 warnings \u00b7 0 suppressed \u00b7 0 undetermined \u00b7 1 record"),
    (Counts(records=2, errors=1, warnings=1, infos=2, failures=2), "1 个错误\uff0c1 个警告\uff0c2 个提示 \u00b7 0 处已豁免 \u00b7 0 项无法判定 \u00b7 2 处失败 \u00b7 2 份记录",
     "1 error, 1 warning, 2 infos \u00b7 0 suppressed \u00b7 0 undetermined \u00b7 2 failures \u00b7 2 records"),
])
def test_the_sum(counts: Counts, zh: str, en: str) -> None:
    """The last line counts everything, in the grammar of its language."""
    assert (counted(counts, "zh"), counted(counts, "en")) == (zh, en)


@pytest.mark.parametrize("options", [{}, {"show_suppressed": True}])
def test_json_is_as_the_schema_says(options: dict[str, object]) -> None:
    """The JSON report fits the schema that ships with the package; nothing in it is unknown to the schema."""
    data = json.loads(JsonReporter().render(REPORT, options))
    assert list(problems(data, SCHEMA, SCHEMA)) == []
    assert len(data["findings"]) == 1 + bool(options)


def test_the_schema_is_not_met_by_anything() -> None:
    """The schema refuses what is not a report."""
    data = json.loads(JsonReporter().render(REPORT, {}))
    data["findings"][0]["severity"] = "fatal"
    del data["counts"]["errors"]
    data["extra"] = 1
    assert len(list(problems(data, SCHEMA, SCHEMA))) == 3


def test_offsets_in_three_units() -> None:
    """Positions carry line, column, and offsets in code points, UTF-16 and UTF-8."""
    start = json.loads(JsonReporter().render(REPORT, {}))["findings"][0]["location"]["start"]
    assert start == {"line": 3, "column": 4, "offset": 23, "utf16": 24, "utf8": 61}


def test_json_lines_say_the_same() -> None:
    """Each line is one object of the JSON report with its type; the counts come last."""
    whole = json.loads(JsonReporter().render(REPORT, {}))
    lines = [json.loads(line) for line in JsonLinesReporter().render(REPORT, {}).decode().splitlines()]
    assert [line.pop("type") for line in lines] == ["finding", *["undetermined"] * 5, "failure", "summary"]
    assert lines[:-1] == [*whole["findings"], *whole["undetermined"], *whole["failures"]]
    assert lines[-1]["counts"] == whole["counts"]


def test_half_a_character_does_not_stop_a_report() -> None:
    """A lone surrogate from a broken file is replaced, in every format."""
    report = evolve(REPORT, findings=(evolve(FINDING, match="\ud83d", message="\ud83d", excerpt=Excerpt(3, ("材料请\ud83d",))),))
    for reporter in commlint_reporters():
        assert reporter.render(report, {}).decode("utf-8")


def test_lines_of_the_file_need_no_record() -> None:
    """A message of a chat log is found by its line; a mail of a mailbox is not, so there the record is named."""
    log, box = evolve(FINDING, location=evolve(HERE, uri="log.txt", part=""), record="3"), evolve(FINDING, location=evolve(HERE, uri="a.mbox"), record="3")
    text = TextReporter().render(Report((log, box)), {}).decode()
    assert "--> log.txt:3:4\n" in text
    assert "--> a.mbox#3:正文:3:4\n" in text


def test_failures_of_one_rule_are_one_entry() -> None:
    """A rule that fails on hundreds of records in one way is told once, with places; files that cannot be read are all named."""
    failed = tuple(Failure(f"{n:03}.md", "rule", "rule-failed", "规则 x 无法运行", "请告知插件作者", "x") for n in range(300))
    unread = tuple(Failure(f"{n}.md", "read", "empty-record", "文件是空的", "请排除", f"{n}.md") for n in range(2))
    text = TextReporter().render(Report(failures=failed + unread), {}).decode()
    assert text.splitlines()[:-1] == [
        "failure[rule-failed] x: 规则 x 无法运行", "  --> 000.md, 001.md, 002.md 等另 297 处", "   = 办法\uff1a请告知插件作者",
        "failure[empty-record] 0.md: 文件是空的", "   = 办法\uff1a请排除", "failure[empty-record] 1.md: 文件是空的", "   = 办法\uff1a请排除",
    ]
    assert len(json.loads(JsonReporter().render(Report(failures=failed), {}))["failures"]) == 300


def test_one_cause_of_doubt_is_one_entry() -> None:
    """Doubts of a rule for one cause stand together, whatever detail each has; the cause is said with one of them."""
    doubts = tuple(Undetermined(f"{n}.eml", "", "x", "X01", "no-organisation", f"不知道 p{n}@example.com 是内是外", "请配置") for n in range(5))
    text = TextReporter().render(Report(undetermined=doubts), {"verdict": "退出码 3"}).decode()
    assert text.splitlines()[:3] == ["undetermined[X01] x: 不知道 p0@example.com 是内是外 等另 4 处", "  --> 0.eml, 1.eml, 2.eml 等另 2 处", "   = 办法\uff1a请配置"]
    assert text.endswith("退出码 3\n")


def test_carets_in_a_line_that_was_cut() -> None:
    """Where the beginning of a line was left out, the carets still stand under the place."""
    at = Location("a.md", "", Position(1000, 1, 1001, 1000, 1000), Position(1002, 1, 1003, 1002, 1002))
    finding = evolve(FINDING, location=at, excerpt=Excerpt(1, ("x" * 240 + "ab" + "y" * 240,), 760))
    shown = TextReporter().render(Report((finding,)), {"width": 60}).decode().splitlines()
    assert shown[4].index("^") == shown[3].index("ab")


@pytest.mark.parametrize(("place", "zh", "en"), [
    (Place(), "", ""),
    (Place("paragraph", paragraph=3), "第 3 段", "paragraph 3"),
    (Place("table", table=2, row=3, column=1), "表 2 第 3 行第 1 列", "table 2 r3c1"),
    (Place("cell", sheet="任务", cell="B3"), "任务!B3", "任务!B3"),
    (Place("page", page=2), "第 2 页", "page 2"),
    (Place("page", page=2, table=1, row=3, column=1), "第 2 页 表 1 第 3 行第 1 列", "page 2 table 1 r3c1"),
    (Place("slide", slide=4, paragraph=2), "第 4 张", "slide 4"),
    (Place("message", id="m1", time="2026-05-20T09:30:12+08:00"), "2026-05-20 09:30", "2026-05-20 09:30"),
    (Place("message", id="m1"), "m1", "m1"),
])
def test_places_as_people_call_them(place: Place, zh: str, en: str) -> None:
    """A page, a cell, a paragraph, a message by its time; in both languages."""
    assert (placed(place, "zh"), placed(place, "en")) == (zh, en)
