"""Text of a rule file -> syntax tree and every problem of form; the only module that imports lark."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from attrs import evolve
from lark import Lark, Token, Tree, UnexpectedCharacters, UnexpectedInput, UnexpectedToken, lexer
from lark import __version__ as lark_version
from lark.grammar import Rule
from lark.lexer import TerminalDef

from commlint.lang import ast, tables
from commlint.lang.build import Builder, Part
from commlint.lang.keywords import by_spelling
from commlint.lang.surface import WORD, Surface, deeper, headers, pieces, runaway, statement_around, surface, without
from commlint.lang.syntax import (
    Page,
    Stumble,
    SyntaxProblem,
    file_too_big,
    too_deep,
    too_many,
    unclosed_string,
    unexpected,
)
from commlint.lang.tables import GRAMMAR
from commlint.model.diagnostic import Diagnostic
from commlint.model.span import Span
from commlint.resources import bundled

SIZE = 250_000  # characters of one rule file
FURTHER = 20  # problems of one rule that are told behind its first
MOST = 100  # problems of one file
DEPTH = 100  # nodes within nodes: chains such as a.b.c count, brackets or not


def parse(text: str, path: str, lang: str = "zh") -> tuple[ast.File | None, tuple[Diagnostic, ...]]:
    """The file's sound items and all problems of the others, their messages in `lang`.

    None when nothing of the file could be read.
    """
    if len(text) > SIZE:
        return None, (file_too_big(Page("", path, lang, lang), len(text), SIZE),)
    found = surface(text, Span(0, len(text)))
    page = Page(text, path, lang, language(found.masked, lang))
    items: list[ast.Rule | ast.Let] = []
    problems: list[Diagnostic] = []
    for piece in pieces(found):
        read, wrong = _read_piece(page, piece)
        items += read
        problems += wrong
        if len(problems) > MOST:
            problems = [*problems[:MOST], too_many(page, problems[MOST - 1].span)]
            break
    problems.sort(key=lambda diagnostic: diagnostic.span)
    if problems and not items:
        return None, tuple(problems)
    rules = tuple(item for item in items if isinstance(item, ast.Rule))
    lets = tuple(item for item in items if isinstance(item, ast.Let))
    return ast.File(Span(0, len(text)), path, text, page.author, lets, rules), tuple(problems)


def parse_expression(text: str, path: str, offset: int = 0, lang: str = "zh") -> ast.Expr:
    """The expression `text`, its spans moved on by `offset`.

    Raises SyntaxProblem; its diagnostic lacks `source`, which only the caller knows.
    """
    found = surface(text[:SIZE], Span(0, min(len(text), SIZE)))
    try:
        node: ast.Expr = _read("expression", Page(text, path, lang, language(found.masked, lang)), found, offset)
    except SyntaxProblem as wrong:
        there = wrong.diagnostic.span.shift(offset)
        raise SyntaxProblem(evolve(wrong.diagnostic, span=there, source="")) from None
    return node


def language(masked: str, default: str = "en") -> str:
    """The language of most keywords in a masked text, "zh" or "en"."""
    english = [word.isascii() for word in WORD.findall(masked) if word in by_spelling()]
    if not english:
        return default
    return "en" if 2 * sum(english) >= len(english) else "zh"


def _read_piece(page: Page, piece: Span) -> tuple[list[ast.Rule | ast.Let], list[Diagnostic]]:
    """One item; when it is unsound and other rules seem to begin inside it, those too."""
    found = _repaired(page.text, piece)
    if not found.masked.strip():
        return [], []
    try:
        return [_read("item", page, found)], []
    except SyntaxProblem as wrong:
        inner = [at for at in headers(page.text, piece) if found.masked[: at - piece.start].strip()]
        if not inner:
            return [], [wrong.diagnostic, *_further(page, found, wrong.diagnostic)]
    edges = [piece.start, *inner[: MOST + 1], piece.end]
    results = [_read_piece(page, Span(*edge)) for edge in pairwise(edges)]
    return [item for items, _ in results for item in items], [one for _, many in results for one in many]


def _further(page: Page, found: Surface, first: Diagnostic) -> Iterator[Diagnostic]:
    """The problems behind the first one, found by leaving out each statement that has one."""
    told = first
    for _ in range(FURTHER):
        statement = statement_around(found, told.span.start)
        if statement is None:
            return
        found = without(found, statement)
        try:
            _read("item", page, found)
            return
        except SyntaxProblem as wrong:
            told = wrong.diagnostic
        if told.span.start < statement.end:
            return
        yield told


def _repaired(text: str, piece: Span) -> Surface:
    """The surface of a piece; a string that swallows the start of others is taken to end with its line."""
    broken: frozenset[int] = frozenset()
    found = surface(text, piece)
    while len(broken) < FURTHER and (string := runaway(text, found.strings)) and string.start not in broken:
        broken |= {string.start}
        found = surface(text, piece, broken=broken)
    return found


def _read(start: str, page: Page, found: Surface, offset: int = 0) -> Any:
    for string in found.unclosed:
        raise SyntaxProblem(unclosed_string(page, string))
    if (deep := deeper(found)) is not None:
        raise SyntaxProblem(too_deep(page, Span(deep, deep + 1)))
    try:
        return _built(_lark().parse(found.masked, start=start), Builder(page.text, found.start, offset))
    except UnexpectedInput as error:
        raise SyntaxProblem(unexpected(page, _stumble(start, error, found))) from None
    except _TooDeep as error:
        raise SyntaxProblem(too_deep(page, error.span)) from None


class _TooDeep(Exception):  # noqa: N818 - caught in this module, becomes a diagnostic
    def __init__(self, span: Span) -> None:
        super().__init__(span)
        self.span = span


def _built(tree: Tree[Token], builder: Builder) -> Part:
    """The node of the tree's root; children first, without recursion."""
    done: dict[int, tuple[Part, int]] = {}
    for subtree in tree.iter_subtrees():
        below = [done[id(child)] if isinstance(child, Tree) else (child, 0) for child in subtree.children]
        depth = max((depth for _, depth in below), default=0) + (subtree.data != "parenthesis")
        span = Span(subtree.meta.start_pos + builder.start, subtree.meta.end_pos + builder.start)
        if depth > DEPTH:
            raise _TooDeep(span)
        node = builder.build(str(subtree.data), span.shift(builder.offset), [part for part, _ in below])
        done[id(subtree)] = (node, depth)
    return done[id(tree)][0]


