"""Presentations made for tests: by python-pptx, and by hand with what that does not write."""

from __future__ import annotations

import zipfile
from io import BytesIO

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Cm


def deck() -> bytes:
    """A title slide; bullets with notes; a table with merged cells, a group and a chart; a hidden slide."""
    found = Presentation()
    first = found.slides.add_slide(found.slide_layouts[0])
    first.shapes.title.text, first.placeholders[1].text = "项目周报", "项目组\n2026年5月21日"
    second = found.slides.add_slide(found.slide_layouts[1])
    second.shapes.title.text = "本周进展"
    frame = second.placeholders[1].text_frame
    frame.text = "完成接口联调"
    below = frame.add_paragraph()
    below.text, below.level = "请测试部\v尽快回归", 1
    second.notes_slide.notes_text_frame.text = "下周提交方案"
    third = found.slides.add_slide(found.slide_layouts[5])
    table = third.shapes.add_table(4, 3, Cm(1), Cm(4), Cm(15), Cm(4)).table
    for row, cells in enumerate((("事项", "负责人", "截止时间"), ("提交方案", "张三", "尽快"), ("合并", "", "5月30日"), ("复核", "李四", ""))):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    table.cell(2, 0).merge(table.cell(2, 1))
    table.cell(2, 2).merge(table.cell(3, 2))
    third.shapes.add_group_shape().shapes.add_textbox(Cm(1), Cm(10), Cm(5), Cm(2)).text_frame.text = "组内文字"
    data = CategoryChartData()
    data.categories = ["一月", "二月"]
    data.add_series("销量", (1, 2))
    chart = third.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Cm(8), Cm(10), Cm(8), Cm(5), data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "销量图"
    third.shapes.title.text = "行动项"  # written last, and still the first that is read
    fourth = found.slides.add_slide(found.slide_layouts[6])
    fourth._element.set("show", "0")
    fourth.shapes.add_textbox(0, 0, Cm(5), Cm(2)).text_frame.text = "备用"
    out = BytesIO()
    found.save(out)
    return out.getvalue()


_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_RELATIONSHIPS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

SLIDE = """<p:sp><p:nvSpPr><p:cNvPr id="2" name="a"/><p:nvPr/></p:nvSpPr><p:txBody><a:bodyPr/>
<a:p><a:pPr><a:buAutoNum type="arabicPeriod" startAt="3"/></a:pPr><a:r><a:t>第</a:t></a:r><a:r><a:t>三</a:t></a:r></a:p>
<a:p><a:pPr><a:buAutoNum type="arabicPeriod" startAt="3"/></a:pPr><a:r><a:t>第四</a:t></a:r></a:p>
<a:p><a:pPr lvl="1"><a:buChar char="-"/></a:pPr><a:r><a:t>细项</a:t></a:r></a:p></p:txBody></p:sp>
<p:sp><p:nvSpPr><p:cNvPr id="3" name="b" hidden="1"/><p:nvPr/></p:nvSpPr><p:txBody><a:p><a:r><a:t>隐藏的框</a:t></a:r></a:p></p:txBody></p:sp>
<p:sp><p:nvSpPr><p:cNvPr id="4" name="n"/><p:nvPr><p:ph type="sldNum"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:fld type="slidenum"><a:t>7</a:t></a:fld></a:p></p:txBody></p:sp>
<p:sp><p:nvSpPr><p:cNvPr id="5" name="f"/><p:nvPr><p:ph type="ftr"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>内部资料</a:t></a:r></a:p></p:txBody></p:sp>
<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice><p:sp><p:nvSpPr><p:cNvPr id="6" name="c"/><p:nvPr/></p:nvSpPr><p:txBody><a:p><a:r><a:t>新式</a:t></a:r></a:p></p:txBody></p:sp></mc:Choice>
<mc:Fallback><p:sp><p:nvSpPr><p:cNvPr id="6" name="c"/><p:nvPr/></p:nvSpPr><p:txBody><a:p><a:r><a:t>旧式</a:t></a:r></a:p></p:txBody></p:sp></mc:Fallback></mc:AlternateContent>"""


def by_hand(*slides: str, order: tuple[int, ...] = ()) -> bytes:
    """A package of slides given as the shapes on them, shown in `order` (from 1)."""
    slides = slides or (SLIDE,)
    shown = order or range(1, len(slides) + 1)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        members = {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": _RELATIONSHIPS.format(f'<Relationship Id="rId1" Type="{_KIND}officeDocument" Target="ppt/presentation.xml"/>'),
            "ppt/presentation.xml": f"<p:presentation {_A}><p:sldIdLst>" + "".join(f'<p:sldId id="{255 + at}" r:id="rId{at}"/>' for at in shown) + "</p:sldIdLst></p:presentation>",
            "ppt/_rels/presentation.xml.rels": _RELATIONSHIPS.format("".join(f'<Relationship Id="rId{at}" Type="{_KIND}slide" Target="slides/slide{at}.xml"/>' for at in range(1, len(slides) + 1))),
            **{f"ppt/slides/slide{at}.xml": f"<p:sld {_A}><p:cSld><p:spTree>{slide}</p:spTree></p:cSld></p:sld>" for at, slide in enumerate(slides, 1)},
        }
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()
