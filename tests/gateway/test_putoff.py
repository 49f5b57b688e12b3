"""How much mail is put off for trouble of our own: a share of the mail of ten minutes, each mail for a limited time; then the policy says what else."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pytest
from attrs import define, evolve
from commlint_mail.gateway.counters import Counters
from commlint_mail.gateway.judging import Judge
from commlint_mail.gateway.logs import Log
from commlint_mail.gateway.policy import Action, Entry, Policy
from commlint_mail.gateway.putoff import FLOOR, Bound, PutOff
from commlint_mail.gateway.session import Message
from commlint_mail.gateway.verdicts import VERDICT, Fate
from commlint_mail.gateway.worker import Books, judging

from commlint import Linter

ENFORCE = Policy(unscannable=Action.ENFORCE)


@define
class Clock:
    """A clock that goes when it is told to."""

    now: float = 1_000_000.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """At some time."""
    return Clock()


def mails(beginning: str = "m") -> Iterator[Message]:
    """Always another mail."""
    number = 0
    while True:
        number += 1
        yield Message("zhou@example.com", ("wang@example.cn",), f"Subject: {beginning}{number}\r\n\r\n".encode(), ())


def offered(put_off: PutOff, policy: Policy, count: int) -> int:
    """How many of so many different mails are put off."""
    some = mails(f"{id(put_off)}-{count}-")
    return sum(put_off.ask(next(some), policy) is None for _ in range(count))


@pytest.mark.parametrize(("percent", "judged", "expected"), [
    (5, 0, FLOOR), (5, 100, FLOOR), (5, 1_000, 50), (5, 10_000, 500), (1, 10_000, 100), (100, 1_000, 900), (0, 1_000, 0), (0.5, 10_000, 50),
])
def test_the_share(clock: Clock, percent: float, judged: int, expected: int) -> None:
    """So many percent of the mail of ten minutes, but ten mails in any case; with 0 none."""
    put_off = PutOff.new(clock=clock)
    for _ in range(judged):
        put_off.judged()
    assert offered(put_off, evolve(ENFORCE, put_off_share=float(percent)), 900) == expected


def test_ten_minutes(clock: Clock) -> None:
    """After ten minutes what was is forgotten, minute by minute."""
    put_off = PutOff.new(clock=clock)
    assert offered(put_off, ENFORCE, FLOOR // 2) == FLOOR // 2
    clock.now += 300
    assert offered(put_off, ENFORCE, FLOOR) == FLOOR - FLOOR // 2
    clock.now += 240
    assert offered(put_off, ENFORCE, 1) == 0
    clock.now += 61
    assert offered(put_off, ENFORCE, FLOOR) == FLOOR // 2
    clock.now += 86_400
    assert offered(put_off, ENFORCE, FLOOR + 1) == FLOOR


def test_the_time(clock: Clock) -> None:
    """The same mail, coming again and again, is put off for an hour from the first time on; others are not touched by that."""
    put_off, some = PutOff.new(clock=clock), mails()
    mail = next(some)
    found = []
    for _ in range(8):
        found.append(put_off.ask(mail, ENFORCE))
        clock.now += 601
    assert found == [None] * 6 + [Bound.TIME] * 2
    assert put_off.ask(next(some), ENFORCE) is None
    assert put_off.ask(evolve(mail, sender="li@example.com"), ENFORCE) is None


def test_after_a_week(clock: Clock) -> None:
    """A mail like one of a week ago is not that one."""
    put_off, mail = PutOff.new(clock=clock), next(mails())
    put_off.ask(mail, ENFORCE)
    clock.now += 3_601
    assert put_off.ask(mail, ENFORCE) is Bound.TIME
    clock.now += 7 * 86_400
    assert put_off.ask(mail, ENFORCE) is None


def test_workers_share_it(clock: Clock) -> None:
    """All workers count together, and one that starts later goes on with what was counted."""
    first = PutOff.new(clock=clock)
    offered(first, ENFORCE, FLOOR - 1)
    second = PutOff(first.file, clock=clock)
    assert offered(second, ENFORCE, FLOOR) == 1
    assert offered(first, ENFORCE, 1) == 0


@pytest.mark.parametrize(("give_up", "fate", "tag"), [(Action.OBSERVE, Fate.PASS, ""), (Action.TAG, Fate.PASS, "[commlint]"), (Action.HOLD, Fate.HOLD, "")])
def test_then(clock: Clock, capsys: pytest.CaptureFixture[str], give_up: Action, fate: Fate, tag: str) -> None:
    """Mail that is put off no longer passes with a header field that says so, is marked or held, as the policy has it; that is counted and logged."""
    counters = Counters.new(1)
    books = Books(counters, 0, Log(), PutOff.new(clock=clock))
    work = judging(Judge(evolve(ENFORCE, give_up=give_up), {"zh": Linter()}), books)
    some = mails()
    verdicts = [work.overdue(next(some)) for _ in range(FLOOR)] + [work.failed(next(some), ValueError())]
    assert [each.fate for each in verdicts] == [Fate.TEMPORARY] * FLOOR + [fate]
    assert (dict(verdicts[-1].fields)[VERDICT], verdicts[-1].subject_tag) == ("unscannable; error; policy=enforce; gave-up=share", tag)
    assert "commlint_gateway_gave_up_total 1\n" in counters.exposition()
    logged = [json.loads(line) for line in io.StringIO(capsys.readouterr().err)]
    (told,) = [line for line in logged if line["event"] == "gave-up"]
    assert (told["level"], told["bound"]) == ("warning", "share")


@pytest.mark.parametrize("action", [Action.OBSERVE, Action.TAG, Action.HOLD])
def test_other_policies_put_nothing_off(clock: Clock, action: Action) -> None:
    """Only where mail that cannot be judged is refused is there anything to put off."""
    work = judging(Judge(Policy(Entry(action)), {"zh": Linter()}), Books(Counters.new(1), 0, Log(), PutOff.new(clock=clock)))
    some = mails()
    assert {work.overdue(next(some)).fate for _ in range(FLOOR * 2)} == {Fate.HOLD if action is Action.HOLD else Fate.PASS}
