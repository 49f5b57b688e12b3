"""A plugin whose rule does what a mail tells it to: fall asleep, burn, raise, end the process. Only tests load it.

A mail says ``fault-WHAT-NAME`` in its body; it is done as long as there is a file NAME in the folder that FAULTS names, so that a test can
let the same mail pass later. What ends the process is done once: whoever takes the file away does it.
"""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from commlint.hooks import hookimpl
from commlint.model.protocols import RulePack
from commlint.model.symbols import Attribute, Names, Type

_ASKED = re.compile(r"fault-([a-z]+)-([a-z0-9]+)")
_LONG = 120.0  # seconds: past every budget


@hookimpl
def commlint_entities() -> list[Attribute]:
    """The word that the rule asks for."""
    return [Attribute("record", Names("trouble", "\u690d\u5165\u6545\u969c"), Type("bool"), Names("planted trouble", "植入的故障"), trouble, "trouble")]


@hookimpl
def commlint_rule_packs() -> list[RulePack]:
    """The rules planted-fault and planted-mark."""
    return [RulePack("faults", Path(__file__).parent / "rules", "1.0")]


def trouble(analysis: Any, record: Any) -> bool:
    """Do what the mail asks for; False, when that can be come back from."""
    found = _ASKED.search(" ".join(part.text for part in record.parts))
    if found is not None:
        _DOES.get(found[1], _nothing)(Path(os.environ["FAULTS"], found[2]))
    return False


def _nothing(armed: Path) -> None:
    pass


def _once(armed: Path) -> bool:
    """Whether this is the one that takes the file away."""
    try:
        armed.unlink()
    except FileNotFoundError:
        return False
    return True


def _exit(armed: Path) -> None:
    if _once(armed):
        os._exit(9)


def _kill(armed: Path) -> None:
    """What the kernel does to whom it takes memory from."""
    if _once(armed):
        os.kill(os.getpid(), signal.SIGKILL)


def _raise(armed: Path) -> None:
    if armed.exists():
        raise RuntimeError("a planted exception")


def _wait(armed: Path) -> None:
    """Says that it has come here (a file NAME.here), then goes on when the file NAME is gone."""
    armed.with_suffix(".here").touch()
    until = time.monotonic() + _LONG
    while armed.exists() and time.monotonic() < until:
        time.sleep(0.01)


def _burn(armed: Path) -> None:
    until = time.monotonic() + _LONG
    while armed.exists() and time.monotonic() < until:
        sum(range(10_000))


def _regex(armed: Path) -> None:
    """A pattern that takes time in powers of two, and keeps the interpreter to itself meanwhile."""
    if armed.exists():
        re.match(r"(a|aa)+$", "a" * 60 + "b")



_DOES: Mapping[str, Callable[[Path], None]] = {"exit": _exit, "kill": _kill, "raise": _raise, "wait": _wait, "burn": _burn, "regex": _regex}
