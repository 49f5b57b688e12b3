"""``commlint rules check``: every problem of every rule file, each with its place and a way out."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from commlint.cli.codes import CLEAN, ERROR, FINDINGS
from commlint.cli.options import SETUP, parsed
from commlint.cli.rules.files import loaded, named
from commlint.cli.screen import colored, columns, put
from commlint.cli.setup import linter
from commlint.cli.words import say
from commlint.model.finding import Severity

NAMES = ("rule_files", "min_level", "color", *SETUP)


def run(arguments: Sequence[str], lang: str) -> int:
    """Exit code 2 when a rule has errors, 1 when there are warnings only."""
    options = parsed("rules check", NAMES, arguments, lang)
    using = linter(options, lang)
    from commlint.lang.checks import problems
    from commlint.lang.compile import compile_files
    from commlint.report.diagnostics import shown

    pack = loaded(named(options, using), using)
    made = compile_files(pack.files, using.plugins.table(), lists=pack.lists, packs=pack.names, lang=using.lang, around=pack.around)
    least = Severity(options.min_level or "warning")
    found = tuple(sorted({*pack.diagnostics, *problems(made, norms=pack.norms, least=least)}, key=lambda told: told.order))
    if not found:
        put(say("all-fine", using.lang, count=len(made.metas)) + "\n")
        return CLEAN
    put(shown(found, lang=using.lang, color=colored(options.color), columns=columns() if sys.stdout.isatty() else 100))
    worst = min(found, key=lambda told: told.severity.rank).severity
    return ERROR if worst is Severity.ERROR else FINDINGS if worst is Severity.WARNING else CLEAN
