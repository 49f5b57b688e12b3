"""Tables as text: every cell is read as programs read it, and leads back to its line and column of the file."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from attrs import evolve
from commlint_minutes.classify import classify
from commlint_minutes.separated import SeparatedReader
from commlint_minutes.table_text import fields
from hypothesis import example, given, settings
from hypothesis import strategies as st

from commlint.api import Linter
from commlint.errors import RecordError
from commlint.model.environment import Limits
from commlint.model.record import Kind, Record
from commlint.model.source import Source
from commlint.model.span import Span
from tests import make_formats
from tests.integrations.readings import ENVIRONMENT, blocks, grid, line_of, part

CSV = SeparatedReader()
SMALL = evolve(ENVIRONMENT, limits=Limits(cells=10))


def items(content: bytes | str, *, uri: str = "a.csv", environment: object = ENVIRONMENT) -> list[object]:
    """What the reader comes across, an error that ends it last."""
    found: list[object] = []
    raw = content if isinstance(content, bytes) else content.encode()
    try:
        found.extend(CSV.read(Source(uri, raw), environment))  # type: ignore[arg-type]  # an environment
    except RecordError as error:
        found.append(error)
    return found


def record(content: bytes | str, **more: object) -> Record:
    (found,) = items(content, **more)  # type: ignore[arg-type]  # forwarded as given
    assert isinstance(found, Record)
    return found


def rows(text: str, separator: str = ",") -> list[list[str]]:
    """The cells of a text, row by row."""
    found: list[list[str]] = []
    for field in fields(text, separator):
        while len(found) <= field.row:
            found.append([])
        found[field.row].append(field.text)
    return found


@pytest.mark.parametrize(("text", "expected"), [
    ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
    ("a,b\n", [["a", "b"]]),
    ('"a,b",c', [["a,b", "c"]]),
    ('"a\nb",c', [["a\nb", "c"]]),
    ('"a""b",c', [['a"b', "c"]]),
    ('"",c', [["", "c"]]),
    ('"""",c', [['"', "c"]]),
    ("a,,b", [["a", "", "b"]]),
    (",", [["", ""]]),
    ('="00123",="a"b"', [["00123", '="a"b"']]),  # a number that is to stay a text
    ("a\n\nb", [["a"], [""], ["b"]]),
    ('5" 屏幕,c', [['5" 屏幕', "c"]]),  # a quote inside is text
    ('"a" b,c', [["a b", "c"]]),  # what follows the closing quote belongs to the cell
    ('"a,b\nc,d', [['"a', "b"], ["c", "d"]]),  # nothing closes it
    ('"a","b\n"c",d', [["a", "b\nc\"", "d"]]),
])
def test_cells_of_a_text(text: str, expected: list[list[str]]) -> None:
    """RFC 4180, and what people's files do beside it."""
    assert rows(text) == expected


@given(st.lists(st.lists(st.text(st.sampled_from('a中,;"\n \t|'), max_size=4), min_size=2, max_size=4), min_size=1, max_size=6), st.sampled_from(",;\t|"))
@example([["a", "\n"], ['"', ""]], ",")
@settings(max_examples=300, deadline=None)
def test_what_the_csv_module_writes(table: list[list[str]], separator: str) -> None:
    """Whatever stands in cells: written by the standard library, read here."""
    out = StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows(table)
    assert rows(out.getvalue(), separator) == table


@given(st.text(st.sampled_from('ab中,;"\n\r \t|'), max_size=60))
@settings(max_examples=400, deadline=None)
def test_cells_lead_back_to_the_file(text: str) -> None:
    """Each character of a cell comes from the file; between the cells a tab stands for a separator, a line break for one."""
    found = [each for each in items(text) if isinstance(each, Record)]
    for each in found:
        body = part(each, "body")
        for run in body.source_map.runs:
            said, written = run.derived.of(body.text), run.source.of(body.view.text).replace("\r\n", "\n").replace("\r", "\n")
            assert said == written or (said == "\t" and written in ",;|\t")
        for cell in (cell for grid_ in body.grids for cell in grid_.cells if len(cell.span)):
            there = body.source_map.to_source(cell.span).of(body.view.text).replace("\r\n", "\n").replace("\r", "\n")
            assert cell.span.of(body.text).replace('"', "") == there.replace('"', "")


@given(st.text(st.sampled_from('a",\n b'), max_size=30))
@settings(max_examples=300, deadline=None)
def test_passing_over_empty_cells(text: str) -> None:
    """A quicker way past empty cells leaves the others as they are."""
    assert [each for each in fields(text, ",", empty=False) if each.text] == [each for each in fields(text, ",") if each.text]


def test_line_and_column_are_those_of_the_file() -> None:
    """Behind quotes, doubled quotes and line breaks in cells, with line breaks of Windows."""
    content = '序号,任务,负责人\r\n1,"整理 ""甲"" 清单,\r\n含说明",张三\r\n2,尽快回复,\r\n'
    body = part(record(content), "body")
    assert [line_of(body, phrase) for phrase in ("整理", "含说明", "张三", "尽快回复")] == [2, 3, 3, 4]
    report = Linter().check_source(Source("任务清单.csv", content.encode()))
    vague = next(finding for finding in report.findings if finding.rule == "vague-deadline")
    assert (vague.location.start.line, vague.location.start.column, vague.location.part) == (4, 3, "")
    empty = next(cell for cell in body.grids[0].cells if (cell.row, cell.column) == (2, 2))
    at = body.source_map.to_source(Span(empty.span.start, empty.span.start))
    assert body.view.text[: at.start].endswith("2,尽快回复,")


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "big5"])
def test_charsets(charset: str) -> None:
    """As programs save tables."""
    text = "任務,負責人,時間\r\n整理,張三,本週五\r\n" if charset == "big5" else "任务,负责人,时间\r\n整理,张三,本周五\r\n"
    assert grid(part(record(text.encode(charset)), "body")) == [line.split(",") for line in text.strip().split("\r\n")]


