"""PDF: pages as they are seen, text as it is meant, and nothing but declared errors."""

from __future__ import annotations

import importlib.util
from contextlib import suppress
from pathlib import Path

import pytest
from attrs import evolve
from commlint_minutes import pdf_child
from commlint_minutes.pdf import PdfReader
from hypothesis import given, settings
from hypothesis import strategies as st

from commlint.api import Linter
from commlint.errors import RecordError
from commlint.model.environment import Limits
from commlint.model.protocols import Item
from commlint.model.record import Evidence, Kind, Part, Record
from commlint.model.source import Source
from commlint.model.span import Span
from tests.integrations.made_pages import HIGH, WIDE, drawn, flowing, lines, tabled
from tests.integrations.readings import ENVIRONMENT, blocks, grid, part
from tests.sample_sources.pages import scan

FORMATS = Path(__file__).parents[1] / "samples" / "formats"
_LONG = "会议讨论了新品上线的时间安排\uff0c以及各部门需要配合的事项\uff0c请各部门安排负责人准时参加并提前准备材料。"


def _told(number: int) -> str:
    """A paragraph of its own: what stands on each page is a header."""
    from random import Random

    return "".join(Random(number).choices("会议讨论新品上线时间安排以及各部门需要配合事项请准备材料", k=110)) + "\u3002"


def read(content: bytes, limits: Limits = ENVIRONMENT.limits) -> list[Item]:
    """What the reader comes across."""
    return list(PdfReader().read(Source("a.pdf", content), evolve(ENVIRONMENT, limits=limits)))


def record(content: bytes) -> Record:
    """The one record there is."""
    (only,) = read(content)
    assert isinstance(only, Record)
    return only


def body(content: bytes) -> Part:
    """Its body, every character of which is where the map says."""
    found = part(record(content), "body")
    for at, character in enumerate(found.text):
        seen = found.source_map.to_source(Span(at, at + 1)).of(found.view.text)
        assert seen == character or (seen == "\n" and character in " \t")
    return found


def place(found: Part, phrase: str) -> tuple[int, int, int, int, int]:
    """Page, table, row, column, and the line counted from there."""
    at = found.source_map.to_source(Span(found.text.index(phrase), found.text.index(phrase) + 1)).start
    anchor = [anchor for anchor in found.view.anchors if anchor.start <= at][-1]
    line = found.view.text.count("\n", anchor.start, at) + anchor.line
    return anchor.place.page, anchor.place.table, anchor.place.row, anchor.place.column, line


@pytest.mark.parametrize("text", ["请尽快提交。", "参会人\uff1a张三、李四\uff08技术部\uff09", "时间 14:00-15:00", "Please reply by Friday", "繁體字\uff1a請盡快", "\u201c引号\u201d与\u300a书名\u300b"])
def test_text_is_what_it_says(text: str) -> None:
    """Fonts that are not embedded, known by their map of characters alone."""
    assert body(drawn(lines(text))).text == f"{text}\n"


def test_wrapped_lines_are_one_paragraph() -> None:
    """Chinese goes on without a blank, English with one; an indented line begins another paragraph, as does a list item."""
    texts = [_LONG * 2, _LONG * 2, "1\u3001第一项", "2\u3001第二项", "Please send the report to all participants of the meeting before the end of the week and tell them who is responsible for it."]
    found = body(flowing(texts))
    assert found.text.splitlines() == texts
    assert [kind for kind, _ in blocks(found)] == ["paragraph", "paragraph", "list_item", "list_item", "paragraph"]


def test_short_lines_stay_apart() -> None:
    """The fields of a form are lines of their own, however short all lines are."""
    texts = ["会议时间\uff1a2026年5月21日 14:00-15:00", "地点\uff1a三楼", "参会人\uff1a张三", "记录人\uff1a李四"]
    assert body(drawn(lines(*texts))).text.splitlines() == texts


def test_columns_are_read_one_after_the_other() -> None:
    """A paragraph goes on from the foot of a column to the top of the next, and to the next page."""
    texts = [_told(number) for number in range(24)]
    assert body(flowing(texts, columns=2)).text.splitlines() == texts


