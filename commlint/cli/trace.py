"""``commlint trace RULE FILE``: every value a rule came by on a record, with its place in the rule file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commlint.cli.codes import CLEAN, INCOMPLETE
from commlint.cli.names import Names
from commlint.cli.options import SETUP, parsed
from commlint.cli.parse import plain, source_at, told
from commlint.cli.screen import put
from commlint.cli.setup import linter, tell_problems
from commlint.errors import UsageError
from commlint.model.values import Unknown
from commlint.report.cells import harmless

if TYPE_CHECKING:
    from commlint.api import Linter
    from commlint.engine.program import Program
    from commlint.entities.analysis import RecordAnalysis
    from commlint.model.record import Record

_WIDEST = 70
_SAID = {
    "passes": ("passes, or does not apply", "通过或不适用"),
    "breach": ("breach", "违反"),
    "unknown": ("undetermined", "无法判定"),
}


def run(arguments: Sequence[str], lang: str) -> int:
    """Print the steps for each record of the file, then the outcome."""
    options = parsed("trace", ("rule", "path", "kind", "as_of", "tz", "calendar", "roster", *SETUP), arguments, lang)
    using = linter(options, lang)
    tell_problems(using)
    program = using.program(options.rule)
    if program.scope != "record":
        raise UsageError(
            f"{program.name} is judged over a {program.scope}, not on one record", help="`commlint check` shows what it finds; trace follows rules on single records",
            zh=f"{program.name} 跨 {program.scope} 判定\uff0c不在单条记录上判定", zh_help="请用 commlint check 查看其结果\uff1btrace 只跟踪单条记录的规则",
        )
    source = source_at(options.path, using, kind=options.kind)
    if source is None:
        return INCOMPLETE
    records, failures = using.contents(source)
    for record in records:
        put("".join(f"{line}\n" for line in _steps(program, record, using)))
    told(failures, using.lang)
    return INCOMPLETE if failures else CLEAN


def _steps(program: Program, record: Record, using: Linter) -> Iterator[str]:
    from commlint.engine.evaluate import evaluate, trace
    from commlint.entities.analysis import RecordAnalysis

    table = using.plugins.table()
    names, getters = Names(table, using.lang), table.getters()
    analysis = RecordAnalysis(record, using.environment, getters)
    text = _text(program.path)
    yield f"{program.name} [{program.code}] {record.uri}{'#' if record.name else ''}{record.name} ({record.kind.value})"
    if program.kinds is not None and record.kind.value not in program.kinds:
        yield f"  {_said('passes', using.lang)}: {record.kind.value} \u2209 {', '.join(program.kinds)}"
        return
    for step in trace(program, analysis, getters):
        start, end = step.span
        written = harmless(text[start:end]) or step.op
        yield f"  {_place(text, start):>7}  {written[:_WIDEST]}{'…' if len(written) > _WIDEST else ''}  =  {_value(step.value, analysis, names)}"
    outcome = evaluate(program, analysis, getters)
    yield from (f"  {_said('breach', using.lang)}: {harmless(str(breach.message)) or program.title}" for breach in outcome.breaches)
    yield from (f"  {_said('unknown', using.lang)}: {doubt.unknown.reason}" for doubt in outcome.doubts)
    if not (outcome.breaches or outcome.doubts):
        yield f"  {_said('passes', using.lang)}"


def _said(name: str, lang: str) -> str:
    return _SAID[name][lang == "zh"]


def _text(path: str) -> str:
    try:
        return Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _place(text: str, start: int) -> str:
    return f"{text.count(chr(10), 0, start) + 1}:{start - text.rfind(chr(10), 0, start)}"


def _value(value: Any, analysis: RecordAnalysis, names: Names) -> str:
    """One line; of a long list its length and first items."""
    if isinstance(value, Unknown):
        return f"? ({value.reason})"
    if isinstance(value, tuple | list):
        shown = ", ".join(_value(item, analysis, names) for item in value[:3])
        return f"[{shown}{', …' if len(value) > 3 else ''}] ({len(value)})"
    said = plain(value, analysis)
    if isinstance(said, dict):
        because = _why(value, analysis)
        said = f"“{said.get('text', '')}” {said.get('at', '')}" if "text" in said else ", ".join(f"{k}={v}" for k, v in said.items())
        if because:
            return f"{_short(said)} ({harmless(names.why(because))})"
    return _short(said)


def _short(said: Any) -> str:
    text = harmless(str(said))
    return text[:_WIDEST] + ("…" if len(text) > _WIDEST else "")


def _why(value: Any, analysis: RecordAnalysis) -> str:
    """What decided what a sentence does, or whether a word is a vague commitment."""
    from commlint.entities import directives, vague
    from commlint.model.values import Located, Sentence

    if isinstance(value, Sentence):
        read = directives.reading(analysis, value)
        return f"{', '.join(sorted(read.senses))}: {'; '.join(read.why)}" if read.why else ""
    return vague.explanation(analysis, value) if isinstance(value, Located) else ""
