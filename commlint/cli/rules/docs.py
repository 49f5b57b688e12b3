"""``commlint rules docs``: a Markdown page of all rules, made from the rules themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from commlint.cli.codes import CLEAN
from commlint.cli.explain import card
from commlint.cli.options import SETUP, parsed
from commlint.cli.screen import put
from commlint.cli.setup import linter

if TYPE_CHECKING:
    from commlint.model.rule import RuleMeta

_TITLE = {"zh": "规则", "en": "Rules"}
_HEAD = {"zh": "| 代码 | 名称 | 级别 | 说明 |", "en": "| code | name | level | what |"}


def run(arguments: Sequence[str], lang: str) -> int:
    """A table of all rules, then a chapter for each."""
    options = parsed("rules docs", SETUP, arguments, lang)
    using = linter(options, lang)
    put("".join(f"{line}\n" for line in page(using.all_rules, using.lang)))
    return CLEAN


def page(metas: Sequence[RuleMeta], lang: str) -> Iterator[str]:
    """The lines of the page."""
    yield from (f"# {_TITLE[lang]}", "", _HEAD[lang], "|---|---|---|---|")
    for meta in metas:
        yield f"| {meta.code} | [{meta.name}](#{meta.name}) | {meta.severity.value} | {meta.title} |"
    for meta in metas:
        title, _, *rows = card(meta, lang)
        yield from ("", f"## {meta.name}", "", title, "")
        yield from (f"    {row.strip()}" if row.startswith("  ") else f"- {row}" for row in rows if not row.startswith(("file: ", "文件: ")))
