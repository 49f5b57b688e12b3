"""``commlint coverage``: which written norms have a rule, by document, and which have none yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from commlint.cli.codes import CLEAN
from commlint.cli.norms import documents, norms
from commlint.cli.options import SETUP, parsed
from commlint.cli.screen import put
from commlint.cli.setup import linter

_HEAD = {"zh": "{document} {title}: {covered}/{total} 条规范有规则", "en": "{document} {title}: {covered} of {total} norms have a rule"}
_SUM = {"zh": "合计\uff1a{covered}/{total} 条规范 · {rules} 条规则", "en": "in all: {covered} of {total} norms · {rules} rules"}
_OPEN = {"zh": "尚无规则", "en": "without a rule"}


def run(arguments: Sequence[str], lang: str) -> int:
    """Print the table; with ``--all`` every norm, with ``--json`` as data."""
    options = parsed("coverage", ("all", "json", *SETUP), arguments, lang)
    using = linter(options, lang)
    cited: dict[str, list[str]] = {}
    for meta in using.all_rules:
        for cite in meta.cites:
            cited.setdefault(cite, []).append(meta.name)
    rows = [{**norm, "rules": cited.get(norm["id"], [])} for norm in norms()]
    if options.json:
        import json

        put(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    else:
        put("".join(f"{line}\n" for line in _lines(rows, using.lang, len(using.all_rules), every=options.all)))
    return CLEAN


def _lines(rows: Sequence[dict[str, Any]], lang: str, rules: int, *, every: bool) -> Iterator[str]:
    for document, title in documents(lang).items():
        here = [row for row in rows if row["id"].startswith(f"{document}-")]
        yield _HEAD[lang].format(document=document, title=title, covered=_covered(here), total=len(here))
        for row in here if every else ():
            yield f"  {row['id']}  {row['rule']}  {', '.join(row['rules']) or '-'}"
        if not every:
            open_ = [row["id"].partition("-")[2] for row in here if not row["rules"]]
            yield f"  {_OPEN[lang]}: {' '.join(open_)}" if open_ else ""
    yield _SUM[lang].format(covered=_covered(rows), total=len(rows), rules=rules)


def _covered(rows: Sequence[dict[str, Any]]) -> int:
    return sum(1 for row in rows if row["rules"])
