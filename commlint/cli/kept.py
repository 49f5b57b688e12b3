"""The answer to a command, kept, and given again while nothing that it came from has changed.

An answer lies in a file of its own: the question, until when it holds, the exit code, a stamp of every file and folder that had a say (or would have
one, if it were there), and what was written. A stamp is what the file system says of size, times and identity. An answer is
kept only if all of that lay still for a while before the run began; so no change can hide behind a stamp. Whoever tampers with
an answer changes what is shown, as with a report, and cannot make commlint run code.

This is asked first by every `commlint check`: it imports next to nothing.
"""

from __future__ import annotations

import os
import sys
import time
from zlib import crc32

import commlint

TYPE_CHECKING = False  # type checkers take it for True; importing typing for it would cost half of the whole answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MARK = b"commlint answer 1"
_KEPT = 64  # answers; those not asked for the longest go first
_LARGEST = 16_000_000  # bytes of one answer
_STILL = 2.0  # seconds; some file systems keep times no finer
_ABSENT = "-"


def question(arguments: Sequence[str], lang: str) -> str | None:
    """All that a run depends on besides files, on one line; None for a terminal, which is told how long the run took."""
    if sys.stdout is None or sys.stdout.isatty():
        return None
    return ascii((commlint.__version__, sys.version, sys.prefix, sys.path, os.getcwd(), lang, list(arguments)))


def answer(asked: str | None) -> tuple[int, bytes] | None:
    """The exit code and the output kept for this question; None when there are none that still hold."""
    if asked is None:
        return None
    path = _place(asked)
    try:
        with open(path, "rb") as file:
            head, body = file.read().split(b"\n", 1)
        if head != _head(body):
            return None
        said, until, code, count, rest = body.split(b"\n", 4)
        *stamps, output = rest.split(b"\n", int(count))
        if said.decode() != asked or time.time() >= int(until) or any(stamp(os.fsdecode(source)) != seen.decode() for seen, source in (line.split(b"\t", 1) for line in stamps)):
            return None
        os.utime(path)
        return int(code), output
    except (OSError, ValueError):
        return None


def keep(asked: str, code: int, output: bytes, sources: Iterable[str], *, started: float, until: float) -> None:
    """Keep an answer that came from `sources` (absolute paths) in a run that `started` then, and that holds `until` then (seconds of the epoch).

    Keeps nothing when a source changed shortly before that or since, or where the folder cannot be written to.
    """
    seen = {path: _seen(path) for path in sources}
    if any("\n" in path or changed > started - _STILL for path, (_, changed) in seen.items()):
        return
    stamps = [said.encode() + b"\t" + os.fsencode(path) for path, (said, _) in seen.items()]
    body = b"\n".join([asked.encode(), b"%d" % until, b"%d" % code, b"%d" % len(stamps), *stamps, output])
    if len(body) > _LARGEST:
        return
    try:
        _write(_place(asked), _head(body) + b"\n" + body)
    except OSError:
        return


def stamp(path: str) -> str:
    """Changes whenever the file is changed or replaced, or something is added to the folder or taken from it."""
    return _seen(path)[0]


def folder() -> str:
    """Where answers lie: in the user's cache folder, so that they are found before any configuration is."""
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or os.path.expanduser("~/.cache")
    return f"{home}/commlint/answers"


def _place(asked: str) -> str:
    encoded = asked.encode()
    return f"{folder()}/{crc32(encoded):08x}{len(encoded):x}"


def _head(body: bytes) -> bytes:
    return b"%s %08x" % (_MARK, crc32(body))


def _seen(path: str) -> tuple[str, float]:
    """The stamp, and when the file or what is known of it last changed; 0 for one that is not there."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return _ABSENT, 0.0
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}", max(found.st_mtime, found.st_ctime)


def _write(path: str, content: bytes) -> None:
    os.makedirs(folder(), exist_ok=True)
    temporary = f"{path}.{os.getpid()}.{time.monotonic_ns()}"
    with open(temporary, "wb") as file:
        file.write(content)
    os.replace(temporary, path)
    with os.scandir(folder()) as entries:
        oldest = sorted(entries, key=lambda entry: entry.stat().st_mtime_ns)
    for entry in oldest[:-_KEPT]:
        os.unlink(entry.path)
