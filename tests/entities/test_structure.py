"""The stretches a record is made of, and what an analysis promises about their places."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commlint.entities import structure as s
from commlint.entities.analysis import cut, united
from commlint.entities.letters import histories
from commlint.model.record import Block, BlockKind, Cell, Grid, Kind, Part, Record
from commlint.model.span import Span
from commlint.model.values import Located, Unknown
from tests.entities.records import PATHS, analysed, widths

COLLECTIONS = [key for key in PATHS if key.startswith("record.")]


def _record(text: str, *blocks: Block, **more: Any) -> Record:
    record = Record.from_text(text, **more)
    return evolve(record, parts=tuple(evolve(part, blocks=blocks) if part.name == "body" else part for part in record.parts))


def _texts(found: Any) -> list[str]:
    return [each.text for each in found]


def _block(text: str, piece: str, kind: BlockKind, level: int = 0) -> Block:
    at = text.index(piece)
    return Block(kind, Span(at, at + len(piece)), level)


MAIL = "您好:\n请看。\n\n> 旧的话\n--\n张三"


def test_the_body_is_the_records_own_words() -> None:
    """History and signature at the end are not body, but part of everything."""
    record = _record(MAIL, _block(MAIL, "> 旧的话", BlockKind.HISTORY), _block(MAIL, "--\n张三", BlockKind.SIGNATURE))
    analysis = analysed(record)
    body, everything = s.body(analysis, record), s.everything(analysis, record)
    assert isinstance(body, Located)
    assert isinstance(everything, Located)
    assert (body.text, everything.text) == ("您好:\n请看。", MAIL)
    assert _texts(s.lines(analysis, record)) == ["您好:", "请看。"]
    assert _texts(histories(analysis, record)) == ["> 旧的话"]


@pytest.mark.parametrize(("text", "subject", "title"), [
    ("# 纪要\n正文", None, "纪要"), ("正文\n第二行", "主题", "主题"), ("\n\n 首行 \n第二行", None, "首行"), ("**粗体标题**\n正文", None, "粗体标题"), ("", "主题", "主题"),
])
def test_the_title_is_the_first_heading_else_the_subject_else_the_first_line(text: str, subject: str | None, title: str) -> None:
    """Without its marks."""
    record = _record(text, *([Block(BlockKind.HEADING, Span(0, len(text.split("\n", maxsplit=1)[0])), 1)] if text.startswith("#") else []), subject=subject)
    found = s.title(analysed(record), record)
    assert found is not None
    assert found.text == title


def test_an_empty_record_has_no_title_and_no_lines() -> None:
    """Nothing is made up."""
    record = Record.from_text(" \n")
    analysis = analysed(record)
    assert s.title(analysis, record) is None
    assert s.first_line(analysis, record) is None
    assert s.first_sentence(analysis, record) is None


def test_a_record_without_parts_has_an_unknown_body() -> None:
    """A reader may find nothing to read."""
    record = Record(uri="x", kind=Kind.FILE, parts=())
    assert s.body(analysed(record), record) == Unknown("no-body")
    assert all(analysed(record).value(key) is not NotImplemented for key in COLLECTIONS)


@pytest.mark.parametrize(("text", "first"), [("各位同事:\n请看附件。", "请看附件。"), ("张三,您好!请看附件。", "张三,您好!"), ("您好!请看附件。", "请看附件。"), ("Hi team,\nPlease see.", "Please see."), ("请看附件。", "请看附件。")])
def test_the_first_sentence_is_not_a_greeting(text: str, first: str) -> None:
    """Salutations are skipped."""
    record = Record.from_text(text)
    found = s.first_sentence(analysed(record), record)
    assert found is not None
    assert found.text == first


def test_every_cell_is_read_by_itself_and_code_not_at_all() -> None:
    """A row is not a sentence."""
    text = "| 任务 | 说明 |\n|---|---|\n| 写报告 | 尽快。要好 |\n\n```\n代码。\n```"
    record = _record(text, _block(text, "```\n代码。\n```", BlockKind.CODE))
    assert _texts(s.sentences(analysed(record), record)) == ["任务", "说明", "写报告", "尽快。", "要好"]


def test_quotations_are_what_stands_in_marks_quotes_and_code() -> None:
    """Each once."""
    text = "他说\u201c尽快\u201d。\n> 引文\n"
    record = _record(text, _block(text, "> 引文", BlockKind.QUOTE))
    assert _texts(s.quotations(analysed(record), record)) == ["尽快", "> 引文"]


def test_headings_are_known_by_format_or_by_their_look() -> None:
    """# marks, 一、, bold lines and 【】 lines."""
    record = Record.from_text("# 甲\n一、乙\n**丙**\n\u3010丁\u3011\n戊。\n1. 己")
    assert _texts(s.headings(analysed(record), record)) == ["甲", "乙", "丙", "丁"]


def test_paragraphs_stand_between_empty_lines() -> None:
    """Where the format does not say."""
    record = Record.from_text("甲\n乙\n\n丙")
    assert _texts(s.paragraphs(analysed(record), record)) == ["甲\n乙", "丙"]


