"""What is attached to a mail, judged only when the policy file says so, by the readers that read files."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

import pytest
from commlint_mail.gateway.session import Message
from commlint_mail.gateway.verdicts import FINDINGS, VERDICT, Fate

from tests.gateway.test_judging import SOUND, judged

VAGUE = "请尽快提交展会物料清单。\n"
ON = "attachments = true\n"


def mail(name: str, content: bytes, kind: str = "application/octet-stream") -> Message:
    """A sound mail with a file."""
    made = EmailMessage()
    for field, value in (("From", "zhou@example.com"), ("To", "wang@example.cn"), ("Subject", "安排"), ("Date", "Mon, 02 Mar 2026 09:00:00 +0800")):
        made[field] = value
    made.set_content(SOUND.replace("\r\n", "\n"))
    main, _, sub = kind.partition("/")
    made.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return Message("zhou@example.com", ("wang@example.cn",), made.as_bytes().replace(b"\n", b"\r\n"), ())


def packed(*, locked: bool = False) -> bytes:
    """An archive with vague minutes in it."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("纪要.md", VAGUE * 3)
    found = bytearray(content.getvalue())
    if locked:
        for mark in (b"PK\3\4", b"PK\1\2"):
            found[found.index(mark) + (6 if mark == b"PK\3\4" else 8)] |= 1
    return bytes(found)


@pytest.mark.parametrize("on", [True, False])
@pytest.mark.parametrize(("name", "content"), [("纪要.txt", VAGUE.encode()), ("纪要.md", VAGUE.encode("gb18030")), ("all.zip", packed())])
def test_what_is_attached(name: str, content: bytes, on: bool) -> None:
    """Files, archives and what lies in them; the refusal says which file. Without the key they have no say."""
    verdict = judged(f'policy = "enforce"\n{ON if on else ""}', mail(name, content))
    assert verdict.fate is (Fate.REJECT if on else Fate.PASS)
    assert (verdict.said[1].startswith(f"{name}") and "VAG001: \u201c尽快\u201d" in verdict.said[1]) if on else not verdict.said


@pytest.mark.parametrize(("name", "content", "kind"), [("logo.png", b"\x89PNG\r\n\x1a\n", "image/png"), ("a.bin", b"\0\1", "application/octet-stream"), ("ok.txt", "请于3月6日17:00前提交。".encode(), "application/octet-stream")])
def test_what_nobody_reads(name: str, content: bytes, kind: str) -> None:
    """Pictures and programs' files are passed over, sound files pass."""
    assert dict(judged(f'policy = "enforce"\n{ON}', mail(name, content, kind)).fields) == {VERDICT: "pass; policy=enforce"}


@pytest.mark.parametrize(("policy", "fate"), [("observe", Fate.PASS), ("enforce", Fate.PASS), ("hold", Fate.HOLD)])
def test_what_is_locked(policy: str, fate: Fate) -> None:
    """What cannot be read is said, never passed over: it is no better another time, so nobody is asked to come again."""
    verdict = judged(f'policy = "{policy}"\n{ON}', mail("all.zip", packed(locked=True)))
    assert (verdict.fate, dict(verdict.fields)[VERDICT]) == (fate, f"unscannable; attachment; policy={policy}")


def test_the_mail_itself() -> None:
    """Judged as without attachments: once, in its own language."""
    from tests.gateway.test_judging import message

    assert judged(f'policy = "hold"\n{ON}', message()) == judged('policy = "hold"', message())
    assert dict(judged(f'policy = "hold"\n{ON}', message()).fields)[FINDINGS] == "VAG001 vague-deadline"
