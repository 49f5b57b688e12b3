"""What every word of a rule file means, for the formatter and for editors."""

from __future__ import annotations

from collections.abc import Mapping

from commlint.engine.symboltable import SymbolTable
from commlint.lang.ast import File
from commlint.lang.heritage import alone
from commlint.lang.resolver import Lists, Word
from commlint.lang.study import study
from commlint.model.span import Span


def bindings(file: File, table: SymbolTable, lists: Lists | None = None) -> Mapping[Span, Word]:
    """The symbol of every word in `file` that is one, by the word's place; names that rules give themselves are not there.

    A singular (`deadline`) is bound to its collection under the singular's names; a keyword argument to its parameter.
    Words in the holes of messages are bound too. Rules with problems are bound as far as they go.
    """
    found: dict[Span, Word] = {}
    for rule in file.rules:
        found.update(study(alone(rule, file), table, lists or {}, None, "").bindings)
    return found
