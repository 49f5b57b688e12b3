"""How far a run is, told to a person at a terminal: a bar, how many, how fast, how long still."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from commlint.cli.words import say

if TYPE_CHECKING:
    from commlint.api import Progress

_BEGIN = 1.0  # seconds that a run takes before it is worth telling of
_EVERY = 0.1  # seconds between two tellings
_BAR = 24  # cells


def progress(lang: str) -> Progress | None:
    """Tells of the files done and all files on standard error, once a run has taken a second; None where nobody looks."""
    if not sys.stderr.isatty():
        return None
    started, shown = time.monotonic(), 0.0

    def show(done: int, total: int) -> None:
        nonlocal shown
        now = time.monotonic()
        if now - started > _BEGIN and now - shown > _EVERY:
            shown = now
            sys.stderr.write(f"\r\x1b[K{line(done, total, now - started, lang)}")
        if done == total and shown:
            sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()

    return show


def line(done: int, total: int, elapsed: float, lang: str) -> str:
    """What is shown when `done` files of `total` took so many seconds."""
    full = _BAR * done // max(1, total)
    bar = "\u2588" * full + "\u2591" * (_BAR - full)
    rate = done / elapsed
    return say("checking", lang, bar=bar, done=f"{done:,}", total=f"{total:,}", rate=f"{rate:,.0f}", left=_length(round((total - done) / rate) if rate else 0, lang))


def _length(seconds: int, lang: str) -> str:
    minutes, rest = divmod(seconds, 60)
    if lang == "zh":
        return f"{minutes} 分 {rest} 秒" if minutes else f"{rest} 秒"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
