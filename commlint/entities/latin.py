"""Names of persons in Latin script: only capitals and what stands beside them tell a name from other words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import frozen

from commlint.model.span import Span

_WORD = "[A-Z][a-z]{1,20}"
_SPOKEN = re.compile(
    rf"\b(?:(?P<title>Mr|Mrs|Ms|Dr|Prof)\.? (?P<surname>{_WORD}(?: {_WORD})?)"
    rf"|(?:(?<=by )|(?<=contact )|(?<=with )|(?<=[Tt]hanks )|(?<=Dear )|(?<=Hi )|(?<=cc ))(?P<named>{_WORD}(?: {_WORD}){{0,2}})"
    rf"|(?:(?<= is )|(?<= be ))(?P<is>{_WORD} {_WORD})"
    rf"|(?P<acting>{_WORD} {_WORD})(?=\s(?:will|to|has|owns|leads|is|shall|must|should)\b))"
)
_SEGMENT = re.compile(r"[^|/\u2013\u2014\uff0d\uff5c_\u3010\u3011\[\]()]+?(?=\s+-+\s|\s*[|/\u2013\u2014\uff0d\uff5c_\u3010\u3011\[\]()]|$)")
_PERSON = re.compile(r"(?:[A-Z][a-z'\u2019-]{1,20}|[A-Z]\.)(?: (?:[A-Z][a-z'\u2019-]{1,20}|[A-Z]\.)){1,2}")
_NO_NAME = frozenset((
    "team", "all", "the", "friday", "monday", "tuesday", "wednesday", "thursday", "saturday", "sunday", "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december", "end", "close", "next", "best", "kind", "everyone", "sir", "madam", "colleagues",
))
# Words of titles and matters, which a subject may capitalise as well.
_MATTER = frozenset((
    "account", "agenda", "agreement", "analysis", "annual", "application", "approval", "budget", "business", "campaign", "case", "change", "channel", "client",
    "complaint", "conference", "confirmation", "contract", "customer", "daily", "data", "delay", "delivery", "demo", "department", "design", "development", "draft",
    "dept", "document", "event", "expense", "feedback", "final", "follow", "form", "general", "hotel", "important", "info", "inquiry", "internal", "invitation", "invoice",
    "issue", "kick", "kickoff", "launch", "leave", "list", "maintenance", "market", "material", "meeting", "memo", "migration", "minutes", "monthly", "new",
    "notice", "notification", "office", "order", "payment", "phase", "plan", "planning", "policy", "price", "pricing", "process", "product", "progress",
    "project", "proposal", "purchase", "quarterly", "question", "quotation", "reminder", "release", "report", "request", "requirement", "review", "risk", "room",
    "sales", "sample", "samples", "schedule", "server", "service", "shipment", "slides", "status", "summary", "supplier", "support", "survey", "system", "task",
    "test", "training", "travel", "trip", "update", "upgrade", "urgent", "version", "visit", "weekly", "workshop", "work",
))


@frozen
class Name:
    """A name in a text, in lower case, with the title before it."""

    span: Span
    text: str
    title: str = ""


def no_name(folded: str) -> bool:
    """Whether a word of a folded stretch is never part of a name."""
    return not _NO_NAME.isdisjoint(folded.split())


def is_name(folded: str) -> bool:
    """Whether none of the words, which are shaped like a name, is one of titles and matters."""
    return _MATTER.isdisjoint(folded.split())


def spoken(written: str) -> Iterable[Name]:
    """Names in running text: behind a title, behind by or with, before will or to."""
    for match in _SPOKEN.finditer(written):
        group = next(name for name in ("surname", "named", "is", "acting") if match[name])
        name = match[group].lower()
        if not no_name(name):
            start = match.start("title") if match["title"] else match.start(group)
            yield Name(Span(start, match.end(group)), name, (match["title"] or "").lower())


def in_subject(written: str) -> Iterable[Name]:
    """Segments of a subject that are a name: `Q2 review - Marketing Department - Zhou Ziheng`."""
    segments = [match for match in _SEGMENT.finditer(written) if match[0].strip(" -")]
    for match in segments[1:]:
        segment = match[0].strip(" -")
        start = match.start() + match[0].index(segment)
        if _PERSON.fullmatch(segment) and not no_name(segment.lower()) and _MATTER.isdisjoint(segment.lower().split()):
            yield Name(Span(start, start + len(segment)), segment.lower())
