"""Path patterns of suppressions: ``*`` within a name, ``**`` across folders, ``?`` and ``[…]`` one character."""

from __future__ import annotations

import os
import re
from functools import lru_cache

_TOKEN = re.compile(r"\*\*/|\*\*|\*|\?|\[[^\]]+\]|.", re.DOTALL)
_MEANING = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def matches(path: str, pattern: str) -> bool:
    """Whether `path` fits `pattern`; an absolute pattern is held against the absolute path.

    A pattern without a slash is held against the name alone; one that names a folder covers what is in it.
    """
    clean = pattern.replace("\\", "/")
    named = os.path.abspath(path) if clean.startswith("/") or clean[1:3] == ":/" else path  # noqa: PTH100  # links are not followed
    return _compiled(clean).fullmatch(named.replace(os.sep, "/").removeprefix("./")) is not None


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    anywhere = pattern.removeprefix("./").rstrip("/")
    anywhere = anywhere if "/" in anywhere or anywhere == "**" else f"**/{anywhere}"
    return re.compile("".join(map(_piece, _TOKEN.findall(anywhere))) + "(?:/.*)?", re.DOTALL)


def _piece(token: str) -> str:
    if token in _MEANING:
        return _MEANING[token]
    if len(token) == 1:
        return re.escape(token)
    inner = token[1:-1].replace("\\", "\\\\")
    return f"[^{inner[1:]}]" if inner.startswith("!") else f"[{inner}]"
