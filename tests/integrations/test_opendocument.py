"""OpenDocument texts: what is seen in them, each with the place a person finds it at, as in Word documents."""

from __future__ import annotations

from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from commlint_minutes.opendocument import OpenDocumentReader
from hypothesis import given, settings
from hypothesis import strategies as st

from commlint.engine.opening import Unread
from commlint.errors import RecordError
from commlint.model.environment import Environment, Limits
from commlint.model.record import Part, Party, Record
from commlint.model.source import Source
from tests.fuzzing.sound import breaches
from tests.integrations.packages import docx, odt, odt_members, p, tree, zipped
from tests.integrations.readings import ENVIRONMENT, blocks, part
from tests.integrations.test_word import places


def items(content: bytes, environment: Environment = ENVIRONMENT) -> list[object]:
    """All that the reader comes across."""
    return list(OpenDocumentReader().read(Source("a.odt", content), environment))


def record(content: bytes) -> Record:
    """The record of a document."""
    found = items(content)[0]
    assert isinstance(found, Record)
    assert not list(breaches(found))
    return found


def body(xml: str, automatic: str = "", styles: str = "") -> Part:
    """The body of a document of this XML."""
    return part(record(odt(xml, automatic=automatic, styles=styles)), "body")


def tp(text: str, style: str = "") -> str:
    """A paragraph."""
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def cell(content: str, more: str = "") -> str:
    """A cell of a paragraph, or of what is XML already."""
    return f"<table:table-cell {more}>{content if content.startswith('<') else tp(content)}</table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    """A row."""
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def table(*rows: str) -> str:
    """A table."""
    return f"<table:table><table:table-column/>{''.join(rows)}</table:table>"


def box(content: str) -> str:
    """A frame with text."""
    return f"<draw:frame><draw:text-box>{content}</draw:text-box><svg:title>框</svg:title></draw:frame>"


_COVERED = "<table:covered-table-cell/>"


@pytest.mark.parametrize(("xml", "seen"), [
    (tp("一") + tp("") + tp("二"), "一\n二"),
    (tp("  请 \n 尽快<text:s text:c=\"2\"/>答复<text:tab/>谢<text:line-break/> 谢 "), "请 尽快  答复\t谢\n谢"),
    (tp("<text:span>a </text:span> b<text:a>c</text:a><text:soft-page-break/>d"), "a bcd"),
    (tp("<text:ruby><text:ruby-base>汉</text:ruby-base><text:ruby-text>hàn</text:ruby-text></text:ruby>"), "汉"),
    (tp("第<text:page-number>3</text:page-number>页 <text:date>5月21日</text:date> <text:creator>张三</text:creator>"), "第3页 5月21日 张三"),
    (tp("截止<text:placeholder text:placeholder-type=\"text\">&lt;日期&gt;</text:placeholder>"), "截止"),
    (tp("<loext:content-control loext:showing-place-holder=\"true\">单击</loext:content-control><loext:content-control loext:checkbox=\"true\" loext:checked=\"true\">x</loext:content-control>是"), "\u2611是"),
    ("<text:section>" + tp("节") + "</text:section>", "节"),
    ("<text:table-of-content><text:table-of-content-source><text:index-title-template>T</text:index-title-template></text:table-of-content-source><text:index-body>" + tp("目录") + "</text:index-body></text:table-of-content>", "目录"),
    (tp("前" + box(tp("框内") + tp("又" + box(tp("里")))) + "后") + tp("末"), "前后\n框内\n里\n又\n末"),
    (box(tp("页边")) + tp("正文"), "页边\n正文"),
    ("<text:tracked-changes><text:changed-region><text:deletion>" + tp("删去") + "</text:deletion></text:changed-region></text:tracked-changes>" + tp("留<text:change text:change-id=\"a\"/>下"), "留下"),
    ("<office:forms><form:form>x</form:form></office:forms>" + tp("&#13;回车"), "回车"),
])
def test_words_are_what_is_seen(xml: str, seen: str) -> None:
    """Blanks collapse, elements stand for what they show, what was deleted lies apart and is not read."""
    assert body(xml).text == seen


_AUTOMATIC = (
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/><style:style style:name="P2" style:family="paragraph" style:parent-style-name="Quiet"/>'
    '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>'
    '<text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="." text:display-levels="1"/></text:list-style>'
    '<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="\uf0b7"/><text:list-level-style-number text:level="2" style:num-format="1" loext:num-list-format="(%2%)"/></text:list-style>'
    '<text:list-style style:name="L3"><text:list-level-style-number text:level="1" style:num-format="1"/><text:list-level-style-number text:level="2" style:num-format="a" text:display-levels="2" style:num-suffix=")"/></text:list-style>'
)
_NAMED = (
    '<style:style style:name="Title" style:family="paragraph"/><style:style style:name="Sub" style:family="paragraph" style:default-outline-level="2"/>'
    '<style:style style:name="Quiet" style:family="paragraph"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="Ring" style:family="paragraph" style:parent-style-name="Ring"/>'
)


def ol(*items: str, style: str = "L1", more: str = "") -> str:
    """A list."""
    return f'<text:list text:style-name="{style}" {more}>' + "".join(f"<text:list-item>{item}</text:list-item>" for item in items) + "</text:list>"


def test_headings_and_typed_marks() -> None:
    """Headings by element, style and outline level; typed ones as in plain text."""
    xml = tp("标题", "P1") + '<text:h text:outline-level="2">一级</text:h>' + tp("样式", "Sub") + tp("一、概况") + tp("平常", "Ring")
    found = body(xml, _AUTOMATIC, _NAMED)
    assert [(block.kind.value, block.level) for block in found.blocks] == [("heading", 1), ("heading", 2), ("heading", 2), ("heading", 2), ("paragraph", 0)]


def test_lists_are_numbered_as_they_are_shown() -> None:
    """Levels, bullets, numbers of several levels, a list that goes on, a start, a heading of a list, a second paragraph of an item."""
    xml = (
        ol(tp("这是第一条讨论要点。") + ol(tp("子"), tp("子"), style=""), tp("这是第二条讨论要点。")) + tp("中断") + ol(tp("这是第三条讨论要点。"), more='text:continue-numbering="true"') + ol(tp("又从头开始的一条。"))
        + ol(tp("点") + ol(tp("内"), style=""), style="L2") + ol(tp("甲") + ol(tp("乙"), style=""), style="L3")
        + '<text:list text:style-name="L3"><text:list-header>' + tp("头") + '</text:list-header><text:list-item text:start-value="7">' + tp("七") + tp("续") + "</text:list-item></text:list>"
    )
    found = body(xml, _AUTOMATIC)
    assert found.text.split("\n") == [
        "一、这是第一条讨论要点。", "1. 子", "2. 子", "二、这是第二条讨论要点。", "中断", "三、这是第三条讨论要点。", "一、又从头开始的一条。",
        "\u2022 点", "(1) 内", "1 甲", "1.a) 乙", "头", "7 七", "续",
    ]
    assert [(block.kind.value, block.level) for block in found.blocks][:3] == [("list_item", 1), ("list_item", 2), ("list_item", 2)]


def test_headings_are_numbered_by_the_outline() -> None:
    """Where it has a format; a heading may be left out of the count."""
    outline = '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/><text:outline-level-style text:level="2" style:num-format=""/></text:outline-style>'
    xml = '<text:h text:outline-level="1">甲</text:h><text:h text:outline-level="2">乙</text:h><text:h text:outline-level="1" text:is-list-header="true">丙</text:h><text:h text:outline-level="1">丁</text:h>'
    assert blocks(body(xml, styles=outline)) == [("heading", "1. 甲"), ("heading", "乙"), ("heading", "丙"), ("heading", "2. 丁")]


def test_hidden_text_is_left_out_and_counted() -> None:
    """By the style of words or paragraphs, by the section, or as a field."""
    xml = (
        tp('显<text:span text:style-name="T1">隐一</text:span>') + tp("隐二", "P2") + '<text:section text:display="none">' + tp("隐三") + "</text:section>"
        + tp('显<text:hidden-text text:string-value="隐四">x</text:hidden-text>') + tp('隐五<text:hidden-paragraph text:is-hidden="true"/>六')
    )
    found = record(odt(xml, automatic=_AUTOMATIC, styles=_NAMED))
    assert (part(found, "body").text, dict(found.meta)["hidden_characters"]) == ("显\n显", "11")


# tables and places


def test_merged_and_covered_cells() -> None:
    """A merged cell is named by its first; what it covers is not seen."""
    found = body(table(
        row(cell("会议主题"), cell("上线", 'table:number-columns-spanned="3"'), _COVERED, _COVERED),
        row(cell("人员", 'table:number-rows-spanned="2"'), cell("张三"), cell("部门"), cell("技术部")),
        row("<table:covered-table-cell><text:p>不见</text:p></table:covered-table-cell>", cell("李四"), cell("部门"), cell("产品部")),
    ))
    assert [(each.row, each.column, each.row_span, each.column_span) for each in found.grids[0].cells if each.row_span > 1 or each.column_span > 1] == [(0, 1, 1, 3), (1, 0, 2, 1)]
    assert found.text == "会议主题\t上线\n人员\t张三\t部门\t技术部\n李四\t部门\t产品部"
    assert dict(places(found))["t1r3c2"] == "李四"


def test_repeated_cells_and_rows_are_as_many() -> None:
    """What says something is told as often as it stands there; empty ones only count."""
    found = body(table(row(cell("甲", 'table:number-columns-repeated="2"'), cell("", 'table:number-columns-repeated="900"')), row(cell(""), more='table:number-rows-repeated="3"'), row(cell("乙"), more='table:number-rows-repeated="2"')))
    assert [name for name, text in places(found) if text] == ["t1r1c1", "t1r1c2", "t1r5c1", "t1r6c1"]


def test_a_table_in_a_cell_and_a_header_row() -> None:
    """A table of its own; the cell around it goes on behind."""
    inner = "<table:table><table:table-header-rows>" + row(cell("内")) + "</table:table-header-rows>" + row(cell("格")) + "</table:table>"
    found = body(tp("标题") + table(row(cell(tp("前") + inner + tp("后")), cell("邻"))))
    assert places(found) == [("1", "标题"), ("t1r1c1", "前"), ("t2r1c1", "内"), ("t2r2c1", "格"), ("t1r1c1", "后"), ("t1r1c2", "邻")]


def test_what_stands_around_the_text() -> None:
    """Page headers once, notes, comments with who wrote them and when, properties."""
    xml = tp('正文<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>' + tp("脚注") + "</text:note-body></text:note>继续"
             '<office:annotation><dc:creator>张三</dc:creator><dc:date>2026-05-21T09:30:00.123000000</dc:date>' + tp("请尽快补充") + "</office:annotation>完")
    margins = f"<style:header>{tp('内部资料')}</style:header><style:header-left>{tp('内部资料')}</style:header-left><style:footer style:display=\"false\">{tp('不见')}</style:footer>"
    meta = "<dc:title>周会</dc:title><meta:initial-creator>张三</meta:initial-creator><dc:creator>李四</dc:creator><meta:creation-date>2026-05-20T09:00:00</meta:creation-date><dc:date>2026-05-21T09:00:00</dc:date>"
    found = record(odt(xml, margins=margins, meta=meta, more={"Basic/script.xml": "x"}))
    assert [(each.name, each.text) for each in found.parts] == [("body", "正文继续完"), ("header", "内部资料"), ("footnotes", "脚注"), ("comments", "请尽快补充")]
    assert (found.parts[3].sender, found.parts[3].sent_at) == (Party("张三"), datetime(2026, 5, 21, 9, 30, 0, 123000, tzinfo=ZoneInfo("Asia/Shanghai")))
    assert dict(found.meta) == {"file_title": "周会", "author": "张三", "last_modified_by": "李四", "created": "2026-05-20T09:00:00", "modified": "2026-05-21T09:00:00", "macros": "yes"}
    assert found.sent_at is None
    assert not found.inline_suppressions


# what is no document


_ENCRYPTED = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>'


@pytest.mark.parametrize(("content", "slug"), [
    (b"", "empty-record"),
    (odt(""), "empty-record"),
    (b"no zip", "damaged-file"),
    (odt(tp("a"), more={"META-INF/manifest.xml": _ENCRYPTED}), "encrypted-file"),
    (odt(tp("a"), more={"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "unknown-format"),
    (docx(p("a")), "unknown-format"),
    (zipped({"a": "b"}), "unknown-format"),
    (odt("<text:p>"), "damaged-file"),
    (odt(tp("&a;"), prolog='<!DOCTYPE d [<!ENTITY a "b">]>'), "damaged-file"),
])
def test_what_cannot_be_read_says_why(content: bytes, slug: str) -> None:
    """One declared error, in both languages."""
    with pytest.raises(RecordError) as caught:
        items(content)
    assert caught.value.slug == slug
    assert all((*caught.value.said("zh"), *caught.value.said("en")))


@pytest.mark.parametrize("xml", [
    table(row(cell("底", 'table:number-columns-repeated="16384"'), more='table:number-rows-repeated="1048576"')),
    table(row(cell(table(row(cell("底", 'table:number-columns-repeated="1000"'), more='table:number-rows-repeated="1000"'))), more='table:number-rows-repeated="1000"')),
    table(row(cell(""), more='table:number-rows-repeated="999999999"')) + tp("底"),
    "<table:table><table:table-row><table:table-cell>" * 5_000 + tp("底") + "</table:table-cell></table:table-row></table:table>" * 5_000,
    "<text:list><text:list-item>" * 20_000 + tp("底") + "</text:list-item></text:list>" * 20_000,
    "<text:p><draw:text-box>" * 5_000 + tp("底") + "</draw:text-box>层</text:p>" * 5_000,
    tp("<text:span>" * 50_000 + "底" + "</text:span>" * 50_000),
    tp('<text:s text:c="999999999"/>' * 1_000) + tp("底"),
], ids=["repeated", "repeated in repeated", "empty rows", "tables", "lists", "boxes", "spans", "blanks"])
def test_deep_and_repeated_documents_are_bounded(xml: str) -> None:
    """What is too much is told of; nothing is so deep that it is lost."""
    found = items(odt(xml), evolve(ENVIRONMENT, limits=Limits(cells=6_000, ratio=1_000_000)))
    assert isinstance(found[0], Record)
    assert "底" in found[0].parts[0].text
    assert len(found[0].parts[0].text) < 200_000


_SEED = odt_members(
    tp("会议纪要", "P1") + table(row(cell("主题"), cell("上线", 'table:number-columns-spanned="2"'), _COVERED), row(cell("a", 'table:number-columns-repeated="3"'))) + ol(tp("一") + ol(tp("二"), style="")) + tp("a" + box(tp("框"))),
    automatic=_AUTOMATIC, styles=_NAMED, margins=f"<style:header>{tp('页眉')}</style:header>",
)


def outcome(content: bytes) -> list[object]:
    """Everything that comes of some bytes, checked; an error inside the walk is a mistake of ours, not the file's."""
    found: list[object] = []
    try:
        found += items(content)
    except RecordError as error:
        found.append(error)
    for each in found:
        assert not list(breaches(each if isinstance(each, Record) else Unread("a.odt", each)))  # type: ignore[arg-type]  # nothing else lies in a text
        assert "cannot be read" not in str(each), repr(each)
    return found


