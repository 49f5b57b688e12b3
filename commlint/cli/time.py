"""``commlint time``: how time expressions are understood, and from when they count."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from commlint.cli.codes import CLEAN, ERROR
from commlint.cli.names import Names
from commlint.cli.options import SETUP, parsed
from commlint.cli.screen import put, tell
from commlint.cli.setup import instant, linter
from commlint.cli.words import say
from commlint.errors import UsageError

if TYPE_CHECKING:
    from commlint.model.environment import Environment
    from commlint.model.values import TimeExpression


def run(arguments: Sequence[str], lang: str) -> int:
    """Print what was understood; ``--jsonl`` answers a line of JSON with a line of JSON."""
    options = parsed("time", ("texts", "sent", "tz", "calendar", "json", "jsonl", *SETUP), arguments, lang)
    using = linter(options, lang)
    if options.jsonl:
        return _answer(using.environment, using.lang)
    texts = options.texts or [sys.stdin.buffer.read().decode("utf-8", "replace")]
    sent = instant(options.sent, using.environment.zone) if options.sent else None
    found = [times(text, using.environment, sent) for text in texts]
    if options.json:
        import json

        put(json.dumps([data(time) for times_ in found for time in times_], ensure_ascii=False, indent=2) + "\n")
    else:
        names = Names(using.plugins.table(), using.lang)
        put("".join(f"{line}\n" for times_ in found for time in times_ for line in _lines(time, names)))
    return CLEAN


def _answer(environment: Environment, lang: str) -> int:
    """A line of JSON for every line of JSON, until there are no more; a line that is none is told with its number, and the next is read."""
    from commlint.entities.time.jsonl import answer

    code = CLEAN
    for number, line in enumerate(sys.stdin.buffer, 1):
        if line.strip():
            try:
                put(answer(line.decode("utf-8", "replace"), environment=environment) + "\n")
            except UsageError as error:
                code = ERROR
                message, help_ = error.said(lang)
                tell(f"{say('error', lang)}{say('line', lang, number=number)}{message}\n  = {say('help', lang)}{help_}")
    return code


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


def _lines(time: TimeExpression, names: Names) -> Iterator[str]:
    kind = names.value(time.kind.value, "kind", "time")
    yield f"{time.text}  {kind}  {time.value or '-'}  ({time.why})"
    moments = [(names.word(name, "time"), value.isoformat(" ", "minutes")) for name, value in (("start", time.start), ("end", time.end), ("due", time.due)) if value]
    others = [(names.word("alternatives", "time"), ", ".join(time.alternatives))] if time.alternatives else []
    yield from (f"  {name}  {said}" for name, said in (*moments, *others))


__all__ = ["data", "run", "times"]
