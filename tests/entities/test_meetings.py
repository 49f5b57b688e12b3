"""Meetings, topics and their durations, follow-ups, and the instant that relative times count from."""

from __future__ import annotations

from datetime import datetime

import pytest
from attrs import evolve

from commlint.entities import meetings as m
from commlint.model.record import Kind, Part, Record
from commlint.model.values import Duration, Unknown
from tests.entities.records import ENVIRONMENT, analysed, widths

SENT = datetime(2024, 5, 15, 10, 0, tzinfo=ENVIRONMENT.tz)


def _at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=ENVIRONMENT.tz)  # type: ignore[misc,arg-type]  # year, month, day, hour, minute


MEETINGS = [
    ("会议主题:预算\n会议时间:2024-05-21 14:00-16:00", "预算", _at(2024, 5, 21, 14, 0), _at(2024, 5, 21, 16, 0)),
    ("主题:预算\n时间:2024年5月21日14:00至15:30", "预算", _at(2024, 5, 21, 14, 0), _at(2024, 5, 21, 15, 30)),
    ("主题:预算\n时间:5月21日14:00", "预算", _at(2024, 5, 21, 14, 0), None),
    ("主题:预算\n时间:5月21日14:00\n时长:2小时", "预算", _at(2024, 5, 21, 14, 0), _at(2024, 5, 21, 16, 0)),
    ("主题:预算\n日期:2024-05-21\n时间:14:00-16:00", "预算", _at(2024, 5, 21, 14, 0), _at(2024, 5, 21, 16, 0)),
    ("预算会通知\n会议定于5月21日14:00召开。", "预算会通知", _at(2024, 5, 21, 14, 0), None),
    ("# 预算会\n| 会议时间 | 2024-05-21 14:00-16:00 |\n|---|---|\n| 地点 | 线上 |", "预算会", _at(2024, 5, 21, 14, 0), _at(2024, 5, 21, 16, 0)),
    ("预算会\n时间待定", "预算会", None, None),
    ("Topic: Budget\nWhen: May 21, 2024 14:00-16:00", "Budget", _at(2024, 5, 21, 14, 0), _at(2024, 5, 21, 16, 0)),
    ("【会议时间】2024-05-21 9:30-11:00\n【会议主题】预算", "预算", _at(2024, 5, 21, 9, 30), _at(2024, 5, 21, 11, 0)),
]


@pytest.mark.parametrize(("text", "topic", "start", "end"), MEETINGS)
def test_a_meeting_has_topic_start_and_end_as_far_as_they_are_said(text: str, topic: str, start: datetime | None, end: datetime | None) -> None:
    """From labelled fields, forms, or the sentence that calls it."""
    for spelled in widths(text)[:2]:
        analysis = analysed(spelled, kind=Kind.MEETING_NOTICE, sent_at=SENT)
        found = m.meeting(analysis, analysis.record)
        assert found is not None
        assert (found.topic, found.start, found.end) == (topic, start, end)


def test_a_mail_tells_of_a_meeting_only_by_name() -> None:
    """会议时间 is a meeting's, 时间 alone anybody's."""
    assert analysed("会议时间:2024-05-21 14:00", kind=Kind.EMAIL).value("record.meeting") is not None
    assert analysed("时间:2024-05-21 14:00", kind=Kind.EMAIL).value("record.meeting") is None


def test_an_unknown_end_is_unknown_not_absent() -> None:
    """Rules about the end of a meeting cannot be judged then."""
    analysis = analysed("会议时间:2024-05-21 14:00", kind=Kind.MINUTES)
    found = m.meeting(analysis, analysis.record)
    assert found is not None
    assert m.meeting_end(analysis, found) == Unknown("no-meeting-end")


TOPICS = [
    ("议程:\n1. 预算(20分钟)\n2. 人员 14:30-15:00", [(1, "预算", 20), (2, "人员", 30)]),
    ("三、议程:\n(一)预算(20分钟)\n(二)人员\n请于11月30日前将意见交秘书室。", [(1, "预算", 20), (2, "人员", None)]),
    ("议题一:预算 30分钟\n议题二:人员", [(1, "预算", 30), (2, "人员", None)]),
    ("## 议程\n- 预算\n- 人员(1小时)", [(1, "预算", None), (2, "人员", 60)]),
    ("| 序号 | 议题 | 时长 |\n|---|---|---|\n| 1 | 预算 | 20分钟 |\n| 2 | 人员 | 45 |", [(1, "预算", 20), (2, "人员", 45)]),
    ("## 议题1:预算\n讨论:略\n## 议题2:人员\n讨论:略", [(1, "预算", None), (2, "人员", None)]),
    ("议题3:预算(半小时)", [(3, "预算", 30)]),
    ("Agenda:\n1. Budget (20 min)\n2. Staff", [(1, "Budget", 20), (2, "Staff", None)]),
    ("决议:\n1. 通过", []),
    ("议题十一:预算", [(11, "预算", None)]),
    ("议程:预算 15分钟", [(1, "预算", 15)]),
]


@pytest.mark.parametrize(("text", "expected"), TOPICS)
def test_topics_have_numbers_titles_and_minutes(text: str, expected: list[tuple[int, str, int | None]]) -> None:
    """However the agenda is written."""
    for spelled in widths(text)[:2]:
        analysis = analysed(spelled, kind=Kind.MEETING_NOTICE)
        found = [(t.number, t.title.text, t.duration.amount if t.duration else None) for t in m.topics(analysis, analysis.record)]
        assert found == expected


