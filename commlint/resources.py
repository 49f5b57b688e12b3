"""Where the bundled data is: in the installed package first, beside it in a checkout second."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def bundled(name: str) -> Path:
    """The folder or file `name` (``rules``, ``grammar``, …) that ships with commlint."""
    inside = _PACKAGE / "_bundled" / name
    return inside if inside.exists() else _PACKAGE.parent / name
