"""Whole documents of many trades and layouts: every label with its value, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from commlint.api import Linter
from tests.quality.fields import expected, listed
from tests.quality.marked import Document, documents
from tests.quality.records import analysed

DOCUMENTS = tuple(documents(Path(__file__).with_name("layouts.txt")))
WIDE = str.maketrans({"(": "\uff08", ")": "\uff09", ",": "\uff0c", ":": "\uff1a"})


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.head[0])
def test_every_field_of_a_layout_is_found_and_nothing_else(document: Document, linter: Linter) -> None:
    """In the order of the text, with the number of the topic, item or row."""
    found = [field for analysis in analysed(linter, document) for field in listed(analysis)]
    assert found == list(expected(document))


PROSE = (
    "\u5b81\u5de5:\n9\u53f7\u697c\u7684\u9762\u5c42\u5df2\u7ecf\u8fd4\u5de5\u3002", "各部门:\n\n请于本周内反馈。", "王总好,进度见下:\n一切顺利。", "例如:若未恢复,直接回滚。", "注:以上数据截至12:00。", "另:不需要每天报。",
    "老板说:这个月必须回款。", "我的建议是:先签框架协议。", "领导指出:\u201c少一点形容词\u201d。", "比值约为3:1", "见 https://photo.example.cn/b9?id=3:1 ,不要发群里。", "D:\\答辩\\终稿.pptx", "As discussed: no change to price.", "Two things: first, the invoice is wrong.",
    '{"location": ["a", "b"], "result": "ok"}', "汪院长:今天主要讨论三件事。大家发言。", "今天来了三拨人: 一拨看房,一拨签约。", "温馨提示:请佩戴口罩。", "[图片]\n[链接]", "[10:30] 张三 在吗", "好的,收到,明天给你。", "价格嘛:还能再谈。",
)


@pytest.mark.parametrize("text", PROSE)
@pytest.mark.parametrize("suffix", ["txt", "md"])
def test_prose_is_no_field(text: str, suffix: str, linter: Linter) -> None:
    """Greetings, remarks, speech, addresses and phrases that lead in."""
    document = Document(("P", suffix, "task_record", "2024-05-22T10:00"), text + "\n", {})
    assert [field for analysis in analysed(linter, document) for field in listed(analysis)] == []
