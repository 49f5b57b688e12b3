"""Days in a list, and what the line above says of the next one."""

from __future__ import annotations

from datetime import datetime

import pytest

from commlint.entities.time import time_spans

WEDNESDAY = datetime(2024, 5, 22, 10, 30)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("下周二、三培训", ["2024-05-28"]),
        ("培训安排在下周二、三。", ["2024-05-28", "2024-05-29"]),
        ("下周一、二、三下午都有课", ["2024-05-27", "2024-05-28", "2024-05-29TAF"]),
        ("上周四、五的数据", ["2024-05-16"]),
        ("星期三、四,开会", ["2024-05-22", "2024-05-23"]),
        ("周五、六、日全天", ["2024-05-24", "2024-05-25", "2024-05-26"]),
        ("下周二、三前交", ["2024-05-28", "2024-05-29"]),
        ("5月3日、4日、5日开会", ["2024-05-03", "2024-05-04", "2024-05-05"]),
        ("5月3、4、5日开会", ["2024-05-03", "2024-05-04", "2024-05-05"]),
        ("6月1日、8、15日巡检", ["2024-06-01", "2024-06-08", "2024-06-15"]),
    ],
)
def test_the_days_of_a_list_inherit_week_and_month(text: str, values: list[str]) -> None:
    """What only the first day says holds for those behind it; a numeral before a word is not taken for a day."""
    assert [span["value"] for span in time_spans(text, WEDNESDAY)] == values


@pytest.mark.parametrize("text", ["周一、三楼会议室", "周二、三位同事", "周一、二期项目", "周二、三前台值班", "周五、日前已完成", "5月3、4个人"])
def test_other_things_in_a_list_are_no_days(text: str) -> None:
    """Floors, people, phases and 日前 stand behind a day too."""
    assert len(time_spans(text, WEDNESDAY)) == 1


@pytest.mark.parametrize("text", ["版本2\n月底交付", "收到编号2。月底交付", "合计:3\n节前完成"])
def test_the_line_above_rejects_nothing(text: str) -> None:
    """A number at the end of a line or sentence does not make the next word part of it."""
    assert [span["text"] for span in time_spans(text, WEDNESDAY)] in (["月底"], ["节前"])
