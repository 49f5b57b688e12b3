"""Mails that are told apart by their first recipient, what their sender was told, and clients that come again when they are asked to."""

from __future__ import annotations

import re
import smtplib
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from attrs import define, field, frozen

SOUND = "请于3月6日17:00前提交展会物料清单。"
VAGUE, MARKED = "VAG001 vague-deadline", "FLT002 planted-mark"
_ASKED = {"": SOUND, VAGUE: "请尽快提交展会物料清单。", MARKED: f"{SOUND}fault-mark"}
_HEAD = (
    "From: zhou@example.com\r\nTo: {key}@example.cn\r\nSubject: {key}\r\nDate: Mon, 02 Mar 2026 09:00:00 +0800\r\nMessage-ID: <{key}@example.com>\r\n"
    "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
)
_BODY = "王经理\uff0c您好\uff1a\r\n\r\n{asked}\r\n\r\n{more}\r\n周明\r\n市场部\r\n电话\uff1a010-5550 0100\r\n"
_QUEUED = re.compile(r"queued as \w+")
_AGAIN = 0.2  # seconds after which a client comes again
_PACE = 0.03  # seconds between two mails of an endless load
GONE, UNSURE = "(connection lost)", "(connection lost after the final dot)"


@frozen
class Mail:
    """One mail; its `key` is the local part of its first recipient."""

    key: str
    content: bytes = field(repr=False)
    sender: str = "zhou@example.com"
    more: tuple[str, ...] = ()  # further recipients
    options: tuple[str, ...] = ()
    recipient_options: tuple[str, ...] = ()
    finds: str = ""  # what rules find in it

    @property
    def recipients(self) -> tuple[str, ...]:
        """All of them."""
        return (f"{self.key}@example.cn", *self.more)


def mail(key: str, *, finds: str = "", does: str = "", more: str = "", sender: str = "zhou@example.com") -> Mail:
    """A mail in which rules find this; `does` is what a planted rule should do (``exit-a1``), `more` are further header fields."""
    body = _BODY.format(asked=_ASKED[finds], more=f"fault-{does}\r\n" if does else "")
    return Mail(key, (more + _HEAD.format(key=key) + body).encode(), sender=sender, finds=finds)


def mails(prefix: str, count: int) -> list[Mail]:
    """So many, every third a vague one."""
    return [numbered(prefix, number) for number in range(count)]


def numbered(prefix: str, number: int) -> Mail:
    """One of them."""
    return mail(f"{prefix}{number}", finds=VAGUE if number % 3 == 2 else "")


@define(eq=False)
class Ledger:
    """What was sent, and what clients were told of each mail, in the order they were told."""

    sent: dict[str, Mail] = field(factory=dict)
    told: dict[str, list[str]] = field(factory=dict)
    _lock: threading.Lock = field(factory=threading.Lock)

    def enter(self, mail: Mail, reply: str) -> None:
        """A client was told this."""
        with self._lock:
            self.sent[mail.key] = mail
            self.told.setdefault(mail.key, []).append(reply)

    def last(self, key: str) -> str:
        """What was told in the end."""
        return self.told[key][-1]

    def accepted(self) -> list[str]:
        """Those that were taken: a server has answered for them."""
        return [key for key in self.sent if self.last(key).startswith("250")]

    def refused(self) -> list[str]:
        """Those that were refused for good."""
        return [key for key in self.sent if self.last(key).startswith("5")]

    def unsure(self) -> set[str]:
        """Those that may have been taken before: the connection was lost while the answer was due, so a repetition is the client's (RFC 1047)."""
        return {key for key, told in self.told.items() if UNSURE in told}

    def replies(self) -> Counter[str]:
        """How often clients were told what."""
        return Counter(reply for told in self.told.values() for reply in told)


