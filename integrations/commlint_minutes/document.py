"""A text file as a record: head, body, blocks and tables, positions those of the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from attrs import evolve

from commlint.errors import RecordError
from commlint.model.environment import Environment
from commlint.model.protocols import Item
from commlint.model.reading.blocks import Layout, layout
from commlint.model.reading.declared import declared_kind
from commlint.model.reading.filetext import FileText
from commlint.model.reading.front_matter import Head, head_of
from commlint.model.record import Attachment, Block, BlockKind, Conversation, Grid, Kind, Part, Record
from commlint.model.source import Source
from commlint.model.sourcemap import Run, SourceMap
from commlint.model.span import Span


def read_text(source: Source, environment: Environment, *, markdown: bool) -> Iterator[Item]:
    """The record in a text file, then what lies behind a limit. Raises RecordError when it is empty, no text, or says an unknown kind."""
    file = FileText.read(source.content)
    head = head_of(file.text)
    found = layout(file.text[head.span.end :], markdown=markdown, cells=environment.limits.cells)
    yield _record(file, head, found, source, environment)
    if found.cells_left_out:
        yield _too_many_cells(environment.limits.cells)


def _record(file: FileText, head: Head, found: Layout, source: Source, environment: Environment) -> Record:
    otherwise = Kind.EMAIL if head.where("from") and head.where("to") and head.where("subject") else Kind.DOCUMENT
    kind, evidence = declared_kind(source, head.get("kind"), otherwise=otherwise)
    return Record(
        uri=source.uri,
        kind=kind,
        evidence=evidence,
        parts=tuple(_parts(file, head, found)),
        headers=tuple((name, value) for name, value in head.meta if name in ("subject", "from", "to", "cc", "sent")),
        meta=head.meta,
        sent_at=head.sent(environment.tz),
        sender=next(iter(head.parties("from")), None),
        to=head.parties("to"),
        cc=head.parties("cc"),
        bcc=head.parties("bcc"),
        attachments=tuple(Attachment(name) for name in _names(head.get("attachments"))),
        conversation=_conversation(head),
    )


def _parts(file: FileText, head: Head, found: Layout) -> Iterable[Part]:
    """The subject where the head has one, the body, and the head itself."""
    subject = head.where("subject")
    if subject is not None:
        yield file.part("subject", subject)
    body = file.part("body", Span(head.span.end, len(file.text)), found.blocks, found.grids)
    yield _without(body, found.comments)
    if head.entries:
        yield file.part("front_matter", head.span, (Block(BlockKind.FRONT_MATTER, Span(0, len(head.span))),))


def _conversation(head: Head) -> Conversation:
    references = tuple((head.get("references") or "").split())
    return Conversation(
        id=head.get("id") or "",
        reply_to=head.get("reply_to") or "",
        references=references,
        thread=head.get("thread") or (references[0] if references else ""),
        case=head.get("case") or "",
        group=head.get("group") or "",
    )


def _names(written: str | None) -> Iterable[str]:
    for mark in "\uff0c\u3001\uff1b;":
        written = (written or "").replace(mark, ",")
    return (name.strip() for name in (written or "").split(",") if name.strip())


def _without(part: Part, comments: Sequence[Span]) -> Part:
    """`part` without stretches that readers of the page do not see; no block or cell lies in one."""
    if not comments:
        return part
    ends = [span.end for span in comments]
    starts = [span.start for span in comments]
    kept = [Span(start, end) for start, end in zip((0, *ends), (*starts, len(part.text)), strict=True) if start < end]
    gone = (0, *accumulate(map(len, comments)))

    def moved(span: Span) -> Span:
        return span.shift(-gone[bisect_right(ends, span.start)])

    lengths = (0, *accumulate(map(len, kept)))
    runs = tuple(Run(Span(at, at + len(span)), span) for at, span in zip(lengths, kept, strict=False))
    return evolve(
        part, text="".join(span.of(part.text) for span in kept), source_map=SourceMap(runs).compose(part.source_map),
        blocks=tuple(evolve(block, span=moved(block.span)) for block in part.blocks),
        grids=tuple(Grid(moved(grid.span), tuple(evolve(cell, span=moved(cell.span)) for cell in grid.cells)) for grid in part.grids),
    )


def _too_many_cells(most: int) -> RecordError:
    return RecordError(
        "table-limit", f"the tables have more than {most:,} cells; those behind were checked as text only", help="split the file, or raise limits.cells",
        zh=f"表格超过 {most:,} 格\uff0c其后的表格只按文字检查", zh_help="请拆分文件\uff0c或调高 limits.cells",
    )
