"""commlint: the linter for business communication.

>>> import commlint
>>> report = commlint.check("请尽快提交材料。", kind="minutes", lang="zh")
>>> [finding.match for finding in report.findings if finding.rule == "vague-deadline"]
['尽快']
"""

TYPE_CHECKING = False  # type checkers take it for True; importing typing for it would cost 10 ms

if TYPE_CHECKING:
    from commlint.api import Linter, check, render
    from commlint.config import Config, load_config
    from commlint.entities.time.jsonl import time_spans
    from commlint.errors import CommlintError, ConfigError, PluginError, RecordError, RuleError, UsageError
    from commlint.model.environment import Environment
    from commlint.model.finding import Failure, Finding, Fix, Location, Report, Severity, Undetermined
    from commlint.model.record import Kind, Party, Record
    from commlint.model.rule import RuleMeta
    from commlint.model.source import Source

__version__ = "0.1.0"

_HOMES = {
    "commlint.api": ("Linter", "check", "render"),
    "commlint.config": ("Config", "load_config"),
    "commlint.entities.time.jsonl": ("time_spans",),
    "commlint.errors": ("CommlintError", "ConfigError", "PluginError", "RecordError", "RuleError", "UsageError"),
    "commlint.model.environment": ("Environment",),
    "commlint.model.finding": ("Failure", "Finding", "Fix", "Location", "Report", "Severity", "Undetermined"),
    "commlint.model.record": ("Kind", "Party", "Record"),
    "commlint.model.rule": ("RuleMeta",),
    "commlint.model.source": ("Source",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


if not TYPE_CHECKING:  # so that a misspelt name is an error for type checkers

    def __getattr__(name):
        """The public names, imported when first asked for (PEP 562): `import commlint` alone costs next to nothing."""
        if name not in _HOME:
            raise AttributeError(f"module 'commlint' has no attribute {name!r}")
        from importlib import import_module

        value = getattr(import_module(_HOME[name]), name)
        globals()[name] = value
        return value

    def __dir__():
        return sorted(__all__)


__all__ = [
    "CommlintError",
    "Config",
    "ConfigError",
    "Environment",
    "Failure",
    "Finding",
    "Fix",
    "Kind",
    "Linter",
    "Location",
    "Party",
    "PluginError",
    "Record",
    "RecordError",
    "Report",
    "RuleError",
    "RuleMeta",
    "Severity",
    "Source",
    "Undetermined",
    "UsageError",
    "__version__",
    "check",
    "load_config",
    "render",
    "time_spans",
]
