"""From the options of a command line to a linter."""

from __future__ import annotations

import os
from argparse import Namespace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from commlint.api import Linter
from commlint.cli.options import words
from commlint.cli.screen import columns, tell
from commlint.cli.words import say
from commlint.config import Config, load
from commlint.discovery import absolute
from commlint.errors import UsageError
from commlint.model.finding import Severity

if TYPE_CHECKING:
    from commlint.model.environment import Roster


def linter(options: Namespace, lang: str) -> Linter:
    """The linter that `options` ask for. Raises ConfigError and UsageError."""
    given = vars(options)
    config = Config() if given.get("isolated") else load(Path(given["config"]) if given.get("config") else None, start=_start(given))
    nearest = not (given.get("isolated") or given.get("config"))
    changes = _changes(given, config)
    zone = changes.get("zone", config.zone)
    as_of = _instant(given["as_of"], zone) if given.get("as_of") else None
    said = given.get("lang") or config.lang or lang
    return Linter(config, nearest=nearest, changes=changes, as_of=as_of, today=datetime.now(ZoneInfo(zone)).date(), lang=said, cache=not given.get("no_cache"))


def _start(given: dict[str, Any]) -> Path:
    """Where to look for the configuration of the run as a whole: the folder that all the paths lie in."""
    named = [given["path"]] if given.get("path") else given.get("paths") or []
    folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in map(absolute, named) if not path.endswith("/-")]  # noqa: PTH112, PTH120  # as everywhere on the way to the first file
    try:
        return Path(os.path.commonpath(folders)) if folders else Path.cwd()
    except ValueError:  # two drives of Windows
        return Path.cwd()


def _changes(given: dict[str, Any], config: Config) -> dict[str, Any]:
    """What options say in place of the configuration, by the name of the `Config` attribute."""
    changes: dict[str, Any] = {}
    for name in ("select", "ignore", "extend_select"):
        if given.get(name):
            changes[name] = words(given[name])
    if given.get("profile"):
        changes["profile"] = words([given["profile"]])
    if given.get("rules"):
        changes["rule_files"] = (*config.rule_files, *(Path(path) for path in given["rules"]))
    if given.get("exclude"):
        changes["exclude"] = (*config.exclude, *(_anchored(pattern) for pattern in given["exclude"]))
    if given.get("calendar"):
        changes["calendar"] = given["calendar"]
    if given.get("tz"):
        changes["zone"] = _zone(given["tz"])
    if given.get("roster"):
        changes["roster"] = _roster(Path(given["roster"]))
    if given.get("jobs") is not None:
        changes["jobs"] = given["jobs"]
    for name in ("min_level", "fail_level"):
        if given.get(name):
            changes[name] = Severity(given[name])
    if given.get("allow_undetermined"):
        changes["allow_undetermined"] = True
    return changes


def _anchored(pattern: str) -> str:
    from commlint.config.values import TYPES

    anchored: str = TYPES["glob"][0](pattern, Path(absolute(".")))
    return anchored


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError) as error:
        raise UsageError(f"there is no time zone {name!r}", help="for example Asia/Shanghai", zh=f"没有名为“{name}”的时区", zh_help="例如 Asia/Shanghai") from error


def _roster(path: Path) -> Roster:
    from commlint.config.files import settings

    return load(path).roster if settings(path.resolve()) else Config().roster


def _instant(text: str, zone: str) -> datetime:
    return datetime.now(ZoneInfo(zone)) if text == "now" else instant(text, zone)


def instant(text: str, zone: str) -> datetime:
    """A moment as people write it, ``2026-03-02 18:00``, in `zone` unless it names one. Raises UsageError."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"{text!r} is not a moment", help="write it like 2026-03-02T18:00 or 2026-03-02", zh=f"“{text}”不是一个时刻", zh_help="写法如 2026-03-02T18:00 或 2026-03-02"
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def tell_problems(using: Linter) -> None:
    """Say on standard error which rule files have errors, and which optional plugins are not there."""
    if using.diagnostics:
        from commlint.report.diagnostics import shown

        tell(shown(using.diagnostics, lang=using.lang, columns=columns()).rstrip("\n"))
    for name in using.plugins.missing:
        tell(say("missing-plugin", using.lang, name=name))
