"""Every shape of time expression: where it stands, its kind, its value, when it is due."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from commlint.entities.time import time_spans
from commlint.entities.time.chinese import CHINESE
from commlint.entities.time.english import ENGLISH
from commlint.entities.time.shape import compiled
from tests.quality.marked import Mark
from tests.quality.time import counted

HERE = Path(__file__).parent
ROWS = [json.loads(line) for line in (HERE / "shapes.jsonl").read_text(encoding="utf-8").splitlines()]
WEDNESDAY = datetime(2024, 5, 22, 10, 30)
FULL = str.maketrans({code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000})
TRADITIONAL = str.maketrans("点内个号后时间节礼两钟尽周还双", "點內個號後時間節禮兩鐘盡週還雙")


def facts(text: str, ref: datetime | None = WEDNESDAY) -> list[tuple[object, ...]]:
    return [(s["text"], s["kind"], s["value"]) for s in time_spans(text, ref)]


@pytest.mark.parametrize("row", ROWS, ids=[str(row["id"]) for row in ROWS])
def test_a_shape_is_read_as_the_table_says(row: dict[str, object]) -> None:
    """Span, kind, value, due and anchor are those of the reviewed table."""
    got = time_spans(str(row["text"]), datetime.fromisoformat(str(row["ref"])))
    assert row["spans"] == [{key: s[key] for key in ("start", "end", "kind", "value", "due", "anchor")} for s in got]


@pytest.mark.parametrize("table", [FULL, TRADITIONAL], ids=["full-width", "traditional"])
def test_width_and_script_do_not_matter(table: dict[int, int]) -> None:
    """The whole table means the same in full width and in traditional characters."""
    for row in ROWS:
        ref = datetime.fromisoformat(str(row["ref"]))
        text = str(row["text"])
        plain, other = time_spans(text, ref), time_spans(text.translate(table), ref)
        assert [{**s, "text": None, "anchor": None} for s in plain] == [{**s, "text": None, "anchor": None} for s in other], text


@pytest.mark.parametrize("name", ["unseen", "unseen2", "unseen3"])
def test_unseen_sentences_stay_understood(name: str) -> None:
    """The sentences written apart from the shapes keep the figures the design asks for."""
    rows = [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    scores = {row.name: row for row in counted((row["text"], datetime.fromisoformat(row["ref"]) if row["ref"] else None, _marks(row)) for row in rows)}
    assert scores["exact span"].f1 >= 0.92, scores["exact span"].notes
    assert scores["overlap"].f1 >= 0.96
    assert scores["kind (of exact)"].f1 >= 0.95
    assert scores["found and valued"].f1 >= 0.92, scores["found and valued"].notes
    assert scores["due (of exact)"].f1 >= 0.92, scores["due (of exact)"].notes
    assert scores["traps left alone"].f1 >= 0.92, scores["traps left alone"].notes


def _marks(row: dict[str, Any]) -> list[Mark]:
    return [Mark(g["start"], g["end"], row["text"][g["start"] : g["end"]], (g["kind"], g["value"] or "", g.get("due") or "")) for g in row["spans"]]


@pytest.mark.parametrize("shape", [*CHINESE, *ENGLISH], ids=lambda shape: f"{shape.name}:{shape.first[:3]}")
def test_a_shape_compiles_and_never_matches_nothing(shape) -> None:
    """Every row of the table is a usable pattern that needs at least one character."""
    assert compiled(shape.pattern).match("") is None
    assert shape.first


SPANS = [
    ("请于6月10日前提交", "6月10日前"), ("截止到5月25日18:00", "5月25日18:00"), ("最迟周五", "周五"), ("不晚于5月31日", "5月31日"), ("DDL\uff1a6月1日", "6月1日"),
    ("Deadline: June 3", "June 3"), ("by Friday", "Friday"), ("自6月1日起执行", "6月1日"), ("至少提前3个工作日申请", "提前3个工作日"), ("约2小时", "2小时"), ("30天左右", "30天"),
    ("于收到通知之日起15日内", "15日内"), ("验收通过后10个工作日内", "10个工作日内"), ("5月24日\uff08周五\uff0917:00前", "5月24日\uff08周五\uff0917:00前"), ("5月24日 17:00", "5月24日 17:00"),
    ("6月10日\uff08含\uff09前", "6月10日\uff08含\uff09前"), ("within 24 hours", "within 24 hours"), ("会后24小时内", "会后24小时内"), ("下周一至周三", "下周一至周三"),
]


@pytest.mark.parametrize(("text", "span"), SPANS)
def test_prefixes_and_anchors_are_outside_and_suffixes_inside(text: str, span: str) -> None:
    """The span holds what the conventions include and nothing else."""
    assert [span] == [fact[0] for fact in facts(text)]


VALUES = [
    ("6月10日(不含)前", "2024-06-09"), ("中午前", "2024-05-22T12:00"), ("上午前", "2024-05-22T12:00"), ("晚上前", "2024-05-22T18:00"), ("今晚12点", "2024-05-22T24:00"), ("24时前", "2024-05-22T24:00"),
    ("明早", "2024-05-23TMO"), ("五点半", "2024-05-22T17:30"), ("周末前", "2024-05-26"), ("今年内", "2024-12-31"), ("三季度末前", "2024-09-30"),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_a_value_follows_the_conventions(text: str, value: str) -> None:
    """Edges of days, months and parts of the day are where the conventions put them."""
    assert [value] == [fact[2] for fact in facts(text)]


YEARS = [
    ("请于1月10日前提交", datetime(2024, 12, 30, 10), "2025-01-10"), ("12月20日会上已确定", datetime(2024, 12, 30, 10), "2024-12-20"), ("12月20日会上已确定", datetime(2025, 1, 5, 10), "2024-12-20"),
    ("请于4月20日前提交", datetime(2024, 5, 22, 10), "2024-04-20"), ("请于3月1日前提交", datetime(2024, 5, 22, 10), "2025-03-01"), ("20号前", datetime(2024, 5, 22, 10), "2024-06-20"),
]


@pytest.mark.parametrize(("text", "ref", "value"), YEARS)
def test_a_missing_year_or_month_is_the_likely_one(text: str, ref: datetime, value: str) -> None:
    """Deadlines look forward past 60 days back, instants past 183; words about the past look back."""
    assert [value] == [fact[2] for fact in facts(text, ref)]


def test_without_a_reference_only_absolute_dates_have_values() -> None:
    """Kind and span do not need a reference; relative values do."""
    got = facts("2024年6月10日前、下周五前、3个工作日内", None)
    assert got == [("2024年6月10日前", "deadline", "2024-06-10"), ("下周五前", "deadline", None), ("3个工作日内", "duration-limit", "P3BD")]


def test_a_vague_word_beside_a_concrete_deadline_is_silent() -> None:
    """尽快 counts only when its clause has no deadline."""
    assert [fact[0] for fact in facts("请尽快提交")] == ["尽快"]
    assert [fact[0] for fact in facts("请尽快于周五前提交")] == ["周五前"]
    assert [fact[0] for fact in facts("请尽快提交\uff0c最迟周五")] == ["尽快", "周五"]


def test_a_report_until_a_day_is_no_deadline() -> None:
    """截至 with what has been counted is an instant, with what must be done a deadline."""
    assert facts("截至5月23日\uff0c共收到12份")[0][1] == "instant"
    assert facts("报名截至5月31日")[0][1] == "deadline"


SHORT = [("截止\uff1a5-22", True), ("5.31前", True), ("5-22 18:00", True), ("完成时间\uff1a5/25", True), ("得分 5.31", False), ("规格5-22", False), ("第5.2节", False)]


@pytest.mark.parametrize(("text", "is_time"), SHORT)
def test_a_short_date_needs_evidence(text: str, is_time: bool) -> None:
    """Two numbers are a date only with a suffix, a clock or a label."""
    assert is_time == bool(facts(text))


LISTS = [
    ("1.5月20日前完成\u30022.6月底前上线", ["5月20日前", "6月底前"]), ("一、安排\n2.3个工作日内反馈", ["3个工作日内"]), ("日期\uff1a   年  月  日", ["年  月  日"]),
    ("14:00\u201516:00", ["14:00\u201516:00"]), ("on 2026-06-08 at 10:00", ["2026-06-08 at 10:00"]), ("得分2.3", []), ("见附件1.10", []),
]


@pytest.mark.parametrize(("text", "found"), LISTS)
def test_the_number_of_a_list_item_is_no_part_of_a_time(text: str, found: list[str]) -> None:
    """1.5月20日 at the start of an item is 5月20日; blanks to be filled in and odd dashes are seen too."""
    assert found == [fact[0] for fact in facts(text)]
