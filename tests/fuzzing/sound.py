"""What must hold of whatever comes out of a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commlint.engine.opening import Unread
from commlint.errors import RecordError
from commlint.model.record import Kind, Part, Record
from commlint.model.span import Span

_BLANK = re.compile(r"\s")


def breaches(found: Record | Unread) -> Iterator[str]:
    """What is wrong with a record, or with the way something was refused."""
    yield from _of_record(found) if isinstance(found, Record) else _of_error(found.error)


def _of_error(error: Exception) -> Iterator[str]:
    if not isinstance(error, RecordError):
        yield f"raised {type(error).__name__}: {error}"
        return
    if not error.slug or not all((*error.said("zh"), *error.said("en"))):
        yield f"{error.slug or 'an error'} does not say what is wrong and what to do in both languages: {error}"


def _of_record(record: Record) -> Iterator[str]:
    if not isinstance(record.kind, Kind) or not record.uri:
        yield f"a record of kind {record.kind!r} at {record.uri!r}"
    if record.sent_at is not None and record.sent_at.utcoffset() is None:
        yield "sent_at has no zone"
    for attachment in record.attachments:
        if attachment.part is not None and not (0 <= attachment.part < len(record.parts) and _inside(attachment.span, record.parts[attachment.part].text)):
            yield f"attachment {attachment.name!r} stands outside its part"
    for pair in (*record.meta, *record.headers):
        if not all(isinstance(text, str) for text in pair):
            yield f"{pair!r} is not two strings"
    for part in record.parts:
        yield from (f"part {part.name!r}: {what}" for what in _of_part(part))


def _inside(span: Span | None, text: str) -> bool:
    return span is None or 0 <= span.start <= span.end <= len(text)


def _of_part(part: Part) -> Iterator[str]:
    text, view = part.text, part.view
    if "\r" in text:
        yield "a carriage return in its text"
    for block in part.blocks:
        if not _inside(block.span, text):
            yield f"block {block} outside its {len(text)} characters"
    for grid in part.grids:
        if not _inside(grid.span, text):
            yield f"table {grid.span} outside its {len(text)} characters"
        for cell in grid.cells:
            if not (_inside(cell.span, text) and cell.row >= 0 and cell.column >= 0 and cell.row_span > 0 and cell.column_span > 0):
                yield f"cell {cell} outside its {len(text)} characters"
    starts = [anchor.start for anchor in view.anchors]
    if starts != sorted(starts) or not all(0 <= start <= len(view.text) for start in starts):
        yield "anchors out of order or outside the view"
    yield from _of_map(part)


def _blanks_alike(text: str) -> str:
    """Line breaks are made one kind, and lines of a paragraph are joined by a blank."""
    return _BLANK.sub(" ", text)


def _of_map(part: Part) -> Iterator[str]:
    for run in part.source_map.runs:
        if not (_inside(run.derived, part.text) and _inside(run.source, part.view.text)):
            yield f"{run} outside its texts of {len(part.text)} and {len(part.view.text)}"
        elif run.exact and _blanks_alike(run.derived.of(part.text)) != _blanks_alike(run.source.of(part.view.text)):
            yield f"{run} is not exact: {run.derived.of(part.text)[:40]!r} from {run.source.of(part.view.text)[:40]!r}"