def test_sentences_of_a_stretch_are_cut_to_it() -> None:
    """A field's value ends before its sentence does."""
    record = Record.from_text("甲乙丙。丁戊。")
    analysis = analysed(record)
    assert _texts(s.sentences_in(analysis, analysis.passage(0, 1, 6))) == ["乙丙。", "丁戊"]


@pytest.mark.parametrize(("text", "length"), [("甲 乙\u3000丙\n", 3), ("", 0), ("ab c", 3)])
def test_length_counts_no_blanks(text: str, length: int) -> None:
    """Of any width."""
    analysis = analysed(text)
    assert s.length(analysis, analysis.passage(0, 0, len(analysis.folded(0)))) == length


def test_blocks_and_grids_move_with_what_folding_takes_out() -> None:
    """An invisible character before a block shifts it."""
    part = evolve(Part.plain("body", "\u200b甲\u200b乙丙"), blocks=(Block(BlockKind.HEADING, Span(3, 5)),), grids=(Grid(Span(3, 5), (Cell(Span(4, 5), 0, 0),)),))
    analysis = analysed(Record(uri="x", kind=Kind.FILE, parts=(part,)))
    assert analysis.blocks(0)[0].span.of(analysis.folded(0)) == "乙丙"
    assert analysis.grids(0)[0].cells[0].span.of(analysis.folded(0)) == "丙"
    assert analysis.passage(0, 0, 2).text == "甲\u200b乙"


def test_an_attribute_is_worked_out_once() -> None:
    """However often it is asked for."""
    calls: list[int] = []
    analysis = analysed("x")
    assert [analysis.once("k", lambda _: calls.append(1)), analysis.once("k", lambda _: calls.append(2))] == [None, None]
    assert calls == [1]


spans = st.builds(lambda a, b: Span(min(a, b), max(a, b)), st.integers(0, 60), st.integers(0, 60))


@given(st.lists(spans), st.lists(spans))
def test_cutting_leaves_exactly_what_no_hole_covers(kept: list[Span], holes: list[Span]) -> None:
    """Point by point."""
    whole = united(kept)
    left = {at for span in cut(whole, holes) for at in range(span.start, span.end)}
    assert left == {at for span in kept for at in range(span.start, span.end)} - {at for hole in holes for at in range(hole.start, hole.end)}


PIECES = (
    "请", "尽快", "提交", "负责人", ":", "\uff1a", "张三", "*经理", "市场部", "截止", "5-22", "\n", "\n\n", "|", "---", "\t", "(", ")", "\uff08", "\u3010", "\u3011", "**", "#", " ", "  ", "1.", "- ", "一、", "议题1", "。", ",", "@", "¥12万元", "议程",
    "待办事项", "对接人", "会议时间", "2024-05-21 14:00-16:00", "\u200b", "\u0301", "\ud800", "\u202e", "如有", "已", "\u201c", "\u201d", "a@b.cn", "13800138000", "https://a.b/c.docx", "此致", "\u8acb", "无", "待定", ">", "```", "20分钟", "\U0001f600",
)
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map("".join)


def _located(value: object) -> list[Located]:
    found = [value] if isinstance(value, Located) else [each for each in value if isinstance(each, Located)] if isinstance(value, tuple) else []
    return found + [inner for each in found for name in each.__slots__ if name not in ("__weakref__",) for inner in _located(getattr(each, name, None))]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts, st.sampled_from([Kind.EMAIL, Kind.MINUTES, Kind.CHAT_MESSAGE]))
def test_no_text_makes_an_entity_raise_or_lose_its_place(text: str, kind: Kind) -> None:
    """Every attribute of a record is answered, and every stretch lies in its part and says what stands there."""
    analysis = analysed(text, kind=kind, subject=text[:20])
    for key in COLLECTIONS:
        for located in _located(analysis.value(key)):
            folded = analysis.folded(located.part)
            assert located.span.end <= len(folded)
            assert located.folded == located.span.of(folded)
            assert located.text == analysis.passage(located.part, located.span.start, located.span.end).text


@settings(max_examples=60, deadline=None)
@given(texts)
def test_the_width_of_punctuation_changes_no_entity(text: str) -> None:
    """Both widths give the same folded stretches."""
    narrow, wide = analysed(text), analysed(widths(text)[1])
    for key in ("record.fields", "record.persons", "record.tasks", "record.contacts", "record.departments"):
        assert [each.folded for each in narrow.collection(key)] == [each.folded for each in wide.collection(key)]


def test_a_first_line_above_numbered_sections_is_the_title() -> None:
    """The first section is none, though it is the first heading."""
    text = "周例会纪要\n日期:6月1日\n一、回顾\n完成"
    start = text.index("一、")
    record = _record(text, Block(BlockKind.HEADING, Span(start, start + 4), 2))
    found = s.title(analysed(record), record)
    assert found is not None
    assert found.text == "周例会纪要"
