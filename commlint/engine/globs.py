"""Path patterns of configurations: ``*`` within a segment, ``**`` over segments, ``?`` and ``[…]`` one character."""

from __future__ import annotations

import os
import re
from functools import lru_cache

_TOKEN = re.compile(r"\*\*/|\*\*|\*|\?|\[[^\]]+\]|[^*?\[]+|\[")
_SURROGATE = re.compile("[\udc80-\udcff]")  # a byte that is no text, as Python keeps it
_MEANING = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def matches(path: str, pattern: str) -> bool:
    """Whether `path` (either slash) fits `pattern`, or lies in a folder that does.

    A pattern without a slash is held against every segment, as in .gitignore. An absolute pattern is held against the
    absolute path: a configuration means the same files wherever commlint is started.
    """
    anchored = pattern.startswith("/") or pattern[1:2] == ":"
    named = os.path.abspath(path) if anchored else path  # noqa: PTH100  # links are not followed: patterns mean what people see
    return _compiled(pattern).fullmatch(readable(named).replace("\\", "/").removeprefix("./")) is not None


def readable(path: str) -> str:
    """`path` in Unicode even where the file system or the locale is not: bytes that Python keeps as surrogates are taken for UTF-8."""
    return path if path.isascii() or not _SURROGATE.search(path) else os.fsencode(path).decode("utf-8", "replace")


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    clean = readable(pattern).replace("\\", "/").removeprefix("./").rstrip("/")
    if "/" not in clean and clean != "**":
        clean = f"**/{clean}"
    return re.compile("".join(_piece(part) for part in _TOKEN.findall(clean)) + "(?:/.*)?", re.DOTALL)


def _piece(part: str) -> str:
    if part.startswith("[") and part.endswith("]"):
        inner = part[1:-1].replace("[", r"\[")  # a bracket inside a class is a character
        return f"[^{inner[1:]}]" if inner.startswith("!") else f"[{inner}]"
    return _MEANING.get(part, re.escape(part))
