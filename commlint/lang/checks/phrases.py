"""Phrases that another phrase of the same list covers."""

from __future__ import annotations

from collections.abc import Iterator

from commlint.lang.ast import Expr, ListOf, Literal, Param
from commlint.lang.checks.context import Context, own_statements, tell
from commlint.lang.study import Study
from commlint.model.diagnostic import Diagnostic
from commlint.model.span import Span
from commlint.text.fold import fold_string

LABELS = "|"  # "a|b" in a list of labels means either: containing another is no fault there


def shadowed(context: Context) -> Iterator[Diagnostic]:
    """duplicate-phrase, and shadowed-phrase for lists that `phrase(…)` looks for."""
    for rule in context.sound:
        sought = _sought(rule)
        for param in own_statements(rule, Param):
            yield from _of_list(rule, param.value, covers=param.name.text in sought)


def _sought(rule: Study) -> set[str]:
    """Parameters that are looked for as phrases, and as nothing else."""
    program = rule.program
    found: set[str] = set()
    if program is not None:
        _phrase_params([program.applies, list(program.body)], found)
    return found


def _phrase_params(code: object, found: set[str]) -> None:
    if not isinstance(code, (list, tuple)):
        return
    if len(code) == 4 and code[0] == "call" and code[2] == "phrase" and code[3][0][0] == "param":
        found.add(code[3][0][2])
    for part in code:
        _phrase_params(part, found)


def _of_list(rule: Study, value: Expr, *, covers: bool) -> Iterator[Diagnostic]:
    words = [item for item in value.items if isinstance(item, Literal)] if isinstance(value, ListOf) else []
    folded = [(fold_string(str(word.value)).strip(), word.span, str(word.value)) for word in words]
    for index, (word, span, written) in enumerate(folded):
        earlier = folded[:index]
        if any(word == other for other, _, _ in earlier):
            yield tell(rule, "duplicate-phrase", span, phrase=written)
        elif covers and (other := _covering(word, folded)):
            yield tell(rule, "shadowed-phrase", span, phrase=written, other=other)


def _covering(word: str, folded: list[tuple[str, Span, str]]) -> str | None:
    """A shorter phrase that stands inside `word`, and is found wherever it is; Latin words only count whole."""
    for other, _, written in folded:
        at = word.find(other) if other and other != word else -1
        if at >= 0 and not _inside_word(word, at, at + len(other)):
            return written
    return None


def _inside_word(word: str, start: int, end: int) -> bool:
    before, after = word[start - 1 : start], word[end : end + 1]
    return _latin(before + word[start]) or _latin(word[end - 1] + after) if before or after else False


def _latin(pair: str) -> bool:
    return len(pair) == 2 and pair.isascii() and pair.isalnum()
