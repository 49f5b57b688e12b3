"""What one record leaves behind for rules over threads, cases and archives: small, frozen, picklable."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import frozen

from commlint.model.finding import Excerpt, Location
from commlint.model.record import Conversation, Party
from commlint.model.values import Located, Unknown


@frozen(eq=False)
class Fact:
    """A record as one message: the attributes that rules ask for, and where a finding about it points.

    `values` maps attribute names ("sent") to values as the record's own getters gave them; `sent` is None when unknown.
    `thread` and `cases` are the keys it is grouped by: records that share a case key belong to one case.
    """

    uri: str
    record: str
    kind: str
    sent: datetime | None
    sender: Party | None
    recipients: tuple[Party, ...]
    conversation: Conversation
    thread: str
    cases: tuple[str, ...]
    location: Location
    excerpt: Excerpt
    match: str
    values: Mapping[str, Any]

    @property
    def order(self) -> tuple[object, ...]:
        """By time, then by place; without a time last."""
        return (self.sent is None, self.sent.timestamp() if self.sent else 0.0, self.uri, self.record)

    def ask(self, name: str) -> Any:
        """The attribute `name`; unknown when it was not collected."""
        return self.values[name] if name in self.values else Unknown("not-collected", name)


def is_place(value: Any) -> bool:
    """Whether a finding can point at `value`: a stretch, a message, or what has one of these as its `place`."""
    return isinstance(value, (Located, Fact)) or hasattr(value, "place")
