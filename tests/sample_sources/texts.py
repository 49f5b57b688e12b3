"""Records as Word documents and OpenDocument texts: minutes with a form, a tracked change and a comment; a notice."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any


def minutes() -> bytes:
    """Word: a form with merged cells, numbered points, a change that was tracked, a table of actions, a comment, a page header."""
    from datetime import datetime

    import docx
    from make_formats import steady

    document = docx.Document()
    document.core_properties.author, document.core_properties.title = "何静宜", "客户门户上线协调会会议纪要"
    document.core_properties.created = document.core_properties.modified = datetime(2026, 5, 21, 16, 0)
    document.sections[0].header.paragraphs[0].text = "内部资料\uff0c请勿外传"
    document.add_heading("客户门户上线协调会会议纪要", 1)
    _form(document)
    document.add_paragraph("一、讨论要点")
    document.add_paragraph("上线窗口定在2026年6月6日22:00至24:00。", style="List Number")
    _changed(document.add_paragraph(style="List Number"), "测试报告由顾北辰", "本周内", "于2026年5月27日18:00前", "提交。")
    asked = document.add_paragraph(style="List Number")
    run = asked.add_run("请各部门尽快确认值守名单。")
    document.add_paragraph("二、决议事项")
    document.add_paragraph("同意按上线窗口执行\uff0c回滚方案由技术部准备。", style="List Bullet")
    document.add_paragraph("三、待办事项")
    _actions(document)
    document.add_comment([run], text="值守名单交给谁\uff1f", author="沈一鸣", initials="沈")
    for comment in document.comments:
        comment._comment_elm.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}date", "2026-05-21T16:20:00Z")
    out = BytesIO()
    document.save(out)
    return steady(out.getvalue())


def _form(document: Any) -> None:
    rows = (
        ("会议主题", "客户门户上线准备", "", ""), ("会议时间", "2026年5月21日14:00", "会议地点", "三楼第二会议室"), ("主持人", "林晓岚", "记录人", "何静宜"),
        ("参会人员", "林晓岚、顾北辰、沈一鸣、何静宜", "", ""),
    )
    table = document.add_table(rows=len(rows), cols=4, style="Table Grid")
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    for row in (0, 3):
        table.cell(row, 1).merge(table.cell(row, 3)).text = rows[row][1]


def _actions(document: Any) -> None:
    rows = (
        ("类别", "事项", "负责人", "截止时间"), ("测试", "完成压力测试", "顾北辰", "2026年5月27日18:00前"), ("", "补充回滚演练", "", "2026年5月29日18:00前"), ("沟通", "通知客户停机时间", "林晓岚", "尽快"),
    )
    table = document.add_table(rows=len(rows), cols=4, style="Table Grid")
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0)).text = "测试"


def _changed(paragraph: Any, before: str, deleted: str, inserted: str, after: str) -> None:
    """A sentence in which a time was replaced while changes were tracked."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    marked = f'{nsdecls("w")} w:author="何静宜" w:date="2026-05-21T15:40:00Z"'
    paragraph.add_run(before)
    paragraph._p.append(parse_xml(f'<w:del {marked} w:id="901"><w:r><w:delText>{deleted}</w:delText></w:r></w:del>'))
    paragraph._p.append(parse_xml(f'<w:ins {marked} w:id="902"><w:r><w:t>{inserted}</w:t></w:r></w:ins>'))
    paragraph.add_run(after)


def notice() -> bytes:
    """OpenDocument: a notice with a list and a table, as LibreOffice writes it from a page."""
    from make_formats import converted

    page = """<html><head><meta charset="utf-8"><title>客户沟通会会议通知</title></head><body>
<h1>客户沟通会会议通知</h1>
<p>各部门\uff1a</p>
<p>兹定于2026年5月28日14:00在三楼第二会议室召开客户沟通会\uff0c请准时参加。</p>
<table border="1"><tr><td>会议主题</td><td>客户门户试运行反馈</td></tr><tr><td>会议时间</td><td>2026年5月28日14:00</td></tr><tr><td>会议地点</td><td>三楼第二会议室</td></tr><tr><td>参会人员</td><td>林晓岚、顾北辰、江宁</td></tr></table>
<p>会议议程\uff1a</p>
<ol><li>客户反馈汇总。</li><li>整改安排\uff0c请各负责人尽快准备材料。</li></ol>
<p>联系人\uff1a何静宜</p>
</body></html>"""
    return converted(page.encode(), ".html", "odt:writer8")


MAKERS: dict[str, Callable[[], bytes]] = {"上线协调会纪要.docx": minutes, "客户沟通会通知.odt": notice}
