"""Path patterns: ``*`` within a name, ``**`` across folders, ``?`` and ``[…]`` one character."""

from __future__ import annotations

import re
from functools import lru_cache

_TOKEN = re.compile(r"\*\*/|\*\*|\*|\?|\[[^\]]+\]|.", re.DOTALL)
_MEANING = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    """`pattern` as a regular expression that matches whole paths, and all that lies in a folder it names."""
    body = "".join(_MEANING.get(token) or _class_or_character(token) for token in _TOKEN.findall(pattern.rstrip("/")))
    return re.compile(f"{body}(?:/.*)?", re.DOTALL)


def _class_or_character(token: str) -> str:
    if len(token) == 1:
        return re.escape(token)
    inner = token[1:-1].replace("\\", "\\\\")
    return f"[^{inner[1:]}]" if inner.startswith("!") else f"[{inner}]"


def matches(pattern: str, path: str) -> bool:
    """Whether `path` (with forward slashes) fits `pattern`."""
    return compiled(pattern).fullmatch(path) is not None
