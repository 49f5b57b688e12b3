"""What a record's format states of a meeting or task besides its text: the time and place of a calendar entry, who is invited.

Readers give it as `meta`: ``meeting.start`` and ``meeting.end`` (ISO 8601), ``meeting.topic``, ``meeting.location``, ``meeting.attendee``
(once each), ``meeting.organiser``, ``meeting.event`` (cancelled, accepted, …); the same under ``task.`` of a to-do, whose end is when it is due.
"""

from __future__ import annotations

from datetime import datetime

from commlint.model.record import Record

_LABELS = {
    "meeting.topic": ("meeting_topic",),
    "meeting.start": ("meeting_time", "start_time", "date"),
    "meeting.end": ("end_time",),
    "meeting.location": ("place",),
    "meeting.attendee": ("attendees",),
    "meeting.organiser": ("host",),
    "task.topic": ("task_name", "task"),
    "task.end": ("due",),
    "task.attendee": ("owner",),
    "task.organiser": ("initiator",),
}


def labels(record: Record) -> frozenset[str]:
    """The lexicon's names of the labels that are filled in by what the format states."""
    return frozenset(label for key, value in record.meta if value for label in _LABELS.get(key, ()))


def moment(record: Record, key: str) -> datetime | None:
    """The time stated under a key (``meeting.start``), aware; None where none is."""
    written = next((value for name, value in record.meta if name == key), "")
    try:
        found = datetime.fromisoformat(written) if written else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def value(record: Record, key: str) -> str:
    """What is stated under a key, empty where nothing is."""
    return next((value for name, value in record.meta if name == key), "")