def test_a_file_cut_off_anywhere_is_a_declared_error() -> None:
    """At every byte."""
    content = zipped(_SEED)
    for length in range(len(content)):
        (found,) = outcome(content[:length])
        assert isinstance(found, RecordError), length


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_a_record_or_a_declared_error(content: bytes) -> None:
    """Nothing else ever comes out."""
    outcome(content)


@given(st.sampled_from(["content.xml", "styles.xml", "meta.xml"]), st.data())
@settings(max_examples=150, deadline=None)
def test_any_xml_inside_is_a_record_or_a_declared_error(name: str, data: st.DataObject) -> None:
    """Pieces cut out, doubled, exchanged inside a part that is packed again."""
    xml = str(_SEED[name])
    for _ in range(data.draw(st.integers(1, 4))):
        marks = [at for at, letter in enumerate(xml) if letter in "<>\""]
        if not marks:
            break
        start, end = sorted((data.draw(st.sampled_from(marks)), data.draw(st.sampled_from(marks))))
        end = min(end, start + 400)
        xml = xml[:start] + data.draw(st.sampled_from(["", xml[start:end] * 2, "<text:p>", "</text:p>", "<table:table-cell>", "<text:list/>", "<draw:text-box/>", "&#13;", "9" * 20, "-1"])) + xml[end:]
    outcome(zipped({**_SEED, name: xml}))


