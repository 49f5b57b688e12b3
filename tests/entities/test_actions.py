"""Action items are found in tables, lists, sentences and tails, each part with its place."""

from __future__ import annotations

from datetime import datetime

import pytest

from commlint.entities import actions as a
from commlint.entities import fields as f
from commlint.model.record import Kind
from tests.entities.records import ENVIRONMENT, analysed, widths

SENT = datetime(2024, 5, 20, 10, 0, tzinfo=ENVIRONMENT.tz)
TABLE = "待办事项:\n| 序号 | 具体内容 | 责任人 | 截止时间 | 输出成果 | 优先级 | 状态 |\n|---|---|---|---|---|---|---|\n"

CASES: dict[str, tuple[str, list[tuple[str, list[str], str | None, str]]]] = {
    "a table": (TABLE + "| 1 | 写报告 | 张三 | 5-22 | 报告 | 高 | 进行中 |", [("写报告", ["张三"], "2024-05-22", "table")]),
    "a table with a department": (TABLE + "| 1 | 采购 | 采购部 | 2024-06-01 | | | |", [("采购", ["采购部"], "2024-06-01", "table")]),
    "a table without a time": (TABLE + "| 1 | 采购 | 张三 | | | | |", [("采购", ["张三"], None, "table")]),
    "a table of something else": ("| 部门 | 人数 |\n|---|---|\n| 市场部 | 3 |", []),
    "tails": ("待办事项:\n1. 写报告(责任人:张三,截止:5-22)\n2. 改稿(责任人:李四,截止:5-24)",
             [("写报告", ["张三"], "2024-05-22", "tail"), ("改稿", ["李四"], "2024-05-24", "tail")]),
    "a tail in running text": ("会上决定尽快写报告(责任人:张三,截止:5-22)。", [("会上决定尽快写报告", ["张三"], "2024-05-22", "tail")]),
    "labels in an item": ("待办事项:\n1. 写报告。负责人:张三 完成时限:5月22日", [("写报告", ["张三"], "2024-05-22", "list")]),
    "labels under an item": ("待办:\n- 任务:写报告\n  负责人:张三\n  截止时间:5月22日", [("写报告", ["张三"], "2024-05-22", "list")]),
    "an item that is a sentence": ("行动项\n- 张三负责5月22日前写报告", [("张三负责5月22日前写报告", ["张三"], "2024-05-22", "list")]),
    "an item that lacks all": ("待办事项:\n- 写报告", [("写报告", [], None, "list")]),
    "items under a heading": ("## 待办事项\n- 写报告\n- 改稿\n## 附件\n- 无", [("写报告", [], None, "list"), ("改稿", [], None, "list")]),
    "what follows the list": ("待办事项:\n1. 写报告(责任人:张三,截止:5-22)\n\n发送范围:全体\n归档路径:云盘", [("写报告", ["张三"], "2024-05-22", "tail")]),
    "no items": ("待办事项:无", []),
    "resolutions": ("决议事项:\n1. 同意预算\n2. 市场部5月22日前提交方案", [("市场部5月22日前提交方案", ["市场部"], "2024-05-22", "list")]),
    "a sentence": ("请张三于5月22日前提交方案。", [("请张三于5月22日前提交方案。", ["张三"], "2024-05-22", "sentence")]),
    "a sentence with 由": ("由市场部在5月22日前完成。", [("由市场部在5月22日前完成。", ["市场部"], "2024-05-22", "sentence")]),
    "a mention": ("@张三 5月22日前发我", [("@张三 5月22日前发我", ["张三"], "2024-05-22", "sentence")]),
    "english": ("Alice Wang will send the report by May 22, 2024.", [("Alice Wang will send the report by May 22, 2024.", ["Alice Wang"], "2024-05-22", "sentence")]),
    "no doer": ("请于5月22日前提交方案。", []),
    "no time": ("请张三提交方案。", []),
    "a report": ("张三已于5月22日前提交方案。", []),
    "fields of a task": ("任务名称:写报告\n负责人:张三\n截止时间:5月22日\n优先级:高", [("写报告", ["张三"], "2024-05-22", "block")]),
    "a column of times beside owners": ("待办事项:\n| 事项 | 负责人 | 时间 |\n|---|---|---|\n| 采购 | 张三 | 6月1日 |", [("采购", ["张三"], "2024-06-01", "table")]),
    "a column of nodes beside owners": ("| 任务 | 责任部门 | 节点 |\n|---|---|---|\n| 采购 | 采购部 | 6/1 |", [("采购", ["采购部"], "2024-06-01", "table")]),
    "a table without outer pipes": ("待办\n事项 | 责任人 | 截止时间\n采购 | 张三 | 6-1\n写报告 | 李四 | 6-2",
                                    [("采购", ["张三"], "2024-06-01", "table"), ("写报告", ["李四"], "2024-06-02", "table")]),
    "fields right below the list": ("## 待办\n- 张三5月22日前写报告\n对接人:李四\n发送范围:全体\n附件:无", [("张三5月22日前写报告", ["张三"], "2024-05-22", "list")]),
    "fields below a list without marks": ("## 待办\n张三5月22日前写报告\n归档路径:云盘", [("张三5月22日前写报告", ["张三"], "2024-05-22", "list")]),
    "fields below a table": ("## 待办\n| 事项 | 负责人 | 时限 |\n|---|---|---|\n| 采购 | 张三 | 6-1 |\n\n归档路径:云盘\n请大家确认。", [("采购", ["张三"], "2024-06-01", "table")]),
    "a request to readers": ("## Action items\n\nAlice Wang to write the report by May 22, 2024\n\nPlease confirm by May 23, 2024.",
                             [("Alice Wang to write the report by May 22, 2024", ["Alice Wang"], "2024-05-22", "list")]),
    "a request to readers, below items": ("待办:\n1. 张三5月22日前写报告。\n以上事项如有异议请提出。\n请于5月23日前确认。", [("张三5月22日前写报告", ["张三"], "2024-05-22", "list")]),
    "a request to somebody": ("待办:\n请市场部5月23日前确认预算", [("请市场部5月23日前确认预算", ["市场部"], "2024-05-23", "list")]),
    "nothing but a reference": ("待办:见决议事项", []),
    "a name as label": ("待办:\n1. 赵晨:租摄像机,5月22日\n2. 林可:写脚本,5月23日", [("租摄像机", ["赵晨"], "2024-05-22", "list"), ("写脚本", ["林可"], "2024-05-23", "list")]),
    "no name as label": ("待办:\n1. 方案:5月22日定稿", [("方案:5月22日定稿", [], "2024-05-22", "list")]),
    "our side's department": ("待办:\n1. 我司采购部钱经理于5月22日前付款", [("我司采购部钱经理于5月22日前付款", ["采购部钱经理"], "2024-05-22", "list")]),
    "a name apart at the start": ("分工:\n- 林可 调拨计划 6月30日\n- 方案 6月30日", [("林可 调拨计划 6月30日", ["林可"], "2024-06-30", "list"), ("方案", [], "2024-06-30", "list")]),
    "a rare name introduced before": ("参会:质检部高远\n待办:\n- 高远负责讲义,6月30日前完成", [("高远负责讲义,6月30日前完成", ["高远"], "2024-06-30", "list")]),
    "a rare name with a vague time": ("参会:质检部高远\n待办:\n- 高远近期输出周报", [("高远近期输出周报", ["高远"], None, "list")]),
    "items numbered like chapters": ("待办事项:\n一、张三5月22日前写报告\n二、采购", [("张三5月22日前写报告", ["张三"], "2024-05-22", "list"), ("采购", [], None, "list")]),
    "a bare date": ("待办:\n- 张三 6/17 修复", [("修复", ["张三"], "2024-06-17", "list")]),
    "a recurring time": ("待办:\n- 市场部每周五前上报进度", [("市场部每周五前上报进度", ["市场部"], "FREQ=WEEKLY;BYDAY=FR", "list")]),
    "an owner in other words": ("| 事项 | 责任方 | 时限 |\n|---|---|---|\n| 签署 | 双方授权代表 | 6月30日 |\n| 归档 | 相关人员 | 6月30日 |",
                                [("签署", ["双方授权代表"], "2024-06-30", "table"), ("归档", [], "2024-06-30", "table")]),
    "somebody told, not asked": ("待办事项:\n- 5月22日前向张三汇报", [("5月22日前向张三汇报", [], "2024-05-22", "list")]),
}


