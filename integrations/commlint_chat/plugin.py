"""Joins commlint: readers of chat logs and of chats as JSON Lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from commlint.hooks import hookimpl

if TYPE_CHECKING:
    from commlint.model.protocols import Classifier, Reader


@hookimpl
def commlint_readers() -> Iterable[Reader]:
    """Logs as text and as JSON Lines."""
    from commlint_chat.reader import JsonLinesReader, LogReader

    return (JsonLinesReader(), LogReader())


@hookimpl
def commlint_classifiers() -> Iterable[Classifier]:
    """None: a chat message knows its kind."""
    return ()
