"""Documents of unknown kind are classified with evidence: file name, then title, then labels."""

from __future__ import annotations

import pytest
from commlint_minutes.classify import Documents, classify
from commlint_minutes.text import MarkdownReader

from commlint.model.record import Kind
from tests.integrations.readings import records


@pytest.mark.parametrize(
    ("uri", "text", "kind", "by"),
    [
        ("a/排期会议纪要.md", "正文", Kind.MINUTES, "file name"),
        ("會議紀要-0521.md", "正文", Kind.MINUTES, "file name"),
        ("weekly-minutes.md", "text", Kind.MINUTES, "file name"),
        ("沟通结果确认函.md", "正文", Kind.CONFIRMATION_LETTER, "file name"),
        ("Q2_progress_report.md", "text", Kind.PROGRESS_REPORT, "file name"),
        ("x.md", "# 关于评审会的会议通知\n", Kind.MEETING_NOTICE, "title"),
        ("x.md", "---\ntitle: 紧急事件快报\n---\n正文", Kind.EMERGENCY_REPORT, "title"),
        ("x.md", "问题协调跟踪表\n\n内容", Kind.ISSUE_TRACKING, "title"),
        ("x.md", "# 五月\n\n会议主题:a\n参会人员:b\n## 决议事项\n1. c\n", Kind.MINUTES, "labels"),
        ("x.md", "# 五月\n\n| 需求编号 | 需求方 | 承接方 |\n|---|---|---|\n| 1 | 2 | 3 |\n", Kind.REQUIREMENT_FORM, "labels"),
        ("x.md", "| 问题描述 | a |\n|---|---|\n| 责任部门 | b |\n| 结果确认 | c |\n", Kind.ISSUE_TRACKING, "labels"),
        ("x.md", "# 五月\n\n任务名称:a\n描述:b\n负责人:c\n截止时间:d\n优先级:高\n", Kind.TASK, "labels"),
        ("x.md", "# 周会\n\n**参会**:a\n\n| 议题 | 讨论 | 结论 |\n|---|---|---|\n| b | c | d |\n", Kind.MINUTES, "labels"),
        ("x.md", "# Steering committee minutes: Data platform\n\ntext", Kind.MINUTES, "title"),
        ("x.md", "Topic: a\nAttendees: b\nDecisions: c\n", Kind.MINUTES, "labels"),
        ("x.txt", "各位好\uff1a\n茲定於12月2日下午2時假三樓召開採購協調會議\uff0c請准時出席\u3002\n", Kind.MEETING_NOTICE, "opening"),
    ],
)
def test_evidence(uri: str, text: str, kind: Kind, by: str) -> None:
    """The strongest evidence decides and is named."""
    found = classify(records(MarkdownReader(), uri, text)[0])
    assert found is not None
    assert (found[0], found[1].by, bool(found[1].detail)) == (kind, by, True)


@pytest.mark.parametrize("text", ["# 说明\n\n上次会议纪要里提到的内容见附件。\n", "负责人:张三\n时间:今天\n", "正文", "Five minutes walk.", "# Done in 5 minutes\n"])
def test_no_evidence_no_kind(text: str) -> None:
    """A word in a sentence is no title, two labels are no template."""
    assert Documents().classify(records(MarkdownReader(), "x.md", text)[0]) is None


def test_what_was_said_is_not_put_in_doubt() -> None:
    """A record whose kind is known is left alone."""
    assert classify(records(MarkdownReader(), "会议纪要.md", "正文", kind="task")[0]) is None
