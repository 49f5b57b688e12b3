"""A mail as a record: the one way from bytes to parts, for files and for the gateway alike. Never fails, never recurses."""

from __future__ import annotations

import re
from datetime import UTC, tzinfo

from attrs import frozen

from commlint.model.environment import Limits
from commlint.model.reading.parties import parties
from commlint.model.record import (
    Conversation,
    Evidence,
    Kind,
    Part,
    Party,
    Record,
)
from commlint_mail import headers, mime
from commlint_mail.body import Text, parts_of, text_of
from commlint_mail.date import sent_at
from commlint_mail.files import attachments
from commlint_mail.stored import Stored
from commlint_mail.words import decoded_words

_ID = re.compile(r"<[^<>\s]{1,400}>")
_REPLY = re.compile(r"^(?:\s*(?:re|fwd?|aw|答复|回复|回覆|转发|轉寄|轉發)\s{0,5}(?:\[\d{1,4}\])?\s{0,5}[:\uff1a])+\s*", re.IGNORECASE)
_FORWARD = re.compile(r"\s*(?:[\[\u3010(][^\]\u3011)\n]{1,20}[\]\u3011)]\s{0,3}){0,3}(?:fwd?|wg|tr|rv|enc|vb|vs|自动转发|转发|轉寄|轉發|转寄|转)\s{0,5}(?:[\[(\uff08]\d{1,4}[\])\uff09])?\s{0,5}[:\uff1a]", re.IGNORECASE)


@frozen
class Mail:
    """A message read: its record, its parts, and the files that stood in its text."""

    record: Record
    tree: mime.Tree
    files: tuple[tuple[str, bytes], ...] = ()


def parse(content: bytes, *, uri: str = "<mail>", zone: tzinfo = UTC, limits: Limits = Limits()) -> Record:
    """The record in a message; `zone` is that of a Date that names none.

    Whatever is damaged is read as far as it goes. `meta` has ``unscanned`` (depth | parts | headers | html | size | damage) when
    something was left unread, and ``alternatives`` (same | differ) when text and HTML stand for one another.
    """
    return read(content, uri=uri, zone=zone, limits=limits).record


def read(content: Stored, *, uri: str, zone: tzinfo, limits: Limits, start: int = 0, end: int | None = None) -> Mail:
    """The same with what lies in the message; it may be a stretch of something larger."""
    if isinstance(content, bytes) and start == 0 and end is None and b"\n" not in content:
        content = content.replace(b"\r", b"\n")  # lines as old Macs ended them
    head = headers.split(content, start, end, most=limits.headers)
    tree = mime.tree(content, head, end=end, limits=limits)
    text = text_of(tree, limits)
    sender = next(iter(addressed(head, "from")), None)
    said = tuple([(name, headers.decoded(value)) for name, value in head.fields])
    subject = next((value for name, value in said if name == "subject"), "")
    record = Record(
        uri=uri,
        kind=Kind.EMAIL,
        evidence=_EVIDENCE,
        parts=(*_subject(head, subject), *parts_of(text.part, zone, sender=sender.name if sender else "", answers=answers(subject), forwards=forwards(subject))),
        headers=said,
        meta=_meta(tree, head, text),
        sent_at=sent_at(head.text("date"), zone),
        sender=sender,
        to=addressed(head, "to"),
        cc=addressed(head, "cc"),
        bcc=addressed(head, "bcc"),
        attachments=attachments(tree, text.shown, text.files) if len(tree.leaves) > 1 or text.files or not tree.leaves or not tree.leaves[0].readable else (),
        conversation=conversation(head, subject),
        inline_suppressions=False,
    )
    return Mail(record, tree, text.files)


_EVIDENCE = Evidence("reader", "email")


def normalised_subject(subject: str) -> str:
    """A subject without Re:, 回复:, Fwd: and the like, in lower case, blanks collapsed."""
    return " ".join(_REPLY.sub("", subject).lower().split())


def _subject(head: headers.Headers, subject: str) -> tuple[Part, ...]:
    if "subject" not in head:
        return ()
    return (Part.plain("subject", subject, label="subject"),)


def addressed(head: headers.Headers, name: str) -> tuple[Party, ...]:
    """All parties of all headers `name`; addresses are told apart before words are decoded: these may hold commas."""
    found: list[Party] = []
    for key, value in head.fields:
        if key == name:
            text = value.decode("ascii") if value.isascii() else headers.decoded(value)
            found += (Party(" ".join(decoded_words(party.name).split()), party.address) for party in parties(text))
    return tuple(found)


def answers(subject: str) -> bool:
    """Whether a subject is that of a reply."""
    return _REPLY.match(subject) is not None


def forwards(subject: str) -> bool:
    """Whether a subject is that of a mail passed on."""
    return _FORWARD.match(subject) is not None


def conversation(head: headers.Headers, subject: str) -> Conversation:
    """What a mail belongs to, by its ids, else by its subject."""
    own = _ids(head.text("message-id"))
    answered = _ids(head.text("in-reply-to"))
    references = tuple(_ids(head.text("references")))
    root = [*references[:1], *answered[:1]] or ([] if _REPLY.match(subject) else own)
    return Conversation(
        id=own[0] if own else "",
        reply_to=answered[0] if answered else references[-1] if references else "",
        references=references,
        thread=root[0] if root else f"subject:{normalised_subject(subject)}",
    )


def _ids(value: str) -> list[str]:
    return _ID.findall(value)


def _meta(tree: mime.Tree, head: headers.Headers, text: Text) -> tuple[tuple[str, str], ...]:
    limit = tree.unscanned or ("headers" if head.cut else text.unscanned)
    said = (("unscanned", limit), ("alternatives", text.alternatives))
    return tuple([(name, value) for name, value in said if value])
