"""``commlint explain RULE``: what it asks for, why, where that is written, and examples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from commlint.cli.codes import CLEAN
from commlint.cli.norms import documents
from commlint.cli.options import SETUP, parsed
from commlint.cli.screen import put
from commlint.cli.setup import linter, tell_problems
from commlint.engine.suppress import explained
from commlint.selection import unknown_rule

if TYPE_CHECKING:
    from commlint.lang.ast import Rule
    from commlint.model.rule import RuleMeta

_ROWS = {
    "code": ("code", "代码"),
    "level": ("level", "级别"),
    "scope": ("scope", "范围"),
    "kinds": ("records", "适用"),
    "why": ("why", "原因"),
    "cites": ("written in", "依据"),
    "params": ("parameters", "参数"),
    "bad": ("bad", "反例"),
    "good": ("good", "正例"),
    "file": ("file", "文件"),
    "all": ("all records", "所有记录"),
    "error": ("error", "错误"),
    "warning": ("warning", "警告"),
    "info": ("info", "提示"),
    "off": ("off", "关闭"),
    "record": ("each record", "单份记录"),
    "thread": ("threads", "会话"),
    "case": ("cases", "事项"),
    "archive": ("archives", "档案"),
}


def run(arguments: Sequence[str], lang: str) -> int:
    """Print the rule's card and examples."""
    options = parsed("explain", ("rule", *SETUP), arguments, lang)
    using = linter(options, lang)
    tell_problems(using)
    about_suppressions = explained(options.rule, using.lang)
    if about_suppressions:
        put("".join(f"{line}\n" for line in about_suppressions))
        return CLEAN
    metas = using.all_rules
    found = [meta for meta in metas if options.rule in (meta.name, meta.code)]
    if not found:
        raise unknown_rule(options.rule, metas)
    put("\n".join("".join(f"{line}\n" for line in card(meta, using.lang)) for meta in found))
    return CLEAN


def card(meta: RuleMeta, lang: str) -> Iterator[str]:
    """The card of a rule, a line each."""
    yield f"{meta.name} [{meta.code}] {meta.title}"
    yield ""
    kinds = ", ".join(_kind(kind, lang) for kind in meta.kinds) or _said("all", lang)
    rows = [("level", _said(meta.severity.value, lang)), ("scope", _said(meta.scope, lang)), ("kinds", kinds), ("why", meta.because(lang)), ("cites", _cites(meta, lang)), ("file", meta.path)]
    yield from (f"{_said(name, lang)}: {value}" for name, value in rows if value)
    for param in meta.params:
        yield f"{_said('params', lang)}: {param.name} = {_value(param.value)}"
    rule = source_of(meta)
    for polarity in ("bad", "good"):
        examples = [] if rule is None else [text for kind, text in examples_of(rule) if kind == polarity]
        if examples:
            yield f"{_said(polarity, lang)}:"
            yield from (f"  {line}" for text in examples for line in text.splitlines() or [""])


def _said(name: str, lang: str) -> str:
    return _ROWS[name][lang == "zh"]


def _kind(value: str, lang: str) -> str:
    """A kind of record by the word that rules use for it."""
    from commlint.engine.vocabulary import VOCABULARY
    from commlint.model.symbols import Constant

    words = {symbol.value: symbol.names for symbol in VOCABULARY if isinstance(symbol, Constant)}
    return value if value not in words else words[value].zh if lang == "zh" else words[value].en


def _cites(meta: RuleMeta, lang: str) -> str:
    titles = documents(lang)
    return "; ".join(f"{cite} ({titles[cite.partition('-')[0]]})" if cite.partition("-")[0] in titles else cite for cite in meta.cites)


def _value(value: object) -> str:
    """A parameter's plain value (see `commlint.engine.program`) as a person writes it."""
    from commlint.cli.config import toml

    if isinstance(value, dict):
        inner = next(iter(value.values()), "")
        return " ".join(map(str, inner)) if isinstance(inner, tuple | list) else str(inner)
    return f"[{', '.join(map(_value, value))}]" if isinstance(value, tuple | list) else toml(value)


def source_of(meta: RuleMeta) -> Rule | None:
    """The rule as written, read from its file; None when that is gone."""
    from pathlib import Path

    from commlint.lang.parser import parse

    try:
        text = Path(meta.path).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    file, _ = parse(text, meta.path)
    return next((rule for rule in file.rules if rule.name.text == meta.name), None) if file else None


def examples_of(rule: Rule) -> Iterator[tuple[str, str]]:
    """The examples of a rule: (bad | good, text); a thread example is the texts of its messages."""
    from commlint.lang.ast import Example

    for statement in rule.body:
        if isinstance(statement, Example):
            messages = [str(message.text.value) for message in statement.messages]
            given = statement.text or statement.file
            yield statement.verdict, str(given.value) if given else " | ".join(messages)