class Session:
    """One delivery, step by step; a refusal at any step is its answer."""

    def __init__(self, port: int, mail: Mail) -> None:
        self._mail = mail
        self._answer = ""
        self._dot = False
        self._quoted = re.sub(rb"(?m)^\.", b"..", mail.content if mail.content.endswith(b"\r\n") or not mail.content else mail.content + b"\r\n")
        self._client: smtplib.SMTP | None = None
        self._guarded(lambda: self._connected(port))

    def _connected(self, port: int) -> None:
        self._client = smtplib.SMTP(timeout=120)
        self._ask(220, lambda client: client.connect("127.0.0.1", port))
        self._ask(250, lambda client: client.ehlo("client.example.com"))
        self._ask(250, lambda client: client.mail(self._mail.sender, list(self._mail.options)))
        for recipient in self._mail.recipients:
            self._ask(250, partial(_recipient, recipient=recipient, options=self._mail.recipient_options))
        self._ask(354, lambda client: client.docmd("DATA"))

    def _ask(self, wanted: int, step: Callable[[smtplib.SMTP], tuple[int, bytes]]) -> None:
        if self._answer or self._client is None:
            return
        code, said = step(self._client)
        if code != wanted:
            self._answer = _told(code, said)

    def _guarded(self, step: Callable[[], None]) -> None:
        try:
            step()
        except (OSError, smtplib.SMTPException):
            self._answer = UNSURE if self._dot else GONE

    def half(self) -> None:
        """Send the first half of the content."""
        self._guarded(lambda: self._send(self._quoted[: len(self._quoted) // 2]))

    def rest(self, *, half_is_sent: bool = True) -> None:
        """Send what is left, and the final dot."""
        self._guarded(lambda: self._send(self._quoted[len(self._quoted) // 2 if half_is_sent else 0 :]))
        self._dot = True
        self._guarded(lambda: self._send(b".\r\n"))

    def _send(self, data: bytes) -> None:
        if not self._answer and self._client is not None:
            self._client.send(data)

    def answer(self, ledger: Ledger) -> str:
        """What the server says to it, entered into the ledger; the session is over."""
        self._guarded(lambda: self._ask(0, lambda client: client.getreply()))
        ledger.enter(self._mail, self._answer)
        self.vanish()
        return self._answer

    def vanish(self) -> None:
        """Hang up without a word."""
        if self._client is not None:
            self._client.close()


def _recipient(client: smtplib.SMTP, recipient: str, options: tuple[str, ...]) -> tuple[int, bytes]:
    return client.rcpt(recipient, list(options))


def _told(code: int, said: bytes) -> str:
    return _QUEUED.sub("queued", f"{code} " + said.decode("utf-8", "replace"))


def offer(port: int, mail: Mail, ledger: Ledger) -> str:
    """One attempt; what was answered."""
    session = Session(port, mail)
    session.rest(half_is_sent=False)
    return session.answer(ledger)


class Load:
    """Clients in threads that offer mails, and come again until each is taken or refused for good.

    With `endless` there is always another mail, the one of that number, until `join`.
    """

    def __init__(self, port: int, mails: Iterable[Mail], ledger: Ledger, *, clients: int = 8, seconds: float = 240.0, endless: Callable[[int], Mail] | None = None) -> None:
        self._port = port
        self._ledger = ledger
        self._waiting = [(0.0, each) for each in mails]
        self._until = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._paced = 0.0
        self._open = len(self._waiting)
        self.count = len(self._waiting)
        self._endless = endless
        self._threads = [threading.Thread(target=self._client, daemon=True) for _ in range(clients if endless else min(clients, self.count))]
        for thread in self._threads:
            thread.start()

    @property
    def answered(self) -> int:
        """Mails that are taken or refused."""
        return self.count - self._open

    def _client(self) -> None:
        while (self._open or self._endless) and time.monotonic() < self._until:
            due = self._next()
            if due is None:
                time.sleep(0.01)
                continue
            final = offer(self._port, due, self._ledger)[:1] in "25"
            with self._lock:
                if final:
                    self._open -= 1
                else:
                    self._waiting.append((time.monotonic() + _AGAIN, due))

    def _next(self) -> Mail | None:
        with self._lock:
            for at, (when, due) in enumerate(self._waiting):
                if when <= time.monotonic():
                    del self._waiting[at]
                    return due
            return self._another()

    def _another(self) -> Mail | None:
        if self._endless is None or time.monotonic() < self._paced:
            return None
        self._paced = time.monotonic() + _PACE
        self._open += 1
        self.count += 1
        return self._endless(self.count)

    def wait_for(self, count: int, seconds: float = 120.0) -> None:
        """Until so many are answered."""
        until = time.monotonic() + seconds
        while self.answered < count and time.monotonic() < until:
            time.sleep(0.01)

    def join(self) -> None:
        """Until all are answered, or time is up; no more are begun."""
        self._endless = None
        for thread in self._threads:
            thread.join(max(0.0, self._until - time.monotonic()) + 130)


def parallel(port: int, mails: Sequence[Mail], ledger: Ledger) -> None:
    """All at once, each until it is answered for good."""
    Load(port, mails, ledger, clients=max(1, len(mails))).join()
