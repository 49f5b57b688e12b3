"""What can stop commlint, as exceptions; what people must read about records is a value, not an exception.

    CommlintError
    ├── UsageError      the command line or a call is wrong        (exit code 2)
    ├── ConfigError     a configuration file is wrong              (exit code 2)
    ├── PluginError     a plugin cannot be loaded or clashes       (exit code 2)
    ├── RuleError       rule files have errors; carries them all   (exit code 2)
    └── RecordError     one record cannot be read; becomes a Failure, the run goes on
"""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers take it for True; importing typing for it would cost 10 ms

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    from commlint.model.diagnostic import Diagnostic


class CommlintError(Exception):
    """Base of all that commlint raises on purpose; `help` says what to do about it.

    `zh` and `zh_help` are the same in Chinese; empty where only English was written.
    """

    def __init__(self, message: str, *, help: str = "", zh: str = "", zh_help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.zh = zh
        self.zh_help = zh_help

    def said(self, lang: str) -> tuple[str, str]:
        """The message and the help in `lang` ("zh" | "en"), in English where there is no Chinese."""
        if lang == "zh":
            return self.zh or self.message, self.zh_help or self.help
        return self.message, self.help

    def at(self, where: str) -> Self:
        """The same error, told of the place `where`; unchanged when that is empty."""
        if where:
            self.message, self.zh = f"{where}: {self.message}", f"{where}: {self.zh or self.message}"
            self.args = (self.message,)
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.message,), self._words())

    def _words(self) -> dict[str, str]:
        return {"help": self.help, "zh": self.zh, "zh_help": self.zh_help}


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
        count = len(self.diagnostics)
        super().__init__(f"{count} problem(s) in rule files", help=help, zh=f"规则文件有 {count} 处问题")

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.diagnostics,), self._words())


class RecordError(CommlintError):
    """One source cannot be read as a record; `slug` names the reason in reports."""

    def __init__(self, slug: str, message: str, *, help: str = "", zh: str = "", zh_help: str = "") -> None:
        super().__init__(message, help=help, zh=zh, zh_help=zh_help)
        self.slug = slug

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.slug, self.message), self._words())
