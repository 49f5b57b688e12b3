"""The policy file, read and held against the rules there are: every mistake with its place, what is meant, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, TypeVar

from attrs import evolve

from commlint.errors import ConfigError
from commlint.model.finding import Severity
from commlint.model.rule import RuleMeta
from commlint_mail.gateway.policy import Action, Direction, Entry, Policy

E = TypeVar("E", bound=StrEnum)
Groups = Mapping[str, tuple[str, ...]]

_WHOLE = (
    "policy", "level", "rules", "ignore", "unscannable", "give-up", "tempfail-percent", "tempfail-minutes", "subject-tag", "budget", "body", "attachments", "help-url", "lang", "groups",
    "policies",
)  # fmt: skip
_ENTRY = ("name", "policy", "senders", "recipients", "direction", "rules", "ignore", "level")
_CHOSEN = ("policy", "level", "rules", "ignore")  # what an entry takes over from the whole file
_SIZES = {"kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000, "": 1, "b": 1}
_SIZE = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,3})?)\s{0,3}([kmg]?b?)", re.IGNORECASE)


def read_file(path: str) -> Policy:
    """The policy in the file at `path`, the default for an empty one. Raises ConfigError when it cannot be read, or is not sound."""
    try:
        return read(Path(path).read_bytes(), path) if path else Policy()
    except OSError as error:
        said = error.strerror or error
        raise ConfigError(f"{path}: {said}", help="check --policy", zh=f"{path}\uff1a{said}", zh_help="请检查 --policy") from error


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
    _known(table, _WHOLE, "")
    written = {str(name): _strings(members, f"groups.{name}") for name, members in _table(table.get("groups", {}), "groups").items()}
    groups = {name: _members(name, written) for name in written}
    base = _entry({key: value for key, value in table.items() if key in _CHOSEN}, "", Entry(Action.OBSERVE), groups)
    return Policy(
        base,
        tuple(_entry(row, _place(number, row), base, groups) for number, row in enumerate(_rows(table.get("policies", [])), 1)),
        unscannable=_choice(Action, table["unscannable"], "unscannable") if "unscannable" in table else None,
        give_up=Action(_one_of([each for each in Action if each is not Action.ENFORCE], table.get("give-up", Action.OBSERVE), "give-up")),
        put_off_share=_number(table.get("tempfail-percent", 5), "tempfail-percent", 0, 100),
        put_off_seconds=60 * _number(table.get("tempfail-minutes", 60), "tempfail-minutes", 0, 7_200),
        subject_tag=_line(table.get("subject-tag", "[commlint]"), "subject-tag"),
        budget=_number(table.get("budget", 2.0), "budget", 0.001, 600),
        cap=_size(table.get("body", "10 MB")),
        attachments=_truth(table.get("attachments", False), "attachments"),
        help_url=_line(table.get("help-url", ""), "help-url"),
        lang=_one_of(("zh", "en"), table.get("lang", "zh"), "lang"),
    )


def _entry(row: Mapping[str, Any], place: str, base: Entry, groups: Groups) -> Entry:
    _known(row, _ENTRY if place else _WHOLE, place)
    directions = row.get("direction", [])
    return evolve(
        base,
        action=_choice(Action, row.get("policy", base.action), f"{place}policy"),
        name=_line(row.get("name", ""), f"{place}name"),
        senders=_people(row.get("senders", []), f"{place}senders", groups),
        recipients=_people(row.get("recipients", []), f"{place}recipients", groups),
        directions=tuple(_choice(Direction, each, f"{place}direction") for each in (directions if isinstance(directions, list) else [directions])),
        rules=_strings(row["rules"], f"{place}rules") if "rules" in row else base.rules,
        ignore=_strings(row["ignore"], f"{place}ignore") if "ignore" in row else base.ignore,
        level=Severity(_one_of([each for each in Severity if each is not Severity.OFF], row.get("level", base.level), f"{place}level")),
    )


def _rows(value: object) -> list[Mapping[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        raise _wrong("policies", "should be tables, each under a line [[policies]]", "应为若干张表\uff0c每张以一行 [[policies]] 开头")
    return value


def _place(number: int, row: Mapping[str, Any]) -> str:
    """How an entry is called in messages: by its number from 1, and its name."""
    name = row.get("name")
    return f"[[policies]] {number} ({name}): " if isinstance(name, str) and name else f"[[policies]] {number}: "


# people


def _people(value: object, key: str, groups: Groups) -> tuple[str, ...]:
    return tuple(dict.fromkeys(address for pattern in _strings(value, key) for address in _meant(pattern, key, groups)))


def _members(name: str, written: Groups, within: tuple[str, ...] = ()) -> tuple[str, ...]:
    """All members of a group, those of groups in it too."""
    key = f"groups.{name}"
    if name in within:
        chain = " > ".join((*within, name))
        raise _wrong(key, f"this group is in itself: {chain}", f"这个组包含了它自己\uff1a{chain}")
    found = (_members(pattern[1:], written, (*within, name)) if pattern.startswith("@") and pattern[1:] in written else _meant(pattern, key, {}) for pattern in written[name])
    return tuple(address for members in found for address in members)


def _meant(pattern: str, key: str, groups: Groups) -> tuple[str, ...]:
    if not pattern.strip() or any(each.isspace() for each in pattern):
        raise _wrong(key, f"{pattern!r} is no address", f"{pattern!r} 不是地址", "name@example.com, *@example.com, example.com, @group")
    if not pattern.startswith("@"):
        return (pattern.lower(),)
    if pattern[1:] not in groups:
        domain = pattern[1:]
        raise _wrong(key, f"there is no group {domain!r}", f"没有名为“{domain}”的组", *((f"`{domain}` means a domain", f"域名写作 `{domain}`") if "." in domain else ()))
    return groups[pattern[1:]]


# rules


def bound(policy: Policy, where: str, *, rules: Sequence[RuleMeta], known: Sequence[RuleMeta] = (), domains: Sequence[str] = ()) -> Policy:
    """The policy with the names of the rules that each entry means, of `rules` that run. Raises ConfigError for a word that means none of them, and for
    a direction when nobody has said which `domains` are ours."""
    try:
        return evolve(
            policy, default=_selected(policy.default, "", rules, known), entries=tuple(_bound(entry, number, rules, known, domains) for number, entry in enumerate(policy.entries, 1))
        )
    except ConfigError as error:
        raise error.at(where) from None


def _bound(entry: Entry, number: int, rules: Sequence[RuleMeta], known: Sequence[RuleMeta], domains: Sequence[str]) -> Entry:
    place = _place(number, {"name": entry.name})
    if entry.directions and not domains:
        raise _wrong(
            f"{place}direction", "nobody has said which domains are ours", "未说明哪些域名属于本单位",
            'put [organisation] domains = ["example.com"] into commlint.toml, and name it by --config', '在 commlint.toml 中写上 [organisation] domains = ["example.com"]\uff0c并用 --config 指明该文件',
        )  # fmt: skip
    return _selected(entry, place, rules, known)


def _selected(entry: Entry, place: str, rules: Sequence[RuleMeta], known: Sequence[RuleMeta]) -> Entry:
    if not entry.rules and not entry.ignore:
        return entry
    names = _named(entry.rules or ("ALL",), f"{place}rules", rules, known) - _named(entry.ignore, f"{place}ignore", rules, known)
    if not names:
        raise _wrong(f"{place}ignore", "no rule is left", "没有剩下任何规则")
    return evolve(entry, selected=names)


def _named(patterns: Iterable[str], key: str, rules: Sequence[RuleMeta], known: Sequence[RuleMeta]) -> frozenset[str]:
    names: set[str] = set()
    for pattern in patterns:
        found = {rule.name for rule in rules if means(pattern, rule)}
        if not found:
            raise _no_rule(pattern, key, known)
        names |= found
    return frozenset(names)


def means(pattern: str, rule: RuleMeta) -> bool:
    """Whether a word of the policy file means a rule: as ``--select`` does, and by pattern."""
    if pattern in ("ALL", rule.name, *rule.tags) or (pattern[:1].isupper() and rule.code.startswith(pattern)):
        return True
    return fnmatchcase(rule.name, pattern) or fnmatchcase(rule.code, pattern)


def _no_rule(pattern: str, key: str, known: Sequence[RuleMeta]) -> ConfigError:
    from difflib import get_close_matches

    if any(means(pattern, rule) for rule in known):
        return _wrong(key, f"the rule {pattern!r} does not run", f"规则“{pattern}”没有启用", "add it to extend-select in commlint.toml", "请加到 commlint.toml 的 extend-select 中")
    near = get_close_matches(pattern, [word for rule in known for word in (rule.name, rule.code)], 1)
    advice = (f"did you mean `{near[0]}`?", f"是不是“{near[0]}”\uff1f") if near else ("`commlint rules list` lists them", "`commlint rules list` 列出全部规则")
    return _wrong(key, f"there is no rule {pattern!r}", f"没有名为“{pattern}”的规则", *advice)


# values


def _known(row: Mapping[str, Any], names: Sequence[str], place: str) -> None:
    from difflib import get_close_matches

    for key in row:
        if key in names:
            continue
        if place and key in _WHOLE:
            advice = (f"`{key}` is for the whole file: put it above the first [[policies]]", f"“{key}”是整个文件的配置项\uff1a请放在第一个 [[policies]] 之前")
        elif near := get_close_matches(key, names, 1):
            advice = (f"did you mean `{near[0]}`?", f"是不是“{near[0]}”\uff1f")
        else:
            advice = (f"keys: {', '.join(names)}", f"可用的配置项\uff1a{', '.join(names)}")
        raise ConfigError(f"{place}unknown key `{key}`", help=advice[0], zh=f"{place}没有“{key}”这个配置项", zh_help=advice[1])


def _wrong(key: str, en: str, zh: str, help: str = "", zh_help: str = "") -> ConfigError:
    place, colon, name = key.rpartition(": ")
    return ConfigError(f"{place}{colon}`{name}`: {en}", help=help, zh=f"{place}{colon}“{name}”\uff1a{zh}", zh_help=zh_help or help)


def _table(value: object, key: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _wrong(key, "should be a table", "应为一张表")
    return value


def _line(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise _wrong(key, f"should be a string, not {value!r}", f"应为字符串\uff0c而不是 {value!r}")
    if not value.isprintable():
        raise _wrong(key, "should be a single line", "应为一行文字")
    return value


def _strings(value: object, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _wrong(key, "should be a list of strings", "应为字符串列表", 'such as ["a", "b"]', '如 ["a", "b"]')
    return tuple(value)


def _one_of(choices: Sequence[str], value: object, key: str) -> str:
    if value not in choices:
        names = ", ".join(choices)
        raise _wrong(key, f"should be one of {names}, not {value!r}", f"应为 {names} 之一\uff0c而不是 {value!r}")
    return str(value)


def _choice(kind: type[E], value: object, key: str) -> E:
    return kind(_one_of([each.value for each in kind], value, key))


def _number(value: object, key: str, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise _wrong(key, f"should be a number from {least:g} to {most:g}", f"应为 {least:g} 至 {most:g} 的数")
    return float(value)


def _truth(value: object, key: str) -> bool:
    if not isinstance(value, bool):
        raise _wrong(key, f"should be true or false, not {value!r}", f"应为 true 或 false\uff0c而不是 {value!r}")
    return value


def _size(value: object) -> int:
    found = None if isinstance(value, bool) else _SIZE.fullmatch(str(value).strip())
    size = int(float(found[1]) * _SIZES[found[2].lower() if found[2].lower() in _SIZES else f"{found[2].lower()}b"]) if found else 0
    if not size:
        raise _wrong("body", 'should be a size such as "10 MB"', '应为大小\uff0c如 "10 MB"')
    return size
