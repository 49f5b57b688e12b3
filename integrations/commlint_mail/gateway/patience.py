"""How long workers and the supervisor wait for one another, in seconds."""

from __future__ import annotations

BEAT = 0.5  # between two signs that a worker's loop is alive
DRAIN = 5.0  # that messages on their way are given once the end has come
LINGER = 60.0  # that connections are given once other workers have taken over
