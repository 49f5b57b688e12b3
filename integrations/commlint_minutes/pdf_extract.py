"""What stands on the pages of a PDF, as PDFium sees it: characters with their boxes, ruling lines, pictures, embedded files.

Run as a program of its own by `pdf_child` (PDF in, one JSON object a line out): what a hostile file does to a library in C ends
with that program. PDFium was chosen over pdfminer.six and pdfplumber (30 times slower, pure Python without bounds on time, maps
of characters that were once read as pickles) and over pypdf (no boxes of characters, so neither tables nor columns): it opens
what browsers open, knows the character maps of Chinese fonts, and is fuzzed by its makers without pause.
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdfium2_raw as pdfium

_PASSWORD = (4, 5)  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
_SHOWN = {0xF0B7: "\u2022", 0xF06C: "\u25cf", 0xF06E: "\u25a0", 0xF0A7: "\u25aa", 0xF0A8: "\u25a1", 0xF06F: "\u25a1", 0xF0FC: "\u221a", 0xF0FE: "\u2611", 0xF0D8: "\u27a2", 0xF0B2: "\u2751"}  # of symbol fonts
_RULINGS = 20_000  # segments on one page: more is a drawing
_CROWDED = 100_000  # characters of one page: more is none that anybody could read
_DEPTH = 5  # forms in forms
_THIN = 4.0  # points: a filled bar no thicker is a line
_META = {"title": "Title", "author": "Author", "created": "CreationDate", "modified": "ModDate", "producer": "Producer"}


def main() -> None:
    """Read a PDF from standard input; the arguments are the limits: pages, characters, bytes of embedded files, bytes of memory."""
    pages, characters, embedded, memory = map(int, sys.argv[1:5])
    _bounded(memory)
    for found in extracted(sys.stdin.buffer.read(), pages=pages, characters=characters, embedded=embedded):
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


def _bounded(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's clock bounds it
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def extracted(content: bytes, *, pages: int, characters: int, embedded: int) -> Iterator[dict[str, Any]]:
    """``{"error": …}`` alone, or the document, then its embedded files, then its pages, then ``{"end": …}`` with what was left out."""
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
    if not document:
        yield {"error": "encrypted" if pdfium.FPDF_GetLastError() in _PASSWORD else "damaged"}
        return
    count = pdfium.FPDF_GetPageCount(document)
    yield {"pages": count, "meta": {name: _meta(document, tag) for name, tag in _META.items()}}
    yield from _embedded(document, embedded)
    left = characters
    done = 0
    crowded = False
    for number in range(min(count, pages)):
        if left <= 0:
            break
        page = _page(document, number, min(left, _CROWDED))
        crowded = crowded or len(page["text"]) >= _CROWDED
        left -= len(page["text"])
        done += 1
        yield page
    yield {"end": "pages" if done == pages < count else "characters" if done < count or left <= 0 else "crowded" if crowded else ""}


def _meta(document: Any, tag: str) -> str:
    size = pdfium.FPDF_GetMetaText(document, tag.encode(), None, 0)
    if not 2 < size <= 2_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document, tag.encode(), buffer, size)
    return _wide(buffer)


def _wide(buffer: Any) -> str:
    text = str(buffer.raw.decode("utf-16-le", "replace").rstrip("\0"))
    if text.startswith("\xfe\xff") and max(text) <= "\xff":  # encoded once more than it should be, as some programs write names
        return text[2:].encode("latin-1").decode("utf-16-be", "replace")
    return text


def _embedded(document: Any, most: int) -> Iterator[dict[str, Any]]:
    import base64

    for number in range(min(pdfium.FPDFDoc_GetAttachmentCount(document), 1_000)):
        attachment = pdfium.FPDFDoc_GetAttachment(document, number)
        size = pdfium.FPDFAttachment_GetName(attachment, None, 0)
        name = ctypes.create_string_buffer(max(2, min(size, 2_000)))
        pdfium.FPDFAttachment_GetName(attachment, ctypes.cast(name, ctypes.POINTER(pdfium.FPDF_WCHAR)), len(name))
        length = ctypes.c_ulong()
        known = pdfium.FPDFAttachment_GetFile(attachment, None, 0, length)
        if not known or length.value > most:
            yield {"file": _wide(name), "size": length.value if known else None}
            continue
        most -= length.value
        content = ctypes.create_string_buffer(max(1, length.value))
        read = pdfium.FPDFAttachment_GetFile(attachment, content, length.value, length)
        data = content.raw[: length.value] if read else b""
        yield {"file": _wide(name), "size": len(data), "content": base64.b64encode(data).decode()}


def _page(document: Any, number: int, most: int) -> dict[str, Any]:
    page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        return {**_NOTHING, "damaged": True}
    try:
        page = _flat(document, number, page)
        return _read(page, most)
    finally:
        pdfium.FPDF_ClosePage(page)


_NOTHING: dict[str, Any] = {"width": 0, "height": 0, "text": "", "boxes": [], "rulings": [], "pictures": 0, "unmapped": 0, "tilted": 0}


def _flat(document: Any, number: int, page: Any) -> Any:
    """The page with what was filled into its form printed on it."""
    filled = False
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), 2_000)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        filled = filled or pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_WIDGET
        pdfium.FPDFPage_CloseAnnot(annotation)
    if not filled or pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
        return page
    again = pdfium.FPDF_LoadPage(document, number)
    if not again:
        return page
    pdfium.FPDF_ClosePage(page)
    return again


def _read(page: Any, most: int) -> dict[str, Any]:
    sheet = _Sheet(page)
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return {**_NOTHING, "damaged": True}
    try:
        found = _characters(text_page, sheet, most)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    walk = _Walk(sheet)
    walk.objects(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, _IDENTITY, 0)
    return {**found, "width": sheet.box(0, 0, sheet.across, sheet.down)[2], "height": sheet.box(0, 0, sheet.across, sheet.down)[3], "rulings": walk.rulings, "pictures": round(walk.pictures, 2)}


class _Sheet:
    """Page coordinates to those of the sheet as it is looked at: from the top left corner, in hundredths of a point."""

    def __init__(self, page: Any) -> None:
        self.turn = pdfium.FPDFPage_GetRotation(page)
        bounds = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, bounds)
        self.left, self.bottom = bounds.left, bounds.bottom
        self.wide, self.high = max(1.0, bounds.right - bounds.left), max(1.0, bounds.top - bounds.bottom)
        self.across, self.down = (self.high, self.wide) if self.turn % 2 else (self.wide, self.high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page is seen."""
        x, y = x - self.left, y - self.bottom
        return ((x, self.high - y), (y, x), (self.wide - x, y), (self.high - y, self.wide - x))[self.turn % 4]

    def box(self, left: float, top: float, right: float, bottom: float) -> tuple[int, int, int, int]:
        """Whole numbers, the smaller ones first; what lies nowhere is far out."""
        scaled = [round(100 * value) if abs(value) < 1e6 else -10_000_000 for value in (left, top, right, bottom)]
        return min(scaled[0], scaled[2]), min(scaled[1], scaled[3]), max(scaled[0], scaled[2]), max(scaled[1], scaled[3])

    def seen(self, x0: float, y0: float, x1: float, y1: float) -> tuple[int, int, int, int]:
        """The box of two corners on the page."""
        return self.box(*self.point(x0, y0), *self.point(x1, y1))


