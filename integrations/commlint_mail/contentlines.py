"""The content lines of a calendar (RFC 5545 section 3.1), each with its place in the file: folds undone, nothing lost, whatever is damaged.

Folds are undone on bytes, for they split characters; the character then stands behind the fold. One pass, no recursion.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from attrs import frozen

from commlint.model.reading.charset import of_label
from commlint.model.sourcemap import Run, SourceMap
from commlint.model.span import Span

_PHYSICAL = re.compile(rb"([^\r\n]*)(\r\r\n|\r\n|\r|\n|\Z)")
_FOLD = re.compile(rb"(?:\r\r\n|\r\n|\r|\n)[ \t]")
_NAMED = re.compile(rb"(?:[A-Za-z0-9-]+\.)?(?:[A-Z][A-Z0-9-]*|begin|end|summary|description|location)[;:]")
_PIECE = re.compile(r"\"[^\"]*\"|[^\";,]+|[;,]|\"")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@frozen
class Stretch:
    """A text of several stretches of the file, one behind the other: `pieces` are their places."""

    text: str
    pieces: tuple[Span, ...]

    def part(self, start: int) -> Stretch:
        """All from `start` on."""
        kept, at = [], 0
        for piece in self.pieces:
            if at + len(piece) > start:
                kept.append(Span(piece.start + max(0, start - at), piece.end))
            at += len(piece)
        return Stretch(self.text[start:], tuple(kept))

    @property
    def source_map(self) -> SourceMap:
        """From the text to the file."""
        runs, at = [], 0
        for piece in self.pieces:
            runs.append(Run(Span(at, at + len(piece)), piece))
            at += len(piece)
        return SourceMap(tuple(runs))


@frozen
class Line:
    """One content line: its name in upper case, its parameters (names in upper case), its value as written, where it begins in the file."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    value: Stretch
    start: int

    def parameter(self, name: str) -> str:
        """The first value of a parameter, empty when missing."""
        return next((value for key, value in self.parameters if key == name), "")


@frozen
class Calendar:
    """The text of a calendar file as an editor shows it, and its content lines."""

    text: str
    lines: tuple[Line, ...]


def calendar(content: bytes, charset: str = "") -> Calendar:
    """The lines of a calendar, which is in UTF-8 unless `charset` or its bytes say otherwise. Never fails."""
    if content.startswith(_UTF16):
        content = of_label(content, "utf-16").text.encode("utf-8", "replace")
    content = content.removeprefix(codecs.BOM_UTF8)
    return _Scan(content, of_label(_FOLD.sub(b"", content), charset or "utf-8").charset).calendar()


class _Scan:
    """A walk over the physical lines; the characters of each are decoded behind those of the line that it goes on with."""

    def __init__(self, content: bytes, charset: str) -> None:
        self.content = content
        self.codec = codecs.getincrementaldecoder(charset)
        self.written: list[str] = []
        self.length = 0
        self.words: list[str] = []
        self.pieces: list[Span] = []

    def calendar(self) -> Calendar:
        lines = tuple(line for stretch in self._logical() if (line := _line(stretch)) is not None)
        return Calendar("".join(self.written), lines)

    def _logical(self) -> Iterator[Stretch]:
        decoder, ending = self.codec("replace"), ""
        breaks: list[Span] = []
        for match in _PHYSICAL.finditer(self.content):
            line = match[1]
            folded = bool(self.words) and line[:1] in (b" ", b"\t")
            blank = bool(self.words) and not folded and not line.strip()
            torn = bool(self.words) and not folded and not blank and _NAMED.match(line) is None
            if not folded:  # what is left of a character stands before the line break
                self._write(decoder.decode(b"", final=True))
                decoder = self.codec("replace")
            self._write(ending)
            breaks.append(Span(max(0, self.length - 1), self.length))
            if torn:  # a program that breaks lines without folding them: the breaks are meant
                for each in breaks:
                    self._keep("\n", each)
            elif not (folded or blank) and self.words:
                yield self._whole()
            if not blank:
                breaks.clear()
            if folded:
                self._write(line[:1].decode("ascii"))
            text = decoder.decode(line[1:] if folded else line)
            if not blank and (text or self.words):
                self._keep(text, Span(self.length, self.length + len(text)))
            self._write(text)
            ending = match[2].decode("ascii")
        self._write(decoder.decode(b"", final=True))
        if self.words:
            yield self._whole()

    def _keep(self, text: str, span: Span) -> None:
        self.words.append(text)
        self.pieces.append(span)

    def _whole(self) -> Stretch:
        stretch = Stretch("".join(self.words), tuple(self.pieces))
        self.words, self.pieces = [], []
        return stretch

    def _write(self, text: str) -> None:
        self.written.append(text)
        self.length += len(text)


def _line(stretch: Stretch) -> Line | None:
    """A line with a name; None for anything else."""
    colon = _colon(stretch.text)
    if colon < 0:
        return None
    head = stretch.text[:colon]
    name, *parameters = _split(head, ";") if ";" in head else (head,)
    name = name.rpartition(".")[2].strip().upper()
    if not name:
        return None
    pairs = (each.partition("=") for each in parameters)
    return Line(name, tuple((key.strip().upper(), _unquoted(value)) for key, _, value in pairs), stretch.part(colon + 1), stretch.pieces[0].start)


def _colon(text: str) -> int:
    """The first colon outside quotation marks, else the first of all."""
    first = text.find(":")
    if '"' not in text[: max(0, first)]:
        return first
    quoted = False
    for match in re.finditer('[":]', text):
        if match[0] == '"':
            quoted = not quoted
        elif not quoted:
            return match.start()
    return first


def _split(text: str, separator: str) -> list[str]:
    """The pieces between separators outside quotation marks."""
    pieces = [""]
    written: list[str] = []
    for token in _PIECE.findall(text):
        if token == separator:
            pieces[-1] = "".join(written)
            pieces.append("")
            written = []
        else:
            written.append(token)
    pieces[-1] = "".join(written)
    return pieces


def _unquoted(value: str) -> str:
    """A parameter's value; ^n, ^' and ^^ stand for what it cannot hold (RFC 6868)."""
    bare = value.strip().strip('"')
    return bare.replace("^n", "\n").replace("^'", '"').replace("^^", "^") if "^" in bare else bare


def plain(text: str) -> str:
    """The text of a TEXT value (section 3.3.11)."""
    return _ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], text) if "\\" in text else text


def unescaped(value: Stretch) -> tuple[str, SourceMap]:
    """The text of a TEXT value and the way back to the file."""
    runs: list[Run] = []
    written: list[str] = []
    at = length = 0
    for match in _ESCAPE.finditer(value.text):
        plain = value.text[at : match.start()]
        meant = "\n" if match[1] in "nN" else match[1]
        if plain:
            runs.append(Run(Span(length, length + len(plain)), Span(at, match.start())))
        length += len(plain)
        runs.append(Run(Span(length, length + 1), Span(*match.span()), exact=False))
        length += 1
        written += (plain, meant)
        at = match.end()
    rest = value.text[at:]
    if rest:
        runs.append(Run(Span(length, length + len(rest)), Span(at, len(value.text))))
    return "".join(written) + rest, SourceMap(tuple(runs)).compose(value.source_map)
