"""``commlint rules list``: the rules that run, or all there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from commlint.cli.codes import CLEAN
from commlint.cli.options import SETUP, parsed
from commlint.cli.screen import put
from commlint.cli.setup import linter
from commlint.report.cells import width

if TYPE_CHECKING:
    from commlint.model.rule import RuleMeta

NAMES = ("all", "json", "select", "extend_select", "ignore", *SETUP)


def run(arguments: Sequence[str], lang: str) -> int:
    """One line a rule: code, level, name, title; with ``--all`` those that do not run are marked."""
    options = parsed("rules list", NAMES, arguments, lang)
    using = linter(options, lang)
    running = {meta.name for meta in using.rules}
    metas = using.all_rules if options.all else using.rules
    if options.json:
        import json

        put(json.dumps([data(meta, runs=meta.name in running) for meta in metas], ensure_ascii=False, indent=2) + "\n")
    else:
        put("".join(f"{line}\n" for line in _lines(metas, running)))
    return CLEAN


def data(meta: RuleMeta, *, runs: bool) -> dict[str, object]:
    """A rule's card as JSON data."""
    return {
        "name": meta.name, "code": meta.code, "level": meta.severity.value, "scope": meta.scope, "title": meta.title, "why": dict(meta.why),
        "cites": list(meta.cites), "kinds": list(meta.kinds), "tags": list(meta.tags), "pack": meta.pack, "runs": runs,
        "params": {param.name: param.value for param in meta.params},
    }


def _lines(metas: Iterable[RuleMeta], running: set[str]) -> Iterator[str]:
    chosen = tuple(metas)
    longest = max((width(meta.name) for meta in chosen), default=0)
    for meta in chosen:
        blank = " " * (longest - width(meta.name))
        mark = " " if meta.name in running else "-"
        yield f"{mark} {meta.code:<7} {meta.severity.value:<8} {meta.name}{blank}  {meta.title}".rstrip()
