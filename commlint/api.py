"""The library: a `Linter` that checks texts, records and paths, and `check` for a single text."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve, fields

from commlint import discovery
from commlint.bench import Bench, assembled
from commlint.config import Config, load
from commlint.errors import CommlintError, ConfigError, PluginError, RecordError, UsageError
from commlint.model.environment import Environment
from commlint.model.finding import Counts, Failure, Report
from commlint.model.record import Kind, Party, Record
from commlint.model.source import Source
from commlint.selection import unknown_rule

if TYPE_CHECKING:
    from commlint.engine.program import Program
    from commlint.engine.reading import Supply
    from commlint.model.diagnostic import Diagnostic
    from commlint.model.protocols import Folder, Reporter
    from commlint.model.rule import RuleMeta
    from commlint.plugins import Plugins

Progress = Callable[[int, int], None]

_SUMMED = tuple(field.name for field in fields(Counts))

_Place = tuple[str, tuple[int, ...]]  # a configuration, and which of its overrides hold


class Linter:
    """Checks records against the rules of one configuration; reusable, usable from many threads, picklable.

    Without `config` the built-in rules of the profile `base` hold, whatever files lie about. With `nearest=True` each file is
    judged by the configuration closest to it, `config` standing in where there is none. `changes` are `Config` attributes that
    take the place of what configurations say. `as_of` is the instant of judgement for rules about silence; without it such
    rules are undetermined. Suppressions expire by `as_of`, else by `today`. `lang` is the language of messages, "zh" or "en".

    Raises ConfigError or PluginError on first use when it cannot be set up. Rule files with errors are left out and
    reported as failures; see `diagnostics`.
    """

    def __init__(
        self, config: Config | None = None, *, nearest: bool = False, changes: Mapping[str, Any] | None = None,
        as_of: datetime | None = None, today: date | None = None, lang: str | None = None, cache: bool = False,
    ) -> None:
        self._state = (config or Config(), nearest, dict(changes or {}), as_of, lang, cache, today)
        self._base, self._nearest, self._changes, self._as_of, self._lang, self._cache, self._today = self._state
        self._lock = threading.RLock()
        self._benches: dict[_Place, Bench] = {}
        self._configs: dict[str, Config] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return (_linter, self._state)

    @cached_property
    def config(self) -> Config:
        """What texts and records are judged by."""
        return self._changed(self._base)

    @property
    def lang(self) -> str:
        """The language of messages."""
        return self._lang or self.config.lang or "zh"

    @property
    def rules(self) -> tuple[RuleMeta, ...]:
        """The cards of the rules that run, by code."""
        return self._bench().metas

    @property
    def all_rules(self) -> tuple[RuleMeta, ...]:
        """The cards of all rules there are, by code."""
        return tuple(sorted(self._bench().plan.metas, key=lambda meta: (meta.code, meta.name)))

    def program(self, rule: str) -> Program:
        """The compiled rule with this name or code, whether it runs or not. Raises ConfigError when there is none."""
        programs = self._bench().plan.programs
        for program in programs:
            if rule in (program.name, program.code):
                return program
        raise unknown_rule(rule, programs)

    @property
    def plugins(self) -> Plugins:
        """What is plugged in."""
        return self._bench().plugins

    @property
    def environment(self) -> Environment:
        """Calendar, zone, roster and all else that a verdict depends on."""
        return self._bench().environment

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The errors of rule files that were left out."""
        self._bench()
        return tuple({d.order: d for bench in self._benches.values() for d in bench.plan.diagnostics}.values())

    def check(
        self,
        text: str | Record,
        *,
        kind: Kind | str = Kind.DOCUMENT,
        uri: str = "<text>",
        subject: str | None = None,
        sent_at: datetime | None = None,
        sender: Party | None = None,
        to: Iterable[Party] = (),
        cc: Iterable[Party] = (),
    ) -> Report:
        """What the rules say of one text, or of one record made beforehand.

        `kind` is what the text is (`commlint.Kind`, or its name); relative times count from `sent_at`, which needs a zone.
        Raises UsageError for an unknown kind and for a `sent_at` without a zone.
        """
        if isinstance(text, Record):
            return self.check_records((text,))
        if sent_at is not None and sent_at.tzinfo is None:
            raise UsageError("sent_at has no time zone", help="give it one: sent_at.replace(tzinfo=ZoneInfo(...))", zh="sent_at 没有时区", zh_help="请用 replace(tzinfo=ZoneInfo(...)) 补上")
        record = Record.from_text(text, kind=_kind(kind), uri=uri, subject=subject, sent_at=sent_at, sender=sender, to=tuple(to), cc=tuple(cc))
        return self.check_records((record,))

    def check_records(self, records: Iterable[Record]) -> Report:
        """What the rules say of `records`, thread rules over all of them together included."""
        bench = self._bench()
        return merged((bench.engine.check_records(tuple(records)),), bench.failures, lang=self.lang)

    def check_source(self, source: Source) -> Report:
        """What the rules say of the records in `source`: bytes at hand, standard input. Its `uri` chooses the reader."""
        bench = self._bench(self._place(discovery.absolute(source.uri)))
        return merged((bench.checked((source,), jobs=1),), bench.failures, lang=self.lang)

    def records(self, source: Source) -> tuple[Record, ...]:
        """The records in `source`, as rules see them, each with its kind. Raises RecordError when nothing of it can be read; see `contents`."""
        records, failures = self.contents(source)
        if failures and not records:
            first = failures[0]
            raise RecordError(first.slug, first.message, help=first.help, zh=first.message, zh_help=first.help)
        return records

    def contents(self, source: Source | Folder) -> tuple[tuple[Record, ...], tuple[Failure, ...]]:
        """The records in `source` and in all that lies inside it, each with its kind; and what could not be read."""
        from commlint.engine import opening, reading

        bench = self._bench(self._place(discovery.absolute(source.uri)))
        found = tuple(opening.opened(source, bench.plugins.readers(), bench.environment))
        classifiers = bench.plugins.classifiers()
        failures = tuple(reading.failure(item.uri, item.error, self.lang) for item in found if isinstance(item, opening.Unread))
        return tuple(reading.classified(item, classifiers, self.lang)[0] for item in found if isinstance(item, Record)), failures

    def check_paths(self, paths: Iterable[str | Path], *, jobs: int | None = None, kind: Kind | str | None = None, progress: Progress | None = None, looked: Callable[[str], None] | None = None, partial: bool = False) -> Report:
        """What the rules say of files and folders; the order of `paths` and the number of `jobs` never change the report.

        What cannot be read is a failure in the report. Rules over threads see together what falls under one configuration and
        one set of overrides. `progress` is told (files done, files in all), `looked` the absolute path of every file and folder
        that was looked at. With `partial` an interruption from the keyboard does not raise but ends the run: the report tells what was
        found so far, and has the failure `interrupted`.
        """
        said = _kind(kind).value if kind else None
        files, failures = discovery.Search(self._wanted, self._excluded, self.reads_folder, self.lang).found(map(str, paths), looked=looked)
        if looked:
            for file in files:
                looked(file.path)
                for name in file.names:
                    looked(f"{file.path}/{name}")
        groups, refused = self._grouped(files)
        count = _Count(len(files), progress)
        reports: list[Report] = []
        for place, group in sorted(groups.items()):
            with _refusals(refused):
                bench = self._bench(place)
                supplies = self._supplies(group, bench.config, said)
                checked = bench.checked(supplies, jobs=self.config.jobs if jobs is None else jobs, done=count.one_more, partial=partial)
                reports.append(merged((checked,), bench.failures, lang=self.lang))
                if any(failure.slug == "interrupted" for failure in checked.failures):
                    break
        if refused and not reports:
            raise refused[0]
        if not reports:
            failures = (*failures, *self._bench().failures)
        return merged(reports, (*failures, *(_refusal(error, self.lang) for error in refused)), lang=self.lang)

    def origins(self) -> Iterator[str]:
        """Absolute paths of what verdicts so far came from besides the records: configurations, rules, plugins, commlint itself.

        Some may not be there: a configuration that would have been used instead, for one.
        """
        from commlint import origins

        yield from origins.candidates(self._configs)
        for bench in tuple(self._benches.values()):
            yield from origins.of(bench.plugins, bench.config)

    def _grouped(self, files: Iterable[discovery.Found]) -> tuple[dict[_Place, list[discovery.Found]], list[CommlintError]]:
        """The files by what they are judged by, and what is wrong with configurations that cannot judge any."""
        groups: dict[_Place, list[discovery.Found]] = {}
        refused: list[CommlintError] = []
        for file in files:
            with _refusals(refused):
                groups.setdefault(self._place(file.path), []).append(file)
        return groups, refused

    def _supplies(self, files: Iterable[discovery.Found], config: Config, kind: str | None) -> Iterator[Supply]:
        """What reads each file, in the process that checks it."""
        for file in files:
            yield partial(discovery.supply, file, limit=config.limits.file_size, lang=self.lang, kind=kind, mapping=config.told_of(file.path))

    def _changed(self, config: Config) -> Config:
        return evolve(config, **self._changes, given=frozenset(self._changes))

    # --- which configuration --------------------------------------------------------------------

    def config_for(self, path: str) -> Config:
        """The configuration that an absolute `path` is judged by, before its overrides."""
        if not self._nearest:
            return self.config
        folder = path.rpartition("/")[0] or "/"
        if folder not in self._configs:
            self._configs[folder] = self._changed(_nearest(folder) or self._base)
        return self._configs[folder]

    def _place(self, path: str) -> _Place:
        config = self.config_for(path)
        place = (config.path, config.overriding(path))
        if place not in self._benches:
            with self._lock:
                self._benches.setdefault(place, self._made(config.overridden(place[1])))
        return place

    def _bench(self, place: _Place | None = None) -> Bench:
        place = place or (self.config.path, ())
        if place not in self._benches:
            with self._lock:
                self._benches.setdefault(place, self._made(self.config))
        return self._benches[place]

    def _made(self, config: Config) -> Bench:
        return Bench(config, self._as_of, self._lang or config.lang or "zh", self._cache and config.cache, self._today)

    @cached_property
    def _suffixes(self) -> tuple[str, ...]:
        return tuple(sorted({suffix for reader in self.plugins.readers() for suffix in reader.suffixes}))

    def _wanted(self, name: str) -> bool:
        return name.lower().endswith(self._suffixes)

    def reads_folder(self, names: Sequence[str]) -> bool:
        """Whether a folder with these files and folders in it is one source: an export of a chat program, for one."""
        from commlint.engine.opening import claimant

        return claimant(names, self.plugins.readers()) is not None

    def _excluded(self, path: str) -> bool:
        try:
            return self.config_for(path).excludes(path)
        except ConfigError:
            return False  # told when the file's turn comes


