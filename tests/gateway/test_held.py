"""Mail that is held on a real Postfix: what the gateway holds is told from what others hold; one, several or all are released, and delivered once."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from commlint_mail.gateway.held import Reason, reason

from commlint.cli import main
from tests.gateway.servers import Postfix, Running, Sink, mail_server
from tests.gateway.test_delivery import mail

SOUND = "请于3月6日17:00前提交展会物料清单。"
VAGUE = "请尽快提交展会物料清单。"
POLICY = 'policy = "hold"\nrules = ["VAG001"]\nbudget = 60\n'


@pytest.mark.parametrize(("verdict", "expected"), [
    ("flag; policy=hold", Reason.FINDINGS),
    ("unscannable; budget; policy=hold", Reason.UNSCANNABLE),
    ("unscannable; error; policy=enforce; gave-up=share", Reason.UNSCANNABLE),
    ("", Reason.UNJUDGED),
    ("pass; policy=hold", Reason.OTHERS),
    ("flag; policy=tag", Reason.OTHERS),
    ("exempt; bulk", Reason.OTHERS),
    ("unscannable; cut; policy=observe", Reason.OTHERS),
])
def test_why_mail_is_held(verdict: str, expected: Reason) -> None:
    """The verdict in its header tells whether the gateway holds a mail; one without a verdict was held while the gateway was away, or by somebody else."""
    assert reason(verdict) is expected


@pytest.fixture(scope="module")
def holding(postfix_installed: None) -> Iterator[tuple[Postfix, Sink, Running]]:
    """A mail server that holds what the gateway says, what comes while the gateway is away, and what says X-Hold."""
    with mail_server(POLICY, action="quarantine", more="header_checks = regexp:{{/^X-Hold:/ HOLD}}\n") as servers:
        yield servers


def held(postfix: Postfix, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str, str]:
    """What ``commlint gateway held`` says: exit code, output, errors."""
    code = main(["gateway", "held", "--config-directory", str(postfix.config), *options])
    said = capsys.readouterr()
    return code, said.out, said.err


def reasons(postfix: Postfix, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, str]:
    """Who holds what: the reason by queue id."""
    return {each["queue_id"]: each["reason"] for each in json.loads(held(postfix, capsys, "--json", *options)[1])}


def test_held(holding: tuple[Postfix, Sink, Running], capsys: pytest.CaptureFixture[str]) -> None:
    """Listed in either language, what others hold only on request; released by id, or all that is ours; an id that is not held is an error, the others go."""
    postfix, sink, gateway = holding
    for content in (mail(VAGUE), mail(VAGUE), mail(SOUND, more="X-Hold: yes\r\n")):
        assert postfix.send(content)[0] == 250
    gateway.stop()
    assert postfix.send(mail(SOUND))[0] == 250

    everything = reasons(postfix, capsys, "--all")
    ours, others, unjudged = ([queue_id for queue_id, why in everything.items() if why == wanted] for wanted in ("findings", "others", "not-judged"))
    assert (len(ours), len(others), len(unjudged)) == (2, 1, 1)
    assert set(reasons(postfix, capsys)) == {*ours, *unjudged}

    _, english, _ = held(postfix, capsys, "--lang", "en")
    assert english.endswith("3 held; 1 more by others (--all)\n")
    assert (english.count("VAG001 vague-deadline"), english.count("not judged: the gateway was away, or somebody else holds it")) == (2, 1)
    _, chinese, _ = held(postfix, capsys, "--all", "--lang", "zh")
    assert chinese.endswith("暂扣 4 封\n")

    code, out, err = held(postfix, capsys, "--lang", "en", "--release", ours[0], "NOTTHERE00", "x\x1b[2J; rm")
    assert (code, out, err) == (1, f"{ours[0]}: released\n", "NOTTHERE00: not held\nx\ufffd[2J; rm: not held\n")
    assert held(postfix, capsys, "--lang", "zh", "--release", "all") == (0, f"{ours[1]}\uff1a已放行\n", "")
    sink.wait(2)
    assert set(reasons(postfix, capsys, "--all")) == {*others, *unjudged}
    assert held(postfix, capsys, "--lang", "en", "--release", "all", "--unjudged")[:2] == (0, f"{unjudged[0]}: released\n")
    sink.wait(3)
    assert held(postfix, capsys, "--lang", "en") == (0, "0 held; 1 more by others (--all)\n", "")
    assert held(postfix, capsys, "--lang", "en", "--release", *others)[0] == 0
    assert len(sink.wait(4)) == 4


def test_where_there_is_no_postfix(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is listed, and what to do is said; exit code 2."""
    assert main(["--lang", "en", "gateway", "held", "--config-directory", "/nowhere"]) == 2
    assert "postqueue" in capsys.readouterr().err
