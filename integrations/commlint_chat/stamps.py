"""The times that chat programs write beside a message: 2026-05-21 09:30, 5/21 上午9:30, Nov 4, 2024 3:15 PM, 03.12.24 08:45."""

from __future__ import annotations

import re
from datetime import date, datetime, time, tzinfo

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_WEEKDAYS = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
WEEKDAY = rf"(?:[(\uff08]?(?:星期|周|週|礼拜)[一二三四五六日天][)\uff09]?|{_WEEKDAYS}(?![a-z])\.?,?)"
HALF = r"(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|[ap]\.?m\.?(?![a-z]))"
CLOCK = rf"(?:{HALF}[ \t]{{0,2}})?(?:\d{{1,2}}[:\uff1a]\d{{2}}(?:[:\uff1a]\d{{2}}(?:[.,]\d{{1,3}})?)?(?:[ \t\u202f]?{HALF})?(?:Z|[+-]\d{{2}}:?\d{{2}})?|\d{{1,2}}[点时時]\d{{2}}分?(?:\d{{2}}秒)?)"
_COMPACT = r"20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"
_ISO = r"\d{4}[ \t]{0,2}[-/.年][ \t]{0,2}\d{1,2}[ \t]{0,2}[-/.月][ \t]{0,2}\d{1,2}[ \t]{0,2}日?"
_ENGLISH = rf"{_MONTH}[ \t]\d{{1,2}}(?:st|nd|rd|th)?,?[ \t]\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?[ \t]{_MONTH},?[ \t]\d{{4}}"
_NUMBERS = r"\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})(?!\d)"
FULL_DAY = rf"(?:{_ISO}|{_COMPACT}|{_ENGLISH}|{_NUMBERS})"
SHORT_DAY = rf"(?:\d{{1,2}}[/月]\d{{1,2}}日?|\d{{2}}-\d{{2}}|{_MONTH}[ \t]\d{{1,2}}|昨天|今天|前天|yesterday|today)"
_LINK = r"(?:T|[ \t]?at|[,\uff0c])?[ \t]{0,3}"
FULL = rf"(?:{WEEKDAY}[ \t]{{0,2}})?{FULL_DAY}{_LINK}(?:{WEEKDAY})?[ \t]{{0,3}}{CLOCK}"
SHORT = rf"(?:{SHORT_DAY}{_LINK}(?:{WEEKDAY})?|{WEEKDAY})[ \t]{{0,3}}{CLOCK}"
DATE_LINE = re.compile(
    rf"[ \t\u2014\u2500\u2550=*#-]{{0,80}}[\[\uff3b\u3010(\uff08]?(?:(?:日期|时间|時間|date)[ \t]?[:\uff1a][ \t]?)?(?:{WEEKDAY}[ \t]{{0,2}})?(?P<day>{FULL_DAY}|\d{{1,2}}[/月]\d{{1,2}}日?)[\]\uff3d\u3011)\uff09]?[ \t,]{{0,3}}(?:{WEEKDAY}|[(\uff08][一二三四五六日][)\uff09])?[ \t\u2014\u2500\u2550=*#-]{{0,80}}$",
    re.IGNORECASE,
)
_ISO_READ = re.compile(r"(?P<year>\d{4})\s{0,2}[-/.年]\s{0,2}(?P<month>\d{1,2})\s{0,2}[-/.月]\s{0,2}(?P<day>\d{1,2})")
_COMPACT_READ = re.compile(r"(?<!\d)(?P<year>20\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)")
_ENGLISH_READ = re.compile(rf"(?P<name>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?[ \t](?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?[ \t](?P<year>\d{{4}}))?|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?[ \t](?P<name2>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?,?[ \t](?P<year2>\d{{4}})", re.IGNORECASE)
_NUMBERS_READ = re.compile(r"(?P<first>\d{1,2})(?P<sign>[./])(?P<second>\d{1,2})[./](?P<year>\d{4}|\d{2})(?!\d)")
_SHORT_READ = re.compile(r"(?P<month>\d{1,2})[/月-](?P<day>\d{1,2})")
_CLOCK_READ = re.compile(rf"(?P<half>{HALF})?[ \t]{{0,2}}(?P<hour>\d{{1,2}})[:\uff1a点时時](?P<minute>\d{{2}})(?:[:\uff1a分](?P<second>\d{{2}}))?(?:\.\d{{1,3}})?[ \t\u202f]?(?P<half2>{HALF})?", re.IGNORECASE)
_AFTERNOON = ("下午", "傍晚", "晚上")


