"""What programs pack into a mail to say the same once more: the calendar entry of an invitation, Outlook's own form of the mail.

They become one record with the mail: a text that both have is judged once, and the facts of the meeting are known. Where one says what
the other does not, they stay apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from commlint.errors import RecordError
from commlint.model.record import Attachment, Kind, Part, Record
from commlint.model.source import Source
from commlint_mail.alternatives import compared
from commlint_mail.calendar import IcsReader
from commlint_mail.files import packed
from commlint_mail.mime import Leaf
from commlint_mail.outlook import TnefReader

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.protocols import Item, Reader

_READERS: tuple[Reader, ...] = (IcsReader(), TnefReader())


@frozen
class Joined:
    """The record of a mail with what it brought along; `items` are what else came to light, `read` the sizes and hashes of what need not be read again.

    `apart` are the records of what says something else than the mail; `damaged` when something was not read to its end. A calendar that
    is attached as a file is neither: it is a file like others.
    """

    record: Record
    items: tuple[Item, ...] = ()
    read: frozenset[tuple[int, int]] = frozenset()
    apart: tuple[Record, ...] = ()
    damaged: bool = False


def joined(record: Record, leaves: Sequence[Leaf], source: Source, environment: Environment, prefix: str = "") -> Joined:
    """The record of a mail together with the calendar and the winmail.dat among its parts."""
    found = Joined(record)
    for leaf in leaves:
        if packed(leaf):
            if leaf.measure.size > environment.limits.file_size:
                found = evolve(found, damaged=found.damaged or _of_the_mail(leaf))
                continue
            content = leaf.content
            inner = source.member(prefix + (leaf.filename or "invite.ics"), content, media_type=leaf.media_type, alike=False)
            mark = (len(content), hash(content))
            if content and mark not in found.read:
                found = _with(found, inner, mark, environment, leaf)
    return found


def _with(so_far: Joined, inner: Source, mark: tuple[int, int], environment: Environment, leaf: Leaf) -> Joined:
    """With one more of them; beside the mail where it is another thing."""
    reader = next((reader for reader in _READERS if reader.claims(inner)), None)
    if reader is None:
        return so_far
    try:
        items = tuple(reader.read(inner, environment))
    except RecordError as error:  # it is told where the part is read by itself
        return evolve(so_far, damaged=so_far.damaged or (_of_the_mail(leaf) and error.slug != "empty-record"))
    damaged = so_far.damaged or (_of_the_mail(leaf) and any(isinstance(item, RecordError) for item in items))
    told = [item for item in items if isinstance(item, Record) and item.uri == inner.uri]
    parts = _said_once(so_far.record, told)
    if parts is None:
        return evolve(so_far, apart=(*so_far.apart, *(told if _of_the_mail(leaf) else ())), damaged=damaged)
    others = tuple(item.at(inner.name) if isinstance(item, RecordError) else item for item in items if not any(item is one for one in told))
    record = _one(so_far.record, told[0], parts)
    if isinstance(reader, TnefReader):
        record = evolve(record, attachments=(*_but(record.attachments, leaf.filename), *told[0].attachments))
    return Joined(record, (*so_far.items, *others), so_far.read | {mark}, so_far.apart, damaged)


def _of_the_mail(leaf: Leaf) -> bool:
    """Whether programs show it in place of the mail, rather than as a file: Outlook's own form always."""
    return leaf.disposition != "attachment" or not ("calendar" in leaf.media_type or leaf.filename.lower().endswith(".ics"))


def _said_once(record: Record, told: Sequence[Record]) -> tuple[Part, ...] | None:
    """The parts of a mail and of what it brought as one: those of the mail where they say all, else the others; None when both say more."""
    if not told or len({one.conversation.id.partition("#")[0] for one in told}) > 1:
        return None
    own, theirs = _text(record), [_text(one) for one in told]
    if all(_holds(own, text) for text in theirs):
        return record.parts
    if len(told) == 1 and _holds(theirs[0], own):
        subject = tuple(part for part in record.parts if part.name == "subject") or tuple(part for part in told[0].parts if part.name == "subject")
        return (*subject, *(_labelled(part) for part in told[0].parts if part.name != "subject"))
    return None


def _holds(whole: str, text: str) -> bool:
    """Whether one text says all that another does, list marks and line breaks aside."""
    return not text.strip() or not compared(text, whole).text


def _labelled(part: Part) -> Part:
    """A part that stands in the file of a calendar, told from the texts of the mail."""
    return part if part.view.label else evolve(part, view=evolve(part.view, label="calendar"))


def _text(record: Record) -> str:
    return "\n".join(part.text for part in record.parts if part.name != "subject")


def _one(record: Record, told: Record, parts: tuple[Part, ...]) -> Record:
    kind, evidence = (record.kind, record.evidence) if told.kind in (Kind.EMAIL, Kind.DOCUMENT) else (told.kind, told.evidence)
    conversation = record.conversation
    uid = next((value for key, value in told.meta if key == "meeting.uid"), "")
    if uid and not (conversation.references or conversation.reply_to):
        conversation = evolve(conversation, thread=uid)
    return evolve(
        record, kind=kind, evidence=evidence, parts=parts, meta=(*record.meta, *told.meta), conversation=conversation,
        sent_at=record.sent_at or told.sent_at, sender=record.sender or told.sender, to=record.to or told.to, cc=record.cc or (() if record.to else told.cc),
    )  # fmt: skip


def _but(attachments: Sequence[Attachment], name: str) -> Iterator[Attachment]:
    """Without the winmail.dat itself, which nobody attached."""
    return (file for file in attachments if file.name != name)
