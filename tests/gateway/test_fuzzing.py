"""Milter sessions of every kind with a gateway that runs. As many as one likes: ``python -m tests.gateway.fuzzing``."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from tests.gateway.fuzzing import run as running
from tests.gateway.fuzzing import wire
from tests.gateway.fuzzing.__main__ import table
from tests.gateway.fuzzing.kinds import KINDS, script
from tests.gateway.fuzzing.run import GROWTH, Campaign, gateway, grown
from tests.gateway.fuzzing.watch import Look, complaints
from tests.gateway.fuzzing.wire import CONTINUE, End, Outcome, Script, Step, frame, play
from tests.gateway.servers import Running

SESSIONS = 1_500


@pytest.mark.parametrize("tcp", [False, True], ids=["unix", "TCP"])
def test_sessions_of_every_kind(tcp: bool) -> None:
    """The gateway lives, every answer that is known comes, and nothing is kept: no process, no file, no memory."""
    with gateway(tcp=tcp) as started:
        campaign = running.run(started, sessions=SESSIONS, seed=0, lot=500)
    assert campaign.broken == [], table(campaign)
    assert len(campaign.outcomes) == SESSIONS
    assert {outcome.kind for outcome in campaign.outcomes} == {script(0, number).kind for number in range(len(KINDS))}
    assert sum(outcome.answers for outcome in campaign.outcomes) > SESSIONS / 2


def test_sessions_come_again() -> None:
    """A seed and a number say all about a session; other seeds and numbers say others."""
    numbers = range(len(KINDS), len(KINDS) + 60)
    assert [script(3, number) for number in numbers] == [script(3, number) for number in numbers]
    assert len({script(seed, number) for seed in (3, 4) for number in numbers}) > 110


# the fuzzer itself

ASKED = Script("one message", (Step(frame(b"E"), (frame(b"m"), CONTINUE)), Step(frame(b"Q"))), messages=1)


def held(told: Script, answers: bytes, tmp_path: Path, *, hangs_up: bool = True) -> Outcome:
    """A session with something that says this, whatever it hears, and hangs up then, or does not."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answers)
        if hangs_up:
            writer.write_eof()
        await reader.read()
        await done.wait()
        writer.close()
        closed.set()

    done, closed = asyncio.Event(), asyncio.Event()

    async def played() -> Outcome:
        async with await asyncio.start_unix_server(answer, tmp_path / "s"):
            outcome = await play(told, 7, f"unix:{tmp_path}/s")
            done.set()
            await closed.wait()
            return outcome

    return asyncio.run(played())


@pytest.mark.parametrize(("told", "answers", "trouble"), [
    (ASKED, frame(b"m") + CONTINUE, ""),
    (ASKED, frame(b"p") + frame(b"m") + frame(b"p") + CONTINUE, ""),
    (ASKED, b"", "IncompleteReadError"),
    (ASKED, frame(b"m"), "IncompleteReadError"),
    (ASKED, CONTINUE, "instead of"),
    (ASKED, frame(b"m") + CONTINUE + CONTINUE, "one answer more"),
    (ASKED, frame(b"m") + CONTINUE + b"\0", "breaks off"),
    (ASKED, frame(b"z"), "an answer b'z'"),
    (ASKED, b"\xff\xff\xff\xff", "an answer of 4294967295 bytes"),
    (evolve(ASKED, steps=(Step(frame(b"E")),), exact=False), frame(b"m") + CONTINUE, ""),
    (evolve(ASKED, steps=(Step(frame(b"E")),), exact=False), frame(b"m"), "0 answers to 1 messages"),
    (evolve(ASKED, steps=(Step(frame(b"z")),), end=End.REFUSED), b"", ""),
    (evolve(ASKED, steps=(Step(frame(b"z")),), end=End.REFUSED), CONTINUE, "one answer more"),
])
def test_what_is_wrong_is_noticed(told: Script, answers: bytes, trouble: str, tmp_path: Path) -> None:
    """An answer that is missing, another, one too many, or none of the protocol."""
    found = held(told, answers, tmp_path).trouble
    assert trouble in found
    assert bool(trouble) == bool(found)


@pytest.mark.parametrize("end", [End.GOODBYE, End.REFUSED])
def test_who_does_not_hang_up_is_noticed(end: End, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that nobody needs any more has to end."""
    monkeypatch.setattr(wire, "PATIENCE", 0.2)
    assert "nothing in" in held(evolve(ASKED, end=end), frame(b"m") + CONTINUE, tmp_path, hangs_up=False).trouble


BEFORE = Look((1, 2, 3), (3,), (50_000_000,), 100_000_000, 20)


@pytest.mark.parametrize(("after", "said"), [
    (BEFORE, []),
    (evolve(BEFORE, rss=(BEFORE.rss[0] + GROWTH,)), []),
    (evolve(BEFORE, rss=(BEFORE.rss[0] + GROWTH + 100_000,)), ["worker 3 has grown by 20.1 MB"]),
])
def test_memory_that_grows_is_noticed(after: Look, said: list[str]) -> None:
    """More than the law allows."""
    assert list(grown(Campaign(warm=BEFORE, after=after))) == said


@pytest.mark.parametrize(("change", "said"), [
    (lambda look: look, []),
    (lambda look: evolve(look, pids=(1, 2, 4)), ["sessions 0 to 9: processes were (1, 2, 3), are (1, 2, 4)"]),
    (lambda look: evolve(look, files=22), ["sessions 0 to 9: 2 files are left open"]),
])
def test_what_is_left_behind_is_noticed(change: Callable[[Look], Look], said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other processes than before, files that are not closed."""
    monkeypatch.setattr(running, "at_rest", lambda gateway, files: change(BEFORE))
    monkeypatch.setattr(Running, "runs", True)
    (tmp_path / "log").write_text("", "utf-8")
    campaign = Campaign(before=BEFORE)
    running.looked(campaign, Running(tmp_path), range(10), 10)
    assert (campaign.broken, campaign.warm) == (said, change(BEFORE))


def test_a_log_that_complains_is_noticed(tmp_path: Path) -> None:
    """Lines that are no event, and events that no session may bring about; a session that was refused is none of them."""
    lines = ['{"event": "serving"}', '{"event": "protocol-error"}', "Traceback (most recent call last):", "[1]", '{"event": "worker-died"}', '{"event": "failed", "queue_id": "FZ7"}']
    (tmp_path / "log").write_text("\n".join(lines) + "\n", "utf-8")
    assert list(complaints(Running(tmp_path))) == ["no event: Traceback (most recent call last):", "no event: [1]", *lines[4:]]


def test_frames_of_its_own() -> None:
    """What the fuzzer says is put together by itself, as the protocol says."""
    assert frame(b"H", b"a\0") == struct.pack("!I", 3) + b"Ha\0"
    assert wire.text_frame(b"m", number=2, told=("Subject", "a")) == b"\x00\x00\x00\x0fm\x00\x00\x00\x02Subject\x00a\x00"
