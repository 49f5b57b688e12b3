"""The instant that relative times count from: of a mail its sending, of minutes the meeting, of a form its date."""

from __future__ import annotations

import re
from datetime import datetime

from commlint.model.protocols import Analysis
from commlint.model.record import Kind

_MEETING_FIRST = (Kind.MINUTES,)
_DATE = r"(?P<year>\d{4})\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})(?:日|号)?"
_CLOCK = r"(?:[^\d\n]{0,12}?(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d))?"
_LABELS = (
    r"(?:会议|沟通|召开|开会|填表|同步|记录|编制|填写|提出|申请|签署)?(?:时间|日期)|date(?: and time)?|time|when|meeting date"
)
_LABELLED = re.compile(rf"(?:^|[\n|(\u3010*#:;,\s])(?:{_LABELS})[\s*_\u3011|)]{{0,6}}:?[\s*_|]{{0,6}}{_DATE}{_CLOCK}")
_WRITTEN = re.compile(rf"(?<!\d){_DATE}(?!\d)")
_CLOSING = re.compile(rf"(?:^|\n)[ \t]*{_DATE}\s*\Z")  # below the signature of a notice
_COMPACT = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)")
_HEAD = 4000  # the date of a record stands in its first lines


def reference(analysis: Analysis, part: int) -> datetime | None:
    """The instant that relative times in `part` count from; None when nothing tells.

    A part's own time (quoted history) comes first. Minutes count from their meeting, all else from its sending; then the
    date in a labelled field, the title, the last line or the file name.
    """
    record = analysis.record
    if record.parts[part].sent_at is not None:
        return record.parts[part].sent_at
    if record.kind in _MEETING_FIRST:
        return written_date(analysis) or record.sent_at
    return record.sent_at or written_date(analysis)


def written_date(analysis: Analysis) -> datetime | None:
    """The date that the record gives itself, with the clock time beside it; midnight without one."""
    return analysis.once("written_date", _written_date)


def _written_date(analysis: Analysis) -> datetime | None:
    from commlint.entities.structure import body_part

    part = body_part(analysis)
    texts = [analysis.folded(part)[:_HEAD]] if part is not None else []
    found = _first(analysis, _LABELLED, texts)
    title = [analysis.folded(i)[:_HEAD] for i, each in enumerate(analysis.record.parts) if each.name in ("subject", "title")]
    heads = [*title, *(line for text in texts for line in _head_lines(text))]
    names = [analysis.record.uri.rpartition("/")[2][:200]]
    closing = [analysis.folded(part)[-200:]] if part is not None else []
    meta = [value for key, value in analysis.record.meta if key in ("date", "sent", "日期", "时间")]
    return found or _labelled(analysis, part) or _first(analysis, _WRITTEN, meta) or _first(analysis, _WRITTEN, heads) or _first(analysis, _CLOSING, closing) or _first(analysis, _COMPACT, [*heads, *names])


def _head_lines(text: str) -> list[str]:
    """The first line, and those right below it that begin with a date."""
    first, *more = text.strip().split("\n", 3)[:3] or [""]
    return [first, *(line for line in more if _WRITTEN.match(line.strip("*_# \t")))]


def _labelled(analysis: Analysis, part: int | None) -> datetime | None:
    """What stands under a label for the time of the meeting or the date of the record, in a table or in words (10 June 2026)."""
    if part is None:
        return None
    from commlint.entities.fields import fields
    from commlint.entities.time.recognise import recognise

    for field in fields(analysis, analysis.record):
        if field.part == part and field.key in ("meeting_time", "date") and field.item <= 1 and not field.blank:
            found = recognise(field.value.folded[:80], reference=None, environment=analysis.environment)
            moment = next((time.start for time in found if time.start), None)
            if moment:
                return moment
    return None


def _first(analysis: Analysis, pattern: re.Pattern[str], texts: list[str]) -> datetime | None:
    for text in texts:
        for match in pattern.finditer(text):
            moment = _moment(analysis, match)
            if moment:
                return moment
    return None


def _moment(analysis: Analysis, match: re.Match[str]) -> datetime | None:
    said = match.groupdict()
    hour = int(said.get("hour") or 0)
    try:
        day = datetime(int(match["year"]), int(match["month"]), int(match["day"]), tzinfo=analysis.environment.tz)
    except ValueError:
        return None
    return day.replace(hour=hour, minute=int(said.get("minute") or 0)) if hour < 24 else day