@pytest.mark.parametrize("name", CASES)
def test_action_items_have_task_owner_and_due(name: str) -> None:
    """In every layout."""
    text, expected = CASES[name]
    analysis = analysed(text, kind=Kind.EMAIL, sent_at=SENT)
    found = [(i.task.text, [owner.text for owner in i.owners], i.due.value if i.due else None, i.layout) for i in a.tasks(analysis, analysis.record)]
    assert found == expected


@pytest.mark.parametrize("name", CASES)
def test_the_width_of_punctuation_does_not_matter(name: str) -> None:
    """Full-width text gives the same owners and times."""
    text, expected = CASES[name]
    analysis = analysed(widths(text)[1].replace("May 22\uff0c", "May 22,"), kind=Kind.EMAIL, sent_at=SENT)
    found = [([owner.text for owner in i.owners], i.due.value if i.due else None, i.layout) for i in a.tasks(analysis, analysis.record)]
    assert found == [(owners, due, layout) for _, owners, due, layout in expected]


def test_a_row_carries_deliverable_priority_and_status() -> None:
    """All five parts of a to-do (norm S1-029)."""
    analysis = analysed(TABLE + "| 1 | 写报告 | 张三 | 5-22 | 报告 | 高 | 已完成 |", sent_at=SENT)
    (item,) = a.tasks(analysis, analysis.record)
    parts = [part.text if part else None for part in (item.deliverable, item.priority, item.status)]
    assert parts == ["报告", "高", "已完成"]
    assert not a.is_open(analysis, item)


