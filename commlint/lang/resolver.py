"""Give every expression of a rule its meaning: names tied to words, a type, a program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from commlint.engine.program import Expression
from commlint.engine.symboltable import SymbolTable
from commlint.lang import types as t
from commlint.lang.ast import Expr, File
from commlint.lang.scope import Scope, Term, at, constant
from commlint.lang.telling import diagnostic
from commlint.model.diagnostic import Diagnostic
from commlint.model.span import Span
from commlint.model.symbols import Parameter, Symbol, Type

Word = Symbol | Parameter
Lists = Mapping[str, tuple[str, ...]]
Meaning = Callable[["Resolver", Any, Scope, Type | None], Term]


class Resolver:
    """Resolves the expressions of one file. Problems gather in `diagnostics`, the meaning of words in `bindings`,
    where a name given by the rule was used in `used` (the span where it is given)."""

    def __init__(self, file: File, table: SymbolTable, lists: Lists) -> None:
        self.file = file
        self.table = table
        self.lists = lists
        self.diagnostics: list[Diagnostic] = []
        self.bindings: dict[Span, Word] = {}
        self.used: set[Span] = set()

    def tell(self, slug: str, span: Span, /, **values: Any) -> Term:
        """Note a problem; the broken term that comes back raises no further ones."""
        self.diagnostics.append(diagnostic(slug, self.file, span, **values))
        return Term(t.BROKEN, constant(False, span))

    def hint(self, zh: str, en: str) -> str:
        """The one of the two that the diagnostics are written in."""
        return zh if self.file.lang == "zh" else en

    def spelled(self, type: Type) -> str:
        """A type as the author reads it."""
        return t.spelled(type, self.table, self.file.lang)

    def bind(self, span: Span, word: Word) -> None:
        """Note what the word at `span` means."""
        self.bindings[span] = word

    def term(self, expr: Expr, scope: Scope, want: Type | None = None) -> Term:
        """`expr` resolved; `want` is a hint for words that only mean something where a choice is asked for."""
        return _meanings()[type(expr)](self, expr, scope, want)

    def truth(self, expr: Expr, scope: Scope) -> Expression:
        """The program of a condition."""
        term = self.term(expr, scope)
        if t.loose(term.type) or term.type == t.BOOL:
            return term.code
        if term.type == t.REQUIREMENT:
            return ["in", at(expr.span), term.code, ["root", at(expr.span)]]
        return self.tell("not-a-condition", expr.span, have=self.spelled(term.type), hint=self._truth_hint(term.type)).code

    def _truth_hint(self, type: Type) -> str:
        if type.of or type.name in ("pattern", "regex"):
            return self.hint("写成“有 … 在 …”或“没有 … 在 …”", "write `any … in …` or `no … in …`")
        return self.hint("写成“… 是 有值”或一个比较", "write `… is present`, or compare it with something")

    def asked(self, expr: Expr, scope: Scope, want: Type) -> Expression:
        """The program of an expression that must have the type `want`."""
        return self.fitted(self.term(expr, scope, want), want, expr.span)

    def fitted(self, term: Term, want: Type, span: Span) -> Expression:
        """The program of a term where a `want` is asked for."""
        if not t.fits(term.type, want, self.table):
            return self.tell("wrong-type", span, want=self.spelled(want), have=self.spelled(term.type)).code
        return self.converted(term, want, span)

    def converted(self, term: Term, want: Type, span: Span) -> Expression:
        """A list of words where a pattern is asked for means any of them."""
        return phrase(term.code, span) if want == t.PATTERN and term.type.of is not None else term.code

    def root_word(self, key: str, span: Span) -> Expression:
        """The program of a word of the record or thread itself."""
        return ["attr", at(span), ["root", at(span)], key]


@cache
def _meanings() -> Mapping[type, Meaning]:
    """What each node means; the modules that know are looked up late, for they use the resolver themselves."""
    from commlint.lang import conditions, names, parts, quantify

    return {**names.MEANINGS, **parts.MEANINGS, **conditions.MEANINGS, **quantify.MEANINGS}


def phrase(words: Expression, span: Span) -> Expression:
    """A list of words as a pattern: any of them."""
    return ["call", at(span), "phrase", [words, None]]
