"""Seeds of spreadsheets: what openpyxl and LibreOffice write, and the parts that few files have."""

from __future__ import annotations

from tests.integrations.workbooks import worksheet
from tests.make_formats import FOLDER, workbook

_RICH = (
    '<sheetPr/><cols><col min="2" max="3" hidden="1"/></cols><sheetData><row r="1" hidden="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><r><t>负责</t></r><r><t>人</t></r></is></c></row>'
    '<row r="2"><c r="A2" t="str"><f>A1</f><v>请尽快</v></c><c r="B2" s="1"><v>46163.5</v></c><c r="C2" t="e"><v>#REF!</v></c><c r="D2" t="b"><v>1</v></c><c r="E2" t="d"><v>2026-05-21T09:30:00</v></c><c r="F2"><f>1+1</f></c></row></sheetData>'
    '<mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells><hyperlinks><hyperlink ref="A1" r:id="r1"/></hyperlinks>'
)

SEEDS: tuple[tuple[str, bytes], ...] = (
    ("问题跟踪.xlsx", workbook()),
    ("parts.xlsx", worksheet(_RICH, strings=("任务",), formats=("General", 'yyyy"年"m"月"d"日" h:mm'), packed=False)),
    ("问题跟踪.ods", (FOLDER / "问题跟踪.ods").read_bytes()),
)
FEW = 60
