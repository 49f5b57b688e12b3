"""Logbooks for `python -m tests.fuzzing logbook --seeds seeds` to mutate: real, small, one for each thing that the format has."""

SEEDS = (
    ("petrel.logbook", b"Logbook of the Petrel\nMake fast at berth Z9, then move to berth B1.\n"),
    ("pages.logbook", "Logbook of the Petrel\r\n--- page 1 ---\r\n1. 靠泊\r\n--- page 2 ---\r\n| a | b |\r\n|---|---|\r\n| 1 | 2 |\r\n".encode("gb18030")),
    ("letters.logbook", b"--- page 1 ---\nLetters came.\n--- letter a.eml ---\nFrom: a@example.com\n\nMove to berth C3.\n--- letter b.txt ---\nThanks.\n"),
)
