"""A text file as a record: head, body, blocks and tables, positions those of the file."""

from __future__ import annotations

from collections.abc import Iterable

from commlint.model.environment import Environment
from commlint.model.reading.blocks import layout
from commlint.model.reading.declared import declared_kind
from commlint.model.reading.filetext import FileText
from commlint.model.reading.front_matter import Head, head_of
from commlint.model.record import Attachment, Block, BlockKind, Conversation, Kind, Part, Record
from commlint.model.source import Source
from commlint.model.span import Span


def read_text(source: Source, environment: Environment, *, markdown: bool) -> Record:
    """The record in a text file. Raises RecordError when it is empty, no text, or says an unknown kind."""
    return record_of_text(FileText.read(source.content), source, environment, markdown=markdown)


def record_of_text(file: FileText, source: Source, environment: Environment, *, markdown: bool) -> Record:
    """The record that a decoded file is."""
    head = head_of(file.text)
    otherwise = Kind.EMAIL if head.where("from") and head.where("to") and head.where("subject") else Kind.DOCUMENT
    kind, evidence = declared_kind(source, head.get("kind"), otherwise=otherwise)
    return Record(
        uri=source.uri,
        kind=kind,
        evidence=evidence,
        parts=tuple(_parts(file, head, markdown=markdown)),
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


def _parts(file: FileText, head: Head, *, markdown: bool) -> Iterable[Part]:
    """The subject where the head has one, the body, and the head itself."""
    subject = head.where("subject")
    if subject is not None:
        yield file.part("subject", subject)
    found = layout(file.text[head.span.end :], markdown=markdown)
    yield file.part("body", Span(head.span.end, len(file.text)), found.blocks, found.grids)
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
