"""The policy file: whose messages, which rules and levels, and what becomes of what they find. The first entry that fits a message holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, TypeVar

from attrs import evolve, field, frozen

from commlint.errors import ConfigError
from commlint.model.finding import Finding, Severity

E = TypeVar("E", bound=StrEnum)


class Action(StrEnum):
    """What becomes of a message with findings; each also names how the mail server is told to act when the gateway is away."""

    OBSERVE = "observe"  # a header field, nothing else
    TAG = "tag"  # … and a mark before the subject
    ENFORCE = "enforce"  # refused, with what to write instead
    HOLD = "hold"  # held for somebody to look at


class Direction(StrEnum):
    """Whence and whither, by the domains that are ours."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    INTERNAL = "internal"
    OTHER = "other"


@frozen
class Entry:
    """One policy. Empty conditions hold for all; `senders` and `recipients` are address patterns or ``@group``; of recipients one is enough."""

    action: Action
    name: str = ""
    senders: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    directions: tuple[Direction, ...] = ()
    rules: tuple[str, ...] = ()
    level: Severity = Severity.WARNING

    def counts(self, finding: Finding) -> bool:
        """Whether a finding has a say here."""
        named = not self.rules or any(fnmatchcase(name, pattern) for pattern in self.rules for name in (finding.rule, finding.code))
        return named and finding.suppressed is None and finding.severity.at_least(self.level)


@frozen
class Policy:
    """All of a policy file. `budget` in seconds, `cap` in bytes of a body; `unscannable` is for what cannot be read to its end or in time."""

    default: Entry = Entry(Action.OBSERVE)
    entries: tuple[Entry, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(factory=dict)
    unscannable: Action = Action.OBSERVE
    subject_tag: str = "[commlint]"
    budget: float = 2.0
    cap: int = 10_000_000
    help_url: str = ""
    lang: str = "zh"

    def entry(self, sender: str, recipients: Iterable[str], direction: Direction) -> Entry:
        """What holds for a message."""
        there = tuple(address.lower() for address in recipients)
        return next((entry for entry in self.entries if self._fits(entry, sender.lower(), there, direction)), self.default)

    def _fits(self, entry: Entry, sender: str, recipients: tuple[str, ...], direction: Direction) -> bool:
        return (
            (not entry.directions or direction in entry.directions)
            and (not entry.senders or self._among(sender, entry.senders))
            and (not entry.recipients or any(self._among(address, entry.recipients) for address in recipients))
        )

    def _among(self, address: str, patterns: Iterable[str]) -> bool:
        for pattern in patterns:
            if pattern.startswith("@"):
                if self._among(address, self.groups[pattern[1:]]):
                    return True
            elif fnmatchcase(address, pattern.lower()):
                return True
        return False


def direction(sender: str, recipients: Iterable[str], ours: Iterable[str]) -> Direction:
    """By the domains that are `ours`; a message to anybody outside is outbound."""
    domains = tuple(domain.lower() for domain in ours)
    from_us = _of(sender, domains)
    to_us = all(_of(address, domains) for address in recipients)
    if from_us:
        return Direction.INTERNAL if to_us else Direction.OUTBOUND
    return Direction.INBOUND if to_us else Direction.OTHER


def _of(address: str, domains: tuple[str, ...]) -> bool:
    domain = address.rpartition("@")[2].lower()
    return any(domain == ours or domain.endswith(f".{ours}") for ours in domains)


# reading the file

_SIZES = {"kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000, "": 1, "b": 1}
_TOP = ("policy", "level", "rules", "unscannable", "subject-tag", "budget", "body", "help-url", "lang", "groups", "policies")
_ENTRY = ("name", "policy", "senders", "recipients", "direction", "rules", "level")


def read_file(path: str) -> Policy:
    """The policy in the file at `path`, the default for an empty one. Raises ConfigError when it cannot be read, or is not sound."""
    try:
        return read(Path(path).read_bytes(), path) if path else Policy()
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}", help="check --policy", zh=f"{path}\uff1a{error.strerror or error}", zh_help="请检查 --policy") from error


def read(content: bytes, where: str) -> Policy:
    """The policy in a file. Raises ConfigError naming file, key and what is meant."""
    import tomli

    try:
        table = tomli.loads(content.decode())
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"not valid TOML: {error}", zh=f"不是有效的 TOML\uff1a{error}").at(where) from error
    try:
        return _policy(table)
    except ConfigError as error:
        raise error.at(where) from None


