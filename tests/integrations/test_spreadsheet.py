"""Workbooks: what stands on a sheet is read as it is shown, each cell with its place, whatever the file does."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve
from commlint_minutes.classify import classify
from commlint_minutes.sheets import Filled, laid
from commlint_minutes.spreadsheet import OpenSpreadsheetReader, WorkbookReader
from commlint_minutes.worksheet import letters
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils import get_column_letter

from commlint.api import Linter
from commlint.entities.analysis import RecordAnalysis
from commlint.errors import RecordError
from commlint.model.environment import Limits
from commlint.model.record import BlockKind, Kind, Record
from commlint.model.source import Source
from tests import make_formats
from tests.integrations.readings import ENVIRONMENT, blocks, grid, part
from tests.integrations.workbooks import MAIN, package, rows, ties, workbook, worksheet

XLSX, ODS = WorkbookReader(), OpenSpreadsheetReader()
SMALL = evolve(ENVIRONMENT, limits=Limits(cells=10))
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def items(content: bytes, *, uri: str = "a.xlsx", environment: object = ENVIRONMENT) -> list[object]:
    """What the reader comes across, an error that ends it last."""
    found: list[object] = []
    try:
        found.extend((ODS if uri.endswith(".ods") else XLSX).read(Source(uri, content), environment))  # type: ignore[arg-type]  # an environment
    except RecordError as error:
        found.append(error)
    return found


def records(content: bytes, **more: object) -> list[Record]:
    """The records alone; nothing else was told."""
    found = items(content, **more)  # type: ignore[arg-type]  # forwarded as given
    assert [each for each in found if not isinstance(each, Record)] == []
    return [each for each in found if isinstance(each, Record)]


def slugs(found: list[object]) -> list[str]:
    """The names of records, and the slugs of errors."""
    return [each.name if isinstance(each, Record) else each.slug for each in found]  # type: ignore[attr-defined]  # else an error


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_of(*found: list[object]) -> Workbook:
    book = Workbook()
    for row in found:
        book.active.append(row)
    return book


def cells(record: Record, name: str = "body") -> dict[str, str]:
    """What the view says stands in each cell: from its anchor up to the next one."""
    view = part(record, name).view
    ends = [*(anchor.start for anchor in view.anchors[1:]), len(view.text) + 2]
    return {anchor.place.cell: view.text[anchor.start : end].rstrip("\n") for anchor, end in zip(view.anchors, ends, strict=True)}


def opendocument(inner: str, *, manifest: str = "") -> bytes:
    """An .ods of this content."""
    spaces = " ".join(f'xmlns:{name}="{OFFICE}:{name}:1.0"' for name in ("office", "table", "text", "style"))
    members = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": f"<office:document-content {spaces}>{inner}</office:document-content>"}
    return package({**members, **({"META-INF/manifest.xml": manifest} if manifest else {})})


def table(*found: str, name: str = "S", columns: str = "") -> str:
    return f'<office:body><office:spreadsheet><table:table table:name="{name}">{columns}{"".join(found)}</table:table></office:spreadsheet></office:body>'


def row(*found: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(each if each.startswith('<') else f'<table:table-cell><text:p>{each}</text:p></table:table-cell>' for each in found)}</table:table-row>"


# what a cell shows


@pytest.mark.parametrize(("value", "form", "shown"), [
    (date(2026, 5, 21), "yyyy-mm-dd", "2026-05-21"),
    (date(2026, 5, 21), 'yyyy"年"m"月"d"日"', "2026年5月21日"),
    (date(2026, 5, 21), 'yyyy"年"m"月"d"日";@', "2026年5月21日"),
    (date(2026, 5, 21), "m/d", "5/21"),
    (date(2026, 5, 21), "mm-dd-yy", "2026/5/21"),  # what openpyxl calls the built-in short date, which is shown as the machine has it
    (date(2026, 5, 21), "[$-804]yyyy年m月d日 aaaa", "2026年5月21日 星期四"),
    (date(2026, 5, 21), "d-mmm-yy", "21-May-26"),
    (datetime(2026, 5, 21, 9, 30), "yyyy/m/d h:mm;@", "2026/5/21 9:30"),
    (datetime(2026, 5, 21, 18, 5), "yyyy-mm-dd h:mm AM/PM", "2026-05-21 6:05 PM"),
    (datetime(2026, 5, 21, 18, 5, 30), "hh:mm:ss", "18:05:30"),
    (time(18, 0), "h:mm", "18:00"),
    (time(18, 0), '上午/下午h"时"mm"分"', "下午6时00分"),
    (1.5, "[h]:mm", "36:00"),
    (0.25, "0%", "25%"),
    (0.256, "0.0%", "25.6%"),
    (3.14159, "0.00", "3.14"),
    (1234567.5, "#,##0.00", "1,234,567.50"),
    (12, '"REQ-"000', "REQ-012"),
    (5, '0"天"', "5天"),
    (5, "General", "5"),
    (5.0, "G/通用格式", "5"),
    (0.1 + 0.2, "General", "0.3"),
    (-3, "0;[Red]-0", "-3"),
    (True, "General", "TRUE"),
    ("#REF!", "General", "#REF!"),
    ("张三\r\n李四", "General", "张三\n李四"),
    ("a_x000D_\nb", "General", "a\nb"),
    ("00123", "General", "00123"),
])
def test_a_cell_is_read_as_it_is_shown(value: object, form: str, shown: str) -> None:
    """Dates, times and numbers by their format, texts as they are."""
    book = sheet_of(["标签", value])
    book.active["B1"].number_format = form
    assert cells(records(saved(book))[0])["B1"] == shown


@pytest.mark.parametrize(("cell", "shown"), [
    ('<c r="A1" t="d"><v>2026-05-21T09:30:00</v></c>', "2026-05-21 09:30:00"),
    ('<c r="A1" t="str"><f>B1</f><v>请确认</v></c>', "请确认"),
    ('<c r="A1" t="s"><v>1</v></c>', "第二"),
    ('<c r="A1"><v>1e20</v></c>', "1E+20"),
    ('<c r="A1" s="1"><v>3000000</v></c>', "3000000"),  # a day beyond the calendar
    ('<c r="A1" s="1"><v>46163</v></c>', "2026-05-21"),
    ('<c r="A1" s="99"><v>46163</v></c>', "46163"),
    ('<c r="A1" t="inlineStr"><is><r><t>负</t></r><r><t>责人</t></r><rPh sb="0" eb="1"><t>kana</t></rPh></is></c>', "负责人"),
    ('<c r="A1" t="b"><v>0</v></c>', "FALSE"),
    ('<c r="A1" t="e"><v>#N/A</v></c>', "#N/A"),
])
def test_cells_that_few_programs_write(cell: str, shown: str) -> None:
    """Types of ISO 29500 that Excel itself seldom uses."""
    found = records(worksheet(f'<sheetData><row r="1">{cell}</row></sheetData>', strings=("第一", "第二"), formats=("General", "yyyy-mm-dd")))
    assert cells(found[0]) == {"A1": shown}


@pytest.mark.parametrize("cell", ['<c r="A1" t="s"><v>7</v></c>', '<c r="A1" t="s"><v>-1</v></c>', '<c r="A1" t="s"><v>x</v></c>', '<c r="A1"><v/></c>', '<c r="A1"><f>1+1</f></c>', '<c r="A1"/>', '<c r="A1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>', '<c r="A1"><v>nan</v></c>', '<c r="ZZZ9999999"/>'])
def test_cells_that_show_nothing(cell: str) -> None:
    """Neither text nor error: nothing stands there."""
    assert slugs(items(worksheet(f'<sheetData><row r="1">{cell}</row></sheetData>', strings=("第一",)))) == ["empty-record"]


def test_dates_that_count_from_1904() -> None:
    """As Excel on old Macs."""
    content = workbook({"S": '<sheetData><row><c s="0"><v>44701</v></c></row></sheetData>'}, about='<workbookPr date1904="1"/>', styles='<cellXfs><xf numFmtId="31"/></cellXfs>')
    assert cells(records(content)[0]) == {"A1": "2026年5月21日"}


def test_formulas_are_not_computed() -> None:
    """What was saved with a formula is read; formulas without a value are counted."""
    (record,) = records(saved(sheet_of(["a", "=1+1", "=A1"])))
    assert cells(record) == {"A1": "a"}
    assert dict(record.meta)["formulas_without_value"] == "2"


def test_rich_text() -> None:
    """The runs of a cell are one text."""
    book = sheet_of(["标题"])
    book.active["A2"] = CellRichText("请", TextBlock(InlineFont(b=True), "尽快"), "回复")
    assert cells(records(saved(book))[0])["A2"] == "请尽快回复"


def test_workbooks_of_the_strict_edition() -> None:
    """ISO 29500 strict has namespaces of its own."""
    content = workbook({"S": rows(["a", "b"])}, namespace="http://purl.oclc.org/ooxml/spreadsheetml/main")
    assert cells(records(content)[0]) == {"A1": "a", "B1": "b"}


# where it stands


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=6).filter(str.strip)


@given(st.dictionaries(st.tuples(st.integers(1, 12), st.integers(1, 9)), TEXTS, min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_every_cell_has_its_place(written: dict[tuple[int, int], str]) -> None:
    """However cells lie on a sheet: each text stands at an anchor that names its cell, once; the others are empty."""
    book = Workbook()
    for (row_, column), text in written.items():
        book.active.cell(row_, column).value = text
        book.active.cell(row_, column).data_type = "s"
    (record,) = records(saved(book))
    found = {place: text for place, text in cells(record).items() if text}
    assert found == {f"{get_column_letter(column)}{row_}": re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), text) for (row_, column), text in written.items()}
    body = part(record, "body")
    assert body.text.replace("\t", "\n") == body.view.text.replace("\t", "\n")
    assert body.view.counted_anew
    starts = [anchor.start for anchor in body.view.anchors]
    assert all(before < after for before, after in pairwise(starts))
    assert sum(len(each.cells) for each in body.grids) + sum(block.kind is not BlockKind.TABLE for block in body.blocks) == len(starts)


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")])
def test_letters_of_columns(column: int, name: str) -> None:
    """Columns are called as on the sheet."""
    assert letters(column) == name == get_column_letter(column + 1)


def test_findings_name_the_cell() -> None:
    """In the text report and in JSON; the sheet once, and lines are those of the cell."""
    book = sheet_of(["序号", "任务", "负责人", "截止时间"], [1, "写方案\n请尽快提交", "顾北辰", None])
    book.active.title = "任务清单"
    report = Linter().check_source(Source("表.xlsx", saved(book)))
    (vague,) = [finding for finding in report.findings if finding.rule == "vague-deadline"]
    at = vague.location
    assert (at.place.type, at.place.sheet, at.place.cell, at.start.line, at.start.column) == ("cell", "任务清单", "B2", 2, 2)
    from commlint.report.text import place

    assert place(at, "任务清单", "zh") == "表.xlsx:任务清单!B2:2:2"
    assert vague.excerpt.lines == ("请尽快提交",)


def test_parse_names_the_cell() -> None:
    """What was recognised has the place that findings there would have."""
    from commlint.cli.parse import where

    (record,) = records(saved(sheet_of(["任务", "负责人"], ["写方案\n请尽快提交", "顾北辰"])))
    analysis = RecordAnalysis(record, ENVIRONMENT, {})
    body = part(record, "body")
    at = body.text.index("请尽快")
    assert where(analysis.passage(0, at, at + 3), analysis) == "Sheet!A2:2:1"


# titles, tables, text


def test_a_tracker_under_a_title() -> None:
    """The merged title is the heading, the header row and the rows are a table, the note below is text."""
    book = sheet_of(["项目跟踪"], ["序号", "任务", "负责人"], [1, "写方案", "张三"], [2, "评审", None], [], ["备注\uff1a每周五更新"])
    book.active.merge_cells("A1:C1")
    body = part(records(saved(book))[0], "body")
    assert blocks(body) == [("heading", "项目跟踪"), ("table", "序号\t任务\t负责人\n1\t写方案\t张三\n2\t评审\t"), ("paragraph", "备注\uff1a每周五更新")]
    assert grid(body) == [["序号", "任务", "负责人"], ["1", "写方案", "张三"], ["2", "评审", ""]]
    assert [cell.header for cell in body.grids[0].cells] == [True] * 3 + [False] * 6


@pytest.mark.parametrize(("drawn", "tables"), [
    ("序号|任务|负责人\n1|a|b\n\n2|c|d", [3]),  # a blank row inside
    ("任务|负责人\na|b\n\n\n任务|负责人\nc|d", [2, 2]),
    ("任务|负责人\na|2026\n\n事项|时间|地点\nc|d|e", [2, 2]),
    ("本周\n任务|负责人\na|b\n\n下周\n任务|负责人\nc|d", [2, 2]),
    ("任务|负责人||事项|时间\na|b||c|d", [2, 2]),  # side by side
    ("任务||负责人\na||b", [2]),  # a column nobody uses
    ("说明第一行\n说明第二行", []),
    ("姓名|张三\n部门|技术部", [2]),
])
def test_how_many_tables(drawn: str, tables: list[int]) -> None:
    """Rows of each table: blank rows and columns tell tables apart only where something new begins."""
    found = [
        Filled(at, column, text, not text.isdigit())
        for at, line in enumerate(drawn.split("\n")) for column, text in enumerate(line.split("|")) if text
    ]
    assert [max(cell.row for cell in each.cells) + 1 for each in laid(found).grids] == tables


def test_merged_cells() -> None:
    """A merged cell is one cell with its text once; what it covers is no cell."""
    book = sheet_of(["阶段", "任务", "负责人"], ["设计", "原型", "张三"], [None, "评审", "李四"], ["开发", "编码", None])
    book.active.merge_cells("A2:A3")
    book.active.merge_cells("B4:C4")
    found = part(records(saved(book))[0], "body").grids[0]
    spans = {(cell.row, cell.column): (cell.row_span, cell.column_span) for cell in found.cells}
    assert spans == {(0, 0): (1, 1), (0, 1): (1, 1), (0, 2): (1, 1), (1, 0): (2, 1), (1, 1): (1, 1), (1, 2): (1, 1), (2, 1): (1, 1), (2, 2): (1, 1), (3, 0): (1, 1), (3, 1): (1, 2)}


def test_what_is_hidden_is_read_and_told() -> None:
    """Hidden sheets, rows and columns are judged like others; the record says what is hidden."""
    book = sheet_of(["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"])
    book.active.row_dimensions[2].hidden = book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["B"].hidden = True
    other = book.create_sheet("藏")
    other["A1"] = "请尽快"
    other.sheet_state = "veryHidden"
    first, second = records(saved(book))
    assert cells(first)["B2"] == "e"
    assert {key: value for key, value in first.meta if key.startswith("hidden")} == {"hidden_rows": "2-3", "hidden_columns": "B"}
    assert (second.name, dict(second.meta)["hidden"]) == ("藏", "yes")


def test_comments() -> None:
    """Each beside its cell, in a part of their own; threads instead of what stands in for them."""
    note = '<commentList><comment ref="B2" authorId="0"><text><t>请尽快</t></text></comment><comment ref="A1" authorId="0"><text><t>[Threaded comment]\n\nYour version of Excel</t></text></comment></commentList>'
    thread = '<threadedComment ref="A1" id="1"><text>第一句</text></threadedComment><threadedComment ref="A1" id="2" parentId="1"><text>第二句</text></threadedComment>'
    kinds = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    tied = ties(("comments", "../comments1.xml")).replace("</Relationships>", f'<Relationship Id="t" Type="{kinds}" Target="../threadedComments/t.xml"/></Relationships>')
    content = worksheet(rows(["a", "b"], ["c", "d"]), more={
        "xl/worksheets/_rels/sheet1.xml.rels": tied, "xl/comments1.xml": f'<comments xmlns="{MAIN}">{note}</comments>',
        "xl/threadedComments/t.xml": f'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">{thread}</ThreadedComments>',
    })
    comments = part(records(content)[0], "comments")
    assert comments.view.label == "comments"
    assert [(anchor.place.cell, comments.view.text[anchor.start : anchor.start + 3]) for anchor in comments.view.anchors] == [("A1", "第一句"), ("A1", "第二句"), ("B2", "请尽快")]


def test_links_to_files_are_told_and_not_followed() -> None:
    """Files that cells link to are attachments that are linked to; pages are none."""
    tied = ties(external=(("hyperlink", "file:///D:/会议/纪要.docx"), ("hyperlink", "https://example.com/page"), ("externalLinkPath", "other.xlsx")))
    inner = rows(["见附件", "见网页"]) + '<hyperlinks><hyperlink ref="A1" r:id="x1"/><hyperlink ref="B1" r:id="x2"/></hyperlinks>'
    (record,) = records(worksheet(inner, more={"xl/worksheets/_rels/sheet1.xml.rels": tied}))
    assert [(each.name, each.linked) for each in record.attachments] == [("纪要.docx", True)]


def test_macros_are_bytes() -> None:
    """A workbook with macros is read like any other."""
    content = worksheet(rows(["a", "b"]), more={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 AutoOpen"})
    assert cells(records(content, uri="a.xlsm")[0]) == {"A1": "a", "B1": "b"}


# kinds


@pytest.mark.parametrize(("uri", "sheets", "kinds"), [
    ("问题跟踪表.xlsx", {"S": ["a", "b"]}, [Kind.ISSUE_TRACKING]),
    ("问题跟踪表.xlsx", {"任务清单": ["a", "b"], "S": ["c"]}, [Kind.TASK, Kind.ISSUE_TRACKING]),
    ("x.xlsx", {"S": ["任务", "负责人", "完成时间"]}, [Kind.TASK]),
    ("x.xlsx", {"S": ["序号", "问题", "责任部门", "解决措施"]}, [Kind.ISSUE_TRACKING]),
    ("x.xlsx", {"S": ["Task", "Owner", "Due date"]}, [Kind.TASK]),
    ("任务跟踪表.xlsx", {"S": ["a", "b"]}, [Kind.TASK]),
    ("x.xlsx", {"S": ["商品", "单价", "数量"]}, [None]),
])
def test_what_a_sheet_is(uri: str, sheets: dict[str, list[str]], kinds: list[Kind | None]) -> None:
    """By its own name and columns before the name of the file."""
    content = workbook({name: rows(header, ["1", "2", "3"]) for name, header in sheets.items()})
    assert [said[0] if (said := classify(record)) else None for record in records(content, uri=uri)] == kinds


def test_a_kind_that_was_said_holds_for_all_sheets() -> None:
    """The caller's word comes first."""
    content = workbook({"a": rows(["x"]), "b": rows(["y"])})
    assert [record.kind for record in XLSX.read(Source("x.xlsx", content, kind="task"), ENVIRONMENT)] == [Kind.TASK] * 2  # type: ignore[union-attr]  # records