def test_an_item_ends_where_something_else_starts() -> None:
    """Labels behind the list are not its last item's."""
    analysis = analysed("待办事项\n1. 写报告\n\n发送范围:全体", sent_at=SENT)
    assert [item.text for item in a.tasks(analysis, analysis.record)] == ["写报告"]


def test_missing_parts_of_an_item_are_named() -> None:
    """A placeholder is no deadline, an empty owner no owner."""
    analysis = analysed(TABLE + "| 1 | 写报告 | | 待定 | | 高 | |", sent_at=SENT)
    (item,) = a.tasks(analysis, analysis.record)
    assert f.missing(analysis, ["具体内容", "负责人", "截止时间", "成果", "优先级"], item) == ("负责人", "截止时间", "成果")
    assert a.is_open(analysis, item)


@pytest.mark.parametrize(("status", "is_open"), [("进行中", True), ("", True), ("待定", True), ("已关闭", False), ("Done", False), ("未完成", True), ("完成80%", True)])
def test_an_item_is_open_until_its_status_says_it_is_done(status: str, is_open: bool) -> None:
    """A share of the work is not all of it."""
    analysis = analysed(TABLE + f"| 1 | 写报告 | 张三 | 5-22 | | | {status} |", sent_at=SENT)
    (item,) = a.tasks(analysis, analysis.record)
    assert a.is_open(analysis, item) is is_open


def test_the_status_of_a_block_is_what_its_label_says():
    """Progress stands in only where no label says status."""
    text = "解决措施:更换模板\n责任人:张三\n计划完成时限:2024-05-22\n进展更新:5月20日已更换\n状态:已关闭"
    (item,) = a.tasks(analysed(text, kind=Kind.ISSUE_TRACKING), None)
    assert item.status is not None
    assert item.status.text == "已关闭"