def day(written: str, since: date | None, *, later: bool = False) -> date | None:
    """The day that stands first in `written`; one without a year is of the year of `since`, None when nothing tells the year.

    `later`: it is not before `since`, so that in December January is of the year after.
    """
    try:
        found = _day(written, since)
        return found.replace(year=found.year + 1) if later and found and since and _turned(written, found, since) else found
    except ValueError:
        return None


def _turned(written: str, found: date, since: date) -> bool:
    """Whether the year has ended between the two, and `written` does not say the year."""
    return found.year == since.year and since.month - found.month > 8 and not re.search(r"\d{4}|\d[./]\d{1,2}[./]\d{2}", written)


def _day(written: str, since: date | None) -> date | None:
    iso = _ISO_READ.search(written) or _COMPACT_READ.search(written)
    if iso is not None:
        return date(int(iso["year"]), int(iso["month"]), int(iso["day"]))
    numbers = _NUMBERS_READ.search(written)
    if numbers is not None:
        return _numbers(numbers, american=re.search(r"[ap]\.?m", written, re.IGNORECASE) is not None)
    english = _ENGLISH_READ.search(written)
    if english is not None:
        name, number = (english["name"] or english["name2"]).lower(), int(english["day"] or english["day2"])
        year = english["year"] or english["year2"]
        return date(int(year), _MONTHS.index(name) + 1, number) if year else since.replace(month=_MONTHS.index(name) + 1, day=number) if since else None
    short = _SHORT_READ.match(written.lstrip("[(\uff08\u3010 \t\u2014-="))
    return since.replace(month=int(short["month"]), day=int(short["day"])) if short and since else None


def _numbers(match: re.Match[str], *, american: bool) -> date:
    """Day and month before the year: the day first, unless a clock with am and pm or the numbers themselves say otherwise."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    month_first = second > 12 or (american and first <= 12 and match["sign"] == "/")
    month, number = (first, second) if month_first else (second, first)
    return date(year if year > 99 else 2000 + year, month, number)


def clock(written: str) -> time | None:
    """The time of day in `written`, None when there is none or no such."""
    match = _CLOCK_READ.search(written)
    if match is None:
        return None
    hour, half = int(match["hour"]), (match["half"] or match["half2"] or "").lower()
    if half in _AFTERNOON or half.startswith("p"):
        hour += 12 if hour < 12 else 0
    elif half == "中午":
        hour += 12 if hour < 3 else 0
    elif half:
        hour = 0 if hour == 12 else hour
    try:
        return time(hour, int(match["minute"]), int(match["second"] or 0))
    except ValueError:
        return None


def without_day(written: str) -> str:
    """`written` behind its day: what the clock is looked for in."""
    for pattern in (_ISO_READ, _COMPACT_READ, _NUMBERS_READ, _ENGLISH_READ):
        match = pattern.search(written)
        if match is not None:
            return written[match.end() :]
    return written


def moment(written: str, since: date | None, zone: tzinfo, *, later: bool = False) -> datetime | None:
    """The instant in `written`; without a day of its own it is on the day `since`. `later`: as in `day`."""
    said = clock(without_day(written))
    on = day(written, since, later=later) or (None if re.search(r"昨天|前天|yesterday", written, re.IGNORECASE) else since)
    return datetime.combine(on, said, zone) if said is not None and on is not None else None
