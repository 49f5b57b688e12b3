"""Sources to results, in this process: read, inspected, faults kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from commlint.engine.inspection import Result
from commlint.engine.reading import Supply, supplied
from commlint.model.finding import Failure
from commlint.model.protocols import Reader

if TYPE_CHECKING:
    from commlint.engine.engine import Engine


def inspected(engine: Engine, supplies: Iterable[Supply], readers: Sequence[Reader], *, jobs: int, cache: Path | None) -> Iterator[tuple[str, Result]]:
    """The result on each supply, and the name it goes by."""
    for supply in supplies:
        yield one(engine, supply, readers)


def one(engine: Engine, supply: Supply, readers: Sequence[Reader]) -> tuple[str, Result]:
    """The result on one supply."""
    source = supplied(supply)
    if isinstance(source, Failure):
        return source.uri, Result(failures=(source,))
    return source.uri, engine.inspect_source(source, readers)