def _linter(config: Config, nearest: bool, changes: Mapping[str, Any], as_of: datetime | None, lang: str | None, cache: bool, today: date | None) -> Linter:  # noqa: PLR0917  # what pickle calls
    return Linter(config, nearest=nearest, changes=changes, as_of=as_of, today=today, lang=lang, cache=cache)


@lru_cache(maxsize=4096)
def _nearest(folder: str) -> Config | None:
    config = load(start=Path(folder))
    return config if config.path else None


def _kind(kind: Kind | str) -> Kind:
    from commlint.model.reading.declared import kind_named

    found = kind_named(kind)
    if found is None:
        names = ", ".join(Kind)
        raise UsageError(f"there is no record kind {kind!r}", help=f"kinds: {names}", zh=f"没有名为“{kind}”的记录类型", zh_help=f"可用的类型\uff1a{names}")
    return found


def merged(reports: Iterable[Report], failures: Sequence[Failure] = (), *, lang: str) -> Report:
    """One report of several, with further `failures`, in the total order."""
    parts = tuple(reports)
    if len(parts) == 1 and not failures and parts[0].lang == lang:
        return parts[0]  # in order already
    failed = tuple(sorted({*(failure for part in parts for failure in part.failures), *failures}))
    counts = Counts(**{name: sum(getattr(part.counts, name) for part in parts) for name in _SUMMED})
    return Report(
        findings=tuple(sorted((finding for part in parts for finding in part.findings), key=lambda finding: finding.order)),
        undetermined=tuple(sorted(item for part in parts for item in part.undetermined)),
        failures=failed,
        counts=evolve(counts, failures=len(failed)),
        lang=lang,
    )


