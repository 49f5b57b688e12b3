"""A rule that costs twenty milliseconds of processor time a mail and finds nothing. Only the benchmarks load it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from commlint.hooks import hookimpl
from commlint.model.protocols import RulePack
from commlint.model.symbols import Attribute, Names, Type

COST = 0.020  # seconds


@hookimpl
def commlint_entities() -> list[Attribute]:
    """The word that the rule asks for."""
    return [Attribute("record", Names("toil", "苦工"), Type("bool"), Names("processor time spent", "耗费的处理器时间"), toil, "toil")]


@hookimpl
def commlint_rule_packs() -> list[RulePack]:
    """The rule costly."""
    return [RulePack("costly", Path(__file__).parent / "rules", "1.0")]


def toil(analysis: Any, record: Any) -> bool:
    """Keep the interpreter busy as rules do, in Python."""
    until = time.thread_time() + COST
    while time.thread_time() < until:
        sum(range(1_000))
    return False
