"""How well commlint understands text: labelled sets, and the scores on them (`python -m tests.quality`)."""
