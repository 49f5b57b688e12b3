"""Mails of every odd shape that a mail server passes on."""

from __future__ import annotations

from tests.gateway.faults.mails import Mail

_TEXT = b"\xe8\xaf\xb7\xe4\xba\x8e3\xe6\x9c\x886\xe6\x97\xa517:00\xe5\x89\x8d\xe6\x8f\x90\xe4\xba\xa4\r\n"
_UTF8 = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
_HUGE = 20_000_000


def _mail(key: str, body: bytes, *, head: bytes = _UTF8, **how: object) -> Mail:
    basic = b"From: zhou@example.com\r\nTo: wang@example.cn\r\nDate: Mon, 02 Mar 2026 09:00:00 +0800\r\nMessage-ID: <%s@example.com>\r\nMIME-Version: 1.0\r\n" % key.encode()
    return Mail(key, basic + head + b"\r\n" + body, **how)  # type: ignore[arg-type]  # as given


def shapes() -> list[Mail]:
    """One of each."""
    line = b"x" * 76 + b"\r\n"
    return [
        Mail("empty", b""),
        _mail("bodyless", b""),
        _mail("huge", line * (_HUGE // len(line))),
        _mail("many", _TEXT, more=tuple(f"many{number}@example.cn" for number in range(499))),
        _mail("headers", _TEXT, head=_UTF8 + b"".join(b"X-Field-%d: value %d\r\n" % (number, number) for number in range(2_000))),
        _mail("nul", b"before\0after\r\n" + _TEXT),
        _mail("eightbit", bytes(range(128, 256)) + b"\r\n", head=b"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n"),
        _mail("gb18030", "请于3月6日17:00前提交\r\n".encode("gb18030"), head=b"Subject: " + "物料清单".encode("gb18030") + b"\r\nContent-Type: text/plain; charset=gb18030\r\n"),
        _mail("utf8header", _TEXT, head="Subject: 物料清单\r\n".encode() + _UTF8),
        _mail("smtputf8", _TEXT, head="Subject: 物料清单\r\n".encode() + _UTF8, sender="张三@example.com", options=("SMTPUTF8", "BODY=8BITMIME")),
        _mail("bounce", _TEXT, sender=""),
        _mail("dots", b".\r\n..\r\n.begins\r\n...\r\nends.\r\n"),
        _mail("longline", b"y" * 5_000 + b"\r\n" + _TEXT),
        _mail("folds", b" \r\n\t\r\n" + _TEXT + b"   \r\n\r\n\r\n", head=b"Subject: a\r\n\tb\r\n c\r\nX-Long: " + b"\r\n ".join([b"word"] * 300) + b"\r\n" + _UTF8),
        _mail("dsn", _TEXT, options=("RET=HDRS", "ENVID=commlint1"), recipient_options=("NOTIFY=FAILURE,DELAY", "ORCPT=rfc822;dsn@example.cn")),
    ]
