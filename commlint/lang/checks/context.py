"""What a check is handed: the rules of a run, and how to tell of a problem."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from commlint.lang.ast import File, Literal
from commlint.lang.study import Study
from commlint.lang.telling import diagnostic
from commlint.model.diagnostic import Diagnostic, Note
from commlint.model.span import Span


@frozen
class Context:
    """`rules` are all rules, by code; `norms` the ids that may be cited (empty: not known)."""

    rules: tuple[Study, ...]
    norms: frozenset[str] = frozenset()

    @property
    def sound(self) -> Iterator[Study]:
        """The rules without errors."""
        return (rule for rule in self.rules if rule.program)


def tell(rule: Study, slug: str, span: Span, /, *, notes: tuple[Note, ...] = (), **values: Any) -> Diagnostic:
    """A problem in the file of `rule`."""
    return diagnostic(slug, rule.whole.file, span, notes=notes, **values)


def said(file: File, zh: str, en: str) -> str:
    """The one of the two in the language of the file's diagnostics."""
    return zh if file.lang == "zh" else en


def note(rule: Study, span: Span, zh: str, en: str) -> Note:
    """Another place that a problem speaks of."""
    return Note(rule.whole.file.path, span, said(rule.whole.file, zh, en))


def own_statements(rule: Study, kind: type) -> list[Any]:
    """The statements of one kind that the rule itself holds, without what it inherits."""
    return [statement for statement in rule.whole.rule.body if isinstance(statement, kind)]


def head(rule: Study) -> Span:
    """Where to point when something is missing: the rule's name."""
    return rule.whole.rule.name.span


def content(literal: Literal) -> Span:
    """A string without its quotation marks."""
    return Span(literal.span.start + 1, literal.span.end - 1) if len(literal.span) >= 2 else literal.span
