"""Mutate samples and ask everything of what comes out: `python -m tests.fuzz [--seconds N] [--seed N]`.

Whatever the bytes, a file is either read or refused with a reason, no word of the language raises, every stretch lies in its part
and is what the author wrote there, and none takes as long as if its time grew faster than the text. The first breach is printed
with its seed and kept as a file.
"""

from __future__ import annotations

import math
import random
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path

from commlint.api import Linter
from commlint.entities.analysis import RecordAnalysis
from commlint.errors import CommlintError
from commlint.model.record import Record
from commlint.model.source import Source
from commlint.model.symbols import Attribute
from commlint.model.values import Located
from tests.fuzzing.mutate import mutated

SAMPLES = Path(__file__).parent / "samples"
_SLOW = 2.0  # seconds of processor time for a sample of some kilobytes, mutated: nothing honest takes a tenth of it


class FuzzError(Exception):
    """Something that must not happen."""


class Asker:
    """Reads bytes as `commlint parse` does and asks for every word; for none longer than `slow` seconds of processor time."""

    def __init__(self, slow: float = math.inf) -> None:
        self.slow = slow
        self.linter = Linter()
        table = self.linter.plugins.table()
        self.getters = table.getters()
        self.keys = sorted(symbol.key for symbol in table.symbols if isinstance(symbol, Attribute) and symbol.owner == "record")

    def ask(self, name: str, content: bytes) -> int:
        """How many records there were; raises FuzzError."""
        started = time.process_time()
        try:
            records = tuple(self.linter.records(Source(name, content)))
        except CommlintError:
            return 0
        for record in records:
            self._ask(record)
        if time.process_time() - started > self.slow:
            raise FuzzError(f"took {time.process_time() - started:.1f} s for {len(content)} bytes")
        return len(records)

    def _ask(self, record: Record) -> None:
        analysis = RecordAnalysis(record, self.linter.environment, self.getters)
        for key in self.keys:
            for each in _located(analysis.value(key)):
                verify(analysis, key, each)


def verify(analysis: RecordAnalysis, key: str, each: Located) -> None:
    """Raises FuzzError unless `each` stands where it says."""
    folded = analysis.folded(each.part)
    if not 0 <= each.span.start <= each.span.end <= len(folded):
        raise FuzzError(f"{key}: {each.span} outside a part of {len(folded)}")
    if folded[each.span.start : each.span.end] != each.folded:
        raise FuzzError(f"{key}: folded text {each.folded!r} is not what stands at {each.span}")
    view = analysis.source_map(each.part).to_source(each.span)
    if not 0 <= view.start <= view.end <= len(analysis.record.parts[each.part].view.text):
        raise FuzzError(f"{key}: {each.span} maps to {view}, outside the view")


def _located(value: object) -> Iterator[Located]:
    """Every stretch in a value, those inside others too."""
    if isinstance(value, Located):
        yield value
    if isinstance(value, tuple):
        for item in value:
            yield from _located(item)
    elif hasattr(value, "__attrs_attrs__"):
        for attribute in value.__attrs_attrs__:
            yield from _located(getattr(value, attribute.name))


def samples() -> Sequence[Path]:
    """The files that come with the project."""
    return sorted(path for path in SAMPLES.rglob("*") if path.is_file() and path.suffix in {".md", ".txt", ".eml", ".jsonl", ".chat"})


def run(seed: int, *, count: int | None = None, seconds: float | None = None, slow: float = math.inf) -> tuple[int, int]:
    """Ask mutated samples until the count or the time is used up; how many files and how many records it was. Raises FuzzError."""
    asker, files, done, read, until = Asker(slow), samples(), 0, 0, time.monotonic() + (seconds or 1e9)
    while (count is None or done < count) and time.monotonic() < until:
        dice = random.Random(seed + done)
        path = dice.choice(files)
        content = mutated(dice, path.read_bytes())
        try:
            read += asker.ask(path.name, content)
        except Exception as error:
            kept = Path(f"fuzz-{seed + done}{path.suffix}")
            kept.write_bytes(content)
            raise FuzzError(f"seed {seed + done}, {path.name}, kept as {kept}: {type(error).__name__}: {error}") from error
        done += 1
    return done, read


def main() -> int:
    """Run for a while and say how much went through."""
    parser = ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    try:
        done, read = run(options.seed, seconds=options.seconds, slow=_SLOW)
        print(f"{done} mutated samples, {read} records, nothing wrong")
    except FuzzError as breach:
        print(f"breach: {breach}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
