"""Messages are judged one after another in a thread, each within its budget, while connections are kept alive; what a rule raises is no reason to refuse a message."""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
from collections.abc import Awaitable, Callable

import pytest
from commlint_mail.gateway import transport
from commlint_mail.gateway.desk import Case, Desk, Judging
from commlint_mail.gateway.packets import CONTINUE, PROGRESS, frame
from commlint_mail.gateway.ping import _EVERYTHING
from commlint_mail.gateway.session import Message
from commlint_mail.gateway.transport import Connection
from commlint_mail.gateway.verdicts import Fate, Verdict


def message(sender: str) -> Message:
    """One that is known by its sender."""
    return Message(sender, ("b@example.cn",), b"\r\n", ())


def said(what: str) -> Verdict:
    """A verdict that says this."""
    return Verdict(Fate.PASS, said=(what,))


def judging(judge: Callable[[Message], Verdict], *, budget: float = 60.0, at_once: Callable[[Message], Verdict | None] = lambda message: None) -> Judging:
    """With verdicts that tell why they were given."""
    return Judging(at_once, judge, lambda message: said("overdue"), lambda message, error: said(type(error).__name__), budget, 1_000)


async def verdicts(desk: Desk, senders: str) -> list[str]:
    """What is said of messages brought at the same time, in the order in which it is said."""
    heard: list[str] = []
    done = asyncio.Event()

    def told(sender: str, verdict: Verdict) -> None:
        heard.append(f"{sender} {verdict.said[0]}")
        if len(heard) == len(senders):
            done.set()

    for sender in senders:
        desk.bring(Case(message(sender), lambda verdict, sender=sender: told(sender, verdict)))  # type: ignore[misc]  # bound now
    await done.wait()
    return heard


def on_a_loop(test: Callable[[asyncio.AbstractEventLoop], Awaitable[None]]) -> None:
    """Run to its end."""

    async def run() -> None:
        await test(asyncio.get_running_loop())

    asyncio.run(run())


def test_one_after_another_in_their_order() -> None:
    """Two are never judged at once, and none overtakes another."""
    inside: list[str] = []

    def judge(given: Message) -> Verdict:
        inside.append(given.sender)
        assert threading.current_thread() is not threading.main_thread()
        return said(str(len(inside)))

    async def test(loop: asyncio.AbstractEventLoop) -> None:
        assert await verdicts(Desk(judging(judge), loop), "abcd") == ["a 1", "b 2", "c 3", "d 4"]

    on_a_loop(test)


@pytest.mark.parametrize("error", [ValueError("x"), RecursionError(), MemoryError(), SystemExit(3), KeyboardInterrupt()], ids=lambda error: type(error).__name__)
def test_whatever_is_raised_is_a_failure(error: BaseException) -> None:
    """The message gets the verdict of failures, and the next is judged."""

    def judge(given: Message) -> Verdict:
        if given.sender == "a":
            raise error
        return said("judged")

    async def test(loop: asyncio.AbstractEventLoop) -> None:
        assert await verdicts(Desk(judging(judge), loop), "ab") == [f"a {type(error).__name__}", "b judged"]

    on_a_loop(test)


def test_a_failure_at_once_is_a_failure() -> None:
    """Also before its turn."""

    def at_once(given: Message) -> Verdict | None:
        raise ValueError

    async def test(loop: asyncio.AbstractEventLoop) -> None:
        assert Desk(judging(lambda given: said("judged"), at_once=at_once), loop).at_once(message("a")) == said("ValueError")

    on_a_loop(test)


def test_a_thread_that_does_not_come_back() -> None:
    """Its message is overdue, the next has another thread, and what the first says later is heard by nobody."""
    next_judged, came_back = threading.Event(), threading.Event()

    def judge(given: Message) -> Verdict:
        if given.sender == "a":
            next_judged.wait()
            came_back.set()
        else:
            next_judged.set()
        return said("judged")

    async def test(loop: asyncio.AbstractEventLoop) -> None:
        heard = await verdicts(Desk(judging(judge, budget=0.05), loop), "ab")
        assert heard[0] == "a overdue"
        assert came_back.wait(60)
        await asyncio.sleep(0.01)
        assert len(heard) == len("ab")

    on_a_loop(test)


