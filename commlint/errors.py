"""What can stop commlint, as exceptions; what people must read about records is a value, not an exception.

    CommlintError
    ├── UsageError      the command line or a call is wrong        (exit code 2)
    ├── ConfigError     a configuration file is wrong              (exit code 2)
    ├── PluginError     a plugin cannot be loaded or clashes       (exit code 2)
    ├── RuleError       rule files have errors; carries them all   (exit code 2)
    └── RecordError     one record cannot be read; becomes a Failure, the run goes on
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commlint.model.diagnostic import Diagnostic


class CommlintError(Exception):
    """Base of all that commlint raises on purpose; `help` says what to do about it."""

    def __init__(self, message: str, *, help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.message,), {"help": self.help})


class UsageError(CommlintError):
    """The command line or a library call cannot be carried out as given."""


class ConfigError(CommlintError):
    """A configuration file is missing, unreadable or says something commlint does not know."""


class PluginError(CommlintError):
    """A plugin cannot be loaded, raises at assembly, or clashes with another."""


class RuleError(CommlintError):
    """Rule files have errors; `diagnostics` holds every one of them."""

    def __init__(self, diagnostics: Iterable[Diagnostic], *, help: str = "") -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(f"{len(self.diagnostics)} problem(s) in rule files", help=help)

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.diagnostics,), {"help": self.help})


class RecordError(CommlintError):
    """One source cannot be read as a record; `slug` names the reason in reports."""

    def __init__(self, slug: str, message: str, *, help: str = "") -> None:
        super().__init__(message, help=help)
        self.slug = slug

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.slug, self.message), {"help": self.help})
