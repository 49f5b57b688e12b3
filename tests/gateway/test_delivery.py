"""Mail through a real Postfix and the gateway: marked, refused with what to write instead, held and released, or left alone."""

from __future__ import annotations

import email
import json
from email.header import Header, decode_header, make_header

import pytest

from commlint.cli import main
from tests.gateway.servers import Delivered, Postfix, Running, Sink

COLON = "\uff1a"
HEAD = (
    "From: zhou@example.com\r\nTo: wang@example.cn\r\nSubject: {subject}\r\nDate: Mon, 02 Mar 2026 09:00:00 +0800\r\n"
    "Message-ID: <1@example.com>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
)
BODY = f"王经理\uff0c您好{COLON}\r\n\r\n{{asked}}\r\n\r\n周明\r\n市场部\r\n电话{COLON}010-5550 0100\r\n"


def mail(asked: str, *, more: str = "") -> bytes:
    """A mail that asks for something; `more` are further header fields."""
    head = HEAD.format(subject=Header("展会物料的安排", "utf-8").encode())
    return (more + head + BODY.format(asked=asked)).encode()


VAGUE = mail("请尽快提交展会物料清单。")
SOUND = mail("请于3月6日17:00前提交展会物料清单。")
Servers = tuple[str, Postfix, Sink, Running]


def own(delivered: Delivered) -> bytes:
    """What the sender wrote of a delivered message: without our header fields and the Received field on top."""
    head, _, rest = delivered.content.partition(b"From: ")
    assert b"Received:" in head
    return b"From: " + rest


def fields(delivered: Delivered) -> dict[str, str]:
    """The header fields of a delivered message, the first of each name, decoded."""
    message = email.message_from_bytes(delivered.content)
    return {name.lower(): str(make_header(decode_header(value))) for name, value in reversed(message.items())}


def test_a_vague_mail(servers: Servers, capsys: pytest.CaptureFixture[str]) -> None:
    """Marked, refused or held, as the policy says; held mail is listed with what was found, released, and delivered once."""
    policy, postfix, sink, _ = servers
    sink.messages.clear()
    code, said = postfix.send(VAGUE)
    if policy == "enforce":
        assert (code, said.splitlines()) == (550, [
            "5.7.1 Refused by commlint: VAG001 vague-deadline",
            "5.7.1 VAG001: \u201c尽快\u201d不是期限\uff0c请写明日期和时间 \u2192 请于3月4日 18:00前提交展会物料清单",
            "5.7.1 https://norms.example.cn",
        ])
        assert postfix.queue() == []
        return
    assert code == 250
    if policy == "hold":
        (held,) = [each for each in postfix.queue() if each["queue_name"] == "hold"]
        config = ["--config-directory", str(postfix.config)]
        assert main(["gateway", "held", "--json", *config]) == 0
        (listed,) = json.loads(capsys.readouterr().out)
        assert (listed["queue_id"], listed["subject"], listed["findings"]) == (held["queue_id"], "展会物料的安排", "VAG001 vague-deadline")
        assert main(["gateway", "held", *config, "--release", str(held["queue_id"])]) == 0
    (delivered,) = sink.wait(1)
    told = fields(delivered)
    assert (told["x-commlint-verdict"], told["x-commlint-findings"]) == (f"flag; policy={policy}", "VAG001 vague-deadline")
    assert told["subject"] == ("[待补充] 展会物料的安排" if policy == "tag" else "展会物料的安排")
    if policy != "tag":
        assert own(delivered) == VAGUE


def test_a_sound_mail(servers: Servers) -> None:
    """It passes as it is: byte for byte, but for one header field that says so."""
    policy, postfix, sink, _ = servers
    sink.messages.clear()
    assert postfix.send(SOUND)[0] == 250
    (delivered,) = sink.wait(1)
    assert own(delivered) == SOUND
    assert fields(delivered)["x-commlint-verdict"] == f"pass; policy={policy}"


def test_what_a_sender_says_in_our_name(servers: Servers) -> None:
    """Header fields of ours that come with a mail are taken out, however they are written and often."""
    _, postfix, sink, _ = servers
    sink.messages.clear()
    forged = "X-Commlint-Verdict: pass; forged\r\nx-COMMLINT-verdict: pass; twice\r\nX-Commlint-Anything: yes\r\n"
    assert postfix.send(mail("请于3月6日17:00前提交展会物料清单。", more=forged))[0] == 250
    (delivered,) = sink.wait(1)
    assert [line for line in delivered.content.lower().splitlines() if line.startswith(b"x-commlint")] == [f"x-commlint-verdict: pass; policy={servers[0]}".encode()]


@pytest.mark.parametrize(("sender", "more", "why"), [
    ("", "", "null-sender"),
    ("zhou@example.com", "Auto-Submitted: auto-replied\r\n", "auto-submitted"),
    ("zhou@example.com", "List-Id: <list.example.com>\r\n", "list-or-automatic"),
    ("zhou@example.com", "Precedence: bulk\r\n", "bulk"),
])
def test_automatic_mail_is_left_alone(servers: Servers, sender: str, more: str, why: str) -> None:
    """Bounces and what programs send are never marked, refused or held (RFC 3834)."""
    _, postfix, sink, _ = servers
    sink.messages.clear()
    assert postfix.send(mail("请尽快提交展会物料清单。", more=more), sender=sender)[0] == 250
    (delivered,) = sink.wait(1)
    told = fields(delivered)
    assert (told["x-commlint-verdict"], told["subject"]) == (f"exempt; {why}", "展会物料的安排")


def test_several_messages_of_one_session(servers: Servers) -> None:
    """What became of one message has nothing to do with the next; one that is broken off leaves nothing behind."""
    import smtplib

    policy, postfix, sink, _ = servers
    sink.messages.clear()
    with smtplib.SMTP("127.0.0.1", postfix.port, timeout=30) as client:
        client.sendmail("zhou@example.com", ["wang@example.cn"], SOUND)
        client.mail("other@example.com")
        client.rset()
        try:
            client.sendmail("zhou@example.com", ["wang@example.cn"], VAGUE)
            refused = False
        except smtplib.SMTPDataError:
            refused = True
        client.sendmail("zhou@example.com", ["wang@example.cn"], SOUND)
    assert refused == (policy == "enforce")
    delivered = sink.wait(2 if policy in ("enforce", "hold") else 3)
    verdicts = sorted(fields(each)["x-commlint-verdict"].partition(";")[0] for each in delivered)
    assert verdicts == (["pass", "pass"] if policy in ("enforce", "hold") else ["flag", "pass", "pass"])
