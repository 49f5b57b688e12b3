"""Mails that programs have packed into another form once more, or into nothing but another form: Outlook's winmail.dat, calendar entries, envelopes."""

from __future__ import annotations

from base64 import encodebytes
from collections.abc import Iterator

from commlint_mail.whole import Whole, whole

from commlint.model.source import Source
from tests.integrations.readings import ENVIRONMENT
from tests.making.msg import Made
from tests.making.tnef import tnef

TEXT = "请于6月10日前回复。"
OTHER = "请把样机寄到三楼。"
_EVENT = f"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:u1\r\nDTSTART:20260605T060000Z\r\nSUMMARY:样机\r\nDESCRIPTION:{TEXT}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
_ITEM = tnef(Made({0x0037: "样机", 0x1000: TEXT}))
_FILED = tnef(Made({0x0037: "样机", 0x1000: TEXT}, (), (({0x3707: "清单.txt"}, "一台".encode()),)))
_KEY = "-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA1234567890\r\n-----END PGP MESSAGE-----\r\n"

Told = tuple[list[str], list[str], str]  # the texts, the files, why not all was read


def _mail(*parts: bytes, kind: str = "mixed") -> bytes:
    head = f"From: a@example.com\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: multipart/{kind}; boundary=B\r\n\r\n"
    return head.encode() + b"".join(b"--B\r\n" + part + b"\r\n" for part in parts) + b"--B--\r\n"


def _part(kind: str, content: bytes, *more: str) -> bytes:
    return "".join(f"{line}\r\n" for line in (f"Content-Type: {kind}", "Content-Transfer-Encoding: base64", *more)).encode() + b"\r\n" + encodebytes(content)


def _text(text: str) -> bytes:
    return _part("text/plain; charset=utf-8", text.encode())


def _outlook(content: bytes) -> bytes:
    return _part("application/ms-tnef; name=winmail.dat", content, "Content-Disposition: attachment; filename=winmail.dat")


def forms() -> Iterator[tuple[str, bytes, Told]]:
    """What is packed how, the mail, and the truth."""
    yield "winmail.dat, no text", _mail(_outlook(_ITEM)), ([TEXT], [], "")
    yield "winmail.dat that says the same", _mail(_text(TEXT), _outlook(_ITEM)), ([TEXT], [], "")
    yield "winmail.dat that says something else", _mail(_text(OTHER), _outlook(_ITEM)), ([OTHER, TEXT], ["winmail.dat"], "")
    yield "winmail.dat with a file in it", _mail(_text(TEXT), _outlook(_FILED)), ([TEXT], ["清单.txt"], "")
    yield "winmail.dat in a type that says nothing", _mail(_text(TEXT), _part("application/octet-stream; name=winmail.dat", _FILED)), ([TEXT], ["清单.txt"], "")
    yield "winmail.dat that breaks off", _mail(_text(TEXT), _outlook(_ITEM[:-20])), ([TEXT], [], "damage")
    yield "winmail.dat that is none", _mail(_text(TEXT), _outlook(b"no")), ([TEXT], ["winmail.dat"], "damage")
    yield "an invitation beside its text", _mail(_text(TEXT), _part("text/calendar; method=REQUEST; charset=utf-8", _EVENT.encode()), kind="alternative"), ([TEXT], [], "")
    yield "an invitation without text", _mail(_part("text/calendar; method=REQUEST; charset=utf-8", _EVENT.encode())), ([TEXT], [], "")
    yield "an invitation that breaks off", _mail(_text(TEXT), _part("text/calendar; charset=utf-8", _EVENT.partition("END:VEVENT")[0].encode()), kind="alternative"), ([TEXT], [], "damage")
    yield "a damaged calendar among the files", _mail(_text(TEXT), _part("text/calendar; name=a.ics", b"no", "Content-Disposition: attachment; filename=a.ics")), ([TEXT], ["a.ics"], "")
    yield "S/MIME, enveloped", _mail(_part("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", b"0" * 300)), ([""], ["smime.p7m"], "sealed")
    yield "S/MIME, signed in an envelope", _mail(_part("application/x-pkcs7-mime; smime-type=signed-data; name=smime.p7m", b"0" * 300)), ([""], ["smime.p7m"], "sealed")
    yield "PGP", _mail(_part("application/pgp-encrypted", b"Version: 1"), _part("application/octet-stream; name=encrypted.asc", _KEY.encode()), kind="encrypted"), ([""], ["encrypted.asc"], "sealed")
    yield "PGP in the text", _mail(_text(_KEY)), ([_KEY.replace("\r\n", "\n").strip()], [], "sealed")


def read(content: bytes) -> Whole:
    """The mail as files and the gateway read it."""
    return whole(content, Source("a.eml", content), ENVIRONMENT)


def told(content: bytes) -> Told:
    """What commlint makes of it."""
    found = read(content)
    texts = ["".join(part.text for part in record.parts if part.name != "subject").strip() for record in found.records]
    return texts, [file.name for file in found.record.attachments], found.unread
