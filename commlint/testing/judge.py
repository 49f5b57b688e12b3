"""The verdict on one example: what the engine finds, against what the rule's author marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from commlint.engine.program import Program
from commlint.engine.symboltable import SymbolTable
from commlint.lang.ast import Example, File, Literal
from commlint.lang.marks import MarkupError, marked
from commlint.lang.messages import positions
from commlint.lang.resolver import Resolver
from commlint.lang.settings import plain
from commlint.lang.study import Study
from commlint.lang.telling import diagnostic
from commlint.lang.variants import Variant, variants
from commlint.model.diagnostic import Diagnostic
from commlint.model.environment import Environment
from commlint.model.finding import Finding, Report, Severity
from commlint.model.protocols import Reader
from commlint.model.record import Record
from commlint.model.span import Span
from commlint.testing.records import environment, record

_ANYWHERE = Span(0, 0)


@frozen
class _Case:
    """An example ready to run: its records, its world, and the texts it was written as."""

    example: Example
    records: tuple[Record, ...]
    environment: Environment
    texts: tuple[Literal, ...]
    may_be_undetermined: bool = False


class Judge:
    """Runs examples with the real engine; `count` is how many it has run."""

    def __init__(self, table: SymbolTable, readers: tuple[Reader, ...]) -> None:
        self.table = table
        self.readers = readers
        self.count = 0

    def rule(self, rule: Study, *, exceptions: bool) -> Iterator[Diagnostic]:
        """What is wrong with the examples of one rule, and with exceptions that none of them needs."""
        program = _loud(rule.program) if rule.program else None
        if program is None:
            return
        silent: list[_Case] = []
        told = 0
        for example in (statement for statement in rule.whole.rule.body if isinstance(statement, Example)):
            case = self._case(example, rule, program)
            if isinstance(case, Diagnostic):
                told += 1
                yield case
                continue
            self.count += 1
            problems = tuple(_judged(case, self._run(program, case), rule))
            told += len(problems)
            yield from problems
            if example.verdict == "good" and not problems:
                silent.append(case)
        if exceptions and not told:  # as long as examples fail, it is not known what they need
            yield from self._needless(rule, program, silent)

    def _run(self, program: Program, case: _Case) -> Report:
        from commlint.engine.engine import Engine

        return Engine((program,), self.table, case.environment).check_records(case.records)

    # --- an example as records ------------------------------------------------------------------

    def _case(self, example: Example, rule: Study, program: Program) -> _Case | Diagnostic:
        try:
            return self._made(example, rule, program)
        except MarkupError as error:
            return _unreadable(rule, example, error.zh, error.en)
        except (ValueError, KeyError, TypeError) as error:
            return _unreadable(rule, example, str(error), str(error))

    def _made(self, example: Example, rule: Study, program: Program) -> _Case | Diagnostic:
        resolver = Resolver(rule.whole.file, self.table, {})
        settings = dict(plain(setting, resolver) for setting in example.settings)
        world = environment(settings, rule.whole.file.lang)
        may_be = settings.get("undetermined") is True
        kind = program.kinds[0] if program.kinds else "document"
        if example.file is not None:
            records = self._read(example.file, rule, world)
            return records if isinstance(records, Diagnostic) else _Case(example, records, world, (), may_be)
        if example.text is not None:
            return _Case(example, (record(str(example.text.value), settings, kind=kind),), world, (example.text,), may_be)
        said = [settings | dict(plain(setting, resolver) for setting in message.settings) for message in example.messages]
        texts = tuple(message.text for message in example.messages)
        records = tuple(record(str(text.value), one, kind=kind, number=n) for n, (text, one) in enumerate(zip(texts, said, strict=True), 1))
        return _Case(example, records, world, texts, may_be)

    def _read(self, named: Literal, rule: Study, world: Environment) -> tuple[Record, ...] | Diagnostic:
        from commlint.engine.opening import Unread, opened
        from commlint.model.source import Source

        path = Path(rule.whole.file.path).parent / str(named.value)
        try:
            source = Source(str(path), path.read_bytes())
            found = tuple(opened(source, self.readers, world))
        except OSError as error:
            return _unreadable(rule, named, str(error), str(error))
        unread = next((item for item in found if isinstance(item, Unread)), None)
        if unread is not None:
            return _unreadable(rule, named, str(getattr(unread.error, "zh", "") or unread.error), str(unread.error))
        return tuple(item for item in found if isinstance(item, Record))

    # --- exceptions -----------------------------------------------------------------------------

    def _needless(self, rule: Study, program: Program, silent: list[_Case]) -> Iterator[Diagnostic]:
        for variant in variants(program):
            if rule.whole.rule.span.contains(variant.span) and not self._needed(variant, silent):
                yield diagnostic("exception-not-needed", rule.whole.file, variant.span)

    def _needed(self, variant: Variant, silent: Iterable[_Case]) -> bool:
        return any((report := self._run(variant.program, case)).findings or report.undetermined for case in silent)


def _loud(program: Program) -> Program:
    """A rule that is switched off has examples all the same."""
    return evolve(program, severity=Severity.WARNING) if program.severity is Severity.OFF else program


# --- verdicts -------------------------------------------------------------------------------------


def _judged(case: _Case, report: Report, rule: Study) -> Iterator[Diagnostic]:
    for failure in report.failures[:1]:
        yield _unreadable(rule, case.example, failure.message, failure.message)
    if report.failures:
        return
    judge = _good if case.example.verdict == "good" else _bad
    yield from judge(case, report, rule)


def _good(case: _Case, report: Report, rule: Study) -> Iterator[Diagnostic]:
    for finding in report.findings[:1]:
        span = _in_rule_file(case, finding, rule.whole.file)
        yield _tell(rule, "example-false-alarm", span, match=finding.match, hint=finding.message)
    if not report.findings and report.undetermined and not case.may_be_undetermined:
        yield _undetermined(case, report, rule)


def _undetermined(case: _Case, report: Report, rule: Study) -> Diagnostic:
    return _tell(rule, "example-undetermined", _place(case.example), reason=report.undetermined[0].reason)


def _bad(case: _Case, report: Report, rule: Study) -> Iterator[Diagnostic]:
    if not report.findings:
        reasons = ", ".join(sorted({missing.reason for missing in report.undetermined}))
        hint = _said(rule.whole.file, f"无法判定\uff1a{reasons}", f"undetermined: {reasons}") if reasons else ""
        yield _tell(rule, "example-missed", _place(case.example), hint=hint)
        return
    expected = [(index, span) for index, text in enumerate(case.texts) for span in marked(str(text.value)).spans]
    if expected and not _met(expected, report.findings, case):
        wanted = [span.of(case.records[index].parts[-1].text) for index, span in expected]
        found = [finding.match for finding in report.findings]
        yield _tell(rule, "example-wrong-span", _place(case.example), expected=_listed(wanted, rule), found=_listed(found, rule))


def _met(expected: list[tuple[int, Span]], findings: Iterable[Finding], case: _Case) -> bool:
    """Whether findings and marks are the same, one to one."""
    left = list(expected)
    for finding in findings:
        mark = next((mark for mark in left if _is_at(finding, mark, case)), None)
        if mark is None:
            return False
        left.remove(mark)
    return not left


def _is_at(finding: Finding, mark: tuple[int, Span], case: _Case) -> bool:
    """Whether a finding stands at a mark: the same stretch of the body, or the same words in the subject or group name."""
    index, span = mark
    written = case.records[index]
    if finding.record != written.name:
        return False
    body = written.parts[-1]
    return finding.location.span == span if finding.location.part == body.view.label else finding.match == span.of(body.text)


# --- telling --------------------------------------------------------------------------------------


def _tell(rule: Study, slug: str, span: Span, /, **values: Any) -> Diagnostic:
    return diagnostic(slug, rule.whole.file, span, rule=rule.meta.name, **values)


def _unreadable(rule: Study, node: Example | Literal, zh: str, en: str) -> Diagnostic:
    return _tell(rule, "example-unreadable", _place(node), reason=_said(rule.whole.file, zh, en))


def _said(file: File, zh: str, en: str) -> str:
    return zh if file.lang == "zh" else en


def _listed(words: Iterable[str], rule: Study) -> str:
    quoted = _said(rule.whole.file, "\u201c{}\u201d", "'{}'")
    return ", ".join(quoted.format(word.replace("\n", "\u23ce")) for word in words)


def _place(node: Example | Literal) -> Span:
    return node.text.span if isinstance(node, Example) and node.text else node.span


def _in_rule_file(case: _Case, finding: Finding, file: File) -> Span:
    """Where in the rule file the characters stand that a finding is about; the whole example when they are elsewhere."""
    index = next((i for i, one in enumerate(case.records) if one.name == finding.record), None)
    if index is None or index >= len(case.texts) or finding.location.part != case.records[index].parts[-1].view.label:
        return _place(case.example)
    literal = case.texts[index]
    places = positions(literal.span.of(file.text), literal.span.start)
    start, end = finding.location.span.start, finding.location.span.end
    return Span(places[start], places[end]) if end < len(places) else _place(case.example)
