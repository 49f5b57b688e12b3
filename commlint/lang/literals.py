"""What must stand in a record before a rule can find anything: literals of which at least one is there, kinds it applies to.

`None` means nothing must be there; an empty set means that nothing can ever be found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from commlint.engine.program import Expression, Statement
from commlint.engine.symboltable import SymbolTable
from commlint.lang.types import located
from commlint.model.record import Kind
from commlint.model.symbols import Attribute
from commlint.text.fold import fold_string

Needed = frozenset[str] | None

_ELSEWHERE = frozenset({"record.group", "record.attachments"})  # texts that are not in a part of the record
_FINDS: dict[str, Callable[[int], bool]] = {"any": lambda n: True, "exactly": lambda n: n > 0, "at_least": lambda n: n > 0}
_FINDS_WHEN_FALSE: dict[str, Callable[[int], bool]] = {"no": lambda n: True, "exactly": lambda n: n == 0, "at_most": lambda n: True}


class Needs:
    """Works out literals for one rule; `params` are its plain values."""

    def __init__(self, table: SymbolTable, params: Mapping[str, Any]) -> None:
        self.attributes = {s.key: s for s in table.symbols if isinstance(s, Attribute)}
        self.table = table
        self.params = params
        self.places: dict[str, Expression] = {}  # variable -> the collection its values come from, or its value

    def of(self, applies: Expression | None, body: Iterable[Statement]) -> Needed:
        """The literals of a rule: those of its checks together, each helped by what must hold before it."""
        before = self.need(applies, True) if applies else None
        return self._of_block(body, before)

    def _of_block(self, body: Iterable[Statement], before: Needed) -> Needed:
        found: list[Needed] = []
        for statement in body:
            if statement[0] == "let":
                self.places[statement[2]] = statement[3]
            elif statement[0] == "each":
                found.append(self._of_each(statement, before))
            else:
                found.append(best([before, self.need(statement[3], statement[2] == "forbid")]))
        return union(found)

    def _of_each(self, statement: Statement, before: Needed) -> Needed:
        _, _, name, collection, condition, body, _ = statement
        self.places[name] = collection
        needed = [before, self._of_source(collection, None)]
        if condition is not None:
            needed.append(self.need(condition, True))
        return self._of_block(body, best(needed))

    def gated(self, body: Iterable[Statement]) -> list[Statement]:
        """`body`, each `each` visiting only the elements that hold a literal, where its checks find nothing in others.

        What its `where` needs is left out of account: a rule is also tried without it.
        """
        found: list[Statement] = []
        for statement in body:
            if statement[0] == "let":
                self.places[statement[2]] = statement[3]
            found.append(self._gated(statement) if statement[0] == "each" else statement)
        return found

    def _gated(self, statement: Statement) -> Statement:
        op, span, name, collection, condition, body, messages = statement
        needed = Inside(self, name).of(None, body) if self.in_parts(collection) else None
        self.places[name] = collection
        visited = ["holding", collection[1], collection, sorted(needed)] if needed else collection
        return [op, span, name, visited, condition, self.gated(body), messages]

    # --- conditions -----------------------------------------------------------------------------

    def need(self, code: Expression, wanted: bool) -> Needed:
        """What must be there for the condition to come out as `wanted`."""
        reader = _NEEDS.get(code[0])
        return reader(self, code, wanted) if reader else None

    def _const(self, code: Expression, wanted: bool) -> Needed:
        return None if bool(code[2]) is wanted else frozenset()

    def _not(self, code: Expression, wanted: bool) -> Needed:
        return self.need(code[2], not wanted)

    def _logic(self, code: Expression, wanted: bool) -> Needed:
        needed = [self.need(operand, wanted) for operand in code[2]]
        all_must = (code[0] == "and") is wanted
        return best(needed) if all_must else union(needed)

    def _quant(self, code: Expression, wanted: bool) -> Needed:
        _, _, quantifier, number, source, scope = code
        finds = (_FINDS if wanted else _FINDS_WHEN_FALSE).get(quantifier)
        return self._of_source(source, scope) if finds and finds(number or 0) else None

    def _in(self, code: Expression, wanted: bool) -> Needed:
        part, whole = (code[2], code[3]) if code[0] == "in" else (code[3], code[2])
        if not wanted:
            return None
        if self.in_parts(whole):
            return self._of_pattern(part)
        words = self._words(whole)
        return None if words is None or not self.in_parts(part) else folded(words)

    def _matches(self, code: Expression, wanted: bool) -> Needed:
        return self._of_pattern(code[3]) if wanted and self.in_parts(code[2]) else None

    def _compare(self, code: Expression, wanted: bool) -> Needed:
        _, _, operator, left, right = code
        if not wanted or operator != "==":
            return None
        for text, value in ((left, right), (right, left)):
            words = self._words(["list", value[1], [value]])
            if words and all(isinstance(word, str) for word in words) and self.in_parts(text):
                return folded(words)
        return None

    # --- what is looked for ---------------------------------------------------------------------

    def _of_source(self, source: Expression, scope: Expression | None) -> Needed:
        if source[0] == "filter":
            self.places[_IT] = source[2]
            return best([self._of_source(source[2], scope), self.need(source[3], True)])
        if source[0] == "attr":
            return None  # what a collection is made of can be written in too many ways (优 先 级)
        return self._of_pattern(source) if self._reaches(scope) else None

    def _reaches(self, scope: Expression | None) -> bool:
        """Whether what is found in a place stands in the record's text; without a place it is looked for in the body."""
        return scope is None or self.in_parts(scope)

    def _of_pattern(self, code: Expression) -> Needed:
        if code[0] == "call" and code[2] == "phrase":
            words = self._words(code[3][0])
            return None if words is None else folded(words)
        if code[0] == "regex":
            from commlint.text.regex import required_literals

            needed = required_literals(code[2], code[3])
            return None if needed is None else frozenset(needed)
        words = self._words(["list", code[1], [code]])
        return None if words is None else folded(words)

    def _words(self, code: Expression) -> list[str] | None:
        """The strings of a list that is written out."""
        if code[0] == "param":
            value = self.params.get(code[2])
            return value if isinstance(value, list) else [value] if isinstance(value, str) else None
        if code[0] == "const":
            return [code[2]] if isinstance(code[2], str) else None
        if code[0] == "list":
            lists = [self._words(item) for item in code[2]]
            return None if any(item is None for item in lists) else [word for item in lists for word in item or ()]
        if code[0] == "arith" and code[2] == "+":
            left, right = self._words(code[3]), self._words(code[4])
            return None if left is None or right is None else left + right
        return None

    def in_parts(self, code: Expression) -> bool:
        """Whether a value is a stretch of a part of the record, so that what it holds stands in the record's text."""
        if code[0] == "var":
            return code[2] in self.places and self.in_parts(self.places[code[2]])
        if code[0] == "it":
            return code[2] == 0 and _IT in self.places and self.in_parts(self.places[_IT])
        if code[0] == "filter":
            return self.in_parts(code[2])
        if code[0] == "call":
            return code[2] in ("labelled", "table", "phrase")
        if code[0] != "attr":
            return False
        if code[3] == "row.cell" or code[3] in ("list.first", "list.last"):
            return self.in_parts(code[2])
        attribute = self.attributes.get(code[3])
        if attribute is None or attribute.key in _ELSEWHERE or not located(attribute.type.of or attribute.type, self.table):
            return False
        return code[2][0] == "root" or self.in_parts(code[2])


