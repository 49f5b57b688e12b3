"""An OpenDocument text as a record: body, page headers and footers, notes, comments, what the file says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from commlint.errors import RecordError
from commlint.model.environment import Environment
from commlint.model.protocols import Item
from commlint.model.reading.declared import declared_kind
from commlint.model.record import Part, Party, Record
from commlint.model.source import Source
from commlint_minutes.flow import Flow, paragraphs_of, too_many_cells
from commlint_minutes.odf_story import Comment, Story
from commlint_minutes.odf_styles import Styles
from commlint_minutes.ooxml import (
    Package,
    another,
    as_written,
    core_properties,
    damaged,
    elements,
    encrypted,
    no_text,
    office_of,
    opened_zip,
)

_PROPERTIES = {"title": "title", "initial-creator": "author", "creator": "last_modified_by", "creation-date": "created", "date": "modified"}
_TEXT = "application/vnd.oasis.opendocument.text"
_HELD = 10  # calls to a cell: where it starts and ends, and its paragraphs
_MANIFEST = "META-INF/manifest.xml"


def read_document(source: Source, environment: Environment) -> Iterator[Item]:
    """The record. Raises RecordError when it cannot be read."""
    try:
        document = _Document(_opened(source, environment), environment)
        record = document.record(source)
    except RecordError:
        raise
    except Exception as error:  # the edge that isolates what reads XML: nothing a file holds ends the run
        raise damaged("it cannot be read", "无法读取") from error
    yield record
    if document.flow.cut:
        yield too_many_cells(environment.limits)


def _opened(source: Source, environment: Environment) -> Package:
    package = opened_zip(source, environment.limits)
    if _MANIFEST in package and any(tag == "encryption-data" for tag, _ in elements(package, _MANIFEST)):
        raise encrypted()
    if "content.xml" not in package or not _is_text(package):
        raise another("opendocument", office_of(package))
    return package


def _is_text(package: Package) -> bool:
    """By the type it says it has; a package that says none is taken at its word."""
    said = package.read("mimetype").decode("ascii", "replace").strip() if "mimetype" in package and package.size("mimetype") < 200 else _TEXT
    return said.startswith(_TEXT)


class _Document:
    """The parts of the package and where they are told."""

    def __init__(self, package: Package, environment: Environment) -> None:
        self.package = package
        self.environment = environment
        self.flow = Flow(environment.limits)
        self.story = Story(self.flow, Styles(), _HELD * environment.limits.cells)

    def record(self, source: Source) -> Record:
        kind, evidence = declared_kind(source, None)
        parts = tuple(self._parts())
        if not any(part.text.strip() for part in parts):
            raise too_many_cells(self.environment.limits) if self.flow.cut else no_text()
        return Record(uri=source.uri, kind=kind, evidence=evidence, parts=parts, meta=tuple(self._meta(parts[0].text)), inline_suppressions=False)

    def _meta(self, text: str) -> Iterator[tuple[str, str]]:
        if "meta.xml" in self.package:
            yield from as_written(core_properties(self.package, "meta.xml", _PROPERTIES), text)
        if self.story.hidden:
            yield "hidden_characters", str(self.story.hidden)
        if self.story.changes:
            yield "tracked_changes", str(self.story.changes)
        if any(name.startswith("basic/") for name in self.package.names):
            yield "macros", "yes"

    def _parts(self) -> Iterator[Part]:
        if "styles.xml" in self.package:
            self.story.tell(self.package, "styles.xml")
        self.story.tell(self.package, "content.xml")
        yield self.flow.part("body") or Part.plain("body", "")
        yield from self._margins()
        for name in ("footnote", "endnote"):
            self.story.replay(self.story.notes.get(name, []))
            if (part := self.flow.part(f"{name}s", label=f"{name}s")) is not None:
                yield part
        yield from self._comments()

    def _margins(self) -> Iterator[Part]:
        """The page headers and footers, each text once."""
        seen: set[tuple[str, str]] = set()
        first = {"header": 1, "footer": 1}
        for kind, calls in sorted(self.story.margins, key=lambda margin: margin[0] == "footer"):
            self.story.replay(calls)
            part = self.flow.part(kind, label=kind, first=first[kind])
            if part is not None and (kind, part.text) not in seen:
                seen.add((kind, part.text))
                first[kind] += paragraphs_of(part)
                yield part

    def _comments(self) -> Iterator[Part]:
        """Each comment with who wrote it and when; past the limit on parts they are one."""
        first = 1
        most = self.environment.limits.parts
        for comment in self.story.comments[:most]:
            self.story.replay(comment.calls)
            part = self.flow.part("comments", label="comments", first=first, sender=Party(comment.author), sent_at=self._written(comment))
            if part is not None:
                first += paragraphs_of(part)
                yield part
        for comment in self.story.comments[most:]:
            self.story.replay(comment.calls)
        rest = self.flow.part("comments", label="comments", first=first)
        if rest is not None:
            yield rest

    def _written(self, comment: Comment) -> datetime | None:
        """When a comment was written; a time without a zone is local."""
        try:
            found = datetime.fromisoformat(comment.date[:26].rstrip("Z"))
        except ValueError:
            return None
        return found.replace(tzinfo=self.environment.tz) if found.tzinfo is None else found
