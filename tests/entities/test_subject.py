"""Subjects: prefixes, matter, department and person, in any order and with any separators."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commlint.entities.subject import subject
from commlint.model.environment import Environment, Roster, RosterPerson
from commlint.model.record import Party, Record
from tests.entities.records import ENVIRONMENT, Week, analysed, widths

# The subject, the sender, then prefixes, matter, department, person.
SUBJECTS = [
    ("接口联调-技术部-周敏", "周敏", ("", "接口联调", "技术部", "周敏")),
    ("技术部_周敏_接口联调", "周敏", ("", "接口联调", "技术部", "周敏")),
    ("周敏+技术部+接口联调", "周敏(技术部)", ("", "接口联调", "技术部", "周敏")),
    ("接口联调 | 周敏 | 技术部", "周敏", ("", "接口联调", "技术部", "周敏")),
    ("接口联调/技术部/周敏", "周敏", ("", "接口联调", "技术部", "周敏")),
    ("【技术部】接口联调 周敏", "周敏", ("", "接口联调", "技术部", "周敏")),
    ("【技术部】关于接口联调的通知", "", ("", "关于接口联调的通知", "技术部", "")),
    ("药剂科 周敏 专项检查", "周敏", ("", "专项检查", "药剂科", "周敏")),
    ("回复: 转发: Re: 报价", "", ("回复 转发 Re", "报价", "", "")),
    ("答复:答复:报价-销售部-李磊", "李磊", ("答复 答复", "报价", "销售部", "李磊")),
    ("Re[2]: FW: [External] Q3 budget", "", ("Re FW [External]", "Q3 budget", "", "")),
    ("RE: Weekly report - R&D - Ann Lee", "Ann Lee", ("RE", "Weekly report", "R&D", "Ann Lee")),
    ("自动回复: 报价", "", ("自动回复", "报价", "", "")),
    ("回覆: 報價", "", ("回覆", "報價", "", "")),
    ("2024-05 项目月报(第二版)", "周敏", ("", "2024-05 项目月报(第二版)", "", "")),
    ("A-12号楼验收", "", ("", "A-12号楼验收", "", "")),
    ("关于成立安全组的通知", "", ("", "关于成立安全组的通知", "", "")),
    ("报价-明细", "", ("", "报价-明细", "", "")),
    ("会议纪要-王*经理", "", ("", "会议纪要", "", "王*经理")),
    ("回复:", "", ("回复", "", "", "")),
    ("交接清单-客户成功部-张伟华", "李磊", ("", "交接清单", "客户成功部", "张伟华")),
]


@pytest.mark.parametrize(("text", "sender", "expected"), SUBJECTS)
def test_the_parts_of_a_subject(text: str, sender: str, expected: tuple[str, ...]) -> None:
    """In either width; separators inside the matter stay."""
    for spelled in widths(text)[:2]:
        record = Record.from_text("正文", kind="email", subject=spelled, sender=Party(sender) if sender else None)
        found = subject(analysed(record), record)
        assert found is not None
        parts = (found.matter, found.department, found.person)
        told = (" ".join(prefix.text for prefix in found.prefixes), *(part.text if part else "" for part in parts))
        assert told == (expected[0], *(next(s for s in widths(value)[: 2 if spelled != text else 1] if s in spelled) if value else "" for value in expected[1:]))


def test_the_roster_knows_departments_and_persons() -> None:
    """Names that nothing else tells."""
    roster = Roster((RosterPerson("那日松", department="天枢阁"),), ("天枢阁",), known=True)
    record = Record.from_text("正文", kind="email", subject="排期-天枢阁-那日松")
    found = subject(analysed(record, Environment(calendar=Week(), roster=roster)), record)
    assert found is not None
    assert found.department is not None
    assert found.person is not None
    assert (found.department.text, found.person.text) == ("天枢阁", "那日松")


@given(st.text(st.sampled_from("回复转发:\uff1a[]【】()-_/|~ 部王re "), max_size=60))
def test_parts_lie_in_the_subject_and_apart(text: str) -> None:
    """Whatever is written: each part is a stretch of the subject, no two overlap."""
    record = Record.from_text("正文", kind="email", subject=text)
    found = subject(analysed(record, ENVIRONMENT), record)
    if found is None:
        return
    parts = sorted(part.span for part in (*found.prefixes, found.matter, found.department, found.person) if part is not None)
    assert all(found.span.contains(span) for span in parts)
    assert all(first.end <= second.start for first, second in itertools.pairwise(parts))
