"""From a phrase to what it denotes: kind, value, bounds and due time; pure."""

from __future__ import annotations

from commlint.entities.time import recurrences
from commlint.entities.time.context import Context
from commlint.entities.time.dated import read_dated
from commlint.entities.time.measured import read_length
from commlint.entities.time.moments import clock_of
from commlint.entities.time.phrases import Phrase
from commlint.entities.time.reading import Reading, value_of, valueless
from commlint.entities.time.shape import Atom, Role
from commlint.model.values import TimeKind


def read(text: str, phrase: Phrase, context: Context, label: str = "") -> Reading | None:
    """What `phrase` denotes in `context`; None when it turns out to be no time."""
    head = phrase.head
    if head is None:
        return read_dated(text, phrase, context, label)
    if head.role is Role.VAGUE:
        return valueless(TimeKind.VAGUE, head.shape.name)
    if head.role is Role.PLACEHOLDER:
        return valueless(TimeKind.PLACEHOLDER, head.shape.name)
    if head.role is Role.RECURRENCE:
        return read_recurrence(phrase, head, context)
    return read_length(text, head, context)


def read_recurrence(phrase: Phrase, head: Atom, context: Context) -> Reading | None:
    """What comes again: the rule of its shape, with the time of day."""
    rule: str | None = value_of(head, context)
    if rule is None:
        return None
    point = phrase.first
    clock = clock_of(point, context) if point else None
    if clock and clock[0].hour is not None:
        rule = recurrences.at(rule, clock[0].hour % 24, clock[0].minute)
    elif point and point.clock and point.clock.role is Role.CLOSE:
        rule = recurrences.at(rule, context.environment.hours.end.hour, context.environment.hours.end.minute)
    return Reading(TimeKind.RECURRENCE, rule, None, None, None, None, "recurrence", (), head.shape.name, bool(clock), False, None)
