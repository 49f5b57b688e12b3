"""Write tests/samples/formats/: run `python tests/make_formats.py [NAME ...]` after a change, and commit what it writes.

One small record in each format, made by the programs or libraries that people's records come from. Everything in them is invented.
A maker that needs a program which is not installed raises FileNotFoundError; its file stays as it was committed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from sample_sources import archives, chat_exports, mailboxes, outlook_items, pages, texts, workspaces

FOLDER = Path(__file__).parent / "samples" / "formats"


def converted(content: bytes, suffix: str, into: str) -> bytes:
    """What LibreOffice makes of a file with `suffix`; `into` is the format as its command line has it."""
    import shutil
    import subprocess
    import tempfile

    program = shutil.which("soffice")
    if program is None:
        raise FileNotFoundError("soffice")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / f"in{suffix}").write_bytes(content)
        command = [program, f"-env:UserInstallation=file://{place}/profile", "--headless", "--convert-to", into, "--outdir", place, str(folder / f"in{suffix}")]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return (folder / f"in.{into.partition(':')[0]}").read_bytes()


def steady(content: bytes) -> bytes:
    """A zip whose members are as old as each other, so that the same makes the same."""
    import zipfile

    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for info in before.infolist():
            after.writestr(zipfile.ZipInfo(info.filename), before.read(info), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def workbook() -> bytes:
    """Excel: a tracker under a merged title with dates, a merged cell, a comment and a hidden row; a form; a hidden sheet."""
    from datetime import date, datetime

    from openpyxl import Workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import Font

    book = Workbook()
    book.properties.creator = "林晓岚"
    book.properties.created = book.properties.modified = datetime(2026, 5, 20, 9, 0)
    sheet = book.active
    sheet.title = "问题跟踪"
    sheet.append(["客户门户项目问题协调跟踪表"])
    sheet.merge_cells("A1:H1")
    sheet.append(["序号", "问题描述", "责任部门", "责任人", "解决措施", "计划完成时限", "进展更新", "状态"])
    for cell in (*sheet[1], *sheet[2]):
        cell.font = Font(bold=True)
    rows = (
        [1, "登录接口偶发超时", "技术部", "顾北辰", "扩容两台服务器并加监控", date(2026, 5, 22), "5月20日已扩容一台", "进行中-已完成50%"],
        [2, "导出报表缺少合计行", "产品部", None, "补充合计逻辑", date(2026, 5, 25), None, "未开始-等待排期"],
        [3, "合同模板待法务确认", "市场部", "林晓岚", "请法务尽快确认模板", None, None, "进行中-待确认"],
        [4, "测试环境证书过期", None, "沈一鸣", "更换证书", datetime(2026, 5, 21, 18, 0), "已申请", "进行中-等待审批"],
        [5, "培训手册未更新", "客服部", "江宁", "更新第三章\n并通知客户", date(2026, 6, 2), None, "未开始-待素材"],
    )
    for row in rows:
        sheet.append(row)
    for number, shown in ((3, 'yyyy"年"m"月"d"日"'), (4, "yyyy-mm-dd"), (6, 'yyyy-mm-dd" "hh:mm'), (7, "yyyy/m/d")):
        sheet.cell(number, 6).number_format = shown
    sheet.row_dimensions[6].hidden = True
    sheet["B4"].comment = Comment("客户已催两次\uff0c这周必须给说法", "林晓岚")
    form = book.create_sheet("需求确认")
    form.append(["需求沟通确认表"])
    form.merge_cells("A1:D1")
    for row in (["需求编号", "XQ-2026-018", "需求方", "市场部"], ["提出日期", date(2026, 5, 18), "承接方", "技术部"], ["期望交付时间", "尽快", "优先级", "高"], ["需求背景与目标", "客户希望在门户内直接查看发货进度"], ["承接方评估意见", None]):
        form.append(row)
    form["B3"].number_format = "yyyy-mm-dd"
    for place in ("B5:D5", "B6:D6"):
        form.merge_cells(place)
    old = book.create_sheet("历史")
    old.sheet_state = "hidden"
    old.append(["事项", "负责人", "完成时限"])
    old.append(["迁移旧数据", None, "有空的时候"])
    out = BytesIO()
    book.save(out)
    return steady(out.getvalue())


def tasks() -> bytes:
    """Comma-separated values as Excel writes them on Chinese Windows: GBK, CRLF, quotes around commas and line breaks."""
    rows = (
        "序号,任务,负责人,截止时间,状态",
        '1,"整理接口清单, 含字段说明",顾北辰,2026-05-22 18:00,进行中-已完成80%',
        '2,"补充测试数据\n(""边界值""也要)",,2026-05-25,未开始-待排期',
        "3,尽快回复客户邮件,江宁,,未开始-待确认",
        "4,发布周报,林晓岚,2026-05-22 17:00,已完成-已发出",
    )
    return "\r\n".join((*rows, "")).replace("\n(", "\r\n(").encode("gbk")


def contacts() -> bytes:
    """Tab-separated values in UTF-16 with a mark, as Excel saves Unicode text."""
    return "待办事项\t负责人\t完成时限\r\n确认场地\t唐可欣\t2026-05-23\r\n准备投影仪\t\t过几天\r\n".encode("utf-16")


def open_spreadsheet() -> bytes:
    """OpenDocument: the workbook as LibreOffice saves it."""
    return converted(workbook(), ".xlsx", "ods")


def legacy_workbook() -> bytes:
    """Excel 97-2003, as LibreOffice writes it: what is told of and not read. No sample: kept beside the tests that need it."""
    return converted(tasks().decode("gbk").encode("utf-8"), ".csv", "xls")


def disguised_workbook() -> bytes:
    """What many systems export as .xls: a web page with a table."""
    page = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"><title>待办清单</title></head><body>
<table border="1"><tr><th>待办事项</th><th>负责人</th><th>完成时限</th></tr>
<tr><td>核对发票</td><td>何静宜</td><td>2026-05-26</td></tr>
<tr><td>归档合同</td><td></td><td>近期</td></tr></table></body></html>
"""
    return page.encode()


MAKERS: dict[str, Callable[[], bytes]] = {
    "问题跟踪.xlsx": workbook,
    "任务清单.csv": tasks,
    "会务待办.tsv": contacts,
    "问题跟踪.ods": open_spreadsheet,
    "系统导出待办清单.xls": disguised_workbook,
    **chat_exports.MAKERS,
    **mailboxes.MAKERS,
    **outlook_items.MAKERS,
    **archives.MAKERS,
    **pages.MAKERS,
    **texts.MAKERS,
    **workspaces.MAKERS,
}


def main(names: list[str]) -> None:
    """Write the files of these names, all without any."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in names or MAKERS:
        try:
            content = MAKERS[name]()
            (FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
            (FOLDER / name).write_bytes(content)
        except FileNotFoundError as missing:
            sys.stderr.write(f"{name}: not written, {missing} is not installed\n")


if __name__ == "__main__":
    main(sys.argv[1:])
