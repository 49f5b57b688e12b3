"""Results of many records into one report: rules over records judged, suppressions applied, everything in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from attrs import fields

from commlint.engine.checks import Breach, Doubt
from commlint.engine.evaluate import Linked, Outcome
from commlint.engine.facts import Fact
from commlint.engine.inspection import Result, finding, rule_failure, undetermined
from commlint.engine.program import Program
from commlint.engine.suppress import Permissions
from commlint.model.environment import Environment
from commlint.model.finding import Counts, Failure, Finding, Report, Severity, Suppression, Undetermined

NOTHING = Result()  # to say


def joined(results: Iterable[Result]) -> Result:
    """Several results as one."""
    parts = [result for result in results if result is not NOTHING]
    if len(parts) < 2:
        return parts[0] if parts else NOTHING
    return Result(
        tuple(each for part in parts for each in part.findings),
        tuple(each for part in parts for each in part.undetermined),
        tuple(each for part in parts for each in part.failures),
        tuple(each for part in parts for each in part.facts),
        tuple(each for part in parts for each in part.inlines),
        tuple(each for part in parts for each in part.granted),
        sum(part.records for part in parts),
        sum(part.unclassified for part in parts),
    )


def interrupted(result: Result) -> bool:
    """Whether somebody stopped the run there."""
    return any(failure.slug == "interrupted" for failure in result.failures)


def judged(over: Iterable[Linked], facts: Sequence[Fact], environment: Environment, getters: Mapping[str, Callable[..., Any]]) -> Result:
    """What the rules over threads, cases and archives say of the collected facts."""
    return joined(_judged(linked, facts, environment, getters) for linked in over)


def _judged(linked: Linked, facts: Sequence[Fact], environment: Environment, getters: Mapping[str, Callable[..., Any]]) -> Result:
    from commlint.engine.aggregate import judge

    findings: list[Finding] = []
    doubts: list[Undetermined] = []
    try:
        for group, outcome in judge(linked, facts, environment, getters):
            findings += _findings(linked.program, group, outcome, environment.lang)
            doubts += [undetermined(linked.program, doubt, *_name(doubt.place, group), environment.lang) for doubt in outcome.doubts]
    except Exception as error:  # the edge that isolates rules: the others are judged
        return Result(failures=(rule_failure(linked.program, "", error, environment.lang),))
    return Result(tuple(findings), tuple(doubts)) if findings or doubts else NOTHING


def _findings(program: Program, group: Sequence[Fact], outcome: Outcome, lang: str) -> Iterator[Finding]:
    breaches = list(outcome.breaches)
    if program.on_unknown is not None:
        breaches += [_as_breach(doubt, program.on_unknown, lang) for doubt in outcome.doubts]
    for breach in breaches:
        fact = _fact(breach.place, group)
        yield finding(program, breach.severity or program.severity, breach.message, fact.location, lang, record=fact.record,
                      match=fact.match, suggestion=breach.suggestion, excerpt=fact.excerpt)


def _as_breach(doubt: Doubt, severity: Severity, lang: str) -> Breach:
    from commlint.engine.reasons import reason

    return Breach(doubt.place, severity, reason(doubt.unknown, lang))


def _fact(place: Any, group: Sequence[Fact]) -> Fact:
    place = getattr(place, "place", place)
    return place if isinstance(place, Fact) else group[0]


def _name(place: Any, group: Sequence[Fact]) -> tuple[str, str]:
    fact = _fact(place, group)
    return fact.uri, fact.record


def report(
    result: Result, environment: Environment, *, suppressions: Sequence[Suppression], running: frozenset[str], known: frozenset[str],
    uris: frozenset[str], sources: int, today: date | None,
) -> Report:
    """The report of a run: every finding marked if permitted by `today`, sorted, counted. `running` and `known`: see `Permissions.problems`."""
    inlines = sorted(set(result.inlines), key=lambda each: each.location)
    permissions = Permissions(suppressions, inlines, result.granted, today=today)
    marked = [permissions.marked(each) for each in _ordered(result.findings)]
    marked += permissions.problems(environment.lang, running=running, known=known, uris=sorted(uris))
    findings = _ordered(marked)
    doubts = tuple(sorted(set(result.undetermined), key=_in_order))
    failures = tuple(sorted(set(result.failures)))
    return Report(findings, doubts, failures, _counts(findings, doubts, failures, result, sources), environment.lang)


def _ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, in the total order; what stands at one place and says the same, by all that it holds."""
    found: list[Finding] = []
    for _, alike in groupby(sorted(findings, key=_order), key=_order):
        group = list(alike)
        found += group if len(group) == 1 else sorted(set(group), key=repr)
    return tuple(found)


_in_order = attrgetter(*(field.name for field in fields(Undetermined)))  # as they compare themselves, in a third of the time


def _order(finding: Finding) -> tuple[object, ...]:
    return finding.order


def _counts(findings: Sequence[Finding], doubts: Sequence[Undetermined], failures: Sequence[Failure], result: Result, sources: int) -> Counts:
    open_ = [each.severity for each in findings if each.suppressed is None]
    return Counts(
        records=result.records, unclassified=result.unclassified, sources=sources, errors=open_.count(Severity.ERROR), warnings=open_.count(Severity.WARNING),
        infos=open_.count(Severity.INFO), suppressed=len(findings) - len(open_), undetermined=len(doubts), failures=len(failures),
    )
