"""A web page as a record: what is seen of it, in lines and columns of the file."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from commlint.errors import RecordError
from commlint.model.environment import Environment
from commlint.model.protocols import Item
from commlint.model.reading.blocks import layout
from commlint.model.reading.charset import of_file, of_label
from commlint.model.reading.declared import declared_kind
from commlint.model.reading.filetext import FileText
from commlint.model.reading.html import Page, seen
from commlint.model.record import Block, BlockKind, Part, Record
from commlint.model.source import Source

_HEAD = 4_096  # bytes in which a page says its charset
_CHARSET = re.compile(rb"""<meta\b[^>]{0,300}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w:.-]{1,40})|\A\s{0,99}<\?xml\b[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w:.-]{1,40})""", re.IGNORECASE)
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MARKED = re.compile(rb"[\s\0]*<")
_UNNAMED = frozenset(["document", "untitled", "untitled document", "new page", "无标题", "无标题文档", "新建网页", "index", "home"])  # what programs call pages
_TYPED = (BlockKind.HEADING, BlockKind.LIST_ITEM)


def read_page(source: Source, environment: Environment) -> Iterator[Item]:
    """The record, then what lies behind a limit. Raises RecordError as `PageReader.read` says."""
    content, label = source.content, ""
    if not _MARKED.match(content) and re.match(rb"(?:[\w-]{1,60}:[^\n]{0,998}\r?\n){2}", content):
        from commlint_minutes.webarchive import page_in

        content, label = page_in(content)
    file = FileText.of(_decoded(content, label))
    page = seen(file.text, limit=environment.limits.html, cells=environment.limits.cells)
    if not page.text.strip():
        raise _empty()
    yield _record(source, file, page)
    yield from _left_out(page, environment)


def _record(source: Source, file: FileText, page: Page) -> Record:
    kind, evidence = declared_kind(source, None)
    meta = [("title", page.title)] if page.title and page.title.lower() not in _UNNAMED else []
    if page.hidden:
        meta.append(("hidden_characters", str(page.hidden)))
    part = Part("body", page.text, file.view, page.source_map.compose(file.lines), tuple(_blocks(page)), page.grids)
    return Record(source.uri, kind, (part,), evidence=evidence, meta=tuple(meta))


def _blocks(page: Page) -> Iterator[Block]:
    """Those of the page; a paragraph that is typed as a heading or item is one."""
    for block in page.blocks:
        typed = layout(block.span.of(page.text)).blocks if block.kind is BlockKind.PARAGRAPH and len(block.span) < 1_000 else ()
        if len(typed) == 1 and typed[0].kind in _TYPED:
            yield Block(typed[0].kind, typed[0].span.shift(block.span.start), typed[0].level)
        else:
            yield block


def _decoded(content: bytes, label: str) -> str:
    """By its mark, else by what it says (a server's word before its own), else by its bytes. Raises RecordError: undecodable, binary-content."""
    said = _CHARSET.search(content, 0, _HEAD)
    declared = label or (b"".join(filter(None, said.groups())).decode("ascii") if said else "")
    if content.startswith(_BOMS) or not declared or b"\0" in content[:_HEAD]:
        return of_file(content).text
    text = of_label(content, declared).text
    return of_file(content).text if "\0" in text else text


def _left_out(page: Page, environment: Environment) -> Iterator[RecordError]:
    limits = environment.limits
    if page.cut:
        yield RecordError(
            "too-large", f"the page has more than {limits.html:,} characters; the rest was not checked", help="split the page, or raise limits.html",
            zh=f"网页超过 {limits.html:,} 字\uff0c其余未检查", zh_help="请拆分网页\uff0c或调高 limits.html",
        )
    if page.cells_left_out:
        yield RecordError(
            "table-limit", f"the tables have more than {limits.cells:,} cells; those behind were checked as text only", help="split the page, or raise limits.cells",
            zh=f"表格超过 {limits.cells:,} 格\uff0c其后的单元格只按文字检查", zh_help="请拆分网页\uff0c或调高 limits.cells",
        )


def _empty() -> RecordError:
    return RecordError(
        "empty-record", "nothing is seen on the page", help="export the record again (pages that a program fills in the browser hold no text), or exclude the path",
        zh="网页中没有可见的文字", zh_help="请重新导出\uff08由浏览器程序生成内容的网页本身没有文字\uff09\uff0c或在配置中排除该路径",
    )
