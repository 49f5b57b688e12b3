"""The stretches a record is made of: title, subject, body, paragraphs, lines, sentences, quotations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from commlint.entities.analysis import apart, cut, quotes, stretches, united
from commlint.entities.blanks import is_blank
from commlint.entities.drawn import trimmed
from commlint.model.protocols import Analysis
from commlint.model.record import BlockKind
from commlint.model.span import Span
from commlint.model.values import Located, Passage, Sentence, Unknown

_OTHERS = ("subject", "history", "forwarded", "signature", "disclaimer", "group", "title")
_OTHERS_OWN = ("history", "forwarded", "signature", "disclaimer")
_SECTION = re.compile(r"(?:第?[一二三四五六七八九十]{1,3}[、.章节部]|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[.、)])")
_TITLE = re.compile(r"[^,;:。!?|]{2,40}")
_HEADING_MARKS = " \t#*_\u3010\u3011"


def own_parts(analysis: Analysis) -> tuple[int, ...]:
    """The parts that are the record's own words: no quoted history, signature or disclaimer."""
    return analysis.once("structure.own_parts", _own_parts)


def text_parts(analysis: Analysis) -> tuple[int, ...]:
    """The own parts that hold running text: neither subject nor title nor group name."""
    return analysis.once("structure.text_parts", _text_parts)


def body_part(analysis: Analysis) -> int | None:
    """The index of the part called ``body``, else of the first that could be one."""
    return analysis.once("structure.body_part", _body_part)


def _own_parts(analysis: Analysis) -> tuple[int, ...]:
    return tuple([i for i, part in enumerate(analysis.record.parts) if part.name not in _OTHERS_OWN])


def _text_parts(analysis: Analysis) -> tuple[int, ...]:
    parts = analysis.record.parts
    return tuple([i for i in own_parts(analysis) if parts[i].name not in _OTHERS])


def _body_part(analysis: Analysis) -> int | None:
    record = analysis.record
    index = record.part("body")
    if index is not None:
        return index
    return next((i for i, part in enumerate(record.parts) if part.name not in _OTHERS), None)


def itself(analysis: Analysis, passage: Located) -> Located:
    """The text itself."""
    return passage


def body(analysis: Analysis, record: object) -> Passage | Unknown:
    """The record's own text; a stretch of history inside it is covered but asked about by no collection."""
    part = body_part(analysis)
    if part is None:
        return Unknown("no-body")
    pieces = _own(analysis, part)
    start, end = (pieces[0].start, pieces[-1].end) if pieces else (0, 0)
    return analysis.passage(part, start, end)


def everything(analysis: Analysis, record: object) -> Passage | Unknown:
    """All of the body part."""
    part = body_part(analysis)
    return Unknown("no-body") if part is None else analysis.passage(part, 0, len(analysis.folded(part)))


def subject(analysis: Analysis, record: object) -> Passage | None:
    """The subject of a mail, else the title; None when there is neither."""
    return _subject(analysis) or _title(analysis)


def said(analysis: Analysis) -> str:
    """The sentences of the body, one a line, folded: where no cue is in it, none is in any of them."""
    return analysis.once("structure.said", lambda a: "\n".join([sentence.folded for sentence in sentences(a, a.record)]))


def has_any(words: Iterable[str], text: str) -> bool:
    """Whether one of the words occurs in a text."""
    return any(map(text.__contains__, words))


def title(analysis: Analysis, record: object) -> Passage | None:
    """The first heading, else the subject, else the first line; None for an empty record."""
    return _title(analysis)


def first_line(analysis: Analysis, record: object) -> Passage | None:
    """The first line of the body that is not blank."""
    part = body_part(analysis)
    return None if part is None else analysis.once("structure.first_line", lambda _: next(iter(_body_lines(analysis, part)), None))


