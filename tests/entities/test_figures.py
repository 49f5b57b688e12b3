"""Figures are quantities; numbers of things, times and telephone numbers are not."""

from __future__ import annotations

import pytest

from commlint.entities.figures import figures
from tests.entities.records import analysed

CASES = [
    ("净利润812万\uff0c同比增长3.5%", [("812万", 8_120_000.0, ""), ("3.5%", 3.5, "%")]),
    ("首批3000台\u3001共1,200件", [("3000台", 3000.0, "台"), ("1,200件", 1200.0, "件")]),
    ("成本价45元", [("45元", 45.0, "元")]),
    ("12.5万元的合同", [("12.5万元", 125_000.0, "元")]),
    ("about 300 units and 20 kg", [("300 units", 300.0, "units"), ("20 kg", 20.0, "kg")]),
    ("6月10日前交V3.2\uff0c电话8021", []),
    ("第3号文件\uff0c编号2024-001", []),
    ("2小时内回复", []),
    ("请拨13800001234", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_figures_have_value_and_unit(text, expected):
    """With the scale counted in."""
    analysis = analysed(text)
    assert [(figure.text, figure.value, figure.unit) for figure in figures(analysis, analysis.record)] == expected
