"""Which spelling a keyword or a word of the vocabulary takes in one language; names that a rule gives stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import fields, frozen

from commlint.engine.symboltable import SymbolTable
from commlint.lang import ast
from commlint.lang.heritage import Piece, Whole, wholes
from commlint.lang.keywords import KEYWORD, SCOPES, SEVERITIES
from commlint.lang.study import study
from commlint.model.span import Span
from commlint.model.symbols import Attribute, Names, Parameter, Symbol

_SEVERITIES = {name: terminal for terminal, name in SEVERITIES.items()}
_SCOPES = {name: terminal for terminal, name in SCOPES.items()}

Word = Symbol | Parameter


def bindings(file: ast.File, table: SymbolTable) -> Mapping[Span, Word]:
    """What the words of a file mean, by the span of each; words that a rule gives itself, and unknown ones, are left out.

    A rule that extends one of another file is taken alone.
    """
    known = {id(whole.rule): whole for whole in wholes([file])[0]}
    studied = [study(known.get(id(rule)) or _alone(rule, file), table, {}, None, "") for rule in file.rules]
    return {span: word for one in studied for span, word in one.bindings.items()}


def _alone(rule: ast.Rule, file: ast.File) -> Whole:
    return Whole(rule, file, tuple(Piece(statement, file) for statement in rule.body), rule.scope)


@frozen
class Spelling:
    """Spells one file in `lang`; `given` are the names its rules give, `singular` where one of many is meant."""

    lang: str
    words: Mapping[Span, Word]
    given: frozenset[str]
    singular: frozenset[Span]

    @classmethod
    def of(cls, file: ast.File, table: SymbolTable, lang: str) -> Spelling:
        """The spelling of a file."""
        nodes = list(_nodes(file))
        given = frozenset(node.name.text for node in nodes if isinstance(node, ast.Param | ast.Let | ast.Each))
        singular = frozenset(name.span for node in nodes if isinstance(node, ast.Quant) and (name := _named(node.source)))
        return cls(lang, bindings(file, table), given, singular)

    def keyword(self, terminal: str) -> str:
        """A keyword."""
        return KEYWORD[terminal].spelling(self.lang)

    def severity(self, severity: str) -> str:
        """A level."""
        return self.keyword(_SEVERITIES[severity])

    def scope(self, scope: str) -> str:
        """What a rule is over."""
        return self.keyword(_SCOPES[scope])

    def language(self, lang: str) -> str:
        """The language a message is in."""
        return self.keyword(lang.upper())

    def name(self, node: ast.Name) -> str:
        """A word of the vocabulary in the language; any other name as it is, and a word too that would clash with a given name."""
        word = self.words.get(node.span)
        if word is None:
            return node.text
        names = self._names(word, node)
        spelled = names.zh if self.lang == "zh" else names.en
        return node.text if spelled in self.given else spelled

    def _names(self, word: Word, node: ast.Name) -> Names:
        if not isinstance(word, Attribute) or word.singular is None:
            return word.names
        if node.span in self.singular:
            return word.singular if node.text in (*word.singular.all, *word.names.all) else word.names
        return word.names


def _named(source: ast.Expr) -> ast.Name | None:
    """The word a quantifier counts: ``recipient`` of ``any recipient[external]``."""
    while isinstance(source, ast.Filter):
        source = source.object
    return source if isinstance(source, ast.Name) else None


def _nodes(top: ast.Node) -> Iterator[ast.Node]:
    """Every node below, itself included."""
    waiting: list[object] = [top]
    while waiting:
        one = waiting.pop()
        if isinstance(one, tuple):
            waiting += one
        elif isinstance(one, ast.Node):
            yield one
            waiting += (getattr(one, field.name) for field in fields(type(one)))
