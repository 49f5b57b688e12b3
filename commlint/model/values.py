"""What a record says, as typed values that know where they stand.

`part` is the index of the part, `span` counts code points of that part's folded text. `text` is what
the author wrote, unfolded; `folded` is the same stretch as rules compare it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from attrs import frozen

from commlint.model.record import Attachment, Party
from commlint.model.span import Span


@frozen
class Unknown:
    """No answer: `reason` is a slug people can look up, `detail` the thing that is missing."""

    reason: str  # no-sent-time | no-roster | no-header | unannounced-year | no-coverage | no-meeting-time | …
    detail: str = ""

    def __bool__(self) -> bool:
        raise TypeError(f"unknown ({self.reason}) is neither true nor false")


@frozen
class Located:
    """A stretch of a record."""

    part: int
    span: Span
    text: str
    folded: str


@frozen
class Passage(Located):
    """A text: a part, a paragraph, a line, a sentence, a cell, a matched phrase."""


@frozen
class Sentence(Passage):
    """One sentence; `clauses` are its stretches between commas."""

    clauses: tuple[Span, ...] = ()
    quoted: tuple[Span, ...] = ()


class TimeKind(StrEnum):
    """What a time expression is by its surface (design of time expressions, kinds)."""

    DEADLINE = "deadline"
    INSTANT = "instant"
    PERIOD = "period"
    DURATION = "duration"
    LIMIT = "duration-limit"
    RECURRENCE = "recurrence"
    VAGUE = "vague"
    PLACEHOLDER = "placeholder"


@frozen
class TimeExpression(Located):
    """A time expression. `value` is canonical text (2024-06-10, PT24H, P3BD, RRULE…), None if none.

    `start`/`end` bound what it denotes; `due` is the last acceptable moment of a deadline or limit;
    `anchor` the clause a limit counts from; `alternatives` other readings of `value`; `why` the shape;
    `clock` whether it says an hour; `assumed` whether an unannounced calendar year was guessed.
    """

    kind: TimeKind
    value: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    due: datetime | None = None
    anchor: str | None = None
    precision: str = ""
    alternatives: tuple[str, ...] = ()
    why: str = ""
    clock: bool = False
    assumed: bool = False


@frozen
class Duration:
    """A length: `amount` of a unit, which says how it is counted."""

    amount: int
    unit: str  # minutes | hours | days | weeks | months | years | workdays | workhours


@frozen
class Interval:
    """From one moment to another; compared with a Duration in the Duration's own unit."""

    start: datetime
    end: datetime

    @property
    def elapsed(self) -> timedelta:
        """Clock time between the two."""
        return self.end - self.start


@frozen
class Department(Located):
    """A department; `name` is the roster's name where known, else as written."""

    name: str


@frozen
class Person(Located):
    """A person reference. `form`: full | familiar | surname_title | masked | department_title | title | mention | address.

    Empty strings for what it does not say.
    """

    form: str
    name: str = ""
    title: str = ""
    department: str = ""
    address: str = ""


@frozen
class Contact(Located):
    """A named contact point: its label, the persons it names, and their details."""

    label: str
    persons: tuple[Person, ...]
    phone: str = ""
    email: str = ""
    extension: str = ""


@frozen
class LabelledField(Located):
    """A label and its value. `key` is the lexicon's name of the label ("owner"), else the folded label.

    `layout`: colon | heading | row | column | bracket | bold | meta. `item` numbers the topic or row the field belongs
    to (0 for the record itself).
    """

    key: str
    label: Passage
    value: Passage
    blank: bool
    layout: str
    item: int = 0


@frozen
class Row(Located):
    """A row of a table with a header: its cells by column."""

    keys: tuple[str, ...]
    labels: tuple[str, ...]
    cells: tuple[Passage, ...]


@frozen
class Table(Located):
    """A table: the keys and labels of its header, its rows, and the heading or caption above it."""

    caption: str
    keys: tuple[str, ...]
    labels: tuple[str, ...]
    rows: tuple[Row, ...]


@frozen
class ActionItem(Located):
    """Something to be done: `task` says what; the rest as far as it is said. `layout`: table | list | sentence | tail | block."""

    task: Passage
    owners: tuple[Person | Department, ...] = ()
    due: TimeExpression | None = None
    deliverable: Passage | None = None
    priority: Passage | None = None
    status: Passage | None = None
    layout: str = "sentence"


@frozen
class Money(Located):
    """An amount: `value` in units of `currency` (ISO 4217; CNY unless said otherwise)."""

    value: float
    currency: str = "CNY"


@frozen
class Figure(Located):
    """A quantity: `value` with its scale counted in, `unit` as written."""

    value: float
    unit: str


class IdentifierKind(StrEnum):
    """What an identifier is."""

    PHONE = "phone"
    EMAIL = "email"
    ID_CARD = "id-card"
    BANK_CARD = "bank-card"


@frozen
class Identifier(Located):
    """A number or address by which a person can be reached, identified or paid."""

    kind: IdentifierKind


@frozen
class Signature(Located):
    """The block a mail is signed with; empty strings for what it lacks."""

    name: str = ""
    title: str = ""
    company: str = ""
    phone: str = ""
    email: str = ""
    department: str = ""
    address: str = ""
    website: str = ""


@frozen
class Subject(Located):
    """A subject and its parts: prefixes in order, what it is about, the department and the person in it."""

    prefixes: tuple[Passage, ...] = ()
    matter: Passage | None = None
    department: Passage | None = None
    person: Passage | None = None


@frozen
class EarlierMessage(Located):
    """A message that another quotes or passes on: who wrote it and when, None where that is not said."""

    sender: Party | None = None
    sent: datetime | None = None


@frozen
class GroupName(Located):
    """The name of a chat group and its parts: department, matter, and date as written."""

    department: Passage | None = None
    matter: Passage | None = None
    date: Passage | None = None


@frozen
class AttachedFile(Located):
    """An attachment where the record shows or mentions it."""

    file: Attachment


@frozen
class Topic(Located):
    """An agenda item or a topic of minutes: title, its number, and the minutes it is given (None: not said)."""

    title: Passage
    number: int
    duration: Duration | None = None


@frozen
class Meeting(Located):
    """A meeting as a record tells of it; None for what it does not say. `cancelled` when the record calls it off."""

    topic: str
    start: datetime | None = None
    end: datetime | None = None
    cancelled: bool = False


@frozen
class ContactChange(Located):
    """An announcement that another person takes over as contact, from whom, and from when."""

    person: Person | None
    effective: datetime | None
    former: Person | None = None
