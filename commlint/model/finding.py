"""What a run says about records: findings, what could not be judged, what could not be read."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import frozen

from commlint.model.place import Place
from commlint.model.span import Span


class Severity(StrEnum):
    """How bad; OFF switches a rule off. Ordered from worst by `rank`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return _RANKS[self]

    def at_least(self, other: Severity) -> bool:
        """Whether this is as bad as `other`, or worse."""
        return self.rank <= other.rank


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


@frozen(order=True)
class Position:
    """Line and column from 1, columns in code points; and the offset in code points, UTF-16 units and UTF-8 bytes."""

    offset: int
    line: int
    column: int
    utf16: int
    utf8: int


@frozen(order=True)
class Location:
    """A stretch of what the author sees. `part` is the view's label (empty: the file itself), `place` what lines are counted in, where not in that."""

    uri: str
    part: str
    start: Position
    end: Position
    place: Place = Place()

    @property
    def span(self) -> Span:
        """In code points of the view."""
        return Span(self.start.offset, self.end.offset)


@frozen(order=True)
class Excerpt:
    """The lines of the view around a location, without line breaks; `first` is the number of the first one.

    Long lines are cut: of the first, `left` code points before what is shown; of any, what is far behind the place.
    """

    first: int
    lines: tuple[str, ...]
    left: int = 0


@frozen(order=True)
class Related:
    """Another place that a finding speaks of."""

    location: Location
    message: str


@frozen(order=True)
class Edit:
    """Put `replacement` in place of `location`."""

    location: Location
    replacement: str


@frozen(order=True)
class Fix:
    """Edits that belong together; `safe` when they cannot change what the author meant."""

    edits: tuple[Edit, ...]
    safe: bool
    title: str = ""


@frozen
class Suppression:
    """A permission to break rules: `reason` is mandatory. `origin` is ``inline`` or the config's path.

    `rules` are names or codes, ``*`` for all. `path` is a glob for a config suppression, else the uri.
    """

    rules: tuple[str, ...]
    reason: str
    origin: str
    path: str
    line: int = 0
    lines: tuple[int, int] | None = None
    owner: str = ""
    expires: date | None = None


@frozen
class Finding:
    """A breach of a rule in a record, ready to be shown in one language.

    `record` is the record's name inside its source. `match` is what the author wrote there.
    `suppressed` says who permitted it; such a finding is shown on request and does not count.
    """

    rule: str
    code: str
    severity: Severity
    message: str
    location: Location
    record: str = ""
    match: str = ""
    suggestion: str = ""
    why: str = ""
    cites: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()
    excerpt: Excerpt = Excerpt(1, ())
    suppressed: Suppression | None = None

    @property
    def order(self) -> tuple[object, ...]:
        """The total order of findings: where, then which, then what."""
        at = self.location
        return (at.uri, self.record, at.part, at.start.offset, at.end.offset, self.code, self.rule, self.message, self.severity.rank)


@frozen(order=True)
class Undetermined:
    """A rule that could not be judged on a record, what was missing, and what to give so that it can be."""

    uri: str
    record: str
    rule: str
    code: str
    reason: str
    message: str
    help: str = ""


@frozen(order=True)
class Failure:
    """Something that could not be read or run; the run went on without it.

    `stage`: read | rule | plugin | config | fold. `subject` is a path, rule or plugin name.
    """

    uri: str
    stage: str
    slug: str
    message: str
    help: str = ""
    subject: str = ""


@frozen
class Counts:
    """How many of each; findings by severity exclude the suppressed.

    `unclassified` are the records whose kind nobody said and nothing showed, though rules for some kind might have spoken of them.
    """

    records: int = 0
    unclassified: int = 0
    sources: int = 0
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    suppressed: int = 0
    undetermined: int = 0
    failures: int = 0


@frozen
class Report:
    """The outcome of a run, totally ordered: the same input gives the same report."""

    findings: tuple[Finding, ...] = ()
    undetermined: tuple[Undetermined, ...] = ()
    failures: tuple[Failure, ...] = ()
    counts: Counts = Counts()
    lang: str = "zh"
