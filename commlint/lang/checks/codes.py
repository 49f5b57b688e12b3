"""Codes have one shape, so that people can tell them from names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commlint.lang.checks.context import Context, head, tell
from commlint.model.diagnostic import Diagnostic

_CODE = re.compile(r"[A-Z]{3}\d{3}")


def codes(context: Context) -> Iterator[Diagnostic]:
    """missing-code, code-shape."""
    for rule in context.rules:
        code = rule.whole.rule.code
        if code is None:
            yield tell(rule, "missing-code", head(rule))
        elif not _CODE.fullmatch(code.text):
            yield tell(rule, "code-shape", code.span, code=code.text)