class Inside(Needs):
    """Works out what must stand in the elements that an `each` visits, for its checks to find anything."""

    def __init__(self, needs: Needs, variable: str) -> None:
        super().__init__(needs.table, needs.params)
        self.variable = variable

    def _of_collection(self, key: str) -> Needed:
        return None

    def _reaches(self, scope: Expression | None) -> bool:
        return scope is not None and self.in_parts(scope)

    def in_parts(self, code: Expression) -> bool:
        """Whether a value is the element, so that what it holds stands in it."""
        return code[0] == "var" and bool(code[2] == self.variable)

    def _of_each(self, statement: Statement, before: Needed) -> Needed:
        return super()._of_each(statement, before) if statement[2] != self.variable else before


_IT = ""
_NEEDS: dict[str, Callable[[Needs, Expression, bool], Needed]] = {
    "const": Needs._const, "not": Needs._not, "and": Needs._logic, "or": Needs._logic, "quant": Needs._quant,
    "in": Needs._in, "contains": Needs._in, "matches": Needs._matches, "compare": Needs._compare,
}


def folded(words: Iterable[object]) -> Needed:
    """Words as the scanner looks for them; None when one of them is nothing at all."""
    found = {fold_string(word).strip() for word in words if isinstance(word, str)}
    return None if "" in found else frozenset(found)


