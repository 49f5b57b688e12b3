"""Faults done to the gateway with mail under way: nothing is lost, nothing comes twice, and senders are told what the documentation says.

All faults with all policies: ``python -m tests.gateway.faults``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.gateway.faults.field import ACTIONS, AWAY, POLICIES, REFUSED, Field, Options, servers
from tests.gateway.faults.mails import VAGUE, mail
from tests.gateway.faults.scenarios import SCENARIOS, over_budget_once
from tests.gateway.faults.table import table

MESSAGES = 9
_CHOSEN = {  # F18 last: it leaves a short budget
    "observe": ("F01", "F06", "F16"),
    "tag": ("F02", "F08", "F16"),
    "enforce": ("F03", "F13", "F19", "F18"),
    "hold": ("F07", "F13"),
}


@pytest.fixture(scope="module", params=POLICIES)
def field(request: pytest.FixtureRequest, postfix_installed: None) -> Iterator[Field]:
    """Servers under each policy in turn."""
    with servers(request.param, Options()) as started:
        yield started


def test_faults(field: Field) -> None:
    """What was answered with 250 is delivered once or held, whatever became of the gateway meanwhile; what was refused is not."""
    rows = []
    for name in _CHOSEN[field.policy]:
        here = field.again(MESSAGES)
        (over_budget_once if name == "F18" else SCENARIOS[name].does)(here)
        rows.append(here.row(name))
    assert [(row.lost, row.duplicated, row.problems) for row in rows] == [((), (), ())] * len(rows), table(rows)
    assert all(row.sent >= 6 for row in rows)


@pytest.mark.parametrize("field", ["observe"], indirect=True)
def test_what_is_counted(field: Field, monkeypatch: pytest.MonkeyPatch) -> None:
    """The harness sees a mail that is lost, and one that comes twice."""
    monkeypatch.setattr("tests.gateway.faults.field._NOWHERE", 0.1)
    here = field.again(MESSAGES)
    here.offer(mail("once"))
    here.offer(mail("twice"))
    here.flush()
    gone = next(each for each in here.sink.messages if each.recipients[0].startswith("once"))
    here.sink.messages.remove(gone)
    here.sink.messages.append(next(each for each in here.sink.messages if each.recipients[0].startswith("twice")))
    row = here.row("counted")
    assert (row.lost, row.duplicated, row.sound) == (("once->once@example.cn",), ("twice",), False)


def test_replies_of_the_documentation() -> None:
    """Each policy has the action of Postfix that fits it, and refusals are of the form that mail servers read."""
    assert ACTIONS == {"observe": "accept", "tag": "accept", "enforce": "tempfail", "hold": "quarantine"}
    assert all(re.match(r"[45]\d\d [45]\.\d+\.\d+ ", reply) for reply in (AWAY, REFUSED[VAGUE]))
