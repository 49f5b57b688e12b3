"""Mailboxes: many messages in one file, of any size, as Thunderbird, mutt, procmail, Gmail and mail servers keep them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from commlint.errors import RecordError
from commlint.model.source import Source

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.protocols import Item
    from commlint_mail.fromline import Message
    from commlint_mail.stored import Stored

HELD = 1 << 23  # bytes of a message that is held whole; a larger one is read where it stands
_DATED = re.compile(rb"\s{0,100}From [^\r\n]{1,900}\d{1,2}:\d{2}[^\r\n]{0,60}\r?\n")
_DELETED = re.compile(rb"^x-mozilla-status:[ \t]*[0-9a-f]{3}[89a-f][ \t]*\r?$|^x-status:[^\r\n]{0,20}D", re.IGNORECASE | re.MULTILINE)


class MboxReader:
    """Reads mailboxes: a record each message, named by its number."""

    name = "mbox"
    suffixes: tuple[str, ...] = (".mbox", ".mbx")
    media_types: tuple[str, ...] = ("application/mbox",)
    streams = True

    def claims(self, source: Source) -> bool:
        """By suffix or media type, or a file without extension that begins as a mailbox does."""
        if source.suffix in self.suffixes or source.media_type in self.media_types:
            return True
        return not source.suffix and source.media_type is None and source.content.startswith(b"From ") and _DATED.match(source.content) is not None

    def read(self, source: Source, environment: Environment) -> Iterable[Item]:
        """The messages in order, each with the files in it; one that cannot be read is a failure that names its number.

        An empty mailbox has none. Raises RecordError: not-a-mail, damaged-file, legacy-format.
        """
        from commlint_mail.reader import gone
        from commlint_mail.stored import stored

        if source.content.startswith(b"*mbx*"):
            raise _binary()
        try:
            with stored(source) as content:
                yield from _messages(content, source, environment)
        except OSError as error:  # the file went, or the disk failed, while it was read
            raise gone(error) from error


def _messages(content: Stored, source: Source, environment: Environment) -> Iterator[Item]:
    from commlint_mail.fromline import messages

    number = 0
    for message in messages(content):
        if _deleted(content, message):
            continue
        number += 1
        try:
            yield from _items(content, message, source, environment, str(number))
        except RecordError as error:
            yield error.at(str(number))


def _items(content: Stored, message: Message, source: Source, environment: Environment, number: str) -> Iterator[Item]:
    from commlint_mail.fromline import unquoted
    from commlint_mail.reader import items

    if message.end - message.start > HELD:
        yield from items(content, source, environment, start=message.start, end=message.end, name=number)
    else:
        yield from items(unquoted(content[message.start : message.end]), source, environment, name=number)


def _deleted(content: Stored, message: Message) -> bool:
    """Whether the mail program only waits to remove it: Thunderbird's flag 8, or X-Status D."""
    from commlint_mail.fromline import head_of

    head = head_of(content, message.start, message.end)
    if b"Status:" not in head and b"STATUS:" not in head:
        return False
    lines = head.replace(b"\r\n", b"\n")
    body = lines.find(b"\n\n")
    return _DELETED.search(lines, 0, body if body >= 0 else len(lines)) is not None


def _binary() -> RecordError:
    return RecordError(
        "legacy-format", "this is a mailbox in the mbx format of UW-IMAP", help="convert it with `mailutil copy`, or export it as mbox",
        zh="这是 UW-IMAP 的 mbx 格式邮箱", zh_help="请用 mailutil copy 转换\uff0c或导出为 mbox",
    )
