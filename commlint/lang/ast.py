"""The norm language as read: nodes with the span of the rule file they stand at.

Spans count code points of the file as its author sees it. Names are as written; `resolve` ties them to symbols.
"""

from __future__ import annotations

from attrs import frozen

from commlint.model.span import Span


@frozen
class Node:
    """Anything read from a rule file."""

    span: Span


@frozen
class Name(Node):
    """A word that is not a keyword."""

    text: str


@frozen
class Literal(Node):
    """A string, number, date ("2026-03-02", "2026-03-02T09:30"), clock ("17:00") or duration, by `type`.

    `value`: str for string, date and clock (escapes undone), int for int, float for number; for a duration
    (amount, unit) with the unit as in `model.values.Duration`.
    """

    type: str  # string | int | number | bool | date | clock | duration
    value: object


@frozen
class Regex(Node):
    """``/pattern/flags``."""

    pattern: str
    flags: str


@frozen
class ListOf(Node):
    """``[a, b]``."""

    items: tuple[Expr, ...]


@frozen
class Attr(Node):
    """``object.name``."""

    object: Expr
    name: Name


@frozen
class Filter(Node):
    """``object[condition]``: a filter of a collection, or a cell of a row by its label."""

    object: Expr
    condition: Expr


@frozen
class Argument(Node):
    """An argument; `name` when given by keyword."""

    value: Expr
    name: Name | None = None


@frozen
class Call(Node):
    """``name(arguments)``."""

    function: Expr
    arguments: tuple[Argument, ...]


@frozen
class Not(Node):
    """``not operand``."""

    operand: Expr


@frozen
class Logic(Node):
    """``a and b and c`` or ``a or b``: `operator` is "and" or "or"."""

    operator: str
    operands: tuple[Expr, ...]


@frozen
class Compare(Node):
    """`operator`: == != < <= > >= in not_in matches contains."""

    operator: str
    left: Expr
    right: Expr


@frozen
class Within(Node):
    """``moment within length after|before reference``."""

    moment: Expr
    length: Expr
    where: str | None = None
    reference: Expr | None = None


@frozen
class Is(Node):
    """``object is predicate``; `negated` for ``is not``."""

    object: Expr
    predicate: Name
    negated: bool = False


@frozen
class Quant(Node):
    """``any source in scope``: `quantifier` any | no | exactly | at_least | at_most; `number` for the last three."""

    quantifier: str
    number: int | None
    source: Expr
    scope: Expr | None = None


@frozen
class Arith(Node):
    """``left + right``, ``left - right``; a sign alone has a Literal 0 on the left."""

    operator: str
    left: Expr
    right: Expr


Expr = Name | Literal | Regex | ListOf | Attr | Filter | Call | Not | Logic | Compare | Within | Is | Quant | Arith


@frozen
class Text(Node):
    """A message as written: `raw` with its braces, escapes undone; `lang` "zh", "en" or "" for both."""

    raw: str
    lang: str = ""


@frozen
class Param(Node):
    """``param name: type = value``; `operator` "=", "+=" or "-=" (the last two in a rule that extends)."""

    name: Name
    type: Name | None
    operator: str
    value: Expr


@frozen
class Let(Node):
    """``let name = value``."""

    name: Name
    value: Expr


@frozen
class Cites(Node):
    """``cites "S0-006", …``."""

    norms: tuple[Literal, ...]


@frozen
class Why(Node):
    """``why zh "…"``."""

    text: Text


@frozen
class Tags(Node):
    """``tags a, b``."""

    names: tuple[Name, ...]


@frozen
class Applies(Node):
    """``applies when condition``."""

    condition: Expr


@frozen
class Message(Node):
    """``message zh "…"``."""

    text: Text


@frozen
class Suggest(Node):
    """``suggest zh "match" -> "instead"``, or an advice without an arrow (`match` None)."""

    match: Text | None
    text: Text


@frozen
class FixWith(Node):
    """``fix [safe] "match" -> "replacement"``."""

    match: Text
    replacement: Text
    safe: bool


@frozen
class OnUnknown(Node):
    """``on unknown warning``."""

    severity: str


@frozen
class Check(Node):
    """``require|forbid condition [unless exception] [at place] [: severity] [{ message … }]``."""

    verb: str
    condition: Expr
    exception: Expr | None = None
    at: Expr | None = None
    severity: str | None = None
    messages: tuple[Message | Suggest | FixWith, ...] = ()


@frozen
class Each(Node):
    """``each name in collection [where condition] { … }``."""

    name: Name
    collection: Expr
    condition: Expr | None
    body: tuple[Statement, ...]


@frozen
class Setting(Node):
    """``name = value`` in the ``with { … }`` of an example: sent, kind, subject, from, to, cc, as_of, calendar, …."""

    name: Name
    value: Expr


@frozen
class ExampleMessage(Node):
    """One record of a thread example: its text and its settings."""

    text: Literal
    settings: tuple[Setting, ...] = ()


@frozen
class Example(Node):
    """``good|bad "…" [with {…}]``, ``good|bad file "…"``, or ``good|bad thread { message "…" with {…} … }``.

    Exactly one of `text`, `file`, `messages` is given. ``[[…]]`` in a bad text marks the span expected.
    """

    verdict: str  # good | bad
    text: Literal | None = None
    file: Literal | None = None
    messages: tuple[ExampleMessage, ...] = ()
    settings: tuple[Setting, ...] = ()


Statement = (
    Param | Let | Cites | Why | Tags | Applies | Message | Suggest | FixWith | OnUnknown | Check | Each | Example
)


@frozen
class Rule(Node):
    """A rule. `scope` record | thread | case | archive; `title` empty when not given."""

    name: Name
    code: Name | None
    title: str
    extends: Name | None
    scope: str
    severity: str | None
    body: tuple[Statement, ...]


@frozen
class File(Node):
    """A rule file: its lets and rules; `text` is what was read, `lang` the keyword language most used ("zh", "en")."""

    path: str
    text: str
    lang: str
    lets: tuple[Let, ...]
    rules: tuple[Rule, ...]
