"""Joins commlint: the reader of mail files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from commlint.hooks import hookimpl

if TYPE_CHECKING:
    from commlint.model.protocols import Classifier, Reader


@hookimpl
def commlint_readers() -> Iterable[Reader]:
    """Mail as .eml and in mailboxes; calendars."""
    from commlint_mail.calendar import IcsReader
    from commlint_mail.mbox import MboxReader
    from commlint_mail.reader import EmlReader

    return (EmlReader(), IcsReader(), MboxReader())


@hookimpl
def commlint_classifiers() -> Iterable[Classifier]:
    """None: a mail knows its kind."""
    return ()
