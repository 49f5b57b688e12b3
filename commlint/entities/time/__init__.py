"""Time expressions of business text, Chinese and English: recognised, valued, bounded."""

from __future__ import annotations

from commlint.entities.time.getters import (
    deadlines,
    due_of,
    end_of,
    has_clock,
    kind_of,
    on_workday,
    resolved,
    start_of,
    times,
    vague,
    value_of,
)
from commlint.entities.time.jsonl import spans
from commlint.entities.time.recognise import recognise

__all__ = [
    "deadlines", "due_of", "end_of", "has_clock", "kind_of", "on_workday", "recognise", "resolved", "spans", "start_of", "times", "vague", "value_of",
]
