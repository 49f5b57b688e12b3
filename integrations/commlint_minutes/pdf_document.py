"""A PDF as a record: the view has the lines of every page as they are seen, the body joins them, and each character keeps its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import define

from commlint.errors import RecordError
from commlint.model.environment import Environment
from commlint.model.place import Place
from commlint.model.protocols import Item
from commlint.model.reading.declared import declared_kind
from commlint.model.record import Anchor, Attachment, Part, Record, View
from commlint.model.source import Source
from commlint.model.sourcemap import SourceMap
from commlint.model.values import Unknown
from commlint_minutes.pdf_body import Body
from commlint_minutes.pdf_child import extracted
from commlint_minutes.pdf_flow import Flow, flow
from commlint_minutes.pdf_pages import PdfPage, Row, page


@define
class _Found:
    """What was read of the file so far."""

    meta: list[tuple[str, str]]
    pages: list[PdfPage]
    files: list[tuple[str, int | None, bytes | None]]
    count: int = 0
    end: str = ""


def read_pdf(source: Source, environment: Environment) -> Iterator[Item]:
    """The record, the files embedded in it, and what lies behind a limit. Raises RecordError as `PdfReader.read` says."""
    found = _Found([], [], [])
    stopped = _filled(found, source, environment)
    told = flow(found.pages)
    body = Body(found.pages, told.pieces, environment.limits.cells)
    yield _record(source, found, body, told)
    for name, _, content in found.files:
        if content:
            yield source.member(name, content, alike=False)
    yield from _failures(found, body, environment)
    if stopped is not None:
        raise stopped


def _filled(found: _Found, source: Source, environment: Environment) -> RecordError | None:
    """Read into `found`; the error that ended it, where pages came before."""
    try:
        for each in extracted(source.content, environment.limits):
            _take(found, each)
    except RecordError as error:
        if not found.pages:
            raise
        return error
    return None


def _take(found: _Found, each: dict[str, object]) -> None:
    if "text" in each:
        found.pages.append(page(len(found.pages) + 1, each))
    elif "file" in each:
        from base64 import b64decode

        content, size = each.get("content"), each["size"]
        found.files.append((str(each["file"]), size if isinstance(size, int) else None, b64decode(content) if isinstance(content, str) else None))
    elif "pages" in each:
        meta, count = each["meta"], each["pages"]
        found.count = count if isinstance(count, int) else 0
        found.meta = [(name, value) for name, value in meta.items() if value] if isinstance(meta, dict) else []
    else:
        found.end = str(each.get("end", ""))


def _record(source: Source, found: _Found, body: Body, told: Flow) -> Record:
    scanned = [page.number for page in found.pages if page.scanned]
    part = body.part()
    text = part.text.strip()
    if not text and not scanned:
        raise _empty()
    kind, evidence = declared_kind(source, None)
    return Record(
        uri=source.uri,
        kind=kind,
        evidence=evidence,
        parts=(part, *_edges(told)),
        meta=(*_meta(found.meta, text), ("pages", str(found.count)), *((("tilted_characters", str(tilted)),) if (tilted := sum(page.tilted for page in found.pages)) else ())),
        attachments=tuple(Attachment(name, size) for name, size, _ in found.files),
        inline_suppressions=False,
        gap=Unknown("no-text-layer", f"p. {_ranges(scanned)}" if text else "") if scanned else None,
    )


def _meta(written: Iterable[tuple[str, str]], text: str) -> Iterator[tuple[str, str]]:
    """What the file says of itself. A title that stands nowhere in the text is a program's, or another document's: no title to go by."""
    seen = "".join(text[:5_000].split())
    for name, value in written:
        yield ("title" if "".join(value.split()) in seen else "file_title", value) if name == "title" else (name, value)


def _ranges(numbers: Sequence[int]) -> str:
    """``2, 5-7``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _edges(told: Flow) -> Iterator[Part]:
    """What is repeated at the top and the foot of pages, once."""
    for name, rows in (("header", told.header), ("footer", told.footer)):
        if rows:
            text = "".join(f"{row.text}\n" for _, row in rows)
            yield Part(name, text, View(text, name, anchors=tuple(_anchors(rows)), counted_anew=True), SourceMap.identity(len(text)))


def _anchors(rows: Sequence[tuple[int, Row]]) -> Iterator[Anchor]:
    """Each line by the page it is first seen on."""
    start = 0
    for number, row in rows:
        yield Anchor(start, Place("page", page=number))
        start += len(row.text) + 1


def _failures(found: _Found, body: Body, environment: Environment) -> Iterator[RecordError]:
    """What was not read."""
    limits = environment.limits
    if found.end == "pages":
        yield _cut(f"the document has {found.count:,} pages; the first {limits.pages:,} were checked", "limits.pages", f"文档共 {found.count:,} 页\uff0c只检查了前 {limits.pages:,} 页")
    elif found.end == "characters":
        yield _cut(f"the document has more than {limits.characters:,} characters; the rest was not checked", "limits.characters", f"文档超过 {limits.characters:,} 字\uff0c其余未检查")
    elif found.end == "crowded":
        yield _cut("a page has more characters than anybody could read; the rest of it was not checked", "limits.characters", "有一页的字数多到无法阅读\uff0c该页其余部分未检查")
    damaged = _ranges([page.number for page in found.pages if page.damaged])
    if damaged:
        yield RecordError(
            "damaged-file", f"pages that cannot be read: {damaged}", help="open the PDF, export it again", zh=f"无法读取的页\uff1a{damaged}", zh_help="请打开此 PDF 后重新导出",
        )
    if body.cut:
        yield RecordError(
            "table-limit", f"the tables have more than {limits.cells:,} cells; those behind were checked as text only", help="split the document, or raise limits.cells",
            zh=f"表格超过 {limits.cells:,} 格\uff0c其后的表格只按文字检查", zh_help="请拆分文档\uff0c或调高 limits.cells",
        )


def _cut(en: str, limit: str, zh: str) -> RecordError:
    return RecordError("page-limit", en, help=f"split the document, or raise {limit}", zh=zh, zh_help=f"请拆分文档\uff0c或调高 {limit}")


def _empty() -> RecordError:
    return RecordError(
        "empty-record", "nothing is written in the PDF", help="export the record again, or exclude the path in the configuration",
        zh="此 PDF 里没有内容", zh_help="请重新导出\uff0c或在配置中排除该路径",
    )
