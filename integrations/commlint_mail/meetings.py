"""What Outlook keeps of meetings and tasks (MS-OXOCAL, MS-OXOTASK) as an invitation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from commlint.model.record import Kind, Party
from commlint_mail.invitation import Attendee, Invitation
from commlint_mail.mapi import APPOINTMENT, COMMON, MEETING, TASK, Item, Properties

KINDS = (("ipm.schedule.meeting", Kind.MEETING_NOTICE), ("ipm.appointment", Kind.MEETING_NOTICE), ("ipm.taskrequest", Kind.TASK), ("ipm.task", Kind.TASK))
"""What items are by how their class begins, in lower case."""

_EVENTS = (
    (".canceled", "cancelled"), (".resp.pos", "accepted"), (".resp.neg", "declined"), (".resp.tent", "tentative"), (".notification.forward", "forwarded"),
)  # fmt: skip
_ANSWERS = {2: "TENTATIVE", 3: "ACCEPTED", 4: "DECLINED", 5: "NEEDS-ACTION"}
_ROLES = {1: "REQ-PARTICIPANT", 2: "OPT-PARTICIPANT"}
_ROLE, _ANSWER, _FLAGS = 0x0C15, 0x5FFF, 0x5FFD
_ORGANISER, _CANCELLED = 2, 4  # flags of recipients, of meetings
_THING = 3
_VCAL = b"vCal-Uid\x01\0\0\0"


def answered(told: str) -> str:
    """What the class of an item says other than a call to a meeting; empty for anything else."""
    folded = told.lower()
    return next((event for ending, event in _EVENTS if ending in folded), "") if folded.startswith("ipm.schedule.meeting") else ""


def invitation(item: Item, organiser: Party | None, people: Sequence[tuple[Party, Properties]], zone: tzinfo) -> Invitation | None:
    """The facts of a meeting or task; None for other items. `people` are the recipients, each with its properties."""
    own = item.properties
    told = own.text(0x001A).lower()
    kind = next((kind for start, kind in KINDS if told.startswith(start)), None)
    if kind is None:
        return None
    return _task(own, zone) if kind is Kind.TASK else _meeting(own, organiser, people, zone)


def _meeting(own: Properties, organiser: Party | None, people: Sequence[tuple[Party, Properties]], zone: tzinfo) -> Invitation:
    start = own.moment((APPOINTMENT, 0x820D), (COMMON, 0x8516), 0x0060)
    end = own.moment((APPOINTMENT, 0x820E), (COMMON, 0x8517), 0x0061)
    event = answered(own.text(0x001A)) or ("cancelled" if own.number((APPOINTMENT, 0x8217)) & _CANCELLED else "")
    return Invitation(
        topic=" ".join(own.text(0x0E1D, 0x0070, 0x0037).split()),
        start=start.astimezone(zone) if start else None,
        end=end.astimezone(zone) if end else None,
        all_day=bool(own.number((APPOINTMENT, 0x8215))),
        location=" ".join(own.text((APPOINTMENT, 0x8208), (MEETING, 0x0002)).split()) or ", ".join(party.name for party, told in people if _role(told) == _THING and party.name),
        organiser=organiser,
        attendees=tuple(Attendee(party, _ROLES[_role(told)], _ANSWERS.get(told.number(_ANSWER), "")) for party, told in people if _role(told) in _ROLES and party != organiser),
        recurrence=own.text((APPOINTMENT, 0x8232)).strip()[:500],
        uid=_uid(own),
        sequence=str(own.number((APPOINTMENT, 0x8201)) or ""),
        event=event,
    )


def _role(told: Properties) -> int:
    """1 for who is asked to come, 2 for who may, 3 for a room; 0 for who calls."""
    return 0 if told.number(_FLAGS) & _ORGANISER else told.number(_ROLE, 1) & 0xF


def _task(own: Properties, zone: tzinfo) -> Invitation:
    start, due = own.moment((TASK, 0x8104)), own.moment((TASK, 0x8105), (COMMON, 0x8517))
    owner = own.text((TASK, 0x811F)).strip()
    return Invitation(
        topic=" ".join(own.text(0x0E1D, 0x0070, 0x0037).split()),
        start=start.astimezone(zone) if start else None,
        end=due.astimezone(zone) if due else None,
        attendees=(Attendee(Party(owner)),) if owner else (),
    )


def _uid(own: Properties) -> str:
    """The UID that calendars know the meeting by (MS-OXCICAL 2.1.3.1.1.20.26): the same for all its occurrences."""
    whole = own.binary((MEETING, 0x0023), (MEETING, 0x0003))
    if len(whole) < 40:
        return ""
    data = whole[40:]
    if data.startswith(_VCAL):
        return data[len(_VCAL) :].rstrip(b"\0").decode("utf-8", "replace")
    return (whole[:16] + bytes(4) + whole[20:]).hex().upper()