def test_what_stands_far_apart_on_a_line_is_no_column() -> None:
    """A form with two fields on a line is read across."""
    page = [*zip(["姓名\uff1a张三", "部门\uff1a技术部", "职务\uff1a经理", "电话\uff1a无", "状态\uff1a在岗"], ["日期\uff1a5月21日", "编号\uff1a12", "地点\uff1a三楼", "备注\uff1a无", "签字\uff1a王五"], strict=True)]
    content = drawn(lambda canvas: [canvas.drawString(x, 700 - 20 * row, text) for row, pair in enumerate(page) for x, text in zip((70, 320), pair, strict=True)])
    assert body(content).text.splitlines() == ["\t".join(pair) for pair in page]


def test_headings_are_told_by_their_size() -> None:
    """The largest is of the first level; what people number is a heading as in plain text."""

    def page(canvas: object) -> None:
        lines("季度排期会议纪要", top=780, size=22)(canvas)
        lines("决议", top=720, size=16)(canvas)
        lines(*["正文的内容。"] * 5, "一、待办事项", top=690)(canvas)

    found = body(drawn(page))
    assert [(block.level, block.span.of(found.text)) for block in found.blocks if block.kind == "heading"] == [(1, "季度排期会议纪要"), (2, "决议"), (2, "一、待办事项")]


def test_edges_of_pages_are_told_apart() -> None:
    """What repeats at the top and the foot is a part, once; numbers of pages are none; a paragraph goes on across both."""
    found = record(flowing([_told(number) for number in range(20)], header="示例公司内部资料", footer="第 %d 页"))
    assert part(found, "header").text == "示例公司内部资料\n"
    assert found.part("footer") is None
    assert "内部资料" not in part(found, "body").text
    assert part(found, "body").text.splitlines() == [_told(number) for number in range(20)]
    assert "第 2 页" in part(found, "body").view.text
    assert "公司" in part(record(flowing([_told(number) for number in range(20)], footer="示例公司 - %d -")), "footer").text


def test_ruled_tables_are_grids() -> None:
    """Cells know row and column, merged ones what they cover; a cell's wrapped lines are one."""
    rows = [["事项", "负责人", "截止时间"], ["整理本季度各渠道推广数据并核对", "张三", "5月22日"], ["合并", "", "尽快"], ["复核", "李四", ""]]
    found = body(tabled(rows, spans=[((0, 2), (1, 2)), ((2, 2), (2, 3))]))
    assert grid(found) == [rows[0], rows[1], ["合并", "尽快"], ["复核", "李四"]]
    assert [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in found.grids[0].cells if cell.row == 2] == [(2, 0, 1, 2), (2, 2, 2, 1)]
    assert [cell.header for cell in found.grids[0].cells[:4]] == [True, True, True, False]
    assert place(found, "尽快") == (1, 1, 3, 3, 1)


@pytest.mark.parametrize("repeat", [0, 1])
def test_a_table_goes_on_over_pages(repeat: int) -> None:
    """It is one grid, whether its header repeats or not; places are those of the page."""
    rows = [["事项", "负责人"], *([f"事项{number}", "张三"] for number in range(80))]
    found = body(tabled(rows, repeat=repeat))
    assert len(found.grids) == 1
    assert grid(found) == rows
    page, table, row, column, line = place(found, "事项79")
    assert (page, table, column, line) == (found.view.anchors[-1].place.page, 1, 1, 1)
    assert row < 60


def test_lines_are_counted_on_the_page() -> None:
    """Those of the second page from its top, those behind a table with the lines of the table."""

    def second(canvas: object) -> None:
        lines("甲甲", "乙乙")(canvas)
        for y in (640, 670, 700):
            canvas.line(70, y, 270, y)  # type: ignore[attr-defined]  # reportlab is not typed
        for x in (70, 170, 270):
            canvas.line(x, 640, x, 700)  # type: ignore[attr-defined]
        lines("子", "寅", top=680, x=80, step=30)(canvas)
        lines("丑", "卯", top=680, x=180, step=30)(canvas)
        lines("丙丙", top=600)(canvas)

    found = body(drawn(lines("一一", "二二"), second))
    assert [place(found, text) for text in ("二二", "乙乙", "寅", "丙丙")] == [(1, 0, 0, 0, 2), (2, 0, 0, 0, 2), (2, 1, 2, 1, 1), (2, 0, 0, 0, 5)]


