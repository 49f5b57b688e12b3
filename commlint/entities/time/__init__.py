"""Time expressions of business text, Chinese and English: recognised, valued, bounded."""

from __future__ import annotations

from commlint.entities.time.getters import (
    alternatives_of,
    anchor_of,
    assumed_of,
    deadlines,
    due_of,
    end_of,
    has_clock,
    kind_of,
    on_workday,
    precision_of,
    resolved,
    rolled_of,
    start_of,
    times,
    vague,
    value_of,
    why_of,
)
from commlint.entities.time.jsonl import time_spans
from commlint.entities.time.recognise import recognise

__all__ = [
    "alternatives_of",
    "anchor_of",
    "assumed_of",
    "deadlines",
    "due_of",
    "end_of",
    "has_clock",
    "kind_of",
    "on_workday",
    "precision_of",
    "recognise",
    "resolved",
    "rolled_of",
    "start_of",
    "time_spans",
    "times",
    "vague",
    "value_of",
    "why_of",
]
