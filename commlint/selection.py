"""Which rules run: the profile's choice, changed by the configuration's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from commlint.config import Config
from commlint.errors import ConfigError

ALL = "ALL"

Choices = Sequence[tuple[str, tuple[str, ...]]]  # (select | extend-select | ignore, patterns)


class Named(Protocol):
    """What a choice goes by: a program's or a card's name, code and tags."""

    @property
    def name(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def tags(self) -> tuple[str, ...]: ...


def fits(pattern: str, rule: Named) -> bool:
    """Whether `pattern` means `rule`: ALL, its name, its code or how that begins, one of its tags."""
    return pattern in (ALL, rule.name, *rule.tags) or (pattern[:1].isupper() and rule.code.startswith(pattern))


def selected(rules: Iterable[Named], choices: Choices, config: Config) -> frozenset[str]:
    """The names of the rules that run; `choices` are those of the profiles, in order.

    A `select` of the configuration takes the place of the profile's choice; `extend-select` adds; `ignore` has the last word.
    Raises ConfigError for a pattern of the configuration that means no rule.
    """
    known = tuple(rules)
    _all_mean_something(known, config)
    chosen = _chosen(known, choices) if config.select == (ALL,) else _naming(known, config.select)
    chosen |= _naming(known, config.extend_select)
    return frozenset(chosen - _naming(known, config.ignore))


def _chosen(rules: Sequence[Named], choices: Choices) -> set[str]:
    chosen = {rule.name for rule in rules}
    for mode, patterns in choices:
        named = _naming(rules, patterns)
        chosen = named if mode == "select" else chosen | named if mode == "extend-select" else chosen - named
    return chosen


def _naming(rules: Sequence[Named], patterns: Sequence[str]) -> set[str]:
    return {rule.name for rule in rules if any(fits(pattern, rule) for pattern in patterns)}


def _all_mean_something(rules: Sequence[Named], config: Config) -> None:
    for attribute in ("select", "extend_select", "ignore"):
        for pattern in getattr(config, attribute):
            if not any(fits(pattern, rule) for rule in rules) and pattern != ALL:
                raise unknown_rule(pattern, rules).at(config.where(attribute))
    for name in config.rules:
        if not any(name in (rule.name, rule.code) for rule in rules):
            raise unknown_rule(name, rules, where=f"{config.rules[name].origin}: rules.{name}: ")


def unknown_rule(name: str, rules: Iterable[Named], *, where: str = "") -> ConfigError:
    """The error for a `name` that means no rule, with the nearest one that does."""
    from difflib import get_close_matches

    names = [word for rule in rules for word in (rule.name, rule.code)]
    near = get_close_matches(name, names, 1, 0.5)
    return ConfigError(
        f"{where}no rule is called {name!r}", help=f"did you mean {near[0]!r}?" if near else "`commlint rules list` shows all rules",
        zh=f"{where}没有名为“{name}”的规则", zh_help=f"是不是“{near[0]}”\uff1f" if near else "用 commlint rules list 可以看到全部规则",
    )
