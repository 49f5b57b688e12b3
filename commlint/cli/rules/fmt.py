"""``commlint rules fmt``: rule files in one layout, and from one keyword language to the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path

from commlint.cli.codes import CLEAN, ERROR, FINDINGS
from commlint.cli.options import parsed
from commlint.cli.rules.files import named
from commlint.cli.screen import put, tell
from commlint.cli.setup import linter
from commlint.errors import RuleError

NAMES = ("rule_files", "keywords", "check_only", "diff", "config", "isolated", "rules")


def run(arguments: Sequence[str], lang: str) -> int:
    """Rewrite the files. With ``--check`` exit code 1 when one would change; files with errors stay as they are (2)."""
    options = parsed("rules fmt", NAMES, arguments, lang)
    using = linter(options, lang)
    from commlint.lang import packs
    from commlint.lang.format import formatted
    from commlint.report.diagnostics import shown

    table = using.plugins.table()
    code = CLEAN
    for path in files(named(options, using)):
        try:
            text = packs.rule_text(path, using.lang)
            after = formatted(text, str(path), table, options.keywords)
        except RuleError as error:
            tell(shown(error.diagnostics, lang=using.lang).rstrip("\n"))
            code = ERROR
            continue
        if after == text:
            continue
        if options.diff:
            put("".join(unified_diff(text.splitlines(keepends=True), after.splitlines(keepends=True), str(path), str(path))))
        elif options.check_only:
            put(f"{path}\n")
        else:
            path.write_bytes(after.replace("\n", _break(path)).encode("utf-8"))
            put(f"{path}\n")
        code = max(code, FINDINGS) if options.check_only else code
    return code


def _break(path: Path) -> str:
    """The line break that the file has, so that a file of Windows stays one."""
    return "\r\n" if b"\r\n" in path.read_bytes() else "\n"


def files(paths: Sequence[Path]) -> Iterator[Path]:
    """The rule files at `paths`, each once, in order."""
    found = (file for path in paths for file in (sorted(path.rglob("*.norm")) if path.is_dir() else [path]))
    return iter(dict.fromkeys(found))
