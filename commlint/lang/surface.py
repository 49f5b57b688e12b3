"""Rule text before the grammar sees it: strings, patterns and comments set apart, punctuation folded, length kept.

What comes out has one code point for every code point of the file, so positions need no translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from attrs import evolve, frozen

from commlint.lang.keywords import KEYWORD, STATEMENTS, by_spelling
from commlint.model.span import Span

NESTING = 64  # brackets within brackets; deeper than any rule that a person can read

_FOLDED = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x3001: 0x2C, 0xFEFF: 0x20}
_TOKEN = re.compile(
    r"""(?P<string> "(?:[^"\\]|\\.)*+" | \uff02[^\uff02]*\uff02
        | \u201c(?:[^\u201c\u201d]|\u201c[^\u201c\u201d]*\u201d)*+\u201d
        | \u300c(?:[^\u300c\u300d]|\u300c[^\u300c\u300d]*\u300d)*+\u300d
        | \u300e[^\u300e\u300f]*\u300f )
      | (?P<unclosed> ["\uff02\u201c\u300c\u300e] )
      | (?P<regex> /(?:[^/\\\n]|\\[^\n])++/ )
      | (?P<comment> [#\uff03][^\n]* )
      | (?P<open> [({\[\uff08\uff5b\uff3b] )
      | (?P<close> [)}\]\uff09\uff5d\uff3d] )""",
    re.VERBOSE | re.DOTALL,
)
WORD = re.compile(r"[^\W\d]\w*")
_HEADER = re.compile(rf"^[ \t]*(?:{'|'.join(KEYWORD['RULE'].spellings)})[ \t\u3000]+\w[^\n{{\uff5b]*[{{\uff5b]", re.MULTILINE)
_LINE = re.compile(r"^[ \t]*(\S[^\n]*)", re.MULTILINE)
_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}
_ESCAPE = re.compile(r'\\([nt"\\])')


@frozen
class Bracket:
    """One opening or closing bracket, folded, and how many are open behind it."""

    at: int
    sign: str
    depth: int


@frozen
class Surface:
    """A stretch of a rule file: `masked` is as long as the stretch, which begins at `start` of the file.

    In `masked`, what strings and patterns hold is replaced by filler and comments by blanks. `unclosed` are the
    strings that never end (taken to end with their line).
    """

    start: int
    masked: str
    strings: tuple[Span, ...]
    comments: tuple[Span, ...]
    brackets: tuple[Bracket, ...]
    unclosed: tuple[Span, ...]


def surface(text: str, span: Span, *, broken: frozenset[int] = frozenset()) -> Surface:
    """The surface of `span` of `text`; strings that begin at a place in `broken` end with their line."""
    strings: list[Span] = []
    comments: list[Span] = []
    brackets: list[Bracket] = []
    unclosed: list[Span] = []
    written: list[str] = []
    done, depth, at = span.start, 0, span.start
    while match := _TOKEN.search(text, at, span.end):
        kind, found = str(match.lastgroup), Span(*match.span())
        if kind == "unclosed" or (kind == "string" and found.start in broken):
            found, kind = Span(found.start, _line_end(text, found.start, span.end)), "string"
            unclosed.append(found)
        at = found.end
        if kind in ("open", "close"):
            depth = depth + 1 if kind == "open" else max(0, depth - 1)
            brackets.append(Bracket(found.start, found.of(text).translate(_FOLDED), depth))
            continue
        written += (text[done : found.start].translate(_FOLDED), _filler(kind, found.of(text)))
        done = found.end
        if kind != "regex":
            (comments if kind == "comment" else strings).append(found)
    written.append(text[done : span.end].translate(_FOLDED))
    return Surface(span.start, "".join(written), tuple(strings), tuple(comments), tuple(brackets), tuple(unclosed))


def _filler(kind: str, found: str) -> str:
    if kind == "comment":
        return " " * len(found)
    sign = '"' if kind == "string" else "/"
    return sign + "_" * (len(found) - 2) + sign if len(found) > 1 else " "


def _line_end(text: str, at: int, end: int) -> int:
    found = text.find("\n", at, end)
    return end if found < 0 else found


def pieces(found: Surface) -> Iterator[Span]:
    """The stretches of top-level items: from ``rule`` or ``let`` to the next one, or to the brace that ends the rule."""
    end = found.start + len(found.masked)
    for start, stop in pairwise([found.start, *_edges(found), end]):
        if found.masked[start - found.start : stop - found.start].strip():
            yield Span(start, stop)


def _edges(found: Surface) -> Iterator[int]:
    after_rule = False
    for start, stop in _outside(found):
        if start > found.start and found.masked[start - 1 - found.start] == "}":
            yield start
        for word in WORD.finditer(found.masked, start - found.start, stop - found.start):
            keyword = by_spelling().get(word.group())
            is_start = keyword is not None and keyword.terminal in ("RULE", "LET") and not after_rule
            if is_start:
                yield word.start() + found.start
            after_rule = is_start and keyword is KEYWORD["RULE"]


def _outside(found: Surface) -> Iterator[tuple[int, int]]:
    """Stretches outside all brackets."""
    start: int | None = found.start
    for bracket in found.brackets:
        if start is not None and bracket.depth:
            yield start, bracket.at
            start = None
        elif start is None and not bracket.depth:
            start = bracket.at + 1
    if start is not None:
        yield start, found.start + len(found.masked)


def headers(text: str, span: Span) -> tuple[int, ...]:
    """Where lines inside `span` look like the head of a rule, whatever the brackets and quotes say."""
    return tuple(match.start() for match in _HEADER.finditer(text, span.start, span.end))


def runaway(text: str, strings: Iterable[Span]) -> Span | None:
    """The first string over several lines behind which a stray word follows: the string most likely lacks its end."""
    for string in strings:
        if "\n" in string.of(text) and (word := WORD.match(text, string.end)) and word.group() not in by_spelling():
            return string
    return None


def statement_around(found: Surface, at: int) -> Span | None:
    """The statement that the place `at` is in, up to the line where the next one begins.

    None when it opens or closes a block, so that it cannot be left out.
    """
    starts = [match.start(1) + found.start for match in _LINE.finditer(found.masked) if _begins(match.group(1))]
    start = max((start for start in starts if start <= at), default=found.start)
    end = next((place for place in _line_starts(found, at) if place in starts or _balanced(found, start, place)), None)
    line = found.masked.rfind("\n", 0, at - found.start) + 1
    first_of_line = not found.masked[line : at - found.start].strip()
    if first_of_line and _balanced(found, start, at):
        start = at
    if end is None or any(start <= bracket.at < end and bracket.sign in "{}" for bracket in found.brackets):
        return None
    return Span(start, end)


def _line_starts(found: Surface, after: int) -> Iterator[int]:
    """Where the lines behind a place begin that may begin a statement, known or misspelt: with a word that continues none."""
    for match in _LINE.finditer(found.masked, after - found.start):
        word = WORD.match(match.group(1))
        keyword = by_spelling().get(word.group()) if word else None
        if match.start(1) > after - found.start and (_begins(match.group(1)) or (word and keyword is None)):
            yield match.start(1) + found.start


def _balanced(found: Surface, start: int, end: int) -> bool:
    """Whether no parenthesis that opens in a stretch is open at its end."""
    between = [bracket.sign for bracket in found.brackets if start <= bracket.at < end]
    return sum(sign in "([" for sign in between) <= sum(sign in ")]" for sign in between)


def _begins(line: str) -> bool:
    word = WORD.match(line)
    keyword = by_spelling().get(word.group()) if word else None
    return line.startswith("}") or (keyword is not None and keyword.terminal in STATEMENTS)


def without(found: Surface, left_out: Span) -> Surface:
    """The surface with blanks for a stretch."""
    start, end = left_out.start - found.start, left_out.end - found.start
    masked = found.masked[:start] + " " * len(left_out) + found.masked[end:]
    brackets = tuple(bracket for bracket in found.brackets if not left_out.start <= bracket.at < left_out.end)
    return evolve(found, masked=masked, brackets=brackets)


def deeper(found: Surface) -> int | None:
    """Where brackets nest deeper than `NESTING`; None when they do not."""
    return next((bracket.at for bracket in found.brackets if bracket.depth > NESTING), None)


def unquoted(literal: str) -> str:
    r"""What a string literal says: ``\"``, ``\\``, ``\n`` and ``\t`` undone in ASCII quotes, other quotes as they are."""
    inside = literal[1:-1]
    return _ESCAPE.sub(lambda match: _ESCAPES[match.group(1)], inside) if literal.startswith('"') else inside


def quoted(literal: str) -> str:
    """The same string literal in ASCII quotes."""
    if literal.startswith('"'):
        return literal
    return '"' + literal[1:-1].replace("\\", "\\\\").replace('"', '\\"') + '"'
