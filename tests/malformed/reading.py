"""Mails of a collection through commlint, as files and as the gateway gets them, and what came of them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache

from attrs import define, field
from commlint_mail.gateway.judging import Judge
from commlint_mail.gateway.policy import Action, Entry, Policy
from commlint_mail.gateway.session import Message
from commlint_mail.gateway.verdicts import VERDICT, Fate, Verdict

from commlint import Linter
from commlint.calendar import weekdays
from commlint.engine.opening import Unread, opened
from commlint.errors import RecordError
from commlint.model.environment import Environment
from commlint.model.source import Source
from tests.fuzzing.sound import breaches
from tests.fuzzing.targets import readers

LONG = 1.0  # CPU seconds that no mail may take
_ENVIRONMENT = Environment(calendar=weekdays())
_UNREAD = frozenset(("mail-limit", "mail-damaged", "encrypted-file"))  # what a reader says of a mail that is not read to its end


@define
class Outcome:
    """Of one collection: `read` files gave a record, `failed` ones a reason, `lost` ones neither; `crashed` raised, or gave records that lie.

    `verdicts` counts those of the gateway under two policies, `unscannable` those that say so where no rule stops the mail before. `passed` are mails that were not read to their end though their verdict
    does not say so. `slowest` is the most CPU seconds that one mail took, and its name; `long` counts those of more than LONG.
    """

    files: int = 0
    records: int = 0
    read: int = 0
    failed: Counter[str] = field(factory=Counter)
    crashed: list[str] = field(factory=list)
    lost: list[str] = field(factory=list)
    verdicts: Counter[str] = field(factory=Counter)
    unscannable: int = 0
    passed: list[str] = field(factory=list)
    slowest: tuple[float, str] = (0.0, "")
    long: int = 0

    @property
    def good(self) -> bool:
        """Whether nothing was lost, crashed or passed over."""
        return not (self.crashed or self.lost or self.passed)


@cache
def judges() -> tuple[Judge, ...]:
    """The gateway's, one that refuses and one that holds: with all rules that are built in, then where nothing that a rule finds counts."""
    strict = {lang: Linter(lang=lang) for lang in ("zh", "en")}
    silent = {lang: Linter(lang=lang, changes={"select": ["vague-deadline"]}) for lang in ("zh", "en")}
    made = tuple(
        Judge(Policy(Entry(action, selected=selected), unscannable=action), linters)
        for linters, selected in ((strict, None), (silent, frozenset()))
        for action in (Action.ENFORCE, Action.HOLD)
    )
    for judge in made:
        judge(_message(b"From: a@example.com\r\nSubject: s\r\n\r\nx\r\n"))  # what is made once is not the first mail's
    return made


def outcome(mails: Iterable[tuple[str, bytes]]) -> Outcome:
    """What comes of mails when each is kept as an .eml, a mailbox as .mbox; and of the same sent through the gateway."""
    total = Outcome()
    judges()
    for name, content in mails:
        total.files += 1
        with _timed(total, name):
            unread = _read(name, content, total)
        for judge in judges():
            with _timed(total, name):
                _judged(judge, name, content, total, unread=unread)
    return total


@contextmanager
def _timed(total: Outcome, name: str) -> Iterator[None]:
    """What raises is noted, and what takes long."""
    before = time.process_time()
    try:
        yield
    except Exception as error:
        total.crashed.append(f"{name}: {type(error).__name__}: {error}")
    seconds = time.process_time() - before
    total.slowest = max(total.slowest, (seconds, name))
    total.long += seconds > LONG


def _read(name: str, content: bytes, total: Outcome) -> bool:
    """Whether the reader says that it did not read the mail to its end."""
    records = 0
    errors: list[tuple[str, str]] = []
    uri = name if name.endswith((".eml", ".mbox")) else f"{name}.eml"
    for found in opened(Source(uri, content), readers(), _ENVIRONMENT):
        if isinstance(found, Unread):
            errors.append((found.uri, found.error.slug if isinstance(found.error, RecordError) else type(found.error).__name__))
        else:
            records += 1
        total.crashed += (f"{name}: {what}" for what in breaches(found))
    total.failed.update(slug for _, slug in errors)
    total.records += records
    total.read += records > 0
    if not records and not errors:
        total.lost.append(name)
    return not uri.endswith(".mbox") and any(at == uri and slug in _UNREAD for at, slug in errors)


def _judged(judge: Judge, name: str, content: bytes, total: Outcome, *, unread: bool) -> None:
    verdict = judge(_message(content))
    said = _said(verdict)
    if judge.policy.default.selected is None:
        total.verdicts[said] += 1
    elif said == "unscannable":
        total.unscannable += 1
    if unread and said == "pass":
        total.passed.append(f"{name} under {judge.policy.default.action}")


def _message(content: bytes) -> Message:
    return Message("a@example.com", ("b@example.com",), content, ())


def _said(verdict: Verdict) -> str:
    """reject | flag | pass | exempt | unscannable: what a verdict says, whatever becomes of the mail."""
    told = dict(verdict.fields).get(VERDICT, "")
    return told.partition(";")[0] or ("reject" if verdict.fate is Fate.REJECT else verdict.fate.value)