@pytest.mark.parametrize(("text", "uri", "first"), [
    ("a;b;c\n1,5;2;3\n", "a.csv", ["a", "b", "c"]),
    ("a\tb\n1,2\t3\n", "a.csv", ["a", "b"]),
    ("a|b|c\n1|2|3\n", "a.csv", ["a", "b", "c"]),
    ("a,b,c\n1,\"x;y;z;w\",3\n", "a.csv", ["a", "b", "c"]),
    ("任务,负责人\n甲,乙\n", "a.tsv", ["任务", "负责人"]),
    ("说明\ta,b\nc,d\te,f\n", "a.tsv", ["说明", "a,b"]),
    ("sep=;\na;b,c\n1;2\n", "a.csv", ["a", "b,c"]),
    ("sep=|\r\na|b\r\n1|2\r\n", "a.csv", ["a", "b"]),
])
def test_the_separator(text: str, uri: str, first: list[str]) -> None:
    """As the first line says, else what cuts the rows most evenly."""
    assert grid(part(record(text, uri=uri), "body"))[0] == first


def test_ragged_rows_and_a_title() -> None:
    """Short rows are filled up, empty columns at the end left out, a first line of one cell is the title."""
    body = part(record("五月任务,,,\n序号,任务,负责人,\n1,甲\n2,乙,丙,\n,,,\n3,丁,戊,\n"), "body")
    assert blocks(body)[0] == ("heading", "五月任务")
    assert grid(body) == [["序号", "任务", "负责人"], ["1", "甲", ""], ["2", "乙", "丙"], ["3", "丁", "戊"]]


@pytest.mark.parametrize(("uri", "text", "kind"), [
    ("问题跟踪表.csv", "a,b\n1,2\n", Kind.ISSUE_TRACKING),
    ("x.csv", "问题描述,责任部门,解决措施\n超时,技术部,扩容\n", Kind.ISSUE_TRACKING),
    ("x.csv", "任务,负责人,截止日期\n甲,乙,5月1日\n", Kind.TASK),
    ("x.csv", "需求编号,需求方,承接方\n1,2,3\n", Kind.REQUIREMENT_FORM),
    ("x.csv", "姓名,电话\n张三,1\n", None),
])
def test_what_a_table_is(uri: str, text: str, kind: Kind | None) -> None:
    """By the name of the file, then by its columns."""
    said = classify(record(text, uri=uri))
    assert (said[0] if said else None) == kind


def test_the_limit_on_cells() -> None:
    """The rows before it are judged, what was left out is told."""
    found = items("a,b\n" * 9, environment=SMALL)
    assert isinstance(found[0], Record)
    assert len(found[0].parts[0].grids[0].cells) == 10
    assert isinstance(found[1], RecordError)
    assert (found[1].slug, "row 6 " in found[1].said("en")[0], "第 6 行" in found[1].said("zh")[0]) == ("table-limit", True, True)


@pytest.mark.parametrize(("content", "slug"), [(b"", "empty-record"), (b",,,\n,,", "empty-record"), (b'"\n"', "empty-record"), (b"sep=,\n", "empty-record"), (b"a\0b,c", "binary-content"), (bytes(range(128, 256)) * 3, "undecodable")])
def test_no_table(content: bytes, slug: str) -> None:
    """Told, each for what it is."""
    (error,) = items(content)
    assert isinstance(error, RecordError)
    assert (error.slug, all((*error.said("zh"), *error.said("en")))) == (slug, True)


@pytest.mark.parametrize("content", [b'"' * 300_001, b'a,"' * 100_000, b"," * 1_000_000, b",\n" * 500_000 + b"x", b'"a",' * 100_000, b"a" * 1_000_000, b'""' * 300_000 + b"x"], ids=["quotes", "open quotes", "commas", "lines", "one row", "one cell", "doubled quotes"])
def test_hostile_tables_take_linear_time(content: bytes) -> None:
    """Files of one sign over and over: one pass, and records or a reason."""
    assert items(content, environment=SMALL)


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_bytes(content: bytes) -> None:
    """Only records and RecordErrors."""
    assert all(isinstance(each, (Record, RecordError)) for each in items(content))


def test_truncated_anywhere() -> None:
    """A file cut off at any byte, inside a character too."""
    content = make_formats.tasks()
    for length in range(len(content)):
        assert all(isinstance(each, (Record, RecordError)) for each in items(content[:length]))


@pytest.mark.parametrize(("name", "made"), [("任务清单.csv", make_formats.tasks), ("会务待办.tsv", make_formats.contacts), ("系统导出待办清单.xls", make_formats.disguised_workbook)])
def test_the_committed_tables_are_the_makers(name: str, made: object) -> None:
    """Run `python tests/make_formats.py` after a change."""
    assert (make_formats.FOLDER / name).read_bytes() == made()  # type: ignore[operator]  # a maker
