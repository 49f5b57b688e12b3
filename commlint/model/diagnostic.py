"""A problem in a rule file, for whoever writes the rule."""

from __future__ import annotations

from attrs import frozen

from commlint.model.finding import Severity
from commlint.model.span import Span


@frozen(order=True)
class Note:
    """Another place in a rule file that a diagnostic speaks of."""

    path: str
    span: Span
    message: str


@frozen
class Diagnostic:
    """`slug` is its stable name (``unknown-name``); `span` counts code points of the file at `path`.

    `source` is the text of the file, so that a reporter can draw the frame; `help` says what to do.
    """

    slug: str
    severity: Severity
    message: str
    path: str
    span: Span
    help: str = ""
    notes: tuple[Note, ...] = ()
    source: str = ""

    @property
    def order(self) -> tuple[object, ...]:
        """By place, then slug."""
        return (self.path, self.span.start, self.span.end, self.slug, self.message)
