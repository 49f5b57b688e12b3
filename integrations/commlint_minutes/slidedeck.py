"""A presentation as a record: slides in order, then notes, comments and footers; every paragraph knows its slide."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from attrs import evolve

from commlint.errors import RecordError
from commlint.model.environment import Environment, Limits
from commlint.model.protocols import Item
from commlint.model.reading.declared import declared_kind
from commlint.model.record import Anchor, Attachment, Block, Grid, Part, Record, View
from commlint.model.source import Source
from commlint.model.sourcemap import SourceMap
from commlint_minutes.flow import Flow, too_many_cells
from commlint_minutes.ooxml import Package, Parser, Relationship, damaged, no_text, opened_package
from commlint_minutes.slidetext import FOOTER, NOT_SAID, Shape, is_title, shapes, written

_EMBEDDED = ("/package", "/oleObject")
_DRAWN = ("/chart", "/diagramData")


def read_slides(source: Source, environment: Environment) -> Iterator[Item]:
    """The record, the documents embedded in it, and what lies behind a limit. Raises RecordError when it cannot be read."""
    try:
        deck = _Deck(opened_package(source, environment.limits, office="presentation"), environment.limits)
        record = deck.record(source)
    except RecordError:
        raise
    except Exception as error:  # the edge that isolates what reads XML: nothing a file holds ends the run
        raise damaged("it cannot be read", "无法读取") from error
    yield record
    yield from deck.left_out
    yield from deck.embedded(source)


class _Deck:
    """The parts of the package and where they are told."""

    def __init__(self, package: Package, limits: Limits) -> None:
        self.package = package
        self.limits = limits
        self.left_out: list[RecordError] = []
        self.hidden: list[int] = []
        self.files: dict[str, None] = {}
        self.body, self.notes, self.comments = (_Gathered(name) for name in ("body", "notes", "comments"))
        self.footer = _Gathered("footer")
        self._cells = limits.cells

    def record(self, source: Source) -> Record:
        kind, evidence = declared_kind(source, None)
        self._read()
        parts = tuple(gathered.part() for gathered in (self.body, self.notes, self.comments, self.footer) if gathered.text or gathered is self.body)
        if not any(part.text.strip() for part in parts):
            raise no_text()
        return Record(
            uri=source.uri, kind=kind, evidence=evidence, parts=parts, meta=tuple(self._meta()),
            attachments=tuple(Attachment(name.rpartition("/")[2], self.package.size(name)) for name in self.files), inline_suppressions=False,
        )

    def _meta(self) -> Iterator[tuple[str, str]]:
        yield from self.package.properties()
        if self.hidden:
            yield "hidden_slides", ", ".join(map(str, self.hidden))
        if any(name.endswith("vbaproject.bin") for name in self.package.names):
            yield "macros", "yes"

    def embedded(self, source: Source) -> Iterator[Item]:
        """The files in it as sources of their own."""
        for name in self.files:
            try:
                yield source.member(name, self.package.read(name), alike=False)
            except RecordError as error:
                yield error.at(name)

    # slides

    def _read(self) -> None:
        most = self.limits.pages
        for number, name in enumerate(islice(self._slides(), most + 1), 1):
            if number > most:
                self.left_out.append(_past(f"there are more than {most:,} slides", "limits.pages", f"幻灯片超过 {most:,} 张"))
                return
            if self.body.length + self.notes.length > self.limits.characters:
                self.left_out.append(_past(f"there are more than {self.limits.characters:,} characters", "limits.characters", f"文字超过 {self.limits.characters:,} 个"))
                return
            try:
                self._slide(number, name)
            except RecordError as error:
                self.left_out.append(error.at(name))

    def _slides(self) -> Iterator[str]:
        """The parts of the slides in the order they are shown."""
        main = self.package.main()
        targets = {each.id: each.target for each in self._ties(main)}
        ids: list[str] = []

        def starts(tag: str, given: dict[str, str]) -> None:
            if tag.endswith(" sldId"):
                ids.extend(value for key, value in given.items() if key.endswith("elationships id"))

        for _ in Parser(starts, lambda _: None, lambda _: None).pieces(self.package, main):
            yield from (targets[id] for id in ids if id in targets)
            ids.clear()

    def _ties(self, name: str) -> list[Relationship]:
        return [each for each in self.package.relationships(name) if not each.external and each.target in self.package]

    def _slide(self, number: int, name: str) -> None:
        ties = self._ties(name)
        found, shown = shapes(self.package, name)
        if not shown:
            self.hidden.append(number)
        flow = Flow(evolve(self.limits, cells=self._cells))
        for shape in sorted(found, key=lambda shape: not is_title(shape)):  # the title is first, wherever it lies
            self._shape(flow, shape, ties, title=1 if number == 1 else 2)
        self._taken(flow, self.body, number)
        footer = Flow(self.limits)
        for shape in found:
            if shape.role == FOOTER and not shape.hidden:
                written(footer, shape, title=1)
        part = footer.part("footer")
        if part is not None and part.text not in self.footer.text:
            self.footer.add(part, number)
        self._beside(number, ties)

    def _shape(self, flow: Flow, shape: Shape, ties: list[Relationship], *, title: int) -> None:
        if shape.hidden or shape.role in (*NOT_SAID, FOOTER):
            return
        written(flow, shape, title=title)
        targets = {each.id: each.target for each in ties if each.type.endswith(_DRAWN)}
        for reference in shape.references:
            if reference in targets:
                self._drawn(flow, targets[reference])

    def _drawn(self, flow: Flow, name: str) -> None:
        """What is written in a chart or diagram: the paragraphs of its titles and shapes."""
        for text in _paragraphs(self.package, name):
            flow.paragraph(text)

    def _taken(self, flow: Flow, gathered: _Gathered, number: int) -> None:
        part = flow.part(gathered.name)
        if part is None:
            return
        gathered.add(part, number)
        self._cells -= sum(len(grid.cells) for grid in part.grids)
        if flow.cut:
            self.left_out.append(too_many_cells(self.limits).at(f"slide {number}"))

    def _beside(self, number: int, ties: list[Relationship]) -> None:
        """Notes, comments and files that go with a slide."""
        for each in ties:
            if each.type.endswith("/notesSlide"):
                flow = Flow(evolve(self.limits, cells=self._cells))
                for shape in shapes(self.package, each.target)[0]:
                    if shape.role == "body":
                        for said in shape.paragraphs:
                            flow.paragraph(said.text)
                self._taken(flow, self.notes, number)
            elif each.type.endswith("/comments"):
                flow = Flow(self.limits)
                for text in _paragraphs(self.package, each.target, ("t", "text")):
                    flow.paragraph(text)
                self._taken(flow, self.comments, number)
            elif each.type.endswith(_EMBEDDED):
                self.files[each.target] = None


def _paragraphs(package: Package, name: str, tags: tuple[str, ...] = ("t",)) -> list[str]:
    """The texts in a part, those of one paragraph together."""
    found: list[str] = []
    pieces: list[str] = []
    inside = [False]

    def starts(tag: str, _given: dict[str, str]) -> None:
        inside[0] = tag.rpartition(" ")[2] in tags

    def ends(tag: str) -> None:
        inside[0] = False
        if tag.rpartition(" ")[2] in ("p", "text") and pieces:
            found.append("".join(pieces))
            pieces.clear()

    for _ in Parser(starts, ends, lambda text: pieces.append(text) if inside[0] else None).pieces(package, name):
        pass
    return [*found, "".join(pieces)] if pieces else found


class _Gathered:
    """The texts of slides one below the other."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.length = 0
        self._text: list[str] = []
        self._seen: list[str] = []
        self._blocks: list[Block] = []
        self._grids: list[Grid] = []
        self._anchors: list[Anchor] = []

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self._text)

    def add(self, part: Part, slide: int) -> None:
        """What stands on one slide."""
        at = self.length
        self._text += (part.text, "\n")
        self._seen += (part.view.text, "\n")
        self._blocks += (evolve(block, span=block.span.shift(at)) for block in part.blocks)
        self._grids += (Grid(grid.span.shift(at), tuple(evolve(cell, span=cell.span.shift(at)) for cell in grid.cells)) for grid in part.grids)
        self._anchors += (Anchor(anchor.start + at, evolve(anchor.place, type="slide", slide=slide)) for anchor in part.view.anchors)
        self.length += len(part.text) + 1

    def part(self) -> Part:
        """It as a part."""
        view = View("".join(self._seen), "" if self.name == "body" else self.name, anchors=tuple(self._anchors), counted_anew=True)
        return Part(self.name, self.text, view, SourceMap.identity(self.length), tuple(self._blocks), tuple(self._grids))


def _past(en: str, limit: str, zh: str) -> RecordError:
    return RecordError("page-limit", f"{en}; the rest was not checked", help=f"split the file, or raise {limit}", zh=f"{zh}\uff0c其余未检查", zh_help=f"请拆分文件\uff0c或调高 {limit}")
