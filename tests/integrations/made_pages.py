"""PDF files made for tests with reportlab: text where it is said, fonts whose characters only a map of them tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, SimpleDocTemplate, Table

SONG = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(SONG))
WIDE, HIGH = A4
_STYLE = ParagraphStyle("body", fontName=SONG, fontSize=10.5, leading=16, wordWrap="CJK", firstLineIndent=21)
_CELL = ParagraphStyle("cell", fontName=SONG, fontSize=10.5, leading=14, wordWrap="CJK")


def drawn(*pages: Callable[[Any], object], **more: Any) -> bytes:
    """A PDF whose pages are drawn by functions of a canvas."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, **more)
    for page in pages:
        canvas.setFont(SONG, 12)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def lines(*texts: str, x: float = 70, top: float = 780, size: float = 12, step: float = 20) -> Callable[[Any], None]:
    """A page with lines of text."""

    def page(canvas: Any) -> None:
        canvas.setFont(SONG, size)
        for number, text in enumerate(texts):
            canvas.drawString(x, top - number * step, text)

    return page


def flowing(texts: Iterable[str], *, columns: int = 1, header: str = "", footer: str = "", compressed: bool = True) -> bytes:
    """Paragraphs that fill columns and pages; `footer` may hold ``%d`` for the number of the page."""
    out = BytesIO()
    wide = (WIDE - 120 - 30 * (columns - 1)) / columns
    frames = [Frame(60 + number * (wide + 30), 70, wide, HIGH - 150, leftPadding=0, rightPadding=0) for number in range(columns)]

    def edges(canvas: Any, _document: Any) -> None:
        canvas.setFont(SONG, 9)
        canvas.drawString(60, HIGH - 40, header)
        canvas.drawCentredString(WIDE / 2, 30, footer % canvas.getPageNumber() if "%d" in footer else footer)

    document = BaseDocTemplate(out, pagesize=A4, invariant=1, pageCompression=int(compressed))
    document.addPageTemplates(PageTemplate(frames=frames, onPage=edges))
    document.build([Paragraph(text, _STYLE) for text in texts])
    return out.getvalue()


def tabled(rows: Sequence[Sequence[str]], *, repeat: int = 0, spans: Sequence[tuple[tuple[int, int], tuple[int, int]]] = (), compressed: bool = True) -> bytes:
    """A table with ruling lines; (column, row) corners of `spans` are merged."""
    out = BytesIO()
    style: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)), ("VALIGN", (0, 0), (-1, -1), "TOP"), *(("SPAN", *span) for span in spans)]
    table = Table([[Paragraph(cell, _CELL) for cell in row] for row in rows], colWidths=[WIDE / (len(rows[0]) + 2)] * len(rows[0]), repeatRows=repeat, style=style)
    SimpleDocTemplate(out, pagesize=A4, invariant=1, pageCompression=int(compressed)).build([table])
    return out.getvalue()