def first_sentence(analysis: Analysis, record: object) -> Sentence | None:
    """The first sentence of the body that is neither a greeting nor a heading."""
    part = body_part(analysis)
    if part is None:
        return None
    skipped = stretches(analysis.blocks(part), (BlockKind.GREETING, BlockKind.HEADING))
    for sentence in sentences(analysis, record):
        if not _is_greeting(sentence) and not (skipped and any(span.overlaps(sentence.span) for span in skipped)):
            return sentence
    return None


def sentences(analysis: Analysis, record: object) -> tuple[Sentence, ...]:
    """The sentences of the body."""
    part = body_part(analysis)
    if part is None:
        return ()
    return analysis.once("entities.sentences", lambda _: tuple(_outside(analysis.sentences(part), apart(analysis, part))))


def paragraphs(analysis: Analysis, record: object) -> tuple[Passage, ...]:
    """The paragraphs of the body: by its format, else between empty lines."""
    part = body_part(analysis)
    if part is None:
        return ()
    spans = [b.span for b in analysis.blocks(part) if b.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)]
    spans = spans or [span for piece in _own(analysis, part) for span in _split(analysis.folded(part), piece, "\n\n")]
    return tuple(analysis.passage(part, span.start, span.end) for span in spans)


def lines(analysis: Analysis, record: object) -> tuple[Passage, ...]:
    """The lines of the body that are not blank."""
    part = body_part(analysis)
    return () if part is None else analysis.once("entities.lines", lambda _: tuple(_body_lines(analysis, part)))


def headings(analysis: Analysis, record: object) -> tuple[Passage, ...]:
    """The headings, without their marks: by format, else lines that read like one."""
    part = body_part(analysis)
    return () if part is None else analysis.once("entities.headings", lambda _: tuple(_headings(analysis, part)))


def quotations(analysis: Analysis, record: object) -> tuple[Passage, ...]:
    """Stretches in quotation marks or code, of the record's own parts."""
    return analysis.once("entities.quotations", lambda _: tuple(_quotations(analysis)))


def length(analysis: Analysis, passage: Located) -> int:
    """Characters, blanks not counted."""
    return sum(map(len, passage.folded.split()))


def blank(analysis: Analysis, passage: Located) -> bool:
    """Whether it is empty or a placeholder (norms.toml [meta].blank)."""
    return is_blank(passage.folded, lexicon=analysis.environment.lexicon)


def quoted(analysis: Analysis, passage: Located) -> bool:
    """Whether a stretch lies inside quotation marks, code or a quoted block: mentioned, not said."""
    return any(q.part == passage.part and q.span.contains(passage.span) for q in quotations(analysis, None))


def sentences_in(analysis: Analysis, passage: Located) -> tuple[Sentence, ...]:
    """The sentences inside a stretch; a sentence that sticks out of it is cut to it."""
    found = sentences(analysis, None) if passage.part == body_part(analysis) else analysis.sentences(passage.part)
    return tuple(_clipped(analysis, s, passage.span) for s in found if s.span.overlaps(passage.span))


def lines_in(analysis: Analysis, passage: Located) -> tuple[Passage, ...]:
    """The lines of a stretch that are not blank."""
    return tuple(analysis.passage(passage.part, s.start, s.end) for s in _split(analysis.folded(passage.part), passage.span, "\n"))


def first_line_in(analysis: Analysis, passage: Located) -> Passage | None:
    """The first line of a stretch that is not blank."""
    found = lines_in(analysis, passage)
    return found[0] if found else None


def _own(analysis: Analysis, part: int) -> list[Span]:
    whole = Span(0, len(analysis.folded(part)))
    pieces = cut([whole], [span for span in apart(analysis, part) if span not in _code(analysis, part)])
    text = analysis.folded(part)
    return [span for piece in pieces if len(span := trimmed(text, piece.start, piece.end))]


def _code(analysis: Analysis, part: int) -> list[Span]:
    return [block.span for block in analysis.blocks(part) if block.kind is BlockKind.CODE]


