"""Seeds of Word documents and OpenDocument texts: forms, lists, changes, controls, text boxes, comments; as libraries and programs write them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from tests.integrations.packages import STRICT, docx, odt, p, r, tbl, tc, tr

_SAMPLES = Path(__file__).parents[1] / "samples" / "formats"
_STYLES = (
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="标题 2"/><w:basedOn w:val="1"/></w:style><w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
)
_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/><w:suff w:val="space"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride></w:num>'
)
_ITEM = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
_FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("3") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
_BOX = f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx><w:txbxContent>{p("框内") + tbl(tr(tc("甲")))}</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>'
_CONTROL = '<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'


def _form() -> bytes:
    """Merged cells, a table in a cell, rows and cells that were deleted, headers, notes, comments."""
    table = tbl(
        tr(tc("会议主题"), tc("上线准备会", '<w:gridSpan w:val="3"/>'), properties="<w:tblHeader/>"),
        tr(tc("人员", '<w:vMerge w:val="restart"/>'), tc("张三"), tc(tbl(tr(tc("内"), tc("表"))) + p("后")), properties='<w:gridBefore w:val="1"/>'),
        tr(tc("", "<w:vMerge/>"), tc("李四", "<w:cellDel/>"), tc("请尽快")),
        tr(tc("删"), properties="<w:del/>"),
    )
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rheader1"/><w:footerReference w:type="first" r:id="rfooter1"/><w:titlePg/></w:sectPr>'
    return docx(
        p("会议纪要", style="1") + table + section, styles=_STYLES, numbering=_NUMBERING, header1=p("内部"), footer1=f"<w:p>{_FIELD}</w:p>", settings="<w:evenAndOddHeaders/>",
        footnotes=f'<w:footnote w:id="1">{p("脚注")}</w:footnote>', comments=f'<w:comment w:author="张三" w:date="2026-05-21T09:30:00Z">{p("请补充")}</w:comment>',
        ties=(("rId7", "package", "embeddings/a.docx"),), more={"word/embeddings/a.docx": docx(p("内"))},
    )


def _changes() -> bytes:
    """Lists, changes, fields, controls, a text box, hidden words, symbols."""
    words = f'<w:p>{r("请于")}<w:del><w:r><w:delText>本周</w:delText></w:r></w:del><w:ins>{r("5月28日")}</w:ins><w:moveFrom>{r("x")}</w:moveFrom>{r("密", "<w:vanish/>")}</w:p>'
    more = f'<w:p>{_CONTROL.format("<w:showingPlcHdr/>", r("单击"))}{_CONTROL.format("<w14:checkbox><w14:checked w14:val=" + chr(34) + "1" + chr(34) + "/></w14:checkbox>", r("x"))}{_BOX}<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:br/><w:tab/></w:r></w:p>'
    joined = p("前", "<w:rPr><w:del/></w:rPr>") + p("后", style="2")
    return docx(p("一项", _ITEM.format(0)) + p("子项", _ITEM.format(1)) + words + more + joined, styles=_STYLES, numbering=_NUMBERING)


def _library() -> bytes:
    """As python-docx writes it."""
    import docx as python_docx

    document = python_docx.Document()
    document.add_heading("周会纪要", 1)
    document.add_paragraph("请尽快提交。", style="List Number")
    document.add_table(rows=2, cols=2).cell(0, 0).text = "事项"
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _open() -> bytes:
    """Lists, covered and repeated cells, a frame, a note, a comment, hidden words."""
    body = (
        '<text:h text:outline-level="1">会议纪要</text:h><text:list text:style-name="L1"><text:list-item><text:p>一项<text:s text:c="2"/><text:span text:style-name="T1">密</text:span></text:p></text:list-item></text:list>'
        '<table:table><table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-spanned="2"><text:p>主题</text:p></table:table-cell><table:covered-table-cell/>'
        '<table:table-cell table:number-columns-repeated="3"><text:p>格</text:p></table:table-cell></table:table-row></table:table>'
        '<text:p>正文<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame><text:note text:note-class="endnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>注</text:p></text:note-body></text:note>'
        "<office:annotation><dc:creator>张三</dc:creator><dc:date>2026-05-21T09:30:00</dc:date><text:p>请尽快</text:p></office:annotation></text:p>"
    )
    automatic = (
        '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>'
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/></text:list-style>'
    )
    return odt(body, automatic=automatic, margins="<style:header><text:p>内部</text:p></style:header>", meta="<dc:title>周会</dc:title>")


SEEDS: tuple[tuple[str, bytes], ...] = (
    ("form.docx", _form()), ("changes.docx", _changes()), ("library.docx", _library()), ("strict.docm", docx(p("标题", style="1") + tbl(tr(tc("格"))), space=STRICT, more={"word/vbaProject.bin": b"x"})),
    ("open.odt", _open()), ("template.ott", odt("<text:p>请尽快答复</text:p>")),
    *((path.name, path.read_bytes()) for path in sorted((*_SAMPLES.glob("*.docx"), *_SAMPLES.glob("*.odt")))),
)
