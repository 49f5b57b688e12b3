"""Presentations: what is on the slides, in the order they are shown, and where."""

from __future__ import annotations

from contextlib import suppress

import pytest
from attrs import evolve
from commlint_minutes.slides import SlidesReader
from hypothesis import given, settings
from hypothesis import strategies as st

from commlint.errors import RecordError
from commlint.model.environment import Limits
from commlint.model.protocols import Item
from commlint.model.record import Part, Record
from commlint.model.source import Source
from tests.integrations.made_slides import SLIDE, by_hand, deck
from tests.integrations.readings import ENVIRONMENT, blocks, grid, part

_TEXT = '<p:sp><p:nvSpPr><p:cNvPr id="2" name="a"/><p:nvPr>{role}</p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>'


def read(content: bytes, limits: Limits = ENVIRONMENT.limits) -> list[Item]:
    """What the reader comes across."""
    return list(SlidesReader().read(Source("a.pptx", content), evolve(ENVIRONMENT, limits=limits)))


def record(content: bytes) -> Record:
    """The one record there is."""
    (only,) = read(content)
    assert isinstance(only, Record)
    return only


def text(words: str, role: str = "") -> str:
    """A frame with one paragraph."""
    return _TEXT.format(text=words, role=role)


def place(found: Part, phrase: str) -> tuple[int, int, int, int, int]:
    """Slide, paragraph, table, row, column."""
    at = found.text.index(phrase)
    where = [anchor for anchor in found.view.anchors if anchor.start <= at][-1].place
    assert found.view.text[at : at + len(phrase)] == phrase
    return where.slide, where.paragraph, where.table, where.row, where.column


def test_slides_are_read_in_order() -> None:
    """Titles are headings, the first of the first level; paragraphs of lists are items by depth; a chart says its title."""
    body = part(record(deck()), "body")
    assert blocks(body) == [
        ("heading", "项目周报"), ("paragraph", "项目组"), ("paragraph", "2026年5月21日"), ("heading", "本周进展"), ("list_item", "完成接口联调"), ("list_item", "请测试部\n尽快回归"),
        ("heading", "行动项"), ("table", "事项\t负责人\t截止时间\n提交方案\t张三\t尽快\n合并\t5月30日\n复核\t李四"), ("paragraph", "组内文字"), ("paragraph", "销量图"), ("paragraph", "备用"),
    ]
    assert [block.level for block in body.blocks if block.level] == [1, 2, 1, 2, 2]


def test_tables_are_grids() -> None:
    """Merged cells stand once and say what they cover."""
    body = part(record(deck()), "body")
    assert grid(body)[1:] == [["提交方案", "张三", "尽快"], ["合并", "5月30日"], ["复核", "李四"]]
    assert [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in body.grids[0].cells if cell.row == 2] == [(2, 0, 1, 2), (2, 2, 2, 1)]


def test_everything_knows_its_slide() -> None:
    """Paragraphs and cells are counted on the slide; notes are a part of their own."""
    found = record(deck())
    assert place(part(found, "body"), "完成接口联调") == (2, 2, 0, 0, 0)
    assert place(part(found, "body"), "5月30日") == (3, 0, 1, 3, 3)
    assert place(part(found, "body"), "组内文字")[:2] == (3, 2)
    assert (part(found, "notes").text.strip(), part(found, "notes").view.label, place(part(found, "notes"), "下周")) == ("下周提交方案", "notes", (2, 1, 0, 0, 0))
    assert dict(found.meta)["hidden_slides"] == "4"
    assert not found.inline_suppressions


def test_marks_footers_and_what_is_not_shown() -> None:
    """Numbers are counted, hidden frames, numbers of slides and what older programs show are left out, footers are told once."""
    found = record(by_hand(SLIDE, SLIDE))
    assert part(found, "body").text.split() == ["3.", "第三", "4.", "第四", "-", "细项", "新式"] * 2
    assert part(found, "footer").text.strip() == "内部资料"


def test_the_order_is_that_of_the_presentation() -> None:
    """Not that of the files."""
    assert part(record(by_hand(text("甲"), text("乙"), order=(2, 1))), "body").text.split() == ["乙", "甲"]


@pytest.mark.parametrize(("limits", "slug", "left"), [(Limits(pages=1), "page-limit", ["甲"]), (Limits(characters=0), "page-limit", ["甲"])])
def test_past_a_limit_the_rest_is_named(limits: Limits, slug: str, left: list[str]) -> None:
    """What came before is checked."""
    found, error = read(by_hand(text("甲"), text("乙")), limits)
    assert isinstance(found, Record)
    assert isinstance(error, RecordError)
    assert (part(found, "body").text.split(), error.slug) == (left, slug)


def test_a_broken_slide_does_not_keep_the_others_from_being_read() -> None:
    """It is named."""
    found, error = read(by_hand(text("甲"), "<p:sp><a:broken>", text("丙")))
    assert isinstance(found, Record)
    assert isinstance(error, RecordError)
    assert part(found, "body").text.split() == ["甲", "丙"]
    assert "slide2" in error.message


@pytest.mark.parametrize(("content", "slug"), [(b"", "empty-record"), (b"PK\x03\x04", "damaged-file"), (by_hand(""), "empty-record"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "legacy-format")])
def test_what_is_none(content: bytes, slug: str) -> None:
    """No presentation, or nothing on it."""
    with pytest.raises(RecordError) as caught:
        read(content)
    assert caught.value.slug == slug


def test_nesting_and_numbers_of_any_size_are_read_in_bounded_time() -> None:
    """100,000 groups in one another, 200,000 cells, levels and spans beyond all sense; the test would hang."""
    deep = "<p:grpSp>" * 100_000 + text("深") + "</p:grpSp>" * 100_000
    assert part(record(by_hand(deep)), "body").text.strip() == "深"
    cells = '<p:graphicFrame><a:tbl>' + ('<a:tr>' + '<a:tc gridSpan="999999999" rowSpan="99999"><a:txBody><a:p><a:r><a:t>格</a:t></a:r></a:p></a:txBody></a:tc>' * 100 + "</a:tr>") * 100 + "</a:tbl></p:graphicFrame>"
    found = read(by_hand(cells), Limits(cells=5_000))
    assert [each.slug for each in found if isinstance(each, RecordError)] == ["table-limit"]


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.integers(0, 5_000).map(lambda end: by_hand()[:end]), st.text("<>/ap:trcsp \"=甲&;", max_size=80).map(by_hand)))
def test_any_bytes_are_records_or_a_declared_error(content: bytes) -> None:
    """Cut off anywhere, broken XML, nothing of the kind."""
    with suppress(RecordError):
        assert all(isinstance(each, Record | Source | RecordError) for each in read(content))
