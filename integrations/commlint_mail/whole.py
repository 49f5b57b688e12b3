"""A mail together with what programs packed into it to say it once more: the one reading that files and the gateway share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import frozen

from commlint_mail.files import packed, sealed
from commlint_mail.message import Mail, read

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.protocols import Item
    from commlint.model.record import Record
    from commlint.model.source import Source
    from commlint_mail.stored import Stored


@frozen
class Whole:
    """A mail read: `record` with all its forms in one, `items` what else came to light in them.

    `apart` are forms that say something else than the mail (a winmail.dat with another text), `told` the sizes and hashes of those
    that became part of it. `damaged`: one could not be read to its end.
    """

    mail: Mail
    record: Record
    items: tuple[Item, ...] = ()
    told: frozenset[tuple[int, int]] = frozenset()
    apart: tuple[Record, ...] = ()
    damaged: bool = False

    @property
    def records(self) -> tuple[Record, ...]:
        """All that the mail says, to whichever program."""
        return (self.record, *self.apart)

    @property
    def unread(self) -> str:
        """Why not all that it says was read (depth | parts | headers | html | size | damage | sealed), empty when all was."""
        return next(self._reasons(), "")

    def _reasons(self) -> Iterator[str]:
        yield from (value for key, value in self.mail.record.meta if key == "unscanned")
        if sealed(self.mail.tree, self.mail.record):
            yield "sealed"
        if self.damaged:
            yield "damage"


def whole(content: Stored, source: Source, environment: Environment, *, start: int = 0, end: int | None = None, name: str = "") -> Whole:
    """The mail in a stretch of `content`; `name` tells it from others in `source`. Never fails; a record without headers is no mail."""
    mail = read(content, uri=source.uri, zone=environment.tz, limits=environment.limits, start=start, end=end)
    leaves = mail.tree.leaves
    if (len(leaves) > 1 or (leaves and not leaves[0].readable)) and any(map(packed, leaves)):
        from commlint_mail.brought import joined

        one = joined(mail.record, leaves, source, environment, f"{name}/" if name else "")
        return Whole(mail, one.record, one.items, one.read, one.apart, one.damaged)
    return Whole(mail, mail.record)
