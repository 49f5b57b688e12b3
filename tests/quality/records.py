"""Documents of the sets as records, read the way `commlint check` reads a file."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from commlint.api import Linter
from commlint.entities.analysis import RecordAnalysis
from commlint.model.record import Kind, Record
from commlint.model.source import Source
from tests.quality.marked import Document

_KINDS = {"task_record": "task"}  # the norm language calls it otherwise
_MAIL = "From: a@example.com\nTo: b@example.com\nSubject: {subject}\n{date}MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body}"


def source(document: Document) -> Source:
    """The file that a document stands for: Markdown, plain text, or a mail in HTML. `head` is (id, suffix, kind, reference…)."""
    name, suffix, kind = document.head[0], document.head[1], _KINDS.get(document.head[2], document.head[2])
    sent = document.head[3] if len(document.head) > 3 and document.head[3] != "null" else ""
    if suffix == "htm":
        from email.utils import format_datetime

        date = f"Date: {format_datetime(_moment(sent))}\n" if sent else ""
        return Source(f"{name}.eml", _MAIL.format(subject=name, date=date, body=document.text).encode(), kind=kind)
    front = f"---\nsent: {sent.replace('T', ' ')}\n---\n" if sent and not document.text.startswith("---\n") else ""
    return Source(f"{name}.{suffix}", (front + document.text).encode(), kind=kind)


def analysed(linter: Linter, document: Document) -> tuple[RecordAnalysis, ...]:
    """The records of a document, ready to be asked."""
    getters = linter.plugins.table().getters()
    return tuple(RecordAnalysis(record, linter.environment, getters) for record in read(linter, document))


def read(linter: Linter, document: Document) -> tuple[Record, ...]:
    """The records of a document."""
    if document.head[2] == Kind.CHAT_MESSAGE:  # one message by itself, not an export of a chat
        moment = _moment(document.head[3]) if document.head[3:] and document.head[3] != "null" else None
        return (Record.from_text(document.text, kind=Kind.CHAT_MESSAGE, sent_at=moment),)
    return tuple(linter.records(source(document)))


def _moment(written: str) -> datetime:
    """In China's zone."""
    return datetime.fromisoformat(written).replace(tzinfo=timezone(timedelta(hours=8)))


def plain(written: str) -> str:
    """A stretch without the differences that do not count: blanks, line breaks, a mark at the end."""
    from commlint.text.fold import fold_string

    return "".join(fold_string(written.replace("\u23ce", " ")).split()).rstrip("。;.,").strip("*_`|[]【】\"'")
