"""Work grows with the text, never with its square."""

from __future__ import annotations

import cProfile
import pstats

import pytest

from commlint.model.record import Kind
from tests.entities.records import PATHS, analysed

UNITS = (
    ":", "负责人:", "负责人:张三 ", "a:\n", "  a:\n", "# a\n", "1. a:\n", "| a | b |\n", "a\tb\n", "尽快,", "尽快提交材料给市场部张经理,", "张三、", "张", "市场部", "*", "(", "\u201c", "如有", "@", "议题1:", "12万", "1", "13800138000 ",
    "1. 写报告(责任人:张三,截止:5-22)\n", "小", "张·", "阿里", "张三和", "请财务", "处", "Wang Li ", "张三 <a@b.cn> ", "周 ", "对接人为张三,", "\n", "- ", "http://a/b.c ", "待办:\n张三:a\n", "张三 a\n", "待办:\n一、a\n", "a | b | c\n", "1.1 a\n",
    "张三5月20日前交,", "① 张三5月20日前交", "请张三于5月20日前提交材料,", "(张三,5/20)", "——张三——5月20日", "5月14日前:\n- 秦岚交课程表\n", "负责人,事项,时限\n",
    "\u5e8f\u53f7 \u4e8b\u9879 \u8d1f\u8d23\u4eba\n", "a  b  c\n", "a  b\n", "a\t\tb\n", "+--+--+\n| a | b |\n", "\u2502a\u2502b\u2502\n", "\u8d1f\u8d23\u4eba=a;", "\u8d1f\u8d23\u4eba\u2014\u2014a\n", "\u3010\u8d1f\u8d23\u4eba\u3011a ", "**\u8d1f\u8d23\u4eba** a ", "\u9a8c\u6536\u4eba\na\n",
    "\u9a8c\u6536\u4eba a\n", "- a\n  \u51b3\u8bae:b\n", "\u5907\u6ce8\n:a\n", "a<br>", "[a] b\n", "\u51b3\u8bae(1):a\n", "\u8bae\u9898:a\n\u51b3\u8bae:b\n", "__", "\u2026\u2026", "a|b|", "\u25a1a ",
)


def _work(text: str) -> int:
    """How many calls all attributes of a record take: the same on every machine."""
    profile = cProfile.Profile()
    analysis = analysed(text, kind=Kind.MINUTES, subject="x")
    profile.enable()
    for key in PATHS:
        analysis.value(key)
    profile.disable()
    calls: int = pstats.Stats(profile).total_calls  # type: ignore[attr-defined]  # missing from the stubs
    return calls


@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_text_is_at_most_about_twice_the_work(unit: str) -> None:
    """For lines and characters that patterns and loops could stumble over."""
    text = unit * (4000 // len(unit))
    _work(text[:1000])  # word lists and patterns are made once
    once, twice = _work(text[: len(text) // 2]), _work(text)
    assert twice < 2.5 * once + 2000
