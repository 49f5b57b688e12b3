"""Find configuration files, read them, and hold every key in them against the table of keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from commlint.config.keys import REQUIRED, below, key_at
from commlint.config.values import TYPES
from commlint.errors import ConfigError

NAMES = ("commlint.toml", "pyproject.toml")
_JOINED = {("chats",), ("overrides",), ("suppressions",), ("roster", "people")}  # with `extend`, both files' tables count

Steps = tuple[str, ...]


@frozen
class Setting:
    """A value and the file it was read from; an array of tables is a tuple of mappings from steps to settings."""

    value: Any
    origin: str


@frozen
class _Problem:
    en: str
    zh: str


def closest(start: Path) -> Path | None:
    """The configuration nearest to `start` (a folder), upwards; None when there is none."""
    folder = start.resolve()
    for place in (folder, *folder.parents):
        for name in NAMES:
            path = place / name
            if path.is_file() and (name == "commlint.toml" or "[tool.commlint" in _content(path)):
                return path
    return None


def settings(path: Path, *, seen: tuple[Path, ...] = ()) -> dict[Steps, Setting]:
    """All keys of the file and of those it extends. Raises ConfigError naming the file, the key and the way out."""
    if path in seen:
        chain = " -> ".join(map(str, (*seen, path)))
        raise ConfigError(f"configurations extend each other: {chain}", zh=f"配置互相 extend: {chain}")
    own = checked(_table(path), path)
    base = own.pop(("extend",), None)
    if base is None:
        return own
    return _merged(settings(base.value.resolve(), seen=(*seen, path)), own)


def chain(path: Path) -> tuple[Path, ...]:
    """The file and those that it extends, which `settings` reads."""
    base = checked(_table(path), path).get(("extend",))
    return (path,) if base is None else (path, *chain(base.value.resolve()))


def checked(table: Mapping[str, Any], path: Path) -> dict[Steps, Setting]:
    """`table` as settings. Raises ConfigError with every problem in it."""
    problems: list[_Problem] = []
    found = dict(_walk(table, (), (), path, problems))
    if problems:
        raise ConfigError(
            "\n".join(f"{path}: {problem.en}" for problem in problems), help="`commlint config show` lists every key",
            zh="\n".join(f"{path}: {problem.zh}" for problem in problems), zh_help="用 commlint config show 可以看到全部配置项",
        )
    return found


def _table(path: Path) -> Mapping[str, Any]:
    import tomli

    try:
        table: dict[str, Any] = tomli.loads(_content(path))
    except tomli.TOMLDecodeError as error:
        raise ConfigError(
            f"{path}: not valid TOML: {error}", help="strings are quoted, lists stand in [ ]", zh=f"{path}: 不是有效的 TOML: {error}", zh_help="字符串要加引号\uff0c列表写在 [ ] 里"
        ) from error
    return table.get("tool", {}).get("commlint", {}) if path.name == "pyproject.toml" else table


def _content(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        why = error.strerror or str(error)
        raise ConfigError(f"{path}: cannot be read: {why}", help="check the path and its permissions", zh=f"{path}: 无法读取\uff1a{why}", zh_help="请检查路径与权限") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8", help="save it as UTF-8", zh=f"{path}: 不是 UTF-8 编码", zh_help="请另存为 UTF-8") from error


def _walk(table: Mapping[str, Any], kind: Steps, place: Steps, path: Path, problems: list[_Problem]) -> Iterator[tuple[Steps, Setting]]:
    """`kind` is the path as the table of keys knows it, `place` as the file has it."""
    problems += _lacking(table, kind, place)
    for name, value in table.items():
        here, at = (*kind, name), (*place, name)
        inner = below(here)
        if isinstance(value, dict) and inner and inner != ("[]",):
            yield from _walk(value, here, at, path, problems)
        elif inner == ("[]",) and isinstance(value, list) and all(isinstance(item, dict) for item in value):
            rows = tuple(dict(_walk(item, (*here, "[]"), (*place, f"{name}[{number}]"), path, problems)) for number, item in enumerate(value))
            yield at, Setting(tuple({steps[len(at) :]: setting for steps, setting in row.items()} for row in rows), str(path))
        else:
            yield from _leaf(value, here, at, path, problems)


def _leaf(value: Any, here: Steps, at: Steps, path: Path, problems: list[_Problem]) -> Iterator[tuple[Steps, Setting]]:
    key = key_at(here)
    if key is None:
        problems.append(_unknown(here, at))
        return
    read, en, zh = TYPES[key.type]
    try:
        yield at, Setting(read(value, path.resolve().parent), str(path))
    except (ValueError, TypeError, KeyError, AttributeError):
        problems.append(_Problem(f"`{'.'.join(at)}` should be {en}, not {value!r}", f"“{'.'.join(at)}”应为{zh}\uff0c而不是 {value!r}"))


def _lacking(table: Mapping[str, Any], kind: Steps, place: Steps) -> Iterator[_Problem]:
    for name in REQUIRED.get(kind, ()):
        if name not in table:
            yield _Problem(f"`{'.'.join(place)}` lacks `{name}`", f"“{'.'.join(place)}”缺少“{name}”")


def _unknown(here: Steps, at: Steps) -> _Problem:
    from difflib import get_close_matches

    siblings = [name for name in below(here[:-1]) if name not in ("*", "[]")]
    near = get_close_matches(here[-1], siblings, 1)
    name = ".".join(at)
    if below(here) or not siblings:
        return _Problem(f"`{name}` has the wrong shape", f"“{name}”的写法不对")
    if near:
        return _Problem(f"unknown key `{name}`: did you mean `{near[0]}`?", f"没有“{name}”这个配置项\uff1a是不是“{near[0]}”\uff1f")
    known = ", ".join(siblings)
    return _Problem(f"unknown key `{name}`; known here: {known}", f"没有“{name}”这个配置项\uff1b此处可用\uff1a{known}")


def _merged(base: dict[Steps, Setting], own: dict[Steps, Setting]) -> dict[Steps, Setting]:
    joined = {steps: Setting(base[steps].value + own[steps].value, own[steps].origin) for steps in _JOINED if steps in base and steps in own}
    return base | own | joined
