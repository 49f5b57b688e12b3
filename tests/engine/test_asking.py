"""What rules ask only of some messages is collected from these, and no verdict changes."""

from __future__ import annotations

from itertools import product

import pytest

from commlint import Kind, Linter, Party, Record
from commlint.engine import aggregate
from commlint.engine.asking import Behind, asked
from commlint.model.environment import Organisation
from tests.engine.programs_by_hand import S, at, program

M, N = (["var", S, name] for name in "mn")
EMAIL = ["const", S, "email"]


def of(variable, name):
    return ["attr", S, variable, f"message.{name}"]


def rule(condition, check, variable="m"):
    collection = ["attr", S, ["root", S], "thread.messages"]
    return program(["each", S, variable, collection, condition, [["check", S, "require", check, None, None, None, {}]], {}], name="r", code="R1", scope="thread")


CLIENT = ["and", S, [["in", S, of(M, "kind"), ["list", S, [EMAIL]]], of(M, "from_client"), of(M, "asks_reply")]]


@pytest.mark.parametrize(
    ("condition", "check", "ways"),
    [
        (None, of(M, "urgent"), [Behind("")]),
        (CLIENT, of(M, "urgent"), [Behind("m", frozenset({"email"}), frozenset({"from_client", "asks_reply"}))]),
        (["compare", S, "==", of(M, "kind"), EMAIL], of(M, "urgent"), [Behind("m", frozenset({"email"}))]),
        (["compare", S, "!=", of(M, "kind"), EMAIL], of(M, "urgent"), [Behind("")]),
        (["or", S, [of(M, "from_client"), of(M, "automatic")]], of(M, "urgent"), [Behind("")]),
        (["not", S, of(M, "from_client")], of(M, "urgent"), [Behind("")]),
        (of(M, "from_client"), of(N, "urgent"), [Behind("")]),
        (None, ["and", S, [of(M, "automatic"), of(M, "urgent")]], [Behind("m", None, frozenset({"automatic"}))]),
        (None, ["and", S, [of(M, "urgent"), of(M, "automatic")]], [Behind("")]),
        (of(M, "automatic"), ["is", S, M, "message.urgent"], [Behind("m", None, frozenset({"automatic"}))]),
    ],
)
def test_what_stands_before_a_question(condition, check, ways):
    """Only a plain condition on the same message, joined by `and`, keeps a question from being asked."""
    assert list(asked([rule(condition, check)])["urgent"]) == ways


def test_one_rule_that_always_asks_is_enough():
    """The ways of all rules count."""
    found = asked([rule(CLIENT, of(M, "urgent")), rule(None, of(M, "urgent"))])
    assert Behind("") in found["urgent"]


def test_collecting_less_changes_no_verdict(monkeypatch):
    """On mails and chats of clients, colleagues and nobody: the report is that of collecting everything from every record."""
    clients, sent = Organisation(domains=("corp.example.com",), client_domains=("client.example.org",)), at("2026-03-02T10:00")
    records = [
        Record.from_text(text, kind=kind, uri=f"{number}.txt", sent_at=sent, sender=Party("", sender) if sender else None)
        for number, (text, kind, sender) in enumerate(product(
            ("\u8bf7\u56de\u590d\u3002", "\u6536\u5230\u3002"), (Kind.EMAIL, Kind.CHAT_MESSAGE, Kind.MINUTES), ("", "a@client.example.org", "b@corp.example.com"),
        ))
    ]
    linter = Linter(changes={"organisation": clients}, as_of=at("2026-03-20T10:00"), lang="en")
    less = linter.check_records(records)
    monkeypatch.setattr(aggregate, "_SOMETIMES", frozenset())
    assert Linter(changes={"organisation": clients}, as_of=at("2026-03-20T10:00"), lang="en").check_records(records) == less
    assert any(doubt.code == "SLA006" for doubt in less.undetermined)