# limits and hostile files


def test_beyond_the_limit_on_cells() -> None:
    """The rows before it are judged, what was left out is told with sheet and row, the next sheet is read."""
    found = items(workbook({"长": rows(*([["a", "b"]] * 9)) + '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>', "短": rows(["c"])}), environment=SMALL)
    assert slugs(found) == ["长", "table-limit", "短"]
    assert max(cell.row for cell in found[0].parts[0].grids[0].cells) == 4  # type: ignore[attr-defined]  # a record
    assert found[0].parts[0].grids[0].cells[0].row_span == 2  # type: ignore[attr-defined]  # what stands behind the rows is still read
    assert "row 6 " in found[1].said("en")[0]  # type: ignore[attr-defined]  # an error
    assert "第 6 行" in found[1].said("zh")[0]  # type: ignore[attr-defined]  # an error


@pytest.mark.parametrize(("content", "expected"), [
    pytest.param(worksheet('<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" s="1"/></row><row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row></sheetData>'), ["S"], id="dimension"),
    pytest.param(worksheet('<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>0</v></c></row></sheetData>', strings=("长" * 400,)), ["S", "table-limit"], id="one long string"),
    pytest.param(worksheet('<sheetData><row r="1"><c r="A1" t="s"><v>9</v></c></row></sheetData>', strings=tuple(["长" * 300] * 300)), ["S"], id="many strings"),
    pytest.param(worksheet('<sheetData><row r="1"><c r="A1" t="s"><v>299</v></c></row></sheetData>', strings=tuple(["长" * 300] * 300)), ["table-limit"], id="a string beyond the limit"),
    pytest.param(worksheet(rows(["a", "b"]) + '<mergeCells>' + '<mergeCell ref="A1:XFD1048576"/>' * 500 + "</mergeCells>"), ["S"], id="merged all over"),
    pytest.param(worksheet('<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c><c r="XFD1048576"><v>2</v></c></row></sheetData>'), ["S"], id="far corners"),
    pytest.param(worksheet('<sheetData><row r="5"><c r="B5" t="str"><v>b</v></c><c r="A5" t="str"><v>a</v></c></row><row r="2"><c r="A2" t="str"><v>c</v></c><c r="A2" t="str"><v>d</v></c></row></sheetData>'), ["S"], id="out of order"),
    pytest.param(workbook({"a": "", "b": rows(["x"])}, more={"xl/_rels/workbook.xml.rels": ties(("worksheet", "none.xml"), ("worksheet", "worksheets/sheet2.xml"))}), ["damaged-file", "b"], id="no such part"),
    pytest.param(worksheet("<sheetData><row>" + "<x>" * 5000 + "</x>" * 5000 + "</row></sheetData>"), ["empty-record"], id="nesting"),
    pytest.param(worksheet('<sheetData><row r="1"><c r="A1" t="str"><v>a</v></c></row><row r="2"><c'), ["S", "damaged-file"], id="broken off"),
    pytest.param(package({"a.txt": "x"}), ["unknown-format"], id="another zip"),
    pytest.param(b"", ["empty-record"], id="empty"),
    pytest.param(b"PK\x03\x04", ["damaged-file"], id="only a signature"),
    pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), ["encrypted-file"], id="encrypted"),
    pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), ["legacy-format"], id="legacy"),
    pytest.param(workbook({}), ["empty-record"], id="no sheets"),
])
def test_hostile_workbooks(content: bytes, expected: list[str]) -> None:
    """Read as far as the limits go, or refused with a reason."""
    assert slugs(items(content, environment=SMALL)) == expected


