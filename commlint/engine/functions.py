"""The functions of the norm language; each takes the analysis and its arguments, and is pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from commlint.engine import operations
from commlint.engine.patterns import Phrases, phrases
from commlint.engine.requirement import Requirement
from commlint.model.protocols import Analysis
from commlint.model.record import Kind, Party
from commlint.model.values import Duration, Interval, LabelledField, Located, Person, Table, Unknown

_SHAPES = {"YYYY": ("year", 4), "MM": ("month", 2), "DD": ("day", 2)}

def phrase(analysis: Analysis, words: Sequence[str], exceptions: Sequence[str] | None = None) -> Phrases:
    """Any of the words, whole, and outside the exceptions."""
    return phrases(tuple(_plain(words)), tuple(_plain(exceptions or ())))

def _plain(words: Sequence[Any]) -> list[str]:
    """Words as strings; stretches by what is written in them."""
    return [word.folded if isinstance(word, Located) else str(word) for word in words]

def fields(analysis: Analysis, labels: Sequence[str]) -> Requirement:
    """These labels must be there and filled in."""
    return Requirement(tuple(labels))

def labelled(analysis: Analysis, labels: Sequence[str]) -> tuple[LabelledField, ...]:
    """The fields with one of these labels or synonyms."""
    from commlint.entities.fields import matching

    return matching(analysis, tuple(labels))

def table(analysis: Analysis, captions: Sequence[str]) -> tuple[Table, ...]:
    """The tables with one of these captions."""
    from commlint.entities.fields import captioned

    return captioned(analysis, tuple(captions))

def between(analysis: Analysis, start: Any, end: Any) -> Interval | Unknown:
    """From one moment to the other; unknown when one of them is missing."""
    first, last = operations.moment(start), operations.moment(end)
    for value in (first, last):
        if isinstance(value, Unknown):
            return value
    if not isinstance(first, datetime) or not isinstance(last, datetime):
        return Unknown("no-moment")
    return Interval(first, last)

def workday(analysis: Analysis, offset: int) -> Any:
    """Midnight of the n-th working day after sending, of minutes after their meeting, else after the day of judgement."""
    from commlint.calendar import add_workdays

    held = analysis.reference(0) if analysis.record.kind is Kind.MINUTES else None
    start = analysis.record.sent_at or held or analysis.value("record.today")
    if not isinstance(start, datetime):
        return start if isinstance(start, Unknown) else Unknown("no-sent-time")
    day = add_workdays(analysis.environment.calendar, start.astimezone(analysis.environment.tz).date(), offset)
    return datetime(day.year, day.month, day.day, tzinfo=analysis.environment.tz)

def add(analysis: Analysis, start: Any, length: Any) -> datetime | Unknown:
    """The last moment within `length` of `start`; unknown without them, and over years whose holidays are not announced."""
    from commlint.calendar import add as added

    moment = _moment(start)
    if isinstance(moment, Unknown) or not isinstance(length, Duration):
        return moment if isinstance(moment, Unknown) else Unknown("no-duration")
    try:
        end = added(analysis.environment, moment, length)
    except (OverflowError, ValueError):
        return Unknown("no-moment")
    return _announced(analysis, moment, end) if length.unit in ("workdays", "workhours") else end

def ahead(analysis: Analysis, action: Any, event: Any, length: Any) -> Any:
    """Whether `action` is at least `length` before `event`, counted as the norms do (meta.ahead)."""
    return operations.compare(analysis.environment, ">=", between(analysis, action, event), length)

def work_time(analysis: Analysis, moment: Any) -> bool | Unknown:
    """Whether the moment lies inside working hours of a working day; unknown for a year whose holidays are not announced."""
    from commlint.calendar import inside_work_time

    at = _moment(moment)
    at = at if isinstance(at, Unknown) else _announced(analysis, at, at)
    return at if isinstance(at, Unknown) else inside_work_time(analysis.environment, at)

def rolled(analysis: Analysis, moment: Any) -> datetime | Unknown:
    """The moment, on the next working day when its day is off (Civil Code art. 203); unknown for a year not announced."""
    from commlint.calendar import next_workday

    at = _moment(moment)
    if isinstance(at, Unknown) or isinstance(_announced(analysis, at, at), Unknown):
        return _announced(analysis, at, at) if isinstance(at, datetime) else at
    local, calendar = at.astimezone(analysis.environment.tz), analysis.environment.calendar
    return local if calendar.is_workday(local.date()) else datetime.combine(next_workday(calendar, local.date()), local.timetz())

def _moment(value: Any) -> datetime | Unknown:
    found = operations.moment(value)
    return found if isinstance(found, (datetime, Unknown)) else Unknown("no-moment")

def _announced(analysis: Analysis, first: datetime, last: datetime) -> datetime | Unknown:
    """`last`, unless the holidays of a year from `first` to it are not announced."""
    from commlint.calendar import assumed

    tz = analysis.environment.tz
    if assumed(analysis.environment.calendar, first.astimezone(tz).date(), last.astimezone(tz).date()):
        return Unknown("unannounced-year", str(last.year))
    return last

def calendar_date(analysis: Analysis, text: Any, shape: str | None = None) -> bool:
    """Whether the characters are a real date of that shape ("YYYYMMDD", "YYYY-MM-DD")."""
    written = (operations.stretch(text) or "").strip()
    form = shape or "YYYYMMDD"
    parts: dict[str, str] = {}
    if len(written) != len(form):
        return False
    for mark, (name, width) in _SHAPES.items():
        at = form.find(mark)
        parts[name] = written[at : at + width] if at >= 0 else {"year": "2000", "month": "01", "day": "01"}[name]
    return _rest(form) == _rest(written, form) and _is_date(parts)

def _rest(form: str, like: str = "") -> str:
    """What stands between year, month and day."""
    return "".join(character for character, kind in zip(form, like or form, strict=True) if kind not in "YMD")

def _is_date(parts: dict[str, str]) -> bool:
    if not all(part.isascii() and part.isdigit() for part in parts.values()):
        return False
    try:
        date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
    except ValueError:
        return False
    return True

def part_of(analysis: Analysis, text: Any, pattern: Any) -> str | None:
    """What the first group of the pattern matched, else all it matched; none when it does not match."""
    folded = operations.stretch(text)
    if folded is None:
        return None
    if isinstance(pattern, Phrases) or not hasattr(pattern, "search"):
        spans = operations.spans_in(pattern, folded)
        return folded[spans[0][0] : spans[0][1]] if spans else None
    match = pattern.search(folded)
    if match is None:
        return None
    group: str | None = match[1] if match.re.groups else match[0]
    return group

def superior(analysis: Analysis, person: Any, of: Any) -> bool | Unknown:
    """Whether `person` is above `of`, directly or over several steps, by the roster."""
    roster = analysis.environment.roster
    if not roster.known:
        return Unknown("no-roster")
    above = {one.name: one.superior for one in roster.people}
    seen: set[str] = set()
    at = _known_as(analysis, of)
    wanted = _known_as(analysis, person)
    while at and at not in seen:
        seen.add(at)
        at = above.get(at, "")
        if at and at == wanted:
            return True
    return False

def _known_as(analysis: Analysis, who: Any) -> str:
    """The roster's name of a party or person, empty when it is not on the roster."""
    if not isinstance(who, (Party, Person)):
        return ""
    calls = operations.names(who)
    for one in analysis.environment.roster.people:
        if calls & {operations.folded(call) for call in (one.name, *one.masked, *one.addresses)}:
            return one.name
    return ""

