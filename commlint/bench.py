"""All that one configuration needs, made when first asked for: plugins, plan, environment, engine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from commlint.errors import ConfigError, RuleError
from commlint.model.environment import Environment
from commlint.model.finding import Failure, Report, Severity
from commlint.selection import selected

if TYPE_CHECKING:
    from commlint.config import Config
    from commlint.engine.engine import Engine
    from commlint.engine.program import Program
    from commlint.engine.reading import Supply
    from commlint.model.diagnostic import Diagnostic
    from commlint.model.protocols import Calendar
    from commlint.model.rule import RuleMeta
    from commlint.plan import Plan
    from commlint.plugins import Plugins


class Bench:
    """One configuration at work. `cache` False keeps everything in memory."""

    def __init__(self, config: Config, as_of: datetime | None, lang: str, cache: bool, today: date | None = None) -> None:
        self.config = config
        self.lang = lang
        self._as_of = as_of
        self._today = today
        self._cache = cache
        self.plugins = assembled(config.plugins_load, config.plugins_optional, config.plugins_disabled, config.path)
        self.folder = cache_folder(config) if cache else None

    @cached_property
    def plan(self) -> Plan:
        from commlint.plan import plan

        return plan(self.plugins, self.config, cache=self.folder, lang=self.lang)

    @cached_property
    def programs(self) -> tuple[Program, ...]:
        names = self._selected()
        return tuple(program for program in self.plan.programs if program.name in names)

    def _selected(self) -> frozenset[str]:
        """The names of the rules to run. A rule that is not known may be one of a file with errors: then those are what to tell."""
        try:
            return selected(self.plan.index, self.plan.choices, self.config)
        except ConfigError as error:
            broken = [problem for problem in self.plan.diagnostics if problem.severity is Severity.ERROR]
            if not broken:
                raise
            raise RuleError(broken) from error

    @cached_property
    def metas(self) -> tuple[RuleMeta, ...]:
        names = {program.name for program in self.programs}
        return tuple(sorted((meta for meta in self.plan.metas if meta.name in names), key=lambda meta: (meta.code, meta.name)))

    @cached_property
    def environment(self) -> Environment:
        c = self.config
        calendar = _calendar(self.plugins, c)
        return Environment(
            calendar, zone=c.zone, as_of=self._as_of, hours=c.hours, roster=c.roster, lexicon=c.lexicon, organisation=c.organisation, coverage=c.coverage, lang=self.lang, roll=c.roll, limits=c.limits
        )

    @cached_property
    def engine(self) -> Engine:
        from commlint.engine.engine import Engine

        known = frozenset(name for entry in self.plan.index for name in (entry.name, entry.code))
        return Engine(
            self.programs, self.plugins.table(), self.environment, self.config.suppressions, known, self.plugins.classifiers(), self.plugins.suppressors(), self._today
        )

    def checked(self, supplies: Iterable[Supply], *, jobs: int, done: Callable[[], None] = lambda: None, partial: bool = False) -> Report:
        return self.engine.check_sources(supplies, self.plugins.readers(), jobs=jobs or os.cpu_count() or 1, cache=self.folder, done=done, partial=partial)

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Rule files and optional plugins that were left out."""
        broken = (Failure("", "plugin", "plugin-left-out", why, subject=name) for name, why in self.plugins.broken)
        return (*broken, *_rule_failures(self.plan.diagnostics))


@lru_cache(maxsize=8)
def assembled(extra: tuple[str, ...] = (), optional: tuple[str, ...] = (), disabled: tuple[str, ...] = (), origin: str = "") -> Plugins:
    """The plugins of a configuration, loaded once for all that ask for the same."""
    from commlint.plugins import load

    return load(extra=extra, optional=optional, disabled=disabled, origin=origin)


def _rule_failures(diagnostics: Iterable[Diagnostic]) -> Iterator[Failure]:
    for diagnostic in diagnostics:
        yield Failure(diagnostic.path, "rule", diagnostic.slug, diagnostic.message, diagnostic.help, diagnostic.path)


def _calendar(plugins: Plugins, config: Config) -> Calendar:
    known = {calendar.name: calendar for calendar in plugins.calendars()}
    if config.calendar not in known:
        names = ", ".join(sorted(known))
        raise ConfigError(
            f"there is no calendar {config.calendar!r}", help=f"calendars: {names}", zh=f"没有名为“{config.calendar}”的日历", zh_help=f"可用的日历\uff1a{names}"
        ).at(config.where("calendar"))
    if not (config.holidays or config.workdays):
        return known[config.calendar]
    from commlint.calendar import overlaid

    return overlaid(known[config.calendar], holidays=config.holidays, workdays=config.workdays)


def cache_folder(config: Config) -> Path:
    """Where compiled rules and results are kept: as configured, else beside the configuration, else the user's cache folder."""
    if config.cache_folder:
        return config.cache_folder
    if config.path:
        return Path(config.path).resolve().parent / ".commlint_cache"
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or "~/.cache"
    return Path(home).expanduser() / "commlint"
