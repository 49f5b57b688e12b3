"""Only type-checked, never run: what callers may write against the public names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import commlint
from commlint.hooks import hookimpl
from commlint.model.protocols import Calendar, Classifier, Command, Reader, Reporter, RulePack, Suppressor
from commlint.model.symbols import Attribute, Function


def checks() -> None:
    """Checking texts, records and paths."""
    moment = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    report: commlint.Report = commlint.check("text", kind="email", sent_at=moment, lang="en", to=[commlint.Party("A", "a@example.com")])
    linter = commlint.Linter(commlint.Config(select=("VAG",)), as_of=moment, lang="zh", cache=True)
    record: commlint.Record = commlint.Record.from_text("text", kind=commlint.Kind.MINUTES)
    for found in (linter.check(record), linter.check("text", subject="s"), linter.check_records([record]), linter.check_paths([Path("a"), "b"], jobs=2)):
        report = found
    finding: commlint.Finding = report.findings[0]
    level: commlint.Severity = finding.severity
    line: int = finding.location.start.line
    content: bytes = commlint.render(report, "text", color=True, width=80)
    rules: tuple[commlint.RuleMeta, ...] = linter.rules
    source: commlint.Report = linter.check_source(commlint.Source("a.eml", b""))
    spans: list[dict[str, object]] = commlint.time_spans("by Friday", moment, environment=linter.environment)
    print(level, line, content, rules, source, spans)


def errors() -> None:
    """What can be raised."""
    try:
        commlint.Linter(nearest=True).check_paths(["."])
    except commlint.ConfigError as error:
        said: tuple[str, str] = error.said("zh")
        print(said)
    except (commlint.PluginError, commlint.RuleError, commlint.UsageError, commlint.RecordError) as error:
        base: commlint.CommlintError = error
        print(base.message, base.help)


@hookimpl
def commlint_readers() -> Iterable[Reader]:
    """Marks keep the type of what they mark."""
    return []


class Nowhere:
    """A calendar by its shape alone."""

    @property
    def name(self) -> str:
        """As in configurations."""
        return "nowhere"

    def is_workday(self, day: object) -> bool:
        """Never."""
        return False

    def announced(self, year: int) -> bool:
        """Never."""
        return False

    def holiday(self, day: object) -> str | None:
        """None."""
        return None


def protocols(c: Classifier, d: Command, r: Reporter, p: RulePack, s: Suppressor, a: Attribute, f: Function) -> Calendar:
    """The shapes that plugins fill."""
    print(c.priority, d.help, r.name, p.folder, s.name, a.key, f.key)
    readers: Iterable[Reader] = commlint_readers()
    print(readers)
    return Nowhere()
