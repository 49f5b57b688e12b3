"""``commlint time``: how time expressions are understood, and from when they count."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from commlint.cli.codes import CLEAN
from commlint.cli.options import SETUP, parsed
from commlint.cli.screen import put
from commlint.cli.setup import instant, linter

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.values import TimeExpression


def run(arguments: Sequence[str], lang: str) -> int:
    """Print what was understood; ``--jsonl`` answers a line of JSON with a line of JSON."""
    options = parsed("time", ("texts", "sent", "tz", "calendar", "json", "jsonl", *SETUP), arguments, lang)
    using = linter(options, lang)
    if options.jsonl:
        return _answer(using.environment)
    texts = options.texts or [sys.stdin.buffer.read().decode("utf-8", "replace")]
    sent = instant(options.sent, using.environment.zone) if options.sent else None
    found = [times(text, using.environment, sent) for text in texts]
    if options.json:
        import json

        put(json.dumps([data(time) for times_ in found for time in times_], ensure_ascii=False, indent=2) + "\n")
    else:
        put("".join(f"{line}\n" for times_ in found for time in times_ for line in _lines(time)))
    return CLEAN


def _answer(environment: Environment) -> int:
    """A line of JSON for every line of JSON, until there are no more."""
    from commlint.entities.time.jsonl import answer

    for line in sys.stdin.buffer:
        if line.strip():
            put(answer(line.decode("utf-8", "replace"), environment=environment) + "\n")
    return CLEAN


def times(text: str, environment: Environment, sent: Any = None) -> tuple[TimeExpression, ...]:
    """The time expressions of a text, as rules get them."""
    from commlint.engine.symboltable import SymbolTable
    from commlint.engine.vocabulary import VOCABULARY
    from commlint.entities.analysis import RecordAnalysis
    from commlint.model.record import Record

    analysis = RecordAnalysis(Record.from_text(text, sent_at=sent), environment, SymbolTable(VOCABULARY).getters())
    return tuple(analysis.collection("record.times"))  # type: ignore[arg-type]  # the vocabulary types this word as times


def data(time: TimeExpression) -> dict[str, object]:
    """A time expression as JSON data; spans count code points of the text as folded."""
    moments = {name: value.isoformat() if value else None for name, value in (("start", time.start), ("end", time.end), ("due", time.due))}
    return {
        "text": time.text, "span": [time.span.start, time.span.end], "kind": time.kind.value, "value": time.value, **moments,
        "anchor": time.anchor, "precision": time.precision, "alternatives": list(time.alternatives), "why": time.why, "assumed": time.assumed,
    }


def _lines(time: TimeExpression) -> Iterator[str]:
    yield f"{time.text}  {time.kind.value}  {time.value or '-'}  ({time.why})"
    for name, value in (("start", time.start), ("end", time.end), ("due", time.due)):
        if value:
            yield f"  {name:<5} {value.isoformat(' ', 'minutes')}"
    if time.alternatives:
        yield f"  or    {', '.join(time.alternatives)}"


__all__ = ["data", "run", "times"]
