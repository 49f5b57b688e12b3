"""Read the absolute stamps that programs and people put on records: 2026-05-21 09:30, 2026年5月21日 上午9:30, RFC 3339, epochs."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

_DATE = r"(?P<year>\d{4})\s{0,3}(?:[-/.]|年)\s{0,3}(?P<month>\d{1,2})\s{0,3}(?:[-/.]|月)\s{0,3}(?P<day>\d{1,2})(?:\s{0,3}日)?"
_HALF = r"(?P<half>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|[AaPp]\.?[Mm]\.?)"
_CLOCK = r"(?P<hour>\d{1,2})\s{0,3}[:\uff1a]\s{0,3}(?P<minute>\d{2})(?:\s{0,3}[:\uff1a]\s{0,3}(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
_ZONE = r"(?P<zone>[Zz]|(?:UTC|GMT)?[+-]\d{2}:?\d{2})"
_WEEKDAY = r"[(\uff08]?(?:星期|周|礼拜|週)[一二三四五六日天][)\uff09]?"
STAMP = re.compile(rf"{_DATE}(?:[T,\uff0c]?\s{{0,3}}(?:{_WEEKDAY})?,?\s{{0,3}}{_HALF}?\s{{0,3}}{_CLOCK}(?:\s{{0,3}}{_HALF.replace('half', 'half2')})?(?:\s{{0,3}}{_ZONE})?)?")

_EPOCH_MS = 100_000_000_000  # larger numbers count milliseconds: as seconds they would lie beyond the year 5000


def moment(text: str, zone: tzinfo) -> datetime | None:
    """The instant of the first full stamp in `text`, in its own zone if it names one, else in `zone`.

    A date without a clock has no instant: None.
    """
    match = STAMP.search(text)
    return from_match(match, zone) if match and match["hour"] is not None else None


def from_match(match: re.Match[str], zone: tzinfo) -> datetime | None:
    """The instant of a match of STAMP (midnight without a clock), None when there is no such day or hour."""
    hour = _hour(int(match["hour"] or 0), match["half"] or match["half2"] or "")
    year, month, day = (int(match[name]) for name in ("year", "month", "day"))
    try:
        return datetime(year, month, day, hour, int(match["minute"] or 0), int(match["second"] or 0), tzinfo=_zone(match["zone"]) or zone)
    except ValueError:
        return None


def epoch(number: float, zone: tzinfo) -> datetime | None:
    """The instant of seconds or milliseconds since 1970, None when out of range."""
    seconds = number / 1000 if abs(number) >= _EPOCH_MS else number
    try:
        return datetime.fromtimestamp(seconds, UTC).astimezone(zone)
    except (OverflowError, ValueError, OSError):
        return None


def offset(text: str) -> timezone | None:
    """The zone of ``+0800``, ``+08:00`` or ``Z``; None for anything else."""
    return _zone(text)


def _hour(hour: int, half: str) -> int:
    if half in ("下午", "傍晚", "晚上") or (half[:1] in "Pp" and half):
        return hour + 12 if hour < 12 else hour
    if half == "中午":
        return hour + 12 if hour < 3 else hour
    return 0 if hour == 12 and (half == "凌晨" or half[:1] in ("A", "a")) else hour


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text in "Zz":
        return UTC
    digits = text.removeprefix("UTC").removeprefix("GMT").replace(":", "")
    if not re.fullmatch(r"[+-]\d{4}", digits):
        return None
    minutes = int(digits[1:3]) * 60 + int(digits[3:])
    return timezone(timedelta(minutes=-minutes if digits[0] == "-" else minutes)) if minutes < 24 * 60 else None
