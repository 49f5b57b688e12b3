"""Run the examples that rules carry: what is bad must be found, where it is marked; what is good must stay silent.

For plugin authors, in pytest::

    from commlint.testing import run_rules

    def test_rules():
        report = run_rules("src/commlint_harbour/rules")
        assert report.passed, report.text()

A `bad` example must give a finding of its rule in every stretch marked ``[[…]]`` and nowhere else (anywhere, when nothing
is marked). A `good` one must give none, and must not be undetermined unless it says ``undetermined = true``. Every
`unless`, `where` and `except` must be needed: without it, some good example would be found.

What an example can say of its record, in ``with { … }`` (each setting has a Chinese name too, see `commlint.lang.words.SETTINGS`):

    kind, subject, from, to, cc, bcc, sent, name, channel, group, headers, meta, automatic
    attachments   ["report.pdf:2MB", "link:video.mp4"]
    thread, case, reply_to   what ties messages together; by default all messages of an example are of one thread and case
    as_of, coverage, zone, calendar ("cn" | "weekdays"), domains, clients
    roster        ["Wang Min <wang@example.com> Sales manager head superior:Chen Li"]
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from attrs import frozen

from commlint.engine.symboltable import SymbolTable
from commlint.lang.compile import Compiled
from commlint.model.diagnostic import Diagnostic
from commlint.model.protocols import Reader
from commlint.testing.judge import Judge


@frozen
class ExampleReport:
    """How the examples of some rules came out: counts, and what is wrong, by place."""

    rules: int
    examples: int
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every example came out as it should, and every exception is needed."""
        return not self.diagnostics

    def text(self) -> str:
        """One line a problem: path:line: slug: message."""
        lines = [f"{d.path}:{d.source.count(chr(10), 0, d.span.start) + 1}: {d.slug}: {d.message}" for d in self.diagnostics]
        return "\n".join([*lines, f"{self.rules} rules, {self.examples} examples, {len(self.diagnostics)} problems"])


def run_examples(
    compiled: Compiled, table: SymbolTable, *, readers: Iterable[Reader] = (), only: Iterable[str] = (), exceptions: bool = True
) -> ExampleReport:
    """Run the examples of the sound rules of `compiled`, or of those `only` names (names or codes).

    `readers` read what `file` examples name. With `exceptions=False` it is not tried whether every exception is needed.
    """
    chosen = frozenset(only)
    rules = [rule for rule in compiled.rules if rule.program and (not chosen or chosen & {rule.meta.name, rule.meta.code})]
    judge = Judge(table, tuple(readers))
    problems = [problem for rule in rules for problem in judge.rule(rule, exceptions=exceptions)]
    return ExampleReport(len(rules), judge.count, tuple(sorted(problems, key=lambda problem: problem.order)))


def run_rules(*paths: str | Path, lang: str = "en", only: Iterable[str] = (), exceptions: bool = True) -> ExampleReport:
    """Run the examples of the rules at `paths` (files or folders), with the words and lists of everything installed.

    Errors in the rule files count as problems too. Raises PluginError when a plugin cannot be loaded.
    """
    from commlint.lang.compile import compile_files
    from commlint.lang.packs import load, together
    from commlint.plugins import load as installed

    plugins = installed()
    own = together(load(path, lang=lang) for path in paths)
    known = together([*(load(pack.folder, lang=lang) for pack in plugins.rule_packs()), own])
    table = plugins.table()
    compiled = compile_files(own.files, table, lists=known.lists, lang=lang, around=known.files)
    report = run_examples(compiled, table, readers=plugins.readers(), only=only, exceptions=exceptions)
    problems = {*own.diagnostics, *compiled.diagnostics, *report.diagnostics}
    return ExampleReport(report.rules, report.examples, tuple(sorted(problems, key=lambda problem: problem.order)))


__all__ = ["ExampleReport", "run_examples", "run_rules"]
