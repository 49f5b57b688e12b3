"""Programs, environment and suppressions at work: records or sources in, one totally ordered report out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from attrs import fields, frozen

from commlint.engine import assemble, reading
from commlint.engine.evaluate import Linked
from commlint.engine.inspection import Inspector, Result
from commlint.engine.opening import Unread, opened
from commlint.engine.program import Program
from commlint.engine.suppress import RULES
from commlint.engine.symboltable import SymbolTable
from commlint.model.environment import Environment
from commlint.model.finding import Report, Suppression
from commlint.model.protocols import Classifier, Folder, Reader, Suppressor
from commlint.model.record import Record
from commlint.model.source import Source

_SILENT = Result(records=1)  # one record, and nothing to say about it


@frozen(slots=False)  # the cached property needs a dict
class Engine:
    """Immutable, picklable, usable from many threads; what it links and builds is made on first use in each process.

    `known_rules`: names and codes of all rules there are, running or not, so that a suppression of one that
    is switched off is not called unknown. `suppressors` come from plugins. Suppressions expire by the instant of judgement,
    else by `today`; without either they do not.
    """

    programs: tuple[Program, ...]
    symbols: SymbolTable
    environment: Environment
    suppressions: tuple[Suppression, ...] = ()
    known_rules: frozenset[str] = frozenset()
    classifiers: tuple[Classifier, ...] = ()
    suppressors: tuple[Suppressor, ...] = ()
    today: date | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return (Engine, tuple(getattr(self, one.name) for one in fields(Engine)))

    @cached_property
    def _inspector(self) -> Inspector:
        return Inspector(self.programs, self.symbols.getters(), self.environment, self.suppressors)

    @cached_property
    def _over(self) -> tuple[Linked, ...]:
        """The programs over several records."""
        return tuple(Linked(program, self.symbols.getters()) for program in self.programs if program.scope != "record")

    @cached_property
    def _names(self) -> tuple[frozenset[str], frozenset[str]]:
        """The names and codes of the rules that run, and of all that a suppression can name."""
        running = frozenset(name for program in self.programs for name in (program.name, program.code))
        return running, self.known_rules | running | RULES

    def check_records(self, records: Iterable[Record]) -> Report:
        """The report on `records`, rules over threads, cases and the archive included. Any order gives the same report."""
        results: list[Result] = []
        uris: set[str] = set()
        for record in records:
            results.append(self._inspector.inspect(record))
            uris.add(record.uri)
        return self._report(results, uris, sources=len(uris))

    def check_sources(
        self, supplies: Iterable[reading.Supply], readers: Sequence[Reader], *, jobs: int = 1, cache: Path | None = None,
        done: Callable[[], None] = lambda: None, partial: bool = False,
    ) -> Report:
        """The report on what `supplies` give, read by the first of `readers` that claims each.

        Nothing is read before its turn. With more than one of `jobs` and enough to do, batches go to other processes; with
        `cache`, a folder, what was found in unchanged sources is taken from the last run. Neither changes the report. `done` is
        called once a supply. With `partial` an interruption from the keyboard ends the run with what was found so far, and a
        failure that says so; rules over several records are then not judged.
        """
        from commlint.engine.sources import inspected

        results: list[Result] = []
        uris: set[str] = set()
        try:
            for uri, result in inspected(self, supplies, tuple(readers), jobs=jobs, cache=cache, partial=partial):
                results.append(result)
                uris.add(uri)
                done()
                if assemble.interrupted(result):
                    break
        except KeyboardInterrupt:
            if not partial:
                raise
            results.append(self._interrupted())
        return self._report(results, uris, sources=len(uris))

    def _interrupted(self) -> Result:
        return Result(failures=(reading.interruption(self.environment.lang),))

    def inspect_source(self, source: Source, readers: Sequence[Reader], *, partial: bool = False) -> Result:
        """What the rules say of each record of one source by itself; a failure where it cannot be read."""
        try:
            reader = reading.reader_of(source, readers)
            text = reading.glanced(source, reader) if reader is not None else None  # nobody's: passed over, or refused when it is opened
            if text is not None and self._inspector.silent(text, source.uri):
                return _SILENT
        except Exception as error:  # the edge that isolates readers: the other sources are read
            return Result(failures=(reading.failure(source.uri, error, self.environment.lang),))
        return self.inspect_opened(source, readers, partial=partial)

    def inspect_opened(self, item: Source | Folder, readers: Sequence[Reader], *, partial: bool = False) -> Result:
        """What the rules say of each record in a source or folder by itself, and of those inside what lies inside. `partial`: see `check_sources`."""
        results: list[Result] = []
        try:
            results.extend(self._inspected(item, readers))  # what came before an interruption is kept
        except KeyboardInterrupt:
            if not partial:
                raise
            results.append(self._interrupted())
        return assemble.joined(results)

    def _inspected(self, item: Source | Folder, readers: Sequence[Reader]) -> Iterator[Result]:
        for found in opened(item, readers, self.environment):
            if isinstance(found, Unread):
                yield Result(failures=(reading.failure(found.uri, found.error, self.environment.lang),))
                continue
            known, failures = reading.classified(found, self.classifiers, self.environment.lang)
            if failures:
                yield Result(failures=failures)
            yield self._inspector.inspect(known)

    def _report(self, results: Sequence[Result], uris: set[str], *, sources: int) -> Report:
        result = assemble.joined(results)
        over = Result() if assemble.interrupted(result) else assemble.judged(self._over, result.facts, self.environment, self.symbols.getters())
        running, known = self._names
        return assemble.report(
            assemble.joined((result, over)), self.environment, suppressions=self.suppressions, running=running, known=known,
            uris=frozenset(uris), sources=sources, today=self._day(),
        )

    def _day(self) -> date | None:
        """The day that suppressions expire by."""
        as_of = self.environment.as_of
        return as_of.astimezone(self.environment.tz).date() if as_of else self.today


__all__ = ["Engine"]
