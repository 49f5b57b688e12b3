"""Word documents: everything that is seen in them, once all changes are accepted, each with the place a person finds it at."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from random import Random
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from commlint_minutes.word import WordReader
from hypothesis import given, settings
from hypothesis import strategies as st

from commlint.engine.opening import Unread
from commlint.errors import RecordError
from commlint.model.environment import Environment, Limits
from commlint.model.record import Part, Party, Record
from commlint.model.source import Source
from tests.fuzzing.sound import breaches
from tests.integrations.packages import STRICT, docx, docx_members, p, r, tbl, tc, tr, tree, zipped
from tests.integrations.readings import ENVIRONMENT, blocks, grid, part

_COLON, _COMMA = "\uff1a", "\uff0c"


def items(content: bytes, environment: Environment = ENVIRONMENT) -> list[object]:
    """All that the reader comes across."""
    return list(WordReader().read(Source("a.docx", content), environment))


def record(content: bytes) -> Record:
    """The record of a document."""
    found = items(content)[0]
    assert isinstance(found, Record)
    assert not list(breaches(found))
    return found


def body(xml: str, **parts: str) -> Part:
    """The body of a document of this XML."""
    return part(record(docx(xml, **parts)), "body")


def text(xml: str, **parts: str) -> str:
    """Its text."""
    return body(xml, **parts).text


def places(found: Part) -> list[tuple[str, str]]:
    """Every anchor's place in short, and the text of its view up to the next."""
    ends = [*(anchor.start for anchor in found.view.anchors[1:]), len(found.view.text)]
    named = (anchor.place for anchor in found.view.anchors)
    short = (f"{place.paragraph}" if place.type == "paragraph" else f"t{place.table}r{place.row}c{place.column}" for place in named)
    return [(name, found.view.text[anchor.start : end].rstrip("\n")) for name, anchor, end in zip(short, found.view.anchors, ends, strict=True)]


