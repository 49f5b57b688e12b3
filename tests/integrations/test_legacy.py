"""Files called like those of Office 97 and WPS: what is something newer is read as that, the others say what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from commlint_minutes.legacy import LegacyReader
from hypothesis import given, settings
from hypothesis import strategies as st

from commlint.api import Linter
from commlint.engine.reading import reader_of
from commlint.errors import RecordError
from commlint.model.record import Record
from commlint.model.source import Source
from tests import make_formats
from tests.fuzzing.separated import SEEDS
from tests.integrations.readings import ENVIRONMENT, grid, part
from tests.integrations.workbooks import package, rows, worksheet

LEGACY = LegacyReader()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
XML = dict(SEEDS)["xml.xls"]
PAGE = "<html><table><tr><td>任务</td><td>负责人</td></tr><tr><td>甲</td><td>乙</td></tr></table></html>"


def items(uri: str, content: bytes, **more: object) -> list[object]:
    """What the reader comes across, an error that ends it last."""
    found: list[object] = []
    try:
        found.extend(LEGACY.read(Source(uri, content, **more), ENVIRONMENT))  # type: ignore[arg-type]  # forwarded as given
    except RecordError as error:
        found.append(error)
    return found


def compound(stream: str) -> bytes:
    """A compound file in whose directory a stream is listed."""
    return OLE + f"{stream}\0".encode("utf-16-le")


@pytest.mark.parametrize(("uri", "content", "into"), [
    ("a.doc", compound("WordDocument"), "docx"),
    ("a.xls", compound("Workbook"), "xlsx"),
    ("a.xls", compound("Book"), "xlsx"),
    ("a.ppt", compound("PowerPoint Document"), "pptx"),
    ("a.wps", compound("WordDocument"), "docx"),
    ("a.et", compound("Workbook"), "xlsx"),
    ("a.dps", compound("PowerPoint Document"), "pptx"),
    ("a.doc", compound("Workbook"), "xlsx"),  # by what it holds, whatever its name
    ("a.dot", OLE, "docx"),
    ("旧表", compound("Workbook"), "xlsx"),
    ("a.doc", b"{\\rtf1\\ansi x}", "docx"),
    ("a.xls", b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(40), "xlsx"),  # Excel 4, before compound files
    ("a.doc", b"\xdb\xa5-\x00" + bytes(40), "docx"),  # Word 2
])
def test_what_is_told_of(uri: str, content: bytes, into: str) -> None:
    """What it is and how it becomes something that is read, in both languages, with the command for this file."""
    assert LEGACY.claims(Source(uri, content))
    (error,) = items(uri, content)
    assert isinstance(error, RecordError)
    assert error.slug == "legacy-format"
    for lang in ("zh", "en"):
        message, help = error.said(lang)
        assert message
        assert f".{into}" in help
        assert f"soffice --headless --convert-to {into} {uri}`" in help


def test_what_libreoffice_writes() -> None:
    """A real file of Excel 97-2003 (`make_formats.legacy_workbook` made it)."""
    (error,) = items("旧任务清单.xls", (Path(__file__).parent / "files" / "旧任务清单.xls").read_bytes())
    assert isinstance(error, RecordError)
    assert (error.slug, "Excel 97-2003" in error.said("zh")[0]) == ("legacy-format", True)


def test_the_command_is_safe_to_paste() -> None:
    """Names with quotes are quoted; a file inside another has no path."""
    assert "'it'\\''s; rm.xls'" in items("it's; rm.xls", OLE)[0].said("en")[1]  # type: ignore[attr-defined]  # an error
    assert items("m.eml!/a.xls", OLE, depth=1)[0].said("en")[1].endswith("xlsx FILE`")  # type: ignore[attr-defined]  # an error


def test_encrypted() -> None:
    """A new file under a password is a compound file too."""
    (error,) = items("a.xls", compound("EncryptedPackage"))
    assert isinstance(error, RecordError)
    assert error.slug == "encrypted-file"


@pytest.mark.parametrize(("uri", "content"), [
    ("a.xls", worksheet(rows(["任务", "负责人"], ["甲", "乙"]))),
    ("a.et", worksheet(rows(["任务", "负责人"], ["甲", "乙"]))),
    ("a.xls", PAGE.encode()),
    ("a.xls", b"\xef\xbb\xbf\r\n<?xml version='1.0'?><!DOCTYPE html>" + PAGE.encode()),
    ("a.xls", PAGE.replace("<html>", '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="gbk"></head>').encode("gbk")),
    ("a.xls", PAGE.encode("utf-16")),
    ("a.doc", ("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + PAGE + "\r\n--b--\r\n").encode()),
    ("a.xls", "任务\t负责人\r\n甲\t乙\r\n".encode("gbk")),
    ("a.xls", "任务,负责人\n甲,乙\n".encode()),
    ("a.xls", (make_formats.FOLDER / "问题跟踪.ods").read_bytes()),
])
def test_what_is_read_as_what_it_is(uri: str, content: bytes) -> None:
    """Exports of many systems: pages, text, workbooks of today."""
    first = items(uri, content)[0]
    assert isinstance(first, Record)
    table = grid(part(first, "body"))
    assert table in ([["任务", "负责人"], ["甲", "乙"]],) or table[0][:2] == ["序号", "问题描述"]


def test_a_text_called_document() -> None:
    """Plain text under the name .doc or .wps."""
    (record,) = items("a.wps", "会议纪要\n\n请尽快提交。\n".encode("gbk"))
    assert part(record, "body").text.startswith("会议纪要")  # type: ignore[arg-type]  # a record


def test_another_zip_says_what_it_is() -> None:
    """A zip of something else."""
    (error,) = items("a.xls", package({"a.txt": "x"}))
    assert isinstance(error, RecordError)
    assert error.slug == "unknown-format"


def test_binary_workbooks() -> None:
    """A package without XML is told of like an old file."""
    (error,) = items("a.xlsb", package({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"\x83\x01\x00"}))
    assert isinstance(error, RecordError)
    assert (error.slug, ".xlsb" in error.said("zh")[0]) == ("legacy-format", True)


def test_xml_spreadsheets() -> None:
    """XML Spreadsheet 2003: sheets, positions, merged cells, dates, comments, hidden rows."""
    (record,) = items("a.xls", XML)
    assert isinstance(record, Record)
    body = part(record, "body")
    assert body.text == "任务清单\n\n任务\t负责人\t完成时限\n归档\t\t2026-05-21"
    assert [anchor.place.cell for anchor in body.view.anchors] == ["A1", "A3", "B3", "C3", "A4", "B4", "C4"]
    assert part(record, "comments").view.anchors[0].place.cell == "A4"
    assert dict(record.meta) == {"sheet": "任务", "hidden_rows": "4"}
    assert [each.slug if isinstance(each, RecordError) else each.name for each in items("a.xls", XML[:-80])] == ["任务", "damaged-file"]  # type: ignore[attr-defined]  # else a record


@pytest.mark.parametrize(("uri", "media_type", "taken"), [
    ("a.doc", None, True), ("A.XLS", None, True), ("x", "application/msword", True), ("x", "application/vnd.ms-excel", True),
    ("a.msg", None, False), ("Thumbs.db", None, False), ("a.docx", None, False), ("a.bin", None, True),
])
def test_what_is_claimed(uri: str, media_type: str | None, taken: bool) -> None:
    """By name and media type; a compound file of another name only when an office program wrote it."""
    assert LEGACY.claims(Source(uri, compound("Workbook"), media_type)) is taken
    assert not LEGACY.claims(Source("a.bin", OLE))


def test_all_readers_agree() -> None:
    """With every reader installed, files of these names go to this one."""
    readers = Linter().plugins.readers()
    assert {getattr(reader_of(Source(f"a{suffix}", OLE), readers), "name", "") for suffix in LEGACY.suffixes} == {"legacy"}


@given(st.sampled_from(list(LEGACY.suffixes)), st.one_of(st.binary(max_size=200), st.builds(lambda at, more: XML[:at] + more + XML[at + len(more) :], st.integers(0, len(XML)), st.binary(max_size=6))))
@settings(max_examples=150, deadline=None)
def test_any_bytes(suffix: str, content: bytes) -> None:
    """Only records and RecordErrors."""
    assert all(isinstance(each, (Record, RecordError)) for each in items(f"a{suffix}", content))


def test_truncated_anywhere() -> None:
    """Files cut off at any byte."""
    for content in (XML, PAGE.encode(), compound("Workbook")):
        for length in range(len(content)):
            assert all(isinstance(each, (Record, RecordError)) for each in items("a.xls", content[:length]))