@contextmanager
def _refusals(told: list[CommlintError]) -> Iterator[None]:
    """Keeps what stops one configuration from stopping the others."""
    try:
        yield
    except (ConfigError, PluginError) as error:
        told.append(error)


def _refusal(error: CommlintError, lang: str) -> Failure:
    message, help = error.said(lang)
    return Failure("", "config" if isinstance(error, ConfigError) else "plugin", "bad-configuration", message, help)


class _Count:
    """Files done so far, told to whoever wants to know."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._done, self._total, self._progress = 0, total, progress

    def one_more(self) -> None:
        self._done += 1
        if self._progress:
            self._progress(self._done, self._total)


@lru_cache(maxsize=8)
def _shared(lang: str, as_of: datetime | None) -> Linter:
    return Linter(lang=lang, as_of=as_of, cache=True)


def check(
    text: str | Record,
    *,
    kind: Kind | str = Kind.DOCUMENT,
    uri: str = "<text>",
    subject: str | None = None,
    sent_at: datetime | None = None,
    sender: Party | None = None,
    to: Iterable[Party] = (),
    cc: Iterable[Party] = (),
    as_of: datetime | None = None,
    lang: str = "zh",
) -> Report:
    """What the built-in rules of the profile `base` say of one text; see `Linter.check`. The linter behind it is made once."""
    return _shared(lang, as_of).check(text, kind=kind, uri=uri, subject=subject, sent_at=sent_at, sender=sender, to=to, cc=cc)


def render(report: Report, format: str = "json", **options: object) -> bytes:
    """`report` in an output format: ``text``, ``json``, ``jsonl``, or a plugin's. Raises UsageError for any other.

    `options` go to the reporter: color, width, show_suppressed.
    """
    return reporter(format, assembled()).render(report, options)


def reporter(name: str, plugins: Plugins) -> Reporter:
    """The reporter called `name`. Raises UsageError when there is none."""
    known = {reporter.name: reporter for reporter in plugins.reporters()}
    if name not in known:
        names = ", ".join(known)
        raise UsageError(f"there is no output format {name!r}", help=f"formats: {names}", zh=f"没有名为“{name}”的输出格式", zh_help=f"可用的格式\uff1a{names}")
    return known[name]


__all__ = ["Linter", "check", "render"]
