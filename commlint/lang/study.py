"""One rule, resolved from top to bottom: its program, its card, and what the checks want to know of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve, field, frozen

from commlint.engine.program import Expression, Messages, Program, Statement
from commlint.engine.symboltable import SymbolTable
from commlint.lang import settings
from commlint.lang import types as t
from commlint.lang.ast import (
    Applies,
    Check,
    Cites,
    Each,
    Example,
    File,
    FixWith,
    Let,
    Message,
    OnUnknown,
    Param,
    Suggest,
    Tags,
    Why,
)
from commlint.lang.ast import Statement as Written
from commlint.lang.heritage import Piece, Whole
from commlint.lang.literals import Needs, kinds
from commlint.lang.messages import block
from commlint.lang.parameters import value_of
from commlint.lang.resolver import Lists, Resolver, Word
from commlint.lang.scope import Scope, Term, Variable, at, variable
from commlint.lang.telling import among, did_you_mean
from commlint.lang.values import Value, card, combined, overridden, read
from commlint.lang.walk import LARGEST, LONGEST, inlined, longest, names, size, words
from commlint.model.diagnostic import Diagnostic
from commlint.model.finding import Severity
from commlint.model.rule import RuleMeta, RuleSetting
from commlint.model.span import Span
from commlint.model.symbols import Attribute


@frozen
class Given:
    """A name that a rule gives: a parameter, let or each variable, and whether something uses it."""

    kind: str
    name: str
    span: Span
    used: bool
    own: bool


@frozen
class Judged:
    """A check of a rule as read and as compiled."""

    check: Check
    file: File
    condition: Expression
    exception: Expression | None


@frozen
class Study:
    """What is known of one rule. `program` is None when it has errors; `diagnostics` are those of resolving it."""

    whole: Whole
    meta: RuleMeta
    program: Program | None
    diagnostics: tuple[Diagnostic, ...]
    given: tuple[Given, ...] = ()
    judged: tuple[Judged, ...] = ()
    values: Mapping[str, Value] = field(factory=dict)
    bindings: Mapping[Span, Word] = field(factory=dict)
    applies: Expression | None = None
    used: frozenset[Span] = frozenset()  # where the names are given that something uses


def study(whole: Whole, table: SymbolTable, lists: Lists, setting: RuleSetting | None, pack: str) -> Study:
    """Resolve a rule and compile it, with the changes of a configuration."""
    student = _Student(whole, table, lists)
    try:
        return student.study(setting, pack)
    except RecursionError:
        told = Resolver(whole.file, table, lists)
        told.tell("too-deep", whole.rule.name.span)
        return Study(whole, _bare(whole, pack), None, tuple(told.diagnostics))


def _bare(whole: Whole, pack: str) -> RuleMeta:
    code = whole.rule.code.text if whole.rule.code else ""
    return RuleMeta(whole.rule.name.text, code, Severity(whole.severity), whole.scope, whole.title, pack=pack, path=whole.file.path)


class _Student:
    """Goes through the statements of one rule, gathering what they give."""

    def __init__(self, whole: Whole, table: SymbolTable, lists: Lists) -> None:
        self.whole = whole
        self.table = table
        self.lists = lists
        self.own = Resolver(whole.file, table, lists)
        self._resolvers = {id(whole.file): self.own}
        self.scope = Scope(root=whole.scope)
        self.values: dict[str, Value] = {}
        self.given: list[tuple[str, str, Span, File, bool]] = []
        self.judged: list[Judged] = []
        self.lets: dict[str, Expression] = {}
        self.setting_problems: list[Diagnostic] = []

    def resolver(self, file: File) -> Resolver:
        """The resolver of a file; problems of inherited statements are told where they are written, not here."""
        return self._resolvers.setdefault(id(file), Resolver(file, self.table, self.lists))

    def study(self, setting: RuleSetting | None, pack: str) -> Study:
        self._params(setting or RuleSetting())
        early = self._file_lets()
        body, messages, _ = self._block([(p.statement, p.file) for p in self.whole.pieces], self.scope, top=True)
        applies = self._applies()
        self._examples()
        self._inherited_errors()
        meta = self._meta(setting, pack, applies)
        sound = not any(told.severity is Severity.ERROR for told in (*self.own.diagnostics, *self.setting_problems))
        program = self._program(meta, [*early, *body], applies, messages) if sound else None
        return Study(
            self.whole, meta, program, (*self.own.diagnostics, *self.setting_problems), self._given(),
            tuple(self.judged), dict(self.values), dict(self.own.bindings), applies, self._used(),
        )

    def _inherited_errors(self) -> None:
        """What is wrong with inherited statements is told where they are written; here, that the heir cannot run."""
        extends = self.whole.rule.extends
        others = [resolver for resolver in self._resolvers.values() if resolver is not self.own]
        wrong = [told for resolver in others for told in resolver.diagnostics if told.severity is Severity.ERROR]
        if wrong and extends:
            self.own.tell("extends-broken", extends.span, name=extends.text, problem=wrong[0].message)

    # --- names the rule gives -------------------------------------------------------------------

    def _params(self, setting: RuleSetting) -> None:
        for piece in self._pieces(Param):
            self._param(piece, piece.statement)
        self.values, refused, unknown = overridden(self.values, setting)
        name = self.whole.rule.name
        for lacking in unknown:
            there = (*self.values, "level")
            hint = did_you_mean(lacking, there, self.whole.file.lang) or among(there, self.whole.file.lang)
            self._settle("unknown-param", setting, rule=name.text, name=lacking, hint=hint)
        for refusal in refused:
            want = self.own.spelled(refusal.want)
            self._settle("bad-setting", setting, rule=name.text, name=refusal.name, want=want, value=refusal.given)
        for name_of, known in self.scope.variables.items():
            value = self.values[name_of]
            code = read(name_of, value, at(known.span))
            self.scope = self.scope.having(name_of, evolve(known, term=Term(value.type, code)))

    def _settle(self, slug: str, setting: RuleSetting, **values: object) -> None:
        """A problem of a configuration file, which knows no place in the rule."""
        told = Resolver(self.whole.file, self.table, self.lists)
        told.tell(slug, Span(0, 0), **values)
        self.setting_problems += [evolve(d, path=setting.origin or d.path, source="") for d in told.diagnostics]

    def _param(self, piece: Piece, node: Any) -> None:
        resolver = self.resolver(piece.file)
        name = node.name.text
        old = self.values.get(name)
        value = value_of(node, resolver, old, self.whole.scope)
        if node.operator != "=" and old is None:
            resolver.tell("param-operator", node.name.span, operator=node.operator)
        if old is not None and self._own_param(name):
            resolver.tell("shadowed-name", node.name.span, name=name, other=resolver.hint("前面的参数", "a parameter above"))
        known = combined(old, node.operator, value) if old else value
        self.values[name] = known
        if old is None:
            self._give("param", node.name.text, node.name.span, piece.file)
            self.scope = self.scope.having(name, Variable("param", Term(known.type, read(name, known, at(node.span))), node.name.span))

    def _own_param(self, name: str) -> bool:
        return any(kind == "param" and own and known == name for kind, known, _, _, own in self.given)

    def _file_lets(self) -> list[Statement]:
        found: list[Statement] = []
        files = {id(p.file): p.file for p in self.whole.pieces} | {id(self.whole.file): self.whole.file}
        for file in files.values():
            for node in file.lets:
                term = self.resolver(file).term(node.value, self.scope)
                self._file_let(node, term)
                found.append(["let", at(node.span), node.name.text, term.code])
        return found

    def _file_let(self, node: Let, term: Term) -> None:
        self.lets[node.name.text] = term.code
        self.scope = self.scope.having(node.name.text, Variable("let", Term(term.type, variable(node.name.text, node.span)), node.name.span))

    def _give(self, kind: str, name: str, span: Span, file: File) -> None:
        self.given.append((kind, name, span, file, file is self.whole.file and self.whole.rule.span.contains(span)))

    def _given(self) -> tuple[Given, ...]:
        return tuple(
            Given(kind, name, span, span in used, own) for used in (self._used(),) for kind, name, span, _, own in self.given
        )

    def _used(self) -> frozenset[Span]:
        """An inherited name may be used by the heir, whose resolver notes its place all the same."""
        return frozenset().union(*(resolver.used for resolver in self._resolvers.values()))

    # --- statements -----------------------------------------------------------------------------

    def _pieces(self, kind: type) -> list[Piece]:
        return [piece for piece in self.whole.pieces if isinstance(piece.statement, kind)]

    def _block(self, statements: list[tuple[Written, File]], scope: Scope, *, top: bool = False) -> tuple[list[Statement], Messages, Scope]:
        """The program of a block, what it says, and the names its messages may use: all that are given inside it."""
        found: list[Statement] = []
        names = scope
        for node, file in statements:
            resolver = self.resolver(file)
            if isinstance(node, Let):
                scope = self._block_let(node, file, scope, found)
                self.scope = scope if top else self.scope
            elif isinstance(node, Each):
                statement, inner = self._each(node, file, scope)
                names = _together(names, inner)
                found.append(statement)
            elif isinstance(node, Check):
                found.append(self._check(node, resolver, scope))
        says = [(node, file) for node, file in statements if isinstance(node, (Message, Suggest, FixWith))]
        heard = _together(names, scope)
        messages: Messages = {}
        for node, file in says:
            _add(messages, block((node,), self.resolver(file), heard))
        return found, messages, heard

    def _block_let(self, node: Let, file: File, scope: Scope, found: list[Statement]) -> Scope:
        term = self.resolver(file).term(node.value, scope)
        self._give("let", node.name.text, node.name.span, file)
        self.lets[node.name.text] = term.code
        found.append(["let", at(node.span), node.name.text, term.code])
        return scope.having(node.name.text, Variable("let", Term(term.type, variable(node.name.text, node.span)), node.name.span))

    def _each(self, node: Each, file: File, scope: Scope) -> tuple[Statement, Scope]:
        resolver = self.resolver(file)
        term = resolver.term(node.collection, scope)
        if term.type.of is None and not t.loose(term.type):
            hint = resolver.hint("逐个查看的应是列表\uff0c如 正文.句子", "each takes a list, such as body.sentences")
            resolver.tell("not-a-collection", node.collection.span, have=resolver.spelled(term.type), hint=hint)
        self._give("each", node.name.text, node.name.span, file)
        known = Variable("each", Term(term.type.of or t.BROKEN, variable(node.name.text, node.span)), node.name.span)
        inside = scope.having(node.name.text, known)
        condition = resolver.truth(node.condition, inside) if node.condition else None
        body, messages, heard = self._block([(statement, file) for statement in node.body], inside)
        return ["each", at(node.span), node.name.text, term.code, condition, body, messages], heard

    def _check(self, node: Check, resolver: Resolver, scope: Scope) -> Statement:
        condition = resolver.truth(node.condition, scope)
        exception = resolver.truth(node.exception, scope) if node.exception else None
        place = self._place(node, resolver, scope)
        self.judged.append(Judged(node, resolver.file, condition, exception))
        return ["check", at(node.span), node.verb, condition, exception, place, node.severity, block(node.messages, resolver, scope)]

    def _place(self, node: Check, resolver: Resolver, scope: Scope) -> Expression | None:
        if node.at is None:
            return None
        term = resolver.term(node.at, scope)
        kind = term.type.of or term.type
        if not t.loose(kind) and not t.located(kind, self.table) and kind.name != "message":
            resolver.tell("not-a-place", node.at.span, have=resolver.spelled(kind))
        return term.code

    def _examples(self) -> None:
        """Settings of the rule's own examples: their names and the words in their values."""
        for piece in self._pieces(Example):
            node: Any = piece.statement
            nested = (setting for message in node.messages for setting in message.settings)
            for setting in (*node.settings, *nested):
                settings.resolve(setting, self.resolver(piece.file))

    def _applies(self) -> Expression | None:
        conditions = [
            inlined(self.resolver(p.file).truth(p.statement.condition, self.scope), self.lets, {})
            for p in self.whole.pieces
            if isinstance(p.statement, Applies)
        ]
        if size(conditions) > LARGEST:  # shared lets can be few and yet unfold without end
            self.own.tell("too-large", self.whole.rule.name.span)
            return None
        return None if not conditions else conditions[0] if len(conditions) == 1 else ["and", [0, 0], conditions]

    # --- what comes out -------------------------------------------------------------------------

    def _meta(self, setting: RuleSetting | None, pack: str, applies: Expression | None) -> RuleMeta:
        severity = setting.level if setting and setting.level else Severity(self.whole.severity)
        why = tuple((p.statement.text.lang or _language(p.statement.text.raw), p.statement.text.raw) for p in self.whole.pieces if isinstance(p.statement, Why))
        cites = tuple(str(n.value) for p in self.whole.pieces if isinstance(p.statement, Cites) for n in p.statement.norms)
        tags = tuple(n.text for p in self.whole.pieces if isinstance(p.statement, Tags) for n in p.statement.names)
        plain = {name: value.plain for name, value in self.values.items()}
        return evolve(
            _bare(self.whole, pack), severity=severity, why=why, cites=cites, tags=tags, kinds=kinds(applies, plain) or (),
            params=tuple(card(name, value) for name, value in self.values.items()),
        )

    def _program(self, meta: RuleMeta, body: list[Statement], applies: Expression | None, messages: Messages) -> Program | None:
        body = [statement for statement in body if statement[0] != "let" or statement[2] in names([*body, applies, messages])]
        plain = {name: value.plain for name, value in self.values.items()}
        if size([applies, body, messages]) > LARGEST or longest(body, plain) > LONGEST:
            self.own.tell("too-large", self.whole.rule.name.span)
            return None
        unknown = next((Severity(p.statement.severity) for p in reversed(self.whole.pieces) if isinstance(p.statement, OnUnknown)), None)
        single = self.whole.scope == "record"
        needed = Needs(self.table, plain).of(applies, body) if single else None
        body = Needs(self.table, plain).gated(body) if single else body
        return Program(
            meta.name, meta.code, meta.severity, meta.scope, meta.title, kinds(applies, plain) if single else None,
            tuple(sorted(needed)) if needed is not None else None, applies, tuple(body), messages, plain, unknown,
            () if single else self._collects([applies, body, messages]), meta.cites, meta.why, meta.tags, meta.pack, meta.path,
        )

    def _collects(self, code: Any) -> tuple[str, ...]:
        collected = {s.key: s.names.en for s in self.table.symbols if isinstance(s, Attribute) and s.owner == "message" and s.collected}
        return tuple(sorted({"sent"} | {collected[word] for word in words(code) if word in collected}))


def _language(text: str) -> str:
    return "zh" if any("\u4e00" <= character <= "\u9fff" for character in text) else "en"


def _together(one: Scope, other: Scope) -> Scope:
    """Both scopes' names; where they disagree about a type, nothing is held against its use."""
    variables = dict(one.variables)
    for name, known in other.variables.items():
        before = variables.get(name)
        same = before is None or before.term.type == known.term.type
        variables[name] = known if same else evolve(known, term=evolve(known.term, type=t.BROKEN))
    return evolve(one, variables=variables)


def _add(messages: Messages, more: Messages) -> None:
    for kind, said in more.items():
        if isinstance(said, dict):
            messages.setdefault(kind, {}).update(said)
        else:
            messages.setdefault(kind, []).extend(said)


__all__ = ["Example", "Given", "Judged", "Study", "study"]
