"""What plugins implement, and what they are handed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

from attrs import frozen

from commlint.errors import RecordError
from commlint.model.finding import Finding, Report, Suppression
from commlint.model.record import Block, Evidence, Grid, Kind, Record
from commlint.model.source import Source
from commlint.model.sourcemap import SourceMap
from commlint.model.span import Span
from commlint.model.values import Located, Passage, Sentence

if TYPE_CHECKING:
    from commlint.model.environment import Environment

T = TypeVar("T")


class Folder(Protocol):
    """Files that lie together: a folder on disk, an archive. `names` are relative, with forward slashes, in a fixed order."""

    @property
    def uri(self) -> str:
        """As people name it."""
        ...

    @property
    def names(self) -> Sequence[str]:
        """The files in it and below."""
        ...

    def source(self, name: str) -> Source:
        """One of them. Raises RecordError when it cannot be read or is beyond a limit."""
        ...


Item = Record | Source | Folder | RecordError
"""What a reader comes across: a record; a source or folder inside, which is read by whoever claims it; what could not be read while the rest can."""


class Reader(Protocol):
    """Turns a source into records. Stateless; `read` may be called from many threads and processes.

    Files of `suffixes` are taken from folders that are checked. A reader may have `streams = True`: then it is given sources larger
    than the limit on file size too, and reads them by `Source.opened`, holding only a bounded piece at a time.
    """

    name: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]

    def claims(self, source: Source) -> bool:
        """Whether this reader takes `source`, by suffix, media type or a look at the first bytes."""
        ...

    def read(self, source: Source, environment: Environment) -> Iterable[Item]:
        """The records of `source` in order, and what lies inside. Raises RecordError when it, or the rest of it, cannot be read."""
        ...


@runtime_checkable
class Glancing(Protocol):
    """What a reader may do besides: tell cheaply that a source need not be read, because nothing stands in it."""

    def glance(self, source: Source) -> str | None:
        """All the text of the one record that `read` gives, as far as rules could ask for it; None when only `read` can tell.

        Not None promises that `read` does not raise, and that nothing in the record but its text and name stands in `source`.
        """
        ...


@runtime_checkable
class FolderReader(Protocol):
    """What a reader may do besides: read files that only together are a record's source, such as an export of many files."""

    def claims_folder(self, names: Collection[str]) -> bool:
        """Whether the folder is one: by the names of the files and folders at its top."""
        ...

    def read_folder(self, folder: Folder, environment: Environment) -> Iterable[Item]:
        """As `read`; records bear the uri of the file they stand in, ``{folder.uri}/{name}``."""
        ...


class Classifier(Protocol):
    """Says what kind a record of unknown kind is."""

    name: str
    priority: int

    def classify(self, record: Record) -> tuple[Kind, Evidence] | None:
        """A kind and the evidence for it, or None."""
        ...


class Calendar(Protocol):
    """Which days are worked. Immutable; `name` and `fingerprint` enter cache keys."""

    @property
    def name(self) -> str:
        """How it is called in configurations."""
        ...

    def is_workday(self, day: date) -> bool:
        """Whether `day` is worked, make-up days included."""
        ...

    def announced(self, year: int) -> bool:
        """Whether the year's holidays are known; else `is_workday` is Monday to Friday."""
        ...

    def holiday(self, day: date) -> str | None:
        """The name of the holiday that `day` belongs to, or None."""
        ...


class Reporter(Protocol):
    """Turns a report into bytes, the same report always into the same bytes."""

    name: str

    def render(self, report: Report, options: Mapping[str, object]) -> bytes:
        """`options`: color (bool), width (int), show_suppressed (bool), rules (Sequence[RuleMeta])."""
        ...


class Suppressor(Protocol):
    """Says which findings are permitted."""

    name: str

    def suppressions(self, record: Record) -> Iterable[Suppression]:
        """The permissions that hold for `record`."""
        ...


class Command(Protocol):
    """A subcommand of the command line."""

    name: str
    help: str

    def run(self, arguments: Sequence[str]) -> int:
        """Carry it out; returns the exit code."""
        ...


@frozen
class RulePack:
    """Rules that travel together: a folder of .norm files, with lists/ and profiles/ beside them."""

    name: str
    folder: Path
    version: str = ""


@runtime_checkable
class Analysis(Protocol):
    """What has been worked out so far about one record; all of it lazily, all of it once.

    Spans everywhere count code points of the folded text of the part.
    """

    record: Record
    environment: Environment

    def folded(self, part: int) -> str:
        """The folded text of part `part`: half width, simplified, lower case, nothing invisible."""
        ...

    def source_map(self, part: int) -> SourceMap:
        """From the folded text of `part` to its view."""
        ...

    def passage(self, part: int, start: int, end: int) -> Passage:
        """The stretch as a value."""
        ...

    def over(self, part: int, span: Span) -> Passage:
        """The stretch as a value, of a span at hand."""
        ...

    def sentences(self, part: int) -> Sequence[Sentence]:
        """The sentences of `part`, in order."""
        ...

    def value(self, key: str) -> object:
        """The record attribute `key` ("record.deadlines"), computed once."""
        ...

    def collection(self, key: str) -> Sequence[Located]:
        """Like `value`, for collections; empty when unknown."""
        ...

    def reference(self, part: int) -> datetime | None:
        """The instant that relative times in `part` count from."""
        ...

    def blocks(self, part: int) -> Sequence[Block]:
        """The blocks of `part`, in folded coordinates."""
        ...

    def grids(self, part: int) -> Sequence[Grid]:
        """The grids of `part`, in folded coordinates."""
        ...

    def once(self, key: str, work: Callable[[Analysis], T]) -> T:
        """What `work` makes of this record, worked out the first time `key` is asked for."""
        ...


__all__ = [
    "Analysis", "Calendar", "Classifier", "Command", "Finding", "Folder", "FolderReader", "Item", "Iterator", "Reader", "Reporter", "RulePack", "Suppressor",
]
