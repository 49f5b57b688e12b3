"""An Outlook item as a record, from whatever container: the mail or meeting, and what is attached to it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from attrs import evolve

from commlint.errors import RecordError
from commlint.model.reading.declared import declared_kind
from commlint.model.reading.limits import beyond
from commlint.model.record import Attachment, Conversation, Kind, Part, Party, Record, View
from commlint.model.source import Source
from commlint.model.sourcemap import SourceMap
from commlint_mail import headers, message
from commlint_mail.body import parts_of
from commlint_mail.date import sent_at
from commlint_mail.files import safe_name, unlike
from commlint_mail.invitation import Invitation, too_long
from commlint_mail.locked import encrypted
from commlint_mail.mapi import INTEGER, STRING, STRING8, Attached, Item, Properties, charset_of
from commlint_mail.meetings import KINDS, answered, invitation

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.protocols import Item as Found

_CLASS = 0x001A
_SUBJECT, _PREFIX, _BARE = 0x0037, 0x003D, 0x0E1D
_BODY, _HTML, _RTF, _CODE_PAGE = 0x1000, 0x1013, 0x1009, 0x3FDE
_SENT, _DELIVERED, _MADE = 0x0039, 0x0E06, 0x3007
_TRANSPORT, _MESSAGE_ID, _ANSWERED, _REFERENCES, _IMPORTANCE = 0x007D, 0x1035, 0x1042, 0x1039, 0x0017
_ROLE, _NAME, _ADDRESS, _SMTP = 0x0C15, 0x3001, 0x3003, 0x39FE
_SENDERS = ((0x0042, 0x5D02, 0x0065), (0x0C1A, 0x5D01, 0x0C1F))  # who it is from before who sent it for them: name, SMTP address, address
_SHOWN = {1: ("to", 0x0E04), 2: ("cc", 0x0E03), 3: ("bcc", 0x0E02)}  # headers, and recipients as one line
_LONG, _SHORT, _MIME, _METHOD, _HIDDEN, _CONTENT_ID, _FLAGS, _PATH, _SIZE = 0x3707, 0x3704, 0x370E, 0x3705, 0x7FFE, 0x3712, 0x3714, 0x370D, 0x0E20
_LINKED = (2, 3, 4, 7)
_IN_PAGE = 4  # flag: shown in the HTML
_BANNER = b"Microsoft Mail Internet Headers Version 2.0"
_ENDS = 65_536  # bytes of a file that tell whether it is encrypted


def read(item: Item, source: Source, environment: Environment, name: str = "") -> Iterator[Found]:
    """The record of an item and what is attached to it; `name` tells it from others in `source`."""
    head = _head(item.properties, environment.limits.headers)
    body, cut = _body(item.properties, environment.limits.html)
    yield record_of(item, source, environment, head=head, body=body, name=name)
    yield from attached(item, source, environment)
    if cut:
        yield too_long(environment.limits.html)


def record_of(item: Item, source: Source, environment: Environment, *, head: headers.Headers, body: Part, name: str = "") -> Record:
    """The record of an item with these headers and this text."""
    own = item.properties
    subject = _subject(own)
    sender = _sender(own, head)
    told = own.text(_CLASS)
    people = _people(item, head)
    facts = invitation(item, sender, people, environment.tz)
    kind, evidence = declared_kind(source, None, otherwise=_kind(told, facts))
    sent = own.moment(_SENT, _DELIVERED) or sent_at(head.text("date"), environment.tz) or own.moment(_MADE)
    cut = parts_of(body, environment.tz, sender=sender.name if sender else "", answers=message.answers(subject), forwards=message.forwards(subject))
    return Record(
        uri=source.uri,
        kind=kind,
        parts=(Part.plain("subject", subject, label="subject"), *cut),
        name=name,
        evidence=evidence,
        headers=tuple((key, headers.decoded(value)) for key, value in head.fields),
        meta=facts.meta("task" if kind is Kind.TASK else "meeting") if facts else (),
        sent_at=sent.astimezone(environment.tz) if sent else None,
        sender=sender,
        to=_asked(people, 1, facts),
        cc=_asked(people, 2, facts),
        bcc=_asked(people, 3, None) if not facts else (),  # of a meeting these are rooms
        attachments=tuple(_attachment(each) for each in item.attachments if not _unseen(each)),
        conversation=_conversation(head, subject, facts),
        inline_suppressions=False,
    )


def _kind(told: str, facts: Invitation | None) -> Kind:
    """What the class of an item says; an answer or a cancellation calls to no meeting."""
    folded = told.lower()
    if facts is not None and (facts.event or answered(told)):
        return Kind.MEETING_EVENT
    return next((kind for start, kind in KINDS if folded.startswith(start)), Kind.EMAIL if folded.startswith(("ipm.note", "report.", "ipm.post")) or not folded else Kind.DOCUMENT)


def _subject(own: Properties) -> str:
    """The subject on one line."""
    subject = own.text(_SUBJECT) or own.text(_PREFIX) + own.text(_BARE)
    if subject[:1] == "\x01":  # a length that Exchange puts before the prefix
        subject = subject[2:]
    return headers.decoded(subject.encode("utf-8", "replace"))


def _conversation(head: headers.Headers, subject: str, facts: Invitation | None) -> Conversation:
    found = message.conversation(head, subject)
    if facts is None or not facts.uid:
        return found
    return evolve(found, id=found.id or facts.uid, thread=found.thread if found.references or found.reply_to else facts.uid)


# who


def _head(own: Properties, most: int) -> headers.Headers:
    """The headers it came with; those that only properties know are added."""
    written = own.text(_TRANSPORT).encode("utf-8", "replace").lstrip()
    head = headers.split(written.removeprefix(_BANNER).lstrip() + b"\r\n", most=most)
    told = own.text(_CLASS).lower()
    known = (("message-id", own.text(_MESSAGE_ID)), ("in-reply-to", own.text(_ANSWERED)), ("references", own.text(_REFERENCES)), ("importance", {0: "low", 2: "high"}.get(own.number(_IMPORTANCE, 1), "")),
             ("auto-submitted", "auto-replied" if told.startswith("ipm.note.rules.") else "auto-generated" if told.startswith("report.") else ""))  # fmt: skip
    there = {name for name, _ in head.fields}
    more = tuple((name, " ".join(value.split()).encode("utf-8", "replace")) for name, value in known if value.strip() and name not in there)
    return headers.Headers((*head.fields, *more), head.end, head.cut)


def _sender(own: Properties, head: headers.Headers) -> Party | None:
    found = [Party(own.text(name).strip(), _smtp(own, smtp, address)) for name, smtp, address in _SENDERS]
    written = next(iter(message.addressed(head, "from")), None)
    best = next((party for party in found if party.name or party.address), None)
    if best is None:
        return written
    return best if best.address or written is None else Party(best.name or written.name, written.address)


def _smtp(own: Properties, *keys: int) -> str:
    """The first address that is one of the internet: Exchange has names of its own for its users."""
    return next((found for key in keys if "@" in (found := own.text(key).strip().strip("'<>")) and not found.upper().startswith("/O=")), "")


def _people(item: Item, head: headers.Headers) -> list[tuple[Party, Properties]]:
    """The recipients with what is known of each; where none are kept, those of the headers, else of the lines that show them."""
    if item.recipients:
        return [(Party(_name(each), _smtp(each, _SMTP, _ADDRESS)), each) for each in item.recipients]
    found: list[tuple[Party, Properties]] = []
    for role, (name, shown) in _SHOWN.items():
        told = Properties({_ROLE: (INTEGER, partial(role.to_bytes, 4, "little"))})
        written = message.addressed(head, name) or tuple(Party(each.strip().strip("'")) for each in item.properties.text(shown).split(";") if each.strip())
        found += ((party, told) for party in written)
    return found


def _asked(people: list[tuple[Party, Properties]], role: int, facts: Invitation | None) -> tuple[Party, ...]:
    """Those of a role (1 to, 2 copied, 3 blind); who calls a meeting is not asked to it."""
    return tuple(party for party, told in people if told.number(_ROLE, 1) & 0xF == role and not (facts and party == facts.organiser))


def _name(own: Properties) -> str:
    """The display name; an address that stands in for one is none."""
    name = " ".join(own.text(_NAME, 0x5FF6).split()).strip("'")
    return "" if name == _smtp(own, _SMTP, _ADDRESS) else name


# what it says


def _body(own: Properties, most: int) -> tuple[Part, bool]:
    """The text of an item: the plain one, else the HTML, else what the RTF was made of; and whether some of it was left unread."""
    text = own.text(_BODY)
    if text.strip():
        return plain(text), False
    html = own.binary(_HTML)
    if html:
        kind = own.values[_HTML][0]
        return page(own.decoded(kind, html) if kind in (STRING, STRING8) else _decoded(own, html), most)
    packed = own.binary(_RTF)
    if not packed:
        return plain(""), False
    from commlint_mail.rtf import read as unpacked

    found = unpacked(packed, most)
    part, cut = page(found.text, most) if found.html else (plain(found.text), False)
    return part, cut or found.cut


def _decoded(own: Properties, html: bytes) -> str:
    from commlint.model.reading.charset import of_label

    number = own.number(_CODE_PAGE)
    return of_label(html, charset_of(number) if number else own.charset).text


def plain(text: str) -> Part:
    """A text as the body of a mail."""
    clean = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return Part("body", clean, View(clean, "body"), SourceMap.identity(len(clean)))


def page(html: str, most: int) -> tuple[Part, bool]:
    """HTML as the body of a mail, and whether it was too long to read it all."""
    from commlint.model.reading.html import seen

    found = seen(html, limit=most)
    return Part("body", found.text, View(found.text, "body"), SourceMap.identity(len(found.text)), found.blocks, found.grids), found.cut


# what goes with it


def attached(item: Item, source: Source, environment: Environment) -> Iterator[Found]:
    """The files as sources; the items as records of their own, with what is attached to them."""
    taken: dict[str, int] = {}
    for number, each in enumerate(item.attachments, 1):
        if each.item is not None:
            name = unlike(taken, _file_name(each, number))
            inner = source.member(name, b"", alike=False)
            if inner.depth > environment.limits.depth:
                yield beyond("depth", environment.limits.depth).at(name)
            else:
                yield from read(each.item(), inner, environment)
        elif each.properties.number(_METHOD, 1) not in _LINKED and (content := each.content()):
            yield _member(item, each, source, unlike(taken, _file_name(each, number)), content)


def _member(item: Item, each: Attached, source: Source, name: str, content: bytes) -> Found:
    media_type = each.properties.text(_MIME).strip().lower() or None
    if item.properties.text(_CLASS).lower().startswith("ipm.note.smime"):
        if media_type == "multipart/signed" or content[:4096].lstrip().lower().startswith((b"content-type: multipart/signed", b"mime-version")):
            return source.member("smime.eml", content, media_type="message/rfc822", alike=False)
        return _sealed()
    return source.member(name, content, media_type=media_type, alike=False)


def _unseen(each: Attached) -> bool:
    """A picture of the page, not a file that goes with it."""
    shown = each.properties.number(_FLAGS) & _IN_PAGE and each.properties.text(_CONTENT_ID)
    return bool(each.properties.number(_HIDDEN) or (shown and _file_name(each, 1).lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emz", ".wmz"))))


def _attachment(each: Attached) -> Attachment:
    own = each.properties
    media_type = own.text(_MIME).strip().lower() or None
    name = own.text(_LONG, _SHORT, _NAME).strip() or (_file_name(each, 1) if each.item else "")
    if own.number(_METHOD, 1) in _LINKED:
        return Attachment(name or own.text(_PATH).strip(), None, media_type, linked=True)
    if each.item is not None:
        return Attachment(_file_name(each, 1), own.number(_SIZE) or None, "application/vnd.ms-outlook")
    content = each.content()
    return Attachment(name, len(content), media_type, encrypted(content[:_ENDS], content[-_ENDS:]))


def _file_name(each: Attached, number: int) -> str:
    """The name of an attachment; an item goes by what it is called."""
    own = each.properties
    if each.item is not None:
        called = safe_name(own.text(_NAME, _LONG).strip())
        return called if called.lower().endswith(".msg") else f"{called or f'item-{number}'}.msg"
    return safe_name(own.text(_LONG, _SHORT, _NAME).strip()) or f"part-{number}"


# what is wrong


def _sealed() -> RecordError:
    return RecordError(
        "encrypted-file", "the text of the mail is encrypted or sealed; it was not checked", help="save the mail decrypted from Outlook",
        zh="邮件正文已加密或封装\uff0c未能检查", zh_help="请在 Outlook 中解密后另存",
    )
