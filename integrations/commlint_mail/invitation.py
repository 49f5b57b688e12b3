"""What is known of a meeting besides a text, from whatever kept it: a calendar, an Outlook item; as `meta` of a record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from attrs import frozen

from commlint.errors import RecordError
from commlint.model.record import Party


@frozen
class Attendee:
    """Somebody who is asked to come: in which role, what he answered, whether he is asked to answer; codes as RFC 5545 has them."""

    party: Party
    role: str = ""
    answer: str = ""
    asked: bool = False

    def __str__(self) -> str:
        """As one line: name, address and codes."""
        written = f"{self.party.name} <{self.party.address}>" if self.party.address else self.party.name
        codes = (("role", self.role), ("partstat", self.answer), ("rsvp", "true" if self.asked else ""))
        return "; ".join((written.strip(), *(f"{name}={value}" for name, value in codes if value)))


@frozen
class Invitation:
    """The facts of a meeting; empty for what is not known. `event` says what else this is than an invitation: cancelled, accepted, ….

    `start` and `end` are aware; `all_day` when they are dates without a clock.
    """

    topic: str = ""
    start: datetime | None = None
    end: datetime | None = None
    all_day: bool = False
    location: str = ""
    organiser: Party | None = None
    attendees: tuple[Attendee, ...] = ()
    recurrence: str = ""
    method: str = ""
    uid: str = ""
    sequence: str = ""
    status: str = ""
    event: str = ""

    def meta(self, about: str = "meeting") -> tuple[tuple[str, str], ...]:
        """The facts as the `meta` of a record, under ``meeting.start`` and the like."""
        return tuple((f"{about}.{name}", value) for name, value in self._facts() if value)

    def _facts(self) -> Iterator[tuple[str, str]]:
        yield "topic", self.topic.strip()
        yield "start", self.start.isoformat() if self.start else ""
        yield "end", self.end.isoformat() if self.end else ""
        yield "all_day", "true" if self.all_day else ""
        yield "location", self.location.strip()
        yield "organiser", str(Attendee(self.organiser)) if self.organiser else ""
        yield from (("attendee", str(attendee)) for attendee in self.attendees)
        yield "recurrence", self.recurrence
        yield "method", self.method
        yield "uid", self.uid
        yield "sequence", self.sequence
        yield "status", self.status
        yield "event", self.event


def too_long(most: int) -> RecordError:
    """A text in HTML that was not read to its end."""
    return RecordError(
        "mail-limit", f"the text of the mail or meeting is longer than {most:,} characters of HTML; the rest was not checked", help="raise limits.html, or have somebody look at it",
        zh=f"邮件或会议正文的 HTML 超过 {most:,} 个字符\uff0c其余未检查", zh_help="请调高 limits.html\uff0c或人工查看",
    )
