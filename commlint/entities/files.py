"""Files that go with a record: attached, or only linked to."""

from __future__ import annotations

import re
from collections.abc import Iterable

from commlint.entities.structure import body_part, text_parts
from commlint.model.protocols import Analysis
from commlint.model.record import Attachment
from commlint.model.span import Span
from commlint.model.values import AttachedFile, Unknown

MEGABYTE = 1024 * 1024
_EXTENSIONS = "docx?|xlsx?|pptx?|pdf|csv|zip|rar|7z|txt|md|png|jpe?g|gif|mp4|eml|msg|vsdx?|et|wps"
_LINK = re.compile(rf"(?:https?|ftp)://[^\s\u3400-\u9fff<>\"'()\[\]\u3010\u3011]{{1,400}}?/(?P<name>[^\s/<>\"'()\[\]?#]{{1,120}}\.(?:{_EXTENSIONS}))(?![a-z0-9.])")
_FORMS = {"image": "image", "audio": "voice", "video": "video"} | dict.fromkeys(("png", "jpg", "jpeg", "gif", "bmp", "webp"), "image") | dict.fromkeys(("mp4", "mov", "avi"), "video") | dict.fromkeys(("mp3", "amr", "m4a", "wav"), "voice")


def attachments(analysis: Analysis, record: object) -> tuple[AttachedFile, ...]:
    """The attached files, then those that the text links to, each where the record shows or names it."""
    return analysis.once("entities.attachments", lambda _: tuple(_attachments(analysis)))


def name_of(analysis: Analysis, attachment: AttachedFile) -> str:
    """The file name."""
    return attachment.file.name


def form_of(analysis: Analysis, attachment: AttachedFile) -> str:
    """``file``, ``image``, ``voice``, ``video`` or ``link``, by media type, else by the name's ending."""
    file = attachment.file
    general = (file.media_type or "").partition("/")[0]
    return "link" if file.linked else _FORMS.get(general) or _FORMS.get(file.name.rpartition(".")[2].lower(), "file")


def size_of(analysis: Analysis, attachment: AttachedFile) -> int | Unknown:
    """Bytes."""
    size = attachment.file.size
    return Unknown("no-size", attachment.file.name) if size is None else size


def megabytes_of(analysis: Analysis, attachment: AttachedFile) -> float | Unknown:
    """Size in units of 1,048,576 bytes."""
    size = attachment.file.size
    return Unknown("no-size", attachment.file.name) if size is None else size / MEGABYTE


def linked(analysis: Analysis, attachment: AttachedFile) -> bool:
    """Whether the record only links to it."""
    return attachment.file.linked


def encrypted(analysis: Analysis, attachment: AttachedFile) -> bool | Unknown:
    """Whether it is encrypted; unknown when its format was not looked at."""
    known = attachment.file.encrypted
    return Unknown("no-encryption-state", attachment.file.name) if known is None else known


def _attachments(analysis: Analysis) -> Iterable[AttachedFile]:
    names = {file.name.lower() for file in analysis.record.attachments}
    for file in analysis.record.attachments:
        yield _placed(analysis, file)
    for part in text_parts(analysis):
        for match in _LINK.finditer(analysis.folded(part)):
            if match["name"] not in names:
                span = Span(*match.span())
                written = analysis.passage(part, span.start, span.end)
                file = Attachment(written.text.rpartition("/")[2], linked=True, part=part, span=span)
                yield AttachedFile(part, span, written.text, written.folded, file)


def _placed(analysis: Analysis, file: Attachment) -> AttachedFile:
    """The file where its reader saw it, else where the body names it, else at the start of the body."""
    if not analysis.record.parts:
        return AttachedFile(0, Span(0, 0), "", "", file)
    part, span = _own_place(analysis, file) or _mention(analysis, file) or _start(analysis)
    passage = analysis.passage(part, span.start, span.end)
    return AttachedFile(part, span, passage.text, passage.folded, file)


def _own_place(analysis: Analysis, file: Attachment) -> tuple[int, Span] | None:
    if file.part is None or file.span is None or not 0 <= file.part < len(analysis.record.parts):
        return None
    span = _folded_span(analysis, file.part, file.span)
    return (file.part, span) if span is not None and span.end <= len(analysis.folded(file.part)) else None


def _folded_span(analysis: Analysis, part: int, span: Span) -> Span | None:
    from commlint.text.fold import fold

    text = analysis.record.parts[part].text
    return span if len(text) == len(analysis.folded(part)) else fold(text).source_map.to_derived(span)


def _mention(analysis: Analysis, file: Attachment) -> tuple[int, Span] | None:
    part = body_part(analysis)
    name = _fold(file.name)
    at = analysis.folded(part).find(name) if part is not None and name else -1
    return (part, Span(at, at + len(name))) if part is not None and at >= 0 else None


def _start(analysis: Analysis) -> tuple[int, Span]:
    part = body_part(analysis) or 0
    text = analysis.folded(part) if analysis.record.parts else ""
    at = len(text) - len(text.lstrip())
    return part, Span(at, at)


def _fold(name: str) -> str:
    from commlint.text.fold import fold_string

    return fold_string(name)