def test_entities_are_refused() -> None:
    """A document type is no part of any workbook: nothing can expand."""
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet xmlns="' + MAIN + '"><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>'
    assert slugs(items(workbook({"S": ""}, more={"xl/worksheets/sheet1.xml": bomb}))) == ["damaged-file"]


def test_a_sheet_that_is_listed_often_is_read_once() -> None:
    """A list of sheets cannot multiply the work."""
    content = workbook({str(number): rows(["a"]) for number in range(9)}, more={"xl/_rels/workbook.xml.rels": ties(*[("worksheet", "worksheets/sheet1.xml")] * 9)})
    assert slugs(items(content)) == ["0"]


@pytest.mark.parametrize("reader", ["xlsx", "ods"])
def test_truncated_anywhere(reader: str) -> None:
    """A file cut off at any byte: records, or a declared error in both languages."""
    content = worksheet(rows(["任务", "负责人"], ["写方案", "张三"])) if reader == "xlsx" else opendocument(table(row("任务", "负责人"), row("写方案", "张三")))
    for length in range(len(content)):
        found = items(content[:length], uri=f"a.{reader}")
        assert found
        assert all(all((*each.said("zh"), *each.said("en"))) for each in found if isinstance(each, RecordError))


@given(st.one_of(st.binary(max_size=300), st.builds(lambda at, more, size: SEED[:at] + more + SEED[at + size :], st.integers(0, 3000), st.binary(max_size=8), st.integers(0, 40))), st.sampled_from(["a.xlsx", "a.ods"]))
@example(b"PK\x05\x06" + bytes(18), "a.ods")
@settings(max_examples=150, deadline=None)
def test_any_bytes(content: bytes, uri: str) -> None:
    """Only records and RecordErrors, whatever the bytes."""
    assert all(isinstance(each, (Record, RecordError)) for each in items(content, uri=uri))


