"""``commlint rules test``: run the examples of rules; what is bad must be found where it is marked, what is good must stay silent."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from commlint.cli.codes import CLEAN, ERROR, FINDINGS
from commlint.cli.options import SETUP, parsed, words
from commlint.cli.rules.files import loaded, named
from commlint.cli.screen import colored, columns, put
from commlint.cli.setup import linter
from commlint.cli.words import say
from commlint.model.finding import Severity
from commlint.selection import unknown_rule

NAMES = ("rule_files", "select", "color", *SETUP)


def run(arguments: Sequence[str], lang: str) -> int:
    """Exit code 2 when a rule has errors, 1 when an example does not come out as it should."""
    options = parsed("rules test", NAMES, arguments, lang)
    using = linter(options, lang)
    from commlint.lang.compile import compile_files
    from commlint.report.diagnostics import shown
    from commlint.testing import run_examples

    pack = loaded(named(options, using), using)
    table = using.plugins.table()
    made = compile_files(pack.files, table, lists=pack.lists, packs=pack.names, lang=using.lang, around=pack.around)
    only = words(options.select)
    for name in only:
        if not any(name in (rule.meta.name, rule.meta.code) for rule in made.rules):
            raise unknown_rule(name, [rule.meta for rule in made.rules])
    errors = {*pack.diagnostics, *made.diagnostics}
    report = run_examples(made, table, readers=using.plugins.readers(), only=only)
    found = tuple(sorted({*errors, *report.diagnostics}, key=lambda told: told.order))
    if found:
        put(shown(found, lang=using.lang, color=colored(options.color), columns=columns() if sys.stdout.isatty() else 100))
    put(say("tested", using.lang, rules=report.rules, examples=report.examples, problems=len(found)) + "\n")
    return ERROR if any(told.severity is Severity.ERROR for told in errors) else FINDINGS if found else CLEAN
