"""Text of a rule file -> syntax tree and every problem of form; the only module that imports lark."""

from __future__ import annotations

from functools import cache
from typing import Any

from attrs import evolve
from lark import Lark, Token, Tree, UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from commlint.lang import ast
from commlint.lang.build import Builder, Part
from commlint.lang.keywords import by_spelling
from commlint.lang.surface import WORD, Surface, headers, pieces, runaway, surface, too_deep
from commlint.lang.syntax import Stumble, SyntaxProblem, problem, unexpected
from commlint.model.diagnostic import Diagnostic
from commlint.model.span import Span
from commlint.resources import bundled

SIZE = 1_000_000  # characters of one rule file
DEPTH = 100  # nodes within nodes: chains such as a.b.c count, brackets or not


def parse(text: str, path: str, lang: str = "zh") -> tuple[ast.File | None, tuple[Diagnostic, ...]]:
    """The file's sound items and all problems of the others, their messages in `lang`.

    None when nothing of the file could be read.
    """
    if len(text) > SIZE:
        return None, (problem("file-too-big", Span(0, 0), text[:1], path, lang, found=f"{len(text)}"),)
    items: list[ast.Rule | ast.Let] = []
    problems: list[Diagnostic] = []
    found = surface(text, Span(0, len(text)))
    for piece in pieces(found):
        read, wrong = _read_piece(text, piece, path, lang)
        items += read
        problems += wrong
    rules = tuple(item for item in items if isinstance(item, ast.Rule))
    lets = tuple(item for item in items if isinstance(item, ast.Let))
    problems.sort(key=lambda diagnostic: diagnostic.span)
    if problems and not items:
        return None, tuple(problems)
    return ast.File(Span(0, len(text)), path, text, language(found.masked), lets, rules), tuple(problems)


def parse_expression(text: str, path: str, offset: int = 0, lang: str = "zh") -> ast.Expr:
    """The expression `text`, its spans moved on by `offset`.

    Raises SyntaxProblem; its diagnostic lacks `source`, which only the caller knows.
    """
    try:
        node: ast.Expr = _read("expression", text, surface(text, Span(0, len(text))), path, lang, offset)
    except SyntaxProblem as wrong:
        raise SyntaxProblem(evolve(wrong.diagnostic, source="")) from None
    return node


def language(masked: str) -> str:
    """The language of most keywords in a masked text, "zh" or "en"."""
    words = [word for word in WORD.findall(masked) if word in by_spelling()]
    return "en" if 2 * sum(word.isascii() for word in words) >= max(1, len(words)) else "zh"


def _read_piece(text: str, piece: Span, path: str, lang: str) -> tuple[list[ast.Rule | ast.Let], list[Diagnostic]]:
    """One item; when it is unsound and other rules seem to begin inside it, those too."""
    found = _repaired(text, piece)
    if not found.masked.strip():
        return [], []
    try:
        return [_read("item", text, found, path, lang)], []
    except SyntaxProblem as wrong:
        inner = [at for at in headers(text, piece) if found.masked[: at - piece.start].strip()]
        if not inner:
            return [], [wrong.diagnostic]
    edges = [piece.start, *inner, piece.end]
    results = [_read_piece(text, Span(*edge), path, lang) for edge in zip(edges, edges[1:], strict=False)]
    return [item for items, _ in results for item in items], [one for _, many in results for one in many]


def _repaired(text: str, piece: Span) -> Surface:
    """The surface of a piece; a string that swallows the start of others is taken to end with its line."""
    broken: frozenset[int] = frozenset()
    found = surface(text, piece)
    while (string := runaway(text, found.strings)) and string.start not in broken:
        broken |= {string.start}
        found = surface(text, piece, broken=broken)
    return found


def _read(start: str, text: str, found: Surface, path: str, lang: str, offset: int = 0) -> Any:
    def refuse(slug: str, span: Span) -> SyntaxProblem:
        return SyntaxProblem(problem(slug, span.shift(offset), text, path, lang))

    for string in found.unclosed:
        raise refuse("unclosed-string", string)
    if (deep := too_deep(found)) is not None:
        raise refuse("too-deep", Span(deep, deep + 1))
    try:
        return _built(_lark().parse(found.masked, start=start), Builder(text, found.start, offset))
    except UnexpectedInput as error:
        raise SyntaxProblem(unexpected(_stumble(error, text, found), text, path, lang, offset)) from None
    except _TooDeep as error:
        raise refuse("too-deep", error.span) from None


class _TooDeep(Exception):
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
        done[id(subtree)] = (builder.build(str(subtree.data), span.shift(builder.offset), [part for part, _ in below]), depth)
    return done[id(tree)][0]


def _stumble(error: UnexpectedInput, text: str, found: Surface) -> Stumble:
    """What lark says of an error, in words of our own: where, and which terminals could have stood there."""
    if isinstance(error, UnexpectedToken) and error.token.type != "$END":
        at, end = int(error.token.start_pos or 0), int(error.token.end_pos or 0)
        return Stumble(found, Span(at + found.start, end + found.start), frozenset(error.accepts or error.expected))
    if isinstance(error, UnexpectedCharacters):
        at = error.pos_in_stream + found.start
        return Stumble(found, Span(at, at + 1), frozenset(error.allowed or ()))
    end = found.start + len(found.masked.rstrip())
    return Stumble(found, Span(end, end), frozenset(getattr(error, "accepts", None) or getattr(error, "expected", ())))


@cache
def _lark() -> Lark:
    return Lark.open(
        str(bundled("grammar") / "norm.lark"), parser="lalr", start=["item", "expression"], propagate_positions=True, maybe_placeholders=True
    )
