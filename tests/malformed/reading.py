"""Mails of a collection through commlint, and what came of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from attrs import define, field

from commlint.calendar import weekdays
from commlint.engine.opening import Unread, opened
from commlint.errors import RecordError
from commlint.model.environment import Environment
from commlint.model.source import Source
from tests.fuzzing.sound import breaches
from tests.fuzzing.targets import readers

_ENVIRONMENT = Environment(calendar=weekdays())


@define
class Outcome:
    """Of one collection: `read` files gave a record, `failed` ones a reason, `lost` ones neither; `crashed` raised, or gave records that lie."""

    files: int = 0
    records: int = 0
    read: int = 0
    failed: Counter[str] = field(factory=Counter)
    crashed: list[str] = field(factory=list)
    lost: list[str] = field(factory=list)


def outcome(mails: Iterable[tuple[str, bytes]]) -> Outcome:
    """What comes of mails when each is kept as an .eml; a mailbox as .mbox."""
    total = Outcome()
    for name, content in mails:
        _read(name, content, total)
    return total


def _read(name: str, content: bytes, total: Outcome) -> None:
    total.files += 1
    records = failures = 0
    uri = name if name.endswith((".eml", ".mbox")) else f"{name}.eml"
    try:
        for found in opened(Source(uri, content), readers(), _ENVIRONMENT):
            if isinstance(found, Unread):
                failures += 1
                total.failed[found.error.slug if isinstance(found.error, RecordError) else type(found.error).__name__] += 1
            else:
                records += 1
            total.crashed += (f"{name}: {what}" for what in breaches(found))
    except Exception as error:
        total.crashed.append(f"{name}: {type(error).__name__}: {error}")
    total.records += records
    total.read += records > 0
    if not records and not failures:
        total.lost.append(name)