@pytest.mark.parametrize(("text", "minutes"), [
    ("20分钟", 20), ("半小时", 30), ("1.5小时", 90), ("1小时", 60), ("两个小时", 120), ("一个半小时", 90), ("14:00-14:45", 45), ("15点至16点", 60), ("30 min", 30), ("2h", 120), ("60%", None), ("第3部分", None),
    ("16:00-15:00", None),
])
def test_lengths_are_read_in_minutes(text: str, minutes: int | None) -> None:
    """Said, or between two clock times."""
    assert m.length(text) == (Duration(minutes, "minutes") if minutes else None)


@pytest.mark.parametrize(("kind", "text", "expected"), [
    (Kind.PROGRESS_REPORT, "一切正常", True), (Kind.EMAIL, "上周决议落实情况\n已完成。", True), (Kind.EMAIL, "上次会议的行动项进展:完成80%。", True), (Kind.EMAIL, "请报名。", False),
    (Kind.MINUTES, "项目进度例会纪要", False), (Kind.EMAIL, "Weekly report\nAll fine.", True), (Kind.CHAT_MESSAGE, "待办事项跟进:报告已写完。", True), (Kind.CHAT_MESSAGE, "吃饭了。", False),
])
def test_a_follow_up_reports_on_earlier_decisions(kind: Kind, text: str, expected: bool) -> None:
    """By kind, title, or words for both."""
    analysis = analysed(text, kind=kind)
    assert m.follow_up(analysis, analysis.record) is expected


@pytest.mark.parametrize(("kind", "text", "sent", "expected"), [
    (Kind.EMAIL, "会议时间:2024-05-21 14:00", SENT, SENT), (Kind.MINUTES, "会议时间:2024-05-21 14:00-16:00", SENT, _at(2024, 5, 21, 14, 0)), (Kind.MINUTES, "时间:2024年5月21日", None, _at(2024, 5, 21, 0, 0)),
    (Kind.MINUTES, "没有日期", SENT, SENT), (Kind.MINUTES, "没有日期", None, None), (Kind.DOCUMENT, "填表日期:2024/5/21", None, _at(2024, 5, 21, 0, 0)), (Kind.MINUTES, "2024年5月21日例会纪要\n略", None, _at(2024, 5, 21, 0, 0)),
    (Kind.MINUTES, "例会纪要20240521\n略", None, _at(2024, 5, 21, 0, 0)), (Kind.MINUTES, "时间:2024-13-41", None, None), (Kind.MINUTES, "| 会议时间 | 2024-05-21 14:00 |\n|---|---|\n| a | b |", None, _at(2024, 5, 21, 14, 0)),
])
def test_relative_times_count_from_the_meeting_in_minutes_and_from_sending_elsewhere(kind: Kind, text: str, sent: datetime | None, expected: datetime | None) -> None:
    """A form without a time counts from its own date."""
    for spelled in widths(text)[:2]:
        analysis = analysed(spelled, kind=kind, sent_at=sent)
        assert analysis.reference(0) == expected


def test_quoted_history_counts_from_its_own_time() -> None:
    """A part with a time of its own keeps it."""
    record = Record.from_text("正文", kind=Kind.EMAIL, sent_at=SENT)
    record = evolve(record, parts=(*record.parts, Part.plain("history", "周五前给我", sent_at=_at(2024, 5, 1, 9, 0))))
    assert analysed(record).reference(1) == _at(2024, 5, 1, 9, 0)


TOPICS = {
    "labelled lines": "议题一:预算\n决议:通过\n负责人:张三\n完成时限:2024-06-01\n议题二:人员\n决议:\n负责人:市场部\n完成时限:待定\n\n下次会议:2024-06-20",
    "headlines": "# 纪要\n### 1. 预算\n**决议:** 通过\n**负责人:** 张三\n**完成时限:** 2024-06-01\n### 2. 人员\n**决议:**\n**负责人:** 市场部\n**完成时限:** 待定",
    "a table": "| 议题 | 决议 | 负责人 | 完成时限 |\n|---|---|---|---|\n| 预算 | 通过 | 张三 | 2024-06-01 |\n| 人员 | | 市场部 | 待定 |",
    "items": "1. 预算\n   决议:通过\n   负责人:张三\n   完成时限:2024-06-01\n2. 人员\n   决议:\n   负责人:市场部\n   完成时限:待定",
}


@pytest.mark.parametrize("name", TOPICS)
def test_each_topic_has_its_own_decision_owners_and_due_time(name: str) -> None:
    """However the topics are laid out."""
    analysis = analysed(TOPICS[name], kind=Kind.MINUTES)
    first, second = m.topics(analysis, analysis.record)
    decision, due, later = m.decision_of(analysis, first), m.due_of(analysis, first), m.due_of(analysis, second)
    assert [(topic.number, topic.title.text) for topic in (first, second)] == [(1, "预算"), (2, "人员")]
    assert decision is not None
    assert decision.text == "通过"
    assert m.decision_of(analysis, second) is None
    assert [person.text for person in m.owners_of(analysis, first)] == ["张三"]
    assert [house.text for house in m.departments_of(analysis, second)] == ["市场部"]
    assert due is not None
    assert due.value == "2024-06-01"
    assert later is None
    assert [field.key for field in m.fields_of(analysis, second)] == ["decisions", "owner", "due"]


def test_a_list_of_work_below_the_agenda_says_nothing_of_its_topics() -> None:
    """Though its items have the same numbers."""
    analysis = analysed("议程:\n1. 预算(20分钟)\n2. 人员(10分钟)\n待办:\n1. 写稿(责任人:张三,截止:5-22)\n2. 改稿(责任人:李四,截止:5-23)", kind=Kind.MINUTES)
    assert [m.fields_of(analysis, topic) for topic in m.topics(analysis, analysis.record)] == [(), ()]
