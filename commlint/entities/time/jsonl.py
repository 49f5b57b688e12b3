"""Time expressions of plain texts, one JSON object a line: what `commlint time --jsonl` prints."""

from __future__ import annotations

import json
from datetime import date, datetime, time

from commlint.calendar.calendars import china
from commlint.entities.time.recognise import recognise
from commlint.errors import UsageError
from commlint.model.environment import Environment
from commlint.model.values import TimeExpression, TimeKind
from commlint.text.fold import fold

_EXAMPLE = '{"id": 1, "text": "\u2026", "ref": "2024-05-20T09:00"}'
_MINUTES = ("hours", "minutes", "seconds")


def time_spans(text: str, ref: datetime | None = None, *, environment: Environment | None = None) -> list[dict[str, object]]:
    """The time expressions of `text`, which may be in any width and script: what ``commlint time --jsonl`` answers.

    Each is {"start", "end", "text", "kind", "value", "due", "anchor"}; offsets in code points of `text`, end exclusive. `due` is said of
    limits that count from `ref`: a day, or a minute for hours. Without `environment`: the Chinese calendar, Asia/Shanghai.
    """
    environment = environment or Environment(china())
    folded = fold(text)
    found = recognise(folded.text, reference=ref, environment=environment)
    return [_plain(text, time, folded.source_map.to_source(time.span).start, folded.source_map.to_source(time.span).end) for time in found]


def _plain(text: str, time: TimeExpression, start: int, end: int) -> dict[str, object]:
    return {
        "start": start, "end": end, "text": text[start:end], "kind": time.kind.value, "value": time.value,
        "due": _due(time), "anchor": time.anchor,
    }


def _due(expression: TimeExpression) -> str | None:
    due = expression.due
    if due is None or expression.kind is not TimeKind.LIMIT:
        return None
    whole_day = expression.precision not in _MINUTES and due.time() == time.max
    return str(due.date()) if whole_day else due.strftime("%Y-%m-%dT%H:%M")


def answer(line: str, environment: Environment) -> str:
    """The JSON line for the JSON line {"id", "text", "ref"}. Raises UsageError saying what is wrong with the line."""
    question = _question(line)
    text = question.get("text")
    if not isinstance(text, str):
        raise UsageError("the line has no \"text\" that is a string", help=f"write {_EXAMPLE}", zh="这一行没有字符串 \"text\"", zh_help=f"写法如 {_EXAMPLE}")
    found = time_spans(text, _reference(question.get("ref")), environment=environment)
    return json.dumps({"id": question.get("id"), "spans": found}, ensure_ascii=False)


def _question(line: str) -> dict[str, object]:
    try:
        question = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"not a JSON line: {error}", help="one JSON object a line", zh=f"不是 JSON\uff1a{error}", zh_help=f"每行写一个 JSON 对象\uff0c如 {_EXAMPLE}") from error
    if not isinstance(question, dict):
        raise UsageError("the line is JSON but no object", help="one JSON object a line", zh="是 JSON\uff0c但不是对象", zh_help=f"每行写一个 JSON 对象\uff0c如 {_EXAMPLE}")
    return question


def _reference(written: object) -> datetime | None:
    if written is None:
        return None
    if isinstance(written, str):
        try:
            moment = datetime.fromisoformat(written)
            return moment if isinstance(moment, datetime) else datetime.combine(date.fromisoformat(written), time())
        except ValueError:
            pass
    raise UsageError(f"\"ref\" is no ISO date-time: {written!r}", help=f"write {_EXAMPLE}, or null", zh=f"\"ref\" 不是 ISO 日期时间\uff1a{written!r}", zh_help=f"写法如 {_EXAMPLE}\uff0c或写 null")