SEED = worksheet(rows(["任务", "负责人", 46163], ["写方案", "张三"]) + '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>', strings=("a",), packed=False)


XML = (
    f'<worksheet xmlns="{MAIN}"><cols><col min="2" max="3" hidden="1"/></cols><sheetData><row r="1" hidden="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>人</t></is></c></row>'
    '<row r="2"><c r="A2" s="1"><v>46163.5</v></c><c t="e"><v>#REF!</v></c><c r="C2"><f>1</f></c></row></sheetData><mergeCells><mergeCell ref="A1:A2"/></mergeCells></worksheet>'
).encode()


@given(st.integers(0, len(XML)), st.integers(0, 9), st.one_of(st.binary(max_size=4), st.sampled_from([b"99999999", b"-1", b'"', b"<c", b"</c>", b"<row>", b"A1:XFD9"])))
@settings(max_examples=200, deadline=None)
def test_any_xml(at: int, size: int, more: bytes) -> None:
    """The same where the package is sound and what is in it is not."""
    found = items(worksheet("", strings=("a",), formats=("General", "m/d"), more={"xl/worksheets/sheet1.xml": XML[:at] + more + XML[at + size :]}))
    assert all(isinstance(each, (Record, RecordError)) for each in found)
    assert found


# OpenDocument


