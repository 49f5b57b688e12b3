"""How much of what goes wrong with mail goes right: `python -m tests.integrations.mail_cases [--time] [--traps] [-v]`.

Exit code 1 when a goal is missed. `--time` adds what hostile mails cost and how that grows, and how fast HTML is read: figures of this
machine, each the best of some runs.
"""

from __future__ import annotations

import gc
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from math import ceil

from attrs import evolve, frozen
from commlint_mail.message import parse

from commlint.model.reading.html import seen
from tests.integrations import calendar_cases, form_cases, hostile_cases, mail_cases, page_cases, reply_cases
from tests.integrations.hostile_cases import MARK, Hostile
from tests.integrations.mail_traps import TRAPS

FAST = 4.0  # million characters of HTML a second
_GROWTH = 3.0  # what mails of twice the size may cost: 2 is linear, 4 quadratic
_AGAIN = 2  # times that a growth which seems steep is measured again
_TELLING = 0.02  # seconds: of what takes less, growth is noise


@frozen
class Outcome:
    """One case: what commlint found, and what there is to find."""

    group: str
    name: str
    found: object
    truth: object

    @property
    def right(self) -> bool:
        """Whether it found that."""
        return self.found == self.truth


# How much of each group must be right: what was asked for of a collection of another size.
GOALS = {
    "charset": (46, 46), "subject": (25, 27), "address": (1, 1), "name": (14, 15), "body": (18, 19), "structure": (19, 21), "form": (1, 1), "calendar": (17, 18), "reply": (19, 20), "HTML": (1, 1), "hostile": (1, 1),
}  # fmt: skip


def outcomes() -> Iterator[Outcome]:
    """Of all cases."""
    yield from (Outcome(case.group, case.name, mail_cases.found(case), case.truth) for case in mail_cases.cases())
    yield from (Outcome("form", name, form_cases.told(mail), truth) for name, mail, truth in form_cases.forms())
    yield from (Outcome("calendar", name, calendar_cases.said(case), calendar_cases.truth(case)) for name, case in calendar_cases.CASES.items())
    yield from (Outcome("reply", name, reply_cases.roles_of(parse(mail)), truth) for name, mail, truth in reply_cases.replies())
    for name, html, text, (phrase, stretch) in page_cases.SEEN:
        page = seen(html)
        yield Outcome("HTML", name, (page.text, page_cases.place(page, phrase, html)), (text, stretch))
    yield from (Outcome("hostile", case.name, became(case), (case.reason, case.keeps)) for case in hostile_cases.hostile())


def became(case: Hostile) -> tuple[str, bool]:
    """Why a hostile mail was not read to its end, and whether its text was read."""
    found = form_cases.read(case.built(1))
    return found.unread, any(MARK in part.text for record in found.records for part in record.parts)


def goal(group: str, count: int) -> int:
    """How many of so many cases must be right."""
    right, of = GOALS[group]
    return ceil(count * right / of)


def cases_of(pattern: str, all_cases: list[Outcome]) -> list[Outcome]:
    """The cases that a trap names."""
    return [one for one in all_cases if fnmatchcase(f"{one.group}: {one.name}", pattern.replace("[", "[[]"))]


# figures of this machine


@frozen
class Cost:
    """A hostile mail: its size in bytes, the CPU seconds that it takes, and how many times as long one of twice the size does."""

    name: str
    size: int
    seconds: float
    growth: float

    @property
    def steep(self) -> bool:
        """Whether it grows faster than the mail does."""
        return self.growth > _GROWTH and self.seconds > _TELLING


def cost(case: Hostile) -> Cost:
    """What reading it takes, the best of three; measured again where it seems to grow steeply, for others may have been at work."""
    found = _cost(case)
    for _ in range(_AGAIN):
        if not found.steep:
            return found
        again = _cost(case)
        found = evolve(again, growth=min(again.growth, found.growth))
    return found


def _cost(case: Hostile) -> Cost:
    once, twice = (case.built(size) for size in (1, 2))
    seconds = _best(lambda: form_cases.read(once))
    return Cost(case.name, len(once), seconds, _best(lambda: form_cases.read(twice)) / seconds)


def _best(work: Callable[[], object], times: int = 3) -> float:
    """CPU seconds; garbage that others left is not counted."""
    return min(_seconds(work) for _ in range(times))


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    before = time.process_time()
    work()
    return time.process_time() - before


def html_speed() -> float:
    """Million characters of the corpus that are read a second, the way back to the page included."""
    return page_cases.read_all() / _best(page_cases.read_all, 9) / 1e6


# the program


def main() -> int:
    """Prints the table."""
    parser = ArgumentParser(prog="python -m tests.integrations.mail_cases", description=__doc__)
    parser.add_argument("--time", action="store_true", help="what hostile mails cost, and the speed of HTML, on this machine")
    parser.add_argument("--traps", action="store_true", help="each trap with the cases that show it")
    parser.add_argument("-v", "--verbose", action="store_true", help="what was found instead of the truth")
    options = parser.parse_args()
    found = list(outcomes())
    good = _scores(found, verbose=options.verbose)
    if options.traps:
        _traps(found)
    return 0 if (_times() if options.time else True) and good else 1


def _scores(found: list[Outcome], *, verbose: bool) -> bool:
    print(f"{'what':<12} {'right/all':>10} {'goal':>5}  reached")
    good = True
    for group in GOALS:
        own = [one for one in found if one.group == group]
        right = sum(one.right for one in own)
        reached = right >= goal(group, len(own))
        good = good and reached
        print(f"{group:<12} {f'{right}/{len(own)}':>10} {goal(group, len(own)):>5}  {'yes' if reached else 'NO'}")
        for one in own if verbose else ():
            if not one.right:
                print(f"    {one.name}: {one.found!r} instead of {one.truth!r}")
    return good


def _traps(found: list[Outcome]) -> None:
    print()
    for chapter, trap, patterns in TRAPS:
        named = [one for pattern in patterns for one in cases_of(pattern, found)]
        shown = f"{sum(one.right for one in named)}/{len(named)}" if named else ", ".join(patterns)
        print(f"{chapter:<18} {trap:<94} {shown}")


def _times() -> bool:
    costs = []
    for number, case in enumerate(hostile_cases.hostile(), 1):
        print(f"\r{number} {case.name:<60}", end="", file=sys.stderr, flush=True)
        costs.append(cost(case))
    print(f"\r{'':<66}\r", end="", file=sys.stderr)
    print(f"\n{'the ten slowest hostile mails':<56} {'bytes':>9} {'CPU ms':>8} {'twice the size':>15}")
    for one in sorted(costs, key=lambda one: -one.seconds)[:10]:
        print(f"{one.name:<56} {one.size:>9,} {one.seconds * 1000:>8.0f} {f'x {one.growth:.1f}':>15}")
    steep = [one for one in costs if one.steep]
    for one in steep:
        print(f"{one.name}: x {one.growth:.1f} for twice the size")
    speed = html_speed()
    print(f"\nHTML {speed:.1f} million characters a second, places included; goal {FAST:.0f}: {'yes' if speed >= FAST else 'NO'}")
    return not steep and speed >= FAST