def test_a_page_printed_sideways_and_one_written_downwards_are_read() -> None:
    """By how they are looked at."""

    def sideways(canvas: object) -> None:
        canvas.setPageRotation(90)  # type: ignore[attr-defined]
        canvas.translate(WIDE, 0)  # type: ignore[attr-defined]
        canvas.rotate(90)  # type: ignore[attr-defined]
        lines("横版第一行", "第二行", top=500)(canvas)

    def downwards(canvas: object) -> None:
        for column, text in enumerate(("关于召开会议的通知各部门", "请于五月二十一日提交材料")):
            for row, character in enumerate(text):
                canvas.drawString(500 - 24 * column, 750 - 15 * row, character)  # type: ignore[attr-defined]

    assert body(drawn(sideways)).text == "横版第一行\n第二行\n"
    assert body(drawn(downwards)).text == "关于召开会议的通知各部门\n请于五月二十一日提交材料\n"


def test_watermarks_stay_out_and_what_is_filled_in_comes_in() -> None:
    """Characters that stand askew are counted; a form is read with its values."""

    def page(canvas: object) -> None:
        lines("Owner:")(canvas)
        canvas.acroForm.textfield(name="owner", value="Zhang San", x=150, y=775, width=150, height=20)  # type: ignore[attr-defined]
        canvas.translate(300, 300)  # type: ignore[attr-defined]
        canvas.rotate(45)  # type: ignore[attr-defined]
        lines("内部资料", x=0, top=0, size=40)(canvas)

    found = record(drawn(page))
    assert part(found, "body").text.split() == ["Owner:", "Zhang", "San"]
    assert dict(found.meta)["tilted_characters"] == "4"


def test_a_scan_is_undetermined() -> None:
    """It is no clean record: one line says that its text is not known, and how it can be; the exit code is that of doubt."""
    found = record(scan(2))
    assert found.gap is not None
    assert (found.gap.reason, found.gap.detail, part(found, "body").text) == ("no-text-layer", "", "")
    report = Linter().check_records([found.with_kind(Kind.MINUTES, Evidence("file name"))])
    assert [(each.code, each.reason) for each in report.undetermined] == [("ALL", "no-text-layer")]
    assert "ocrmypdf" in report.undetermined[0].help
    assert (report.findings, report.failures) == ((), ())


def test_pages_that_are_pictures_are_named() -> None:
    """The others are read."""
    from io import BytesIO

    from pypdf import PdfReader as Opened
    from pypdf import PdfWriter

    writer = PdfWriter()
    for content in (drawn(lines("第一页有字")), scan(2), drawn(lines("第四页有字"))):
        for page in Opened(BytesIO(content)).pages:
            writer.add_page(page)
    out = BytesIO()
    writer.write(out)
    found = record(out.getvalue())
    assert found.gap is not None
    assert (found.gap.detail, part(found, "body").text) == ("p. 2-3", "第一页有字\n第四页有字\n")


@pytest.mark.parametrize(("user", "slug"), [("", None), ("secret", "encrypted-file")])
def test_passwords(user: str, slug: str | None) -> None:
    """A PDF that only its owner may change is read; one that asks for a password is not."""
    from io import BytesIO

    from pypdf import PdfReader as Opened
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=Opened(BytesIO(drawn(lines("请尽快。")))))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    if slug is None:
        assert body(out.getvalue()).text == "请尽快。\n"
    else:
        assert refused(out.getvalue()).slug == slug


def refused(content: bytes, limits: Limits = ENVIRONMENT.limits) -> RecordError:
    """The error that ends reading, which speaks both languages."""
    with pytest.raises(RecordError) as caught:
        read(content, limits)
    assert all(caught.value.said("zh"))
    assert all(caught.value.said("en"))
    return caught.value


@pytest.mark.parametrize(("content", "slug"), [(b"", "damaged-file"), (b"%PDF-1.4\n", "damaged-file"), (b"nothing of the kind", "damaged-file"), (drawn(lambda canvas: None), "empty-record")])
def test_what_is_none(content: bytes, slug: str) -> None:
    """No PDF, or nothing on it."""
    assert refused(content).slug == slug


