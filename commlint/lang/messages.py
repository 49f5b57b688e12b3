"""Messages: plain text with `{…}` holes, each hole an expression of the language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from commlint.engine.program import Expression, Messages
from commlint.lang.ast import FixWith, Message, Suggest, Text
from commlint.lang.resolver import Resolver
from commlint.lang.scope import Scope, at
from commlint.lang.syntax import SyntaxProblem
from commlint.model.span import Span

_ESCAPE = re.compile(r'\\([nt"\\])')
_FORMAT = re.compile(r":(?P<format>%[^{}]*|\.?\d*[a-z]?)$")


@frozen
class Hole:
    """``{expression:format}``; `span` is where the expression stands in the file, braces and format excluded."""

    span: Span
    source: str
    format: str = ""


def pieces(text: Text, source: str) -> Iterator[str | Hole]:
    """The text of a message in order: plain strings and holes. `source` is the whole file.

    Raises ValueError where a brace is left open or closed without being opened.
    """
    places = positions(text.span.of(source), text.span.start)
    plain, index, raw = "", 0, text.raw
    while index < len(raw):
        character = raw[index]
        if raw[index : index + 2] in ("{{", "}}"):
            plain, index = plain + character, index + 2
        elif character == "{":
            end = _closing(raw, index)
            yield plain
            yield _hole(raw[index + 1 : end], index + 1, places)
            plain, index = "", end + 1
        elif character == "}":
            raise ValueError(index)
        else:
            plain, index = plain + character, index + 1
    yield plain


def resolved(text: Text, resolver: Resolver, scope: Scope) -> Expression:
    """The program of a message; problems go to the resolver."""
    parts: list[str | Expression] = []
    try:
        for piece in pieces(text, resolver.file.text):
            if isinstance(piece, Hole):
                parts.append(_shown(piece, resolver, scope))
            elif piece:
                parts.append(piece)
    except ValueError:
        resolver.tell("bad-hole", text.span, reason=resolver.hint("花括号不成对", "braces do not pair up"))
    return ["text", at(text.span), parts]


def _shown(hole: Hole, resolver: Resolver, scope: Scope) -> Expression:
    from commlint.lang.parser import parse_expression

    try:
        expr = parse_expression(hole.source, resolver.file.path, hole.span.start, resolver.file.lang)
    except SyntaxProblem as problem:
        resolver.tell("bad-hole", hole.span, reason=problem.diagnostic.message)
        return ["const", at(hole.span), hole.source]
    return ["show", at(hole.span), resolver.term(expr, scope.in_message()).code, hole.format]


def block(items: tuple[Message | Suggest | FixWith, ...], resolver: Resolver, scope: Scope) -> Messages:
    """What a block says, by kind and language ("" when no language was given)."""
    found: Messages = {}
    for item in items:
        if isinstance(item, Message):
            found.setdefault("message", {})[item.text.lang] = resolved(item.text, resolver, scope)
        elif isinstance(item, Suggest):
            found.setdefault("suggest", {})[item.text.lang] = resolved(item.text, resolver, scope)
            if item.match:
                found.setdefault("instead", {})[item.text.lang] = resolved(item.match, resolver, scope)
        else:
            fix = [resolved(item.match, resolver, scope), resolved(item.replacement, resolver, scope), item.safe]
            found.setdefault("fix", []).append(fix)
    return found


def _hole(inside: str, start: int, places: list[int]) -> Hole:
    match = _FORMAT.search(inside)
    source, format = (inside[: match.start()], match["format"]) if match else (inside, "")
    lead = len(source) - len(source.lstrip())
    source = source.strip()
    first = start + lead
    return Hole(Span(places[first], places[first + len(source)]), source, format)


def _closing(raw: str, start: int) -> int:
    end = raw.find("}", start)
    if end < 0 or "{" in raw[start + 1 : end]:
        raise ValueError(start)
    return end


def positions(written: str, start: int) -> list[int]:
    """Where each character of an unescaped string literal stands in the file, and the end of the last."""
    places: list[int] = []
    inside = written[1:-1]
    index = 0
    while index < len(inside):
        places.append(start + 1 + index)
        escaped = written[0] == '"' and _ESCAPE.match(inside, index)
        index += 2 if escaped else 1
    places.append(start + 1 + len(inside))
    return places
