"""Times of a calendar (RFC 5545 sections 3.3.4 to 3.3.6): in UTC, in a zone by any of its names, in a zone of the file's own, floating.

icalendar knows the names that Windows gives to zones, and reads zones that a file defines; it is imported where these occur.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from attrs import frozen

from commlint.errors import RecordError
from commlint_mail.contentlines import Line

_STAMP = re.compile(r"\s*(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d{1,9})?\s*(Z)?)?\s*", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([+-])?P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?\s*", re.IGNORECASE)
_OFFSET = re.compile(r"\(?\s*(?:UTC|GMT)\s*(?P<sign>[+-])\s*(?P<hours>\d{1,2}):?(?P<minutes>\d\d)?(?!\d)", re.IGNORECASE)
_KEY = re.compile(r"[A-Za-z0-9_+-]{1,30}(?:/[A-Za-z0-9_+-]{1,30}){0,3}")
_YEARLY = re.compile(r"(?:FREQ=YEARLY|INTERVAL=1|BYMONTH=\d{1,2}|BYDAY=[+-]?[1-5]?[A-Z]{2}|BYMONTHDAY=-?\d{1,2}|UNTIL=\d{8}(?:T\d{6}Z?)?|WKST=[A-Z]{2}|;)+")
_OBSERVANCE = frozenset(("BEGIN", "END", "TZID", "DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "TZNAME"))
_MOST_LINES = 200  # of one zone: more is no zone
_YEARS = range(1900, 2200)  # that a zone of the file's own is asked for: its rules are followed year by year


@frozen
class Moment:
    """A point of a calendar; `all_day` when it is a date without a clock: its first midnight."""

    at: datetime
    all_day: bool = False


class Zones:
    """The zones of one file: `definitions` are the lines of its VTIMEZONEs by TZID, `local` is the zone of floating times."""

    def __init__(self, definitions: Mapping[str, tuple[Line, ...]], local: tzinfo) -> None:
        self.definitions = definitions
        self.local = local
        self._known: dict[str, tzinfo | None] = {"": local}

    def moment(self, line: Line) -> Moment:
        """The time that a property states. Raises ValueError when it states none that there is; RecordError extra-missing."""
        return self.at(line.value.text, line.parameter("TZID"))

    def at(self, written: str, name: str = "") -> Moment:
        """The same for a value and the name of its zone."""
        match = _STAMP.fullmatch(written[:60])
        if match is None:
            raise ValueError(f"no time: {written[:60]!r}")
        year, month, day, hour, minute, second = (int(group or 0) for group in match.groups()[:6])
        midnight = hour == 24 and not minute and not second
        at = datetime(year, month, day, 0 if midnight else hour, minute, min(second, 59)) + timedelta(days=midnight)
        if match[7]:
            return Moment(at.replace(tzinfo=UTC))
        if match[4] is None:
            return Moment(at.replace(tzinfo=self.local), all_day=True)
        return Moment(self._placed(at, name))

    def _placed(self, at: datetime, name: str) -> datetime:
        zone = self._zone(name.strip())
        if zone is None:
            raise ValueError(f"no zone: {name[:60]!r}")
        if isinstance(zone, ZoneInfo | timezone):
            return at.replace(tzinfo=zone)
        if at.year not in _YEARS:
            raise ValueError(f"no year: {at.year}")
        offset = zone.utcoffset(at)  # fixed: zones of a file cannot be told from one another later
        return at.replace(tzinfo=timezone(offset or timedelta()))

    def _zone(self, name: str) -> tzinfo | None:
        if name not in self._known:
            self._known[name] = _by_key(name) or self._elsewhere(name)
        return self._known[name]

    def _elsewhere(self, name: str) -> tzinfo | None:
        """By what Windows calls it, as the file defines it, else by an offset in its name."""
        lines = self.definitions.get(name)
        offset = _by_offset(name)
        if offset is not None and lines is None:
            return offset
        return _by_windows(name) or (_defined(lines) if lines else None)


def length(written: str) -> timedelta:
    """The length that a DURATION states. Raises ValueError when it is none."""
    match = _LENGTH.fullmatch(written[:60])
    if match is None or not any(match.groups()[1:]):
        raise ValueError(f"no length: {written[:60]!r}")
    weeks, days, hours, minutes, seconds = (int(group or 0) for group in match.groups()[1:])
    found = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -found if match[1] == "-" else found


def _by_key(name: str) -> ZoneInfo | None:
    """By its name in the time zone database, vendors' prefixes left out: ``/example.com/20050126_1/Asia/Shanghai``."""
    segments = name.strip("/").split("/")[-6:]
    for start in range(len(segments)):
        key = "/".join(segments[start:])
        if _KEY.fullmatch(key):
            try:
                return ZoneInfo(key)
            except (KeyError, ValueError, OSError):
                continue
    return None


def _by_offset(name: str) -> timezone | None:
    match = _OFFSET.match(name)
    if match is None or int(match["hours"]) > 14:
        return None
    offset = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    return timezone(-offset if match["sign"] == "-" else offset)


def _by_windows(name: str) -> ZoneInfo | None:
    key = _icalendar("icalendar.timezone.windows_to_olson").WINDOWS_TO_OLSON.get(name)
    return _by_key(key) if key else None


def _defined(lines: tuple[Line, ...]) -> tzinfo | None:
    """The zone that a VTIMEZONE defines; what could be expensive in its rules is left out. None when it defines none."""
    kept = [line for line in lines[:_MOST_LINES] if line.name in _OBSERVANCE and (line.name != "RRULE" or _YEARLY.fullmatch(line.value.text[:200]))]
    text = "\r\n".join(f"{line.name}:{line.value.text}" for line in kept if "\n" not in line.value.text)
    library = _icalendar("icalendar")
    try:
        return library.Timezone.from_ical(text).to_tz(lookup_tzid=False)  # type: ignore[no-any-return]  # icalendar does not say
    except Exception:  # the edge that isolates the library: whatever a stranger's zone makes it raise
        return None


def _icalendar(module: str) -> Any:
    from importlib import import_module

    try:
        return import_module(module)
    except ImportError as error:
        raise RecordError(
            "extra-missing", "the time zones of this calendar need a library that is not installed", help="pip install 'commlint[mail]'",
            zh="读取该日历的时区需要的库没有安装", zh_help="请运行 pip install 'commlint[mail]'",
        ) from error
