"""The entry points of the group ``commlint`` that are installed, found without importing anything."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

from attrs import frozen

GROUP = "commlint"


@frozen(order=True)
class Entry:
    """A plugin by name: the module to import, and who brought it (distribution and version, or a configuration)."""

    name: str
    module: str
    origin: str = ""


def installed(path: Sequence[str] | None = None) -> tuple[Entry, ...]:
    """The entry points of the group ``commlint`` on `path` (``sys.path``), sorted.

    Reads the few files itself: importlib.metadata takes 41 ms to import. The first distribution of a name wins, as it does there.
    """
    found: dict[str, tuple[Entry, ...]] = {}
    for folder in sys.path if path is None else path:
        for name, version, text in _distributions(folder or "."):
            if name not in found:
                found[name] = tuple(_entries(text, f"{name} {version}"))
    return tuple(sorted(entry for entries in found.values() for entry in entries))


def _distributions(folder: str) -> Iterator[tuple[str, str, str]]:
    """Name, version and entry_points.txt of every distribution in `folder` that has some for us."""
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info")))  # noqa: PTH208  # see _text
    except OSError:  # a zip file, or a folder that does not exist: Python skips those too
        return
    for name in names:
        text = _text(f"{folder}/{name}/entry_points.txt")
        if f"[{GROUP}]" in text:
            project, _, version = name.rpartition(".")[0].partition("-")
            yield project.lower().replace("_", "-"), version.partition("-")[0], text


def looked_at() -> Iterator[str]:
    """Absolute paths of what `installed` looks into, whether it is there or not."""
    for folder in map(os.path.abspath, sys.path):
        yield folder
        try:
            yield from (f"{folder}/{name}/entry_points.txt" for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info")))  # noqa: PTH208  # see _text
        except OSError:
            continue


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123  # pathlib costs as much as the rest of the scan
            return file.read()
    except (OSError, UnicodeDecodeError):
        return ""


def _entries(text: str, origin: str) -> Iterator[Entry]:
    """The lines ``name = module`` of our section (the entry points specification of packaging.python.org)."""
    section = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            section = line.strip("[]")
        elif section == GROUP and "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            yield Entry(name.strip(), value.partition("[")[0].strip(), origin)
