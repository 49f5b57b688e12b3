"""A compiled rule: plain data that the engine runs, that pickles, and that a cache may hold as JSON.

An expression is a list ``[op, [start, end], …]``: what to do, where in the rule file it stands, its
operands (expressions unless said otherwise)::

    const   value                 str | int | float | bool
    duration amount unit          engine value: Duration
    moment  iso                   a date or date-time literal; a bare date is its midnight in the record's zone
    clock   "HH:MM"
    regex   pattern flags         searched in folded text
    list    [items]
    param   name                  a parameter, by its value in `Program.params`
    var     name                  bound by `each`, `let`
    it      depth                 the element under test in the filter `depth` levels out (0: innermost)
    root                          the record, or the thread of an `over` rule
    attr    object key            key of an Attribute ("sentence.directive"); on a list: of each element;
                                  "list.count", "list.first", "list.last" and "row.cell" (with a label as extra operand) are the engine's own
    filter  list condition        elements for which the condition (with `it`) holds
    holding list [literals]       elements in which one of some folded strings stands; put around the list of an `each` whose
                                  checks find nothing in others
    call    key [arguments]       arguments in parameter order, None where left out
    and or  [operands]            three-valued (Kleene)
    not     operand
    compare op left right         op: == != < <= > >=
    in      left right            membership in a list; a text in a text; a requirement in a stretch
    contains left right           the same the other way round (a pattern or string inside a text)
    matches left regex
    within  moment length where reference   where: "after" | "before" | None (reference: root's `sent`)
    quant   q n source scope      q: any | no | exactly | at_least | at_most; n: int or None; source: a list or pattern;
                                  scope: None, a located value or a list
    is      object predicate      predicate: attribute key, or "present", "absent"
    arith   op left right         + - of numbers, moment and duration, lists
    text    [parts]               a message: strings, and ["show", span, expression, format]
    detail  name                  in messages only: match, count, found, missing, due, elapsed, value

A statement is one of::

    ["let", span, name, expression]
    ["each", span, variable, expression, condition | None, [statements], messages]
    ["check", span, "require" | "forbid", condition, unless | None, at | None, severity | None, messages]

`messages` is {"message": {lang: text}, "suggest": {lang: text}, "instead": {lang: text}, "fix": [[match, replacement, safe]]};
what a check lacks it takes from the block around it, last from the program. A language is "zh", "en", or "" where the
rule named none: then the text serves both. "instead" is there where a suggestion was written ``match -> text``: what the
text would stand in place of. Messages of a block may use variables of the blocks inside it.

`params` are plain: strings, numbers, booleans, lists of these, and {"duration": [amount, unit]}. Moments, clocks and
patterns given as parameters stand in the expressions themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import asdict, field, frozen

from commlint.model.finding import Severity

VERSION = 2

Expression = list[Any]
Statement = list[Any]
Messages = dict[str, Any]


@frozen
class Program:
    """One rule, ready to run.

    `kinds`: the record kinds it can apply to (None: all). `literals`: folded strings of which at
    least one stands in the record whenever the rule finds anything (None: it must always run).
    `collects`: message attributes that an `over` rule asks for; `params`: name to plain value.
    """

    name: str
    code: str
    severity: Severity
    scope: str = "record"
    title: str = ""
    kinds: tuple[str, ...] | None = None
    literals: tuple[str, ...] | None = None
    applies: Expression | None = None
    body: tuple[Statement, ...] = ()
    messages: Messages = field(factory=dict)
    params: Mapping[str, Any] = field(factory=dict)
    on_unknown: Severity | None = None
    collects: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    why: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()
    pack: str = ""
    path: str = ""

    def to_plain(self) -> dict[str, Any]:
        """As JSON data."""
        plain = asdict(self, recurse=False)
        return plain | {"severity": self.severity.value, "on_unknown": self.on_unknown and self.on_unknown.value}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Program:
        """The program that `to_plain` wrote. Raises KeyError, TypeError or ValueError on anything else."""
        tuples = {name: tuple(plain[name]) for name in ("body", "collects", "cites", "tags")}
        optional = {name: plain[name] if plain[name] is None else tuple(plain[name]) for name in ("kinds", "literals")}
        why = tuple((lang, text) for lang, text in plain["why"])
        unknown = plain["on_unknown"]
        return cls(**{**plain, **tuples, **optional, "why": why, "severity": Severity(plain["severity"]), "on_unknown": unknown and Severity(unknown)})
