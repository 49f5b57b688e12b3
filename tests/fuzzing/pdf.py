"""Seeds of .pdf: text in fonts that are not embedded, columns, tables over pages, forms, scans; streams as they are and packed."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader, PdfWriter

from tests.integrations.made_pages import drawn, flowing, lines, tabled
from tests.sample_sources.pages import scan

FEW = 20  # each is read by a program of its own


def _form(canvas: object) -> None:
    lines("负责人\uff1a", "Owner:")(canvas)
    canvas.acroForm.textfield(name="owner", value="Zhang San", x=150, y=775, width=150, height=20)  # type: ignore[attr-defined]  # reportlab is not typed
    canvas.acroForm.checkbox(name="done", checked=True, x=150, y=700)  # type: ignore[attr-defined]


def _written(content: bytes, *, encrypted: bool = False) -> bytes:
    """The same with a file inside, as another program writes it."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    writer.add_attachment("a.md", "请尽快。".encode())
    if encrypted:
        writer.encrypt("", "owner", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


_TEXTS = ["会议讨论了新品上线的时间安排\uff0c请各部门尽快提交材料。" * 4, "1\u3001第一项", "Please send the report. " * 8]
_ROWS = [["事项", "负责人"], *([f"事项{number}", "张三"] for number in range(30))]

SEEDS: tuple[tuple[str, bytes], ...] = (
    ("lines.pdf", drawn(lines("关于召开会议的通知", "请尽快提交。", "Page 1 of 2"), lines("第二页"), pageCompression=0)),
    ("columns.pdf", flowing(_TEXTS * 8, columns=2, header="示例公司", footer="第 %d 页", compressed=False)),
    ("table.pdf", tabled(_ROWS, repeat=1, spans=[((0, 2), (1, 2))], compressed=False)),
    ("packed.pdf", flowing(_TEXTS)),
    ("form.pdf", drawn(_form, pageCompression=0)),
    ("scan.pdf", scan(2)),
    ("files.pdf", _written(drawn(lines("见附件"), pageCompression=0))),
    ("locked.pdf", _written(drawn(lines("只读")), encrypted=True)),
)
