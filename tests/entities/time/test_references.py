"""From when relative times count: the sending of a mail, the date of what it quotes, the meeting of minutes, the message of a chat."""

from __future__ import annotations

import pytest

from commlint.api import Linter
from commlint.entities.analysis import RecordAnalysis
from commlint.entities.time import due_of
from commlint.model.record import Kind
from commlint.model.source import Source

HEAD = "From: Li <li@example.com>\nTo: Wang <wang@example.com>\nSubject: plan\nContent-Type: text/plain; charset=utf-8\n"
CASES = [
    # Sent on the 22nd in London is the 23rd in Shanghai; quoted messages count from their own dates, at every depth.
    ("a.eml", None, HEAD + "Date: Wed, 22 May 2024 23:30:00 +0000\n\n请于明天下班前回复。\n\n在 2024年5月20日 09:00\uff0cWang <wang@example.com> 写道\uff1a\n> 请于明天18:00前提交。\n>\n"
     "> 在 2024-05-10 17:00:00\uff0c\"Zhao\" <zhao@example.com> 写道\uff1a\n> > 后天之前给我。\n", ["2024-05-24T18:00", "2024-05-21T18:00", "2024-05-12T23:59"]),
    ("b.eml", None, HEAD + "Date: Wed, 22 May 2024 10:30:00 +0800\n\nOK, by tomorrow.\n\nFrom: Wang <wang@example.com>\nSent: Monday, May 20, 2024 9:00 AM\nTo: Li\nSubject: plan\n\nPlease send it by tomorrow.\n\n"
     "发件人: Zhao <zhao@example.com>\n发送时间: 2024年5月10日 17:00\n收件人: Wang\n主题: plan\n\n明天前给我。\n", ["2024-05-23T23:59", "2024-05-21T23:59", "2024-05-11T23:59"]),
    ("m.md", Kind.MINUTES, "# 项目会议纪要\n会议时间\uff1a2024年5月21日 14:00-15:30\n记录\uff1a会后24小时内发出。明天前提交报告。会后3个工作日内完成整改。\n", ["2024-05-22T15:30", "2024-05-22T23:59", "2024-05-24T23:59"]),
    ("c.txt", Kind.CHAT_MESSAGE, "张三 2024-05-22 23:50:15\n明天17:00前给你\n李四 2024-05-23 00:10:00\n今天17:00前要\n", ["2024-05-23T17:00", "2024-05-23T17:00"]),
]


@pytest.mark.parametrize(("name", "kind", "text", "dues"), CASES, ids=[case[0] for case in CASES])
def test_a_time_counts_from_what_it_was_said_at(name: str, kind: Kind | None, text: str, dues: list[str]) -> None:
    """Every due time of the records is that of its own message or meeting."""
    linter = Linter()
    found = []
    for record in linter.records(Source(name, text.encode(), kind=kind)):
        analysis = RecordAnalysis(record, linter.environment, linter.plugins.table().getters())
        found += [due_of(analysis, time) for time in analysis.collection("record.deadlines")]
    assert dues == [f"{due:%Y-%m-%dT%H:%M}" for due in found]
