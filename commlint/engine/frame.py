"""The state of one evaluation: who is asked, what is bound, how many steps are left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from commlint.errors import CommlintError
from commlint.model.environment import Environment
from commlint.model.protocols import Analysis

_STEPS = 500_000
_STEPS_PER_CHARACTER = 2  # rules that visit each sentence once spend about a tenth of a step a character
_CHARACTERS_PER_STEP = 128  # searching text is that much cheaper than calling a closure


class RuleTooSlowError(CommlintError):
    """A rule has used up its steps on one record."""


class Frame:
    """Bound names, elements under test, and a budget of steps; one for each program and record."""

    __slots__ = ("analysis", "details", "each", "environment", "gap", "guard", "its", "lang", "last", "left", "memo", "params", "root", "seen", "vars")

    def __init__(self, analysis: Analysis, root: Any, params: Mapping[str, Any], *, size: int = 0) -> None:
        self.analysis = analysis
        self.environment: Environment = analysis.environment
        self.lang = analysis.environment.lang  # that templates are filled in
        self.root = root
        self.params = params
        self.vars: dict[str, Any] = {}
        self.its: list[Any] = []
        self.each: list[Any] = []
        self.guard: Any = True
        self.details: dict[str, Any] = {}
        self.gap = False  # whether a template has shown something that is not known
        self.memo: dict[Any, Any] = {}
        self.last: tuple[Any, Any, bool, tuple[Any, ...]] | None = None  # what was sought last, where, and what was found
        self.left = _STEPS + _STEPS_PER_CHARACTER * size
        self.seen: list[Any] | None = None  # what a trace has observed

    def spend(self, characters: int = 0) -> None:
        """Count one step and a search of so many characters. Raises RuleTooSlowError when the budget is used up."""
        self.left -= 1 + characters // _CHARACTERS_PER_STEP
        if self.left < 0:
            raise RuleTooSlowError("the rule takes too many steps on this record")

    def once(self, key: Any, work: Callable[[], Any]) -> Any:
        """What `work` gives, worked out the first time `key` is asked for in this evaluation."""
        if key not in self.memo:
            self.memo[key] = work()
        return self.memo[key]