def field(instruction: str, result: str, *, separate: bool = True) -> str:
    """A complex field."""
    middle = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r(result) if separate else ""
    return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>{middle}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def sdt(content: str, properties: str = "") -> str:
    """A content control."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


_DELETED = '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>'
_BOX = "<wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx>"
_DRAWN = "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>" + _BOX + "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"


@pytest.mark.parametrize(("xml", "seen"), [
    (p("一") + p() + p("二"), "一\n二"),
    (f"<w:p>{r('请')}{r('尽快')}</w:p>", "请尽快"),
    ("<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:cr/><w:t>丁</w:t><w:br w:type=\"page\"/></w:r></w:p>", "甲\n乙\t丙\n丁"),
    ("<w:p><w:pPr><w:tabs><w:tab w:val=\"left\" w:pos=\"1\"/></w:tabs></w:pPr><w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>mail co</w:t><w:softHyphen/><w:t>op</w:t></w:r></w:p>", "e-mail coop"),
    ("<w:p><w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:t>是</w:t><w:sym w:font=\"Wingdings 2\" w:char=\"F0A3\"/><w:t>否</w:t><w:sym w:font=\"X\" w:char=\"zz\"/></w:r></w:p>", "\u2611是\u2610否"),
    (f"<w:p><w:hyperlink r:id=\"rId9\">{r('链接')}</w:hyperlink><w:smartTag>{r('五月')}</w:smartTag></w:p>", "链接五月"),
    ("<w:p><w:r><w:ruby><w:rt><w:r><w:t>hàn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>汉</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>", "汉"),
    ("<w:p><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>", "x=1"),
    ("<w:p><w:r><w:t>a\nb&#13;c</w:t></w:r></w:p>", "a b\nc"),
    ("<w:p><w:r><w:rPr><w:rFonts w:ascii=\"Wingdings\"/></w:rPr><w:t>\uf0fe</w:t></w:r><w:r><w:t>同意\ue000</w:t></w:r></w:p>", "\u2611同意\ue000"),
], ids=lambda case: None)
def test_words_are_what_is_seen(xml: str, seen: str) -> None:
    """Runs join, breaks are line breaks, symbols are characters, readings above characters and empty paragraphs are nothing."""
    assert text(xml) == seen


@pytest.mark.parametrize(("xml", "seen"), [
    (f"<w:p>{r('请于')}<w:del>{'<w:r><w:delText>本周</w:delText></w:r>'}</w:del><w:ins>{r('5月28日')}</w:ins>{r('前提交')}</w:p>", "请于5月28日前提交"),
    (f"<w:p><w:moveFrom>{r('甲')}</w:moveFrom>{r('乙')}<w:moveTo>{r('甲')}</w:moveTo></w:p>", "乙甲"),
    (p("前半", _DELETED) + p("后半") + p("三"), "前半后半\n三"),
    (p("一", _DELETED) + p("二", _DELETED) + p("三"), "一二三"),
    (p("末", _DELETED), "末"),
    (p("表前", _DELETED) + tbl(tr(tc("格"))), "表前\n格"),
    (tbl(tr(tc("留")), tr(tc("删"), properties='<w:del w:id="2"/>'), tr(tc("增"), properties='<w:ins w:id="3"/>')), "留\n增"),
    (p("前") + tbl(tr(tc("删"), properties="<w:del/>")) + p("后"), "前\n后"),
    (tbl(tr(tc("甲"), tc("乙", "<w:cellDel/>"), tc("丙", "<w:cellIns/>"))), "甲\t丙"),
    (p("正文", "<w:pPrChange><w:pPr><w:pStyle w:val=\"Heading1\"/><w:rPr><w:del/></w:rPr></w:pPr></w:pPrChange>") + p("二"), "正文\n二"),
    (f"<w:p>{r('显', '<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>')}</w:p>", "显"),
])
def test_changes_count_as_accepted(xml: str, seen: str) -> None:
    """What was inserted stands, what was deleted does not: words, paragraph marks, rows and cells."""
    assert text(xml) == seen


def test_a_paragraph_whose_mark_is_deleted_looks_like_the_next() -> None:
    """Word lets the mark that is left decide; the number is counted once."""
    found = body(p("甲", _DELETED) + p("乙", style="Heading1"), styles='<w:style w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>')
    assert blocks(found) == [("heading", "甲乙")]


_STYLES = (
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="b2"><w:name w:val="标题 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="own"><w:name w:val="章节"/><w:basedOn w:val="1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="out"><w:name w:val="大纲"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="ring"><w:name w:val="圈"/><w:basedOn w:val="ring"/></w:style>'
    '<w:style w:type="character" w:styleId="h"><w:name w:val="隐"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="hp"><w:name w:val="隐段"/><w:rPr><w:vanish/></w:rPr></w:style>'
)


@pytest.mark.parametrize(("style", "properties", "kind", "level"), [
    ("1", "", "heading", 1), ("a3", "", "heading", 1), ("b2", "", "heading", 2), ("own", "", "heading", 1), ("out", "", "heading", 3),
    ("ring", "", "paragraph", 0), ("none", "", "paragraph", 0), ("", '<w:outlineLvl w:val="0"/>', "heading", 1), ("1", '<w:outlineLvl w:val="9"/>', "paragraph", 0),
])
def test_headings_are_told_by_style_and_outline(style: str, properties: str, kind: str, level: int) -> None:
    """By the name of the style in English or Chinese, its outline level or its ancestors'; what the paragraph says itself goes first."""
    (block,) = body(p("会议信息", properties, style=style), styles=_STYLES).blocks
    assert (block.kind.value, block.level) == (kind, level)


def test_typed_numbers_make_headings_and_items_as_in_plain_text() -> None:
    """Most minutes have no styles: what is typed as 一、 is a heading, as 1. an item."""
    found = body(p("一、会议信息") + p("1. 请尽快提交。") + p("时间待定。"))
    assert blocks(found) == [("heading", "一、会议信息"), ("list_item", "请尽快提交。"), ("paragraph", "时间待定。")]


def test_hidden_text_is_left_out_and_counted() -> None:
    """By the run, its style or the paragraph's style; a run may be shown again."""
    hidden = r("机密", "<w:vanish/>") + r("也密", '<w:rStyle w:val="h"/>') + r("显", '<w:vanish w:val="0"/>')
    found = record(docx(f"<w:p>{r('甲')}{hidden}</w:p>" + p("段密", style="hp"), styles=_STYLES))
    assert (part(found, "body").text, dict(found.meta)["hidden_characters"]) == ("甲显", "6")


