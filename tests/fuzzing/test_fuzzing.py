"""A little of what `python -m tests.fuzzing` tries for as long as one likes."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

import pytest
from attrs import evolve

from commlint.errors import RecordError
from commlint.model.environment import Environment
from commlint.model.record import Block, BlockKind, Part, Record
from commlint.model.source import Source
from commlint.model.sourcemap import Run, SourceMap
from commlint.model.span import Span
from tests.fuzzing import child
from tests.fuzzing.mutate import mutant
from tests.fuzzing.run import run
from tests.fuzzing.sound import breaches
from tests.fuzzing.targets import Target, readers, targets

RECORD = Record.from_text("请尽快\n提交")


def test_every_reader_has_seeds() -> None:
    """Whoever joins with a reader brings files to mutate: a module in tests/fuzzing with SEEDS."""
    assert {reader.name for reader in readers()} - set(targets()) == set()


@pytest.mark.parametrize("name", targets())
def test_seeds_are_read(name: str) -> None:
    """Some file of every reader is read as it is: what nobody can read is no place to start from."""
    found = child.Tally()
    for number, seed in enumerate(targets()[name].seeds):
        child.tried(targets()[name].source(*seed), found, number, holds=targets()[name].holds)
    assert found.broken == []
    assert found.records or name == "archive-foreign" or set(found.refused) == {"legacy-format"}


@pytest.mark.parametrize("name", targets())
def test_mutants_are_read_or_refused(name: str) -> None:
    """Whatever the bytes: sound records, declared errors, no process that dies."""
    assert run(targets()[name], inputs=targets()[name].few, seed=0, jobs=1).broken == []


def test_mutants_come_again() -> None:
    """A number says which mutant it is, in another process too."""
    target = targets()["archive-zip"]
    assert [child.made(target, 1, number) for number in (50, 51)] == [child.made(target, 1, number) for number in (50, 51)]
    assert child.made(target, 1, 50) != child.made(target, 2, 50)


def test_most_mutants_are_new() -> None:
    """A mutation that changes nothing is the exception."""
    for target in targets().values():
        contents = {content for _, content in target.seeds}
        fresh = [mutant(Random(number), target.seeds)[1] not in contents for number in range(40)]
        assert sum(fresh) > 25, target.name


def _with(**changes: object) -> Record:
    return evolve(RECORD, parts=(evolve(RECORD.parts[0], **changes),))


@pytest.mark.parametrize("record", [
    _with(text="请尽快\r提交"),
    _with(blocks=(Block(BlockKind.PARAGRAPH, Span(0, 99)),)),
    _with(source_map=SourceMap((Run(Span(0, 99), Span(0, 99)),))),
    _with(source_map=SourceMap((Run(Span(0, 3), Span(1, 4)),))),
    evolve(RECORD, uri=""),
    evolve(RECORD, meta=(("pages", 3),)),
])
def test_what_is_unsound_is_noticed(record: Record) -> None:
    """Each promise about records is looked after."""
    assert list(breaches(record))
    assert not list(breaches(RECORD))


class Fragile:
    """Dies, hangs, raises or lies, as the file says."""

    name = "fragile"
    suffixes: tuple[str, ...] = (".fragile",)
    media_types: tuple[str, ...] = ()

    def claims(self, source: Source) -> bool:
        return source.suffix == ".fragile"

    def read(self, source: Source, environment: Environment) -> Iterable[Record]:
        return self._read(source.content)

    def _read(self, content: bytes) -> Iterator[Record]:
        if content == b"die":
            signal.raise_signal(signal.SIGKILL)
        if content == b"raise":
            raise ValueError("oh")
        if content == b"refuse":
            raise RecordError("no", "no", help="do", zh="不", zh_help="做")
        if content == b"lose":
            return
        if content == b"mute":
            raise RecordError("no", "no")
        yield evolve(RECORD, parts=(Part.plain("body", "x"),))


@pytest.mark.parametrize(("content", "expected"), [
    (b"fine", ""), (b"refuse", ""), (b"raise", "raised ValueError: oh"), (b"mute", "both languages"), (b"lose", "neither a record nor a reason"), (b"die", "killed the process (exit code -9)"),
])
def test_what_breaks_is_counted_and_kept(content: bytes, expected: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One input that kills its process does not keep the others from being tried, and lies in a file afterwards."""
    monkeypatch.setattr(child, "readers", lambda: (Fragile(),))
    target = Target("fragile", (("a.fragile", b"fine"), ("b.fragile", content), ("c.fragile", b"fine")))
    tally = run(target, inputs=3, seed=0, jobs=1, kept=tmp_path)
    assert tally.inputs == 3
    assert [number for number, _ in tally.broken] == ([1] if expected else [])
    assert all(expected in what for _, what in tally.broken)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == ([content] if expected else [])
