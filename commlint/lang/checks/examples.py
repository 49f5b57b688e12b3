"""Every rule shows what it finds and what it leaves alone."""

from __future__ import annotations

from collections.abc import Iterator

from commlint.lang.ast import Example, Literal
from commlint.lang.checks.context import Context, content, head, own_statements, said, tell
from commlint.lang.marks import MarkupError, marked
from commlint.lang.study import Study
from commlint.model.diagnostic import Diagnostic


def examples(context: Context) -> Iterator[Diagnostic]:
    """missing-bad, missing-good, bad-markup, marked-good."""
    for rule in context.rules:
        given = own_statements(rule, Example)
        for verdict in ("bad", "good"):
            if not any(example.verdict == verdict for example in given):
                yield tell(rule, f"missing-{verdict}", head(rule))
        for example in given:
            for text in _texts(example):
                yield from _markup(rule, example, text)


def _texts(example: Example) -> Iterator[Literal]:
    if example.text is not None:
        yield example.text
    for message in example.messages:
        yield message.text


def _markup(rule: Study, example: Example, text: Literal) -> Iterator[Diagnostic]:
    try:
        spans = marked(str(text.value)).spans
    except MarkupError as error:
        yield tell(rule, "bad-markup", content(text), reason=said(rule.whole.file, error.zh, error.en))
        return
    if spans and example.verdict == "good":
        yield tell(rule, "marked-good", content(text))
