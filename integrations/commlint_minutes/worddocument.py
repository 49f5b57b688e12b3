"""A Word document as a record: body, headers and footers, notes, comments, what the file says of itself, what is embedded in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from commlint.errors import RecordError
from commlint.model.environment import Environment
from commlint.model.protocols import Item
from commlint.model.reading.declared import declared_kind
from commlint.model.record import Attachment, Part, Party, Record
from commlint.model.source import Source
from commlint_minutes.flow import Flow, paragraphs_of, too_many_cells
from commlint_minutes.ooxml import Package, Relationship, as_written, damaged, elements, no_text, opened_package
from commlint_minutes.wordstory import Story, said
from commlint_minutes.wordstyles import Lists, Styles, is_on

_EMBEDDED = ("/package", "/oleObject", "/aFChunk")
_DATE_UTC = "http://schemas.microsoft.com/office/word/2023/wordml/word16du dateUtc"
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


def read_document(source: Source, environment: Environment) -> Iterator[Item]:
    """The record, then the documents embedded in it. Raises RecordError when it cannot be read."""
    try:
        document = _Document(opened_package(source, environment.limits, office="word"), environment)
        record = document.record(source)
    except RecordError:
        raise
    except Exception as error:  # the edge that isolates what reads XML: nothing a file holds ends the run
        raise damaged("it cannot be read", "无法读取") from error
    yield record
    if document.flow.cut:
        yield too_many_cells(environment.limits)
    yield from document.embedded(source)


class _Document:
    """The parts of the package and where they are told."""

    def __init__(self, package: Package, environment: Environment) -> None:
        self.package = package
        self.environment = environment
        self.main = package.main()
        self.ties = package.relationships(self.main)
        self.flow = Flow(environment.limits)
        self.story = Story(self.flow, Styles(package, self._tied("/styles")), Lists(package, self._tied("/numbering")))

    def _tied(self, kind: str) -> str:
        """The part of a kind that the main part is tied to, "" when there is none."""
        return next((each.target for each in self.ties if each.type.endswith(kind) and self._inside(each)), "")

    def _inside(self, tie: Relationship) -> bool:
        return not tie.external and tie.target in self.package

    def record(self, source: Source) -> Record:
        kind, evidence = declared_kind(source, None)
        parts = tuple(self._parts())
        if not any(part.text.strip() for part in parts):
            raise too_many_cells(self.environment.limits) if self.flow.cut else no_text()
        return Record(
            uri=source.uri, kind=kind, evidence=evidence, parts=parts, meta=tuple(self._meta(parts[0].text)),
            attachments=tuple(Attachment(name.rpartition("/")[2], self.package.size(name)) for name in self._embedded()), inline_suppressions=False,
        )

    def _meta(self, text: str) -> Iterator[tuple[str, str]]:
        yield from as_written(self.package.properties(), text)
        if self.story.hidden:
            yield "hidden_characters", str(self.story.hidden)
        if self.story.changes:
            yield "tracked_changes", str(self.story.changes)
        if any(name.endswith("vbaproject.bin") for name in self.package.names):
            yield "macros", "yes"

    def _parts(self) -> Iterator[Part]:
        self.story.tell(self.package, self.main)
        yield self.flow.part("body") or Part.plain("body", "")
        yield from self._margins("header")
        yield from self._margins("footer")
        for kind in ("footnotes", "endnotes"):
            yield from self._notes(kind)
        yield from self._comments()

    def _margins(self, kind: str) -> Iterator[Part]:
        """The page headers or footers that are shown, each text once."""
        seen: set[str] = set()
        first = 1
        for name in dict.fromkeys(self._shown(f"{kind}Reference")):
            self.story.tell(self.package, name)
            part = self.flow.part(kind, label=kind, first=first)
            if part is not None and part.text not in seen:
                seen.add(part.text)
                first += paragraphs_of(part)
                yield part

    def _shown(self, kind: str) -> Iterator[str]:
        """The parts of headers or footers by reference, without those for pages that are like all others."""
        targets = {each.id: each.target for each in self.ties if self._inside(each)}
        for reference, page, id in self.story.sections:
            shown = self.story.title_page if page == "first" else self._uneven() if page == "even" else True
            if reference == kind and shown and id in targets:
                yield targets[id]

    def _uneven(self) -> bool:
        settings = self._tied("/settings")
        return bool(settings) and any(tag == "evenAndOddHeaders" and is_on(given) for tag, given in elements(self.package, settings))

    def _notes(self, kind: str) -> Iterator[Part]:
        name = self._tied(f"/{kind}")
        if name:
            self.story.notes = lambda given: said(given, "type") not in _SEPARATORS
            self.story.tell(self.package, name)
            part = self.flow.part(kind, label=kind)
            if part is not None:
                yield part

    def _comments(self) -> Iterator[Part]:
        """Each comment with who wrote it and when; past the limit on parts they are one."""
        name = self._tied("/comments")
        if not name:
            return
        made: list[Part] = []
        of: list[Mapping[str, str]] = []
        numbers = [1]

        def begins(given: Mapping[str, str]) -> bool:
            of[:] = [given]
            return True

        def ends() -> None:
            if len(numbers) <= self.environment.limits.parts:
                part = self.flow.part("comments", label="comments", first=numbers[-1], sender=Party(said(of[0], "author")), sent_at=_written(of[0], self.environment))
                if part is not None:
                    made.append(part)
                    numbers.append(numbers[-1] + paragraphs_of(part))

        self.story.notes, self.story.noted = begins, ends
        self.story.tell(self.package, name)
        rest = self.flow.part("comments", label="comments", first=numbers[-1])
        yield from made
        if rest is not None:
            yield rest

    # what lies inside

    def _embedded(self) -> Iterator[str]:
        """The parts that are files of their own; links to files elsewhere are not followed."""
        seen: dict[str, None] = {}
        for each in self.ties:
            if each.type.endswith(_EMBEDDED) and self._inside(each):
                seen[each.target] = None
        return iter(seen)

    def embedded(self, source: Source) -> Iterator[Item]:
        """Those as sources of their own."""
        for name in self._embedded():
            try:
                yield source.member(name, self.package.read(name), alike=False)
            except RecordError as error:
                yield error.at(name)


def _written(given: Mapping[str, str], environment: Environment) -> datetime | None:
    """When a comment was written: Word writes local time, though it calls it UTC; since 2023 it writes UTC beside it."""
    try:
        if utc := given.get(_DATE_UTC):
            return datetime.fromisoformat(utc.rstrip("Z")).replace(tzinfo=UTC)
        return datetime.fromisoformat(said(given, "date").rstrip("Z")).replace(tzinfo=environment.tz)
    except ValueError:
        return None
