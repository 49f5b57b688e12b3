"""From parse trees to the syntax tree: one function a grammar rule, each called with its span and parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from attrs import frozen

from commlint.lang import ast
from commlint.lang.keywords import OPERATORS, SCOPES, SEVERITIES, UNITS
from commlint.lang.surface import unquoted
from commlint.model.span import Span

Part = Any  # a token (a str with `type` and `start_pos`), a node, a fragment, or None for what was left out


@frozen
class Fragment:
    """What a part of a statement says that is no node by itself: a level, a scope, a language."""

    name: str
    value: Any


class Builder:
    """Builds nodes from a stretch of `text` that begins at `start`; all spans are moved on by `offset`."""

    def __init__(self, text: str, start: int, offset: int) -> None:
        self.text = text
        self.start = start
        self.offset = offset

    def build(self, rule: str, span: Span, parts: Sequence[Part]) -> Part:
        """The node or fragment of grammar rule `rule`."""
        method: Callable[[Span, Sequence[Part]], Part] = getattr(self, f"on_{rule}")
        return method(span, parts)

    def span(self, token: Part) -> Span:
        """Where a token stands in the file."""
        return Span(token.start_pos + self.start, token.end_pos + self.start).shift(self.offset)

    def written(self, span: Span) -> str:
        """What the author wrote there."""
        return span.shift(-self.offset).of(self.text)

    def name(self, token: Part) -> ast.Name:
        """A name; full-width letters are folded."""
        return ast.Name(self.span(token), str(token))

    def string(self, token: Part) -> ast.Literal:
        """A string, escapes undone."""
        span = self.span(token)
        return ast.Literal(span, "string", unquoted(self.written(span)))

    def message_text(self, token: Part, lang: str = "") -> ast.Text:
        """A message as written."""
        span = self.span(token)
        return ast.Text(span, unquoted(self.written(span)), lang)

    # -- items

    def on_rule(self, span: Span, parts: Sequence[Part]) -> ast.Rule:
        fragments = _fragments(parts)
        title = _token(parts, "STRING")
        return ast.Rule(
            span, self.name(parts[1]), fragments.get("code"), str(self.string(title).value) if title else "", fragments.get("extends"),
            fragments.get("over", "record"), fragments.get("level"), _nodes(parts),
        )

    def on_code(self, span: Span, parts: Sequence[Part]) -> Fragment:
        return Fragment("code", self.name(parts[0]))

    def on_extends(self, span: Span, parts: Sequence[Part]) -> Fragment:
        return Fragment("extends", self.name(parts[1]))

    def on_over(self, span: Span, parts: Sequence[Part]) -> Fragment:
        return Fragment("over", SCOPES[parts[1].type])

    def on_level(self, span: Span, parts: Sequence[Part]) -> Fragment:
        return Fragment("level", parts[0].value)

    def on_severity(self, span: Span, parts: Sequence[Part]) -> Fragment:
        return Fragment("severity", SEVERITIES[parts[0].type])

    def on_lang(self, span: Span, parts: Sequence[Part]) -> Fragment:
        return Fragment("lang", parts[0].type.lower())

    # -- statements

    def on_cites(self, span: Span, parts: Sequence[Part]) -> ast.Cites:
        return ast.Cites(span, tuple(self.string(token) for token in parts[1:]))

    def on_why(self, span: Span, parts: Sequence[Part]) -> ast.Why:
        return ast.Why(span, self.message_text(parts[-1], _fragments(parts).get("lang", "")))

    def on_tags(self, span: Span, parts: Sequence[Part]) -> ast.Tags:
        return ast.Tags(span, tuple(self.name(token) for token in parts[1:]))

    def on_param(self, span: Span, parts: Sequence[Part]) -> ast.Param:
        _, name, kind, operator, value = parts
        return ast.Param(span, self.name(name), self.name(kind) if kind else None, str(operator), value)

    def on_let(self, span: Span, parts: Sequence[Part]) -> ast.Let:
        return ast.Let(span, self.name(parts[1]), parts[3])

    def on_applies(self, span: Span, parts: Sequence[Part]) -> ast.Applies:
        return ast.Applies(span, parts[1])

    def on_each(self, span: Span, parts: Sequence[Part]) -> ast.Each:
        return ast.Each(span, self.name(parts[1]), parts[3], _fragments(parts).get("where"), _nodes(parts[4:]))

    def on_where(self, span: Span, parts: Sequence[Part]) -> Fragment:
        return Fragment("where", parts[1])

    def on_unless(self, span: Span, parts: Sequence[Part]) -> Fragment:
        return Fragment("unless", parts[1])

    def on_at(self, span: Span, parts: Sequence[Part]) -> Fragment:
        return Fragment("at", parts[1])

    def on_check(self, span: Span, parts: Sequence[Part]) -> ast.Check:
        more = _fragments(parts)
        messages = _nodes(parts[2:])
        return ast.Check(span, parts[0].type.lower(), parts[1], more.get("unless"), more.get("at"), more.get("level"), messages)

    def on_message(self, span: Span, parts: Sequence[Part]) -> ast.Message:
        return ast.Message(span, self.message_text(parts[-1], _fragments(parts).get("lang", "")))

    def on_suggest(self, span: Span, parts: Sequence[Part]) -> ast.Suggest:
        _, lang, first, arrow, second = parts
        language = lang.value if lang else ""
        if arrow is None:
            return ast.Suggest(span, None, self.message_text(first, language))
        return ast.Suggest(span, self.message_text(first), self.message_text(second, language))

    def on_fix(self, span: Span, parts: Sequence[Part]) -> ast.FixWith:
        _, safe, match, _, replacement = parts
        return ast.FixWith(span, self.message_text(match), self.message_text(replacement), safe is not None)

    def on_unknown(self, span: Span, parts: Sequence[Part]) -> ast.OnUnknown:
        return ast.OnUnknown(span, parts[1].value)

    # -- examples

    def on_example_text(self, span: Span, parts: Sequence[Part]) -> ast.Example:
        return ast.Example(span, parts[0].type.lower(), text=self.string(parts[1]), settings=_fragments(parts).get("with", ()))

    def on_example_file(self, span: Span, parts: Sequence[Part]) -> ast.Example:
        return ast.Example(span, parts[0].type.lower(), file=self.string(parts[2]), settings=_fragments(parts).get("with", ()))

    def on_example_thread(self, span: Span, parts: Sequence[Part]) -> ast.Example:
        return ast.Example(span, parts[0].type.lower(), messages=_nodes(parts), settings=_fragments(parts).get("with", ()))

    def on_example_message(self, span: Span, parts: Sequence[Part]) -> ast.ExampleMessage:
        return ast.ExampleMessage(span, self.string(parts[1]), _fragments(parts).get("with", ()))

    def on_with(self, span: Span, parts: Sequence[Part]) -> Fragment:
        return Fragment("with", _nodes(parts))

    def on_setting(self, span: Span, parts: Sequence[Part]) -> ast.Setting:
        return ast.Setting(span, self.name(parts[0]), parts[2])

    # -- expressions

    def on_expression(self, span: Span, parts: Sequence[Part]) -> ast.Expr:
        return _expr(parts[0])

    def on_disjunction(self, span: Span, parts: Sequence[Part]) -> ast.Logic:
        return ast.Logic(span, "or", tuple(parts[::2]))

    def on_conjunction(self, span: Span, parts: Sequence[Part]) -> ast.Logic:
        return ast.Logic(span, "and", tuple(parts[::2]))

    def on_negation(self, span: Span, parts: Sequence[Part]) -> ast.Not:
        return ast.Not(span, parts[1])

    def on_compare(self, span: Span, parts: Sequence[Part]) -> ast.Compare:
        return ast.Compare(span, OPERATORS[parts[1].type], parts[0], parts[2])

    def on_contained(self, span: Span, parts: Sequence[Part]) -> ast.Compare:
        return ast.Compare(span, "in", parts[0], parts[2])

    def on_not_contained(self, span: Span, parts: Sequence[Part]) -> ast.Compare:
        return ast.Compare(span, "not_in", parts[0], _nodes(parts)[1])

    def on_contains(self, span: Span, parts: Sequence[Part]) -> ast.Compare | ast.Not:
        return _maybe_not(span, "contains", parts)

    def on_matches(self, span: Span, parts: Sequence[Part]) -> ast.Compare | ast.Not:
        return _maybe_not(span, "matches", parts)

    def on_within(self, span: Span, parts: Sequence[Part]) -> ast.Within:
        moment, length, *reference = _nodes(parts)
        where = next((part.type.lower() for part in parts if _type(part) in ("AFTER", "BEFORE")), None)
        return ast.Within(span, moment, length, where, reference[0] if reference else None)

    def on_within_reversed(self, span: Span, parts: Sequence[Part]) -> ast.Within:
        moment, _, reference, where, length, _ = parts
        return ast.Within(span, moment, length, where.type.lower(), reference)

    def on_is_(self, span: Span, parts: Sequence[Part]) -> ast.Is:
        return ast.Is(span, parts[0], self.name(parts[-1]), negated=_type(parts[1]) == "IS_NOT" or _type(parts[2]) == "NOT")

    def on_is_word(self, span: Span, parts: Sequence[Part]) -> ast.Is:
        """Words of the vocabulary such as 是提问 bring their own verb: ``句 是提问``, ``句 不是提问``."""
        written = self.name(parts[1])
        negated = _type(parts[1]) == "IS_NOT_WORD"
        name = ast.Name(Span(written.span.start + negated, written.span.end), written.text[negated:])
        return ast.Is(span, parts[0], name, negated)

    def on_any_count(self, span: Span, parts: Sequence[Part]) -> ast.Quant:
        return ast.Quant(span, parts[0].type.lower(), None, parts[1])

    def on_number_count(self, span: Span, parts: Sequence[Part]) -> ast.Quant:
        return ast.Quant(span, parts[0].type.lower(), int(parts[1]), parts[-1])

    def on_quant(self, span: Span, parts: Sequence[Part]) -> ast.Quant:
        count: ast.Quant = parts[0]
        return ast.Quant(span, count.quantifier, count.number, count.source, parts[2])

    def on_quant_reversed(self, span: Span, parts: Sequence[Part]) -> ast.Quant:
        scope, _, count = parts
        return ast.Quant(span, count.quantifier, count.number, count.source, scope)

    def on_arith(self, span: Span, parts: Sequence[Part]) -> ast.Arith:
        return ast.Arith(span, str(parts[1]), parts[0], parts[2])

    def on_signed(self, span: Span, parts: Sequence[Part]) -> ast.Arith:
        zero = ast.Literal(Span(span.start, span.start), "int", 0)
        return ast.Arith(span, str(parts[0]), zero, parts[1])

    def on_attr(self, span: Span, parts: Sequence[Part]) -> ast.Attr:
        return ast.Attr(span, parts[0], self.name(parts[1]))

    def on_filter(self, span: Span, parts: Sequence[Part]) -> ast.Filter:
        return ast.Filter(span, parts[0], parts[1])

    def on_call(self, span: Span, parts: Sequence[Part]) -> ast.Call:
        return ast.Call(span, parts[0], _nodes(parts[1:]))

    def on_argument(self, span: Span, parts: Sequence[Part]) -> ast.Argument:
        return ast.Argument(span, parts[-1], self.name(parts[0]) if len(parts) == 3 else None)

    def on_name(self, span: Span, parts: Sequence[Part]) -> ast.Name:
        return self.name(parts[0])

    def on_string(self, span: Span, parts: Sequence[Part]) -> ast.Literal:
        return self.string(parts[0])

    def on_regex(self, span: Span, parts: Sequence[Part]) -> ast.Regex:
        pattern, _, flags = self.written(span)[1:].rpartition("/")
        return ast.Regex(span, pattern, flags)

    def on_literal(self, span: Span, parts: Sequence[Part]) -> ast.Literal:
        kind, value = _literal(parts[0])
        return ast.Literal(span, kind, value)

    def on_list_of(self, span: Span, parts: Sequence[Part]) -> ast.ListOf:
        return ast.ListOf(span, _nodes(parts))

    def on_parenthesis(self, span: Span, parts: Sequence[Part]) -> ast.Expr:
        return _expr(parts[0])


def _expr(part: Part) -> ast.Expr:
    node: ast.Expr = part
    return node


def _type(part: Part) -> str:
    return str(getattr(part, "type", "")) if isinstance(part, str) else ""


def _token(parts: Sequence[Part], kind: str) -> Part:
    return next((part for part in parts if _type(part) == kind), None)


def _fragments(parts: Sequence[Part]) -> dict[str, Any]:
    return {part.name: part.value for part in parts if isinstance(part, Fragment)}


def _nodes(parts: Sequence[Part]) -> tuple[Any, ...]:
    return tuple(part for part in parts if isinstance(part, ast.Node))


def _maybe_not(span: Span, operator: str, parts: Sequence[Part]) -> ast.Compare | ast.Not:
    compare = ast.Compare(span, operator, parts[0], parts[-1])
    return ast.Not(span, compare) if _type(parts[1]).startswith("NOT") else compare


def _literal(token: Part) -> tuple[str, object]:
    kind, written = _type(token), str(token)
    if kind in ("INT", "NUMBER"):
        return ("int", int(written)) if kind == "INT" else ("number", float(written))
    if kind in ("TRUE", "FALSE"):
        return "bool", kind == "TRUE"
    if kind == "DURATION":
        unit = written.lstrip("0123456789")
        return "duration", (int(written.removesuffix(unit)), UNITS[unit.strip()])
    return kind.lower().replace("datetime", "date"), _moment(written)


def _moment(written: str) -> str:
    return "T".join(written.split()) if " " in written else written
