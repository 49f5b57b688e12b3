"""Problems of form in rule files, said in the author's language, with the way out."""

from __future__ import annotations

from attrs import frozen

from commlint.lang.surface import Surface
from commlint.model.diagnostic import Diagnostic
from commlint.model.finding import Severity
from commlint.model.span import Span


class SyntaxProblem(Exception):
    """Text that cannot be read; `diagnostic` says where and why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def problem(slug: str, span: Span, text: str, path: str, lang: str, *, found: str = "", expected: frozenset[str] = frozenset()) -> Diagnostic:
    """The diagnostic `slug` at `span`."""
    return Diagnostic(slug, Severity.ERROR, f"{slug} {found}", path, span, source=text)


@frozen
class Stumble:
    """Where reading stopped: the surface, the stretch that did not fit, the terminals that would have."""

    surface: Surface
    span: Span
    expected: frozenset[str]


def unexpected(stumble: Stumble, text: str, path: str, lang: str, offset: int) -> Diagnostic:
    """The diagnostic of a stumble."""
    return problem("unexpected", stumble.span.shift(offset), text, path, lang, found=f"{sorted(stumble.expected)}")
