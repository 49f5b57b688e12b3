"""A mail as a record: the one way from bytes to parts, for files and for the gateway alike. Never fails, never recurses."""

from __future__ import annotations

import re
from datetime import UTC, tzinfo

from commlint.model.reading.parties import parties
from commlint.model.record import (
    Attachment,
    Conversation,
    Evidence,
    Kind,
    Part,
    Party,
    Record,
)
from commlint_mail import headers, mime
from commlint_mail.body import parts_of, text_of
from commlint_mail.date import sent_at
from commlint_mail.transfer import uuencoded
from commlint_mail.words import decoded_words

_ID = re.compile(r"<[^<>\s]{1,400}>")
_REPLY = re.compile(r"^(?:\s*(?:re|fwd?|aw|答复|回复|回覆|转发|轉寄|轉發)\s{0,5}(?:\[\d{1,4}\])?\s{0,5}[:\uff1a])+\s*", re.IGNORECASE)
_FORWARD = re.compile(r"\s*(?:[\[\u3010(][^\]\u3011)\n]{1,20}[\]\u3011)]\s{0,3}){0,3}(?:fwd?|wg|tr|rv|enc|vb|vs|自动转发|转发|轉寄|轉發|转寄|转)\s{0,5}(?:[\[(\uff08]\d{1,4}[\])\uff09])?\s{0,5}[:\uff1a]", re.IGNORECASE)


def parse(content: bytes, *, uri: str = "<mail>", zone: tzinfo = UTC) -> Record:
    """The record in a message; `zone` is that of a Date that names none.

    Whatever is damaged is read as far as it goes. `meta` has ``unscanned`` (depth | parts | headers | html) when a limit left
    something unread.
    """
    head = headers.split(content)
    tree = mime.tree(content, head)
    body, cut = text_of(tree)
    sender = next(iter(_parties(head, "from")), None)
    subject = head.text("subject")
    return Record(
        uri=uri,
        kind=Kind.EMAIL,
        evidence=Evidence("reader", "email"),
        parts=(*_subject(head, subject), *parts_of(body, zone, sender=sender.name if sender else "", answers=_REPLY.match(subject) is not None, forwards=_FORWARD.match(subject) is not None)),
        headers=tuple((name, headers.decoded(value)) for name, value in head.fields),
        meta=_meta(tree, head, cut),
        sent_at=sent_at(head.text("date"), zone),
        sender=sender,
        to=_parties(head, "to"),
        cc=_parties(head, "cc"),
        bcc=_parties(head, "bcc"),
        attachments=_attachments(tree),
        conversation=_conversation(head, subject),
        inline_suppressions=False,
    )


def normalised_subject(subject: str) -> str:
    """A subject without Re:, 回复:, Fwd: and the like, in lower case, blanks collapsed."""
    return " ".join(_REPLY.sub("", subject).lower().split())


def _subject(head: headers.Headers, subject: str) -> tuple[Part, ...]:
    if not any(name == "subject" for name, _ in head.fields):
        return ()
    return (Part.plain("subject", subject, label="subject"),)


def _parties(head: headers.Headers, name: str) -> tuple[Party, ...]:
    """All parties of all headers `name`; addresses are told apart before words are decoded: these may hold commas."""
    found: list[Party] = []
    for key, value in head.fields:
        if key == name:
            text = value.decode("ascii") if value.isascii() else headers.decoded(value)
            found += (Party(" ".join(decoded_words(party.name).split()), party.address) for party in parties(text))
    return tuple(found)


def _conversation(head: headers.Headers, subject: str) -> Conversation:
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


def _attachments(tree: mime.Tree) -> tuple[Attachment, ...]:
    found: list[Attachment] = []
    for leaf in tree.leaves:
        if leaf.embedded or (leaf.readable and leaf.media_type.startswith("text/")):
            found += (Attachment(name, size) for name, size in uuencoded(leaf.content) if leaf.readable)
        elif leaf.disposition == "attachment" or leaf.filename or not leaf.media_type.startswith(("multipart/", "text/")):
            found.append(Attachment(leaf.filename, len(leaf.content), leaf.media_type, _encrypted(leaf.content)))
    return tuple(found)


def _encrypted(content: bytes) -> bool | None:
    """Whether a zip says that its first member is encrypted (APPNOTE 4.4.4, bit 0); None for other files."""
    return bool(content[6] & 1) if content.startswith(b"PK\x03\x04") and len(content) > 6 else None


def _meta(tree: mime.Tree, head: headers.Headers, cut: bool) -> tuple[tuple[str, str], ...]:
    limit = tree.unscanned or ("headers" if head.cut else "html" if cut else "")
    return (("unscanned", limit),) if limit else ()
