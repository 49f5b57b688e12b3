"""What a finding says: templates with holes, and values as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from commlint.engine.expressions import Closure, Linker
from commlint.engine.facts import Fact
from commlint.engine.frame import Frame
from commlint.engine.program import Expression
from commlint.engine.reasons import reason
from commlint.model.record import Party
from commlint.model.values import ActionItem, Duration, Interval, LabelledField, Located, Meeting, Unknown

_LONGEST = 80  # characters of a value in a message; the frame shows the rest
_FORMAT = re.compile(r"%(-?)([a-zA-Z%])")
_UNITS = {
    "minutes": ("分钟", "minute"), "hours": ("小时", "hour"), "days": ("天", "day"), "weeks": ("周", "week"), "months": ("个月", "month"),
    "years": ("年", "year"), "workdays": ("个工作日", "workday"), "workhours": ("个工作小时", "working hour"),
}

_WORDS = {True: ("是", "yes"), False: ("否", "no"), None: ("无", "none")}


def chosen(texts: Mapping[str, Any], lang: str) -> Any:
    """The text for `lang`; else the one for every language; else whichever there is; None for none."""
    for wanted in (lang, ""):
        if wanted in texts:
            return texts[wanted]
    return next((texts[key] for key in sorted(texts)), None)


def text(linker: Linker, node: Expression) -> Closure:
    """A template as a closure that gives the message."""
    parts = [part if isinstance(part, str) else _hole(linker, part) for part in node[2]]
    return lambda frame: "".join(part if isinstance(part, str) else part(frame) for part in parts)


def _hole(linker: Linker, node: Expression) -> Closure:
    _, _, expression, spec = node
    if isinstance(expression, str):
        return lambda frame: show(frame.details.get(expression), spec, frame.lang)
    value = linker.link(expression)
    return lambda frame: _told(frame, value(frame), spec)


def _told(frame: Frame, value: Any, spec: str) -> str:
    frame.gap = frame.gap or value is None or isinstance(value, Unknown)
    return show(value, spec, frame.lang, zone=frame)


def show(value: Any, spec: str | None, lang: str, *, zone: Frame | None = None) -> str:
    """`value` as people write it in `lang`; `spec` is a strftime format for moments, a format spec for numbers."""
    if isinstance(value, (tuple, list)):
        return ("、" if lang == "zh" else ", ").join(show(item, spec, lang, zone=zone) for item in value)
    if isinstance(value, datetime):
        local = value.astimezone(zone.environment.tz) if zone and value.tzinfo else value
        return moment(local, spec or _default(local), lang)
    if spec and isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            return format(value, spec)
        except ValueError:
            return str(value)
    return _shown(value, lang)


def _default(value: datetime) -> str:
    return "%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M"


def moment(value: datetime, spec: str, lang: str) -> str:
    """`value` by a strftime format; the same on every platform and locale, month and day names in `lang`."""
    return _FORMAT.sub(lambda match: _field(value, match[2], bare=bool(match[1]), lang=lang), spec)


def _field(value: datetime, letter: str, *, bare: bool, lang: str) -> str:
    if letter in "aA":
        days = ("周一", "周二", "周三", "周四", "周五", "周六", "周日") if lang == "zh" else _DAYS
        name = days[value.weekday()]
        return name if letter == "A" or lang == "zh" else name[:3]
    if letter in "bB":
        name = f"{value.month}月" if lang == "zh" else _MONTHS[value.month - 1]
        return name if letter == "B" or lang == "zh" else name[:3]
    got = {"Y": f"{value.year:04}", "m": f"{value.month:02}", "d": f"{value.day:02}", "H": f"{value.hour:02}", "M": f"{value.minute:02}",
           "S": f"{value.second:02}", "y": f"{value.year % 100:02}", "F": f"{value:%Y-%m-%d}", "T": f"{value:%H:%M:%S}", "%": "%"}.get(letter)
    if got is None:
        return f"%{letter}"
    return str(int(got)) if bare and got.isdigit() else got


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def _shown(value: Any, lang: str) -> str:
    if value is None or isinstance(value, bool):
        return _WORDS[value][0 if lang == "zh" else 1]
    if isinstance(value, Unknown):
        return reason(value, lang)
    if isinstance(value, Duration):
        return duration(value, lang)
    if isinstance(value, Interval):
        return interval(value.elapsed, lang)
    if isinstance(value, float):
        return f"{value:g}"
    return clipped(_written(value))


def _written(value: Any) -> str:
    if isinstance(value, LabelledField):
        return value.label.text
    if isinstance(value, ActionItem):
        return value.task.text
    if isinstance(value, Meeting):
        return value.topic or value.text
    if isinstance(value, Located):
        return value.text
    if isinstance(value, Party):
        return value.name or value.address
    return value.match if isinstance(value, Fact) else str(value)


def clipped(written: str) -> str:
    """On one line, and not longer than a message bears."""
    line = " ".join(written.split()) if "\n" in written else written.strip()
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def duration(value: Duration, lang: str) -> str:
    """A length: 3个工作日, 3 workdays."""
    zh, en = _UNITS[value.unit]
    return f"{value.amount}{zh}" if lang == "zh" else f"{value.amount} {en}{'' if value.amount == 1 else 's'}"


def interval(elapsed: timedelta, lang: str) -> str:
    """Clock time in its two biggest units: 2天3小时, 2 days 3 hours."""
    left = abs(int(elapsed.total_seconds())) // 60
    parts = []
    for unit, size in (("days", 1440), ("hours", 60), ("minutes", 1)):
        amount, left = divmod(left, size)
        if amount:
            parts.append(duration(Duration(amount, unit), lang))
    return ("" if lang == "zh" else " ").join(parts[:2] or [duration(Duration(0, "minutes"), lang)])
