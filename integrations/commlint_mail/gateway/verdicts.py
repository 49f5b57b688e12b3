"""What is to become of a message, and how that is said in the milter protocol."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum

from attrs import frozen

from commlint_mail.gateway import packets
from commlint_mail.gateway.packets import Does, Options
from commlint_mail.gateway.session import OURS, Message
from commlint_mail.headers import decoded

VERDICT = "X-Commlint-Verdict"
FINDINGS = "X-Commlint-Findings"
_WORD = 75  # characters of an encoded word at most (RFC 2047 2)


class Fate(StrEnum):
    """What becomes of a message."""

    PASS = "pass"
    HOLD = "hold"
    REJECT = "reject"
    TEMPORARY = "tempfail"


@frozen
class Verdict:
    """The fate of a message; header fields to add; what to put before its subject; the words of a refusal, or the reason it is held; rules that could not run; the policy's name;
    how many findings counted. Of a message that is refused, `fields` are only for the log.
    """

    fate: Fate
    fields: tuple[tuple[str, str], ...] = ()
    subject_tag: str = ""
    said: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    entry: str = ""
    found: int = 0


def replies(verdict: Verdict, message: Message, can: Options) -> bytes:
    """The verdict on `message` as the mail server is told: edits it allows, then what becomes of it."""
    if verdict.fate is Fate.REJECT:
        return packets.reply("550", "5.7.1", verdict.said)
    if verdict.fate is Fate.TEMPORARY:
        return packets.reply("451", "4.7.1", verdict.said)
    held = packets.quarantined(" ".join(verdict.said)) if verdict.fate is Fate.HOLD and Does.QUARANTINE in can.does else b""
    return b"".join(_edits(verdict, message, can)) + held + packets.CONTINUE


def _edits(verdict: Verdict, message: Message, can: Options) -> Iterator[bytes]:
    if Does.CHANGE_HEADERS in can.does:
        yield from _forged(message)
        if verdict.subject_tag:
            yield from _tagged(verdict.subject_tag, message, can)
    if Does.ADD_HEADERS in can.does:
        yield from (packets.inserted(0, name, value) for name, value in reversed(verdict.fields))


def _forged(message: Message) -> Iterator[bytes]:
    """Takes out what a sender claims we had said: the last one first, so that the numbers of the others stay."""
    counts = Counter(name.lower() for name, _ in message.fields if name.lower().startswith(OURS))
    for name, count in counts.items():
        yield from (packets.changed(number, packets.text(name), "") for number in range(count, 0, -1))


def _tagged(tag: str, message: Message, can: Options) -> Iterator[bytes]:
    subject = next((value.strip() for name, value in message.fields if name.lower() == b"subject"), None)
    if subject is None:
        yield packets.added("Subject", _word(tag, "")) if Does.ADD_HEADERS in can.does else b""
    elif tag.strip() not in decoded(subject):  # answered and forwarded mail has the tag, however it is encoded by now
        written = packets.text(subject)
        yield packets.changed(1, "Subject", f"{_word(tag, written)} {written}")


def _word(tag: str, behind: str) -> str:
    """The tag as a header field has it; the blank between two encoded words is not shown, so it stands in the first (RFC 2047 6.2)."""
    from email.header import Header

    if tag.isascii():
        return tag
    return Header(f"{tag} " if behind.startswith("=?") else tag, "utf-8", maxlinelen=_WORD).encode(linesep="")
