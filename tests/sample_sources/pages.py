"""Records on pages and slides: a notice printed to PDF, a scan without text, a report on slides, minutes on the web."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from io import BytesIO

_FODT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="zh" svg:font-family="'WenQuanYi Zen Hei'"/></office:font-face-decls>
<office:styles><style:default-style style:family="paragraph"><style:text-properties style:font-name="zh" style:font-name-asian="zh" fo:font-size="12pt" style:font-size-asian="12pt"/></style:default-style></office:styles>
<office:automatic-styles>
<style:style style:name="title" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-size="20pt" style:font-size-asian="20pt"/></style:style>
<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="0.1cm"/></style:style>
<style:style style:name="wide" style:family="table-column"><style:table-column-properties style:column-width="8cm"/></style:style>
<style:style style:name="narrow" style:family="table-column"><style:table-column-properties style:column-width="4cm"/></style:style>
<style:page-layout style:name="a4"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2.5cm"/><style:footer-style/></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="a4"><style:footer><text:p>第 <text:page-number/> 页</text:p></style:footer></style:master-page></office:master-styles>
<office:body><office:text>{body}</office:text></office:body></office:document>
"""


def open_text(title: str, paragraphs: Iterable[str | list[list[str]]]) -> bytes:
    """A flat OpenDocument text of paragraphs and tables with borders."""
    pieces = [f'<text:p text:style-name="title">{title}</text:p>']
    for each in paragraphs:
        pieces.append(_table(each) if isinstance(each, list) else f"<text:p>{each}</text:p>")
    return _FODT.format(body="".join(pieces)).encode()


def _table(rows: list[list[str]]) -> str:
    written = "".join("<table:table-row>" + "".join(f'<table:table-cell table:style-name="cell"><text:p>{cell}</text:p></table:table-cell>' for cell in row) + "</table:table-row>" for row in rows)
    columns = '<table:table-column table:style-name="wide"/>' + '<table:table-column table:style-name="narrow"/>' * (len(rows[0]) - 1)
    return f"<table:table>{columns}{written}</table:table>"


def notice() -> bytes:
    """LibreOffice prints it: a notice of a meeting whose agenda is a table, and whose materials are wanted "as soon as possible"."""
    from make_formats import converted

    text = open_text("关于召开新品排期会的会议通知", [
        "各部门\uff1a", "兹定于2026年5月21日\uff08星期四\uff0914:00 在三楼会议室召开新品排期会\uff0c请各部门负责人准时参加\uff0c并提前准备与本部门有关的排期数据和需要其他部门配合的事项。",
        "会议主题\uff1a新品排期会", "会议时间\uff1a2026年5月21日 14:00-15:00", "会议地点\uff1a三楼会议室", "一、会议议程",
        [["议题", "主讲人", "时长"], ["上季度排期回顾", "林晓岚", "20分钟"], ["新品上线时间与各部门需要配合的事项", "沈一鸣", ""]],
        "二、其他", "请各部门尽快提交材料。", "联系人\uff1a顾北辰",
    ])
    return converted(text, ".fodt", "pdf")


def scan(pages: int = 1) -> bytes:
    """What a scanner makes: a picture on each page, no text."""
    wide, high = 120, 170
    rows = b"".join(b"\x00" + bytes(0 if y % 12 < 2 and 10 < x < 110 else 255 for x in range(wide)) for y in range(high))
    image = zlib.compress(rows, 9)
    drawn = b"q 595 0 0 842 0 0 cm /I Do Q"
    kids = b" ".join(b"%d 0 R" % (5 + number) for number in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns %d>>/Length %d>>stream\n%s\nendstream" % (wide, high, wide, len(image), image),
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 3 0 R>>>>/Contents 4 0 R>>"] * pages,
    ]
    return _pdf(objects)


def _pdf(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, written in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))


def slides() -> bytes:
    """PowerPoint: a status report; a list, a table of action items with merged cells, notes, a hidden slide."""
    from datetime import datetime

    from make_formats import steady
    from pptx import Presentation
    from pptx.util import Cm

    deck = Presentation()
    deck.core_properties.author = deck.core_properties.last_modified_by = "林晓岚"
    deck.core_properties.created = deck.core_properties.modified = datetime(2026, 5, 22, 9, 0)
    first = deck.slides.add_slide(deck.slide_layouts[0])
    first.shapes.title.text, first.placeholders[1].text = "官网改版项目周报", "技术部 顾北辰\n2026年5月22日"
    second = deck.slides.add_slide(deck.slide_layouts[1])
    second.shapes.title.text = "已完成工作"
    frame = second.placeholders[1].text_frame
    frame.text = "首页设计稿已确认"
    below = frame.add_paragraph()
    below.text, below.level = "前端开发基本完成", 1
    second.notes_slide.notes_text_frame.text = "下周一向客户演示\uff0c请大家尽快自测。"
    third = deck.slides.add_slide(deck.slide_layouts[5])
    third.shapes.title.text = "下一步计划"
    table = third.shapes.add_table(3, 3, Cm(2), Cm(5), Cm(20), Cm(4)).table
    for row, cells in enumerate((("事项", "负责人", "截止时间"), ("提交测试报告", "沈一鸣", "2026年5月29日"), ("整理上线清单", "", "尽快"))):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    fourth = deck.slides.add_slide(deck.slide_layouts[5])
    fourth.shapes.title.text = "备用页"
    fourth._element.set("show", "0")
    out = BytesIO()
    deck.save(out)
    return steady(out.getvalue())


def web_page() -> bytes:
    """What Word saves as a web page, in GBK: minutes with a table, a list and fields of a form."""
    page = """<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta http-equiv=Content-Type content="text/html; charset=gb2312">
<title>新品排期会会议纪要</title>
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>请尽快</o:Author></o:DocumentProperties></xml><![endif]-->
<style>p.MsoNormal { font-family: 宋体 }</style></head>
<body lang=ZH-CN>
<p class=MsoTitle>新品排期会会议纪要</p>
<p class=MsoNormal>会议时间\uff1a<input name=when value="2026年5月21日 14:00-15:00"></p>
<p class=MsoNormal>记录人\uff1a<select name=who><option>林晓岚<option selected>沈一鸣</select></p>
<h2>一、讨论要点</h2>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1\uff0e<span>&nbsp;&nbsp;</span></span><![endif]>首批发布范围</p>
<h2>二、决议事项</h2>
<p class=MsoNormal>首批发布六个品类\uff0c<span style='display:none'>隐藏的话</span>其余顺延。</p>
<h2>三、待办事项</h2>
<table border=1><tr><th>事项<th>负责人<th>完成时间
<tr><td>确认发布清单<td>张*经理<td>2026年5月25日 18:00
<tr><td>更新官网首页<td><td>尽快
</table>
<p class=MsoNormal><input type=checkbox checked>已抄送参会人 <input type=checkbox>已归档</p>
</body></html>
"""
    return page.replace("\n", "\r\n").encode("gbk")


MAKERS: dict[str, Callable[[], bytes]] = {"会议通知.pdf": notice, "扫描件-会议纪要.pdf": scan, "项目周报.pptx": slides, "新品排期会会议纪要.html": web_page}