def _outside(found: Iterable[Sentence], holes: Sequence[Span]) -> Iterable[Sentence]:
    ordered = sorted(holes)
    at = 0
    for sentence in found:
        while at < len(ordered) and ordered[at].end <= sentence.span.start:
            at += 1
        if at == len(ordered) or not ordered[at].overlaps(sentence.span):
            yield sentence


def _clipped(analysis: Analysis, sentence: Sentence, within: Span) -> Sentence:
    if within.contains(sentence.span):
        return sentence
    start, end = max(sentence.span.start, within.start), min(sentence.span.end, within.end)
    stretch = analysis.passage(sentence.part, start, end)
    clauses = tuple(Span(max(c.start, start), min(c.end, end)) for c in sentence.clauses if c.overlaps(stretch.span))
    return Sentence(sentence.part, stretch.span, stretch.text, stretch.folded, clauses, sentence.quoted)


def _body_lines(analysis: Analysis, part: int) -> Iterable[Passage]:
    text = analysis.folded(part)
    for piece in _own(analysis, part):
        for span in _split(text, piece, "\n"):
            yield analysis.passage(part, span.start, span.end)


def _split(text: str, within: Span, separator: str) -> Iterable[Span]:
    """The pieces of a stretch between separators, trimmed, those that are blank left out."""
    start = within.start
    while start < within.end:
        end = text.find(separator, start, within.end)
        end = within.end if end < 0 else end
        span = trimmed(text, start, end)
        if len(span):
            yield span
        start = end + len(separator)


def _subject(analysis: Analysis) -> Passage | None:
    return analysis.once("structure.subject", _own_subject)


def _own_subject(analysis: Analysis) -> Passage | None:
    part = analysis.record.part("subject")
    if part is None:
        return None
    text = analysis.folded(part)
    span = trimmed(text, 0, len(text))
    return analysis.passage(part, span.start, span.end)


def _title(analysis: Analysis) -> Passage | None:
    return analysis.once("structure.title", _own_title)


def _own_title(analysis: Analysis) -> Passage | None:
    part = body_part(analysis)
    heading = _first_heading(analysis, part) if part is not None else None
    first = first_line(analysis, None)
    if heading and first and first.span.end <= heading.span.start and _SECTION.match(heading.folded) and _TITLE.fullmatch(first.folded.strip()):
        return _without_marks(analysis, first.part, first.span)
    return heading or _subject(analysis) or (_without_marks(analysis, first.part, first.span) if first else None)


def _first_heading(analysis: Analysis, part: int) -> Passage | None:
    blocks = [block for block in analysis.blocks(part) if block.kind is BlockKind.HEADING]
    return _without_marks(analysis, part, blocks[0].span) if blocks else None


def _without_marks(analysis: Analysis, part: int, span: Span) -> Passage:
    text = analysis.folded(part)
    start, end = span.start, span.end
    while start < end and (text[start] in _HEADING_MARKS or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in _HEADING_MARKS or text[end - 1].isspace()):
        end -= 1
    return analysis.passage(part, start, end)


def _headings(analysis: Analysis, part: int) -> Iterable[Passage]:
    from commlint.entities import outline

    for line in outline.lines(analysis, part):
        if line.heading:
            yield _without_marks(analysis, part, line.content)


def _quotations(analysis: Analysis) -> Iterable[Passage]:
    for part in own_parts(analysis):
        marked = stretches(analysis.blocks(part), (BlockKind.QUOTE, BlockKind.CODE))
        quoted = [Span(start, end) for start, end in quotes(analysis, part) if start < end]
        for span in united([*quoted, *marked]) if quoted or marked else ():
            yield analysis.passage(part, span.start, span.end)


def _is_greeting(sentence: Sentence) -> bool:
    from commlint.entities.labels import words

    text = sentence.folded.strip()
    return len(text) <= 24 and text.startswith(words("greetings")) and (text[-1] in ":,!" or len(text) <= 12)
