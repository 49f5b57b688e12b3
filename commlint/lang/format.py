"""Rule files in one layout and one keyword language; comments, strings and the names a rule gives stay.

The layout follows from the syntax tree alone: two blanks a level, one statement a line, at most one blank line in a
row, lists filled up to 100 display cells. What is wider than that is broken at its lists, then at its clauses.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from commlint.engine.symboltable import SymbolTable
from commlint.errors import RuleError
from commlint.lang import ast
from commlint.lang.parser import parse
from commlint.lang.spelling import Spelling
from commlint.lang.surface import Surface, quoted, surface
from commlint.lang.written import Written, comment
from commlint.model.span import Span

STEP = "  "


@frozen
class Unit:
    """What goes on a line of its own: where it stands in the file, how deep, and its text."""

    start: int
    end: int
    depth: int
    text: str
    inner: tuple[Span, ...] = ()  # comments already in `text`


def formatted(text: str, path: str, table: SymbolTable, lang: str | None = None) -> str:
    """`text` in its canonical form, keywords and vocabulary in `lang` ("zh", "en"; None: the language it mostly is in).

    Formatting twice changes nothing, and going to the other language and back restores every byte of a formatted
    text. Raises RuleError when the text has errors of form.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    file, problems = parse(text, path)
    if file is None or problems:
        raise RuleError(problems)
    found = surface(text, Span(0, len(text)))
    return _Formatter(file, found, Spelling.of(file, table, lang or file.lang)).text()


class _Formatter:
    """Lays out one file: units in order, with the comments that stand between them."""

    def __init__(self, file: ast.File, found: Surface, spelling: Spelling) -> None:
        self.file = file
        self.found = found
        self.say = spelling
        self.write = Written(file, found, spelling)

    def text(self) -> str:
        items: list[ast.Rule | ast.Let] = sorted([*self.file.lets, *self.file.rules], key=lambda item: item.span)
        units = [unit for item in items for unit in self.item(item)]
        lines = "\n".join(self._with_comments(units))
        return lines + "\n" if lines else ""

    # --- comments and blank lines ----------------------------------------------------------------

    def _with_comments(self, units: list[Unit]) -> Iterator[str]:
        done = {span for unit in units for span in unit.inner}
        waiting = [span for span in self.found.comments if span not in done]
        before = 0
        for index, unit in enumerate(units):
            own = [span for span in waiting if span.start < unit.end]
            last = units[index + 1].start if index + 1 < len(units) else len(self.file.text)
            tail = [span for span in waiting if unit.end <= span.start < last and "\n" not in self.file.text[unit.end : span.start]]
            waiting = [span for span in waiting if span not in own and span not in tail]
            apart = self._apart(units, index)
            for span in own:
                yield from self._gap(before, min(span.start, unit.start), first=not before, apart=apart and span == own[0])
                yield STEP * (unit.depth + unit.text.startswith("}")) + self._comment(span)
                before = max(before, span.end) if span.end <= unit.start else max(before, unit.start)
            yield from self._gap(before, unit.start, first=not before, apart=apart and not own)
            yield STEP * unit.depth + unit.text + "".join("  " + self._comment(span) for span in tail)
            before = max([unit.end, *(span.end for span in tail)])
        for span in waiting:
            yield from self._gap(before, span.start, first=not before)
            yield self._comment(span)
            before = span.end

    def _gap(self, before: int, start: int, *, first: bool, apart: bool = False) -> Iterator[str]:
        between = self.found.masked[before:start]
        if not first and (apart or between.count("\n") > 1):
            yield ""

    def _apart(self, units: list[Unit], index: int) -> bool:
        """Whether a blank line must stand before a unit: rules are set apart from what is around them."""
        if not index or units[index].depth:
            return False
        return units[index].text != "}" and not (_is_let(units[index]) and _is_let(units[index - 1]))

    def _comment(self, span: Span) -> str:
        return comment(span.of(self.file.text))

    # --- items and statements --------------------------------------------------------------------

    def item(self, item: ast.Rule | ast.Let) -> Iterator[Unit]:
        """The units of a rule or of a let outside rules."""
        if isinstance(item, ast.Let):
            yield from self.statement(item, 0)
            return
        opening = self._brace(item.name.span.end)
        yield Unit(item.span.start, opening + 1, 0, self._header(item, opening) + " {")
        for statement in item.body:
            yield from self.statement(statement, 1)
        yield Unit(item.span.end - 1, item.span.end, 0, "}")

    def _header(self, rule: ast.Rule, opening: int) -> str:
        say = self.say.keyword
        title = next((span for span in self.found.strings if rule.name.span.end <= span.start < opening), None)
        parts = [
            say("RULE"), rule.name.text, f"({rule.code.text})" if rule.code else "", quoted(title.of(self.file.text)) if title else "",
            f"{say('EXTENDS')} {rule.extends.text}" if rule.extends else "",
            f"{say('OVER')} {self.say.scope(rule.scope)}" if rule.scope != "record" else "", self._level(rule.severity),
        ]  # fmt: skip
        return " ".join(part for part in parts if part)

    def _level(self, severity: str | None) -> str:
        return f": {self.say.severity(severity)}" if severity else ""

    def _brace(self, after: int) -> int:
        return next(bracket.at for bracket in self.found.brackets if bracket.at >= after and bracket.sign == "{")

    def _closing(self, opening: int) -> int:
        brackets = [bracket for bracket in self.found.brackets if bracket.at >= opening]
        return next(bracket.at for bracket in brackets[1:] if bracket.depth < brackets[0].depth)

    def statement(self, node: ast.Statement | ast.ExampleMessage, depth: int) -> Iterator[Unit]:
        """The units of one statement, those of its block included."""
        match node:
            case ast.Each():
                yield from self._each(node, depth)
            case ast.Check() if node.messages:
                yield from self._check_block(node, depth)
            case ast.Example() if node.text is None and node.file is None:
                yield from self._thread(node, depth)
            case _:
                text, inner = self.write.fitted(node, depth)
                yield Unit(node.span.start, node.span.end, depth, text, inner)

    def _each(self, node: ast.Each, depth: int) -> Iterator[Unit]:
        opening = self._brace((node.condition or node.collection).span.end)
        text, inner = self.write.fitted(node, depth)
        yield Unit(node.span.start, opening + 1, depth, text + " {", inner)
        for statement in node.body:
            yield from self.statement(statement, depth + 1)
        yield Unit(node.span.end - 1, node.span.end, depth, "}")

    def _check_block(self, node: ast.Check, depth: int) -> Iterator[Unit]:
        opening = self._brace(max(part.span.end for part in (node.condition, node.exception, node.at) if part is not None))
        text, inner = self.write.fitted(node, depth)
        yield Unit(node.span.start, opening + 1, depth, text + " {", inner)
        for message in node.messages:
            yield from self.statement(message, depth + 1)
        yield Unit(node.span.end - 1, node.span.end, depth, "}")

    def _thread(self, node: ast.Example, depth: int) -> Iterator[Unit]:
        opening = self._brace(node.span.start)
        closing = self._closing(opening)
        yield Unit(node.span.start, opening + 1, depth, f"{self.say.keyword(node.verdict.upper())} {self.say.keyword('THREAD')} {{")
        for message in node.messages:
            yield from self.statement(message, depth + 1)
        settings, inner = self.write.settings_fitted(node.settings, depth)
        yield Unit(closing, node.span.end, depth, "}" + settings, inner)


def _is_let(unit: Unit) -> bool:
    return not unit.text.endswith("{") and unit.text != "}"