def union(needed: Iterable[Needed]) -> Needed:
    """What one of several ways needs."""
    found: set[str] = set()
    for one in needed:
        if one is None:
            return None
        found |= one
    return frozenset(found)


def best(needed: Iterable[Needed]) -> Needed:
    """The most telling of several needs that must all be met: none possible, else long and few."""
    known = [one for one in needed if one is not None]
    return min(known, key=_commonness, default=None)


def _commonness(words: frozenset[str]) -> tuple[int, int, list[str]]:
    return (-min((len(word) for word in words), default=1_000_000), len(words), sorted(words))


# --- kinds ----------------------------------------------------------------------------------------

_ALL = frozenset(kind.value for kind in Kind)


def kinds(applies: Expression | None, params: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The record kinds a rule can apply to, in the order they are written; None for all."""
    found = _kinds(applies, params) if applies else None
    if found is None:
        return None
    written = [*_mentioned(applies or [], params), *sorted(found)]
    return tuple(dict.fromkeys(kind for kind in written if kind in found))


def _mentioned(code: Expression, params: Mapping[str, Any]) -> list[str]:
    if code[0] in ("and", "or"):
        return [kind for operand in code[2] for kind in _mentioned(operand, params)]
    if code[0] == "compare" and _is_kind(code[3]) and code[4][0] == "const":
        return [str(code[4][2])]
    return list(_listed(code[3], params) or ()) if code[0] == "in" and _is_kind(code[2]) else []


def _listed(code: Expression, params: Mapping[str, Any]) -> list[str] | None:
    values = params.get(code[2]) if code[0] == "param" else [item[2] for item in code[2]] if code[0] == "list" else None
    return None if values is None else [str(value) for value in values]


def _kinds(code: Expression, params: Mapping[str, Any]) -> frozenset[str] | None:
    if code[0] == "and":
        known = [one for one in (_kinds(operand, params) for operand in code[2]) if one is not None]
        return frozenset.intersection(*known) if known else None
    if code[0] == "or":
        alternatives = [_kinds(operand, params) for operand in code[2]]
        return None if any(one is None for one in alternatives) else frozenset().union(*(one for one in alternatives if one))
    if code[0] == "not":
        inner = _exact(code[2], params)
        return None if inner is None else _ALL - inner
    return _exact(code, params)


def _exact(code: Expression, params: Mapping[str, Any]) -> frozenset[str] | None:
    """The kinds of a plain test of `kind`: its truth depends on nothing else."""
    if code[0] == "compare" and code[2] in ("==", "!=") and _is_kind(code[3]) and code[4][0] == "const":
        chosen = frozenset({str(code[4][2])})
        return chosen if code[2] == "==" else _ALL - chosen
    if code[0] == "in" and _is_kind(code[2]):
        values = _listed(code[3], params)
        return None if values is None else frozenset(values)
    return None


def _is_kind(code: Expression) -> bool:
    return bool(code[0] == "attr" and code[3] == "record.kind")