def test_the_same_in_both_formats() -> None:
    """What LibreOffice makes of a workbook is read like the workbook: cells, titles, what is hidden, comments."""
    ods = records((make_formats.FOLDER / "问题跟踪.ods").read_bytes(), uri="a.ods")
    xlsx = records((make_formats.FOLDER / "问题跟踪.xlsx").read_bytes())
    assert [cells(record) for record in ods] == [cells(record) for record in xlsx]
    assert [blocks(part(record, "body")) for record in ods] == [blocks(part(record, "body")) for record in xlsx]
    told = [[dict(record.meta).get(key) for key in ("sheet", "hidden", "hidden_rows")] for record in ods]
    assert told == [["问题跟踪", None, "6"], ["需求确认", None, None], ["历史", "yes", None]]
    assert [cells(record, "comments") for record in (ods[0], xlsx[0])] == [{"B4": "客户已催两次\uff0c这周必须给说法"}] * 2


def test_a_workbook_that_libreoffice_saved() -> None:
    """`make_formats.converted` made it of the .ods: the same cells, kinds of blocks, hidden rows and comments as openpyxl's."""
    other = records((Path(__file__).parent / "files" / "libreoffice.xlsx").read_bytes())
    xlsx = records((make_formats.FOLDER / "问题跟踪.xlsx").read_bytes())
    assert [cells(record) for record in other] == [cells(record) for record in xlsx]
    assert [blocks(part(record, "body")) for record in other] == [blocks(part(record, "body")) for record in xlsx]
    assert [[dict(record.meta).get(key) for key in ("sheet", "hidden", "hidden_rows")] for record in other] == [["问题跟踪", None, "6"], ["需求确认", None, None], ["历史", "yes", None]]
    assert cells(other[0], "comments") == {"B4": "客户已催两次\uff0c这周必须给说法"}


