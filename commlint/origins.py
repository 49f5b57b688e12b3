"""What a verdict comes from besides the records: the paths of configurations, rules, plugins, and of commlint itself."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from commlint.config.files import NAMES, chain
from commlint.entrypoints import looked_at
from commlint.plan import beside, rule_paths

if TYPE_CHECKING:
    from commlint.config import Config
    from commlint.plugins import Plugins


def of(plugins: Plugins, config: Config) -> Iterator[str]:
    """Absolute paths of all files and folders that the rules of one configuration come from; some may not be there."""
    if config.path:
        yield from extended(config.path)
    for path in rule_paths(plugins, config.rule_files):
        for place in (path,) if path.is_dir() else (path, *map(Path, beside(str(path)))):
            yield from _below(place.resolve())
    yield from looked_at()
    yield from _code(plugins)


def extended(path: str | Path) -> Iterator[str]:
    """A configuration and those that it extends."""
    yield from map(str, chain(Path(path).resolve()))


def candidates(folders: Iterable[str]) -> Iterator[str]:
    """Where the configuration closest to each of the folders is looked for."""
    starts = [Path(folder).resolve() for folder in folders]
    for place in {place for start in starts for place in (start, *start.parents)}:
        yield from (str(place / name) for name in NAMES)


def _code(plugins: Plugins) -> Iterator[str]:
    """Every module that is loaded, and the lists and tables that lie beside commlint's own and those of plugins."""
    yield from filter(None, (getattr(module, "__file__", None) for module in tuple(sys.modules.values())))
    packages = {str(Path(__file__).parent)}
    for plugin in plugins.plugins:
        if plugin.module.__package__ and plugin.module.__file__:  # a module by itself has nothing beside it that is its own
            packages.add(str(Path(plugin.module.__file__).parent))
    for package in packages:
        yield from (path for path in _below(Path(package)) if not path.endswith((".py", ".pyc", "__pycache__")))


def _below(path: Path) -> Iterator[str]:
    yield str(path)
    for folder, folders, names in os.walk(path):
        yield from (f"{folder}/{name}" for name in (*folders, *names))
