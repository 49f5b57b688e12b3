"""Malformed mail: what other projects collect and ship, and five hundred of our own. `python -m tests.malformed` reads it all."""