def _level(depth: int, form: str, pattern: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{pattern}"/></w:lvl>'


_NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{_level(0, "chineseCountingThousand", "%1、")}{_level(1, "decimal", "%2.")}{_level(2, "decimal", "(%3)")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="1">{_level(0, "bullet", chr(0xF0B7))}{_level(1, "bullet", "-")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{_level(0, "decimal", "%1", "<w:pStyle w:val=" + chr(34) + "1" + chr(34) + "/>")}{_level(1, "decimal", "%1.%2")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


def li(words: str, depth: int, numbered: int) -> str:
    """A list paragraph."""
    return p(words, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{numbered}"/></w:numPr>')


def test_lists_are_numbered_as_word_shows_them() -> None:
    """Chinese numbers, levels that begin anew, bullets, two lists of one kind, a restart; the mark is no part of the item."""
    xml = li("讨论要点比较长所以不像一个标题。", 0, 1) + li("子项", 1, 1) + li("孙项", 2, 1) + li("子项", 1, 1) + li("第二条也是一句完整的话。", 0, 1) + li("子项", 1, 1) + li("点", 0, 2) + li("下", 1, 2) + li("五也是一句完整的话。", 0, 4)
    found = body(xml, numbering=_NUMBERING)
    assert found.text.split("\n") == [
        "一、讨论要点比较长所以不像一个标题。", "1. 子项", "(1) 孙项", "2. 子项", "二、第二条也是一句完整的话。", "1. 子项", "\u2022 点", "- 下", "五、五也是一句完整的话。",
    ]
    assert [(block.kind.value, block.level, block.span.of(found.text)) for block in found.blocks][1:3] == [("list_item", 2, "子项"), ("list_item", 3, "孙项")]


def test_a_level_without_a_start_begins_at_zero() -> None:
    """As the standard has it, and Word and LibreOffice show."""
    numbering = '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    assert text(li("甲", 0, 1) + li("乙", 0, 1), numbering=numbering) == "0. 甲\n1. 乙"


def test_numbers_in_words_over_a_short_line_make_a_heading() -> None:
    """As where they are typed: 一、会议信息."""
    assert blocks(body(li("会议信息", 0, 1) + p("时间待定。"), numbering=_NUMBERING))[0] == ("heading", "一、会议信息")


def test_headings_are_numbered_by_their_style() -> None:
    """A style brings its list along, and the list knows at which depth."""
    styles = '<w:style w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style><w:style w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
    found = body(p("概况", style="1") + p("背景", style="2") + p("目标", style="2") + p("计划", style="1") + p("不编号", '<w:numPr><w:numId w:val="0"/></w:numPr>', style="1"), styles=styles, numbering=_NUMBERING)
    assert blocks(found) == [("heading", "1 概况"), ("heading", "1.1 背景"), ("heading", "1.2 目标"), ("heading", "2 计划"), ("heading", "不编号")]


@pytest.mark.parametrize(("xml", "seen"), [
    (f"<w:p>{r('第')}{field(' PAGE ', '3')}{r('页')}</w:p>", "第3页"),
    (f"<w:p>{field(' MACROBUTTON x ', '', separate=False)}{r('后')}</w:p>", "后"),
    (f"<w:p><w:fldSimple w:instr=\" DATE \">{r('5月21日')}</w:fldSimple></w:p>", "5月21日"),
    (f"<w:p>{'<w:r><w:fldChar w:fldCharType=' + chr(34) + 'begin' + chr(34) + '/></w:r>'}<w:r><w:instrText>IF </w:instrText></w:r>{field('A', '甲')}{'<w:r><w:fldChar w:fldCharType=' + chr(34) + 'separate' + chr(34) + '/></w:r>'}{r('乙')}{'<w:r><w:fldChar w:fldCharType=' + chr(34) + 'end' + chr(34) + '/></w:r>'}</w:p>", "乙"),
    (f"<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>{r('没有结束的域')}</w:p>" + p("下一段"), "没有结束的域\n下一段"),
    ("<w:p><w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:default w:val=\"0\"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>", "\u2611"),
    ("<w:p><w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:ddList><w:result w:val=\"1\"/><w:listEntry w:val=\"高\"/><w:listEntry w:val=\"低\"/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>", "低"),
])
def test_fields_show_their_result(xml: str, seen: str) -> None:
    """Instructions are not seen, results are; old form fields show their box or choice; a field without an end hides nothing."""
    assert text(xml) == seen


@pytest.mark.parametrize(("xml", "seen"), [
    (f"<w:p>{r('截止' + _COLON)}{sdt(r('单击此处输入日期'), '<w:showingPlcHdr/><w:date/>')}</w:p>", f"截止{_COLON}"),
    (f"<w:p>{r('截止' + _COLON)}{sdt(r('2026年5月28日'), '<w:date/>')}</w:p>", f"截止{_COLON}2026年5月28日"),
    (f"<w:p>{sdt(r(chr(0x2612)), '<w14:checkbox><w14:checked w14:val=' + chr(34) + '1' + chr(34) + '/></w14:checkbox>')}{r('同意')}{sdt(r('x'), '<w14:checkbox><w14:checked w14:val=' + chr(34) + '0' + chr(34) + '/></w14:checkbox>')}{r('不同意')}</w:p>", "\u2611同意\u2610不同意"),
    (sdt(p("块") + p("级")), "块\n级"),
    (tbl(tr(sdt(tc("格"))), sdt(tr(tc("行")))), "格\n行"),
    (tbl(tr(tc("会议主题"), tc(sdt(p("单击输入"), "<w:showingPlcHdr/>")))), "会议主题\t"),
    (f"<w:p>{sdt(r('高'), '<w:dropDownList><w:listItem w:value=' + chr(34) + '低' + chr(34) + '/></w:dropDownList>')}</w:p>", "高"),
])
def test_content_controls_show_what_was_filled_in(xml: str, seen: str) -> None:
    """Around words, paragraphs, cells and rows; a placeholder is nothing, a box is ticked or not."""
    assert text(xml) == seen


def test_text_boxes_are_told_once_behind_their_paragraph() -> None:
    """Both branches of an alternative hold the same: one is read. What a box holds are paragraphs and tables of their own."""
    inner = p("框内") + tbl(tr(tc("甲"), tc("乙")))
    found = body(f"<w:p>{r('前')}{_DRAWN.format(inner, inner)}{r('后')}</w:p>" + p("末"))
    assert places(found) == [("1", "前后"), ("2", "框内"), ("t1r1c1", "甲"), ("t1r1c2", "乙"), ("3", "末")]


def test_a_box_in_a_box_and_a_fallback_alone() -> None:
    """Nothing is lost by nesting, nor where only the fallback is there."""
    deep = f"<w:p>{_DRAWN.format(p('外') + '<w:p>' + _DRAWN.format(p('里'), '') + '</w:p>', '')}</w:p>"
    alone = f"<w:p><w:r><mc:AlternateContent><mc:Fallback><w:pict><w:txbxContent>{p('仅此')}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    assert text(deep + alone) == "外\n里\n仅此"


# tables and places


def test_merged_cells_are_one_and_named_by_the_first() -> None:
    """Across and down; what the covered ones hold is not seen; grid columns that no cell begins in do not count."""
    found = body(tbl(
        tr(tc("会议主题"), tc("上线", '<w:gridSpan w:val="3"/>')),
        tr(tc("人员", '<w:vMerge w:val="restart"/>'), tc("张三"), tc("部门"), tc("技术部")),
        tr(tc("不见", "<w:vMerge/>"), tc("李四"), tc("部门"), tc("产品部")),
    ))
    assert [(cell.row, cell.column, cell.row_span, cell.column_span, cell.header) for cell in found.grids[0].cells if cell.row_span > 1 or cell.column_span > 1] == [(0, 1, 1, 3, True), (1, 0, 2, 1, False)]
    assert found.text == "会议主题\t上线\n人员\t张三\t部门\t技术部\n李四\t部门\t产品部"
    assert dict(places(found))["t1r3c2"] == "李四"


def test_odd_grids_count_the_columns_people_see() -> None:
    """A table dragged into shape has many grid columns; those nothing begins in are none."""
    found = body(tbl(tr(tc("甲", '<w:gridSpan w:val="4"/>'), tc("乙", '<w:gridSpan w:val="7"/>')), tr(tc("丙", '<w:gridSpan w:val="4"/>'), tc("丁", '<w:gridSpan w:val="7"/>'), properties='<w:gridBefore w:val="0"/>')))
    assert [name for name, _ in places(found)] == ["t1r1c1", "t1r1c2", "t1r2c1", "t1r2c2"]
    assert all(cell.column_span == 1 for cell in found.grids[0].cells)


def test_places_are_counted_as_people_count() -> None:
    """Paragraphs that say something outside tables; tables over the document; lines anew in each cell."""
    found = body(p("标题") + p() + tbl(tr(tc(p("甲一") + p("甲二")), tc(""))) + p("正文") + tbl(tr(tc("乙"))))
    assert places(found) == [("1", "标题"), ("t1r1c1", "甲一\n甲二"), ("t1r1c2", ""), ("2", "正文"), ("t2r1c1", "乙")]
    assert found.view.counted_anew


def test_a_table_in_a_cell_is_a_table_of_its_own() -> None:
    """And what stands behind it belongs to the cell around it again."""
    found = body(tbl(tr(tc(p("前") + tbl(tr(tc("内一"), tc("内二"))) + p("后")), tc("邻"))))
    assert places(found) == [("t1r1c1", "前"), ("t2r1c1", "内一"), ("t2r1c2", "内二"), ("t1r1c1", "后"), ("t1r1c2", "邻")]
    assert [grid.span.of(found.text) for grid in found.grids] == ["前\n内一\t内二\n后\t邻", "内一\t内二"]


def test_tables_too_deep_to_be_told_apart_are_text() -> None:
    """Twenty in each other are tables; the words of the others stand in the innermost of those, once."""
    found = body("".join(f"<w:tbl><w:tr><w:tc>{p(f'第{depth}层')}" for depth in range(50)) + "</w:tc></w:tr></w:tbl>" * 50 + p("后"))
    assert len(found.grids) == 20
    assert found.text.split("\n") == [*(f"第{depth}层" for depth in range(50)), "后"]
    assert places(found)[-2:] == [("t20r1c1", "\n".join(f"第{depth}层" for depth in range(19, 50))), ("1", "后")]


def test_a_header_row_by_name_or_by_place() -> None:
    """The first row, and rows that are repeated on every page."""
    found = body(tbl(tr(tc("甲")), tr(tc("乙"), properties="<w:tblHeader/>"), tr(tc("丙"))))
    assert [cell.header for cell in found.grids[0].cells] == [True, True, False]


# around the text


_SECTION = '<w:sectPr><w:headerReference w:type="{}" r:id="r{}"/><w:footerReference w:type="default" r:id="rfooter1"/></w:sectPr>'


def test_headers_and_footers_are_read_once() -> None:
    """Not a copy for each section; not those for pages that are like all others."""
    first = p("一", _SECTION.format("default", "header1")) + p("二", _SECTION.format("default", "header2")) + _SECTION.format("even", "header3")
    found = record(docx(first, header1=p("内部资料"), header2=p("内部资料"), header3=p("双页"), footer1=p("请尽快归档")))
    assert [(each.name, each.text, each.view.label) for each in found.parts[1:]] == [("header", "内部资料", "header"), ("footer", "请尽快归档", "footer")]


def test_headers_of_first_and_even_pages_count_where_they_are_shown() -> None:
    """When the section or the settings say so; paragraphs are counted on."""
    first = p("一", '<w:sectPr><w:headerReference w:type="first" r:id="rheader1"/><w:titlePg/></w:sectPr>') + _SECTION.format("even", "header2")
    found = record(docx(first, header1=p("首页"), header2=p("双页"), footer1=p(), settings="<w:evenAndOddHeaders/>"))
    assert [places(each) for each in found.parts[1:]] == [[("1", "首页")], [("2", "双页")]]


def test_notes_and_comments_are_parts() -> None:
    """Each comment with who wrote it and when: local time, whatever Word calls it, or UTC where it says so."""
    notes = '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote><w:footnote w:id="1">' + p("脚注一") + "</w:footnote>"
    comments = (
        f'<w:comment w:id="0" w:author="张三" w:date="2026-05-21T09:30:00Z">{p("请尽快补充")}{p("第二段")}</w:comment>'
        f'<w:comment w:id="1" w:author="李四" w:date="2026-05-21T09:30:00Z" w16du:dateUtc="2026-05-21T01:30:00Z">{p("收到")}</w:comment><w:comment w:id="2" w:date="?">{p("无名")}</w:comment>'
    )
    found = record(docx(p("正文"), footnotes=notes, comments=comments))
    assert [(each.name, each.text) for each in found.parts] == [("body", "正文"), ("footnotes", "脚注一"), ("comments", "请尽快补充\n第二段"), ("comments", "收到"), ("comments", "无名")]
    assert [each.sender for each in found.parts[2:]] == [Party("张三"), Party("李四"), Party()]
    assert [each.sent_at for each in found.parts[2:]] == [datetime(2026, 5, 21, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai")), datetime(2026, 5, 21, 1, 30, tzinfo=UTC), None]
    assert places(found.parts[3]) == [("3", "收到")]


def test_what_the_file_says_of_itself() -> None:
    """Properties, changes and macros are facts of the record; it was not sent at any time."""
    import docx as python_docx

    document = python_docx.Document()
    document.add_paragraph("正文")
    document.core_properties.author, document.core_properties.title = "张三", "周会"
    document.core_properties.last_modified_by = "李四"
    document.core_properties.modified = document.core_properties.created = datetime(2026, 5, 21, 9, 30)
    out = BytesIO()
    document.save(out)
    found = record(out.getvalue())
    assert dict(found.meta) == {"file_title": "周会", "author": "张三", "last_modified_by": "李四", "created": "2026-05-21T09:30:00Z", "modified": "2026-05-21T09:30:00Z"}
    assert found.sent_at is None
    assert not found.inline_suppressions


def test_a_title_counts_where_it_stands_in_the_text() -> None:
    """That of a template somebody filled in does not say what a document is."""
    core = '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></cp:coreProperties>'
    ties = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="x/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="b" Type="x/core-properties" Target="/docProps/core.xml"/></Relationships>'
    for title, name in (("周会 纪要", "title"), ("通知模板", "file_title")):
        found = record(docx(p("周会纪要"), more={"docProps/core.xml": core.format(title), "_rels/.rels": ties}))
        assert found.meta == ((name, title),)


def test_macros_are_told_of_and_not_touched() -> None:
    """A .docm is read like any other."""
    found = record(docx(p("正文"), more={"word/vbaProject.bin": b"\0"}))
    assert ("macros", "yes") in found.meta


def test_embedded_documents_are_sources_and_links_are_not_followed() -> None:
    """A workbook in the document is read by whoever reads workbooks; what only a link leads to is left there."""
    content = docx(p("正文"), ties=(("rId7", "package", "embeddings/book.xlsx"), ("rId8", "package", "http://example.com/x.xlsx"), ("rId9", "image", "media/a.png")), more={"word/embeddings/book.xlsx": b"PK"})
    found, inner = items(content)
    assert isinstance(found, Record)
    assert isinstance(inner, Source)
    assert (inner.uri, inner.content, inner.depth) == ("a.docx!/word/embeddings/book.xlsx", b"PK", 1)
    assert [(each.name, each.size) for each in found.attachments] == [("book.xlsx", 2)]


def test_strict_documents_are_read_alike() -> None:
    """ISO strict has other namespaces for the same."""
    assert part(record(docx(p("标题", '<w:outlineLvl w:val="0"/>'), space=STRICT)), "body").blocks[0].level == 1


# all of it


def test_a_minutes_template_comes_out_right() -> None:
    """A form of two columns and a table of actions, as python-docx writes them: fields, actions and places are those of the cells."""
    from commlint import Linter

    minutes = tbl(tr(tc("会议主题"), tc("上线准备会")), tr(tc("会议时间"), tc("2026年5月21日14:00")), tr(tc("记录人"), tc("李四")))
    actions = tbl(tr(tc("事项"), tc("负责人"), tc("截止时间")), tr(tc("压力测试"), tc("王五"), tc("2026年5月28日18:00前")), tr(tc("回滚方案"), tc(""), tc("尽快")))
    content = docx(p("上线准备会会议纪要") + minutes + p("三、待办事项") + actions)
    report = Linter().check_source(Source("纪要.docx", content))
    found = {(finding.rule, finding.location.place.table, finding.location.place.row, finding.location.place.column, finding.location.start.line, finding.location.start.column) for finding in report.findings}
    assert {("action-item-complete", 2, 3, 1, 1, 1), ("action-item-complete", 2, 3, 3, 1, 1)} <= found


# what is no document


@pytest.mark.parametrize(("content", "slug"), [
    (b"", "empty-record"),
    (docx(""), "empty-record"),
    (b"not a zip", "damaged-file"),
    (docx(p("a"))[:-30], "damaged-file"),
    (zipped({"a.txt": "x"}), "unknown-format"),
    (docx("<w:p>"), "damaged-file"),
    (docx(p("&a;"), prolog='<!DOCTYPE d [<!ENTITY a "b">]>'), "damaged-file"),
    (docx(p("a"), prolog='<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">'), "damaged-file"),
    (docx(p("a"), kind="nothing", styles="<w:style"), "damaged-file"),
])
def test_what_cannot_be_read_says_why(content: bytes, slug: str) -> None:
    """One declared error, in both languages."""
    with pytest.raises(RecordError) as caught:
        items(content)
    assert caught.value.slug == slug
    assert all((*caught.value.said("zh"), *caught.value.said("en")))


def test_past_the_limit_of_cells_the_rest_is_told_of() -> None:
    """The text and the cells up to there are checked; the failure names the limit."""
    few = evolve(ENVIRONMENT, limits=Limits(cells=5))
    found, refused = items(docx(tbl(*[tr(tc("甲"), tc("乙"))] * 4) + p("后")), few)
    assert isinstance(found, Record)
    assert isinstance(refused, RecordError)
    assert (found.parts[0].text.split("\n")[-1], len(found.parts[0].grids[0].cells), refused.slug) == ("后", 5, "table-limit")
    assert "limits.cells" in refused.help


@pytest.mark.parametrize("xml", [
    p("底") + tbl(*[tr(*["<w:tc><w:p/></w:tc>"] * 200)] * 200),
    "<w:tbl><w:tr><w:tc>" * 10_000 + p("底") + "</w:tc></w:tr></w:tbl>" * 10_000,
    "<w:sdt>" * 20_000 + "</w:sdt>" * 20_000 + p("底"),
    "<w:p><w:r><w:txbxContent>" * 5_000 + p("底") + "</w:txbxContent></w:r></w:p>" * 5_000,
    "".join(f"<w:p><w:r><w:txbxContent>{p('层')}" for _ in range(2_000)) + p("底") + "</w:txbxContent></w:r></w:p>" * 2_000,
    "<w:p>" + "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" * 20_000 + r("底") + "</w:p>",
    tbl(*[tr(tc("底", '<w:gridSpan w:val="999999999"/><w:vMerge/>'))] * 2_000),
    "<w:ins>" * 50_000 + "</w:ins>" * 50_000 + p("底"),
], ids=["cells", "tables", "controls", "boxes", "boxes with words", "fields", "spans", "insertions"])
def test_deep_and_wide_documents_are_read_in_one_pass(xml: str) -> None:
    """Nesting costs no recursion, and no depth hides what stands at the bottom; what is too much is told of."""
    found = items(docx(xml), evolve(ENVIRONMENT, limits=Limits(ratio=1_000_000, cells=20_000)))
    assert isinstance(found[0], RecordError) or "底" in part(found[0], "body").text or isinstance(found[1], RecordError)  # type: ignore[arg-type]  # the first is a record


# any bytes


_SEED = docx(
    p("会议纪要", style="1") + tbl(tr(tc("主题"), tc("上线", '<w:vMerge w:val="restart"/>')), tr(tc("甲"), tc("乙", "<w:vMerge/>"))) + li("事项", 0, 1) + f"<w:p>{sdt(r('x'), '<w:showingPlcHdr/>')}{field('PAGE', '1')}</w:p>",
    styles=_STYLES, numbering=_NUMBERING, comments=f'<w:comment w:author="a" w:date="2026-05-21T09:30:00Z">{p("批")}</w:comment>',
)
_MEMBERS = docx_members(
    p("会议纪要", style="1") + tbl(tr(tc("主题"), tc("上线", '<w:vMerge w:val="restart"/>')), tr(tc("甲"), tc("乙", "<w:vMerge/>"))) + li("事项", 0, 1) + f"<w:p>{sdt(r('x'), '<w:showingPlcHdr/>')}{field('PAGE', '1')}</w:p>",
    styles=_STYLES, numbering=_NUMBERING,
)


def outcome(content: bytes) -> list[object]:
    """Everything that comes of some bytes, checked; an error inside the walk is a mistake of ours, not the file's."""
    found: list[object] = []
    try:
        found += items(content)
    except RecordError as error:
        found.append(error)
    for each in found:
        assert not list(breaches(each if isinstance(each, Record) else Unread("a.docx", each))) if isinstance(each, Record | RecordError) else True
        assert "cannot be read" not in str(each), repr(each)
    return found


def test_a_file_cut_off_anywhere_is_a_declared_error() -> None:
    """At every byte."""
    for length in range(len(_SEED)):
        (found,) = outcome(_SEED[:length])
        assert isinstance(found, RecordError), length


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_a_record_or_a_declared_error(content: bytes) -> None:
    """Nothing else ever comes out."""
    outcome(content)


@given(st.sampled_from(["word/document.xml", "word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels", "[Content_Types].xml", "_rels/.rels"]), st.data())
@settings(max_examples=150, deadline=None)
def test_any_xml_inside_is_a_record_or_a_declared_error(name: str, data: st.DataObject) -> None:
    """Pieces cut out, doubled, exchanged inside a part that is packed again."""
    xml = str(_MEMBERS[name])
    for _ in range(data.draw(st.integers(1, 4))):
        marks = [at for at, letter in enumerate(xml) if letter in "<>\""]
        start, end = sorted((data.draw(st.sampled_from(marks)), data.draw(st.sampled_from(marks))))
        end = min(end, start + 400)
        xml = xml[:start] + data.draw(st.sampled_from(["", xml[start:end] * 2, "<w:p>", "</w:p>", "<w:tbl>", "<w:tc>", "<w:del/>", "&#13;", "9" * 20, "-1"])) + xml[end:]
        if not any(letter in xml for letter in "<>\""):
            break
    outcome(zipped({**_MEMBERS, name: xml}))


_TAGS = (*tuple(f"w:{name}" for name in ["p", "r", "t", "tab", "br", "cr", "sym", "pPr", "rPr", "trPr", "tcPr", "sdtPr", "pStyle", "rStyle", "vanish", "numPr", "numId", "ilvl", "outlineLvl", "del", "moveFrom", "ins", "cellDel", "fldChar", "instrText", "ffData", "checkBox", "checked", "listEntry", "result", "sdt", "showingPlcHdr", "sdtContent", "txbxContent", "tbl", "tr", "tc", "gridBefore", "tblHeader", "gridSpan", "vMerge", "headerReference", "titlePg", "altChunk", "footnote", "comment", "pPrChange", "rt", "style", "basedOn", "name", "lvl", "abstractNum", "num"]), "mc:AlternateContent", "mc:Choice", "mc:Fallback", "w14:checkbox", "w14:checked", "m:t")
_USUAL = ("w:p", "w:tbl", "w:tr", "w:tc", "w:t", "w:r", "w:txbxContent", "w:pPr", "w:rPr", "w:tcPr", "w:trPr", "w:del", "w:fldChar", "w:style", "w:comment")
_VALUES = ("", 'w:val="0"', 'w:val="1"', 'w:val="restart"', 'w:val="99999999"', 'w:val="-5"', 'w:val="1.5"', 'w:fldCharType="begin"', 'w:fldCharType="separate"', 'w:fldCharType="end"', 'w:type="first"', 'r:id="rheader1"')


@given(st.integers(0, 10**9))
@settings(max_examples=300, deadline=None)
def test_any_order_of_elements_is_a_record_or_a_declared_error(seed: int) -> None:
    """Rows outside tables, cells in paragraphs, properties of nothing: what no program writes ends no run."""
    dice = Random(seed)
    body, header, comments, styles, numbering = (tree(dice, _TAGS, _USUAL, _VALUES) for _ in range(5))
    outcome(docx(body, header1=header, comments=comments, styles=styles, numbering=numbering))


@pytest.mark.parametrize("name", ["a.docx", "a.DOCM", "a.dotx", "b.dotm"])
def test_the_reader_claims_by_suffix(name: str) -> None:
    """And by media type."""
    assert WordReader().claims(Source(name, b""))
    assert WordReader().claims(Source("x", b"", media_type=WordReader.media_types[0]))
    assert not WordReader().claims(Source("a.txt", b"", media_type="text/plain"))


def test_tables_lay_out_like_those_of_html() -> None:
    """One form and one tracker, cell by cell."""
    assert grid(body(tbl(tr(tc("事项"), tc("负责人")), tr(tc("测试"), tc(f"王五{_COMMA}李四"))))) == [["事项", "负责人"], ["测试", f"王五{_COMMA}李四"]]
