"""Tie every name of a rule to what it means, give every expression its type, and write down its program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import evolve

from commlint.engine.program import Expression
from commlint.engine.symboltable import ROOTS, SymbolTable
from commlint.lang import types as t
from commlint.lang.ast import (
    Arith, Attr, Call, Compare, Expr, File, Filter, Is, ListOf, Literal, Logic, Name, Not, Quant, Regex, Within,
)
from commlint.lang.scope import Scope, Term, at, constant
from commlint.lang.telling import among, diagnostic, did_you_mean
from commlint.lang.words import COUNT, DETAILS, IT, LIST_CALL, LIST_WORDS, STATES, TRUTHS, own_word
from commlint.model.diagnostic import Diagnostic
from commlint.model.span import Span
from commlint.model.symbols import Attribute, Function, Parameter, Symbol, Type

Word = Symbol | Parameter
Lists = Mapping[str, tuple[str, ...]]


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

    # --- telling --------------------------------------------------------------------------------

    def tell(self, slug: str, span: Span, **values: object) -> Term:
        """Note a problem; the broken term that comes back raises no further ones."""
        self.diagnostics.append(diagnostic(slug, self.file, span, **values))
        return Term(t.BROKEN, constant(False, span))

    def hint(self, zh: str, en: str) -> str:
        return zh if self.file.lang == "zh" else en

    def spelled(self, type: Type) -> str:
        return t.spelled(type, self.table, self.file.lang)

    def bind(self, span: Span, word: Word) -> None:
        self.bindings[span] = word

    # --- expressions ----------------------------------------------------------------------------

    def term(self, expr: Expr, scope: Scope, want: Type | None = None) -> Term:
        """`expr` resolved; `want` is a hint for words that only mean something where a choice is asked for."""
        return _TERMS[type(expr)](self, expr, scope, want)

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
        if not t.fits(term.type, want, self.table):
            return self.tell("wrong-type", span, want=self.spelled(want), have=self.spelled(term.type)).code
        return self._converted(term, want, span)

    def _converted(self, term: Term, want: Type, span: Span) -> Expression:
        """A list of words where a pattern is asked for means any of them."""
        return _phrase(term.code, span) if want == t.PATTERN and term.type.of is not None else term.code

    # --- names ----------------------------------------------------------------------------------

    def _name(self, node: Name, scope: Scope, want: Type | None) -> Term:
        if want == t.CHOICE and (chosen := self._choice(node)):
            return chosen
        found = self._known(node, scope)
        return found or self._unknown(node, scope)

    def _known(self, node: Name, scope: Scope) -> Term | None:
        for look in (self._it, self._of_element, self._variable, self._detail, self._root, self._constant):
            found = look(node, scope)
            if found is not None:
                return found
        return None

    def _it(self, node: Name, scope: Scope) -> Term | None:
        if node.text not in IT.names.all or node.text in scope.variables:
            return None
        self.bind(node.span, IT)
        if not scope.elements:
            return self.tell("element-outside-filter", node.span, name=node.text)
        return Term(scope.elements[0], ["it", at(node.span), 0])

    def _of_element(self, node: Name, scope: Scope) -> Term | None:
        for depth, element in enumerate(scope.elements):
            attribute = self.table.attribute(element.name, node.text)
            if attribute:
                self.bind(node.span, attribute)
                return Term(attribute.type, ["attr", at(node.span), ["it", at(node.span), depth], attribute.key])
        return None

    def _variable(self, node: Name, scope: Scope) -> Term | None:
        known = scope.variables.get(node.text)
        if known is None:
            return None
        self.used.add(known.span)
        code = known.term.code
        return Term(known.term.type, [code[0], at(node.span), *code[2:]])

    def _detail(self, node: Name, scope: Scope) -> Term | None:
        word = own_word(node.text, DETAILS) if scope.details else None
        if word is None:
            return None
        self.bind(node.span, word)
        return Term(word.type, ["detail", at(node.span), word.names.en])

    def _root(self, node: Name, scope: Scope) -> Term | None:
        attribute = self.table.root(node.text, scope.root)
        if attribute is None:
            return None
        self.bind(node.span, attribute)
        return Term(attribute.type, self.root_word(attribute.key, node.span))

    def root_word(self, key: str, span: Span) -> Expression:
        return ["attr", at(span), ["root", at(span)], key]

    def _constant(self, node: Name, scope: Scope) -> Term | None:
        known = self.table.constant(node.text) or next((word for word in TRUTHS if node.text in word.names.all), None)
        if known is None:
            return None
        self.bind(node.span, known)
        return Term(known.type, constant(known.value == "true" if known.type == t.BOOL else known.value, node.span))

    def _choice(self, node: Name) -> Term | None:
        """Where a choice is asked for, its value may be written instead of its name (`kind == vague`)."""
        by_value = (s for s in self.table.symbols if getattr(s, "value", None) == node.text)
        known = self.table.constant(node.text) or next(by_value, None)
        if known is None:
            return None
        self.bind(node.span, known)
        return Term(t.CHOICE, constant(getattr(known, "value", node.text), node.span))

    def _unknown(self, node: Name, scope: Scope) -> Term:
        name = node.text
        if ROOTS.get(scope.root) == "thread" and self.table.root(name):
            return self.tell("record-only", node.span, name=name, example=f"m.{name}")
        singular = self.table.elements(name, scope.root)
        if singular:
            plural = singular.names.zh if self.file.lang == "zh" else singular.names.en
            return self.tell("unknown-name", node.span, name=name, hint=self.hint(f"所有这些写作 `{plural}`", f"all of them are `{plural}`"))
        return self.tell("unknown-name", node.span, name=name, hint=did_you_mean(name, self._words(scope), self.file.lang))

    def _words(self, scope: Scope) -> set[str]:
        owners = [element.name for element in scope.elements] + [ROOTS.get(scope.root, scope.root)]
        words = {word for owner in owners for word in self.table.spellings("attribute", owner)}
        details = {word for detail in DETAILS for word in detail.names.all} if scope.details else set()
        return words | details | set(scope.variables) | set(self.table.spellings("constant"))

    # --- plain values ---------------------------------------------------------------------------

    def _literal(self, node: Literal, scope: Scope, want: Type | None) -> Term:
        return _LITERALS[node.type](node)

    def _regex(self, node: Regex, scope: Scope, want: Type | None) -> Term:
        from commlint.text.regex import problem

        trouble = problem(node.pattern, node.flags)
        if trouble is not None:
            return self.tell("bad-pattern", node.span, **refusal(trouble, self.file.lang))
        return Term(t.REGEX, ["regex", at(node.span), node.pattern, node.flags])

    def _list(self, node: ListOf, scope: Scope, want: Type | None) -> Term:
        inner = want.of if want and want.of else want
        items = [self.term(item, scope, inner) for item in node.items]
        of = next((item.type for item in items if not t.loose(item.type)), t.ANY)
        for item, expr in zip(items, node.items, strict=True):
            if not t.comparable(item.type, of, self.table):
                self.tell("wrong-type", expr.span, want=self.spelled(of), have=self.spelled(item.type))
        return Term(Type("list", of), ["list", at(node.span), [item.code for item in items]])

    # --- parts of things ------------------------------------------------------------------------

    def _attr(self, node: Attr, scope: Scope, want: Type | None) -> Term:
        whole = self.term(node.object, scope)
        if t.loose(whole.type):
            return whole
        if whole.type.of is not None:
            return self._attr_of_list(node, whole)
        attribute = self.table.attribute(whole.type.name, node.name.text)
        if attribute is None:
            return self._no_attribute(node.name, whole.type)
        self.bind(node.name.span, attribute)
        return Term(attribute.type, ["attr", at(node.span), whole.code, attribute.key])

    def _attr_of_list(self, node: Attr, whole: Term) -> Term:
        element = whole.type.of or t.ANY
        own = own_word(node.name.text, LIST_WORDS)
        attribute = own or self.table.attribute(element.name, node.name.text)
        if attribute is None:
            return self._no_attribute(node.name, element, LIST_WORDS)
        self.bind(node.name.span, attribute)
        code = ["attr", at(node.span), whole.code, attribute.key]
        if own:
            return Term(t.INT if own is COUNT else element, code)
        return Term(attribute.type if attribute.type.of else Type("list", attribute.type), code)

    def _no_attribute(self, name: Name, owner: Type, more: tuple[Attribute, ...] = ()) -> Term:
        spellings = [*self.table.spellings("attribute", owner.name), *(word for own in more for word in own.names.all)]
        hint = did_you_mean(name.text, spellings, self.file.lang)
        words = [a.names.zh if self.file.lang == "zh" else a.names.en for a in (*more, *self.table.attributes(owner.name))]
        if not hint and words:
            hint = among(words, self.file.lang)
        return self.tell("unknown-attribute", name.span, owner=self.spelled(owner), name=name.text, hint=hint)

    def _filter(self, node: Filter, scope: Scope, want: Type | None) -> Term:
        return self.filtered(self.term(node.object, scope), node, scope)

    def filtered(self, whole: Term, node: Filter, scope: Scope) -> Term:
        """`whole[condition]`: elements of a list, matches of a pattern, or a cell of a row."""
        if t.loose(whole.type):
            return whole
        if whole.type.name == "row":
            return self._cell(whole, node, scope)
        element = t.TEXT if t.fits(whole.type, t.PATTERN, self.table) else whole.type.of
        if element is None:
            return self.tell("not-a-collection", node.object.span, have=self.spelled(whole.type))
        source = self._converted(whole, t.PATTERN, node.object.span) if element is t.TEXT and _is_pattern(whole.type) else whole.code
        condition = self.truth(node.condition, scope.inside(element))
        return Term(t.PATTERN if _is_pattern(whole.type) else whole.type, ["filter", at(node.span), source, condition])

    def _cell(self, whole: Term, node: Filter, scope: Scope) -> Term:
        label = self.asked(node.condition, scope, t.STRING)
        return Term(t.TEXT, ["attr", at(node.span), whole.code, "row.cell", label])

    def _call(self, node: Call, scope: Scope, want: Type | None) -> Term:
        if not isinstance(node.function, Name):
            return self.tell("unknown-function", node.function.span, name=node.function.span.of(self.file.text))
        name = node.function
        if name.text in LIST_CALL.names.all and self.table.function(name.text) is None:
            return self._named_list(node)
        function = self.table.function(name.text)
        if function is None:
            hint = did_you_mean(name.text, self.table.spellings("function"), self.file.lang)
            return self.tell("unknown-function", name.span, name=name.text, hint=hint)
        self.bind(name.span, function)
        return Term(function.returns, ["call", at(node.span), function.key, self._arguments(node, function, scope)])

    def _arguments(self, node: Call, function: Function, scope: Scope) -> list[Expression | None]:
        places: list[Expression | None] = [None] * len(function.parameters)
        given: set[int] = set()
        for index, argument in enumerate(node.arguments):
            place = self._place(index, argument.name, function)
            if place is None:
                where = argument.name.span if argument.name else argument.span
                words = [spelling for p in function.parameters for spelling in p.names.all]
                name = argument.name.text if argument.name else argument.span.of(self.file.text)
                self.tell("unknown-argument", where, function=function.names.en, name=name, hint=among(words, self.file.lang))
                continue
            given.add(place)
            if argument.name:
                self.bind(argument.name.span, function.parameters[place])
            places[place] = self.asked(argument.value, scope, function.parameters[place].type)
        for place, parameter in enumerate(function.parameters):
            if parameter.required and place not in given:
                self.tell("missing-argument", node.span, function=function.names.en, name=parameter.names.en, example=function.example)
        return places

    def _place(self, index: int, name: Name | None, function: Function) -> int | None:
        if name is None:
            return index if index < len(function.parameters) else None
        return next((i for i, p in enumerate(function.parameters) if name.text in p.names.all), None)

    def _named_list(self, node: Call) -> Term:
        self.bind(node.function.span, LIST_CALL)
        first = node.arguments[0].value if len(node.arguments) == 1 else None
        if not isinstance(first, Literal) or first.type != "string":
            return self.tell("missing-argument", node.span, function=LIST_CALL.names.en, name="name", example=LIST_CALL.example)
        name = str(first.value)
        if name not in self.lists:
            hint = did_you_mean(name, self.lists, self.file.lang) or among(sorted(self.lists), self.file.lang)
            return self.tell("unknown-list", first.span, name=name, hint=hint)
        words: list[Expression] = [constant(word, node.span) for word in self.lists[name]]
        return Term(Type("list", t.STRING), ["list", at(node.span), words])

    # --- truths ---------------------------------------------------------------------------------

    def _not(self, node: Not, scope: Scope, want: Type | None) -> Term:
        return Term(t.BOOL, ["not", at(node.span), self.truth(node.operand, scope)])

    def _logic(self, node: Logic, scope: Scope, want: Type | None) -> Term:
        return Term(t.BOOL, [node.operator, at(node.span), [self.truth(operand, scope) for operand in node.operands]])

    def _compare(self, node: Compare, scope: Scope, want: Type | None) -> Term:
        if node.operator.startswith("not_"):
            positive = evolve(node, operator=node.operator.removeprefix("not_"))
            return Term(t.BOOL, ["not", at(node.span), self._compare(positive, scope, None).code])
        code = _COMPARISONS.get(node.operator, Resolver._ordered)(self, node, scope)
        return Term(t.BOOL, code)

    def _pair(self, node: Compare, scope: Scope) -> tuple[Term, Term]:
        left = self.term(node.left, scope)
        choice = t.CHOICE if t.CHOICE in (left.type, left.type.of) else None
        return left, self.term(node.right, scope, choice)

    def _ordered(self, node: Compare, scope: Scope) -> Expression:
        left, right = self._pair(node, scope)
        if not t.comparable(left.type, right.type, self.table) or not self._can_be_ordered(node.operator, left.type, right.type):
            return self._incomparable(node, left.type, right.type)
        return ["compare", at(node.span), node.operator, left.code, right.code]

    def _can_be_ordered(self, operator: str, left: Type, right: Type) -> bool:
        if operator in ("==", "!=") or t.loose(left) or t.loose(right):
            return True
        return t.group(left, self.table) in t.ORDERED or left.name == "message"

    def _incomparable(self, node: Compare, left: Type, right: Type) -> Expression:
        hint = ""
        if {left.name, right.name} == {"choice", "string"}:
            hint = self.hint("去掉引号", "write it without quotation marks")
        elif "duration" in (left.name, right.name) and t.INT in (left, right):
            hint = self.hint("写上单位，如 3个工作日", "give the unit, such as 3 workdays")
        elif left.of or right.of:
            hint = self.hint("用“在”“包含”或“有 … 在 …”", "use `in`, `contains` or `any … in …`")
        return self.tell("not-comparable", node.span, left=self.spelled(left), right=self.spelled(right), hint=hint).code

    def _in(self, node: Compare, scope: Scope) -> Expression:
        left, right = self._pair(node, scope)
        return self._held(node, left, right)

    def _contains(self, node: Compare, scope: Scope) -> Expression:
        whole, part = self._pair(node, scope)
        return self._held(node, part, whole)

    def _held(self, node: Compare, part: Term, whole: Term) -> Expression:
        """`part in whole`."""
        if t.loose(part.type) or t.loose(whole.type):
            return ["in", at(node.span), part.code, whole.code]
        if whole.type.of is not None:
            return self._member(node, part, whole)
        if part.type == t.REQUIREMENT and t.located(whole.type, self.table):
            return ["in", at(node.span), part.code, whole.code]
        if t.fits(whole.type, t.STRING, self.table) and (t.fits(part.type, t.PATTERN, self.table) or t.fits(part.type, t.STRING, self.table)):
            return ["in", at(node.span), self._converted(part, t.PATTERN, node.span), whole.code]
        return self._incomparable(node, part.type, whole.type)

    def _member(self, node: Compare, part: Term, whole: Term) -> Expression:
        element = whole.type.of or t.ANY
        if element.name == "party" and t.fits(part.type, t.STRING, self.table):
            return ["in", at(node.span), part.code, whole.code]
        if not t.comparable(part.type, element, self.table):
            return self._incomparable(node, part.type, whole.type)
        return ["in", at(node.span), part.code, whole.code]

    def _matches(self, node: Compare, scope: Scope) -> Expression:
        left = self.asked(node.left, scope, t.STRING)
        right = self.term(node.right, scope)
        if right.type != t.REGEX and not t.loose(right.type):
            return self.tell("matches-needs-regex", node.right.span, have=self.spelled(right.type)).code
        return ["matches", at(node.span), left, right.code]

    def _within(self, node: Within, scope: Scope, want: Type | None) -> Term:
        moment = self.asked(node.moment, scope, t.INSTANT)
        length = self.asked(node.length, scope, t.DURATION)
        reference = self.asked(node.reference, scope, t.INSTANT) if node.reference else None
        return Term(t.BOOL, ["within", at(node.span), moment, length, node.where, reference])

    def _is(self, node: Is, scope: Scope, want: Type | None) -> Term:
        code = self._predicated(node, self.term(node.object, scope), scope)
        return Term(t.BOOL, ["not", at(node.span), code] if node.negated else code)

    def _predicated(self, node: Is, term: Term, scope: Scope) -> Expression:
        name = node.predicate.text
        state = next((word for word in STATES if name in word.names.all), None)
        if state:
            self.bind(node.predicate.span, state)
            return ["is", at(node.span), term.code, state.value]
        if t.loose(term.type):
            return term.code
        attribute = self.table.attribute(term.type.name, name)
        if attribute and attribute.type == t.BOOL:
            self.bind(node.predicate.span, attribute)
            return ["is", at(node.span), term.code, attribute.key]
        return self._kind_or_element(node, term, scope)

    def _kind_or_element(self, node: Is, term: Term, scope: Scope) -> Expression:
        """`kind is minutes`, `row["due"] is deadline`."""
        if term.type == t.CHOICE and (chosen := self._choice(node.predicate)):
            return ["compare", at(node.span), "==", term.code, chosen.code]
        if t.located(term.type, self.table) and self.table.elements(node.predicate.text, scope.root):
            return self.term(Quant(node.span, "any", None, node.predicate, node.object), scope).code
        return self._no_attribute(node.predicate, term.type).code

    # --- quantifiers ----------------------------------------------------------------------------

    def _quant(self, node: Quant, scope: Scope, want: Type | None) -> Term:
        place = self.term(node.scope, scope) if node.scope else None
        source, where = self._sought(node, scope, place)
        return Term(t.BOOL, ["quant", at(node.span), node.quantifier, node.number, source, where])

    def _sought(self, node: Quant, scope: Scope, place: Term | None) -> tuple[Expression, Expression | None]:
        """What is counted, and where."""
        term, own = self._source(node.source, scope, place)
        if t.loose(term.type) or (place and t.loose(place.type)):
            return term.code, place and place.code
        if t.fits(term.type, t.PATTERN, self.table):
            return self._pattern_in(node, self._converted(term, t.PATTERN, node.source.span), scope, place)
        if term.type.of is None:
            return self._uncountable(node, term), None
        if own or place is None:
            return term.code, None
        return self._inside(node, term, place)

    def _source(self, expr: Expr, scope: Scope, place: Term | None) -> tuple[Term, bool]:
        """The term behind `any`, and whether it already looks only at `place`."""
        if isinstance(expr, Filter):
            whole, own = self._source(expr.object, scope, place)
            return self.filtered(whole, expr, scope), own
        if isinstance(expr, Name) and expr.text not in scope.variables:
            return self._elements(expr, scope, place)
        return self.term(expr, scope), False

    def _elements(self, name: Name, scope: Scope, place: Term | None) -> tuple[Term, bool]:
        inner = self._elements_of_place(name, place)
        if inner:
            return inner, True
        for depth, element in enumerate(scope.elements):
            attribute = self.table.elements(name.text, element.name) if place is None else None
            if attribute:
                return self._collection(name, attribute, ["it", at(name.span), depth]), False
        attribute = self.table.elements(name.text, scope.root)
        if attribute is None:
            return self._no_elements(name, scope), False
        found = self._collection(name, attribute, ["root", at(name.span)])
        if place and place.type.of and self._names_elements(attribute, place):
            return Term(place.type, place.code), True
        return found, False

    def _elements_of_place(self, name: Name, place: Term | None) -> Term | None:
        """`any owner in t`: what the place itself calls so (task.owners)."""
        attribute = self.table.elements(name.text, place.type.name) if place and not place.type.of else None
        if attribute is None or place is None:
            return None
        return self._collection(name, attribute, place.code)

    def _collection(self, name: Name, attribute: Attribute, owner: Expression) -> Term:
        self.bind(name.span, evolve(attribute, names=attribute.singular or attribute.names))
        return Term(attribute.type, ["attr", at(name.span), owner, attribute.key])

    def _names_elements(self, attribute: Attribute, place: Term) -> bool:
        """Whether the singular only says what the elements of the place are (`any recipient[…] in to`)."""
        element, of = attribute.type.of or t.ANY, place.type.of or t.ANY
        if element == t.TEXT:
            return place.code[0] == "attr" and str(place.code[3]).rpartition(".")[2] == attribute.names.en
        return element.name in t.lineage(of, self.table)

    def _no_elements(self, name: Name, scope: Scope) -> Term:
        plain = self._known(name, scope)
        if plain is not None:
            return plain
        if ROOTS.get(scope.root) == "thread" and self.table.elements(name.text):
            return self.tell("record-only", name.span, name=name.text, example="m.times")
        words = self._words(scope) | set(self.table.spellings("element", ROOTS.get(scope.root, scope.root)))
        return self.tell("unknown-name", name.span, name=name.text, hint=did_you_mean(name.text, words, self.file.lang))

    def _pattern_in(self, node: Quant, pattern: Expression, scope: Scope, place: Term | None) -> tuple[Expression, Expression | None]:
        if place is None:
            if ROOTS.get(scope.root) != "record":
                self.tell("wrong-type", node.span, want=self.hint("“在 …”", "`in …`"), have=self.hint("没有写在哪里找", "nowhere to look"))
            return pattern, self.root_word("record.body", node.span)
        where = place.type.of or place.type
        if t.fits(where, t.STRING, self.table):
            return pattern, place.code
        span = node.scope.span if node.scope else node.span
        return self.tell("not-a-place", span, have=self.spelled(place.type)).code, None

    def _inside(self, node: Quant, term: Term, place: Term) -> tuple[Expression, Expression | None]:
        of = term.type.of or t.ANY
        if t.located(of, self.table) and t.located(place.type, self.table):
            return term.code, place.code
        if place.type.of and t.located(of, self.table) and t.located(place.type.of, self.table):
            hint = self.hint("先写“逐个 … 在 …”，再在每一个里面找", "look inside one at a time: `each … in …`")
        else:
            hint = self.hint("省去“在 …”，或写成筛选", "leave out `in …`, or write a filter")
        wrong = place.type if t.located(of, self.table) else of
        span = node.scope.span if node.scope and wrong is place.type else node.source.span
        return self.tell("not-a-place", span, have=self.spelled(wrong), hint=hint).code, None

    def _uncountable(self, node: Quant, term: Term) -> Expression:
        return self.tell("not-a-collection", node.source.span, have=self.spelled(term.type)).code

    # --- arithmetic -----------------------------------------------------------------------------

    def _arith(self, node: Arith, scope: Scope, want: Type | None) -> Term:
        left, right = self.term(node.left, scope, want), self.term(node.right, scope, want)
        if t.loose(left.type) or t.loose(right.type):
            return Term(t.BROKEN, left.code)
        if left.code[0] == right.code[0] == "const" and {left.type, right.type} == {t.INT}:
            value = left.code[2] + right.code[2] if node.operator == "+" else left.code[2] - right.code[2]
            return Term(t.INT, constant(value, node.span))
        result = self._sum(node.operator, left.type, right.type)
        if result is None:
            hint = self.hint("两个时刻之差写作 相隔(起, 止)", "write between(start, end) for the time between two moments")
            return self.tell("not-comparable", node.span, left=self.spelled(left.type), right=self.spelled(right.type), hint=hint)
        return Term(result, ["arith", at(node.span), node.operator, left.code, right.code])

    def _sum(self, operator: str, left: Type, right: Type) -> Type | None:
        one, other = t.group(left, self.table), t.group(right, self.table)
        if one == other == "number":
            return t.INT if left == right == t.INT else Type("number")
        if one == "moment" and right == t.DURATION:
            return t.INSTANT
        if left == right == t.DURATION:
            return t.DURATION
        if left.of and right.of and t.comparable(left.of, right.of, self.table):
            return left if right.of == t.ANY else right
        return None


def refusal(trouble: Any, lang: str) -> dict[str, str]:
    """Why a regular expression is refused, and the way out."""
    reason, hint = trouble.said(lang)
    return {"reason": reason, "hint": hint}


def _is_pattern(type: Type) -> bool:
    return type.name in ("pattern", "regex", "string") or type == Type("list", t.STRING)


def _phrase(words: Expression, span: Span) -> Expression:
    return ["call", at(span), "phrase", [words, None]]


_LITERALS: dict[str, Callable[[Literal], Term]] = {
    "string": lambda node: Term(t.STRING, constant(node.value, node.span)),
    "int": lambda node: Term(t.INT, constant(node.value, node.span)),
    "number": lambda node: Term(Type("number"), constant(node.value, node.span)),
    "bool": lambda node: Term(t.BOOL, constant(node.value, node.span)),
    "date": lambda node: Term(t.INSTANT, ["moment", at(node.span), node.value]),
    "clock": lambda node: Term(t.CLOCK, ["clock", at(node.span), node.value]),
    "duration": lambda node: Term(t.DURATION, ["duration", at(node.span), *_amount(node)]),
}


def _amount(node: Literal) -> tuple[Any, Any]:
    amount, unit = node.value  # type: ignore[misc]  # a duration literal holds a pair
    return amount, unit


_COMPARISONS: dict[str, Callable[[Resolver, Compare, Scope], Expression]] = {
    "in": Resolver._in,
    "contains": Resolver._contains,
    "matches": Resolver._matches,
}

_TERMS: dict[type, Callable[..., Term]] = {
    Name: Resolver._name, Literal: Resolver._literal, Regex: Resolver._regex, ListOf: Resolver._list, Attr: Resolver._attr,
    Filter: Resolver._filter, Call: Resolver._call, Not: Resolver._not, Logic: Resolver._logic, Compare: Resolver._compare,
    Within: Resolver._within, Is: Resolver._is, Quant: Resolver._quant, Arith: Resolver._arith,
}

__all__ = ["Lists", "Resolver", "Word"]
