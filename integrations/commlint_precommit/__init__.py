"""The pre-commit hooks of commlint: `.pre-commit-hooks.yaml` at the root of the project runs the command line."""