def _characters(text_page: Any, sheet: _Sheet, most: int) -> dict[str, Any]:
    text: list[str] = []
    boxes: list[int] = []
    unmapped = tilted = 0
    rectangle = pdfium.FS_RECTF()
    for index in range(min(max(0, pdfium.FPDFText_CountChars(text_page)), most)):
        if pdfium.FPDFText_IsGenerated(text_page, index) == 1:
            continue  # blanks and breaks are told by the boxes
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if pdfium.FPDFText_HasUnicodeMapError(text_page, index) == 1 or code in (0, 0xFFFD, 0xFFFE, 0xFFFF):
            unmapped += 1
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text_page, index, rectangle):
            continue
        box = sheet.seen(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        if box[2] < 0 or box[3] < 0 or box[0] > 100 * sheet.across or box[1] > 100 * sheet.down:
            continue  # off the sheet
        if _tilted(pdfium.FPDFText_GetCharAngle(text_page, index), sheet.turn):
            tilted += 1
            continue
        text.append(_shown(code))
        boxes += box
    return {"text": _paired(text, boxes), "boxes": boxes, "unmapped": unmapped, "tilted": tilted}


def _tilted(angle: float, turn: int) -> bool:
    """Whether a character stands askew, as watermarks do; upright ones and those of a page printed sideways do not."""
    import math

    quarters = angle / (math.pi / 2)
    return abs(quarters - round(quarters)) > 0.05 if angle >= 0 else False


def _shown(code: int) -> str:
    return _SHOWN.get(code) or (chr(code) if code <= 0x10FFFF else "\ufffd")


def _paired(text: list[str], boxes: list[int]) -> str:
    """The characters as one text: halves of a surrogate pair are put together, and the box of the first is the box of both."""
    if not any("\ud800" <= character <= "\udfff" for character in text):
        return "".join(text)
    out: list[str] = []
    kept: list[int] = []
    for index, character in enumerate(text):
        if "\udc00" <= character <= "\udfff" and out and "\ud800" <= out[-1] <= "\udbff":
            out[-1] = (out[-1] + character).encode("utf-16", "surrogatepass").decode("utf-16")
            continue
        out.append(character)
        kept += boxes[4 * index : 4 * index + 4]
    boxes[:] = kept
    return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in out)