def test_the_committed_workbook_is_the_makers() -> None:
    """Run `python tests/make_formats.py` after a change."""
    assert cells(records(make_formats.workbook())[0]) == cells(records((make_formats.FOLDER / "问题跟踪.xlsx").read_bytes())[0])


def test_repeated_cells_and_rows() -> None:
    """Repetition is read as positions: what stands there is repeated, what is empty takes nothing."""
    empty = '<table:table-cell table:number-columns-repeated="16382"/>'
    twice = '<table:table-cell table:number-columns-repeated="2"><text:p>x</text:p></table:table-cell>'
    content = opendocument(table(row(twice, empty), row(empty, more='table:number-rows-repeated="1000000"'), row("末", twice)))
    assert cells(records(content, uri="a.ods")[0]) == {"A1": "x", "B1": "x", "A1000002": "末", "B1000002": "x", "C1000002": "x"}


@pytest.mark.parametrize(("inner", "expected"), [
    pytest.param(table(row('<table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>', more='table:number-rows-repeated="1048576"')), ["table-limit"], id="cells"),
    pytest.param(table(row("a", more='table:number-rows-repeated="1048576"')), ["S", "table-limit"], id="rows"),
    pytest.param(table(row("a", more='table:number-rows-repeated="99999999999999"')), ["S"], id="no number"),
    pytest.param(table(row("<table:table-cell><office:annotation><text:p>n</text:p></office:annotation></table:table-cell>", more='table:number-rows-repeated="1048576"')), ["S", "table-limit"], id="notes"),
    pytest.param(table(row("<table:table-cell><text:p>" + '<text:s text:c="1000000"/>' * 50 + "a</text:p></table:table-cell>")), ["table-limit"], id="blanks"),
    pytest.param(table(row("a"), "<table:table-row>"), ["damaged-file"], id="broken"),
    pytest.param(table(*[row("a", "b")] * 4) + "<broken", ["S", "damaged-file"], id="broken behind"),
    pytest.param("<table:table>" * 3000, ["damaged-file"], id="nesting"),
])
def test_hostile_opendocument(inner: str, expected: list[str]) -> None:
    """What is said to repeat, and what is broken."""
    found = slugs(items(opendocument(inner), uri="a.ods", environment=SMALL))
    assert [name for name in found if name != "S"] == [name for name in expected if name != "S"]


