"""Profiles: named sets of rules and numbers that a rule pack brings in ``profiles/NAME.toml``.

::

    [profile]
    title = { zh = "…", en = "…" }
    extend = "base"            # another profile to start from

    [rules]                    # which rules run, beside what the configuration selects
    ignore = ["SLA009"]
    extend-select = ["CNF011"]

    [rules.minutes-deadline]   # settings of one rule, as in a configuration
    limit = "24 hours"
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen

from commlint.config import merged_rules, rule_settings
from commlint.config.files import checked
from commlint.errors import ConfigError
from commlint.model.rule import RuleSetting

_CHOICES = ("select", "extend-select", "ignore")


@frozen
class Profile:
    """What a chain of profiles says: choices in order, each (``select`` | ``extend-select`` | ``ignore``, patterns), and settings."""

    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()
    rules: Mapping[str, RuleSetting] = field(factory=dict)


def profile(names: Iterable[str], folders: Iterable[Path]) -> Profile:
    """The profiles `names`, each after what it extends, looked for in the ``profiles`` of rule packs.

    Raises ConfigError for a name that no pack has, and for a profile that is wrong.
    """
    found = available(folders)
    made = Profile()
    for name in names:
        for path in _chain(name, found, ()):
            made = _over(made, path)
    return made


def available(folders: Iterable[Path]) -> dict[str, Path]:
    """The profiles there are, by name."""
    return {path.stem: path for folder in folders for path in sorted(Path(folder, "profiles").glob("*.toml"))}


def title(path: Path, lang: str) -> str:
    """What a profile calls itself."""
    titles = _read(path).get("profile", {}).get("title", {})
    return str(titles.get(lang, "")) if isinstance(titles, dict) else str(titles)


def _chain(name: str, found: Mapping[str, Path], seen: tuple[str, ...]) -> tuple[Path, ...]:
    if name not in found:
        known = ", ".join(sorted(found))
        raise ConfigError(f"there is no profile {name!r}", help=f"profiles: {known}", zh=f"没有名为“{name}”的方案", zh_help=f"可用的方案\uff1a{known}")
    if name in seen:
        chain = " -> ".join((*seen, name))
        raise ConfigError(f"profiles extend each other: {chain}", zh=f"方案互相 extend: {chain}")
    base = _read(found[name]).get("profile", {}).get("extend")
    above = _chain(str(base), found, (*seen, name)) if base else ()
    return (*above, found[name])


def _over(made: Profile, path: Path) -> Profile:
    table = dict(_read(path).get("rules", {}))
    choices = tuple((mode, tuple(table.pop(mode))) for mode in _CHOICES if mode in table)
    settings = rule_settings(checked({"rules": table}, path))
    return Profile((*made.choices, *choices), merged_rules(made.rules, settings))


def _read(path: Path) -> Mapping[str, Any]:
    import tomli

    try:
        return tomli.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: {error}", zh=f"{path}: {error}") from error
