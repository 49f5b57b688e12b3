"""Seeds of tables as text, and of what is called like a file of Excel 97 and is none."""

from __future__ import annotations

from tests.make_formats import contacts, disguised_workbook, tasks

_XML = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="任务"><Table><Row><Cell ss:MergeAcross="2"><Data ss:Type="String">任务清单</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">任务</Data></Cell><Cell><Data ss:Type="String">负责人</Data></Cell><Cell ss:Index="3"><Data ss:Type="String">完成时限</Data></Cell></Row>
<Row ss:Hidden="1"><Cell><Data ss:Type="String">归档</Data><Comment ss:Author="a"><ss:Data>请尽快</ss:Data></Comment></Cell><Cell ss:Index="3"><Data ss:Type="DateTime">2026-05-21T00:00:00.000</Data></Cell></Row>
</Table></Worksheet></Workbook>
""".encode()

SEEDS: tuple[tuple[str, bytes], ...] = (
    ("任务清单.csv", tasks()),
    ("会务待办.tsv", contacts()),
    ("excel.csv", 'sep=;\r\n任务;负责人\r\n"a;""b""\r\nc";张三\r\n'.encode()),
    ("系统导出.xls", disguised_workbook()),
    ("xml.xls", _XML),
    ("文本.xls", tasks()),
)
