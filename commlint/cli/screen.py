"""Write to the terminal: bytes as they are, in UTF-8, and nothing at all when the reader has gone."""

from __future__ import annotations

import os
import sys


def put(text: str | bytes) -> None:
    """Write to standard output. Raises BrokenPipeError when nobody reads it any more."""
    content = text.encode("utf-8", "replace") if isinstance(text, str) else text
    buffer = getattr(sys.stdout, "buffer", None)
    encoding = (sys.stdout.encoding or "utf-8").lower().replace("-", "")
    if buffer is None or (encoding != "utf8" and sys.stdout.isatty()):
        sys.stdout.write(content.decode("utf-8").encode(encoding, "replace").decode(encoding))  # a console in another code page
        sys.stdout.flush()
        return
    sys.stdout.flush()
    buffer.write(content)
    buffer.flush()


def tell(text: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def colored(when: str) -> bool:
    """Whether to colour: as asked, else on a terminal unless NO_COLOR is set (no-color.org)."""
    if when != "auto":
        return when == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def columns() -> int:
    """The width of the terminal; 100 where there is none, so that files come out the same everywhere."""
    if not sys.stdout.isatty():
        return 100
    return max(40, os.get_terminal_size(sys.stdout.fileno()).columns)