@pytest.mark.parametrize(("cell", "shown"), [
    ('office:value-type="date" office:date-value="2026-05-21"><text:p>05/21/26</text:p>', "2026-05-21"),
    ('office:value-type="date" office:date-value="2026-05-21T18:30:00"><text:p>2026年5月21日</text:p>', "2026年5月21日"),
    ('office:value-type="date" office:date-value="2026-05-21T18:30:00">', "2026-05-21 18:30"),
    ('office:value-type="float" office:value="3">', "3"),
    ("><text:p>第一段<text:s text:c=\"2\"/>甲</text:p><text:p>第二段<text:line-break/>乙</text:p>", "第一段  甲\n第二段\n乙"),
    ('><text:p><text:a xlink:href="x" xmlns:xlink="http://www.w3.org/1999/xlink">链接</text:a>文字</text:p>', "链接文字"),
])
def test_cells_of_opendocument(cell: str, shown: str) -> None:
    """Text as shown; a date that could be read two ways as ISO 8601."""
    content = opendocument(table(row(f"<table:table-cell {cell}</table:table-cell>", "b")))
    assert cells(records(content, uri="a.ods")[0]) == {"A1": shown, "B1": "b"}


def test_covered_cells_and_hidden_columns() -> None:
    """A covered cell shows nothing; columns are told."""
    merged = '<table:table-cell table:number-columns-spanned="2"><text:p>合</text:p></table:table-cell><table:covered-table-cell><text:p>不见</text:p></table:covered-table-cell>'
    columns = '<table:table-column/><table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>'
    (record,) = records(opendocument(table(row(merged, "丙"), row("1", "2", "3"), columns=columns)), uri="a.ods")
    assert cells(record) == {"A1": "合", "C1": "丙", "A2": "1", "B2": "2", "C2": "3"}
    assert dict(record.meta)["hidden_columns"] == "B-C"


def test_what_was_fetched_from_other_files_is_no_sheet() -> None:
    """LibreOffice keeps copies of what links lead to."""
    linked = '<table:table table:name="\'file:///x.ods\'#S"><table:table-source xlink:href="x.ods" xmlns:xlink="http://www.w3.org/1999/xlink"/>' + row("外来") + "</table:table>"
    assert slugs(items(opendocument(table(row("a", "b")).replace("</office:spreadsheet>", linked + "</office:spreadsheet>")), uri="a.ods")) == ["S"]


def test_encrypted_opendocument() -> None:
    """The manifest says so."""
    manifest = f'<m:manifest xmlns:m="{OFFICE}:manifest:1.0"><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>'
    assert slugs(items(opendocument("", manifest=manifest), uri="a.ods")) == ["encrypted-file"]
