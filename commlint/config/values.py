"""The types a configuration's values can have: what each accepts and what commlint makes of it.

A reader gets the value as TOML gave it and the folder of the file; it raises ValueError or TypeError on anything else.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from commlint.model.finding import Severity
from commlint.model.record import Kind

_UNITS = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9}


def _exactly(kind: type) -> Callable[[Any, Path], Any]:
    def read(value: Any, folder: Path) -> Any:
        if type(value) is not kind:
            raise TypeError(value)
        return value

    return read


def _strings(value: Any, folder: Path) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(item, str) for item in values):
        raise TypeError(value)
    return tuple(values)


def _list(value: Any, folder: Path) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list) else (value,)


def _any(value: Any, folder: Path) -> Any:
    if isinstance(value, dict):
        raise TypeError(value)
    return value


def _path(value: Any, folder: Path) -> Path:
    return folder / Path(_exactly(str)(value, folder)).expanduser()


def _paths(value: Any, folder: Path) -> tuple[Path, ...]:
    return tuple(_path(item, folder) for item in _strings(value, folder))


def _glob(value: Any, folder: Path) -> str:
    """Absolute; a pattern without a slash matches at any depth, as in .gitignore."""
    pattern = _exactly(str)(value, folder)
    anywhere = pattern if "/" in pattern.rstrip("/") or pattern == "**" else f"**/{pattern}"
    return f"{folder.as_posix()}/{anywhere.lstrip('/')}" if not anywhere.startswith("/") else anywhere


def _key_path(value: Any, folder: Path) -> str:
    """Keys joined by dots, ``[]`` behind one whose list is gone through."""
    path: str = _exactly(str)(value, folder)
    if not all(step.removesuffix("[]") for step in path.split(".")):
        raise ValueError(value)
    return path


def _globs(value: Any, folder: Path) -> tuple[str, ...]:
    return tuple(_glob(item, folder) for item in _strings(value, folder))


def _level(value: Any, folder: Path) -> Severity:
    level = Severity(value)
    if level is Severity.OFF:
        raise ValueError(value)
    return level


def _lang(value: Any, folder: Path) -> str:
    if value not in ("zh", "en"):
        raise ValueError(value)
    return str(value)


def _zone(value: Any, folder: Path) -> str:
    try:
        return ZoneInfo(value).key
    except (KeyError, OSError) as error:  # ZoneInfoNotFoundError is a KeyError; a folder's name is an OSError
        raise ValueError(value) from error


def _date(value: Any, folder: Path) -> date:
    return value if type(value) is date else date.fromisoformat(value)


def _dates(value: Any, folder: Path) -> tuple[date, ...]:
    return tuple(_date(item, folder) for item in _exactly(list)(value, folder))


def _time(value: Any, folder: Path) -> time:
    return value if isinstance(value, time) else time.fromisoformat(value)


def _moment(value: Any, folder: Path) -> datetime:
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time())
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


def _size(value: Any, folder: Path) -> int:
    if type(value) is int and value > 0:
        return value
    number = str(value).rstrip("kKmMgGbB ")
    return int(float(number) * _UNITS[str(value)[len(number) :].strip().lower()])


def _int(value: Any, folder: Path) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(value)
    return value


# type: (reader, what is expected in English, in Chinese)
TYPES: dict[str, tuple[Callable[[Any, Path], Any], str, str]] = {
    "any": (_any, "a value", "一个值"),
    "bool": (_exactly(bool), "true or false", "true 或 false"),
    "date": (_date, "a date such as 2026-03-02", "日期\uff0c如 2026-03-02"),
    "dates": (_dates, "a list of dates such as [2026-03-02]", "日期列表\uff0c如 [2026-03-02]"),
    "glob": (_glob, "a path pattern", "路径通配符"),
    "globs": (_globs, "a list of path patterns", "路径通配符列表"),
    "int": (_int, "a whole number, 0 or more", "不小于 0 的整数"),
    "key-path": (_key_path, "a key, or keys joined by dots such as body.text or at[].name", "字段名\uff0c或以点相连的多级字段名\uff0c如 body.text、at[].name"),
    "kind": (lambda value, folder: Kind(value), "a record kind: " + ", ".join(Kind), "记录类型: " + "、".join(Kind)),
    "lang": (_lang, "zh or en", "zh 或 en"),
    "level": (_level, "error, warning or info", "error、warning 或 info"),
    "level-or-off": (lambda value, folder: Severity(value), "error, warning, info or off", "error、warning、info 或 off"),
    "list": (_list, "a list", "列表"),
    "moment": (_moment, "a date and time such as 2026-03-02T09:00:00", "日期时间\uff0c如 2026-03-02T09:00:00"),
    "path": (_path, "a path", "路径"),
    "paths": (_paths, "a list of paths", "路径列表"),
    "size": (_size, 'a size such as "100 MB"', '大小\uff0c如 "100 MB"'),
    "string": (_exactly(str), "a string", "字符串"),
    "strings": (_strings, "a list of strings", "字符串列表"),
    "time": (_time, "a time of day such as 09:00", "钟点\uff0c如 09:00"),
    "zone": (_zone, "a time zone such as Asia/Shanghai", "时区\uff0c如 Asia/Shanghai"),
}
