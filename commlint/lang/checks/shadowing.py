"""Names that a rule gives although they are words already, and that it uses as words too."""

from __future__ import annotations

from collections.abc import Iterator

from commlint.lang.checks.context import Context, said, tell
from commlint.model.diagnostic import Diagnostic
from commlint.model.symbols import Attribute, Constant


def names(context: Context) -> Iterator[Diagnostic]:
    """shadowed-name: writing the rule in the other language would make the two one."""
    for rule in context.sound:
        taken = {
            spelling: word.names
            for word in rule.bindings.values()
            if isinstance(word, (Attribute, Constant)) and (isinstance(word, Constant) or word.owner in ("record", "thread"))
            for spelling in word.names.all
        }
        for given in rule.given:
            if given.own and given.name in taken:
                word = taken[given.name]
                other = said(rule.whole.file, word.zh, f"the word for {word.zh}")
                yield tell(rule, "shadowed-name", given.span, name=given.name, other=other)
