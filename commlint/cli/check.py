"""``commlint check``: check records and report."""

from __future__ import annotations

import gc
import sys
import time
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from commlint.cli import kept
from commlint.cli.codes import CLEAN, FINDINGS, INCOMPLETE, code_of, verdict
from commlint.cli.options import HOLDS, parsed
from commlint.cli.progress import progress
from commlint.cli.screen import colored, columns, put, tell
from commlint.cli.setup import linter, tell_problems
from commlint.cli.words import say
from commlint.errors import UsageError

if TYPE_CHECKING:
    from commlint.api import Linter
    from commlint.model.finding import Report

NAMES = (
    "paths", "stdin_filename", "kind", "exclude", *HOLDS, "min_level", "fail_level", "allow_undetermined", "exit_zero",
    "output_format", "output", "show_suppressed", "redact", "statistics", "color", "fix", "unsafe_fixes", "diff", "jobs", "no_cache",
)


_SELDOM = 50_000  # rules and findings live to the end: to look for garbage among them as often as usual costs a tenth of the time
BUILT_IN = ("text", "json", "jsonl")  # formats that do nothing but write


def run(arguments: Sequence[str], lang: str) -> int:
    """Check, report, return the exit code."""
    options = parsed("check", NAMES, arguments, lang)
    gc.set_threshold(_SELDOM)
    began, started = time.time(), time.monotonic()
    using = linter(options, lang)
    reporters = _reporters(options, using)
    looked: list[str] = []
    report = _report(options, using, looked)
    tell_problems(using)
    if options.fix or options.unsafe_fixes or options.diff:
        from commlint.cli.fix import carry_out

        report = carry_out(report, options, using.lang) or _report(options, using, looked)
    code = _code(report, options, using)
    elapsed = {"elapsed": time.monotonic() - started} if sys.stdout.isatty() else {}
    output = _shown(report, options, using, reporters, {"verdict": verdict(code, report, using.lang), **elapsed})
    put(output)
    using.plugins.run_finished(report)
    asked = kept.question(arguments, lang)
    if asked and looked and _repeats(report, options, using):
        kept.keep(asked, code, output, [*looked, *_origins(options, using)], started=began, until=_midnight(began, using.config.zone))
    return code


def _midnight(moment: float, zone: str) -> float:
    """The end of the day of `moment`: with the next one suppressions expire."""
    from datetime import datetime, timedelta
    from zoneinfo import ZoneInfo

    day = datetime.fromtimestamp(moment, ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    return (day + timedelta(days=1)).timestamp()


def _repeats(report: Report, options: Namespace, using: Linter) -> bool:
    """Whether the same command would end the same way and do nothing else, as long as nothing changes."""
    config, plugins = using.config, using.plugins
    return (
        config.cache and not options.no_cache and config.cache_folder is None  # somebody may want nothing in the user's folder
        and report.counts.sources > 0 and not report.failures and not using.diagnostics and not plugins.missing
        and options.as_of != "now" and options.output_format in BUILT_IN
        and not (options.fix or options.unsafe_fixes or options.diff or options.output or plugins.have("commlint_run_finished"))
    )  # fmt: skip


def _origins(options: Namespace, using: Linter) -> Iterator[str]:
    """What the linter came from, and the roster that is named on the command line."""
    from commlint.origins import extended

    yield from using.origins()
    if options.roster:
        yield from extended(options.roster)


def _code(report: Report, options: Namespace, using: Linter) -> int:
    code = code_of(report, fail_level=using.config.fail_level, allow_undetermined=using.config.allow_undetermined)
    return CLEAN if options.exit_zero and code in (FINDINGS, INCOMPLETE) and not report.failures else code


def _report(options: Namespace, using: Linter, looked: list[str]) -> Report:
    """The report; `looked` is given what was looked at on the way, when that was files."""
    paths = options.paths or ([] if options.stdin_filename else ["."])
    if paths == ["-"] or (options.stdin_filename and not paths):
        from commlint.cli.parse import piped

        return using.check_source(piped(options.stdin_filename, options.kind, using))
    if "-" in paths:
        raise UsageError("`-` cannot stand beside other paths", help="check standard input in a run of its own", zh="- 不能与其他路径同用", zh_help="请单独检查标准输入")
    report = using.check_paths(paths, kind=options.kind, progress=progress(using.lang), looked=looked.append, partial=True)
    if not report.counts.sources and not report.failures:
        tell(say("nothing-found", using.lang, paths=" ".join(paths)))
    return report


def _reporters(options: Namespace, using: Linter) -> list[tuple[str, str]]:
    """Formats and where they go, held against what there is before any work is done."""
    from commlint.api import reporter

    wanted = [(options.output_format, "-")]
    for pair in options.output or ():
        name, equals, path = pair.partition("=")
        if not (name and equals and path):
            raise UsageError(f"-o wants FORMAT=PATH, not {pair!r}", help="for example -o json=report.json", zh=f"-o 应写成 格式=路径\uff0c而不是 {pair!r}", zh_help="例如 -o json=report.json")
        wanted.append((name, path))
    for name, _ in wanted:
        reporter(name, using.plugins)
    return wanted


def _shown(report: Report, options: Namespace, using: Linter, reporters: Sequence[tuple[str, str]], told: Mapping[str, object]) -> bytes:
    """What goes to the screen, once the rest is in its files. `told` is what only people are told, beside the report."""
    from commlint.api import reporter

    visible = _redacted(_at_least(report, using), options, using)
    pieces: list[bytes] = []
    if options.statistics:
        pieces.append(_statistics(visible).encode())
        reporters = reporters[1:]
    for name, path in reporters:
        screen = path == "-"
        values: dict[str, object] = {"show_suppressed": options.show_suppressed, "color": screen and colored(options.color), "width": columns() if screen else 100}
        content = reporter(name, using.plugins).render(visible, {**values, **told} if screen else values)
        if screen:
            pieces.append(content)
        else:
            _write(content, path)
    return b"".join(pieces)


def _at_least(report: Report, using: Linter) -> Report:
    from attrs import evolve

    return evolve(report, findings=tuple(f for f in report.findings if f.severity.at_least(using.config.min_level)))


def _redacted(report: Report, options: Namespace, using: Linter) -> Report:
    if not (options.redact or using.config.redact):
        return report
    from commlint.report.redaction import redacted_report

    return redacted_report(report)


def _statistics(report: Report) -> str:
    from collections import Counter

    found = Counter((finding.code, finding.rule) for finding in report.findings if finding.suppressed is None)
    rows = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return "".join(f"{count:>6}  {code}  {rule}\n" for (code, rule), count in rows)


def _write(content: bytes, path: str) -> None:
    from pathlib import Path

    try:
        Path(path).write_bytes(content)
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError(f"{path} cannot be written: {why}", help="choose another path for -o", zh=f"{path} 无法写入\uff1a{why}", zh_help="请为 -o 换一个路径") from error


