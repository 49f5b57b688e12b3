"""Values of forms that nobody filled in, and values that only look like them."""

from __future__ import annotations

import pytest

from commlint.entities.blanks import is_blank
from commlint.entities.fields import fields
from tests.entities.records import analysed

EMPTY = (
    "____", "(空)", "/", "--", "\u2014\u2014", "待补充", "暂缺", "未提供", "n/a", "\u25a1是 \u25a1否", "是\u25a1 否\u25a1", "( )是 ( )否", "[ ] yes [ ] no",
    "\u25a1完好 \u25a1损坏(说明:________)", "年 月 日", "年 月 日 时", "月  日  时  分", "自 年 月 日至 年 月 日", "____年__月__日至____年__月__日", "20__年__月__日", "2024年 月 日",
    "____至____", "____前", "__公里", "约____元", "人民币(大写)________ \u00a5________", "佰  拾  元  角  分", "__________(签字)", "____ (signature)", "(blank)", "<待补充>", "{空}",
)  # fmt: skip
FILLED = (
    "2024年5月6日", "2024年5月", "5月", "20件", "自2024年5月1日起", "约3万元", "\u25a1是 \u2611否", "是", "元旦前", "分三批", "月底", "件", "至6月底", "张__", "________公司", "年度计划", "(见附件)",
    "上半年", "2", "万达", "拾荒项目", "[1] 报告", "自行车", "约定事项",
)  # fmt: skip


@pytest.mark.parametrize("value", EMPTY)
def test_a_value_nobody_filled_in_is_blank(value: str) -> None:
    """Lines to write on, boxes that are not ticked, dates and sums of nothing but their words, hints."""
    field, *_ = fields(analysed(f"会议主题: {value}\n"), None)
    assert field.blank


@pytest.mark.parametrize("value", FILLED)
def test_a_value_that_says_something_is_none(value: str) -> None:
    """Be it a number, a word that a form prints too, or a line behind a word."""
    assert not is_blank(value)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("姓名:  关系:  电话:", ["姓名", "关系", "电话"]),
        ("受访人:(空)    来访事由:业务洽谈", ["受访人", "来访事由"]),
        ("报销人:姚立\n应退(补)金额:/\n审批人:待定", ["报销人", "应退(补)金额", "审批人"]),
        ("加班人:孔祥 / 加班日期:待补充 / 批准人:", ["加班人", "加班日期", "批准人"]),
        ("申请人:宋扬\n卡号:\n权限区域:\u25a1大厅 \u25a1机房", ["申请人", "卡号", "权限区域"]),
    ],
)
def test_labels_of_forms_stand_by_themselves(text: str, labels: list[str]) -> None:
    """Beside a value in brackets, with a bracket inside, behind a slash, above an entry that is empty too."""
    assert [field.label.folded for field in fields(analysed(text), None)] == labels
