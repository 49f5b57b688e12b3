"""What stands in the log: events as lines of JSON, addresses without who, never the words of a mail."""

from __future__ import annotations

import json

import pytest
from commlint_mail.gateway.counters import Counters
from commlint_mail.gateway.judging import Judge
from commlint_mail.gateway.logs import Log, where
from commlint_mail.gateway.policy import Action, Entry, Policy
from commlint_mail.gateway.worker import Books, judging

from tests.gateway.test_judging import LINTERS, message


@pytest.mark.parametrize(("address", "short", "whole"), [
    ("zhou.ming@example.com", "z***@example.com", "zhou.ming@example.com"), ("张三@example.com", "张***@example.com", "张三@example.com"), ("", "", ""), ("root", "***", "root"),
])
def test_addresses(address: str, short: str, whole: str) -> None:
    """The first letter and the domain, unless whole addresses are asked for."""
    assert (Log().address(address), Log(addresses=True).address(address)) == (short, whole)


@pytest.mark.parametrize("action", list(Action))
def test_nothing_of_a_mail(action: Action, capsys: pytest.CaptureFixture[str]) -> None:
    """Under every policy, judged, too late or with an error: rules and sizes are logged, no subject, no text, no recipient, no name of the sender."""
    work = judging(Judge(Policy(Entry(action)), LINTERS), Books(Counters.new(1), 0, Log()))
    mail = message(sender="zhouming@example.com", recipients=("wangfang@example.cn",), subject="机密安排")
    work.judge(mail)
    work.overdue(mail)
    work.failed(mail, ValueError("请尽快提交展会物料清单"))
    said = capsys.readouterr().err
    assert [word for word in ("尽快", "物料", "机密", "zhouming", "wangfang", "周明") if word in said] == []
    judged = [line for line in map(json.loads, said.splitlines()) if line["event"] == "judged"]
    assert (len(judged), "VAG001 vague-deadline" in judged[0]["rules"], judged[0]["sender"]) == (3, True, "z***@example.com")


def test_where_something_was_raised() -> None:
    """The kind of an error and the line that raised it, not its words."""
    with pytest.raises(ValueError, match="invalid literal") as raised:
        int("请尽快")
    assert where(raised.value).startswith(f"ValueError at {__file__}:")
    assert where(KeyError("x")) == "KeyError"


@pytest.mark.parametrize("said", ["a\nb", "a\r\nb", "a\x85b", "a\u2028b", "a\x9b2Jb", "a\x1b[2Jb", "a\u202eb", "\udcff\ud800", "请" * 5_000])
def test_an_event_is_one_line(said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever a stranger has called himself: one line for every reader of lines, nothing that a terminal obeys, of bounded length, and JSON."""
    Log().event("judged", sender=said)
    (line,) = capsys.readouterr().err.splitlines()
    assert not {"\x1b", "\x9b", "\u202e"} & {*line}
    assert len(line) < 1_200
    assert json.loads(line)["sender"].startswith(said[:1])
