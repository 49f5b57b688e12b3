"""The gateway over TCP on loopback: the same mail as over a unix socket, and no acknowledgement that waits."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from attrs import define, field
from commlint_mail.gateway import packets
from commlint_mail.gateway.desk import Desk, Judging
from commlint_mail.gateway.transport import Connection
from commlint_mail.gateway.verdicts import Fate, Verdict

from tests.gateway.fuzzing.wire import frame
from tests.gateway.servers import Postfix, Running, Sink, mail_server
from tests.gateway.test_delivery import SOUND, VAGUE, fields, own

POLICY = 'policy = "tag"\nbudget = 60\nrules = ["VAG001"]\nsubject-tag = "[待补充]"\n'


@pytest.fixture(scope="module")
def over_tcp(postfix_installed: None) -> Iterator[tuple[Postfix, Sink, Running]]:
    """A mail server that asks its gateway over TCP."""
    with mail_server(POLICY, tcp=True, workers=2) as started:
        yield started


def test_mail_over_tcp(over_tcp: tuple[Postfix, Sink, Running]) -> None:
    """A vague mail arrives tagged, a sound one as it is, some of them in one session."""
    postfix, sink, gateway = over_tcp
    assert gateway.address.startswith("inet:127.0.0.1:")
    sink.messages.clear()
    for content in (VAGUE, SOUND, VAGUE):
        assert postfix.send(content)[0] == 250
    delivered = sink.wait(3)
    told = sorted((fields(each)["x-commlint-verdict"], fields(each)["subject"]) for each in delivered)
    assert told == [("flag; policy=tag", "[待补充] 展会物料的安排")] * 2 + [("pass; policy=tag", "展会物料的安排")]
    assert [own(each) for each in delivered if b"pass" in each.content] == [SOUND]


def test_large_mail_over_tcp(over_tcp: tuple[Postfix, Sink, Running]) -> None:
    """A mail of many packets is read to its end: what is vague stands in the last."""
    postfix, sink, _ = over_tcp
    sink.messages.clear()
    head, _, body = VAGUE.partition(b"\r\n\r\n")
    assert postfix.send(head + b"\r\n\r\n" + b"0123456789 abcdefghijklmnopqrstuvwxyz\r\n" * 20_000 + b"\r\n" + body)[0] == 250
    assert fields(sink.wait(1)[0])["x-commlint-findings"] == "VAG001 vague-deadline"


class Watched(socket.socket):
    """A connection that keeps account of what is done to it."""

    done: list[str]

    def recv_into(self, *told: Any) -> int:
        count = super().recv_into(*told)
        self.done.append("read" if count else "end")
        return count

    def setsockopt(self, level: int, option: int, value: Any, *more: Any) -> None:  # type: ignore[override]  # one of its forms
        super().setsockopt(level, option, value, *more)
        if (level, option, value) == (socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1):
            self.done.append("quick")


@define
class Talk:
    """A connection of the gateway, and the other end."""

    ours: Watched
    theirs: socket.socket
    ended: asyncio.Event = field(factory=asyncio.Event)


def talk(family: socket.AddressFamily) -> Talk:
    """Both ends of a connection of that family."""
    if family == socket.AF_UNIX:
        ours, theirs = socket.socketpair()
    else:
        with socket.create_server(("127.0.0.1", 0), family=family) as listening:
            theirs = socket.create_connection(listening.getsockname())
            ours, _ = listening.accept()
    watched = Watched(ours.family, ours.type, fileno=ours.detach())
    watched.done = []
    return Talk(watched, theirs)


async def conversed(both: Talk) -> None:
    """Two messages, said in pieces, to a gateway that passes everything."""
    loop = asyncio.get_running_loop()
    passes = Verdict(Fate.PASS)
    desk = Desk(Judging(lambda message: None, lambda message: passes, lambda message: passes, lambda message, error: passes, 60, 1_000), loop)
    Connection(loop, both.ours, desk, 1_000, gone=lambda connection: both.ended.set(), broken=lambda why: None)
    both.theirs.setblocking(False)
    options = packets.options_reply(packets.Options(6, packets.Does.ADD_HEADERS, packets.Step(0)))
    await loop.sock_sendall(both.theirs, options)
    await loop.sock_recv(both.theirs, 100)
    for _ in range(2):
        for piece in (frame(b"M", b"<a@example.com>\0"), frame(b"R", b"<b@example.cn>\0"), frame(b"N"), frame(b"B", b"text\r\n"), frame(b"E")):
            await loop.sock_sendall(both.theirs, piece)
            assert await loop.sock_recv(both.theirs, 100) == packets.CONTINUE
    both.theirs.close()
    async with asyncio.timeout(60):
        await both.ended.wait()


@pytest.mark.skipif(not hasattr(socket, "TCP_QUICKACK"), reason="Linux has it")
def test_acknowledged_at_once() -> None:
    """The system forgets the option by itself: after every read it is set again, before the next, and while a message is judged."""
    both = talk(socket.AF_INET)
    asyncio.run(conversed(both))
    assert both.ours.done == ["read", "quick"] * 11 + ["end"]


def test_nothing_to_acknowledge() -> None:
    """A unix socket has no such option, and is not asked for it."""
    both = talk(socket.AF_UNIX)
    asyncio.run(conversed(both))
    assert both.ours.done == ["read"] * 11 + ["end"]
