"""What `extends` makes of a rule: its own statements and those it takes from the rule it extends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from commlint.lang.ast import (
    Applies,
    Cites,
    Example,
    File,
    FixWith,
    Message,
    OnUnknown,
    Rule,
    Statement,
    Suggest,
    Tags,
    Why,
)
from commlint.lang.telling import diagnostic, did_you_mean
from commlint.model.diagnostic import Diagnostic


@frozen
class Piece:
    """A statement and the file it is written in."""

    statement: Statement
    file: File


@frozen
class Whole:
    """A rule with everything it inherited, in order: what it extends first, its own statements last."""

    rule: Rule
    file: File
    pieces: tuple[Piece, ...] = field(repr=False)
    scope: str = "record"
    severity: str = "warning"
    title: str = ""

    def own(self, piece: Piece) -> bool:
        """Whether a statement is the rule's own, not inherited."""
        return piece.file is self.file and self.rule.span.contains(piece.statement.span)


def wholes(files: Iterable[File]) -> tuple[tuple[Whole, ...], tuple[Diagnostic, ...]]:
    """Every rule made whole; a rule that extends nothing known, or itself, is left out and told."""
    rules = [(rule, file) for file in files for rule in file.rules]
    known: dict[str, tuple[Rule, File]] = {}
    for rule, file in rules:
        known.setdefault(rule.name.text, (rule, file))
        if rule.code:
            known.setdefault(rule.code.text, (rule, file))
    told: list[Diagnostic] = []
    made = [_whole(rule, file, known, told) for rule, file in rules]
    return tuple(whole for whole in made if whole), tuple(told)


def _whole(rule: Rule, file: File, known: Mapping[str, tuple[Rule, File]], told: list[Diagnostic]) -> Whole | None:
    chain = _chain(rule, file, known, told)
    if chain is None:
        return None
    made = alone(*chain[-1])
    for heir, home in reversed(chain[:-1]):
        if heir.scope not in ("record", made.scope):
            told.append(diagnostic("extends-scope", home, heir.name.span, scope=made.scope))
            return None
        made = _merged(made, heir, home)
    return made


def _chain(rule: Rule, file: File, known: Mapping[str, tuple[Rule, File]], told: list[Diagnostic]) -> list[tuple[Rule, File]] | None:
    """The rule, what it extends, what that extends …; None and a diagnostic when that leads nowhere."""
    chain = [(rule, file)]
    while (name := chain[-1][0].extends) is not None:
        found = known.get(name.text)
        if found is None:
            if len(chain) == 1:
                told.append(diagnostic("unknown-rule", file, name.span, name=name.text, hint=did_you_mean(name.text, known, file.lang)))
            return None
        if any(found[0] is seen for seen, _ in chain):
            names = " -> ".join([*(seen.name.text for seen, _ in chain), found[0].name.text])
            told.append(diagnostic("extends-cycle", file, rule.extends.span if rule.extends else rule.name.span, chain=names))
            return None
        chain.append(found)
    return chain


def alone(rule: Rule, file: File) -> Whole:
    """A rule as it stands, what it extends left aside."""
    pieces = tuple(Piece(statement, file) for statement in rule.body)
    return Whole(rule, file, pieces, rule.scope, rule.severity or "warning", rule.title)


def _merged(base: Whole, rule: Rule, file: File) -> Whole:
    own = tuple(Piece(statement, file) for statement in rule.body)
    replaced = {_role(piece.statement) for piece in own} - {None}
    kept = tuple(p for p in base.pieces if not isinstance(p.statement, Example) and _role(p.statement) not in replaced)
    return Whole(rule, file, kept + own, base.scope, rule.severity or base.severity, rule.title or base.title)


def _role(statement: Statement) -> tuple[str, str] | None:
    """What a statement of an heir replaces: the one of the same kind and language."""
    if isinstance(statement, (Message, Why)):
        return type(statement).__name__, statement.text.lang
    if isinstance(statement, Suggest):
        return "Suggest", statement.text.lang
    if isinstance(statement, (Cites, Tags, Applies, OnUnknown, FixWith)):
        return type(statement).__name__, ""
    return None
