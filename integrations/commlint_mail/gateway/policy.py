"""Whose messages, which rules and levels, and what becomes of what they find. The first entry that fits a message holds."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from fnmatch import fnmatchcase

from attrs import frozen

from commlint.model.finding import Finding, Severity


class Action(StrEnum):
    """What becomes of a message with findings; each also names how the mail server is told to act when the gateway is away."""

    OBSERVE = "observe"  # a header field, nothing else
    TAG = "tag"  # … and a mark before the subject
    ENFORCE = "enforce"  # refused, with what to write instead
    HOLD = "hold"  # held for somebody to look at


class Direction(StrEnum):
    """Whence and whither, by the domains that are ours."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    INTERNAL = "internal"
    OTHER = "other"


@frozen
class Entry:
    """One policy. Empty conditions hold for all. Of recipients one is enough.

    `senders` and `recipients` are addresses, patterns (``*@example.com``) or domains (``example.com``, with those below it), in lower case.
    `rules` and `ignore` are names, codes, beginnings of codes, tags, patterns, or ALL; `selected` the names of the rules that they mean.
    """

    action: Action
    name: str = ""
    senders: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    directions: tuple[Direction, ...] = ()
    rules: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    level: Severity = Severity.WARNING
    selected: frozenset[str] | None = None

    def counts(self, finding: Finding) -> bool:
        """Whether a finding has a say here. Permitted ones have none."""
        return (self.selected is None or finding.rule in self.selected) and finding.suppressed is None and finding.severity.at_least(self.level)

    def fits(self, sender: str, recipients: Iterable[str], direction: Direction) -> bool:
        """Whether it is for such a message; addresses in lower case."""
        return (
            (not self.directions or direction in self.directions)
            and (not self.senders or among(sender, self.senders))
            and (not self.recipients or any(among(address, self.recipients) for address in recipients))
        )


@frozen
class Policy:
    """All of a policy file. `budget` in seconds, `cap` in bytes of a body. With `attachments` what is attached is judged too.

    `unscannable` is for what cannot be read to its end or judged in time; None for what the entry says of findings. When it is ENFORCE, what may go
    better another time is put off (451): at most `put_off_share` percent of the mail of ten minutes, each mail for at most `put_off_seconds`. What is put off no
    longer, and what would be the same another time, gets `give_up`.
    """

    default: Entry = Entry(Action.OBSERVE)
    entries: tuple[Entry, ...] = ()
    unscannable: Action | None = None
    give_up: Action = Action.OBSERVE
    put_off_share: float = 5.0
    put_off_seconds: float = 3600.0
    subject_tag: str = "[commlint]"
    budget: float = 2.0
    cap: int = 10_000_000
    attachments: bool = False
    help_url: str = ""
    lang: str = "zh"

    def entry(self, sender: str, recipients: Iterable[str], direction: Direction) -> Entry:
        """What holds for a message."""
        there = tuple(address.lower() for address in recipients)
        return next((entry for entry in self.entries if entry.fits(sender.lower(), there, direction)), self.default)


def among(address: str, patterns: Iterable[str]) -> bool:
    """Whether one of `patterns` means an address, both in lower case."""
    domain = address.rpartition("@")[2]
    return any(fnmatchcase(address, each) if "@" in each else fnmatchcase(domain, each) or domain.endswith(f".{each}") for each in patterns)


def direction(sender: str, recipients: Iterable[str], ours: Iterable[str]) -> Direction:
    """By the domains that are `ours`; a message to anybody outside is outbound."""
    domains = tuple(domain.lower() for domain in ours)
    from_us = _of(sender, domains)
    to_us = all(_of(address, domains) for address in recipients)
    if from_us:
        return Direction.INTERNAL if to_us else Direction.OUTBOUND
    return Direction.INBOUND if to_us else Direction.OTHER


def _of(address: str, domains: tuple[str, ...]) -> bool:
    domain = address.rpartition("@")[2].lower()
    return any(domain == ours or domain.endswith(f".{ours}") for ours in domains)