_TAGS = ["text:p", "text:h", "text:span", "text:s", "text:tab", "text:line-break", "text:hidden-text", "text:hidden-paragraph", "text:ruby-text", "text:note", "text:list", "text:list-item", "text:list-header", "text:section", "text:changed-region", "text:table-of-content", "office:annotation", "dc:creator", "dc:date", "loext:content-control", "office:styles", "style:header", "style:footer", "style:style", "text:list-style", "text:list-level-style-number", "style:text-properties", "draw:text-box", "svg:title", "table:table", "table:table-header-rows", "table:table-row", "table:table-cell", "table:covered-table-cell"]
_USUAL = ("text:p", "table:table", "table:table-row", "table:table-cell", "text:list", "text:list-item", "draw:text-box", "text:span", "office:annotation", "text:note", "style:header")
_VALUES = (
    "", 'text:style-name="L1"', 'text:style-name="T1"', 'table:number-rows-repeated="3"', 'table:number-columns-repeated="2"', 'table:number-columns-spanned="9999999"', 'table:number-rows-spanned="-1"',
    'text:outline-level="0"', 'text:outline-level="77"', 'text:start-value="x"', 'text:continue-numbering="true"', 'text:display="none"', 'loext:checkbox="true"', 'style:display="false"', 'text:note-class="zz"',
)


@given(st.integers(0, 10**9))
@settings(max_examples=300, deadline=None)
def test_any_order_of_elements_is_a_record_or_a_declared_error(seed: int) -> None:
    """Rows outside tables, cells in paragraphs, boxes in lists: what no program writes ends no run."""
    dice = Random(seed)
    body, margins, styles = (tree(dice, _TAGS, _USUAL, _VALUES) for _ in range(3))
    outcome(odt(body, automatic=_AUTOMATIC, margins=margins, styles=styles))


@pytest.mark.parametrize("name", ["a.odt", "b.OTT"])
def test_the_reader_claims_by_suffix(name: str) -> None:
    """And by media type."""
    assert OpenDocumentReader().claims(Source(name, b""))
    assert OpenDocumentReader().claims(Source("x", b"", media_type=OpenDocumentReader.media_types[0]))
    assert not OpenDocumentReader().claims(Source("a.ods", b""))
