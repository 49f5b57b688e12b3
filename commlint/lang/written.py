"""Statements and expressions as text in one keyword language."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence

from commlint.lang import ast
from commlint.lang.keywords import OPERATORS, duration
from commlint.lang.spelling import Spelling
from commlint.lang.surface import Surface, quoted
from commlint.model.span import Span

WIDTH = 100  # display cells, a Chinese character being two
_OR, _AND, _NOT, _COMPARISON, _SUM, _SIGNED, _POSTFIX = range(7)
_OPERATORS = {sign: terminal for terminal, sign in OPERATORS.items()}
_WORDY = {"contains": "CONTAINS", "matches": "MATCHES"}
_QUANTIFIERS = {"any": "ANY", "no": "NO", "exactly": "EXACTLY", "at_least": "AT_LEAST", "at_most": "AT_MOST"}

Sayable = ast.Statement | ast.ExampleMessage


class Written:
    """Writes the nodes of one file. `broken` lists go over several lines, `loose` breaks a statement at its clauses."""

    def __init__(self, file: ast.File, found: Surface, spelling: Spelling) -> None:
        self.file = file
        self.found = found
        self.say = spelling
        self.depth = 0
        self.loose = False
        self.broken: set[Span] = set()
        self.inner: list[Span] = []
        self.flat: list[tuple[int, Span]] = []

    def fitted(self, node: Sayable, depth: int) -> tuple[str, tuple[Span, ...]]:
        """A statement (of a block: its head), and the comments that stand inside its text."""
        settings = isinstance(node, ast.Example | ast.ExampleMessage)
        return self._fit(lambda: self.statement(node), depth, room=0 if settings else 2, settings=settings)

    def settings_fitted(self, settings: Sequence[ast.Setting], depth: int) -> tuple[str, tuple[Span, ...]]:
        """The ``with { … }`` behind something, with the blank before it; nothing when there are no settings."""
        return self._fit(lambda: self.settings(settings), depth, room=1, settings=True)

    def _fit(self, write: Callable[[], str], depth: int, *, room: int, settings: bool) -> tuple[str, tuple[Span, ...]]:
        """`settings` go one a line before any of their lists is broken; clauses are broken after the lists."""
        self.depth, self.loose, self.broken = depth, False, set()
        while True:
            self.inner, self.flat = [], []
            text = write()
            if _widest(text, depth) + room <= WIDTH:
                break
            if settings and not self.loose:
                self.loose = True
            elif self.flat:
                self.broken.add(max(self.flat, key=lambda item: (item[0], -item[1].start))[1])
            elif not self.loose:
                self.loose = True
            else:
                break
        return text, tuple(self.inner)

    # --- statements ------------------------------------------------------------------------------

    def statement(self, node: Sayable) -> str:
        """One statement; of a block, its head without the brace."""
        written: str = getattr(self, "of_" + type(node).__name__.lower())(node)
        return written

    def of_param(self, node: ast.Param) -> str:
        kind = f": {self.say.name(node.type)}" if node.type else ""
        return f"{self.say.keyword('PARAM')} {node.name.text}{kind} {node.operator} {self.expr(node.value)}"

    def of_let(self, node: ast.Let) -> str:
        return f"{self.say.keyword('LET')} {node.name.text} = {self.expr(node.value)}"

    def of_cites(self, node: ast.Cites) -> str:
        return f"{self.say.keyword('CITES')} " + ", ".join(self.string(norm.span) for norm in node.norms)

    def of_why(self, node: ast.Why) -> str:
        return self._told("WHY", node.text)

    def of_tags(self, node: ast.Tags) -> str:
        return f"{self.say.keyword('TAGS')} " + ", ".join(name.text for name in node.names)

    def of_applies(self, node: ast.Applies) -> str:
        return f"{self.say.keyword('APPLIES')} {self.condition(node.condition)}"

    def of_message(self, node: ast.Message) -> str:
        return self._told("MESSAGE", node.text)

    def of_suggest(self, node: ast.Suggest) -> str:
        if node.match is None:
            return self._told("SUGGEST", node.text)
        lang = f"{self.say.language(node.text.lang)} " if node.text.lang else ""
        return f"{self.say.keyword('SUGGEST')} {lang}{self.string(node.match.span)} -> {self.string(node.text.span)}"

    def of_fixwith(self, node: ast.FixWith) -> str:
        safe = f"{self.say.keyword('SAFE')} " if node.safe else ""
        return f"{self.say.keyword('FIX')} {safe}{self.string(node.match.span)} -> {self.string(node.replacement.span)}"

    def of_onunknown(self, node: ast.OnUnknown) -> str:
        return f"{self.say.keyword('ON_UNKNOWN')} {self.say.severity(node.severity)}"

    def of_check(self, node: ast.Check) -> str:
        clauses = [f"{self.say.keyword(node.verb.upper())} {self.condition(node.condition)}"]
        if node.exception is not None:
            clauses.append(f"{self.say.keyword('UNLESS')} {self.condition(node.exception)}")
        if node.at is not None:
            clauses.append(f"{self.say.keyword('AT')} {self.expr(node.at)}")
        level = f" : {self.say.severity(node.severity)}" if node.severity else ""
        return self._clauses(clauses) + level

    def of_each(self, node: ast.Each) -> str:
        amid = f" {self.say.keyword('AMID')}" if self.say.lang == "zh" else ""
        collection = self.expr(node.collection, _SUM)
        clauses = [f"{self.say.keyword('EACH')} {node.name.text} {self.say.keyword('IN')} {collection}{amid}"]
        if node.condition is not None:
            clauses.append(f"{self.say.keyword('WHERE')} {self.condition(node.condition)}")
        return self._clauses(clauses)

    def of_example(self, node: ast.Example) -> str:
        verdict = self.say.keyword(node.verdict.upper())
        if node.file is not None:
            return f"{verdict} {self.say.keyword('FILE')} {self.string(node.file.span)}{self.settings(node.settings)}"
        assert node.text is not None  # threads are laid out as blocks
        return f"{verdict} {self.string(node.text.span)}{self.settings(node.settings)}"

    def of_examplemessage(self, node: ast.ExampleMessage) -> str:
        return f"{self.say.keyword('MESSAGE')} {self.string(node.text.span)}{self.settings(node.settings)}"

    def settings(self, settings: Sequence[ast.Setting]) -> str:
        """`` with { sent = … }``, or nothing."""
        if not settings:
            return ""
        self.depth += self.loose
        rows = [f"{self.say.name(one.name)} = {self.expr(one.value)}" for one in settings]
        margin = self._margin(0) if self.loose else " "
        self.depth -= self.loose
        return f" {self.say.keyword('WITH')} {{{margin}{margin.join(rows)}{self._margin(0) if self.loose else ' '}}}"

    def _told(self, terminal: str, text: ast.Text) -> str:
        lang = f"{self.say.language(text.lang)} " if text.lang else ""
        return f"{self.say.keyword(terminal)} {lang}{self.string(text.span)}"

    def _clauses(self, clauses: Sequence[str]) -> str:
        return (self._margin(2) if self.loose else " ").join(clauses)

    def _margin(self, steps: int) -> str:
        return "\n" + "  " * (self.depth + steps)

    # --- expressions -----------------------------------------------------------------------------

    def string(self, span: Span) -> str:
        """A string literal in ASCII quotes."""
        return quoted(span.of(self.file.text))

    def condition(self, node: ast.Expr) -> str:
        """A condition at the top of a clause, broken at its and/or when the statement is too wide."""
        if not (self.loose and isinstance(node, ast.Logic)):
            return self.expr(node)
        return self._margin(2).join(self._operands(node))

    def expr(self, node: ast.Expr, level: int = _OR) -> str:
        """An expression, in parentheses when it binds more loosely than `level`."""
        own, text = self._leveled(node)
        return f"({text})" if own < level else text

    def _leveled(self, node: ast.Expr) -> tuple[int, str]:
        match node:
            case ast.Logic():
                return (_AND if node.operator == "and" else _OR), " ".join(self._operands(node))
            case ast.Not():
                return self._not(node)
            case ast.Compare() | ast.Within() | ast.Is() | ast.Quant():
                return _COMPARISON, self._comparison(node)
            case ast.Arith():
                return self._arith(node)
            case _:
                return _POSTFIX, self._postfix(node)

    def _operands(self, node: ast.Logic) -> list[str]:
        word = self.say.keyword(node.operator.upper())
        # `and` inside `or` gets parentheses too: few readers know which binds closer
        first, *rest = (self.expr(operand, _NOT) for operand in node.operands)
        return [first, *(f"{word} {operand}" for operand in rest)]

    def _not(self, node: ast.Not) -> tuple[int, str]:
        inner = node.operand
        if self.say.lang == "zh" and isinstance(inner, ast.Compare) and inner.operator in _WORDY:
            return _COMPARISON, self._infix(inner.left, "NOT_" + _WORDY[inner.operator], inner.right)
        return _NOT, f"{self.say.keyword('NOT')} {self.expr(inner, _NOT)}"

    def _comparison(self, node: ast.Compare | ast.Within | ast.Is | ast.Quant) -> str:
        match node:
            case ast.Compare():
                return self._compare(node)
            case ast.Within():
                return self._within(node)
            case ast.Is():
                return self._is(node)
            case ast.Quant():
                return self._quant(node)

    def _is(self, node: ast.Is) -> str:
        verb, predicate = self.say.keyword("IS_NOT" if node.negated else "IS"), self.say.name(node.predicate)
        own_verb = predicate.startswith("是") and len(predicate) > 1
        linked = verb.removesuffix("是") + predicate if own_verb and self.say.lang == "zh" else f"{verb} {predicate}"
        return f"{self.expr(node.object, _SUM)} {linked}"

    def _compare(self, node: ast.Compare) -> str:
        if node.operator not in ("in", "not_in"):
            return self._infix(node.left, _WORDY.get(node.operator) or _OPERATORS[node.operator], node.right)
        amid = f" {self.say.keyword('AMID')}" if self.say.lang == "zh" else ""
        return self._infix(node.left, node.operator.upper(), node.right) + amid

    def _infix(self, left: ast.Expr, terminal: str, right: ast.Expr) -> str:
        return f"{self.expr(left, _SUM)} {self.say.keyword(terminal)} {self.expr(right, _SUM)}"

    def _within(self, node: ast.Within) -> str:
        moment, length = self.expr(node.moment, _SUM), self.expr(node.length, _SUM)
        where = self.say.keyword(node.where.upper()) if node.where else ""
        reference = self.expr(node.reference, _SUM) if node.reference is not None else ""
        say = self.say.keyword
        if self.say.lang == "zh":
            parts = [moment, say("IN"), reference, where, length, say("INSIDE")]
        else:
            parts = [moment, say("WITHIN"), length, where, reference]
        return " ".join(part for part in parts if part)

    def _quant(self, node: ast.Quant) -> str:
        word = self.say.keyword(_QUANTIFIERS[node.quantifier])
        source = self.expr(node.source, _SUM)
        number = "" if node.number is None else f" {node.number}"
        if self.say.lang == "zh":
            counter = self.say.keyword("COUNTER") if number else ""
            scope = f"{self.expr(node.scope, _SUM)} {self.say.keyword('AMID')} " if node.scope is not None else ""
            return f"{scope}{word}{number}{counter} {source}"
        scope = f" {self.say.keyword('IN')} {self.expr(node.scope, _SUM)}" if node.scope is not None else ""
        return f"{word}{number} {source}{scope}"

    def _arith(self, node: ast.Arith) -> tuple[int, str]:
        right = self.expr(node.right, _SIGNED)
        if isinstance(node.left, ast.Literal) and not len(node.left.span):  # a sign alone
            return _SIGNED, node.operator + right
        return _SUM, f"{self.expr(node.left, _SUM)} {node.operator} {right}"

    def _postfix(self, node: ast.Expr) -> str:
        match node:
            case ast.Name():
                return self.say.name(node)
            case ast.Literal():
                return self._literal(node)
            case ast.Regex():
                return f"/{node.pattern}/{node.flags}"
            case ast.ListOf():
                return self._list(node)
            case ast.Attr():
                return f"{self.expr(node.object, _POSTFIX)}.{self.say.name(node.name)}"
            case ast.Filter():
                return f"{self.expr(node.object, _POSTFIX)}[{self.expr(node.condition)}]"
            case ast.Call():
                return f"{self.expr(node.function, _POSTFIX)}({', '.join(map(self._argument, node.arguments))})"
        raise TypeError(node)

    def _argument(self, node: ast.Argument) -> str:
        name = f"{self.say.name(node.name)}=" if node.name else ""
        return name + self.expr(node.value)

    def _literal(self, node: ast.Literal) -> str:
        match node.type, node.value:
            case "string", _:
                return self.string(node.span)
            case "bool", value:
                return self.say.keyword("TRUE" if value else "FALSE")
            case "duration", (int(amount), str(unit)):
                return duration(amount, unit, self.say.lang)
            case "number", _:
                return self.found.masked[node.span.start : node.span.end]
            case _, value:
                return str(value)

    # --- lists -----------------------------------------------------------------------------------

    def _list(self, node: ast.ListOf) -> str:
        inside = [item.span for item in node.items if isinstance(item, ast.ListOf)]
        comments = [span for span in self.found.comments if node.span.contains(span) and not any(one.contains(span) for one in inside)]
        if comments:
            self.inner += comments
            return self._one_a_line(node, comments)
        items = [self.expr(item) for item in node.items]
        if node.span not in self.broken or not items:
            flat = f"[{', '.join(items)}]"
            if len(items) > 1:
                self.flat.append((cells(flat), node.span))
            return flat
        return f"[{self._filled(items)}{self._margin(0)}]"

    def _filled(self, items: Iterable[str]) -> str:
        lines, room = [""], WIDTH - 2 * (self.depth + 1)
        for item in items:
            if lines[-1] and cells(f"{lines[-1]} {item},") > room:
                lines.append("")
            lines[-1] += f"{' ' if lines[-1] else ''}{item},"
        return "".join(self._margin(1) + line for line in lines)

    def _one_a_line(self, node: ast.ListOf, comments: Sequence[Span]) -> str:
        rows: list[str] = []
        waiting = list(comments)
        for item in node.items:
            rows += [self._comment(span) for span in waiting if span.end <= item.span.start]
            waiting = [span for span in waiting if span.end > item.span.start]
            tail = [span for span in waiting if self._ends_line(item.span.end, span.start)]
            waiting = [span for span in waiting if span not in tail]
            rows.append(f"{self.expr(item)}," + "".join("  " + self._comment(span) for span in tail))
        rows += [self._comment(span) for span in waiting]
        return "[" + "".join(self._margin(1) + row for row in rows) + self._margin(0) + "]"

    def _ends_line(self, start: int, end: int) -> bool:
        return not self.found.masked[start:end].strip(" \t,")

    def _comment(self, span: Span) -> str:
        return comment(span.of(self.file.text))


def comment(written: str) -> str:
    """A comment with one blank behind its sign."""
    words = written[1:].rstrip()
    return "#" + words if not words or words[0] in "# !" else "# " + words


def cells(text: str) -> int:
    """The width of a line in display cells."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _widest(text: str, depth: int) -> int:
    """The width of the widest line that breaking could make narrower: strings over several lines are left alone."""
    first, *rest = text.split("\n")
    return max([2 * depth + cells(first), *map(cells, rest)])
