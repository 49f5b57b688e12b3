"""Joins commlint: the reader of mail files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from commlint.hooks import hookimpl

if TYPE_CHECKING:
    from commlint.model.protocols import Classifier, Command, Reader


@hookimpl
def commlint_readers() -> Iterable[Reader]:
    """Mail as .eml, in mailboxes and from Outlook; calendars."""
    from commlint_mail.calendar import IcsReader
    from commlint_mail.mbox import MboxReader
    from commlint_mail.outlook import MsgReader, TnefReader
    from commlint_mail.reader import EmlReader

    return (EmlReader(), IcsReader(), MboxReader(), MsgReader(), TnefReader())


@hookimpl
def commlint_classifiers() -> Iterable[Classifier]:
    """None: a mail knows its kind."""
    return ()


@hookimpl
def commlint_commands() -> Iterable[Command]:
    """The email gateway."""
    from commlint_mail.gateway.command import Gateway

    return (Gateway(),)
