"""All that a verdict may depend on besides rules and records; nothing is asked of the machine."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from attrs import frozen

if TYPE_CHECKING:
    from commlint.model.protocols import Calendar


@frozen
class RosterPerson:
    """One person of the roster; `masked` are written forms such as 张*经理."""

    name: str
    masked: tuple[str, ...] = ()
    department: str = ""
    title: str = ""
    superior: str = ""
    head: bool = False
    management: bool = False
    external: bool = False
    addresses: tuple[str, ...] = ()


@frozen(cache_hash=True)  # what depends on it is cached by it, and asked for many times a record
class Roster:
    """Who is who. `known` is False when no roster was configured: then roster questions are unknown."""

    people: tuple[RosterPerson, ...] = ()
    departments: tuple[str, ...] = ()
    known: bool = False


@frozen(cache_hash=True)
class Lexicon:
    """Additions to the bundled synonyms: (key, synonym) pairs, and (list name, cue) pairs."""

    labels: tuple[tuple[str, str], ...] = ()
    cues: tuple[tuple[str, str], ...] = ()


@frozen
class WorkingHours:
    """When a working day starts, ends and breaks; from `late` on it is off-hours (norm S0-021)."""

    start: time = time(9, 0)
    end: time = time(18, 0)
    lunch_start: time = time(12, 0)
    lunch_end: time = time(13, 0)
    late: time = time(22, 0)


@frozen
class Coverage:
    """The stretch of time that an archive holds completely; silence means something only inside it."""

    start: datetime
    end: datetime


@frozen
class Organisation:
    """Who we are: mail domains that are ours, names of ours, names and domains of clients."""

    domains: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    client_domains: tuple[str, ...] = ()
    client_names: tuple[str, ...] = ()


@frozen
class Limits:
    """What hostile input may cost; past a limit the rest of a source is not read, and a failure names the limit. Sizes in bytes."""

    file_size: int = 100_000_000  # held in memory; larger files are read only by readers that stream
    depth: int = 10  # archives in archives, messages in messages
    members: int = 100_000  # files in an archive, messages in a mailbox count none
    unpacked_size: int = 1_000_000_000  # all that one file may unpack to
    ratio: int = 200  # unpacked to packed, of a member of more than 10 MB
    headers: int = 10_000  # header fields of one message
    parts: int = 1_000  # of one message
    html: int = 2_000_000  # characters of one page
    message: int = 2_000_000  # characters of JSON that one message of a chat is read from
    cells: int = 200_000  # of the tables of one record
    pages: int = 2_000  # of one document
    xml: int = 30_000_000  # bytes of XML that one document is read from
    characters: int = 2_000_000  # of the text of one document that has pages or slides
    seconds: int = 60  # that another program may read one document for


@frozen
class Environment:
    """`as_of` is the instant of judgement, None when nobody said; `judged_at` is what silence is judged by.

    `roll`: a limit in calendar days that ends on a day off runs to the next working day (Civil Code art. 203).
    """

    calendar: Calendar
    zone: str = "Asia/Shanghai"
    as_of: datetime | None = None
    hours: WorkingHours = WorkingHours()
    roster: Roster = Roster()
    lexicon: Lexicon = Lexicon()
    organisation: Organisation = Organisation()
    coverage: Coverage | None = None
    lang: str = "zh"
    roll: bool = False
    limits: Limits = Limits()

    @property
    def judged_at(self) -> datetime | None:
        """The instant that silence is judged at: `as_of`, else the end of the archive's coverage; None leaves it undetermined."""
        return self.as_of or (self.coverage.end if self.coverage else None)

    @property
    def tz(self) -> ZoneInfo:
        """The zone that bare dates and times are in."""
        return ZoneInfo(self.zone)
