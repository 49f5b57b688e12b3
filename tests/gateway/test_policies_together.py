"""Several policies in one file, on a real Postfix with mail of all of them at once: each mail gets what its sender, its recipients and its direction ask for."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from tests.gateway.servers import mail_server
from tests.gateway.test_delivery import fields, mail

POLICY = """policy = "observe"
rules = ["VAG001"]
budget = 60
subject-tag = "[late]"

[[policies]]
name = "board"
recipients = ["@board"]
policy = "hold"

[[policies]]
name = "sales"
senders = ["sales.example.com"]
direction = "outbound"
policy = "enforce"

[[policies]]
name = "ours"
direction = "internal"
policy = "tag"

[groups]
board = ["boss@*"]
"""
CONFIG = 'lang = "zh"\n[organisation]\ndomains = ["example.com"]\n'
VAGUE, SOUND = mail("请尽快提交展会物料清单。"), mail("请于3月6日17:00前提交展会物料清单。")
REFUSED = "5.7.1 Refused by commlint: VAG001 vague-deadline\n5.7.1 VAG001: \u201c尽快\u201d不是期限\uff0c请写明日期和时间 \u2192 请于3月4日 18:00前提交展会物料清单"
CASES = {  # key: sender, recipients beside the key's, verdict and subject tag of a vague mail that is delivered
    "observed": ("zhou@example.com", (), "flag; policy=observe", ""),
    "refused": ("zhou@sales.example.com", (), "", ""),
    "tagged": ("zhou@sales.example.com", None, "flag; policy=tag", "[late] "),
    "held": ("zhou@sales.example.com", ("boss@example.cn",), "flag; policy=hold", ""),
    "inbound": ("li@example.cn", (), "flag; policy=observe", ""),
}


def key_of(recipients: Iterable[str]) -> str:
    """The local part of the recipient that a mail is known by."""
    return next(local for local in (each.partition("@")[0] for each in recipients) if local != "boss")


def test_policies_of_one_file(postfix_installed: None) -> None:
    """Thirty at once, vague and sound: refused with the exact words, held, marked or only told of; nothing refused is delivered, nothing comes twice."""
    offers = [(f"{kind}{number}{which}", kind, content) for number in range(3) for kind in CASES for which, content in (("v", VAGUE), ("s", SOUND))]
    with mail_server(POLICY, workers=2, config=CONFIG) as (postfix, sink, gateway):

        def send(key: str, kind: str, content: bytes) -> tuple[int, str]:
            sender, more, *_ = CASES[kind]
            recipients = (f"{key}@example.com",) if more is None else (f"{key}@example.cn", *more)
            return postfix.send(content, sender=sender, recipients=recipients)

        with ThreadPoolExecutor(15) as clients:
            replies = dict(zip((key for key, *_ in offers), clients.map(lambda offer: send(*offer), offers), strict=True))
        refused = {key: reply for key, reply in replies.items() if reply[0] != 250}
        assert refused == {f"refused{number}v": (550, REFUSED) for number in range(3)}
        delivered = {key_of(each.recipients): each for each in sink.wait(24)}
        held = {key_of(str(to["address"]) for to in row["recipients"]) for row in postfix.queue() if row["queue_name"] == "hold"}  # type: ignore[attr-defined]  # JSON
        names = [event["policy"] for event in gateway.events("judged")]

    assert held == {f"held{number}v" for number in range(3)}
    assert len(sink.messages) == 24
    assert set(delivered) == {key for key, *_ in offers} - set(refused) - held
    for key, kind, content in offers:
        if key not in delivered:
            continue
        told = fields(delivered[key])
        _, _, verdict, tag = CASES[kind]
        assert told["subject"] == (tag if content is VAGUE else "") + "展会物料的安排", key
        if content is VAGUE:
            assert told["x-commlint-verdict"] == verdict, key
        else:
            assert told["x-commlint-verdict"].startswith("pass; "), key
    assert {name: names.count(name) for name in names if name} == {"sales": 6, "ours": 6, "board": 6}
