"""What rules ask of the times of a record."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from commlint.calendar import china
from commlint.entities.analysis import RecordAnalysis
from commlint.entities.time import deadlines, due_of, has_clock, kind_of, on_workday, resolved, times, vague, value_of
from commlint.model.environment import Environment
from commlint.model.record import Cell, Grid, Part, Record
from commlint.model.span import Span
from commlint.model.values import Located, Unknown

SENT = datetime(2024, 5, 22, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def analysed(record: Record) -> RecordAnalysis:
    return RecordAnalysis(record, Environment(china()), {"record.times": times, "record.deadlines": deadlines, "record.meeting": lambda _a, _r: None})


def first(text: str, sent: datetime | None = SENT):
    analysis = analysed(Record.from_text(text, sent_at=sent))
    return analysis, analysis.collection("record.times")[0]


RESOLVED = [
    ("6月10日前", True), ("周五下班前", True), ("3个工作日内", True), ("本周内", True), ("月底前", True), ("今日17:前", False), ("尽快", False), ("X月X日前", False),
    ("3天", False), ("每周五", False), ("5月27日14:00-16:00", True), ("下周", False),
]


@pytest.mark.parametrize(("text", "answer"), RESOLVED)
def test_an_expression_is_resolved_when_it_denotes_one_date(text: str, answer: bool) -> None:
    """norms meta.resolvable, with the time of sending known."""
    assert answer is resolved(*first(text))


@pytest.mark.parametrize("text", ["3个工作日内", "下周五前", "会后24小时内", "收到邮件后3个工作日内"])
def test_what_needs_more_than_the_text_is_unknown_without_it(text: str) -> None:
    """Without a reference or the anchor's time nobody can say; that is neither yes nor no."""
    assert isinstance(resolved(*first(text, None)), Unknown)


def test_an_absolute_date_needs_no_reference() -> None:
    """2024年6月10日 is resolved by itself."""
    assert resolved(*first("2024年6月10日前", None)) is True


def test_deadlines_are_concrete_deadlines_and_limits_only() -> None:
    """Instants, vague words and placeholders are none."""
    analysis = analysed(Record.from_text("周三开会\u3002请于周五前提交\u30023日内回复\u3002尽快\u3002X月X日前", sent_at=SENT))
    assert [time.text for time in analysis.collection("record.deadlines") if isinstance(time, Located)] == ["周五前", "3日内"]


def test_an_expression_answers_what_it_is() -> None:
    """Kind, value, due, clock, working day, vagueness."""
    analysis, time = first("5月25日18:00前")
    assert (kind_of(analysis, time), value_of(analysis, time)) == ("deadline", "2024-05-25T18:00")
    assert datetime(2024, 5, 25, 18, tzinfo=ZoneInfo("Asia/Shanghai")) == due_of(analysis, time)
    assert has_clock(analysis, time)
    assert on_workday(analysis, time) is False
    assert not vague(analysis, time)
    assert vague(*first("尽快"))


def test_the_day_of_an_unannounced_year_is_unknown() -> None:
    """No verdict hinges on a guessed calendar."""
    answer = on_workday(*first("2031年5月20日前"))
    assert isinstance(answer, Unknown)
    assert answer.reason == "unannounced-year"


def test_text_is_what_the_author_wrote() -> None:
    """Full width and traditional forms come back as written, the span counts folded characters."""
    _, time = first("\uff16月\uff11\uff10日之後")
    assert (time.text, time.folded) == ("\uff16月\uff11\uff10日", "6月10日")


def test_the_header_of_a_column_is_a_label() -> None:
    """5-30 under 截止日期 is a deadline, under 规格 nothing."""
    text = "截止日期|规格\n5-30|5-22"
    cells = (Cell(Span(0, 4), 0, 0, True), Cell(Span(5, 7), 0, 1, True), Cell(Span(8, 12), 1, 0), Cell(Span(13, 17), 1, 1))
    record = Record.from_text("", sent_at=SENT)
    part = Part.plain("body", text, grids=(Grid(Span(0, 17), cells),))
    analysis = analysed(Record(record.uri, record.kind, (part,), sent_at=SENT))
    assert [(time.text, kind_of(analysis, time)) for time in analysis.collection("record.times")] == [("5-30", "deadline")]
