"""Sentences and clauses in Chinese and English."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commlint.model.span import Span
from commlint.text.sentences import clauses, sentences

TEXTS = st.text("。.!?\u2026;,、:\n \t\u201c\u201d\u300c\u300d\"')(|#-好请a1no")


def split(text: str) -> list[str]:
    """The sentences as strings."""
    return [span.of(text) for span in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["今天交。", "明天看!", "好吗?", "好"],
        ["真的?!", "太好了!!!", "走"],
        ["请提交a_v1.2.docx。", "谢谢。"],
        ["会议17:00开始,共10.5元。", "完"],
        ["完成.", "下一步"],
        ["用python.", "然后重启"],
        ["共10.5元,占3.2%"],
        ["版本v1.2.3已发布。", "ip是10.0.0.1,端口80"],
        ["他说:\u201c今天交。明天看。\u201d", "然后走了。"],
        ["\u201c真的吗?\u201d他问。", "是。"],
        ["请写\u300c收到。\u300d", "谢谢"],
        ["(见附件。)", "请回复。"],
        ['他说"好。"', "走了"],
        ["好。", '"下一句"是引文。'],
        ['"没有结尾。', "还有一句。"],
        ["嗯……我想想。", "好……"],
        ["可以吗?", "ok"],
        ["价格待定!", "👍"],
    ],
)
def test_chinese_sentences(parts: list[str]) -> None:
    """Final marks end a sentence with what closes behind them; numbers, names and quotations do not."""
    assert split("".join(parts)) == parts


@pytest.mark.parametrize(
    "parts",
    [
        ["we met mr. li today.", "he agreed."],
        ["see no. 5 for details.", "the answer is no.", "we go on."],
        ["e.g. this one, i.e. that.", "done"],
        ["at 5 p.m. today; etc. and so on... then we go."],
        ["version 1.2.3 is out.", "see https://x.example.com/a?b=c&d=1!", "bye"],
        ["mail to a.b@example.com. thanks.", "bye"],
        ["j. smith wrote it.", "really?!", "yes."],
        ["wait...", "what?"],
        ['he said "go." then he went.'],
        ["budget is $1,000.50.", "ok"],
    ],
)
def test_english_sentences(parts: list[str]) -> None:
    """A full stop before white space ends a sentence, behind an abbreviation, an initial or in a number it does not."""
    joined = " ".join(parts)
    if joined.startswith("at 5"):
        parts = ["at 5 p.m. today; etc. and so on...", "then we go."]
    if joined.startswith("mail to"):
        parts = ["mail to a.b@example.com.", "thanks.", "bye"]
    if joined.startswith("he said"):
        parts = ['he said "go."', "then he went."]
    assert split(joined) == parts


@pytest.mark.parametrize(
    "lines",
    [
        ["各位同事", "请尽快提交"],
        ["一、进度", "二、预算"],
        ["1. 完成", "2. 复核", "3) 归档"],
        ["- 甲", "- 乙"],
        ["# 标题", "正文"],
        ["| 甲 | 乙 |", "| 1 | 2 |"],
        ["张总,", "请审批"],
        ["负责人:张三", "截止时间:6月10日"],
        ["请各部门负责人在本周五下班前完成预算编制工作,", "- 并提交"],
        ["请各部门负责人在本周五下班前完成预算编制工作,", "截止时间:6月10日"],
        ["a short line", "another line"],
    ],
)
def test_a_line_is_a_statement(lines: list[str]) -> None:
    """Lines of records are statements of their own."""
    assert split("\n".join(lines)) == lines


@pytest.mark.parametrize(
    "text",
    [
        "请各部门负责人在本周五下班前完成预算编制工作,\n并提交财务部。",
        "the quick brown fox jumps over the lazy dog and then\nit runs away",
        "please send the updated schedule to the project office,\nand copy me.",
    ],
)
def test_a_wrapped_line_runs_on(text: str) -> None:
    """A long line that stops in the middle of running text is no end."""
    assert split(text) == [text]


def test_a_blank_line_ends_even_wrapped_text() -> None:
    """Paragraphs never share a sentence."""
    assert len(split("please send the updated schedule to the project office,\n\nand copy me")) == 2


@pytest.mark.parametrize("text", ["分三步:1. 收集 2. 整理 3. 归档。", "1. 完成。", "第1.2节见附件"])
def test_a_list_number_ends_nothing(text: str) -> None:
    """The dot behind the number of an item belongs to the number."""
    assert split(text) == [text]


@given(TEXTS)
def test_sentences_hold_all_that_is_visible_and_nothing_twice(text: str) -> None:
    """In order, apart, trimmed; what is left out is white space."""
    spans = sentences(text)
    assert all(before.end <= after.start for before, after in itertools.pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)
    assert "".join("".join(span.of(text) for span in spans).split()) == "".join(text.split())


@given(TEXTS, TEXTS)
def test_paragraphs_are_split_apart(one: str, other: str) -> None:
    """What a paragraph holds never changes the sentences of the next."""
    assert split(f"{one}\n\n{other}") == split(one + "\n") + split("\n" + other)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("今天交,明天看;后天改。", ["今天交", "明天看", "后天改"]),
        ("共1,000元,分两次", ["共1,000元", "分两次"]),
        ("甲、乙、丙,都来", ["甲、乙、丙", "都来"]),
        ("截止时间:6月10日17:00", ["截止时间:6月10日17:00"]),
        ("\u201c交。看。\u201d走", ["\u201c交", "看", "\u201d走"]),
        (",,。", []),
    ],
)
def test_clauses_stand_between_commas(text: str, parts: list[str]) -> None:
    """Commas and semicolons part clauses; a comma inside a number does not."""
    assert [span.of(text) for span in clauses(text, Span(0, len(text)))] == parts


@given(TEXTS)
def test_clauses_lie_inside_their_sentence(text: str) -> None:
    """In order and apart."""
    for sentence in sentences(text):
        spans = clauses(text, sentence)
        assert all(sentence.contains(span) for span in spans)
        assert all(before.end <= after.start for before, after in itertools.pairwise(spans))
