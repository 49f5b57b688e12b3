"""``commlint rules test``: run the examples of rules."""

from __future__ import annotations

from collections.abc import Sequence


def run(arguments: Sequence[str], lang: str) -> int:
    raise NotImplementedError