def _stumble(start: str, error: UnexpectedInput, found: Surface) -> Stumble:
    """What lark says of an error, in words of our own: where, and which terminals could have stood there."""
    if isinstance(error, UnexpectedToken) and error.token.type != "$END":
        span = Span(int(error.token.start_pos or 0), int(error.token.end_pos or 0))
    elif isinstance(error, UnexpectedCharacters):
        span = Span(at := error.pos_in_stream or 0, at + 1)
    else:
        end = len(found.masked.rstrip())
        span = Span(end, end)
    return Stumble(found, span.shift(found.start), _wanted(start, found.masked[: span.start]) or frozenset(getattr(error, "expected", ())))


def _wanted(start: str, before: str) -> frozenset[str]:
    """The terminals that may follow `before`.

    Asked anew: at the time of the error the parser has already reduced what a merged LALR state let it reduce.
    """
    parser = _lark().parse_interactive(before, start=start)
    try:
        parser.exhaust_lexer()
    except UnexpectedInput:
        return frozenset()
    return frozenset(parser.accepts())  # type: ignore[no-untyped-call]  # lark leaves it untyped


_START = ["item", "expression"]
_warmed: list[Lark] = []  # at most one: what `warm` found or made


def warm(folder: Path) -> None:
    """Take the parser's tables from the cache `folder`, or build them and put them there, for all parsing to come.

    Tables that were tampered with may misread rules; they cannot run code. Those that are no tables are built anew.
    """
    if _warmed:
        return
    made = tables.key(lark_version)
    known = tables.kept(folder, made)
    parser = _loaded(*known) if known else None
    if parser is None:
        parser = _lark()
        tables.keep(folder, made, *parser.memo_serialize([TerminalDef, Rule]))
    _warmed.append(parser)


def _loaded(data: dict[str, Any], memo: dict[int, Any]) -> Lark | None:
    try:
        parser: Lark = Lark._load_from_dict(data, memo)  # type: ignore[no-untyped-call]  # lark's own stand-alone parsers are loaded with it
        parser.parse('let a = "b"', start="item")
    except Exception:  # whatever another program, or another lark, has put there
        return None
    return parser


def _lark() -> Lark:
    return _warmed[0] if _warmed else _built_from_grammar()


@cache
def _built_from_grammar() -> Lark:
    # Where interegular is installed lark compares all terminals with each other, for 3 s; a test does that for ours.
    compares, lexer.has_interegular = lexer.has_interegular, False
    try:
        return Lark.open(
            str(bundled("grammar") / GRAMMAR[0]), parser="lalr", start=_START, propagate_positions=True, maybe_placeholders=True
        )
    finally:
        lexer.has_interegular = compares
