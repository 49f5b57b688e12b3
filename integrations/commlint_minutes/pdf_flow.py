"""Pages become one text: headers, footers and page numbers told apart, wrapped lines joined, headings told by their size."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

from attrs import define, frozen

from commlint_minutes.pdf_pages import PdfPage, Row, Table, is_number

_LARGER = 1.15  # times the usual size: a heading
_HEADING = 60  # characters of a heading
_HEADING_LINES = 3
_LEVELS = 6
_DIGITS = re.compile(r"\d+")
_MARKED = re.compile(  # how a paragraph of its own begins, wherever it stands
    r"[-*+\u2022\u00b7\u25cf\u25aa\u25a0\u25a1\u25c6\u27a2\u2610\u2611]|\d{1,3}(?:\.\d{1,3}){0,4}[.)\u3001\uff0e\uff09](?!\d)|[(\uff08][\d一二三四五六七八九十]{1,3}[)\uff09]|[一二三四五六七八九十]{1,3}[\u3001.\uff0e]|第[一二三四五六七八九十\d]{1,4}[章节部分条款]|[\u2460-\u2473]"
)
_LABELLED = re.compile(r"[\w\u3400-\u9fff]{2,8}[:\uff1a]")  # how a field of a form begins
_ENDED = tuple("\u3002\uff01\uff1f\uff1b!?;:\uff1a.")


@frozen
class Paragraph:
    """Rows that are one paragraph, each with the page it stands on; `level` is that of a heading, 0 for none."""

    rows: tuple[tuple[int, Row], ...]
    level: int = 0


Piece = Paragraph | tuple[int, Table]


@frozen
class Flow:
    """The body in order, what is repeated at the top and the foot, and the rows that stand in no body (by identity)."""

    pieces: tuple[Piece, ...]
    header: tuple[tuple[int, Row], ...]
    footer: tuple[tuple[int, Row], ...]
    left_out: frozenset[int]


def flow(pages: Sequence[PdfPage]) -> Flow:
    """The text of a document."""
    repeated = _repeated(pages)
    out = frozenset(id(row) for page in pages for row in page.rows if is_number(row) or (row.edge and _key(row, page) in repeated))
    first: dict[tuple[str, int], tuple[int, Row]] = {}
    for page in pages:
        for row in page.rows:
            if id(row) in out and not is_number(row):
                first.setdefault(_key(row, page), (page.number, row))
    header = tuple(found for (_, zone), found in first.items() if zone == 0)
    footer = tuple(found for (_, zone), found in first.items() if zone == 1)
    pieces = tuple(_levelled(_paragraphs(_columns(pages, out)), pages))
    return Flow(pieces, header, footer, out)


def _key(row: Row, page: PdfPage) -> tuple[str, int]:
    return _DIGITS.sub("0", "".join(row.text.split())), int(row.top * 2 > page.height)


def _repeated(pages: Sequence[PdfPage]) -> frozenset[tuple[str, int]]:
    """What stands at the edge of at least half of the pages, and of two."""
    written = [page for page in pages if page.content]
    counts = Counter(key for page in written for key in {_key(row, page) for row in page.rows if row.edge})
    return frozenset(key for key, count in counts.items() if count >= 2 and count * 2 >= len(written))


_Placed = tuple[int, Row, int, int] | tuple[int, Table]  # a row with its page and the edges of its column; or a table


def _columns(pages: Sequence[PdfPage], out: frozenset[int]) -> Iterator[_Placed]:
    """The body, each row with the edges of the column that it stands in."""
    runs = [(page, _runs(page.content, out)) for page in pages]
    full = _margin([row for _, found in runs for run, alone in found if alone and not isinstance(run, Table) for row in run])
    for page, found in runs:
        for run, alone in found:
            if isinstance(run, Table):
                yield page.number, run
                continue
            left, right = min(row.lines[0].x0 for row in run), max(row.lines[-1].x1 for row in run)
            if alone:
                right = max(right, full if full > 0.6 * page.width else page.width - left)
            usual = _usual_left(run)
            yield from ((page.number, row, usual, right) for row in run)


def _usual_left(run: Sequence[Row]) -> int:
    """Where most lines begin: headings may stand out to the left, first lines and lists in to the right."""
    starts = Counter(round(row.lines[0].x0 / 100) for row in run)
    return 100 * starts.most_common(1)[0][0]


def _margin(rows: Sequence[Row]) -> int:
    """Where full lines end: the furthest place where several do; 0 where no lines are full."""
    ends = sorted((row.lines[-1].x1 for row in rows), reverse=True)
    near = 0.5 * median(row.lines[0].size for row in rows) if rows else 0
    return next((end for end, third in zip(ends, ends[2:], strict=False) if end - third <= near), 0)


def _runs(content: Iterable[Row | Table], out: frozenset[int]) -> list[tuple[list[Row] | Table, bool]]:
    """Tables, and the rows between them that are of one column; whether each has no column beside it."""
    runs: list[tuple[list[Row] | Table, bool]] = []
    run: list[Row] = []
    for each in content:
        if isinstance(each, Row) and id(each) in out:
            continue
        if run and (isinstance(each, Table) or each.column != run[-1].column):
            runs.append((run, not run[-1].column))
            run = []
        if isinstance(each, Table):
            runs.append((each, True))
        else:
            run.append(each)
    return [*runs, (run, not run[-1].column)] if run else runs


@define
class _Open:
    """The paragraph at hand."""

    rows: list[tuple[int, Row]]
    left: int
    right: int


def _paragraphs(columns: Iterable[_Placed]) -> Iterator[Piece]:
    found = list(columns)
    pitch = _pitch(found)
    at: _Open | None = None
    for each in found:
        if len(each) == 2:
            yield from _closed(at)
            at = None
            yield each
            continue
        number, row, left, right = each
        if at is not None and _goes_on(at, number, row, left, pitch):
            at.rows.append((number, row))
            at.left, at.right = left, right
        else:
            yield from _closed(at)
            at = _Open([(number, row)], left, right)
    yield from _closed(at)


def _closed(at: _Open | None) -> Iterator[Paragraph]:
    if at is not None:
        yield Paragraph(tuple(at.rows))


def _pitch(found: Sequence[_Placed]) -> float:
    """From the top of one line to that of the next, as a rule, in sizes of the type."""
    rows = [(each[0], each[1]) for each in found if len(each) == 4]
    steps = [(row.top - before.top) / size for (page, before), (number, row) in pairwise(rows) if page == number and (size := row.lines[0].size) > 0 and row.top > before.top]
    return median(step for step in steps if step < 4) if any(step < 4 for step in steps) else 1.5


def _goes_on(at: _Open, number: int, row: Row, left: int, pitch: float) -> bool:
    """Whether a row goes on with the paragraph: the line before was full, and nothing says that another begins."""
    page, before = at.rows[-1]
    size = before.lines[0].size
    if len(row.lines) > 1 or len(before.lines) > 1 or abs(row.lines[0].size - size) > 0.12 * size or begins_anew(row.text):
        return False
    if before.text.endswith(_ENDED) and _LABELLED.match(row.text):
        return False
    if before.lines[0].x1 + room(row.text) * size < at.right - 0.3 * size:
        return False
    indent = row.lines[0].x0 - (at.rows[0][1].lines[0].x0 if begins_anew(at.rows[0][1].text) and page == number else left)
    if page != number or row.top < before.top:  # the next page or column
        return row.lines[0].x0 - left < 1.2 * size and not before.text.endswith(_ENDED)
    return row.top - before.top < 1.25 * pitch * size + 0.3 * size and indent < (4 if begins_anew(at.rows[0][1].text) else 1.2) * size


def begins_anew(text: str) -> bool:
    """Whether a row begins as a list item or a numbered heading does."""
    return _MARKED.match(text) is not None


def room(text: str) -> float:
    """The room that what begins a line needs at the end of the line before, in sizes of the type; two characters where marks must not begin a line."""
    word = re.match(r"[!-~]{1,40}", text)
    return 0.6 * len(word.group()) + 0.3 if word else 2.2


def _levelled(pieces: Iterable[Piece], pages: Sequence[PdfPage]) -> Iterator[Piece]:
    """Paragraphs with the level of a heading where their type is larger than usual."""
    found = list(pieces)
    usual = _usual(pages)
    sizes = {id(piece): _size(piece) for piece in found if isinstance(piece, Paragraph) and _short(piece)}
    levels = _levels(size for size in sizes.values() if size > _LARGER * usual)
    for piece in found:
        size = sizes.get(id(piece), 0.0)
        heading = isinstance(piece, Paragraph) and size > _LARGER * usual
        yield Paragraph(piece.rows, min(_LEVELS, levels[round(size / 100)])) if heading else piece  # type: ignore[union-attr]  # a table is no heading


def _short(piece: Paragraph) -> bool:
    return len(piece.rows) <= _HEADING_LINES and sum(len(row.text) for _, row in piece.rows) <= _HEADING and all(len(row.lines) == 1 for _, row in piece.rows)


def _size(piece: Paragraph) -> float:
    return median(row.lines[0].size for _, row in piece.rows)


def _usual(pages: Sequence[PdfPage]) -> float:
    """The size that most characters have."""
    counts: Counter[int] = Counter()
    for page in pages:
        for each in page.content:
            for row in (each,) if isinstance(each, Row) else (row for _, rows in each.cells for row in rows):
                for line in row.lines:
                    counts[round(line.size / 50)] += len(line.text)
    return 50.0 * counts.most_common(1)[0][0] if counts else 0.0


def _levels(sizes: Iterable[float]) -> Mapping[int, int]:
    """The largest is the first level; sizes a point apart are one."""
    level, last = 0, 0
    found: dict[int, int] = {}
    for size in sorted({round(size / 100) for size in sizes}, reverse=True):
        if not found or last - size > 1:
            level, last = level + 1, size
        found[size] = level
    return found
