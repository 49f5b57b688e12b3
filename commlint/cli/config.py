"""``commlint config``: show every key with its value and where it comes from, find the file that holds for a path, start a new one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commlint.cli.codes import CLEAN
from commlint.cli.options import parsed
from commlint.cli.screen import put
from commlint.cli.words import say
from commlint.config.files import closest, settings
from commlint.config.keys import KEYS
from commlint.errors import UsageError

if TYPE_CHECKING:
    from commlint.config.files import Setting, Steps

ACTIONS = ("show", "where", "init")
NAMES = {"show": ("where_path", "config", "isolated", "lang"), "where": ("where_path", "lang"), "init": ("init_path", "lang")}
_DEFAULT = {"zh": "默认", "en": "default"}
_NONE = {"zh": "没有配置文件\uff0c全部为默认值", "en": "no configuration file; defaults hold"}


def run(arguments: Sequence[str], lang: str) -> int:
    """Carry out one of the actions."""
    action = action_of("config", arguments, ACTIONS)
    options = parsed(f"config {action}", NAMES[action], arguments[1:], lang)
    {"show": _show, "where": _where, "init": _init}[action](options, lang)
    return CLEAN


def action_of(command: str, arguments: Sequence[str], actions: Sequence[str]) -> str:
    """The action behind `command`. Raises UsageError when there is none, or one that it does not know."""
    if arguments and arguments[0] in actions:
        return arguments[0]
    known = ", ".join(actions)
    said = f"`commlint {command}` wants one of: {known}"
    raise UsageError(said, help=f"for example `commlint {command} {actions[0]}`", zh=f"commlint {command} 后面应是\uff1a{known}", zh_help=f"例如 commlint {command} {actions[0]}")


def _file(options: Any) -> Path | None:
    if getattr(options, "config", None):
        return Path(options.config)
    if getattr(options, "isolated", False):
        return None
    place = Path(options.path)
    if not place.exists():
        raise UsageError(f"there is nothing at {place}", help="name a file or folder", zh=f"{place} 不存在", zh_help="请给出文件或文件夹")
    return closest(place if place.is_dir() else place.parent)


def _where(options: Any, lang: str) -> None:
    put(f"{_file(options) or _NONE[lang]}\n")


def _show(options: Any, lang: str) -> None:
    path = _file(options)
    found = settings(path.resolve()) if path else {}
    put(f"# {path or _NONE[lang]}\n" + "".join(f"{line}\n" for line in _lines(found, lang)))


def _lines(found: dict[Steps, Setting], lang: str) -> Iterator[str]:
    for key in KEYS:
        fitting = {steps: setting for steps, setting in found.items() if len(steps) == len(key.steps) and all(k in (s, "*") for k, s in zip(key.steps, steps, strict=True))}
        for steps, setting in sorted(fitting.items()):
            if not ("*" in key.steps and any(other.path != key.path and other.steps == steps for other in KEYS)):
                yield f"{_dotted(steps)} = {toml(setting.value)}  # {setting.origin}"
        if not fitting and key.default and "[]" not in key.steps:
            yield f"{key.path} = {key.default}  # {_DEFAULT[lang]}"
    for steps in (("overrides",), ("suppressions",), ("roster", "people")):
        for row in found[steps].value if steps in found else ():
            inner = ", ".join(f"{_dotted(inside)} = {toml(setting.value)}" for inside, setting in row.items())
            yield f"[[{_dotted(steps)}]] {{ {inner} }}  # {found[steps].origin}"


def _dotted(steps: Sequence[str]) -> str:
    return ".".join(step if step.replace("-", "").replace("_", "").isalnum() and step.isascii() else json.dumps(step, ensure_ascii=False) for step in steps)


def toml(value: object) -> str:
    """`value` as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, date | time | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, int | float) else json.dumps(str(value), ensure_ascii=False)


def _init(options: Any, lang: str) -> None:
    path = Path(options.path)
    if path.exists():
        raise UsageError(f"{path} is there already", help="edit it, or name another file", zh=f"{path} 已经存在", zh_help="请直接修改\uff0c或换一个文件名")
    path.write_text(template(lang), "utf-8")
    put(say("written", lang, path=path) + "\n")


def template(lang: str) -> str:
    """A configuration with every key that has a default, all of them commented out but the profile."""
    lines = [f"# commlint {'配置' if lang == 'zh' else 'configuration'}: `commlint config show`", ""]
    table = ""
    for key in sorted((key for key in KEYS if key.default and "[]" not in key.steps), key=lambda key: len(key.steps) > 1):
        *above, name = key.steps
        if above and ".".join(above) != table:
            table = ".".join(above)
            lines += ["", f"# [{table}]"]
        mark = "" if key.path == "profile" else "# "
        lines += [f"# {key.zh if lang == 'zh' else key.en}", f"{mark}{name} = {key.default}"]
    return "\n".join(lines) + "\n"
