"""Every rule cites the written norm it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commlint.lang.ast import Cites
from commlint.lang.checks.context import Context, content, head, own_statements, tell
from commlint.lang.telling import did_you_mean
from commlint.model.diagnostic import Diagnostic

_BUNDLED = re.compile(r"S\d-\d{3}")


def citations(context: Context) -> Iterator[Diagnostic]:
    """missing-citation; unknown-citation for ids shaped like those of the bundled norms that are not among them."""
    for rule in context.rules:
        if not rule.meta.cites:
            yield tell(rule, "missing-citation", head(rule))
        for cites in own_statements(rule, Cites):
            for norm in cites.norms:
                name = str(norm.value)
                if context.norms and _BUNDLED.fullmatch(name) and name not in context.norms:
                    hint = did_you_mean(name, context.norms, rule.whole.file.lang)
                    yield tell(rule, "unknown-citation", content(norm), norm=name, hint=hint)
