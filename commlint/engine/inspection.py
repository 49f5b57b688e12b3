"""One record through all rules: findings in place, doubts, failures, and its fact for rules over records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from commlint.engine.checks import Breach, Doubt
from commlint.engine.evaluate import MOST, Linked
from commlint.engine.facts import Fact
from commlint.engine.frame import RuleTooSlowError
from commlint.engine.locate import Locator, default_place
from commlint.engine.prefilter import Prefilter
from commlint.engine.program import Program
from commlint.engine.reading import plugin_failure
from commlint.engine.saying import Repair
from commlint.engine.suppress import Inline, inline
from commlint.entities.analysis import RecordAnalysis
from commlint.model.environment import Environment
from commlint.model.finding import Edit, Excerpt, Failure, Finding, Fix, Location, Severity, Suppression, Undetermined
from commlint.model.protocols import Suppressor
from commlint.model.record import Kind, Record
from commlint.model.values import Located, Unknown

if TYPE_CHECKING:
    from commlint.engine.aggregate import Wanted

Getters = Mapping[str, Callable[..., Any]]


@frozen
class Result:
    """What a run has found so far, in one record, source or batch."""

    findings: tuple[Finding, ...] = ()
    undetermined: tuple[Undetermined, ...] = ()
    failures: tuple[Failure, ...] = ()
    facts: tuple[Fact, ...] = ()
    inlines: tuple[Inline, ...] = ()
    granted: tuple[Suppression, ...] = ()  # what the suppressors of plugins permit
    records: int = 0
    unclassified: int = 0  # records whose kind nobody knows, and that rules for some kind might have spoken of


def _wanted(over: Sequence[Program], getters: Getters) -> Wanted | None:
    if not over:
        return None
    from commlint.engine.aggregate import wanted

    return wanted(over, getters)


class Inspector:
    """Runs the programs of one engine on records, one at a time; safe to share between threads."""

    def __init__(self, programs: Sequence[Program], getters: Getters, environment: Environment, suppressors: Sequence[Suppressor] = ()) -> None:
        self._suppressors = suppressors
        self._single = [program for program in programs if program.scope == "record"]
        self._linked = [Linked(program, getters) for program in self._single]
        self._prefilter = Prefilter(self._single)
        self._wanted = _wanted([program for program in programs if program.scope != "record"], getters)
        self._getters = getters
        self._environment = environment

    def silent(self, text: str, uri: str) -> bool:
        """Whether a record of this text would come out of `inspect` with nothing at all."""
        return self._wanted is None and not self._suppressors and self._prefilter.silent(text, uri)

    def inspect(self, record: Record) -> Result:
        """Everything about one record that needs no other record."""
        candidates, commented = self._prefilter.candidates(record)
        collects = self._wanted is not None and self._wanted.from_record(record)
        base = self._permitted(Result(inlines=inline(record) if commented else (), records=1, unclassified=int(self._missed(record))), record)
        if record.gap is not None:
            base = evolve(base, undetermined=(_unread(record, record.gap, self._environment.lang),))
            candidates = candidates if any(part.text.strip() for part in record.parts) else []
        if not candidates and not collects:
            return base
        return self._analysed(RecordAnalysis(record, self._environment, self._getters), candidates, base, collects=collects)

    def _permitted(self, base: Result, record: Record) -> Result:
        """`base` with what the suppressors of plugins permit, and with those that raised."""
        for suppressor in self._suppressors:
            try:
                base = evolve(base, granted=(*base.granted, *suppressor.suppressions(record)))
            except Exception as error:  # the edge that isolates plugins: what it would permit is shown
                base = evolve(base, failures=(*base.failures, plugin_failure(record.uri, suppressor.name, error, self._environment.lang)))
        return base

    def _missed(self, record: Record) -> bool:
        """Whether rules for records of some kind might have had something to say of one whose kind nobody knows."""
        if record.kind is not Kind.DOCUMENT or record.evidence.by != "nothing":
            return False
        return not all(self._prefilter.silent(part.text, record.uri) for part in record.parts)

    def _analysed(self, analysis: RecordAnalysis, candidates: Sequence[int], base: Result, *, collects: bool) -> Result:
        found = _Findings(analysis, self._environment)
        size = sum(len(part.text) for part in analysis.record.parts)
        for index in candidates:
            found.run(self._linked[index], size)
        facts = found.fact(self._wanted.of(analysis)) if collects and self._wanted else ()
        doubts = (*base.undetermined, *dict.fromkeys(found.undetermined))
        return evolve(base, findings=tuple(found.findings), undetermined=doubts, failures=(*base.failures, *found.failures), facts=facts)


class _Findings:
    """What the programs say of one record, located."""

    def __init__(self, analysis: RecordAnalysis, environment: Environment) -> None:
        self.findings: list[Finding] = []
        self.undetermined: list[Undetermined] = []
        self.failures: list[Failure] = []
        self._analysis = analysis
        self._environment = environment
        self._locator = Locator(analysis)
        self._default: list[Located | None] = []

    def run(self, linked: Linked, size: int) -> None:
        record = self._analysis.record
        try:
            outcome = linked.run(self._analysis, size=size)
            placed = sorted((self._spot(breach.place), number) for number, breach in enumerate(outcome.breaches))
            for _, number in placed:
                breach = outcome.breaches[number]
                self.findings.append(self._finding(linked.program, breach))
            for doubt in outcome.doubts:
                self._doubted(linked.program, doubt)
            if outcome.more:
                self.failures.append(_too_many(record, linked.program, self._environment.lang))
        except Exception as error:  # the edge that isolates rules and the getters of plugins: the other rules go on
            self.failures.append(rule_failure(linked.program, record.uri, error, self._environment.lang))

    def fact(self, names: Sequence[str]) -> tuple[Fact, ...]:
        record = self._analysis.record
        from commlint.engine.aggregate import collect

        fact, errors = collect(self._analysis, names, self._locator)
        self.failures += [_uncollected(record, error, self._environment.lang) for error in errors]
        return (fact,)

    def _place(self, place: Any) -> Located | None:
        if isinstance(place, Located):
            return place
        if not self._default:
            self._default.append(default_place(self._analysis))
        return self._default[0]

    def _spot(self, place: Any) -> tuple[int, int]:
        located = self._place(place)
        return (located.part, located.span.start) if located else (0, 0)

    def _finding(self, program: Program, breach: Breach) -> Finding:
        located = self._place(breach.place)
        location, excerpt, match = self._locator.locate(located)
        fixes = tuple(self._fix(repair) for repair in breach.repairs)
        severity = breach.severity or program.severity
        return finding(program, severity, breach.message, location, self._environment.lang, record=self._analysis.record.name,
                       match=match, suggestion=breach.suggestion, fixes=fixes, excerpt=excerpt)

    def _fix(self, repair: Repair) -> Fix:
        location, _, _ = self._locator.locate(repair.target)
        return Fix((Edit(location, repair.replacement),), repair.safe)

    def _doubted(self, program: Program, doubt: Doubt) -> None:
        record, lang = self._analysis.record, self._environment.lang
        self.undetermined.append(undetermined(program, doubt, record.uri, record.name, lang))
        if program.on_unknown is not None:
            self.findings.append(self._finding(program, Breach(doubt.place, program.on_unknown, _undecided(doubt, lang))))


def _undecided(doubt: Doubt, lang: str) -> str:
    from commlint.engine.reasons import reason

    said = reason(doubt.unknown, lang)
    return f"无法判定\uff1a{said}" if lang == "zh" else f"cannot be decided: {said}"


def _unread(record: Record, gap: Unknown, lang: str) -> Undetermined:
    """What holds for every rule that would need the text that is not known: said once."""
    from commlint.engine.reasons import reason, way_out

    return Undetermined(record.uri, record.name, "all-rules", "ALL", gap.reason, reason(gap, lang), way_out(gap, lang))


def undetermined(program: Program, doubt: Doubt, uri: str, record: str, lang: str) -> Undetermined:
    """A doubt as the report shows it."""
    from commlint.engine.reasons import reason, way_out

    return Undetermined(uri, record, program.name, program.code, doubt.unknown.reason, reason(doubt.unknown, lang), way_out(doubt.unknown, lang))


def finding(program: Program, severity: Severity, message: str, location: Location, lang: str, *, record: str, match: str, excerpt: Excerpt,
            suggestion: str = "", fixes: tuple[Fix, ...] = ()) -> Finding:
    """A breach as the report shows it."""
    reasons = dict(program.why)
    why = reasons.get(lang) or reasons.get("") or next(iter(reasons.values()), "")
    return Finding(
        program.name, program.code, severity, message or program.title or program.name, location, record=record, match=match, suggestion=suggestion,
        why=why, cites=program.cites, fixes=fixes, excerpt=excerpt,
    )


def rule_failure(program: Program, uri: str, error: Exception, lang: str) -> Failure:
    """A rule that could not be run on a record."""
    if isinstance(error, RuleTooSlowError):
        zh, en = f"规则 {program.name} 在此记录上步骤过多\uff0c已停止", f"rule {program.name} takes too many steps on this record and was stopped"
        help_zh, help_en = "请改写规则\uff1a不要在循环里再遍历全文", "rewrite the rule: do not walk the whole text inside a loop"
        return Failure(uri, "rule", "rule-too-slow", zh if lang == "zh" else en, help_zh if lang == "zh" else help_en, program.name)
    said = f"{type(error).__name__}: {error}"
    zh, en = f"规则 {program.name} 在此记录上无法运行\uff1a{said}", f"rule {program.name} could not be run on this record: {said}"
    help_zh, help_en = "若规则用了插件的词\uff0c请告知插件作者", "if the rule uses a plugin's words, tell the plugin's author"
    return Failure(uri, "rule", "rule-failed", zh if lang == "zh" else en, help_zh if lang == "zh" else help_en, program.name)


def _too_many(record: Record, program: Program, lang: str) -> Failure:
    zh, en = f"规则 {program.name} 在此记录上的发现超过 {MOST:,} 处\uff0c其余未列出", f"rule {program.name} found more than {MOST:,} places in this record; the rest is not listed"
    help_zh, help_en = "请先改正已列出的\uff0c或确认这确是一份记录", "mend those that are listed, or make sure that this is a record at all"
    return Failure(record.uri, "read", "too-many-findings", zh if lang == "zh" else en, help_zh if lang == "zh" else help_en, program.name)


def _uncollected(record: Record, error: Exception, lang: str) -> Failure:
    said = f"{type(error).__name__}: {error}"
    zh, en = f"供跨记录规则使用的内容无法得出\uff1a{said}", f"what rules over several records need could not be worked out: {said}"
    return Failure(record.uri, "rule", "facts-not-collected", zh if lang == "zh" else en, subject=record.name)
