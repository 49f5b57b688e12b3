"""The Date header in its own zone (RFC 5322 section 3.3 and the obsolete forms that still come)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from commlint.model.reading.stamp import moment

_MONTHS = {name: number for number, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)}
_DATE = re.compile(r"(?P<day>\d{1,2})[ \t-]{1,9}(?P<month>[A-Za-z]{3})[a-z]{0,6}[ \t,-]{1,9}(?P<year>\d{2,4})[ \t]{1,9}(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?[ \t]{0,9}(?P<zone>[+-]\d{4}|[A-Za-z]{1,5})?")
_ZONES = {"gmt": 0, "ut": 0, "utc": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "hkt": 8, "jst": 9}


def sent_at(value: str, otherwise: tzinfo) -> datetime | None:
    """The instant of a Date header; `otherwise` is the zone of one that names none. None when it is no date."""
    match = _DATE.search(value[:200])
    if match is None or match["month"].lower() not in _MONTHS:
        return moment(value[:200], otherwise)
    year = int(match["year"])
    year += 0 if year > 999 else 1900 if 50 <= year < 1000 else 2000
    try:
        return datetime(
            year, _MONTHS[match["month"].lower()], int(match["day"]), int(match["hour"]), int(match["minute"]), min(59, int(match["second"] or 0)),
            tzinfo=_zone(match["zone"]) or otherwise,
        )
    except ValueError:
        return None


def _zone(written: str | None) -> tzinfo | None:
    if not written:
        return None
    if written[0] in "+-":
        minutes = int(written[1:3]) * 60 + int(written[3:])
        return timezone(timedelta(minutes=-minutes if written[0] == "-" else minutes)) if minutes < 24 * 60 else None
    hours = _ZONES.get(written.lower())
    return UTC if hours == 0 else timezone(timedelta(hours=hours)) if hours is not None else None
