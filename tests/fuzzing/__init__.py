"""Mutated files for every reader: `python -m tests.fuzzing`. Each module with SEEDS gives real, small files of some formats."""