def test_what_is_taken_back_is_not_judged() -> None:
    """When its turn had not come; when it had, nobody is told."""
    began, released = threading.Event(), threading.Event()
    judged: list[str] = []

    def judge(given: Message) -> Verdict:
        judged.append(given.sender)
        if given.sender == "a":
            began.set()
            released.wait()
        return said("judged")

    def never(verdict: Verdict) -> None:
        raise AssertionError

    async def test(loop: asyncio.AbstractEventLoop) -> None:
        desk = Desk(judging(judge), loop)
        first, second = Case(message("a"), never), Case(message("b"), never)
        desk.bring(first)
        desk.bring(second)
        began.wait()
        desk.take_back(first)
        desk.take_back(second)
        loop.call_soon(released.set)
        assert await verdicts(desk, "c") == ["c judged"]
        assert judged == ["a", "c"]

    on_a_loop(test)


# connections


async def _talk(work: Judging, wire: bytes, answer: bytes) -> None:
    """Say all this at once to a connection, and hear that answer."""
    loop = asyncio.get_running_loop()
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    gone = asyncio.Event()
    Connection(loop, theirs, Desk(work, loop), 1_000, gone=lambda connection: gone.set(), broken=sys.exit)
    sending = asyncio.create_task(loop.sock_sendall(ours, wire))
    heard = b""
    while len(heard) < len(answer):
        heard += await loop.sock_recv(ours, 65_536)
    assert heard == answer
    await sending
    ours.close()
    await gone.wait()


HELLO = frame(b"O", _EVERYTHING)
AGREED = 17  # bytes of the answer to it
MAIL = frame(b"M", b"<a@example.com>\0") + frame(b"E")


def test_signs_of_life_while_a_message_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """They come before its verdict, and none comes after."""
    monkeypatch.setattr(transport, "PROGRESS", 0.01)
    released = threading.Event()

    def judge(given: Message) -> Verdict:
        released.wait()
        return said("judged")

    async def test() -> None:
        loop = asyncio.get_running_loop()
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        gone = asyncio.Event()
        Connection(loop, theirs, Desk(judging(judge), loop), 1_000, gone=lambda connection: gone.set(), broken=sys.exit)
        await loop.sock_sendall(ours, HELLO + MAIL)
        heard = b""
        while len(heard) < AGREED + 3 * len(PROGRESS):
            heard += await loop.sock_recv(ours, 65_536)
        released.set()
        await loop.sock_sendall(ours, frame(b"Q"))
        while piece := await loop.sock_recv(ours, 65_536):
            heard += piece
        signs = heard[AGREED : -len(CONTINUE)]
        assert heard.endswith(CONTINUE)
        assert signs == PROGRESS * (len(signs) // len(PROGRESS))
        ours.close()
        await gone.wait()

    asyncio.run(test())


@pytest.mark.parametrize("quick", [True, False], ids=["at once", "in their turn"])
def test_many_messages_in_one_piece(quick: bool) -> None:
    """Each has its answer, in the order in which they came, however they are answered."""
    count = 3_000
    work = judging(lambda given: said("judged"), at_once=lambda given: said("at once") if quick else None)
    agreed = frame(b"O", b"\0\0\0\6\0\0\0\x31\0\x0f\xf3\xc2")
    asyncio.run(_talk(work, HELLO + MAIL * count, agreed + CONTINUE * count))


def test_who_does_not_read_is_not_read() -> None:
    """What a mail server does not take waits here, and what it says meanwhile in the system: neither grows without end."""

    async def test() -> None:
        loop = asyncio.get_running_loop()
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        gone = asyncio.Event()
        connection = Connection(loop, theirs, Desk(judging(lambda given: said("judged")), loop), 1_000, gone=lambda connection: gone.set(), broken=sys.exit)
        endless = asyncio.create_task(loop.sock_sendall(ours, HELLO * 200_000))
        before = -1
        while not connection._out or len(connection._out) != before:
            before = len(connection._out)
            await asyncio.sleep(0)
        assert len(connection._out) <= 300_000
        assert not endless.done()
        heard = 0
        while heard < 200_000 * AGREED:
            heard += len(await loop.sock_recv(ours, 1_000_000))
        await endless
        ours.close()
        await gone.wait()

    asyncio.run(test())
