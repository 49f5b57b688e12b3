"""What the gateway logs: a line of JSON an event, on standard error; addresses without who, never a subject or a text."""

from __future__ import annotations

import json
import re
import sys
from datetime import UTC, datetime

_LONGEST = 1_000  # characters of a value
_INVISIBLE = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")  # line ends to some, orders to terminals to others, no text at all


class Log:
    """Writes events. With `addresses` they are whole; a log that cannot be written to any more is no reason to lose mail."""

    def __init__(self, *, addresses: bool = False) -> None:
        self._addresses = addresses

    def event(self, name: str, level: str = "info", **told: object) -> None:
        """One line: when, how bad, what, and more."""
        line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "level": level, "event": name, **{key: _short(value) for key, value in told.items()}}
        try:
            sys.stderr.write(_INVISIBLE.sub(_escaped, json.dumps(line, ensure_ascii=False, default=str)) + "\n")
            sys.stderr.flush()
        except (OSError, ValueError):  # a full disk, a pipe whose reader is gone
            return

    def address(self, written: str) -> str:
        """An address as it may be logged: ``z***@example.com``."""
        if self._addresses or not written:
            return written
        local, _, domain = written.rpartition("@")
        return f"{local[:1]}***@{domain}" if local else "***"


def where(error: BaseException) -> str:
    """What was raised, and where; not its words, which may be those of a mail."""
    from traceback import extract_tb

    at = [f" at {frame.filename}:{frame.lineno}" for frame in extract_tb(error.__traceback__)[-1:]]
    return type(error).__name__ + "".join(at)


def _short(value: object) -> object:
    """Strangers choose how long their addresses are."""
    return value[:_LONGEST] + "…" if isinstance(value, str) and len(value) > _LONGEST else value


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
