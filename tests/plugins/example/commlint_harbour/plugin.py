"""Every hook of commlint, implemented once; what is heavy is imported inside."""

from __future__ import annotations

from pathlib import Path

from commlint.hooks import hookimpl
from commlint.model.protocols import RulePack
from commlint.model.symbols import Attribute, Function, Names, Parameter, Type, list_of


@hookimpl
def commlint_readers():
    """Reads .logbook files, and folders that are one."""
    from commlint_harbour.logbook import LogbookReader

    return [LogbookReader()]


@hookimpl
def commlint_classifiers():
    """Knows a logbook by its heading."""
    from commlint_harbour.office import LogbookKind

    return [LogbookKind()]


@hookimpl
def commlint_entities():
    """Teaches rules the word `berths` (泊位)."""
    return [
        Attribute(
            "record", Names("berths", "泊位"), list_of("text"), Names("berths that are named", "提到的泊位"),
            "commlint_harbour.words:berths", "any berth in body", singular=Names("berth", "泊位"),
        )
    ]


@hookimpl
def commlint_functions():
    """Teaches rules the function `berth_exists` (泊位存在)."""
    return [
        Function(
            Names("berth_exists", "泊位存在"), (Parameter(Names("name", "名称"), Type("string")),), Type("bool"),
            Names("whether the harbour has such a berth", "港内是否有此泊位"), "commlint_harbour.words:berth_exists", 'berth_exists("B1")',
        )
    ]


@hookimpl
def commlint_rule_packs():
    """Brings the rule harbour-berth."""
    return [RulePack("harbour", Path(__file__).parent / "rules", "1.0")]


@hookimpl
def commlint_calendars():
    """A harbour works every day."""
    from commlint_harbour.office import EveryDay

    return [EveryDay()]


@hookimpl
def commlint_suppressors():
    """Drills are exempt."""
    from commlint_harbour.office import DrillsAreExempt

    return [DrillsAreExempt()]


@hookimpl
def commlint_reporters():
    """The output format `tally`."""
    from commlint_harbour.office import Tally

    return [Tally()]


@hookimpl
def commlint_commands():
    """The command `commlint tide`."""
    from commlint_harbour.office import Tide

    return [Tide()]


@hookimpl
def commlint_run_finished(report):
    """Notes each run in harbour.count, where that file exists."""
    note = Path("harbour.count")
    if note.exists():
        note.write_text(f"{report.counts.records} records\n", "utf-8")
