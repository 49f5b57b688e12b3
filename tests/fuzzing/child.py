"""Inputs read one after the other in a process of their own, which may crash or hang without harm."""

from __future__ import annotations

import resource
import time
from collections import Counter
from multiprocessing.connection import Connection
from random import Random

from attrs import define, field

from commlint.calendar import weekdays
from commlint.engine.opening import Unread, opened
from commlint.errors import RecordError
from commlint.model.environment import Environment, Limits
from commlint.model.source import Source
from tests.fuzzing.mutate import mutant
from tests.fuzzing.quick import QUICKER
from tests.fuzzing.sound import breaches
from tests.fuzzing.targets import Target, readers

# What a mutant may unpack to is less than in earnest: a hundred thousand of them are tried.
ENVIRONMENT = Environment(calendar=weekdays(), limits=Limits(file_size=10_000_000, unpacked_size=50_000_000, members=2_000))


@define
class Tally:
    """What came of a stretch of inputs."""

    inputs: int = 0
    records: int = 0
    silent: int = 0  # neither a record nor a failure
    refused: Counter[str] = field(factory=Counter)
    broken: list[tuple[int, str]] = field(factory=list)  # number of the input, what is wrong
    slowest: tuple[float, int] = (0.0, 0)  # seconds of processor time, number of the input
    memory: int = 0  # bytes, the most that the process had

    def add(self, other: Tally) -> None:
        """The same over both."""
        self.inputs += other.inputs
        self.records += other.records
        self.silent += other.silent
        self.refused += other.refused
        self.broken += other.broken
        self.slowest = max(self.slowest, other.slowest)
        self.memory = max(self.memory, other.memory)


def made(target: Target, seed: int, number: int) -> tuple[str, bytes]:
    """Input `number` of a run; the first ones are the seeds as they are."""
    if number < len(target.seeds):
        return target.seeds[number]
    return mutant(Random(f"{seed}/{target.name}/{number}"), target.seeds)


def tried(source: Source, tally: Tally, number: int, *, holds: bool = False) -> None:
    """One input read; what came of it goes into `tally`. What only `holds` files may hold none that anybody reads."""
    before, seen = _processor(), False
    try:
        for found in opened(source, readers(), ENVIRONMENT):
            seen = True
            if isinstance(found, Unread):
                tally.refused[found.error.slug if isinstance(found.error, RecordError) else type(found.error).__name__] += 1
            else:
                tally.records += 1
            tally.broken += ((number, what) for what in list(breaches(found))[:3])
    except Exception as error:
        tally.broken.append((number, f"raised {type(error).__name__}: {error}"))
    tally.inputs += 1
    tally.silent += not seen
    if not seen and not holds:
        tally.broken.append((number, "gave neither a record nor a reason"))
    tally.slowest = max(tally.slowest, (_processor() - before, number))


def _processor() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def work(target: Target, seed: int, first: int, last: int, connection: Connection, memory: int, *, quick: bool) -> None:
    """Try the inputs from `first` to before `last`: tell each number before it is tried, and the tally now and then."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if quick:
        QUICKER[target.name]()
    tally = Tally()
    for number in range(first, last):
        connection.send(number)
        tried(target.source(*made(target, seed, number)), tally, number, holds=target.holds)
        if tally.inputs >= 100 or number + 1 == last:
            tally.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
            connection.send(tally)
            tally = Tally()
    connection.close()
