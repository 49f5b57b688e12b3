"""What there is to mutate: for every reader that is installed, the seeds that it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from attrs import field, frozen

import tests.fuzzing
from commlint.api import Linter
from commlint.engine.reading import reader_of
from commlint.model.protocols import Reader
from commlint.model.source import Source

_INPUTS = 150  # of a reader, in a run of all tests


Mapped = tuple[tuple[str, str], ...]


@frozen
class Target:
    """Seeds that one reader takes. `few` is how many inputs a run of all tests tries, `mappings` what is configured for a seed, by its name."""

    name: str
    seeds: tuple[tuple[str, bytes], ...]
    few: int = _INPUTS
    mappings: Mapping[str, Mapped] = field(factory=dict)

    @property
    def holds(self) -> bool:
        """Whether its files hold others: an archive without a file that anybody reads, a mailbox whose mails are all deleted, have nothing to tell."""
        return "archive-" in self.name or self.name == "mbox"

    def source(self, name: str, content: bytes) -> Source:
        """The source of a seed or of what was made of it."""
        return Source(name, content, mapping=self.mappings.get(name, ()))


@cache
def readers() -> tuple[Reader, ...]:
    """All that are installed."""
    return tuple(Linter().plugins.readers())


@cache
def targets(*more: str) -> Mapping[str, Target]:
    """By name: a reader's, or ``module/reader`` for seeds that wrap what another module is about (an export in a .zip).

    The seeds are those of the modules here, and those of `more`, modules of somebody else.
    """
    found: dict[str, list[tuple[str, bytes]]] = {}
    few: dict[str, int] = {}
    mappings: dict[str, dict[str, Mapped]] = {}
    for module, seeds, count, mapped in _modules(more):
        for name, content in seeds:
            reader = taker(Source(name, content, mapping=mapped)).name
            target = reader if not reader.startswith("archive-") or module == "archives" else f"{module}/{reader}"
            found.setdefault(target, []).append((name, content))
            few[target] = min(few.get(target, count), count)
            mappings.setdefault(target, {})[name] = mapped
    return {name: Target(name, tuple(seeds), few[name], mappings[name]) for name, seeds in sorted(found.items())}


def taker(source: Source) -> Reader:
    """The reader that takes a seed; a seed that nobody takes is a mistake."""
    reader = reader_of(source, readers())
    if reader is None:
        raise ValueError(f"nobody reads the seed {source.uri}")
    return reader


def _modules(more: Sequence[str]) -> Iterator[tuple[str, Sequence[tuple[str, bytes]], int, Mapped]]:
    """Every module with SEEDS.

    FEW is how many inputs of each of its readers a run of all tests tries, where readers are slow; MAPPING is what the configuration
    says of its seeds.
    """
    ours = (found.name for found in iter_modules(tests.fuzzing.__path__) if not found.name.startswith(("_", "test_")))
    for name in (*(f"tests.fuzzing.{name}" for name in ours), *more):
        module = import_module(name)
        if hasattr(module, "SEEDS"):
            yield name.rpartition(".")[2], module.SEEDS, getattr(module, "FEW", _INPUTS), getattr(module, "MAPPING", ())