def test_files_inside_are_sources_and_attachments() -> None:
    """What a PDF carries is read by whoever reads such files."""
    from io import BytesIO

    from pypdf import PdfReader as Opened
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=Opened(BytesIO(drawn(lines("见附件")))))
    writer.add_attachment("纪要.md", "请尽快。".encode())
    out = BytesIO()
    writer.write(out)
    found, inside = read(out.getvalue())
    assert isinstance(found, Record)
    assert isinstance(inside, Source)
    assert [(file.name, file.size) for file in found.attachments] == [("纪要.md", 12)]
    assert (inside.uri, inside.content.decode(), inside.depth) == ("a.pdf!/纪要.md", "请尽快。", 1)


@pytest.mark.parametrize(
    ("limits", "slug", "left"),
    [(Limits(pages=2), "page-limit", "一\n二\n"), (Limits(characters=2), "page-limit", "一\n二\n"), (Limits(), "", "一\n二\n三\n")],
)
def test_past_a_limit_the_rest_is_named(limits: Limits, slug: str, left: str) -> None:
    """What came before is checked."""
    found = read(drawn(lines("一"), lines("二"), lines("三")), limits)
    assert isinstance(found[0], Record)
    assert part(found[0], "body").text == left
    assert [each.slug for each in found if isinstance(each, RecordError)] == ([slug] if slug else [])


def test_cells_past_the_limit_are_text() -> None:
    """A table beyond it is no grid, and a failure says so."""
    found, error = read(tabled([["甲", "乙"], ["丙", "丁"]]), Limits(cells=3))
    assert isinstance(found, Record)
    assert isinstance(error, RecordError)
    assert (part(found, "body").grids, part(found, "body").text, error.slug) == ((), "甲\t乙\n丙\t丁\n", "table-limit")


@pytest.mark.parametrize(("program", "slug"), [("import os; os._exit(-11 % 256)", "damaged-file"), ("import time; time.sleep(60)", "reading-stopped"), ("print('{\"pages\": 1, \"meta\": {}}')", "damaged-file"), ("print('{')", "damaged-file")])
def test_a_crash_or_an_endless_loop_ends_the_child_only(monkeypatch: pytest.MonkeyPatch, program: str, slug: str) -> None:
    """The library runs in a program of its own: whatever becomes of that is a failure of this one file."""
    monkeypatch.setattr(pdf_child, "_PROGRAM", program)
    assert refused(drawn(lines("一")), Limits(seconds=1)).slug == slug


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named."""
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *more: None if name == "pypdfium2_raw" else found(name, *more))
    error = refused(drawn(lines("一")))
    assert (error.slug, error.help) == ("extra-missing", "pip install 'commlint[pdf]'")


@settings(max_examples=15, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.binary(max_size=200).map(lambda more: b"%PDF-1.4\n" + more), st.integers(0, 3_000).map(lambda end: tabled([["甲", "乙"]], compressed=False)[:end])))
def test_any_bytes_are_records_or_a_declared_error(content: bytes) -> None:
    """Cut off anywhere, or nothing of the kind: thousands more are tried by tests.fuzzing."""
    with suppress(RecordError):
        assert all(isinstance(each, Record | Source | RecordError) for each in read(content))


def test_what_libreoffice_prints() -> None:
    """A real document: title, wrapped paragraph, table, numbered headings, no number of the page."""
    found = part(record((FORMATS / "会议通知.pdf").read_bytes()), "body")
    assert blocks(found)[:3] == [
        ("heading", "关于召开新品排期会的会议通知"), ("paragraph", "各部门\uff1a"),
        ("paragraph", "兹定于2026年5月21日\uff08星期四\uff0914:00 在三楼会议室召开新品排期会\uff0c请各部门负责人准时参加\uff0c并提前准备与本部门有关的排期数据和需要其他部门配合的事项。"),
    ]
    assert grid(found) == [["议题", "主讲人", "时长"], ["上季度排期回顾", "林晓岚", "20分钟"], ["新品上线时间与各部门需要配合的事项", "沈一鸣", ""]]
    assert found.text.endswith("联系人\uff1a顾北辰\n")
    assert HIGH > WIDE
