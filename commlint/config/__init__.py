"""What a run is set up with: read from the closest commlint.toml or pyproject.toml, or made by a caller."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from attrs import evolve, field, frozen

from commlint.engine.globs import matches
from commlint.errors import ConfigError
from commlint.model.environment import Coverage, Lexicon, Limits, Organisation, Roster, RosterPerson, WorkingHours
from commlint.model.finding import Severity, Suppression
from commlint.model.record import Kind
from commlint.model.rule import RuleSetting

if TYPE_CHECKING:
    from commlint.config.files import Setting, Steps


@frozen
class Override:
    """Other rules, or other settings of rules, for the paths that fit one of the patterns."""

    paths: tuple[str, ...]
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    rules: Mapping[str, RuleSetting] = field(factory=dict)


@frozen
class Chats:
    """What the chats are written like whose paths fit one of the patterns: where a message has what, the zone of its times."""

    paths: tuple[str, ...]
    told: tuple[tuple[str, str], ...] = ()


@frozen
class Config:
    """Everything of DESIGN's configuration, typed; `Config()` is what holds without any file.

    `path` is the file it was read from, empty when made by a caller; `given` are the attributes that somebody put in the place
    of what it says. Path patterns are absolute.
    """

    path: str = ""
    profile: tuple[str, ...] = ("base",)
    rule_files: tuple[Path, ...] = ()
    select: tuple[str, ...] = ("ALL",)
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    lang: str | None = None
    zone: str = "Asia/Shanghai"
    min_level: Severity = Severity.INFO
    fail_level: Severity = Severity.ERROR
    allow_undetermined: bool = False
    redact: bool = False
    jobs: int = 1
    rules: Mapping[str, RuleSetting] = field(factory=dict)
    overrides: tuple[Override, ...] = ()
    kinds: tuple[tuple[str, Kind], ...] = ()
    chats: tuple[Chats, ...] = ()
    calendar: str = "china"
    holidays: tuple[date, ...] = ()
    workdays: tuple[date, ...] = ()
    roll: bool = False
    hours: WorkingHours = WorkingHours()
    roster: Roster = Roster()
    organisation: Organisation = Organisation()
    lexicon: Lexicon = Lexicon()
    plugins_load: tuple[str, ...] = ()
    plugins_optional: tuple[str, ...] = ()
    plugins_disabled: tuple[str, ...] = ()
    coverage: Coverage | None = None
    suppressions: tuple[Suppression, ...] = ()
    cache: bool = True
    cache_folder: Path | None = None
    limits: Limits = Limits()
    given: frozenset[str] = frozenset()

    def where(self, attribute: str) -> str:
        """The file that `attribute` comes from, for errors; empty when it was given otherwise."""
        return "" if attribute in self.given else self.path

    def kind_of(self, path: str) -> Kind | None:
        """The kind that the configuration gives to an absolute `path`; the first pattern that fits wins."""
        return next((kind for pattern, kind in self.kinds if matches(path, pattern)), None)

    def told_of(self, path: str) -> tuple[tuple[str, str], ...]:
        """What the configuration says of an absolute `path` to whoever reads it (`Source.mapping`): its kind, the keys of a chat."""
        kind = self.kind_of(path)
        chat = next((chats.told for chats in reversed(self.chats) if any(matches(path, pattern) for pattern in chats.paths)), ())
        return ((("kind", kind.value),) if kind else ()) + chat

    def excludes(self, path: str) -> bool:
        """Whether an absolute `path` is left out when its folder is checked."""
        return any(matches(path, pattern) for pattern in self.exclude)

    def overriding(self, path: str) -> tuple[int, ...]:
        """Which overrides hold for an absolute `path`."""
        return tuple(i for i, override in enumerate(self.overrides) if any(matches(path, pattern) for pattern in override.paths))

    def overridden(self, which: Iterable[int]) -> Config:
        """This configuration with those of its overrides, in order."""
        return reduce(Config._with, (self.overrides[index] for index in which), self)

    def _with(self, override: Override) -> Config:
        return evolve(
            self,
            select=self.select if override.select is None else override.select,
            ignore=(*self.ignore, *override.ignore),
            rules=merged_rules(self.rules, override.rules),
        )


def load(path: Path | None = None, *, start: Path | None = None) -> Config:
    """The configuration at `path`, else the closest one above `start` (the working folder), else the defaults.

    Raises ConfigError naming file, key and way out.
    """
    from commlint.config import files

    found = files.closest(start or Path.cwd()) if path is None else path
    return Config() if found is None else built(files.settings(found.resolve()), str(found))


load_config = load  # its public name, where `load` alone would say too little


def built(settings: Mapping[Steps, Setting], path: str = "") -> Config:
    """The configuration that checked `settings` make."""
    values = {steps: setting.value for steps, setting in settings.items()}
    plain = {_ATTRIBUTES[steps]: value for steps, value in values.items() if steps in _ATTRIBUTES}
    zone = values.get(("zone",), "Asia/Shanghai")
    return Config(
        path=path,
        rules=rule_settings(settings),
        overrides=tuple(_override(row) for row in values.get(("overrides",), ())),
        kinds=tuple((_anchored(steps[1], setting.origin), setting.value) for steps, setting in settings.items() if steps[0] == "kinds"),
        chats=tuple(_chats(row) for row in values.get(("chats",), ())),
        hours=WorkingHours(**_fields(values, "hours")),
        roster=_roster(values),
        limits=Limits(**_fields(values, "limits")),
        organisation=Organisation(**_fields(values, "organisation")),
        lexicon=Lexicon(_pairs(values, "labels"), _known_lists(_pairs(values, "cues"), path)),
        coverage=_coverage(values, zone, path),
        suppressions=tuple(_suppression(row, path) for row in values.get(("suppressions",), ())),
        **plain,
    )


_ATTRIBUTES: dict[Steps, str] = {
    ("profile",): "profile",
    ("rule-files",): "rule_files",
    ("select",): "select",
    ("extend-select",): "extend_select",
    ("ignore",): "ignore",
    ("exclude",): "exclude",
    ("lang",): "lang",
    ("zone",): "zone",
    ("min-level",): "min_level",
    ("fail-level",): "fail_level",
    ("allow-undetermined",): "allow_undetermined",
    ("redact",): "redact",
    ("jobs",): "jobs",
    ("calendar", "name"): "calendar",
    ("calendar", "holidays"): "holidays",
    ("calendar", "workdays"): "workdays",
    ("calendar", "roll"): "roll",
    ("plugins", "load"): "plugins_load",
    ("plugins", "optional"): "plugins_optional",
    ("plugins", "disabled"): "plugins_disabled",
    ("cache", "enabled"): "cache",
    ("cache", "folder"): "cache_folder",
}


def rule_settings(settings: Mapping[Steps, Setting]) -> dict[str, RuleSetting]:
    """The tables ``rules.NAME`` of checked settings."""
    found: dict[str, RuleSetting] = {}
    for steps, setting in settings.items():
        if steps[0] == "rules":
            found[steps[1]] = _changed(found.get(steps[1], RuleSetting(origin=setting.origin)), steps[2:], setting.value)
    return found


def _changed(rule: RuleSetting, steps: Steps, value: Any) -> RuleSetting:
    name, *how = steps
    if how == ["add"]:
        return evolve(rule, add={**rule.add, name: value})
    if how == ["remove"]:
        return evolve(rule, remove={**rule.remove, name: value})
    if name == "level":
        return evolve(rule, level=value)
    return evolve(rule, params={**rule.params, name: value})


def merged_rules(base: Mapping[str, RuleSetting], over: Mapping[str, RuleSetting]) -> dict[str, RuleSetting]:
    """`base` changed by `over`, parameter by parameter; what `over` replaces forgets what `base` added to it."""
    return {**base, **{name: _merged(base[name], setting) if name in base else setting for name, setting in over.items()}}


def _merged(base: RuleSetting, over: RuleSetting) -> RuleSetting:
    return RuleSetting(
        level=over.level or base.level,
        params={**base.params, **over.params},
        add={**{name: values for name, values in base.add.items() if name not in over.params}, **over.add},
        remove={**{name: values for name, values in base.remove.items() if name not in over.params}, **over.remove},
        origin=over.origin or base.origin,
    )


def _override(row: Mapping[Steps, Setting]) -> Override:
    values = {steps[0]: setting.value for steps, setting in row.items() if len(steps) == 1}
    return Override(values["paths"], values.get("select"), values.get("ignore", ()), rule_settings(row))


def _chats(row: Mapping[Steps, Setting]) -> Chats:
    values = _row(row)
    return Chats(values.pop("paths"), tuple(sorted(values.items())))


def _anchored(pattern: str, origin: str) -> str:
    from commlint.config.values import TYPES

    anchored: str = TYPES["glob"][0](pattern, Path(origin).resolve().parent)
    return anchored


def _fields(values: Mapping[Steps, Any], table: str) -> dict[str, Any]:
    return {steps[1].replace("-", "_"): value for steps, value in values.items() if steps[0] == table and len(steps) == 2}


def _row(row: Mapping[Steps, Setting]) -> dict[str, Any]:
    return {steps[0].replace("-", "_"): setting.value for steps, setting in row.items()}


def _roster(values: Mapping[Steps, Any]) -> Roster:
    known = any(steps[0] == "roster" for steps in values)
    people = tuple(RosterPerson(**_row(row)) for row in values.get(("roster", "people"), ()))
    named = {person.department for person in people if person.department}
    return Roster(people, tuple(sorted({*values.get(("roster", "departments"), ()), *named})), known=known)


def _pairs(values: Mapping[Steps, Any], table: str) -> tuple[tuple[str, str], ...]:
    found: Iterable[tuple[str, Any]] = ((steps[2], value) for steps, value in values.items() if steps[:2] == ("lexicon", table))
    return tuple((name, word) for name, words in found for word in words)


def _known_lists(pairs: tuple[tuple[str, str], ...], path: str) -> tuple[tuple[str, str], ...]:
    if not pairs:
        return pairs
    from commlint.entities.wordlists import extendable

    known = extendable()
    unknown = next((name for name, _ in pairs if name not in known), None)
    if unknown is not None:
        names = ", ".join(known)
        raise ConfigError(f"{path}: there is no word list {unknown!r} to add cues to", help=f"word lists: {names}", zh=f"{path}: 没有名为“{unknown}”的词表", zh_help=f"可补充的词表\uff1a{names}")
    return pairs


def _coverage(values: Mapping[Steps, Any], zone: str, path: str) -> Coverage | None:
    if ("coverage", "start") not in values:
        return None
    start, end = (_aware(values["coverage", name], zone) for name in ("start", "end"))
    if end < start:
        raise ConfigError(f"{path}: `coverage.end` lies before `coverage.start`", zh=f"{path}: “coverage.end”早于“coverage.start”")
    return Coverage(start, end)


def _aware(moment: datetime, zone: str) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def _suppression(row: Mapping[Steps, Setting], origin: str) -> Suppression:
    values = _row(row)
    if not values["reason"].strip():
        raise ConfigError(f"{origin}: a suppression needs a reason", zh=f"{origin}: 豁免必须写明理由")
    path = values.pop("path", "**")
    return Suppression(values.pop("rules"), values.pop("reason"), origin, path, **values)


__all__ = ["Chats", "Config", "Override", "built", "load", "load_config", "merged_rules", "rule_settings"]
