"""Compile rule texts for tests, and say what was told of them."""

from __future__ import annotations

from commlint.engine.program import Program
from commlint.engine.symboltable import SymbolTable
from commlint.engine.vocabulary import VOCABULARY
from commlint.lang.checks import problems
from commlint.lang.compile import Compiled, compile_files
from commlint.lang.parser import parse
from commlint.model.diagnostic import Diagnostic
from commlint.model.finding import Severity
from commlint.model.rule import RuleSetting

TABLE = SymbolTable(VOCABULARY)
LISTS = {"urgency": ("\u5c3d\u5feb", "asap"), "nothing": ()}


def compiled(*texts: str, settings: dict[str, RuleSetting] | None = None) -> Compiled:
    """What comes of rule files; they must at least parse."""
    files = []
    for number, text in enumerate(texts):
        file, wrong = parse(text, f"{number}.norm")
        assert not wrong, wrong
        assert file is not None
        files.append(file)
    return compile_files(files, TABLE, lists=LISTS, settings=settings or {}, lang="en")


def program(body: str, head: str = "rule r (TST001)") -> Program:
    """The program of one sound rule."""
    found = compiled(f"{head} {{\n{body}\n}}")
    assert found.diagnostics == ()
    return found.programs[0]


def told(*texts: str, least: Severity = Severity.ERROR) -> list[Diagnostic]:
    """The problems of rule files, checks included."""
    return list(problems(compiled(*texts), least=least))


def pointed(diagnostic: Diagnostic) -> tuple[str, str]:
    """The slug, and the characters it points at."""
    return diagnostic.slug, diagnostic.span.of(diagnostic.source)
