"""Joins commlint: readers of chat logs and of chats as JSON Lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from commlint.hooks import hookimpl

if TYPE_CHECKING:
    from commlint.model.protocols import Classifier, Reader


@hookimpl
def commlint_readers() -> Iterable[Reader]:
    """What the configuration maps, what platforms export, and behind these any JSON Lines, and logs as text."""
    from commlint_chat.export_reader import ExportReader
    from commlint_chat.reader import DingTalkReader, FeishuReader, JsonLinesReader, LogReader, MappedReader, WeComReader

    return (MappedReader(), ExportReader(), FeishuReader(), DingTalkReader(), WeComReader(), JsonLinesReader(), LogReader())


@hookimpl
def commlint_classifiers() -> Iterable[Classifier]:
    """None: a chat message knows its kind."""
    return ()
