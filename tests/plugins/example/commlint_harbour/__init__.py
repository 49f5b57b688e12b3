"""An example plugin for commlint: the logbooks of a harbour office."""
