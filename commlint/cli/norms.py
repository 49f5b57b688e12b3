"""The written norms that the bundled rules cite: which there are, and which documents they stand in."""

from __future__ import annotations

from functools import cache
from typing import Any

from commlint.resources import bundled


@cache
def _table() -> dict[str, Any]:
    import tomli

    path = bundled("rules") / "norms.toml"
    return tomli.loads(path.read_text("utf-8")) if path.is_file() else {}


def documents(lang: str) -> dict[str, str]:
    """What each document is called, by its id (``S0``)."""
    return {document["id"]: document[lang] for document in _table().get("documents", ())}


def norms() -> tuple[dict[str, Any], ...]:
    """One mapping a norm: id, rule (the code it belongs to), category, check, records."""
    return tuple(_table().get("norm", ()))
