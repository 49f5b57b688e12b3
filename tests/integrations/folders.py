"""A folder in memory, for readers of folders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from commlint.engine.opening import Unread, opened
from commlint.errors import RecordError
from commlint.model.environment import Environment
from commlint.model.protocols import Folder, Reader
from commlint.model.record import Record
from commlint.model.source import Source


@frozen
class Files:
    """Files by name, as one folder."""

    uri: str
    members: Mapping[str, bytes]

    @property
    def names(self) -> Sequence[str]:
        """In order."""
        return tuple(sorted(self.members))

    def source(self, name: str) -> Source:
        """One of them. Raises RecordError when there is none."""
        if name not in self.members:
            raise RecordError("missing-path", f"no {name}", zh=f"没有 {name}")
        return Source(f"{self.uri}/{name}", self.members[name], named=False)


def walked(item: Source | Folder, readers: Sequence[Reader], environment: Environment) -> tuple[list[Record], list[RecordError]]:
    """All records in `item`, and all that could not be read; anything else that left a reader fails the test."""
    found: list[Record] = []
    errors: list[RecordError] = []
    for each in opened(item, readers, environment):
        if isinstance(each, Unread):
            assert isinstance(each.error, RecordError), repr(each.error)
            assert all(each.error.said("zh"))
            assert all(each.error.said("en"))
            errors.append(each.error)
        else:
            found.append(each)
    return found, errors


def spoken(found: Sequence[Record]) -> Iterator[tuple[str, str, str, str]]:
    """Of each record: kind, sender, time and text."""
    for record in found:
        part = record.parts[record.part("body") or 0]
        yield record.kind.value, record.sender.name if record.sender else "", f"{record.sent_at:%m-%d %H:%M}" if record.sent_at else "", part.text
