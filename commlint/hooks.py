"""What a plugin can provide: the hooks, each with its type and an example.

A plugin is a module (or any object) with functions named after hooks and marked with `hookimpl`. It joins by an entry
point of the group ``commlint``::

    [project.entry-points.commlint]
    harbour = "commlint_harbour.plugin"

or by ``[plugins] load = ["commlint_harbour.plugin"]`` in a configuration. All hooks but `commlint_run_finished` provide
values and are called once, when commlint is assembled; results are sorted by name, so the order of plugins never
matters, and two values of one name are an error that names both plugins. Import what is heavy inside your functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from commlint.model.finding import Report
    from commlint.model.protocols import Calendar, Classifier, Command, Reader, Reporter, RulePack, Suppressor
    from commlint.model.symbols import Attribute, Constant, Function, TypeSymbol

PROJECT = "commlint"

_F = TypeVar("_F", bound=Callable[..., Any])
_IMPL = {"wrapper": False, "hookwrapper": False, "optionalhook": False, "tryfirst": False, "trylast": False, "specname": None}
_SPEC = {"firstresult": False, "historic": False, "warn_on_impl": None, "warn_on_impl_args": None}


def hookimpl(function: _F) -> _F:
    """Mark `function` as the implementation of the hook it is named after.

    Sets the attribute that pluggy reads, without importing pluggy (20 ms that a warm run does not have).
    """
    function.commlint_impl = dict(_IMPL)  # type: ignore[attr-defined]  # functions carry attributes
    return function


def hookspec(function: _F) -> _F:
    """Mark `function` as the specification of a hook."""
    function.commlint_spec = dict(_SPEC)  # type: ignore[attr-defined]  # functions carry attributes
    return function


@hookspec
def commlint_readers() -> Iterable[Reader]:
    """Readers of file formats; chosen by suffix, media type or a look at the bytes.

    ::

        @hookimpl
        def commlint_readers():
            return [LogbookReader()]  # name = "logbook", suffixes = (".log",)
    """
    return ()


@hookspec
def commlint_rule_packs() -> Iterable[RulePack]:
    """Folders of .norm files that travel together.

    ::

        @hookimpl
        def commlint_rule_packs():
            return [RulePack("harbour", Path(__file__).parent / "rules", "1.0")]
    """
    return ()


@hookspec
def commlint_entities() -> Iterable[TypeSymbol | Attribute | Constant]:
    """New words for rules: types, typed attributes and collections of records and entities, named constants.

    ::

        @hookimpl
        def commlint_entities():
            return [Attribute("record", Names("berths", "泊位"), list_of("text"), Names("…", "…"), "commlint_harbour.berths:berths")]
    """
    return ()


@hookspec
def commlint_functions() -> Iterable[Function]:
    """New functions for rules; each is called with the analysis and its arguments, and is pure.

    ::

        @hookimpl
        def commlint_functions():
            return [Function(Names("tonnage", "吨位"), (), Type("number"), Names("…", "…"), "commlint_harbour.ships:tonnage")]
    """
    return ()


@hookspec
def commlint_calendars() -> Iterable[Calendar]:
    """Working-day calendars, chosen by name with ``[calendar] name`` or ``--calendar``.

    ::

        @hookimpl
        def commlint_calendars():
            return [SixDayWeek()]  # name = "six-day-week"
    """
    return ()


@hookspec
def commlint_classifiers() -> Iterable[Classifier]:
    """Say what kind a record is when nobody said so; the lowest `priority` that answers wins.

    ::

        @hookimpl
        def commlint_classifiers():
            return [LogbookKind()]  # name = "logbook-kind", priority = 50
    """
    return ()


@hookspec
def commlint_suppressors() -> Iterable[Suppressor]:
    """Say which findings are permitted; permitted findings are marked, never dropped.

    ::

        @hookimpl
        def commlint_suppressors():
            return [DrillsAreExempt()]  # name = "drills"
    """
    return ()


@hookspec
def commlint_reporters() -> Iterable[Reporter]:
    """Output formats, chosen by name with ``--output-format`` or ``-o NAME=PATH``.

    ::

        @hookimpl
        def commlint_reporters():
            return [Tally()]  # name = "tally"
    """
    return ()


@hookspec
def commlint_commands() -> Iterable[Command]:
    """Subcommands of the command line: ``commlint NAME …``.

    ::

        @hookimpl
        def commlint_commands():
            return [Greet()]  # name = "greet"
    """
    return ()


@hookspec
def commlint_run_finished(report: Report) -> None:
    """Called after each run of the command line with the finished report: to count, to notify. Its result is ignored.

    ::

        @hookimpl
        def commlint_run_finished(report):
            METRICS.increment("commlint.errors", report.counts.errors)
    """


PROVIDERS = (
    "commlint_calendars",
    "commlint_classifiers",
    "commlint_commands",
    "commlint_entities",
    "commlint_functions",
    "commlint_readers",
    "commlint_reporters",
    "commlint_rule_packs",
    "commlint_suppressors",
)

__all__ = [
    "PROVIDERS",
    "commlint_calendars",
    "commlint_classifiers",
    "commlint_commands",
    "commlint_entities",
    "commlint_functions",
    "commlint_readers",
    "commlint_reporters",
    "commlint_rule_packs",
    "commlint_run_finished",
    "commlint_suppressors",
    "hookimpl",
    "hookspec",
]
