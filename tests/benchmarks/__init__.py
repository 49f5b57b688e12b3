"""How fast commlint is beside others, by whole-process runs: `python -m tests.benchmarks`."""
