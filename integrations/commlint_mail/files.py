"""What goes with a mail: its attachments as rules see them, and each as a source of its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from commlint.errors import RecordError
from commlint.model.record import Attachment, Record
from commlint.model.source import Source
from commlint_mail import headers
from commlint_mail.locked import encrypted
from commlint_mail.mime import Leaf, Tree

# What programs put into a mail for one another: nobody attached or named it.
_MACHINERY = frozenset(
    ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "application/pgp-encrypted", "application/pgp-keys",
     "message/delivery-status", "message/disposition-notification", "message/feedback-report", "text/rfc822-headers", "text/x-amp-html", "text/watch-html")
)  # fmt: skip
_CID = re.compile(r"cid:\s{0,3}([^\s\"'<>()]{1,400})", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x1f\x7f!]+")
_ARMOUR = "-----BEGIN PGP MESSAGE-----\n"
_LONGEST = 200  # characters of a name: file systems take no more


def attachments(tree: Tree, shown: Sequence[str], inline: Sequence[tuple[str, bytes]]) -> tuple[Attachment, ...]:
    """The files that somebody attached; `shown` are the HTML texts that pictures are shown in, `inline` files in the text."""
    cited = frozenset(found for html in shown for found in _CID.findall(html)) if any(leaf.content_id for leaf in tree.leaves) else frozenset()
    found = [_attachment(leaf) for leaf in tree.leaves if _attached(leaf, cited)]
    return (*found, *(Attachment(name, len(content), None, encrypted(content, content)) for name, content in inline))


def _attached(leaf: Leaf, cited: frozenset[str]) -> bool:
    if leaf.readable or leaf.media_type in _MACHINERY or leaf.within in ("multipart/digest", "multipart/report"):
        return False
    asked = leaf.disposition == "attachment"
    if leaf.media_type.startswith("image/") and leaf.path:
        shown_inside = leaf.content_id in cited or (leaf.within == "multipart/related" and bool(leaf.content_id))
        return (asked and leaf.content_id not in cited) or (bool(leaf.filename) and not shown_inside)
    if leaf.media_type.startswith("multipart/") or leaf.media_type == "text/calendar":
        return asked or (bool(leaf.filename) and leaf.alternative is None)
    return asked or bool(leaf.filename) or not leaf.media_type.startswith("text/")


def _attachment(leaf: Leaf) -> Attachment:
    if leaf.media_type == "message/external-body":
        size = leaf.kind.get("size")
        return Attachment(leaf.filename or leaf.kind.get("url"), int(size) if size.isdecimal() and len(size) < 16 else None, None, linked=True)
    measure = leaf.measure
    kind = leaf.media_type
    enveloped = kind in ("application/pkcs7-mime", "application/x-pkcs7-mime") and leaf.kind.get("smime-type").lower() == "enveloped-data"
    return Attachment(_name(leaf), measure.size, kind, True if enveloped else encrypted(measure.first, measure.last))


def _name(leaf: Leaf) -> str:
    """The file name; an attached mail goes by its subject."""
    if leaf.filename or leaf.media_type != "message/rfc822":
        return leaf.filename
    subject = headers.split(leaf.beginning(65_536)).text("subject")
    return f"{subject[:_LONGEST]}.eml" if subject else ""


def members(tree: Tree, inline: Sequence[tuple[str, bytes]], source: Source, *, most: int, prefix: str = "", read: Collection[tuple[int, int]] = ()) -> Iterator[Source | RecordError]:
    """Each file in a mail as a source inside `source`, by a name that no other has; what is larger than `most` bytes as a failure.

    Those whose size and hash are among `read` are left out.
    """
    taken: dict[str, int] = {}
    given: set[tuple[int, int]] = set(read)
    for leaf in tree.leaves:
        if leaf.readable or leaf.media_type in _MACHINERY:
            continue
        name = prefix + unlike(taken, _told(leaf))
        if leaf.end - leaf.start > most and (size := leaf.measure.size) > most:
            if not leaf.media_type.startswith(("image/", "audio/", "video/")):  # nothing that rules are for
                yield too_large(name, size, most)
            continue
        content = leaf.content
        if content and (mark := (len(content), hash(content))) not in given:  # an invitation comes as a part and as a file
            given.add(mark)
            yield source.member(name, content, media_type=leaf.media_type, alike=False)
    for number, (name, content) in enumerate(inline, 1):
        if content and len(content) <= most:
            yield source.member(prefix + unlike(taken, safe_name(name) or f"inline-{number}"), content, alike=False)


_PACKED = frozenset(("text/calendar", "text/x-vcalendar", "application/ics", "application/ms-tnef", "application/vnd.ms-tnef"))


def packed(leaf: Leaf) -> bool:
    """Whether a part is a form of the mail itself that programs add: a calendar entry, a winmail.dat."""
    return leaf.media_type in _PACKED or (not leaf.readable and leaf.filename.lower().endswith((".ics", "winmail.dat")))


def _told(leaf: Leaf) -> str:
    return safe_name(leaf.filename) or f"part-{'-'.join(map(str, leaf.path)) or '1'}"


def safe_name(name: str) -> str:
    """The last segment of a file name, without what no file system takes; empty when nothing is left."""
    stem, dot, ending = _UNSAFE.sub("_", name).replace("\\", "/").rpartition("/")[2].strip().rpartition(".")
    whole = f"{stem[: _LONGEST - len(ending)]}{dot}{ending}"[-_LONGEST:]
    return whole if whole.strip(".") else ""


def unlike(taken: dict[str, int], name: str) -> str:
    """`name`, with a number when another has it; `taken` holds the last number of each."""
    stem, dot, ending = name.rpartition(".") if "." in name.strip(".") else (name, "", "")
    unique = name
    while unique.lower() in taken:
        taken[name.lower()] += 1
        unique = f"{stem} ({taken[name.lower()]}){dot}{ending}"
    taken[unique.lower()] = 1
    return unique


def too_large(name: str, size: int, most: int) -> RecordError:
    """A file in a mail that is not held in memory."""
    return RecordError(
        "too-large", f"{name}: {size:,} bytes, more than the limit of {most:,}; it was not checked", help="save the attachment and check it, or raise limits.file-size",
        zh=f"{name}: {size:,} 字节\uff0c超过上限 {most:,}\uff0c未检查", zh_help="请另存该附件后检查\uff0c或调高 limits.file-size",
    )


def sealed(tree: Tree, record: Record) -> bool:
    """Whether the text of the mail lies in an envelope of S/MIME or PGP that is not opened here."""
    if any(leaf.readable for leaf in tree.leaves):
        return any(part.name == "body" and _ARMOUR in part.text for part in record.parts)
    return any(leaf.media_type in ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted") for leaf in tree.leaves)
