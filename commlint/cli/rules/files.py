"""The rule files an action works on: those that are named, else all in use."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from commlint.errors import UsageError
from commlint.plan import rule_paths

if TYPE_CHECKING:
    from commlint.api import Linter
    from commlint.lang.packs import Pack


def named(options: Namespace, using: Linter) -> tuple[Path, ...]:
    """The paths on the command line, else those of the rule packs and of the configuration."""
    paths = tuple(Path(name) for name in options.files)
    for path in paths:
        if not path.exists():
            raise UsageError(f"there is nothing at {path}", help="name a rule file or folder", zh=f"{path} 不存在", zh_help="请给出规则文件或文件夹")
    return paths or rule_paths(using.plugins, using.config.rule_files)


def loaded(paths: Sequence[Path], using: Linter) -> Pack:
    """What is there, with the rules, lists and norms in use at hand for files of one's own."""
    from attrs import evolve

    from commlint.lang import packs

    names = {str(pack.folder): pack.name for pack in using.plugins.rule_packs()}
    found = packs.together(packs.load(path, name=names.get(str(path), ""), lang=using.lang) for path in paths)
    around = packs.together(packs.load(path, lang=using.lang) for path in rule_paths(using.plugins, using.config.rule_files) if path not in paths)
    return evolve(found, lists={**around.lists, **found.lists}, norms=around.norms | found.norms, around=around.files)