_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1, 0, 0, 1, 0, 0)


class _Walk:
    """A walk over the objects of a page: its lines that run level or upright, and how much of it pictures cover."""

    def __init__(self, sheet: _Sheet) -> None:
        self.sheet = sheet
        self.rulings: list[tuple[int, int, int, int]] = []
        self.pictures = 0.0
        self.visited = 0

    def objects(self, holder: Any, count: Any, get: Any, matrix: _Matrix, depth: int) -> None:
        for index in range(max(0, count(holder))):
            self.visited += 1
            if self.visited > _RULINGS:
                self.rulings.clear()
                return
            thing = get(holder, index)
            kind = pdfium.FPDFPageObj_GetType(thing)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(thing, _times(_matrix(thing), matrix))
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._picture(_times(_matrix(thing), matrix))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
                self.objects(thing, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, _times(_matrix(thing), matrix), depth + 1)

    def _picture(self, matrix: _Matrix) -> None:
        left, top, right, bottom = self.sheet.seen(*_moved(0, 0, matrix), *_moved(1, 1, matrix))
        self.pictures += (right - left) * (bottom - top) / (10_000 * self.sheet.across * self.sheet.down)

    def _path(self, path: Any, matrix: _Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if not pdfium.FPDFPath_GetDrawMode(path, fill, stroke):
            return
        points = list(self._points(path, matrix))
        if stroke.value:
            for before, after in pairwise(points):
                if after[2]:
                    self._ruled(self.sheet.box(*before[:2], *after[:2]))
        elif fill.value and points:
            xs, ys = [point[0] for point in points], [point[1] for point in points]
            if len(points) <= 6 and min(max(xs) - min(xs), max(ys) - min(ys)) <= _THIN:
                self._ruled(self.sheet.box(min(xs), min(ys), max(xs), max(ys)))

    def _points(self, path: Any, matrix: _Matrix) -> Iterator[tuple[float, float, bool]]:
        """Corners as seen, and whether a line leads there."""
        x, y = ctypes.c_float(), ctypes.c_float()
        first = (0.0, 0.0)
        for index in range(max(0, pdfium.FPDFPath_CountSegments(path))):
            self.visited += 1
            if self.visited > _RULINGS:
                return
            segment = pdfium.FPDFPath_GetPathSegment(path, index)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = self.sheet.point(*_moved(x.value, y.value, matrix))
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                first = point
            yield *point, kind == pdfium.FPDF_SEGMENT_LINETO
            if pdfium.FPDFPathSegment_GetClose(segment):
                yield *first, True

    def _ruled(self, box: tuple[int, int, int, int]) -> None:
        wide, high = box[2] - box[0], box[3] - box[1]
        if min(wide, high) <= 100 * _THIN < max(wide, high) and len(self.rulings) < _RULINGS:
            self.rulings.append(box)


def _matrix(thing: Any) -> _Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, found):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(one: _Matrix, two: _Matrix) -> _Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _moved(x: float, y: float, matrix: _Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


if __name__ == "__main__":
    main()
