"""Figures and the table that they end in."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Sequence

from attrs import frozen

from tests.benchmarks.measure import table


@frozen
class Figure:
    """One line of the table: a value a round, and `goal` as people read it. `reached` looks at the median; None where there is no goal."""

    what: str
    values: tuple[float, ...]
    goal: str = ""
    reached: Callable[[float], bool] | None = None
    unit: str = ""

    @property
    def median(self) -> float:
        """Of all rounds."""
        return statistics.median(self.values)


def at_least(what: str, values: Sequence[float], goal: float, unit: str) -> Figure:
    """A figure that is better the larger it is."""
    return Figure(what, tuple(values), f">= {goal:g} {unit}", lambda median: median >= goal, unit)


def at_most(what: str, values: Sequence[float], goal: float, unit: str) -> Figure:
    """A figure that is better the smaller it is."""
    return Figure(what, tuple(values), f"<= {goal:g} {unit}", lambda median: median <= goal, unit)


def told(what: str, values: Sequence[float], unit: str) -> Figure:
    """A figure without a goal, to read the others by."""
    return Figure(what, tuple(values), unit=unit)


def show(figures: Sequence[Figure]) -> None:
    """Print them, and whether the goals are reached."""
    rows = [(each.what, each.goal, f"{_number(each.median)} {each.unit}", _spread(each.values), _reached(each)) for each in figures]
    table("the gateway on Postfix (median of rounds; ratios are of neighbouring runs)", ("what", "goal", "figure", "least - most", "reached"), rows)


def _spread(values: Sequence[float]) -> str:
    return f"{_number(min(values))} - {_number(max(values))} ({len(values)})" if len(values) > 1 else ""


def _reached(figure: Figure) -> str:
    return "" if figure.reached is None else "yes" if figure.reached(figure.median) else "NO"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def progress(said: str) -> None:
    """Tell whoever waits how far it is."""
    sys.stderr.write(f"{said}\n")
    sys.stderr.flush()