def _policy(table: Mapping[str, Any]) -> Policy:
    _known(table, _TOP, "")
    groups = {str(name): _strings(members, f"groups.{name}") for name, members in _table(table.get("groups", {}), "groups").items()}
    base = _entry({key: value for key, value in table.items() if key in ("policy", "level", "rules")}, "", Entry(Action.OBSERVE), groups)
    entries = tuple(_entry(_table(row, f"policies[{at}]"), f"policies[{at}].", base, groups) for at, row in enumerate(table.get("policies", ())))
    return Policy(
        base, entries, groups,
        unscannable=_choice(Action, table.get("unscannable", base.action), "unscannable"),
        subject_tag=_string(table.get("subject-tag", "[commlint]"), "subject-tag"),
        budget=_seconds(table.get("budget", 2.0)),
        cap=_size(table.get("body", "10 MB")),
        help_url=_string(table.get("help-url", ""), "help-url"),
        lang=_one_of(("zh", "en"), table.get("lang", "zh"), "lang"),
    )


def _entry(row: Mapping[str, Any], place: str, base: Entry, groups: Mapping[str, object]) -> Entry:
    _known(row, _ENTRY if place else _TOP, place)
    people = {key: _people(row.get(key, []), f"{place}{key}", groups) for key in ("senders", "recipients")}
    directions = row.get("direction", [])
    return evolve(
        base,
        action=_choice(Action, row.get("policy", base.action), f"{place}policy"),
        name=_string(row.get("name", ""), f"{place}name"),
        directions=tuple(_choice(Direction, each, f"{place}direction") for each in ([directions] if isinstance(directions, str) else directions)),
        rules=_strings(row["rules"], f"{place}rules") if "rules" in row else base.rules,
        level=_choice(Severity, row.get("level", base.level), f"{place}level"),
        **people,
    )


def _people(value: object, key: str, groups: Mapping[str, object]) -> tuple[str, ...]:
    patterns = _strings(value, key)
    for pattern in patterns:
        if pattern.startswith("@") and pattern[1:] not in groups:
            raise _wrong(key, f"there is no group {pattern[1:]!r}", f"没有名为“{pattern[1:]}”的组")
    return patterns


def _known(row: Mapping[str, Any], names: Iterable[str], place: str) -> None:
    from difflib import get_close_matches

    for key in row:
        if key not in names:
            near = get_close_matches(key, list(names), 1)
            raise ConfigError(
                f"unknown key `{place}{key}`", help=f"did you mean `{near[0]}`?" if near else f"keys: {', '.join(names)}",
                zh=f"没有“{place}{key}”这个配置项", zh_help=f"是不是“{near[0]}”\uff1f" if near else f"可用的配置项\uff1a{', '.join(names)}",
            )


def _wrong(key: str, en: str, zh: str) -> ConfigError:
    return ConfigError(f"`{key}`: {en}", zh=f"“{key}”\uff1a{zh}")


def _table(value: object, key: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _wrong(key, "should be a table", "应为一张表")
    return value


def _string(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise _wrong(key, f"should be a string, not {value!r}", f"应为字符串\uff0c而不是 {value!r}")
    return value


def _strings(value: object, key: str) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _wrong(key, "should be a list of strings", "应为字符串列表")
    return tuple(value)


def _one_of(choices: Sequence[str], value: object, key: str) -> str:
    if value not in choices:
        names = ", ".join(choices)
        raise _wrong(key, f"should be one of {names}, not {value!r}", f"应为 {names} 之一\uff0c而不是 {value!r}")
    return str(value)


def _choice(kind: type[E], value: object, key: str) -> E:
    return kind(_one_of([each.value for each in kind], value, key))


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 600:
        raise _wrong("budget", "should be a number of seconds up to 600", "应为不超过 600 的秒数")
    return float(value)


def _size(value: object) -> int:
    number = str(value).strip().lower().rstrip("kmgb ")
    unit = str(value).strip().lower()[len(number) :].strip()
    if isinstance(value, bool) or not number.replace(".", "", 1).isdigit() or unit not in _SIZES:
        raise _wrong("body", 'should be a size such as "10 MB"', '应为大小\uff0c如 "10 MB"')
    return int(float(number) * _SIZES[unit])
